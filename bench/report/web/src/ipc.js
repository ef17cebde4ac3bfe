// ipc.js -- what carries messages beside its peers: a table for each group of
// inlay-ipc-bench. Without such results the section stays hidden.
import {byId, make} from './dom.js';
import {data, count, digitsOf, rounded, time} from './model.js';

const spread = ([, low, high], text) =>
    make('span', {class: 'spread'}, ` ${text(low)}\u2013${text(high)}`);

function row({name, note, absent, ns, ratio}) {
    const ours = name.startsWith('Inlay');
    const head = make('th', {scope: 'row', class: 'codec'}, name);
    if (absent !== undefined) {
        return make('tr', {}, head, make('td', {colspan: 4}, `not measured: ${absent}`));
    }
    return make('tr', ours ? {class: 'ours'} : {}, head,
        make('td', {class: 'number'}, time(ns[0]), spread(ns, time)),
        make('td', {class: 'number'}, count(Math.round(1e9 / ns[0]))),
        make('td', {class: 'number'}, rounded(ratio[0], digitsOf(ratio)),
            spread(ratio, (value) => rounded(value, 3))),
        make('td', {}, note ?? ''));
}

function group(rows) {
    const [{group: name, about, unit}] = rows;
    const head = ['', `a ${unit}`, 'a second', 'ratio', ''];
    return make('div', {},
        make('h3', {}, name),
        make('p', {class: 'caption'}, about),
        make('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name},
            make('table', {},
                make('thead', {}, make('tr', {}, ...head.map((text) =>
                    make('th', {scope: 'col', class: text ? 'number' : undefined}, text)))),
                make('tbody', {}, ...rows.map(row)))));
}

export function ipc() {
    const names = [...new Set(data.ipc.map((one) => one.group))];
    byId('ipc').hidden = names.length === 0;
    byId('ipc-groups').replaceChildren(...names.map((name) =>
        group(data.ipc.filter((one) => one.group === name))));
}

// cost.js -- what a codec costs a service: cores and money, from the times of
// encoding here and reading there.
import {trustColour} from './charts.js';
import {byId, make, show} from './dom.js';
import {data, encodingOf, measured, sizeAt, opIndex, opLabel, isOurs, digitsOf, rounded,
    bytes, trustName, count} from './model.js';
import {state, shown} from './state.js';

const HOURS = 730; // of a month

let rate; // per second; undefined: one that suits the set

// Messages of many records are rarer.
function defaultRate() {
    const records = data.sets[state.set].records ?? 1;
    return records > 1 ? Math.max(1, Math.round(1e7 / records)) : 100000;
}

const money = (value, interval) => rounded(value, digitsOf(interval));

function costs(read, perSecond) {
    return shown().flatMap((codec) => {
        const encode = encodingOf(state.set, codec);
        const other = measured(state.set, codec, read);
        if (!encode || !other) {
            return [];
        }
        const cores = encode.ns.map((ns, i) => (ns + other.ns[i]) * perSecond / 1e9);
        return [{codec, cores, size: sizeAt(state.set, codec)?.bytes}];
    }).sort((a, b) => a.cores[0] - b.cores[0]);
}

function row({codec, cores, size}, most, price, perSecond) {
    const month = cores.map((value) => value * price * HOURS);
    const meter = make('span', {class: 'meter'});
    meter.style.width = `${100 * cores[0] / most}%`;
    meter.style.background = trustColour(codec);
    meter.style.opacity = isOurs(codec) ? '1' : '0.6';
    const dot = make('span', {class: 'dot', 'aria-hidden': 'true'});
    dot.style.background = trustColour(codec);
    return make('tr', isOurs(codec) ? {class: 'ours'} : {},
        make('th', {scope: 'row', class: 'codec'}, data.codecs[codec].name),
        make('td', {class: 'word'}, dot, ` ${trustName(codec)}`),
        make('td', {class: 'number'}, rounded(cores[0], 3), ' ',
            make('span', {class: 'spread'}, `${rounded(cores[1], 3)}\u2013${rounded(cores[2], 3)}`)),
        make('td', {class: 'number'}, month[0] > 0 ? money(month[0], month) : '0'),
        make('td', {class: 'number'}, size === undefined ? '\u2013' : `${bytes(size * perSecond)}/s`),
        make('td', {class: 'meter-cell'}, meter));
}

// Finishes the sentence that everybody wants to quote, at equal trust only.
function sentence(rows, price) {
    const json = rows.filter(({codec}) => /json/i.test(data.codecs[codec].format));
    for (const {codec, cores} of json) {
        const ours = rows.find((one) => isOurs(one.codec) &&
            data.codecs[one.codec].trust === data.codecs[codec].trust);
        if (ours) {
            const span = [cores[0] - ours.cores[0], cores[1] - ours.cores[2], cores[2] - ours.cores[1]];
            return span[1] > 0
                ? `JSON costs ${rounded(span[0], digitsOf(span))} cores more than Inlay here, ${rounded(span[0] * price * HOURS, digitsOf(span))} a month, with the fastest JSON library shown (${data.codecs[codec].name}) at the same trust level. `
                : '';
        }
    }
    return '';
}

export function cost() {
    const read = opIndex(byId('cost-read').value);
    const perSecond = rate ?? defaultRate();
    const price = Math.max(0, Number(byId('cost-price').value) || 0);
    const rows = costs(read, perSecond);
    const most = Math.max(...rows.map(({cores}) => cores[0]));
    const records = data.sets[state.set].records ?? 1;

    if (rate === undefined) {
        byId('cost-rate').value = perSecond;
    }
    byId('cost').replaceChildren(
        make('thead', {}, make('tr', {}, ...[['codec'], ['trust'], ['cores', 'number'],
            ['a month', 'number'], ['network', 'number'], ['', '']].map(([name, kind]) =>
            make('th', {scope: 'col', class: kind}, name)))),
        make('tbody', {}, ...rows.map((one) => row(one, most, price, perSecond))));
    show('cost-caption', rows.length === 0
        ? 'No codec shown has both operations on this set.'
        : sentence(rows, price) +
          `Cores are messages per second times the time to encode and to ${opLabel(read)}, with 95 % intervals; ` +
          `a month has ${HOURS} hours, in the currency of the price. ` +
          (records > 1 ? `A message of this set holds ${count(records)} records. ` : '') +
          'Cores that are never busy throughout cost more; times are those of this machine, with warm caches.');
}

export function costStart() {
    byId('cost-rate').addEventListener('input', (event) => {
        const value = Number(event.target.value);
        rate = event.target.value !== '' && value >= 0 ? value : undefined;
        if (rate !== undefined) {
            cost();
        }
    });
    for (const id of ['cost-price', 'cost-read']) {
        byId(id).addEventListener('input', cost);
    }
}

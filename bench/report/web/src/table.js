// table.js -- all figures, to sort and to search.
import {trustColour} from './charts.js';
import {byId, make} from './dom.js';
import {data, cellAt, measured, inlayAt, noiseAt, isNoise, quotient, ratioText,
    estimate, interval, isOurs, sizeAt, opLabel, opsOf, time, count, trustName,
    FLOOR} from './model.js';
import {state, shown} from './state.js';

const words = (a, b) => a.localeCompare(b, 'en');

function ratioOf({codec, op, cell}) {
    const trust = data.codecs[codec].trust;
    const base = trust === FLOOR ? -1 : inlayAt(state.set, trust, op);
    return cell.ns && base >= 0 ? quotient(cell, measured(state.set, base, op)) : undefined;
}

function trustCell({codec}) {
    const dot = make('span', {class: 'dot', 'aria-hidden': 'true'});
    dot.style.background = trustColour(codec);
    return [dot, ` ${trustName(codec)}`];
}

function ratioCell(row) {
    if (!row.ratio) {
        return ['\u2013'];
    }
    const noise = isNoise(row.ratio, noiseAt(state.set, row.op));
    return [noise && row.ratio[1] !== row.ratio[2] ? '\u22481' : ratioText(row.ratio)];
}

// name, value to sort by, what stands there, class
const COLUMNS = [
    {name: 'codec', key: (row) => data.codecs[row.codec].name, text: (row) => [data.codecs[row.codec].name], kind: 'codec name'},
    {name: 'operation', key: (row) => row.op, text: (row) => [opLabel(row.op)], kind: 'word op'},
    {name: 'trust', key: (row) => data.codecs[row.codec].trust, text: trustCell, kind: 'word'},
    {name: 'median', key: (row) => row.cell.ns?.[0], text: (row) => [estimate(row.cell.ns)], kind: 'number'},
    {name: '95 % interval', key: (row) => row.cell.ns && row.cell.ns[2] / row.cell.ns[1], text: (row) => [interval(row.cell.ns)], kind: 'number spread'},
    {name: 'least', key: (row) => row.cell.min, text: (row) => [time(row.cell.min)], kind: 'number'},
    {name: '\u00D7 Inlay, same trust', key: (row) => row.ratio?.[0], text: ratioCell, kind: 'number'},
    {name: 'bytes', key: (row) => sizeAt(state.set, row.codec)?.bytes, text: (row) => [count(sizeAt(state.set, row.codec)?.bytes)], kind: 'number'},
    {name: 'allocations', key: (row) => row.cell.allocations, text: (row) => [count(row.cell.allocations)], kind: 'number'},
    {name: 'allocated bytes', key: (row) => row.cell.allocated, text: (row) => [count(row.cell.allocated)], kind: 'number'},
    {name: 'instructions', key: (row) => row.cell.instructions, text: (row) => [count(row.cell.instructions)], kind: 'number'},
    {name: 'blocks', key: (row) => row.cell.blocks, text: (row) => [count(row.cell.blocks)], kind: 'number'},
    {name: 'outliers', key: (row) => row.cell.outliers, text: (row) => [count(row.cell.outliers)], kind: 'number'},
    {name: 'contaminated', key: (row) => row.cell.contaminated, text: (row) => [count(row.cell.contaminated)], kind: 'number'},
    {name: 'memory', key: (row) => data.codecs[row.codec].memory, text: (row) => [data.codecs[row.codec].memory], kind: 'word'},
];
const DESCRIBED = 3; // columns that absent cells have too

let sorted = {column: 3, down: false};

// What was not measured stands last, whichever way.
function order(a, b) {
    const {key} = COLUMNS[sorted.column];
    const [x, y] = [key(a), key(b)];
    if (x === undefined || y === undefined) {
        return (x === undefined) - (y === undefined);
    }
    const sign = typeof x === 'string' ? words(x, y) : x - y;
    return sorted.down ? -sign : sign;
}

function rows() {
    const wanted = byId('find').value.toLowerCase().trim();
    const ops = byId('table-op').value === 'all' ? opsOf(state.set) : [state.op];
    return shown().flatMap((codec) => ops.map((op) => {
        const row = {codec, op, cell: cellAt(state.set, codec, op)};
        return row.cell ? {...row, ratio: ratioOf(row)} : undefined;
    })).filter((row) => {
        const codec = row && data.codecs[row.codec];
        return row && [codec.name, codec.id, codec.format, codec.language, codec.memory, opLabel(row.op)]
            .join(' ').toLowerCase().includes(wanted);
    }).sort(order);
}

function head() {
    return make('thead', {}, make('tr', {}, ...COLUMNS.map((column, i) => {
        const button = make('button', {type: 'button'}, column.name);
        button.addEventListener('click', () => {
            sorted = {column: i, down: sorted.column === i && !sorted.down};
            table();
            byId('table').querySelectorAll('thead button')[i].focus();
        });
        return make('th', {
            scope: 'col',
            class: column.kind,
            'aria-sort': sorted.column !== i ? undefined : sorted.down ? 'descending' : 'ascending',
        }, button);
    })));
}

function line(row) {
    const described = row.cell.ns ? COLUMNS.length : DESCRIBED;
    const cells = COLUMNS.slice(0, described).map((column) =>
        make('td', {class: column.kind}, ...column.text(row)));
    if (!row.cell.ns) {
        cells.push(make('td', {class: 'absent', colspan: COLUMNS.length - DESCRIBED},
            `n/a: ${row.cell.absent}`));
    }
    return make('tr', isOurs(row.codec) ? {class: 'ours'} : {}, ...cells);
}

export function table() {
    byId('table').className = byId('table-op').value; // hides the column of one
    byId('table').replaceChildren(head(), make('tbody', {}, ...rows().map(line)));
}

export function tableStart() {
    byId('find').addEventListener('input', table);
    byId('table-op').addEventListener('change', table);
}

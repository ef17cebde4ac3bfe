// model.js -- the result that the page shows: lookups over what html_data.c
// writes.

export const data = JSON.parse(document.getElementById('data').textContent);

const LABELS = {
    build: 'build', encode: 'encode', verify: 'verify', open: 'open',
    read_one: 'read one', read_tenth: 'read tenth',
    read_scalars: 'read scalars', read_strings: 'read strings',
    lookup: 'look up', update: 'update', decode: 'decode',
    decode_owned: 'decode, owned',
    zstd_pack: 'zstd pack', zstd_unpack: 'zstd unpack',
    lz4_pack: 'LZ4 pack', lz4_unpack: 'LZ4 unpack',
};

const ABOUT = {
    build: 'structs to bytes, nothing kept from the time before',
    encode: 'into a reused buffer',
    verify: 'check the message, or parse it',
    open: 'whatever it takes before the first value can be read',
    read_one: 'one field of one record',
    read_tenth: 'everything in every tenth record',
    read_scalars: 'all numbers of all records',
    read_strings: 'all texts, bytes and keys',
    lookup: 'a record by its key',
    update: 'change a field of every record in place',
    decode: 'into plain structs; texts may stay in the message',
    decode_owned: 'into structs that own their texts',
    zstd_pack: 'the message by zstd -1',
    zstd_unpack: 'back to the message',
    lz4_pack: 'the message by LZ4',
    lz4_unpack: 'back to the message',
};

export const FLOOR = data.trusts.findIndex((trust) => trust.name === 'floor');

export const opLabel = (op) => LABELS[data.ops[op]] ?? data.ops[op];
export const opAbout = (op) => ABOUT[data.ops[op]] ?? '';
export const opIndex = (name) => data.ops.indexOf(name);
export const isOurs = (codec) => data.codecs[codec].format === 'Inlay';
export const trustName = (codec) => data.trusts[data.codecs[codec].trust].name;

// ---- Lookups ----------------------------------------------------------------

const cells = new Map();
const sizes = new Map();
const noises = new Map();
const slot = (...indices) => indices.join(' ');

for (const cell of data.cells) {
    cells.set(slot(cell.set, cell.codec, cell.op), cell);
}
for (const size of data.sizes) {
    sizes.set(slot(size.set, size.codec), size);
}
for (const noise of data.noise) {
    noises.set(slot(noise.set, noise.op), noise);
}

// A cell, which may be absent; undefined when nobody said anything about it.
export const cellAt = (set, codec, op) => cells.get(slot(set, codec, op));

// A cell that was measured.
export function measured(set, codec, op) {
    const cell = cellAt(set, codec, op);
    return cell?.ns ? cell : undefined;
}

export const sizeAt = (set, codec) => sizes.get(slot(set, codec));
export const noiseAt = (set, op) => noises.get(slot(set, op));

// Operations that any codec was measured in on a set.
export function opsOf(set) {
    return data.ops.map((_, op) => op).filter(
        (op) => data.codecs.some((_, codec) => measured(set, codec, op)));
}

const WRITES = ['build', 'encode', 'zstd_pack', 'zstd_unpack', 'lz4_pack', 'lz4_unpack'];

// The codec that others of a trust level are held against. Trust is a matter of
// reading: what writes or packs may be of another level. -1: none.
export function inlayAt(set, trust, op) {
    const ours = data.codecs.map((_, index) => index).filter((index) =>
        isOurs(index) && measured(set, index, op));
    const same = ours.find((index) => data.codecs[index].trust === trust);
    return same ?? (WRITES.includes(data.ops[op]) ? ours[0] : undefined) ?? -1;
}

// The time of encoding, which codecs of one format that differ in reading only
// have in common.
export function encodingOf(set, codec) {
    const encode = opIndex('encode');
    const {format} = data.codecs[codec];
    const other = data.codecs.findIndex((one, index) =>
        one.format === format && measured(set, index, encode));
    return measured(set, codec, encode) ??
        (isOurs(codec) && other >= 0 ? measured(set, other, encode) : undefined);
}

// How often a cell's time goes into another's, as [median, low, high]: of
// ratios to the anchor where there are, so that drift of the machine cancels.
// The interval is the widest that the two allow.
export function quotient(cell, base) {
    if (cell === base) {
        return [1, 1, 1];
    }
    const anchored = cell.ratio && base.ratio;
    const over = anchored ? cell.ratio : cell.ns;
    const under = anchored ? base.ratio : base.ns;
    return [over[0] / under[0], over[1] / under[2], over[2] / under[1]];
}

// ---- Figures ----------------------------------------------------------------

// Digits that an interval [median, low, high] supports, 1 to 3: down to the
// place of the first digit of its half.
export function digitsOf([median, low, high]) {
    const half = (high - low) / 2;
    const place = (value) => Math.floor(Math.log10(value));
    return half > 0
        ? Math.min(3, Math.max(1, place(median) - place(half) + 1))
        : 3;
}

export function rounded(value, digits) {
    const number = Number(value.toPrecision(digits));
    const after = number === 0
        ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(number))));
    return number.toLocaleString('en-US', {
        minimumFractionDigits: Math.min(after, 20),
        maximumFractionDigits: Math.min(after, 20),
    });
}

const UNITS = [[1e9, 's'], [1e6, 'ms'], [1e3, '\u00B5s'], [1, 'ns']];

export function time(ns, digits = 3) {
    if (!(ns > 0)) {
        return ns === 0 ? '0 ns' : '\u2013';
    }
    const value = Number(ns.toPrecision(digits));
    const [unit, name] = UNITS.find(([size]) => value >= size) ?? UNITS[3];
    return `${rounded(value / unit, digits)}\u00A0${name}`;
}

// Of an axis: without a zero behind the point.
export const tickTime = (ns) => time(ns, 2).replace(/\.0\b/, '');

export const estimate = (ns) => time(ns[0], digitsOf(ns));

// "131 to 135 µs", one digit finer than the median while that is below three.
export function interval([median, low, high]) {
    const digits = Math.min(3, digitsOf([median, low, high]) + 1);
    const [from, to] = [time(low, digits), time(high, digits)];
    const unit = to.slice(to.indexOf('\u00A0'));
    return `${from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`;
}

export const ratioText = (ratio) => rounded(ratio[0], digitsOf(ratio));
export const count = (value) =>
    value === undefined ? '\u2013' : Math.round(value).toLocaleString('en-US');

export function bytes(value) {
    const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
    let unit = 0;
    while (value >= 1000 && unit + 1 < units.length) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? Math.round(value) : Number(value.toPrecision(3))}\u00A0${units[unit]}`;
}

// Whether a ratio's interval meets the noise of its operation.
export function isNoise(ratio, noise) {
    return noise !== undefined && ratio[2] >= noise.low && ratio[1] <= noise.high;
}

// state.js -- what is chosen: set, operation, filters. It is also kept behind
// the # of the address, so that a view can be sent to somebody.
import {data, FLOOR, opsOf, opIndex} from './model.js';

export const memories = [...new Set(data.codecs.map((codec) => codec.memory))];

export const state = {
    set: 0,
    op: 0,
    trusts: new Set(),
    memories: new Set(memories),
    base: 'inlay',
    scale: 'auto',
};

const listeners = [];

// Calls back now and whenever anything changes.
export function onChange(listener) {
    listeners.push(listener);
}

export function change(changes) {
    Object.assign(state, changes);
    const ops = opsOf(state.set);
    if (!ops.includes(state.op)) {
        state.op = ops[0] ?? 0;
    }
    remember();
    for (const listener of listeners) {
        listener();
    }
}

// Codecs that pass the filters: by trust, ours first, else in the file's order.
export function shown() {
    const all = data.codecs.map((_, codec) => codec).filter((codec) =>
        state.trusts.has(data.codecs[codec].trust) &&
        state.memories.has(data.codecs[codec].memory));
    const ours = (codec) => data.codecs[codec].format === 'Inlay' ? 0 : 1;
    return all.sort((a, b) =>
        data.codecs[a].trust - data.codecs[b].trust || ours(a) - ours(b) || a - b);
}

// Trust levels of the shown codecs that are formats.
export function levels() {
    return [...new Set(shown().map((codec) => data.codecs[codec].trust))]
        .filter((trust) => trust !== FLOOR);
}

// ---- The address ------------------------------------------------------------

function remember() {
    const parts = new URLSearchParams({
        set: data.sets[state.set].name,
        op: data.ops[state.op],
        trust: [...state.trusts].map((trust) => data.trusts[trust].name).join(','),
    });
    try {
        history.replaceState(null, '', `#${parts}`);
    } catch {
        // Some browsers forbid it to files; the page works without.
    }
}

// One level by default, for levels are not to be compared: the strictest that
// Inlay was measured at. The floor does not compete.
function defaultTrusts() {
    const ours = data.codecs.filter((codec) => codec.format === 'Inlay');
    const strictest = Math.min(...(ours.length > 0 ? ours : data.codecs)
        .map((codec) => codec.trust));
    return [strictest, FLOOR];
}

export function recall() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const named = (parts.get('trust') ?? '').split(',')
        .map((name) => data.trusts.findIndex((trust) => trust.name === name))
        .filter((trust) => trust >= 0);
    const set = data.sets.findIndex((one) => one.name === parts.get('set'));
    const op = opIndex(parts.get('op') ?? 'encode');

    change({
        set: Math.max(0, set),
        op: Math.max(0, op),
        trusts: new Set(named.length > 0 ? named : defaultTrusts()),
    });
}

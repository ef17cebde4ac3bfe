// controls.js -- set, operation, and the filters that hold for everything.
import {byId, make, show} from './dom.js';
import {data, FLOOR, opLabel, opsOf, count} from './model.js';
import {state, change, levels, memories, shown} from './state.js';

function chip(text, checked, hue, about, changed) {
    const box = make('input', {type: 'checkbox', checked});
    const label = make('label', {title: about}, box);
    if (hue) {
        box.style.accentColor = label.style.borderColor = `var(--${hue})`;
    }
    label.append(text);
    box.addEventListener('change', () => changed(box.checked));
    return label;
}

function toggled(set, value, on) {
    const copy = new Set(set);
    if (on) {
        copy.add(value);
    } else {
        copy.delete(value);
    }
    return copy;
}

const used = (key, value) => data.codecs.some((codec) => codec[key] === value);

function filters() {
    byId('trust').replaceChildren(...data.trusts.map((trust, i) => [trust, i])
        .filter(([, i]) => used('trust', i))
        .map(([trust, i]) => chip(trust.name, state.trusts.has(i), trust.name, trust.about,
            (on) => change({trusts: toggled(state.trusts, i, on)}))));
    byId('memory').replaceChildren(...memories.map((memory) =>
        chip(memory, state.memories.has(memory), undefined, undefined,
            (on) => change({memories: toggled(state.memories, memory, on)}))));
}

function messages() {
    const set = data.sets[state.set];
    const at = levels();
    const several = (value, name) => `${count(value)} ${name}${value === 1 ? '' : 's'}`;

    show('about', [
        set.about ? `${set.name}: ${set.about}.` : `${set.name}.`,
        set.messages && set.records
            ? `${several(set.messages, 'message')} of ${several(set.records, 'record')}; times are per message.` : '',
    ].join(' '));
    byId('mixed').hidden = at.length < 2;
    show('mixed', 'Several trust levels are shown: they do not do the same work. ' +
        at.map((trust) => `${data.trusts[trust].name}: ${data.trusts[trust].about}`).join('; ') + '.');
    byId('nothing').hidden = shown().length > 0;
    show('memory-text', state.memories.size === memories.length ? 'all'
        : `${state.memories.size} of ${memories.length}`);
}

export function controls() {
    byId('op').replaceChildren(...opsOf(state.set).map((op) =>
        make('option', {value: op, selected: op === state.op}, opLabel(op))));
    byId('set').value = state.set;
    messages();
}

export function controlsStart() {
    byId('set').replaceChildren(...data.sets.map((set, i) =>
        make('option', {value: i}, set.name)));
    byId('set').addEventListener('change', (event) => change({set: Number(event.target.value)}));
    byId('op').addEventListener('change', (event) => change({op: Number(event.target.value)}));
    byId('heat-base').addEventListener('change', (event) => change({base: event.target.value}));
    byId('scale').addEventListener('change', (event) => change({scale: event.target.value}));
    byId('controls').addEventListener('submit', (event) => event.preventDefault());
    const box = byId('memory-box');
    document.addEventListener('click', (event) => {
        if (!box.contains(event.target)) {
            box.open = false;
        }
    });
    box.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') {
            box.open = false;
            box.querySelector('summary').focus();
        }
    });
    filters();
}

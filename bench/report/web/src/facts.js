// facts.js -- what does not change with the filters: machine, method, codecs,
// noise, what was skipped.
import {trustColour} from './charts.js';
import {byId, make, show} from './dom.js';
import {data, bytes, count, noiseAt, opLabel, opsOf, time, trustName} from './model.js';
import {state} from './state.js';

const NAMES = {
    cpu: 'Processor', cores: 'Cores', flags: 'Flags', kernel: 'Kernel', os: 'System',
    compiler: 'Compiler', compile_flags: 'Compiled with', governor: 'Governor',
    turbo: 'Turbo', hypervisor: 'Virtual machine', counters: 'Counters',
    load_before: 'Load before', load_after: 'Load after', steal_percent: 'Stolen time, %',
    clock: 'Clock', clock_resolution_ns: 'Clock resolution, ns',
    aslr: 'Address randomisation', environment_bytes: 'Environment, bytes',
};

const yes = (value) => value === true ? 'yes' : value === false ? 'no' : String(value);

function kibibytes(value) {
    return value >= 2 ** 20 ? `${value / 2 ** 20} MiB` : `${value / 2 ** 10} KiB`;
}

function factsOf(run) {
    const {machine} = run;
    const caches = ['l1d', 'l2', 'l3'].filter((name) => machine[name] !== undefined)
        .map((name) => `${name.toUpperCase()} ${kibibytes(machine[name])}`).join(', ');
    return [
        ['When', run.when],
        ['Inlay', [run.version, run.commit].filter(Boolean).join(', ')],
        ['Profile', [run.profile, run.blocks && `${run.blocks} blocks per cell`,
            run.block_ns && `blocks of ${time(run.block_ns)}`,
            run.seed !== undefined && `seed ${run.seed}`].filter(Boolean).join(', ')],
        ...Object.entries(NAMES).filter(([key]) => machine[key] !== undefined && machine[key] !== '')
            .map(([key, name]) => [name, yes(machine[key])]),
        ['Caches', caches],
    ].filter(([, value]) => value);
}

function runs() {
    byId('runs').replaceChildren(...data.runs.map((run, i) => make('div', {},
        ...(data.runs.length > 1 ? [make('h3', {}, `Run ${i + 1} of ${data.runs.length}`)] : []),
        make('dl', {}, ...factsOf(run).flatMap(([name, value]) =>
            [make('dt', {}, name), make('dd', {}, value)])))));
}

function codecs() {
    const head = ['codec', 'version', 'language', 'trust', 'memory', 'code', 'how it is called'];
    const size = ({code}) => {
        const here = code.find(([set]) => set === state.set);
        return here ? count(here[1]) : '\u2013';
    };
    byId('codec-table').replaceChildren(
        make('thead', {}, make('tr', {}, ...head.map((name) => make('th', {scope: 'col', class: name === 'code' ? 'number' : undefined},
            name === 'code' ? 'bytes of code' : name)))),
        make('tbody', {}, ...data.codecs.map((codec, i) => {
            const dot = make('span', {class: 'dot', 'aria-hidden': 'true'});
            dot.style.background = trustColour(i);
            return make('tr', codec.format === 'Inlay' ? {class: 'ours'} : {},
                make('th', {scope: 'row', class: 'codec'}, codec.name, ' ', make('code', {class: 'spread'}, codec.id)),
                make('td', {class: 'word'}, codec.version), make('td', {class: 'word'}, codec.language),
                make('td', {class: 'word'}, dot, ` ${trustName(i)}`), make('td', {}, codec.memory),
                make('td', {class: 'number'}, size(codec)), make('td', {}, codec.note ?? ''));
        })));
}

function noise() {
    const ops = opsOf(state.set);
    const edge = (value) => value === undefined ? '\u2013' : value.toFixed(3);
    byId('noise').replaceChildren(
        make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, data.sets[state.set].name),
            ...ops.map((op) => make('th', {scope: 'col', class: 'number'}, opLabel(op))))),
        make('tbody', {}, ...['low', 'high'].map((side) => make('tr', {},
            make('th', {scope: 'row'}, side),
            ...ops.map((op) => make('td', {class: 'number'}, edge(noiseAt(state.set, op)?.[side])))))));
}

function skipped() {
    const items = data.skipped.map(({name, reason}) =>
        make('li', {}, make('strong', {}, name), `: ${reason}`));
    byId('skipped').replaceChildren(...(items.length > 0 ? items : [make('li', {}, 'Nothing was skipped.')]));
}

function heading() {
    const [run] = data.runs;
    const date = new Date(run.when);
    const day = Number.isNaN(date.getTime()) ? run.when
        : date.toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
    show('where', `${run.machine.cpu}, ${run.machine.cores} cores \u00B7 ${day} \u00B7 ` +
        `Inlay ${run.version}${run.commit ? ` (${run.commit})` : ''} \u00B7 ` +
        `${data.codecs.length} codecs, ${data.sets.length} data sets`);
    document.title = `Inlay benchmarks, ${day}`;
}

export function facts() {
    heading();
    runs();
    codecs();
    noise();
    skipped();
}

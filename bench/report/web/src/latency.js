// latency.js -- percentiles of single operations, hot and cold.
import {draw, drop, tooltip, valueAxis, widthOf} from './charts.js';
import {byId, escaped, make, show} from './dom.js';
import {data, isOurs, opLabel, tickTime, time, trustName} from './model.js';
import {state, change, shown} from './state.js';
import {colour} from './theme.js';

// Lines differ in hue (Okabe and Ito's) and, once those are used up, in dashes.
const HUES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7b8088'];
const DASHES = ['solid', [7, 4], [2, 3], [10, 3, 2, 3], [14, 4]];
const SHOWN_FIRST = 7;

let chosenOp;          // of those that were measured
const hidden = new Map(); // per codec: true or false once it was pressed

const latencies = () => data.latency.filter((one) => one.set === state.set &&
    shown().includes(one.codec));

// ---- Curves -----------------------------------------------------------------

// Points [1 / (1 - p), time]: how much lies below each bucket's end.
function curve(one) {
    const total = one.histogram.reduce((sum, [, count]) => sum + count, 0);
    const points = [];
    let passed = 0;

    for (const [ns, count] of one.histogram) {
        points.push([total / (total - passed), ns]);
        passed += count;
    }
    if (points.length === 0) {
        points.push([2, one.p50], [10, one.p90], [100, one.p99], [1000, one.p999]);
    }
    points.push([Math.max(one.count, 1000), one.max]);
    return points.filter(([, ns]) => ns > 0);
}

function percentile(x) {
    return x <= 1.001 ? '0 %' : `${Number((100 * (1 - 1 / x)).toPrecision(7))} %`;
}

function describe(one) {
    const cells = [['p50', one.p50], ['p90', one.p90], ['p99', one.p99],
        ['p99.9', one.p999], ['max', one.max]];
    return `<b>${escaped(data.codecs[one.codec].name)}</b><br>${escaped(trustName(one.codec))}, ${escaped(one.cache)}<br>` +
        cells.map(([name, ns]) => `${name} ${time(ns, 2)}`).join('<br>');
}

// ---- Which lines ------------------------------------------------------------

// Ours and the fastest at first.
function visible(ones) {
    const order = [...new Set(ones.map((one) => one.codec))].sort((a, b) =>
        Number(isOurs(b)) - Number(isOurs(a)) ||
        Math.min(...ones.filter((one) => one.codec === a).map((one) => one.p50)) -
        Math.min(...ones.filter((one) => one.codec === b).map((one) => one.p50)));
    const look = new Map(order.map((codec, i) => [codec, {
        color: HUES[i % HUES.length],
        type: DASHES[Math.floor(i / HUES.length) % DASHES.length],
        width: isOurs(codec) ? 3 : 1.8,
        hidden: hidden.get(codec) ?? i >= SHOWN_FIRST,
    }]));
    return look;
}

function line(look) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    for (const [name, value] of Object.entries({width: 26, height: 8, 'aria-hidden': 'true'})) {
        svg.setAttribute(name, value);
    }
    for (const [name, value] of Object.entries({x1: 0, x2: 26, y1: 4, y2: 4,
        stroke: look.color, 'stroke-width': look.width,
        'stroke-dasharray': Array.isArray(look.type) ? look.type.join(' ') : 'none'})) {
        stroke.setAttribute(name, value);
    }
    svg.append(stroke);
    return svg;
}

function keys(looks) {
    byId('latency-keys').replaceChildren(...[...looks].map(([codec, look]) => {
        const button = make('button', {type: 'button', 'aria-pressed': String(!look.hidden)},
            line(look), data.codecs[codec].name);
        button.addEventListener('click', () => {
            hidden.set(codec, !look.hidden);
            latency();
            byId('latency-keys').children[[...looks.keys()].indexOf(codec)]?.focus();
        });
        return button;
    }));
}

// ---- Drawing ----------------------------------------------------------------

function panel(id, ones, looks, least, most) {
    const lines = ones.filter((one) => !looks.get(one.codec).hidden);
    draw(id, {
        grid: {left: 62, right: 16, top: 14, bottom: 46},
        tooltip: tooltip(({seriesIndex}) => describe(lines[seriesIndex])),
        xAxis: valueAxis('percentile', {
            type: 'log', min: 1, nameGap: 27,
            axisLabel: {color: colour('soft'), formatter: percentile, hideOverlap: true},
        }),
        yAxis: valueAxis(undefined, {
            type: 'log', min: least, max: most,
            axisLabel: {color: colour('soft'), formatter: tickTime},
        }),
        series: lines.map((one) => ({
            type: 'line',
            name: data.codecs[one.codec].name,
            data: curve(one),
            step: 'start',
            symbol: 'circle', symbolSize: 5, showSymbol: false,
            triggerLineEvent: true,
            lineStyle: looks.get(one.codec),
            itemStyle: {color: looks.get(one.codec).color},
            emphasis: {focus: 'series'},
        })),
    }, {label: `Latency percentiles of ${lines.length} codecs.`});
}

function pick(ones) {
    const ops = [...new Set(ones.map((one) => one.op))].sort((a, b) => a - b);
    const select = byId('latency-op');

    if (!ops.includes(chosenOp)) {
        chosenOp = ops.includes(state.op) ? state.op : ops[0];
    }
    select.replaceChildren(...ops.map((op) =>
        make('option', {value: op, selected: op === chosenOp}, opLabel(op))));
    select.parentElement.hidden = ops.length === 0;
    return ones.filter((one) => one.op === chosenOp);
}

function nothing() {
    const sets = [...new Set(data.latency.map((one) => data.sets[one.set].name))];
    const box = make('p', {class: 'empty'}, sets.length === 0
        ? 'These files have no latencies.'
        : data.latency.some((one) => one.set === state.set)
            ? 'No codec shown has latencies.'
            : 'Latency was measured on ');
    if (sets.length > 0 && !data.latency.some((one) => one.set === state.set)) {
        const links = sets.flatMap((name) => [make('button', {type: 'button', 'data-set': name}, name), ' ']);
        box.append(...links, 'only.');
    }
    byId('latency').replaceChildren(box);
    byId('latency-keys').replaceChildren();
    show('latency-caption', '');
}

export function latency() {
    const ones = pick(latencies());
    const caches = [...new Set(ones.map((one) => one.cache))];
    const looks = visible(ones);
    const times = ones.filter((one) => !looks.get(one.codec).hidden)
        .flatMap((one) => curve(one).map(([, ns]) => ns));
    const overheads = ones.map((one) => one.overhead).filter((ns) => ns > 0);

    drop('latency-');
    if (ones.length === 0) {
        nothing();
        return;
    }
    byId('latency').replaceChildren(...caches.map((cache, i) =>
        make('div', {}, make('h3', {}, cache), make('div', {id: `latency-${i}`, class: 'chart'}))));
    byId('latency').style.gridTemplateColumns = caches.length === 1 ? '1fr' : '';
    caches.forEach((cache, i) => panel(`latency-${i}`,
        ones.filter((one) => one.cache === cache), looks,
        10 ** Math.floor(Math.log10(Math.min(...times, 1e3))),
        10 ** Math.ceil(Math.log10(Math.max(...times, 10)))));
    keys(looks);
    show('latency-caption', 'Each operation timed by itself, unlike the medians above; the axis stretches the tail, so that each step is ten times rarer. ' +
        (overheads.length > 0 ? `Reading the clock takes ${time(Math.max(...overheads), 2)}, which is the noise floor here. ` : '') +
        'Press a name to show or hide its line.');
}

export function latencyStart() {
    byId('latency').addEventListener('click', (event) => {
        const name = event.target.dataset?.set;
        const set = data.sets.findIndex((one) => one.name === name);
        if (name !== undefined && set >= 0) {
            change({set});
        }
    });
    byId('latency-op').addEventListener('change', (event) => {
        chosenOp = Number(event.target.value);
        latency();
    });
}

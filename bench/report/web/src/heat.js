// heat.js -- the heat map: codecs by operations, ratios on a logarithmic scale.
import {draw, trustColour, tooltip, widthOf, nameBeside} from './charts.js';
import {byId, escaped, make, show} from './dom.js';
import {data, FLOOR, cellAt, measured, noiseAt, inlayAt, isNoise, isOurs,
    quotient, ratioText, estimate, interval, opLabel, opsOf, trustName} from './model.js';
import {state, shown, change} from './state.js';
import {colour} from './theme.js';

const LIMIT = 5; // doublings at which colours end: 32 times
const ROW = 25;

// ---- Colours ----------------------------------------------------------------

function channels(text) {
    const value = parseInt(text.slice(1), 16);
    return [value >> 16, value >> 8 & 255, value & 255];
}

// From the middle (as fast) to one of two hues, blue and orange.
function colourOf(doublings) {
    const part = Math.min(1, Math.abs(doublings) / LIMIT) ** 0.75;
    const from = channels(colour('middle'));
    const to = channels(colour(doublings < 0 ? 'faster' : 'slower'));
    return from.map((value, i) => Math.round(value + (to[i] - value) * part));
}

const css = (rgb) => `rgb(${rgb.join(',')})`;

// Black or white, whichever can be read there.
function inkOn(rgb) {
    const [r, g, b] = rgb.map((value) => (value / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22 ? '#111' : '#fff';
}

// ---- Ratios -----------------------------------------------------------------

// The codec that a cell is held against; -1 when there is none.
function baseOf(codec, op, codecs) {
    if (state.base === 'inlay') {
        const trust = data.codecs[codec].trust;
        return trust === FLOOR ? -1 : inlayAt(state.set, trust, op);
    }
    const rivals = codecs.filter((one) =>
        data.codecs[one].trust !== FLOOR && measured(state.set, one, op));
    return rivals.reduce((best, one) => best < 0 ||
        measured(state.set, one, op).ns[0] < measured(state.set, best, op).ns[0]
        ? one : best, -1);
}

function entry(codec, op, codecs) {
    const cell = cellAt(state.set, codec, op);
    const base = cell?.ns ? baseOf(codec, op, codecs) : -1;
    return {
        codec, op, cell,
        ratio: base < 0 ? undefined : quotient(cell, measured(state.set, base, op)),
        base,
    };
}

function describe({codec, op, cell, ratio, base}) {
    const lines = [`<b>${escaped(data.codecs[codec].name)}</b>`,
        `${escaped(opLabel(op))} \u00B7 ${escaped(trustName(codec))}`];
    if (!cell) {
        return [...lines, 'in none of the files'].join('<br>');
    }
    if (!cell.ns) {
        return [...lines, `n/a: ${escaped(cell.absent)}`].join('<br>');
    }
    lines.push(`${estimate(cell.ns)} (${interval(cell.ns)})`);
    if (ratio && base !== codec) {
        const noise = noiseAt(state.set, op);
        lines.push(`\u00D7 ${ratioText(ratio)} of ${escaped(data.codecs[base].name)}` +
            (isNoise(ratio, noise) ? ', within the noise' : ''));
    }
    return lines.join('<br>');
}

// ---- Drawing ----------------------------------------------------------------

function hatch(shape, stroke) {
    const lines = [];
    const {x, y, width, height} = shape;
    for (let at = 6; at < width + height; at += 9) {
        lines.push({
            type: 'line',
            shape: {
                x1: x + Math.min(at, width), y1: y + Math.max(0, at - width),
                x2: x + Math.max(0, at - height), y2: y + Math.min(at, height),
            },
            style: {stroke, lineWidth: 1},
            silent: true,
        });
    }
    return lines;
}

function box(params, api, one, numbers) {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const [width, height] = api.size([1, 1]);
    const shape = {x: x - width / 2 + 1, y: y - height / 2 + 1,
        width: Math.max(1, width - 2), height: height - 2};
    const rgb = one.ratio ? colourOf(Math.log2(one.ratio[0])) : undefined;
    const empty = !one.cell?.ns;
    const children = [{
        type: 'rect',
        shape,
        style: {
            fill: rgb ? css(rgb) : empty ? colour('card') : colour('grid'),
            stroke: empty ? colour('line') : 'none',
            lineWidth: empty ? 1 : 0,
        },
    }];

    if (one.cell && empty) {
        children.push(...hatch(shape, colour('line')));
    }
    if (one.cell?.ns && numbers) {
        children.push({
            type: 'text',
            style: {
                x, y, text: rgb ? numberOn(one) : estimate(one.cell.ns),
                fill: rgb ? inkOn(rgb) : colour('soft'),
                align: 'center', verticalAlign: 'middle', fontSize: 11,
                fontWeight: one.base === one.codec ? 700 : 400,
            },
            silent: true,
        });
    }
    return {type: 'group', children};
}

function numberOn({ratio, codec, op, base}) {
    if (base === codec) {
        return '1';
    }
    if (isNoise(ratio, noiseAt(state.set, op))) {
        return '\u22481';
    }
    return ratioText([ratio[0], ...ratio.slice(1)]);
}

function legend() {
    const steps = [-5, -3, -2, -1, 0, 1, 2, 3, 5];
    const text = (step) => step === 0 ? '1' : step < 0 ? `1/${2 ** -step}` : `${2 ** step}\u00D7`;
    const scale = make('span', {class: 'scale'}, ...steps
        .filter((step) => step >= 0 || state.base === 'inlay')
        .map((step) => {
            const rgb = colourOf(step);
            const box = make('span', {}, text(step));
            box.style.background = css(rgb);
            box.style.color = inkOn(rgb);
            return box;
        }));
    const hatched = make('span', {}, make('span', {class: 'hatch'}), ' n/a, with the reason');
    byId('heat-legend').replaceChildren(
        ...(state.base === 'inlay' ? ['faster'] : []), scale, 'slower', hatched);
}

export function heat() {
    const codecs = shown();
    const ops = opsOf(state.set);
    const width = widthOf('heat');
    const wide = width >= 780;
    const entries = codecs.flatMap((codec, y) => ops.map((op, x) =>
        ({value: [x, y], ...entry(codec, op, codecs)})));

    legend();
    show('heat-caption', state.base === 'inlay'
        ? 'Each codec against Inlay, reading at its own trust level; the floor, and levels at which Inlay was not measured, show times. \u22481: the interval meets the noise floor. Press a column to choose the operation.'
        : 'Each codec against the fastest shown, whatever its trust level; floors show times. \u22481: the interval meets the noise floor. Press a column to choose the operation.');
    draw('heat', {
        grid: {left: wide ? 250 : 132, right: 2, top: wide ? 44 : 84, bottom: 4},
        tooltip: tooltip(({dataIndex}) => describe(entries[dataIndex])),
        xAxis: {
            type: 'category', data: ops.map(opLabel), position: 'top',
            axisLine: {show: false}, axisTick: {show: false},
            axisLabel: {
                interval: 0, rotate: wide ? 0 : 90, fontSize: 11.5, lineHeight: 14,
                color: (_, i) => colour(ops[i] === state.op ? 'accent' : 'soft'),
                formatter: (name) => wide ? name.replace(' ', '\n') : name,
            },
        },
        yAxis: {
            type: 'category', data: codecs.map(String), inverse: true,
            axisLine: {show: false}, axisTick: {show: false},
            axisLabel: {
                interval: 0, margin: 8,
                formatter: (codec) => {
                    const name = nameBeside(codec, width);
                    return `{${isOurs(+codec) ? 'ours' : 'name'}|${name}}{${trustName(+codec)}| \u25CF}`;
                },
                rich: {
                    name: {color: colour('ink'), fontSize: 12},
                    ours: {color: colour('ink'), fontSize: 12, fontWeight: 700},
                    ...Object.fromEntries(data.trusts.map((trust) =>
                        [trust.name, {color: colour(trust.name), fontSize: 10}])),
                },
            },
        },
        series: [{
            type: 'custom',
            data: entries.map(({value}) => value),
            renderItem: (params, api) =>
                box(params, api, entries[params.dataIndex], wide),
        }],
    }, {
        height: codecs.length * ROW + (wide ? 52 : 92),
        empty: codecs.length === 0 || ops.length === 0 ? 'Nothing to show.' : undefined,
        label: `Heat map of ${codecs.length} codecs by ${ops.length} operations on ${data.sets[state.set].name}; the figures are in the table below.`,
        onClick: ({value}) => change({op: opsOf(state.set)[value[0]]}),
    });
}

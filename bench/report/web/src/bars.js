// bars.js -- one operation: a bar and its 95 % interval per codec. On a
// logarithmic axis a bar's length says nothing, so there are points there.
import {draw, trustColour, tooltip, valueAxis, widthOf, nameBeside} from './charts.js';
import {escaped, show} from './dom.js';
import {data, FLOOR, measured, noiseAt, inlayAt, isOurs, estimate, interval,
    tickTime, opLabel, opAbout, trustName, rounded} from './model.js';
import {state, shown, levels} from './state.js';
import {colour} from './theme.js';

const ROW = 24;
const SPREAD_MAX = 25; // times that still fit on a linear axis

// The codec whose noise is shown: Inlay, else the fastest, at a level shown.
function reference(codecs) {
    for (const trust of levels()) {
        const ours = inlayAt(state.set, trust, state.op);
        if (codecs.includes(ours)) {
            return ours;
        }
    }
    return codecs.find((codec) => data.codecs[codec].trust !== FLOOR);
}

function bandOf(reference) {
    const noise = noiseAt(state.set, state.op);
    const cell = reference === undefined
        ? undefined : measured(state.set, reference, state.op);
    return noise && cell
        ? [cell.ns[0] * noise.low, cell.ns[0] * noise.high] : undefined;
}

function mark(api, codec, cell, isLog, start) {
    const y = api.coord([cell.ns[0], api.value(1)])[1];
    const [at, low, high] = cell.ns.map((ns) => api.coord([ns, 0])[0]);
    const hue = trustColour(codec);
    const faint = isOurs(codec) ? 1 : Number(colour('bar-other'));
    const line = (x1, y1, x2, y2, width) => ({
        type: 'line', shape: {x1, y1, x2, y2},
        style: {stroke: colour('ink'), lineWidth: width, opacity: 0.8}, silent: true,
    });
    const body = isLog
        ? [{type: 'line', shape: {x1: start, y1: y, x2: at, y2: y},
            style: {stroke: colour('grid'), lineWidth: 1}},
        {type: 'circle', shape: {cx: at, cy: y, r: isOurs(codec) ? 6 : 5},
            style: {fill: hue, opacity: isOurs(codec) ? 1 : 0.75}}]
        : [{type: 'rect', shape: {x: start, y: y - 8, width: Math.max(1, at - start), height: 16, r: [0, 2, 2, 0]},
            style: {fill: hue, opacity: faint}}];
    return {
        type: 'group',
        children: [
            ...body,
            line(low, y, high, y, 1.4), line(low, y - 4, low, y + 4, 1.4),
            line(high, y - 4, high, y + 4, 1.4),
            {type: 'text', silent: true, style: {
                x: Math.max(high, at + 6) + 6, y, text: estimate(cell.ns),
                verticalAlign: 'middle', fill: colour('ink'), fontSize: 12,
                fontWeight: isOurs(codec) ? 700 : 400,
            }},
        ],
    };
}

function describe(codec, cell) {
    return `<b>${escaped(data.codecs[codec].name)}</b><br>` +
        `${escaped(trustName(codec))} \u00B7 ${escaped(data.codecs[codec].memory)}<br>` +
        `${estimate(cell.ns)}, 95 % interval ${interval(cell.ns)}` +
        (cell.blocks ? `<br>${cell.blocks} blocks, ${cell.outliers} outliers` : '');
}

function caption(codecs, missing, noted, band, isLog) {
    const parts = ['Medians and their 95 % intervals.'];
    if (isLog) {
        parts.push('The axis is logarithmic.');
    }
    if (band) {
        parts.push(`The shaded band is the noise floor around ${data.codecs[noted].name}, ` +
            `${rounded(noteLow(noted, band), 3)} to ${rounded(noteHigh(noted, band), 3)} times: what lies within is no difference.`);
    } else {
        parts.push('No noise floor was measured for this operation.');
    }
    if (missing.length > 0) {
        parts.push(`Not shown, for they have none: ${missing.map((codec) => data.codecs[codec].name).join('; ')}.`);
    }
    return parts.join(' ');
}

const noteLow = (codec, band) => band[0] / measured(state.set, codec, state.op).ns[0];
const noteHigh = (codec, band) => band[1] / measured(state.set, codec, state.op).ns[0];

export function bars() {
    const all = shown();
    const codecs = all.filter((codec) => measured(state.set, codec, state.op))
        .sort((a, b) => measured(state.set, a, state.op).ns[0] -
            measured(state.set, b, state.op).ns[0]);
    const cells = codecs.map((codec) => measured(state.set, codec, state.op));
    const noted = reference(codecs);
    const band = bandOf(noted);
    const width = widthOf('bars');
    const wide = width >= 780;
    const least = Math.min(...cells.map((cell) => cell.ns[1]), band?.[0] ?? Infinity);
    const most = Math.max(...cells.map((cell) => cell.ns[2]));
    const isLog = state.scale === 'log' ||
        (state.scale === 'auto' && most / least > SPREAD_MAX);

    show('bars-title', `${opLabel(state.op)}: ${opAbout(state.op)}`);
    show('bars-caption', caption(codecs, all.filter((codec) => !codecs.includes(codec)),
        noted, band, isLog));
    draw('bars', {
        grid: {left: wide ? 250 : 132, right: wide ? 74 : 66, top: 8, bottom: 30},
        tooltip: tooltip(({dataIndex}) => describe(codecs[dataIndex], cells[dataIndex])),
        xAxis: valueAxis(undefined, {
            type: isLog ? 'log' : 'value',
            min: isLog ? 10 ** Math.floor(Math.log10(least)) : 0,
            max: isLog ? undefined : most,
            splitNumber: wide ? 6 : 3,
            axisLabel: {color: colour('soft'), fontSize: 12, hideOverlap: true,
                showMaxLabel: isLog ? undefined : false,
                formatter: tickTime},
        }),
        yAxis: {
            type: 'category', inverse: true, data: codecs.map(String),
            axisLine: {lineStyle: {color: colour('line')}}, axisTick: {show: false},
            axisLabel: {
                interval: 0,
                formatter: (codec) => `{${isOurs(+codec) ? 'ours' : 'name'}|${nameBeside(codec, width)}}`,
                rich: {name: {color: colour('ink'), fontSize: 12},
                    ours: {color: colour('ink'), fontSize: 12, fontWeight: 700}},
            },
        },
        series: [{
            type: 'custom',
            encode: {x: 0, y: 1},
            data: cells.map((cell, i) => [cell.ns[0], i]),
            clip: false,
            renderItem: (params, api) => mark(api, codecs[params.dataIndex],
                cells[params.dataIndex], isLog, params.coordSys.x),
        }, {
            type: 'scatter', data: [], silent: true,
            markArea: band && {silent: true, itemStyle: {color: colour('band')},
                data: [[{xAxis: band[0]}, {xAxis: band[1]}]]},
        }],
    }, {
        height: codecs.length * ROW + 46,
        empty: codecs.length === 0 ? `None of the codecs shown has \u201C${opLabel(state.op)}\u201D on this set.` : undefined,
        label: `Times of ${opLabel(state.op)} on ${data.sets[state.set].name}, with intervals; the figures are in the table below.`,
    });
}

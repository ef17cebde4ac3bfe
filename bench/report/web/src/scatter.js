// scatter.js -- size against speed.
import {draw, logTicks, trustColour, tooltip, valueAxis, widthOf,
    nameBeside} from './charts.js';
import {escaped, show} from './dom.js';
import {data, measured, sizeAt, isOurs, estimate, interval, tickTime, bytes,
    count, opLabel, trustName} from './model.js';
import {state, shown} from './state.js';
import {colour} from './theme.js';

// Shapes say the trust level too, for those who do not see its colour.
const SHAPES = {checked: 'circle', lazy: 'diamond', once: 'triangle',
    unchecked: 'rect', floor: 'circle'};

const MARKS = {checked: '\u25CF', lazy: '\u25C6', once: '\u25B2',
    unchecked: '\u25A0', floor: '\u25CB'};

function whisker(api, cell, codec) {
    const [x, low] = api.coord([api.value(0), cell.ns[1]]);
    const high = api.coord([api.value(0), cell.ns[2]])[1];
    return {type: 'line', silent: true, shape: {x1: x, y1: low, x2: x, y2: high},
        style: {stroke: trustColour(codec), lineWidth: 2}};
}

function axis(name, values, by, many, formatter, more) {
    const [min, max] = [Math.min(...values) / by, Math.max(...values) * by];
    const ticks = logTicks(min, max, many);
    return valueAxis(name, {
        type: 'log', min, max,
        axisTick: {show: true, lineStyle: {color: colour('line')}, customValues: ticks},
        axisLabel: {color: colour('soft'), hideOverlap: true, customValues: ticks, formatter},
        splitLine: {show: true, lineStyle: {color: colour('grid')}, customValues: ticks},
        ...more,
    });
}

export function scatter() {
    const codecs = shown().filter((codec) =>
        measured(state.set, codec, state.op) && sizeAt(state.set, codec)?.bytes > 0);
    const cells = codecs.map((codec) => measured(state.set, codec, state.op));
    const sizes = codecs.map((codec) => sizeAt(state.set, codec).bytes);
    const narrow = widthOf('scatter') < 600;
    const middle = Math.sqrt(Math.min(...sizes) * Math.max(...sizes)) * 1.12;
    const points = codecs.map((codec, i) => ({
        value: [sizes[i], cells[i].ns[0]],
        symbol: SHAPES[trustName(codec)] ?? 'circle',
        symbolSize: isOurs(codec) ? 15 : 11,
        itemStyle: trustName(codec) === 'floor'
            ? {color: colour('card'), borderColor: trustColour(codec), borderWidth: 2}
            : {color: trustColour(codec), opacity: isOurs(codec) ? 1 : 0.8},
        label: {
            position: sizes[i] > middle ? 'left' : 'right',
            formatter: nameBeside(codec, widthOf('scatter')),
            fontWeight: isOurs(codec) ? 700 : 400,
        },
    }));

    show('scatter-caption', 'Down and to the left is better. Both axes are logarithmic; vertical lines are 95 % intervals. ' +
        `Shapes: ${[...new Set(codecs.map(trustName))].map((name) => `${MARKS[name] ?? ''} ${name}`).join(', ')}.`);
    show('scatter-title', `Size against time to ${opLabel(state.op)}`);
    draw('scatter', {
        grid: {left: 66, right: narrow ? 14 : 40, top: 12, bottom: 48},
        tooltip: tooltip(({seriesIndex, dataIndex: i}) => seriesIndex !== 1 ? '' :
            `<b>${escaped(data.codecs[codecs[i]].name)}</b><br>${escaped(trustName(codecs[i]))}<br>` +
            `${count(sizes[i])} bytes<br>${estimate(cells[i].ns)} (${interval(cells[i].ns)})`),
        xAxis: axis('message size', sizes, 1.08, narrow ? 4 : 8, bytes, {nameGap: 28}),
        yAxis: axis(undefined, cells.map((cell) => cell.ns[0]), 1.6, 8, tickTime),
        series: [{
            type: 'custom',
            data: points.map(({value}) => value),
            renderItem: (params, api) =>
                whisker(api, cells[params.dataIndex], codecs[params.dataIndex]),
            silent: true,
        }, {
            type: 'scatter',
            data: points,
            label: {show: true, distance: 7, color: colour('ink'), fontSize: 11.5},
            labelLayout: {hideOverlap: true},
            emphasis: {scale: 1.2},
        }],
    }, {
        empty: codecs.length === 0 ? 'No codec shown has both a size and this operation.' : undefined,
        label: `Size against time of ${opLabel(state.op)} for ${codecs.length} codecs; the figures are in the table below.`,
    });
}

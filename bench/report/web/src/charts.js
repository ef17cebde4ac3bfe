// charts.js -- the chart library, and what our charts have in common.
import * as echarts from 'echarts/core';
import {CustomChart, LineChart, ScatterChart} from 'echarts/charts';
import {GridComponent, MarkAreaComponent, TooltipComponent} from 'echarts/components';
import {LabelLayout} from 'echarts/features';
import {SVGRenderer} from 'echarts/renderers';
import {byId, make, short} from './dom.js';
import {data} from './model.js';
import {colour} from './theme.js';

echarts.use([CustomChart, LineChart, ScatterChart, GridComponent,
    MarkAreaComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export {echarts};

const charts = new Map();

export const trustColour = (codec) =>
    colour(data.trusts[data.codecs[codec].trust].name);

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

export function textStyle() {
    return {fontFamily: FONT, color: colour('ink'), fontSize: 12};
}

export function tooltip(format) {
    return {
        trigger: 'item',
        confine: true,
        backgroundColor: colour('card'),
        borderColor: colour('line'),
        padding: [8, 12],
        textStyle: {color: colour('ink'), fontSize: 13},
        formatter: (item) => `<div class="tip">${format(item)}</div>`,
    };
}

export function valueAxis(name, more) {
    return {
        name,
        nameLocation: 'middle',
        nameTextStyle: {color: colour('soft'), fontSize: 12},
        axisLine: {lineStyle: {color: colour('line')}},
        axisTick: {show: false},
        axisLabel: {color: colour('soft'), fontSize: 12, hideOverlap: true},
        splitLine: {lineStyle: {color: colour('grid')}},
        minorSplitLine: {show: false},
        ...more,
    };
}

// Ticks at 1, 2 and 5 times powers of ten, fewer when there would be many: the
// library has one per power.
export function logTicks(least, most, many = 8) {
    const ticks = (steps) => {
        const all = [];
        for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
            all.push(...steps.map((step) => step * 10 ** power));
        }
        return all.filter((tick) => tick >= least && tick <= most);
    };
    return [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 5], [1, 2, 5], [1, 3]].map(ticks)
        .find((all) => all.length <= many) ?? ticks([1]);
}

// Draws a chart into an element, or the reason why there is none. The height
// holds where it is given; else the style sheet's.
export function draw(id, options, {label, height, empty, onClick} = {}) {
    const element = byId(id);
    let chart = charts.get(id);

    if (chart && (empty || chart.getDom() !== element)) {
        chart.dispose(); // its element may be another one by now
        charts.delete(id);
        chart = undefined;
    }
    if (empty) {
        element.style.height = 'auto';
        element.removeAttribute('role');
        element.replaceChildren(make('p', {class: 'empty'}, empty));
        return;
    }
    element.style.height = height ? `${height}px` : '';
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', label);
    if (!chart) {
        element.replaceChildren();
        chart = echarts.init(element, null, {renderer: 'svg'});
        charts.set(id, chart);
        if (onClick) {
            chart.on('click', onClick);
        }
    }
    chart.resize();
    chart.setOption({animation: false, textStyle: textStyle(), ...options},
        {notMerge: true});
}

export function drop(prefix) {
    for (const [id, chart] of charts) {
        if (id.startsWith(prefix)) {
            chart.dispose();
            charts.delete(id);
        }
    }
}

export const drawnCount = () => charts.size;
export const widthOf = (id) => byId(id).clientWidth;

// What a codec is called beside a chart: on narrow ones by its id, which is
// short, and unlike a name that is cut off is its own.
export const nameBeside = (codec, width) => width < 780
    ? short(data.codecs[codec].id, 18) : short(data.codecs[codec].name, 34);

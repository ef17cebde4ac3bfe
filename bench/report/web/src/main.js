// main.js -- the page: draws all parts, and again whatever changes.
//
// For the tests the root element says how many charts stand (data-drawn) and
// what went wrong (data-errors).
import {bars} from './bars.js';
import {drawnCount} from './charts.js';
import {controls, controlsStart} from './controls.js';
import {cost, costStart} from './cost.js';
import {facts} from './facts.js';
import {heat} from './heat.js';
import {ipc} from './ipc.js';
import {latency, latencyStart} from './latency.js';
import {scatter} from './scatter.js';
import {onChange, recall} from './state.js';
import {table, tableStart} from './table.js';
import {themeStart} from './theme.js';

const root = document.documentElement;

addEventListener('error', (event) => {
    root.dataset.errors = `${root.dataset.errors ?? ''}${event.message}; `;
});

function charts() {
    heat();
    bars();
    scatter();
    latency();
    root.dataset.drawn = drawnCount();
}

function everything() {
    controls();
    charts();
    cost();
    table();
    ipc();
    facts();
}

themeStart(everything);
onChange(everything);
recall();
controlsStart();
tableStart();
costStart();
latencyStart();
everything();
addEventListener('hashchange', recall);

let width = innerWidth;
addEventListener('resize', () => {
    if (innerWidth !== width) { // phones resize when bars come and go
        width = innerWidth;
        charts();
    }
});

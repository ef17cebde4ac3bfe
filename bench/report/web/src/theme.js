// theme.js -- dark and light: as the system has it, or as the button says.
import {byId} from './dom.js';

const KEY = 'inlay-report-theme';
const ORDER = ['auto', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');
let chosen = 'auto';
let printing = false;
let listener = () => {};

function apply() {
    const dark = chosen === 'dark' || (chosen === 'auto' && system.matches);

    document.documentElement.dataset.theme = dark && !printing ? 'dark' : 'light';
    byId('theme').textContent = `Colours: ${chosen === 'auto' ? 'system' : chosen}`;
}

// The value of a colour of style.css.
export function colour(name) {
    return getComputedStyle(document.documentElement)
        .getPropertyValue(`--${name}`).trim();
}

// Calls back when colours have changed.
export function themeStart(changed) {
    listener = changed;
    try {
        chosen = localStorage.getItem(KEY) ?? 'auto';
    } catch {
        // Not to be had from a file in some browsers.
    }
    if (!ORDER.includes(chosen)) {
        chosen = 'auto';
    }
    apply();
    byId('theme').addEventListener('click', () => {
        chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length];
        try {
            localStorage.setItem(KEY, chosen);
        } catch {
            // Then it holds until the page is left.
        }
        apply();
        listener();
    });
    system.addEventListener('change', () => {
        apply();
        listener();
    });
    // Paper is light.
    for (const [event, value] of [['beforeprint', true], ['afterprint', false]]) {
        addEventListener(event, () => {
            printing = value;
            apply();
            listener();
        });
    }
}

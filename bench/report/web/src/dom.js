// dom.js -- making elements. Texts from results are set as text, never parsed.

export const byId = (id) => document.getElementById(id);

// make('td', {class: 'number'}, 'text', element, ...)
export function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value === true) {
            element.setAttribute(key, '');
        } else if (value !== false && value !== undefined) {
            element.setAttribute(key, value);
        }
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
}

export function show(id, text) {
    byId(id).textContent = text;
}

// Escapes for tooltips, which charts take as HTML.
export function escaped(text) {
    return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

// Cuts a name to a number of characters.
export function short(name, length) {
    return name.length <= length ? name : `${name.slice(0, length - 1).trimEnd()}\u2026`;
}

// build.mjs -- bundles the page: node build.mjs PAGE.c
//
// Scripts and styles go into page.html where it marks them, and the whole into
// a C array (bench/report/page.h). Fails when the page asks for anything from
// outside.
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const DATA_MARK = '@@RESULT@@';

async function bundle(entry, options) {
    const made = await build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        write: false,
        charset: 'ascii',
        legalComments: 'inline', // licences ask to be carried along
        target: 'es2020',
        ...options,
    });
    return made.outputFiles[0].text;
}

// Puts a text where its mark is; not by replace's patterns, which know `$&`.
function put(page, mark, text) {
    const parts = page.split(mark);
    if (parts.length !== 2) {
        throw new Error(`page.html has to have ${mark} once`);
    }
    return parts[0] + text + parts[1];
}

const script = await bundle('src/main.js', {format: 'iife'});
const style = await bundle('style.css', {});
if (/<\/script/i.test(script) || /<!--/.test(script)) {
    throw new Error('the bundle would end its own script element');
}
let page = readFileSync('page.html', 'utf8');
page = put(page, '@@STYLE@@', style);
page = put(page, '@@SCRIPT@@', script);
const bytes = Buffer.from(page);
if (page.split(DATA_MARK).length !== 2) {
    throw new Error(`the page has to have ${DATA_MARK} once`);
}
if (/(src|href)="(?!#)/.test(readFileSync('page.html', 'utf8'))) {
    throw new Error('the page would need a network');
}

const lines = [];
for (let i = 0; i < bytes.length; i += 24) {
    lines.push('    ' + [...bytes.subarray(i, i + 24)].join(', ') + ',');
}
writeFileSync(process.argv[2], `// page.c -- made by web/build.mjs: see page.h.
#include "bench/report/page.h"

const unsigned char page_html[] = {
${lines.join('\n')}
};
const size_t page_size = sizeof page_html;
const char   page_missing[] = "";
`);

// emit_align.c -- see emit_align.h. A declaration is a line of one or more
// words, stars, a name, and what follows it up to a semicolon, as in
// `const uint8_t *at = x;`. Runs of them at one depth get their names at one
// column; a line that would become too long leaves its run as it was.

#include "gen/emit_align.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 80

// A line that declares something; offsets count from its beginning.
typedef struct declaration {
    size_t indent;
    size_t type_end; // behind the last word of the type
    size_t stars;
    size_t name; // where the name begins
    size_t size; // of the line
} declaration;

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool starts_with(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);

    return size > length && memcmp(text, word, length) == 0 &&
           text[length] == ' ';
}

// Statements that look like declarations.
static bool is_statement(const char *text, size_t size)
{
    return starts_with(text, size, "return") ||
           starts_with(text, size, "typedef") ||
           starts_with(text, size, "goto") || starts_with(text, size, "else") ||
           starts_with(text, size, "case") || starts_with(text, size, "extern");
}

// Reads one line; false when it declares nothing.
static bool declaration_read(const char *line, size_t size, declaration *d)
{
    size_t at = 0;
    size_t words = 0;

    while (at < size && line[at] == ' ') {
        at++;
    }
    d->indent = at;
    d->size = size;
    if (at == 0 || size == 0 || line[size - 1] != ';' ||
        is_statement(line + at, size - at)) {
        return false;
    }
    for (;;) {
        size_t start = at;

        while (at < size && is_word(line[at])) {
            at++;
        }
        if (at == start) {
            return false;
        }
        // The word is the name when something else than a word follows.
        if (at >= size || line[at] != ' ' ||
            !(is_word(line[at + 1]) || line[at + 1] == '*')) {
            d->name = start;
            break;
        }
        words++;
        d->type_end = at++;
        d->stars = 0;
        while (at < size && line[at] == '*') {
            d->stars++;
            at++;
        }
    }
    return words > 0 && (line[at] == ';' || line[at] == '[' ||
                         (line[at] == ' ' && line[at + 1] == '='));
}

static size_t name_column(const declaration *d)
{
    return d->type_end + 1 + d->stars;
}

// Returns the size of the line at `text`, without its newline.
static size_t line_size(const char *text, size_t size)
{
    const char *end = memchr(text, '\n', size);

    return end == NULL ? size : (size_t)(end - text);
}

// Finds the run that begins at `text`: how many lines, and the column of its
// names. A run of one, or one that does not fit, gives 0.
static size_t run_find(const char *text, size_t size, size_t *column)
{
    declaration first, d;
    size_t      lines = 0;
    size_t      at = 0;
    size_t      longest = 0; // what follows the name column

    *column = 0;
    while (at < size) {
        size_t length = line_size(text + at, size - at);

        if (!declaration_read(text + at, length, &d) ||
            (lines > 0 && d.indent != first.indent)) {
            break;
        }
        first = lines == 0 ? d : first;
        lines++;
        *column = name_column(&d) > *column ? name_column(&d) : *column;
        longest = d.size - d.name > longest ? d.size - d.name : longest;
        at += length + 1;
    }
    return lines > 1 && *column + longest <= COLUMNS ? lines : 0;
}

static char *put(char *to, const char *text, size_t size)
{
    memcpy(to, text, size);
    return to + size;
}

static char *put_aligned(char *to, const char *line, size_t size, size_t column)
{
    declaration d = {0};
    size_t      pad;

    declaration_read(line, size, &d);
    to = put(to, line, d.type_end);
    for (pad = column - d.type_end - d.stars; pad > 0; pad--) {
        *to++ = ' ';
    }
    return put(to, line + d.name - d.stars, size - d.name + d.stars);
}

char *emit_align(const char *text, size_t size, size_t *aligned_size)
{
    // No line gets longer than the columns, so none grows by more than that.
    size_t lines = 1;
    size_t run = 0;
    size_t column = 0;
    size_t at;
    char  *aligned;
    char  *to;

    for (at = 0; at < size; at++) {
        lines += text[at] == '\n';
    }
    aligned = malloc(size + lines * COLUMNS + 1);
    if (aligned == NULL) {
        return NULL;
    }
    to = aligned;
    for (at = 0; at < size;) {
        size_t length = line_size(text + at, size - at);

        if (run == 0) {
            run = run_find(text + at, size - at, &column);
        }
        if (run > 0) {
            to = put_aligned(to, text + at, length, column);
            run--;
        } else {
            to = put(to, text + at, length);
        }
        at += length;
        if (at < size) {
            *to++ = text[at++];
        }
    }
    *to = '\0';
    *aligned_size = (size_t)(to - aligned);
    return aligned;
}

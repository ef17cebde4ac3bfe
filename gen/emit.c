// emit.c -- see emit.h.

#include "gen/emit.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gen/emit_align.h"

#define EMIT_VARS_MAX 32

void emit_init_style(emit *e, emit_style style)
{
    emit_init(e);
    e->style = style;
}

void emit_init(emit *e)
{
    memset(e, 0, sizeof *e);
}

void emit_release(emit *e)
{
    free(e->data);
    emit_init(e);
}

// ---- The buffer -------------------------------------------------------------

static void put(emit *e, const char *text, size_t size)
{
    if (e->failed) {
        return;
    }
    if (size > SIZE_MAX / 4 - e->size) {
        e->failed = true;
        return;
    }
    if (e->size + size > e->capacity) {
        size_t capacity = (e->size + size) * 2;
        char  *data = realloc(e->data, capacity);

        if (data == NULL) {
            e->failed = true;
            return;
        }
        e->data = data;
        e->capacity = capacity;
    }
    memcpy(e->data + e->size, text, size);
    e->size += size;
}

static void put_spaces(emit *e, size_t count)
{
    while (count-- > 0) {
        put(e, " ", 1);
    }
}

// ---- Breaking long lines ----------------------------------------------------

#define PARENS_MAX 16

// A line that is being printed in pieces, and which parentheses are open where
// the next piece begins.
typedef struct broken_line {
    const char *text; // what is left
    size_t      size;
    size_t      base;             // column of the whole line
    size_t      limit;            // columns that a piece may fill
    size_t      column;           // of this piece
    size_t      open[PARENS_MAX]; // columns behind the open ones
    size_t      depth;
} broken_line;

// Where a piece may end, and at which column the next one begins.
typedef struct line_break {
    size_t at; // bytes before the break; 0: none found
    size_t column;
} line_break;

static bool is_operator(const char *text, size_t i)
{
    return i > 0 && text[i - 1] == ' ' &&
           (strchr("?:", text[i]) != NULL || memcmp(text + i, "| ", 2) == 0 ||
            memcmp(text + i, "||", 2) == 0 || memcmp(text + i, "&&", 2) == 0);
}

// Looks at one byte: keeps the parentheses, and notes a place to break. The
// last comma that leaves the fewest parentheses open is the best one.
static void look_at(const broken_line *line, size_t i, size_t *open,
                    size_t *depth, line_break *comma, line_break *other)
{
    const char *text = line->text;
    char        c = text[i];
    size_t      inside = *depth > 0 ? open[*depth - 1] : line->base + 4;

    if ((c == '(' || c == '{') && *depth < PARENS_MAX) {
        open[(*depth)++] = line->column + i + 1;
        if (c == '(' && other->at == 0) {
            *other = (line_break){i + 1, line->base + 4};
        }
    } else if ((c == ')' || c == '}') && *depth > 0) {
        (*depth)--;
    } else if (c == ',' && text[i + 1] == ' ' &&
               (comma->at == 0 || inside <= comma->column)) {
        *comma = (line_break){i + 1, inside};
    } else if (c == '=' && text[i + 1] == ' ' && text[i - 1] == ' ' &&
               *depth == 0) {
        *other = (line_break){i + 1, line->base + 4};
    } else if (is_operator(text, i)) {
        size_t at = c == '?' || c == ':' ? i : i + (text[i + 1] == c ? 2 : 1);

        if (line->column + at <= line->limit) {
            *other = (line_break){at, inside};
        }
    }
}

// Finds the first call whose parentheses hold several arguments: where they
// begin, and the size of the longest. A call with one argument, and an `if`,
// leave the question to what is inside.
static size_t longest_argument(const broken_line *line, size_t *begin)
{
    size_t longest = 0;
    size_t start = 0;
    size_t i;

    for (*begin = 0; *begin < line->size; (*begin)++) {
        int    depth = 1;
        size_t count = 0;

        if (line->text[*begin] != '(' ||
            (*begin > 0 && line->text[*begin - 1] == ' ')) {
            continue;
        }
        longest = 0;
        start = *begin + 1;
        for (i = start; i < line->size && depth > 0; i++) {
            char c = line->text[i];

            depth += (c == '(') - (c == ')');
            if (depth == 0 || (depth == 1 && c == ',')) {
                longest = i + 1 - start > longest ? i + 1 - start : longest;
                start = i + 2;
                count++;
            }
        }
        if (count > 1) {
            (*begin)++;
            return longest;
        }
    }
    return 0;
}

// Returns where what is assigned begins when it fits on a line of its own; else
// 0.
static size_t assigned_value(const broken_line *line)
{
    size_t i;

    for (i = 1; i + 2 < line->size && line->text[i] != '('; i++) {
        if (memcmp(line->text + i - 1, " = ", 3) == 0) {
            size_t rest = line->size - i - 2;

            return line->base + 4 + rest <= EMIT_COLUMNS ? i + 1 : 0;
        }
    }
    return 0;
}

// Returns where the name of a function begins when its result can stand on a
// line of its own and the rest on one more; else 0.
static size_t function_name(const broken_line *line, size_t begin)
{
    size_t name = begin - 1;

    while (name > 0 && line->text[name - 1] != ' ' &&
           line->text[name - 1] != '*') {
        name--;
    }
    if (line->base > 0 || line->column > 0 || name == 0 ||
        line->text[name - 1] != ' ' || line->size - name > line->limit) {
        return 0;
    }
    return name;
}

static line_break find_break(const broken_line *line)
{
    line_break comma = {0, 0};
    line_break other = {0, 0};
    size_t     open[PARENS_MAX];
    size_t     depth = line->depth;
    bool       quoted = false;
    bool       condition = line->size > 4 && memcmp(line->text, "if (", 4) == 0;
    size_t     begin;
    size_t     i;

    begin = depth == 0 ? assigned_value(line) : 0;
    if (begin > 0) {
        return (line_break){begin, line->base + 4};
    }
    // Arguments that do not fit behind their parenthesis go below it.
    if (depth == 0 &&
        line->column + longest_argument(line, &begin) + begin > line->limit &&
        line->column + begin <= line->limit && begin < line->size) {
        size_t name = function_name(line, begin);

        return name > 0 ? (line_break){name, 0}
                        : (line_break){begin, line->base + (condition ? 8 : 4)};
    }
    memcpy(open, line->open, sizeof open);
    for (i = 0; i + 1 < line->size && line->column + i < line->limit; i++) {
        if (line->text[i] == '"' && (i == 0 || line->text[i - 1] != '\\')) {
            quoted = !quoted;
        }
        if (!quoted) {
            look_at(line, i, open, &depth, &comma, &other);
        }
    }
    return comma.at > 0 ? comma : other;
}

// Moves on to the piece behind a break.
static void step(broken_line *line, line_break where)
{
    line_break ignored = {1, 0};
    bool       quoted = false;
    size_t     i;

    for (i = 0; i < where.at; i++) {
        if (line->text[i] == '"' && (i == 0 || line->text[i - 1] != '\\')) {
            quoted = !quoted;
        }
        if (!quoted) {
            look_at(line, i, line->open, &line->depth, &ignored, &ignored);
        }
    }
    // Behind an opening parenthesis that ends its line, the column is given.
    if (line->text[where.at - 1] == '(' && line->depth > 0) {
        line->open[line->depth - 1] = where.column;
    }
    line->text += where.at;
    line->size -= where.at;
    while (line->size > 0 && line->text[0] == ' ') {
        line->text++;
        line->size--;
    }
    line->column = where.column;
}

static bool is_comment(const char *line, size_t size)
{
    return size >= 2 && ((line[0] == '/' && line[1] == '*') || line[0] == '*' ||
                         (line[0] == ' ' && line[1] == '*'));
}

// Returns the size without the spaces at the end.
static size_t trimmed(const char *text, size_t size)
{
    while (size > 0 && text[size - 1] == ' ') {
        size--;
    }
    return size;
}

static void put_line(emit *e, const char *text, size_t size)
{
    broken_line line = {.text = text, .limit = EMIT_COLUMNS};
    bool        joined; // the next line belongs to the same macro

    line.size = trimmed(text, size);
    joined = line.size > 0 && text[line.size - 1] == '\\';
    line.limit -= joined ? 2 : 0;
    if (line.size == 0 || (e->style == EMIT_C && text[0] == '#')) {
        put(e, line.text, line.size);
        put(e, "\n", 1);
        return;
    }
    line.base = (size_t)e->depth * 4;
    while (line.text[0] == ' ' && !is_comment(line.text, line.size)) {
        line.text++;
        line.size--;
        line.base++;
    }
    line.column = line.base;
    put_spaces(e, line.base);
    while (e->style == EMIT_C &&
           line.column + line.size > line.limit + (joined ? 2 : 0) &&
           !is_comment(line.text, line.size)) {
        line_break where = find_break(&line);

        if (where.at == 0 || where.at >= line.size) {
            break;
        }
        put(e, line.text, trimmed(line.text, where.at));
        put(e, joined ? " \\\n" : "\n", joined ? 3 : 1);
        step(&line, where);
        put_spaces(e, line.column);
    }
    put(e, line.text, line.size);
    put(e, "\n", 1);
}

void emit_line(emit *e, const char *line)
{
    put_line(e, line, strlen(line));
}

// ---- Templates --------------------------------------------------------------

// Text that is being put together; freed by its user.
typedef struct filled {
    char  *data;
    size_t size;
    size_t capacity;
} filled;

static bool filled_put(filled *f, const char *text, size_t size)
{
    if (f->size + size > f->capacity) {
        size_t capacity = (f->size + size) * 2 + 64;
        char  *data = realloc(f->data, capacity);

        if (data == NULL) {
            return false;
        }
        f->data = data;
        f->capacity = capacity;
    }
    if (size > 0) { // else there may be no memory yet
        memcpy(f->data + f->size, text, size);
    }
    f->size += size;
    return true;
}

static const emit_var *find_var(const emit_var *vars, const char *name,
                                size_t size)
{
    size_t i;

    for (i = 0; vars != NULL && vars[i].name != NULL; i++) {
        if (strlen(vars[i].name) == size &&
            memcmp(vars[i].name, name, size) == 0) {
            return &vars[i];
        }
    }
    return NULL;
}

// Marks where an empty value went. A line of nothing else is left out.
static const char nothing = '\1';

// Takes the marks out of a line; returns its new size, and in `drop` whether
// the line is left with blanks only because of them.
static size_t drop_marks(char *line, size_t size, bool *drop)
{
    size_t kept = 0;
    bool   blank = true;
    size_t i;

    for (i = 0; i < size; i++) {
        if (line[i] != nothing) {
            blank = blank && line[i] == ' ';
            line[kept++] = line[i];
        }
    }
    *drop = blank && kept < size;
    return kept;
}

// Puts a value of several lines where the template's line has `column` spaces:
// its later lines get as many.
static bool put_value(filled *f, const char *value)
{
    size_t column = 0;
    size_t start = f->size;

    if (*value == '\0') {
        return filled_put(f, &nothing, 1);
    }
    while (start > 0 && f->data[start - 1] != '\n') {
        start--;
    }
    while (start + column < f->size && f->data[start + column] == ' ') {
        column++;
    }
    while (*value != '\0') {
        size_t length = strcspn(value, "\n");
        size_t i;

        if (!filled_put(f, value, length)) {
            return false;
        }
        value += length;
        if (*value == '\n') {
            if (!filled_put(f, "\n", 1)) {
                return false;
            }
            value++;
            for (i = 0; i < column && *value != '\0' && *value != '\n'; i++) {
                if (!filled_put(f, " ", 1)) {
                    return false;
                }
            }
        }
    }
    return true;
}

// Fills a template in; false when memory ran out.
static bool fill(filled *f, const emit_var *vars, const char *text)
{
    bool   used[EMIT_VARS_MAX] = {false};
    bool   good = true;
    size_t i;

    while (good && *text != '\0') {
        size_t length = strcspn(text, "$");

        good = filled_put(f, text, length);
        text += length;
        if (good && *text == '$' && text[1] == '$') {
            good = filled_put(f, "$", 1);
            text += 2;
        } else if (good && *text == '$') {
            size_t          size = strcspn(text + 1, "$");
            const emit_var *var = find_var(vars, text + 1, size);

            assert(var != NULL && "the template names an unknown value");
            assert(var - vars < EMIT_VARS_MAX);
            used[var - vars] = true;
            good = put_value(f, var->value);
            text += size + 2;
        }
    }
    for (i = 0; vars != NULL && vars[i].name != NULL; i++) {
        assert(used[i] && "a value is given that the template does not use");
    }
    (void)used;
    return good;
}

void emit_text(emit *e, const emit_var *vars, const char *template_text)
{
    filled f = {NULL, 0, 0};
    size_t at = 0;

    if (!fill(&f, vars, template_text)) {
        e->failed = true;
    }
    while (!e->failed && at < f.size) {
        char  *line = f.data + at;
        char  *end = memchr(line, '\n', f.size - at);
        size_t length = end == NULL ? f.size - at : (size_t)(end - line);
        bool   drop;
        size_t kept = drop_marks(line, length, &drop);

        if (!drop) {
            put_line(e, line, kept);
        }
        at += length + 1;
    }
    free(f.data);
}

// ---- Layout -----------------------------------------------------------------

void emit_blank(emit *e)
{
    if (e->size >= 2 && memcmp(e->data + e->size - 2, "\n\n", 2) == 0) {
        return;
    }
    put(e, "\n", 1);
}

void emit_indent(emit *e, int levels)
{
    e->depth += levels;
    assert(e->depth >= 0);
}

void emit_rule(emit *e, const char *title)
{
    size_t used = strlen("/* ---- ") + strlen(title) + 1 + strlen(" */");
    size_t i;

    put(e, "/* ---- ", 8);
    put(e, title, strlen(title));
    put(e, " ", 1);
    for (i = used; i < EMIT_COLUMNS - 1; i++) {
        put(e, "-", 1);
    }
    put(e, " */\n\n", 5);
}

// ---- Comments ---------------------------------------------------------------

// Writes `size` bytes of a comment; what would end or nest it gets a space.
static void put_defused(emit *e, const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        put(e, text + i, 1);
        if (i + 1 < size && ((text[i] == '*' && text[i + 1] == '/') ||
                             (text[i] == '/' && text[i + 1] == '*'))) {
            put(e, " ", 1);
        }
    }
}

// Writes one paragraph line of a comment, broken at spaces.
static void put_doc_line(emit *e, const char *line, size_t size, bool *first)
{
    size_t room = EMIT_COLUMNS - 3 - (size_t)e->depth * 4 - 3;

    do {
        size_t length = size;

        if (length > room) {
            length = room;
            while (length > 0 && line[length] != ' ') {
                length--;
            }
            if (length == 0) {
                length = strcspn(line, " \n");
                length = length < size ? length : size;
            }
        }
        if (!*first) {
            put(e, "\n", 1);
            put_spaces(e, (size_t)e->depth * 4);
            put(e, length > 0 ? " * " : " *", length > 0 ? 3 : 2);
        }
        *first = false;
        put_defused(e, line, length);
        line += length;
        size -= length;
        while (size > 0 && *line == ' ') {
            line++;
            size--;
        }
    } while (size > 0);
}

// Writes a comment of Rust's, a line for a line.
static void put_rust_doc(emit *e, const char *text)
{
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        size_t kept = trimmed(text, size);

        put_spaces(e, (size_t)e->depth * 4);
        put(e, kept > 0 ? "/// " : "///", kept > 0 ? 4 : 3);
        put(e, text, kept);
        put(e, "\n", 1);
        text += size + (text[size] == '\n' ? 1 : 0);
    }
}

void emit_doc(emit *e, const char *text)
{
    bool first = true;

    if (text == NULL || text[0] == '\0') {
        return;
    }
    if (e->style == EMIT_RUST) {
        put_rust_doc(e, text);
        return;
    }
    put_spaces(e, (size_t)e->depth * 4);
    put(e, "/* ", 3);
    for (;;) {
        size_t size = strcspn(text, "\n");

        put_doc_line(e, text, size, &first);
        if (text[size] == '\0' || text[size + 1] == '\0') {
            break;
        }
        text += size + 1;
    }
    put(e, " */\n", 4);
}

bool emit_finish(emit *e)
{
    char  *aligned;
    size_t size;

    assert(e->depth == 0);
    while (e->size > 1 && e->data[e->size - 1] == '\n' &&
           e->data[e->size - 2] == '\n') {
        e->size--;
    }
    if (e->failed || e->style == EMIT_RUST) {
        return !e->failed;
    }
    aligned = emit_align(e->data, e->size, &size);
    if (aligned == NULL) {
        e->failed = true;
        return false;
    }
    free(e->data);
    e->data = aligned;
    e->size = size;
    e->capacity = size;
    return true;
}

// diag.c -- collecting errors, and turning them into text with a caret.
#include "schema/diag.h"

#include "schema/str.h"
#include "schema/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// A longer line is cut to this many bytes around the column, so that one error
// in generated or hostile input can't fill the screen.
#define SOURCE_SIZE_MAX 200
#define SOURCE_BEFORE   100

void diag_init(diag_sink *sink, const inlay_alloc *alloc)
{
    *sink = (diag_sink){0};
    arena_init(&sink->memory, alloc);
}

void diag_release(diag_sink *sink)
{
    inlay_alloc alloc = sink->memory.alloc;

    arena_release(&sink->memory);
    diag_init(sink, &alloc);
}

// ---- Collecting -------------------------------------------------------------

// Returns a place for one more error, or NULL when the sink is full.
static diag *sink_next(diag_sink *sink)
{
    sink->recorded = false;
    if (sink->count == DIAG_MAX) {
        sink->stopped = true;
        return NULL;
    }
    sink->recorded = true;
    sink->list[sink->count] = (diag){.path = "", .message = "", .length = 1};
    return &sink->list[sink->count++];
}

static const char *sink_format(diag_sink *sink, const char *format,
                               va_list arguments)
{
    va_list again;
    int     size;
    char   *text;

    va_copy(again, arguments);
    size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = size < 0 ? NULL : arena_alloc(&sink->memory, (size_t)size + 1, 1);
    if (text == NULL) {
        return "";
    }
    (void)vsnprintf(text, (size_t)size + 1, format, arguments);
    return text;
}

// Finds the line of source that `span` lies on.
static inlay_str source_line(ir_span span)
{
    const char *line = span.file->text;
    const char *end = line + span.file->text_size;
    const char *stop;

    for (uint32_t number = 1; number < span.line; number++) {
        line = memchr(line, '\n', (size_t)(end - line));
        if (line == NULL) {
            return (inlay_str){0};
        }
        line++;
    }
    stop = memchr(line, '\n', (size_t)(end - line));
    stop = stop == NULL ? end : stop;
    if (stop > line && stop[-1] == '\r') {
        stop--;
    }
    return (inlay_str){line, (size_t)(stop - line)};
}

// Control characters and bytes that are not UTF-8 would upset a terminal, or
// whoever expects text.
static void source_clean(char *text, size_t size)
{
    bool valid = utf8_check(text, size) == size;

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];

        if ((byte < 0x20 && byte != '\t') || byte == 0x7F ||
            (byte >= 0x80 && !valid)) {
            text[i] = '?';
        }
    }
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void diag_quote(diag_sink *sink, diag *error, ir_span span)
{
    inlay_str line = source_line(span);
    size_t    caret = span.column - 1;
    size_t    start = 0;
    char     *copy;

    if (line.data == NULL || caret > line.size) {
        return;
    }
    if (line.size > SOURCE_SIZE_MAX) {
        size_t most = line.size;

        start = caret > SOURCE_BEFORE ? caret - SOURCE_BEFORE : 0;
        while (start < caret && is_continuation(line.data[start])) {
            start++;
        }
        most = most - start < SOURCE_SIZE_MAX ? most - start : SOURCE_SIZE_MAX;
        while (start + most < line.size &&
               is_continuation(line.data[start + most])) {
            most--;
        }
        line.size = start + most;
    }
    copy = arena_copy(&sink->memory, line.data + start, line.size - start);
    if (copy == NULL) {
        return;
    }
    source_clean(copy, line.size - start);
    error->source = copy;
    error->caret = caret - start;
    error->length = span.length;
    if (error->length > line.size - caret) {
        error->length = line.size > caret ? line.size - caret : 1;
    }
}

void diag_error(diag_sink *sink, ir_span span, const char *format, ...)
{
    diag   *error = sink_next(sink);
    va_list arguments;

    if (error == NULL) {
        return;
    }
    va_start(arguments, format);
    error->message = sink_format(sink, format, arguments);
    va_end(arguments);
    error->path = str_format(&sink->memory, "%s", span.file->path);
    error->line = span.line;
    error->column = span.column;
    diag_quote(sink, error, span);
}

void diag_error_path(diag_sink *sink, const char *path, const char *format, ...)
{
    diag   *error = sink_next(sink);
    va_list arguments;

    if (error == NULL) {
        return;
    }
    va_start(arguments, format);
    error->message = sink_format(sink, format, arguments);
    va_end(arguments);
    error->path = str_format(&sink->memory, "%s", path);
}

void diag_hint(diag_sink *sink, const char *format, ...)
{
    va_list arguments;

    if (!sink->recorded) {
        return;
    }
    va_start(arguments, format);
    sink->list[sink->count - 1].hint = sink_format(sink, format, arguments);
    va_end(arguments);
}

void diag_out_of_memory(diag_sink *sink)
{
    sink->count = 0;
    sink->stopped = false;
    sink->out_of_memory = true;
    sink_next(sink)->message = "memory ran out";
    sink->recorded = false;
}

static size_t path_rank(const diag_sink *sink, const char *path)
{
    size_t rank = 0;

    while (strcmp(sink->list[rank].path, path) != 0) {
        rank++;
    }
    return rank;
}

static bool diag_before(const diag *a, const diag *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

void diag_sort(diag_sink *sink)
{
    size_t ranks[DIAG_MAX];

    for (size_t i = 0; i < sink->count; i++) {
        ranks[i] = path_rank(sink, sink->list[i].path);
    }
    for (size_t i = 1; i < sink->count; i++) {
        diag   moving = sink->list[i];
        size_t rank = ranks[i];
        size_t to = i;

        while (to > 0 && (rank < ranks[to - 1] ||
                          (rank == ranks[to - 1] &&
                           diag_before(&moving, &sink->list[to - 1])))) {
            sink->list[to] = sink->list[to - 1];
            ranks[to] = ranks[to - 1];
            to--;
        }
        sink->list[to] = moving;
        ranks[to] = rank;
    }
    sink->recorded = false;
}

// ---- Rendering --------------------------------------------------------------

// Text cut to a buffer's size, whose whole length is counted all the same.
typedef struct writer {
    char  *text;
    size_t size;
    size_t length;
} writer;

static void write_char(writer *w, char c)
{
    if (w->length + 1 < w->size) {
        w->text[w->length] = c;
    }
    w->length++;
}

static void write_text(writer *w, const char *text)
{
    for (; *text != '\0'; text++) {
        write_char(w, *text);
    }
}

static size_t write_end(writer *w)
{
    if (w->size > 0) {
        w->text[w->length < w->size ? w->length : w->size - 1] = '\0';
    }
    return w->length;
}

// The caret lines up in any terminal because tabs are kept as tabs, and a
// character of several bytes counts as one column.
static void write_caret(writer *w, const diag *error)
{
    for (size_t i = 0; i < error->caret; i++) {
        if (!is_continuation(error->source[i])) {
            write_char(w, error->source[i] == '\t' ? '\t' : ' ');
        }
    }
    write_char(w, '^');
    for (size_t i = error->caret + 1; i < error->caret + error->length; i++) {
        if (!is_continuation(error->source[i])) {
            write_char(w, '~');
        }
    }
    write_char(w, '\n');
}

static void write_diag(writer *w, const diag *error)
{
    char place[32];

    write_text(w, error->path);
    if (error->line > 0) {
        (void)snprintf(place, sizeof(place), ":%u:%u", error->line,
                       error->column);
        write_text(w, place);
    }
    write_text(w, error->path[0] == '\0' ? "error: " : ": error: ");
    write_text(w, error->message);
    write_char(w, '\n');
    if (error->source != NULL) {
        write_text(w, error->source);
        write_char(w, '\n');
        write_caret(w, error);
    }
    if (error->hint != NULL && error->hint[0] != '\0') {
        write_text(w, "hint: ");
        write_text(w, error->hint);
        write_char(w, '\n');
    }
}

size_t diag_render(const diag *error, char *text, size_t size)
{
    writer w = {text, size, 0};

    write_diag(&w, error);
    return write_end(&w);
}

size_t diag_render_all(const diag_sink *sink, char *text, size_t size)
{
    writer w = {text, size, 0};
    char   line[64];

    for (size_t i = 0; i < sink->count; i++) {
        write_diag(&w, &sink->list[i]);
    }
    if (sink->stopped) {
        (void)snprintf(line, sizeof(line),
                       "stopped after %d errors; there are more\n", DIAG_MAX);
        write_text(&w, line);
    }
    return write_end(&w);
}

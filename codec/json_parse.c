// json_parse.c -- JSON text as a tree of values; see json_parse.h.
//
// libyajl does not look at what its allocator returns, so an allocation that
// fails must not return at all: it jumps out of the parser. That is safe since
// all its memory is the pool's, and nothing else is held on the way.
#include <setjmp.h>
#include <string.h>

#include <inlay/json.h>
#include <inlay/utf8.h>
#include <yajl/yajl_parse.h>

#include "json_parse.h"

typedef struct parser {
    const char  *json;
    size_t       size;
    inlay_pool  *pool;
    yajl_handle  yajl;
    bool         finishing; // all text is in; yajl counts from 0 again
    size_t       end;       // of the last token that was reported
    json_value  *root;
    json_value  *open[INLAY_JSON_DEPTH_MAX];
    json_value **tail[INLAY_JSON_DEPTH_MAX]; // where the next child goes
    unsigned     depth;
    json_failure failure;
    jmp_buf      out_of_memory;
} parser;

// ---- Memory for yajl --------------------------------------------------------

// Lies before what yajl gets, since yajl does not tell old sizes.
typedef union yajl_header {
    size_t      size;
    max_align_t align;
} yajl_header;

static void *parser_malloc(void *context, size_t size)
{
    parser      *self = context;
    yajl_header *header = NULL;

    if (size <= SIZE_MAX - sizeof *header) {
        header = inlay_pool_take(self->pool, 1, sizeof *header + size);
    }
    if (header == NULL) {
        longjmp(self->out_of_memory, 1);
    }
    header->size = size;
    return header + 1;
}

static void *parser_realloc(void *context, void *memory, size_t size)
{
    void *bigger = parser_malloc(context, size);

    if (memory != NULL) {
        size_t old_size = ((yajl_header *)memory - 1)->size;
        memcpy(bigger, memory, old_size < size ? old_size : size);
    }
    return bigger;
}

// The pool frees all at once. yajl doubles what grows, so what it leaves behind
// is no more than what it has.
static void parser_free(void *context, void *memory)
{
    (void)context;
    (void)memory;
}

// ---- Places -----------------------------------------------------------------

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t parser_consumed(const parser *self)
{
    size_t consumed;

    if (self->finishing) {
        return self->size;
    }
    consumed = yajl_get_bytes_consumed(self->yajl);
    return consumed < self->size ? consumed : self->size;
}

// Returns where the token that yajl is reporting starts: after the last one
// there is only white space and punctuation, which it does not report.
static size_t token_start(const parser *self, size_t end)
{
    size_t at = self->end;

    while (at < end && (is_space(self->json[at]) || self->json[at] == ',' ||
                        self->json[at] == ':')) {
        at++;
    }
    return at;
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

// Returns where a string that starts at `at` is wrong inside; `at` itself when
// it is not, and is wrong where it stands.
static size_t string_error(const char *json, size_t at, size_t size)
{
    size_t i = at + 1;

    while (i < size && json[i] != '"') {
        int digits;

        if ((unsigned char)json[i] < 0x20) {
            return i;
        }
        if (json[i] != '\\') {
            i++;
            continue;
        }
        if (++i == size || !is_one_of(json[i], "\"\\/bfnrtu")) {
            return i;
        }
        digits = json[i] == 'u' ? 4 : 0;
        for (i++; digits > 0; digits--, i++) {
            if (i == size || !is_one_of(json[i], "0123456789abcdefABCDEF")) {
                return i;
            }
        }
    }
    return i < size ? at : size;
}

// Returns where the text stopped being JSON: where the token starts at which
// yajl stopped, but for what is wrong inside a string. Between the last token
// that it reported and that one there are only white space and punctuation.
static size_t error_offset(const parser *self)
{
    size_t end = parser_consumed(self);
    size_t start = self->end;
    size_t at;

    if (self->finishing && (self->depth > 0 || self->root == NULL)) {
        return self->size; // something is missing
    }
    for (at = self->end; at < end; at++) {
        if (is_space(self->json[at])) {
            continue;
        }
        start = at;
        if (self->json[at] != ',' && self->json[at] != ':') {
            break;
        }
    }
    if (at == end && at < self->size && self->json[at] == '/') {
        return at; // a comment, which yajl does not even take
    }
    if (start < self->size && self->json[start] == '"') {
        return string_error(self->json, start, self->size);
    }
    return start;
}

static int parser_fail(parser *self, inlay_status status, size_t offset)
{
    self->failure.status = status;
    self->failure.offset = offset;
    return 0;
}

// ---- Values -----------------------------------------------------------------

// Appends a value to the open container, or makes it the root.
static json_value *parser_push(parser *self, json_kind kind)
{
    json_value *value = inlay_pool_take(self->pool, 1, sizeof *value);
    size_t      end = parser_consumed(self);

    if (value == NULL) {
        (void)parser_fail(self, INLAY_OUT_OF_MEMORY, 0);
        return NULL;
    }
    value->kind = kind;
    value->offset = token_start(self, end);
    self->end = end;
    if (self->depth == 0) {
        self->root = value;
        return value;
    }
    *self->tail[self->depth - 1] = value;
    self->tail[self->depth - 1] = &value->next;
    return value;
}

// Counts a value that is not a name.
static void parser_count(parser *self)
{
    if (self->depth > 0) {
        self->open[self->depth - 1]->count++;
    }
}

static int parser_literal(parser *self, json_kind kind)
{
    parser_count(self);
    return parser_push(self, kind) != NULL;
}

static int on_null(void *context)
{
    return parser_literal(context, JSON_NULL);
}

static int on_boolean(void *context, int value)
{
    return parser_literal(context, value ? JSON_TRUE : JSON_FALSE);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return (c | 32) - 'a' + 10;
}

// Returns the number of a \u escape at `at`, 0 when there is none: the text
// was lexed before, so digits are digits.
static unsigned escape_unit(const char *at, const char *end)
{
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return 0;
    }
    return (unsigned)(hex_digit(at[2]) << 12 | hex_digit(at[3]) << 8 |
                      hex_digit(at[4]) << 4 | hex_digit(at[5]));
}

// Returns the offset of the first surrogate escape in a string's raw text that
// has no partner, or `end` when all is well.
static size_t lone_surrogate(const char *json, size_t start, size_t end)
{
    size_t at = start;

    while (at < end) {
        unsigned unit = escape_unit(json + at, json + end);
        bool     high = unit >= 0xd800 && unit < 0xdc00;
        unsigned low;

        if (json[at] != '\\') {
            at++;
            continue;
        }
        if (unit < 0xd800 || unit > 0xdfff) {
            at += 2;
            continue;
        }
        low = high ? escape_unit(json + at + 6, json + end) : 0;
        if (low < 0xdc00 || low > 0xdfff) {
            return at;
        }
        at += 12;
    }
    return end;
}

// Keeps the text of a number, a string or a name. yajl gives either a part of
// the JSON text, which stays, or bytes of its own, which do not.
static int parser_text(parser *self, json_kind kind, const char *text,
                       size_t size)
{
    json_value *value = parser_push(self, kind);
    const char *json = self->json;
    bool        inside = (uintptr_t)text >= (uintptr_t)json &&
                  (uintptr_t)text < (uintptr_t)json + self->size;

    if (value == NULL) {
        return 0;
    }
    if (!inside) {
        size_t lone = lone_surrogate(json, (size_t)value->offset, self->end);
        char  *copy;

        if (kind == JSON_STRING && lone != self->end) {
            return parser_fail(self, INLAY_JSON_SYNTAX, lone);
        }
        copy = inlay_pool_take(self->pool, size, 1);
        if (copy == NULL) {
            return parser_fail(self, INLAY_OUT_OF_MEMORY, 0);
        }
        if (size > 0) {
            memcpy(copy, text, size);
        }
        text = copy;
    }
    value->text.data = text;
    value->text.size = size;
    return 1;
}

static int on_number(void *context, const char *text, size_t size)
{
    parser_count(context);
    return parser_text(context, JSON_NUMBER, text, size);
}

static int on_string(void *context, const unsigned char *text, size_t size)
{
    parser_count(context);
    return parser_text(context, JSON_STRING, (const char *)text, size);
}

static int on_name(void *context, const unsigned char *text, size_t size)
{
    return parser_text(context, JSON_STRING, (const char *)text, size);
}

static int parser_open(parser *self, json_kind kind)
{
    json_value *value;

    parser_count(self);
    value = parser_push(self, kind);
    if (value == NULL) {
        return 0;
    }
    if (self->depth == INLAY_JSON_DEPTH_MAX) {
        return parser_fail(self, INLAY_TOO_DEEP, (size_t)value->offset);
    }
    self->open[self->depth] = value;
    self->tail[self->depth] = &value->first;
    self->depth++;
    return 1;
}

static int parser_close(parser *self)
{
    self->end = parser_consumed(self);
    self->depth--;
    return 1;
}

static int on_object_start(void *context)
{
    return parser_open(context, JSON_OBJECT);
}

static int on_array_start(void *context)
{
    return parser_open(context, JSON_ARRAY);
}

static int on_end(void *context)
{
    return parser_close(context);
}

// ---- Entry ------------------------------------------------------------------

static const yajl_callbacks parser_callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object_start,
    .yajl_map_key = on_name,
    .yajl_end_map = on_end,
    .yajl_start_array = on_array_start,
    .yajl_end_array = on_end,
};

// Runs yajl over the text; false, with the failure set, when it is no JSON.
static bool parser_run(parser *self)
{
    yajl_alloc_funcs memory = {parser_malloc, parser_realloc, parser_free,
                               self};
    yajl_status      status;

    if (setjmp(self->out_of_memory) != 0) {
        (void)parser_fail(self, INLAY_OUT_OF_MEMORY, 0);
        return false;
    }
    self->yajl = yajl_alloc(&parser_callbacks, &memory, self);
    // The whole text has been looked at, and more strictly.
    yajl_config(self->yajl, yajl_dont_validate_strings, 1);
    status =
        yajl_parse(self->yajl, (const unsigned char *)self->json, self->size);
    if (status == yajl_status_ok) {
        self->finishing = true;
        status = yajl_complete_parse(self->yajl);
    }
    if (status == yajl_status_error) {
        (void)parser_fail(self, INLAY_JSON_SYNTAX, error_offset(self));
    }
    return status == yajl_status_ok;
}

json_value *inlay_json_parse(const char *json, size_t size, inlay_pool *pool,
                             json_failure *failure)
{
    parser *self = inlay_pool_take(pool, 1, sizeof *self);
    size_t  valid = inlay_utf8_valid_prefix(json, size);

    if (self == NULL) {
        *failure = (json_failure){INLAY_OUT_OF_MEMORY, 0};
        return NULL;
    }
    if (valid != size) {
        *failure = (json_failure){INLAY_JSON_SYNTAX, valid};
        return NULL;
    }
    self->json = size > 0 ? json : "";
    self->size = size;
    self->pool = pool;
    if (!parser_run(self)) {
        *failure = self->failure;
        return NULL;
    }
    return self->root;
}

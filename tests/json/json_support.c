// json_support.c -- what the JSON tests share; see json_support.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"

// ---- Schemas ----------------------------------------------------------------

static void schema_compile(json_schema *self, const schema_options *options)
{
    diag_sink sink;

    diag_init(&sink, NULL);
    self->compiled = schema_load(options, &sink);
    if (self->compiled == NULL) {
        char text[4000];

        diag_render_all(&sink, text, sizeof text);
        fail_msg("%s", text);
    }
    diag_release(&sink);
    desc_build_init(&self->build, NULL);
}

void json_schema_load(json_schema *self, const char *path)
{
    const schema_options options = {.paths = &path, .path_count = 1};

    schema_compile(self, &options);
}

static bool text_read(void *context, const char *path, const char **text,
                      size_t *size)
{
    (void)path;
    *text = context;
    *size = strlen(context);
    return true;
}

void json_schema_text(json_schema *self, const char *text)
{
    const char          *path = "test.inlay";
    const schema_options options = {
        .paths = &path, .path_count = 1, .reader = {text_read, (void *)text}};

    schema_compile(self, &options);
}

void json_schema_release(json_schema *self)
{
    desc_build_release(&self->build);
    schema_free(self->compiled);
}

const inlay_record_desc *json_schema_record(json_schema *self, const char *name)
{
    const ir_record *record =
        schema_find_record(schema_ir(self->compiled), name);
    const inlay_record_desc *desc;

    assert_non_null(record);
    desc = desc_build_record(&self->build, record);
    assert_non_null(desc);
    return desc;
}

// ---- Bytes ------------------------------------------------------------------

char *json_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long  end;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    end = ftell(file);
    assert_true(end >= 0);
    rewind(file);
    text = malloc((size_t)end + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)end, file), end);
    fclose(file);
    text[end] = '\0';
    *size = (size_t)end;
    return text;
}

uint8_t *json_unhex(inlay_str hex, size_t *size)
{
    uint8_t *bytes = malloc(hex.size / 2 + 1);
    size_t   i;

    assert_non_null(bytes);
    assert_int_equal(hex.size % 2, 0);
    for (i = 0; i < hex.size; i += 2) {
        char digits[3] = {hex.data[i], hex.data[i + 1], '\0'};

        bytes[i / 2] = (uint8_t)strtoul(digits, NULL, 16);
    }
    *size = hex.size / 2;
    return bytes;
}

// ---- Values -----------------------------------------------------------------

// A decimal number as digits without zeros around, times a power of ten.
typedef struct plain_number {
    bool   negative;
    long   exponent;
    size_t count;
    char   digits[400];
} plain_number;

static void number_plain(inlay_str text, plain_number *out)
{
    bool   fraction = false;
    size_t i;

    memset(out, 0, sizeof *out);
    for (i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (c == '-') {
            out->negative = true;
        } else if (c == '.') {
            fraction = true;
        } else if (c == 'e' || c == 'E') {
            char exponent[32] = {0};

            memcpy(exponent, text.data + i + 1, text.size - i - 1);
            out->exponent += strtol(exponent, NULL, 10);
            break;
        } else {
            out->exponent -= fraction ? 1 : 0;
            if (out->count > 0 || c != '0') {
                assert_true(out->count < sizeof out->digits);
                out->digits[out->count++] = c;
            }
        }
    }
    while (out->count > 0 && out->digits[out->count - 1] == '0') {
        out->digits[--out->count] = '\0';
        out->exponent++;
    }
    if (out->count == 0) {
        out->exponent = 0;
    }
}

static bool number_same(inlay_str a, inlay_str b)
{
    plain_number left;
    plain_number right;

    number_plain(a, &left);
    number_plain(b, &right);
    return memcmp(&left, &right, sizeof left) == 0;
}

bool json_same(const json_value *a, const json_value *b)
{
    const json_value *left;
    const json_value *right;

    if (a->kind != b->kind || a->count != b->count) {
        return false;
    }
    if (a->kind == JSON_NUMBER) {
        return number_same(a->text, b->text);
    }
    if (a->kind == JSON_STRING) {
        return inlay_str_equal(a->text, b->text);
    }
    right = b->first;
    for (left = a->first; left != NULL; left = left->next) {
        if (right == NULL || !json_same(left, right)) {
            return false;
        }
        right = right->next;
    }
    return right == NULL;
}

const json_value *json_member(const json_value *object, const char *name)
{
    const json_value *member;

    assert_int_equal(object->kind, JSON_OBJECT);
    for (member = object->first; member != NULL; member = member->next->next) {
        if (inlay_str_equal(member->text, inlay_str_from(name))) {
            return member->next;
        }
    }
    return NULL;
}

inlay_str json_text_of(const char *json, const json_value *value)
{
    const char *start = json + value->offset;
    const char *at = start;
    bool        string = false;
    int         depth = 0;

    do {
        if (string) {
            at += *at == '\\' ? 1 : 0;
            string = *at != '"' || at[-1] == '\\';
        } else if (*at == '"') {
            string = true;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            depth--;
        }
        at++;
    } while (depth > 0 || string);
    return (inlay_str){start, (size_t)(at - start)};
}

// ---- Memory -----------------------------------------------------------------

static void *memory_resize(void *context, void *memory, size_t old_size,
                           size_t new_size)
{
    json_memory *self = context;
    void        *moved;

    if (new_size == 0) {
        free(memory);
        self->held -= old_size;
        return NULL;
    }
    self->calls++;
    if (self->fail_at != 0 && self->calls >= self->fail_at) {
        return NULL;
    }
    // Always move, so that a stale pointer is found out.
    moved = malloc(new_size);
    assert_non_null(moved);
    if (memory != NULL) {
        memcpy(moved, memory, old_size < new_size ? old_size : new_size);
        free(memory);
    }
    self->held += new_size - old_size;
    return moved;
}

inlay_alloc json_memory_alloc(json_memory *memory)
{
    return (inlay_alloc){memory_resize, memory};
}

uint64_t json_random(uint64_t *state)
{
    uint64_t x = *state;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *state = x;
    return x;
}

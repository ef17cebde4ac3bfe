// json_path.c -- where in JSON text something is wrong; see json_reader.h.
#include <string.h>

#include "json_reader.h"

static json_at at_new(const json_at *parent, json_step step)
{
    return (json_at){.parent = parent, .step = step, .blocks = parent->blocks};
}

json_at inlay_json_at_name(const json_at *parent, inlay_str name)
{
    json_at at = at_new(parent, JSON_STEP_NAME);

    at.name = name;
    return at;
}

json_at inlay_json_at_key(const json_at *parent, inlay_str name)
{
    json_at at = at_new(parent, JSON_STEP_KEY);

    at.name = name;
    return at;
}

json_at inlay_json_at_index(const json_at *parent, uint64_t index)
{
    json_at at = at_new(parent, JSON_STEP_INDEX);

    at.index = index;
    return at;
}

// ---- Path text --------------------------------------------------------------

// The end of a path, written from the back so that its beginning is what gets
// lost.
typedef struct path_text {
    char   text[INLAY_PATH_SIZE];
    size_t start;
    bool   cut;
} path_text;

static void path_prepend(path_text *self, const char *text, size_t size)
{
    if (self->cut || size > self->start) {
        self->cut = true;
        return;
    }
    self->start -= size;
    memcpy(self->text + self->start, text, size);
}

static void path_prepend_index(path_text *self, uint64_t index)
{
    char   text[22];
    size_t start = sizeof text;

    text[--start] = ']';
    do {
        text[--start] = (char)('0' + index % 10);
        index /= 10;
    } while (index != 0);
    text[--start] = '[';
    path_prepend(self, text + start, sizeof text - start);
}

// Prepends a name or a key. It may be anything, and errors end up on terminals
// and in logs of one line each: what could upset them becomes '?'.
static void path_prepend_text(path_text *self, inlay_str text)
{
    size_t i;

    for (i = text.size; i > 0 && !self->cut; i--) {
        unsigned char c = (unsigned char)text.data[i - 1];
        bool          plain = c >= 0x20 && c != 0x7f && c != '"' && c != '\\';

        path_prepend(self, plain ? &text.data[i - 1] : "?", 1);
    }
}

static void path_write(const json_at *at, char text[INLAY_PATH_SIZE])
{
    path_text path;
    size_t    size;

    path.start = sizeof path.text;
    path.cut = false;
    path_prepend(&path, "", 1);
    for (; at != NULL && at->step != JSON_STEP_ROOT; at = at->parent) {
        if (at->step == JSON_STEP_INDEX) {
            path_prepend_index(&path, at->index);
        } else if (at->step == JSON_STEP_KEY) {
            path_prepend(&path, "\"]", 2);
            path_prepend_text(&path, at->name);
            path_prepend(&path, "[\"", 2);
        } else {
            path_prepend_text(&path, at->name);
            if (at->parent->step != JSON_STEP_ROOT) {
                path_prepend(&path, ".", 1);
            }
        }
    }
    if (path.cut) {
        if (path.start < 3) {
            path.start = 3;
        }
        // Not into the middle of a character.
        while ((path.text[path.start] & 0xc0) == 0x80) {
            path.start++;
        }
        path.start -= 3;
        memcpy(path.text + path.start, "...", 3);
    }
    size = sizeof path.text - path.start;
    memcpy(text, path.text + path.start, size);
}

// ---- Failing ----------------------------------------------------------------

static void error_locate(inlay_error *error, const char *json, uint64_t offset)
{
    uint64_t start = 0;
    uint64_t i;

    error->offset = offset;
    error->line = 1;
    for (i = 0; i < offset; i++) {
        if (json[i] == '\n') {
            error->line++;
            start = i + 1;
        }
    }
    error->column = (uint32_t)(offset - start + 1);
}

bool inlay_json_fail_at(json_reader *self, inlay_status status,
                        const json_at *at, uint64_t offset)
{
    self->status = status;
    if (self->error != NULL) {
        *self->error = (inlay_error){.status = status};
        error_locate(self->error, self->json, offset);
        path_write(at, self->error->path);
    }
    return false;
}

bool inlay_json_fail(json_reader *self, inlay_status status, const json_at *at,
                     const json_value *value)
{
    return inlay_json_fail_at(self, status, at, value->offset);
}

bool inlay_json_fail_memory(json_reader *self)
{
    self->status = INLAY_OUT_OF_MEMORY;
    if (self->error != NULL) {
        *self->error = (inlay_error){.status = INLAY_OUT_OF_MEMORY,
                                     .offset = INLAY_NO_OFFSET};
    }
    return false;
}

// json_path.c -- where in JSON text something is wrong; see json_reader.h.
#include <string.h>

#include "json_reader.h"
#include "path_text.h"

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

// Puts a name or a key in front. It may be anything, and errors end up on
// terminals and in logs of one line each: what could upset them becomes '?'.
static void put_text(inlay_path_text *path, inlay_str text)
{
    size_t i;

    for (i = text.size; i > 0 && !path->cut; i--) {
        unsigned char c = (unsigned char)text.data[i - 1];
        bool          plain = c >= 0x20 && c != 0x7f && c != '"' && c != '\\';

        inlay_path_text_put(path, plain ? &text.data[i - 1] : "?", 1);
    }
}

static void path_write(const json_at *at, char text[INLAY_PATH_SIZE])
{
    inlay_path_text path;

    inlay_path_text_init(&path);
    for (; at != NULL && at->step != JSON_STEP_ROOT; at = at->parent) {
        if (at->step == JSON_STEP_INDEX) {
            inlay_path_text_put_index(&path, at->index);
        } else if (at->step == JSON_STEP_KEY) {
            inlay_path_text_put(&path, "\"]", 2);
            put_text(&path, at->name);
            inlay_path_text_put(&path, "[\"", 2);
        } else {
            put_text(&path, at->name);
            if (at->parent->step != JSON_STEP_ROOT) {
                inlay_path_text_put(&path, ".", 1);
            }
        }
    }
    inlay_path_text_write(&path, text);
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

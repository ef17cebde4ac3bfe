// reader.c -- members of a JSON tree, strictly; see reader.h.

#include "bench/report/reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATH_SIZE = 300
};

// ---- Complaining -----------------------------------------------------------

// Writes `cells[3].ns.low`; returns how much.
static size_t place_format(const place *at, char *text, size_t size)
{
    size_t used = 0;

    if (at->up == NULL) {
        text[0] = '\0';
        return 0;
    }
    used = place_format(at->up, text, size);
    if (used + 1 < size) {
        int more = at->member == NULL
                       ? snprintf(text + used, size - used, "[%zu]", at->index)
                       : snprintf(text + used, size - used, "%s%s",
                                  used > 0 ? "." : "", at->member);

        used += (size_t)more < size - used ? (size_t)more : size - used - 1;
    }
    return used;
}

void reader_fail(reader *self, const char *format, ...)
{
    char   *text = self->error->text;
    size_t  size = sizeof self->error->text;
    va_list arguments;
    int     used;

    if (self->failed) {
        return;
    }
    self->failed = true;
    used = snprintf(text, size, "%s: ", self->path);
    if (used > 0 && (size_t)used < size) {
        va_start(arguments, format);
        vsnprintf(text + used, size - (size_t)used, format, arguments);
        va_end(arguments);
    }
}

void reader_fail_at(reader *self, const place *at, const char *complaint)
{
    char path[PATH_SIZE];

    place_format(at, path, sizeof path);
    reader_fail(self, "%s: %s", path[0] == '\0' ? "the file" : path, complaint);
}

// ---- Members of any type ---------------------------------------------------

static const char *type_name(yajl_val value)
{
    switch (value->type) {
    case yajl_t_string:
        return "a text";
    case yajl_t_number:
        return "a number";
    case yajl_t_object:
        return "an object";
    case yajl_t_array:
        return "a list";
    case yajl_t_true:
    case yajl_t_false:
        return "true or false";
    case yajl_t_null:
    case yajl_t_any:
        break;
    }
    return "null";
}

static void fail_type(reader *self, const place *at, const char *wanted)
{
    char complaint[100];

    snprintf(complaint, sizeof complaint, "has to be %s, not %s" SEE_FORMAT,
             wanted, type_name(at->value));
    reader_fail_at(self, at, complaint);
}

// Sets `out` to a member of an object; false when it is not there, which is an
// error when it must.
static bool find(reader *self, const place *object, const char *name,
                 need needed, place *out)
{
    size_t i;

    *out = (place){object, name, 0, NULL};
    if (self->failed) {
        return false;
    }
    if (!YAJL_IS_OBJECT(object->value)) {
        fail_type(self, object, "an object");
        return false;
    }
    for (i = 0; i < object->value->u.object.len; i++) {
        if (strcmp(object->value->u.object.keys[i], name) == 0 &&
            !YAJL_IS_NULL(object->value->u.object.values[i])) {
            out->value = object->value->u.object.values[i];
            return true;
        }
    }
    if (needed == MUST) {
        reader_fail_at(self, out, "is missing" SEE_FORMAT);
    }
    return false;
}

double reader_number_at(reader *self, const place *at)
{
    double value = NAN;

    if (self->failed) {
        return NAN;
    }
    if (!YAJL_IS_NUMBER(at->value)) {
        fail_type(self, at, "a number");
        return NAN;
    }
    value = strtod(YAJL_GET_NUMBER(at->value), NULL);
    if (!(value >= 0.0 && isfinite(value))) {
        reader_fail_at(self, at, "has to be 0 or more, and finite" SEE_FORMAT);
        return NAN;
    }
    return value;
}

double reader_number(reader *self, const place *object, const char *name,
                     need needed)
{
    place at;

    return find(self, object, name, needed, &at) ? reader_number_at(self, &at)
                                                 : NAN;
}

// A time, which 0 would be "not measured".
double reader_time_at(reader *self, const place *at)
{
    double value = reader_number_at(self, at);

    if (value == 0.0) {
        reader_fail_at(self, at,
                       "has to be above 0; leave out what was not measured");
    }
    return value;
}

double reader_time_of(reader *self, const place *object, const char *name,
                      need needed)
{
    place at;

    return find(self, object, name, needed, &at) ? reader_time_at(self, &at)
                                                 : NAN;
}

const char *reader_text(reader *self, const place *object, const char *name,
                        need needed)
{
    place  at;
    size_t size;
    char  *copy;

    if (!find(self, object, name, needed, &at)) {
        return needed == MUST ? "" : NULL;
    }
    if (!YAJL_IS_STRING(at.value)) {
        fail_type(self, &at, "a text");
        return "";
    }
    size = strlen(at.value->u.string) + 1;
    if (needed == MUST && size == 1) {
        reader_fail_at(self, &at, "must not be empty" SEE_FORMAT);
    }
    copy = data_arena_array(&self->result->memory, size, 1);
    memcpy(copy, at.value->u.string, size);
    return copy;
}

result_flag reader_flag(reader *self, const place *object, const char *name)
{
    place at;

    if (!find(self, object, name, MAY, &at)) {
        return RESULT_UNKNOWN;
    }
    if (!YAJL_IS_TRUE(at.value) && !YAJL_IS_FALSE(at.value)) {
        fail_type(self, &at, "true or false");
    }
    return YAJL_IS_TRUE(at.value) ? RESULT_YES : RESULT_NO;
}

bool reader_object(reader *self, const place *up, const char *name, need needed,
                   place *out)
{
    if (!find(self, up, name, needed, out)) {
        return false;
    }
    if (!YAJL_IS_OBJECT(out->value)) {
        fail_type(self, out, "an object");
        return false;
    }
    return true;
}

// Returns the count of elements, 0 when the list is not there.
size_t reader_list(reader *self, const place *up, const char *name, need needed,
                   place *out)
{
    if (!find(self, up, name, needed, out)) {
        return 0;
    }
    if (!YAJL_IS_ARRAY(out->value)) {
        fail_type(self, out, "a list");
        return 0;
    }
    return out->value->u.array.len;
}

place reader_element(const place *list, size_t index)
{
    return (place){list, NULL, index, list->value->u.array.values[index]};
}

// Returns the index of a text in a table of names; 0 after an error, which
// lists them.
static size_t name_of(reader *self, const place *up, const char *member,
                      size_t count, const char *(*name)(size_t))
{
    const char *got = reader_text(self, up, member, MUST);
    place       at = {up, member, 0, NULL};
    char        complaint[500];
    size_t      used;
    size_t      i;

    for (i = 0; i < count; i++) {
        if (strcmp(got, name(i)) == 0) {
            return i;
        }
    }
    used = (size_t)snprintf(complaint, sizeof complaint,
                            "there is no `%.40s`, only", got);
    for (i = 0; i < count && used < sizeof complaint; i++) {
        used += (size_t)snprintf(complaint + used, sizeof complaint - used,
                                 "%s %s", i > 0 ? "," : "", name(i));
    }
    reader_fail_at(self, &at, complaint);
    return 0;
}

static const char *op_name(size_t index)
{
    return result_op_name((result_op)index);
}

result_op reader_op_of(reader *self, const place *up)
{
    return (result_op)name_of(self, up, "op", RESULT_OPS, op_name);
}

static const char *trust_name(size_t index)
{
    return result_trust_name((result_trust)index);
}

result_trust reader_trust_of(reader *self, const place *up)
{
    return (result_trust)name_of(self, up, "trust", RESULT_TRUSTS, trust_name);
}

// Sets are named before they are referred to, and so are codecs.
size_t reader_reference(reader *self, const place *up, const char *member,
                        size_t (*find_in)(const result *, const char *))
{
    const char *name = reader_text(self, up, member, MUST);
    size_t      index = find_in(self->result, name);
    place       at = {up, member, 0, NULL};
    char        complaint[200];

    if (index != RESULT_NOT_FOUND) {
        return index;
    }
    snprintf(complaint, sizeof complaint,
             "no `%.80s` among the %ss of the file; declare it there", name,
             member);
    reader_fail_at(self, &at, complaint);
    return 0;
}

// Reads { "median": ..., "low": ..., "high": ... }, which is in order.
result_estimate reader_estimate(reader *self, const place *at)
{
    result_estimate out = {
        .median = reader_time_of(self, at, "median", MUST),
        .low = reader_time_of(self, at, "low", MUST),
        .high = reader_time_of(self, at, "high", MUST),
    };

    if (!self->failed && (out.low > out.median || out.median > out.high)) {
        reader_fail_at(self, at,
                       "low <= median <= high does not hold" SEE_FORMAT);
    }
    return out;
}

// Returns a list of `count` elements, old ones first and `more` after them.
void *reader_grow(reader *self, const void *old, size_t count, size_t more,
                  size_t size)
{
    void *grown =
        data_arena_array(&self->result->memory, count + more + 1, size);

    if (count > 0) {
        memcpy(grown, old, count * size);
    }
    return grown;
}

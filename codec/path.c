// path.c -- writes paths, from the last segment to the first: the end is what
// matters when all of it does not fit.

#include "path.h"

#include <string.h>

// Text that grows towards the start of a buffer.
typedef struct backwards {
    char  *text;
    size_t start;
    bool   full;
} backwards;

static void backwards_put(backwards *out, const char *text, size_t size)
{
    if (out->full || size > out->start) {
        out->full = true;
        return;
    }
    out->start -= size;
    memcpy(out->text + out->start, text, size);
}

static void backwards_put_name(backwards *out, const char *name)
{
    if (name != NULL) {
        backwards_put(out, name, inlay_str_from(name).size);
        backwards_put(out, ".", 1);
    }
}

static void backwards_put_index(backwards *out, uint64_t index)
{
    char   digits[24];
    size_t start = sizeof digits;

    if (index == INLAY_PATH_NO_INDEX) {
        return;
    }
    digits[--start] = ']';
    do {
        digits[--start] = (char)('0' + index % 10);
        index /= 10;
    } while (index != 0);
    digits[--start] = '[';
    backwards_put(out, digits + start, sizeof digits - start);
}

void inlay_path_write(const inlay_path *path, char text[INLAY_PATH_SIZE])
{
    static const char dots[] = "...";
    // Room for the dots and the NUL stays free.
    char      buffer[INLAY_PATH_SIZE - sizeof dots];
    backwards out = {buffer, sizeof buffer, false};
    size_t    used = 0;

    for (; path != NULL && !out.full; path = path->parent) {
        backwards_put_name(&out, path->variant);
        backwards_put_name(&out, path->field);
        backwards_put_index(&out, path->index);
    }
    if (out.start < sizeof buffer && buffer[out.start] == '.') {
        out.start++; // names bring the dot before them, the first too
    }
    if (out.full) {
        used = sizeof dots - 1;
        memcpy(text, dots, used);
    }
    memcpy(text + used, buffer + out.start, sizeof buffer - out.start);
    text[used + sizeof buffer - out.start] = '\0';
}

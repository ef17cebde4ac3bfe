// path_text.c -- see path_text.h.

#include "path_text.h"

#include <string.h>

static const char dots[] = "...";

void inlay_path_text_init(inlay_path_text *self)
{
    self->start = sizeof self->text - 1;
    self->text[self->start] = '\0';
    self->cut = false;
}

bool inlay_path_text_is_empty(const inlay_path_text *self)
{
    return self->start == sizeof self->text - 1;
}

void inlay_path_text_put(inlay_path_text *self, const char *text, size_t size)
{
    if (self->cut || size > self->start) {
        self->cut = true;
        return;
    }
    self->start -= size;
    memcpy(self->text + self->start, text, size);
}

void inlay_path_text_put_index(inlay_path_text *self, uint64_t index)
{
    char   digits[22];
    size_t start = sizeof digits;

    digits[--start] = ']';
    do {
        digits[--start] = (char)('0' + index % 10);
        index /= 10;
    } while (index != 0);
    digits[--start] = '[';
    inlay_path_text_put(self, digits + start, sizeof digits - start);
}

void inlay_path_text_write(inlay_path_text *self, char path[INLAY_PATH_SIZE])
{
    if (self->cut) {
        if (self->start < sizeof dots - 1) {
            self->start = sizeof dots - 1;
        }
        // Not into the middle of a character.
        while ((self->text[self->start] & 0xc0) == 0x80) {
            self->start++;
        }
        self->start -= sizeof dots - 1;
        memcpy(self->text + self->start, dots, sizeof dots - 1);
    }
    memcpy(path, self->text + self->start, sizeof self->text - self->start);
}

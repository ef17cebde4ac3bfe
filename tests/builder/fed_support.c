// fed_support.c -- see fed_support.h.

#include "fed_support.h"

#include <stdlib.h>
#include <string.h>

static void *fed_resize(void *context, void *memory, size_t old_size,
                        size_t new_size)
{
    fed_memory *self = context;
    void       *moved;

    if (new_size > old_size && ++self->calls == self->fail_at) {
        return NULL;
    }
    moved = inlay_alloc_heap.resize(NULL, memory, old_size, new_size);
    if (moved != NULL || new_size == 0) {
        self->held = self->held - old_size + new_size;
        if (self->held > self->held_most) {
            self->held_most = self->held;
        }
    }
    return moved;
}

void fed_memory_init(fed_memory *self)
{
    memset(self, 0, sizeof *self);
    self->alloc.resize = fed_resize;
    self->alloc.context = self;
}

uint32_t fed_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(*state >> 4) * below >> 28);
}

uint8_t *fed_bytes_new(size_t size)
{
    uint8_t *bytes = malloc(size == 0 ? 1 : size);

    assert_non_null(bytes);
    return bytes;
}

inlay_str fed_text(size_t size)
{
    static char letters[1 << 17];

    assert_true(size <= sizeof letters);
    if (letters[0] == '\0') {
        memset(letters, 'x', sizeof letters);
    }
    return (inlay_str){letters, size};
}

// buffer.c -- growing bytes; see buffer.h.
#include <string.h>

#include <inlay/buffer.h>

enum {
    BUFFER_FIRST_CAPACITY = 256
};

void inlay_buffer_init(inlay_buffer *self, const inlay_alloc *alloc)
{
    *self = (inlay_buffer){0};
    self->alloc = alloc != NULL ? alloc : &inlay_alloc_heap;
}

void inlay_buffer_release(inlay_buffer *self)
{
    if (self->data != NULL) {
        self->alloc->resize(self->alloc->context, self->data, self->capacity,
                            0);
    }
    inlay_buffer_init(self, self->alloc);
}

void inlay_buffer_clear(inlay_buffer *self)
{
    self->size = 0;
    self->failed = false;
}

// Returns the capacity to grow to, doubling so that appending stays linear;
// 0 when no size_t holds it.
static size_t buffer_capacity(const inlay_buffer *self, size_t size)
{
    size_t needed;
    size_t capacity = self->capacity;

    if (size > SIZE_MAX - self->size) {
        return 0;
    }
    needed = self->size + size;
    if (capacity < BUFFER_FIRST_CAPACITY) {
        capacity = BUFFER_FIRST_CAPACITY;
    }
    while (capacity < needed) {
        if (capacity > SIZE_MAX / 2) {
            return needed;
        }
        capacity *= 2;
    }
    return capacity;
}

uint8_t *inlay_buffer_reserve(inlay_buffer *self, size_t size)
{
    size_t   capacity;
    uint8_t *data;

    if (self->failed) {
        return NULL;
    }
    if (self->data != NULL && size <= self->capacity - self->size) {
        return self->data + self->size;
    }
    capacity = buffer_capacity(self, size);
    data = capacity == 0 ? NULL
                         : self->alloc->resize(self->alloc->context, self->data,
                                               self->capacity, capacity);
    if (data == NULL) {
        self->failed = true;
        return NULL;
    }
    self->data = data;
    self->capacity = capacity;
    return data + self->size;
}

bool inlay_buffer_append(inlay_buffer *self, const void *data, size_t size)
{
    uint8_t *to = inlay_buffer_reserve(self, size);

    if (to == NULL) {
        return false;
    }
    if (size > 0) {
        memcpy(to, data, size);
        self->size += size;
    }
    return true;
}

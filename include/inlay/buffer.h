/* buffer.h -- bytes that grow through an inlay_alloc.
 *
 *     inlay_buffer buffer;
 *     inlay_buffer_init(&buffer, NULL);
 *     inlay_buffer_append(&buffer, "abc", 3);
 *     if (buffer.failed) { ... memory ran out ... }
 *     inlay_buffer_release(&buffer);
 *
 * Running out of memory is sticky: a failed buffer keeps what it had, takes
 * nothing more, and says so until it is released; callers check once.
 */
#ifndef INLAY_BUFFER_H
#define INLAY_BUFFER_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Members are for reading; `data` moves whenever the buffer grows, and is NULL
 * until something was appended. */
typedef struct inlay_buffer {
    uint8_t           *data;
    size_t             size;
    size_t             capacity;
    bool               failed;
    const inlay_alloc *alloc;
} inlay_buffer;

/* Makes an empty buffer; allocates nothing. `alloc` NULL means the heap, else
 * it outlives the buffer. */
void inlay_buffer_init(inlay_buffer *self, const inlay_alloc *alloc);

/* Frees the bytes and leaves an empty buffer that can be used again. */
void inlay_buffer_release(inlay_buffer *self);

/* Empties the buffer, a failed one too, and keeps its memory. */
void inlay_buffer_clear(inlay_buffer *self);

/* Makes room for `size` more bytes and returns where they will lie, NULL when
 * memory ran out. They count only once `self->size` is raised. */
INLAY_NODISCARD uint8_t *inlay_buffer_reserve(inlay_buffer *self, size_t size);

/* Appends a copy of the bytes; false when memory ran out. `data` may be NULL
 * when `size` is 0, and must not point into the buffer. */
bool inlay_buffer_append(inlay_buffer *self, const void *data, size_t size);

#ifdef __cplusplus
}
#endif

#endif

/* builder.h -- lists whose elements come one at a time.
 *
 * A database cursor or a socket hands over one element, and the next one in the
 * same memory. A list builder keeps each in encoded form at once:
 *
 *     log_log_list_builder builder;
 *
 *     log_log_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
 *     while (status == INLAY_OK && cursor_next(cursor, &log)) {
 *         status = log_log_list_builder_push(&builder, &log, &error);
 *     }
 *
 * In the end it takes the place of an array in a native struct,
 *
 *     log_logs root = {.logs = log_log_list_builder_list(&builder)};
 *
 *     status = log_logs_encode(&root, buffer, capacity, &size, &error);
 *
 * or gives the bytes of the list alone, those of a `[Log]` in a slot:
 *
 *     size = log_log_list_builder_size(&builder);
 *     ... reserve `size` bytes somewhere ...
 *     status = log_log_list_builder_finish(&builder, room, size, &size,
 * &error);
 *
 * Either way they are byte for byte those of an array with all the elements.
 * Finishing changes nothing: push more and finish again, or `_clear` and begin
 * anew. `_release` gives the memory back.
 *
 * A push that fails (memory ran out, a text is not UTF-8, map keys do not
 * ascend, blocks are nested too deep, ...) says where in `error.path`, as in
 * `[17].request`, and leaves the builder as it was: leave the element out, or
 * mend it and push again.
 *
 * Memory: give it memory of yours, an allocator, or both; it starts with yours.
 * It takes chunks, each a sixteenth of what is there already and no more than a
 * mebibyte, unless an element is larger; all in all about the size of the
 * finished list. Without an allocator, elements with more nested blocks than
 * INLAY_TAPE_SIZE end with INLAY_SCRATCH_TOO_SMALL.
 *
 * What was pushed may be changed or freed at once. A builder must not be moved
 * or copied, nor pushed to or cleared between the two passes of an encoder, and
 * must live until encoding returns.
 * Threads: one at a time.
 */
#ifndef INLAY_BUILDER_H
#define INLAY_BUILDER_H

#include "encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Chunks of one kind, the oldest first. */
typedef struct inlay_chunks {
    struct inlay_chunk *first;
    struct inlay_chunk *last;
} inlay_chunks;

/* What all builders are made of; members are private. Heads and heap are kept
 * apart, as in the finished block. A kept head is
 *
 *     fixed:F  split[1..S-1]:r  share:w        (no share when S = 0)
 *
 * with the size of the share in place of an anchor, and r and w as wide as the
 * chunk that it lies in wants them. */
typedef struct inlay_list_builder {
    /* Where the next element goes. */
    uint8_t *head;
    uint8_t *head_end;
    uint8_t *slice;
    uint8_t *slice_end;
    size_t   stride;
    uint64_t share_limit; /* the largest share that a head can hold */
    uint64_t split_limit;
    unsigned share_width;
    unsigned split_width;

    uint32_t   fixed;
    uint32_t   slots;
    size_t     count;
    inlay_heap heap;
    uint32_t   deepest; /* blocks nest so deep, this one included */
    bool       aligned; /* there is an @align somewhere inside */

    inlay_chunks             heads;
    inlay_chunks             slices;
    uint8_t                 *own; /* the caller's memory */
    size_t                   own_size;
    size_t                   own_used;
    const inlay_alloc       *alloc;
    const inlay_record_desc *desc;
    inlay_encoder            encoder;
    uint8_t                  tape[INLAY_TAPE_SIZE];
} inlay_list_builder;

/* ---- Called by generated functions of the same names ----------------------
 */

/* Starts a builder on `memory` (may be NULL with `size` 0), which must outlive
 * it. `alloc` may be NULL: then your memory is all there is. */
void inlay_list_builder_init(inlay_list_builder      *self,
                             const inlay_record_desc *desc, bool aligned,
                             void *memory, size_t size,
                             const inlay_alloc *alloc);

/* Returns the exact size of the finished list; 0 when it is empty. O(1). */
size_t inlay_list_builder_size(const inlay_list_builder *self);

/* Writes the list into `buffer`, never beyond `capacity`. Pads of @align count
 * from `buffer`. */
INLAY_NODISCARD inlay_status
inlay_list_builder_finish(const inlay_list_builder *self, void *buffer,
                          size_t capacity, size_t *size, inlay_error *error);

/* Takes all elements out and gives back what came from the allocator. */
void inlay_list_builder_clear(inlay_list_builder *self);

/* Gives everything back; the builder is empty then. */
void inlay_list_builder_release(inlay_list_builder *self);

/* ---- For generated code: pushing ------------------------------------------
 */

/* Begins a push: the element's share is measured next. Forgets the element
 * before, but nothing that it can't have changed. */
static inline void inlay_list_builder_begin(inlay_list_builder *self)
{
    inlay_encoder *encoder = &self->encoder;

    encoder->tape_count = 0;
    encoder->tape_next = 0;
    encoder->depth = 1;
    encoder->depth_limit = self->deepest;
    encoder->bad_text = false;
    encoder->trap = NULL;
    encoder->error.status = INLAY_OK;
}

/* Returns whether the element nests deeper than any before, and has to be
 * measured again. */
INLAY_COLD bool inlay_list_builder_deepen(inlay_list_builder *self);

static inline bool inlay_list_builder_deepens(inlay_list_builder *self)
{
    return INLAY_UNLIKELY(self->encoder.error.status == INLAY_TOO_DEEP) &&
           inlay_list_builder_deepen(self);
}

/* Makes room for an element that needs more than there is, or wider heads. */
bool inlay_list_builder_grow(inlay_list_builder *self, inlay_share share);

/* Returns whether there is room for an element, which goes to `head` and
 * `slice`. */
static inline bool inlay_list_builder_place(inlay_list_builder *self,
                                            inlay_share         share)
{
    if (inlay_encoder_failed(&self->encoder)) {
        return false;
    }
    if (INLAY_UNLIKELY((size_t)(self->head_end - self->head) < self->stride ||
                       (uint64_t)(self->slice_end - self->slice) < share.size ||
                       (share.size | share.large) > self->share_limit ||
                       share.split > self->split_limit)) {
        if (!inlay_list_builder_grow(self, share)) {
            return false;
        }
    }
    self->encoder.message = self->slice;
    return true;
}

/* Returns whether something inside the element has failed while it was written:
 * then it is measured again, to find the path. */
static inline bool inlay_list_builder_retraces(inlay_list_builder *self)
{
    if (!inlay_encoder_failed(&self->encoder)) {
        return false;
    }
    inlay_encoder_retrace(&self->encoder);
    return true;
}

static inline void inlay_list_builder_retraced(inlay_list_builder *self)
{
    inlay_encoder_retraced(&self->encoder);
}

/* Ends a push that has failed. */
INLAY_COLD inlay_status inlay_list_builder_refuse(inlay_list_builder *self,
                                                  inlay_share         share,
                                                  inlay_error        *error);

/* Ends a push: the element counts, or the builder is as it was. */
static inline inlay_status inlay_list_builder_end(inlay_list_builder *self,
                                                  inlay_share         share,
                                                  inlay_error        *error)
{
    if (INLAY_UNLIKELY(self->encoder.error.status != INLAY_OK ||
                       self->encoder.bad_text)) {
        return inlay_list_builder_refuse(self, share, error);
    }
    self->head += self->stride;
    if (self->slots > 0) {
        inlay_store_width(self->head - self->share_width, share.size,
                          self->share_width);
    }
    self->slice += share.size;
    self->deepest = self->encoder.depth_limit;
    inlay_heap_add(&self->heap, share);
    self->count++;
    return INLAY_OK;
}

/* ---- For generated code: a builder in place of an array -------------------
 */

/* The two passes over a list of `count` elements that is a builder. */
uint64_t inlay_list_builder_measure(const inlay_list_builder *self,
                                    inlay_encoder *encoder, const void *list,
                                    size_t count);
uint8_t *inlay_list_builder_write(const inlay_list_builder *self,
                                  inlay_encoder *encoder, const void *list,
                                  size_t count, uint8_t *to);

#ifdef __cplusplus
}
#endif

#endif

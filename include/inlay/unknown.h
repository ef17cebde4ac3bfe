/* unknown.h -- what a newer schema wrote, kept beside native structs.
 *
 * A program built from an older schema that reads, changes what it knows and
 * writes loses nothing, if it asks:
 *
 *     inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, limit);
 *     inlay_arena_keep_unknown(&arena, true);
 *     status = log_logs_decode(data, size, &arena, &logs, &error);
 *     ... change logs: add entries, drop some, put them in another order ...
 *     status = log_logs_encode(&logs, buffer, capacity, &size, &error);
 *
 * Every native record has a last member `unknown`. It is NULL where there is
 * nothing (a record of yours, one from a writer that knew no more than you, or
 * nobody asked), else it leads to the fixed bytes and bits beyond the known
 * ones and the slices of the slots beyond them, all of them borrowed from the
 * message. Copy a record and you copy what it keeps; set `unknown` to NULL and
 * it is dropped. A union with a tag beyond the known variants has `kept` set
 * and its payload in `unknown`; otherwise such a tag can't be encoded.
 *
 * Encoding gives the block the largest fixed part and the most slots of all its
 * elements; those that know less get zero bytes and empty slices, which are
 * defaults. So a reader of the newer schema finds every value that the older
 * side did not change, and when that changed nothing at all, a message that was
 * canonical comes out byte for byte the same.
 *
 * What can't be promised: `@align` inside unknown slices keeps its pads, so
 * when what lies before them changes in size such a slice stays valid but its
 * elements may no longer lie at multiples of N; blocks that the older side made
 * itself have the older layout, which reads the same and is not canonical under
 * the newer schema; blocks inside unknown slices can't be counted, so a record
 * that is moved deeper than it was may nest beyond the depth limit unseen. One
 * element with much unknown makes its whole list as wide: whoever merges lists
 * from peers he does not trust should limit the size he is ready to write.
 *
 * Lists that come from a source or a builder can't hold such records, since
 * their first element is written before the widest is seen: INLAY_UNKNOWN_FED.
 *
 * Lifetime: as long as the message and the arena.
 */
#ifndef INLAY_UNKNOWN_H
#define INLAY_UNKNOWN_H

#include "arena.h"
#include "desc.h"
#include "encode.h"
#include "view.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What one record has beyond the known layout. Members are private.
 *
 *     head   known fixed bytes | more | anchor | known splits | more
 *     share  known slices                | tail, the rest of the share
 */
typedef struct inlay_unknown {
    const uint8_t *head;        /* in the message */
    const uint8_t *splits;      /* that of slot 1 and on */
    inlay_bytes    tail;        /* slices of the unknown slots, end to end */
    uint32_t       fixed;       /* F of the block */
    uint32_t       slots;       /* S of the block */
    uint32_t       bits_offset; /* the known byte with unknown bits */
    uint8_t        bits;
    uint8_t        split; /* r */
    bool           empty; /* nothing but zero bytes and empty slices */
} inlay_unknown;

/* ---- For generated code: decoding ---------------------------------------- */

/* Takes up what the record has beyond `desc`, if there is anything. */
INLAY_NODISCARD inlay_status inlay_unknown_read(inlay_record             record,
                                                const inlay_record_desc *desc,
                                                inlay_arena             *arena,
                                                const inlay_unknown    **to);

/* The same if the arena's owner asked for it. Only a verified view can be
 * trusted to say the same twice. */
INLAY_NODISCARD static inline inlay_status
inlay_unknown_keep(inlay_record record, const inlay_record_desc *desc,
                   inlay_arena *memory, const inlay_unknown **to)
{
    *to = NULL;
    if (INLAY_LIKELY(!inlay_arena_keeps(memory)) || !record.verified) {
        return INLAY_OK;
    }
    return inlay_unknown_read(record, desc, memory, to);
}

/* Returns whether a tag is beyond the known variants. */
static inline bool inlay_unknown_tag(unsigned tag, unsigned variants)
{
    return tag > variants;
}

/* ---- For generated code: encoding ---------------------------------------- */

/* How the known part of a record is encoded, for blocks that are wider. */
typedef struct inlay_element {
    /* Adds up the known slices. NULL when there are no known slots. */
    inlay_share (*share)(inlay_encoder *encoder, const void *item);
    /* Writes fixed bytes, splits and slices; returns where they end. */
    uint8_t *(*write)(inlay_encoder *encoder, const void *item, uint8_t *head,
                      uint8_t *splits, unsigned width, uint8_t *heap);
    uint32_t fixed;   /* the known F */
    uint32_t slots;   /* the known S */
    size_t   size;    /* of the native struct */
    size_t   unknown; /* offset of that member in it */
} inlay_element;

/* Returns whether nothing is lost when the record is left out. */
static inline bool inlay_unknown_is_default(const inlay_unknown *self)
{
    return INLAY_LIKELY(self == NULL) || self->empty;
}

/* Measures the single block of a record that keeps something; returns its size.
 */
INLAY_COLD uint64_t inlay_unknown_size(inlay_encoder       *encoder,
                                       const inlay_element *element,
                                       const void          *item);

/* Measures a list that keeps something, from its first item on; returns the
 * size of the block. */
INLAY_COLD uint64_t inlay_unknown_list_size(inlay_encoder       *encoder,
                                            const inlay_element *element,
                                            const void *items, size_t count,
                                            size_t mark);

/* The same from item `i` on, where `heap` has those before: what measuring an
 * item has put on the tape stays there. */
INLAY_COLD uint64_t inlay_unknown_list_resume(inlay_encoder       *encoder,
                                              const inlay_element *element,
                                              const void *items, size_t count,
                                              size_t mark, size_t i,
                                              inlay_heap heap);

/* Write a wide block; return where it ends. */
INLAY_COLD uint8_t *inlay_unknown_write(inlay_encoder       *encoder,
                                        const inlay_element *element,
                                        const void *item, uint8_t *to);
INLAY_COLD uint8_t *inlay_unknown_list_write(inlay_encoder       *encoder,
                                             const inlay_element *element,
                                             const void *items, size_t count,
                                             uint8_t *to);

#ifdef __cplusplus
}
#endif

#endif

/* encode.h -- what writes messages: the encoder, and what generated code calls.
 *
 * Encoding takes two passes. *Measure* walks the native structs, finds the size
 * of every block and the widths of its anchors and splits, and notes the widths
 * on a tape, one byte per nested block in the order of the walk. *Write* walks
 * again, reads the tape, and fills memory known to be large enough, with no
 * test per field. So the cost is linear in the message at any depth.
 *
 * Generated `_encode` functions bring an encoder of their own, with 512 bytes
 * of tape on the stack and malloc beyond. Bring yours to keep the tape between
 * messages, to forbid malloc, or to learn the exact size before you choose
 * where to write:
 *
 *     uint8_t       tape[4096];
 *     inlay_encoder encoder;
 *
 *     inlay_encoder_init(&encoder, tape, sizeof tape, NULL);
 *     status = log_entry_measure(&entry, &encoder, &size);
 *     ... reserve `size` bytes somewhere ...
 *     status = log_entry_write(&entry, &encoder, room, size);
 *     inlay_encoder_release(&encoder);
 *
 * The native structs must not change between the two calls.
 *
 * What can't be written is a status, with a path in `encoder.error`: map keys
 * out of order, text that is not UTF-8, a tag beyond the variants, values
 * longer than their @max, blocks nested too deep (where cycles end, too), sizes
 * that overflow, lists of records without memory. A string, bytes or scalars
 * whose pointer is NULL must have no size: that is not looked at, since it
 * would cost a twentieth of encoding short strings.
 *
 * Threads: one encoder per thread.
 */
#ifndef INLAY_ENCODE_H
#define INLAY_ENCODE_H

#include "desc.h"
#include "list.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of tape that `_encode` functions have on their stack. */
#define INLAY_TAPE_SIZE 512

/* No message is larger; sums of sizes below can't overflow 64 bits. */
#define INLAY_MESSAGE_LIMIT ((uint64_t)1 << 47)

/* Members but `error` are private. */
typedef struct inlay_encoder {
    uint8_t           *tape;
    size_t             tape_size;
    size_t             tape_count; /* noted by measure */
    size_t             tape_next;  /* read by write */
    const inlay_alloc *alloc;
    const uint8_t     *message;  /* being written; @align counts from here */
    uint64_t           measured; /* bytes; 0 before */
    uint32_t           depth;
    uint32_t           depth_limit;
    bool               tape_owned; /* by the encoder: alloc gave it */
    bool               bad_text;   /* some string was not UTF-8 */
    const void        *trap;       /* the list that failed while writing */
    inlay_error        trapped;    /* how, while its path is looked for */
    size_t             tape_kept;  /* the end of the tape, meanwhile */
    inlay_error        error;      /* of the last call that failed */
} inlay_encoder;

/* ---- For everybody ------------------------------------------------------- */

/* Starts an encoder on `tape` (may be NULL with `tape_size` 0), which must
 * outlive it. A longer tape comes from `alloc`; when that is NULL, messages
 * with more nested blocks than the tape has bytes are refused with
 * INLAY_SCRATCH_TOO_SMALL. */
void inlay_encoder_init(inlay_encoder *encoder, void *tape, size_t tape_size,
                        const inlay_alloc *alloc);

/* Frees a tape that came from the allocator. */
void inlay_encoder_release(inlay_encoder *encoder);

/* ---- For generated code: failing ----------------------------------------- */

/* Notes the first failure; later ones change nothing. Returns 0: no size. */
INLAY_COLD uint64_t inlay_encoder_fail(inlay_encoder *encoder,
                                       inlay_status   status);

/* Puts a field or an index in front of the failure's path, on the way out. */
INLAY_COLD void inlay_encoder_in_field(inlay_encoder *encoder,
                                       const char    *name);
INLAY_COLD void inlay_encoder_in_item(inlay_encoder *encoder, size_t index);

static inline bool inlay_encoder_failed(const inlay_encoder *encoder)
{
    return INLAY_UNLIKELY(encoder->error.status != INLAY_OK);
}

/* ---- For generated code: measuring --------------------------------------- */

/* The slices of one element, added up in slot order. */
typedef struct inlay_share {
    uint64_t size;
    uint64_t split; /* where the last slot begins: the largest split */
    uint64_t large; /* all sizes or-ed, to find one that is absurd */
} inlay_share;

/* The shares of a vector block, added up. Of splits only the width of the
 * largest matters, which is that of all of them or-ed together. */
typedef struct inlay_heap {
    uint64_t size;
    uint64_t anchor; /* where the last share begins: the largest anchor */
    uint64_t split;  /* all of them or-ed */
    uint64_t large;
    uint64_t whole; /* sizes of shares or-ed: splits of slots behind them */
} inlay_heap;

static inline void inlay_share_add(inlay_share *share, uint64_t size)
{
    share->split = share->size;
    share->size += size;
    share->large |= size;
}

/* Adds the slice of a field that may have failed to measure; returns whether it
 * has not. */
static inline bool inlay_share_add_field(inlay_share   *share,
                                         inlay_encoder *encoder,
                                         const char *name, uint64_t size)
{
    if (inlay_encoder_failed(encoder)) {
        inlay_encoder_in_field(encoder, name);
        return false;
    }
    inlay_share_add(share, size);
    return true;
}

/* Hands on the size of a slice with a @max, of `length` bytes or elements. */
static inline uint64_t inlay_encoder_max(inlay_encoder *encoder, uint64_t size,
                                         uint64_t length, uint32_t max)
{
    if (INLAY_UNLIKELY(length > max)) {
        inlay_encoder_fail(encoder, INLAY_TOO_LONG);
    }
    return size;
}

/* Adds the slice of a field with a @max. */
static inline bool inlay_share_add_max(inlay_share   *share,
                                       inlay_encoder *encoder, const char *name,
                                       uint64_t size, uint64_t length,
                                       uint32_t max)
{
    return inlay_share_add_field(share, encoder, name,
                                 inlay_encoder_max(encoder, size, length, max));
}

static inline void inlay_heap_add(inlay_heap *heap, inlay_share share)
{
    heap->anchor = heap->size;
    heap->size += share.size;
    heap->split |= share.split;
    heap->whole |= share.size;
    heap->large |= share.large | heap->size;
}

/* Adds an element that may have failed to measure. */
static inline bool inlay_heap_add_item(inlay_heap *heap, inlay_encoder *encoder,
                                       size_t index, inlay_share share)
{
    if (inlay_encoder_failed(encoder)) {
        inlay_encoder_in_item(encoder, index);
        return false;
    }
    inlay_heap_add(heap, share);
    return true;
}

/* Bytes of `count` elements; absurd, and so refused later, on overflow. */
static inline uint64_t inlay_vector_size(size_t count, size_t element)
{
    if (count > INLAY_MESSAGE_LIMIT / element) {
        return UINT64_MAX;
    }
    return (uint64_t)count * element;
}

/* Bytes of a [bool]. */
static inline uint64_t inlay_bools_size(size_t count)
{
    return count == 0 ? 0 : 1 + ((uint64_t)count - 1) / 8 + 1;
}

/* Bytes of a slice with @align(N) whose elements take `size`. */
static inline uint64_t inlay_aligned_size(uint64_t size, uint32_t align)
{
    return size == 0 ? 0
                     : (size > INLAY_MESSAGE_LIMIT ? size : size + 1 + align);
}

/* Lengthens the tape; false, and the encoder failed, when it can't. */
INLAY_COLD bool inlay_encoder_grow(inlay_encoder *encoder);

/* Begins a block: its place on the tape goes to `mark`. */
static inline bool inlay_encoder_enter(inlay_encoder *encoder, size_t *mark)
{
    if (INLAY_UNLIKELY(encoder->depth >= encoder->depth_limit)) {
        inlay_encoder_fail(encoder, INLAY_TOO_DEEP);
        return false;
    }
    if (INLAY_UNLIKELY(encoder->tape_count == encoder->tape_size) &&
        !inlay_encoder_grow(encoder)) {
        return false;
    }
    *mark = encoder->tape_count++;
    encoder->depth++;
    return true;
}

/* Begins the vector block of a list that is not empty. */
static inline bool inlay_encoder_enter_list(inlay_encoder *encoder,
                                            const void *items, size_t *mark)
{
    if (INLAY_UNLIKELY(items == NULL)) {
        inlay_encoder_fail(encoder, INLAY_NULL_ITEMS);
        return false;
    }
    return inlay_encoder_enter(encoder, mark);
}

/* Hands on the size of a variant, whose name belongs into the path. */
static inline uint64_t inlay_encoder_sized(inlay_encoder *encoder,
                                           const char *name, uint64_t size)
{
    if (inlay_encoder_failed(encoder)) {
        inlay_encoder_in_field(encoder, name);
    }
    return size;
}

/* What the tape says of a required record of defaults: nothing is written. */
#define INLAY_TAPE_EMPTY 0xff

/* The bit beside a block's widths that says that it is wider than the schema
 * makes it (unknown.h). */
#define INLAY_TAPE_WIDE 0x40

static inline void inlay_encoder_skip(inlay_encoder *encoder)
{
    if (INLAY_LIKELY(encoder->tape_count < encoder->tape_size) ||
        inlay_encoder_grow(encoder)) {
        encoder->tape[encoder->tape_count++] = INLAY_TAPE_EMPTY;
    }
}

/* Bytes of the escapes of F and S. */
static inline uint64_t inlay_escapes_size(uint32_t fixed, uint32_t slots)
{
    return (fixed >= 255 ? 4u : 0u) + (slots >= 31 ? 2u : 0u);
}

/* Ends a single block; returns its size. */
static inline uint64_t inlay_encoder_leave(inlay_encoder *encoder, size_t mark,
                                           inlay_share share, uint32_t fixed,
                                           uint32_t slots)
{
    unsigned split = slots > 1 ? inlay_width(share.split) : 1;

    encoder->depth--;
    if (INLAY_UNLIKELY((share.large | share.size) >= INLAY_MESSAGE_LIMIT)) {
        return inlay_encoder_fail(encoder, INLAY_TOO_LARGE);
    }
    encoder->tape[mark] = (uint8_t)(split - 1);
    return 2 + inlay_escapes_size(fixed, slots) + fixed +
           (slots > 1 ? (uint64_t)(slots - 1) * split : 0) + share.size;
}

/* Ends a vector block of `count` elements, at least 1; returns its size. */
static inline uint64_t inlay_encoder_leave_list(inlay_encoder *encoder,
                                                size_t mark, inlay_heap heap,
                                                size_t count, uint32_t fixed,
                                                uint32_t slots)
{
    unsigned split = slots > 1 ? inlay_width(heap.split) : 1;
    unsigned anchor = slots > 0 ? inlay_width(heap.anchor) : 0;
    uint64_t stride = fixed + anchor;

    encoder->depth--;
    if (slots > 1) {
        stride += (uint64_t)(slots - 1) * split;
    }
    if (INLAY_UNLIKELY((heap.large | heap.size) >= INLAY_MESSAGE_LIMIT ||
                       count > INLAY_MESSAGE_LIMIT / stride)) {
        return inlay_encoder_fail(encoder, INLAY_TOO_LARGE);
    }
    encoder->tape[mark] =
        (uint8_t)((split - 1) | (anchor > 0 ? anchor - 1 : 0) << 3);
    return 3 + inlay_escapes_size(fixed, slots) + inlay_width(count) +
           (uint64_t)count * stride + heap.size;
}

/* ---- For generated code: writing ----------------------------------------- */

/* A block being written: where its first head and its heap begin. */
typedef struct inlay_block {
    uint8_t *head;
    uint8_t *heap;
    size_t   stride;
    uint32_t fixed;  /* F */
    uint32_t slots;  /* S */
    unsigned anchor; /* B, 0 without slots */
    unsigned split;  /* r */
} inlay_block;

static inline uint8_t inlay_encoder_next(inlay_encoder *encoder)
{
    return encoder->tape[encoder->tape_next++];
}

/* Returns whether the tape says that the next block is wide. */
static inline bool inlay_encoder_is_wide(const inlay_encoder *encoder)
{
    return (encoder->tape[encoder->tape_next] & INLAY_TAPE_WIDE) != 0;
}

/* Returns whether the tape says that a required record has its defaults. */
static inline bool inlay_encoder_skipped(inlay_encoder *encoder)
{
    if (encoder->tape[encoder->tape_next] != INLAY_TAPE_EMPTY) {
        return false;
    }
    encoder->tape_next++;
    return true;
}

/* Writes F, S and r, and leaves room for the byte of B and C of a vector. */
static inline uint8_t *inlay_write_header(uint8_t *to, uint32_t fixed,
                                          uint32_t slots, unsigned split,
                                          unsigned size)
{
    to[0] = (uint8_t)(fixed < 255 ? fixed : 255);
    to[1] = (uint8_t)((slots < 31 ? slots : 31) | (split - 1) << 5);
    to += size;
    if (fixed >= 255) {
        inlay_store_u32(to, fixed);
        to += 4;
    }
    if (slots >= 31) {
        inlay_store_u16(to, (uint16_t)slots);
        to += 2;
    }
    return to;
}

/* Writes the header of a single block. */
static inline inlay_block inlay_write_single(inlay_encoder *encoder,
                                             uint8_t *to, uint32_t fixed,
                                             uint32_t slots)
{
    inlay_block block;

    block.split = (unsigned)(inlay_encoder_next(encoder) & 7) + 1;
    block.anchor = 0;
    block.fixed = fixed;
    block.slots = slots;
    block.head = inlay_write_header(to, fixed, slots, block.split, 2);
    block.stride = fixed + (slots > 1 ? (size_t)(slots - 1) * block.split : 0);
    block.heap = block.head + block.stride;
    return block;
}

/* Writes the header of a vector block. */
static inline inlay_block inlay_write_list(inlay_encoder *encoder, uint8_t *to,
                                           uint32_t fixed, uint32_t slots,
                                           size_t count)
{
    unsigned    widths = inlay_encoder_next(encoder) & 63;
    unsigned    count_width = inlay_width(count);
    inlay_block block;

    block.split = (widths & 7) + 1;
    block.anchor = slots > 0 ? (widths >> 3) + 1 : 0;
    block.fixed = fixed;
    block.slots = slots;
    to[2] = (uint8_t)(widths >> 3 | (count_width - 1) << 4);
    to = inlay_write_header(to, fixed, slots, block.split, 3);
    inlay_store_width(to, count, count_width);
    block.head = to + count_width;
    block.stride = fixed + block.anchor;
    if (slots > 1) {
        block.stride += (size_t)(slots - 1) * block.split;
    }
    block.heap = block.head + count * block.stride;
    return block;
}

/* Copies up to 32 bytes with overlapping loads and stores; returns all of them
 * or-ed together in 64 bits, which tells ASCII text. */
static inline uint64_t inlay_copy_short(uint8_t *to, const uint8_t *from,
                                        size_t size)
{
    uint64_t a, b, c, d;

    if (size >= 16) {
        memcpy(&a, from, 8);
        memcpy(&b, from + 8, 8);
        memcpy(&c, from + size - 16, 8);
        memcpy(&d, from + size - 8, 8);
        memcpy(to, &a, 8);
        memcpy(to + 8, &b, 8);
        memcpy(to + size - 16, &c, 8);
        memcpy(to + size - 8, &d, 8);
        return a | b | c | d;
    }
    if (size >= 8) {
        memcpy(&a, from, 8);
        memcpy(&b, from + size - 8, 8);
        memcpy(to, &a, 8);
        memcpy(to + size - 8, &b, 8);
        return a | b;
    }
    if (size >= 4) {
        uint32_t first, last;

        memcpy(&first, from, 4);
        memcpy(&last, from + size - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + size - 4, &last, 4);
        return first | last;
    }
    if (size == 0) {
        return 0;
    }
    a = from[0];
    b = from[size / 2];
    c = from[size - 1];
    to[0] = (uint8_t)a;
    to[size / 2] = (uint8_t)b;
    to[size - 1] = (uint8_t)c;
    return a | b | c;
}

/* Copies a slice; returns where it ends. */
static inline uint8_t *inlay_write_bytes(uint8_t *to, const void *from,
                                         size_t size)
{
    if (size <= 32) {
        inlay_copy_short(to, (const uint8_t *)from, size);
    } else {
        memcpy(to, from, size);
    }
    return to + size;
}

/* Checks text that is not plain ASCII, or long. */
void inlay_encoder_text(inlay_encoder *encoder, inlay_str str);

/* Copies text; whether it is UTF-8 is found out on the way. */
static inline uint8_t *inlay_write_str(inlay_encoder *encoder, uint8_t *to,
                                       inlay_str str)
{
    const uint8_t *from = (const uint8_t *)str.data;

    if (str.size <= 32) {
        uint64_t all = inlay_copy_short(to, from, str.size);

        if (INLAY_UNLIKELY((all & UINT64_C(0x8080808080808080)) != 0)) {
            inlay_encoder_text(encoder, str);
        }
    } else {
        memcpy(to, from, str.size);
        inlay_encoder_text(encoder, str);
    }
    return to + str.size;
}

/* Writes `count` scalars of `size` bytes each, one after the other. */
static inline uint8_t *inlay_write_scalars(uint8_t *to, const void *items,
                                           size_t count, size_t size)
{
#if INLAY_HOST_IS_WIRE
    return inlay_write_bytes(to, items, count * size);
#else
    const uint8_t *from = (const uint8_t *)items;
    size_t         i, j;

    for (i = 0; i < count; i++) {
        for (j = 0; j < size; j++) {
            to[i * size + j] = from[i * size + size - 1 - j];
        }
    }
    return to + count * size;
#endif
}

/* Reads what inlay_write_scalars wrote. */
static inline void inlay_read_scalars(const uint8_t *from, void *items,
                                      size_t count, size_t size)
{
#if INLAY_HOST_IS_WIRE
    memcpy(items, from, count * size);
#else
    inlay_write_scalars((uint8_t *)items, from, count, size);
#endif
}

/* Bools of arrays and structs take a byte each. */
static inline void inlay_store_bools(uint8_t *to, const bool *items,
                                     size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        inlay_store_bool(to + i, items[i]);
    }
}

static inline void inlay_load_bools(const uint8_t *from, bool *items,
                                    size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        items[i] = inlay_load_bool(from + i);
    }
}

/* Takes a default into or out of the bytes of a field. */
static inline void inlay_xor(uint8_t *bytes, const uint8_t *initial,
                             size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        bytes[i] ^= initial[i];
    }
}

static inline bool inlay_all_zero(const uint8_t *bytes, size_t size)
{
    unsigned any = 0;
    size_t   i;

    for (i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

/* Lists of strings and of bytes. */
uint64_t inlay_str_list_size(inlay_encoder        *encoder,
                             const inlay_str_list *self);
uint8_t *inlay_str_list_write(inlay_encoder        *encoder,
                              const inlay_str_list *self, uint8_t *to);
uint64_t inlay_bytes_list_size(inlay_encoder          *encoder,
                               const inlay_bytes_list *self);
uint8_t *inlay_bytes_list_write(inlay_encoder          *encoder,
                                const inlay_bytes_list *self, uint8_t *to);

/* Writes a [bool]: the number of unused bits, then the bits. */
uint8_t *inlay_write_bools(uint8_t *to, inlay_bool_list bools);

/* Chooses the pad that puts the elements of a slice with @align(N) at a
 * multiple of N from the start of the message, and writes all of the slice but
 * the elements, which take `size` bytes, at least 1. Returns where they go; the
 * slice ends at inlay_aligned_size from `to`. */
uint8_t *inlay_write_pads(const inlay_encoder *encoder, uint8_t *to,
                          size_t size, uint32_t align);

/* Lends memory for a message that is not kept, from the encoder's allocator;
 * NULL, and the encoder failed, when there is none. */
uint8_t *inlay_encoder_lend(inlay_encoder *encoder, size_t size);

/* Takes it back. */
void inlay_encoder_give_back(inlay_encoder *encoder, inlay_bytes lent);

/* ---- For generated code: beginning and ending ---------------------------- */

/* Forgets the message before. */
void inlay_encoder_restart(inlay_encoder *encoder);

/* Ends the first pass, which came to `measured` bytes. */
INLAY_NODISCARD inlay_status inlay_encoder_measured(inlay_encoder *encoder,
                                                    uint64_t       measured,
                                                    size_t        *size);

/* Begins the second pass, unless the message was not measured or `capacity` is
 * too small for it. */
INLAY_NODISCARD inlay_status inlay_encoder_begin(inlay_encoder *encoder,
                                                 void *buffer, size_t capacity);

/* A list that fails while it is written knows where in itself, but not where it
 * is: writing keeps no path. So measure once more between these two; whatever
 * holds the list meets it again, and puts its path in front. */
INLAY_COLD void inlay_encoder_retrace(inlay_encoder *encoder);
INLAY_COLD void inlay_encoder_retraced(inlay_encoder *encoder);

/* Returns whether the list is the one that failed, which fails again then. */
bool inlay_encoder_trapped(inlay_encoder *encoder, const void *list);

/* Ends the second pass at `end`. Text that was no UTF-8 is found again by
 * verifying what was written, which tells the path. */
INLAY_NODISCARD inlay_status inlay_encoder_finish(inlay_encoder *encoder,
                                                  const inlay_record_desc *desc,
                                                  const uint8_t           *end);

#ifdef __cplusplus
}
#endif

#endif

/* view.h -- reading messages in place.
 *
 * A view is a plain value: copy it, pass it. Opening one is O(1), allocates
 * nothing and cannot fail; whatever the bytes, no accessor reads outside them,
 * not even while another process rewrites them. What is missing or nonsense
 * reads as zero, empty or absent; verify first where that difference matters.
 *
 * A view opened as *verified* skips the clamps. Only open so what has been
 * verified and what nobody else writes. The knowledge is part of the view, so
 * that inlining removes both the test and the clamps: keep views in plain
 * locals and pass them by value.
 *
 * Lifetime: a view, and every string, list or view taken from it, borrows the
 * buffer it was opened on and dies with it.
 * Threads: reading has no side effects; share views freely.
 *
 * Generated accessors call what is here with literal offsets, bits and slots:
 *
 *     log_logs_view   logs = log_logs_open(data, size);
 *     log_entry_view  entry = log_entry_list_at(log_logs_get_logs(logs), 17);
 *     inlay_str       request = log_entry_get_request(entry);
 *
 * A block (codec/FORMAT.md, section 3), and what a view keeps of it:
 *
 *     header | head 0 | head 1 | ... | head n-1 | heap ...............|
 *            |                                  |
 *            heads, stride apart                heap, heap_size
 *
 *     head = fixed bytes : anchor : split 1 : ... : split S-1
 *
 * Element i owns the share of the heap from its anchor to the next element's;
 * slot j of it begins at split j of the share and ends where the next begins.
 */
#ifndef INLAY_VIEW_H
#define INLAY_VIEW_H

#include "utf8.h"
#include "wire.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Views --------------------------------------------------------------- */

/* One record: the only element of a single block, or one of a vector's. */
typedef struct inlay_record {
    const uint8_t *head;       /* NULL when fixed and slots are 0 */
    const uint8_t *share;      /* its share of the heap */
    size_t         share_size; /* bytes */
    uint64_t       split_mask; /* of a split's width; in registers in loops */
    uint32_t       fixed;      /* F of the block: bytes of the fixed part */
    uint32_t       slots;      /* S of the block */
    uint8_t        anchor;     /* B: bytes between fixed part and splits */
    uint8_t        split;      /* r: bytes of one split */
    bool           wide;       /* 8-byte loads of splits stay in the block */
    bool           verified;
} inlay_record;

/* The records of a vector block. */
typedef struct inlay_list {
    const uint8_t *heads;
    const uint8_t *heap;
    size_t         heap_size;
    size_t         count;
    size_t         stride; /* bytes from one head to the next */
    uint64_t       anchor_mask;
    uint64_t       split_mask;
    uint32_t       fixed;
    uint32_t       slots;
    uint8_t        anchor;
    uint8_t        split;
    bool           wide;
    bool           verified;
} inlay_list;

/* A union: its tag, loaded once, and the payload that goes with it. */
typedef struct inlay_union {
    inlay_bytes payload;
    uint8_t     tag; /* 0 unset, else 1 + the variant's index */
    bool        verified;
} inlay_union;

/* The bits of a [bool]. */
typedef struct inlay_bool_list_view {
    const uint8_t *bits;
    size_t         count;
} inlay_bool_list_view;

static inline inlay_bytes inlay_bytes_empty(void)
{
    inlay_bytes empty = {(const uint8_t *)"", 0};
    return empty;
}

static inline size_t inlay_min(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

/* ---- Opening blocks ------------------------------------------------------ */

/* A block's header, taken apart. */
typedef struct inlay_header {
    size_t   size; /* of the header itself; 0: it does not fit */
    size_t   count;
    uint32_t fixed;
    uint32_t slots;
    uint8_t  anchor;
    uint8_t  split;
} inlay_header;

/* Reads the escapes of F and S that follow byte `size` of the header. */
static inline bool inlay_header_escapes(inlay_header  *header,
                                        const uint8_t *data, size_t size)
{
    size_t at = header->size;

    if (header->fixed == 255) {
        if (size - at < 4) {
            return false;
        }
        header->fixed = (uint32_t)inlay_load(inlay_load_u32(data + at));
        at += 4;
    }
    if (header->slots == 31) {
        if (size - at < 2) {
            return false;
        }
        header->slots = (uint32_t)inlay_load(inlay_load_u16(data + at));
        at += 2;
    }
    header->size = at;
    return true;
}

/* Takes a single block apart. Compilers may keep this out of line; what is
 * known about the view's verification is added where it is a constant. */
static inline inlay_record inlay_record_parse(const void *data, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)data;
    inlay_record   none = {NULL, NULL, 0, 0, 0, 0, 0, 1, false, false};
    inlay_record   record = none;
    inlay_header   header;
    uint64_t       head;

    if (size < 2) {
        return none;
    }
    header.size = 2;
    header.fixed = (uint32_t)inlay_load(bytes[0]);
    header.slots = (uint32_t)inlay_load(bytes[1]);
    record.split = (uint8_t)((header.slots >> 5) + 1);
    header.slots &= 31;
    if (INLAY_UNLIKELY(header.fixed == 255 || header.slots == 31) &&
        !inlay_header_escapes(&header, bytes, size)) {
        return none;
    }
    head = header.fixed;
    if (header.slots > 1) {
        head += (uint64_t)(header.slots - 1) * record.split;
    }
    if (head > size - header.size) {
        return none;
    }
    record.head = bytes + header.size;
    record.share = record.head + head;
    record.share_size = size - header.size - (size_t)head;
    record.fixed = header.fixed;
    record.slots = header.slots;
    record.split_mask = inlay_width_mask(record.split);
    record.wide = record.share_size >= 8;
    return record;
}

/* Opens a single block: a message's root or what a slot holds. */
static inline inlay_record inlay_record_open(const void *data, size_t size,
                                             bool verified)
{
    inlay_record record = inlay_record_parse(data, size);

    record.verified = verified;
    return record;
}

/* Takes a vector block apart; as above. */
static inline inlay_list inlay_list_parse(inlay_bytes slice)
{
    const uint8_t *bytes = slice.data;
    inlay_list     none = {NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 1, false, false};
    inlay_list     list = none;
    inlay_header   header;
    uint64_t       widths, count, stride;
    size_t         rest;
    unsigned       count_width;

    if (slice.size < 4) {
        return none;
    }
    header.size = 3;
    header.fixed = (uint32_t)inlay_load(bytes[0]);
    header.slots = (uint32_t)inlay_load(bytes[1]);
    widths = inlay_load(bytes[2]);
    list.split = (uint8_t)((header.slots >> 5) + 1);
    header.slots &= 31;
    if (INLAY_UNLIKELY(header.fixed == 255 || header.slots == 31) &&
        !inlay_header_escapes(&header, bytes, slice.size)) {
        return none;
    }
    count_width = (unsigned)(widths >> 4 & 7) + 1;
    if (slice.size - header.size < count_width) {
        return none;
    }
    count = inlay_load(inlay_load_exact(bytes + header.size, count_width));
    stride = header.fixed;
    if (header.slots > 0) {
        list.anchor = (uint8_t)((widths & 7) + 1);
        stride += list.anchor + (uint64_t)(header.slots - 1) * list.split;
    }
    rest = slice.size - header.size - count_width;
    if (stride == 0 || count > rest / stride) {
        return none;
    }
    list.heads = bytes + header.size + count_width;
    list.count = (size_t)count;
    list.stride = (size_t)stride;
    list.heap = list.heads + list.count * list.stride;
    list.heap_size = rest - list.count * list.stride;
    list.fixed = header.fixed;
    list.slots = header.slots;
    list.split_mask = inlay_width_mask(list.split);
    list.anchor_mask = list.anchor > 0 ? inlay_width_mask(list.anchor) : 0;
    list.wide = list.heap_size >= 8;
    return list;
}

/* Opens a vector block: the slice of a list or a map. */
static inline inlay_list inlay_list_open(inlay_bytes slice, bool verified)
{
    inlay_list list = inlay_list_parse(slice);

    list.verified = verified;
    return list;
}

/* Opens the vector block of a synthetic record, which never evolves: any other
 * fixed size or number of slots makes it empty. */
static inline inlay_list inlay_list_open_exact(inlay_bytes slice,
                                               uint32_t fixed, uint32_t slots,
                                               bool verified)
{
    inlay_list list = inlay_list_open(slice, verified);

    if (list.fixed != fixed || list.slots != slots) {
        list.count = 0;
    }
    list.fixed = fixed;
    list.slots = slots;
    return list;
}

/* Returns the record at `index`, or one of defaults when there is none. */
static inline inlay_record inlay_list_at(inlay_list list, size_t index)
{
    inlay_record record = {NULL, NULL, 0, 0, 0, 0, 0, 1, false, list.verified};
    const uint8_t *head;
    uint64_t       begin, end;

    if (index >= list.count) {
        return record;
    }
    head = list.heads + index * list.stride;
    record.head = head;
    record.share = list.heap;
    record.fixed = list.fixed;
    record.slots = list.slots;
    record.anchor = list.anchor;
    record.split = list.split;
    record.split_mask = list.split_mask;
    record.wide = list.wide;
    if (list.slots == 0) {
        return record;
    }
    begin = inlay_load_masked(head + list.fixed, list.anchor, list.anchor_mask,
                              list.wide);
    end = list.heap_size;
    if (index + 1 < list.count) {
        end = inlay_load_masked(head + list.stride + list.fixed, list.anchor,
                                list.anchor_mask, list.wide);
    }
    if (!list.verified) {
        begin = inlay_min(inlay_load(begin), list.heap_size);
        end = inlay_min(inlay_load(end), list.heap_size);
        end = end < begin ? begin : end;
    }
    record.share = list.heap + (size_t)begin;
    record.share_size = (size_t)(end - begin);
    return record;
}

/* ---- Fixed fields -------------------------------------------------------- */

/* Returns where a fixed field lies, or NULL when the writer did not have it. */
static inline const uint8_t *inlay_record_fixed(inlay_record record,
                                                uint32_t offset, uint32_t size)
{
    return INLAY_LIKELY(record.fixed >= offset + size) ? record.head + offset
                                                       : NULL;
}

static inline uint8_t inlay_record_u8(inlay_record record, uint32_t offset)
{
    const uint8_t *at = inlay_record_fixed(record, offset, 1);
    return at != NULL ? inlay_load_u8(at) : 0;
}

static inline uint16_t inlay_record_u16(inlay_record record, uint32_t offset)
{
    const uint8_t *at = inlay_record_fixed(record, offset, 2);
    return at != NULL ? inlay_load_u16(at) : 0;
}

static inline uint32_t inlay_record_u32(inlay_record record, uint32_t offset)
{
    const uint8_t *at = inlay_record_fixed(record, offset, 4);
    return at != NULL ? inlay_load_u32(at) : 0;
}

static inline uint64_t inlay_record_u64(inlay_record record, uint32_t offset)
{
    const uint8_t *at = inlay_record_fixed(record, offset, 8);
    return at != NULL ? inlay_load_u64(at) : 0;
}

static inline int8_t inlay_record_i8(inlay_record record, uint32_t offset)
{
    return (int8_t)inlay_record_u8(record, offset);
}

static inline int16_t inlay_record_i16(inlay_record record, uint32_t offset)
{
    return (int16_t)inlay_record_u16(record, offset);
}

static inline int32_t inlay_record_i32(inlay_record record, uint32_t offset)
{
    return (int32_t)inlay_record_u32(record, offset);
}

static inline int64_t inlay_record_i64(inlay_record record, uint32_t offset)
{
    return (int64_t)inlay_record_u64(record, offset);
}

static inline float inlay_record_f32(inlay_record record, uint32_t offset)
{
    return inlay_f32_from_bits(inlay_record_u32(record, offset));
}

static inline double inlay_record_f64(inlay_record record, uint32_t offset)
{
    return inlay_f64_from_bits(inlay_record_u64(record, offset));
}

/* Floats with a declared default, given as its bits. */
static inline float inlay_record_f32_or(inlay_record record, uint32_t offset,
                                        uint32_t initial)
{
    return inlay_f32_from_bits(inlay_record_u32(record, offset) ^ initial);
}

static inline double inlay_record_f64_or(inlay_record record, uint32_t offset,
                                         uint64_t initial)
{
    return inlay_f64_from_bits(inlay_record_u64(record, offset) ^ initial);
}

/* Returns a bit of the head; false when the writer did not have it. */
static inline bool inlay_record_bit(inlay_record record, uint32_t offset,
                                    unsigned bit)
{
    return (inlay_record_u8(record, offset) >> bit & 1) != 0;
}

/* Copies a fixed field of `size` bytes out; zeros when the writer did not have
 * it. `initial`, if not NULL, are the bytes of its declared default. */
static inline void inlay_record_copy(inlay_record record, uint32_t offset,
                                     uint32_t size, const uint8_t *initial,
                                     uint8_t *to)
{
    const uint8_t *from = inlay_record_fixed(record, offset, size);
    uint32_t       i;

    if (from != NULL) {
        memcpy(to, from, size);
    } else {
        memset(to, 0, size);
    }
    for (i = 0; initial != NULL && i < size; i++) {
        to[i] ^= initial[i];
    }
}

/* ---- Slots --------------------------------------------------------------- */

/* Returns the bytes of one variable-size field, clamped into the heap.
 *
 * `slot` counts from 0 in layout order. A slot the writer did not know is
 * empty, which is how an older message reads under a newer schema. `data` is
 * never NULL. */
static inline inlay_bytes inlay_record_slot(inlay_record record, uint32_t slot)
{
    const uint8_t *splits;
    inlay_bytes    slice;
    uint64_t       begin = 0;
    uint64_t       end = record.share_size;

    if (INLAY_UNLIKELY(slot >= record.slots)) {
        return inlay_bytes_empty();
    }
    splits = record.head + record.fixed + record.anchor;
    if (slot > 0) {
        begin = inlay_load_masked(splits + (size_t)(slot - 1) * record.split,
                                  record.split, record.split_mask, record.wide);
    }
    if (slot + 1 < record.slots) {
        end = inlay_load_masked(splits + (size_t)slot * record.split,
                                record.split, record.split_mask, record.wide);
    }
    if (!record.verified) {
        begin = inlay_min(inlay_load(begin), record.share_size);
        end = inlay_min(inlay_load(end), record.share_size);
        end = end < begin ? begin : end;
    }
    slice.data = record.share + (size_t)begin;
    slice.size = (size_t)(end - begin);
    return slice;
}

static inline inlay_str inlay_str_of(inlay_bytes slice)
{
    inlay_str str = {(const char *)slice.data, slice.size};
    return str;
}

static inline inlay_str inlay_record_str(inlay_record record, uint32_t slot)
{
    return inlay_str_of(inlay_record_slot(record, slot));
}

/* Returns whether an optional is there: its bit is set and its value, which
 * ends at byte `end` of the fixed part, was written. */
static inline bool inlay_record_has_fixed(inlay_record record, uint32_t offset,
                                          unsigned bit, uint32_t end)
{
    return inlay_record_bit(record, offset, bit) && end <= record.fixed;
}

/* The same for an optional whose value is in a slot beside the bit. */
static inline bool inlay_record_has_slot(inlay_record record, uint32_t offset,
                                         unsigned bit, uint32_t slot)
{
    return inlay_record_bit(record, offset, bit) && slot < record.slots;
}

/* Returns the record that a slice holds, one of defaults when it is empty. */
static inline inlay_record inlay_slice_record(inlay_bytes slice, bool verified)
{
    return inlay_record_open(slice.data, slice.size, verified);
}

/* Returns the record that a slot holds, one of defaults when it is empty. */
static inline inlay_record inlay_record_record(inlay_record record,
                                               uint32_t     slot)
{
    return inlay_slice_record(inlay_record_slot(record, slot), record.verified);
}

static inline inlay_list inlay_record_list(inlay_record record, uint32_t slot)
{
    return inlay_list_open(inlay_record_slot(record, slot), record.verified);
}

/* Returns a union: unset when the writer did not have it. */
static inline inlay_union inlay_record_union(inlay_record record,
                                             uint32_t offset, uint32_t slot)
{
    inlay_union onion;

    onion.tag = (uint8_t)inlay_load(inlay_record_u8(record, offset));
    onion.payload = inlay_record_slot(record, slot);
    onion.verified = record.verified;
    return onion;
}

/* Returns the payload when the union holds the variant of `tag`, else nothing.
 */
static inline inlay_bytes inlay_union_payload(inlay_union onion, uint8_t tag)
{
    return onion.tag == tag ? onion.payload : inlay_bytes_empty();
}

/* ---- What slices hold ---------------------------------------------------- */

/* Copies a fixed value of `size` bytes out of a slot, zero-extended when the
 * slice is shorter: an optional or a variant that has a slot to itself. */
static inline void inlay_slice_copy(inlay_bytes slice, uint8_t *to, size_t size)
{
    size_t known = slice.size < size ? slice.size : size;

    memset(to, 0, size);
    memcpy(to, slice.data, known);
}

/* Returns a scalar of `size` bytes out of a slot, zero-extended. */
static inline uint64_t inlay_slice_unsigned(inlay_bytes slice, size_t size)
{
    uint8_t bytes[8];

    inlay_slice_copy(slice, bytes, sizeof bytes);
    return inlay_load_u64(bytes) & (UINT64_MAX >> (64 - 8 * size));
}

/* Returns the elements of a slice written with @align(N): empty when the slice
 * is too short or its pad is no pad. */
static inline inlay_bytes inlay_slice_aligned(inlay_bytes slice, size_t align)
{
    inlay_bytes elements = inlay_bytes_empty();
    size_t      pad;

    if (slice.size < 2 + align) {
        return elements;
    }
    pad = (size_t)inlay_load(inlay_load_u16(slice.data));
    if (pad >= align) {
        return elements;
    }
    elements.data = slice.data + 2 + pad;
    elements.size = slice.size - 1 - align;
    return elements;
}

static inline inlay_bool_list_view inlay_bool_list_open(inlay_bytes slice)
{
    inlay_bool_list_view bools = {slice.data, 0};
    size_t               unused;

    if (slice.size >= 2) {
        unused = (size_t)inlay_load(slice.data[0]);
        bools.bits = slice.data + 1;
        bools.count = (slice.size - 1) * 8 - (unused < 7 ? unused : 7);
    }
    return bools;
}

/* Returns one bool; false at or beyond `count`. */
static inline bool inlay_bool_list_at(inlay_bool_list_view bools, size_t index)
{
    return index < bools.count &&
           (bools.bits[index / 8] >> (index % 8) & 1) != 0;
}

/* Returns an optional's value out of a slot of its own: empty when the slice is
 * too short to hold it, which means absent. */
static inline inlay_bytes inlay_slice_present(inlay_bytes slice, size_t size)
{
    return slice.size >= size ? slice : inlay_bytes_empty();
}

/* Compares as map keys do: as unsigned bytes, a prefix first. Returns less
 * than, equal to or more than 0. */
static inline int inlay_bytes_compare(inlay_bytes a, inlay_bytes b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int    order = common > 0 ? memcmp(a.data, b.data, common) : 0;

    if (order == 0) {
        order = (a.size > b.size) - (a.size < b.size);
    }
    return order;
}

static inline int inlay_str_compare(inlay_str a, inlay_str b)
{
    inlay_bytes left = {(const uint8_t *)a.data, a.size};
    inlay_bytes right = {(const uint8_t *)b.data, b.size};
    return inlay_bytes_compare(left, right);
}

/* ---- Writing in place ---------------------------------------------------- */

/* Returns where to write a fixed field in place, NULL when the message has no
 * room for it. The view must have been opened on memory that may be written. */
static inline uint8_t *inlay_record_target(inlay_record record, uint32_t offset,
                                           uint32_t size)
{
    const uint8_t *at = inlay_record_fixed(record, offset, size);
    return (uint8_t *)(uintptr_t)at;
}

/* The same for an optional that a slot holds; NULL when it is absent. */
static inline uint8_t *inlay_slice_target(inlay_bytes slice, size_t size)
{
    return slice.size >= size ? (uint8_t *)(uintptr_t)slice.data : NULL;
}

/* Rewrites the bytes of a slice; false when there are not as many. */
static inline bool inlay_slice_set(inlay_bytes slice, inlay_bytes value)
{
    if (slice.size != value.size) {
        return false;
    }
    if (value.size > 0) {
        memmove((uint8_t *)(uintptr_t)slice.data, value.data, value.size);
    }
    return true;
}

/* The same for text; false, too, when it is no UTF-8. */
static inline bool inlay_slice_set_str(inlay_bytes slice, inlay_str value)
{
    inlay_bytes bytes = {(const uint8_t *)value.data, value.size};

    return slice.size == value.size &&
           inlay_utf8_valid(value.data, value.size) &&
           inlay_slice_set(slice, bytes);
}

/* Sets or clears one bit; false when the message has no room for it. */
static inline bool inlay_record_set_bit(inlay_record record, uint32_t offset,
                                        unsigned bit, bool value)
{
    uint8_t *at = inlay_record_target(record, offset, 1);

    if (at == NULL) {
        return false;
    }
    *at = (uint8_t)((*at & ~(1u << bit)) | (unsigned)value << bit);
    return true;
}

#ifdef __cplusplus
}
#endif

#endif

// encode.c -- see <inlay/encode.h>.

#include <assert.h>

#include "inlay/encode.h"
#include "inlay/utf8.h"
#include "inlay/verify.h"

#include "path_text.h"

void inlay_encoder_init(inlay_encoder *encoder, void *tape, size_t tape_size,
                        const inlay_alloc *alloc)
{
    assert(tape != NULL || tape_size == 0);
    encoder->tape = tape;
    encoder->tape_size = tape_size;
    encoder->alloc = alloc;
    encoder->tape_owned = false;
    inlay_encoder_restart(encoder);
}

void inlay_encoder_release(inlay_encoder *encoder)
{
    if (encoder->tape_owned) {
        encoder->alloc->resize(encoder->alloc->context, encoder->tape,
                               encoder->tape_size, 0);
    }
    encoder->tape = NULL;
    encoder->tape_size = 0;
    encoder->tape_owned = false;
}

void inlay_encoder_restart(inlay_encoder *encoder)
{
    encoder->tape_count = 0;
    encoder->tape_next = 0;
    encoder->message = NULL;
    encoder->measured = 0;
    encoder->depth = 0;
    encoder->depth_limit = INLAY_DEPTH_LIMIT;
    encoder->bad_text = false;
    encoder->trap = NULL;
    encoder->error.status = INLAY_OK;
}

bool inlay_encoder_grow(inlay_encoder *encoder)
{
    size_t   size = encoder->tape_size < 512 ? 1024 : encoder->tape_size * 2;
    uint8_t *tape = NULL;

    if (encoder->alloc == NULL) {
        inlay_encoder_fail(encoder, INLAY_SCRATCH_TOO_SMALL);
        return false;
    }
    if (size > encoder->tape_size) {
        tape = encoder->alloc->resize(
            encoder->alloc->context, encoder->tape_owned ? encoder->tape : NULL,
            encoder->tape_owned ? encoder->tape_size : 0, size);
    }
    if (tape == NULL) {
        inlay_encoder_fail(encoder, INLAY_OUT_OF_MEMORY);
        return false;
    }
    if (!encoder->tape_owned && encoder->tape_count > 0) {
        memcpy(tape, encoder->tape, encoder->tape_count);
    }
    encoder->tape = tape;
    encoder->tape_size = size;
    encoder->tape_owned = true;
    return true;
}

// ---- Failing ----------------------------------------------------------------

uint64_t inlay_encoder_fail(inlay_encoder *encoder, inlay_status status)
{
    if (encoder->error.status == INLAY_OK) {
        encoder->error.status = status;
        encoder->error.offset = INLAY_NO_OFFSET;
        encoder->error.line = 0;
        encoder->error.column = 0;
        encoder->error.path[0] = '\0';
    }
    return 0;
}

// Takes the failure's path apart to put something in front of it. One that
// begins with "..." takes no more.
static void path_begin(const inlay_encoder *encoder, inlay_path_text *path)
{
    const char *text = encoder->error.path;
    bool        cut = text[0] == '.';

    inlay_path_text_init(path);
    if (cut) {
        text += 3;
    }
    inlay_path_text_put(path, text, strlen(text));
    if (text[0] != '\0' && text[0] != '[' && !cut) {
        inlay_path_text_put(path, ".", 1);
    }
    path->cut = path->cut || cut;
}

void inlay_encoder_in_field(inlay_encoder *encoder, const char *name)
{
    inlay_path_text path;

    path_begin(encoder, &path);
    inlay_path_text_put(&path, name, strlen(name));
    inlay_path_text_write(&path, encoder->error.path);
}

void inlay_encoder_in_item(inlay_encoder *encoder, size_t index)
{
    inlay_path_text path;

    path_begin(encoder, &path);
    inlay_path_text_put_index(&path, index);
    inlay_path_text_write(&path, encoder->error.path);
}

void inlay_encoder_retrace(inlay_encoder *encoder)
{
    encoder->trapped = encoder->error;
    encoder->tape_kept = encoder->tape_count;
    encoder->error.status = INLAY_OK;
}

void inlay_encoder_retraced(inlay_encoder *encoder)
{
    if (encoder->trap != NULL) {
        encoder->error = encoder->trapped;
        encoder->trap = NULL;
    }
    encoder->tape_count = encoder->tape_kept;
}

bool inlay_encoder_trapped(inlay_encoder *encoder, const void *list)
{
    if (INLAY_LIKELY(encoder->trap != list)) {
        return false;
    }
    encoder->trap = NULL;
    encoder->error = encoder->trapped;
    return true;
}

// ---- Slices -----------------------------------------------------------------

void inlay_encoder_text(inlay_encoder *encoder, inlay_str str)
{
    if (!inlay_utf8_valid(str.data, str.size)) {
        encoder->bad_text = true;
    }
}

// Packs eight native bools, each a byte of 0 or 1, into the bits of one. The
// product brings byte i to bit 56 + i; no two of its terms meet.
static unsigned bools_pack(const bool *items)
{
    uint64_t bytes = inlay_load_u64((const uint8_t *)items);

    return (unsigned)(bytes * UINT64_C(0x0102040810204080) >> 56);
}

uint8_t *inlay_write_bools(uint8_t *to, inlay_bool_list bools)
{
    size_t whole = bools.count / 8 * 8;
    size_t i;

    if (bools.count == 0) {
        return to;
    }
    *to++ = (uint8_t)(7 - (bools.count - 1) % 8);
    for (i = 0; i < whole; i += 8) {
        *to++ = (uint8_t)bools_pack(&bools.items[i]);
    }
    if (whole < bools.count) {
        unsigned byte = 0;

        for (i = whole; i < bools.count; i++) {
            byte |= (bools.items[i] ? 1u : 0u) << (i - whole);
        }
        *to++ = (uint8_t)byte;
    }
    return to;
}

uint8_t *inlay_write_pads(const inlay_encoder *encoder, uint8_t *to,
                          size_t size, uint32_t align)
{
    size_t   at = (size_t)(to - encoder->message) + 2;
    size_t   pad = (align - at % align) % align;
    uint8_t *elements = to + 2 + pad;

    inlay_store_u16(to, (uint16_t)pad);
    memset(to + 2, 0, pad);
    memset(elements + size, 0, align - 1 - pad);
    return elements;
}

// ---- Lists of strings -------------------------------------------------------

uint64_t inlay_str_list_size(inlay_encoder *encoder, const inlay_str_list *self)
{
    inlay_heap heap = {0, 0, 0, 0, 0};
    size_t     mark;
    size_t     i;

    if (self->count == 0 ||
        !inlay_encoder_enter_list(encoder, self->items, &mark)) {
        return 0;
    }
    for (i = 0; i < self->count; i++) {
        inlay_share share = {0, 0, 0};

        inlay_share_add(&share, self->items[i].size);
        inlay_heap_add(&heap, share);
    }
    return inlay_encoder_leave_list(encoder, mark, heap, self->count, 0, 1);
}

uint8_t *inlay_str_list_write(inlay_encoder        *encoder,
                              const inlay_str_list *self, uint8_t *to)
{
    inlay_block block;
    uint8_t    *head;
    uint8_t    *heap;
    size_t      i;

    if (self->count == 0) {
        return to;
    }
    block = inlay_write_list(encoder, to, 0, 1, self->count);
    head = block.head;
    heap = block.heap;
    for (i = 0; i < self->count; i++) {
        inlay_store_width(head, (size_t)(heap - block.heap), block.anchor);
        heap = inlay_write_str(encoder, heap, self->items[i]);
        head += block.stride;
    }
    return heap;
}

uint64_t inlay_bytes_list_size(inlay_encoder          *encoder,
                               const inlay_bytes_list *self)
{
    inlay_heap heap = {0, 0, 0, 0, 0};
    size_t     mark;
    size_t     i;

    if (self->count == 0 ||
        !inlay_encoder_enter_list(encoder, self->items, &mark)) {
        return 0;
    }
    for (i = 0; i < self->count; i++) {
        inlay_share share = {0, 0, 0};

        inlay_share_add(&share, self->items[i].size);
        inlay_heap_add(&heap, share);
    }
    return inlay_encoder_leave_list(encoder, mark, heap, self->count, 0, 1);
}

uint8_t *inlay_bytes_list_write(inlay_encoder          *encoder,
                                const inlay_bytes_list *self, uint8_t *to)
{
    inlay_block block;
    uint8_t    *head;
    uint8_t    *heap;
    size_t      i;

    if (self->count == 0) {
        return to;
    }
    block = inlay_write_list(encoder, to, 0, 1, self->count);
    head = block.head;
    heap = block.heap;
    for (i = 0; i < self->count; i++) {
        inlay_store_width(head, (size_t)(heap - block.heap), block.anchor);
        heap =
            inlay_write_bytes(heap, self->items[i].data, self->items[i].size);
        head += block.stride;
    }
    return heap;
}

// ---- Lending ----------------------------------------------------------------

uint8_t *inlay_encoder_lend(inlay_encoder *encoder, size_t size)
{
    uint8_t *memory = NULL;

    if (encoder->alloc != NULL) {
        memory = encoder->alloc->resize(encoder->alloc->context, NULL, 0, size);
    }
    if (memory == NULL) {
        inlay_encoder_fail(encoder, INLAY_OUT_OF_MEMORY);
    }
    return memory;
}

void inlay_encoder_give_back(inlay_encoder *encoder, inlay_bytes lent)
{
    encoder->alloc->resize(encoder->alloc->context,
                           (void *)(uintptr_t)lent.data, lent.size, 0);
}

// ---- Beginning and ending ---------------------------------------------------

inlay_status inlay_encoder_measured(inlay_encoder *encoder, uint64_t measured,
                                    size_t *size)
{
    if (!inlay_encoder_failed(encoder) && measured > SIZE_MAX) {
        inlay_encoder_fail(encoder, INLAY_TOO_LARGE);
    }
    if (inlay_encoder_failed(encoder)) {
        return encoder->error.status;
    }
    encoder->measured = measured;
    *size = (size_t)measured;
    return INLAY_OK;
}

inlay_status inlay_encoder_begin(inlay_encoder *encoder, void *buffer,
                                 size_t capacity)
{
    if (encoder->measured == 0) {
        inlay_encoder_fail(encoder, INLAY_NOT_MEASURED);
        return encoder->error.status;
    }
    encoder->error.status = INLAY_OK;
    encoder->bad_text = false;
    encoder->trap = NULL;
    if (encoder->measured > capacity) {
        inlay_encoder_fail(encoder, INLAY_BUFFER_TOO_SMALL);
        return encoder->error.status;
    }
    encoder->message = buffer;
    encoder->tape_next = 0;
    return INLAY_OK;
}

inlay_status inlay_encoder_finish(inlay_encoder           *encoder,
                                  const inlay_record_desc *desc,
                                  const uint8_t           *end)
{
    assert((uint64_t)(end - encoder->message) == encoder->measured);
    (void)end;
    if (inlay_encoder_failed(encoder)) {
        return encoder->error.status;
    }
    assert(encoder->tape_next == encoder->tape_count);
    if (INLAY_UNLIKELY(encoder->bad_text)) {
        return inlay_verify(desc, encoder->message, (size_t)encoder->measured,
                            &encoder->error);
    }
    return INLAY_OK;
}

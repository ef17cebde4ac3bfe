// builder.c -- see <inlay/builder.h>: elements in.

#include <assert.h>

#include "inlay/builder.h"
#include "inlay/verify.h"

#include "builder_chunk.h"

static uint64_t width_limit(unsigned width)
{
    return UINT64_MAX >> (64 - 8 * width);
}

// ---- Where elements go ------------------------------------------------------

// Goes on in the newest chunk of heads, whose widths tell how heads look. With
// no chunk there is no room, at an address that serves as well as any.
static void heads_enter(inlay_list_builder *self)
{
    inlay_chunk *chunk = self->heads.last;

    self->head = self->head_end = self->tape;
    self->share_width = 1;
    self->split_width = 1;
    if (chunk != NULL) {
        self->head = inlay_chunk_start(chunk) + chunk->used;
        self->head_end = inlay_chunk_start(chunk) + chunk->size;
        self->share_width = chunk->share_width;
        self->split_width = chunk->split_width;
    }
    self->share_limit = width_limit(self->share_width);
    self->split_limit = width_limit(self->split_width);
    self->stride =
        inlay_builder_stride(self, self->share_width, self->split_width);
}

static void slices_enter(inlay_list_builder *self)
{
    inlay_chunk *chunk = self->slices.last;

    self->slice = self->slice_end = self->tape;
    if (chunk != NULL) {
        self->slice = inlay_chunk_start(chunk) + chunk->used;
        self->slice_end = inlay_chunk_start(chunk) + chunk->size;
    }
}

// ---- Beginning and ending ---------------------------------------------------

// Forgets all elements; the chunks are gone.
static void builder_restart(inlay_list_builder *self)
{
    static const inlay_heap empty = {0, 0, 0, 0, 0};

    heads_enter(self);
    slices_enter(self);
    self->count = 0;
    self->heap = empty;
    self->deepest = 1;
    self->own_used = 0;
}

void inlay_list_builder_init(inlay_list_builder      *self,
                             const inlay_record_desc *desc, bool aligned,
                             void *memory, size_t size,
                             const inlay_alloc *alloc)
{
    assert(memory != NULL || size == 0);
    self->fixed = desc->fixed;
    self->slots = desc->slots;
    self->desc = desc;
    self->aligned = aligned;
    self->heads.first = self->heads.last = NULL;
    self->slices.first = self->slices.last = NULL;
    self->own = memory;
    self->own_size = size;
    self->alloc = alloc;
    builder_restart(self);
    inlay_encoder_init(&self->encoder, self->tape, sizeof self->tape, alloc);
}

void inlay_list_builder_clear(inlay_list_builder *self)
{
    inlay_chunks_release(self, &self->heads);
    inlay_chunks_release(self, &self->slices);
    builder_restart(self);
}

void inlay_list_builder_release(inlay_list_builder *self)
{
    inlay_list_builder_clear(self);
    inlay_encoder_release(&self->encoder);
    inlay_encoder_init(&self->encoder, self->tape, sizeof self->tape,
                       self->alloc);
}

// ---- Room -------------------------------------------------------------------

static bool heads_grow(inlay_list_builder *self, inlay_share share)
{
    unsigned     share_width = inlay_width(share.size);
    unsigned     split_width = inlay_width(share.split);
    inlay_chunk *chunk;

    if (share_width < self->share_width) {
        share_width = self->share_width;
    }
    if (split_width < self->split_width) {
        split_width = self->split_width;
    }
    chunk =
        inlay_chunks_add(self, &self->heads, self->head,
                         inlay_builder_stride(self, share_width, split_width),
                         (uint64_t)self->count * self->stride);
    if (chunk != NULL) {
        chunk->share_width = share_width;
        chunk->split_width = split_width;
    }
    heads_enter(self);
    return chunk != NULL;
}

static bool slices_grow(inlay_list_builder *self, size_t need)
{
    inlay_chunk *chunk = inlay_chunks_add(self, &self->slices, self->slice,
                                          need, self->heap.size);

    slices_enter(self);
    return chunk != NULL;
}

bool inlay_list_builder_grow(inlay_list_builder *self, inlay_share share)
{
    bool good = true;

    if ((share.large | share.size | (self->heap.size + share.size)) >=
            INLAY_MESSAGE_LIMIT ||
        share.size > SIZE_MAX / 2) {
        inlay_encoder_fail(&self->encoder, INLAY_TOO_LARGE);
        return false;
    }
    if ((size_t)(self->head_end - self->head) < self->stride ||
        share.size > self->share_limit || share.split > self->split_limit) {
        good = heads_grow(self, share);
    }
    if (good && (uint64_t)(self->slice_end - self->slice) < share.size) {
        good = slices_grow(self, (size_t)share.size);
    }
    if (!good) {
        inlay_encoder_fail(&self->encoder, INLAY_OUT_OF_MEMORY);
    }
    return good;
}

// Takes back the room that was made for an element that is not to be.
static void builder_shrink(inlay_list_builder *self)
{
    if (self->slices.last != NULL &&
        self->slice == inlay_chunk_start(self->slices.last)) {
        inlay_chunks_drop(self, &self->slices);
        slices_enter(self);
    }
    if (self->heads.last != NULL &&
        self->head == inlay_chunk_start(self->heads.last)) {
        inlay_chunks_drop(self, &self->heads);
        heads_enter(self);
    }
}

// ---- Pushing ----------------------------------------------------------------

bool inlay_list_builder_deepen(inlay_list_builder *self)
{
    uint32_t limit = self->encoder.depth_limit;

    if (limit == INLAY_DEPTH_LIMIT) {
        return false;
    }
    inlay_list_builder_begin(self);
    self->encoder.depth_limit = limit + 1;
    return true;
}

// Verifies the element that was just written, as the message of which it is the
// root, to find the text that is not UTF-8. It has a slot, so a share.
static void text_locate(inlay_list_builder *self, inlay_share share,
                        uint8_t *to, size_t size)
{
    unsigned       width = self->slots > 1 ? inlay_width(share.split) : 1;
    const uint8_t *splits = self->head + self->fixed;
    uint8_t *at = inlay_write_header(to, self->fixed, self->slots, width, 2);
    uint32_t i;

    at = inlay_write_bytes(at, self->head, self->fixed);
    for (i = 1; i < self->slots; i++) {
        inlay_store_width(at, inlay_load_exact(splits, self->split_width),
                          width);
        at += width;
        splits += self->split_width;
    }
    at = inlay_write_bytes(at, self->slice, (size_t)share.size);
    assert((size_t)(at - to) <= size);
    (void)size;
    if (inlay_verify(self->desc, to, (size_t)(at - to), &self->encoder.error) ==
        INLAY_OK) {
        inlay_encoder_fail(&self->encoder, INLAY_UTF8);
    }
    self->encoder.error.offset = INLAY_NO_OFFSET;
}

// Where there is no memory for that, the status has to do.
static void text_refuse(inlay_list_builder *self, inlay_share share)
{
    size_t size = 2 + (size_t)inlay_escapes_size(self->fixed, self->slots) +
                  self->stride + (size_t)share.size;
    uint8_t *memory = NULL;

    if (self->own_size - self->own_used >= size) {
        text_locate(self, share, self->own + self->own_used, size);
        return;
    }
    if (self->alloc != NULL) {
        memory = self->alloc->resize(self->alloc->context, NULL, 0, size);
    }
    if (memory == NULL) {
        inlay_encoder_fail(&self->encoder, INLAY_UTF8);
        return;
    }
    text_locate(self, share, memory, size);
    self->alloc->resize(self->alloc->context, memory, size, 0);
}

inlay_status inlay_list_builder_refuse(inlay_list_builder *self,
                                       inlay_share share, inlay_error *error)
{
    if (!inlay_encoder_failed(&self->encoder)) {
        text_refuse(self, share);
    }
    inlay_encoder_in_item(&self->encoder, self->count);
    if (error != NULL) {
        *error = self->encoder.error;
    }
    builder_shrink(self);
    return self->encoder.error.status;
}

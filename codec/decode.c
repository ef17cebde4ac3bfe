// decode.c -- see <inlay/decode.h>.

#include "inlay/decode.h"
#include "inlay/encode.h"

_Static_assert(sizeof(bool) == 1, "native bools are bytes");

inlay_status inlay_error_set(inlay_error *error, inlay_status status)
{
    if (error != NULL) {
        error->status = status;
        error->offset = INLAY_NO_OFFSET;
        error->line = 0;
        error->column = 0;
        error->path[0] = '\0';
    }
    return status;
}

// Returns `count` scalars of `size` bytes at `from` as native ones: those bytes
// themselves where the host can read them there, else a copy. NULL, and the
// status set, when there is no memory; NULL too when there are none.
static const void *scalars_read(const uint8_t *from, size_t count, size_t size,
                                inlay_arena *arena, inlay_status *status)
{
    void *copy;

    *status = INLAY_OK;
    if (count == 0) {
        return NULL;
    }
    if (INLAY_HOST_LENDS || size == 1) {
        return from;
    }
    copy = inlay_arena_take(arena, count, size, status);
    if (copy != NULL) {
        inlay_read_scalars(from, copy, count, size);
    }
    return copy;
}

inlay_status inlay_u8_list_read(inlay_u8_list_view self, inlay_arena *arena,
                                inlay_u8_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(uint8_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_u16_list_read(inlay_u16_list_view self, inlay_arena *arena,
                                 inlay_u16_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(uint16_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_u32_list_read(inlay_u32_list_view self, inlay_arena *arena,
                                 inlay_u32_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(uint32_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_u64_list_read(inlay_u64_list_view self, inlay_arena *arena,
                                 inlay_u64_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(uint64_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_i8_list_read(inlay_i8_list_view self, inlay_arena *arena,
                                inlay_i8_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(int8_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_i16_list_read(inlay_i16_list_view self, inlay_arena *arena,
                                 inlay_i16_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(int16_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_i32_list_read(inlay_i32_list_view self, inlay_arena *arena,
                                 inlay_i32_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(int32_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_i64_list_read(inlay_i64_list_view self, inlay_arena *arena,
                                 inlay_i64_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(int64_t), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_f32_list_read(inlay_f32_list_view self, inlay_arena *arena,
                                 inlay_f32_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(float), arena, &status);
    list->count = self.count;
    return status;
}

inlay_status inlay_f64_list_read(inlay_f64_list_view self, inlay_arena *arena,
                                 inlay_f64_list *list)
{
    inlay_status status;

    list->items =
        scalars_read(self.bytes, self.count, sizeof(double), arena, &status);
    list->count = self.count;
    return status;
}

// Spreads the bits of one byte over eight native bools: bit i of byte i is kept
// and carried up to the top bit.
static void bools_unpack(bool *items, uint8_t byte)
{
    uint64_t bits = byte * UINT64_C(0x0101010101010101) &
                    UINT64_C(0x8040201008040201);

    bits = (bits + UINT64_C(0x7f7f7f7f7f7f7f7f)) >> 7 &
           UINT64_C(0x0101010101010101);
    inlay_store_u64((uint8_t *)items, bits);
}

inlay_status inlay_bool_list_read(inlay_bool_list_view self, inlay_arena *arena,
                                  inlay_bool_list *list)
{
    inlay_status status = INLAY_OK;
    bool        *items = NULL;
    size_t       i;

    if (self.count > 0) {
        items = inlay_arena_take(arena, self.count, sizeof *items, &status);
    }
    for (i = 0; items != NULL && i + 8 <= self.count; i += 8) {
        bools_unpack(&items[i], self.bits[i / 8]);
    }
    for (; items != NULL && i < self.count; i++) {
        items[i] = inlay_bool_list_at(self, i);
    }
    list->items = items;
    list->count = self.count;
    return status;
}

inlay_status inlay_str_list_read(inlay_str_list_view self, inlay_arena *arena,
                                 inlay_str_list *list)
{
    size_t       count = inlay_str_list_count(self);
    inlay_status status = INLAY_OK;
    inlay_str   *items = NULL;
    size_t       i;

    if (count > 0) {
        items = inlay_arena_take(arena, count, sizeof *items, &status);
    }
    for (i = 0; items != NULL && i < count; i++) {
        items[i] = inlay_str_list_at(self, i);
    }
    list->items = items;
    list->count = count;
    return status;
}

inlay_status inlay_bytes_list_read(inlay_bytes_list_view self,
                                   inlay_arena *arena, inlay_bytes_list *list)
{
    size_t       count = inlay_bytes_list_count(self);
    inlay_status status = INLAY_OK;
    inlay_bytes *items = NULL;
    size_t       i;

    if (count > 0) {
        items = inlay_arena_take(arena, count, sizeof *items, &status);
    }
    for (i = 0; items != NULL && i < count; i++) {
        items[i] = inlay_bytes_list_at(self, i);
    }
    list->items = items;
    list->count = count;
    return status;
}

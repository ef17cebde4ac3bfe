/* decode.h -- from messages to native structs: what generated code calls.
 *
 * Decoding verifies first and then calls the readers. Strings and bytes point
 * into the message. So do vectors of scalars where the compiler lets memory of
 * any address and type be read as theirs (GCC and Clang, little-endian);
 * elsewhere, and for structs that lie at an odd address, the arena holds a
 * copy. Everything else that is not of fixed size comes from the arena, whose
 * limit bounds what a hostile message can cost.
 *
 * Lifetime: what was decoded lives as long as both the message and the arena.
 */
#ifndef INLAY_DECODE_H
#define INLAY_DECODE_H

#include "arena.h"
#include "list.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sets the status of an error that has no place; returns it. */
inlay_status inlay_error_set(inlay_error *error, inlay_status status);

/* Returns whether values with that alignment may be read where they lie. */
static inline bool inlay_lends(const uint8_t *at, size_t align)
{
    return INLAY_HOST_LENDS && (uintptr_t)at % align == 0;
}

INLAY_NODISCARD inlay_status inlay_u8_list_read(inlay_u8_list_view self,
                                                inlay_arena       *arena,
                                                inlay_u8_list     *list);
INLAY_NODISCARD inlay_status inlay_u16_list_read(inlay_u16_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_u16_list     *list);
INLAY_NODISCARD inlay_status inlay_u32_list_read(inlay_u32_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_u32_list     *list);
INLAY_NODISCARD inlay_status inlay_u64_list_read(inlay_u64_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_u64_list     *list);
INLAY_NODISCARD inlay_status inlay_i8_list_read(inlay_i8_list_view self,
                                                inlay_arena       *arena,
                                                inlay_i8_list     *list);
INLAY_NODISCARD inlay_status inlay_i16_list_read(inlay_i16_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_i16_list     *list);
INLAY_NODISCARD inlay_status inlay_i32_list_read(inlay_i32_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_i32_list     *list);
INLAY_NODISCARD inlay_status inlay_i64_list_read(inlay_i64_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_i64_list     *list);
INLAY_NODISCARD inlay_status inlay_f32_list_read(inlay_f32_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_f32_list     *list);
INLAY_NODISCARD inlay_status inlay_f64_list_read(inlay_f64_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_f64_list     *list);
INLAY_NODISCARD inlay_status inlay_bool_list_read(inlay_bool_list_view self,
                                                  inlay_arena         *arena,
                                                  inlay_bool_list     *list);
INLAY_NODISCARD inlay_status inlay_str_list_read(inlay_str_list_view self,
                                                 inlay_arena        *arena,
                                                 inlay_str_list     *list);
INLAY_NODISCARD inlay_status inlay_bytes_list_read(inlay_bytes_list_view self,
                                                   inlay_arena          *arena,
                                                   inlay_bytes_list     *list);

#ifdef __cplusplus
}
#endif

#endif

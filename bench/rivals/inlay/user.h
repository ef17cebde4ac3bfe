// user.h -- what code made for the user's schema includes: how single values
// are summed, and the message that the JSON is. See bench/user/sums.h.
#ifndef BENCH_RIVALS_INLAY_USER_H
#define BENCH_RIVALS_INLAY_USER_H

#include <stdlib.h>
#include <string.h>

#include <inlay/inlay.h>
#include <inlay/json.h>

#include "bench/data/document.h"
#include "bench/rivals/inlay/inlay.h"

#define INLAY_USER_EXPORT __attribute__((visibility("default")))

// Makes the message in the arena, of which natives borrow.
static inline bool user_message(const data_document     *document,
                                const inlay_record_desc *desc,
                                inlay_arena *arena, inlay_bytes *message)
{
    inlay_buffer buffer;
    uint8_t     *copy = NULL;

    inlay_buffer_init(&buffer, NULL);
    if (inlay_json_read(desc, (const char *)document->text.data,
                        document->text.size, NULL, &buffer, NULL) == INLAY_OK) {
        copy = take(arena, buffer.size, 1);
    }
    if (copy != NULL) {
        memcpy(copy, buffer.data, buffer.size);
        message->data = copy;
        message->size = buffer.size;
    }
    inlay_buffer_release(&buffer);
    return copy != NULL;
}

// ---- Numbers ----------------------------------------------------------------

#define USER_LIST(walker, word)                                                \
    static INLAY_INLINE uint64_t walker##_inlay_##word##_list(                 \
        inlay_##word##_list_view self)                                         \
    {                                                                          \
        size_t   count = inlay_##word##_list_count(self);                      \
        uint64_t sum = 0;                                                      \
        size_t   i;                                                            \
                                                                               \
        for (i = 0; i < count; i++) {                                          \
            sum += walker##_##word(inlay_##word##_list_at(self, i));           \
        }                                                                      \
        return sum;                                                            \
    }

#define USER_NUMBER(walker, word, type, sum)                                   \
    static INLAY_INLINE uint64_t walker##_##word(type value)                   \
    {                                                                          \
        return sum;                                                            \
    }

// `bool` is a macro: here no other macro comes between it and its name.
#define USER_NUMBERS(walker)                                                   \
    USER_NUMBER(walker, bool, bool, value)                                     \
    USER_NUMBER(walker, u8, uint8_t, value)                                    \
    USER_NUMBER(walker, u16, uint16_t, value)                                  \
    USER_NUMBER(walker, u32, uint32_t, value)                                  \
    USER_NUMBER(walker, u64, uint64_t, value)                                  \
    USER_NUMBER(walker, i8, int8_t, (uint64_t)value)                           \
    USER_NUMBER(walker, i16, int16_t, (uint64_t)value)                         \
    USER_NUMBER(walker, i32, int32_t, (uint64_t)value)                         \
    USER_NUMBER(walker, i64, int64_t, (uint64_t)value)                         \
    USER_NUMBER(walker, f32, float, bench_f32(value))                          \
    USER_NUMBER(walker, f64, double, bench_f64(value))                         \
    USER_LIST(walker, bool)                                                    \
    USER_LIST(walker, u8)                                                      \
    USER_LIST(walker, u16)                                                     \
    USER_LIST(walker, u32)                                                     \
    USER_LIST(walker, u64)                                                     \
    USER_LIST(walker, i8)                                                      \
    USER_LIST(walker, i16)                                                     \
    USER_LIST(walker, i32)                                                     \
    USER_LIST(walker, i64)                                                     \
    USER_LIST(walker, f32)                                                     \
    USER_LIST(walker, f64)

USER_NUMBERS(numbers_verified)
USER_NUMBERS(numbers_clamped)

// ---- Texts ------------------------------------------------------------------

#define USER_TEXTS(walker)                                                     \
    static INLAY_INLINE uint64_t walker##_str(inlay_str value)                 \
    {                                                                          \
        return bench_text(value.data, value.size);                             \
    }                                                                          \
    static INLAY_INLINE uint64_t walker##_bytes(inlay_bytes value)             \
    {                                                                          \
        return bench_text(value.data, value.size);                             \
    }                                                                          \
    USER_LIST(walker, str)                                                     \
    USER_LIST(walker, bytes)

USER_TEXTS(texts_verified)
USER_TEXTS(texts_clamped)

#endif

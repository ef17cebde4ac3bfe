/* list.h -- vectors and optionals of scalars and strings.
 *
 * For each element type X there are
 *
 *     inlay_X_list        the native form: a pointer into your memory, a count
 *     inlay_X_opt         the native form of X?
 *     inlay_X_list_view   the vector inside a message
 *     inlay_X_list_count  its elements; O(1), as all of these
 *     inlay_X_list_at     one element of it, 0 or empty beyond its count
 *     inlay_X_list_copy   some elements of it, in one go; O(elements)
 *     inlay_X_list_set    sets one element of numbers or bools in place; false
 *                         beyond the count. The memory must be yours to write
 *
 * Native lists point to `inlay_X_packed`: X at any address. Arrays of plain X
 * convert to it, and a decoded message can lend its bytes without a copy.
 *
 * Lifetime: views borrow the message, native lists what they point at.
 */
#ifndef INLAY_LIST_H
#define INLAY_LIST_H

#include "view.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X at any address, over memory of any type. Where the compiler can't say so,
 * decoding copies vectors that are not aligned (INLAY_HOST_LENDS is 0). */
#if defined(__GNUC__) || defined(__clang__)
#define INLAY_PACKED     __attribute__((aligned(1), may_alias))
#define INLAY_MAY_ALIAS  __attribute__((may_alias))
#define INLAY_HOST_LENDS INLAY_HOST_IS_WIRE
#else
#define INLAY_PACKED
#define INLAY_MAY_ALIAS
#define INLAY_HOST_LENDS 0
#endif

typedef uint8_t inlay_u8_packed   INLAY_PACKED;
typedef uint16_t inlay_u16_packed INLAY_PACKED;
typedef uint32_t inlay_u32_packed INLAY_PACKED;
typedef uint64_t inlay_u64_packed INLAY_PACKED;
typedef int8_t inlay_i8_packed    INLAY_PACKED;
typedef int16_t inlay_i16_packed  INLAY_PACKED;
typedef int32_t inlay_i32_packed  INLAY_PACKED;
typedef int64_t inlay_i64_packed  INLAY_PACKED;
typedef float inlay_f32_packed    INLAY_PACKED;
typedef double inlay_f64_packed   INLAY_PACKED;

/* Returns how many of `count` elements of a list, from `first` on, are there
 * to be copied. */
static inline size_t inlay_list_available(size_t list_count, size_t first,
                                          size_t count)
{
    size_t rest = first < list_count ? list_count - first : 0;
    return count < rest ? count : rest;
}

/* ---- [u8] --------------------------------------------------------------- */

typedef struct inlay_u8_list {
    const inlay_u8_packed *items;
    size_t                 count;
} inlay_u8_list;

typedef struct inlay_u8_opt {
    bool    has;
    uint8_t value;
} inlay_u8_opt;

typedef struct inlay_u8_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_u8_list_view;

static inline inlay_u8_list_view inlay_u8_list_open(inlay_bytes slice)
{
    inlay_u8_list_view list = {slice.data, slice.size / sizeof(uint8_t)};
    return list;
}

static inline size_t inlay_u8_list_count(inlay_u8_list_view list)
{
    return list.count;
}

static inline uint8_t inlay_u8_list_at(inlay_u8_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_u8(list.bytes + index * sizeof(uint8_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_u8_list_set(inlay_u8_list_view list, size_t index,
                                     uint8_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_u8((uint8_t *)(uintptr_t)list.bytes + index * sizeof(uint8_t),
                   value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_u8_list_copy(inlay_u8_list_view list, size_t first,
                                        uint8_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_u8(list.bytes + (first + i) * sizeof(uint8_t));
    }
    return available;
}

/* ---- [u16] -------------------------------------------------------------- */

typedef struct inlay_u16_list {
    const inlay_u16_packed *items;
    size_t                  count;
} inlay_u16_list;

typedef struct inlay_u16_opt {
    bool     has;
    uint16_t value;
} inlay_u16_opt;

typedef struct inlay_u16_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_u16_list_view;

static inline inlay_u16_list_view inlay_u16_list_open(inlay_bytes slice)
{
    inlay_u16_list_view list = {slice.data, slice.size / sizeof(uint16_t)};
    return list;
}

static inline size_t inlay_u16_list_count(inlay_u16_list_view list)
{
    return list.count;
}

static inline uint16_t inlay_u16_list_at(inlay_u16_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_u16(list.bytes + index * sizeof(uint16_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_u16_list_set(inlay_u16_list_view list, size_t index,
                                      uint16_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_u16((uint8_t *)(uintptr_t)list.bytes + index * sizeof(uint16_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_u16_list_copy(inlay_u16_list_view list, size_t first,
                                         uint16_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_u16(list.bytes + (first + i) * sizeof(uint16_t));
    }
    return available;
}

/* ---- [u32] -------------------------------------------------------------- */

typedef struct inlay_u32_list {
    const inlay_u32_packed *items;
    size_t                  count;
} inlay_u32_list;

typedef struct inlay_u32_opt {
    bool     has;
    uint32_t value;
} inlay_u32_opt;

typedef struct inlay_u32_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_u32_list_view;

static inline inlay_u32_list_view inlay_u32_list_open(inlay_bytes slice)
{
    inlay_u32_list_view list = {slice.data, slice.size / sizeof(uint32_t)};
    return list;
}

static inline size_t inlay_u32_list_count(inlay_u32_list_view list)
{
    return list.count;
}

static inline uint32_t inlay_u32_list_at(inlay_u32_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_u32(list.bytes + index * sizeof(uint32_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_u32_list_set(inlay_u32_list_view list, size_t index,
                                      uint32_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_u32((uint8_t *)(uintptr_t)list.bytes + index * sizeof(uint32_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_u32_list_copy(inlay_u32_list_view list, size_t first,
                                         uint32_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_u32(list.bytes + (first + i) * sizeof(uint32_t));
    }
    return available;
}

/* ---- [u64] -------------------------------------------------------------- */

typedef struct inlay_u64_list {
    const inlay_u64_packed *items;
    size_t                  count;
} inlay_u64_list;

typedef struct inlay_u64_opt {
    bool     has;
    uint64_t value;
} inlay_u64_opt;

typedef struct inlay_u64_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_u64_list_view;

static inline inlay_u64_list_view inlay_u64_list_open(inlay_bytes slice)
{
    inlay_u64_list_view list = {slice.data, slice.size / sizeof(uint64_t)};
    return list;
}

static inline size_t inlay_u64_list_count(inlay_u64_list_view list)
{
    return list.count;
}

static inline uint64_t inlay_u64_list_at(inlay_u64_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_u64(list.bytes + index * sizeof(uint64_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_u64_list_set(inlay_u64_list_view list, size_t index,
                                      uint64_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_u64((uint8_t *)(uintptr_t)list.bytes + index * sizeof(uint64_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_u64_list_copy(inlay_u64_list_view list, size_t first,
                                         uint64_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_u64(list.bytes + (first + i) * sizeof(uint64_t));
    }
    return available;
}

/* ---- [i8] --------------------------------------------------------------- */

typedef struct inlay_i8_list {
    const inlay_i8_packed *items;
    size_t                 count;
} inlay_i8_list;

typedef struct inlay_i8_opt {
    bool   has;
    int8_t value;
} inlay_i8_opt;

typedef struct inlay_i8_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_i8_list_view;

static inline inlay_i8_list_view inlay_i8_list_open(inlay_bytes slice)
{
    inlay_i8_list_view list = {slice.data, slice.size / sizeof(int8_t)};
    return list;
}

static inline size_t inlay_i8_list_count(inlay_i8_list_view list)
{
    return list.count;
}

static inline int8_t inlay_i8_list_at(inlay_i8_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_i8(list.bytes + index * sizeof(int8_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_i8_list_set(inlay_i8_list_view list, size_t index,
                                     int8_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_i8((uint8_t *)(uintptr_t)list.bytes + index * sizeof(int8_t),
                   value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_i8_list_copy(inlay_i8_list_view list, size_t first,
                                        int8_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_i8(list.bytes + (first + i) * sizeof(int8_t));
    }
    return available;
}

/* ---- [i16] -------------------------------------------------------------- */

typedef struct inlay_i16_list {
    const inlay_i16_packed *items;
    size_t                  count;
} inlay_i16_list;

typedef struct inlay_i16_opt {
    bool    has;
    int16_t value;
} inlay_i16_opt;

typedef struct inlay_i16_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_i16_list_view;

static inline inlay_i16_list_view inlay_i16_list_open(inlay_bytes slice)
{
    inlay_i16_list_view list = {slice.data, slice.size / sizeof(int16_t)};
    return list;
}

static inline size_t inlay_i16_list_count(inlay_i16_list_view list)
{
    return list.count;
}

static inline int16_t inlay_i16_list_at(inlay_i16_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_i16(list.bytes + index * sizeof(int16_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_i16_list_set(inlay_i16_list_view list, size_t index,
                                      int16_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_i16((uint8_t *)(uintptr_t)list.bytes + index * sizeof(int16_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_i16_list_copy(inlay_i16_list_view list, size_t first,
                                         int16_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_i16(list.bytes + (first + i) * sizeof(int16_t));
    }
    return available;
}

/* ---- [i32] -------------------------------------------------------------- */

typedef struct inlay_i32_list {
    const inlay_i32_packed *items;
    size_t                  count;
} inlay_i32_list;

typedef struct inlay_i32_opt {
    bool    has;
    int32_t value;
} inlay_i32_opt;

typedef struct inlay_i32_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_i32_list_view;

static inline inlay_i32_list_view inlay_i32_list_open(inlay_bytes slice)
{
    inlay_i32_list_view list = {slice.data, slice.size / sizeof(int32_t)};
    return list;
}

static inline size_t inlay_i32_list_count(inlay_i32_list_view list)
{
    return list.count;
}

static inline int32_t inlay_i32_list_at(inlay_i32_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_i32(list.bytes + index * sizeof(int32_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_i32_list_set(inlay_i32_list_view list, size_t index,
                                      int32_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_i32((uint8_t *)(uintptr_t)list.bytes + index * sizeof(int32_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_i32_list_copy(inlay_i32_list_view list, size_t first,
                                         int32_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_i32(list.bytes + (first + i) * sizeof(int32_t));
    }
    return available;
}

/* ---- [i64] -------------------------------------------------------------- */

typedef struct inlay_i64_list {
    const inlay_i64_packed *items;
    size_t                  count;
} inlay_i64_list;

typedef struct inlay_i64_opt {
    bool    has;
    int64_t value;
} inlay_i64_opt;

typedef struct inlay_i64_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_i64_list_view;

static inline inlay_i64_list_view inlay_i64_list_open(inlay_bytes slice)
{
    inlay_i64_list_view list = {slice.data, slice.size / sizeof(int64_t)};
    return list;
}

static inline size_t inlay_i64_list_count(inlay_i64_list_view list)
{
    return list.count;
}

static inline int64_t inlay_i64_list_at(inlay_i64_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_i64(list.bytes + index * sizeof(int64_t))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_i64_list_set(inlay_i64_list_view list, size_t index,
                                      int64_t value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_i64((uint8_t *)(uintptr_t)list.bytes + index * sizeof(int64_t),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_i64_list_copy(inlay_i64_list_view list, size_t first,
                                         int64_t *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_i64(list.bytes + (first + i) * sizeof(int64_t));
    }
    return available;
}

/* ---- [f32] -------------------------------------------------------------- */

typedef struct inlay_f32_list {
    const inlay_f32_packed *items;
    size_t                  count;
} inlay_f32_list;

typedef struct inlay_f32_opt {
    bool  has;
    float value;
} inlay_f32_opt;

typedef struct inlay_f32_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_f32_list_view;

static inline inlay_f32_list_view inlay_f32_list_open(inlay_bytes slice)
{
    inlay_f32_list_view list = {slice.data, slice.size / sizeof(float)};
    return list;
}

static inline size_t inlay_f32_list_count(inlay_f32_list_view list)
{
    return list.count;
}

static inline float inlay_f32_list_at(inlay_f32_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_f32(list.bytes + index * sizeof(float))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_f32_list_set(inlay_f32_list_view list, size_t index,
                                      float value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_f32((uint8_t *)(uintptr_t)list.bytes + index * sizeof(float),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_f32_list_copy(inlay_f32_list_view list, size_t first,
                                         float *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_f32(list.bytes + (first + i) * sizeof(float));
    }
    return available;
}

/* ---- [f64] -------------------------------------------------------------- */

typedef struct inlay_f64_list {
    const inlay_f64_packed *items;
    size_t                  count;
} inlay_f64_list;

typedef struct inlay_f64_opt {
    bool   has;
    double value;
} inlay_f64_opt;

typedef struct inlay_f64_list_view {
    const uint8_t *bytes;
    size_t         count;
} inlay_f64_list_view;

static inline inlay_f64_list_view inlay_f64_list_open(inlay_bytes slice)
{
    inlay_f64_list_view list = {slice.data, slice.size / sizeof(double)};
    return list;
}

static inline size_t inlay_f64_list_count(inlay_f64_list_view list)
{
    return list.count;
}

static inline double inlay_f64_list_at(inlay_f64_list_view list, size_t index)
{
    return index < list.count
               ? inlay_load_f64(list.bytes + index * sizeof(double))
               : 0;
}

/* Sets one element in place; false beyond the count. */
static inline bool inlay_f64_list_set(inlay_f64_list_view list, size_t index,
                                      double value)
{
    if (index >= list.count) {
        return false;
    }
    inlay_store_f64((uint8_t *)(uintptr_t)list.bytes + index * sizeof(double),
                    value);
    return true;
}

/* Copies up to `count` elements from `first` on; returns how many. */
static inline size_t inlay_f64_list_copy(inlay_f64_list_view list, size_t first,
                                         double *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_load_f64(list.bytes + (first + i) * sizeof(double));
    }
    return available;
}

/* ---- [bool] ------------------------------------------------------------- */

/* Native bools take a byte each; inside a message they are bits (view.h). */
typedef struct inlay_bool_list {
    const bool *items;
    size_t      count;
} inlay_bool_list;

typedef struct inlay_bool_opt {
    bool has;
    bool value;
} inlay_bool_opt;

static inline size_t inlay_bool_list_count(inlay_bool_list_view list)
{
    return list.count;
}

/* Sets one bool in place; false beyond the count. */
static inline bool inlay_bool_list_set(inlay_bool_list_view list, size_t index,
                                       bool value)
{
    uint8_t *at;

    if (index >= list.count) {
        return false;
    }
    at = (uint8_t *)(uintptr_t)list.bits + index / 8;
    *at = (uint8_t)((*at & ~(1u << index % 8)) | (unsigned)value << index % 8);
    return true;
}

/* Copies up to `count` bools from `first` on; returns how many. */
static inline size_t inlay_bool_list_copy(inlay_bool_list_view list,
                                          size_t first, bool *to, size_t count)
{
    size_t available = inlay_list_available(list.count, first, count);
    size_t i;

    for (i = 0; i < available; i++) {
        to[i] = inlay_bool_list_at(list, first + i);
    }
    return available;
}

/* ---- [string] ----------------------------------------------------------- */

typedef struct inlay_str_list {
    const inlay_str *items;
    size_t           count;
} inlay_str_list;

typedef struct inlay_str_opt {
    bool      has;
    inlay_str value;
} inlay_str_opt;

typedef struct inlay_str_list_view {
    inlay_list list;
} inlay_str_list_view;

static inline inlay_str_list_view inlay_str_list_open(inlay_bytes slice,
                                                      bool        verified)
{
    inlay_str_list_view view;

    view.list = inlay_list_open_exact(slice, 0, 1, verified);
    return view;
}

static inline size_t inlay_str_list_count(inlay_str_list_view view)
{
    return view.list.count;
}

static inline inlay_str inlay_str_list_at(inlay_str_list_view view,
                                          size_t              index)
{
    return inlay_record_str(inlay_list_at(view.list, index), 0);
}

/* ---- [bytes] ------------------------------------------------------------ */

typedef struct inlay_bytes_list {
    const inlay_bytes *items;
    size_t             count;
} inlay_bytes_list;

typedef struct inlay_bytes_opt {
    bool        has;
    inlay_bytes value;
} inlay_bytes_opt;

typedef struct inlay_bytes_list_view {
    inlay_list list;
} inlay_bytes_list_view;

static inline inlay_bytes_list_view inlay_bytes_list_open(inlay_bytes slice,
                                                          bool        verified)
{
    inlay_bytes_list_view view;

    view.list = inlay_list_open_exact(slice, 0, 1, verified);
    return view;
}

static inline size_t inlay_bytes_list_count(inlay_bytes_list_view view)
{
    return view.list.count;
}

static inline inlay_bytes inlay_bytes_list_at(inlay_bytes_list_view view,
                                              size_t                index)
{
    return inlay_record_slot(inlay_list_at(view.list, index), 0);
}

#ifdef __cplusplus
}
#endif

#endif

// utf8_ssse3.c -- the UTF-8 kernel on 16 bytes: x86-64 from 2006 on.

#include "utf8.h"

#if INLAY_UTF8_X86

#include <tmmintrin.h>

#define KERNEL      __attribute__((target("ssse3")))
#define VECTOR_SIZE 16

typedef __m128i vector;

KERNEL static inline vector vector_load(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

KERNEL static inline vector vector_fill(uint8_t byte)
{
    return _mm_set1_epi8((char)byte);
}

KERNEL static inline vector vector_table(const uint8_t table[16])
{
    return vector_load(table);
}

KERNEL static inline vector vector_or(vector a, vector b)
{
    return _mm_or_si128(a, b);
}

KERNEL static inline vector vector_and(vector a, vector b)
{
    return _mm_and_si128(a, b);
}

KERNEL static inline vector vector_xor(vector a, vector b)
{
    return _mm_xor_si128(a, b);
}

KERNEL static inline vector vector_subtract(vector a, vector b)
{
    return _mm_subs_epu8(a, b);
}

KERNEL static inline vector vector_low_nibbles(vector a)
{
    return _mm_and_si128(a, _mm_set1_epi8(15));
}

KERNEL static inline vector vector_high_nibbles(vector a)
{
    return vector_low_nibbles(_mm_srli_epi16(a, 4));
}

KERNEL static inline vector vector_look_up(vector table, vector nibbles)
{
    return _mm_shuffle_epi8(table, nibbles);
}

KERNEL static inline bool vector_high_bit(vector a)
{
    return _mm_movemask_epi8(a) != 0;
}

KERNEL static inline bool vector_any(vector a)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(a, _mm_setzero_si128())) != 0xffff;
}

KERNEL static inline vector vector_back(vector a, vector before, int count)
{
    return count == 1   ? _mm_alignr_epi8(a, before, 15)
           : count == 2 ? _mm_alignr_epi8(a, before, 14)
                        : _mm_alignr_epi8(a, before, 13);
}

#include "utf8_kernel.h"

KERNEL inlay_utf8 inlay_utf8_scan_ssse3(const uint8_t *data, size_t size)
{
    return utf8_kernel_scan(data, size);
}

#else
typedef int inlay_utf8_ssse3_is_empty;
#endif

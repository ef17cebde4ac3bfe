// utf8_avx2.c -- the UTF-8 kernel on 32 bytes: x86-64 from 2013 on.

#include "utf8.h"

#if INLAY_UTF8_X86

#include <immintrin.h>

#define KERNEL      __attribute__((target("avx2")))
#define VECTOR_SIZE 32

typedef __m256i vector;

KERNEL static inline vector vector_load(const uint8_t *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

KERNEL static inline vector vector_fill(uint8_t byte)
{
    return _mm256_set1_epi8((char)byte);
}

KERNEL static inline vector vector_table(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

KERNEL static inline vector vector_or(vector a, vector b)
{
    return _mm256_or_si256(a, b);
}

KERNEL static inline vector vector_and(vector a, vector b)
{
    return _mm256_and_si256(a, b);
}

KERNEL static inline vector vector_xor(vector a, vector b)
{
    return _mm256_xor_si256(a, b);
}

KERNEL static inline vector vector_subtract(vector a, vector b)
{
    return _mm256_subs_epu8(a, b);
}

KERNEL static inline vector vector_low_nibbles(vector a)
{
    return _mm256_and_si256(a, _mm256_set1_epi8(15));
}

KERNEL static inline vector vector_high_nibbles(vector a)
{
    return vector_low_nibbles(_mm256_srli_epi16(a, 4));
}

KERNEL static inline vector vector_look_up(vector table, vector nibbles)
{
    return _mm256_shuffle_epi8(table, nibbles);
}

KERNEL static inline bool vector_high_bit(vector a)
{
    return _mm256_movemask_epi8(a) != 0;
}

KERNEL static inline bool vector_any(vector a)
{
    return _mm256_testz_si256(a, a) == 0;
}

// Shifts work within halves, so the half before is lined up first.
KERNEL static inline vector vector_back(vector a, vector before, int count)
{
    vector middle = _mm256_permute2x128_si256(before, a, 0x21);

    return count == 1   ? _mm256_alignr_epi8(a, middle, 15)
           : count == 2 ? _mm256_alignr_epi8(a, middle, 14)
                        : _mm256_alignr_epi8(a, middle, 13);
}

#include "utf8_kernel.h"

KERNEL inlay_utf8 inlay_utf8_scan_avx2(const uint8_t *data, size_t size)
{
    return utf8_kernel_scan(data, size);
}

#else
typedef int inlay_utf8_avx2_is_empty;
#endif

// hash.c -- see <inlay/hash.h>.

#include "inlay/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t inlay_bytes_hash64(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
}

inlay_hash128 inlay_bytes_hash128(const void *data, size_t size)
{
    XXH128_hash_t hash = XXH3_128bits(data, size);
    inlay_hash128 halves = {hash.low64, hash.high64};

    return halves;
}

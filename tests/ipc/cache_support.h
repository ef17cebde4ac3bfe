/* cache_support.h -- made-up caches in a folder of their own, for tests.
 */
#ifndef TESTS_IPC_CACHE_SUPPORT_H
#define TESTS_IPC_CACHE_SUPPORT_H

#include <inlay/cache.h>

/* The one folder of a test program, and the cache in it. */
extern char cache_folder[64];
extern char cache_path[80];

/* Make the folder, and take it away with all that is in it; for cmocka's group.
 */
int cache_folder_make(void **state);
int cache_folder_remove(void **state);

/* Returns how many files are in the folder; "cache.new" among them is counted
 * in `*beside` as well. */
int cache_folder_count(int *beside);

/* The key and the value number `n` of a generation: both follow from n. */
inlay_bytes cache_key(uint64_t n);
inlay_bytes cache_value(uint64_t n, unsigned generation);

/* Builds a generation with the entries 0 to count - 1. */
inlay_status cache_build(uint64_t count, unsigned generation,
                         const inlay_alloc *alloc, inlay_error *error);

/* Checks that an open cache is that generation, whole. */
void cache_expect(const inlay_cache *cache, uint64_t count,
                  unsigned generation);

/* The file as bytes that the caller frees; and bytes as the file. */
uint8_t *cache_bytes(size_t *size);
void     cache_bytes_put(const uint8_t *bytes, size_t size);

#endif

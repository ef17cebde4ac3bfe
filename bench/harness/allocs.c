// allocs.c -- see allocs.h.

#include "bench/harness/allocs.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define COUNTS 0
#else
#define COUNTS 1
#endif

#if COUNTS

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void  __libc_free(void *memory);
void *__libc_memalign(size_t alignment, size_t size);

static bool         counting;
static alloc_counts counts;
static size_t       held; // since counting began; wraps below 0

static void took(void *memory, size_t size)
{
    if (memory != NULL) {
        counts.count++;
        counts.bytes += size;
        held += malloc_usable_size(memory);
        // What was there before may be given back: then less than nothing is
        // held.
        if ((ptrdiff_t)held > (ptrdiff_t)counts.peak) {
            counts.peak = held;
        }
    }
}

static void gave(void *memory)
{
    if (memory != NULL) {
        held -= malloc_usable_size(memory);
    }
}

void *malloc(size_t size)
{
    void *memory = __libc_malloc(size);

    if (counting) {
        took(memory, size);
    }
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = __libc_calloc(count, size);

    if (counting) {
        took(memory, count * size);
    }
    return memory;
}

void *realloc(void *memory, size_t size)
{
    void *moved;

    if (!counting) {
        return __libc_realloc(memory, size);
    }
    gave(memory);
    moved = __libc_realloc(memory, size);
    took(moved, size);
    return moved;
}

void free(void *memory)
{
    if (counting) {
        gave(memory);
    }
    __libc_free(memory);
}

static void *aligned(size_t alignment, size_t size)
{
    void *memory = __libc_memalign(alignment, size);

    if (counting) {
        took(memory, size);
    }
    return memory;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return aligned(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
    return aligned(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *made = aligned(alignment, size);

    if (made == NULL) {
        return ENOMEM;
    }
    *memory = made;
    return 0;
}

bool allocs_supported(void)
{
    return true;
}

void allocs_start(void)
{
    counts = (alloc_counts){0, 0, 0};
    held = 0;
    counting = true;
}

alloc_counts allocs_stop(void)
{
    counting = false;
    return counts;
}

#else

bool allocs_supported(void)
{
    return false;
}

void allocs_start(void)
{
}

alloc_counts allocs_stop(void)
{
    return (alloc_counts){0, 0, 0};
}

#endif

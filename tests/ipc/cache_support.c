// cache_support.c -- see cache_support.h.
#define _GNU_SOURCE
#include "cache_support.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

char cache_folder[64];
char cache_path[80];

// Calls `each` for all names in the folder.
static int folder_walk(void (*each)(const char *path, void *context),
                       void *context)
{
    DIR           *folder = opendir(cache_folder);
    struct dirent *entry;
    int            count = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        char path[400];

        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", cache_folder, entry->d_name);
        each(path, context);
        count++;
    }
    closedir(folder);
    return count;
}

static void remove_one(const char *path, void *context)
{
    (void)context;
    unlink(path);
}

static void count_beside(const char *path, void *context)
{
    int   *count = context;
    size_t size = strlen(path);

    *count += size > 4 && strcmp(path + size - 4, ".new") == 0;
}

int cache_folder_make(void **state)
{
    const char *base = getenv("TMPDIR");

    (void)state;
    snprintf(cache_folder, sizeof cache_folder, "%.40s/inlay.XXXXXX",
             base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(cache_folder));
    snprintf(cache_path, sizeof cache_path, "%s/cache", cache_folder);
    return 0;
}

int cache_folder_remove(void **state)
{
    (void)state;
    folder_walk(remove_one, NULL);
    return rmdir(cache_folder);
}

int cache_folder_count(int *beside)
{
    *beside = 0;
    return folder_walk(count_beside, beside);
}

inlay_bytes cache_key(uint64_t n)
{
    static char key[2][40];
    static int  turn;

    turn = !turn;
    return (inlay_bytes){(const uint8_t *)key[turn],
                         (size_t)snprintf(key[turn], sizeof key[turn],
                                          n == 3 ? "" : "key %llu",
                                          (unsigned long long)n)};
}

inlay_bytes cache_value(uint64_t n, unsigned generation)
{
    static uint8_t value[300];
    size_t         size = (size_t)(n * 37 % 301);
    size_t         i;

    for (i = 0; i < size; i++) {
        value[i] = (uint8_t)(n + i + generation * 101);
    }
    return (inlay_bytes){value, size};
}

inlay_status cache_build(uint64_t count, unsigned generation,
                         const inlay_alloc *alloc, inlay_error *error)
{
    inlay_cache_builder_options options = {.type_id = 99, .alloc = alloc};
    inlay_cache_builder         builder;
    inlay_status                status =
        inlay_cache_builder_init(&builder, cache_path, &options);
    uint64_t n;

    if (status != INLAY_OK) {
        return status;
    }
    for (n = 0; n < count && status == INLAY_OK; n++) {
        inlay_bytes key = cache_key(n);
        inlay_bytes value = cache_value(n, generation);

        status = inlay_cache_builder_add(&builder, key.data, key.size,
                                         value.data, value.size);
    }
    if (status == INLAY_OK) {
        status = inlay_cache_builder_publish(&builder, error);
    }
    inlay_cache_builder_release(&builder);
    return status;
}

void cache_expect(const inlay_cache *cache, uint64_t count, unsigned generation)
{
    uint64_t n;

    assert_true(inlay_cache_count(cache) == count);
    for (n = 0; n < count; n++) {
        inlay_bytes key = cache_key(n);
        inlay_bytes want = cache_value(n, generation);
        inlay_bytes value;

        assert_int_equal(inlay_cache_get(cache, key.data, key.size, &value),
                         INLAY_OK);
        assert_int_equal(value.size, want.size);
        assert_memory_equal(value.data, want.data, want.size);
        assert_int_equal((uintptr_t)value.data % 64, 0);
    }
}

uint8_t *cache_bytes(size_t *size)
{
    struct stat facts;
    int         fd = open(cache_path, O_RDONLY);
    uint8_t    *bytes;

    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &facts), 0);
    *size = (size_t)facts.st_size;
    bytes = malloc(*size);
    assert_int_equal(read(fd, bytes, *size), *size);
    close(fd);
    return bytes;
}

void cache_bytes_put(const uint8_t *bytes, size_t size)
{
    int fd = open(cache_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

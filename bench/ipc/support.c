// support.c -- what subjects use (ipc_bench.h).
#define _GNU_SOURCE
#include "bench/ipc/ipc_bench.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool ipc_smoke;

static char folder[80];

const char *ipc_folder(void)
{
    const char *base = getenv("TMPDIR");

    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "%.50s/inlay-ipc.XXXXXX",
                 base != NULL ? base : "/tmp");
        if (mkdtemp(folder) == NULL) {
            folder[0] = '\0';
            return NULL;
        }
    }
    return folder;
}

void ipc_folder_remove(void)
{
    DIR           *all = folder[0] != '\0' ? opendir(folder) : NULL;
    struct dirent *one;

    while (all != NULL && (one = readdir(all)) != NULL) {
        char path[400];

        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        unlink(path);
    }
    if (all != NULL) {
        closedir(all);
        rmdir(folder);
        folder[0] = '\0';
    }
}

uint64_t ipc_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15); // splitmix64

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint64_t ipc_sum(const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint64_t       sum = 0;
    uint64_t       word = 0;

    for (; size >= sizeof word; size -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        sum += word;
    }
    word = 0;
    memcpy(&word, bytes, size);
    return sum + word;
}

// cache.c -- snapshot caches beside LMDB, tinycdb and Redis: random lookups,
// the value's bytes loaded and compared with what was put in.
#define _GNU_SOURCE
#include "bench/ipc/cache.h"

#include <inlay/cache.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/ipc/groups.h"
#include "user.inlay.h"

enum {
    BATCH = 256
};

bool cache_file_path(const char *name, char *path, size_t size)
{
    const char *folder = ipc_folder();

    return folder != NULL &&
           snprintf(path, size, "%s/%s", folder, name) < (int)size;
}

// ---- Ours -------------------------------------------------------------------

typedef struct ours {
    inlay_cache cache;
    uint64_t    position;
} ours;

static bool ours_build(const char *path)
{
    inlay_cache_builder_options how = {.type_id = IPC_USER_USER_TYPE_ID,
                                       .entries_expected = entries_count()};
    inlay_cache_builder         builder;
    inlay_status                status;
    size_t                      i;

    status = inlay_cache_builder_init(&builder, path, &how);
    if (status != INLAY_OK) {
        return false;
    }
    for (i = 0; i < entries_count() && status == INLAY_OK; i++) {
        char        room[ENTRIES_KEY_ROOM];
        inlay_bytes key = entries_key(i, room);
        inlay_bytes value = entries_value(i);

        status = inlay_cache_builder_add(&builder, key.data, key.size,
                                         value.data, value.size);
    }
    if (status == INLAY_OK) {
        status = inlay_cache_builder_publish(&builder, NULL);
    }
    inlay_cache_builder_release(&builder);
    return status == INLAY_OK;
}

static bool ours_lookup(void *state, size_t index, inlay_bytes *value)
{
    ours       *self = state;
    char        room[ENTRIES_KEY_ROOM];
    inlay_bytes key = entries_key(index, room);

    return inlay_cache_get(&self->cache, key.data, key.size, value) == INLAY_OK;
}

static const char *ours_open(void **state, const inlay_cache_options *how)
{
    ours *self;
    char  path[200];

    if (!entries_init() || !cache_file_path("inlay.cache", path, sizeof path) ||
        !ours_build(path)) {
        return "no room for the file";
    }
    self = calloc(1, sizeof *self);
    *state = self;
    if (self == NULL ||
        inlay_cache_open(&self->cache, path, how, NULL) != INLAY_OK ||
        !entries_gate(ours_lookup, self)) {
        return "wrong values, a bug of ours";
    }
    return NULL;
}

static const char *ours_start(void **state)
{
    return ours_open(state, &(inlay_cache_options){.prefault = true});
}

static const char *ours_start_copy(void **state)
{
    return ours_open(state, &(inlay_cache_options){.copy = true});
}

static const char *ours_start_verified(void **state)
{
    return ours_open(state,
                     &(inlay_cache_options){.verify = &ipc_user_user_desc,
                                            .prefault = true});
}

static bool ours_run(void *state, uint64_t count)
{
    ours *self = state;
    bool  good = true;

    for (; count > 0; count--) {
        size_t      index = entries_next(&self->position);
        inlay_bytes value;

        good &= ours_lookup(self, index, &value) &&
                entries_take(value.data, value.size);
    }
    return good;
}

static bool ours_run_many(void *state, uint64_t count)
{
    ours *self = state;
    bool  good = true;

    while (count > 0) {
        inlay_bytes keys[BATCH], values[BATCH];
        char        rooms[BATCH][ENTRIES_KEY_ROOM];
        size_t      some = count < BATCH ? (size_t)count : BATCH;
        size_t      i;

        for (i = 0; i < some; i++) {
            keys[i] = entries_key(entries_next(&self->position), rooms[i]);
        }
        good &= inlay_cache_get_many(&self->cache, keys, some, values) == some;
        for (i = 0; good && i < some; i++) {
            good &= entries_take(values[i].data, values[i].size);
        }
        count -= some;
    }
    return good;
}

static void ours_stop(void *state)
{
    ours *self = state;

    inlay_cache_close(&self->cache);
    free(self);
}

static const ipc_subject cache_inlay = {"Inlay", "any bytes are safe to read",
                                        ours_start, ours_run, ours_stop};

static const ipc_subject cache_inlay_verified = {
    "Inlay, verified views",
    "each value's checksum and message verified when it is first got",
    ours_start_verified, ours_run, ours_stop};

static const ipc_subject cache_inlay_many = {
    "Inlay, 256 keys at once", "misses of the processor's cache side by side",
    ours_start, ours_run_many, ours_stop};

static const ipc_subject cache_inlay_copy = {
    "Inlay, a copy in memory", "in huge pages, where the kernel gives them",
    ours_start_copy, ours_run, ours_stop};

static const ipc_subject cache_inlay_copy_many = {
    "Inlay, a copy, 256 keys at once", "both of the above", ours_start_copy,
    ours_run_many, ours_stop};

// ---- The floor --------------------------------------------------------------

// What choosing and making a key takes without any lookup.
static const char *floor_start(void **state)
{
    uint64_t *position = calloc(1, sizeof *position);

    *state = position;
    return position != NULL && entries_init() ? NULL : "memory ran out";
}

static bool floor_run(void *state, uint64_t count)
{
    uint64_t *position = state;
    bool      good = true;

    for (; count > 0; count--) {
        char        room[ENTRIES_KEY_ROOM];
        inlay_bytes key = entries_key(entries_next(position), room);

        good &= entries_take(key.data, key.size);
    }
    return good;
}

static const ipc_subject cache_floor = {
    "no lookup", "the benchmark itself: part of all figures above", floor_start,
    floor_run, free};

static const ipc_subject *const subjects[] = {
    &cache_inlay,      &cache_inlay_verified,  &cache_inlay_many,
    &cache_inlay_copy, &cache_inlay_copy_many, &cache_lmdb,
    &cache_cdb,        &cache_redis,           &cache_redis_pipeline,
    &cache_floor,
};

const ipc_group ipc_group_cache = {
    "cache",
    "look up one of a million keys at random, and load the value",
    "lookup",
    subjects,
    sizeof subjects / sizeof subjects[0],
};

// cache_cdb.c -- tinycdb: D. J. Bernstein's constant database, mapped.

#include "bench/ipc/cache.h"

#ifdef IPC_HAVE_CDB

#include <cdb.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct constant {
    struct cdb cdb;
    int        fd;
    uint64_t   position;
} constant;

static bool cdb_build(const char *path)
{
    struct cdb_make make;
    int             fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    bool            good = fd >= 0 && cdb_make_start(&make, fd) == 0;
    size_t          i;

    for (i = 0; good && i < entries_count(); i++) {
        char        room[ENTRIES_KEY_ROOM];
        inlay_bytes key = entries_key(i, room);
        inlay_bytes value = entries_value(i);

        good = cdb_make_add(&make, key.data, (unsigned)key.size, value.data,
                            (unsigned)value.size) == 0;
    }
    good = good && cdb_make_finish(&make) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return good;
}

static bool cdb_lookup(void *state, size_t index, inlay_bytes *value)
{
    constant   *self = state;
    char        room[ENTRIES_KEY_ROOM];
    inlay_bytes key = entries_key(index, room);

    if (cdb_find(&self->cdb, key.data, (unsigned)key.size) <= 0) {
        return false;
    }
    value->data = cdb_getdata(&self->cdb);
    value->size = cdb_datalen(&self->cdb);
    return value->data != NULL;
}

static const char *cdb_start(void **state)
{
    constant *self = calloc(1, sizeof *self);
    char      path[200];

    if (self == NULL || !entries_init() ||
        !cache_file_path("cdb", path, sizeof path) || !cdb_build(path)) {
        free(self);
        return "no room for the file";
    }
    self->fd = open(path, O_RDONLY);
    if (self->fd < 0 || cdb_init(&self->cdb, self->fd) != 0 ||
        !entries_gate(cdb_lookup, self)) {
        free(self);
        return "wrong values";
    }
    *state = self;
    return NULL;
}

static bool cdb_run(void *state, uint64_t count)
{
    constant *self = state;
    bool      good = true;

    for (; count > 0; count--) {
        size_t      index = entries_next(&self->position);
        inlay_bytes value;

        good &= cdb_lookup(self, index, &value) &&
                entries_take(value.data, value.size);
    }
    return good;
}

static void cdb_stop(void *state)
{
    constant *self = state;

    cdb_free(&self->cdb);
    close(self->fd);
    free(self);
}

#else

static const char *cdb_start(void **state)
{
    (void)state;
    return "not found: libcdb-dev";
}

#define cdb_run  NULL
#define cdb_stop NULL

#endif

const ipc_subject cache_cdb = {"tinycdb", "files of at most 4 GB", cdb_start,
                               cdb_run, cdb_stop};

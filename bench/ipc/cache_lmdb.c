// cache_lmdb.c -- LMDB: read in place from its map, one transaction a block.

#include "bench/ipc/cache.h"

#ifdef IPC_HAVE_LMDB

#include <lmdb.h>
#include <stdlib.h>

typedef struct lmdb {
    MDB_env *env;
    MDB_dbi  table;
    uint64_t position;
} lmdb;

static bool lmdb_fill(lmdb *self)
{
    MDB_txn *txn;
    bool     good = mdb_txn_begin(self->env, NULL, 0, &txn) == 0 &&
                mdb_dbi_open(txn, NULL, 0, &self->table) == 0;
    size_t i;

    for (i = 0; good && i < entries_count(); i++) {
        char        room[ENTRIES_KEY_ROOM];
        inlay_bytes key = entries_key(i, room);
        inlay_bytes value = entries_value(i);
        MDB_val     k = {key.size, (void *)(uintptr_t)key.data};
        MDB_val     v = {value.size, (void *)(uintptr_t)value.data};

        good = mdb_put(txn, self->table, &k, &v, MDB_APPEND) == 0;
    }
    return good && mdb_txn_commit(txn) == 0;
}

static const char *lmdb_start(void **state)
{
    lmdb *self = calloc(1, sizeof *self);
    char  path[200];

    *state = self;
    if (self == NULL || !entries_init() ||
        !cache_file_path("lmdb", path, sizeof path) ||
        mdb_env_create(&self->env) != 0) {
        return "memory ran out";
    }
    mdb_env_set_mapsize(self->env, (size_t)1 << 30);
    if (mdb_env_open(self->env, path, MDB_NOSUBDIR | MDB_NOSYNC, 0600) != 0 ||
        !lmdb_fill(self)) {
        return "the database can't be filled";
    }
    return NULL;
}

static bool lmdb_run(void *state, uint64_t count)
{
    lmdb    *self = state;
    bool     good = true;
    MDB_txn *txn;

    if (mdb_txn_begin(self->env, NULL, MDB_RDONLY, &txn) != 0) {
        return false;
    }
    for (; count > 0; count--) {
        size_t      index = entries_next(&self->position);
        char        room[ENTRIES_KEY_ROOM];
        inlay_bytes key = entries_key(index, room);
        MDB_val     k = {key.size, (void *)(uintptr_t)key.data};
        MDB_val     v;

        good &= mdb_get(txn, self->table, &k, &v) == 0 &&
                entries_take(v.mv_data, v.mv_size);
    }
    mdb_txn_abort(txn);
    return good;
}

static void lmdb_stop(void *state)
{
    lmdb *self = state;

    mdb_env_close(self->env);
    free(self);
}

#else

static const char *lmdb_start(void **state)
{
    (void)state;
    return "not found: liblmdb-dev";
}

#define lmdb_run  NULL
#define lmdb_stop NULL

#endif

const ipc_subject cache_lmdb = {
    "LMDB", "values are transactional; one read transaction a block",
    lmdb_start, lmdb_run, lmdb_stop};

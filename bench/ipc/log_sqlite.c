// log_sqlite.c -- SQLite as a log: a table of blobs, write-ahead log, a
// transaction per batch, not synced; as it would be set up for this.
#include "bench/ipc/log.h"

#ifdef IPC_HAVE_SQLITE

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct database {
    char          path[200];
    sqlite3      *db;
    sqlite3_stmt *insert;
    sqlite3_stmt *select;
    uint64_t      written;
    uint64_t      sum;
} database;

static bool run_sql(database *self, const char *text)
{
    return sqlite3_exec(self->db, text, NULL, NULL, NULL) == SQLITE_OK;
}

static void database_close(database *self)
{
    char path[220];

    sqlite3_finalize(self->insert);
    sqlite3_finalize(self->select);
    sqlite3_close(self->db);
    self->insert = NULL;
    self->select = NULL;
    self->db = NULL;
    unlink(self->path);
    snprintf(path, sizeof path, "%s-wal", self->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", self->path);
    unlink(path);
}

static bool database_begin(database *self)
{
    database_close(self);
    self->written = 0;
    return sqlite3_open(self->path, &self->db) == SQLITE_OK &&
           run_sql(self,
                   "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
                   "PRAGMA locking_mode=EXCLUSIVE;"
                   "CREATE TABLE log(id INTEGER PRIMARY KEY, data BLOB)") &&
           sqlite3_prepare_v2(self->db, "INSERT INTO log(data) VALUES(?)", -1,
                              &self->insert, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(self->db, "SELECT data FROM log ORDER BY id", -1,
                              &self->select, NULL) == SQLITE_OK;
}

static bool record_insert(database *self, uint64_t index)
{
    return sqlite3_bind_blob(self->insert, 1, log_record(index),
                             LOG_RECORD_SIZE, SQLITE_STATIC) == SQLITE_OK &&
           sqlite3_step(self->insert) == SQLITE_DONE &&
           sqlite3_reset(self->insert) == SQLITE_OK;
}

static bool append_run(void *state, uint64_t count)
{
    database *self = state;
    bool      good = true;
    uint64_t  i = 0;

    while (i < count && good) {
        uint64_t end = count - i < LOG_BATCH ? count : i + LOG_BATCH;

        if (self->written >= log_records_max()) {
            good = database_begin(self);
        }
        self->written += end - i;
        good = good && run_sql(self, "BEGIN");
        for (; i < end && good; i++) {
            good = record_insert(self, i);
        }
        good = good && run_sql(self, "COMMIT");
    }
    return good;
}

static const char *start(void **state, const char *name)
{
    database *self = calloc(1, sizeof *self);

    if (self == NULL || !log_path(self->path, name) || !database_begin(self)) {
        free(self);
        return "no database";
    }
    *state = self;
    return NULL;
}

static const char *append_start(void **state)
{
    return start(state, "append.sqlite");
}

static void stop(void *state)
{
    database_close(state);
    free(state);
}

static const char *scan_start(void **state)
{
    const char *why = start(state, "scan.sqlite");

    if (why != NULL) {
        return why;
    }
    return append_run(*state, log_records_max()) ? NULL : "no records";
}

static bool scan_run(void *state, uint64_t count)
{
    database *self = state;

    while (count > 0) {
        int got = sqlite3_step(self->select);

        if (got == SQLITE_ROW) {
            const uint8_t *data = sqlite3_column_blob(self->select, 0);

            self->sum += data[0];
            count--;
        } else if (got != SQLITE_DONE ||
                   sqlite3_reset(self->select) != SQLITE_OK) {
            return false;
        }
    }
    return true;
}

const ipc_subject log_sqlite_append = {
    "SQLite", "WAL, a transaction per 256 records; not synced", append_start,
    append_run, stop};
const ipc_subject log_sqlite_scan = {"SQLite", "one statement; no checksum",
                                     scan_start, scan_run, stop};

#else

static const char *absent(void **state)
{
    (void)state;
    return "was not found when this was built";
}

const ipc_subject log_sqlite_append = {"SQLite", NULL, absent, NULL, NULL};
const ipc_subject log_sqlite_scan = {"SQLite", NULL, absent, NULL, NULL};

#endif

// test_log_torn.c -- the machine loses its power. What a log did to its file is
// recorded and done again up to every point, whole, in part, and in any order
// between two syncs: whatever was promised must be there, and the log must go
// on.
#include "log_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log_recorder.h"

enum {
    SECTOR = 512,
    FILE_MAX = 1 << 20
};

// ---- The story --------------------------------------------------------------

static void sync_now(inlay_log *log)
{
    assert_int_equal(inlay_log_sync(log), INLAY_OK);
    log_ops[log_op_count - 1].promised = log->sequence;
}

// Some sessions of appending, with flushes and syncs in between, and a tail in
// the making before the third.
static void story_record(const char *path)
{
    static const uint8_t torn[700] = {1, 2, 3};
    inlay_log_options    how = {.chunk_size = 1500};
    inlay_log            log;
    size_t               size;
    uint8_t             *bytes;
    unsigned             session, i;

    for (session = 0; session < 4; session++) {
        if (session == 2) {
            log_record_stop(); // not the log's doing
            bytes = log_bytes(path, &size);
            bytes = realloc(bytes, size + sizeof torn);
            assert_non_null(bytes);
            memcpy(bytes + size, torn, sizeof torn);
            log_bytes_write(path, bytes, size + sizeof torn);
            free(bytes);
        }
        log_record_start();
        assert_int_equal(inlay_log_open(&log, path, &journal_event_desc, &how),
                         INLAY_OK);
        for (i = 0; i < 40; i++) {
            assert_int_equal(log_append_next(&log), INLAY_OK);
            if (i % 9 == 8) {
                sync_now(&log);
            } else if (i % 4 == 3) {
                assert_int_equal(inlay_log_flush(&log), INLAY_OK);
            }
        }
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
    }
    log_record_stop();
}

// ---- A disk -----------------------------------------------------------------

typedef struct disk {
    uint8_t  bytes[FILE_MAX];
    size_t   size;
    uint64_t promised;
} disk;

// Writes the first `size` bytes of an operation's; all sectors or only those
// that `sectors`, if not NULL, draws.
static void disk_write(disk *self, const log_op *op, size_t size,
                       uint64_t *sectors)
{
    size_t at;

    assert_true(op->offset + op->size <= FILE_MAX);
    for (at = 0; at < size;) {
        size_t part = SECTOR - (op->offset + at) % SECTOR;

        part = part < size - at ? part : size - at;
        if (sectors != NULL) {
            *sectors = *sectors * 6364136223846793005u + 1442695040888963407u;
        }
        if (sectors == NULL || (*sectors >> 40) % 3 != 0) {
            memcpy(self->bytes + op->offset + at, op->data + at, part);
        }
        at += part;
    }
    if (size > 0 && op->offset + size > self->size) {
        self->size = op->offset + size;
    }
}

static void disk_do(disk *self, const log_op *op)
{
    switch (op->kind) {
    case LOG_OP_WRITE:
        disk_write(self, op, op->size, NULL);
        break;
    case LOG_OP_CUT:
        if (op->offset < self->size) {
            memset(self->bytes + op->offset, 0, self->size - op->offset);
        }
        self->size = op->offset;
        break;
    case LOG_OP_SYNC:
        if (op->promised > self->promised) {
            self->promised = op->promised;
        }
        break;
    }
}

// Looks at what is left after the power came back, and goes on.
static void disk_check(const disk *self, const char *path)
{
    log_seen     seen;
    inlay_log    log;
    inlay_status status;
    uint64_t     i;

    log_bytes_write(path, self->bytes, self->size);
    status = log_scan(path, NULL, &seen);
    assert_true(status == INLAY_OK || self->promised == 0);
    for (i = 0; i < self->promised; i++) {
        assert_true(seen.has[i]);
    }
    assert_int_equal(inlay_log_open(&log, path, &journal_event_desc, NULL),
                     INLAY_OK);
    assert_true(log.sequence >= self->promised);
    assert_int_equal(log_append_next(&log), INLAY_OK);
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
    assert_int_equal(log_scan(path, NULL, &seen), INLAY_OK);
    for (i = 0; i < self->promised; i++) {
        assert_true(seen.has[i]);
    }
    assert_int_equal(seen.tail, 0);
}

// ---- Tests ------------------------------------------------------------------

typedef struct fixture {
    char path[LOG_PATH_SIZE];
    disk now;
    disk torn;
} fixture;

static int setup(void **state)
{
    fixture *self = calloc(1, sizeof *self);

    assert_non_null(self);
    log_path_make(self->path);
    story_record(self->path);
    assert_true(log_op_count > 50);
    *state = self;
    return 0;
}

static int teardown(void **state)
{
    fixture *self = *state;

    log_record_free();
    log_path_remove(self->path);
    free(self);
    return 0;
}

static void disk_copy(disk *to, const disk *from)
{
    size_t size = to->size > from->size ? to->size : from->size;

    memcpy(to->bytes, from->bytes, size);
    to->size = from->size;
    to->promised = from->promised;
}

// In order, each write up to every so many bytes.
static void test_log__survives_at_every_prefix(void **state)
{
    fixture *self = *state;
    size_t   i, part;

    disk_check(&self->now, self->path);
    for (i = 0; i < log_op_count; i++) {
        const log_op *op = &log_ops[i];

        for (part = 1; part < op->size; part += part < 200 ? 13 : 97) {
            disk_copy(&self->torn, &self->now);
            disk_write(&self->torn, op, part, NULL);
            disk_check(&self->torn, self->path);
        }
        disk_do(&self->now, op);
        disk_check(&self->now, self->path);
    }
    assert_int_equal(self->now.promised, 156);
}

// Out of order: of what came after the last sync, any sectors of any writes,
// and the file as long as the last of them made it, or shorter.
static void test_log__survives_in_any_order(void **state)
{
    fixture *self = *state;
    uint64_t random = 1;
    size_t   i, j, synced = 0;
    int      round;

    for (i = 0; i < log_op_count; i++) {
        const log_op *op = &log_ops[i];

        if (op->kind == LOG_OP_SYNC) {
            for (; synced <= i; synced++) {
                disk_do(&self->now, &log_ops[synced]);
            }
            continue;
        }
        for (round = 0; round < 12; round++) {
            disk_copy(&self->torn, &self->now);
            for (j = synced; j <= i; j++) {
                if (log_ops[j].kind == LOG_OP_WRITE) {
                    disk_write(&self->torn, &log_ops[j], log_ops[j].size,
                               &random);
                } else {
                    disk_do(&self->torn, &log_ops[j]);
                }
            }
            disk_check(&self->torn, self->path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log__survives_at_every_prefix,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_log__survives_in_any_order, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

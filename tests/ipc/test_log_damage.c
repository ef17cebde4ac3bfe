// test_log_damage.c -- logs that are damaged: one byte costs one chunk, and
// whatever the bytes, nothing is read that is not there (sanitizers watch).
#include "log_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/log/format.h"

enum {
    EVENTS = 40,
    GROUP = 5, // events of a chunk
    CHUNKS = EVENTS / GROUP
};

typedef struct fixture {
    char     path[LOG_PATH_SIZE];
    uint8_t *bytes;
    size_t   size;
    size_t   starts[CHUNKS + 1];
    size_t   ends[CHUNKS]; // of what counts: header and data, without the pad
    uint8_t  marker[LOG_MARKER_SIZE];
} fixture;

static int fixture_make(void **state, unsigned compression)
{
    fixture          *self = calloc(1, sizeof *self);
    inlay_log_options how = {.compression = compression};
    log_header        header;
    log_chunk         chunk;
    size_t            at;
    unsigned          i;

    assert_non_null(self);
    log_path_make(self->path);
    log_fill(self->path, &how, EVENTS, GROUP);
    self->bytes = log_bytes(self->path, &self->size);
    assert_int_equal(log_header_read(self->bytes, &header), INLAY_OK);
    memcpy(self->marker, header.marker, LOG_MARKER_SIZE);
    at = 2 * (size_t)log_header_extent(&header);
    for (i = 0; i < CHUNKS; i++) {
        assert_true(log_chunk_read(self->bytes + at, self->marker, at, &chunk));
        self->starts[i] = at;
        self->ends[i] = at + LOG_CHUNK_SIZE + chunk.stored;
        at += (size_t)log_chunk_extent(&chunk);
    }
    self->starts[CHUNKS] = at;
    assert_int_equal(at, self->size);
    *state = self;
    return 0;
}

static int setup(void **state)
{
    return fixture_make(state, INLAY_LOG_PLAIN);
}

static int setup_packed(void **state)
{
    return fixture_make(state, INLAY_LOG_LZ4);
}

static int teardown(void **state)
{
    fixture *self = *state;

    log_path_remove(self->path);
    free(self->bytes);
    free(self);
    return 0;
}

// The chunk in which a byte counts; CHUNKS where it counts in none.
static unsigned chunk_of(const fixture *self, size_t at)
{
    unsigned i = 0;

    while (i < CHUNKS && !(at >= self->starts[i] && at < self->ends[i])) {
        i++;
    }
    return i;
}

// Makes sure that all events are there but those of one chunk.
static void expect_all_but(const log_seen *seen, unsigned chunk)
{
    unsigned i;

    for (i = 0; i < EVENTS; i++) {
        assert_int_equal(seen->has[i], i / GROUP != chunk);
    }
    if (chunk == CHUNKS) {
        assert_int_equal(seen->damages + seen->tail, 0);
    } else if (chunk == CHUNKS - 1) {
        assert_int_equal(seen->damages, 0);
        assert_true(seen->tail > 0);
    } else {
        assert_int_equal(seen->damages, 1);
        assert_int_equal(seen->lost, GROUP);
        assert_int_equal(seen->tail, 0);
    }
}

// ---- One byte ---------------------------------------------------------------

static void test_log__one_byte_costs_one_chunk(void **state)
{
    fixture *self = *state;
    log_seen seen;
    size_t   at;

    for (at = 0; at < self->size; at++) {
        inlay_log_reader_options how = {.map = at % 2 == 0};
        uint8_t                  kept = self->bytes[at];

        self->bytes[at] ^= (uint8_t)(1u << at % 8);
        log_bytes_write(self->path, self->bytes, self->size);
        self->bytes[at] = kept;
        assert_int_equal(log_scan(self->path, &how, &seen), INLAY_OK);
        expect_all_but(&seen, chunk_of(self, at));
    }
}

// The same, through two readers of a part each: told once.
static void test_log__parts_tell_of_damage_once(void **state)
{
    fixture *self = *state;
    log_seen before, after;
    size_t   at, cut;
    unsigned i;

    for (at = self->starts[2]; at < self->size; at += 197) {
        unsigned chunk = chunk_of(self, at);

        self->bytes[at] ^= 1;
        log_bytes_write(self->path, self->bytes, self->size);
        self->bytes[at] ^= 1;
        for (cut = 1; cut < self->size; cut += 111) {
            inlay_log_reader_options first = {.to = cut};
            inlay_log_reader_options second = {.from = cut};

            assert_int_equal(log_scan(self->path, &first, &before), INLAY_OK);
            assert_int_equal(log_scan(self->path, &second, &after), INLAY_OK);
            for (i = 0; i < EVENTS; i++) {
                assert_int_equal(before.has[i] + after.has[i],
                                 i / GROUP != chunk);
            }
            assert_int_equal(before.damages + (before.tail > 0) +
                                 after.damages + (after.tail > 0),
                             chunk < CHUNKS);
        }
    }
}

// ---- Truncation -------------------------------------------------------------

static void test_log__every_truncation(void **state)
{
    fixture  *self = *state;
    log_seen  seen;
    inlay_log log;
    size_t    size;
    unsigned  i;

    for (size = 0; size < self->size; size++) {
        inlay_log_reader_options how = {.map = size % 2 == 0};
        unsigned                 whole = 0;

        while (whole < CHUNKS && self->ends[whole] <= size) {
            whole++;
        }
        log_bytes_write(self->path, self->bytes, size);
        if (log_scan(self->path, &how, &seen) == INLAY_OK) {
            for (i = 0; i < EVENTS; i++) {
                assert_int_equal(seen.has[i], i < whole * GROUP);
            }
        } else {
            assert_true(size < self->starts[0] / 2);
        }

        // Goes on where it was whole.
        assert_int_equal(
            inlay_log_open(&log, self->path, &journal_event_desc, NULL),
            INLAY_OK);
        assert_int_equal(log.sequence, whole * GROUP);
        assert_int_equal(log_append_next(&log), INLAY_OK);
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        assert_int_equal(log_scan(self->path, &how, &seen), INLAY_OK);
        assert_int_equal(seen.count, whole * GROUP + 1);
        assert_int_equal(seen.damages + seen.tail, 0);
    }
}

// ---- Opening for append -----------------------------------------------------

// What is damaged before the last whole chunk stays for who wants to see to it;
// a damaged header is written again.
static void test_log__append_keeps_what_is_behind_damage(void **state)
{
    fixture  *self = *state;
    log_seen  seen;
    inlay_log log;
    size_t    at;

    for (at = 0; at < self->starts[CHUNKS - 1]; at += 13) {
        unsigned chunk = chunk_of(self, at);

        self->bytes[at] ^= 0x10;
        log_bytes_write(self->path, self->bytes, self->size);
        self->bytes[at] ^= 0x10;
        assert_int_equal(
            inlay_log_open(&log, self->path, &journal_event_desc, NULL),
            INLAY_OK);
        assert_int_equal(log.cut, 0);
        assert_int_equal(log.sequence, EVENTS);
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        assert_int_equal(log_scan(self->path, NULL, &seen), INLAY_OK);
        expect_all_but(&seen, chunk);
        if (at < self->starts[0]) {
            size_t   size;
            uint8_t *bytes = log_bytes(self->path, &size);

            assert_memory_equal(bytes, self->bytes, self->starts[0]);
            free(bytes);
        }
    }
}

static void test_log__cuts_what_follows_the_last_chunk(void **state)
{
    fixture  *self = *state;
    size_t    room = self->size + 3000000;
    uint8_t  *bytes = malloc(room);
    log_seen  seen;
    inlay_log log;
    size_t    extra;

    assert_non_null(bytes);
    memcpy(bytes, self->bytes, self->size);
    for (extra = 1; self->size + extra < room; extra = extra * 3 + 1) {
        memset(bytes + self->size, (int)(extra % 256), extra);
        log_bytes_write(self->path, bytes, self->size + extra);
        assert_int_equal(log_scan(self->path, NULL, &seen), INLAY_OK);
        assert_int_equal(seen.count, EVENTS);
        assert_int_equal(seen.tail, extra);
        assert_int_equal(
            inlay_log_open(&log, self->path, &journal_event_desc, NULL),
            INLAY_OK);
        assert_int_equal(log.cut, extra);
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        assert_int_equal(log_scan(self->path, NULL, &seen), INLAY_OK);
        assert_int_equal(seen.tail, 0);
    }
    free(bytes);
}

// ---- Lies -------------------------------------------------------------------

// A chunk whose hashes hold and whose numbers do not.
static void lie(const fixture *self, unsigned which, uint32_t number)
{
    size_t    at = self->starts[3];
    uint8_t  *to = self->bytes + at;
    log_chunk chunk;

    assert_true(log_chunk_read(to, self->marker, at, &chunk));
    switch (which) {
    case 0:
        chunk.count = number;
        break;
    case 1:
        chunk.raw = number;
        break;
    case 2:
        chunk.stored = number;
        break;
    case 3:
        chunk.raw = number;
        chunk.stored = number;
        break;
    case 4:
        chunk.compression = (uint8_t)number;
        break;
    default: // an end
        memcpy(to + LOG_CHUNK_SIZE + chunk.raw - 4 * (which - 4), &number, 4);
        break;
    }
    if (chunk.stored <= self->ends[3] - at - LOG_CHUNK_SIZE) {
        chunk.data_hash = inlay_bytes_hash64(to + LOG_CHUNK_SIZE, chunk.stored);
    }
    log_chunk_write(&chunk, self->marker, to);
}

static void test_log__hashes_that_hold_do_not_make_it_true(void **state)
{
    static const uint32_t numbers[] = {0,   1,   2,          3,          7,  64,
                                       100, 255, 0x7fffffff, 0xffffffff, 200};
    fixture              *self = *state;
    uint8_t              *kept = malloc(self->size);
    unsigned              which, i;

    assert_non_null(kept);
    memcpy(kept, self->bytes, self->size);
    for (which = 0; which < 5 + GROUP; which++) {
        for (i = 0; i < sizeof numbers / sizeof *numbers * 2; i++) {
            inlay_log_reader_options how = {.map = i % 2 == 0};
            inlay_log_reader         reader;
            inlay_log_record         record;
            inlay_status             status;
            uint64_t                 sum = 0;

            lie(self, which, numbers[i / 2]);
            log_bytes_write(self->path, self->bytes, self->size);
            memcpy(self->bytes, kept, self->size);
            assert_int_equal(inlay_log_reader_open(&reader, self->path, &how),
                             INLAY_OK);
            while ((status = inlay_log_next(&reader, &record)) !=
                   INLAY_CLOSED) {
                assert_true(status == INLAY_OK || status == INLAY_DAMAGED);
                if (status == INLAY_OK && record.size > 0) {
                    sum += record.data[0] + record.data[record.size - 1];
                }
            }
            assert_true(sum > 0);
            inlay_log_reader_close(&reader);
        }
    }
    free(kept);
}

// Bytes at random, everywhere.
static void test_log__noise(void **state)
{
    fixture *self = *state;
    uint64_t number = 1;
    int      round;

    for (round = 0; round < 1500; round++) {
        uint8_t         *bytes = malloc(self->size);
        inlay_log_reader reader;
        inlay_log_record record;
        inlay_status     status;
        int              i;

        assert_non_null(bytes);
        memcpy(bytes, self->bytes, self->size);
        for (i = 0; i < round % 40 + 1; i++) {
            size_t at, size;

            number = number * 6364136223846793005u + 1442695040888963407u;
            at = (size_t)(number >> 20) % self->size;
            size = (size_t)(number >> 50) % 200;
            size = size < self->size - at ? size : self->size - at;
            if (i % 2 == 0) {
                memset(bytes + at, (int)(number >> 40 & 255), size);
            } else {
                memmove(bytes + at, bytes + (number >> 33) % 1000, size);
            }
        }
        log_bytes_write(self->path, bytes, self->size);
        free(bytes);
        if (inlay_log_reader_open(&reader, self->path, NULL) != INLAY_OK) {
            continue;
        }
        while ((status = inlay_log_next(&reader, &record)) != INLAY_CLOSED) {
            assert_true(status == INLAY_OK || status == INLAY_DAMAGED);
        }
        inlay_log_reader_close(&reader);
    }
}

int main(void)
{
#define LOG_TEST(name)                                                         \
    cmocka_unit_test_setup_teardown(name, setup, teardown),                    \
        cmocka_unit_test_setup_teardown(name, setup_packed, teardown)
    const struct CMUnitTest tests[] = {
        LOG_TEST(test_log__one_byte_costs_one_chunk),
        LOG_TEST(test_log__parts_tell_of_damage_once),
        LOG_TEST(test_log__every_truncation),
        LOG_TEST(test_log__append_keeps_what_is_behind_damage),
        LOG_TEST(test_log__cuts_what_follows_the_last_chunk),
        LOG_TEST(test_log__noise),
        cmocka_unit_test_setup_teardown(
            test_log__hashes_that_hold_do_not_make_it_true, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_log.c -- logs that are well: what is appended is read, in every way that
// there is, while it grows too.
#include "log_support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json_support.h"

static int path_setup(void **state)
{
    char *path = malloc(LOG_PATH_SIZE);

    assert_non_null(path);
    log_path_make(path);
    *state = path;
    return 0;
}

static int path_teardown(void **state)
{
    log_path_remove(*state);
    free(*state);
    return 0;
}

// ---- All there is -----------------------------------------------------------

static void test_log__gives_what_was_appended(void **state)
{
    static const size_t chunk_sizes[] = {1, 700, 4096, 0};
    log_seen            seen;
    unsigned            i;

    for (i = 0; i < 4 * 2 * 3 * 2; i++) {
        inlay_log_options        how = {.chunk_size = chunk_sizes[i % 4],
                                        .align = i / 4 % 2 == 0 ? 8 : 64,
                                        .compression = i / 8 % 3};
        inlay_log_reader_options reading = {.record = &journal_event_desc,
                                            .map = i / 24 == 1};

        log_fill(*state, &how, 500, 1000);
        assert_int_equal(log_scan(*state, &reading, &seen), INLAY_OK);
        assert_int_equal(seen.count, 500);
        assert_int_equal(seen.damages, 0);
        assert_int_equal(seen.tail, 0);
        remove(*state);
    }
}

static void test_log__goes_on(void **state)
{
    inlay_log log;
    log_seen  seen;
    uint64_t  count;

    for (count = 0; count < 300; count += 7) {
        log_fill(*state, NULL, count, 5);
        assert_int_equal(log_scan(*state, NULL, &seen), INLAY_OK);
        assert_int_equal(seen.count, count);
        assert_int_equal(seen.damages, 0);
    }
    assert_int_equal(inlay_log_open(&log, *state, &journal_event_desc, NULL),
                     INLAY_OK);
    assert_int_equal(log.cut, 0);
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
}

static void test_log__takes_what_is_encoded_in_place(void **state)
{
    inlay_log log;
    log_seen  seen;
    uint8_t   bytes[LOG_EVENT_MAX];
    uint8_t  *room;

    assert_int_equal(inlay_log_open(&log, *state, &journal_event_desc, NULL),
                     INLAY_OK);
    while (log.sequence < 200) {
        size_t size = log_event(log.sequence, bytes);

        assert_int_equal(inlay_log_reserve(&log, LOG_EVENT_MAX, &room),
                         INLAY_OK);
        memcpy(room, bytes, size);
        memset(room + size, 0xee, LOG_EVENT_MAX - size); // left over
        inlay_log_commit(&log, size);
    }
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
    assert_int_equal(log_scan(*state, NULL, &seen), INLAY_OK);
    assert_int_equal(seen.count, 200);
}

static void test_log__takes_large_and_empty_records(void **state)
{
    size_t           size = 5 << 20;
    uint8_t         *large = calloc(1, size);
    inlay_log        log;
    inlay_log_reader reader;
    inlay_log_record record;
    uint8_t         *room;
    int              i;

    assert_non_null(large);
    large[size - 1] = 7;
    assert_int_equal(inlay_log_open(&log, *state, &journal_event_desc, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_log_reserve(&log, INLAY_LOG_RECORD_MAX + 1, &room),
                     INLAY_OVER_LIMIT);
    for (i = 0; i < 3; i++) {
        assert_int_equal(inlay_log_append(&log, NULL, 0), INLAY_OK);
        assert_int_equal(inlay_log_append(&log, large, size), INLAY_OK);
    }
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL), INLAY_OK);
    for (i = 0; i < 3; i++) {
        assert_int_equal(inlay_log_next(&reader, &record), INLAY_OK);
        assert_int_equal(record.size, 0);
        assert_int_equal(inlay_log_next(&reader, &record), INLAY_OK);
        assert_int_equal(record.size, size);
        assert_memory_equal(record.data, large, size);
    }
    assert_int_equal(inlay_log_next(&reader, &record), INLAY_CLOSED);
    inlay_log_reader_close(&reader);
    free(large);
}

static void test_log__describes_itself(void **state)
{
    inlay_log_reader  reader;
    inlay_description description;
    inlay_log         log;
    inlay_buffer      bytes;

    log_fill(*state, NULL, 3, 1);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL), INLAY_OK);
    assert_int_equal(inlay_log_reader_describe(&reader, &description),
                     INLAY_OK);
    assert_string_equal(description.record->name, "journal.Event");
    assert_true(
        inlay_hash128_equal(description.fingerprint, reader.fingerprint));
    assert_true(reader.type_id == JOURNAL_EVENT_TYPE_ID);
    inlay_buffer_init(&bytes, NULL);
    assert_int_equal(inlay_describe(&journal_event_desc, &bytes), INLAY_OK);
    assert_int_equal(bytes.size, reader.description.size);
    assert_memory_equal(bytes.data, reader.description.data, bytes.size);
    inlay_buffer_release(&bytes);

    // The description opens it as the tables do.
    assert_int_equal(
        inlay_log_open_described(&log, *state, reader.description, NULL),
        INLAY_OK);
    assert_int_equal(log.sequence, 3);
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
    inlay_description_release(&description);
    inlay_log_reader_close(&reader);
}

// ---- Parts ------------------------------------------------------------------

static void test_log__splits_at_every_byte(void **state)
{
    inlay_log_options how = {.chunk_size = 500};
    log_seen          before, after, all;
    size_t            size, at;

    log_fill(*state, &how, 40, 3);
    free(log_bytes(*state, &size));
    assert_int_equal(log_scan(*state, NULL, &all), INLAY_OK);
    for (at = 1; at <= size; at++) {
        inlay_log_reader_options first = {.to = at, .map = at % 2 == 0};
        inlay_log_reader_options second = {.from = at, .map = at % 3 == 0};
        unsigned                 i;

        assert_int_equal(log_scan(*state, &first, &before), INLAY_OK);
        assert_int_equal(log_scan(*state, &second, &after), INLAY_OK);
        assert_int_equal(before.count + after.count, 40);
        for (i = 0; i < 40; i++) {
            assert_true(before.has[i] != after.has[i]);
        }
        assert_int_equal(before.tail + after.tail, 0);
        assert_int_equal(before.damages + after.damages, 0);
    }
}

// ---- Seeking ----------------------------------------------------------------

static void test_log__seeks(void **state)
{
    inlay_log_options how = {.chunk_size = 900};
    inlay_log_reader  reader;
    inlay_log_record  record;
    uint64_t          wanted;

    log_fill(*state, &how, 1500, 11);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL), INLAY_OK);
    for (wanted = 0; wanted < 1500; wanted++) {
        uint64_t number = wanted * 997 % 1500;

        assert_int_equal(inlay_log_seek(&reader, number), INLAY_OK);
        assert_int_equal(inlay_log_next(&reader, &record), INLAY_OK);
        assert_int_equal(record.sequence, number);

        // Its key is ten times its number; few records come before it.
        assert_int_equal(inlay_log_seek_key(&reader, number * 10), INLAY_OK);
        assert_int_equal(inlay_log_next(&reader, &record), INLAY_OK);
        assert_true(record.sequence <= number &&
                    number - record.sequence <= 11);
    }
    assert_int_equal(inlay_log_seek(&reader, 1500), INLAY_OK);
    assert_int_equal(inlay_log_next(&reader, &record), INLAY_CLOSED);
    assert_int_equal(reader.damage.size, 0);
    inlay_log_reader_close(&reader);
}

// ---- Growing ----------------------------------------------------------------

static void test_log__is_read_while_it_grows(void **state)
{
    int map;

    for (map = 0; map < 2; map++) {
        inlay_log_reader_options reading = {.map = map == 1};
        inlay_log_reader         reader;
        inlay_log_record         record;
        inlay_log                log;
        uint64_t                 read = 0;

        assert_int_equal(
            inlay_log_open(&log, *state, &journal_event_desc, NULL), INLAY_OK);
        assert_int_equal(inlay_log_reader_open(&reader, *state, &reading),
                         INLAY_OK);
        while (log.sequence < 3000) {
            assert_int_equal(log_append_next(&log), INLAY_OK);
            if (log.sequence % 13 != 0) {
                continue;
            }
            assert_int_equal(inlay_log_flush(&log), INLAY_OK);
            while (inlay_log_next(&reader, &record) == INLAY_OK) {
                assert_int_equal(record.sequence, read);
                read++;
            }
            assert_int_equal(read, log.sequence);
        }
        inlay_log_reader_close(&reader);
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        remove(*state);
    }
}

// ---- What can't be opened ---------------------------------------------------

static void test_log__refuses(void **state)
{
    inlay_log_options        must_exist = {.must_exist = true};
    inlay_log_options        must_be_new = {.must_be_new = true};
    inlay_log_reader_options other = {.record = &journal_other_desc};
    uint8_t                  text[300];
    inlay_log                log, second;
    inlay_log_reader         reader;

    assert_int_equal(
        inlay_log_open(&log, *state, &journal_event_desc, &must_exist),
        INLAY_SYSTEM);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL),
                     INLAY_SYSTEM);
    log_fill(*state, &must_be_new, 3, 1);
    assert_int_equal(
        inlay_log_open(&log, *state, &journal_event_desc, &must_be_new),
        INLAY_SYSTEM);
    assert_int_equal(errno, EEXIST);
    assert_int_equal(inlay_log_open(&log, *state, &journal_other_desc, NULL),
                     INLAY_TYPE_ID);
    assert_int_equal(inlay_log_reader_open(&reader, *state, &other),
                     INLAY_TYPE_ID);

    assert_int_equal(inlay_log_open(&log, *state, &journal_event_desc, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_log_open(&second, *state, &journal_event_desc, NULL),
                     INLAY_WOULD_WAIT);
    assert_int_equal(inlay_log_close(&log), INLAY_OK);

    memset(text, 'x', sizeof text);
    log_bytes_write(*state, text, sizeof text);
    assert_int_equal(inlay_log_open(&log, *state, &journal_event_desc, NULL),
                     INLAY_MAGIC);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL), INLAY_MAGIC);
    log_bytes_write(*state, text, 0);
    assert_int_equal(inlay_log_reader_open(&reader, *state, NULL),
                     INLAY_CUT_SHORT);
    log_fill(*state, NULL, 3, 1); // made anew
}

static void test_log__refuses_another_schema(void **state)
{
    json_schema from;
    inlay_log   log;

    log_fill(*state, NULL, 3, 1);
    json_schema_text(&from, "package journal; record Event { number: u64; }");
    assert_int_equal(
        inlay_log_open(&log, *state, json_schema_record(&from, "Event"), NULL),
        INLAY_DESCRIPTION);
    json_schema_release(&from);
}

// ---- Memory -----------------------------------------------------------------

static inlay_status use_all(const char *path, const inlay_alloc *alloc)
{
    inlay_log_options how = {
        .alloc = alloc, .chunk_size = 800, .compression = INLAY_LOG_LZ4};
    inlay_log_reader_options reading = {.alloc = alloc};
    inlay_log                log;
    inlay_log_reader         reader;
    inlay_log_record         record;
    inlay_status status = inlay_log_open(&log, path, &journal_event_desc, &how);

    if (status != INLAY_OK) {
        return status;
    }
    while (status == INLAY_OK && log.sequence < 100) {
        status = log_append_next(&log);
    }
    if (status != INLAY_OK) {
        assert_int_equal(inlay_log_close(&log), INLAY_OK);
        return status;
    }
    assert_int_equal(inlay_log_close(&log), INLAY_OK);
    status = inlay_log_reader_open(&reader, path, &reading);
    if (status != INLAY_OK) {
        return status;
    }
    while ((status = inlay_log_next(&reader, &record)) == INLAY_OK) {
    }
    inlay_log_reader_close(&reader);
    return status;
}

static void test_log__memory_runs_out(void **state)
{
    inlay_status status = INLAY_OUT_OF_MEMORY;
    log_seen     seen;
    size_t       nth;

    for (nth = 1; status != INLAY_CLOSED; nth++) {
        json_memory memory = {.fail_at = nth};
        inlay_alloc alloc = json_memory_alloc(&memory);

        status = use_all(*state, &alloc);
        if (status != INLAY_CLOSED) {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
        }
        assert_int_equal(memory.held, 0);
        if (log_scan(*state, NULL, &seen) == INLAY_OK) {
            assert_int_equal(seen.damages + seen.tail, 0);
        }
        remove(*state);
    }
    assert_true(nth > 15);
}

int main(void)
{
#define LOG_TEST(name)                                                         \
    cmocka_unit_test_setup_teardown(name, path_setup, path_teardown)
    const struct CMUnitTest tests[] = {
        LOG_TEST(test_log__gives_what_was_appended),
        LOG_TEST(test_log__goes_on),
        LOG_TEST(test_log__takes_what_is_encoded_in_place),
        LOG_TEST(test_log__takes_large_and_empty_records),
        LOG_TEST(test_log__describes_itself),
        LOG_TEST(test_log__splits_at_every_byte),
        LOG_TEST(test_log__seeks),
        LOG_TEST(test_log__is_read_while_it_grows),
        LOG_TEST(test_log__refuses),
        LOG_TEST(test_log__refuses_another_schema),
        LOG_TEST(test_log__memory_runs_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_json_hostile.c -- the vectors, cut and mutated, under the sanitizers.
//
// Whatever is accepted must survive the other direction: JSON that reads gives
// a message that verifies and writes JSON of the same message; a message that
// verifies writes JSON that reads and writes as the same text.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/verify.h>

#include "json_support.h"

typedef struct sample {
    const inlay_record_desc *record;
    inlay_str                json;
    uint8_t                 *bytes;
    size_t                   size;
} sample;

typedef struct corpus {
    char       *text;
    inlay_pool  pool;
    size_t      schema_count;
    char        names[16][64];
    json_schema schemas[16];
    size_t      count;
    sample      samples[400];
} corpus;

static corpus shared;

// Returns the schema of a file, compiled once.
static json_schema *corpus_schema(inlay_str file)
{
    char   path[500];
    size_t i = 0;

    while (i < shared.schema_count &&
           !inlay_str_equal(inlay_str_from(shared.names[i]), file)) {
        i++;
    }
    if (i == shared.schema_count) {
        assert_true(i < 16);
        snprintf(shared.names[i], sizeof shared.names[i], "%.*s",
                 (int)file.size, file.data);
        snprintf(path, sizeof path, "%s/%s", INLAY_VECTORS_DIR,
                 shared.names[i]);
        json_schema_load(&shared.schemas[i], path);
        shared.schema_count++;
    }
    return &shared.schemas[i];
}

static int corpus_setup(void **state)
{
    json_failure      failure;
    size_t            size;
    const json_value *entry;
    const json_value *root;

    (void)state;
    shared.text = json_file(INLAY_VECTORS_DIR "/vectors.json", &size);
    inlay_pool_init(&shared.pool, NULL);
    root = inlay_json_parse(shared.text, size, &shared.pool, &failure);
    assert_non_null(root);
    entry = json_member(root, "valid")->first;
    for (; entry != NULL && shared.count < 400; entry = entry->next) {
        sample   *to = &shared.samples[shared.count++];
        inlay_str root_name = json_member(entry, "root")->text;
        char      name[64];

        snprintf(name, sizeof name, "%.*s", (int)root_name.size,
                 root_name.data);
        to->record = json_schema_record(
            corpus_schema(json_member(entry, "schema")->text), name);
        to->json = json_text_of(shared.text, json_member(entry, "json"));
        to->bytes = json_unhex(json_member(entry, "hex")->text, &to->size);
    }
    return 0;
}

static int corpus_teardown(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < shared.count; i++) {
        free(shared.samples[i].bytes);
    }
    for (i = 0; i < shared.schema_count; i++) {
        json_schema_release(&shared.schemas[i]);
    }
    inlay_pool_release(&shared.pool);
    free(shared.text);
    return 0;
}

// Copies to memory of exactly this size, so that sanitizers see its end.
static char *exact_copy(const void *data, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);

    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

static void check_error_place(const inlay_error *error, size_t size)
{
    assert_true(error->status >= INLAY_JSON_SYNTAX ||
                error->status == INLAY_TOO_DEEP);
    assert_true(error->offset <= size);
    assert_true(error->line >= 1 && error->column >= 1);
    assert_true(memchr(error->path, '\0', sizeof error->path) != NULL);
}

// Reads text; what is accepted verifies, and comes back from its own JSON.
static bool check_json(const inlay_record_desc *record, const char *json,
                       size_t size)
{
    char        *copy = exact_copy(json, size);
    inlay_buffer message;
    inlay_buffer text;
    inlay_buffer again;
    inlay_error  error;
    bool         good;

    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&again, NULL);
    good =
        inlay_json_read(record, copy, size, NULL, &message, &error) == INLAY_OK;
    if (good) {
        assert_int_equal(inlay_json_write(record, message.data, message.size,
                                          NULL, inlay_sink_buffer(&text),
                                          &error),
                         INLAY_OK);
        assert_int_equal(inlay_json_read(record, (const char *)text.data,
                                         text.size, NULL, &again, &error),
                         INLAY_OK);
        assert_int_equal(again.size, message.size);
        assert_memory_equal(again.data, message.data, message.size);
    } else {
        check_error_place(&error, size);
    }
    inlay_buffer_release(&message);
    inlay_buffer_release(&text);
    inlay_buffer_release(&again);
    free(copy);
    return good;
}

// Writes bytes; what verifies gives JSON that gives the same JSON again.
static bool check_bytes(const inlay_record_desc *record, const uint8_t *bytes,
                        size_t size)
{
    char        *copy = exact_copy(bytes, size);
    inlay_buffer message;
    inlay_buffer text;
    inlay_buffer again;
    inlay_error  error;
    bool         good;

    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&again, NULL);
    good = inlay_json_write(record, copy, size, NULL, inlay_sink_buffer(&text),
                            &error) == INLAY_OK;
    if (good) {
        assert_int_equal(inlay_json_read(record, (const char *)text.data,
                                         text.size, NULL, &message, &error),
                         INLAY_OK);
        assert_int_equal(inlay_json_write(record, message.data, message.size,
                                          NULL, inlay_sink_buffer(&again),
                                          &error),
                         INLAY_OK);
        assert_int_equal(again.size, text.size);
        assert_memory_equal(again.data, text.data, text.size);
        if (inlay_verify_canonical(record, copy, size, NULL) == INLAY_OK) {
            assert_int_equal(message.size, size);
            assert_memory_equal(message.data, copy, size);
        }
    } else {
        assert_int_equal(text.size, 0);
    }
    inlay_buffer_release(&message);
    inlay_buffer_release(&text);
    inlay_buffer_release(&again);
    free(copy);
    return good;
}

static void test_hostile__every_truncation(void **state)
{
    size_t i;
    size_t size;

    (void)state;
    for (i = 0; i < shared.count; i++) {
        const sample *s = &shared.samples[i];

        for (size = 0; size < s->json.size && s->json.size < 600; size++) {
            assert_false(check_json(s->record, s->json.data, size));
        }
    }
}

// Changes a few bytes; JSON gets bytes that mean something in JSON.
static void mutate(uint8_t *data, size_t size, bool json, uint64_t *seed)
{
    static const char useful[] = "{}[]:,\"\\u0019-.eEtrufalsn?=+/ \x80\xff\n";
    uint64_t          count = json_random(seed) % 4 + 1;

    for (; count > 0; count--) {
        uint64_t random = json_random(seed);
        size_t   at = (size_t)(random >> 16) % size;

        if (json) {
            data[at] = (uint8_t)useful[random % (sizeof useful - 1)];
        } else if (random % 2 == 0) {
            data[at] = (uint8_t)(random >> 8);
        } else {
            data[at] ^= (uint8_t)(1u << (random >> 8) % 8);
        }
    }
}

static void test_hostile__mutated(void **state)
{
    uint64_t seed = 0x853c49e6748fea9b;
    int      accepted[2] = {0, 0};
    int      i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        const sample *s = &shared.samples[json_random(&seed) % shared.count];
        bool          json = i % 2 == 0;
        size_t        size = json ? s->json.size : s->size;
        uint8_t      *copy;

        if (size > 4000) {
            continue;
        }
        copy = (uint8_t *)exact_copy(
            json ? (const void *)s->json.data : s->bytes, size);
        mutate(copy, size, json, &seed);
        accepted[json ? 1 : 0] +=
            json ? check_json(s->record, (const char *)copy, size)
                 : check_bytes(s->record, copy, size);
        free(copy);
    }
    // Mutations that are all refused would test little.
    assert_true(accepted[0] > 100 && accepted[1] > 100);
}

// JSON of one type read as another: names and types that do not fit.
static void test_hostile__wrong_type(void **state)
{
    uint64_t seed = 0xda3e39cb94b95bdb;
    int      i;

    (void)state;
    for (i = 0; i < 2000; i++) {
        const sample *a = &shared.samples[json_random(&seed) % shared.count];
        const sample *b = &shared.samples[json_random(&seed) % shared.count];

        if (a->json.size < 4000) {
            (void)check_json(b->record, a->json.data, a->json.size);
            (void)check_bytes(b->record, a->bytes, a->size);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile__every_truncation),
        cmocka_unit_test(test_hostile__mutated),
        cmocka_unit_test(test_hostile__wrong_type),
    };

    return cmocka_run_group_tests(tests, corpus_setup, corpus_teardown);
}

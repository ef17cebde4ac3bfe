// test_json_vectors.c -- the format's test vectors, both ways.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"

// One vectors.json and the schemas it names.
typedef struct vectors {
    char       *text;
    inlay_pool  pool;
    json_value *root;
    size_t      schema_count;
    const char *names[16];
    json_schema schemas[16];
} vectors;

static int vectors_setup(void **state)
{
    vectors     *self = calloc(1, sizeof *self);
    json_failure failure;
    size_t       size;

    assert_non_null(self);
    self->text = json_file(INLAY_VECTORS_DIR "/vectors.json", &size);
    inlay_pool_init(&self->pool, NULL);
    self->root = inlay_json_parse(self->text, size, &self->pool, &failure);
    assert_non_null(self->root);
    *state = self;
    return 0;
}

static int vectors_teardown(void **state)
{
    vectors *self = *state;
    size_t   i;

    for (i = 0; i < self->schema_count; i++) {
        json_schema_release(&self->schemas[i]);
    }
    inlay_pool_release(&self->pool);
    free(self->text);
    free(self);
    return 0;
}

static const inlay_record_desc *vectors_record(vectors          *self,
                                               const json_value *entry)
{
    inlay_str file = json_member(entry, "schema")->text;
    inlay_str root = json_member(entry, "root")->text;
    char      path[500];
    char      name[100];
    size_t    i = 0;

    while (i < self->schema_count &&
           !inlay_str_equal(inlay_str_from(self->names[i]), file)) {
        i++;
    }
    if (i == self->schema_count) {
        char *copy = inlay_pool_take(&self->pool, file.size + 1, 1);

        assert_true(i < 16 && copy != NULL);
        memcpy(copy, file.data, file.size);
        self->names[i] = copy;
        snprintf(path, sizeof path, "%s/%s", INLAY_VECTORS_DIR, copy);
        json_schema_load(&self->schemas[i], path);
        self->schema_count++;
    }
    snprintf(name, sizeof name, "%.*s", (int)root.size, root.data);
    return json_schema_record(&self->schemas[i], name);
}

// Writes `bytes` as JSON and compares it with the entry's.
static void check_write(vectors *self, const inlay_record_desc *record,
                        const json_value *expected, const uint8_t *bytes,
                        size_t size, unsigned indent)
{
    inlay_json_options options = {.indent = indent};
    inlay_error        error;
    inlay_buffer       text;
    json_failure       failure;
    json_value        *value;
    inlay_str          want = json_text_of(self->text, expected);

    inlay_buffer_init(&text, NULL);
    if (inlay_json_write(record, bytes, size, &options,
                         inlay_sink_buffer(&text), &error) != INLAY_OK) {
        fail_msg("refused: %s at %s, byte %d", inlay_status_text(error.status),
                 error.path, (int)error.offset);
    }
    value = inlay_json_parse((const char *)text.data, text.size, &self->pool,
                             &failure);
    assert_non_null(value);
    if (!json_same(value, expected)) {
        fail_msg("want %.*s\ngot %.*s", (int)want.size, want.data,
                 (int)text.size, (const char *)text.data);
    }
    inlay_buffer_release(&text);
}

// Reads the entry's JSON and compares the message with `bytes`.
static void check_read(vectors *self, const inlay_record_desc *record,
                       const json_value *json, const uint8_t *bytes,
                       size_t size)
{
    inlay_str    text = json_text_of(self->text, json);
    inlay_error  error;
    inlay_buffer message;

    inlay_buffer_init(&message, NULL);
    if (inlay_json_read(record, text.data, text.size, NULL, &message, &error) !=
        INLAY_OK) {
        fail_msg("%s at %s, %u:%u\n%.*s", inlay_status_text(error.status),
                 error.path, error.line, error.column, (int)text.size,
                 text.data);
    }
    if (bytes != NULL) {
        assert_int_equal(message.size, size);
        assert_memory_equal(message.data, bytes, size);
    }
    inlay_buffer_release(&message);
}

static void test_vectors__valid_both_ways(void **state)
{
    vectors          *self = *state;
    const json_value *entry = json_member(self->root, "valid")->first;

    for (; entry != NULL; entry = entry->next) {
        const inlay_record_desc *record = vectors_record(self, entry);
        const json_value        *json = json_member(entry, "json");
        size_t                   size;
        uint8_t *bytes = json_unhex(json_member(entry, "hex")->text, &size);

        check_read(self, record, json, bytes, size);
        check_write(self, record, json, bytes, size, 0);
        check_write(self, record, json, bytes, size, 3);
        free(bytes);
    }
}

static void test_vectors__read_as_their_json(void **state)
{
    vectors          *self = *state;
    const json_value *entry = json_member(self->root, "read")->first;

    for (; entry != NULL; entry = entry->next) {
        const inlay_record_desc *record = vectors_record(self, entry);
        const json_value        *json = json_member(entry, "json");
        size_t                   size;
        uint8_t *bytes = json_unhex(json_member(entry, "hex")->text, &size);

        check_write(self, record, json, bytes, size, 0);
        check_read(self, record, json, NULL, 0);
        free(bytes);
    }
}

static bool sink_refuses(void *context, const char *data, size_t size)
{
    (void)data;
    (void)size;
    *(bool *)context = true;
    return false;
}

static void test_vectors__invalid_are_refused(void **state)
{
    vectors          *self = *state;
    const json_value *entry = json_member(self->root, "invalid")->first;

    for (; entry != NULL; entry = entry->next) {
        const inlay_record_desc *record = vectors_record(self, entry);
        bool                     called = false;
        inlay_sink               sink = {sink_refuses, &called};
        inlay_error              error;
        size_t                   size;
        uint8_t *bytes = json_unhex(json_member(entry, "hex")->text, &size);

        assert_int_not_equal(
            inlay_json_write(record, bytes, size, NULL, sink, &error),
            INLAY_OK);
        assert_int_not_equal(error.status, INLAY_JSON_SINK);
        assert_false(called);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors__valid_both_ways),
        cmocka_unit_test(test_vectors__read_as_their_json),
        cmocka_unit_test(test_vectors__invalid_are_refused),
    };

    return cmocka_run_group_tests(tests, vectors_setup, vectors_teardown);
}

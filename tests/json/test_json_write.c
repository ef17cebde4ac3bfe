// test_json_write.c -- messages to JSON: the text itself, and sinks.
#include <stdlib.h>
#include <string.h>

#include "json_support.h"

static const char schema_source[] =
    "package test;\n"
    "struct Point { x: f32; y: f32; }\n"
    "union Shape { point: Point; name: string; none; }\n"
    "record Item { id: u32; tags: [string]; at: Point?; raw: bytes;\n"
    "  shape: Shape; nums: [u16]; on: [bool]; more: map<string, Item>; }\n"
    "record Second { late: u8 @1; early: string @0; }\n"
    "record One { s: string; }\n";

static json_schema schema_shared;

static int setup(void **state)
{
    (void)state;
    json_schema_text(&schema_shared, schema_source);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_schema_release(&schema_shared);
    return 0;
}

static void message_make(const inlay_record_desc *desc, const char *json,
                         inlay_buffer *message)
{
    inlay_error error;

    inlay_buffer_init(message, NULL);
    assert_int_equal(
        inlay_json_read(desc, json, strlen(json), NULL, message, &error),
        INLAY_OK);
}

static void check_text(const char *record, const char *json, unsigned indent,
                       const char *expected)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, record);
    inlay_json_options       options = {.indent = indent};
    inlay_buffer             message;
    inlay_buffer             text;

    message_make(desc, json, &message);
    inlay_buffer_init(&text, NULL);
    assert_int_equal(inlay_json_write(desc, message.data, message.size,
                                      &options, inlay_sink_buffer(&text), NULL),
                     INLAY_OK);
    inlay_buffer_append(&text, "", 1);
    assert_string_equal((const char *)text.data, expected);
    inlay_buffer_release(&text);
    inlay_buffer_release(&message);
}

static void test_write__compact(void **state)
{
    (void)state;
    check_text("Item", "{}", 0,
               "{\"id\":0,\"tags\":[],\"raw\":\"\",\"nums\":[],\"on\":[],"
               "\"more\":{}}");
    check_text("Item",
               "{\"shape\":\"none\",\"id\":7,\"tags\":[\"a\",\"\"],"
               "\"at\":{\"y\":0.5}, \"raw\":\"AAECAw==\"}",
               0,
               "{\"id\":7,\"tags\":[\"a\",\"\"],\"at\":{\"x\":0,\"y\":0.5},"
               "\"raw\":\"AAECAw==\",\"shape\":\"none\",\"nums\":[],\"on\":[],"
               "\"more\":{}}");
}

static void test_write__indented(void **state)
{
    (void)state;
    check_text("Item",
               "{\"nums\":[1,2],\"tags\":[\"x\"],\"on\":[true],"
               "\"shape\":{\"point\":{}},\"more\":{\"k\":{}}}",
               2,
               "{\n"
               "  \"id\": 0,\n"
               "  \"tags\": [\n"
               "    \"x\"\n"
               "  ],\n"
               "  \"raw\": \"\",\n"
               "  \"shape\": {\n"
               "    \"point\": {\n"
               "      \"x\": 0,\n"
               "      \"y\": 0\n"
               "    }\n"
               "  },\n"
               "  \"nums\": [1, 2],\n"
               "  \"on\": [true],\n"
               "  \"more\": {\n"
               "    \"k\": {\n"
               "      \"id\": 0,\n"
               "      \"tags\": [],\n"
               "      \"raw\": \"\",\n"
               "      \"nums\": [],\n"
               "      \"on\": [],\n"
               "      \"more\": {}\n"
               "    }\n"
               "  }\n"
               "}\n");
}

static void test_write__declaration_order(void **state)
{
    (void)state;
    check_text("Second", "{\"early\":\"e\",\"late\":1}", 0,
               "{\"late\":1,\"early\":\"e\"}");
}

static void test_write__escapes(void **state)
{
    (void)state;
    check_text(
        "One",
        "{\"s\":\"\\u0000\\u0008\\t\\n\\f\\r\\u001f \\\"\\\\/\\u007f\\u00e9\"}",
        0, "{\"s\":\"\\u0000\\b\\t\\n\\f\\r\\u001f \\\"\\\\/\x7f\u00e9\"}");
}

// A sink that takes some calls and then refuses.
typedef struct limited_sink {
    int calls;
    int limit;
} limited_sink;

static bool limited_write(void *context, const char *data, size_t size)
{
    limited_sink *self = context;

    (void)data;
    assert_true(size > 0);
    assert_true(self->calls < self->limit); // not called again
    return ++self->calls < self->limit;
}

static void test_write__sink_refuses(void **state)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, "One");
    char                    *json = malloc(50000);
    inlay_buffer             message;
    limited_sink             limited = {0, 1000};
    inlay_sink               sink = {limited_write, &limited};
    inlay_error              error;
    int                      calls;
    int                      limit;

    (void)state;
    assert_non_null(json);
    memset(json, 'x', 50000);
    memcpy(json, "{\"s\":\"", 6);
    strcpy(json + 40000, "\"}");
    message_make(desc, json, &message);
    assert_int_equal(
        inlay_json_write(desc, message.data, message.size, NULL, sink, &error),
        INLAY_OK);
    calls = limited.calls;
    assert_true(calls > 5);
    for (limit = 1; limit <= calls; limit++) {
        limited.calls = 0;
        limited.limit = limit;
        assert_int_equal(inlay_json_write(desc, message.data, message.size,
                                          NULL, sink, &error),
                         INLAY_JSON_SINK);
        assert_int_equal(error.status, INLAY_JSON_SINK);
    }
    inlay_buffer_release(&message);
    free(json);
}

static void test_write__buffer_runs_out(void **state)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, "Item");
    json_memory              memory = {.fail_at = 1};
    inlay_alloc              alloc = json_memory_alloc(&memory);
    inlay_buffer             message;
    inlay_buffer             text;

    (void)state;
    message_make(desc, "{}", &message);
    inlay_buffer_init(&text, &alloc);
    assert_int_equal(inlay_json_write(desc, message.data, message.size, NULL,
                                      inlay_sink_buffer(&text), NULL),
                     INLAY_JSON_SINK);
    assert_true(text.failed);
    // Sticky until it is cleared.
    memory.fail_at = 0;
    assert_false(inlay_buffer_append(&text, "x", 1));
    inlay_buffer_clear(&text);
    assert_true(inlay_buffer_append(&text, "x", 1));
    inlay_buffer_release(&text);
    inlay_buffer_release(&message);
    assert_int_equal(memory.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write__compact),
        cmocka_unit_test(test_write__indented),
        cmocka_unit_test(test_write__declaration_order),
        cmocka_unit_test(test_write__escapes),
        cmocka_unit_test(test_write__sink_refuses),
        cmocka_unit_test(test_write__buffer_runs_out),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

// test_max_check.c -- verification and JSON refuse what is longer than its
// @max, and nothing else, in every kind and at every place.
//
// Each case has two schemas that differ by the @max only, so that the layouts
// are the same. The one without makes the messages.
#include <inlay/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/verify/verify_support.h"

// ---- Values -----------------------------------------------------------------

typedef enum shape {
    SHAPE_STRING,
    SHAPE_BYTES,
    SHAPE_ARRAY,
    SHAPE_MAP
} shape;

typedef struct kind_case {
    const char *type; // of the field, with its other attributes behind `$`
    shape       shape;
    const char *item; // of an array or a map
} kind_case;

static const kind_case kinds[] = {
    {"string$", SHAPE_STRING, NULL},
    {"string?$", SHAPE_STRING, NULL},
    {"bytes$", SHAPE_BYTES, NULL},
    {"bytes?$", SHAPE_BYTES, NULL},
    {"bytes$ @align(64)", SHAPE_BYTES, NULL},
    {"bytes?$ @align(2)", SHAPE_BYTES, NULL},
    {"[u8]$", SHAPE_ARRAY, "7"},
    {"[u16]$", SHAPE_ARRAY, "7"},
    {"[u32]?$", SHAPE_ARRAY, "7"},
    {"[u32]?$ @align(16)", SHAPE_ARRAY, "7"},
    {"[P]$", SHAPE_ARRAY, "{}"},
    {"[[bool; 3]]$", SHAPE_ARRAY, "[true,false,true]"},
    {"[bool]$", SHAPE_ARRAY, "true"},
    {"[bool]?$", SHAPE_ARRAY, "true"},
    {"[string]$", SHAPE_ARRAY, "\"xy\""},
    {"[string]?$", SHAPE_ARRAY, "\"\""},
    {"[Named]$", SHAPE_ARRAY, "{\"s\":\"ab\"}"},
    {"[Wide]$", SHAPE_ARRAY, "{\"a\":[1]}"},
    {"[u8?]$", SHAPE_ARRAY, "null"},
    {"[[u8]]$", SHAPE_ARRAY, "[1,2]"},
    {"[U]$", SHAPE_ARRAY, "\"none\""},
    {"map<u16, u8>$", SHAPE_MAP, "7"},
    {"map<u16, string>?$", SHAPE_MAP, "\"abc\""},
};

static const char types[] =
    "package t; struct P { x: u8; y: [u16; 2]; } record Named { s: string; } "
    "union U { text: string; none; } record Wide { a: [u8; 1]; b: [u8; 300]?; "
    "c: string; d: string; e: string; f: string; g: string; h: string; i: "
    "string; j: string; k: string; l: string; m: string; n: string; o: string; "
    "p: string; q: string; r: string; s: string; t: string; u: string; v: "
    "string; w: string; x: string; y: string; z: string; a1: string; b1: "
    "string; c1: string; d1: string; e1: string; f1: string; g1: string; } ";

// Text that grows; the tests need no more.
typedef struct text {
    char  *data;
    size_t size;
} text;

static void put(text *to, const char *data)
{
    size_t size = strlen(data);

    to->data = realloc(to->data, to->size + size + 1);
    assert_non_null(to->data);
    memcpy(to->data + to->size, data, size + 1);
    to->size += size;
}

// Writes a value that a @max counts as `length`.
static void put_value(text *to, const kind_case *kind, unsigned length)
{
    static const char *const ends[] = {"", "AA==", "AAA="};
    char                     key[32];
    unsigned                 i;

    switch (kind->shape) {
    case SHAPE_STRING:
    case SHAPE_BYTES:
        put(to, "\"");
        for (i = 0; kind->shape == SHAPE_STRING && i < length; i++) {
            put(to, "x");
        }
        for (i = 0; kind->shape == SHAPE_BYTES && i < length / 3; i++) {
            put(to, "AAAA");
        }
        put(to, kind->shape == SHAPE_BYTES ? ends[length % 3] : "");
        put(to, "\"");
        break;
    case SHAPE_ARRAY:
        put(to, "[");
        for (i = 0; i < length; i++) {
            put(to, i > 0 ? "," : "");
            put(to, kind->item);
        }
        put(to, "]");
        break;
    case SHAPE_MAP:
        put(to, "{");
        for (i = 0; i < length; i++) {
            snprintf(key, sizeof key, "%s\"%u\":", i > 0 ? "," : "", i);
            put(to, key);
            put(to, kind->item);
        }
        put(to, "}");
        break;
    }
}

// ---- Places -----------------------------------------------------------------

// Where the field stands: `$` is its declaration, or its value.
typedef struct place_case {
    const char *schema;
    const char *json;
    const char *path;
} place_case;

static const place_case places[] = {
    {"record R { v: $; }", "{\"v\":$}", "v"},
    {"record R { a: u8; s: string; v: $; t: string; }",
     "{\"s\":\"a longer text\",\"v\":$,\"t\":\"another text\"}", "v"},
    {"record R { i: I; } record I { v: $; }", "{\"i\":{\"v\":$}}", "i.v"},
    {"record R { l: [I]; } record I { v: $; n: u8; }",
     "{\"l\":[{\"n\":1},{\"v\":$},{}]}", "l[1].v"},
    {"record R { l: [I]; } record I { s: string; v: $; t: string; }",
     "{\"l\":[{},{\"s\":\"abc\"},{\"s\":\"abc\",\"v\":$,\"t\":\"t\"}]}",
     "l[2].v"},
    {"record R { m: map<string, I>; } record I { v: $; }",
     "{\"m\":{\"k\":{\"v\":$}}}", "m[0].value.v"},
    {"record R { u: O; } union O { i: I; } record I { v: $; }",
     "{\"u\":{\"i\":{\"v\":$}}}", "u.i.v"},
};

// Copies `from` to the `$` in it, and what is after to where it returns.
static const char *put_until(text *to, const char *from)
{
    const char *at = strchr(from, '$');
    char        part[400];

    snprintf(part, sizeof part, "%.*s", (int)(at - from), from);
    put(to, part);
    return at + 1;
}

// Compiles the place with the kind in it; `max` 0: with no @max.
static void schema_make(test_schema *self, const place_case *place,
                        const kind_case *kind, unsigned max)
{
    text        source = {NULL, 0};
    const char *behind_type;
    const char *behind;
    char        attribute[32] = "";

    if (max > 0) {
        snprintf(attribute, sizeof attribute, " @max(%u)", max);
    }
    put(&source, types);
    behind = put_until(&source, place->schema);
    behind_type = put_until(&source, kind->type);
    put(&source, attribute);
    put(&source, behind_type);
    put(&source, behind);
    test_schema_text(self, source.data);
    free(source.data);
}

// ---- Checks -----------------------------------------------------------------

static void check_verify(const inlay_record_desc *desc,
                         const inlay_buffer *message, bool good,
                         const char *path)
{
    test_bytes  bytes = test_bytes_copy(message->data, message->size);
    inlay_error error;

    assert_int_equal(inlay_verify_canonical(desc, bytes.data, bytes.size, NULL),
                     good ? INLAY_OK : INLAY_TOO_LONG);
    assert_int_equal(test_verify(desc, bytes, &error),
                     good ? INLAY_OK : INLAY_TOO_LONG);
    if (!good) {
        assert_string_equal(error.path, path);
        assert_true(error.offset > 0 && error.offset < bytes.size);
    }
    test_bytes_free(bytes);
}

static void check_json(const inlay_record_desc *desc, const text *json,
                       const text *value, const inlay_buffer *message,
                       bool good)
{
    inlay_buffer out;
    inlay_error  error;
    inlay_status status;

    inlay_buffer_init(&out, NULL);
    status = inlay_json_read(desc, json->data, json->size, NULL, &out, &error);
    assert_int_equal(status, good ? INLAY_OK : INLAY_TOO_LONG);
    if (good) {
        assert_int_equal(out.size, message->size);
        assert_memory_equal(out.data, message->data, out.size);
    } else {
        const char *at = strstr(json->data, value->data);

        assert_int_equal(out.size, 0);
        assert_int_equal(error.status, INLAY_TOO_LONG);
        assert_int_equal(error.offset, at - json->data);
        assert_string_equal(error.path + strlen(error.path) - 1, "v");
        assert_int_equal(error.line, 1);
        assert_int_equal(error.column, at - json->data + 1);
    }
    inlay_buffer_release(&out);
}

static void check_length(test_schema *limited, test_schema *free_schema,
                         const place_case *place, const kind_case *kind,
                         unsigned length, bool good)
{
    const inlay_record_desc *desc = test_schema_record(limited, "R");
    const inlay_record_desc *other = test_schema_record(free_schema, "R");
    text                     value = {NULL, 0};
    text                     json = {NULL, 0};
    const char              *behind;
    inlay_buffer             message;

    inlay_buffer_init(&message, NULL);
    put_value(&value, kind, length);
    behind = put_until(&json, place->json);
    put(&json, value.data);
    put(&json, behind);
    assert_int_equal(
        inlay_json_read(other, json.data, json.size, NULL, &message, NULL),
        INLAY_OK);
    check_verify(desc, &message, good, place->path);
    check_json(desc, &json, &value, &message, good);
    inlay_buffer_release(&message);
    free(value.data);
    free(json.data);
}

static void check_kind(const place_case *place, const kind_case *kind,
                       unsigned max)
{
    test_schema limited, free_schema;

    schema_make(&limited, place, kind, max);
    schema_make(&free_schema, place, kind, 0);
    check_length(&limited, &free_schema, place, kind, 0, true);
    check_length(&limited, &free_schema, place, kind, 1, true);
    check_length(&limited, &free_schema, place, kind, max, true);
    check_length(&limited, &free_schema, place, kind, max + 1, false);
    check_length(&limited, &free_schema, place, kind, max + 9, false);
    test_schema_release(&limited);
    test_schema_release(&free_schema);
}

static void test_check__is_exact_in_every_kind_and_place(void **state)
{
    static const unsigned limits[] = {1, 2, 7, 8, 9, 31, 260};
    size_t                p, k, l;

    (void)state;
    for (p = 0; p < sizeof places / sizeof places[0]; p++) {
        for (k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            for (l = 0; l < sizeof limits / sizeof limits[0]; l++) {
                check_kind(&places[p], &kinds[k], limits[l]);
            }
        }
    }
}

// Encodes with one schema, verifies with another.
static inlay_status revise(const char *from, const char *json, const char *to,
                           inlay_error *error)
{
    test_schema  writer, reader;
    inlay_buffer message;
    inlay_status status;

    inlay_buffer_init(&message, NULL);
    test_schema_text(&writer, from);
    test_schema_text(&reader, to);
    assert_int_equal(inlay_json_read(test_schema_record(&writer, "R"), json,
                                     strlen(json), NULL, &message, NULL),
                     INLAY_OK);
    status = inlay_verify(test_schema_record(&reader, "R"), message.data,
                          message.size, error);
    inlay_buffer_release(&message);
    test_schema_release(&writer);
    test_schema_release(&reader);
    return status;
}

static void test_check__knows_other_revisions(void **state)
{
    const char *plain = "package t; record R { a: u8; v: string @max(2); }";
    inlay_error error;

    (void)state;
    assert_int_equal(
        revise("package t; record R { a: u8; }", "{\"a\":1}", plain, &error),
        INLAY_OK);
    assert_int_equal(
        revise("package t; record R { a: u8; v: string; w: bytes; }",
               "{\"v\":\"ab\",\"w\":\"AAAA\"}", plain, &error),
        INLAY_OK);
    assert_int_equal(
        revise("package t; record R { a: u8; v: string; w: bytes; }",
               "{\"v\":\"abc\",\"w\":\"AAAA\"}", plain, &error),
        INLAY_TOO_LONG);
    assert_string_equal(error.path, "v");
    assert_int_equal(error.offset, 4);
}

// UTF-8 is counted in bytes; escapes of JSON are not counted.
static void test_check__counts_bytes_of_text(void **state)
{
    static const char *const good[] = {"\"\\u20ac\"", "\"\\n\\n\\n\"",
                                       "\"\xE2\x82\xAC\"", "\"\\u00e9x\""};
    static const char *const bad[] = {"\"\\u20acx\"", "\"\xC3\xA9\xC3\xA9\"",
                                      "\"\\ud83d\\ude00\""};
    const inlay_record_desc *desc;
    test_schema              limited;
    inlay_buffer             out;
    char                     json[64];
    size_t                   i;

    (void)state;
    test_schema_text(&limited, "package t; record R { v: string @max(3); }");
    desc = test_schema_record(&limited, "R");
    inlay_buffer_init(&out, NULL);
    for (i = 0; i < 4; i++) {
        snprintf(json, sizeof json, "{\"v\":%s}", good[i]);
        assert_int_equal(
            inlay_json_read(desc, json, strlen(json), NULL, &out, NULL),
            INLAY_OK);
    }
    for (i = 0; i < 3; i++) {
        snprintf(json, sizeof json, "{\"v\":%s}", bad[i]);
        assert_int_equal(
            inlay_json_read(desc, json, strlen(json), NULL, &out, NULL),
            INLAY_TOO_LONG);
    }
    inlay_buffer_release(&out);
    test_schema_release(&limited);
}

static void test_check__null_is_not_counted(void **state)
{
    const inlay_record_desc *desc;
    test_schema              limited;
    inlay_buffer             out;
    const char              *json = "{\"v\":null,\"w\":null}";

    (void)state;
    test_schema_text(&limited, "package t; record R { v: string? @max(3); w: "
                               "map<u8, u8>? @max(1); }");
    desc = test_schema_record(&limited, "R");
    inlay_buffer_init(&out, NULL);
    assert_int_equal(
        inlay_json_read(desc, json, strlen(json), NULL, &out, NULL), INLAY_OK);
    assert_int_equal(inlay_verify_canonical(desc, out.data, out.size, NULL),
                     INLAY_OK);
    inlay_buffer_release(&out);
    test_schema_release(&limited);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__is_exact_in_every_kind_and_place),
        cmocka_unit_test(test_check__knows_other_revisions),
        cmocka_unit_test(test_check__counts_bytes_of_text),
        cmocka_unit_test(test_check__null_is_not_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

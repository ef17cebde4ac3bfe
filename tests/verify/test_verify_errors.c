// test_verify_errors.c -- what errors tell: the status, the byte, the path, and
// the sentence made of them.

#include "verify_support.h"

#include <string.h>

typedef struct error_case {
    const char  *schema; // after its package; the root is R
    const char  *hex;
    inlay_status status;
    uint64_t     offset;
    const char  *path;
} error_case;

static const error_case cases[] = {
    {"record R { a: u8; }", "", INLAY_HEADER, 0, ""},
    {"record R { a: u8; }", "01 00", INLAY_HEADS, 2, ""},
    {"record R { a: u8; }", "01 00 00 00", INLAY_TRAILING_BYTES, 3, ""},
    {"record R { a: u8; }", "02 01 00", INLAY_HEADS, 2, ""},
    {"record R { a: u8; s: string; }", "00 01 00", INLAY_LAYOUT, 0, ""},
    {"record R { s: string; t: string; }", "00 02 02 61", INLAY_SPLITS, 2, ""},
    {"record R { s: string; t: string; }", "00 22 0000 61", INLAY_WIDTH, 1, ""},
    {"record R { a: u8; o: u32?; }", "06 00 00 00 01000000", INLAY_ABSENT_VALUE,
     4, "o"},
    {"record R { names: [string]; }", "00 01  00 01 00 03  00 01 02  6162 c328",
     INLAY_UTF8, 11, "names[2]"},
    {"record R { names: [string]; }", "00 01  00 01 00 03  00 02 01  6162 c328",
     INLAY_ANCHORS, 8, "names[2]"},
    {"record R { names: [string]; }", "00 01  00 01 08 01  00  61",
     INLAY_RESERVED_BITS, 4, "names"},
    {"record E { id: u16; request: string; } record R { logs: [E]; }",
     "00 01  02 01 00 02  0000 00 0000 01  61 ff", INLAY_UTF8, 13,
     "logs[1].request"},
    {"union B { text: string; n; } record R { x: u8; body: B; }",
     "02 01 00 01 c3", INLAY_UTF8, 4, "body.text"},
    {"union B { text: string; n; } record R { x: u8; body: B; }",
     "02 01 00 02 61", INLAY_PAYLOAD, 4, "body"},
    {"union B { text: string; n; } record R { l: [B]; }",
     "00 01  01 01 00 02  00 00 01 00  c3", INLAY_UTF8, 10, "l[1].text"},
    {"record R { headers: map<string, string>; }",
     "00 01  00 02 00 02  00 01 02 01  61 78 62 ff", INLAY_UTF8, 13,
     "headers[1].value"},
    {"record R { headers: map<string, string>; }",
     "00 01  00 02 00 02  00 01 02 01  62 78 61 79", INLAY_MAP_ORDER, 12,
     "headers[1].key"},
    {"record I { b: bool; p: [bool; 2]; } record R { i: I; }",
     "00 01  03 00 00 01 02", INLAY_BOOL, 6, "i.p"},
    {"record I { s: string; } record R { grid: [[I]]; }",
     "00 01  00 01 00 02  00 00  00 01 00 01  00  ff", INLAY_UTF8, 13,
     "grid[1][0].s"},
    {"record I { s: string; } record R { m: map<u8, [I]>; }",
     "00 01  01 01 00 01  07 00  00 01 00 01  00  ff", INLAY_UTF8, 13,
     "m[0].value[0].s"},
};

static void test_errors__tell_where(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const error_case *c = &cases[i];
        char              text[400] = "package t; ";
        test_bytes        bytes = test_bytes_from_hex(c->hex);
        inlay_error       error;
        test_schema       compiled;

        memset(&error, 0xaa, sizeof error);
        strcat(text, c->schema);
        test_schema_text(&compiled, text);
        assert_int_equal(
            test_verify(test_schema_record(&compiled, "R"), bytes, &error),
            c->status);
        assert_string_equal(error.path, c->path);
        assert_int_equal(error.offset, c->offset);
        assert_int_equal(error.line, 0);
        assert_int_equal(error.column, 0);
        test_schema_release(&compiled);
        test_bytes_free(bytes);
    }
}

static void test_errors__are_optional_and_of_failures_only(void **state)
{
    static const uint8_t message[] = {1, 0, 9};
    inlay_error          error, before;
    test_schema          compiled;

    (void)state;
    test_schema_text(&compiled, "package t; record R { a: u8; }");
    memset(&before, 0x55, sizeof before);
    error = before;
    assert_int_equal(
        inlay_verify(test_schema_record(&compiled, "R"), message, 3, &error),
        INLAY_OK);
    assert_memory_equal(&error, &before, sizeof error);
    assert_int_equal(
        inlay_verify(test_schema_record(&compiled, "R"), message, 2, NULL),
        INLAY_HEADS);
    assert_int_equal(
        inlay_verify(test_schema_record(&compiled, "R"), NULL, 0, NULL),
        INLAY_HEADER);
    test_schema_release(&compiled);
}

// Thirty records, one in the other, the last of them cut.
static void test_errors__long_paths_lose_their_beginning(void **state)
{
    test_bytes  bytes = {test_calloc(60, 1), 60};
    inlay_error error;
    test_schema compiled;
    size_t      i;

    (void)state;
    for (i = 0; i < 30; i++) {
        bytes.data[2 * i + 1] = 1;
    }
    bytes.data[59] = 2;
    test_schema_text(&compiled, "package t; record R { quite_long_name: R?; }");
    assert_int_equal(
        test_verify(test_schema_record(&compiled, "R"), bytes, &error),
        INLAY_HEADS);
    assert_true(strlen(error.path) < INLAY_PATH_SIZE);
    assert_true(strlen(error.path) > INLAY_PATH_SIZE - 20);
    assert_memory_equal(error.path, "...", 3);
    assert_string_equal(error.path + strlen(error.path) - 32,
                        ".quite_long_name.quite_long_name");
    test_schema_release(&compiled);
    test_free(bytes.data);
}

static void test_errors__format(void **state)
{
    static const char full[] =
        "logs[1].request: a string is not valid UTF-8 (byte 13)";
    inlay_error error = {INLAY_UTF8, 13, 0, 0, "logs[1].request"};
    char        text[200], cut[10];

    (void)state;
    assert_int_equal(inlay_error_format(&error, text, sizeof text),
                     sizeof full - 1);
    assert_string_equal(text, full);
    assert_int_equal(inlay_error_format(&error, cut, sizeof cut),
                     sizeof full - 1);
    assert_string_equal(cut, "logs[1].r");
    assert_int_equal(inlay_error_format(&error, NULL, 0), sizeof full - 1);

    error.path[0] = '\0';
    error.offset = INLAY_NO_OFFSET;
    inlay_error_format(&error, text, sizeof text);
    assert_string_equal(text, "a string is not valid UTF-8");

    error.line = 3;
    error.column = 14;
    inlay_error_format(&error, text, sizeof text);
    assert_string_equal(text, "line 3, column 14: a string is not valid UTF-8");
}

static void test_errors__statuses_have_names(void **state)
{
    (void)state;
    assert_string_equal(inlay_status_name(INLAY_OK), "OK");
    assert_string_equal(inlay_status_name(INLAY_MAP_ORDER), "MAP_ORDER");
    assert_string_equal(inlay_status_name((inlay_status)31), "UNKNOWN");
    assert_string_equal(inlay_status_text(INLAY_OK), "success");
    assert_non_null(inlay_status_text((inlay_status)31));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors__tell_where),
        cmocka_unit_test(test_errors__are_optional_and_of_failures_only),
        cmocka_unit_test(test_errors__long_paths_lose_their_beginning),
        cmocka_unit_test(test_errors__format),
        cmocka_unit_test(test_errors__statuses_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_describe.c -- descriptions of all schemas of the tree: the tables that
// come back are the compiler's, for every reader of messages.
#include "describe_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/verify_support.h"

// ---- There and back ---------------------------------------------------------

static void describe_twice(const inlay_record_desc *record, const char *path,
                           void *context)
{
    inlay_buffer      first, second;
    inlay_description read;
    size_t           *count = context;

    (void)path;
    inlay_buffer_init(&first, NULL);
    inlay_buffer_init(&second, NULL);
    assert_int_equal(inlay_describe(record, &first), INLAY_OK);
    assert_int_equal(
        inlay_description_read(first.data, first.size, NULL, &read), INLAY_OK);
    describe_compare(record, read.record);

    assert_int_equal(inlay_describe(read.record, &second), INLAY_OK);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    assert_true(inlay_hash128_equal(
        read.fingerprint,
        inlay_description_fingerprint(second.data, second.size)));
    inlay_description_release(&read);
    inlay_buffer_release(&first);
    inlay_buffer_release(&second);
    ++*count;
}

static void test_describe__every_schema(void **state)
{
    size_t count = 0;

    (void)state;
    describe_each(describe_twice, &count);
    assert_true(count > 60);
}

// ---- JSON -------------------------------------------------------------------

static inlay_status json_of(const inlay_record_desc *record, test_bytes bytes,
                            inlay_buffer *out)
{
    inlay_buffer_clear(out);
    return inlay_json_write(record, bytes.data, bytes.size, NULL,
                            inlay_sink_buffer(out), NULL);
}

static void vector_compare(const test_vector *vector, void *context)
{
    inlay_buffer      bytes, first, second;
    inlay_description read;
    inlay_status      status;

    (void)context;
    inlay_buffer_init(&bytes, NULL);
    inlay_buffer_init(&first, NULL);
    inlay_buffer_init(&second, NULL);
    assert_int_equal(inlay_describe(vector->desc, &bytes), INLAY_OK);
    assert_int_equal(
        inlay_description_read(bytes.data, bytes.size, NULL, &read), INLAY_OK);
    status = json_of(vector->desc, vector->bytes, &first);
    assert_int_equal(json_of(read.record, vector->bytes, &second), status);
    assert_int_equal(first.size, second.size);
    if (first.size > 0) {
        assert_memory_equal(first.data, second.data, first.size);
    }
    inlay_description_release(&read);
    inlay_buffer_release(&bytes);
    inlay_buffer_release(&first);
    inlay_buffer_release(&second);
}

static void test_describe__vectors_read_the_same(void **state)
{
    (void)state;
    test_vectors_visit("valid", vector_compare, NULL);
    test_vectors_visit("read", vector_compare, NULL);
    test_vectors_visit("invalid", vector_compare, NULL);
}

// ---- Identity ---------------------------------------------------------------

static inlay_hash128 fingerprint_of(const char *text)
{
    json_schema   from;
    inlay_buffer  bytes;
    inlay_hash128 hash;

    json_schema_text(&from, text);
    inlay_buffer_init(&bytes, NULL);
    assert_int_equal(inlay_describe(json_schema_record(&from, "R"), &bytes),
                     INLAY_OK);
    hash = inlay_description_fingerprint(bytes.data, bytes.size);
    inlay_buffer_release(&bytes);
    json_schema_release(&from);
    return hash;
}

static void test_describe__what_changes_the_fingerprint(void **state)
{
    static const char base[] = "package p; enum E { A, B } record R { a: u8; "
                               "b: [E]; c: u16?; d: [string] @max(9); }";
    static const char *const same[] = {
        "package p;\n/// Told.\nenum E { A = 0, B }\nrecord R { a: u8; // x\n"
        " b: [E]; c: u16? @deprecated; d: [string] @max(9); }",
        "package p; type T = [E]; const N: u32 = 9; record Other { r: R; } "
        "enum E { A, B } record R { a: u8; b: T; c: u16?; d: [string] "
        "@max(N); }",
        "package p; enum E { A, B } record R { a: u8 = 0; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
        "package p; enum E { A, B } record R { a: u8 @0; b: [E] @1; c: u16? "
        "@2; d: [string] @max(9) @3; }",
    };
    static const char *const other[] = {
        "package q; enum E { A, B } record R { a: u8; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
        "package p; enum E { A, C } record R { a: u8; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
        "package p; enum E { A, B = 2 } record R { a: u8; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
        "package p; enum E : u16 { A, B } record R { a: u8; b: [E]; c: u16?; "
        "d: [string] @max(9); }",
        "package p; enum E { A, B } record R { a: u8 = 1; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
        "package p; enum E { A, B } record R { a: u8; b: [E]; c: u16? "
        "@sparse; d: [string] @max(9); }",
        "package p; enum E { A, B } record R { a: u8; b: [E]; c: u16?; d: "
        "[string] @max(8); }",
        "package p; enum E { A, B } record R { a: u8; b: [E] @align(8); c: "
        "u16?; d: [string] @max(9); }",
        "package p; enum E { A, B } record R @id(0x1) { a: u8; b: [E]; c: "
        "u16?; d: [string] @max(9); }",
        "package p; enum E { A, B } record R { b: [E] @1; a: u8 @0; c: u16? "
        "@2; d: [string] @max(9) @3; }",
        "package p; enum E { A, B } record R { a: u8; b: [E]; c: u16?; d: "
        "[string] @max(9); e: bool; }",
        "package p; enum E { A, B } record R { a: i8; b: [E]; c: u16?; d: "
        "[string] @max(9); }",
    };
    inlay_hash128 hash = fingerprint_of(base);
    size_t        i;

    (void)state;
    for (i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(inlay_hash128_equal(hash, fingerprint_of(same[i])));
    }
    for (i = 0; i < sizeof other / sizeof *other; i++) {
        assert_false(inlay_hash128_equal(hash, fingerprint_of(other[i])));
    }
}

// ---- Limits -----------------------------------------------------------------

static inlay_status describe_text(const char *text)
{
    json_schema  from;
    inlay_buffer bytes;
    inlay_status status;

    json_schema_text(&from, text);
    inlay_buffer_init(&bytes, NULL);
    status = inlay_describe(json_schema_record(&from, "R0"), &bytes);
    assert_int_equal(bytes.size == 0, status != INLAY_OK);
    inlay_buffer_release(&bytes);
    json_schema_release(&from);
    return status;
}

// Records that hold the next, `times` over, and so on: `count` of them.
static char *chain_text(unsigned count, unsigned times)
{
    char    *text = malloc(count * times * 40 + 200);
    size_t   used = 0;
    unsigned i, j;

    assert_non_null(text);
    used += (size_t)sprintf(text, "package p; record R%u { x: u8; }", count);
    for (i = 0; i < count; i++) {
        used += (size_t)sprintf(text + used, "record R%u {", i);
        for (j = 0; j < times; j++) {
            used += (size_t)sprintf(text + used, " f%u: R%u;", j, i + 1);
        }
        used += (size_t)sprintf(text + used, "}\n");
    }
    return text;
}

static void test_describe__defaults_are_bounded(void **state)
{
    static const struct {
        unsigned     count, times;
        inlay_status status;
    } cases[] = {{255, 1, INLAY_OK},
                 {256, 1, INLAY_TOO_LARGE},
                 {20, 2, INLAY_OK},
                 {30, 2, INLAY_TOO_LARGE},
                 {200, 2, INLAY_TOO_LARGE}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = chain_text(cases[i].count, cases[i].times);

        assert_int_equal(describe_text(text), cases[i].status);
        free(text);
    }
}

// ---- Memory -----------------------------------------------------------------

static void test_describe__memory_runs_out(void **state)
{
    json_schema              from;
    const inlay_record_desc *record;
    inlay_status             status = INLAY_OUT_OF_MEMORY;
    size_t                   nth;

    (void)state;
    json_schema_load(&from, INLAY_VECTORS_DIR "/more.inlay");
    record = json_schema_record(&from, "Sparse");
    for (nth = 1; status != INLAY_OK; nth++) {
        json_memory  memory = {.fail_at = nth};
        inlay_alloc  alloc = json_memory_alloc(&memory);
        inlay_buffer bytes;

        inlay_buffer_init(&bytes, &alloc);
        status = inlay_describe(record, &bytes);
        if (status == INLAY_OK) {
            inlay_description read;

            assert_int_equal(
                inlay_description_read(bytes.data, bytes.size, &alloc, &read),
                INLAY_OUT_OF_MEMORY);
        } else {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            assert_int_equal(bytes.size, 0);
        }
        inlay_buffer_release(&bytes);
        assert_int_equal(memory.held, 0);
    }
    assert_true(nth > 5);
    json_schema_release(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describe__every_schema),
        cmocka_unit_test(test_describe__vectors_read_the_same),
        cmocka_unit_test(test_describe__what_changes_the_fingerprint),
        cmocka_unit_test(test_describe__defaults_are_bounded),
        cmocka_unit_test(test_describe__memory_runs_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_verify_vectors.c -- the format's vectors: what is valid is canonical,
// what other revisions wrote is not, what is invalid is refused for its reason.

#include "verify_support.h"

#include <string.h>

static void fail_vector(const test_vector *vector, const inlay_error *error)
{
    char text[400];

    inlay_error_format(error, text, sizeof text);
    fail_msg("%s, %s, %s: %s", vector->schema, vector->root,
             vector->why == NULL ? "good" : vector->why, text);
}

static void visit_valid(const test_vector *vector, void *context)
{
    size_t     *count = context;
    inlay_error error = {0};

    if (test_verify(vector->desc, vector->bytes, &error) != INLAY_OK ||
        inlay_verify_canonical(vector->desc, vector->bytes.data,
                               vector->bytes.size, &error) != INLAY_OK) {
        fail_vector(vector, &error);
    }
    ++*count;
}

static void test_vectors__valid_is_canonical(void **state)
{
    size_t count = 0;

    (void)state;
    test_vectors_visit("valid", visit_valid, &count);
    assert_true(count > 200);
}

static void visit_read(const test_vector *vector, void *context)
{
    size_t     *count = context;
    inlay_error error = {0};

    if (test_verify(vector->desc, vector->bytes, &error) != INLAY_OK) {
        fail_vector(vector, &error);
    }
    assert_int_equal(inlay_verify_canonical(vector->desc, vector->bytes.data,
                                            vector->bytes.size, &error),
                     INLAY_NOT_CANONICAL);
    ++*count;
}

static void test_vectors__read_is_valid_but_not_canonical(void **state)
{
    size_t count = 0;

    (void)state;
    test_vectors_visit("read", visit_read, &count);
    assert_true(count > 80);
}

// The statuses that a reason may come out as. The vectors' own verifier looks
// for some things in another order, so a few reasons have a second one.
typedef struct reason {
    const char  *why;
    inlay_status status;
    inlay_status or_else;
} reason;

static const reason reasons[] = {
    {"header", INLAY_HEADER, INLAY_HEADER},
    {"heads", INLAY_HEADS, INLAY_HEADS},
    {"count", INLAY_HEADS, INLAY_HEADER},
    {"empty head", INLAY_LAYOUT, INLAY_WIDTH},
    {"layout", INLAY_LAYOUT, INLAY_LAYOUT},
    {"reserved bits", INLAY_RESERVED_BITS, INLAY_RESERVED_BITS},
    {"F not minimal", INLAY_WIDTH, INLAY_WIDTH},
    {"S not minimal", INLAY_WIDTH, INLAY_WIDTH},
    {"B not minimal", INLAY_WIDTH, INLAY_WIDTH},
    {"r not minimal", INLAY_WIDTH, INLAY_WIDTH},
    {"count not minimal", INLAY_WIDTH, INLAY_COUNT},
    {"trailing bytes", INLAY_TRAILING_BYTES, INLAY_TRAILING_BYTES},
    {"first anchor", INLAY_ANCHORS, INLAY_ANCHORS},
    {"anchors", INLAY_ANCHORS, INLAY_ANCHORS},
    {"splits", INLAY_SPLITS, INLAY_SPLITS},
    {"unknown bits in a synthetic record", INLAY_UNKNOWN_BITS,
     INLAY_UNKNOWN_BITS},
    {"utf8", INLAY_UTF8, INLAY_UTF8},
    {"map order", INLAY_MAP_ORDER, INLAY_MAP_ORDER},
    {"depth", INLAY_TOO_DEEP, INLAY_TOO_DEEP},
    {"absent value not zero", INLAY_ABSENT_VALUE, INLAY_ABSENT_VALUE},
    {"absent value not empty", INLAY_ABSENT_VALUE, INLAY_ABSENT_VALUE},
    {"presence", INLAY_PRESENCE, INLAY_PRESENCE},
    {"payload size", INLAY_PAYLOAD, INLAY_PAYLOAD},
    {"payload of unit variant", INLAY_PAYLOAD, INLAY_PAYLOAD},
    {"payload of no variant", INLAY_PAYLOAD, INLAY_PAYLOAD},
    {"vector length", INLAY_VECTOR_LENGTH, INLAY_VECTOR_LENGTH},
    {"bits", INLAY_BITSET, INLAY_BITSET},
    {"bool", INLAY_BOOL, INLAY_BOOL},
    {"align", INLAY_ALIGNMENT, INLAY_ALIGNMENT},
};

static const reason *reason_find(const char *why)
{
    size_t i;

    for (i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (strcmp(reasons[i].why, why) == 0) {
            return &reasons[i];
        }
    }
    fail_msg("no status for \"%s\"", why);
    return NULL;
}

static void visit_invalid(const test_vector *vector, void *context)
{
    const reason *expected = reason_find(vector->why);
    size_t       *count = context;
    inlay_error   error = {0};
    inlay_status  status = test_verify(vector->desc, vector->bytes, &error);

    if (status != expected->status && status != expected->or_else) {
        fail_vector(vector, &error);
    }
    ++*count;
}

static void test_vectors__invalid_is_refused_for_its_reason(void **state)
{
    size_t count = 0;

    (void)state;
    test_vectors_visit("invalid", visit_invalid, &count);
    assert_true(count > 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors__valid_is_canonical),
        cmocka_unit_test(test_vectors__read_is_valid_but_not_canonical),
        cmocka_unit_test(test_vectors__invalid_is_refused_for_its_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

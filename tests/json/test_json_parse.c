// test_json_parse.c -- JSON text as values, and where it is wrong.
#include <stdlib.h>
#include <string.h>

#include "json_support.h"

// Checks that text is refused at a byte. The text lies at the very end of its
// memory, so that sanitizers see a read behind it.
static void check_refused(const char *text, size_t size, inlay_status status,
                          uint64_t offset)
{
    inlay_pool   pool;
    json_failure failure = {INLAY_OK, 0};
    char        *copy = malloc(size > 0 ? size : 1);

    assert_non_null(copy);
    memcpy(copy, text, size);
    inlay_pool_init(&pool, NULL);
    if (inlay_json_parse(copy, size, &pool, &failure) != NULL ||
        failure.status != status || failure.offset != offset) {
        fail_msg("%.*s: status %d at %d, not %d at %d", (int)size, text,
                 (int)failure.status, (int)failure.offset, (int)status,
                 (int)offset);
    }
    inlay_pool_release(&pool);
    free(copy);
}

static json_value *parse(const char *text, inlay_pool *pool)
{
    json_failure failure;
    json_value  *value = inlay_json_parse(text, strlen(text), pool, &failure);

    assert_non_null(value);
    return value;
}

static void test_parse__keeps_numbers_as_text(void **state)
{
    static const char *const numbers[] = {
        "0", "-0", "1e5", "1E+05", "123456789012345678901234567890", "-1.50",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char       text[64];
        inlay_pool pool;

        inlay_pool_init(&pool, NULL);
        strcpy(text, "[");
        strcat(text, numbers[i]);
        strcat(text, "]");
        assert_true(inlay_str_equal(parse(text, &pool)->first->text,
                                    inlay_str_from(numbers[i])));
        assert_true(inlay_str_equal(parse(numbers[i], &pool)->text,
                                    inlay_str_from(numbers[i])));
        inlay_pool_release(&pool);
    }
}

static void test_parse__places_of_values(void **state)
{
    const char       *text = " { \"a\" : [ 1 , \"\\n\" , null ] , \"b\":{} }";
    inlay_pool        pool;
    const json_value *root;
    const json_value *array;

    (void)state;
    inlay_pool_init(&pool, NULL);
    root = parse(text, &pool);
    assert_int_equal(root->offset, 1);
    assert_int_equal(root->count, 2);
    assert_int_equal(root->first->offset, 3);
    array = root->first->next;
    assert_int_equal(array->offset, 9);
    assert_int_equal(array->count, 3);
    assert_int_equal(array->first->offset, 11);
    assert_int_equal(array->first->next->offset, 15);
    assert_int_equal(array->first->next->next->offset, 22);
    assert_int_equal(array->next->offset, 31);
    assert_int_equal(array->next->next->offset, 35);
    assert_null(array->next->next->next);
    inlay_pool_release(&pool);
}

static void test_parse__strings(void **state)
{
    inlay_pool        pool;
    const json_value *value;

    (void)state;
    inlay_pool_init(&pool, NULL);
    value = parse("[\"\", \"a\\u0000b\", \"\\ud83d\\ude00\", \"\\\\u\", "
                  "\"\\b\\f\\n\\r\\t\\/\\\"\\\\\"]",
                  &pool)
                ->first;
    assert_int_equal(value->text.size, 0);
    value = value->next;
    assert_int_equal(value->text.size, 3);
    assert_memory_equal(value->text.data, "a\0b", 3);
    value = value->next;
    assert_true(inlay_str_equal(value->text, inlay_str_from("\U0001f600")));
    value = value->next;
    assert_true(inlay_str_equal(value->text, inlay_str_from("\\u")));
    value = value->next;
    assert_true(
        inlay_str_equal(value->text, inlay_str_from("\b\f\n\r\t/\"\\")));
    inlay_pool_release(&pool);
}

static void test_parse__errors_point_at_the_byte(void **state)
{
    static const struct {
        const char *text;
        uint64_t    offset;
    } cases[] = {
        {"", 0},
        {"  ", 2},
        {"{", 1},
        {"[1", 2},
        {"[tru", 4},
        {"\"abc", 4},
        {"}", 0},
        {"[1,,2]", 3},
        {"[1,]", 3},
        {"[,1]", 1},
        {"{\"a\" \"b\"}", 5},
        {"{\"a\":}", 5},
        {"{\"a\":1,}", 7},
        {"{1:2}", 1},
        {"[01]", 2},
        {"[1.]", 1},
        {"[+1]", 1},
        {"[.5]", 1},
        {"[NaN]", 1},
        {"[nul]", 1},
        {"[1] 2", 4},
        {"{}{}", 2},
        {"[\"a\nb\"]", 3},
        {"[\"\\x\"]", 3},
        {"[\"\\u12g4\"]", 6},
        {"[1 /* */]", 3},
        {"\xef\xbb\xbf[]", 0},
        {"[\"\xff\"]", 2},
        {"[\"\xc0\x80\"]", 2},
        {"[\"\xed\xa0\x80\"]", 2},
        {"[\"\xf4\x90\x80\x80\"]", 2},
        {"[\"ok\xe2\x82\"]", 4},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_refused(cases[i].text, strlen(cases[i].text), INLAY_JSON_SYNTAX,
                      cases[i].offset);
    }
    check_refused("[\"a\0b\"]", 7, INLAY_JSON_SYNTAX, 3);
    check_refused("[]\0", 3, INLAY_JSON_SYNTAX, 2);
}

static void test_parse__lone_surrogates(void **state)
{
    static const struct {
        const char *text;
        uint64_t    offset;
    } cases[] = {
        {"\"\\ud800\"", 1},
        {"\"ab\\udc00\"", 3},
        {"\"\\ud83d\\ud83d\\ude00\"", 1},
        {"\"\\ud83d\\ude00\\ude00\"", 13},
        {"\"\\uDBFFx\\uDC00\"", 1},
        {"{\"\\ud800\":1}", 2},
        {"\"\\\\\\ud800\"", 3},
    };
    inlay_pool pool;
    size_t     i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_refused(cases[i].text, strlen(cases[i].text), INLAY_JSON_SYNTAX,
                      cases[i].offset);
    }
    inlay_pool_init(&pool, NULL);
    parse("\"\\\\ud800\"", &pool);
    parse("\"\\uD7FF\\uE000\\uDBFF\\uDFFF\"", &pool);
    inlay_pool_release(&pool);
}

static void test_parse__depth(void **state)
{
    enum {
        LIMIT = INLAY_JSON_DEPTH_MAX
    };
    static char text[2 * LIMIT + 3];
    inlay_pool  pool;

    (void)state;
    memset(text, '[', LIMIT);
    memset(text + LIMIT, ']', LIMIT);
    inlay_pool_init(&pool, NULL);
    parse(text, &pool);
    inlay_pool_release(&pool);
    memset(text, '[', LIMIT + 1);
    check_refused(text, LIMIT + 1, INLAY_TOO_DEEP, LIMIT);
    memset(text, '[', sizeof text);
    check_refused(text, sizeof text, INLAY_TOO_DEEP, LIMIT);
}

// Every beginning of a text is refused at its end.
static void test_parse__truncation(void **state)
{
    const char *text = "{\"a\": [1.5e3, \"x\\ud83d\\ude00\\n\", true, false, "
                       "null, {}], \"\xc3\xa9\": -0}";
    size_t      size = strlen(text);
    size_t      i;

    (void)state;
    for (i = 0; i < size; i++) {
        // In the middle of a character the character is what is wrong.
        bool inside = ((unsigned char)text[i] & 0xc0) == 0x80;

        check_refused(text, i, INLAY_JSON_SYNTAX, inside ? i - 1 : i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__keeps_numbers_as_text),
        cmocka_unit_test(test_parse__places_of_values),
        cmocka_unit_test(test_parse__strings),
        cmocka_unit_test(test_parse__errors_point_at_the_byte),
        cmocka_unit_test(test_parse__lone_surrogates),
        cmocka_unit_test(test_parse__depth),
        cmocka_unit_test(test_parse__truncation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_set_spans.c -- text and bytes, rewritten where they lie.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rev4.inlay.h"

static inlay_bytes bytes(const char *text)
{
    inlay_str str = inlay_str_from(text);

    return (inlay_bytes){(const uint8_t *)str.data, str.size};
}

static size_t encode(uint8_t *message, size_t capacity)
{
    rev4_root root = REV4_ROOT_INIT;
    size_t    size;

    root.text = inlay_str_from("text");
    root.otext = (inlay_str_opt){true, INLAY_STR("some")};
    root.raw = bytes("raw");
    root.inner.oal = (inlay_bytes_opt){true, bytes("aligned")};
    assert_int_equal(rev4_root_encode(&root, message, capacity, &size, NULL),
                     INLAY_OK);
    return size;
}

static void test_same_size(void **unused)
{
    uint8_t         message[512];
    size_t          size = encode(message, sizeof message);
    rev4_root_view  root = rev4_root_open(message, size);
    rev4_inner_view inner = rev4_root_get_inner(root);

    (void)unused;
    assert_true(rev4_root_set_text(root, inlay_str_from("TEXT")));
    assert_true(rev4_root_set_otext(root, inlay_str_from("S\xc3\xb6m")));
    assert_true(rev4_root_set_raw(root, bytes("\xff\xfe\xfd")));
    assert_true(rev4_inner_set_oal(inner, bytes("ALIGNED")));
    assert_int_equal(rev4_root_verify_canonical(message, size, NULL), INLAY_OK);
    assert_true(
        inlay_str_equal(rev4_root_get_text(root), inlay_str_from("TEXT")));
    assert_true(inlay_str_equal(rev4_root_get_otext(root),
                                inlay_str_from("S\xc3\xb6m")));
    assert_memory_equal(rev4_root_get_raw(root).data, "\xff\xfe\xfd", 3);
    assert_memory_equal(rev4_inner_get_oal(inner).data, "ALIGNED", 7);
}

static void test_refused(void **unused)
{
    uint8_t        message[512];
    uint8_t        before[512];
    size_t         size = encode(message, sizeof message);
    rev4_root_view root = rev4_root_open(message, size);
    rev4_leaf_view leaf = rev4_root_get_leaf(root);

    (void)unused;
    memcpy(before, message, size);
    assert_false(rev4_root_set_text(root, inlay_str_from("longer")));
    assert_false(rev4_root_set_text(root, inlay_str_from("")));
    assert_false(rev4_root_set_text(root, inlay_str_from("\xffxyz")));
    assert_false(rev4_root_set_raw(root, bytes("four")));
    assert_false(rev4_inner_set_oal(rev4_root_get_inner(root), bytes("x")));
    // What is absent stays absent, the record around it included.
    assert_false(rev4_leaf_set_note(leaf, inlay_str_from("")));
    assert_false(rev4_leaf_set_label(leaf, inlay_str_from("label")));
    assert_true(rev4_leaf_set_label(leaf, inlay_str_from("")));
    assert_memory_equal(before, message, size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_size),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

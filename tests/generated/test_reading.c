// test_reading.c -- the rules of reading what is not quite right (FORMAT.md,
// section 5, "Reading the rest"), one message by hand for each.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "nested.inlay.h"
#include "pin.inlay.h"
#include "scalars.inlay.h"

// Puts bytes where a sanitizer sees a read beyond them; until the next call.
static const uint8_t *lay(const uint8_t *bytes, size_t size)
{
    static uint8_t *kept;

    free(kept);
    kept = malloc(size);
    assert_non_null(kept);
    return memcpy(kept, bytes, size);
}

// A record Opt: o: u32? in 1..4 with bit 0.0, s: string? in slot 0 with bit
// 0.1, big: [u8; 12]? in slot 1, sp: u16? in slot 2, sb: bool? in slot 3,
// r: N? in slot 4.
#define OPEN_OPT(bytes) vec_pin_opt_open(lay(bytes, sizeof bytes), sizeof bytes)

static void test_reading__optional_beyond_the_fixed_part(void **state)
{
    const uint8_t    there[] = {5, 0, 1, 7, 0, 0, 0};
    const uint8_t    cut[] = {4, 0, 1, 7, 0, 0};
    const uint8_t    unmarked[] = {5, 0, 0, 7, 0, 0, 0};
    vec_pin_opt_view opt = OPEN_OPT(there);

    (void)state;
    assert_true(vec_pin_opt_has_o(opt));
    assert_int_equal(vec_pin_opt_get_o(opt), 7);
    opt = OPEN_OPT(cut);
    assert_false(vec_pin_opt_has_o(opt));
    assert_int_equal(vec_pin_opt_get_o(opt), 0);
    opt = OPEN_OPT(unmarked);
    assert_false(vec_pin_opt_has_o(opt));
    assert_int_equal(vec_pin_opt_get_o(opt), 0);
}

static void test_reading__optional_beyond_the_slots(void **state)
{
    const uint8_t    there[] = {5, 1, 2, 0, 0, 0, 0, 'h', 'i'};
    const uint8_t    cut[] = {5, 0, 2, 0, 0, 0, 0};
    const uint8_t    unmarked[] = {5, 1, 0, 0, 0, 0, 0, 'h', 'i'};
    vec_pin_opt_view opt = OPEN_OPT(there);

    (void)state;
    assert_true(vec_pin_opt_has_s(opt));
    assert_int_equal(vec_pin_opt_get_s(opt).size, 2);
    opt = OPEN_OPT(cut);
    assert_false(vec_pin_opt_has_s(opt));
    assert_int_equal(vec_pin_opt_get_s(opt).size, 0);
    opt = OPEN_OPT(unmarked);
    assert_false(vec_pin_opt_has_s(opt));
    assert_int_equal(vec_pin_opt_get_s(opt).size, 0);
}

static void test_reading__optional_in_a_slot_too_short(void **state)
{
    // Splits 0 0 n n n: slot 2 holds n bytes.
    const uint8_t    short1[] = {5, 5, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0x34};
    const uint8_t    exact[] = {5, 5, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x34, 0x12};
    const uint8_t    more[] = {5, 5, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0x34, 0x12, 9};
    vec_pin_opt_view opt = OPEN_OPT(short1);

    (void)state;
    assert_false(vec_pin_opt_has_sp(opt));
    assert_int_equal(vec_pin_opt_get_sp(opt), 0);
    opt = OPEN_OPT(exact);
    assert_true(vec_pin_opt_has_sp(opt));
    assert_int_equal(vec_pin_opt_get_sp(opt), 0x1234);
    assert_false(vec_pin_opt_has_big(opt));
    assert_false(vec_pin_opt_has_sb(opt));
    assert_false(vec_pin_opt_has_r(opt));
    opt = OPEN_OPT(more);
    assert_true(vec_pin_opt_has_sp(opt));
    assert_int_equal(vec_pin_opt_get_sp(opt), 0x1234);
}

// Descending splits, and splits beyond the heap, are clamped.
static void test_reading__splits_are_clamped(void **state)
{
    const uint8_t    wild[] = {5, 5, 2, 0, 0, 0, 0, 9, 1, 2, 255, 'a', 'b'};
    vec_pin_opt_view opt = OPEN_OPT(wild);

    (void)state;
    assert_int_equal(vec_pin_opt_get_s(opt).size, 2);
    assert_false(vec_pin_opt_has_big(opt));
    assert_false(vec_pin_opt_has_sp(opt));
    assert_false(vec_pin_opt_has_r(opt));
}

// A union's payload: Node { leaf: i64; name; pair; list; nothing; flag; pt }.
static void test_reading__payloads_of_another_size(void **state)
{
    const uint8_t        leaf[] = {2, 2, 1, 0, 3, 0xff, 0xff, 1};
    const uint8_t        wide[] = {2, 2, 1, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 9};
    const uint8_t        pt[] = {2, 2, 7, 0, 3, 1, 0, 2};
    const uint8_t        unknown[] = {2, 2, 77, 0, 2, 'x', 'y'};
    vec_nested_node_view node = vec_nested_pair_get_left(
        vec_nested_pair_open(lay(leaf, sizeof leaf), sizeof leaf));

    (void)state;
    assert_true(vec_nested_node_get_leaf(node) == 0x1ffff);
    assert_int_equal(vec_nested_node_get_pt(node).x, 0);
    assert_int_equal(vec_nested_node_get_name(node).size, 0);
    node = vec_nested_pair_get_left(
        vec_nested_pair_open(lay(wide, sizeof wide), sizeof wide));
    assert_true(vec_nested_node_get_leaf(node) == 1);
    node = vec_nested_pair_get_left(
        vec_nested_pair_open(lay(pt, sizeof pt), sizeof pt));
    assert_int_equal(vec_nested_node_get_pt(node).x, 1);
    assert_int_equal(vec_nested_node_get_pt(node).y, 2);
    node = vec_nested_pair_get_left(
        vec_nested_pair_open(lay(unknown, sizeof unknown), sizeof unknown));
    assert_int_equal(vec_nested_node_tag(node), 77);
    assert_int_equal(vec_nested_node_payload(node).size, 2);
    assert_int_equal(vec_nested_node_get_leaf(node), 0);
}

static void test_reading__lists_of_fixed_types(void **state)
{
    const uint8_t           seven[] = {1, 0, 2, 0, 3, 0, 4};
    const inlay_bytes       slice = {seven, sizeof seven};
    const uint8_t           byte[] = {3};
    const uint8_t           bits[] = {9, 0xff, 0x01};
    const inlay_bytes       one = {byte, 1};
    const inlay_bytes       three = {bits, 3};
    vec_nested_pt_list_view points = {slice};

    (void)state;
    assert_int_equal(inlay_u16_list_open(slice).count, 3);
    assert_int_equal(inlay_u32_list_open(slice).count, 1);
    assert_int_equal(inlay_u64_list_open(slice).count, 0);
    assert_int_equal(inlay_u64_list_at(inlay_u64_list_open(slice), 0), 0);
    assert_int_equal(vec_nested_pt_list_count(points), 1);
    assert_int_equal(vec_nested_pt_list_at(points, 1).x, 0);
    assert_int_equal(inlay_bool_list_open(one).count, 0);
    // More unused bits than there can be are 7.
    assert_int_equal(inlay_bool_list_open(three).count, 9);
    assert_true(inlay_bool_list_at(inlay_bool_list_open(three), 8));
    assert_false(inlay_bool_list_at(inlay_bool_list_open(three), 9));
}

// Elements are set where they lie; what lies around them stays as it was.
static void test_reading__lists_are_set_in_place(void **state)
{
    uint8_t                 bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    const inlay_bytes       slice = {bytes, sizeof bytes};
    uint8_t                 bits[] = {6, 0xff, 0x01};
    const inlay_bytes       ten = {bits, sizeof bits};
    vec_nested_pt_list_view points = {slice};
    inlay_u16_list_view     numbers = inlay_u16_list_open(slice);
    inlay_bool_list_view    bools = inlay_bool_list_open(ten);

    (void)state;
    assert_true(inlay_u16_list_set(numbers, 3, 0xfffe));
    assert_false(inlay_u16_list_set(numbers, 4, 1));
    assert_int_equal(inlay_u16_list_at(numbers, 3), 0xfffe);
    assert_int_equal(bytes[5], 6);
    assert_int_equal(bytes[8], 9);
    assert_true(vec_nested_pt_list_set(points, 0, (vec_nested_pt){-1, 7}));
    assert_false(vec_nested_pt_list_set(
        points, vec_nested_pt_list_count(points), (vec_nested_pt){0, 0}));
    assert_int_equal(vec_nested_pt_list_at(points, 0).x, -1);
    assert_int_equal(vec_nested_pt_list_at(points, 0).y, 7);
    assert_true(inlay_bool_list_set(bools, 9, true));
    assert_true(inlay_bool_list_set(bools, 0, false));
    assert_false(inlay_bool_list_set(bools, 10, true));
    assert_int_equal(bits[1], 0xfe);
    assert_int_equal(bits[2], 0x03);
}

static void test_reading__aligned_slices(void **state)
{
    uint8_t           bytes[20] = {0};
    const inlay_bytes all = {bytes, sizeof bytes};
    const inlay_bytes few = {bytes, 9};

    (void)state;
    assert_int_equal(inlay_slice_aligned(all, 8).size, 11);
    assert_int_equal(inlay_slice_aligned(few, 8).size, 0);
    bytes[0] = 7;
    assert_int_equal(inlay_slice_aligned(all, 8).size, 11);
    assert_ptr_equal(inlay_slice_aligned(all, 8).data, bytes + 9);
    bytes[0] = 8;
    assert_int_equal(inlay_slice_aligned(all, 8).size, 0);
    bytes[0] = 0;
    bytes[1] = 1;
    assert_int_equal(inlay_slice_aligned(all, 8).size, 0);
}

// Synthetic records never evolve: what has another shape has no elements.
static void test_reading__synthetic_records_are_exact(void **state)
{
    const uint8_t     good[] = {0, 1, 0, 1, 0, 'a'};
    const uint8_t     wider[] = {1, 1, 0, 1, 0, 0, 'a'};
    const inlay_bytes strings = {good, sizeof good};
    const inlay_bytes others = {wider, sizeof wider};

    (void)state;
    assert_int_equal(inlay_str_list_count(inlay_str_list_open(strings, false)),
                     1);
    assert_int_equal(
        inlay_str_list_at(inlay_str_list_open(strings, false), 0).size, 1);
    assert_int_equal(inlay_str_list_count(inlay_str_list_open(others, false)),
                     0);
}

static void test_reading__headers_that_do_not_fit(void **state)
{
    const uint8_t no_head[] = {5, 0, 1};
    const uint8_t no_escape[] = {255, 0, 0, 1};
    const uint8_t no_slots[] = {0, 31, 40};
    const uint8_t no_stride[] = {0, 0, 0, 9};
    const uint8_t few_heads[] = {1, 0, 0, 3, 7, 7};

    (void)state;
    assert_int_equal(inlay_record_open(no_head, 3, false).fixed, 0);
    assert_int_equal(inlay_record_open(no_escape, 4, false).fixed, 0);
    assert_int_equal(inlay_record_open(no_slots, 3, false).slots, 0);
    assert_int_equal(inlay_list_open((inlay_bytes){no_stride, 4}, false).count,
                     0);
    assert_int_equal(inlay_list_open((inlay_bytes){few_heads, 6}, false).count,
                     0);
    assert_int_equal(inlay_list_open((inlay_bytes){few_heads, 6}, false).count,
                     0);
}

// A struct's bools are nonzero-is-true; enums keep what they are.
static void test_reading__bools_and_enums(void **state)
{
    uint8_t                  bytes[2 + 78] = {78, 0};
    vec_scalars_scalars_view view;

    (void)state;
    memset(bytes + 2, 0xff, 78);
    view = vec_scalars_scalars_open(lay(bytes, sizeof bytes), sizeof bytes);
    assert_true(vec_scalars_scalars_get_b(view));
    assert_false(vec_scalars_scalars_get_c(view)); // default true
    assert_true(vec_scalars_scalars_get_seg(view).a.on);
    assert_int_equal(vec_scalars_scalars_get_color(view), 255);
    assert_int_equal(vec_scalars_scalars_get_wide(view), -1);
    assert_int_equal(vec_scalars_scalars_get_u16(view), 0xffff ^ 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading__optional_beyond_the_fixed_part),
        cmocka_unit_test(test_reading__optional_beyond_the_slots),
        cmocka_unit_test(test_reading__optional_in_a_slot_too_short),
        cmocka_unit_test(test_reading__splits_are_clamped),
        cmocka_unit_test(test_reading__payloads_of_another_size),
        cmocka_unit_test(test_reading__lists_of_fixed_types),
        cmocka_unit_test(test_reading__lists_are_set_in_place),
        cmocka_unit_test(test_reading__aligned_slices),
        cmocka_unit_test(test_reading__synthetic_records_are_exact),
        cmocka_unit_test(test_reading__headers_that_do_not_fit),
        cmocka_unit_test(test_reading__bools_and_enums),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

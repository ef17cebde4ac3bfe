// test_newer_data.c -- code generated from the older schema, on messages of the
// newer one (whose descriptors are built here, from its text).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json_support.h"

#include "before.inlay.h"

static json_schema newer;

static int setup(void **state)
{
    (void)state;
    json_schema_load(&newer, SCHEMAS "/after.inlay");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_schema_release(&newer);
    return 0;
}

// Encodes JSON of the newer revision.
static inlay_buffer encode(const char *name, const char *json)
{
    inlay_buffer bytes;
    inlay_error  error;

    inlay_buffer_init(&bytes, NULL);
    if (inlay_json_read(json_schema_record(&newer, name), json, strlen(json),
                        NULL, &bytes, &error) != INLAY_OK) {
        fail_msg("%s at %s", inlay_status_text(error.status), error.path);
    }
    return bytes;
}

static void check_str(inlay_str got, const char *expected)
{
    assert_true(inlay_str_equal(got, inlay_str_from(expected)));
}

static const char everything[] =
    "{\"id\":7,\"title\":\"t\",\"ok\":true,\"mood\":\"GLOOMY\","
    "\"load\":{\"big\":258},"
    "\"parts\":[{\"n\":1,\"name\":\"a\",\"weight\":9,\"more\":[1,2]},{},"
    "{\"n\":3,\"flag\":false,\"more\":[4]}],"
    "\"part\":{\"weight\":0},\"maybe\":{\"name\":\"m\",\"flag\":false},"
    "\"byname\":{\"x\":{\"n\":5,\"more\":[6]},\"y\":{\"name\":\"z\"}},"
    "\"loads\":[{\"small\":4},\"nothing\",{\"part\":{\"n\":8,\"weight\":1}},"
    "{\"list\":[{\"n\":9}]},null,{\"text\":\"end\"}],"
    "\"moods\":[\"GLAD\",\"GLOOMY\",77],\"opt\":6,"
    "\"b\":true,\"bt\":false,\"u8\":1,\"f64\":2,\"point\":{\"x\":4},"
    "\"bo\":false,\"f64o\":3,\"pointo\":{\"y\":1},\"sparse\":5,"
    "\"text\":\"later\",\"texto\":\"too\",\"blob\":\"AAAA\",\"vec\":[1,2,3],"
    "\"aligned\":[1,2],\"bits\":[true],\"names\":[\"p\",\"q\"],"
    "\"parts2\":[{\"n\":1}],\"part2\":{\"name\":\"w\"},"
    "\"load2\":{\"text\":\"v\"},\"map\":{\"1\":\"one\"}}";

static void check_parts(test_evolution_rec_view rec)
{
    test_evolution_part_list_view parts = test_evolution_rec_get_parts(rec);
    test_evolution_part_view      part;

    assert_int_equal(test_evolution_part_list_count(parts), 3);
    part = test_evolution_part_list_at(parts, 0);
    assert_int_equal(test_evolution_part_get_n(part), 1);
    check_str(test_evolution_part_get_name(part), "a");
    part = test_evolution_part_list_at(parts, 1);
    assert_int_equal(test_evolution_part_get_n(part), 0);
    check_str(test_evolution_part_get_name(part), "");
    part = test_evolution_part_list_at(parts, 2);
    assert_int_equal(test_evolution_part_get_n(part), 3);
    part = test_evolution_rec_get_maybe(rec);
    assert_true(test_evolution_rec_has_maybe(rec));
    check_str(test_evolution_part_get_name(part), "m");
}

static void check_map(test_evolution_rec_view rec)
{
    test_evolution_rec_byname_view map = test_evolution_rec_get_byname(rec);
    size_t                         at;

    assert_int_equal(test_evolution_rec_byname_count(map), 2);
    at = test_evolution_rec_byname_find(map, inlay_str_from("y"));
    assert_int_equal(at, 1);
    check_str(test_evolution_part_get_name(
                  test_evolution_rec_byname_value_at(map, at)),
              "z");
    assert_int_equal(
        test_evolution_part_get_n(test_evolution_rec_byname_value_at(map, 0)),
        5);
}

// Tags and values that came later are seen for what they are.
static void check_unknown(test_evolution_rec_view rec)
{
    test_evolution_load_list_view loads = test_evolution_rec_get_loads(rec);
    test_evolution_load_view      load = test_evolution_rec_get_load(rec);
    test_evolution_mood_list_view moods = test_evolution_rec_get_moods(rec);
    static const uint8_t          tags[] = {1, 5, 3, 6, 0, 2};
    size_t                        i;

    assert_int_equal(test_evolution_rec_get_mood(rec), 200);
    assert_null(test_evolution_mood_name(test_evolution_rec_get_mood(rec)));
    assert_int_equal(test_evolution_mood_list_count(moods), 3);
    assert_int_equal(test_evolution_mood_list_at(moods, 0),
                     TEST_EVOLUTION_MOOD_GLAD);
    assert_int_equal(test_evolution_mood_list_at(moods, 1), 200);
    assert_int_equal(test_evolution_mood_list_at(moods, 2), 77);

    assert_true(test_evolution_rec_has_load(rec));
    assert_int_equal(test_evolution_load_tag(load), 4);
    assert_int_equal(test_evolution_load_payload(load).size, 8);
    assert_int_equal(inlay_load_u64(test_evolution_load_payload(load).data),
                     258);
    assert_int_equal(test_evolution_load_get_small(load), 0);
    check_str(test_evolution_load_get_text(load), "");

    assert_int_equal(test_evolution_load_list_count(loads), 6);
    for (i = 0; i < 6; i++) {
        load = test_evolution_load_list_at(loads, i);
        assert_int_equal(test_evolution_load_tag(load), tags[i]);
        assert_int_equal(test_evolution_load_list_has_at(loads, i),
                         tags[i] != 0);
    }
    load = test_evolution_load_list_at(loads, 2);
    assert_int_equal(
        test_evolution_part_get_n(test_evolution_load_get_part(load)), 8);
    load = test_evolution_load_list_at(loads, 5);
    check_str(test_evolution_load_get_text(load), "end");
}

static void check_rec(test_evolution_rec_view rec)
{
    assert_int_equal(test_evolution_rec_get_id(rec), 7);
    check_str(test_evolution_rec_get_title(rec), "t");
    assert_true(test_evolution_rec_get_ok(rec));
    assert_true(test_evolution_rec_has_opt(rec));
    assert_int_equal(test_evolution_rec_get_opt(rec), 6);
    check_parts(rec);
    check_map(rec);
    check_unknown(rec);
}

static void test_newer__is_read(void **state)
{
    inlay_buffer            bytes = encode("Rec", everything);
    test_evolution_rec_view rec;
    inlay_error             error;

    (void)state;
    check_rec(test_evolution_rec_open(bytes.data, bytes.size));
    assert_int_equal(
        test_evolution_rec_open_verified(bytes.data, bytes.size, &rec, &error),
        INLAY_OK);
    check_rec(rec);
    assert_int_equal(
        test_evolution_rec_verify_canonical(bytes.data, bytes.size, &error),
        INLAY_NOT_CANONICAL);
    inlay_buffer_release(&bytes);
}

// Native structs keep unknown values, and unknown tags so that nobody mistakes
// them for unset; these can't be written back.
static void test_newer__is_decoded(void **state)
{
    inlay_buffer        bytes = encode("Rec", everything);
    inlay_arena         room;
    test_evolution_rec  rec;
    inlay_error         error;
    uint8_t             again[4096];
    size_t              size;
    test_evolution_load loads[6];

    (void)state;
    inlay_arena_init(&room, NULL, 0, &inlay_alloc_heap, 1 << 20);
    assert_int_equal(
        test_evolution_rec_decode(bytes.data, bytes.size, &room, &rec, &error),
        INLAY_OK);
    assert_int_equal(rec.id, 7);
    assert_int_equal(rec.mood, 200);
    assert_int_equal(rec.load.tag, 4);
    assert_int_equal(rec.loads.count, 6);
    assert_int_equal(rec.loads.items[3].tag, 6);
    assert_int_equal(rec.parts.count, 3);
    assert_int_equal(rec.byname.count, 2);
    check_str(rec.byname.items[1].value.name, "z");
    assert_int_equal(
        test_evolution_rec_encode(&rec, again, sizeof again, &size, &error),
        INLAY_TAG_RANGE);
    assert_string_equal(error.path, "load");
    rec.load.tag = 0;
    assert_int_equal(
        test_evolution_rec_encode(&rec, again, sizeof again, &size, &error),
        INLAY_TAG_RANGE);
    assert_string_equal(error.path, "loads[1]");
    memcpy(loads, rec.loads.items, sizeof loads);
    loads[1].tag = loads[3].tag = 0;
    rec.loads.items = loads;
    assert_int_equal(
        test_evolution_rec_encode(&rec, again, sizeof again, &size, &error),
        INLAY_OK);
    assert_int_equal(test_evolution_rec_verify_canonical(again, size, &error),
                     INLAY_OK);
    inlay_arena_release(&room);
    inlay_buffer_release(&bytes);
}

// An old writer sets fields in a newer message; what it does not know stays.
static void test_newer__can_be_set(void **state)
{
    inlay_buffer            bytes = encode("Rec", everything);
    inlay_buffer            before, after;
    test_evolution_rec_view rec =
        test_evolution_rec_open(bytes.data, bytes.size);
    const inlay_record_desc *desc = json_schema_record(&newer, "Rec");
    char                    *found;

    (void)state;
    inlay_buffer_init(&before, NULL);
    inlay_buffer_init(&after, NULL);
    assert_int_equal(inlay_json_write(desc, bytes.data, bytes.size, NULL,
                                      inlay_sink_buffer(&before), NULL),
                     INLAY_OK);
    assert_true(test_evolution_rec_set_id(rec, 8));
    assert_true(test_evolution_rec_clear_opt(rec));
    assert_true(test_evolution_rec_set_opt(rec, 6));
    assert_int_equal(inlay_json_write(desc, bytes.data, bytes.size, NULL,
                                      inlay_sink_buffer(&after), NULL),
                     INLAY_OK);
    found = strstr((char *)before.data, "\"id\":7");
    assert_non_null(found);
    found[5] = '8';
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    inlay_buffer_release(&before);
    inlay_buffer_release(&after);
    inlay_buffer_release(&bytes);
}

// Bits of later fields share a byte with none of ours here; all of it is more.
static void test_newer__small_growth(void **state)
{
    inlay_buffer bytes = encode("Grown", "{\"n\":4,\"bits0\":true}");
    inlay_error  error;

    (void)state;
    assert_int_equal(
        test_evolution_grown_verify(bytes.data, bytes.size, &error), INLAY_OK);
    assert_int_equal(
        test_evolution_grown_verify_canonical(bytes.data, bytes.size, &error),
        INLAY_NOT_CANONICAL);
    assert_int_equal(test_evolution_grown_get_n(
                         test_evolution_grown_open(bytes.data, bytes.size)),
                     4);
    inlay_buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newer__is_read),
        cmocka_unit_test(test_newer__is_decoded),
        cmocka_unit_test(test_newer__can_be_set),
        cmocka_unit_test(test_newer__small_growth),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

// test_older_data.c -- code generated from the newer schema, on messages of the
// older one (whose descriptors are built here, from its text): what was not
// there reads as its default.

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random_json.h"
#include "walk.h"
#include "json/json_support.h"

#include "after.inlay.h"

static json_schema older;

static int setup(void **state)
{
    (void)state;
    json_schema_load(&older, SCHEMAS "/before.inlay");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_schema_release(&older);
    return 0;
}

static inlay_buffer encode(const char *json)
{
    inlay_buffer bytes;
    inlay_error  error;

    inlay_buffer_init(&bytes, NULL);
    if (inlay_json_read(json_schema_record(&older, "Rec"), json, strlen(json),
                        NULL, &bytes, &error) != INLAY_OK) {
        fail_msg("%s at %s", inlay_status_text(error.status), error.path);
    }
    return bytes;
}

static const char everything[] =
    "{\"id\":7,\"title\":\"t\",\"ok\":true,\"mood\":\"GLAD\","
    "\"load\":{\"part\":{\"n\":2}},"
    "\"parts\":[{\"n\":1,\"name\":\"a\"},{},{\"n\":3}],"
    "\"maybe\":{\"name\":\"m\"},\"byname\":{\"x\":{\"n\":5}},"
    "\"loads\":[{\"small\":4},null],\"moods\":[\"GLAD\"],\"opt\":6}";

// ---- Defaults ---------------------------------------------------------------

#define GET(field) test_evolution_rec_get_##field(rec)
#define HAS(field) test_evolution_rec_has_##field(rec)

static void check_fixed(test_evolution_rec_view rec)
{
    size_t i;

    assert_false(GET(b));
    assert_true(GET(bt));
    assert_int_equal(GET(u8), 3);
    assert_int_equal(GET(i16), -300);
    assert_int_equal(GET(u32), 0);
    assert_true(GET(i64) == -1);
    assert_true(GET(u64) == 0);
    assert_true(GET(f32) == 1.5f);
    assert_true(GET(f64) == 0 && signbit(GET(f64)));
    assert_int_equal(GET(mood2), TEST_EVOLUTION_MOOD_GLAD);
    assert_int_equal(GET(point).x, 1);
    assert_int_equal(GET(point).y, -1);
    assert_int_equal(GET(plain).x, 0);
    for (i = 0; i < 4; i++) {
        assert_int_equal(test_evolution_rec_get_arr(rec, i), i + 1);
        assert_int_equal(test_evolution_rec_get_grid(rec, i / 2, i % 2), 0);
    }
}

static void check_optional(test_evolution_rec_view rec)
{
    assert_false(HAS(bo) || GET(bo));
    assert_false(HAS(u8o) || GET(u8o) != 0);
    assert_false(HAS(f64o) || GET(f64o) != 0);
    assert_false(HAS(moodo) || GET(moodo) != 0);
    assert_false(HAS(pointo) || GET(pointo).x != 0);
    assert_false(HAS(arro) || test_evolution_rec_get_arro(rec, 0) != 0);
    assert_false(HAS(sparse) || GET(sparse) != 0);
    assert_false(HAS(sparseb) || GET(sparseb));
    assert_false(HAS(texto) || GET(texto).size != 0);
    assert_false(HAS(blobo) || GET(blobo).size != 0);
    assert_false(HAS(veco) || GET(veco).count != 0);
    assert_false(HAS(bitso) || GET(bitso).count != 0);
    assert_false(HAS(partso) ||
                 test_evolution_part_list_count(GET(partso)) != 0);
    assert_false(HAS(parto));
    assert_false(HAS(load2) || HAS(loado));
    assert_false(HAS(mapo) || test_evolution_rec_mapo_count(GET(mapo)) != 0);
}

static void check_slots(test_evolution_rec_view rec)
{
    assert_int_equal(GET(text).size, 0);
    assert_int_equal(GET(blob).size, 0);
    assert_int_equal(GET(vec).count, 0);
    assert_int_equal(GET(aligned).count, 0);
    assert_int_equal(GET(bits).count, 0);
    assert_int_equal(test_evolution_point_list_count(GET(points)), 0);
    assert_int_equal(inlay_str_list_count(GET(names)), 0);
    assert_int_equal(test_evolution_part_list_count(GET(parts2)), 0);
    assert_int_equal(test_evolution_rec_map_count(GET(map)), 0);
    assert_int_equal(test_evolution_load_tag(GET(load2)), 0);
    assert_true(test_evolution_part_get_flag(GET(part2)));
    assert_true(test_evolution_part_get_weight(GET(parto)) == 2.5f);
}

// Records inside grew as well.
static void check_parts(test_evolution_rec_view rec)
{
    test_evolution_part_list_view parts = GET(parts);
    size_t                        i;

    assert_int_equal(test_evolution_part_list_count(parts), 3);
    for (i = 0; i < 3; i++) {
        test_evolution_part_view part = test_evolution_part_list_at(parts, i);

        assert_true(test_evolution_part_get_weight(part) == 2.5f);
        assert_true(test_evolution_part_get_flag(part));
        assert_int_equal(test_evolution_part_get_more(part).count, 0);
    }
    assert_int_equal(
        test_evolution_part_get_n(test_evolution_part_list_at(parts, 2)), 3);
    assert_true(
        test_evolution_part_get_flag(test_evolution_load_get_part(GET(load))));
    assert_int_equal(
        test_evolution_part_get_n(test_evolution_load_get_part(GET(load))), 2);
}

static void test_older__reads_as_defaults(void **state)
{
    inlay_buffer            bytes = encode(everything);
    test_evolution_rec_view rec =
        test_evolution_rec_open(bytes.data, bytes.size);

    (void)state;
    check_fixed(rec);
    check_optional(rec);
    check_slots(rec);
    check_parts(rec);
    assert_int_equal(
        test_evolution_rec_open_verified(bytes.data, bytes.size, &rec, NULL),
        INLAY_OK);
    check_fixed(rec);
    check_optional(rec);
    check_slots(rec);
    check_parts(rec);
    assert_int_equal(
        test_evolution_rec_verify_canonical(bytes.data, bytes.size, NULL),
        INLAY_NOT_CANONICAL);
    inlay_buffer_release(&bytes);
}

// There is no room for what came later.
static void test_older__can_not_be_set(void **state)
{
    const test_evolution_point point = {1, 2};
    inlay_buffer               bytes = encode(everything);
    inlay_buffer               same = encode(everything);
    test_evolution_rec_view    rec =
        test_evolution_rec_open(bytes.data, bytes.size);

    (void)state;
    assert_false(test_evolution_rec_set_u8(rec, 1));
    assert_false(test_evolution_rec_set_f64(rec, 1));
    assert_false(test_evolution_rec_set_mood2(rec, 1));
    assert_false(test_evolution_rec_set_point(rec, point));
    assert_false(test_evolution_rec_set_arr(rec, 0, 1));
    assert_false(test_evolution_rec_set_u8o(rec, 1));
    assert_false(test_evolution_rec_clear_u8o(rec));
    assert_false(test_evolution_rec_set_sparse(rec, 1));
    assert_memory_equal(bytes.data, same.data, same.size);
    assert_true(test_evolution_rec_set_id(rec, 1));
    inlay_buffer_release(&same);
    inlay_buffer_release(&bytes);
}

// ---- Whole messages ---------------------------------------------------------

// Decoded and encoded again it is a message of the newer revision, in which
// every reader finds the same.
static void check_migrated(const walk_root *root, const inlay_buffer *bytes)
{
    void       *native = calloc(1, root->size);
    inlay_arena room;
    inlay_error error;
    walk        old = walk_start(1000000), new = walk_start(1000000);
    size_t      size = bytes->size * 4 + 8000, made;
    uint8_t    *again = malloc(size);

    assert_non_null(native);
    assert_non_null(again);
    inlay_arena_init(&room, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    assert_int_equal(
        root->decode(bytes->data, bytes->size, &room, native, &error),
        INLAY_OK);
    assert_int_equal(root->encode(native, again, size, &made, &error),
                     INLAY_OK);
    assert_int_equal(root->verify_canonical(again, made, &error), INLAY_OK);
    root->walk(&old, bytes->data, bytes->size);
    root->walk(&new, again, made);
    assert_true(old.hash == new.hash);
    assert_true(old.budget > 0 && old.lost == 0);
    inlay_arena_release(&room);
    free(again);
    free(native);
}

static void check_same_json(const inlay_record_desc *desc, const uint8_t *a,
                            size_t a_size, const uint8_t *b, size_t b_size)
{
    inlay_buffer left, right;
    inlay_error  error;

    inlay_buffer_init(&left, NULL);
    inlay_buffer_init(&right, NULL);
    assert_int_equal(inlay_json_write(desc, a, a_size, NULL,
                                      inlay_sink_buffer(&left), &error),
                     INLAY_OK);
    assert_int_equal(inlay_json_write(desc, b, b_size, NULL,
                                      inlay_sink_buffer(&right), &error),
                     INLAY_OK);
    assert_int_equal(left.size, right.size);
    assert_memory_equal(left.data, right.data, left.size);
    inlay_buffer_release(&left);
    inlay_buffer_release(&right);
}

static void check_json(const inlay_buffer *bytes)
{
    test_evolution_rec rec;
    inlay_arena        room;
    inlay_error        error;
    size_t             size = bytes->size * 4 + 8000, made;
    uint8_t           *again = malloc(size);

    assert_non_null(again);
    inlay_arena_init(&room, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    assert_int_equal(test_evolution_rec_decode(bytes->data, bytes->size, &room,
                                               &rec, &error),
                     INLAY_OK);
    assert_int_equal(test_evolution_rec_encode(&rec, again, size, &made, NULL),
                     INLAY_OK);
    check_same_json(&test_evolution_rec_desc, bytes->data, bytes->size, again,
                    made);
    inlay_arena_release(&room);
    free(again);
}

static void test_older__migrates(void **state)
{
    const inlay_record_desc *desc = json_schema_record(&older, "Rec");
    uint64_t                 seed = 4711;
    inlay_buffer             text, bytes;
    inlay_error              error;
    size_t                   i, j;

    (void)state;
    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&bytes, NULL);
    for (i = 0; i < 1000; i++) {
        inlay_buffer_clear(&text);
        inlay_buffer_clear(&bytes);
        random_json_record(&seed, desc, (int64_t)(i % 50), &text);
        assert_int_equal(inlay_json_read(desc, (const char *)text.data,
                                         text.size, NULL, &bytes, &error),
                         INLAY_OK);
        for (j = 0; j < walk_root_count; j++) {
            if (strcmp(walk_roots[j].name, "Rec") == 0) {
                check_migrated(&walk_roots[j], &bytes);
            }
        }
        check_json(&bytes);
    }
    inlay_buffer_release(&text);
    inlay_buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_older__reads_as_defaults),
        cmocka_unit_test(test_older__can_not_be_set),
        cmocka_unit_test(test_older__migrates),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

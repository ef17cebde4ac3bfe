// test_builder_vectors.c -- every list of the format's vectors, built and fed
// in place of the array that was decoded: the message has to be the same.

#include <stdlib.h>
#include <string.h>

#include "verify/verify_support.h"

#include "aligned.inlay.h"
#include "evo2.inlay.h"
#include "more.inlay.h"
#include "nested.inlay.h"
#include "pin.inlay.h"
#include "scalars.inlay.h"
#include "wide.inlay.h"

#define ROOM (1 << 22) // more than a list of all messages takes
#define MANY 400

static uint8_t expected[ROOM];
static uint8_t made[ROOM];

static void assert_same(size_t expected_size, size_t size)
{
    assert_int_equal(expected_size, size);
    assert_memory_equal(expected, made, size);
}

// ---- Lists ------------------------------------------------------------------

// For each record: its list as an array, from a builder, from a source. Lists
// are written at some offset in the message, which pads depend on.
#define AT 7

#define RECORD(R)                                                              \
    static inlay_status R##_give(void *context, size_t index, R *to)           \
    {                                                                          \
        const R##_list *list = context;                                        \
                                                                               \
        assert_true(index < list->count);                                      \
        *to = list->items[index];                                              \
        return INLAY_OK;                                                       \
    }                                                                          \
                                                                               \
    static size_t R##_list_put(const R##_list *list, uint8_t *message)         \
    {                                                                          \
        uint8_t       tape[4096];                                              \
        inlay_encoder encoder;                                                 \
        uint64_t      size;                                                    \
                                                                               \
        inlay_encoder_init(&encoder, tape, sizeof tape, &inlay_alloc_heap);    \
        size = R##_list_size(&encoder, list);                                  \
        assert_int_equal(encoder.error.status, INLAY_OK);                      \
        assert_true(size + AT <= sizeof made);                                 \
        encoder.message = message;                                             \
        assert_ptr_equal(R##_list_write(&encoder, list, message + AT),         \
                         message + AT + size);                                 \
        assert_int_equal(encoder.error.status, INLAY_OK);                      \
        inlay_encoder_release(&encoder);                                       \
        return (size_t)size;                                                   \
    }                                                                          \
                                                                               \
    static void R##_list_check(R##_list list)                                  \
    {                                                                          \
        R##_list_builder      builder;                                         \
        const R##_list_source source = {R##_give, &list};                      \
        R##_list              part = {.count = list.count, .source = &source}; \
        size_t                size, i;                                         \
                                                                               \
        memset(made, 0, sizeof made);                                          \
        memset(expected, 0, sizeof expected);                                  \
        size = R##_list_put(&list, expected);                                  \
        assert_same(size + AT, R##_list_put(&part, made) + AT);                \
        R##_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);           \
        for (i = 0; i < list.count; i++) {                                     \
            assert_int_equal(                                                  \
                R##_list_builder_push(&builder, &list.items[i], NULL),         \
                INLAY_OK);                                                     \
        }                                                                      \
        part = R##_list_builder_list(&builder);                                \
        assert_int_equal(R##_list_builder_size(&builder), size);               \
        memset(made, 0xa5, sizeof made);                                       \
        memset(made, 0, AT);                                                   \
        assert_same(size + AT, R##_list_put(&part, made) + AT);                \
        R##_list_builder_release(&builder);                                    \
    }

// A root that appears in the vectors: a list of all the messages in turn.
#define ROOT(R)                                                                \
    RECORD(R)                                                                  \
    static R      R##_items[MANY];                                             \
    static size_t R##_count;                                                   \
                                                                               \
    static void R##_collect(const test_vector *vector, inlay_arena *memory)    \
    {                                                                          \
        assert_true(R##_count < MANY);                                         \
        assert_int_equal(R##_decode(vector->bytes.data, vector->bytes.size,    \
                                    memory, &R##_items[R##_count], NULL),      \
                         INLAY_OK);                                            \
        R##_count++;                                                           \
    }                                                                          \
                                                                               \
    static void R##_check(void)                                                \
    {                                                                          \
        const R##_list all = {.items = R##_items, .count = R##_count};         \
        size_t         count;                                                  \
                                                                               \
        assert_true(R##_count > 0);                                            \
        R##_list_check(all);                                                   \
        for (count = 0; count <= 3 && count <= all.count; count++) {           \
            R##_list_check((R##_list){.items = R##_items, .count = count});    \
        }                                                                      \
    }

ROOT(vec_aligned_batch)
ROOT(vec_evo_part)
ROOT(vec_evo_rec)
ROOT(vec_more_big)
ROOT(vec_more_inner)
ROOT(vec_more_ordered)
ROOT(vec_more_sparse)
ROOT(vec_nested_bag)
ROOT(vec_nested_pair)
ROOT(vec_nested_tree)
ROOT(vec_pin_al)
ROOT(vec_pin_deep)
ROOT(vec_pin_ens)
ROOT(vec_pin_lists)
ROOT(vec_pin_opt)
ROOT(vec_pin_pre)
ROOT(vec_pin_req)
ROOT(vec_pin_seven)
ROOT(vec_scalars_only_slot)
ROOT(vec_scalars_optionals)
ROOT(vec_scalars_scalars)
ROOT(vec_wide_wide)
ROOT(vec_wide_wides)

// Records that are in lists, but no roots.
RECORD(vec_aligned_tensor)
RECORD(vec_pin_al2)
RECORD(vec_pin_n)
RECORD(vec_pin_two)

typedef struct root {
    const char *schema;
    const char *name;
    void (*collect)(const test_vector *vector, inlay_arena *memory);
    void (*check)(void);
} root;

#define ENTRY(schema, name, R)                                                 \
    {                                                                          \
        schema ".inlay", name, R##_collect, R##_check                          \
    }

static const root roots[] = {
    ENTRY("aligned", "Batch", vec_aligned_batch),
    ENTRY("evo2", "Part", vec_evo_part),
    ENTRY("evo2", "Rec", vec_evo_rec),
    ENTRY("more", "Big", vec_more_big),
    ENTRY("more", "Inner", vec_more_inner),
    ENTRY("more", "Ordered", vec_more_ordered),
    ENTRY("more", "Sparse", vec_more_sparse),
    ENTRY("nested", "Bag", vec_nested_bag),
    ENTRY("nested", "Pair", vec_nested_pair),
    ENTRY("nested", "Tree", vec_nested_tree),
    ENTRY("pin", "Al", vec_pin_al),
    ENTRY("pin", "Deep", vec_pin_deep),
    ENTRY("pin", "Ens", vec_pin_ens),
    ENTRY("pin", "Lists", vec_pin_lists),
    ENTRY("pin", "Opt", vec_pin_opt),
    ENTRY("pin", "Pre", vec_pin_pre),
    ENTRY("pin", "Req", vec_pin_req),
    ENTRY("pin", "Seven", vec_pin_seven),
    ENTRY("scalars", "OnlySlot", vec_scalars_only_slot),
    ENTRY("scalars", "Optionals", vec_scalars_optionals),
    ENTRY("scalars", "Scalars", vec_scalars_scalars),
    ENTRY("wide", "Wide", vec_wide_wide),
    ENTRY("wide", "Wides", vec_wide_wides),
};

#define ROOT_COUNT (sizeof roots / sizeof roots[0])

static inlay_arena decoded;
static uint8_t    *kept[4000]; // what was decoded borrows from it
static size_t      kept_count;

static void collect(const test_vector *vector, void *context)
{
    test_vector copy = *vector;
    size_t      i;

    (void)context;
    for (i = 0; i < ROOT_COUNT; i++) {
        if (strcmp(roots[i].schema, vector->schema) == 0 &&
            strcmp(roots[i].name, vector->root) == 0) {
            copy.bytes =
                test_bytes_copy(vector->bytes.data, vector->bytes.size);
            assert_true(kept_count < sizeof kept / sizeof kept[0]);
            kept[kept_count++] = copy.bytes.data;
            roots[i].collect(&copy, &decoded);
            return;
        }
    }
    // A record without fields has no list; evo1 and evo2 share their names.
    assert_true(strcmp(vector->root, "Empty") == 0 ||
                strcmp(vector->root, "Hollow") == 0 ||
                strcmp(vector->schema, "evo1.inlay") == 0);
}

static int setup(void **state)
{
    (void)state;
    inlay_arena_init(&decoded, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    test_vectors_visit("valid", collect, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    inlay_arena_release(&decoded);
    while (kept_count > 0) {
        free(kept[--kept_count]);
    }
    return 0;
}

static void test_lists_of_roots(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ROOT_COUNT; i++) {
        roots[i].check();
    }
}

// ---- Lists inside the vectors -----------------------------------------------

// Checks a list of every message, and the message with the list built and fed.
#define CHECK_INNER(root, member, R)                                           \
    do {                                                                       \
        size_t index;                                                          \
                                                                               \
        for (index = 0; index < root##_count; index++) {                       \
            root             whole = root##_items[index];                      \
            const R##_list   list = whole.member;                              \
            R##_list_builder builder;                                          \
            size_t           expected_size, size, i;                           \
                                                                               \
            R##_list_check(list);                                              \
            assert_int_equal(root##_encode(&whole, expected, sizeof expected,  \
                                           &expected_size, NULL),              \
                             INLAY_OK);                                        \
            R##_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);       \
            for (i = 0; i < list.count; i++) {                                 \
                assert_int_equal(                                              \
                    R##_list_builder_push(&builder, &list.items[i], NULL),     \
                    INLAY_OK);                                                 \
            }                                                                  \
            whole.member = R##_list_builder_list(&builder);                    \
            assert_int_equal(                                                  \
                root##_encode(&whole, made, sizeof made, &size, NULL),         \
                INLAY_OK);                                                     \
            assert_same(expected_size, size);                                  \
            R##_list_builder_release(&builder);                                \
            whole.member = list;                                               \
        }                                                                      \
    } while (0)

static void test_lists_inside(void **state)
{
    (void)state;
    CHECK_INNER(vec_aligned_batch, tensors, vec_aligned_tensor);
    CHECK_INNER(vec_evo_rec, parts, vec_evo_part);
    CHECK_INNER(vec_evo_rec, more, vec_evo_part);
    CHECK_INNER(vec_more_big, more, vec_more_ordered);
    CHECK_INNER(vec_more_sparse, list, vec_more_inner);
    CHECK_INNER(vec_nested_bag, trees, vec_nested_tree);
    CHECK_INNER(vec_nested_tree, kids, vec_nested_tree);
    CHECK_INNER(vec_pin_al, l, vec_pin_al2);
    CHECK_INNER(vec_pin_deep, kids, vec_pin_deep);
    CHECK_INNER(vec_pin_lists, ns, vec_pin_n);
    CHECK_INNER(vec_pin_lists, twos, vec_pin_two);
    CHECK_INNER(vec_wide_wides, all, vec_wide_wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_of_roots),
        cmocka_unit_test(test_lists_inside),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

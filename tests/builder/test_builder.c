// test_builder.c -- list builders: widths, memory, failures.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fed.inlay.h"
#include "fed_support.h"

static const char bad_text[] = "caf\xc3";

// ---- Comparing --------------------------------------------------------------

// Returns the message of a root; its size goes to `size`.
static uint8_t *rows_encode(const fed_rows *root, size_t *size)
{
    size_t   capacity = fed_rows_encoded_size(root);
    uint8_t *bytes = fed_bytes_new(capacity);

    assert_true(capacity > 0);
    assert_int_equal(fed_rows_encode(root, bytes, capacity, size, NULL),
                     INLAY_OK);
    assert_int_equal(*size, capacity);
    return bytes;
}

// Asserts that a builder gives what an array of the rows gives.
static void assert_builds(fed_row_list_builder *builder, const fed_row *rows,
                          size_t count)
{
    fed_rows root = {.rows = {.items = rows, .count = count}};
    fed_rows built = {.rows = fed_row_list_builder_list(builder)};
    size_t   expected_size, size;
    uint8_t *expected = rows_encode(&root, &expected_size);
    uint8_t *made = rows_encode(&built, &size);

    assert_int_equal(fed_row_list_builder_count(builder), count);
    assert_int_equal(expected_size, size);
    assert_memory_equal(expected, made, size);
    free(made);
    // The root has nothing before its only slot, but two bytes of header.
    size = fed_row_list_builder_size(builder);
    assert_int_equal(size, expected_size - 2);
    made = fed_bytes_new(size);
    assert_int_equal(
        fed_row_list_builder_finish(builder, made, size, &size, NULL),
        INLAY_OK);
    assert_memory_equal(expected + 2, made, size);
    if (size > 0) {
        inlay_error error;

        assert_int_equal(
            fed_row_list_builder_finish(builder, made, size - 1, &size, &error),
            INLAY_BUFFER_TOO_SMALL);
        assert_int_equal(error.status, INLAY_BUFFER_TOO_SMALL);
    }
    free(made);
    free(expected);
}

static void push(fed_row_list_builder *builder, const fed_row *row)
{
    assert_int_equal(fed_row_list_builder_push(builder, row, NULL), INLAY_OK);
}

// ---- Widths -----------------------------------------------------------------

// Rows whose shares and splits need one, two or three bytes, in any order.
static fed_row *rows_new(size_t count, uint32_t seed, bool wide)
{
    static const uint32_t sizes[] = {0, 1, 20, 255, 256, 300, 65535, 65536};
    fed_row              *rows = calloc(count, sizeof *rows);
    size_t                i;

    assert_non_null(rows);
    for (i = 0; i < count; i++) {
        uint32_t of = wide && fed_random(&seed, 8) == 0 ? 8 : 3;

        rows[i].id = fed_random(&seed, 1000);
        rows[i].name = fed_text(sizes[fed_random(&seed, of)]);
        rows[i].tail = fed_text(sizes[fed_random(&seed, of)]);
    }
    return rows;
}

static void test_every_count(void **state)
{
    fed_row             *rows = rows_new(70, 1, true);
    fed_row_list_builder builder;
    size_t               i;

    (void)state;
    fed_row_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    assert_builds(&builder, rows, 0);
    for (i = 0; i < 70; i++) {
        push(&builder, &rows[i]);
        assert_builds(&builder, rows, i + 1);
    }
    fed_row_list_builder_release(&builder);
    free(rows);
}

static void test_widths(void **state)
{
    uint32_t seed;

    (void)state;
    for (seed = 0; seed < 60; seed++) {
        uint32_t             state_of = seed;
        size_t               count = 1 + fed_random(&state_of, 400) + seed * 10;
        fed_row             *rows = rows_new(count, seed, seed % 3 == 0);
        fed_memory           memory;
        fed_row_list_builder builder;
        size_t               i;

        fed_memory_init(&memory);
        fed_row_list_builder_init(&builder, NULL, 0, &memory.alloc);
        for (i = 0; i < count; i++) {
            fed_row copy = rows[i];

            push(&builder, &copy);
        }
        assert_builds(&builder, rows, count);
        fed_row_list_builder_clear(&builder);
        assert_int_equal(memory.held, 0);
        assert_builds(&builder, rows, 0);
        push(&builder, &rows[count - 1]);
        assert_builds(&builder, &rows[count - 1], 1);
        fed_row_list_builder_release(&builder);
        assert_int_equal(memory.held, 0);
        free(rows);
    }
}

// Counts of two and three bytes, anchors of one to three, no splits at all.
static void test_heads_without_heap(void **state)
{
    fed_fix             *items = calloc(70000, sizeof *items);
    fed_fix_list_builder builder;
    size_t               i, size;

    (void)state;
    assert_non_null(items);
    fed_fix_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    for (i = 0; i < 70000; i++) {
        fed_fixes root = {.all = {.items = items, .count = i + 1}};
        fed_fixes built = {0};
        uint8_t   expected[2048], made[2048];
        size_t    made_size;

        items[i].a = (uint16_t)i;
        items[i].b = i % 3 == 0;
        assert_int_equal(fed_fix_list_builder_push(&builder, &items[i], NULL),
                         INLAY_OK);
        if (i > 300) {
            continue;
        }
        built.all = fed_fix_list_builder_list(&builder);
        assert_int_equal(
            fed_fixes_encode(&root, expected, sizeof expected, &size, NULL),
            INLAY_OK);
        assert_int_equal(
            fed_fixes_encode(&built, made, sizeof made, &made_size, NULL),
            INLAY_OK);
        assert_int_equal(size, made_size);
        assert_memory_equal(expected, made, size);
    }
    // F, S, widths, a count of three bytes, heads of three.
    assert_int_equal(fed_fix_list_builder_size(&builder), 3 + 3 + 70000 * 3);
    fed_fix_list_builder_release(&builder);
    free(items);
}

// ---- Memory -----------------------------------------------------------------

static void test_memory_is_that_of_the_output(void **state)
{
    static const uint32_t sizes[][2] = {{0, 3}, {20, 40}, {300, 9000}};
    size_t                i;
    uint32_t              j, seed = 5;

    (void)state;
    for (i = 0; i < 3; i++) {
        fed_memory           memory;
        fed_row_list_builder builder;

        fed_memory_init(&memory);
        fed_row_list_builder_init(&builder, NULL, 0, &memory.alloc);
        for (j = 0; j < 5000; j++) {
            uint32_t spread = sizes[i][1] - sizes[i][0];
            fed_row  row = {
                 .name = fed_text(sizes[i][0] + fed_random(&seed, spread)),
                 .tail = fed_text(sizes[i][0] + fed_random(&seed, spread))};

            push(&builder, &row);
        }
        assert_true((double)memory.held_most <
                    1.2 * (double)fed_row_list_builder_size(&builder));
        fed_row_list_builder_release(&builder);
        assert_int_equal(memory.held, 0);
    }
}

static void test_own_memory(void **state)
{
    fed_row *rows = rows_new(2000, 9, false);
    size_t   size;

    (void)state;
    for (size = 0; size < 9000; size += 531) {
        uint8_t             *own = fed_bytes_new(size + 1);
        fed_row_list_builder builder;
        inlay_error          error;
        size_t               count = 0;

        // Not aligned, which the builder has to see to.
        fed_row_list_builder_init(&builder, own + 1, size, NULL);
        while (fed_row_list_builder_push(&builder, &rows[count], &error) ==
               INLAY_OK) {
            count++;
        }
        assert_int_equal(error.status, INLAY_OUT_OF_MEMORY);
        assert_builds(&builder, rows, count);
        assert_true(size < 2000 ||
                    fed_row_list_builder_size(&builder) > size / 2);
        fed_row_list_builder_clear(&builder);
        if (count > 0) {
            push(&builder, &rows[0]);
            assert_builds(&builder, rows, 1);
        }
        fed_row_list_builder_release(&builder);
        free(own);
    }
    free(rows);
}

static void test_own_memory_first(void **state)
{
    fed_row             *rows = rows_new(500, 11, true);
    uint8_t              own[1500];
    fed_memory           memory;
    fed_row_list_builder builder;
    size_t               i;

    (void)state;
    fed_memory_init(&memory);
    fed_row_list_builder_init(&builder, own, sizeof own, &memory.alloc);
    push(&builder, &rows[0]);
    assert_int_equal(memory.calls, 0);
    for (i = 1; i < 500; i++) {
        push(&builder, &rows[i]);
    }
    assert_builds(&builder, rows, 500);
    fed_row_list_builder_release(&builder);
    assert_int_equal(memory.held, 0);
    free(rows);
}

// A push that fails because of its n-th allocation is pushed again.
static void test_every_allocation_fails(void **state)
{
    fed_row *rows = rows_new(300, 3, true);
    size_t   n, failures = 1;

    (void)state;
    for (n = 1; failures > 0; n++) {
        fed_memory           memory;
        fed_row_list_builder builder;
        inlay_error          error;
        size_t               i;

        failures = 0;
        fed_memory_init(&memory);
        memory.fail_at = n;
        fed_row_list_builder_init(&builder, NULL, 0, &memory.alloc);
        for (i = 0; i < 300; i++) {
            if (fed_row_list_builder_push(&builder, &rows[i], &error) !=
                INLAY_OK) {
                assert_int_equal(error.status, INLAY_OUT_OF_MEMORY);
                failures++;
                push(&builder, &rows[i]);
            }
        }
        assert_true(failures <= 1);
        assert_builds(&builder, rows, 300);
        fed_row_list_builder_release(&builder);
        assert_int_equal(memory.held, 0);
    }
    assert_true(n > 10);
    free(rows);
}

// The same for the tape, which elements of many blocks need.
static void test_every_allocation_of_the_tape_fails(void **state)
{
    fed_node *kids = calloc(3000, sizeof *kids);
    fed_node  child = {.name = INLAY_STR("child")};
    size_t    n, i, failures = 1;

    (void)state;
    assert_non_null(kids);
    for (i = 0; i < 3000; i++) {
        kids[i].only = &child;
    }
    for (n = 1; failures > 0; n++) {
        const fed_node        whole = {.kids = {.items = kids, .count = 3000}};
        fed_memory            memory;
        fed_node_list_builder builder;
        inlay_error           error;

        failures = 0;
        fed_memory_init(&memory);
        memory.fail_at = n;
        fed_node_list_builder_init(&builder, NULL, 0, &memory.alloc);
        if (fed_node_list_builder_push(&builder, &whole, &error) != INLAY_OK) {
            assert_int_equal(error.status, INLAY_OUT_OF_MEMORY);
            failures++;
            assert_int_equal(fed_node_list_builder_size(&builder), 0);
            assert_int_equal(fed_node_list_builder_push(&builder, &whole, NULL),
                             INLAY_OK);
        }
        assert_int_equal(fed_node_list_builder_count(&builder), 1);
        fed_node_list_builder_release(&builder);
        assert_int_equal(memory.held, 0);
    }
    assert_true(n > 4);
    free(kids);
}

// ---- Failing pushes ---------------------------------------------------------

static void assert_refuses(fed_node_list_builder *builder, const fed_node *node,
                           inlay_status status, const char *path)
{
    inlay_error error;
    size_t      count = fed_node_list_builder_count(builder);
    size_t      size = fed_node_list_builder_size(builder);

    assert_int_equal(fed_node_list_builder_push(builder, node, &error), status);
    assert_int_equal(error.status, status);
    assert_string_equal(error.path, path);
    assert_int_equal(error.offset, INLAY_NO_OFFSET);
    assert_int_equal(fed_node_list_builder_count(builder), count);
    assert_int_equal(fed_node_list_builder_size(builder), size);
    assert_int_equal(fed_node_list_builder_push(builder, node, NULL), status);
}

static void refuse_all(fed_node_list_builder *builder, size_t index)
{
    const fed_node_names_entry entries[] = {{.key = 2}, {.key = 1}};
    const fed_node kids[2] = {[1] = {.name = {bad_text, sizeof bad_text - 1}}};
    const fed_node text = {.name = {bad_text, sizeof bad_text - 1}};
    const fed_node inner = {.name = fed_text(70000),
                            .kids = {.items = kids, .count = 2}};
    const fed_node order = {.names = {.items = entries, .count = 2}};
    const fed_node no_items = {.kids = {.count = 3}};
    fed_node       deep[INLAY_DEPTH_LIMIT + 1];
    char           path[INLAY_PATH_SIZE];
    size_t         i;

    snprintf(path, sizeof path, "[%zu].name", index);
    assert_refuses(builder, &text, INLAY_UTF8, path);
    snprintf(path, sizeof path, "[%zu].kids[1].name", index);
    assert_refuses(builder, &inner, INLAY_UTF8, path);
    snprintf(path, sizeof path, "[%zu].names[1]", index);
    assert_refuses(builder, &order, INLAY_MAP_ORDER, path);
    snprintf(path, sizeof path, "[%zu].kids", index);
    assert_refuses(builder, &no_items, INLAY_NULL_ITEMS, path);
    memset(deep, 0, sizeof deep);
    for (i = 0; i < INLAY_DEPTH_LIMIT; i++) {
        deep[i].only = &deep[i + 1];
    }
    // The path is longer than fits, and begins with dots.
    assert_int_equal(fed_node_list_builder_push(builder, &deep[0], NULL),
                     INLAY_TOO_DEEP);
}

static void test_failing_pushes(void **state)
{
    fed_node              nodes[40];
    fed_nodes             root = {.nodes = {.items = nodes, .count = 40}};
    uint8_t              *expected, *made;
    fed_memory            memory;
    fed_node_list_builder builder;
    size_t                i, size, made_size;

    (void)state;
    memset(nodes, 0, sizeof nodes);
    fed_memory_init(&memory);
    fed_node_list_builder_init(&builder, NULL, 0, &memory.alloc);
    for (i = 0; i < 40; i++) {
        nodes[i].name = fed_text(i * 20);
        nodes[i].kids.items = nodes;
        nodes[i].kids.count = i % 4;
        refuse_all(&builder, i);
        assert_int_equal(fed_node_list_builder_push(&builder, &nodes[i], NULL),
                         INLAY_OK);
    }
    size = fed_nodes_encoded_size(&root);
    expected = fed_bytes_new(size);
    made = fed_bytes_new(size);
    assert_int_equal(fed_nodes_encode(&root, expected, size, &size, NULL),
                     INLAY_OK);
    root.nodes = fed_node_list_builder_list(&builder);
    assert_int_equal(fed_nodes_encode(&root, made, size, &made_size, NULL),
                     INLAY_OK);
    assert_int_equal(size, made_size);
    assert_memory_equal(expected, made, size);
    free(expected);
    free(made);
    fed_node_list_builder_release(&builder);
    assert_int_equal(memory.held, 0);
}

static void test_absurd_sizes(void **state)
{
    static const uint64_t sizes[] = {(uint64_t)1 << 47, UINT64_MAX,
                                     UINT64_MAX - 10};
    fed_row_list_builder  builder;
    size_t                i;

    (void)state;
    fed_row_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    for (i = 0; i < 3; i++) {
        fed_row row = {.name = {"x", (size_t)sizes[i]}, .tail = {"x", 20}};

        assert_int_equal(fed_row_list_builder_push(&builder, &row, NULL),
                         INLAY_TOO_LARGE);
    }
    assert_int_equal(fed_row_list_builder_count(&builder), 0);
    fed_row_list_builder_release(&builder);
}

// Without an allocator the tape is as long as it is.
static void test_scratch(void **state)
{
    static uint8_t        own[1 << 16];
    static fed_node       kids[INLAY_TAPE_SIZE];
    static const fed_node child = {.name = INLAY_STR("x")};
    fed_node              whole = {.kids = {.items = kids}};
    fed_node_list_builder builder;
    size_t                i;

    (void)state;
    for (i = 0; i < INLAY_TAPE_SIZE; i++) {
        kids[i].only = &child;
    }
    fed_node_list_builder_init(&builder, own, sizeof own, NULL);
    whole.kids.count = INLAY_TAPE_SIZE - 1;
    assert_int_equal(fed_node_list_builder_push(&builder, &whole, NULL),
                     INLAY_OK);
    whole.kids.count = INLAY_TAPE_SIZE;
    assert_int_equal(fed_node_list_builder_push(&builder, &whole, NULL),
                     INLAY_SCRATCH_TOO_SMALL);
    assert_int_equal(fed_node_list_builder_count(&builder), 1);
    fed_node_list_builder_release(&builder);
}

// ---- In the place of an array -----------------------------------------------

// A builder whose elements are `depth` blocks deep, itself included, put under
// `above` records of which the first is the root.
static inlay_status nest(uint32_t depth, uint32_t above, inlay_error *error)
{
    fed_node              inner[INLAY_DEPTH_LIMIT], outer[INLAY_DEPTH_LIMIT];
    fed_node_list_builder builder;
    inlay_status          status;
    uint8_t               bytes[4096];
    size_t                size;
    uint32_t              i;

    memset(inner, 0, sizeof inner);
    memset(outer, 0, sizeof outer);
    // inner[0] is in the builder's own block; each `only` is a block more.
    fed_node_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    for (i = 0; i + 1 < depth; i++) {
        inner[i].only = &inner[i + 1];
    }
    assert_int_equal(fed_node_list_builder_push(&builder, &inner[0], NULL),
                     INLAY_OK);
    for (i = 0; i + 1 < above; i++) {
        outer[i].only = &outer[i + 1];
    }
    outer[above - 1].kids = fed_node_list_builder_list(&builder);
    status = fed_node_encode(&outer[0], bytes, sizeof bytes, &size, error);
    if (status == INLAY_OK) {
        assert_int_equal(fed_node_verify_canonical(bytes, size, NULL),
                         INLAY_OK);
    }
    fed_node_list_builder_release(&builder);
    return status;
}

static void test_depth_in_the_end(void **state)
{
    inlay_error error;
    uint32_t    depth;

    (void)state;
    for (depth = 1; depth < INLAY_DEPTH_LIMIT; depth++) {
        assert_int_equal(nest(depth, INLAY_DEPTH_LIMIT - depth, &error),
                         INLAY_OK);
        assert_int_equal(nest(depth, INLAY_DEPTH_LIMIT - depth + 1, &error),
                         INLAY_TOO_DEEP);
        assert_string_equal(error.path + strlen(error.path) - 4, "kids");
    }
}

// A builder that is pushed to between the passes is a source that changed.
static void test_change_between_passes(void **state)
{
    const fed_row        row = {.name = INLAY_STR("row")};
    fed_row_list_builder builder;
    fed_rows             root = {0};
    inlay_encoder        encoder;
    size_t               size;
    uint8_t             *bytes;

    (void)state;
    fed_row_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    push(&builder, &row);
    root.rows = fed_row_list_builder_list(&builder);
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    assert_int_equal(fed_rows_measure(&root, &encoder, &size), INLAY_OK);
    bytes = fed_bytes_new(size);
    push(&builder, &row);
    assert_int_equal(fed_rows_write(&root, &encoder, bytes, size),
                     INLAY_SOURCE_CHANGED);
    assert_string_equal(encoder.error.path, "rows");
    assert_int_equal(fed_rows_measure(&root, &encoder, &size),
                     INLAY_SOURCE_CHANGED);
    root.rows = fed_row_list_builder_list(&builder);
    assert_int_equal(fed_rows_measure(&root, &encoder, &size), INLAY_OK);
    free(bytes);
    inlay_encoder_release(&encoder);
    fed_row_list_builder_release(&builder);
}

// Pads depend on where pages end up: at every offset, at any depth, and in
// builders inside of builders.
static void test_pads(void **state)
{
    const uint32_t data[] = {1, 2, 3};
    fed_page       leaf = {.data = {data, 3},
                           .raw = {true, {(const uint8_t *)"bytes", 5}}};
    fed_page       inner = {.id = 3,
                            .data = {data, 2},
                            .kids = {.items = &leaf, .count = 1},
                            .any = {.tag = FED_ANY_PAGE, .page = &leaf}};
    fed_page       pages[3] = {leaf, inner, inner};
    fed_nodes      root = {.pages = {.items = pages, .count = 3}};
    fed_nodes      built = {0};
    size_t         i, size, made_size;

    (void)state;
    for (i = 0; i < 130; i++) {
        static uint8_t        expected[4096], made[4096];
        fed_page_list_builder outer, kids;
        fed_page              page = inner;

        root.before = built.before = fed_text(i);
        pages[2].any.tag = FED_ANY_PAGES;
        pages[2].any.pages = (fed_page_list){.items = &leaf, .count = 1};
        fed_page_list_builder_init(&outer, NULL, 0, &inlay_alloc_heap);
        fed_page_list_builder_init(&kids, NULL, 0, &inlay_alloc_heap);
        assert_int_equal(fed_page_list_builder_push(&kids, &leaf, NULL),
                         INLAY_OK);
        assert_int_equal(fed_page_list_builder_push(&outer, &leaf, NULL),
                         INLAY_OK);
        page.kids = fed_page_list_builder_list(&kids);
        assert_int_equal(fed_page_list_builder_push(&outer, &page, NULL),
                         INLAY_OK);
        page.any = pages[2].any;
        page.any.pages = fed_page_list_builder_list(&kids);
        assert_int_equal(fed_page_list_builder_push(&outer, &page, NULL),
                         INLAY_OK);
        built.pages = fed_page_list_builder_list(&outer);
        assert_int_equal(
            fed_nodes_encode(&root, expected, sizeof expected, &size, NULL),
            INLAY_OK);
        assert_int_equal(
            fed_nodes_encode(&built, made, sizeof made, &made_size, NULL),
            INLAY_OK);
        assert_int_equal(size, made_size);
        assert_memory_equal(expected, made, size);
        assert_int_equal(fed_nodes_verify_canonical(made, size, NULL),
                         INLAY_OK);
        fed_page_list_builder_release(&outer);
        fed_page_list_builder_release(&kids);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_count),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_heads_without_heap),
        cmocka_unit_test(test_memory_is_that_of_the_output),
        cmocka_unit_test(test_own_memory),
        cmocka_unit_test(test_own_memory_first),
        cmocka_unit_test(test_every_allocation_fails),
        cmocka_unit_test(test_every_allocation_of_the_tape_fails),
        cmocka_unit_test(test_failing_pushes),
        cmocka_unit_test(test_absurd_sizes),
        cmocka_unit_test(test_scratch),
        cmocka_unit_test(test_depth_in_the_end),
        cmocka_unit_test(test_change_between_passes),
        cmocka_unit_test(test_pads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_generated.c -- generated code of one schema against the format's vectors
// and made-up values: reading, writing, verifying, setting, and what happens to
// damaged bytes. Compiled once per schema, with its walker (gen_walk.c) and
//
//   SCHEMA_FILE   the schema's name in vectors.json
//   MADE_UP       made-up messages per record, treated as vectors are
//   DIFFERENTIAL  more of them, encoded by two ways
//   MUTATIONS_MAX, GARBAGE_MAX   how much is damaged

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_json.h"
#include "walk.h"
#include "json/json_support.h"

#define BUDGET_ALL 4000000 // calls: more than any vector needs
#define BUDGET     3000    // calls on damaged bytes

// ---- Cases ------------------------------------------------------------------

typedef enum case_kind {
    CASE_VALID,
    CASE_READ,
    CASE_INVALID
} case_kind;

typedef struct test_case {
    const walk_root *root;
    case_kind        kind;
    inlay_str        json;
    uint8_t         *bytes; // on the heap, exactly `size`
    size_t           size;
} test_case;

static struct {
    test_case *cases;
    size_t     count;
    size_t     capacity;
} all;

static const walk_root *find_root(inlay_str name)
{
    size_t i;

    for (i = 0; i < walk_root_count; i++) {
        if (inlay_str_equal(inlay_str_from(walk_roots[i].name), name)) {
            return &walk_roots[i];
        }
    }
    fail_msg("no root %.*s", (int)name.size, name.data);
    return NULL;
}

// Memory that ends where the bytes end, so that a sanitizer sees one too far.
static uint8_t *exact_copy(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);

    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

static test_case *add_case(const walk_root *root, case_kind kind,
                           const uint8_t *bytes, size_t size, inlay_str json)
{
    test_case *added;
    char      *text = malloc(json.size + 1);

    if (all.count == all.capacity) {
        all.capacity = all.capacity * 2 + 64;
        all.cases = realloc(all.cases, all.capacity * sizeof *all.cases);
    }
    assert_non_null(all.cases);
    assert_non_null(text);
    if (json.size > 0) {
        memcpy(text, json.data, json.size);
    }
    added = &all.cases[all.count++];
    *added = (test_case){
        root, kind, {text, json.size}, exact_copy(bytes, size), size};
    return added;
}

static void load_section(const char *text, const json_value *root,
                         const char *section, case_kind kind)
{
    const json_value *entry = json_member(root, section)->first;

    for (; entry != NULL; entry = entry->next) {
        const json_value *json = json_member(entry, "json");
        inlay_str         none = {NULL, 0};
        uint8_t          *bytes;
        size_t            size;

        if (!inlay_str_equal(json_member(entry, "schema")->text,
                             inlay_str_from(SCHEMA_FILE))) {
            continue;
        }
        bytes = json_unhex(json_member(entry, "hex")->text, &size);
        add_case(find_root(json_member(entry, "root")->text), kind, bytes, size,
                 json == NULL ? none : json_text_of(text, json));
        free(bytes);
    }
}

static void load_vectors(void)
{
    size_t       size;
    char        *text = json_file(INLAY_VECTORS_DIR "/vectors.json", &size);
    inlay_pool   pool;
    json_failure failure;
    json_value  *root;

    inlay_pool_init(&pool, NULL);
    root = inlay_json_parse(text, size, &pool, &failure);
    assert_non_null(root);
    load_section(text, root, "valid", CASE_VALID);
    load_section(text, root, "read", CASE_READ);
    load_section(text, root, "invalid", CASE_INVALID);
    inlay_pool_release(&pool);
    free(text);
}

// Adds values made up from the descriptor: bytes that the JSON reader encodes.
static void make_up(const walk_root *root, uint64_t *state, int64_t size)
{
    inlay_buffer text;
    inlay_buffer bytes;
    inlay_error  error;
    inlay_str    json;

    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&bytes, NULL);
    random_json_record(state, root->desc, size, &text);
    if (inlay_json_read(root->desc, (const char *)text.data, text.size, NULL,
                        &bytes, &error) != INLAY_OK) {
        fail_msg("%s: %s at %s\n%.*s", root->name,
                 inlay_status_text(error.status), error.path, (int)text.size,
                 (const char *)text.data);
    }
    json = (inlay_str){(const char *)text.data, text.size};
    add_case(root, CASE_VALID, bytes.data, bytes.size, json);
    inlay_buffer_release(&text);
    inlay_buffer_release(&bytes);
}

static int setup(void **state)
{
    uint64_t seed = UINT64_C(0x1234567);
    size_t   i, j;

    (void)state;
    load_vectors();
    for (i = 0; i < walk_root_count; i++) {
        for (j = 0; j < MADE_UP; j++) {
            make_up(&walk_roots[i], &seed, (int64_t)(j % 40));
        }
    }
    return 0;
}

static int teardown(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        free((char *)(uintptr_t)all.cases[i].json.data);
        free(all.cases[i].bytes);
    }
    free(all.cases);
    return 0;
}

static void fail_case(const test_case *c, const char *what,
                      const inlay_error *error)
{
    size_t i;

    print_error("%s %s: %s\n", SCHEMA_FILE, c->root->name, what);
    if (error != NULL) {
        print_error("%s at `%s`, byte %llu\n", inlay_status_text(error->status),
                    error->path, (unsigned long long)error->offset);
    }
    print_error("%.*s\n", (int)(c->json.size < 3000 ? c->json.size : 3000),
                c->json.data);
    for (i = 0; i < c->size && i < 1000; i++) {
        print_error("%02x", c->bytes[i]);
    }
    print_error("\n");
    fail();
}

// ---- Values -----------------------------------------------------------------

// Decodes a case; the native struct and the arena are to be released.
static void *decode(const test_case *c, inlay_arena *region)
{
    void       *native = calloc(1, c->root->size);
    inlay_error error;

    assert_non_null(native);
    inlay_arena_init(region, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    if (c->root->decode(c->bytes, c->size, region, native, &error) !=
        INLAY_OK) {
        fail_case(c, "not decoded", &error);
    }
    return native;
}

#define CANARY 0xa5

// Encodes into a buffer of `capacity` and tells whether nothing beyond it was
// written.
static inlay_status encode_into(const test_case *c, const void *native,
                                uint8_t *room, size_t capacity, size_t *size)
{
    inlay_error  error = {.status = INLAY_OK};
    inlay_status status;
    size_t       i;

    memset(room + capacity, CANARY, 16);
    status = c->root->encode(native, room, capacity, size, &error);
    assert_int_equal(status, error.status);
    for (i = 0; i < 16; i++) {
        assert_int_equal(room[capacity + i], CANARY);
    }
    return status;
}

static void check_encode(const test_case *c, const void *native)
{
    uint8_t *room = malloc(c->size + 16);
    size_t   step = c->size > 300 ? c->size / 97 : 1;
    size_t   capacity;
    size_t   size = 77;

    assert_non_null(room);
    if (c->root->encoded_size(native) != c->size) {
        fail_case(c, "encoded_size is not exact", NULL);
    }
    assert_int_equal(encode_into(c, native, room, c->size, &size), INLAY_OK);
    if (size != c->size || memcmp(room, c->bytes, size) != 0) {
        fail_case(c, "encodes otherwise", NULL);
    }
    size = 77;
    for (capacity = 0; capacity < c->size; capacity += step) {
        assert_int_equal(encode_into(c, native, room, capacity, &size),
                         INLAY_BUFFER_TOO_SMALL);
    }
    capacity = c->size - 1;
    assert_int_equal(encode_into(c, native, room, capacity, &size),
                     INLAY_BUFFER_TOO_SMALL);
    assert_int_equal(size, 77);
    free(room);
}

static void check_from_json(const test_case *c)
{
    inlay_buffer bytes;
    inlay_error  error;

    inlay_buffer_init(&bytes, NULL);
    if (inlay_json_read(c->root->desc, c->json.data, c->json.size, NULL, &bytes,
                        &error) != INLAY_OK) {
        fail_case(c, "JSON refused", &error);
    }
    if (bytes.size != c->size || memcmp(bytes.data, c->bytes, c->size) != 0) {
        fail_case(c, "JSON gives other bytes", NULL);
    }
    inlay_buffer_release(&bytes);
}

// The bytes as JSON are the case's; of made-up values, which have their names
// in another order, JSON that gives the same bytes.
static void check_to_json(const test_case *c)
{
    inlay_buffer text;
    inlay_buffer again;
    inlay_pool   pool;
    json_failure failure;
    json_value  *expected;
    json_value  *written;
    inlay_error  error;

    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&again, NULL);
    inlay_pool_init(&pool, NULL);
    if (inlay_json_write(c->root->desc, c->bytes, c->size, NULL,
                         inlay_sink_buffer(&text), &error) != INLAY_OK) {
        fail_case(c, "not written as JSON", &error);
    }
    expected = inlay_json_parse(c->json.data, c->json.size, &pool, &failure);
    written =
        inlay_json_parse((const char *)text.data, text.size, &pool, &failure);
    assert_non_null(expected);
    assert_non_null(written);
    if (!json_same(expected, written)) {
        if (inlay_json_read(c->root->desc, (const char *)text.data, text.size,
                            NULL, &again, &error) != INLAY_OK ||
            again.size != c->size ||
            memcmp(again.data, c->bytes, c->size) != 0) {
            fail_case(c, "read as other JSON", NULL);
        }
    }
    inlay_pool_release(&pool);
    inlay_buffer_release(&again);
    inlay_buffer_release(&text);
}

static void test_generated__valid_there_and_back(void **state)
{
    inlay_error error;
    size_t      i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        inlay_arena      region;
        void            *native;

        if (c->kind != CASE_VALID) {
            continue;
        }
        check_from_json(c);
        if (c->root->verify(c->bytes, c->size, &error) != INLAY_OK) {
            fail_case(c, "not verified", &error);
        }
        if (c->root->verify_canonical(c->bytes, c->size, &error) != INLAY_OK) {
            fail_case(c, "not canonical", &error);
        }
        native = decode(c, &region);
        check_encode(c, native);
        check_to_json(c);
        free(native);
        inlay_arena_release(&region);
    }
}

// A made-up value, encoded from JSON and from the native struct.
static void check_differential(const walk_root *root, uint64_t *state,
                               int64_t size)
{
    test_case  *c;
    inlay_arena region;
    void       *native;

    make_up(root, state, size);
    c = &all.cases[--all.count];
    native = decode(c, &region);
    check_encode(c, native);
    check_to_json(c);
    free(native);
    inlay_arena_release(&region);
    free((char *)(uintptr_t)c->json.data);
    free(c->bytes);
}

static void test_generated__made_up_values(void **state)
{
    uint64_t seed = UINT64_C(0x7654321);
    size_t   i, j;

    (void)state;
    for (i = 0; i < walk_root_count; i++) {
        for (j = 0; j < DIFFERENTIAL; j++) {
            check_differential(&walk_roots[i], &seed, (int64_t)(j % 60));
        }
    }
}

// The native record of defaults is the one that says nothing.
static void test_generated__init_is_defaults(void **state)
{
    inlay_error error;
    size_t      i;

    (void)state;
    for (i = 0; i < walk_root_count; i++) {
        const walk_root *root = &walk_roots[i];
        void            *native = calloc(1, root->size);
        inlay_buffer     expected;
        uint8_t          room[4096];
        size_t           size;

        assert_non_null(native);
        inlay_buffer_init(&expected, NULL);
        assert_int_equal(
            inlay_json_read(root->desc, "{}", 2, NULL, &expected, &error),
            INLAY_OK);
        root->init(native);
        assert_int_equal(root->encode(native, room, sizeof room, &size, &error),
                         INLAY_OK);
        assert_int_equal(size, expected.size);
        assert_memory_equal(room, expected.data, size);
        inlay_buffer_release(&expected);
        free(native);
    }
}

// What is read but not canonical comes back canonical, where this schema knows
// all of it.
static void check_recoded(const test_case *c, const void *native)
{
    size_t       room = c->size + 8192;
    uint8_t     *bytes = malloc(room);
    size_t       size;
    inlay_error  error;
    inlay_status status;

    assert_non_null(bytes);
    status = c->root->encode(native, bytes, room, &size, &error);
    if (status == INLAY_OK) {
        status = c->root->verify_canonical(bytes, size, &error);
    }
    if (status != INLAY_OK && status != INLAY_TAG_RANGE) {
        fail_case(c, "not canonical when encoded again", &error);
    }
    free(bytes);
}

static void test_generated__read_what_is_not_canonical(void **state)
{
    inlay_error error;
    size_t      i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        inlay_arena      region;
        void            *native;

        if (c->kind != CASE_READ) {
            continue;
        }
        if (c->root->verify(c->bytes, c->size, &error) != INLAY_OK) {
            fail_case(c, "not verified", &error);
        }
        assert_int_equal(c->root->verify_canonical(c->bytes, c->size, NULL),
                         INLAY_NOT_CANONICAL);
        check_to_json(c);
        native = decode(c, &region);
        check_recoded(c, native);
        free(native);
        inlay_arena_release(&region);
    }
}

static void test_generated__invalid_is_refused(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        inlay_arena      region;
        inlay_error      error;
        void            *native;
        inlay_status     status;

        if (c->kind != CASE_INVALID) {
            continue;
        }
        native = calloc(1, c->root->size);
        assert_non_null(native);
        inlay_arena_init(&region, NULL, 0, &inlay_alloc_heap, 1 << 20);
        status = c->root->verify(c->bytes, c->size, &error);
        assert_int_not_equal(status, INLAY_OK);
        assert_int_equal(error.status, status);
        assert_int_equal(
            c->root->decode(c->bytes, c->size, &region, native, &error),
            status);
        assert_int_equal(error.status, status);
        assert_int_not_equal(c->root->verify_canonical(c->bytes, c->size, NULL),
                             INLAY_OK);
        inlay_arena_release(&region);
        free(native);
    }
}

// ---- Memory -----------------------------------------------------------------

// Every allocation of decoding fails once, and every limit is tried.
static void check_decode_memory(const test_case *c)
{
    void        *native = calloc(1, c->root->size);
    void        *untouched = calloc(1, c->root->size);
    json_memory  memory = {0};
    inlay_alloc  alloc = json_memory_alloc(&memory);
    inlay_arena  region;
    inlay_error  error;
    inlay_status status = INLAY_OUT_OF_MEMORY;
    size_t       n, given;

    assert_non_null(native);
    assert_non_null(untouched);
    for (n = 1; status != INLAY_OK && n < 100; n++) {
        memory = (json_memory){.fail_at = n};
        inlay_arena_init(&region, NULL, 0, &alloc, INLAY_ARENA_NO_LIMIT);
        status = c->root->decode(c->bytes, c->size, &region, native, &error);
        if (status != INLAY_OK) {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            assert_int_equal(error.status, status);
            assert_memory_equal(native, untouched, c->root->size);
        }
        given = region.given;
        inlay_arena_release(&region);
        assert_int_equal(memory.held, 0);
    }
    assert_int_equal(status, INLAY_OK);
    for (n = 0; n < given; n += 1 + given / 50) {
        inlay_arena_init(&region, NULL, 0, &inlay_alloc_heap, n);
        assert_int_equal(
            c->root->decode(c->bytes, c->size, &region, native, &error),
            INLAY_MEMORY_LIMIT);
        inlay_arena_release(&region);
    }
    inlay_arena_init(&region, NULL, 0, &inlay_alloc_heap, given);
    assert_int_equal(
        c->root->decode(c->bytes, c->size, &region, native, &error), INLAY_OK);
    inlay_arena_release(&region);
    free(untouched);
    free(native);
}

// Every allocation of encoding fails once; no scratch at all is refused, or
// enough.
static void check_encode_memory(const test_case *c)
{
    inlay_arena   region;
    void         *native = decode(c, &region);
    json_memory   memory = {0};
    inlay_alloc   alloc = json_memory_alloc(&memory);
    inlay_status  status = INLAY_OUT_OF_MEMORY;
    inlay_encoder encoder;
    uint8_t      *room = malloc(c->size + 16);
    uint8_t       tape[8];
    size_t        size, n;

    assert_non_null(room);
    for (n = 1; status != INLAY_OK && n < 100; n++) {
        memory = (json_memory){.fail_at = n};
        inlay_encoder_init(&encoder, tape, n % 8, &alloc);
        status = c->root->measure(native, &encoder, &size);
        if (status == INLAY_OK) {
            assert_int_equal(c->root->write(native, &encoder, room, c->size),
                             INLAY_OK);
            assert_memory_equal(room, c->bytes, c->size);
        } else {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
            assert_int_not_equal(
                c->root->write(native, &encoder, room, c->size), INLAY_OK);
        }
        inlay_encoder_release(&encoder);
        assert_int_equal(memory.held, 0);
    }
    for (n = 0; n < sizeof tape; n++) {
        inlay_encoder_init(&encoder, tape, n, NULL);
        status = c->root->measure(native, &encoder, &size);
        assert_true(status == INLAY_OK || status == INLAY_SCRATCH_TOO_SMALL);
        assert_true(n > 0 || status != INLAY_OK);
        inlay_encoder_release(&encoder);
    }
    free(room);
    free(native);
    inlay_arena_release(&region);
}

static void test_generated__memory_runs_out(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        if (all.cases[i].kind == CASE_VALID && all.cases[i].size < 6000) {
            check_decode_memory(&all.cases[i]);
            check_encode_memory(&all.cases[i]);
        }
    }
}

// ---- Walks ------------------------------------------------------------------

static walk walk_bytes_of(const walk_root *root, const uint8_t *bytes,
                          size_t size, uint64_t budget)
{
    walk w = walk_start(budget);

    root->walk(&w, bytes, size);
    return w;
}

// Readers that clamp and readers that do not read the same.
static void test_generated__walks_agree(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        walk             a, b = walk_start(BUDGET_ALL);

        a = walk_bytes_of(c->root, c->bytes, c->size, BUDGET_ALL);
        if (c->kind == CASE_INVALID) {
            continue;
        }
        c->root->walk_verified(&b, c->bytes, c->size);
        if (a.hash != b.hash || a.budget != b.budget) {
            fail_case(c, "walks differ", NULL);
        }
        if (a.lost != 0 || b.lost != 0) {
            fail_case(c, "a key is not found", NULL);
        }
    }
}

// Every prefix, in memory that ends with it. Large messages are sampled.
static void test_generated__truncated(void **state)
{
    size_t i, size;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        size_t           step = c->size > 1500 ? c->size / 300 : 1;

        for (size = 0; size < c->size; size += step) {
            uint8_t *copy = exact_copy(c->bytes, size);

            walk_bytes_of(c->root, copy, size, BUDGET);
            if (c->root->verify(copy, size, NULL) == INLAY_OK) {
                walk w = walk_start(BUDGET);

                c->root->walk_verified(&w, copy, size);
            }
            free(copy);
        }
    }
}

// Any address will do, and does not matter.
static void test_generated__misaligned(void **state)
{
    size_t i, shift;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        walk             w = walk_start(BUDGET);
        uint64_t         hash;

        c->root->walk(&w, c->bytes, c->size);
        hash = w.hash;
        for (shift = 1; shift < 8; shift++) {
            uint8_t *room = malloc(c->size + shift);

            assert_non_null(room);
            if (c->size > 0) {
                memcpy(room + shift, c->bytes, c->size);
            }
            w = walk_bytes_of(c->root, room + shift, c->size, BUDGET);
            assert_true(w.hash == hash);
            free(room);
        }
    }
}

// Decoding lends what it can; at odd addresses it copies, to the same effect.
static void test_generated__decoded_misaligned(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        uint8_t         *room = malloc(c->size + 1);
        test_case        shifted = *c;
        inlay_arena      region;
        void            *native;

        assert_non_null(room);
        if (c->kind == CASE_VALID && c->size < 3000) {
            memcpy(room + 1, c->bytes, c->size);
            shifted.bytes = room + 1;
            native = decode(&shifted, &region);
            check_encode(&shifted, native);
            free(native);
            inlay_arena_release(&region);
        }
        free(room);
    }
}

static uint64_t mutations_accepted;

static void check_mutated(const walk_root *root, const uint8_t *bytes,
                          size_t size)
{
    walk w = walk_start(BUDGET);
    walk v = walk_start(BUDGET);

    root->walk(&w, bytes, size);
    if (root->verify(bytes, size, NULL) == INLAY_OK) {
        root->walk_verified(&v, bytes, size);
        assert_true(w.hash == v.hash);
        mutations_accepted++;
    }
}

// One byte at a time, all values of interest.
static void test_generated__mutated(void **state)
{
    static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    uint64_t             done = 0;
    size_t               i, at, j;

    (void)state;
    for (i = 0; i < all.count && done < MUTATIONS_MAX; i++) {
        const test_case *c = &all.cases[i];
        uint8_t         *copy = exact_copy(c->bytes, c->size);
        size_t           step = 1 + c->size / 200;

        for (at = 0; at < c->size; at += step) {
            uint8_t kept = copy[at];

            for (j = 0; j < sizeof values; j++) {
                copy[at] = j == 1 ? (uint8_t)(kept + 1) : values[j];
                check_mutated(c->root, copy, c->size);
                done++;
            }
            for (j = 0; j < 8 && c->size < 40; j++) {
                copy[at] = (uint8_t)(kept ^ 1u << j);
                check_mutated(c->root, copy, c->size);
                done++;
            }
            copy[at] = kept;
        }
        free(copy);
    }
    assert_true(walk_root_count == 0 || mutations_accepted > 0);
}

static void check_garbage(const uint8_t *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < walk_root_count; i++) {
        check_mutated(&walk_roots[i], bytes, size);
    }
}

// Whatever the bytes, readers stay inside them.
static void test_generated__garbage(void **state)
{
    static const size_t sizes[] = {
        0,  1,  2,  3,  4,   5,   6,   7,   8,   9,   11,  13,  16,   17,  31,
        32, 33, 63, 64, 100, 127, 128, 255, 256, 300, 511, 700, 1024, 4099};
    uint64_t random = 99;
    size_t   i, j, k;

    (void)state;
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint8_t *bytes = malloc(sizes[i] > 0 ? sizes[i] : 1);

        assert_non_null(bytes);
        memset(bytes, 0, sizes[i]);
        check_garbage(bytes, sizes[i]);
        memset(bytes, 0xff, sizes[i]);
        check_garbage(bytes, sizes[i]);
        for (j = 0; j < GARBAGE_MAX; j++) {
            // Small numbers, which pass for headers, or any.
            for (k = 0; k < sizes[i]; k++) {
                bytes[k] = (uint8_t)(j % 2 == 0 ? random_below(&random, 256)
                                                : random_below(&random, 12));
            }
            check_garbage(bytes, sizes[i]);
        }
        free(bytes);
    }
}

// No bytes at all read as what a message of no fields does: defaults.
static void test_generated__empty_reads_as_defaults(void **state)
{
    static const uint8_t none[2] = {0, 0};
    size_t               i;

    (void)state;
    for (i = 0; i < walk_root_count; i++) {
        const walk_root *root = &walk_roots[i];
        walk             a = walk_bytes_of(root, none, 0, BUDGET_ALL);
        walk             b = walk_bytes_of(root, none, 2, BUDGET_ALL);
        walk             c = walk_bytes_of(root, NULL, 0, BUDGET_ALL);

        assert_true(a.hash == b.hash);
        assert_true(a.hash == c.hash);
    }
}

// ---- Setters ----------------------------------------------------------------

static void test_generated__setters(void **state)
{
    uint64_t tried = 0, refused = 0;
    size_t   i;

    (void)state;
    for (i = 0; i < all.count; i++) {
        const test_case *c = &all.cases[i];
        setter           s = {.desc = c->root->desc,
                              .before = c->bytes,
                              .size = c->size,
                              .random = 7 + i,
                              .budget = 40};

        if (c->kind == CASE_INVALID || c->size > 5000) {
            continue;
        }
        s.data = exact_copy(c->bytes, c->size);
        c->root->set(&s);
        if (s.wrong != NULL) {
            print_error("%s: %s\n", s.wrong, s.what);
            fail_case(c, "a setter went wrong", NULL);
        }
        tried += s.tried;
        refused += s.refused;
        free(s.data);
    }
    print_message("%llu set, %llu refused\n", (unsigned long long)tried,
                  (unsigned long long)refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated__valid_there_and_back),
        cmocka_unit_test(test_generated__made_up_values),
        cmocka_unit_test(test_generated__init_is_defaults),
        cmocka_unit_test(test_generated__read_what_is_not_canonical),
        cmocka_unit_test(test_generated__invalid_is_refused),
        cmocka_unit_test(test_generated__memory_runs_out),
        cmocka_unit_test(test_generated__walks_agree),
        cmocka_unit_test(test_generated__truncated),
        cmocka_unit_test(test_generated__misaligned),
        cmocka_unit_test(test_generated__decoded_misaligned),
        cmocka_unit_test(test_generated__mutated),
        cmocka_unit_test(test_generated__garbage),
        cmocka_unit_test(test_generated__empty_reads_as_defaults),
        cmocka_unit_test(test_generated__setters),
    };

    return cmocka_run_group_tests_name("generated " SCHEMA_FILE, tests, setup,
                                       teardown);
}

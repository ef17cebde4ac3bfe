// test_patch_generated.c -- patches of made-up messages of one schema, and of
// what becomes of them when bits are flipped. Compiled once per schema, with
// its walker (generated/gen_walk.c) and
//
//   SCHEMA_FILE   the schema's name in vectors.json
//   MADE_UP       messages per record

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "generated/random_json.h"
#include "patch_check.h"
#include "json/json_support.h"

static patch_check check_start(uint64_t seed)
{
    return (patch_check){.roots = walk_roots,
                         .root_count = walk_root_count,
                         .random = seed,
                         .exact = true};
}

static inlay_buffer made_up(uint64_t *state, const walk_root *root,
                            int64_t size)
{
    inlay_buffer json;
    inlay_buffer message;
    inlay_error  error;

    inlay_buffer_init(&json, NULL);
    inlay_buffer_init(&message, NULL);
    random_json_record(state, root->desc, size, &json);
    if (inlay_json_read(root->desc, (const char *)json.data, json.size, NULL,
                        &message, &error) != INLAY_OK) {
        fail_msg("made up: %s: %s", error.path,
                 inlay_status_text(error.status));
    }
    inlay_buffer_release(&json);
    return message;
}

// Memory that ends where the bytes end, at an odd address.
static uint8_t *odd_copy(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy + 1, bytes, size);
    return copy;
}

// ---- Vectors ----------------------------------------------------------------

// Whether a message has the layout of this schema throughout.
static bool is_exact(const walk_root *root, const uint8_t *data, size_t size)
{
    return root->verify_canonical(data, size, NULL) == INLAY_OK;
}

static void check_bytes(const walk_root *root, const uint8_t *bytes,
                        size_t size, const inlay_buffer *other, bool pairs)
{
    patch_check  check = check_start(size + 1);
    uint8_t     *copy = odd_copy(bytes, size);
    inlay_record base = inlay_record_open(copy + 1, size, true);

    check.exact = is_exact(root, bytes, size);
    patch_check_record(&check, root, base,
                       inlay_record_open(other->data, other->size, true),
                       pairs);
    patch_check_below(&check, root, base);
    free(copy);
}

static const walk_root *find_root(inlay_str name)
{
    for (size_t i = 0; i < walk_root_count; i++) {
        if (inlay_str_equal(inlay_str_from(walk_roots[i].name), name)) {
            return &walk_roots[i];
        }
    }
    fail_msg("no root %.*s", (int)name.size, name.data);
    return NULL;
}

// Patches the entries of a section, if they verify; if not, they are refused.
static void check_section(const json_value *vectors, const char *section)
{
    const json_value *entry = json_member(vectors, section)->first;
    uint64_t          state = 5;

    for (; entry != NULL; entry = entry->next) {
        const walk_root *root;
        inlay_buffer     other;
        uint8_t         *bytes;
        size_t           size;

        if (!inlay_str_equal(json_member(entry, "schema")->text,
                             inlay_str_from(SCHEMA_FILE))) {
            continue;
        }
        root = find_root(json_member(entry, "root")->text);
        bytes = json_unhex(json_member(entry, "hex")->text, &size);
        other = made_up(&state, root, 10);
        if (root->verify(bytes, size, NULL) == INLAY_OK && size < 3000) {
            check_bytes(root, bytes, size, &other, false);
        }
        inlay_buffer_release(&other);
        free(bytes);
    }
}

static void test_patch__vectors(void **unused)
{
    size_t       size;
    char        *text = json_file(INLAY_VECTORS_DIR "/vectors.json", &size);
    inlay_pool   pool;
    json_failure failure;
    json_value  *root;

    (void)unused;
    inlay_pool_init(&pool, NULL);
    root = inlay_json_parse(text, size, &pool, &failure);
    assert_non_null(root);
    check_section(root, "valid");
    check_section(root, "read");
    inlay_pool_release(&pool);
    free(text);
}

// ---- Made-up messages -------------------------------------------------------

static void test_patch__made_up(void **unused)
{
    uint64_t state = 1;

    (void)unused;
    for (size_t i = 0; i < walk_root_count; i++) {
        const walk_root *root = &walk_roots[i];

        for (int64_t j = 0; j < MADE_UP; j++) {
            inlay_buffer message = made_up(&state, root, j * 7 % 40);
            inlay_buffer other = made_up(&state, root, 20);

            assert_true(is_exact(root, message.data, message.size));
            if (message.size < 5000) {
                check_bytes(root, message.data, message.size, &other, j < 2);
            }
            inlay_buffer_release(&other);
            inlay_buffer_release(&message);
        }
    }
}

// ---- Hostile messages -------------------------------------------------------

// What verifies can be patched; what does not is refused, since it can't be
// opened as a verified view.
static void test_patch__mutated(void **unused)
{
    uint64_t state = 3;
    size_t   accepted = 0;

    (void)unused;
    for (size_t round = 0; round < 1500; round++) {
        const walk_root *root = &walk_roots[round % walk_root_count];
        inlay_buffer     message = made_up(&state, root, 10);
        inlay_buffer     other = made_up(&state, root, 10);
        size_t           head = message.size < 60 ? message.size : 60;
        inlay_record     base;
        void            *patch = calloc(1, root->patch_size);
        uint8_t          room[16];
        size_t           size = 77;
        inlay_error      error;

        assert_non_null(patch);
        message.data[random_below(&state, head)] ^=
            (uint8_t)(1u << random_below(&state, 8));
        base = inlay_record_open(message.data, message.size, false);
        assert_int_equal(inlay_patch_encode(root->patch, &base, patch, room,
                                            sizeof room, &size, &error),
                         INLAY_NOT_VERIFIED);
        assert_int_equal(error.status, INLAY_NOT_VERIFIED);
        assert_string_equal(error.path, "");
        assert_int_equal(size, 77);
        if (message.size < 2000 &&
            root->verify(message.data, message.size, NULL) == INLAY_OK) {
            check_bytes(root, message.data, message.size, &other, false);
            accepted++;
        }
        free(patch);
        inlay_buffer_release(&other);
        inlay_buffer_release(&message);
    }
    print_message("%zu of 1500 still verified\n", accepted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patch__vectors),
        cmocka_unit_test(test_patch__made_up),
        cmocka_unit_test(test_patch__mutated),
    };

    return cmocka_run_group_tests_name("patch " SCHEMA_FILE, tests, NULL, NULL);
}

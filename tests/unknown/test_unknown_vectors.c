// test_unknown_vectors.c -- the format's vectors of the newer revision, through
// a program of the older one.

#include <stdlib.h>
#include <string.h>

#include <inlay/json.h>

#include "evo1.inlay.h"
#include "verify/verify_support.h"

#define MESSAGE_MAX 65536

static inlay_buffer text_of(const inlay_record_desc *desc, const void *data,
                            size_t size)
{
    inlay_buffer text;

    inlay_buffer_init(&text, NULL);
    assert_int_equal(inlay_json_write(desc, data, size, NULL,
                                      inlay_sink_buffer(&text), NULL),
                     INLAY_OK);
    return text;
}

// Returns the size of what comes out, 0 when the older revision refuses it.
static size_t passed(test_bytes bytes, uint8_t *out)
{
    inlay_arena  memory;
    inlay_status status;
    vec_evo_rec  rec;
    size_t       size = 0;

    inlay_arena_init(&memory, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    inlay_arena_keep_unknown(&memory, true);
    status = vec_evo_rec_decode(bytes.data, bytes.size, &memory, &rec, NULL);
    if (status == INLAY_OK) {
        assert_int_equal(
            vec_evo_rec_encode(&rec, out, MESSAGE_MAX, &size, NULL), INLAY_OK);
    }
    inlay_arena_release(&memory);
    return size;
}

typedef struct seen {
    size_t count;
    bool   canonical;
} seen;

static void visit(const test_vector *vector, void *context)
{
    static uint8_t out[MESSAGE_MAX];
    seen          *s = context;
    size_t         size;
    inlay_buffer   before;
    inlay_buffer   after;

    if (strstr(vector->schema, "evo") == NULL ||
        strstr(vector->root, "Rec") == NULL) {
        return;
    }
    size = passed(vector->bytes, out);
    assert_true(size > 0);
    before = text_of(vector->desc, vector->bytes.data, vector->bytes.size);
    after = text_of(vector->desc, out, size);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, before.size);
    inlay_buffer_release(&before);
    inlay_buffer_release(&after);
    if (s->canonical) {
        assert_int_equal(size, vector->bytes.size);
        assert_memory_equal(out, vector->bytes.data, size);
    }
    s->count++;
}

static void test_valid(void **unused)
{
    seen s = {0, true};

    (void)unused;
    test_vectors_visit("valid", visit, &s);
    assert_true(s.count > 0);
}

static void test_read(void **unused)
{
    seen s = {0, false};

    (void)unused;
    test_vectors_visit("read", visit, &s);
    assert_true(s.count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

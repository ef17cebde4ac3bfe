// test_schema_memory.c -- the n-th allocation fails, for every n.
#include "sample.h"
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// An allocator that fails once, or from some point on.
typedef struct failing {
    size_t allocations;
    size_t fail_at; // counted from 1; 0 never
    bool   for_good;
    size_t bytes; // in use
} failing;

static void *failing_resize(void *context, void *memory, size_t old_size,
                            size_t new_size)
{
    failing *f = context;

    if (new_size > 0) {
        f->allocations++;
        if (f->allocations == f->fail_at ||
            (f->for_good && f->fail_at > 0 && f->allocations > f->fail_at)) {
            return NULL;
        }
    }
    f->bytes += new_size - old_size;
    if (new_size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, new_size);
}

// Compiles with the allocator; says whether it came out well.
static bool compile_failing(failing *f, const char *text)
{
    memory_file files[] = {
        {"a.inlay", text}, {"net.inlay", SAMPLE_NET}, {NULL, NULL}};
    const char       *path = "a.inlay";
    const inlay_alloc alloc = {failing_resize, f};
    schema_options    options = {
           .paths = &path,
           .path_count = 1,
           .reader = {.read = memory_read, .context = files},
           .alloc = &alloc,
    };
    diag_sink sink;
    schema   *s;
    bool      failed;

    diag_init(&sink, &alloc);
    s = schema_load(&options, &sink);
    failed = f->fail_at > 0 && f->allocations >= f->fail_at;
    assert_int_equal(sink.out_of_memory, failed);
    assert_true(s == NULL || sink.count == 0);
    assert_true(s != NULL || sink.count > 0);
    if (failed) {
        assert_null(s);
        assert_string_equal(sink.list[sink.count - 1].message,
                            "memory ran out");
    }
    schema_free(s);
    diag_release(&sink);
    assert_int_equal(f->bytes, 0);
    return !failed;
}

static void fail_every(const char *text, bool for_good)
{
    bool done = false;

    for (size_t n = 1; !done; n++) {
        failing f = {.fail_at = n, .for_good = for_good};

        done = compile_failing(&f, text);
    }
}

static void test_memory__may_fail_anywhere(void **state)
{
    (void)state;
    fail_every(SAMPLE, false);
    fail_every(SAMPLE, true);
    fail_every(SAMPLE_WRONG, false);
    fail_every(SAMPLE_WRONG, true);
}

static void test_memory__is_all_given_back(void **state)
{
    failing f = {0};

    (void)state;
    assert_true(compile_failing(&f, SAMPLE));
    assert_true(f.allocations > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__may_fail_anywhere),
        cmocka_unit_test(test_memory__is_all_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

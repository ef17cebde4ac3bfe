// test_max_generated.c -- @max in generated code: encoding refuses, constants
// are true, and a buffer of the largest size always serves.
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "limits.inlay.h"

// As large as any log, known when compiled.
static uint8_t room[LIMITS_LOG_SIZE_MAX];

// ---- A value with all that fits ---------------------------------------------

static const char longest[] = "thirty-one characters in a row!";

static limits_name name_full(void)
{
    limits_name name = LIMITS_NAME_INIT;

    name.first = (inlay_str){longest, 20};
    name.last.has = true;
    name.last.value = (inlay_str){longest, 30};
    return name;
}

typedef struct parts {
    limits_name               name;
    limits_name               names[3];
    limits_point              points[4];
    bool                      flags[10];
    inlay_u16_opt             maybe[5];
    limits_entry_counts_entry counts[3];
} parts;

static limits_detail detail_full(const parts *p)
{
    limits_detail detail = {.tag = LIMITS_DETAIL_NAME};

    detail.name = &p->name;
    return detail;
}

// Parts have one element more than fits.
static void parts_fill(parts *p)
{
    uint32_t i;

    memset(p, 0, sizeof *p);
    p->name = name_full();
    for (i = 0; i < 3; i++) {
        p->names[i] = name_full();
        p->counts[i].key = i;
        p->counts[i].value = detail_full(p);
    }
}

static limits_entry entry_full(const parts *p)
{
    limits_entry entry = LIMITS_ENTRY_INIT;

    entry.name = p->name;
    entry.text = (inlay_str){longest, 5};
    entry.raw.has = true;
    entry.raw.value = (inlay_bytes){(const uint8_t *)longest, 7};
    entry.points.items = p->points;
    entry.points.count = 3;
    entry.flags = (inlay_bool_list){p->flags, 9};
    entry.names.items = p->names;
    entry.names.count = 2;
    entry.maybe.has = true;
    entry.maybe.value.items = p->maybe;
    entry.maybe.value.count = 4;
    entry.counts.has = true;
    entry.counts.value.items = p->counts;
    entry.counts.value.count = 2;
    entry.detail = detail_full(p);
    return entry;
}

// ---- Tests ------------------------------------------------------------------

static void test_generated__largest_fills_the_room(void **state)
{
    limits_entry entries[4];
    limits_log   log = LIMITS_LOG_INIT;
    limits_log   back;
    inlay_arena  arena;
    parts        p;
    size_t       size = 0;
    size_t       i;

    (void)state;
    parts_fill(&p);
    for (i = 0; i < 4; i++) {
        entries[i] = entry_full(&p);
    }
    log.entries.items = entries;
    log.entries.count = 4;
    assert_int_equal(limits_log_encode(&log, room, sizeof room, &size, NULL),
                     INLAY_OK);
    assert_int_equal(size, LIMITS_LOG_SIZE_MAX);
    assert_int_equal(limits_log_verify_canonical(room, size, NULL), INLAY_OK);
    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, 1 << 20);
    assert_int_equal(limits_log_decode(room, size, &arena, &back, NULL),
                     INLAY_OK);
    assert_int_equal(limits_log_encoded_size(&back), size);
    inlay_arena_release(&arena);
    assert_int_equal(limits_entry_encoded_size(&entries[0]),
                     LIMITS_ENTRY_SIZE_MAX);
    assert_int_equal(limits_name_encoded_size(&p.name), LIMITS_NAME_SIZE_MAX);
}

static void test_generated__smallest_is_of_defaults(void **state)
{
    const limits_entry entry = LIMITS_ENTRY_INIT;
    const limits_log   log = LIMITS_LOG_INIT;
    const limits_open  open = LIMITS_OPEN_INIT;

    (void)state;
    assert_int_equal(limits_entry_encoded_size(&entry), LIMITS_ENTRY_SIZE_MIN);
    assert_int_equal(limits_log_encoded_size(&log), LIMITS_LOG_SIZE_MIN);
    assert_int_equal(limits_open_encoded_size(&open), LIMITS_OPEN_SIZE_MIN);
#ifdef LIMITS_OPEN_SIZE_MAX
    fail_msg("a record without a largest message has its size");
#endif
}

// Encodes the second of two entries, which is too long somewhere.
static void assert_too_long(const limits_entry *entry, const char *path)
{
    limits_entry  entries[2];
    limits_log    log = LIMITS_LOG_INIT;
    inlay_encoder encoder;
    inlay_error   error;
    uint8_t       tape[64];
    size_t        size = 77;

    memset(&entries[0], 0, sizeof entries[0]);
    entries[1] = *entry;
    log.entries.items = entries;
    log.entries.count = 2;
    assert_int_equal(limits_log_encode(&log, room, sizeof room, &size, &error),
                     INLAY_TOO_LONG);
    assert_int_equal(error.status, INLAY_TOO_LONG);
    assert_int_equal(error.offset, INLAY_NO_OFFSET);
    assert_string_equal(error.path, path);
    assert_int_equal(size, 77);
    assert_int_equal(limits_log_encoded_size(&log), 0);
    inlay_encoder_init(&encoder, tape, sizeof tape, NULL);
    assert_int_equal(limits_log_measure(&log, &encoder, &size), INLAY_TOO_LONG);
    inlay_encoder_release(&encoder);
}

static void test_generated__refuses_one_more(void **state)
{
    limits_entry entry, full;
    parts        p;

    (void)state;
    parts_fill(&p);
    full = entry_full(&p);
    entry = full;
    entry.text.size++;
    assert_too_long(&entry, "entries[1].text");
    entry = full;
    entry.raw.value.size++;
    assert_too_long(&entry, "entries[1].raw");
    entry = full;
    entry.points.count++;
    assert_too_long(&entry, "entries[1].points");
    entry = full;
    entry.flags.count++;
    assert_too_long(&entry, "entries[1].flags");
    entry = full;
    entry.names.count++;
    assert_too_long(&entry, "entries[1].names");
    entry = full;
    entry.maybe.value.count++;
    assert_too_long(&entry, "entries[1].maybe");
    entry = full;
    entry.counts.value.count++;
    assert_too_long(&entry, "entries[1].counts");
    entry = full;
    entry.name.last.value.size++;
    assert_too_long(&entry, "entries[1].name.last");
    entry = full;
    p.names[1].first.size++;
    assert_too_long(&entry, "entries[1].names[1].first");
    p.names[1].first.size--;
    p.name.first.size = 31;
    assert_too_long(&full, "entries[1].counts[0].value.name.first");
}

static void test_generated__absent_values_have_no_length(void **state)
{
    limits_entry entry = LIMITS_ENTRY_INIT;
    size_t       size = 0;

    (void)state;
    entry.raw.value.size = 1000;
    entry.maybe.value.count = 1000;
    assert_int_equal(
        limits_entry_encode(&entry, room, sizeof room, &size, NULL), INLAY_OK);
    assert_int_equal(size, LIMITS_ENTRY_SIZE_MIN);
}

// A length that no message holds is too long, too, and not measured.
static void test_generated__absurd_lengths_are_too_long(void **state)
{
    limits_entry entry = LIMITS_ENTRY_INIT;
    parts        p;

    (void)state;
    parts_fill(&p);
    entry.points.items = p.points;
    entry.points.count = SIZE_MAX;
    assert_too_long(&entry, "entries[1].points");
}

// ---- Lists that are no arrays -----------------------------------------------

static inlay_status entry_get(void *context, size_t index, limits_entry *to)
{
    (void)index;
    *to = *(const limits_entry *)context;
    return INLAY_OK;
}

static void assert_log_too_long(const limits_log *log, const char *path)
{
    inlay_error error;
    size_t      size = 0;

    assert_int_equal(limits_log_encode(log, room, sizeof room, &size, &error),
                     INLAY_TOO_LONG);
    assert_string_equal(error.path, path);
}

static void test_generated__sources_are_bound_too(void **state)
{
    limits_entry_list_source source = {entry_get, NULL};
    limits_log               log = LIMITS_LOG_INIT;
    limits_entry             entry;
    parts                    p;
    size_t                   size = 0;

    (void)state;
    parts_fill(&p);
    entry = entry_full(&p);
    source.context = &entry;
    log.entries.source = &source;
    log.entries.count = 4;
    assert_int_equal(limits_log_encode(&log, room, sizeof room, &size, NULL),
                     INLAY_OK);
    assert_int_equal(size, LIMITS_LOG_SIZE_MAX);
    log.entries.count = 5;
    assert_log_too_long(&log, "entries");
    log.entries.count = 4;
    entry.text.size++;
    assert_log_too_long(&log, "entries[0].text");
}

static void test_generated__builders_are_bound_too(void **state)
{
    limits_entry_list_builder builder;
    limits_log                log = LIMITS_LOG_INIT;
    limits_entry              entry;
    inlay_error               error;
    parts                     p;
    size_t                    size = 0;
    size_t                    i;

    (void)state;
    parts_fill(&p);
    entry = entry_full(&p);
    limits_entry_list_builder_init(&builder, NULL, 0, &inlay_alloc_heap);
    for (i = 0; i < 4; i++) {
        assert_int_equal(limits_entry_list_builder_push(&builder, &entry, NULL),
                         INLAY_OK);
    }
    log.entries = limits_entry_list_builder_list(&builder);
    assert_int_equal(limits_log_encode(&log, room, sizeof room, &size, NULL),
                     INLAY_OK);
    assert_int_equal(size, LIMITS_LOG_SIZE_MAX);
    entry.text.size++;
    assert_int_equal(limits_entry_list_builder_push(&builder, &entry, &error),
                     INLAY_TOO_LONG);
    assert_string_equal(error.path + strlen(error.path) - 4, "text");
    entry.text.size--;
    assert_int_equal(limits_entry_list_builder_push(&builder, &entry, NULL),
                     INLAY_OK);
    log.entries = limits_entry_list_builder_list(&builder);
    assert_log_too_long(&log, "entries");
    limits_entry_list_builder_release(&builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated__largest_fills_the_room),
        cmocka_unit_test(test_generated__smallest_is_of_defaults),
        cmocka_unit_test(test_generated__refuses_one_more),
        cmocka_unit_test(test_generated__absent_values_have_no_length),
        cmocka_unit_test(test_generated__absurd_lengths_are_too_long),
        cmocka_unit_test(test_generated__sources_are_bound_too),
        cmocka_unit_test(test_generated__builders_are_bound_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

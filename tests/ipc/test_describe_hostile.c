// test_describe_hostile.c -- descriptions that lie. Whatever is accepted must
// be as good as what the compiler makes: it describes itself by the same bytes,
// and no message whatsoever is read out of its bounds by it (that is for the
// sanitizers to say).
#include "describe_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/arena.h>
#include <inlay/verify.h>

#include "codec/describe/describe.inlay.h"
#include "generated/random_json.h"

typedef struct tally {
    uint64_t state;
    size_t   accepted;
    size_t   refused;
    unsigned rounds; // of one description
} tally;

// ---- Using tables -----------------------------------------------------------

static bool sink_nothing(void *context, const char *data, size_t size)
{
    size_t *left = context;

    (void)data;
    if (size > *left) {
        return false;
    }
    *left -= size;
    return true;
}

// Verifies and prints bytes in memory of exactly their size.
static void message_use(const inlay_record_desc *record, const uint8_t *data,
                        size_t size)
{
    size_t       room = 1 << 16;
    inlay_sink   sink = {sink_nothing, &room};
    uint8_t     *exact = malloc(size > 0 ? size : 1);
    inlay_status status;

    assert_non_null(exact);
    memcpy(exact, data, size);
    status = inlay_verify(record, exact, size, NULL);
    if (status == INLAY_OK) {
        status = inlay_json_write(record, exact, size, NULL, sink, NULL);
        assert_true(status == INLAY_OK || status == INLAY_JSON_SINK);
    }
    if (inlay_verify_canonical(record, exact, size, NULL) == INLAY_OK) {
        assert_int_not_equal(status, INLAY_LAYOUT);
    }
    free(exact);
}

// Uses tables on messages of their own, on damaged ones and on noise.
static void tables_use(const inlay_record_desc *record, uint64_t *state)
{
    inlay_buffer text, message;
    uint8_t      noise[40];
    unsigned     i;

    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&message, NULL);
    if (record->fixed < 4096) {
        random_json_record(state, record, 20, &text);
        if (inlay_json_read(record, (const char *)text.data, text.size, NULL,
                            &message, NULL) == INLAY_OK) {
            message_use(record, message.data, message.size);
            for (i = 0; i < 20 && message.size > 0; i++) {
                size_t  at = random_below(state, message.size);
                uint8_t kept = message.data[at];

                message.data[at] = (uint8_t)random_next(state);
                message_use(record, message.data,
                            i < 10 ? message.size : at + 1);
                message.data[at] = kept;
            }
        }
    }
    for (i = 0; i < sizeof noise; i++) {
        noise[i] = (uint8_t)random_below(state, 8);
    }
    message_use(record, noise, random_below(state, sizeof noise));
    inlay_buffer_release(&text);
    inlay_buffer_release(&message);
}

// Reads a description; what is accepted is used, and describes itself.
static void description_try(tally *self, const uint8_t *data, size_t size)
{
    uint8_t          *exact = malloc(size > 0 ? size : 1);
    inlay_description read;
    inlay_buffer      again;
    inlay_status      status;

    assert_non_null(exact);
    memcpy(exact, data, size);
    status = inlay_description_read(exact, size, NULL, &read);
    if (status != INLAY_OK) {
        assert_int_equal(status, INLAY_DESCRIPTION);
        self->refused++;
        free(exact);
        return;
    }
    self->accepted++;
    inlay_buffer_init(&again, NULL);
    assert_int_equal(inlay_describe(read.record, &again), INLAY_OK);
    assert_int_equal(again.size, size);
    assert_memory_equal(again.data, exact, size);
    inlay_buffer_release(&again);
    free(exact); // the tables borrow nothing
    tables_use(read.record, &self->state);
    inlay_description_release(&read);
}

// ---- Bytes ------------------------------------------------------------------

static void bytes_mutate(const inlay_record_desc *record, const char *path,
                         void *context)
{
    tally       *self = context;
    inlay_buffer bytes;
    size_t       i;

    (void)path;
    inlay_buffer_init(&bytes, NULL);
    assert_int_equal(inlay_describe(record, &bytes), INLAY_OK);
    description_try(self, bytes.data, bytes.size);
    for (i = 0; i < bytes.size;
         i += 1 + random_below(&self->state, 1 + bytes.size / 25)) {
        uint8_t kept = bytes.data[i];

        description_try(self, bytes.data, i);
        bytes.data[i] ^= (uint8_t)(1u << random_below(&self->state, 8));
        description_try(self, bytes.data, bytes.size);
        bytes.data[i] = (uint8_t)random_next(&self->state);
        description_try(self, bytes.data, bytes.size);
        bytes.data[i] = kept;
    }
    inlay_buffer_release(&bytes);
}

static void test_describe__damaged_bytes(void **state)
{
    tally self = {.state = 7};

    (void)state;
    describe_each(bytes_mutate, &self);
    assert_true(self.accepted > 100);
    assert_true(self.refused > 10000);
}

// ---- Lies -------------------------------------------------------------------

// A number near those that the description has, or none of them.
static uint32_t lie_number(uint64_t *state, uint32_t about)
{
    switch (random_below(state, 8)) {
    case 0:
        return 0;
    case 1:
        return (uint32_t)random_next(state);
    case 2:
        return about;
    case 3:
        return 1u << random_below(state, 32);
    case 4:
        return UINT32_MAX;
    default:
        return (uint32_t)random_below(state, (uint64_t)about + 1);
    }
}

static void lie_type(uint64_t *state, inlay_describe_schema *self)
{
    inlay_describe_type *types = (void *)(uintptr_t)self->types.items;
    uint32_t             count = (uint32_t)self->types.count;
    inlay_describe_type *type = &types[random_below(state, count)];
    inlay_describe_type *other = &types[random_below(state, count)];
    inlay_describe_type  kept = *type;

    switch (random_below(state, 4)) {
    case 0:
        type->kind = (inlay_describe_kind)random_below(state, 24);
        break;
    case 1:
        type->of = lie_number(state, count);
        break;
    case 2:
        type->more = lie_number(state, count);
        break;
    default:
        *type = *other;
        *other = kept;
        break;
    }
}

static void lie_field(uint64_t *state, inlay_describe_schema *self)
{
    inlay_describe_record *records = (void *)(uintptr_t)self->records.items;
    inlay_describe_record *record =
        &records[random_below(state, self->records.count)];
    inlay_describe_field *fields = (void *)(uintptr_t)record->fields.items;
    inlay_describe_field *field;
    static const uint8_t  bytes[300] = {1, 1, 0, 1};

    if (record->fields.count == 0) {
        return;
    }
    field = &fields[random_below(state, record->fields.count)];
    switch (random_below(state, 8)) {
    case 0:
        field->type = lie_number(state, (uint32_t)self->types.count);
        break;
    case 1:
        field->max = lie_number(state, 8);
        break;
    case 2:
        field->align = (uint16_t)lie_number(state, 4096);
        break;
    case 3:
        field->sparse = !field->sparse;
        break;
    case 4:
        field->initial.data = bytes + random_below(state, 4);
        field->initial.size = random_below(state, 20);
        break;
    case 5:
        field->name = fields[random_below(state, record->fields.count)].name;
        break;
    case 6:
        record->fields.count = random_below(state, record->fields.count + 1);
        break;
    default:
        record->order.items = (const void *)bytes;
        record->order.count =
            record->fields.count < 64 ? record->fields.count : 64;
        break;
    }
}

static void lie_about_others(uint64_t *state, inlay_describe_schema *self)
{
    inlay_describe_enum   *enums = (void *)(uintptr_t)self->enums.items;
    inlay_describe_union  *unions = (void *)(uintptr_t)self->unions.items;
    inlay_describe_struct *structs = (void *)(uintptr_t)self->structs.items;
    size_t                *counts[] = {&self->types.count, &self->records.count,
                                       &self->structs.count, &self->enums.count,
                                       &self->unions.count};
    size_t                *count = counts[random_below(state, 5)];

    switch (random_below(state, 4)) {
    case 0:
        *count -= *count > 1 ? 1 : 0;
        break;
    case 1:
        if (self->enums.count > 0) {
            enums[random_below(state, self->enums.count)].base =
                (inlay_describe_kind)random_below(state, 24);
        }
        break;
    case 2:
        if (self->unions.count > 0) {
            inlay_describe_union *onion =
                &unions[random_below(state, self->unions.count)];
            inlay_describe_variant *variants =
                (void *)(uintptr_t)onion->variants.items;
            inlay_describe_variant *variant =
                &variants[random_below(state, onion->variants.count)];

            variant->type.has = random_below(state, 4) != 0;
            variant->type.value =
                variant->type.has
                    ? lie_number(state, (uint32_t)self->types.count)
                    : 0;
        }
        break;
    default:
        if (self->structs.count > 0) {
            inlay_describe_struct *structure =
                &structs[random_below(state, self->structs.count)];
            inlay_describe_member *members =
                (void *)(uintptr_t)structure->members.items;

            members[random_below(state, structure->members.count)].type =
                lie_number(state, (uint32_t)self->types.count);
        }
        break;
    }
}

// Takes a description apart, changes it, and puts it together well formed.
static void lie(tally *self, const uint8_t *data, size_t size)
{
    inlay_describe_schema made;
    inlay_arena           memory;
    uint8_t              *bytes;
    size_t                lies = 1 + random_below(&self->state, 2);

    inlay_arena_init(&memory, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    assert_int_equal(
        inlay_describe_schema_decode(data, size, &memory, &made, NULL),
        INLAY_OK);
    while (lies-- > 0) {
        switch (random_below(&self->state, 4)) {
        case 0:
        case 1:
            lie_type(&self->state, &made);
            break;
        case 2:
            lie_field(&self->state, &made);
            break;
        default:
            lie_about_others(&self->state, &made);
            break;
        }
    }
    size = inlay_describe_schema_encoded_size(&made);
    bytes = malloc(size + 1);
    assert_non_null(bytes);
    assert_int_equal(
        inlay_describe_schema_encode(&made, bytes, size, &size, NULL),
        INLAY_OK);
    description_try(self, bytes, size);
    free(bytes);
    inlay_arena_release(&memory);
}

static void lies_try(const inlay_record_desc *record, const char *path,
                     void *context)
{
    tally       *self = context;
    inlay_buffer bytes;
    unsigned     i;

    (void)path;
    inlay_buffer_init(&bytes, NULL);
    assert_int_equal(inlay_describe(record, &bytes), INLAY_OK);
    for (i = 0; i < self->rounds; i++) {
        lie(self, bytes.data, bytes.size);
    }
    inlay_buffer_release(&bytes);
}

static void test_describe__well_formed_lies(void **state)
{
    tally self = {.state = 11, .rounds = 50};

    (void)state;
    describe_each(lies_try, &self);
    assert_true(self.accepted > 500);
    assert_true(self.refused > 2000);
}

// ---- Others -----------------------------------------------------------------

static void test_describe__is_not_too_large(void **state)
{
    uint8_t          *bytes = calloc(1, INLAY_DESCRIPTION_SIZE_MAX + 1);
    inlay_description read;

    (void)state;
    assert_non_null(bytes);
    assert_int_equal(inlay_description_read(
                         bytes, INLAY_DESCRIPTION_SIZE_MAX + 1, NULL, &read),
                     INLAY_DESCRIPTION);
    free(bytes);
    assert_int_equal(inlay_description_read(NULL, 0, NULL, &read),
                     INLAY_DESCRIPTION);
}

static void test_describe__memory_runs_out_while_reading(void **state)
{
    json_schema       from;
    inlay_buffer      bytes;
    inlay_description read;
    inlay_status      status = INLAY_OUT_OF_MEMORY;
    size_t            nth;

    (void)state;
    json_schema_load(&from, INLAY_VECTORS_DIR "/more.inlay");
    inlay_buffer_init(&bytes, NULL);
    assert_int_equal(
        inlay_describe(json_schema_record(&from, "Sparse"), &bytes), INLAY_OK);
    for (nth = 1; status != INLAY_OK; nth++) {
        json_memory memory = {.fail_at = nth};
        inlay_alloc alloc = json_memory_alloc(&memory);

        status = inlay_description_read(bytes.data, bytes.size, &alloc, &read);
        if (status == INLAY_OK) {
            inlay_description_release(&read);
        } else {
            assert_int_equal(status, INLAY_OUT_OF_MEMORY);
        }
        assert_int_equal(memory.held, 0);
    }
    assert_int_equal(nth, 4); // one piece, and one of scratch
    inlay_buffer_release(&bytes);
    json_schema_release(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describe__damaged_bytes),
        cmocka_unit_test(test_describe__well_formed_lies),
        cmocka_unit_test(test_describe__is_not_too_large),
        cmocka_unit_test(test_describe__memory_runs_out_while_reading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

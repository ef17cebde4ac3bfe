// test_max_bounds.c -- the sizes that the compiler works out are those that
// values come to.
//
// Schemas are made at random, and values of them: records of defaults, records
// with all that fits, one for every choice of variants, and records in between.
// The least must be met, the largest must be met, and nothing is beyond.
#include <inlay/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/verify/verify_support.h"

#define SCHEMAS      300
#define SIZE_TESTED  5000 // larger ones would take too long
#define UNIONS_MAX   3
#define VARIANTS_MAX 4

static uint64_t random_state = 12345;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 11) % limit;
}

typedef struct text {
    char  *data;
    size_t size;
    size_t room;
} text;

static void put(text *to, const char *data)
{
    size_t size = strlen(data);

    if (to->size + size + 1 > to->room) {
        to->room = 2 * (to->size + size + 1);
        to->data = realloc(to->data, to->room);
        assert_non_null(to->data);
    }
    memcpy(to->data + to->size, data, size + 1);
    to->size += size;
}

static void put_number(text *to, const char *format, unsigned long long number)
{
    char part[64];

    snprintf(part, sizeof part, format, number);
    put(to, part);
}

// ---- Schemas ----------------------------------------------------------------

static void put_fixed(text *to)
{
    static const char *const fixed[] = {"u8", "bool",    "i16", "f64",
                                        "E",  "[u8; 3]", "P",   "u32"};

    put(to, fixed[random_below(8)]);
}

// A type that has a bound; `before` records are declared.
// R0, which is empty, is no element of a vector.
static void put_inner(text *to, unsigned first, unsigned before,
                      unsigned unions)
{
    switch (random_below(6)) {
    case 0:
        if (first == before) {
            break;
        }
        put_number(to, "R%llu", first + random_below(before - first));
        return;
    case 1:
        put_number(to, "R%llu?", random_below(before));
        return;
    case 2:
        if (unions > 0) {
            put_number(to, "U%llu", random_below(unions));
            return;
        }
        break;
    case 3:
        put(to, random_below(2) == 0 ? "map<u8, u16>" : "map<i8, bool?>?");
        return;
    case 4:
        put_fixed(to);
        put(to, "?");
        return;
    default:
        break;
    }
    put_fixed(to);
}

static void put_max(text *to)
{
    static const unsigned maxima[] = {1, 2, 3, 7, 8, 9, 30, 100, 255, 256, 300};

    put_number(to, " @max(%llu)", maxima[random_below(11)]);
}

static void put_field(text *to, unsigned before, unsigned unions)
{
    static const char *const keys[] = {"u8", "i8", "E", "u64", "[u8; 2]"};

    switch (random_below(8)) {
    case 0:
        put(to, random_below(2) == 0 ? "string" : "string?");
        put_max(to);
        break;
    case 1:
        put(to, random_below(2) == 0 ? "bytes" : "bytes? @align(16)");
        put_max(to);
        break;
    case 2:
        put(to, random_below(2) == 0 ? "[bool]" : "[P] @align(8)");
        put_max(to);
        break;
    case 3:
    case 4:
        put(to, "[");
        put_inner(to, 1, before, unions);
        put(to, random_below(2) == 0 ? "]" : "]?");
        put_max(to);
        break;
    case 5:
        put(to, "map<");
        put(to, keys[random_below(5)]);
        put(to, ", ");
        put_inner(to, 0, before, unions);
        put(to, ">");
        put_max(to);
        break;
    default:
        put_inner(to, 0, before, unions);
        break;
    }
}

static void put_record(text *to, const char *name, unsigned before,
                       unsigned unions, unsigned fields)
{
    unsigned i;

    put(to, "record ");
    put(to, name);
    put(to, " { ");
    if (random_below(8) == 0) {
        put(to, "large: [u8; 255]; ");
    }
    for (i = 0; i < fields; i++) {
        put_number(to, "f%llu: ", i);
        put_field(to, before, unions);
        put(to, "; ");
    }
    put(to, "}\n");
}

static void put_union(text *to, unsigned index)
{
    unsigned variants = 1 + random_below(VARIANTS_MAX);
    unsigned i;

    put_number(to, "union U%llu { ", index);
    for (i = 0; i < variants; i++) {
        put_number(to, "v%llu", i);
        if (random_below(4) > 0) {
            put(to, ": ");
            if (random_below(2) == 0) {
                put_fixed(to);
            } else {
                put_number(to, "R%llu", random_below(index + 1));
            }
        }
        put(to, "; ");
    }
    put(to, "}\n");
}

// R0 is empty; each record is of those before, and the unions.
static void put_schema(text *to)
{
    unsigned i;
    char     name[8];

    put(to, "package t; enum E { A } struct P { x: u16; y: [bool; 2]; }\n"
            "record R0 { }\n");
    put_union(to, 0);
    for (i = 1; i < UNIONS_MAX + 1; i++) {
        snprintf(name, sizeof name, "R%u", i);
        put_record(to, name, i, i, 1 + random_below(3));
        if (i < UNIONS_MAX) {
            put_union(to, i);
        }
    }
    put_record(to, "R", UNIONS_MAX + 1, UNIONS_MAX,
               random_below(12) == 0 ? 36 : 1 + random_below(5));
}

// ---- Values -----------------------------------------------------------------

// What to fill a record with.
typedef struct filler {
    text     json;
    bool     full;
    unsigned choice[UNIONS_MAX]; // of a variant, when full
} filler;

static void put_value(filler *f, const ir_type *type, uint32_t max);

static uint32_t length_of(const filler *f, uint64_t most)
{
    return (uint32_t)(f->full ? most : random_below((unsigned)most + 1));
}

static void put_base64(text *to, uint32_t size, unsigned last)
{
    // A key is two bytes; all others are zero.
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char     key[5] = "AAA=";
    uint32_t i;

    put(to, "\"");
    if (size == 2 && last > 0) {
        key[0] = digits[last >> 10 & 63];
        key[1] = digits[last >> 4 & 63];
        key[2] = digits[last << 2 & 63];
        put(to, key);
    } else {
        for (i = 0; i < size / 3; i++) {
            put(to, "AAAA");
        }
        put(to, size % 3 == 0 ? "" : size % 3 == 1 ? "AA==" : "AAA=");
    }
    put(to, "\"");
}

static void put_text(filler *f, const ir_type *type, uint32_t max)
{
    uint32_t size = length_of(f, max);
    uint32_t i;

    if (type->kind == IR_BYTES) {
        put_base64(&f->json, size, 0);
        return;
    }
    put(&f->json, "\"");
    for (i = 0; i < size; i++) {
        put(&f->json, "x");
    }
    put(&f->json, "\"");
}

static void put_array(filler *f, const ir_type *element, uint32_t count)
{
    uint32_t i;

    put(&f->json, "[");
    for (i = 0; i < count; i++) {
        put(&f->json, i > 0 ? "," : "");
        put_value(f, element, 0);
    }
    put(&f->json, "]");
}

static void put_map(filler *f, const ir_type *type, uint32_t max)
{
    const ir_type *key = type->key;
    uint64_t       most = key->size < 4 ? UINT64_C(1) << 8 * key->size : max;
    uint32_t       count;
    uint32_t       i;

    most = max != 0 && max < most ? max : most;
    count = length_of(f, most);
    put(&f->json, "{");
    for (i = 0; i < count; i++) {
        put(&f->json, i > 0 ? "," : "");
        if (key->kind == IR_ARRAY) {
            put_base64(&f->json, 2, i);
        } else if (key->kind == IR_I8 && i > 127) {
            put_number(&f->json, "\"-%llu\"", i - 127);
        } else {
            put_number(&f->json, "\"%llu\"", i);
        }
        put(&f->json, ":");
        put_value(f, type->element, 0);
    }
    put(&f->json, "}");
}

static void put_record_value(filler *f, const ir_record *record)
{
    bool     first = true;
    uint32_t i;

    put(&f->json, "{");
    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];

        if (!f->full && random_below(3) == 0) {
            continue;
        }
        put(&f->json, first ? "\"" : ",\"");
        put(&f->json, field->name);
        put(&f->json, "\":");
        put_value(f, field->type, field->max);
        first = false;
    }
    put(&f->json, "}");
}

static void put_union_value(filler *f, const ir_union *onion)
{
    unsigned          choice = f->full ? f->choice[onion->name[1] - '0']
                                       : random_below(onion->variant_count);
    const ir_variant *variant = &onion->variants[choice % onion->variant_count];

    put(&f->json, variant->type != NULL ? "{\"" : "\"");
    put(&f->json, variant->name);
    put(&f->json, "\"");
    if (variant->type != NULL) {
        put(&f->json, ":");
        put_value(f, variant->type, 0);
        put(&f->json, "}");
    }
}

static void put_value(filler *f, const ir_type *type, uint32_t max)
{
    switch (type->kind) {
    case IR_BOOL:
        put(&f->json, "true");
        break;
    case IR_STRUCT:
        put(&f->json, "{\"x\":1}");
        break;
    case IR_ARRAY:
        put_array(f, type->element, type->count);
        break;
    case IR_STRING:
    case IR_BYTES:
        put_text(f, type, max);
        break;
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
        put_array(f, type->element, length_of(f, max));
        break;
    case IR_MAP:
        put_map(f, type, max);
        break;
    case IR_RECORD:
        put_record_value(f, type->record);
        break;
    case IR_UNION:
        put_union_value(f, type->onion);
        break;
    case IR_OPTIONAL:
        if (!f->full && random_below(2) == 0) {
            put(&f->json, "null");
        } else {
            put_value(f, type->element, max);
        }
        break;
    default:
        put(&f->json, "1");
        break;
    }
}

// ---- The comparison ---------------------------------------------------------

// Returns how large a value becomes; it must verify, too.
static uint64_t size_of(const inlay_record_desc *desc, const char *json)
{
    inlay_buffer message;
    inlay_error  error;
    uint64_t     size;

    inlay_buffer_init(&message, NULL);
    if (inlay_json_read(desc, json, strlen(json), NULL, &message, &error) !=
        INLAY_OK) {
        fail_msg("%s: %s", error.path, inlay_status_text(error.status));
    }
    assert_int_equal(
        inlay_verify_canonical(desc, message.data, message.size, NULL),
        INLAY_OK);
    size = message.size;
    inlay_buffer_release(&message);
    return size;
}

// Fills a record; returns its size.
static uint64_t fill(filler *f, const ir_record *record,
                     const inlay_record_desc *desc)
{
    f->json.size = 0;
    put_record_value(f, record);
    return size_of(desc, f->json.data);
}

// Returns the largest of the records with all that fits.
static uint64_t fill_full(filler *f, const ir_record *record,
                          const inlay_record_desc *desc)
{
    unsigned combinations = VARIANTS_MAX * VARIANTS_MAX * VARIANTS_MAX;
    uint64_t largest = 0;
    unsigned i;

    f->full = true;
    for (i = 0; i < combinations; i++) {
        uint64_t size;

        f->choice[0] = i % VARIANTS_MAX;
        f->choice[1] = i / VARIANTS_MAX % VARIANTS_MAX;
        f->choice[2] = i / VARIANTS_MAX / VARIANTS_MAX;
        size = fill(f, record, desc);
        largest = size > largest ? size : largest;
    }
    f->full = false;
    return largest;
}

static bool check_record(test_schema *compiled, const char *name)
{
    const inlay_record_desc *desc = test_schema_record(compiled, name);
    const ir_record         *record =
        schema_find_record(schema_ir(compiled->compiled), name);
    filler   f = {{NULL, 0, 0}, false, {0}};
    unsigned i;

    assert_null(record->unbounded);
    assert_int_equal(size_of(desc, "{}"), record->size_least);
    if (record->size_largest > SIZE_TESTED) {
        return false;
    }
    assert_int_equal(fill_full(&f, record, desc), record->size_largest);
    for (i = 0; i < 10; i++) {
        uint64_t size = fill(&f, record, desc);

        assert_true(size >= record->size_least);
        assert_true(size <= record->size_largest);
    }
    free(f.json.data);
    return true;
}

static void test_bounds__are_met(void **state)
{
    text     source = {NULL, 0, 0};
    unsigned tested = 0;
    unsigned i;

    (void)state;
    for (i = 0; i < SCHEMAS; i++) {
        test_schema compiled;

        source.size = 0;
        put_schema(&source);
        test_schema_text(&compiled, source.data);
        tested += check_record(&compiled, "R") ? 1u : 0u;
        tested += check_record(&compiled, "R1") ? 1u : 0u;
        test_schema_release(&compiled);
    }
    free(source.data);
    print_message("%u records\n", tested);
    assert_true(tested > SCHEMAS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds__are_met),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

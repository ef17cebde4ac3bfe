// test_fuzz.c -- random schemas that grow by random fields, variants and
// values; random values written by one revision and read by the other. What
// both know agrees; what only the reader knows has its default.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/verify.h>

#include "random_json.h"
#include "json/json_support.h"

#define ROUNDS       400
#define VALUES       25
#define PARTS_MAX    40
#define PART_SIZE    120
#define SCHEMA_BYTES 32000

// ---- Schemas ----------------------------------------------------------------

// Declarations grow at their ends: the older revision has the first of each.
typedef struct grown {
    char   parts[PARTS_MAX][PART_SIZE];
    size_t count;
    size_t old_count;
} grown;

typedef struct family {
    grown root;
    grown part;
    grown choice;
    grown mood;
} family;

static const char *pick(uint64_t *random, const char *const *list, size_t count)
{
    return list[random_below(random, count)];
}

#define PICK(random, list) pick(random, list, sizeof list / sizeof list[0])

static void fixed_type(uint64_t *random, char *out)
{
    static const char *const types[] = {
        "bool",       "u8",       "u16",           "u32",      "u64",
        "i8",         "i16",      "i32",           "i64",      "f32",
        "f64",        "Mood",     "Point",         "[u8; 3]",  "[bool; 2]",
        "[Point; 2]", "[f64; 2]", "[[u16; 2]; 2]", "[Mood; 9]"};

    strcpy(out, PICK(random, types));
}

static void variable_type(uint64_t *random, char *out, int depth)
{
    static const char *const plain[] = {"string", "bytes",  "Part",    "Choice",
                                        "[bool]", "[Part]", "[Choice]"};
    static const char *const keys[] = {"u8",    "i16",    "u64",    "Mood",
                                       "bytes", "string", "[u8; 2]"};
    char                     inner[PART_SIZE];
    uint64_t                 kind = random_below(random, 8);

    if (kind < 4 || depth == 0) {
        strcpy(out, PICK(random, plain));
    } else if (kind == 4) {
        fixed_type(random, inner);
        snprintf(out, PART_SIZE, "[%.100s]", inner);
    } else if (kind == 5) {
        fixed_type(random, inner);
        snprintf(out, PART_SIZE, "[%.100s?]", inner);
    } else {
        variable_type(random, inner, depth - 1);
        if (kind == 6) {
            snprintf(out, PART_SIZE, "[%.90s%s]", inner,
                     random_below(random, 2) == 0 ? "" : "?");
        } else {
            snprintf(out, PART_SIZE, "map<%s, %.80s%s>", PICK(random, keys),
                     inner, random_below(random, 2) == 0 ? "" : "?");
        }
    }
}

// Returns a default for some of the types, or "".
static const char *initial(uint64_t *random, const char *type)
{
    static const struct {
        const char *type;
        const char *value;
    } values[] = {
        {"bool", " = true"},        {"u8", " = 200"},
        {"i16", " = -7"},           {"u64", " = 18446744073709551615"},
        {"f32", " = 1.5"},          {"f64", " = nan"},
        {"Mood", " = GLAD"},        {"Point", " = { x: 3 }"},
        {"[u8; 3]", " = [1, 2, 3]"}};
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (strcmp(values[i].type, type) == 0 && random_below(random, 2) == 0) {
            return values[i].value;
        }
    }
    return "";
}

static char *next_part(grown *g)
{
    if (g->count == PARTS_MAX) {
        return NULL;
    }
    return g->parts[g->count++];
}

// Appends a field of any type; records may not hold themselves.
static void add_field(uint64_t *random, grown *g, bool is_part)
{
    char   type[PART_SIZE];
    size_t number = g->count;
    char  *out = next_part(g);
    bool   aligned;

    if (out == NULL) {
        return;
    }
    switch (random_below(random, 5)) {
    case 0:
        fixed_type(random, type);
        snprintf(out, PART_SIZE, "f%zu: %.50s%s;", number, type,
                 initial(random, type));
        break;
    case 1:
        fixed_type(random, type);
        snprintf(out, PART_SIZE, "f%zu: %.50s?%s;", number, type,
                 random_below(random, 3) == 0 ? " @sparse" : "");
        break;
    case 2:
        aligned = random_below(random, 4) == 0;
        snprintf(out, PART_SIZE, "f%zu: %s%s;", number,
                 aligned ? "[u32]" : "[u16]", aligned ? " @align(16)" : "?");
        break;
    default:
        variable_type(random, type, 2);
        snprintf(out, PART_SIZE, "f%zu: %.100s%s;", number, type,
                 (is_part && strcmp(type, "Part") == 0) ||
                         random_below(random, 3) == 0
                     ? "?"
                     : "");
        break;
    }
}

static void add_variant(uint64_t *random, grown *g)
{
    char   type[PART_SIZE];
    size_t number = g->count;
    char  *out = next_part(g);

    if (out == NULL) {
        return;
    }
    if (random_below(random, 5) == 0) {
        snprintf(out, PART_SIZE, "v%zu;", number);
        return;
    }
    do {
        if (random_below(random, 2) == 0) {
            fixed_type(random, type);
        } else {
            variable_type(random, type, 1);
        }
    } while (strcmp(type, "Choice") == 0);
    snprintf(out, PART_SIZE, "v%zu: %.100s;", number, type);
}

static void add_value(uint64_t *random, grown *g)
{
    size_t number = g->count;
    char  *out = next_part(g);

    if (out != NULL && number > 1 && random_below(random, 3) == 0) {
        snprintf(out, PART_SIZE, "W%zu = %zu,", number, number * 5);
    } else if (out != NULL) {
        snprintf(out, PART_SIZE, "V%zu,", number);
    }
}

static void grow(uint64_t *random, family *f, size_t most)
{
    size_t i, count = random_below(random, most + 1);

    for (i = 0; i < count; i++) {
        add_field(random, &f->root, false);
    }
    for (i = random_below(random, 3); i > 0; i--) {
        add_field(random, &f->part, true);
    }
    for (i = random_below(random, 3); i > 0; i--) {
        add_variant(random, &f->choice);
    }
    for (i = random_below(random, 2); i > 0; i--) {
        add_value(random, &f->mood);
    }
}

static void begin(uint64_t *random, family *f)
{
    memset(f, 0, sizeof *f);
    strcpy(next_part(&f->mood), "CALM,");
    strcpy(next_part(&f->mood), "GLAD,");
    strcpy(next_part(&f->choice), "first: u16;");
    strcpy(next_part(&f->part), "n: u16;");
    grow(random, f, 8);
    f->mood.old_count = f->mood.count;
    f->choice.old_count = f->choice.count;
    f->part.old_count = f->part.count;
    f->root.old_count = f->root.count;
    grow(random, f, 8);
}

static void put_parts(char *text, const char *head, const grown *g, bool old)
{
    size_t i;

    strcat(text, head);
    for (i = 0; i < (old ? g->old_count : g->count); i++) {
        strcat(text, " ");
        strcat(text, g->parts[i]);
    }
    strcat(text, " }\n");
}

static char *schema_text(const family *f, bool old)
{
    char *text = calloc(1, SCHEMA_BYTES);

    assert_non_null(text);
    strcat(text, "package fuzz;\nstruct Point { x: i16; y: bool; }\n");
    put_parts(text, "enum Mood {", &f->mood, old);
    put_parts(text, "union Choice {", &f->choice, old);
    put_parts(text, "record Part {", &f->part, old);
    put_parts(text, "record Root {", &f->root, old);
    return text;
}

// ---- Comparing --------------------------------------------------------------

// What is compared: the value as the older and as the newer revision read it.
typedef struct compare {
    bool        extra; // the newer one's own fields must be defaults
    inlay_pool *pool;
} compare;

static bool same(const compare *c, const inlay_type *old_type,
                 const json_value *old, const inlay_type *new_type,
                 const json_value *new);

static bool text_is(const json_value *value, const char *text)
{
    return inlay_str_equal(value->text, inlay_str_from(text));
}

// A value that only the newer revision names is a number to the older one.
static bool same_enum(const inlay_enum_desc *old_desc, inlay_str old,
                      const inlay_enum_desc *new_desc, inlay_str new)
{
    char     number[40];
    uint32_t i;

    (void)old_desc;
    if (inlay_str_equal(old, new)) {
        return true;
    }
    for (i = 0; i < new_desc->value_count; i++) {
        snprintf(number, sizeof number, "%" PRIu64, new_desc->values[i].value);
        if (inlay_str_equal(new, inlay_str_from(new_desc->values[i].name)) &&
            inlay_str_equal(old, inlay_str_from(number))) {
            return true;
        }
    }
    return false;
}

// Returns a record of defaults as JSON.
static const json_value *defaults(const compare           *c,
                                  const inlay_record_desc *desc)
{
    static const uint8_t none[2] = {0, 0};
    inlay_buffer         text;
    json_failure         failure;
    char                *kept;

    inlay_buffer_init(&text, NULL);
    assert_int_equal(
        inlay_json_write(desc, none, 2, NULL, inlay_sink_buffer(&text), NULL),
        INLAY_OK);
    kept = inlay_pool_take(c->pool, text.size, 1);
    assert_non_null(kept);
    memcpy(kept, text.data, text.size);
    text.failed = false;
    {
        const json_value *value =
            inlay_json_parse(kept, text.size, c->pool, &failure);

        inlay_buffer_release(&text);
        assert_non_null(value);
        return value;
    }
}

static bool same_record(const compare *c, const inlay_record_desc *old_desc,
                        const json_value        *old,
                        const inlay_record_desc *new_desc,
                        const json_value *new)
{
    const json_value *initial = c->extra ? defaults(c, new_desc) : NULL;
    uint32_t          i;

    for (i = 0; i < new_desc->field_count; i++) {
        const inlay_field_desc *field = &new_desc->fields[i];
        const json_value       *b = json_member(new, field->name);
        const json_value       *a;

        if (i >= old_desc->field_count) {
            a = c->extra ? json_member(initial, field->name) : b;
            if ((a == NULL) != (b == NULL) || (a != NULL && !json_same(a, b))) {
                return false;
            }
            continue;
        }
        a = json_member(old, field->name);
        if ((a == NULL) != (b == NULL) ||
            (a != NULL &&
             !same(c, old_desc->fields[i].type, a, field->type, b))) {
            return false;
        }
    }
    return true;
}

static bool same_union(const compare *c, const inlay_union_desc *old_desc,
                       const json_value *old, const inlay_union_desc *new_desc,
                       const json_value *new)
{
    const json_value *payload;
    char              unknown[16];
    uint32_t          i;

    for (i = 0; i < new_desc->variant_count; i++) {
        const inlay_variant_desc *variant = &new_desc->variants[i];

        if (new->kind == JSON_STRING
                ? text_is(new, variant->name)
                : json_member(new, variant->name) != NULL) {
            break;
        }
    }
    if (i == new_desc->variant_count) {
        return json_same(old, new);
    }
    if (i >= old_desc->variant_count) {
        snprintf(unknown, sizeof unknown, "?%u", i + 1);
        return old->kind == JSON_OBJECT && json_member(old, unknown) != NULL;
    }
    if (new->kind == JSON_STRING) {
        return json_same(old, new);
    }
    payload = old->kind == JSON_OBJECT
                  ? json_member(old, new_desc->variants[i].name)
                  : NULL;
    return payload != NULL &&
           same(c, old_desc->variants[i].type, payload,
                new_desc->variants[i].type,
                json_member(new, new_desc->variants[i].name));
}

static bool same_items(const compare *c, const inlay_type *old_type,
                       const json_value *old, const inlay_type *new_type,
                       const json_value *new)
{
    old = old->first;
    new = new->first;
    for (; old != NULL && new != NULL; old = old->next, new = new->next) {
        if (!same(c, old_type->element, old, new_type->element, new)) {
            return false;
        }
    }
    return old == NULL && new == NULL;
}

static bool same_map(const compare *c, const inlay_type *old_type,
                     const json_value *old, const inlay_type *new_type,
                     const json_value *new)
{
    const inlay_record_desc *a = old_type->of, *b = new_type->of;

    old = old->first;
    new = new->first;
    for (; old != NULL && new != NULL;
         old = old->next->next, new = new->next->next) {
        const inlay_type *key = a->fields[0].type;
        bool              keys = key->kind == INLAY_KIND_ENUM
                                     ? same_enum(key->of, old->text, b->fields[0].type->of,
                                                 new->text)
                                     : json_same(old, new);

        if (!keys || !same(c, a->fields[1].type, old->next, b->fields[1].type,
                           new->next)) {
            return false;
        }
    }
    return old == NULL && new == NULL;
}

static bool same(const compare *c, const inlay_type *old_type,
                 const json_value *old, const inlay_type *new_type,
                 const json_value *new)
{
    if (old->kind == JSON_NULL || new->kind == JSON_NULL) {
        return old->kind == new->kind;
    }
    switch (old_type->kind) {
    case INLAY_KIND_OPTIONAL:
        return same(c, old_type->element, old, new_type->element, new);
    case INLAY_KIND_ENUM:
        return same_enum(old_type->of, old->text, new_type->of, new->text);
    case INLAY_KIND_ARRAY:
    case INLAY_KIND_VECTOR:
    case INLAY_KIND_LIST:
        return same_items(c, old_type, old, new_type, new);
    case INLAY_KIND_MAP:
        return same_map(c, old_type, old, new_type, new);
    case INLAY_KIND_RECORD:
        return same_record(c, old_type->of, old, new_type->of, new);
    case INLAY_KIND_UNION:
        return same_union(c, old_type->of, old, new_type->of, new);
    default:
        return json_same(old, new);
    }
}

// ---- Messages ---------------------------------------------------------------

// Both revisions of a schema, and what went between them.
typedef struct exchange {
    const inlay_record_desc *old;
    const inlay_record_desc *new;
    const char *old_text;
    const char *new_text;
} exchange;

static const json_value *read_by(const exchange          *x,
                                 const inlay_record_desc *desc,
                                 const inlay_buffer *bytes, inlay_pool *pool)
{
    inlay_buffer text;
    inlay_error  error;
    json_failure failure;
    json_value  *value;
    char        *kept;

    inlay_buffer_init(&text, NULL);
    if (inlay_json_write(desc, bytes->data, bytes->size, NULL,
                         inlay_sink_buffer(&text), &error) != INLAY_OK) {
        print_error("%s\n%s\n", x->old_text, x->new_text);
        fail_msg("refused: %s at %s", inlay_status_text(error.status),
                 error.path);
    }
    kept = inlay_pool_take(pool, text.size, 1);
    assert_non_null(kept);
    memcpy(kept, text.data, text.size);
    value = inlay_json_parse(kept, text.size, pool, &failure);
    assert_non_null(value);
    inlay_buffer_release(&text);
    return value;
}

// Canonical for who wrote it, not for the other, unless both would write it.
static void check_verified(const exchange *x, const inlay_buffer *bytes,
                           bool from_old)
{
    const inlay_record_desc *writer = from_old ? x->old : x->new;
    const inlay_record_desc *reader = from_old ? x->new : x->old;

    assert_int_equal(
        inlay_verify_canonical(writer, bytes->data, bytes->size, NULL),
        INLAY_OK);
    assert_int_equal(inlay_verify(reader, bytes->data, bytes->size, NULL),
                     INLAY_OK);
    if (writer->fixed != reader->fixed || writer->slots != reader->slots) {
        assert_int_equal(
            inlay_verify_canonical(reader, bytes->data, bytes->size, NULL),
            INLAY_NOT_CANONICAL);
    }
}

static void check_value(const exchange *x, uint64_t *random, bool from_old,
                        int64_t size)
{
    const inlay_record_desc *writer = from_old ? x->old : x->new;
    inlay_pool               pool;
    compare                  c = {from_old, &pool};
    inlay_buffer             text, bytes;
    inlay_error              error;
    const json_value        *a, *b;

    inlay_pool_init(&pool, NULL);
    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&bytes, NULL);
    random_json_record(random, writer, size, &text);
    assert_int_equal(inlay_json_read(writer, (const char *)text.data, text.size,
                                     NULL, &bytes, &error),
                     INLAY_OK);
    check_verified(x, &bytes, from_old);
    a = read_by(x, x->old, &bytes, &pool);
    b = read_by(x, x->new, &bytes, &pool);
    if (!same_record(&c, x->old, a, x->new, b)) {
        print_error("%s\n%s\n%.*s\n", x->old_text, x->new_text, (int)text.size,
                    (const char *)text.data);
        fail_msg("%s", from_old ? "older read otherwise by the newer"
                                : "newer read otherwise by the older");
    }
    inlay_buffer_release(&bytes);
    inlay_buffer_release(&text);
    inlay_pool_release(&pool);
}

static void check_family(const family *f, uint64_t *random)
{
    json_schema old, new;
    char       *old_text = schema_text(f, true);
    char       *new_text = schema_text(f, false);
    exchange    x = {.old_text = old_text, .new_text = new_text};
    int64_t     i;

    json_schema_text(&old, old_text);
    json_schema_text(&new, new_text);
    x.old = json_schema_record(&old, "Root");
    x.new = json_schema_record(&new, "Root");
    for (i = 0; i < VALUES; i++) {
        check_value(&x, random, true, i * 3);
        check_value(&x, random, false, i * 3);
    }
    json_schema_release(&old);
    json_schema_release(&new);
    free(old_text);
    free(new_text);
}

static void test_evolution__random_growth(void **state)
{
    uint64_t random = UINT64_C(0x5eed);
    family  *f = malloc(sizeof *f);
    size_t   i;

    (void)state;
    assert_non_null(f);
    for (i = 0; i < ROUNDS; i++) {
        begin(&random, f);
        check_family(f, &random);
    }
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evolution__random_growth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

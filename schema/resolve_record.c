// resolve_record.c -- records: fields, attributes, ordinals, defaults, and the
// synthetic records of vectors and maps.
#include "schema/resolve.h"

#include "schema/describe.h"
#include "schema/layout.h"
#include "schema/number.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define ALIGN_MIN 2
#define ALIGN_MAX 4096

// ---- Layout -----------------------------------------------------------------

static bool record_layout(resolver *r, ir_record *record, ir_field *fields)
{
    uint32_t index = 0;

    record->fields = fields;
    switch (layout_record(record, fields, &index)) {
    case LAYOUT_OK:
        return true;
    case LAYOUT_FIXED_TOO_LARGE:
        diag_error(r->sink, fields[index].span,
                   "the fixed part of a record takes at most %u bytes, and "
                   "`%s` is beyond",
                   FIXED_SIZE_MAX, fields[index].name);
        diag_hint(r->sink, "vectors and records lie outside the fixed part");
        return false;
    case LAYOUT_TOO_MANY_SLOTS:
        diag_error(r->sink, fields[index].span,
                   "a record has at most %u fields of variable size, and `%s` "
                   "is one more",
                   LAYOUT_SLOTS_MAX, fields[index].name);
        return false;
    }
    return false;
}

ir_record *record_synthetic(resolver *r, const unit *u, const ir_type *key,
                            const ir_type *element, ir_span span)
{
    uint32_t         count = key == NULL ? 1 : 2;
    ir_record       *record = arena_alloc(r->arena, 1, sizeof(*record));
    ir_field        *fields = arena_alloc(r->arena, count, sizeof(*fields));
    const ir_field **declared = arena_alloc(r->arena, count, sizeof(*declared));

    if (record == NULL || fields == NULL || declared == NULL) {
        return NULL;
    }
    if (key != NULL) {
        fields[0] = (ir_field){.name = "key", .span = span, .type = key};
    }
    fields[count - 1] = (ir_field){
        .name = "value", .span = span, .type = element, .declared = count - 1};
    for (uint32_t i = 0; i < count; i++) {
        declared[i] = &fields[i];
    }
    *record = (ir_record){
        .name = "",
        .qualified = "",
        .span = span,
        .file = &u->ir,
        .field_count = count,
        .declared_fields = declared,
        .synthetic = true,
    };
    return record_layout(r, record, fields) ? record : NULL;
}

// ---- Attributes of fields ---------------------------------------------------

static bool attribute_fails(resolver *r, const ast_attribute *attribute,
                            const char *sentence)
{
    diag_error(r->sink, attribute->span, "%s", sentence);
    return false;
}

static const ir_type *without_optional(const ir_type *type)
{
    return type->kind == IR_OPTIONAL ? type->element : type;
}

// @align(N)
static bool attribute_align(resolver *r, const unit *u,
                            const ast_attribute *attribute, ir_field *field)
{
    const ir_type *inner = without_optional(field->type);
    uint64_t       align = 0;

    (void)u;
    if (attribute->argument == NULL) {
        return attribute_fails(r, attribute,
                               "`@align` takes a number, as in `@align(64)`");
    }
    if (!resolve_integer(r, attribute->argument, IR_U64, &align)) {
        return false;
    }
    if (align < ALIGN_MIN || align > ALIGN_MAX || (align & (align - 1)) != 0) {
        diag_error(r->sink, attribute->argument->span,
                   "an alignment is a power of two from %d to %d", ALIGN_MIN,
                   ALIGN_MAX);
        return false;
    }
    if (inner->kind != IR_BYTES && inner->kind != IR_VECTOR) {
        return attribute_fails(
            r, attribute,
            "`@align` is for `bytes` and vectors of a fixed type but `bool`");
    }
    field->align = (uint32_t)align;
    return true;
}

static bool kind_has_length(ir_kind kind)
{
    return kind == IR_STRING || kind == IR_BYTES || kind == IR_VECTOR ||
           kind == IR_BITSET || kind == IR_LIST || kind == IR_MAP;
}

// @max(N)
static bool attribute_max(resolver *r, const unit *u,
                          const ast_attribute *attribute, ir_field *field)
{
    static const ir_type count = {.kind = IR_U32};
    uint64_t             max = 0;

    if (attribute->argument == NULL) {
        return attribute_fails(r, attribute,
                               "`@max` takes a number, as in `@max(64)`");
    }
    if (!resolve_scalar(r, u, attribute->argument, &count, &max)) {
        return false;
    }
    if (max == 0) {
        diag_error(r->sink, attribute->argument->span,
                   "a `@max` is at least 1: nothing fits into none");
        return false;
    }
    if (!kind_has_length(without_optional(field->type)->kind)) {
        return attribute_fails(
            r, attribute, "`@max` is for `string`, `bytes`, vectors and maps");
    }
    field->max = (uint32_t)max;
    return true;
}

// @sparse
static bool attribute_sparse(resolver *r, const unit *u,
                             const ast_attribute *attribute, ir_field *field)
{
    (void)u;
    if (attribute->argument != NULL) {
        return attribute_fails(r, attribute, "`@sparse` takes no argument");
    }
    if (field->type->kind != IR_OPTIONAL || !field->type->element->fixed) {
        return attribute_fails(
            r, attribute, "`@sparse` is for optional fields of a fixed type");
    }
    field->sparse = true;
    return true;
}

// @deprecated
static bool attribute_deprecated(resolver *r, const unit *u,
                                 const ast_attribute *attribute,
                                 ir_field            *field)
{
    (void)u;
    if (attribute->argument != NULL) {
        return attribute_fails(r, attribute, "`@deprecated` takes no argument");
    }
    field->deprecated = true;
    return true;
}

typedef struct attribute_rule {
    const char *name;
    bool (*apply)(resolver *r, const unit *u, const ast_attribute *attribute,
                  ir_field *field);
} attribute_rule;

static const attribute_rule attribute_rules[] = {
    {"align", attribute_align},
    {"max", attribute_max},
    {"sparse", attribute_sparse},
    {"deprecated", attribute_deprecated},
};

#define RULE_COUNT (sizeof(attribute_rules) / sizeof(*attribute_rules))

static bool attribute_unknown(resolver *r, const ast_attribute *attribute)
{
    suggestion best = suggestion_start(attribute->name);

    if (strcmp(attribute->name, "id") == 0) {
        diag_error(r->sink, attribute->span, "`@id` is for records");
        diag_hint(r->sink, "the ordinal of a field is written `@2`");
        return false;
    }
    diag_error(r->sink, attribute->span, "there is no attribute `@%s`",
               attribute->name);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        suggestion_offer(&best, attribute_rules[i].name);
    }
    if (best.best != NULL) {
        diag_hint(r->sink, "did you mean `@%s`?", best.best);
    }
    return false;
}

static bool attribute_repeated(resolver *r, const ast_attribute *first,
                               const ast_attribute *attribute)
{
    // Ordinals have no name, and NULL equals NULL.
    for (; first != attribute; first = first->next) {
        if (first->name != attribute->name) {
            continue;
        }
        if (attribute->name == NULL) {
            return !attribute_fails(r, attribute,
                                    "a field has one ordinal only");
        }
        diag_error(r->sink, attribute->span, "`@%s` is there already",
                   attribute->name);
        return true;
    }
    return false;
}

static bool attribute_apply(resolver *r, const unit *u,
                            const ast_attribute *attribute, ir_field *field)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (strcmp(attribute_rules[i].name, attribute->name) == 0) {
            return attribute_rules[i].apply(r, u, attribute, field);
        }
    }
    return attribute_unknown(r, attribute);
}

static bool field_attributes(resolver *r, const unit *u, const ast_item *item,
                             ir_field *field)
{
    bool fine = true;

    for (const ast_attribute *a = item->attributes;
         a != NULL && !r->sink->stopped; a = a->next) {
        if (attribute_repeated(r, item->attributes, a)) {
            return false;
        }
        if (a->name != NULL) {
            fine = attribute_apply(r, u, a, field) && fine;
        }
    }
    return fine;
}

// ---- Defaults ---------------------------------------------------------------

static bool bytes_are_zero(const uint8_t *bytes, uint32_t size)
{
    while (size > 0 && bytes[size - 1] == 0) {
        size--;
    }
    return size == 0;
}

static bool field_default(resolver *r, const unit *u, const ast_value *value,
                          ir_field *field)
{
    const ir_type *type = field->type;
    uint8_t       *wire;

    if (value == NULL) {
        return true;
    }
    if (!type->fixed) {
        diag_error(r->sink, value->span, "a field of `%s` takes no default",
                   ir_type_text(r->arena, type));
        diag_hint(r->sink, type->kind == IR_OPTIONAL
                               ? "an optional starts absent"
                               : "what has no fixed size starts empty");
        return false;
    }
    wire = arena_alloc(r->arena, type->size, 1);
    if (wire == NULL || !resolve_wire(r, u, value, type, wire)) {
        return false;
    }
    field->initial = bytes_are_zero(wire, type->size) ? NULL : wire;
    return true;
}

// ---- Fields -----------------------------------------------------------------

static bool field_resolve(resolver *r, const unit *u, const ast_item *item,
                          ir_field *field)
{
    bool fine;

    field->name = item->name;
    field->doc = item->doc;
    field->span = item->span;
    field->type = item->type == NULL ? NULL : resolve_type(r, u, item->type);
    if (field->type == NULL) {
        return false;
    }
    fine = field_attributes(r, u, item, field);
    return field_default(r, u, item->value, field) && fine;
}

// ---- Ordinals ---------------------------------------------------------------

static const ast_attribute *item_ordinal(const ast_item *item)
{
    const ast_attribute *a = item->attributes;

    while (a != NULL && a->name != NULL) {
        a = a->next;
    }
    return a;
}

// Reports fields without an ordinal where others have one.
static bool ordinals_complete(resolver *r, const symbol *s, uint32_t given)
{
    if (given == s->ast->item_count) {
        return true;
    }
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        if (item_ordinal(item) == NULL) {
            diag_error(r->sink, item->span,
                       "the field `%s` has no ordinal, and others of `%s` have",
                       item->name, s->name);
            diag_hint(r->sink, "either all fields have ordinals, or none");
            return false;
        }
    }
    return false;
}

// Reads one ordinal and takes its place in `places`; false after an error.
static bool ordinal_take(resolver *r, const symbol *s, const ast_item *item,
                         const ast_item **places)
{
    const ast_attribute *a = item_ordinal(item);
    uint64_t             ordinal = 0;

    if (!resolve_integer(r, a->argument, IR_U32, &ordinal)) {
        return false;
    }
    if (ordinal >= s->ast->item_count) {
        diag_error(r->sink, a->span,
                   "the ordinal @%llu leaves a gap: `%s` has %u fields, "
                   "counted from @0",
                   (unsigned long long)ordinal, s->name, s->ast->item_count);
        return false;
    }
    if (places[ordinal] != NULL) {
        diag_error(r->sink, a->span, "the ordinal @%llu is taken by `%s`",
                   (unsigned long long)ordinal, places[ordinal]->name);
        return false;
    }
    places[ordinal] = item;
    return true;
}

static uint32_t ordinals_given(const ast_decl *decl)
{
    uint32_t given = 0;

    for (const ast_item *item = decl->items; item != NULL; item = item->next) {
        given += item_ordinal(item) != NULL ? 1 : 0;
    }
    return given;
}

// Lists the fields in layout order; NULL after an error.
static const ast_item **record_order(resolver *r, const symbol *s)
{
    const ast_item **places =
        arena_alloc(r->arena, s->ast->item_count, sizeof(*places));
    uint32_t given = ordinals_given(s->ast);
    uint32_t index = 0;
    bool     fine = true;

    if (places == NULL || (given > 0 && !ordinals_complete(r, s, given))) {
        return NULL;
    }
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        if (given == 0) {
            places[index++] = item;
        } else {
            fine = ordinal_take(r, s, item, places) && fine;
        }
    }
    return fine ? places : NULL;
}

// ---- Ids --------------------------------------------------------------------

// @id(N)
static bool record_take_id(resolver *r, const ast_attribute *attribute,
                           ir_record *record)
{
    if (attribute->argument == NULL) {
        return attribute_fails(
            r, attribute,
            "`@id` takes a number, as in `@id(0x5f1d7c3e9a1b2c44)`");
    }
    record->has_id = true;
    return resolve_integer(r, attribute->argument, IR_U64, &record->id);
}

static bool record_attributes(resolver *r, const symbol *s)
{
    ir_record *record = s->of.record;

    record->id = XXH3_64bits(record->qualified, strlen(record->qualified));
    for (const ast_attribute *a = s->ast->attributes; a != NULL; a = a->next) {
        if (attribute_repeated(r, s->ast->attributes, a)) {
            return false;
        }
        if (a->name == NULL || strcmp(a->name, "id") != 0) {
            resolve_no_attributes(r, a, "a record");
            return false;
        }
        if (!record_take_id(r, a, record)) {
            return false;
        }
    }
    return true;
}

// ---- Records ----------------------------------------------------------------

// Copies the fields, resolved in the order of the source, into layout order.
static bool record_arrange(resolver *r, const symbol *s, const ir_field *source,
                           const ast_item **order)
{
    uint32_t         count = s->ast->item_count;
    ir_field        *fields = arena_alloc(r->arena, count, sizeof(*fields));
    const ir_field **declared = arena_alloc(r->arena, count, sizeof(*declared));
    str_map          places = {.arena = r->arena};

    if (fields == NULL || declared == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)str_map_add(&places, order[i]->name, &fields[i]);
    }
    for (uint32_t i = 0; i < count && !r->arena->failed; i++) {
        ir_field *field = str_map_get(&places, source[i].name);

        *field = source[i];
        field->declared = i;
        declared[i] = field;
    }
    s->of.record->declared_fields = declared;
    s->of.record->field_count = count;
    return !r->arena->failed && record_layout(r, s->of.record, fields);
}

bool complete_record(resolver *r, symbol *s)
{
    uint32_t         count = s->ast->item_count;
    ir_field        *source = arena_alloc(r->arena, count, sizeof(*source));
    const ast_item **order;
    uint32_t         index = 0;
    bool             fine = !s->ast->broken;

    if (source == NULL || s->of.record == NULL) {
        return false;
    }
    fine = record_attributes(r, s) && fine;
    fine = resolve_unique_items(r, s->ast, "field") && fine;
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        fine = field_resolve(r, s->unit, item, &source[index++]) && fine;
    }
    order = s->ast->broken ? NULL : record_order(r, s);
    return order != NULL && fine && record_arrange(r, s, source, order);
}

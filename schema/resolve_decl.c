// resolve_decl.c -- enums, structs, unions, aliases and constants.
#include "schema/resolve.h"

#include "schema/describe.h"

#include <stdlib.h>

#define VARIANTS_MAX 255

// ---- Declaring --------------------------------------------------------------

// Returns the integer that an enum is stored as; u8 where the source names
// none, or something else, which complete_enum reports.
static const ir_type *enum_base(const ast_decl *ast)
{
    const ir_type *base = NULL;

    if (ast->type != NULL && ast->type->kind == AST_TYPE_NAME) {
        base = type_builtin(ast->type->name);
    }
    return base != NULL && kind_is_integer(base->kind) ? base
                                                       : type_builtin("u8");
}

static void declare_enum(resolver *r, symbol *s)
{
    ir_enum *e = arena_alloc(r->arena, 1, sizeof(*e));

    s->of.enumeration = e;
    s->type = type_node_new(r, IR_ENUM, 1);
    if (e == NULL || s->type == NULL) {
        return;
    }
    s->type->fixed = true;
    s->type->size = enum_base(s->ast)->size;
    s->type->enumeration = e;
    *e = (ir_enum){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
        .type = s->type,
        .base = enum_base(s->ast)->kind,
    };
}

static void declare_struct(resolver *r, symbol *s)
{
    ir_struct *structure = arena_alloc(r->arena, 1, sizeof(*structure));

    s->of.structure = structure;
    s->type = type_node_new(r, IR_STRUCT, 1);
    if (structure == NULL || s->type == NULL) {
        return;
    }
    s->type->fixed = true;
    s->type->structure = structure;
    *structure = (ir_struct){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
        .type = s->type,
    };
}

static void declare_union(resolver *r, symbol *s)
{
    ir_union *onion = arena_alloc(r->arena, 1, sizeof(*onion));

    s->of.onion = onion;
    s->type = type_node_new(r, IR_UNION, 1);
    if (onion == NULL || s->type == NULL) {
        return;
    }
    s->type->onion = onion;
    *onion = (ir_union){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
        .type = s->type,
    };
}

static void declare_record(resolver *r, symbol *s)
{
    ir_record *record = arena_alloc(r->arena, 1, sizeof(*record));

    s->of.record = record;
    s->type = type_node_new(r, IR_RECORD, 1);
    if (record == NULL || s->type == NULL) {
        return;
    }
    s->type->record = record;
    *record = (ir_record){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
        .type = s->type,
        // Known at once, for vectors of it. A field that could not be parsed
        // counts as well.
        .field_count = s->ast->item_count + (s->ast->broken ? 1 : 0),
    };
}

static void declare_alias(resolver *r, symbol *s)
{
    ir_alias *alias = arena_alloc(r->arena, 1, sizeof(*alias));

    s->of.alias = alias;
    s->type = type_node_new(r, IR_BOOL, 1); // until it is completed
    if (alias == NULL || s->type == NULL) {
        return;
    }
    *alias = (ir_alias){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
        .type = s->type,
    };
}

static void declare_const(resolver *r, symbol *s)
{
    ir_const *constant = arena_alloc(r->arena, 1, sizeof(*constant));

    s->of.constant = constant;
    if (constant == NULL) {
        return;
    }
    *constant = (ir_const){
        .name = s->name,
        .qualified = s->qualified,
        .doc = s->ast->doc,
        .span = s->ast->span,
        .file = &s->unit->ir,
    };
}

void declare_symbol(resolver *r, symbol *s)
{
    switch (s->ast->kind) {
    case IR_DECL_ENUM:
        declare_enum(r, s);
        break;
    case IR_DECL_STRUCT:
        declare_struct(r, s);
        break;
    case IR_DECL_UNION:
        declare_union(r, s);
        break;
    case IR_DECL_RECORD:
        declare_record(r, s);
        break;
    case IR_DECL_ALIAS:
        declare_alias(r, s);
        break;
    case IR_DECL_CONST:
        declare_const(r, s);
        break;
    }
}

// ---- Shared by the kinds ----------------------------------------------------

void resolve_no_attributes(resolver *r, const ast_attribute *list,
                           const char *what)
{
    if (list == NULL) {
        return;
    }
    if (list->name == NULL) {
        diag_error(r->sink, list->span, "%s takes no ordinal", what);
        diag_hint(r->sink, "only fields of records have ordinals");
    } else {
        diag_error(r->sink, list->span, "%s takes no attribute `@%s`", what,
                   list->name);
    }
}

bool resolve_unique_items(resolver *r, const ast_decl *decl, const char *what)
{
    str_map seen = {.arena = r->arena};
    bool    fine = true;

    for (ast_item *item = decl->items; item != NULL; item = item->next) {
        const ast_item *first = str_map_add(&seen, item->name, item);

        if (first != NULL) {
            resolve_repeated(r, item->span, what, item->name, first->span);
            fine = false;
        }
    }
    return fine;
}

static void resolve_no_default(resolver *r, const ast_item *item,
                               const char *what)
{
    if (item->value != NULL) {
        diag_error(r->sink, item->value->span, "%s takes no default", what);
        diag_hint(r->sink, "only fields of records have defaults");
    }
}

// ---- Enums ------------------------------------------------------------------

static void enum_check_base(resolver *r, const symbol *s)
{
    const ast_type *base = s->ast->type;
    const ir_type  *type = NULL;

    if (base == NULL) {
        return;
    }
    if (base->kind == AST_TYPE_NAME) {
        type = type_builtin(base->name);
    }
    if (type == NULL || !kind_is_integer(type->kind)) {
        diag_error(r->sink, base->span,
                   "the base of an enum is an integer, u8 to u64 or i8 to i64");
    }
}

static int compare_values(const void *a, const void *b)
{
    const ir_value *x = *(const ir_value *const *)a;
    const ir_value *y = *(const ir_value *const *)b;

    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return x < y ? -1 : x > y ? 1 : 0;
}

// Two names for one number could not both survive a trip through JSON.
static bool enum_check_numbers(resolver *r, const ir_value *values,
                               uint32_t count)
{
    const ir_value **sorted = arena_alloc(r->arena, count, sizeof(*sorted));
    bool             fine = true;

    if (sorted == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = &values[i];
    }
    qsort(sorted, count, sizeof(*sorted), compare_values);
    for (uint32_t i = 1; i < count; i++) {
        if (sorted[i]->value == sorted[i - 1]->value) {
            diag_error(r->sink, sorted[i]->span,
                       "`%s` has the same number as `%s`", sorted[i]->name,
                       sorted[i - 1]->name);
            fine = false;
        }
    }
    return fine;
}

// The number that a value without one gets.
typedef struct enum_next {
    uint64_t value;
    bool     known; // not after a value that is wrong
    bool     full;  // the value before is the base's largest
} enum_next;

static bool enum_number(resolver *r, const ast_item *item, ir_kind base,
                        enum_next *next, uint64_t *value)
{
    const ir_type like = {.kind = base};

    if (item->value != NULL) {
        next->known = resolve_integer(r, item->value, base, value);
    } else if (item->broken) {
        next->known = false;
    } else if (next->known && next->full) {
        diag_error(r->sink, item->span,
                   "the number of `%s`, one more than the last, does not fit "
                   "`%s`",
                   item->name, ir_type_text(r->arena, &like));
        next->known = false;
    } else {
        *value = next->value;
    }
    next->value = *value + 1;
    next->full = !integer_fits(next->value, kind_is_signed(base), base) ||
                 next->value == (kind_is_signed(base) ? UINT64_C(1) << 63 : 0);
    return next->known;
}

bool complete_enum(resolver *r, symbol *s)
{
    ir_enum  *e = s->of.enumeration;
    ir_value *values =
        arena_alloc(r->arena, s->ast->item_count, sizeof(*values));
    enum_next next = {.known = true};
    uint32_t  count = 0;
    bool      fine = true;

    if (values == NULL || e == NULL) {
        return false;
    }
    enum_check_base(r, s);
    resolve_no_attributes(r, s->ast->attributes, "an enum");
    fine = resolve_unique_items(r, s->ast, "value") && fine;
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        ir_value *value = &values[count++];

        resolve_no_attributes(r, item->attributes, "an enum's value");
        *value = (ir_value){
            .name = item->name, .doc = item->doc, .span = item->span};
        fine = enum_number(r, item, e->base, &next, &value->value) && fine;
        (void)str_map_add(&s->items, item->name, value);
    }
    if (count == 0 && !s->ast->broken) {
        diag_error(r->sink, s->ast->span, "the enum `%s` has no values",
                   s->name);
        return false;
    }
    e->values = values;
    e->value_count = count;
    return fine && enum_check_numbers(r, values, count);
}

// ---- Structs ----------------------------------------------------------------

// Resolves one member and puts it at the end of the struct; false after an
// error.
static bool struct_add(resolver *r, const symbol *s, const ast_item *item,
                       ir_member *member, uint32_t *depth)
{
    ir_struct     *structure = s->of.structure;
    const ir_type *type =
        item->type == NULL ? NULL : resolve_type(r, s->unit, item->type);

    resolve_no_attributes(r, item->attributes, "a struct's member");
    resolve_no_default(r, item, "a struct's member");
    if (type == NULL) {
        return false;
    }
    if (!type->fixed) {
        diag_error(r->sink, item->type->span,
                   "a struct holds types of fixed size only, and `%s` is not",
                   ir_type_text(r->arena, type));
        diag_hint(r->sink, "a record holds any type");
        return false;
    }
    if (type->size > FIXED_SIZE_MAX - structure->size) {
        diag_error(r->sink, item->span,
                   "the struct `%s` takes more than %u bytes", s->name,
                   FIXED_SIZE_MAX);
        return false;
    }
    *member = (ir_member){
        .name = item->name,
        .doc = item->doc,
        .span = item->span,
        .type = type,
        .offset = structure->size,
    };
    structure->size += type->size;
    structure->has_bool =
        structure->has_bool || type->has_bool || type->kind == IR_BOOL;
    if (type_node_depth(type) + 1 > *depth) {
        *depth = type_node_depth(type) + 1;
    }
    return true;
}

bool complete_struct(resolver *r, symbol *s)
{
    ir_struct *structure = s->of.structure;
    ir_member *members =
        arena_alloc(r->arena, s->ast->item_count, sizeof(*members));
    uint32_t count = 0;
    uint32_t depth = 1;
    bool     fine = !s->ast->broken;

    if (members == NULL || structure == NULL) {
        return false;
    }
    resolve_no_attributes(r, s->ast->attributes, "a struct");
    fine = resolve_unique_items(r, s->ast, "member") && fine;
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        (void)str_map_add(&s->items, item->name, &members[count]);
        fine = struct_add(r, s, item, &members[count++], &depth) && fine;
    }
    if (fine && count == 0) {
        diag_error(r->sink, s->ast->span, "the struct `%s` has no members",
                   s->name);
        return false;
    }
    structure->members = members;
    structure->member_count = count;
    s->type->size = structure->size;
    s->type->has_bool = structure->has_bool;
    type_node_set_depth(s->type, depth);
    return fine && resolve_depth_ok(r, s->ast->span, depth);
}

// ---- Unions -----------------------------------------------------------------

static bool union_check_type(resolver *r, const ast_item *item,
                             const ir_type *type)
{
    if (type == NULL) {
        return false;
    }
    if (type->kind == IR_OPTIONAL || type->kind == IR_UNION) {
        diag_error(r->sink, item->type->span, "a variant can't be %s itself",
                   type->kind == IR_UNION ? "a union" : "optional");
        diag_hint(r->sink, type->kind == IR_UNION
                               ? "put it into a record"
                               : "a variant without a type has no value");
        return false;
    }
    return true;
}

static bool union_add(resolver *r, const symbol *s, const ast_item *item,
                      ir_variant *variant)
{
    resolve_no_attributes(r, item->attributes, "a variant");
    resolve_no_default(r, item, "a variant");
    *variant =
        (ir_variant){.name = item->name, .doc = item->doc, .span = item->span};
    if (item->type == NULL) {
        return !item->broken;
    }
    variant->type = resolve_type(r, s->unit, item->type);
    return union_check_type(r, item, variant->type);
}

bool complete_union(resolver *r, symbol *s)
{
    ir_variant *variants =
        arena_alloc(r->arena, s->ast->item_count, sizeof(*variants));
    uint32_t count = 0;
    bool     fine = !s->ast->broken;

    if (variants == NULL || s->of.onion == NULL) {
        return false;
    }
    resolve_no_attributes(r, s->ast->attributes, "a union");
    fine = resolve_unique_items(r, s->ast, "variant") && fine;
    for (const ast_item *item = s->ast->items; item != NULL;
         item = item->next) {
        if (count == VARIANTS_MAX) {
            diag_error(r->sink, item->span, "a union has at most %d variants",
                       VARIANTS_MAX);
            return false;
        }
        fine = union_add(r, s, item, &variants[count++]) && fine;
    }
    if (count == 0 && fine) {
        diag_error(r->sink, s->ast->span, "the union `%s` has no variants",
                   s->name);
        return false;
    }
    s->of.onion->variants = variants;
    s->of.onion->variant_count = count;
    return fine;
}

// ---- Aliases and constants --------------------------------------------------

bool complete_alias(resolver *r, symbol *s)
{
    const ir_type *target;

    resolve_no_attributes(r, s->ast->attributes, "an alias");
    if (s->ast->type == NULL || s->type == NULL) {
        return false;
    }
    target = resolve_type(r, s->unit, s->ast->type);
    if (target == NULL) {
        return false;
    }
    *s->type = *target;
    s->type->alias = s->of.alias;
    type_node_set_depth(s->type, type_node_depth(target));
    return true;
}

bool complete_const(resolver *r, symbol *s)
{
    const ir_type *type;
    bool           scalar;

    resolve_no_attributes(r, s->ast->attributes, "a constant");
    if (s->ast->type == NULL || s->of.constant == NULL) {
        return false;
    }
    type = resolve_type(r, s->unit, s->ast->type);
    if (type == NULL || s->ast->value == NULL) {
        return false;
    }
    scalar = type->kind <= IR_ENUM;
    if (!scalar) {
        diag_error(r->sink, s->ast->type->span,
                   "a constant is a bool, a number or an enum, not a `%s`",
                   ir_type_text(r->arena, type));
        return false;
    }
    s->of.constant->type = type;
    return resolve_scalar(r, s->unit, s->ast->value, type,
                          &s->of.constant->bits);
}

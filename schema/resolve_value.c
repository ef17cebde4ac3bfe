// resolve_value.c -- numbers, names, lists and structs into bits and bytes.
#include "schema/resolve.h"

#include "schema/describe.h"
#include "schema/number.h"

#include <string.h>

#define F32_INFINITY UINT64_C(0x7F800000)
#define F32_NAN      UINT64_C(0x7FC00000)
#define F32_SIGN     UINT64_C(0x80000000)
#define F64_INFINITY UINT64_C(0x7FF0000000000000)
#define F64_NAN      UINT64_C(0x7FF8000000000000)
#define F64_SIGN     UINT64_C(0x8000000000000000)

// ---- What is wrong ----------------------------------------------------------

static const char *value_kind_text(const ast_value *value)
{
    static const char *const texts[] = {
        [AST_VALUE_NUMBER] = "a number", [AST_VALUE_BOOL] = "a bool",
        [AST_VALUE_NAME] = "a name",     [AST_VALUE_LIST] = "a list",
        [AST_VALUE_STRUCT] = "a struct",
    };

    return texts[value->kind];
}

static const char *wanted_text(const ir_type *type)
{
    switch (type->kind) {
    case IR_BOOL:
        return "`true` or `false`";
    case IR_F32:
    case IR_F64:
        return "a number";
    case IR_ENUM:
        return "the name of one of its values";
    case IR_STRUCT:
        return "written `{ member: value }`";
    case IR_ARRAY:
        return "written `[value, value]`";
    default:
        return "a whole number";
    }
}

static bool value_mismatch(resolver *r, const ast_value *value,
                           const ir_type *type)
{
    diag_error(r->sink, value->span, "a value of `%s` is %s, not %s",
               ir_type_text(r->arena, type), wanted_text(type),
               value_kind_text(value));
    return false;
}

static void number_hint(resolver *r, const char *text)
{
    if (strchr(text, '.') != NULL) {
        diag_hint(r->sink, "a float has digits on both sides of its point");
    } else if (text[0] == '0') {
        diag_hint(r->sink, "decimal numbers have no leading zero; others start "
                           "with 0x or 0b");
    }
}

static bool number_report(resolver *r, const ast_value *value,
                          number_status status, const char *type)
{
    switch (status) {
    case NUMBER_FLOAT:
        diag_error(r->sink, value->span, "`%.60s` is not a whole number",
                   value->text);
        break;
    case NUMBER_INTEGER:
        diag_error(r->sink, value->span, "a float is written in decimal");
        break;
    case NUMBER_TOO_LARGE:
        diag_error(r->sink, value->span, "%s%.60s does not fit `%s`",
                   value->negative ? "-" : "", value->text, type);
        break;
    default:
        diag_error(r->sink, value->span, "`%.60s` is not a number",
                   value->text);
        number_hint(r, value->text);
        break;
    }
    return false;
}

// ---- Integers ---------------------------------------------------------------

static uint32_t kind_bits(ir_kind kind)
{
    ir_kind first = kind_is_signed(kind) ? IR_I8 : IR_U8;

    return 8u << (kind - first);
}

static uint64_t kind_max(ir_kind kind)
{
    uint32_t bits = kind_bits(kind) - (kind_is_signed(kind) ? 1 : 0);

    return UINT64_MAX >> (64 - bits);
}

bool integer_fits(uint64_t bits, bool is_signed, ir_kind kind)
{
    bool negative = is_signed && bits >> 63 != 0;

    if (negative) {
        return kind_is_signed(kind) && ~bits <= kind_max(kind);
    }
    return bits <= kind_max(kind);
}

static void report_range(resolver *r, ir_span span, const char *number,
                         const char *type, ir_kind kind)
{
    unsigned long long most = kind_max(kind);

    diag_error(r->sink, span, "%.60s does not fit `%s`", number, type);
    if (kind_is_signed(kind)) {
        diag_hint(r->sink, "it holds -%llu to %llu", most + 1, most);
    } else {
        diag_hint(r->sink, "it holds 0 to %llu", most);
    }
}

static bool integer_literal(resolver *r, const ast_value *value, ir_kind kind,
                            const char *type, uint64_t *bits)
{
    uint64_t      magnitude = 0;
    number_status status = number_integer(value->text, &magnitude);
    uint64_t      most = kind_max(kind);

    if (status != NUMBER_OK && status != NUMBER_TOO_LARGE) {
        return number_report(r, value, status, type);
    }
    if (value->negative && magnitude > 0) {
        most = kind_is_signed(kind) ? most + 1 : 0;
    }
    if (status == NUMBER_TOO_LARGE || magnitude > most) {
        report_range(r, value->span,
                     str_format(r->arena, "%s%s", value->negative ? "-" : "",
                                value->text),
                     type, kind);
        return false;
    }
    *bits = value->negative ? 0 - magnitude : magnitude;
    return true;
}

bool resolve_integer(resolver *r, const ast_value *value, ir_kind kind,
                     uint64_t *bits)
{
    const ir_type like = {.kind = kind};

    if (value->kind != AST_VALUE_NUMBER) {
        return value_mismatch(r, value, &like);
    }
    return integer_literal(r, value, kind, ir_type_text(r->arena, &like), bits);
}

// ---- Constants --------------------------------------------------------------

// Finds the constant that a value names and completes it; NULL after an error.
static const ir_const *find_const(resolver *r, const unit *u,
                                  const ast_value *value)
{
    symbol *s = resolve_find(r, u, value->text);

    if (s == NULL) {
        if (type_builtin(value->text) != NULL) {
            diag_error(r->sink, value->span, "`%s` is a type, not a value",
                       value->text);
        } else {
            resolve_unknown(r, u, value->span, value->text, false);
        }
        return NULL;
    }
    if (s->ast->kind != IR_DECL_CONST) {
        diag_error(r->sink, value->span, "`%s` is a type, not a value",
                   value->text);
        return NULL;
    }
    return resolve_complete(r, s, value->span) ? s->of.constant : NULL;
}

static bool const_mismatch(resolver *r, const ast_value *value,
                           const ir_const *constant, const ir_type *type)
{
    diag_error(r->sink, value->span,
               "the constant `%s` is of `%s` and can't be a `%s`",
               constant->name, ir_type_text(r->arena, constant->type),
               ir_type_text(r->arena, type));
    return false;
}

// Takes over a float: of the same type, or an f32 as the f64 of equal value. An
// f64 is not rounded a second time.
static bool const_float(const ir_const *constant, ir_kind kind, uint64_t *bits)
{
    uint32_t raw = (uint32_t)constant->bits;
    float    narrow;
    double   wide;

    *bits = constant->bits;
    if (constant->type->kind == kind) {
        return true;
    }
    if (constant->type->kind != IR_F32) {
        return false;
    }
    memcpy(&narrow, &raw, sizeof(narrow));
    wide = (double)narrow;
    memcpy(bits, &wide, sizeof(*bits));
    return true;
}

static bool const_value(resolver *r, const unit *u, const ast_value *value,
                        const ir_type *type, uint64_t *bits)
{
    const ir_const *constant = find_const(r, u, value);
    ir_kind         from;
    bool            fits;

    if (constant == NULL) {
        return false;
    }
    from = constant->type->kind;
    *bits = constant->bits;
    if (kind_is_integer(type->kind) && kind_is_integer(from)) {
        fits = integer_fits(*bits, kind_is_signed(from), type->kind);
        if (!fits) {
            report_range(r, value->span,
                         str_format(r->arena, "the constant `%s`", value->text),
                         ir_type_text(r->arena, type), type->kind);
        }
        return fits;
    }
    if (kind_is_float(type->kind) && kind_is_float(from)) {
        fits = const_float(constant, type->kind, bits);
    } else {
        fits = type->kind == from &&
               type->enumeration == constant->type->enumeration;
    }
    return fits || const_mismatch(r, value, constant, type);
}

// ---- Scalars ----------------------------------------------------------------

static bool float_literal(resolver *r, const ast_value *value,
                          const ir_type *type, uint64_t *bits)
{
    bool          narrow = type->kind == IR_F32;
    number_status status = narrow ? number_f32(r->arena, value->text, bits)
                                  : number_f64(r->arena, value->text, bits);

    if (status == NUMBER_TOO_LARGE) {
        number_report(r, value, status, ir_type_text(r->arena, type));
        diag_hint(r->sink, "infinity is written `inf`");
        return false;
    }
    if (status != NUMBER_OK) {
        return number_report(r, value, status, ir_type_text(r->arena, type));
    }
    if (value->negative) {
        *bits |= narrow ? F32_SIGN : F64_SIGN;
    }
    return true;
}

// Says whether the value is inf, -inf or nan, and gives its bits.
static bool float_special(const ast_value *value, ir_kind kind, uint64_t *bits)
{
    bool narrow = kind == IR_F32;

    if (strcmp(value->text, "inf") == 0) {
        *bits = narrow ? F32_INFINITY : F64_INFINITY;
        if (value->negative) {
            *bits |= narrow ? F32_SIGN : F64_SIGN;
        }
        return true;
    }
    *bits = narrow ? F32_NAN : F64_NAN;
    return strcmp(value->text, "nan") == 0 && !value->negative;
}

static void report_enum_value(resolver *r, const ast_value *value,
                              const symbol *s)
{
    suggestion best = suggestion_start(value->text);

    diag_error(r->sink, value->span, "the enum `%s` has no value `%s`", s->name,
               value->text);
    for (const ast_item *item = s->ast->items;
         item != NULL && r->sink->recorded; item = item->next) {
        suggestion_offer(&best, item->name);
    }
    suggestion_hint(&best, r->sink);
}

// An enum's value by its name, else a constant of the enum.
static bool enum_value(resolver *r, const unit *u, const ast_value *value,
                       const ir_type *type, uint64_t *bits)
{
    symbol         *s = str_map_get(&r->symbols, type->enumeration->qualified);
    const ir_value *found;

    if (s == NULL || !resolve_complete(r, s, value->span)) {
        return false;
    }
    found = str_map_get(&s->items, value->text);
    if (found != NULL) {
        *bits = found->value;
        return true;
    }
    if (resolve_find(r, u, value->text) != NULL) {
        return const_value(r, u, value, type, bits);
    }
    report_enum_value(r, value, s);
    return false;
}

static bool named_value(resolver *r, const unit *u, const ast_value *value,
                        const ir_type *type, uint64_t *bits)
{
    if (kind_is_float(type->kind) && float_special(value, type->kind, bits)) {
        return true;
    }
    if (value->negative) {
        diag_error(r->sink, value->span,
                   "a minus goes before a number or `inf` only");
        return false;
    }
    if (type->kind == IR_ENUM) {
        return enum_value(r, u, value, type, bits);
    }
    return const_value(r, u, value, type, bits);
}

bool resolve_scalar(resolver *r, const unit *u, const ast_value *value,
                    const ir_type *type, uint64_t *bits)
{
    if (value->kind == AST_VALUE_NAME) {
        return named_value(r, u, value, type, bits);
    }
    if (value->kind == AST_VALUE_BOOL && type->kind == IR_BOOL) {
        *bits = value->truth ? 1 : 0;
        return true;
    }
    if (value->kind == AST_VALUE_NUMBER && kind_is_integer(type->kind)) {
        return integer_literal(r, value, type->kind,
                               ir_type_text(r->arena, type), bits);
    }
    if (value->kind == AST_VALUE_NUMBER && kind_is_float(type->kind)) {
        return float_literal(r, value, type, bits);
    }
    return value_mismatch(r, value, type);
}

bool resolve_count(resolver *r, const unit *u, const ast_value *value,
                   uint64_t *count)
{
    const ir_type size = {.kind = IR_U32};

    if (!resolve_scalar(r, u, value, &size, count)) {
        return false;
    }
    if (*count == 0) {
        diag_error(r->sink, value->span, "an array has at least one element");
        return false;
    }
    return true;
}

// ---- Wire bytes -------------------------------------------------------------

static bool wire_array(resolver *r, const unit *u, const ast_value *value,
                       const ir_type *type, uint8_t *wire)
{
    bool fine = true;

    if (value->kind != AST_VALUE_LIST) {
        return value_mismatch(r, value, type);
    }
    if (value->value_count != type->count) {
        diag_error(r->sink, value->span, "`%s` has %u elements, not %u",
                   ir_type_text(r->arena, type), type->count,
                   value->value_count);
        return false;
    }
    for (const ast_value *v = value->values; v != NULL; v = v->next) {
        fine = resolve_wire(r, u, v, type->element, wire) && fine;
        wire += type->element->size;
    }
    return fine;
}

static bool report_member(resolver *r, const ast_value *value,
                          const ir_struct *structure)
{
    suggestion best = suggestion_start(value->member);

    diag_error(r->sink, value->member_span,
               "the struct `%s` has no member `%s`", structure->name,
               value->member);
    for (uint32_t i = 0; i < structure->member_count && r->sink->recorded;
         i++) {
        suggestion_offer(&best, structure->members[i].name);
    }
    suggestion_hint(&best, r->sink);
    return false;
}

static bool wire_struct(resolver *r, const unit *u, const ast_value *value,
                        const ir_type *type, uint8_t *wire)
{
    const ir_struct *structure = type->structure;
    const symbol    *s = str_map_get(&r->symbols, structure->qualified);
    str_map          seen = {.arena = r->arena};
    bool             fine = true;

    if (value->kind != AST_VALUE_STRUCT) {
        return value_mismatch(r, value, type);
    }
    if (s == NULL) {
        return false;
    }
    for (ast_value *v = value->values; v != NULL; v = v->next) {
        const ir_member *member = str_map_get(&s->items, v->member);
        const ast_value *first = str_map_add(&seen, v->member, v);

        if (member == NULL) {
            fine = report_member(r, v, structure);
        } else if (first != NULL) {
            resolve_repeated(r, v->member_span, "member", v->member,
                             first->member_span);
            fine = false;
        } else {
            fine = resolve_wire(r, u, v, member->type, wire + member->offset) &&
                   fine;
        }
    }
    return fine;
}

bool resolve_wire(resolver *r, const unit *u, const ast_value *value,
                  const ir_type *type, uint8_t *wire)
{
    uint64_t bits = 0;

    if (type->kind == IR_ARRAY) {
        return wire_array(r, u, value, type, wire);
    }
    if (type->kind == IR_STRUCT) {
        return wire_struct(r, u, value, type, wire);
    }
    if (!resolve_scalar(r, u, value, type, &bits)) {
        return false;
    }
    for (uint32_t i = 0; i < type->size; i++) {
        wire[i] = (uint8_t)(bits >> (8 * i));
    }
    return true;
}

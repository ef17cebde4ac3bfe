// rust_model.c -- see rust_model.h.

#include "gen/rust_model.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/gen_c_parts.h"

// Keywords of Rust 2024, kept ones too, and what generated code takes from the
// prelude.
static const char *const reserved[] = {
    "Box",       "Clone",      "Copy",   "Debug",   "Default",  "Drop",
    "Eq",        "Err",        "Fn",     "FnMut",   "FnOnce",   "From",
    "Hash",      "Into",       "None",   "Ok",      "Option",   "Ord",
    "PartialEq", "PartialOrd", "Result", "Self",    "Send",     "Some",
    "String",    "Sync",       "Vec",    "_",       "abstract", "as",
    "async",     "await",      "become", "box",     "break",    "const",
    "continue",  "crate",      "do",     "dyn",     "else",     "enum",
    "extern",    "false",      "final",  "fn",      "for",      "gen",
    "if",        "impl",       "in",     "let",     "loop",     "macro",
    "match",     "mod",        "move",   "mut",     "override", "priv",
    "pub",       "ref",        "return", "self",    "static",   "struct",
    "super",     "trait",      "true",   "try",     "type",     "typeof",
    "unsafe",    "unsized",    "use",    "virtual", "where",    "while",
    "yield",     NULL};

// ---- Names ------------------------------------------------------------------

// `http_server` as HttpServer.
static const char *camel(rust_model *m, const char *name)
{
    const char *snake = names_snake(&m->c.memory, name);
    char       *text = arena_alloc(&m->c.memory, strlen(snake) + 2, 1);
    bool        begins = true;
    size_t      at = 0;

    if (text == NULL) {
        return "";
    }
    for (; *snake != '\0'; snake++) {
        if (*snake == '_') {
            begins = true;
            continue;
        }
        text[at++] = *snake;
        if (begins && *snake >= 'a' && *snake <= 'z') {
            text[at - 1] = (char)(*snake - 'a' + 'A');
        }
        begins = false;
    }
    // Nothing but underscores, or a digit in front.
    if (at == 0 || (text[0] >= '0' && text[0] <= '9')) {
        return c_text(&m->c, "N%s", text);
    }
    return text;
}

static void name_fields(rust_model *m, rust_item *item)
{
    static const char *const taken_record[] = {"unknown", NULL};
    static const char *const taken_union[] = {"Unset", "Unknown", "Later",
                                              NULL};
    ir_decl_kind             kind = item->decl->kind;
    const char *const       *taken = taken_record;
    names                    scope, places;
    size_t                   i;

    names_init_with(&scope, &m->c.memory, reserved);
    names_init_with(&places, &m->c.memory, reserved);
    item->fields = arena_alloc(&m->c.memory, item->c->field_count + 1,
                               sizeof *item->fields);
    if (item->fields == NULL) {
        return;
    }
    if (kind == IR_DECL_UNION) {
        taken = taken_union;
    }
    for (; kind != IR_DECL_ENUM && *taken != NULL; taken++) {
        names_take(&scope, *taken);
    }
    for (i = 0; i < item->c->field_count; i++) {
        const char *name = item->c->fields[i].name;
        rust_field *field = &item->fields[i];

        field->name = names_take(&scope, kind == IR_DECL_UNION ? camel(m, name)
                                         : kind == IR_DECL_ENUM
                                             ? names_upper(&m->c.memory, name)
                                             : names_snake(&m->c.memory, name));
        field->place = names_take(
            &places, c_text(&m->c, "AT_%s", names_upper(&m->c.memory, name)));
    }
}

static const ir_type *decl_node(const ir_decl *decl)
{
    switch (decl->kind) {
    case IR_DECL_ENUM:
        return decl->of.enumeration->type;
    case IR_DECL_STRUCT:
        return decl->of.structure->type;
    case IR_DECL_UNION:
        return decl->of.onion->type;
    case IR_DECL_RECORD:
        return decl->of.record->type;
    default:
        return NULL;
    }
}

static const char *decl_name(const ir_decl *decl)
{
    switch (decl->kind) {
    case IR_DECL_ENUM:
        return decl->of.enumeration->name;
    case IR_DECL_STRUCT:
        return decl->of.structure->name;
    case IR_DECL_UNION:
        return decl->of.onion->name;
    case IR_DECL_RECORD:
        return decl->of.record->name;
    case IR_DECL_ALIAS:
        return decl->of.alias->name;
    default:
        return decl->of.constant->name;
    }
}

static rust_item *name_decl(rust_model *m, names *taken, const ir_file *file,
                            const ir_decl *decl)
{
    static const char *const family[] = {"", "View", "Mut", NULL};
    const ir_type           *node = decl_node(decl);
    rust_item               *item;

    item = arena_alloc(&m->c.memory, 1, sizeof *item);
    if (item == NULL) {
        return NULL;
    }
    item->decl = decl;
    item->file = file;
    if (decl->kind == IR_DECL_CONST) {
        item->name =
            names_take(taken, names_upper(&m->c.memory, decl_name(decl)));
        return item;
    }
    item->name = camel(m, decl_name(decl));
    if (decl->kind == IR_DECL_RECORD || decl->kind == IR_DECL_UNION) {
        item->name = names_take_family(taken, item->name, family);
        item->view = c_text(&m->c, "%sView", item->name);
        item->setter = c_text(&m->c, "%sMut", item->name);
    } else {
        item->name = names_take(taken, item->name);
    }
    if (node != NULL) {
        item->c = c_find(&m->c, node);
        str_map_add(&m->by_node, (const char *)node, item);
        name_fields(m, item);
    }
    return item;
}

static void name_file(rust_model *m, const ir_file *file)
{
    names    taken;
    uint32_t i;

    names_init_with(&taken, &m->c.memory, reserved);
    for (i = 0; i < file->decl_count && !m->c.memory.failed; i++) {
        rust_item *item = name_decl(m, &taken, file, &file->decls[i]);

        if (file == m->c.file && item != NULL) {
            m->order[m->order_count++] = item;
        }
    }
}

bool rust_model_init(rust_model *m, const ir_schema *schema,
                     const ir_file *file)
{
    uint32_t i;

    memset(m, 0, sizeof *m);
    if (!c_model_init(&m->c, schema, file)) {
        return false;
    }
    m->by_node.arena = &m->c.memory;
    m->order =
        arena_alloc(&m->c.memory, file->decl_count + 1, sizeof *m->order);
    for (i = 0; i < schema->file_count && m->order != NULL; i++) {
        name_file(m, schema->files[i]);
    }
    return !m->c.memory.failed;
}

void rust_model_release(rust_model *m)
{
    c_model_release(&m->c);
}

// ---- Spelling types ---------------------------------------------------------

static const ir_type *declared_node(const ir_type *type)
{
    switch (type->kind) {
    case IR_ENUM:
        return type->enumeration->type;
    case IR_STRUCT:
        return type->structure->type;
    case IR_RECORD:
        return type->record->type;
    default:
        return type->onion->type;
    }
}

const rust_item *rust_find(const rust_model *m, const ir_type *type)
{
    return str_map_get(&m->by_node, (const char *)declared_node(type));
}

// The file of a schema is a module; those of its imports stand beside it.
static const char *module_of(rust_model *m, const rust_item *item)
{
    const char *slash;
    const char *name;
    size_t      size;

    if (item->file == m->c.file) {
        return "";
    }
    slash = strrchr(item->file->path, '/');
    name = slash == NULL ? item->file->path : slash + 1;
    size = strlen(name);
    if (size > 6 && strcmp(name + size - 6, ".inlay") == 0) {
        size -= 6;
    }
    return c_text(&m->c, "super::%.*s::", (int)size, name);
}

bool rust_borrows(const ir_type *type)
{
    return !type->fixed &&
           (type->kind != IR_OPTIONAL || rust_borrows(type->element));
}

static const char *declared(rust_model *m, const ir_type *type,
                            const char *life)
{
    const rust_item *item = rust_find(m, type);

    if (item == NULL) {
        return "";
    }
    return c_text(&m->c, "%s%s%s", module_of(m, item), item->name,
                  type->fixed ? "" : c_text(&m->c, "<%s>", life));
}

static const char *generic(rust_model *m, const char *name, const char *life,
                           const ir_type *of)
{
    return c_text(&m->c, "inlay::%s<%s, %s>", name, life,
                  rust_native(m, of, life));
}

const char *rust_native(rust_model *m, const ir_type *type, const char *life)
{
    const ir_type *element = type->element;

    switch (type->kind) {
    case IR_ENUM:
    case IR_STRUCT:
    case IR_RECORD:
    case IR_UNION:
        return declared(m, type, life);
    case IR_ARRAY:
        return c_text(&m->c, "[%s; %u]", rust_native(m, element, life),
                      type->count);
    case IR_STRING:
        return c_text(&m->c, "inlay::Str<%s>", life);
    case IR_BYTES:
        return c_text(&m->c, "inlay::Bytes<%s>", life);
    case IR_VECTOR:
        return generic(m, "Vector", life, element);
    case IR_BITSET:
        return c_text(&m->c, "inlay::Bits<%s>", life);
    case IR_LIST:
        return generic(m, element->kind == IR_RECORD ? "Records" : "List", life,
                       element);
    case IR_MAP:
        return c_text(&m->c, "inlay::Map<%s, %s, %s>", life,
                      rust_native(m, type->key, life),
                      rust_native(m, element, life));
    case IR_OPTIONAL:
        if (element->kind == IR_UNION) {
            return rust_native(m, element, life);
        }
        return element->kind == IR_RECORD
                   ? c_text(&m->c, "Option<&%s %s>", life,
                            rust_native(m, element, life))
                   : c_text(&m->c, "inlay::Opt<%s>",
                            rust_native(m, element, life));
    default:
        return c_word(type);
    }
}

const char *rust_view(rust_model *m, const ir_type *type)
{
    const ir_type   *element = type->element;
    const rust_item *item;

    switch (type->kind) {
    case IR_STRING:
        return "M::Text<'a>";
    case IR_VECTOR:
        return c_text(&m->c, "inlay::VectorView<'a, %s>",
                      rust_native(m, element, "'static"));
    case IR_BITSET:
        return "inlay::BitsView<'a>";
    case IR_LIST:
        return c_text(&m->c, "inlay::%s<'a, %s, M>",
                      element->kind == IR_RECORD ? "RecordsView" : "ListView",
                      rust_native(m, element, "'static"));
    case IR_MAP:
        return c_text(&m->c, "inlay::MapView<'a, %s, %s, M>",
                      rust_native(m, type->key, "'static"),
                      rust_native(m, element, "'static"));
    case IR_RECORD:
    case IR_UNION:
        item = rust_find(m, type);
        return item == NULL ? ""
                            : c_text(&m->c, "%s%s<'a, M>", module_of(m, item),
                                     item->view);
    case IR_OPTIONAL:
        return element->kind == IR_UNION
                   ? rust_view(m, element)
                   : c_text(&m->c, "Option<%s>", rust_view(m, element));
    default:
        return rust_native(m, type, "'a");
    }
}

const char *rust_set(rust_model *m, const ir_type *type)
{
    bool           optional = type->kind == IR_OPTIONAL;
    const ir_type *of = optional ? type->element : type;

    if (of->kind == IR_STRING) {
        return "&str";
    }
    if (of->kind == IR_BYTES) {
        return "&[u8]";
    }
    return of->fixed ? rust_view(m, type) : NULL;
}

// Spells a container's, unless there is nothing to be set in its elements.
static const char *reach_elements(rust_model *m, const ir_type *type)
{
    const ir_type *element = type->element;
    const char    *native = rust_native(m, element, "'static");

    if (rust_set(m, element) == NULL && rust_reach(m, element) == NULL) {
        return NULL;
    }
    if (type->kind == IR_MAP) {
        return c_text(&m->c, "inlay::MapMut<'_, %s, %s>",
                      rust_native(m, type->key, "'static"), native);
    }
    return c_text(&m->c, "inlay::%s<'_, %s>",
                  element->kind == IR_RECORD ? "RecordsMut" : "ListMut",
                  native);
}

const char *rust_reach(rust_model *m, const ir_type *type)
{
    const rust_item *item;
    const char      *inside;

    switch (type->kind) {
    case IR_RECORD:
        item = rust_find(m, type);
        return item == NULL ? NULL
                            : c_text(&m->c, "%s%s<'_>", module_of(m, item),
                                     item->setter);
    case IR_VECTOR:
        return c_text(&m->c, "inlay::VectorMut<'_, %s>",
                      rust_native(m, type->element, "'static"));
    case IR_BITSET:
        return "inlay::BitsMut<'_>";
    case IR_LIST:
    case IR_MAP:
        return reach_elements(m, type);
    case IR_OPTIONAL:
        inside = rust_reach(m, type->element);
        return inside == NULL ? NULL : c_text(&m->c, "Option<%s>", inside);
    default:
        return NULL;
    }
}

bool rust_is_full(const ir_union *onion)
{
    return onion->variant_count == UINT8_MAX;
}

// ---- Literals ---------------------------------------------------------------

// The shortest text that reads back to the same float.
static const char *float_text(rust_model *m, double value, bool single)
{
    const char *text = "";
    int         digits;

    for (digits = 1; digits < 18; digits++) {
        text = c_text(&m->c, "%.*g", digits, value);
        if (single ? strtof(text, NULL) == (float)value
                   : strtod(text, NULL) == value) {
            break;
        }
    }
    return strpbrk(text, ".e") == NULL ? c_text(&m->c, "%s.0", text) : text;
}

static const char *float_literal(rust_model *m, ir_kind kind, uint64_t bits)
{
    bool     single = kind == IR_F32;
    uint32_t half = (uint32_t)bits;
    float    value32;
    double   value;

    memcpy(&value32, &half, sizeof value32);
    memcpy(&value, &bits, sizeof value);
    value = single ? (double)value32 : value;
    if (isnan(value)) {
        return single ? c_text(&m->c, "f32::from_bits(0x%08" PRIx32 ")", half)
                      : c_text(&m->c, "f64::from_bits(0x%016" PRIx64 ")", bits);
    }
    if (isinf(value)) {
        return c_text(&m->c, "%s::%s", single ? "f32" : "f64",
                      value < 0 ? "NEG_INFINITY" : "INFINITY");
    }
    return float_text(m, value, single);
}

static const char *scalar_literal(rust_model *m, const ir_type *type,
                                  uint64_t bits)
{
    ir_kind  kind = c_scalar(type);
    uint64_t sign = UINT64_C(1) << (8 * type->size - 1);

    if (kind == IR_BOOL) {
        return bits != 0 ? "true" : "false";
    }
    if (kind == IR_F32 || kind == IR_F64) {
        return float_literal(m, kind, bits);
    }
    if (kind >= IR_I8) {
        bits &= sign | (sign - 1);
        return c_text(&m->c, "%" PRId64, (int64_t)((bits ^ sign) - sign));
    }
    return c_text(&m->c, "%" PRIu64, bits);
}

static const char *enum_literal(rust_model *m, const ir_type *type,
                                uint64_t bits)
{
    const rust_item *item = rust_find(m, type);
    const ir_enum   *enumeration = type->enumeration;
    const char      *name = declared(m, type, "");
    uint32_t         i;

    for (i = 0; item != NULL && i < enumeration->value_count; i++) {
        if ((enumeration->values[i].value ^ bits) << (64 - 8 * type->size) ==
            0) {
            return c_text(&m->c, "%s::%s", name, item->fields[i].name);
        }
    }
    return c_text(&m->c, "%s(%s)", name, scalar_literal(m, type, bits));
}

static const char *struct_literal(rust_model *m, const ir_type *type,
                                  const uint8_t *bytes)
{
    const rust_item *item = rust_find(m, type);
    const ir_struct *structure = type->structure;
    const char      *list = "";
    uint32_t         i;

    for (i = 0; item != NULL && i < structure->member_count; i++) {
        const ir_member *member = &structure->members[i];

        list = c_text(&m->c, "%s%s%s: %s", list, i > 0 ? ", " : "",
                      item->fields[i].name,
                      rust_literal(m, member->type, bytes + member->offset));
    }
    return c_text(&m->c, "%s { %s }", declared(m, type, ""), list);
}

const char *rust_literal(rust_model *m, const ir_type *type,
                         const uint8_t *bytes)
{
    const char *list = "";
    uint32_t    i;

    if (type->kind == IR_ENUM) {
        return enum_literal(m, type, c_scalar_bits(type, bytes));
    }
    if (c_is_scalar(type)) {
        return scalar_literal(m, type, c_scalar_bits(type, bytes));
    }
    if (type->kind == IR_STRUCT) {
        return struct_literal(m, type, bytes);
    }
    for (i = 0; i < type->count; i++) {
        list = c_text(
            &m->c, "%s%s%s", list, i > 0 ? ", " : "",
            rust_literal(m, type->element, bytes + i * type->element->size));
    }
    return c_text(&m->c, "[%s]", list);
}

const char *rust_bytes(rust_model *m, const uint8_t *bytes, uint32_t size)
{
    const char *list = "";
    uint32_t    i;

    for (i = 0; i < size; i++) {
        list = c_text(&m->c, "%s%s%u", list, i > 0 ? ", " : "", bytes[i]);
    }
    return list;
}

// ---- Layout -----------------------------------------------------------------

uint64_t rust_layout_add(rust_layout *whole, rust_layout member)
{
    uint64_t offset =
        (whole->size + member.align - 1) / member.align * member.align;

    whole->size = offset + member.size;
    whole->align = member.align > whole->align ? member.align : whole->align;
    return offset;
}

void rust_layout_end(rust_layout *whole)
{
    whole->size =
        (whole->size + whole->align - 1) / whole->align * whole->align;
}

static rust_layout struct_layout(const ir_struct *structure)
{
    rust_layout whole = {0, 1};
    uint32_t    i;

    for (i = 0; i < structure->member_count; i++) {
        rust_layout_add(&whole, rust_layout_of(structure->members[i].type));
    }
    rust_layout_end(&whole);
    return whole;
}

static rust_layout record_layout(const ir_record *record)
{
    rust_layout whole = {0, 1};
    uint32_t    i;

    for (i = 0; i < record->field_count; i++) {
        rust_layout_add(&whole,
                        rust_layout_of(record->declared_fields[i]->type));
    }
    rust_layout_add(&whole, (rust_layout){8, 8});
    rust_layout_end(&whole);
    return whole;
}

// Tag and `kept`, then the largest variant; records are held by pointer.
static rust_layout union_layout(const ir_union *onion)
{
    rust_layout payload = {16, 8};
    rust_layout whole = {8, 8};
    uint32_t    i;

    for (i = 0; i < onion->variant_count; i++) {
        const ir_type *type = onion->variants[i].type;
        rust_layout    one;

        if (type != NULL && type->kind != IR_RECORD) {
            one = rust_layout_of(type);
            payload.size = one.size > payload.size ? one.size : payload.size;
        }
    }
    rust_layout_end(&payload);
    rust_layout_add(&whole, payload);
    return whole;
}

static rust_layout optional_layout(const ir_type *element)
{
    rust_layout whole = {1, 1};

    if (element->kind == IR_RECORD) {
        return (rust_layout){8, 8};
    }
    if (element->kind == IR_UNION) {
        return rust_layout_of(element);
    }
    rust_layout_add(&whole, rust_layout_of(element));
    rust_layout_end(&whole);
    return whole;
}

rust_layout rust_layout_of(const ir_type *type)
{
    rust_layout one;

    switch (type->kind) {
    case IR_STRUCT:
        return struct_layout(type->structure);
    case IR_ARRAY:
        one = rust_layout_of(type->element);
        return (rust_layout){one.size * type->count, one.align};
    case IR_STRING:
    case IR_BYTES:
    case IR_VECTOR:
    case IR_BITSET:
    case IR_MAP:
        return (rust_layout){16, 8};
    case IR_LIST:
        return (rust_layout){type->element->kind == IR_RECORD ? 24 : 16, 8};
    case IR_RECORD:
        return record_layout(type->record);
    case IR_UNION:
        return union_layout(type->onion);
    case IR_OPTIONAL:
        return optional_layout(type->element);
    default:
        return (rust_layout){type->size, type->size};
    }
}

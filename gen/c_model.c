// c_model.c -- see c_model.h. Three passes: name the declarations of every file
// that can be seen, name the containers their types need, order the items of
// this file so that what is held by value comes first.

#include "gen/c_model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What a type of each kind brings with it, in the header or in the source.
static const char *const family[] = {
    // types
    "", "_view", "_list", "_list_view", "_opt", "_entry",
    // readers of all kinds
    "_open", "_open_verified", "_tag", "_payload", "_name", "_count", "_at",
    "_has_at", "_find", "_key_at", "_value_at", "_list_count", "_list_at",
    "_list_has_at", "_list_set",
    // what works on whole values
    "_verify", "_verify_canonical", "_encode", "_encoded_size", "_measure",
    "_write", "_decode", "_read", "_read_new", "_size", "_block_size",
    "_block_write", "_slot_size", "_slot_write", "_is_default", "_load",
    "_load_all", "_store", "_store_all", "_list_size", "_list_write",
    "_list_read", "_list_source", "_list_builder", "_list_builder_init",
    "_list_builder_push", "_list_builder_count", "_list_builder_size",
    "_list_builder_finish", "_list_builder_list", "_list_builder_clear",
    "_list_builder_release", "_list_get", "_list_fed_size", "_list_fed_write",
    "_share", "_share_write", "_list_share", "_list_share_write", "_hash64",
    "_hash128", "_equal", "_message_hash64", "_message_hash128",
    "_message_equal", "_lent", "_element", "_element_share", "_element_write",
    "_patch", "_patch_encode", "_patch_measure", "_patch_write", "_patch_type",
    "_patch_head", "_patch_slot_size", "_patch_slot_write", "_patch_in",
    // tables
    "_desc", "_fields", "_members", "_values", "_variants", NULL};

#define FAMILY_SIZE (sizeof family / sizeof family[0] - 1)

// What every field brings with it besides, around its name.
static const char *const accessors[] = {"_get_%s", "_has_%s", "_set_%s",
                                        "_clear_%s", "_%s_initial"};

#define ACCESSOR_COUNT (sizeof accessors / sizeof accessors[0])

// ---- Text and maps ----------------------------------------------------------

const char *c_text(c_model *m, const char *format, ...)
{
    va_list list;
    char   *text = NULL;
    int     size;

    va_start(list, format);
    size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size >= 0) {
        text = arena_alloc(&m->memory, (size_t)size + 1, 1);
    }
    if (text == NULL) {
        return "";
    }
    va_start(list, format);
    vsnprintf(text, (size_t)size + 1, format, list);
    va_end(list);
    return text;
}

const char *c_join(c_model *m, const char *lines, const char *line)
{
    return lines[0] == '\0' ? line : c_text(m, "%s\n%s", lines, line);
}

const char *c_indented(c_model *m, const char *lines)
{
    const char *result = "";

    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");

        result = c_text(m, "%s    %.*s%s", result, (int)length, lines,
                        lines[length] == '\n' ? "\n" : "");
        lines += length + (lines[length] == '\n' ? 1 : 0);
    }
    return result;
}

// Maps of this module are keyed by nodes of the IR, which are as good as
// interned names: str_map compares addresses.
static c_item *map_find(const str_map *map, const void *node)
{
    return str_map_get(map, (const char *)node);
}

const c_item *c_find(const c_model *m, const ir_type *type)
{
    return map_find(&m->by_node, type);
}

// ---- Questions about types --------------------------------------------------

bool c_is_scalar(const ir_type *type)
{
    return type->kind <= IR_ENUM;
}

ir_kind c_scalar(const ir_type *type)
{
    return type->kind == IR_ENUM ? type->enumeration->base : type->kind;
}

const char *c_scalar_type(ir_kind kind)
{
    static const char *const types[] = {
        "bool",    "uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t",
        "int16_t", "int32_t", "int64_t",  "float",    "double"};
    return types[kind];
}

const char *c_word(const ir_type *type)
{
    static const char *const words[] = {"bool", "u8",  "u16", "u32",
                                        "u64",  "i8",  "i16", "i32",
                                        "i64",  "f32", "f64"};
    return words[c_scalar(type)];
}

const ir_type *c_array_base(const ir_type *type, uint32_t *count)
{
    *count = 1;
    while (type->kind == IR_ARRAY) {
        *count *= type->count;
        type = type->element;
    }
    return type;
}

bool c_is_array_of_structs(const ir_type *type)
{
    uint32_t count;

    return type->kind == IR_ARRAY &&
           c_array_base(type, &count)->kind == IR_STRUCT;
}

static uint32_t native_align(const ir_type *type)
{
    uint32_t align = 1;
    uint32_t i;

    if (type->kind == IR_ARRAY) {
        return native_align(type->element);
    }
    if (type->kind != IR_STRUCT) {
        return type->size;
    }
    for (i = 0; i < type->structure->member_count; i++) {
        uint32_t member = native_align(type->structure->members[i].type);

        align = member > align ? member : align;
    }
    return align;
}

bool c_is_plain(const ir_type *type)
{
    uint32_t i;

    if (type->kind == IR_ARRAY) {
        return c_is_plain(type->element);
    }
    if (type->kind != IR_STRUCT) {
        return type->kind != IR_BOOL;
    }
    for (i = 0; i < type->structure->member_count; i++) {
        const ir_member *member = &type->structure->members[i];

        if (member->offset % native_align(member->type) != 0 ||
            !c_is_plain(member->type)) {
            return false;
        }
    }
    return type->size % native_align(type) == 0;
}

bool c_is_nested(const ir_type *type)
{
    if (type->kind == IR_OPTIONAL) {
        return c_is_nested(type->element);
    }
    return type->kind == IR_RECORD || type->kind == IR_LIST ||
           type->kind == IR_MAP || type->kind == IR_UNION;
}

static bool has_align(c_model *m, str_map *seen, const ir_record *record);

static bool type_has_align(c_model *m, str_map *seen, const ir_type *type)
{
    uint32_t i;

    switch (type->kind) {
    case IR_OPTIONAL:
        return type_has_align(m, seen, type->element);
    case IR_RECORD:
    case IR_LIST:
    case IR_MAP:
        return has_align(m, seen, type->record);
    case IR_UNION:
        for (i = 0; i < type->onion->variant_count; i++) {
            const ir_type *variant = type->onion->variants[i].type;

            if (variant != NULL && type_has_align(m, seen, variant)) {
                return true;
            }
        }
        return false;
    default:
        return false;
    }
}

// Returns whether there is an @align in a record, at any depth. Unions lead to
// themselves through records only, where `seen` ends it.
static bool has_align(c_model *m, str_map *seen, const ir_record *record)
{
    uint32_t i;

    if (str_map_get(seen, (const char *)record) != NULL) {
        return false;
    }
    str_map_add(seen, (const char *)record, (void *)(uintptr_t)record);
    for (i = 0; i < record->field_count && !m->memory.failed; i++) {
        if (record->fields[i].align != 0 ||
            type_has_align(m, seen, record->fields[i].type)) {
            return true;
        }
    }
    return false;
}

bool c_has_align(c_model *m, const ir_record *record)
{
    str_map seen = {.arena = &m->memory};

    return has_align(m, &seen, record);
}

// Returns whether a list of these elements has a name of its own already.
static bool has_named_list(const ir_type *list)
{
    ir_kind element = list->element->kind;

    if (list->kind == IR_VECTOR) {
        return element != IR_ARRAY;
    }
    return element == IR_STRING || element == IR_BYTES ||
           element == IR_RECORD || element == IR_UNION;
}

// Returns whether T? has a name of its own already, or needs none.
static bool has_named_opt(const ir_type *element)
{
    return c_is_scalar(element) || element->kind == IR_STRUCT ||
           element->kind == IR_STRING || element->kind == IR_BYTES ||
           element->kind == IR_RECORD || element->kind == IR_UNION;
}

// ---- Spelling types ---------------------------------------------------------

const char *c_container(c_model *m, const ir_type *type)
{
    const ir_type *element = type->element;

    if (type->kind == IR_BITSET) {
        return "inlay_bool_list";
    }
    if (type->kind == IR_MAP || !has_named_list(type)) {
        return c_find(m, type)->name;
    }
    switch (element->kind) {
    case IR_STRING:
        return "inlay_str_list";
    case IR_BYTES:
        return "inlay_bytes_list";
    case IR_ENUM:
    case IR_STRUCT:
    case IR_RECORD:
    case IR_UNION:
        return c_text(m, "%s_list", c_native(m, element));
    default:
        return c_text(m, "inlay_%s_list", c_word(element));
    }
}

// The item of a named type, found by the node that the declaration owns, since
// an alias of it is a node of its own.
static const ir_type *named_node(const ir_type *type)
{
    switch (type->kind) {
    case IR_ENUM:
        return type->enumeration->type;
    case IR_STRUCT:
        return type->structure->type;
    case IR_RECORD:
        return type->record->type;
    case IR_UNION:
        return type->onion->type;
    default:
        return type;
    }
}

static const char *opt_native(c_model *m, const ir_type *type)
{
    const ir_type *element = type->element;

    switch (element->kind) {
    case IR_STRING:
        return "inlay_str_opt";
    case IR_BYTES:
        return "inlay_bytes_opt";
    case IR_ENUM:
    case IR_STRUCT:
        return c_text(m, "%s_opt", c_find(m, named_node(element))->name);
    case IR_UNION:
    case IR_RECORD:
        return c_native(m, element);
    default:
        if (c_is_scalar(element)) {
            return c_text(m, "inlay_%s_opt", c_word(element));
        }
        return c_find(m, type)->name;
    }
}

const char *c_native(c_model *m, const ir_type *type)
{
    switch (type->kind) {
    case IR_ENUM:
    case IR_STRUCT:
    case IR_RECORD:
    case IR_UNION:
        return c_find(m, named_node(type))->name;
    case IR_STRING:
        return "inlay_str";
    case IR_BYTES:
        return "inlay_bytes";
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
    case IR_MAP:
        return c_container(m, type);
    case IR_OPTIONAL:
        return opt_native(m, type);
    default:
        if (type->alias != NULL) {
            return c_find(m, type)->name;
        }
        return c_scalar_type(type->kind);
    }
}

const char *c_declare(c_model *m, const ir_type *type, const char *name)
{
    if (type->kind == IR_ARRAY) {
        return c_declare(m, type->element,
                         c_text(m, "%s[%u]", name, type->count));
    }
    if (type->kind == IR_OPTIONAL && type->element->kind == IR_RECORD) {
        return c_text(m, "const %s *%s", c_native(m, type->element), name);
    }
    return c_text(m, "%s %s", c_native(m, type), name);
}

const char *c_view(c_model *m, const ir_type *type)
{
    switch (type->kind) {
    case IR_OPTIONAL:
        return c_view(m, type->element);
    case IR_RECORD:
    case IR_UNION:
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "%s_view", c_native(m, type));
    case IR_ARRAY: {
        uint32_t count;
        return c_view(m, c_array_base(type, &count));
    }
    default:
        return c_native(m, type);
    }
}

// ---- Naming -----------------------------------------------------------------

static c_item *item_new(c_model *m, const ir_file *file, c_item_kind kind)
{
    c_item *item = arena_alloc(&m->memory, 1, sizeof *item);

    if (item == NULL) {
        return NULL;
    }
    item->kind = kind;
    item->file = file;
    if (file == m->file) {
        if (m->last == NULL) {
            m->first = item;
        } else {
            m->last->next = item;
        }
        m->last = item;
    }
    return item;
}

static void item_name(c_model *m, names *taken, c_item *item, const char *name)
{
    item->name = names_take_family(taken, name, family);
    item->upper = names_upper(&m->memory, item->name);
}

// Returns the name of a record's field or a union's variant, by index.
static const char *accessor_field(const ir_decl *decl, size_t index)
{
    return decl->kind == IR_DECL_RECORD ? decl->of.record->fields[index].name
                                        : decl->of.onion->variants[index].name;
}

// Names a record or a union: its accessors are part of the family.
static void item_name_with(c_model *m, names *taken, c_item *item,
                           const char *name, size_t count)
{
    const char **all = arena_alloc(
        &m->memory, FAMILY_SIZE + count * ACCESSOR_COUNT + 1, sizeof *all);
    size_t at = FAMILY_SIZE;
    size_t i, j;

    if (all == NULL) {
        item_name(m, taken, item, name);
        return;
    }
    memcpy(all, family, FAMILY_SIZE * sizeof *all);
    for (i = 0; i < count; i++) {
        for (j = 0; j < ACCESSOR_COUNT; j++) {
            const char *around = accessors[j];
            size_t      before = strcspn(around, "%");

            all[at++] =
                c_text(m, "%.*s%s%s", (int)before, around,
                       accessor_field(item->decl, i), around + before + 2);
        }
    }
    all[at] = NULL;
    item->name = names_take_family(taken, name, all);
    item->upper = names_upper(&m->memory, item->name);
}

static c_field *fields_new(c_model *m, c_item *item, size_t count)
{
    item->fields = arena_alloc(&m->memory, count, sizeof *item->fields);
    item->field_count = item->fields == NULL ? 0 : count;
    return item->fields;
}

static void name_record(c_model *m, c_item *item, const ir_record *record)
{
    names    members;
    uint32_t i;

    names_init(&members, &m->memory);
    names_take(&members, "unknown");
    if (fields_new(m, item, record->field_count) == NULL) {
        return;
    }
    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];
        c_field         named = {.name = field->name,
                                 .member = names_take(&members, field->name),
                                 .doc = field->doc,
                                 .type = field->type,
                                 .ir = field};
        item->fields[i] = named;
    }
}

static void name_struct(c_model *m, c_item *item, const ir_struct *structure)
{
    names    members;
    uint32_t i;

    names_init(&members, &m->memory);
    if (fields_new(m, item, structure->member_count) == NULL) {
        return;
    }
    for (i = 0; i < structure->member_count; i++) {
        const ir_member *member = &structure->members[i];
        c_field          named = {.name = member->name,
                                  .member = names_take(&members, member->name),
                                  .doc = member->doc,
                                  .type = member->type};
        item->fields[i] = named;
    }
}

// Returns the constant of an enum's value or a union's tag.
static const char *name_constant(c_model *m, names *taken, const c_item *item,
                                 const char *name)
{
    return names_take(
        taken, c_text(m, "%s_%s", item->upper, names_upper(&m->memory, name)));
}

static void name_enum(c_model *m, c_item *item, const ir_enum *enumeration)
{
    uint32_t i;

    if (fields_new(m, item, enumeration->value_count) == NULL) {
        return;
    }
    for (i = 0; i < enumeration->value_count; i++) {
        const ir_value *value = &enumeration->values[i];
        c_field         named = {.name = value->name, .doc = value->doc};

        item->fields[i] = named;
    }
}

static void name_union(c_model *m, c_item *item, const ir_union *onion)
{
    names    members;
    uint32_t i;

    names_init(&members, &m->memory);
    names_take(&members, "tag");
    names_take(&members, "kept");
    names_take(&members, "unknown");
    if (fields_new(m, item, onion->variant_count) == NULL) {
        return;
    }
    for (i = 0; i < onion->variant_count; i++) {
        const ir_variant *variant = &onion->variants[i];
        c_field           named = {
                      .name = variant->name, .doc = variant->doc, .type = variant->type};

        named.member = names_take(&members, variant->name);
        item->fields[i] = named;
    }
}

// A list of records or of unions is named with them, used or not: files that
// import them may use it.
static void name_list_of(c_model *m, const c_item *of)
{
    c_item *item = item_new(m, of->file, C_LIST);

    if (item == NULL) {
        return;
    }
    item->name = c_text(m, "%s_list", of->name);
    item->upper = names_upper(&m->memory, item->name);
    item->title = c_text(m, "[%s]", of->title);
    item->type = of->type;
    str_map_add(&m->lists, (const char *)of->type, item);
}

static const ir_type *decl_type(const ir_decl *decl)
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
    case IR_DECL_ALIAS:
        return decl->of.alias->type;
    default:
        return NULL;
    }
}

static void decl_head(const ir_decl *decl, const char **name, const char **doc)
{
    switch (decl->kind) {
    case IR_DECL_ENUM:
        *name = decl->of.enumeration->name;
        *doc = decl->of.enumeration->doc;
        break;
    case IR_DECL_STRUCT:
        *name = decl->of.structure->name;
        *doc = decl->of.structure->doc;
        break;
    case IR_DECL_UNION:
        *name = decl->of.onion->name;
        *doc = decl->of.onion->doc;
        break;
    case IR_DECL_RECORD:
        *name = decl->of.record->name;
        *doc = decl->of.record->doc;
        break;
    case IR_DECL_ALIAS:
        *name = decl->of.alias->name;
        *doc = decl->of.alias->doc;
        break;
    case IR_DECL_CONST:
        *name = decl->of.constant->name;
        *doc = decl->of.constant->doc;
        break;
    }
}

// Returns whether a type expression becomes a container with a name of its own.
static bool needs_item(const ir_type *type)
{
    switch (type->kind) {
    case IR_VECTOR:
    case IR_LIST:
        return !has_named_list(type);
    case IR_MAP:
        return true;
    case IR_OPTIONAL:
        return !has_named_opt(type->element);
    default:
        return false;
    }
}

static void name_decl(c_model *m, names *taken, const ir_file *file,
                      const ir_decl *decl, const char *package)
{
    static const c_item_kind kinds[] = {C_ENUM,   C_STRUCT, C_UNION,
                                        C_RECORD, C_ALIAS,  C_CONST};
    const ir_type           *type = decl_type(decl);
    const char              *name = "";
    const char              *doc = NULL;
    c_item                  *item;

    // An alias of a container is that container's name: name_type sees to it.
    if (decl->kind == IR_DECL_ALIAS && needs_item(type)) {
        return;
    }
    item = item_new(m, file, kinds[decl->kind]);
    if (item == NULL) {
        return;
    }
    decl_head(decl, &name, &doc);
    item->title = name;
    item->doc = doc;
    item->decl = decl;
    item->type = type;
    if (decl->kind == IR_DECL_CONST) {
        str_map_add(&m->by_node, (const char *)decl->of.constant, item);
        return;
    }
    name = c_text(m, "%s_%s", package, names_snake(&m->memory, name));
    if (decl->kind == IR_DECL_RECORD) {
        item_name_with(m, taken, item, name, decl->of.record->field_count);
    } else if (decl->kind == IR_DECL_UNION) {
        item_name_with(m, taken, item, name, decl->of.onion->variant_count);
    } else {
        item_name(m, taken, item, name);
    }
    str_map_add(&m->by_node, (const char *)type, item);
    if (decl->kind == IR_DECL_RECORD) {
        names_take(taken, c_text(m, "%s_INIT", item->upper));
        names_take(taken, c_text(m, "%s_TYPE_ID", item->upper));
        names_take(taken, c_text(m, "%s_SIZE_MIN", item->upper));
        names_take(taken, c_text(m, "%s_SIZE_MAX", item->upper));
        name_record(m, item, decl->of.record);
        if (item->field_count > 0) {
            name_list_of(m, item);
        }
    } else if (decl->kind == IR_DECL_STRUCT) {
        name_struct(m, item, decl->of.structure);
    } else if (decl->kind == IR_DECL_ENUM) {
        name_enum(m, item, decl->of.enumeration);
    } else if (decl->kind == IR_DECL_UNION) {
        name_union(m, item, decl->of.onion);
        name_list_of(m, item);
    }
}

// Names the constants of a declaration. Those that types bring are taken by
// now; all of these can give way to them.
static void name_constants(c_model *m, names *taken, const ir_decl *decl,
                           const char *package)
{
    const ir_const *constant;
    c_item         *item;
    size_t          i;

    if (decl->kind == IR_DECL_CONST) {
        constant = decl->of.constant;
        item = map_find(&m->by_node, constant);
        if (item != NULL) {
            item->name = names_take(
                taken, c_text(m, "%s_%s", names_upper(&m->memory, package),
                              names_upper(&m->memory, constant->name)));
        }
        return;
    }
    item = map_find(&m->by_node, decl_type(decl));
    if (item == NULL ||
        (decl->kind != IR_DECL_ENUM && decl->kind != IR_DECL_UNION)) {
        return;
    }
    for (i = 0; i < item->field_count; i++) {
        item->fields[i].constant =
            name_constant(m, taken, item, item->fields[i].name);
    }
}

static void name_type(c_model *m, names *taken, const ir_file *file,
                      const ir_type *type, const char *owner);

// Names the entry of a map; its fields are `key` and `value`.
static void name_entry(c_model *m, const c_item *map)
{
    c_item *item = item_new(m, map->file, C_ENTRY);

    if (item == NULL) {
        return;
    }
    item->name = c_text(m, "%s_entry", map->name);
    item->upper = names_upper(&m->memory, item->name);
    item->title = map->title;
    item->type = map->type;
    name_record(m, item, map->type->record);
    str_map_add(&m->entries, (const char *)map->type, item);
}

// Names T? of what has no optional of its own. The container that it may hold
// comes first, since its name brings that of the optional.
static void name_opt(c_model *m, names *taken, const ir_file *file,
                     const ir_type *type, c_item *item, const char *owner)
{
    const ir_type *inner = type->element;
    const c_item  *named;

    if (type->alias == NULL && inner->alias == NULL && needs_item(inner)) {
        name_type(m, taken, file, inner, owner);
        named = map_find(&m->by_node, inner);
        if (named != NULL) {
            item->name = c_text(m, "%s_opt", named->name);
            item->upper = names_upper(&m->memory, item->name);
        }
        return;
    }
    item_name(m, taken, item,
              type->alias != NULL ? owner : c_text(m, "%s_opt", owner));
    name_type(m, taken, file, inner, c_text(m, "%s_value", item->name));
}

static void name_container(c_model *m, names *taken, const ir_file *file,
                           const ir_type *type, const char *owner)
{
    c_item *item;

    item = item_new(m, file,
                    type->kind == IR_MAP        ? C_MAP
                    : type->kind == IR_OPTIONAL ? C_OPT
                                                : C_LIST);
    if (item == NULL) {
        return;
    }
    if (type->alias != NULL) {
        owner = c_text(m, "%s_%s", names_snake(&m->memory, file->package),
                       names_snake(&m->memory, type->alias->name));
        item->doc = type->alias->doc;
    }
    item->type = type;
    item->title = owner;
    str_map_add(&m->by_node, (const char *)type, item);
    if (type->kind == IR_OPTIONAL) {
        name_opt(m, taken, file, type, item, owner);
        return;
    }
    item_name(m, taken, item, owner);
    if (type->kind == IR_MAP) {
        name_entry(m, item);
        name_type(m, taken, file, type->element,
                  c_text(m, "%s_value", item->name));
    } else {
        name_type(m, taken, file, type->element,
                  c_text(m, "%s_item", item->name));
    }
}

// Names the containers in a type expression that stands at `owner`.
static void name_type(c_model *m, names *taken, const ir_file *file,
                      const ir_type *type, const char *owner)
{
    if (map_find(&m->by_node, type) != NULL || m->memory.failed) {
        return;
    }
    if (type->alias != NULL && type->alias->file != file) {
        return;
    }
    if (needs_item(type)) {
        name_container(m, taken, file, type, owner);
    } else if (type->kind == IR_LIST || type->kind == IR_OPTIONAL) {
        name_type(m, taken, file, type->element, owner);
    }
}

// The tag of a union that is unset has a name of its own.
static void name_unset(c_model *m, names *taken, const ir_file *file)
{
    uint32_t i;

    for (i = 0; i < file->decl_count; i++) {
        const ir_decl *decl = &file->decls[i];
        const c_item  *item = NULL;

        if (decl->kind == IR_DECL_UNION) {
            item = map_find(&m->by_node, decl_type(decl));
        }
        if (item != NULL) {
            name_constant(m, taken, item, "UNSET");
        }
    }
}

static void name_file(c_model *m, const ir_file *file)
{
    const char *package = names_snake(&m->memory, file->package);
    names       taken;
    uint32_t    i;
    size_t      j;

    names_init(&taken, &m->memory);
    for (i = 0; i < file->decl_count; i++) {
        name_decl(m, &taken, file, &file->decls[i], package);
    }
    name_unset(m, &taken, file);
    for (i = 0; i < file->decl_count; i++) {
        name_constants(m, &taken, &file->decls[i], package);
    }
    for (i = 0; i < file->decl_count; i++) {
        const ir_decl *decl = &file->decls[i];
        const c_item  *item;

        if (decl->kind == IR_DECL_ALIAS) {
            name_type(m, &taken, file, decl->of.alias->type, "");
        }
        if (decl->kind != IR_DECL_RECORD && decl->kind != IR_DECL_UNION) {
            continue;
        }
        item = map_find(&m->by_node, decl_type(decl));
        for (j = 0; item != NULL && j < item->field_count; j++) {
            if (item->fields[j].type != NULL) {
                name_type(
                    m, &taken, file, item->fields[j].type,
                    c_text(m, "%s_%s", item->name,
                           names_snake(&m->memory, item->fields[j].name)));
            }
        }
    }
}

// ---- Ordering ---------------------------------------------------------------

static void place(c_model *m, c_item *item);

// Places what a value of the type holds by value.
static void place_type(c_model *m, const ir_type *type)
{
    c_item *item = NULL;

    switch (type->kind) {
    case IR_ENUM:
    case IR_STRUCT:
    case IR_RECORD:
    case IR_UNION:
        item = map_find(&m->by_node, named_node(type));
        break;
    case IR_ARRAY:
        place_type(m, type->element);
        break;
    case IR_VECTOR:
        item = map_find(&m->by_node, type);
        place_type(m, type->element);
        break;
    case IR_LIST:
        item = has_named_list(type)
                   ? map_find(&m->lists, named_node(type->element))
                   : map_find(&m->by_node, type);
        break;
    case IR_MAP:
        item = map_find(&m->by_node, type);
        break;
    case IR_OPTIONAL:
        if (type->element->kind == IR_RECORD) {
            return;
        }
        place_type(m, type->element);
        item = map_find(&m->by_node, type);
        break;
    default:
        item = map_find(&m->by_node, type);
        break;
    }
    if (item != NULL) {
        place(m, item);
    }
}

static void place(c_model *m, c_item *item)
{
    size_t i;

    if (item->placed || item->file != m->file) {
        return;
    }
    item->placed = true;
    if (item->kind == C_OPT) {
        place_type(m, item->type->element);
    } else if (item->kind == C_LIST && item->type->kind == IR_VECTOR) {
        place_type(m, item->type->element);
    } else if (item->kind == C_ALIAS) {
        place_type(m, item->type);
    }
    for (i = 0; i < item->field_count; i++) {
        const ir_type *type = item->fields[i].type;

        // A variant's record is held by pointer.
        if (type != NULL &&
            !(item->kind == C_UNION && type->kind == IR_RECORD)) {
            place_type(m, type);
        }
    }
    m->order[m->order_count++] = item;
}

// ---- Building ---------------------------------------------------------------

static const char *file_stem(c_model *m)
{
    const char *slash = strrchr(m->file->path, '/');
    const char *name = slash == NULL ? m->file->path : slash + 1;
    size_t      size = strlen(name);

    if (size > 6 && strcmp(name + size - 6, ".inlay") == 0) {
        size -= 6;
    }
    return c_text(m, "%.*s", (int)size, name);
}

// The guard tells files of the same name in different packages apart.
static const char *file_guard(c_model *m)
{
    char *guard = (char *)(uintptr_t)c_text(
        m, "%s_%s_INLAY_H", names_upper(&m->memory, m->file->package),
        names_upper(&m->memory, m->stem));
    size_t i;

    for (i = 0; guard[i] != '\0'; i++) {
        bool letter = (guard[i] >= 'A' && guard[i] <= 'Z') ||
                      (guard[i] >= '0' && guard[i] <= '9');

        if (!letter) {
            guard[i] = '_';
        }
    }
    return guard;
}

bool c_model_init(c_model *m, const ir_schema *schema, const ir_file *file)
{
    uint32_t i;
    size_t   count = 0;
    c_item  *item;

    memset(m, 0, sizeof *m);
    arena_init(&m->memory, NULL);
    m->schema = schema;
    m->file = file;
    m->by_node.arena = &m->memory;
    m->lists.arena = &m->memory;
    m->entries.arena = &m->memory;
    m->stem = file_stem(m);
    m->guard = file_guard(m);
    for (i = 0; i < schema->file_count; i++) {
        name_file(m, schema->files[i]);
    }
    for (item = m->first; item != NULL; item = item->next) {
        count++;
    }
    m->order = arena_alloc(&m->memory, count + 1, sizeof(c_item *));
    if (m->order == NULL || m->memory.failed) {
        return false;
    }
    for (item = m->first; item != NULL; item = item->next) {
        place(m, item);
    }
    return !m->memory.failed;
}

void c_model_release(c_model *m)
{
    arena_release(&m->memory);
}

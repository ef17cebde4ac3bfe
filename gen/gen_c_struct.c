// gen_c_struct.c -- enums, structs, and how fixed values go to and from bytes.

#include <stdlib.h>
#include <string.h>

#include "gen/gen_c_parts.h"

// ---- Stores and loads of fixed types ----------------------------------------

// Names the first scalar or struct of an array: `x[0][0]`.
static const char *first_of(c_model *m, const ir_type *type, const char *x)
{
    while (type->kind == IR_ARRAY) {
        x = c_text(m, "%s[0]", x);
        type = type->element;
    }
    return x;
}

static const char *store_array(c_model *m, const ir_type *type, const char *to,
                               const char *x)
{
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);
    const char    *first = first_of(m, type, x);

    if (base->kind == IR_STRUCT) {
        return c_text(m, "%s_store_all(%s, &%s, %u);", c_native(m, base), to,
                      first, count);
    }
    if (c_scalar(base) == IR_BOOL) {
        return c_text(m, "inlay_store_bools(%s, &%s, %u);", to, first, count);
    }
    return c_text(m, "inlay_write_scalars(%s, &%s, %u, %u);", to, first, count,
                  base->size);
}

const char *c_store(c_model *m, const ir_type *type, const char *to,
                    const char *x)
{
    if (type->kind == IR_ARRAY) {
        return store_array(m, type, to, x);
    }
    if (type->kind == IR_STRUCT) {
        return c_text(m, "%s_store(%s, &%s);", c_native(m, type), to, x);
    }
    return c_text(m, "inlay_store_%s(%s, %s);", c_word(type), to, x);
}

// Loads a native value `x` of a fixed type from `from`: a statement.
static const char *load(c_model *m, const ir_type *type, const char *from,
                        const char *x)
{
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);
    const char    *first = first_of(m, type, x);

    if (type->kind != IR_ARRAY) {
        return type->kind == IR_STRUCT
                   ? c_text(m, "%s = %s_load(%s);", x, c_native(m, type), from)
                   : c_text(m, "%s = inlay_load_%s(%s);", x, c_word(type),
                            from);
    }
    if (base->kind == IR_STRUCT) {
        return c_text(m, "%s_load_all(%s, &%s, %u);", c_native(m, base), from,
                      first, count);
    }
    if (c_scalar(base) == IR_BOOL) {
        return c_text(m, "inlay_load_bools(%s, &%s, %u);", from, first, count);
    }
    return c_text(m, "inlay_read_scalars(%s, &%s, %u, %u);", from, first, count,
                  base->size);
}

// ---- Structs ----------------------------------------------------------------

static const char *at(c_model *m, const char *pointer, uint32_t offset)
{
    return offset == 0 ? pointer : c_text(m, "%s + %u", pointer, offset);
}

static void emit_struct_type(c_out *out, const c_item *item)
{
    c_model *m = out->model;
    emit    *h = &out->header;
    bool     plain = c_is_plain(item->type);
    size_t   i;

    emit_rule(h, item->title);
    emit_doc(h,
             item->doc != NULL
                 ? item->doc
                 : c_text(m, "One %s.", item->decl->of.structure->qualified));
    emit_line(h, c_text(m, "struct %s%s {", plain ? "INLAY_MAY_ALIAS " : "",
                        item->name));
    emit_indent(h, 1);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        emit_doc(h, field->doc);
        emit_line(h,
                  c_text(m, "%s;", c_declare(m, field->type, field->member)));
    }
    emit_indent(h, -1);
    emit_text(h, NULL, "};\n\n");
    if (plain) {
        emit_text(
            h,
            EMIT_VARS({"name", item->name},
                      {"size", c_text(m, "%u", item->type->size)}),
            "/* Lies in memory as on the wire, where byte orders agree. */\n"
            "INLAY_STATIC_ASSERT(sizeof($name$) == $size$, \"$name$ has no "
            "holes\");\n\n");
    }
}

static void emit_struct_load(c_out *out, const c_item *item)
{
    const ir_struct *structure = item->decl->of.structure;
    c_model         *m = out->model;
    const char      *loads = "";
    size_t           i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        loads = c_text(m, "%s%s%s", loads, i > 0 ? "\n" : "",
                       load(m, field->type,
                            at(m, "from", structure->members[i].offset),
                            c_text(m, "value.%s", field->member)));
    }
    emit_text(&out->header,
              EMIT_VARS({"name", item->name}, {"loads", loads},
                        {"size", c_text(m, "%u", item->type->size)}),
              "/* Loads a struct from its $size$ bytes. */\n"
              "static inline $name$ $name$_load(const uint8_t *from)\n"
              "{\n"
              "    $name$ value;\n"
              "\n"
              "    $loads$\n"
              "    return value;\n"
              "}\n"
              "\n");
}

static void emit_struct_store(c_out *out, const c_item *item)
{
    const ir_struct *structure = item->decl->of.structure;
    c_model         *m = out->model;
    const char      *stores = "";
    size_t           i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        stores = c_text(m, "%s%s%s", stores, i > 0 ? "\n" : "",
                        c_store(m, field->type,
                                at(m, "to", structure->members[i].offset),
                                c_text(m, "value->%s", field->member)));
    }
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name}, {"stores", stores},
                  {"size", c_text(m, "%u", item->type->size)}),
        "/* Stores a struct into $size$ bytes. */\n"
        "static inline void $name$_store(uint8_t *to, const $name$ *value)\n"
        "{\n"
        "    $stores$\n"
        "}\n"
        "\n");
}

// Stores and loads of many: one memcpy where the layouts agree.
static void emit_struct_all(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    bool        plain = c_is_plain(item->type);
    const char *size = c_text(m, "%u", item->type->size);

    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name}, {"size", size},
                  {"fast", plain ? "if (INLAY_HOST_IS_WIRE) {\n"
                                   "    inlay_write_bytes(to, items, count * "
                                   "sizeof *items);\n"
                                   "    return;\n"
                                   "}"
                                 : ""}),
        "static inline void $name$_store_all(uint8_t *to, const $name$ *items, "
        "size_t count)\n"
        "{\n"
        "    size_t i;\n"
        "\n"
        "    $fast$\n"
        "    for (i = 0; i < count; i++) {\n"
        "        $name$_store(to + i * $size$, &items[i]);\n"
        "    }\n"
        "}\n"
        "\n");
    emit_text(&out->header,
              EMIT_VARS({"name", item->name}, {"size", size},
                        {"fast", plain ? "if (INLAY_HOST_IS_WIRE) {\n"
                                         "    memcpy(items, from, count * "
                                         "sizeof *items);\n"
                                         "    return;\n"
                                         "}"
                                       : ""}),
              "static inline void $name$_load_all(const uint8_t *from, $name$ "
              "*items, size_t count)\n"
              "{\n"
              "    size_t i;\n"
              "\n"
              "    $fast$\n"
              "    for (i = 0; i < count; i++) {\n"
              "        items[i] = $name$_load(from + i * $size$);\n"
              "    }\n"
              "}\n"
              "\n");
}

static void emit_list_set(c_out *out, const c_item *item, const char *store,
                          const char *value)
{
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name}, {"store", store}, {"value", value},
                  {"size", c_text(out->model, "%u", item->type->size)}),
        "/* Sets one element in place; false beyond the count. */\n"
        "static inline bool $name$_list_set($name$_list_view self, size_t "
        "index, $name$ value)\n"
        "{\n"
        "    if (index >= self.bytes.size / $size$) {\n"
        "        return false;\n"
        "    }\n"
        "    $store$((uint8_t *)(uintptr_t)self.bytes.data + index * "
        "$size$, $value$);\n"
        "    return true;\n"
        "}\n"
        "\n");
}

// The list and the optional that every struct and enum brings.
static void emit_fixed_family(c_out *out, const c_item *item,
                              const char *packed, const char *load_at)
{
    c_model    *m = out->model;
    const char *size = c_text(m, "%u", item->type->size);

    emit_text(&out->header, EMIT_VARS({"name", item->name}, {"packed", packed}),
              "struct $name$_list {\n"
              "    const $packed$ *items;\n"
              "    size_t count;\n"
              "};\n"
              "\n"
              "struct $name$_opt {\n"
              "    bool has;\n"
              "    $name$ value;\n"
              "};\n"
              "\n");
    emit_text(&out->header, EMIT_VARS({"name", item->name}, {"size", size}),
              "static inline size_t $name$_list_count($name$_list_view self)\n"
              "{\n"
              "    return self.bytes.size / $size$;\n"
              "}\n"
              "\n");
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name}, {"load", load_at}, {"size", size}),
        "/* Returns one element; zero at or beyond the count. */\n"
        "static inline $name$ $name$_list_at($name$_list_view self, size_t "
        "index)\n"
        "{\n"
        "    static const uint8_t zero[$size$] = {0};\n"
        "\n"
        "    return $load$(index < self.bytes.size / $size$ ? self.bytes.data "
        "+ index * $size$ : zero);\n"
        "}\n"
        "\n");
}

void c_emit_struct(c_out *out, const c_item *item)
{
    c_model *m = out->model;

    emit_struct_type(out, item);
    emit_struct_load(out, item);
    emit_struct_store(out, item);
    emit_struct_all(out, item);
    emit_fixed_family(out, item, item->name, c_text(m, "%s_load", item->name));
    emit_list_set(out, item, c_text(m, "%s_store", item->name), "&value");
    emit_text(&out->header,
              EMIT_VARS({"name", item->name},
                        {"lends", c_is_plain(item->type) ? "" : "not "}),
              "/* Decodes a list; it is $lends$lent by the message where it "
              "lies right. */\n"
              "inlay_status $name$_list_read($name$_list_view self, "
              "inlay_arena *arena, $name$_list *list);\n"
              "\n");
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name},
                  {"lend", c_is_plain(item->type)
                               ? c_text(m,
                                        "if (inlay_lends(self.bytes.data, "
                                        "INLAY_ALIGNOF(%s))) {\n"
                                        "    list->items = (const %s *)"
                                        "(const void *)self.bytes.data;\n"
                                        "    return INLAY_OK;\n"
                                        "}",
                                        item->name, item->name)
                               : ""}),
        "inlay_status $name$_list_read($name$_list_view self, inlay_arena "
        "*arena, $name$_list *list)\n"
        "{\n"
        "    inlay_status status = INLAY_OK;\n"
        "    $name$ *items;\n"
        "\n"
        "    list->items = NULL;\n"
        "    list->count = $name$_list_count(self);\n"
        "    if (list->count == 0) {\n"
        "        return INLAY_OK;\n"
        "    }\n"
        "    $lend$\n"
        "    items = ($name$ *)inlay_arena_take(arena, list->count, sizeof "
        "*items, &status);\n"
        "    if (items == NULL) {\n"
        "        return status;\n"
        "    }\n"
        "    $name$_load_all(self.bytes.data, items, list->count);\n"
        "    list->items = items;\n"
        "    return INLAY_OK;\n"
        "}\n"
        "\n");
}

// ---- Enums ------------------------------------------------------------------

// Constants of an enum whose values fit an int are enumerators, which debuggers
// show; others are macros.
static bool fits_int(const ir_enum *enumeration)
{
    uint32_t i;

    for (i = 0; i < enumeration->value_count; i++) {
        uint64_t value = enumeration->values[i].value;
        bool     is_signed = enumeration->base >= IR_I8;

        if (is_signed ? (int64_t)value < INT32_MIN || (int64_t)value > INT32_MAX
                      : value > INT32_MAX) {
            return false;
        }
    }
    return true;
}

static void emit_enumerators(c_out *out, const c_item *item)
{
    const ir_enum *enumeration = item->decl->of.enumeration;
    c_model       *m = out->model;
    emit          *h = &out->header;
    uint32_t       i;

    emit_line(h, "enum {");
    emit_indent(h, 1);
    for (i = 0; i < enumeration->value_count; i++) {
        emit_doc(h, item->fields[i].doc);
        emit_line(h, c_text(m, "%s = %s%s", item->fields[i].constant,
                            c_text(m, "%lld",
                                   (long long)enumeration->values[i].value),
                            i + 1 < enumeration->value_count ? "," : ""));
    }
    emit_indent(h, -1);
    emit_text(h, NULL, "};\n\n");
}

static void emit_enum_macros(c_out *out, const c_item *item)
{
    const ir_enum *enumeration = item->decl->of.enumeration;
    c_model       *m = out->model;
    uint32_t       i;

    for (i = 0; i < enumeration->value_count; i++) {
        emit_doc(&out->header, item->fields[i].doc);
        emit_text(&out->header,
                  EMIT_VARS({"constant", item->fields[i].constant},
                            {"type", c_scalar_type(enumeration->base)},
                            {"value",
                             c_scalar_literal(m, enumeration->base,
                                              enumeration->values[i].value)}),
                  "#define $constant$ (($type$)$value$)\n");
    }
    emit_blank(&out->header);
}

static void emit_enum_name(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    const char *cases = "";
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        cases = c_text(m, "%s%scase %s:\n    return \"%s\";", cases,
                       i > 0 ? "\n" : "", item->fields[i].constant,
                       item->fields[i].name);
    }
    emit_text(&out->header, EMIT_VARS({"name", item->name}),
              "/* Returns the value's name; NULL when it has none. */\n"
              "const char *$name$_name($name$ value);\n"
              "\n");
    emit_text(&out->source, EMIT_VARS({"name", item->name}, {"cases", cases}),
              "const char *$name$_name($name$ value)\n"
              "{\n"
              "    switch (value) {\n"
              "    $cases$\n"
              "    default:\n"
              "        return NULL;\n"
              "    }\n"
              "}\n"
              "\n");
}

void c_emit_enum(c_out *out, const c_item *item)
{
    const ir_enum *enumeration = item->decl->of.enumeration;
    c_model       *m = out->model;
    const char    *word = c_word(item->type);

    emit_rule(&out->header, item->title);
    emit_doc(&out->header, item->doc != NULL
                               ? item->doc
                               : c_text(m, "One of the values of %s.",
                                        enumeration->qualified));
    emit_text(&out->header,
              EMIT_VARS({"base", c_scalar_type(enumeration->base)},
                        {"name", item->name}),
              "typedef $base$ $name$;\n"
              "\n");
    emit_doc(&out->header, "Known values; later revisions may bring more.");
    if (fits_int(enumeration)) {
        emit_enumerators(out, item);
    } else {
        emit_enum_macros(out, item);
    }
    emit_enum_name(out, item);
    emit_fixed_family(out, item, c_text(m, "inlay_%s_packed", word),
                      c_text(m, "inlay_load_%s", word));
    emit_list_set(out, item, c_text(m, "inlay_store_%s", word), "value");
}

// gen_c_decode.c -- from verified views to native structs.
//
// What is printed calls the readers, so there is one place that knows the
// layout. Strings and vectors of scalars are lent by the message; the arena
// gives what records in lists, maps and optionals need.

#include "gen/gen_c_parts.h"

// How a value is read: the calls without their closing parenthesis, so that an
// array's indices can be added.
typedef struct source {
    const char *get; // `log_entry_get_code(self`
    const char *has; // `log_entry_has_code(self`
} source;

static const char *read_array(c_model *m, const ir_type *type, source from,
                              const char *to)
{
    const char *indices = "";
    const char *target = to;
    const char *head = "";
    const char *tail = "";
    const char *indent = "";
    int         depth = 0;

    for (; type->kind == IR_ARRAY; type = type->element, depth++) {
        const char *i = c_text(m, "i%d", depth);

        head = c_text(m, "%s%sfor (size_t %s = 0; %s < %u; %s++) {\n", head,
                      indent, i, i, type->count, i);
        tail = c_text(m, "\n%s}%s", indent, tail);
        indent = c_text(m, "%s    ", indent);
        indices = c_text(m, "%s, %s", indices, i);
        target = c_text(m, "%s[%s]", target, i);
    }
    return c_text(m, "%s%s%s = %s%s);%s", head, indent, target, from.get,
                  indices, tail);
}

// Reads a value into `to`: statements.
static const char *read_value(c_model *m, const ir_type *type, source from,
                              const char *to)
{
    switch (type->kind) {
    case IR_ARRAY:
        return read_array(m, type, from, to);
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "INLAY_TRY(%s_read(%s), arena, &%s));",
                      c_container(m, type), from.get, to);
    case IR_RECORD:
    case IR_UNION:
        return c_text(m, "INLAY_TRY(%s_read(%s), arena, &%s));",
                      c_native(m, type), from.get, to);
    case IR_OPTIONAL:
        if (type->element->kind == IR_RECORD) {
            return c_text(m,
                          "%s = NULL;\n"
                          "if (%s)) {\n"
                          "    INLAY_TRY(%s_read_new(%s), arena, &%s));\n"
                          "}",
                          to, from.has, c_native(m, type->element), from.get,
                          to);
        }
        if (type->element->kind == IR_UNION) {
            return read_value(m, type->element, from, to);
        }
        return c_text(
            m, "%s.has = %s);\n%s", to, from.has,
            read_value(m, type->element, from, c_text(m, "%s.value", to)));
    default:
        return c_text(m, "%s = %s);", to, from.get);
    }
}

// ---- Records ----------------------------------------------------------------

void c_emit_record_decode(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    const char *reads = "";
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];
        source from = {c_text(m, "%s_get_%s(self", item->name, field->name),
                       c_text(m, "%s_has_%s(self", item->name, field->name)};

        reads = c_text(m, "%s%s%s", reads, reads[0] == '\0' ? "" : "\n",
                       read_value(m, field->type, from,
                                  c_text(m, "to->%s", field->member)));
    }
    emit_text(&out->source, EMIT_VARS({"name", item->name}, {"reads", reads}),
              "inlay_status $name$_read($name$_view self, inlay_arena *arena, "
              "$name$ *to)\n"
              "{\n"
              "    if (INLAY_UNLIKELY(!self.record.verified)) {\n"
              "        return INLAY_NOT_VERIFIED;\n"
              "    }\n"
              "    $reads$\n"
              "    return inlay_unknown_keep(self.record, &$name$_desc, arena, "
              "&to->unknown);\n"
              "}\n"
              "\n"
              "inlay_status $name$_read_new($name$_view self, inlay_arena "
              "*arena, const $name$ **to)\n"
              "{\n"
              "    inlay_status status = INLAY_OK;\n"
              "    $name$ *record = ($name$ *)inlay_arena_take(arena, 1, "
              "sizeof *record, &status);\n"
              "\n"
              "    if (record == NULL) {\n"
              "        return status;\n"
              "    }\n"
              "    *to = record;\n"
              "    return $name$_read(self, arena, record);\n"
              "}\n"
              "\n");
    emit_text(
        &out->source, EMIT_VARS({"name", item->name}),
        "inlay_status $name$_decode(const void *data, size_t size, inlay_arena "
        "*arena, $name$ *to, inlay_error *error)\n"
        "{\n"
        "    $name$_view view;\n"
        "    $name$ record;\n"
        "    inlay_status status = $name$_open_verified(data, size, &view, "
        "error);\n"
        "\n"
        "    if (status != INLAY_OK) {\n"
        "        return status;\n"
        "    }\n"
        "    status = $name$_read(view, arena, &record);\n"
        "    if (status != INLAY_OK) {\n"
        "        return inlay_error_set(error, status);\n"
        "    }\n"
        "    *to = record;\n"
        "    return INLAY_OK;\n"
        "}\n"
        "\n"
        "inlay_status $name$_verify(const void *data, size_t size, inlay_error "
        "*error)\n"
        "{\n"
        "    return inlay_verify(&$name$_desc, data, size, error);\n"
        "}\n"
        "\n"
        "inlay_status $name$_verify_canonical(const void *data, size_t size, "
        "inlay_error *error)\n"
        "{\n"
        "    return inlay_verify_canonical(&$name$_desc, data, size, error);\n"
        "}\n"
        "\n");
}

// ---- Unions -----------------------------------------------------------------

void c_emit_union_decode(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    const char *cases = "";
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];
        source from = {c_text(m, "%s_get_%s(self", item->name, field->name),
                       ""};
        const char *to = c_text(m, "to->%s", field->member);
        const char *read;

        if (field->type == NULL) {
            continue;
        }
        read = field->type->kind == IR_RECORD
                   ? c_text(m, "INLAY_TRY(%s_read_new(%s), arena, &%s));",
                            c_native(m, field->type), from.get, to)
                   : read_value(m, field->type, from, to);
        cases = c_text(m, "%scase %s:\n%s\n    break;\n", cases,
                       field->constant, c_indented(m, read));
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"cases", cases},
                  {"known", c_text(m, "%zu", item->field_count)}),
        "inlay_status $name$_read($name$_view self, inlay_arena *arena, $name$ "
        "*to)\n"
        "{\n"
        "    memset(to, 0, sizeof *to);\n"
        "    to->tag = $name$_tag(self);\n"
        "    switch (to->tag) {\n"
        "    $cases$\n"
        "    default:\n"
        "        if (inlay_unknown_tag(to->tag, $known$) && "
        "inlay_arena_keeps(arena) && "
        "self.onion.verified) {\n"
        "            to->kept = true;\n"
        "            to->unknown = self.onion.payload;\n"
        "        }\n"
        "        break;\n"
        "    }\n"
        "    return INLAY_OK;\n"
        "}\n"
        "\n");
}

// ---- Lists and maps ---------------------------------------------------------

// Prints the reader of a list whose items are declared so, by reading one.
// C has no conversion to a pointer to an array of constants: `constant` is that
// cast, or empty.
static void emit_list(c_out *out, const char *name, const char *items,
                      const char *cast, const char *constant, const char *read,
                      bool fed)
{
    emit_text(&out->source,
              EMIT_VARS({"name", name}, {"items", items}, {"cast", cast},
                        {"constant", constant}, {"read", read},
                        {"source", fed ? "list->source = NULL;" : ""}),
              "inlay_status $name$_read($name$_view self, inlay_arena *arena, "
              "$name$ *list)\n"
              "{\n"
              "    inlay_status status = INLAY_OK;\n"
              "    $items$;\n"
              "    size_t i;\n"
              "\n"
              "    list->items = NULL;\n"
              "    $source$\n"
              "    list->count = $name$_count(self);\n"
              "    if (list->count == 0) {\n"
              "        return INLAY_OK;\n"
              "    }\n"
              "    items = ($cast$)inlay_arena_take(arena, list->count, sizeof "
              "*items, &status);\n"
              "    if (items == NULL) {\n"
              "        return status;\n"
              "    }\n"
              "    for (i = 0; i < list->count; i++) {\n"
              "        $read$\n"
              "    }\n"
              "    list->items = $constant$items;\n"
              "    return INLAY_OK;\n"
              "}\n"
              "\n");
}

void c_emit_list_decode(c_out *out, const c_item *item)
{
    c_model       *m = out->model;
    const ir_type *type = item->type;
    source         from = {c_text(m, "%s_at(self, i", item->name),
                           c_text(m, "%s_has_at(self, i", item->name)};
    const ir_type *element = type->kind == IR_RECORD || type->kind == IR_UNION
                                 ? type
                                 : type->element;
    const char    *items = c_text(
           m, "%s *items", element->kind == IR_ARRAY ? "" : c_native(m, element));
    const char *cast = c_text(
        m, "%s *", element->kind == IR_ARRAY ? "" : c_native(m, element));
    const char *constant = "";

    if (element->kind == IR_ARRAY) {
        items = c_declare(m, element, "(*items)");
        cast = c_declare(m, element, "(*)");
        constant = c_text(m, "(const %s)", cast);
    } else if (element->kind == IR_OPTIONAL &&
               element->element->kind == IR_RECORD) {
        items = c_text(m, "const %s **items", c_native(m, element->element));
        cast = c_text(m, "const %s **", c_native(m, element->element));
    }
    emit_list(out, item->name, items, cast, constant,
              read_value(m, element, from, "items[i]"),
              type->kind == IR_RECORD);
}

void c_emit_map_decode(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    source      key = {c_text(m, "%s_key_at(self, i", item->name), ""};
    source      value = {c_text(m, "%s_value_at(self, i", item->name),
                         c_text(m, "%s_has_at(self, i", item->name)};
    const char *entry = c_text(m, "%s_entry", item->name);
    const char *read_key;

    read_key = item->type->key->kind == IR_ARRAY
                   ? c_text(m, "inlay_slice_copy(%s), items[i].key, %u);",
                            key.get, item->type->key->size)
                   : read_value(m, item->type->key, key, "items[i].key");
    emit_list(
        out, item->name, c_text(m, "%s *items", entry),
        c_text(m, "%s *", entry), "",
        c_text(m, "%s\n%s", read_key,
               read_value(m, item->type->element, value, "items[i].value")),
        false);
}

// gen_c_encode_list.c -- the two passes of encoding lists and maps.

#include "gen/gen_c_element.h"

// ---- Lists and maps ---------------------------------------------------------

// What is printed of a list: its functions' prefix, its element, whether that
// is a record, which may keep something unknown.
typedef struct list {
    const char      *name;
    const c_element *element;
    bool             records;
    const char      *order; // checks that the keys of a map ascend, or ""
} list;

// Adds up the elements of a list in turn: statements.
static const char *measure_elements(c_model *m, const list *l)
{
    const c_element *e = l->element;
    const char      *call = c_share_call(m, e, "encoder", "&self->items[i]");
    const char      *lines = l->order;

    if (l->records) {
        // Measuring an element with blocks in it can't be done again: the tape
        // would have them twice.
        lines = c_text(m,
                       "    if (INLAY_UNLIKELY(self->items[i].unknown != "
                       "NULL)) {\n"
                       "        return inlay_unknown_list_%s(encoder, "
                       "&%s_element, self->items, self->count, mark%s);\n"
                       "    }\n",
                       c_element_is_nested(e) ? "resume" : "size", e->name,
                       c_element_is_nested(e) ? ", i, heap" : "");
    }
    if (c_element_is_nested(e)) {
        lines = c_text(m,
                       "%s    if (!inlay_heap_add_item(&heap, encoder, i, "
                       "%s)) {\n"
                       "        return 0;\n"
                       "    }\n",
                       lines, call);
    } else if (e->slots > 0) {
        lines = c_text(m, "%s    inlay_heap_add(&heap, %s);\n", lines, call);
    }
    return lines[0] == '\0'
               ? ""
               : c_text(m, "for (i = 0; i < self->count; i++) {\n%s}", lines);
}

static void emit_list_size(c_out *out, const list *l)
{
    c_model    *m = out->model;
    const char *measure = measure_elements(m, l);
    const char *enter =
        "if (self->count == 0 || !inlay_encoder_enter_list(encoder, "
        "self->items, &mark)) {\n"
        "    return 0;\n"
        "}";

    if (l->records) {
        enter = c_text(m,
                       "if (self->count == 0) {\n"
                       "    return 0;\n"
                       "}\n"
                       "if (INLAY_UNLIKELY(self->items == NULL)) {\n"
                       "    return %s_fed_size(encoder, self);\n"
                       "}\n"
                       "if (!inlay_encoder_enter(encoder, &mark)) {\n"
                       "    return 0;\n"
                       "}",
                       l->name);
    }
    emit_text(
        &out->source,
        EMIT_VARS(
            {"name", l->name}, {"fixed", c_text(m, "%u", l->element->fixed)},
            {"slots", c_text(m, "%u", l->element->slots)}, {"measure", measure},
            {"enter", enter}, {"index", measure[0] == '\0' ? "" : "size_t i;"}),
        "uint64_t $name$_size(inlay_encoder *encoder, const $name$ *self)\n"
        "{\n"
        "    inlay_heap heap = {0, 0, 0, 0, 0};\n"
        "    size_t mark;\n"
        "    $index$\n"
        "\n"
        "    $enter$\n"
        "    $measure$\n"
        "    return inlay_encoder_leave_list(encoder, mark, heap, self->count, "
        "$fixed$, $slots$);\n"
        "}\n"
        "\n");
}

static void emit_list_write(c_out *out, const list *l)
{
    c_model         *m = out->model;
    const c_element *e = l->element;
    const char      *anchor = "";
    const char      *wide = "";

    if (e->slots > 0) {
        anchor = c_text(m,
                        "inlay_store_width(%s, (size_t)(heap - block.heap), "
                        "block.anchor);",
                        c_head_at(m, e->fixed));
    }
    if (l->records) {
        wide = c_text(m,
                      "if (INLAY_UNLIKELY(self->items == NULL)) {\n"
                      "    return %s_fed_write(encoder, self, to);\n"
                      "}\n"
                      "if (INLAY_UNLIKELY(inlay_encoder_is_wide(encoder))) {\n"
                      "    return inlay_unknown_list_write(encoder, "
                      "&%s_element, self->items, self->count, to);\n"
                      "}",
                      l->name, e->name);
    }
    emit_text(&out->source,
              EMIT_VARS({"name", l->name}, {"item", e->name},
                        {"fixed", c_text(m, "%u", e->fixed)},
                        {"slots", c_text(m, "%u", e->slots)},
                        {"anchor", anchor}, {"wide", wide},
                        {"args", c_write_args(
                                     m, e, "encoder", "&self->items[i]", "head",
                                     c_text(m, "%s + block.anchor, block.split",
                                            c_head_at(m, e->fixed)),
                                     "heap")}),
              "uint8_t *$name$_write(inlay_encoder *encoder, const $name$ "
              "*self, uint8_t *to)\n"
              "{\n"
              "    inlay_block block;\n"
              "    uint8_t *head;\n"
              "    uint8_t *heap;\n"
              "    size_t i;\n"
              "\n"
              "    if (self->count == 0) {\n"
              "        return to;\n"
              "    }\n"
              "    $wide$\n"
              "    block = inlay_write_list(encoder, to, $fixed$, $slots$, "
              "self->count);\n"
              "    head = block.head;\n"
              "    heap = block.heap;\n"
              "    for (i = 0; i < self->count; i++) {\n"
              "        $anchor$\n"
              "        heap = $item$_share_write($args$);\n"
              "        head += block.stride;\n"
              "    }\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

static void emit_list(c_out *out, const char *name, const c_element *e,
                      bool records, const char *order)
{
    const list l = {name, e, records, order};

    if (records) {
        c_emit_fed_list(out, name, e);
    }
    emit_list_size(out, &l);
    emit_list_write(out, &l);
}

// The element of a list that is no record: one field, the item itself.
static void emit_synthetic_list(c_out *out, const c_item *item,
                                const c_field *field, const char *self,
                                uint32_t fixed, uint32_t slots)
{
    const char *expr = "*item";
    c_element   e = {.name = item->name,
                     .self = self,
                     .fields = field,
                     .exprs = &expr,
                     .field_count = 1,
                     .fixed = fixed,
                     .slots = slots};

    c_emit_element(out, &e);
    emit_list(out, item->name, &e, false, "");
}

void c_emit_list_encode(c_out *out, const c_item *item)
{
    static const ir_field union_place = {.name = "value",
                                         .place = IR_PLACE_UNION};
    c_model              *m = out->model;
    const ir_type        *type = item->type;
    c_field               field = {.name = "value", .member = "value"};

    if (type->kind == IR_RECORD) {
        c_element e = c_record_element(m, c_find(m, type));

        emit_list(out, item->name, &e, true, "");
        c_emit_builder(out, item, &e);
    } else if (type->kind == IR_UNION) {
        field.type = type;
        field.ir = &union_place;
        emit_synthetic_list(out, item, &field,
                            c_text(m, "const %s *item", c_native(m, type)), 1,
                            1);
    } else if (type->kind == IR_LIST) {
        bool pointers = type->element->kind == IR_OPTIONAL &&
                        type->element->element->kind == IR_RECORD;

        field.type = type->element;
        field.ir = &type->record->fields[0];
        emit_synthetic_list(
            out, item, &field,
            pointers ? c_text(m, "const %s *const *item",
                              c_native(m, type->element->element))
                     : c_text(m, "const %s *item", c_native(m, type->element)),
            type->record->fixed, type->record->slots);
    }
}

// Returns the condition that the key before `i` is not below the one at `i`.
static const char *keys_descend(c_model *m, const ir_type *key)
{
    const char *before = "self->items[i - 1].key";
    const char *here = "self->items[i].key";

    if (c_is_scalar(key)) {
        return c_text(m, "%s >= %s", before, here);
    }
    if (key->kind == IR_ARRAY) {
        return c_text(m, "memcmp(%s, %s, %u) >= 0", before, here, key->size);
    }
    return c_text(m, "inlay_%s_compare(%s, %s) >= 0",
                  key->kind == IR_STRING ? "str" : "bytes", before, here);
}

void c_emit_map_encode(c_out *out, const c_item *item)
{
    c_model         *m = out->model;
    const ir_record *record = item->type->record;
    const c_item    *entry = str_map_get(&m->entries, (const char *)item->type);
    const char      *exprs[2] = {"self->key", "self->value"};
    c_element        e = {.name = item->name,
                          .self = c_text(m, "const %s *self", entry->name),
                          .fields = entry->fields,
                          .exprs = exprs,
                          .field_count = 2,
                          .fixed = record->fixed,
                          .slots = record->slots};

    c_emit_element(out, &e);
    emit_list(out, item->name, &e, false,
              c_text(m,
                     "    if (i > 0 && %s) {\n"
                     "        inlay_encoder_fail(encoder, INLAY_MAP_ORDER);\n"
                     "        inlay_encoder_in_item(encoder, i);\n"
                     "        return 0;\n"
                     "    }\n",
                     keys_descend(m, item->type->key)));
}

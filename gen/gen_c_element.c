// gen_c_element.c -- see gen_c_element.h.

#include "gen/gen_c_element.h"

#include <string.h>

const char *c_member_of(c_model *m, const char *x, const char *member)
{
    return strcmp(x, "*item") == 0 ? c_text(m, "item->%s", member)
                                   : c_text(m, "%s.%s", x, member);
}

const char *c_address_of(c_model *m, const char *x)
{
    return x[0] == '*' ? x + 1 : c_text(m, "&%s", x);
}

c_element c_record_element(c_model *m, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    c_element        e = {.name = item->name,
                          .self = c_text(m, "const %s *self", item->name),
                          .fields = item->fields,
                          .field_count = item->field_count,
                          .fixed = record->fixed,
                          .slots = record->slots};
    size_t           i;

    e.exprs = arena_alloc(&m->memory, item->field_count + 1, sizeof *e.exprs);
    for (i = 0; e.exprs != NULL && i < item->field_count; i++) {
        e.exprs[i] = c_text(m, "self->%s", item->fields[i].member);
    }
    return e;
}

// ---- Parameters -------------------------------------------------------------

bool c_element_is_nested(const c_element *e)
{
    size_t i;

    for (i = 0; i < e->field_count; i++) {
        if (c_is_nested(e->fields[i].type) || e->fields[i].ir->max != 0) {
            return true;
        }
    }
    return false;
}

bool c_element_uses_encoder(const c_element *e)
{
    size_t i;

    for (i = 0; i < e->field_count; i++) {
        const ir_type *type = e->fields[i].type;

        if (type->kind == IR_OPTIONAL) {
            type = type->element;
        }
        if (c_is_nested(type) || type->kind == IR_STRING ||
            e->fields[i].ir->align != 0) {
            return true;
        }
    }
    return false;
}

const char *c_share_call(c_model *m, const c_element *e, const char *encoder,
                         const char *self)
{
    return c_text(m, "%s_share(%s%s%s)", e->name,
                  c_element_is_nested(e) ? encoder : "",
                  c_element_is_nested(e) ? ", " : "", self);
}

const char *c_write_args(c_model *m, const c_element *e, const char *encoder,
                         const char *self, const char *head, const char *splits,
                         const char *heap)
{
    const char *args =
        c_element_uses_encoder(e) ? c_text(m, "%s, ", encoder) : "";

    args = c_text(m, "%s%s%s", args, e->field_count > 0 ? self : "",
                  e->field_count > 0 ? ", " : "");
    if (e->fixed > 0) {
        args = c_text(m, "%s%s, ", args, head);
    }
    if (e->slots > 1) {
        args = c_text(m, "%s%s, ", args, splits);
    }
    return c_text(m, "%s%s", args, heap);
}

const char *c_write_unused(c_model *m, const c_element *e)
{
    return c_text(m, "%s%s%s%s",
                  c_element_uses_encoder(e) ? "" : "(void)encoder;\n",
                  e->field_count > 0 ? "" : "(void)self;\n",
                  e->fixed > 0 ? "" : "(void)head;\n",
                  e->slots > 1 ? "" : "(void)splits;\n(void)width;");
}

// ---- Sizes ------------------------------------------------------------------

const char *c_slice_size(c_model *m, const ir_type *type, const char *x)
{
    const ir_type *inner = type->element;

    switch (type->kind) {
    case IR_STRING:
    case IR_BYTES:
        return c_member_of(m, x, "size");
    case IR_VECTOR:
        return c_text(m, "inlay_vector_size(%s, %u)",
                      c_member_of(m, x, "count"), inner->size);
    case IR_BITSET:
        return c_text(m, "inlay_bools_size(%s)", c_member_of(m, x, "count"));
    case IR_RECORD:
        return c_text(m, "%s_slot_size(encoder, %s)", c_native(m, type),
                      c_address_of(m, x));
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "%s_size(encoder, %s)", c_container(m, type),
                      c_address_of(m, x));
    case IR_UNION:
        return c_text(m, "%s_size(encoder, %s)", c_native(m, type),
                      c_address_of(m, x));
    case IR_OPTIONAL:
        if (inner->kind == IR_RECORD) {
            return c_text(m, "%s != NULL ? %s_block_size(encoder, %s) : 0", x,
                          c_native(m, inner), x);
        }
        if (inner->kind == IR_UNION) {
            return c_slice_size(m, inner, x);
        }
        return c_text(m, "%s ? %s : 0", c_member_of(m, x, "has"),
                      c_slice_size(m, inner, c_member_of(m, x, "value")));
    default:
        return c_text(m, "%u", type->size);
    }
}

const char *c_slot_size(c_model *m, const c_field *field, const char *x)
{
    const ir_type *type = field->type;

    if (field->ir->align == 0) {
        return c_slice_size(m, type, x);
    }
    if (type->kind == IR_OPTIONAL) {
        return c_text(
            m, "%s ? inlay_aligned_size(%s, %u) : 0", c_member_of(m, x, "has"),
            c_slice_size(m, type->element, c_member_of(m, x, "value")),
            field->ir->align);
    }
    return c_text(m, "inlay_aligned_size(%s, %u)", c_slice_size(m, type, x),
                  field->ir->align);
}

const char *c_slot_length(c_model *m, const ir_type *type, const char *x)
{
    if (type->kind == IR_OPTIONAL) {
        return c_text(
            m, "%s ? %s : 0", c_member_of(m, x, "has"),
            c_slot_length(m, type->element, c_member_of(m, x, "value")));
    }
    return c_member_of(
        m, x,
        type->kind == IR_STRING || type->kind == IR_BYTES ? "size" : "count");
}

// Measures one slot: a statement. A list's element is its index in a path, its
// value has no name.
static const char *share_add(c_model *m, const c_field *field, const char *x)
{
    const char *size = c_slot_size(m, field, x);
    const char *add;

    if (field->ir->max != 0) {
        add = c_text(m,
                     "inlay_share_add_max(&share, encoder, \"%s\", %s, %s, %u)",
                     field->name, size, c_slot_length(m, field->type, x),
                     field->ir->max);
    } else if (c_is_nested(field->type) && strcmp(x, "*item") != 0) {
        add = c_text(m, "inlay_share_add_field(&share, encoder, \"%s\", %s)",
                     field->name, size);
    } else {
        return c_text(m, "inlay_share_add(&share, %s);", size);
    }
    return c_text(m,
                  "if (!%s) {\n"
                  "    return share;\n"
                  "}",
                  add);
}

static void emit_share(c_out *out, const c_element *e)
{
    c_model    *m = out->model;
    const char *lines = "";
    size_t      i;

    if (e->slots == 0) {
        return;
    }
    for (i = 0; i < e->field_count; i++) {
        const c_field *field = &e->fields[i];

        if (field->ir->place >= IR_PLACE_SLOT) {
            lines = c_join(m, lines, share_add(m, field, e->exprs[i]));
        }
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", e->name}, {"self", e->self}, {"lines", lines},
                  {"encoder",
                   c_element_is_nested(e) ? "inlay_encoder *encoder, " : ""}),
        "static inline inlay_share $name$_share($encoder$$self$)\n"
        "{\n"
        "    inlay_share share = {0, 0, 0};\n"
        "\n"
        "    $lines$\n"
        "    return share;\n"
        "}\n"
        "\n");
}

// ---- Slices -----------------------------------------------------------------

// Writes the elements of a vector at `to`: an expression statement.
static const char *write_vector(c_model *m, const ir_type *type, const char *to,
                                const char *x)
{
    uint32_t       inner;
    const ir_type *base = c_array_base(type->element, &inner);
    const char    *items = c_member_of(m, x, "items");
    const char    *count = c_member_of(m, x, "count");

    if (type->element->kind == IR_ARRAY) {
        items = base->kind == IR_STRUCT || c_scalar(base) == IR_BOOL
                    ? c_text(m, "(const %s *)(const void *)%s",
                             c_native(m, base), items)
                    : items;
        count = c_text(m, "%s * %u", count, inner);
    }
    if (base->kind == IR_STRUCT) {
        return c_text(m, "%s_store_all(%s, %s, %s);", c_native(m, base), to,
                      items, count);
    }
    if (c_scalar(base) == IR_BOOL) {
        return c_text(m, "inlay_store_bools(%s, %s, %s);", to, items, count);
    }
    return c_text(m, "inlay_write_scalars(%s, %s, %s, %u);", to, items, count,
                  base->size);
}

// Writes a slice that holds `x` at `heap` and moves that behind: statements.
static const char *write_slice(c_model *m, const ir_type *type, const char *x)
{
    const ir_type *inner = type->element;

    switch (type->kind) {
    case IR_STRING:
        return c_text(m, "heap = inlay_write_str(encoder, heap, %s);", x);
    case IR_BYTES:
        return c_text(m, "heap = inlay_write_bytes(heap, %s, %s);",
                      c_member_of(m, x, "data"), c_member_of(m, x, "size"));
    case IR_VECTOR:
        return c_text(m, "%s\nheap += %s * %u;",
                      write_vector(m, type, "heap", x),
                      c_member_of(m, x, "count"), inner->size);
    case IR_BITSET:
        return c_text(m, "heap = inlay_write_bools(heap, %s);", x);
    case IR_RECORD:
        return c_text(m, "heap = %s_slot_write(encoder, %s, heap);",
                      c_native(m, type), c_address_of(m, x));
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "heap = %s_write(encoder, %s, heap);",
                      c_container(m, type), c_address_of(m, x));
    case IR_UNION:
        return c_text(m, "heap = %s_write(encoder, %s, heap);",
                      c_native(m, type), c_address_of(m, x));
    case IR_OPTIONAL:
        if (inner->kind == IR_UNION) {
            return write_slice(m, inner, x);
        }
        if (inner->kind == IR_RECORD) {
            return c_text(m,
                          "if (%s != NULL) {\n"
                          "    heap = %s_block_write(encoder, %s, heap);\n"
                          "}",
                          x, c_native(m, inner), x);
        }
        return NULL; // write_optional
    default:
        return c_text(m, "%s\nheap += %u;", c_store(m, type, "heap", x),
                      type->size);
    }
}

const char *c_slice_write(c_model *m, const ir_type *type, const char *x)
{
    const char *lines = write_slice(m, type, x);

    if (lines != NULL) {
        return lines;
    }
    return c_text(m, "if (%s) {\n%s\n}", c_member_of(m, x, "has"),
                  c_indented(m, write_slice(m, type->element,
                                            c_member_of(m, x, "value"))));
}

// An aligned slice: pads around the elements, nothing when there are none.
static const char *write_aligned(c_model *m, const c_field *field,
                                 const char *x)
{
    const ir_type *type = field->type;
    const char    *has = "";
    const char    *elements;
    const char    *count;

    if (type->kind == IR_OPTIONAL) {
        has = c_text(m, "%s && ", c_member_of(m, x, "has"));
        x = c_member_of(m, x, "value");
        type = type->element;
    }
    count = c_member_of(m, x, type->kind == IR_BYTES ? "size" : "count");
    elements = c_text(m, "inlay_write_pads(encoder, heap, (size_t)%s, %u)",
                      c_slice_size(m, type, x), field->ir->align);
    return c_text(m,
                  "if (%s%s > 0) {\n"
                  "    %s\n"
                  "    heap += inlay_aligned_size(%s, %u);\n"
                  "}",
                  has, count,
                  type->kind == IR_BYTES
                      ? c_text(m, "inlay_write_bytes(%s, %s, %s);", elements,
                               c_member_of(m, x, "data"), count)
                      : write_vector(m, type, elements, x),
                  c_slice_size(m, type, x), field->ir->align);
}

const char *c_slot_write(c_model *m, const c_field *field, const char *x)
{
    return field->ir->align != 0 ? write_aligned(m, field, x)
                                 : c_slice_write(m, field->type, x);
}

// Splits tell where all slots but the first begin.
static const char *write_slots(c_model *m, const c_element *e)
{
    const char *lines = "";
    size_t      i;

    for (i = 0; i < e->field_count; i++) {
        const c_field *field = &e->fields[i];
        const char    *to = "splits";

        if (field->ir->place < IR_PLACE_SLOT) {
            continue;
        }
        if (field->ir->slot > 1) {
            to = field->ir->slot == 2
                     ? "splits + width"
                     : c_text(m, "splits + %u * width", field->ir->slot - 1);
        }
        if (field->ir->slot > 0) {
            lines =
                c_join(m, lines,
                       c_text(m,
                              "inlay_store_width(%s, (size_t)(heap - share), "
                              "width);",
                              to));
        }
        lines = c_join(m, lines, c_slot_write(m, field, e->exprs[i]));
    }
    return lines;
}

// Part of the loop over an array, which takes a tenth longer when it has to
// call it; whoever is not in such a hurry calls the element's function.
static void emit_share_write(c_out *out, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", e->name},
                  {"params", c_write_args(m, e, "inlay_encoder *encoder",
                                          e->self, "uint8_t *head",
                                          "uint8_t *splits, unsigned width",
                                          "uint8_t *heap")}),
        "static INLAY_INLINE uint8_t *$name$_share_write($params$)\n"
        "{\n");
    c_emit_initial_tables(out, e);
    emit_text(&out->source,
              EMIT_VARS({"share",
                         e->slots < 2 ? "" : "const uint8_t *share = heap;\n"},
                        {"head", c_head_write(m, e)},
                        {"slots", write_slots(m, e)}),
              "    $share$\n"
              "    $head$\n"
              "    $slots$\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

void c_emit_element(c_out *out, const c_element *e)
{
    emit_share(out, e);
    emit_share_write(out, e);
}

// gen_c_encode.c -- the two passes of encoding.
//
// Each element, be it a record, the one value of a list's element, or an entry
// of a map, gets two static functions: `_share` adds up the slices it will own,
// `_share_write` writes its head and those slices. Blocks and lists of elements
// are made of these. What is printed follows from the fields' placements; how a
// field is reached in the native form is all that differs.

#include <string.h>

#include "gen/gen_c_parts.h"

// An element: its fields, and how each is reached.
typedef struct element {
    const char    *name; // prefix of its functions
    const char    *self; // parameter: `const log_entry *self`
    const c_field *fields;
    const char   **exprs; // `self->code`
    size_t         field_count;
    uint32_t       fixed;
    uint32_t       slots;
} element;

static const char *member_of(c_model *m, const char *x, const char *member)
{
    return strcmp(x, "*item") == 0 ? c_text(m, "item->%s", member)
                                   : c_text(m, "%s.%s", x, member);
}

static const char *address_of(c_model *m, const char *x)
{
    return x[0] == '*' ? x + 1 : c_text(m, "&%s", x);
}

static const char *join(c_model *m, const char *lines, const char *line)
{
    return lines[0] == '\0' ? line : c_text(m, "%s\n%s", lines, line);
}

// ---- Parameters -------------------------------------------------------------

static bool is_nested(const element *e)
{
    size_t i;

    for (i = 0; i < e->field_count; i++) {
        if (c_is_nested(e->fields[i].type)) {
            return true;
        }
    }
    return false;
}

static bool uses_encoder(const element *e)
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

// A function has the parameters that it uses, so its calls are made here, too.
static const char *share_call(c_model *m, const element *e, const char *self)
{
    return c_text(m, "%s_share(%s%s)", e->name, is_nested(e) ? "encoder, " : "",
                  self);
}

// What the function that writes an element is given, as parameters or as the
// arguments of a call.
static const char *write_args(c_model *m, const element *e, const char *encoder,
                              const char *self, const char *head,
                              const char *splits, const char *heap)
{
    const char *args = uses_encoder(e) ? c_text(m, "%s, ", encoder) : "";

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

// ---- Sizes ------------------------------------------------------------------

// Returns the expression of the size of a slice that holds `x`.
static const char *size_of(c_model *m, const ir_type *type, const char *x)
{
    const ir_type *inner = type->element;

    switch (type->kind) {
    case IR_STRING:
    case IR_BYTES:
        return member_of(m, x, "size");
    case IR_VECTOR:
        return c_text(m, "inlay_vector_size(%s, %u)", member_of(m, x, "count"),
                      inner->size);
    case IR_BITSET:
        return c_text(m, "inlay_bools_size(%s)", member_of(m, x, "count"));
    case IR_RECORD:
        return c_text(m, "%s_slot_size(encoder, %s)", c_native(m, type),
                      address_of(m, x));
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "%s_size(encoder, %s)", c_container(m, type),
                      address_of(m, x));
    case IR_UNION:
        return c_text(m, "%s_size(encoder, %s)", c_native(m, type),
                      address_of(m, x));
    case IR_OPTIONAL:
        if (inner->kind == IR_RECORD) {
            return c_text(m, "%s != NULL ? %s_block_size(encoder, %s) : 0", x,
                          c_native(m, inner), x);
        }
        if (inner->kind == IR_UNION) {
            return size_of(m, inner, x);
        }
        return c_text(m, "%s ? %s : 0", member_of(m, x, "has"),
                      size_of(m, inner, member_of(m, x, "value")));
    default:
        return c_text(m, "%u", type->size);
    }
}

static const char *slot_size(c_model *m, const c_field *field, const char *x)
{
    const ir_type *type = field->type;

    if (field->ir->align == 0) {
        return size_of(m, type, x);
    }
    if (type->kind == IR_OPTIONAL) {
        return c_text(m, "%s ? inlay_aligned_size(%s, %u) : 0",
                      member_of(m, x, "has"),
                      size_of(m, type->element, member_of(m, x, "value")),
                      field->ir->align);
    }
    return c_text(m, "inlay_aligned_size(%s, %u)", size_of(m, type, x),
                  field->ir->align);
}

static void emit_share(c_out *out, const element *e)
{
    c_model    *m = out->model;
    const char *lines = "";
    size_t      i;

    if (e->slots == 0) {
        return;
    }
    for (i = 0; i < e->field_count; i++) {
        const c_field *field = &e->fields[i];
        const char    *size;

        if (field->ir->place < IR_PLACE_SLOT) {
            continue;
        }
        size = slot_size(m, field, e->exprs[i]);
        lines = join(m, lines,
                     c_is_nested(field->type)
                         ? c_text(m,
                                  "if (!inlay_share_add_field(&share, encoder, "
                                  "\"%s\", %s)) {\n"
                                  "    return share;\n"
                                  "}",
                                  field->name, size)
                         : c_text(m, "inlay_share_add(&share, %s);", size));
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", e->name}, {"self", e->self}, {"lines", lines},
                  {"encoder", is_nested(e) ? "inlay_encoder *encoder, " : ""}),
        "static inline inlay_share $name$_share($encoder$$self$)\n"
        "{\n"
        "    inlay_share share = {0, 0, 0};\n"
        "\n"
        "    $lines$\n"
        "    return share;\n"
        "}\n"
        "\n");
}

// ---- Heads ------------------------------------------------------------------

static const char *shifted(c_model *m, const char *bit, unsigned places)
{
    return places == 0 ? bit : c_text(m, "%s << %u", bit, places);
}

// Returns the bits that a field puts into the byte at `offset`, or-ed to
// `bits`.
static const char *field_bits(c_model *m, const char *bits,
                              const c_field *field, const char *x,
                              uint32_t offset)
{
    const ir_field *ir = field->ir;
    const char *has = ir->place == IR_PLACE_BIT ? NULL : member_of(m, x, "has");
    const char *value = NULL;
    const char *more = bits[0] == '\0' ? "" : " | ";

    if (ir->place == IR_PLACE_BIT) {
        value = ir->initial != NULL ? c_text(m, "(!%s)", x) : x;
    } else if (ir->place == IR_PLACE_BIT_OPTIONAL) {
        value = c_text(m, "(%s && %s)", has, member_of(m, x, "value"));
    }
    if (ir->place != IR_PLACE_BIT && ir->place <= IR_PLACE_SLOT_PRESENT &&
        ir->place != IR_PLACE_FIXED && ir->place != IR_PLACE_SLOT &&
        ir->present_offset == offset) {
        bits =
            c_text(m, "%s%s%s", bits, more, shifted(m, has, ir->present_bit));
        more = " | ";
    }
    if (value != NULL && ir->offset == offset) {
        bits = c_text(m, "%s%s%s", bits, more, shifted(m, value, ir->bit));
    }
    return bits;
}

// Writes the bit byte at `offset` if there is one: a statement, or "".
static const char *bit_byte(c_model *m, const element *e, uint32_t offset)
{
    const char *bits = "";
    size_t      i;

    for (i = 0; i < e->field_count; i++) {
        bits = field_bits(m, bits, &e->fields[i], e->exprs[i], offset);
    }
    return bits[0] == '\0'
               ? ""
               : c_text(m, "head[%u] = (uint8_t)(%s);", offset, bits);
}

static const char *head_at(c_model *m, uint32_t offset)
{
    return offset == 0 ? "head" : c_text(m, "head + %u", offset);
}

// A fixed field that is stored XOR its default.
static const char *store_initial(c_model *m, const c_field *field,
                                 const char *to, const char *x)
{
    const ir_type *type = field->type;
    uint64_t       bits;

    if (!c_is_scalar(type)) {
        return c_text(m, "%s\ninlay_xor(%s, %s_initial, %u);",
                      c_store(m, type, to, x), to, field->member, type->size);
    }
    bits = c_scalar_bits(type, field->ir->initial);
    if (type->kind == IR_F32) {
        return c_text(m, "inlay_store_u32(%s, inlay_f32_bits(%s) ^ 0x%08llx);",
                      to, x, (unsigned long long)bits);
    }
    if (type->kind == IR_F64) {
        return c_text(m,
                      "inlay_store_u64(%s, inlay_f64_bits(%s) ^ "
                      "UINT64_C(0x%016llx));",
                      to, x, (unsigned long long)bits);
    }
    return c_text(m, "inlay_store_%s(%s, (%s)(%s ^ %s));", c_word(type), to,
                  c_native(m, type), x, c_literal(m, type, field->ir->initial));
}

static const char *store_optional(c_model *m, const c_field *field,
                                  const char *to, const char *x)
{
    const ir_type *type = field->type->element;
    const char    *has = member_of(m, x, "has");
    const char    *value = member_of(m, x, "value");

    if (c_is_scalar(type)) {
        return c_text(m, "inlay_store_%s(%s, (%s)(%s ? %s : 0));", c_word(type),
                      to, c_native(m, type), has, value);
    }
    return c_text(m,
                  "if (%s) {\n"
                  "    %s\n"
                  "} else {\n"
                  "    memset(%s, 0, %u);\n"
                  "}",
                  has, c_store(m, type, to, value), to, type->size);
}

// Writes what a field has in the head, bits excepted: statements, or "".
static const char *store_head(c_model *m, const c_field *field, const char *x)
{
    const char *to = head_at(m, field->ir->offset);

    switch (field->ir->place) {
    case IR_PLACE_FIXED:
        return field->ir->initial != NULL ? store_initial(m, field, to, x)
                                          : c_store(m, field->type, to, x);
    case IR_PLACE_FIXED_OPTIONAL:
        return store_optional(m, field, to, x);
    case IR_PLACE_UNION:
        return c_text(m, "head[%u] = %s;", field->ir->offset,
                      member_of(m, x, "tag"));
    default:
        return "";
    }
}

// ---- Slices -----------------------------------------------------------------

// Writes the elements of a vector at `to`: an expression statement.
static const char *write_vector(c_model *m, const ir_type *type, const char *to,
                                const char *x)
{
    uint32_t       inner;
    const ir_type *base = c_array_base(type->element, &inner);
    const char    *items = member_of(m, x, "items");
    const char    *count = member_of(m, x, "count");

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
                      member_of(m, x, "data"), member_of(m, x, "size"));
    case IR_VECTOR:
        return c_text(m, "%s\nheap += %s * %u;",
                      write_vector(m, type, "heap", x),
                      member_of(m, x, "count"), inner->size);
    case IR_BITSET:
        return c_text(m, "heap = inlay_write_bools(heap, %s);", x);
    case IR_RECORD:
        return c_text(m, "heap = %s_slot_write(encoder, %s, heap);",
                      c_native(m, type), address_of(m, x));
    case IR_LIST:
    case IR_MAP:
        return c_text(m, "heap = %s_write(encoder, %s, heap);",
                      c_container(m, type), address_of(m, x));
    case IR_UNION:
        return c_text(m, "heap = %s_write(encoder, %s, heap);",
                      c_native(m, type), address_of(m, x));
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

static const char *indented(c_model *m, const char *lines)
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

static const char *write_any(c_model *m, const ir_type *type, const char *x)
{
    const char *lines = write_slice(m, type, x);

    if (lines != NULL) {
        return lines;
    }
    return c_text(
        m, "if (%s) {\n%s\n}", member_of(m, x, "has"),
        indented(m, write_slice(m, type->element, member_of(m, x, "value"))));
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
        has = c_text(m, "%s && ", member_of(m, x, "has"));
        x = member_of(m, x, "value");
        type = type->element;
    }
    count = member_of(m, x, type->kind == IR_BYTES ? "size" : "count");
    elements = c_text(m, "inlay_write_pads(encoder, heap, (size_t)%s, %u)",
                      size_of(m, type, x), field->ir->align);
    return c_text(m,
                  "if (%s%s > 0) {\n"
                  "    %s\n"
                  "    heap += inlay_aligned_size(%s, %u);\n"
                  "}",
                  has, count,
                  type->kind == IR_BYTES
                      ? c_text(m, "inlay_write_bytes(%s, %s, %s);", elements,
                               member_of(m, x, "data"), count)
                      : write_vector(m, type, elements, x),
                  size_of(m, type, x), field->ir->align);
}

static void emit_initial_tables(c_out *out, const element *e)
{
    size_t i;

    for (i = 0; i < e->field_count; i++) {
        const c_field *field = &e->fields[i];

        if (field->ir->initial != NULL && !c_is_scalar(field->type)) {
            emit_line(&out->source,
                      c_text(out->model,
                             "    static const uint8_t %s_initial[%u] = {%s};",
                             field->member, field->type->size,
                             c_bytes_literal(out->model, field->ir->initial,
                                             field->type->size)));
        }
    }
}

// Splits tell where all slots but the first begin.
static const char *write_slots(c_model *m, const element *e)
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
            lines = join(m, lines,
                         c_text(m,
                                "inlay_store_width(%s, (size_t)(heap - share), "
                                "width);",
                                to));
        }
        lines = join(m, lines,
                     field->ir->align != 0
                         ? write_aligned(m, field, e->exprs[i])
                         : write_any(m, field->type, e->exprs[i]));
    }
    return lines;
}

static const char *write_head(c_model *m, const element *e)
{
    const char *lines = "";
    uint32_t    offset;
    size_t      i;

    for (offset = 0; offset < e->fixed; offset++) {
        const char *line = bit_byte(m, e, offset);

        if (line[0] != '\0') {
            lines = join(m, lines, line);
        }
        for (i = 0; i < e->field_count; i++) {
            const c_field *field = &e->fields[i];

            if (field->ir->offset == offset) {
                line = store_head(m, field, e->exprs[i]);
                lines = line[0] == '\0' ? lines : join(m, lines, line);
            }
        }
    }
    return lines;
}

static void emit_share_write(c_out *out, const element *e)
{
    c_model *m = out->model;

    emit_text(&out->source,
              EMIT_VARS({"name", e->name},
                        {"params", write_args(m, e, "inlay_encoder *encoder",
                                              e->self, "uint8_t *head",
                                              "uint8_t *splits, unsigned width",
                                              "uint8_t *heap")}),
              "static inline uint8_t *$name$_share_write($params$)\n"
              "{\n");
    emit_initial_tables(out, e);
    emit_text(&out->source,
              EMIT_VARS({"share",
                         e->slots < 2 ? "" : "const uint8_t *share = heap;\n"},
                        {"head", write_head(m, e)},
                        {"slots", write_slots(m, e)}),
              "    $share$\n"
              "    $head$\n"
              "    $slots$\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

static void emit_element(c_out *out, const element *e)
{
    emit_share(out, e);
    emit_share_write(out, e);
}

// ---- Records ----------------------------------------------------------------

static element record_element(c_model *m, const c_item *item)
{
    const ir_record *record = item->decl->of.record;
    element          e = {.name = item->name,
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

// Returns the condition that a field has its default.
static const char *is_default(c_model *m, const c_field *field, const char *x)
{
    const ir_type  *type = field->type;
    const ir_field *ir = field->ir;

    switch (ir->place) {
    case IR_PLACE_BIT:
        return c_text(m, "%s%s", ir->initial != NULL ? "" : "!", x);
    case IR_PLACE_UNION:
        return c_text(m, "%s.tag == 0", x);
    case IR_PLACE_FIXED:
        if (!c_is_scalar(type)) {
            return c_text(m, "%s_is_default(self)", field->member);
        }
        if (type->kind == IR_F32 || type->kind == IR_F64) {
            return c_text(
                m, "inlay_%s_bits(%s) == 0x%llx", c_word(type), x,
                (unsigned long long)(ir->initial == NULL
                                         ? 0
                                         : c_scalar_bits(type, ir->initial)));
        }
        return c_text(m, "%s == %s", x,
                      ir->initial == NULL ? "0"
                                          : c_literal(m, type, ir->initial));
    default:
        break;
    }
    if (type->kind == IR_OPTIONAL) {
        return type->element->kind == IR_RECORD ? c_text(m, "%s == NULL", x)
                                                : c_text(m, "!%s.has", x);
    }
    if (type->kind == IR_RECORD) {
        return c_text(m, "%s_is_default(&%s)", c_native(m, type), x);
    }
    return c_text(m, "%s.%s == 0", x,
                  type->kind == IR_STRING || type->kind == IR_BYTES ? "size"
                                                                    : "count");
}

// Structs and arrays are compared as they would be written.
static const char *composite_is_default(c_model *m, const c_field *field)
{
    const uint8_t *initial = field->ir->initial;
    const char    *apply = "";

    if (initial != NULL) {
        apply = c_text(m, "inlay_xor(bytes, %s_initial, %u);\n", field->member,
                       field->type->size);
    }
    return c_text(
        m,
        "%s\n%sif (!inlay_all_zero(bytes, %u)) {\n"
        "    return false;\n}",
        c_store(m, field->type, "bytes", c_text(m, "self->%s", field->member)),
        apply, field->type->size);
}

static void emit_is_default(c_out *out, const c_item *item, const element *e)
{
    c_model    *m = out->model;
    const char *composites = "";
    const char *test = "";
    uint32_t    largest = 0;
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->ir->place == IR_PLACE_FIXED && !c_is_scalar(field->type)) {
            composites = join(m, composites, composite_is_default(m, field));
            largest = field->type->size > largest ? field->type->size : largest;
            continue;
        }
        test = c_text(m, "%s%s%s", test, test[0] == '\0' ? "" : " && ",
                      is_default(m, field, e->exprs[i]));
    }
    emit_text(&out->source, EMIT_VARS({"name", item->name}),
              "bool $name$_is_default(const $name$ *self)\n"
              "{\n");
    if (largest > 0) {
        emit_initial_tables(out, e);
        emit_text(&out->source, EMIT_VARS({"size", c_text(m, "%u", largest)}),
                  "    uint8_t bytes[$size$];\n"
                  "\n");
    }
    emit_text(&out->source,
              EMIT_VARS({"composites", composites},
                        {"unused", item->field_count == 0 ? "(void)self;" : ""},
                        {"test", test[0] == '\0' ? "true" : test}),
              "    $composites$\n"
              "    $unused$\n"
              "    return $test$;\n"
              "}\n"
              "\n");
}

static void emit_block_size(c_out *out, const c_item *item, const element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)},
                  {"unused", e->slots == 0 ? "(void)self;" : ""},
                  {"measure", e->slots == 0 ? ""
                                            : c_text(m, "share = %s;",
                                                     share_call(m, e, "self"))},
                  {"check", is_nested(e)
                                ? "if (inlay_encoder_failed(encoder)) {\n"
                                  "    return 0;\n"
                                  "}"
                                : ""}),
        "uint64_t $name$_block_size(inlay_encoder *encoder, const $name$ "
        "*self)\n"
        "{\n"
        "    inlay_share share = {0, 0, 0};\n"
        "    size_t mark;\n"
        "\n"
        "    $unused$\n"
        "    if (!inlay_encoder_enter(encoder, &mark)) {\n"
        "        return 0;\n"
        "    }\n"
        "    $measure$\n"
        "    $check$\n"
        "    return inlay_encoder_leave(encoder, mark, share, $fixed$, "
        "$slots$);\n"
        "}\n"
        "\n");
}

static void emit_block_write(c_out *out, const c_item *item, const element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)},
                  {"unused", e->field_count == 0 ? "(void)self;" : ""},
                  {"args", write_args(m, e, "encoder", "self", "block.head",
                                      c_text(m, "block.head + %u, block.split",
                                             e->fixed),
                                      "block.heap")}),
        "uint8_t *$name$_block_write(inlay_encoder *encoder, const $name$ "
        "*self, uint8_t *to)\n"
        "{\n"
        "    inlay_block block = inlay_write_single(encoder, to, $fixed$, "
        "$slots$);\n"
        "\n"
        "    $unused$\n"
        "    return $name$_share_write($args$);\n"
        "}\n"
        "\n");
}

// A required record: nothing at all when it has its defaults.
static void emit_slot(c_out *out, const c_item *item)
{
    emit_text(&out->source, EMIT_VARS({"name", item->name}),
              "uint64_t $name$_slot_size(inlay_encoder *encoder, const $name$ "
              "*self)\n"
              "{\n"
              "    if (self == NULL || $name$_is_default(self)) {\n"
              "        inlay_encoder_skip(encoder);\n"
              "        return 0;\n"
              "    }\n"
              "    return $name$_block_size(encoder, self);\n"
              "}\n"
              "\n"
              "uint8_t *$name$_slot_write(inlay_encoder *encoder, const $name$ "
              "*self, uint8_t *to)\n"
              "{\n"
              "    if (inlay_encoder_skipped(encoder)) {\n"
              "        return to;\n"
              "    }\n"
              "    return $name$_block_write(encoder, self, to);\n"
              "}\n"
              "\n");
}

static void emit_root(c_out *out, const c_item *item)
{
    emit_text(
        &out->source, EMIT_VARS({"name", item->name}),
        "inlay_status $name$_measure(const $name$ *self, inlay_encoder "
        "*encoder, size_t *size)\n"
        "{\n"
        "    inlay_encoder_restart(encoder);\n"
        "    return inlay_encoder_measured(encoder, $name$_block_size(encoder, "
        "self), size);\n"
        "}\n"
        "\n"
        "inlay_status $name$_write(const $name$ *self, inlay_encoder *encoder, "
        "void *buffer, size_t capacity)\n"
        "{\n"
        "    inlay_status status = inlay_encoder_begin(encoder, buffer, "
        "capacity);\n"
        "\n"
        "    if (status == INLAY_OK) {\n"
        "        const uint8_t *end = $name$_block_write(encoder, self, "
        "(uint8_t *)buffer);\n"
        "\n"
        "        status = inlay_encoder_finish(encoder, &$name$_desc, end);\n"
        "    }\n"
        "    return status;\n"
        "}\n"
        "\n"
        "size_t $name$_encoded_size(const $name$ *self)\n"
        "{\n"
        "    uint8_t tape[INLAY_TAPE_SIZE];\n"
        "    inlay_encoder encoder;\n"
        "    size_t size = 0;\n"
        "\n"
        "    inlay_encoder_init(&encoder, tape, sizeof tape, "
        "&inlay_alloc_heap);\n"
        "    if ($name$_measure(self, &encoder, &size) != INLAY_OK) {\n"
        "        size = 0;\n"
        "    }\n"
        "    inlay_encoder_release(&encoder);\n"
        "    return size;\n"
        "}\n"
        "\n"
        "inlay_status $name$_encode(const $name$ *self, void *buffer, size_t "
        "capacity, size_t *size, inlay_error *error)\n"
        "{\n"
        "    uint8_t tape[INLAY_TAPE_SIZE];\n"
        "    inlay_encoder encoder;\n"
        "    inlay_status status;\n"
        "    size_t measured;\n"
        "\n"
        "    inlay_encoder_init(&encoder, tape, sizeof tape, "
        "&inlay_alloc_heap);\n"
        "    status = $name$_measure(self, &encoder, &measured);\n"
        "    if (status == INLAY_OK) {\n"
        "        status = $name$_write(self, &encoder, buffer, capacity);\n"
        "    }\n"
        "    if (status == INLAY_OK) {\n"
        "        *size = measured;\n"
        "    } else if (error != NULL) {\n"
        "        *error = encoder.error;\n"
        "    }\n"
        "    inlay_encoder_release(&encoder);\n"
        "    return status;\n"
        "}\n"
        "\n");
}

void c_emit_record_encode(c_out *out, const c_item *item)
{
    element e = record_element(out->model, item);

    if (e.exprs == NULL) {
        return;
    }
    emit_element(out, &e);
    emit_is_default(out, item, &e);
    emit_block_size(out, item, &e);
    emit_block_write(out, item, &e);
    emit_slot(out, item);
    emit_root(out, item);
}

// ---- Unions -----------------------------------------------------------------

static const char *variant_expr(c_model *m, const c_field *field)
{
    return field->type->kind == IR_RECORD
               ? c_text(m, "*self->%s", field->member)
               : c_text(m, "self->%s", field->member);
}

static const char *variant_size(c_model *m, const c_field *field)
{
    const char *size;

    if (field->type == NULL) {
        return c_text(m, "case %s:\n    return 0;", field->constant);
    }
    size = size_of(m, field->type, variant_expr(m, field));
    return c_text(m, "case %s:\n    return %s;", field->constant,
                  c_is_nested(field->type)
                      ? c_text(m, "inlay_encoder_sized(encoder, \"%s\", %s)",
                               field->name, size)
                      : size);
}

static const char *variant_write(c_model *m, const c_field *field)
{
    return c_text(
        m, "case %s:\n%s\n    break;", field->constant,
        indented(m, write_any(m, field->type, variant_expr(m, field))));
}

void c_emit_union_encode(c_out *out, const c_item *item)
{
    c_model    *m = out->model;
    const char *sizes = "";
    const char *writes = "";
    bool        text = false;
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        sizes = join(m, sizes, variant_size(m, field));
        if (field->type != NULL) {
            writes = join(m, writes, variant_write(m, field));
            text = text || c_is_nested(field->type) ||
                   field->type->kind == IR_STRING;
        }
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"upper", item->upper},
                  {"sizes", sizes}),
        "uint64_t $name$_size(inlay_encoder *encoder, const $name$ *self)\n"
        "{\n"
        "    switch (self->tag) {\n"
        "    case $upper$_UNSET:\n"
        "        return 0;\n"
        "    $sizes$\n"
        "    default:\n"
        "        return inlay_encoder_fail(encoder, INLAY_TAG_RANGE);\n"
        "    }\n"
        "}\n"
        "\n");
    emit_text(&out->source,
              EMIT_VARS({"name", item->name}, {"writes", writes},
                        {"unused", text ? "" : "(void)encoder;"}),
              "uint8_t *$name$_write(inlay_encoder *encoder, const $name$ "
              "*self, uint8_t *heap)\n"
              "{\n"
              "    $unused$\n"
              "    switch (self->tag) {\n"
              "    $writes$\n"
              "    default:\n"
              "        break;\n"
              "    }\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

// ---- Lists and maps ---------------------------------------------------------

// Adds up the elements of a list in turn: statements. `order` checks that the
// keys of a map ascend.
static const char *measure_elements(c_model *m, const element *e,
                                    const char *order)
{
    const char *call = share_call(m, e, "&self->items[i]");
    const char *add = c_text(m, "    inlay_heap_add(&heap, %s);\n", call);

    if (e->slots == 0 && order[0] == '\0') {
        return "";
    }
    if (e->slots == 0) {
        add = "";
    } else if (is_nested(e)) {
        add = c_text(m,
                     "    if (!inlay_heap_add_item(&heap, encoder, i, %s)) {\n"
                     "        return 0;\n"
                     "    }\n",
                     call);
    }
    return c_text(m, "for (i = 0; i < self->count; i++) {\n%s%s}", order, add);
}

static void emit_list_size(c_out *out, const char *name, const element *e,
                           const char *order)
{
    c_model    *m = out->model;
    const char *measure = measure_elements(m, e, order);

    emit_text(
        &out->source,
        EMIT_VARS({"name", name}, {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)}, {"measure", measure},
                  {"index", measure[0] == '\0' ? "" : "size_t i;"}),
        "uint64_t $name$_size(inlay_encoder *encoder, const $name$ *self)\n"
        "{\n"
        "    inlay_heap heap = {0, 0, 0, 0};\n"
        "    size_t mark;\n"
        "    $index$\n"
        "\n"
        "    if (self->count == 0 || !inlay_encoder_enter_list(encoder, "
        "self->items, &mark)) {\n"
        "        return 0;\n"
        "    }\n"
        "    $measure$\n"
        "    return inlay_encoder_leave_list(encoder, mark, heap, self->count, "
        "$fixed$, $slots$);\n"
        "}\n"
        "\n");
}

static void emit_list_write(c_out *out, const char *name, const element *e)
{
    c_model    *m = out->model;
    const char *anchor = "";

    if (e->slots > 0) {
        anchor = c_text(m,
                        "inlay_store_width(%s, (size_t)(heap - block.heap), "
                        "block.anchor);",
                        head_at(m, e->fixed));
    }
    emit_text(&out->source,
              EMIT_VARS({"name", name}, {"item", e->name},
                        {"fixed", c_text(m, "%u", e->fixed)},
                        {"slots", c_text(m, "%u", e->slots)},
                        {"anchor", anchor},
                        {"args",
                         write_args(m, e, "encoder", "&self->items[i]", "head",
                                    c_text(m, "%s + block.anchor, block.split",
                                           head_at(m, e->fixed)),
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

static void emit_list(c_out *out, const char *name, const element *e,
                      const char *order)
{
    emit_list_size(out, name, e, order);
    emit_list_write(out, name, e);
}

// The element of a list that is no record: one field, the item itself.
static void emit_synthetic_list(c_out *out, const c_item *item,
                                const c_field *field, const char *self,
                                uint32_t fixed, uint32_t slots)
{
    const char *expr = "*item";
    element     e = {.name = item->name,
                     .self = self,
                     .fields = field,
                     .exprs = &expr,
                     .field_count = 1,
                     .fixed = fixed,
                     .slots = slots};

    emit_element(out, &e);
    emit_list(out, item->name, &e, "");
}

void c_emit_list_encode(c_out *out, const c_item *item)
{
    static const ir_field union_place = {.name = "value",
                                         .place = IR_PLACE_UNION};
    c_model              *m = out->model;
    const ir_type        *type = item->type;
    c_field               field = {.name = "value", .member = "value"};

    if (type->kind == IR_RECORD) {
        element e = record_element(m, c_find(m, type));

        emit_list(out, item->name, &e, "");
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
    element          e = {.name = item->name,
                          .self = c_text(m, "const %s *self", entry->name),
                          .fields = entry->fields,
                          .exprs = exprs,
                          .field_count = 2,
                          .fixed = record->fixed,
                          .slots = record->slots};

    emit_element(out, &e);
    emit_list(out, item->name, &e,
              c_text(m,
                     "    if (i > 0 && %s) {\n"
                     "        inlay_encoder_fail(encoder, INLAY_MAP_ORDER);\n"
                     "        inlay_encoder_in_item(encoder, i);\n"
                     "        return 0;\n"
                     "    }\n",
                     keys_descend(m, item->type->key)));
}

// gen_c_encode.c -- the two passes of encoding records and unions.

#include "gen/gen_c_element.h"

// ---- Records ----------------------------------------------------------------

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

static void emit_is_default(c_out *out, const c_item *item, const c_element *e)
{
    c_model    *m = out->model;
    const char *composites = "";
    const char *test = "";
    uint32_t    largest = 0;
    size_t      i;

    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->ir->place == IR_PLACE_FIXED && !c_is_scalar(field->type)) {
            composites = c_join(m, composites, composite_is_default(m, field));
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
        c_emit_initial_tables(out, e);
        emit_text(&out->source, EMIT_VARS({"size", c_text(m, "%u", largest)}),
                  "    uint8_t bytes[$size$];\n"
                  "\n");
    }
    test = c_text(m, "%s%sinlay_unknown_is_default(self->unknown)", test,
                  test[0] == '\0' ? "" : " && ");
    emit_text(&out->source,
              EMIT_VARS({"composites", composites}, {"test", test}),
              "    $composites$\n"
              "    return $test$;\n"
              "}\n"
              "\n");
}

// The element's functions under one signature, for blocks that are wider than
// the schema makes them.
static void emit_element_table(c_out *out, const c_item *item,
                               const c_element *e)
{
    c_model *m = out->model;

    if (e->slots > 0) {
        emit_text(&out->source,
                  EMIT_VARS({"name", item->name},
                            {"unused",
                             c_element_is_nested(e) ? "" : "(void)encoder;"},
                            {"call", c_share_call(m, e, "encoder", "self")}),
                  "static inlay_share $name$_element_share(inlay_encoder "
                  "*encoder, const void *item)\n"
                  "{\n"
                  "    const $name$ *self = (const $name$ *)item;\n"
                  "\n"
                  "    $unused$\n"
                  "    return $call$;\n"
                  "}\n"
                  "\n");
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"unused", c_write_unused(m, e)},
                  {"args", c_write_args(m, e, "encoder", "self", "head",
                                        "splits, width", "heap")}),
        "INLAY_NOINLINE static uint8_t *$name$_element_write(inlay_encoder "
        "*encoder, const void *item, uint8_t *head, uint8_t *splits, unsigned "
        "width, uint8_t "
        "*heap)\n"
        "{\n"
        "    const $name$ *self = (const $name$ *)item;\n"
        "\n"
        "    $unused$\n"
        "    return $name$_share_write($args$);\n"
        "}\n"
        "\n");
    emit_text(&out->source,
              EMIT_VARS({"name", item->name},
                        {"share", e->slots > 0
                                      ? c_text(m, "%s_element_share", e->name)
                                      : "NULL"},
                        {"fixed", c_text(m, "%u", e->fixed)},
                        {"slots", c_text(m, "%u", e->slots)}),
              "static const inlay_element $name$_element = {$share$, "
              "$name$_element_write, $fixed$, $slots$, sizeof($name$), "
              "offsetof($name$, unknown)};\n"
              "\n");
}

static void emit_block_size(c_out *out, const c_item *item, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS(
            {"name", item->name}, {"fixed", c_text(m, "%u", e->fixed)},
            {"slots", c_text(m, "%u", e->slots)},
            {"measure", e->slots == 0
                            ? ""
                            : c_text(m, "share = %s;",
                                     c_share_call(m, e, "encoder", "self"))},
            {"check", c_element_is_nested(e)
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
        "    if (INLAY_UNLIKELY(self->unknown != NULL)) {\n"
        "        return inlay_unknown_size(encoder, &$name$_element, self);\n"
        "    }\n"
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

static void emit_block_write(c_out *out, const c_item *item, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)}),
        "uint8_t *$name$_block_write(inlay_encoder *encoder, const $name$ "
        "*self, uint8_t *to)\n"
        "{\n"
        "    inlay_block block;\n"
        "\n"
        "    if (INLAY_UNLIKELY(inlay_encoder_is_wide(encoder))) {\n"
        "        return inlay_unknown_write(encoder, &$name$_element, self, "
        "to);\n"
        "    }\n"
        "    block = inlay_write_single(encoder, to, $fixed$, $slots$);\n"
        "    return $name$_element_write(encoder, self, block.head, block.head "
        "+ "
        "$fixed$, block.split, block.heap);\n"
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

static void emit_root(c_out *out, const c_item *item, const c_element *e)
{
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name},
                  {"retrace", c_element_is_nested(e)
                                  ? c_text(out->model,
                                           "if (inlay_encoder_failed(encoder)) "
                                           "{\n"
                                           "    inlay_encoder_retrace(encoder);"
                                           "\n"
                                           "    %s_block_size(encoder, self);\n"
                                           "    inlay_encoder_retraced(encoder)"
                                           ";\n"
                                           "}",
                                           item->name)
                                  : ""}),
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
        "        $retrace$\n"
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
    c_element e = c_record_element(out->model, item);

    if (e.exprs == NULL) {
        return;
    }
    c_emit_element(out, &e);
    emit_element_table(out, item, &e);
    emit_is_default(out, item, &e);
    emit_block_size(out, item, &e);
    emit_block_write(out, item, &e);
    emit_slot(out, item);
    emit_root(out, item, &e);
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
    size = c_slice_size(m, field->type, variant_expr(m, field));
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
        c_indented(m, c_slice_write(m, field->type, variant_expr(m, field))));
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

        sizes = c_join(m, sizes, variant_size(m, field));
        if (field->type != NULL) {
            writes = c_join(m, writes, variant_write(m, field));
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
        "        return self->kept ? self->unknown.size : "
        "inlay_encoder_fail(encoder, INLAY_TAG_RANGE);\n"
        "    }\n"
        "}\n"
        "\n");
    emit_text(&out->source,
              EMIT_VARS({"name", item->name}, {"writes", writes},
                        {"known", c_text(out->model, "%zu", item->field_count)},
                        {"unused", text ? "" : "(void)encoder;"}),
              "uint8_t *$name$_write(inlay_encoder *encoder, const $name$ "
              "*self, uint8_t *heap)\n"
              "{\n"
              "    $unused$\n"
              "    switch (self->tag) {\n"
              "    $writes$\n"
              "    default:\n"
              "        if (inlay_unknown_tag(self->tag, $known$)) {\n"
              "            heap = inlay_write_bytes(heap, self->unknown.data, "
              "self->unknown.size);\n"
              "        }\n"
              "        break;\n"
              "    }\n"
              "    return heap;\n"
              "}\n"
              "\n");
}

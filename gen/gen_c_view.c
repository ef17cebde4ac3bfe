// gen_c_view.c -- the inline readers.
//
// A reader is printed for a *place*: a field of a record, the value of a list's
// element, the key or value of a map's entry. Where it is read from, what the
// function is called and which indices it takes differ; what it does follows
// from the field's placement and type alone.

#include <string.h>

#include "gen/gen_c_parts.h"

// What a reader reads, and how it is called.
typedef struct reader {
    const char *get; // function names
    const char *has;
    const char *self;    // parameters: `log_entry_view self`
    const char *prelude; // statements before, or ""
    const char *record;  // expression of the inlay_record
    const char *doc;     // or NULL
    const char *index;   // name for an array's index
} reader;

static void emit_reader(c_out *out, const char *doc, const char *result,
                        const char *name, const char *params, const char *body)
{
    emit_doc(&out->header, doc);
    emit_text(&out->header,
              EMIT_VARS({"result", result}, {"name", name}, {"params", params},
                        {"body", body}),
              "static inline $result$ $name$($params$)\n"
              "{\n"
              "    $body$\n"
              "}\n"
              "\n");
}

// Declares locals, leaves an empty line, goes on.
static const char *with_locals(c_model *m, const char *locals, const char *rest)
{
    return locals[0] == '\0' ? rest : c_text(m, "%s\n\n%s", locals, rest);
}

// ---- Arrays -----------------------------------------------------------------

// The indices of an array's element: as parameters, as a condition that they
// are in range, and as the number of the innermost element.
typedef struct array_index {
    const char *params;
    const char *range;
    const char *number;
} array_index;

static array_index index_of(c_model *m, const ir_type *type, const char *name)
{
    array_index index = {"", "", ""};
    int         depth = 0;

    for (; type->kind == IR_ARRAY; type = type->element, depth++) {
        const char *one = depth == 0 && type->element->kind != IR_ARRAY
                              ? name
                              : c_text(m, "%s%d", name, depth);

        index.params = c_text(m, "%s, size_t %s", index.params, one);
        index.range = c_text(m, "%s%s%s < %u", index.range,
                             depth == 0 ? "" : " && ", one, type->count);
        index.number = depth == 0 ? one
                                  : c_text(m, "(%s * %u + %s)", index.number,
                                           type->count, one);
    }
    return index;
}

// Loads the element of an array whose bytes are at `bytes`, zero when the
// index is out of range: statements.
static const char *array_element(c_model *m, const ir_type *type,
                                 array_index index, const char *bytes)
{
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);

    if (base->kind == IR_STRUCT) {
        return c_text(m, "return %s_load(%s ? %s + %s * %u : zero);",
                      c_native(m, base), index.range, bytes, index.number,
                      base->size);
    }
    return c_text(m, "return %s ? inlay_load_%s(%s + %s * %u) : 0;",
                  index.range, c_word(base), bytes, index.number, base->size);
}

// A struct out of range is loaded from zeros.
static const char *array_zero(c_model *m, const ir_type *type)
{
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);

    return type->kind == IR_ARRAY && base->kind == IR_STRUCT
               ? c_text(m, "static const uint8_t zero[%u] = {0};\n", base->size)
               : "";
}

// ---- Presence ---------------------------------------------------------------

static const ir_type *value_type(const ir_type *type)
{
    return type->kind == IR_OPTIONAL ? type->element : type;
}

// Returns the condition that an optional or a union is there, NULL for others.
static const char *presence(c_model *m, const reader *r, const c_field *field)
{
    const ir_field *ir = field->ir;
    const ir_type  *type = value_type(field->type);

    switch (ir->place) {
    case IR_PLACE_BIT_OPTIONAL:
        return c_text(m, "inlay_record_has_fixed(%s, %u, %u, %u)", r->record,
                      ir->present_offset, ir->present_bit, ir->offset + 1);
    case IR_PLACE_FIXED_OPTIONAL:
        return c_text(m, "inlay_record_has_fixed(%s, %u, %u, %u)", r->record,
                      ir->present_offset, ir->present_bit,
                      ir->offset + type->size);
    case IR_PLACE_SLOT_PRESENT:
        return c_text(m, "inlay_record_has_slot(%s, %u, %u, %u)", r->record,
                      ir->present_offset, ir->present_bit, ir->slot);
    case IR_PLACE_SLOT_OPTIONAL:
        return c_text(m, "inlay_record_slot(%s, %u).size >= %u", r->record,
                      ir->slot, type->kind == IR_RECORD ? 1 : type->size);
    case IR_PLACE_UNION:
        return c_text(m, "inlay_record_u8(%s, %u) != 0", r->record, ir->offset);
    default:
        return NULL;
    }
}

// ---- Fixed values in the head -----------------------------------------------

static const char *initial_table(c_model *m, const c_field *field)
{
    if (field->ir->initial == NULL) {
        return "";
    }
    return c_text(m, "static const uint8_t initial[%u] = {%s};\n",
                  field->type->size,
                  c_bytes_literal(m, field->ir->initial, field->type->size));
}

static const char *scalar_body(c_model *m, const reader *r,
                               const c_field *field, const ir_type *type)
{
    const char *word = c_word(type);
    const char *load = c_text(m, "inlay_record_%s(%s, %u)", word, r->record,
                              field->ir->offset);
    const char *has = presence(m, r, field);
    uint64_t    bits;

    // An absent optional reads as zero even if its bytes are not: only
    // verification knows that they are.
    if (has != NULL) {
        return c_text(m, "return %s ? %s : 0;", has, load);
    }
    if (field->ir->initial == NULL) {
        return c_text(m, "return %s;", load);
    }
    bits = c_scalar_bits(type, field->ir->initial);
    if (type->kind == IR_F32 || type->kind == IR_F64) {
        return c_text(
            m, "return inlay_record_%s_or(%s, %u, %s);", word, r->record,
            field->ir->offset,
            type->kind == IR_F32
                ? c_text(m, "0x%08llx", (unsigned long long)bits)
                : c_text(m, "UINT64_C(0x%016llx)", (unsigned long long)bits));
    }
    return c_text(m, "return (%s)(%s ^ %s);", c_native(m, type), load,
                  c_literal(m, type, field->ir->initial));
}

// A struct or an array: its bytes are copied out, then loaded.
static const char *composite_body(c_model *m, const reader *r,
                                  const c_field *field, const ir_type *type,
                                  array_index index)
{
    const char *initial = initial_table(m, field);
    const char *has = presence(m, r, field);
    const char *locals;
    const char *copy;

    locals = c_text(m, "%s%suint8_t bytes[%u];", initial, array_zero(m, type),
                    type->size);
    copy = c_text(m, "inlay_record_copy(%s, %u, %u, %s, bytes);", r->record,
                  field->ir->offset, type->size,
                  initial[0] == '\0' ? "NULL" : "initial");
    if (has != NULL) {
        copy = c_text(m,
                      "memset(bytes, 0, sizeof bytes);\n"
                      "if (%s) {\n"
                      "    %s\n"
                      "}",
                      has, copy);
    }
    if (type->kind == IR_STRUCT) {
        return with_locals(
            m, locals,
            c_text(m, "%s\nreturn %s_load(bytes);", copy, c_native(m, type)));
    }
    return with_locals(
        m, locals,
        c_text(m, "%s\n%s", copy, array_element(m, type, index, "bytes")));
}

// A big array with no default is read where it lies.
static const char *array_body(c_model *m, const reader *r, const c_field *field,
                              const ir_type *type, array_index index)
{
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);

    if (field->ir->initial != NULL || base->kind == IR_STRUCT ||
        field->ir->place == IR_PLACE_FIXED_OPTIONAL) {
        return composite_body(m, r, field, type, index);
    }
    return with_locals(
        m,
        c_text(m, "const uint8_t *at = inlay_record_fixed(%s, %u, %u);",
               r->record, field->ir->offset, type->size),
        c_text(m, "return at != NULL && %s ? inlay_load_%s(at + %s * %u) : 0;",
               index.range, c_word(base), index.number, base->size));
}

// Returns the body that reads a fixed type in the head.
static const char *fixed_body(c_model *m, const reader *r, const c_field *field,
                              const ir_type *type, array_index index)
{
    if (c_is_scalar(type)) {
        return scalar_body(m, r, field, type);
    }
    return type->kind == IR_ARRAY ? array_body(m, r, field, type, index)
                                  : composite_body(m, r, field, type, index);
}

// ---- Slices -----------------------------------------------------------------

// Returns the body that reads a fixed type out of a slice of its own.
static const char *fixed_slice_body(c_model *m, const ir_type *type,
                                    const char *slice, array_index index)
{
    const char *word;

    if (!c_is_scalar(type)) {
        const char *copy =
            c_text(m, "inlay_slice_copy(%s, bytes, sizeof bytes);", slice);

        return with_locals(
            m,
            c_text(m, "%suint8_t bytes[%u];", array_zero(m, type), type->size),
            type->kind == IR_STRUCT
                ? c_text(m, "%s\nreturn %s_load(bytes);", copy,
                         c_native(m, type))
                : c_text(m, "%s\n%s", copy,
                         array_element(m, type, index, "bytes")));
    }
    word = c_text(m, "inlay_slice_unsigned(%s, %u)", slice, type->size);
    switch (c_scalar(type)) {
    case IR_BOOL:
        return c_text(m, "return %s != 0;", word);
    case IR_F32:
        return c_text(m, "return inlay_f32_from_bits((uint32_t)%s);", word);
    case IR_F64:
        return c_text(m, "return inlay_f64_from_bits(%s);", word);
    default:
        return c_text(m, "return (%s)%s;", c_native(m, type), word);
    }
}

// Returns how a list or a map of synthetic or real records is opened.
static const char *open_list(c_model *m, const ir_type *type, const char *slice,
                             const char *verified)
{
    if (!type->record->synthetic) {
        return c_text(m, "inlay_list_open(%s, %s)", slice, verified);
    }
    return c_text(m, "inlay_list_open_exact(%s, %u, %u, %s)", slice,
                  type->record->fixed, type->record->slots, verified);
}

static const char *view_body(c_model *m, const ir_type *type,
                             const char *member, const char *value)
{
    return c_text(m, "%s view;\n\nview.%s = %s;\nreturn view;", c_view(m, type),
                  member, value);
}

// Returns the body that reads a variable type out of a slice.
static const char *slice_body(c_model *m, const ir_type *type,
                              const char *slice, const char *verified)
{
    switch (type->kind) {
    case IR_STRING:
        return c_text(m, "return inlay_str_of(%s);", slice);
    case IR_BYTES:
        return c_text(m, "return %s;", slice);
    case IR_RECORD:
        return view_body(
            m, type, "record",
            c_text(m, "inlay_slice_record(%s, %s)", slice, verified));
    case IR_VECTOR:
        if (type->element->kind != IR_ENUM && c_is_scalar(type->element)) {
            return c_text(m, "return %s_open(%s);", c_container(m, type),
                          slice);
        }
        return view_body(m, type, "bytes", slice);
    case IR_BITSET:
        return c_text(m, "return inlay_bool_list_open(%s);", slice);
    default:
        if (type->kind == IR_LIST && (type->element->kind == IR_STRING ||
                                      type->element->kind == IR_BYTES)) {
            return c_text(m, "return %s_open(%s, %s);", c_container(m, type),
                          slice, verified);
        }
        return view_body(m, type, "list", open_list(m, type, slice, verified));
    }
}

// ---- Places -----------------------------------------------------------------

// Returns the expression of a slot's bytes, without the pads of @align.
static const char *slot_of(c_model *m, const reader *r, const c_field *field)
{
    const char *slot =
        c_text(m, "inlay_record_slot(%s, %u)", r->record, field->ir->slot);

    return field->ir->align == 0 ? slot
                                 : c_text(m, "inlay_slice_aligned(%s, %u)",
                                          slot, field->ir->align);
}

// Returns the body of the reader.
static const char *place_body(c_model *m, const reader *r, const c_field *field,
                              array_index index)
{
    const ir_field *ir = field->ir;
    const ir_type  *type = value_type(field->type);
    const char     *verified = c_text(m, "%s.verified", r->record);
    const char     *slot = slot_of(m, r, field);

    switch (ir->place) {
    case IR_PLACE_BIT:
        return c_text(m, "return %sinlay_record_bit(%s, %u, %u);",
                      ir->initial != NULL ? "!" : "", r->record, ir->offset,
                      ir->bit);
    case IR_PLACE_BIT_OPTIONAL:
        return c_text(m, "return %s && inlay_record_bit(%s, %u, %u);",
                      presence(m, r, field), r->record, ir->offset, ir->bit);
    case IR_PLACE_FIXED:
    case IR_PLACE_FIXED_OPTIONAL:
        return fixed_body(m, r, field, type, index);
    case IR_PLACE_SLOT:
        if (type->kind == IR_STRING) {
            return c_text(m, "return inlay_record_str(%s, %u);", r->record,
                          ir->slot);
        }
        return slice_body(m, type, slot, verified);
    case IR_PLACE_SLOT_PRESENT:
        return slice_body(m, type,
                          c_text(m, "%s ? %s : inlay_bytes_empty()",
                                 presence(m, r, field), slot),
                          verified);
    case IR_PLACE_SLOT_OPTIONAL:
        if (type->kind == IR_RECORD) {
            return slice_body(m, type, slot, verified);
        }
        return fixed_slice_body(
            m, type, c_text(m, "inlay_slice_present(%s, %u)", slot, type->size),
            index);
    case IR_PLACE_UNION:
        return view_body(m, type, "onion",
                         c_text(m, "inlay_record_union(%s, %u, %u)", r->record,
                                ir->offset, ir->slot));
    }
    return "";
}

static const char *reader_doc(c_model *m, const c_field *field, const char *doc)
{
    const char *note = "";

    if (field->ir->deprecated) {
        note = "Deprecated.";
    }
    if (field->ir->initial != NULL && c_is_scalar(field->type)) {
        note = c_text(m, "%s%sDefault %s.", note, note[0] == '\0' ? "" : " ",
                      c_literal(m, field->type, field->ir->initial));
    }
    if (doc == NULL || note[0] == '\0') {
        return doc == NULL ? note : doc;
    }
    return c_text(m, "%s\n%s", doc, note);
}

static void emit_place(c_out *out, const reader *r, const c_field *field)
{
    c_model       *m = out->model;
    const ir_type *type = value_type(field->type);
    array_index    index = index_of(m, type, r->index);
    const char    *has = presence(m, r, field);

    if (has != NULL) {
        emit_reader(out,
                    c_text(m, "Returns whether %s is %s.", field->name,
                           type->kind == IR_UNION ? "set" : "there"),
                    "bool", r->has, r->self,
                    with_locals(m, r->prelude, c_text(m, "return %s;", has)));
    }
    emit_reader(out, reader_doc(m, field, r->doc), c_view(m, type), r->get,
                c_text(m, "%s%s", r->self, index.params),
                with_locals(m, r->prelude, place_body(m, r, field, index)));
}

// ---- Records ----------------------------------------------------------------

static void emit_open(c_out *out, const c_item *item)
{
    emit_text(
        &out->header, EMIT_VARS({"name", item->name}),
        "/* Opens a message in place: O(1), any bytes will do. */\n"
        "static inline $name$_view $name$_open(const void *data, size_t size)\n"
        "{\n"
        "    $name$_view view;\n"
        "\n"
        "    view.record = inlay_record_open(data, size, false);\n"
        "    return view;\n"
        "}\n"
        "\n"
        "/* Verifies a message and opens it so that readers need no clamps.\n"
        " * Nobody may write to it afterwards. */\n"
        "INLAY_NODISCARD static inline inlay_status\n"
        "$name$_open_verified(const void *data, size_t size, $name$_view "
        "*view, inlay_error *error)\n"
        "{\n"
        "    inlay_status status = $name$_verify(data, size, error);\n"
        "\n"
        "    if (status == INLAY_OK) {\n"
        "        view->record = inlay_record_open(data, size, true);\n"
        "    }\n"
        "    return status;\n"
        "}\n"
        "\n");
}

void c_emit_record_view(c_out *out, const c_item *item)
{
    c_model *m = out->model;
    size_t   i;

    emit_open(out, item);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];
        reader         r = {
                    .get = c_text(m, "%s_get_%s", item->name, field->name),
                    .has = c_text(m, "%s_has_%s", item->name, field->name),
                    .self = c_text(m, "%s_view self", item->name),
                    .prelude = "",
                    .record = "self.record",
                    .doc = field->doc,
                    .index = "index",
        };

        emit_place(out, &r, field);
        c_emit_setters(out, item, field);
    }
}

// ---- Unions -----------------------------------------------------------------

void c_emit_union_view(c_out *out, const c_item *item)
{
    c_model *m = out->model;
    size_t   i;

    emit_text(
        &out->header, EMIT_VARS({"name", item->name}, {"upper", item->upper}),
        "/* Returns which variant it is, $upper$_UNSET or one unknown here. "
        "*/\n"
        "static inline uint8_t $name$_tag($name$_view self)\n"
        "{\n"
        "    return self.onion.tag;\n"
        "}\n"
        "\n"
        "/* Returns the bytes of the variant, also of one unknown here. */\n"
        "static inline inlay_bytes $name$_payload($name$_view self)\n"
        "{\n"
        "    return self.onion.payload;\n"
        "}\n"
        "\n");
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];
        array_index    index;
        const char    *slice;

        if (field->type == NULL) {
            continue;
        }
        index = index_of(m, field->type, "index");
        slice =
            c_text(m, "inlay_union_payload(self.onion, %s)", field->constant);
        emit_reader(
            out,
            field->doc != NULL ? field->doc
                               : "Empty or zero when it is another variant.",
            c_view(m, field->type),
            c_text(m, "%s_get_%s", item->name, field->name),
            c_text(m, "%s_view self%s", item->name, index.params),
            field->type->fixed
                ? fixed_slice_body(m, field->type, slice, index)
                : slice_body(m, field->type, slice, "self.onion.verified"));
    }
}

// ---- Lists ------------------------------------------------------------------

static void emit_count(c_out *out, const c_item *item)
{
    emit_text(&out->header, EMIT_VARS({"name", item->name}),
              "static inline size_t $name$_count($name$_view self)\n"
              "{\n"
              "    return self.list.count;\n"
              "}\n"
              "\n");
}

// The reader of the one value, or of a map's key or value, of an element.
static reader element_reader(c_model *m, const c_item *item, const char *get,
                             const char *has, const char *doc)
{
    reader r = {
        .get = c_text(m, "%s_%s", item->name, get),
        .has = c_text(m, "%s_%s", item->name, has),
        .self = c_text(m, "%s_view self, size_t index", item->name),
        .prelude = "inlay_record record = inlay_list_at(self.list, index);",
        .record = "record",
        .doc = doc,
        .index = "inner",
    };

    return r;
}

static void emit_list_of_arrays(c_out *out, const c_item *item)
{
    c_model       *m = out->model;
    const ir_type *element = item->type->element;
    array_index    index = index_of(m, element, "inner");
    const char *at = c_text(m, "self.bytes.data + index * %u", element->size);

    index.range =
        c_text(m, "index < %s_count(self) && %s", item->name, index.range);
    emit_text(&out->header,
              EMIT_VARS({"name", item->name},
                        {"size", c_text(m, "%u", element->size)}),
              "static inline size_t $name$_count($name$_view self)\n"
              "{\n"
              "    return self.bytes.size / $size$;\n"
              "}\n"
              "\n");
    emit_reader(
        out, "Returns a value of one array; zero beyond the counts.",
        c_view(m, element), c_text(m, "%s_at", item->name),
        c_text(m, "%s_view self, size_t index%s", item->name, index.params),
        with_locals(m,
                    array_zero(m, element)[0] == '\0'
                        ? ""
                        : c_text(m, "%.*s",
                                 (int)strlen(array_zero(m, element)) - 1,
                                 array_zero(m, element)),
                    array_element(m, element, index, at)));
}

// A list of records: its elements are the records themselves.
static void emit_list_of_records(c_out *out, const c_item *item)
{
    c_model *m = out->model;

    emit_count(out, item);
    emit_reader(
        out, "Returns one element; a record of defaults beyond the count.",
        c_view(m, item->type), c_text(m, "%s_at", item->name),
        c_text(m, "%s_view self, size_t index", item->name),
        view_body(m, item->type, "record", "inlay_list_at(self.list, index)"));
}

// The synthetic field of a list of unions, which no type node leads to.
static c_field union_element(const ir_type *type)
{
    static const ir_field place = {.name = "value", .place = IR_PLACE_UNION};
    c_field               field = {
                      .name = "value", .member = "value", .type = type, .ir = &place};

    return field;
}

void c_emit_list_view(c_out *out, const c_item *item)
{
    c_model *m = out->model;
    reader   r = element_reader(m, item, "at", "has_at",
                                "Returns one element; empty or absent beyond "
                                  "the count.");
    c_field  field;

    if (item->type->kind == IR_RECORD) {
        emit_list_of_records(out, item);
        return;
    }
    if (item->type->kind == IR_VECTOR) {
        emit_list_of_arrays(out, item);
        return;
    }
    emit_count(out, item);
    if (item->type->kind == IR_UNION) {
        field = union_element(item->type);
    } else {
        field.name = "the element";
        field.type = item->type->element;
        field.ir = &item->type->record->fields[0];
    }
    emit_place(out, &r, &field);
}

// ---- Maps -------------------------------------------------------------------

// Returns the expression that orders the key at `index` against `key`.
static const char *key_order(c_model *m, const c_item *item, const ir_type *key,
                             const char *index, const char *order)
{
    const char *at = c_text(m, "%s_key_at(self, %s)", item->name, index);

    if (c_is_scalar(key)) {
        return c_text(m, "%s %s key", at, order);
    }
    return c_text(m, "inlay_%s_compare(%s, key) %s 0",
                  key->kind == IR_STRING ? "str" : "bytes", at, order);
}

static void emit_find(c_out *out, const c_item *item)
{
    c_model       *m = out->model;
    const ir_type *key = item->type->key;
    const char    *type = c_is_scalar(key)         ? c_native(m, key)
                          : key->kind == IR_STRING ? "inlay_str"
                                                   : "inlay_bytes";

    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name}, {"key", type},
                  {"before", key_order(m, item, key, "middle", "<")},
                  {"here", key_order(m, item, key, "low", "==")}),
        "/* Returns the index of a key, or the count when there is none: "
        "reading\n"
        " * there gives defaults. O(log count). */\n"
        "static inline size_t $name$_find($name$_view self, $key$ key)\n"
        "{\n"
        "    size_t low = 0;\n"
        "    size_t high = self.list.count;\n"
        "\n"
        "    while (low < high) {\n"
        "        size_t middle = low + (high - low) / 2;\n"
        "\n"
        "        if ($before$) {\n"
        "            low = middle + 1;\n"
        "        } else {\n"
        "            high = middle;\n"
        "        }\n"
        "    }\n"
        "    return low < self.list.count && $here$ ? low : self.list.count;\n"
        "}\n"
        "\n");
}

void c_emit_map_view(c_out *out, const c_item *item)
{
    c_model        *m = out->model;
    const ir_field *fields = item->type->record->fields;
    c_field key = {.name = "the key", .type = fields[0].type, .ir = &fields[0]};
    c_field value = {
        .name = "the value", .type = fields[1].type, .ir = &fields[1]};
    reader r = element_reader(m, item, "key_at", "", NULL);

    emit_count(out, item);
    if (key.type->kind == IR_ARRAY) {
        emit_text(&out->header,
                  EMIT_VARS({"name", item->name},
                            {"offset", c_text(m, "%u", fields[0].offset)},
                            {"size", c_text(m, "%u", fields[0].type->size)}),
                  "static inline inlay_bytes $name$_key_at($name$_view self, "
                  "size_t index)\n"
                  "{\n"
                  "    inlay_bytes key = inlay_bytes_empty();\n"
                  "    inlay_record record = inlay_list_at(self.list, index);\n"
                  "    const uint8_t *at = inlay_record_fixed(record, "
                  "$offset$, $size$);\n"
                  "\n"
                  "    if (at != NULL) {\n"
                  "        key.data = at;\n"
                  "        key.size = $size$;\n"
                  "    }\n"
                  "    return key;\n"
                  "}\n"
                  "\n");
    } else {
        emit_place(out, &r, &key);
    }
    r = element_reader(m, item, "value_at", "has_at", NULL);
    emit_place(out, &r, &value);
    emit_find(out, item);
}

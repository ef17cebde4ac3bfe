// json_write.c -- a message as JSON; see json.h and FORMAT.md, section 9.
//
// Walks verified bytes, so recursion ends: at 64 levels of blocks, plus what
// structs and required records nest in the schema.
#include <assert.h>
#include <string.h>

#include <inlay/verify.h>

#include "json_float.h"
#include "json_out.h"
#include "walk.h"

static void write_record(json_out *out, const inlay_record_desc *record,
                         const walk_element *element);
static void write_field(json_out *out, const walk_element *element,
                        const inlay_field_desc *field);
static bool field_is_present(const walk_element     *element,
                             const inlay_field_desc *field);

static const inlay_type *type_inner(const inlay_type *type)
{
    return type->kind == INLAY_KIND_OPTIONAL ? type->element : type;
}

// ---- Fixed values -----------------------------------------------------------

static void write_float(json_out *out, const inlay_float_format *format,
                        uint64_t bits, unsigned digits)
{
    uint64_t infinity = (uint64_t)format->exponent_all
                        << (format->precision - 1);
    uint64_t sign = (uint64_t)1 << (digits * 4 - 1);
    uint64_t quiet = infinity | (uint64_t)1 << (format->precision - 2);
    char     text[INLAY_FLOAT_TEXT_MAX];
    unsigned i;

    if ((bits & infinity) != infinity) {
        inlay_json_out_raw(out, text, inlay_float_write(format, bits, text));
    } else if ((bits & ~sign) == infinity) {
        inlay_json_out_literal(out, (bits & sign) != 0 ? "\"-Infinity\""
                                                       : "\"Infinity\"");
    } else if (bits == quiet) {
        inlay_json_out_literal(out, "\"NaN\"");
    } else {
        inlay_json_out_literal(out, "\"NaN:");
        for (i = digits; i > 0; i--) {
            text[digits - i] = "0123456789abcdef"[bits >> (i - 1) * 4 & 15];
        }
        inlay_json_out_raw(out, text, digits);
        inlay_json_out_raw(out, "\"", 1);
    }
}

// Loads an integer of any kind, sign-extended where it is signed.
static uint64_t load_integer(inlay_kind kind, const uint8_t *from)
{
    switch (kind) {
    case INLAY_KIND_U8:
        return inlay_load_u8(from);
    case INLAY_KIND_U16:
        return inlay_load_u16(from);
    case INLAY_KIND_U32:
        return inlay_load_u32(from);
    case INLAY_KIND_I8:
        return (uint64_t)(int64_t)inlay_load_i8(from);
    case INLAY_KIND_I16:
        return (uint64_t)(int64_t)inlay_load_i16(from);
    case INLAY_KIND_I32:
        return (uint64_t)(int64_t)inlay_load_i32(from);
    default:
        assert(kind == INLAY_KIND_U64 || kind == INLAY_KIND_I64);
        return inlay_load_u64(from);
    }
}

static void write_integer(json_out *out, inlay_kind kind, uint64_t value)
{
    if (kind >= INLAY_KIND_I8) {
        inlay_json_out_signed(out, (int64_t)value);
    } else {
        inlay_json_out_unsigned(out, value);
    }
}

// Returns the name of an enum's value, NULL when it has none. Most enums count
// from 0, and there the value is its own index.
static const char *enum_name(const inlay_enum_desc *desc, uint64_t value)
{
    uint32_t i;

    if (value < desc->value_count && desc->values[value].value == value) {
        return desc->values[value].name;
    }
    for (i = 0; i < desc->value_count; i++) {
        if (desc->values[i].value == value) {
            return desc->values[i].name;
        }
    }
    return NULL;
}

static void write_enum(json_out *out, const inlay_enum_desc *desc,
                       const uint8_t *from)
{
    uint64_t    value = load_integer(desc->base, from);
    const char *name = enum_name(desc, value);

    if (name != NULL) {
        inlay_json_out_identifier(out, name);
    } else {
        write_integer(out, desc->base, value);
    }
}

// Bytes of fixed values: the message's XOR the default's, NULL being zeros.
typedef struct fixed_bytes {
    const uint8_t *from;
    const uint8_t *initial;
} fixed_bytes;

static fixed_bytes fixed_at(fixed_bytes bytes, size_t offset)
{
    fixed_bytes at = {bytes.from != NULL ? bytes.from + offset : NULL,
                      bytes.initial != NULL ? bytes.initial + offset : NULL};

    return at;
}

static void write_fixed(json_out *out, const inlay_type *type,
                        fixed_bytes bytes);

static void write_struct(json_out *out, const inlay_struct_desc *desc,
                         fixed_bytes bytes)
{
    uint32_t i;

    inlay_json_out_open(out, '{');
    for (i = 0; i < desc->member_count; i++) {
        const inlay_member_desc *member = &desc->members[i];

        inlay_json_out_name(out, member->name);
        write_fixed(out, member->type, fixed_at(bytes, member->offset));
    }
    inlay_json_out_close(out, '}');
}

// An array or a vector of fixed elements; scalars stay on one line.
static void write_elements(json_out *out, const inlay_type *element,
                           fixed_bytes bytes, size_t count)
{
    size_t i;

    if (element->kind <= INLAY_KIND_ENUM) {
        inlay_json_out_open_flat(out, '[');
    } else {
        inlay_json_out_open(out, '[');
    }
    for (i = 0; i < count; i++) {
        inlay_json_out_next(out);
        write_fixed(out, element, fixed_at(bytes, i * element->size));
    }
    inlay_json_out_close(out, ']');
}

static void write_scalar(json_out *out, const inlay_type *type,
                         const uint8_t *from)
{
    switch (type->kind) {
    case INLAY_KIND_BOOL:
        inlay_json_out_literal(out, inlay_load_bool(from) ? "true" : "false");
        break;
    case INLAY_KIND_F32:
        write_float(out, &inlay_float_32, inlay_load_u32(from), 8);
        break;
    case INLAY_KIND_F64:
        write_float(out, &inlay_float_64, inlay_load_u64(from), 16);
        break;
    case INLAY_KIND_ENUM:
        write_enum(out, type->of, from);
        break;
    default:
        write_integer(out, type->kind, load_integer(type->kind, from));
        break;
    }
}

static void write_fixed(json_out *out, const inlay_type *type,
                        fixed_bytes bytes)
{
    uint8_t  value[8] = {0};
    uint32_t i;

    if (type->kind == INLAY_KIND_STRUCT) {
        write_struct(out, type->of, bytes);
    } else if (type->kind == INLAY_KIND_ARRAY) {
        write_elements(out, type->element, bytes, type->count);
    } else if (bytes.from != NULL && bytes.initial == NULL) {
        write_scalar(out, type, bytes.from);
    } else {
        assert(type->size <= sizeof value);
        for (i = 0; i < type->size; i++) {
            value[i] =
                (uint8_t)((bytes.from != NULL ? bytes.from[i] : 0) ^
                          (bytes.initial != NULL ? bytes.initial[i] : 0));
        }
        write_scalar(out, type, value);
    }
}

// A fixed value that is not XOR any default; NULL is all zero bytes.
static void write_plain(json_out *out, const inlay_type *type,
                        const uint8_t *from)
{
    fixed_bytes bytes = {from, NULL};

    write_fixed(out, type, bytes);
}

// A fixed value where a slot or a tag's payload holds it.
static void write_fixed_slice(json_out *out, const inlay_type *type,
                              inlay_bytes slice)
{
    assert(slice.size == type->size);
    write_plain(out, type, slice.data);
}

// ---- Slices -----------------------------------------------------------------

static void write_bitset(json_out *out, inlay_bytes slice)
{
    size_t count = 0;
    size_t i;

    if (slice.size >= 2) {
        unsigned unused = slice.data[0] < 7 ? slice.data[0] : 7;
        count = (slice.size - 1) * 8 - unused;
    }
    inlay_json_out_open_flat(out, '[');
    for (i = 0; i < count; i++) {
        bool bit = (slice.data[1 + i / 8] >> i % 8 & 1) != 0;

        inlay_json_out_next(out);
        inlay_json_out_literal(out, bit ? "true" : "false");
    }
    inlay_json_out_close(out, ']');
}

static void write_list(json_out *out, const inlay_type *type, inlay_bytes slice)
{
    const inlay_record_desc *record = type->of;
    walk_block               block = inlay_walk_vector(record, slice);
    uint64_t                 i;

    inlay_json_out_open(out, '[');
    for (i = 0; i < block.count; i++) {
        walk_element element = inlay_walk_element(&block, i);

        inlay_json_out_next(out);
        if ((record->flags & INLAY_RECORD_SYNTHETIC) == 0) {
            write_record(out, record, &element);
        } else if (field_is_present(&element, &record->fields[0])) {
            write_field(out, &element, &record->fields[0]);
        } else {
            inlay_json_out_literal(out, "null");
        }
    }
    inlay_json_out_close(out, ']');
}

// Starts the member of a map that the element's key names.
static void write_key(json_out *out, const walk_element *element,
                      const inlay_field_desc *key)
{
    const inlay_type *type = key->type;
    inlay_kind        kind = type->kind;
    const uint8_t    *fixed = NULL;
    inlay_bytes       slice = {NULL, 0};

    if (key->place == INLAY_PLACE_SLOT) {
        slice = inlay_walk_slot(element, key->slot);
    } else {
        fixed = inlay_walk_fixed(element, key->offset, type->size);
        slice.data = fixed;
        slice.size = type->size;
    }
    inlay_json_out_next(out);
    if (kind == INLAY_KIND_STRING) {
        inlay_json_out_string(out, (const char *)slice.data, slice.size);
    } else if (kind == INLAY_KIND_BYTES || kind == INLAY_KIND_ARRAY) {
        inlay_json_out_base64(out, slice);
    } else if (kind == INLAY_KIND_ENUM &&
               enum_name(type->of,
                         load_integer(((const inlay_enum_desc *)type->of)->base,
                                      fixed)) != NULL) {
        write_enum(out, type->of, fixed);
    } else {
        inlay_json_out_raw(out, "\"", 1);
        write_plain(out, type, fixed);
        inlay_json_out_raw(out, "\"", 1);
    }
    inlay_json_out_colon(out);
}

static void write_map(json_out *out, const inlay_type *type, inlay_bytes slice)
{
    const inlay_record_desc *record = type->of;
    walk_block               block = inlay_walk_vector(record, slice);
    uint64_t                 i;

    inlay_json_out_open(out, '{');
    for (i = 0; i < block.count; i++) {
        walk_element element = inlay_walk_element(&block, i);

        write_key(out, &element, &record->fields[0]);
        if (field_is_present(&element, &record->fields[1])) {
            write_field(out, &element, &record->fields[1]);
        } else {
            inlay_json_out_literal(out, "null");
        }
    }
    inlay_json_out_close(out, '}');
}

// Any value that a slot holds.
static void write_slice(json_out *out, const inlay_type *type,
                        inlay_bytes slice)
{
    switch (type->kind) {
    case INLAY_KIND_STRING:
        inlay_json_out_string(out, (const char *)slice.data, slice.size);
        break;
    case INLAY_KIND_BYTES:
        inlay_json_out_base64(out, slice);
        break;
    case INLAY_KIND_VECTOR:
        write_elements(out, type->element, (fixed_bytes){slice.data, NULL},
                       slice.size / type->element->size);
        break;
    case INLAY_KIND_BITSET:
        write_bitset(out, slice);
        break;
    case INLAY_KIND_RECORD: {
        walk_block   block = inlay_walk_single(type->of, slice);
        walk_element element = inlay_walk_element(&block, 0);

        write_record(out, type->of, &element);
        break;
    }
    case INLAY_KIND_LIST:
        write_list(out, type, slice);
        break;
    case INLAY_KIND_MAP:
        write_map(out, type, slice);
        break;
    default:
        write_fixed_slice(out, type, slice);
        break;
    }
}

// ---- Fields -----------------------------------------------------------------

// Returns a union's tag; 0, unset, where the block does not reach.
static uint8_t union_tag(const walk_element     *element,
                         const inlay_field_desc *field)
{
    const uint8_t *tag = inlay_walk_fixed(element, field->offset, 1);

    return tag != NULL && field->slot < element->block->slots ? *tag : 0;
}

// {"variant": value}, "variant", or {"?7": "base64"} for an unknown tag.
static void write_union(json_out *out, const walk_element *element,
                        const inlay_field_desc *field)
{
    const inlay_union_desc *desc = type_inner(field->type)->of;
    uint8_t                 tag = union_tag(element, field);
    inlay_bytes             slice = inlay_walk_slot(element, field->slot);

    if (tag <= desc->variant_count) {
        const inlay_variant_desc *variant = &desc->variants[tag - 1];

        if (variant->type == NULL) {
            inlay_json_out_identifier(out, variant->name);
            return;
        }
        inlay_json_out_open(out, '{');
        inlay_json_out_name(out, variant->name);
        write_slice(out, variant->type, slice);
    } else {
        inlay_json_out_open(out, '{');
        inlay_json_out_next(out);
        inlay_json_out_raw(out, "\"?", 2);
        inlay_json_out_unsigned(out, tag);
        inlay_json_out_raw(out, "\"", 1);
        inlay_json_out_colon(out);
        inlay_json_out_base64(out, slice);
    }
    inlay_json_out_close(out, '}');
}

// Whether the field has a value to write: required ones always have.
static bool field_is_present(const walk_element     *element,
                             const inlay_field_desc *field)
{
    const inlay_type *inner = type_inner(field->type);
    bool              bit;

    switch (field->place) {
    case INLAY_PLACE_BIT_OPTIONAL:
    case INLAY_PLACE_FIXED_OPTIONAL:
    case INLAY_PLACE_SLOT_PRESENT:
        bit =
            inlay_walk_bit(element, field->present_offset, field->present_bit);
        if (field->place == INLAY_PLACE_SLOT_PRESENT) {
            return bit && field->slot < element->block->slots;
        }
        return bit &&
               inlay_walk_fixed(element, field->offset, inner->size) != NULL;
    case INLAY_PLACE_SLOT_OPTIONAL: {
        size_t size = inlay_walk_slot(element, field->slot).size;
        return size > 0 && size >= inner->size;
    }
    case INLAY_PLACE_UNION:
        return union_tag(element, field) != 0;
    default:
        return true;
    }
}

static void write_bit(json_out *out, const walk_element *element,
                      const inlay_field_desc *field)
{
    bool value = inlay_walk_bit(element, field->offset, field->bit);

    if (field->initial != NULL && field->initial[0] != 0) {
        value = !value;
    }
    inlay_json_out_literal(out, value ? "true" : "false");
}

// A fixed field that is not optional lies XOR its default; where the block
// does not reach it is its default.
static void write_required(json_out *out, const walk_element *element,
                           const inlay_field_desc *field)
{
    const inlay_type *type = field->type;
    fixed_bytes       bytes = {
        inlay_walk_fixed(element, field->offset, type->size), field->initial};

    write_fixed(out, type, bytes);
}

static void write_field(json_out *out, const walk_element *element,
                        const inlay_field_desc *field)
{
    const inlay_type *inner = type_inner(field->type);
    inlay_bytes       slice;

    switch (field->place) {
    case INLAY_PLACE_BIT:
    case INLAY_PLACE_BIT_OPTIONAL:
        write_bit(out, element, field);
        break;
    case INLAY_PLACE_FIXED:
        write_required(out, element, field);
        break;
    case INLAY_PLACE_FIXED_OPTIONAL:
        write_plain(out, inner,
                    inlay_walk_fixed(element, field->offset, inner->size));
        break;
    case INLAY_PLACE_UNION:
        write_union(out, element, field);
        break;
    default:
        slice = inlay_walk_slot(element, field->slot);
        if (field->align != 0) {
            slice = inlay_walk_aligned(slice, field->align);
        }
        write_slice(out, inner, slice);
        break;
    }
}

// Returns the field that was declared as number `index`. Only records with
// ordinals are laid out in another order, and then a search does.
static const inlay_field_desc *field_declared(const inlay_record_desc *record,
                                              uint32_t                 index)
{
    uint32_t i = index;

    while (record->fields[i].declared != index) {
        i = (i + 1) % record->field_count;
    }
    return &record->fields[i];
}

static void write_record(json_out *out, const inlay_record_desc *record,
                         const walk_element *element)
{
    uint32_t i;

    inlay_json_out_open(out, '{');
    for (i = 0; i < record->field_count; i++) {
        const inlay_field_desc *field = field_declared(record, i);

        if (field_is_present(element, field)) {
            inlay_json_out_name(out, field->name);
            write_field(out, element, field);
        }
    }
    inlay_json_out_close(out, '}');
}

// ---- Entry ------------------------------------------------------------------

static bool buffer_sink_write(void *context, const char *data, size_t size)
{
    return inlay_buffer_append(context, data, size);
}

inlay_sink inlay_sink_buffer(inlay_buffer *buffer)
{
    return (inlay_sink){buffer_sink_write, buffer};
}

inlay_status inlay_json_write(const inlay_record_desc *record,
                              const void *message, size_t size,
                              const inlay_json_options *options,
                              inlay_sink sink, inlay_error *error)
{
    inlay_status status = inlay_verify(record, message, size, error);
    inlay_bytes  bytes = {message, size};
    json_out     out;
    walk_block   block;
    walk_element root;

    if (status != INLAY_OK) {
        return status;
    }
    inlay_json_out_init(&out, sink, options != NULL ? options->indent : 0);
    block = inlay_walk_single(record, bytes);
    root = inlay_walk_element(&block, 0);
    write_record(&out, record, &root);
    if (!inlay_json_out_finish(&out)) {
        if (error != NULL) {
            *error = (inlay_error){.status = INLAY_JSON_SINK,
                                   .offset = INLAY_NO_OFFSET};
        }
        return INLAY_JSON_SINK;
    }
    return INLAY_OK;
}

/* raw.c -- what clamped views read from any bytes, as a checksum.
 *
 * Walks by the descriptors, through the inline functions that generated
 * accessors call, and hashes what it meets: raw.rs does the same with Rust's
 * views, and both must come to the same. Few bytes may stand for exponentially
 * many elements, so there is a budget of tokens; what it does not reach is not
 * looked at on either side.
 */
#include <string.h>

#include <inlay/gen.h>

/* The tokens, as raw.rs has them. */
enum {
    RAW_BOOL = 1,
    RAW_UNSIGNED,
    RAW_SIGNED,
    RAW_F32,
    RAW_F64,
    RAW_TEXT,
    RAW_BYTES,
    RAW_SYMBOL,
    RAW_ABSENT,
    RAW_LIST,
    RAW_MAP,
    RAW_VARIANT,
    RAW_UNKNOWN,
    RAW_FIELDS,
    RAW_NAME,
    RAW_END
};

typedef struct raw {
    uint64_t hash;
    uint64_t budget;
} raw;

static void raw_record(raw *self, const inlay_record_desc *desc,
                       inlay_record record);

/* ---- Tokens -------------------------------------------------------------- */

static void fold(raw *self, uint64_t value)
{
    self->hash = (self->hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    self->hash ^= self->hash >> 29;
}

/* Returns whether there was a token left. */
static bool token(raw *self, unsigned kind)
{
    if (self->budget == 0) {
        return false;
    }
    self->budget--;
    fold(self, kind);
    return true;
}

static void token_word(raw *self, unsigned kind, uint64_t value)
{
    if (token(self, kind)) {
        fold(self, value);
    }
}

static void token_bytes(raw *self, unsigned kind, inlay_bytes bytes)
{
    size_t i;

    if (token(self, kind)) {
        fold(self, bytes.size);
        for (i = 0; i < bytes.size; i++) {
            fold(self, bytes.data[i]);
        }
    }
}

static void token_name(raw *self, unsigned kind, const char *name)
{
    inlay_bytes bytes = {(const uint8_t *)name, strlen(name)};

    token_bytes(self, kind, bytes);
}

/* ---- Fixed values -------------------------------------------------------- */

/* Sign-extended where it is signed. */
static uint64_t integer(inlay_kind kind, const uint8_t *from)
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
        return inlay_load_u64(from);
    }
}

static void raw_integer(raw *self, inlay_kind kind, const uint8_t *from)
{
    token_word(self, kind >= INLAY_KIND_I8 ? RAW_SIGNED : RAW_UNSIGNED,
               integer(kind, from));
}

static void raw_enum(raw *self, const inlay_enum_desc *desc,
                     const uint8_t *from)
{
    uint64_t value = integer(desc->base, from);
    uint32_t i;

    for (i = 0; i < desc->value_count; i++) {
        if (desc->values[i].value == value) {
            token_name(self, RAW_SYMBOL, desc->values[i].name);
            return;
        }
    }
    raw_integer(self, desc->base, from);
}

static void raw_fixed(raw *self, const inlay_type *type, const uint8_t *from);

static void raw_elements(raw *self, const inlay_type *element,
                         const uint8_t *from, size_t count)
{
    size_t i;

    token(self, RAW_LIST);
    for (i = 0; i < count && self->budget > 0; i++) {
        raw_fixed(self, element, from + i * element->size);
    }
    token(self, RAW_END);
}

static void raw_struct(raw *self, const inlay_struct_desc *desc,
                       const uint8_t *from)
{
    uint32_t i;

    token(self, RAW_FIELDS);
    for (i = 0; i < desc->member_count; i++) {
        const inlay_member_desc *member = &desc->members[i];

        token_name(self, RAW_NAME, member->name);
        raw_fixed(self, member->type, from + member->offset);
    }
    token(self, RAW_END);
}

static void raw_fixed(raw *self, const inlay_type *type, const uint8_t *from)
{
    switch (type->kind) {
    case INLAY_KIND_BOOL:
        token_word(self, RAW_BOOL, inlay_load_bool(from));
        break;
    case INLAY_KIND_F32:
        token_word(self, RAW_F32, inlay_load_u32(from));
        break;
    case INLAY_KIND_F64:
        token_word(self, RAW_F64, inlay_load_u64(from));
        break;
    case INLAY_KIND_ENUM:
        raw_enum(self, type->of, from);
        break;
    case INLAY_KIND_STRUCT:
        raw_struct(self, type->of, from);
        break;
    case INLAY_KIND_ARRAY:
        raw_elements(self, type->element, from, type->count);
        break;
    default:
        raw_integer(self, type->kind, from);
        break;
    }
}

/* The largest fixed value in the schemas of the tests. */
enum {
    FIXED_MAX = 4096
};

/* What a head has of it, relative to its default. */
static void raw_head(raw *self, inlay_record record,
                     const inlay_field_desc *field, const inlay_type *type)
{
    uint8_t value[FIXED_MAX];

    if (type->size <= sizeof value) {
        inlay_record_copy(record, field->offset, type->size, field->initial,
                          value);
        raw_fixed(self, type, value);
    }
}

/* What a slot has of it. */
static void raw_fixed_slice(raw *self, const inlay_type *type,
                            inlay_bytes slice)
{
    uint8_t value[FIXED_MAX];

    if (type->size <= sizeof value) {
        inlay_slice_copy(slice, value, type->size);
        raw_fixed(self, type, value);
    }
}

/* ---- Slices -------------------------------------------------------------- */

static void raw_field(raw *self, inlay_record record,
                      const inlay_field_desc *field);

static void raw_bits(raw *self, inlay_bytes slice)
{
    inlay_bool_list_view bools = inlay_bool_list_open(slice);
    size_t               i;

    token(self, RAW_LIST);
    for (i = 0; i < bools.count && self->budget > 0; i++) {
        token_word(self, RAW_BOOL, inlay_bool_list_at(bools, i));
    }
    token(self, RAW_END);
}

static inlay_list open_list(const inlay_record_desc *desc, inlay_bytes slice)
{
    return (desc->flags & INLAY_RECORD_SYNTHETIC) != 0
               ? inlay_list_open_exact(slice, desc->fixed, desc->slots, false)
               : inlay_list_open(slice, false);
}

static void raw_list(raw *self, const inlay_record_desc *desc,
                     inlay_bytes slice)
{
    inlay_list list = open_list(desc, slice);
    size_t     i;

    token(self, RAW_LIST);
    for (i = 0; i < list.count && self->budget > 0; i++) {
        inlay_record record = inlay_list_at(list, i);

        if ((desc->flags & INLAY_RECORD_SYNTHETIC) != 0) {
            raw_field(self, record, &desc->fields[0]);
        } else {
            raw_record(self, desc, record);
        }
    }
    token(self, RAW_END);
}

/* Arrays of bytes are shown as bytes where they are keys. */
static void raw_key(raw *self, inlay_record record, const inlay_field_desc *key)
{
    uint8_t     value[FIXED_MAX];
    inlay_bytes bytes = {value, key->type->size};

    if (key->type->kind == INLAY_KIND_ARRAY) {
        inlay_record_copy(record, key->offset, key->type->size, NULL, value);
        token_bytes(self, RAW_BYTES, bytes);
    } else {
        raw_field(self, record, key);
    }
}

static void raw_map(raw *self, const inlay_record_desc *desc, inlay_bytes slice)
{
    inlay_list list = open_list(desc, slice);
    size_t     i;

    token(self, RAW_MAP);
    for (i = 0; i < list.count && self->budget > 0; i++) {
        inlay_record record = inlay_list_at(list, i);

        raw_key(self, record, &desc->fields[0]);
        raw_field(self, record, &desc->fields[1]);
    }
    token(self, RAW_END);
}

static void raw_slice(raw *self, const inlay_type *type, inlay_bytes slice)
{
    switch (type->kind) {
    case INLAY_KIND_STRING:
        token_bytes(self, RAW_TEXT, slice);
        break;
    case INLAY_KIND_BYTES:
        token_bytes(self, RAW_BYTES, slice);
        break;
    case INLAY_KIND_VECTOR:
        raw_elements(self, type->element, slice.data,
                     slice.size / type->element->size);
        break;
    case INLAY_KIND_BITSET:
        raw_bits(self, slice);
        break;
    case INLAY_KIND_RECORD:
        raw_record(self, type->of, inlay_slice_record(slice, false));
        break;
    case INLAY_KIND_LIST:
        raw_list(self, type->of, slice);
        break;
    case INLAY_KIND_MAP:
        raw_map(self, type->of, slice);
        break;
    default:
        raw_fixed_slice(self, type, slice);
        break;
    }
}

static inlay_bytes field_slice(inlay_record            record,
                               const inlay_field_desc *field)
{
    inlay_bytes slice = inlay_record_slot(record, field->slot);

    return field->align == 0 ? slice : inlay_slice_aligned(slice, field->align);
}

/* ---- Fields -------------------------------------------------------------- */

static const inlay_type *inner(const inlay_type *type)
{
    return type->kind == INLAY_KIND_OPTIONAL ? type->element : type;
}

static void raw_union(raw *self, inlay_record record,
                      const inlay_field_desc *field)
{
    const inlay_union_desc *desc = inner(field->type)->of;
    inlay_union onion = inlay_record_union(record, field->offset, field->slot);

    if (onion.tag > desc->variant_count) {
        token_word(self, RAW_UNKNOWN, onion.tag);
        token_bytes(self, RAW_BYTES, onion.payload);
    } else if (onion.tag == 0) {
        token(self, RAW_ABSENT);
    } else if (desc->variants[onion.tag - 1].type == NULL) {
        token_name(self, RAW_SYMBOL, desc->variants[onion.tag - 1].name);
    } else {
        token_name(self, RAW_VARIANT, desc->variants[onion.tag - 1].name);
        raw_slice(self, desc->variants[onion.tag - 1].type, onion.payload);
    }
}

static bool is_present(inlay_record record, const inlay_field_desc *field)
{
    const inlay_type *type = inner(field->type);
    inlay_bytes       slice;

    switch (field->place) {
    case INLAY_PLACE_BIT_OPTIONAL:
    case INLAY_PLACE_FIXED_OPTIONAL:
        return inlay_record_has_fixed(record, field->present_offset,
                                      field->present_bit,
                                      field->offset + type->size);
    case INLAY_PLACE_SLOT_PRESENT:
        return inlay_record_has_slot(record, field->present_offset,
                                     field->present_bit, field->slot);
    case INLAY_PLACE_SLOT_OPTIONAL:
        slice = inlay_record_slot(record, field->slot);
        return type->kind == INLAY_KIND_RECORD ? slice.size > 0
                                               : slice.size >= type->size;
    case INLAY_PLACE_UNION:
        return inlay_record_u8(record, field->offset) != 0;
    default:
        return true;
    }
}

/* What is absent is said to be. */
static void raw_field(raw *self, inlay_record record,
                      const inlay_field_desc *field)
{
    const inlay_type *type = inner(field->type);

    if (!is_present(record, field)) {
        token(self, RAW_ABSENT);
        return;
    }
    switch (field->place) {
    case INLAY_PLACE_BIT:
    case INLAY_PLACE_BIT_OPTIONAL:
        token_word(self, RAW_BOOL,
                   inlay_record_bit(record, field->offset, field->bit) !=
                       (field->initial != NULL && field->initial[0] != 0));
        break;
    case INLAY_PLACE_FIXED:
    case INLAY_PLACE_FIXED_OPTIONAL:
        raw_head(self, record, field, type);
        break;
    case INLAY_PLACE_UNION:
        raw_union(self, record, field);
        break;
    default:
        raw_slice(self, type, field_slice(record, field));
        break;
    }
}

/* In the order of declaration, without what is absent. */
static void raw_record(raw *self, const inlay_record_desc *desc,
                       inlay_record record)
{
    uint32_t declared;
    uint32_t i;

    token(self, RAW_FIELDS);
    for (declared = 0; declared < desc->field_count; declared++) {
        for (i = 0; desc->fields[i].declared != declared; i++) {
        }
        if (self->budget > 0 && is_present(record, &desc->fields[i])) {
            token_name(self, RAW_NAME, desc->fields[i].name);
            raw_field(self, record, &desc->fields[i]);
        }
    }
    token(self, RAW_END);
}

uint64_t conformance_raw(const inlay_record_desc *desc, const void *data,
                         size_t size, uint64_t budget);

uint64_t conformance_raw(const inlay_record_desc *desc, const void *data,
                         size_t size, uint64_t budget)
{
    raw self = {0, budget};

    raw_record(&self, desc, inlay_record_open(data, size, false));
    return self.hash;
}

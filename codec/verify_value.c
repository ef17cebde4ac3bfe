// verify_value.c -- leaves: bools, bitsets, vectors of fixed values, aligned
// slices, and the order of map keys.

#include "verifier.h"

// ---- Bools ------------------------------------------------------------------

static const uint8_t *bools_bad(const uint8_t *data, uint64_t stride,
                                uint64_t count)
{
    const uint8_t *at = data;
    uint64_t       left;
    uint8_t        bits = 0;

    for (left = count; left > 0; left--) {
        bits |= *at;
        at += stride;
    }
    if (INLAY_LIKELY(bits <= 1)) {
        return NULL;
    }
    for (at = data; *at <= 1; at += stride) {
    }
    return at;
}

const uint8_t *inlay_type_bad_bool(const inlay_type *type, const uint8_t *data,
                                   uint64_t stride, uint64_t count)
{
    const inlay_struct_desc *structure;
    const inlay_member_desc *member;
    const uint8_t           *bad = NULL;
    uint32_t                 i;

    if (type->kind == INLAY_KIND_BOOL) {
        return bools_bad(data, stride, count);
    }
    if (!inlay_type_has_bool(type)) {
        return NULL;
    }
    if (type->kind == INLAY_KIND_ARRAY) {
        for (i = 0; i < type->count && bad == NULL; i++) {
            bad = inlay_type_bad_bool(type->element,
                                      data + (size_t)i * type->element->size,
                                      stride, count);
        }
        return bad;
    }
    structure = type->of;
    for (i = 0; i < structure->member_count && bad == NULL; i++) {
        member = &structure->members[i];
        bad = inlay_type_bad_bool(member->type, data + member->offset, stride,
                                  count);
    }
    return bad;
}

// ---- Vectors ----------------------------------------------------------------

bool inlay_verifier_bitset(verifier *v, block *b, uint64_t index, slice s)
{
    uint8_t unused, last;

    if (s.size == 0) {
        return true;
    }
    unused = s.data[0];
    if (s.size < 2 || unused > 7) {
        return inlay_verifier_fail_at(v, b, index, INLAY_BITSET, s.data);
    }
    last = s.data[s.size - 1];
    if (last >> (8 - unused) != 0) {
        return inlay_verifier_fail_at(v, b, index, INLAY_BITSET,
                                      s.data + s.size - 1);
    }
    return true;
}

bool inlay_verifier_vector(verifier *v, block *b, uint64_t index,
                           const inlay_type *type, slice s)
{
    uint32_t       size = type->element->size;
    const uint8_t *bad;

    if ((size & (size - 1)) == 0 ? (s.size & (size - 1)) != 0
                                 : s.size % size != 0) {
        return inlay_verifier_fail_at(v, b, index, INLAY_VECTOR_LENGTH, s.data);
    }
    if (inlay_type_has_bool(type->element)) {
        bad = inlay_type_bad_bool(type->element, s.data, size, s.size / size);
        if (bad != NULL) {
            return inlay_verifier_fail_at(v, b, index, INLAY_BOOL, bad);
        }
    }
    return true;
}

// ---- Aligned slices ---------------------------------------------------------

// Returns the first byte that is not zero, or NULL.
static const uint8_t *zeros_bad(const uint8_t *data, uint64_t size)
{
    for (; size > 0; data++, size--) {
        if (*data != 0) {
            return data;
        }
    }
    return NULL;
}

//    p:u16   p zeros   elements, at least one   align - 1 - p zeros
bool inlay_verifier_aligned(verifier *v, block *b, uint64_t index,
                            uint32_t align, slice *s)
{
    uint64_t       size = s->size, pad, rest;
    const uint8_t *bad;

    if (size == 0) {
        return true;
    }
    if (size < 2 + (uint64_t)align) {
        return inlay_verifier_fail_at(v, b, index, INLAY_ALIGNMENT, s->data);
    }
    pad = inlay_load_u16(s->data);
    if (pad >= align) {
        return inlay_verifier_fail_at(v, b, index, INLAY_ALIGNMENT, s->data);
    }
    rest = align - 1 - pad;
    bad = zeros_bad(s->data + 2, pad);
    if (bad == NULL) {
        bad = zeros_bad(s->data + (size - rest), rest);
    }
    if (bad != NULL) {
        return inlay_verifier_fail_at(v, b, index, INLAY_ALIGNMENT, bad);
    }
    s->data += 2 + pad;
    s->size = size - 1 - align;
    if (v->canonical && ((uint64_t)(s->data - v->message) & (align - 1)) != 0) {
        return inlay_verifier_fail_at(v, b, index, INLAY_NOT_CANONICAL,
                                      s->data - 2 - pad);
    }
    return true;
}

// ---- Map keys ---------------------------------------------------------------

static inlay_kind key_kind(const inlay_type *type)
{
    const inlay_enum_desc *enumeration;

    if (type->kind == INLAY_KIND_ENUM) {
        enumeration = type->of;
        return enumeration->base;
    }
    return type->kind;
}

// Loads an integer so that unsigned comparison orders it.
static inline uint64_t key_load(const uint8_t *from, uint32_t size,
                                bool is_signed)
{
    uint64_t value = inlay_load_exact(from, size);

    return is_signed ? value ^ UINT64_C(1) << (8 * size - 1) : value;
}

static bool keys_fail(verifier *v, block *b, uint64_t index, const uint8_t *at)
{
    return inlay_verifier_fail_at(v, b, index, INLAY_MAP_ORDER, at);
}

static bool keys_verify_integers(verifier *v, block *b, inlay_kind kind)
{
    const inlay_field_desc *key = &b->record->fields[0];
    const uint8_t          *from = b->heads + key->offset;
    uint32_t                size = key->type->size;
    bool     is_signed = kind >= INLAY_KIND_I8 && kind <= INLAY_KIND_I64;
    uint64_t before = key_load(from, size, is_signed), value, i;

    for (i = 1; i < b->count; i++) {
        from += b->stride;
        value = key_load(from, size, is_signed);
        if (value <= before) {
            return keys_fail(v, b, i, from);
        }
        before = value;
    }
    return true;
}

static bool keys_verify_arrays(verifier *v, block *b)
{
    const inlay_field_desc *key = &b->record->fields[0];
    const uint8_t          *from = b->heads + key->offset;
    uint64_t                i;

    for (i = 1; i < b->count; i++) {
        if (memcmp(from, from + b->stride, key->type->size) >= 0) {
            return keys_fail(v, b, i, from + b->stride);
        }
        from += b->stride;
    }
    return true;
}

// Returns whether `a` comes before `b`: as bytes, a prefix first.
static bool key_precedes(slice a, slice b)
{
    uint64_t size = a.size < b.size ? a.size : b.size;
    int      order = size == 0 ? 0 : memcmp(a.data, b.data, (size_t)size);

    return order < 0 || (order == 0 && a.size < b.size);
}

static bool keys_verify_slices(verifier *v, block *b)
{
    uint32_t slot = b->record->fields[0].slot;
    slice    before = block_slice(b, 0, slot), key;
    uint64_t i;

    for (i = 1; i < b->count; i++) {
        key = block_slice(b, i, slot);
        if (!key_precedes(before, key)) {
            return keys_fail(v, b, i, key.data);
        }
        before = key;
    }
    return true;
}

bool inlay_verifier_keys(verifier *v, block *b)
{
    inlay_kind kind = key_kind(b->record->fields[0].type);

    b->path.field = b->record->fields[0].name;
    switch (kind) {
    case INLAY_KIND_STRING:
    case INLAY_KIND_BYTES:
        return keys_verify_slices(v, b);
    case INLAY_KIND_ARRAY:
        return keys_verify_arrays(v, b);
    default:
        return keys_verify_integers(v, b, kind);
    }
}

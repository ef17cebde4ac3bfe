// verify.c -- verification by descriptor: entry points, fields, payloads.
//
// See verifier.h for the method and for what lies in the other files. The only
// recursion is block_verify -> column -> payload -> block_verify, once per
// nested block, and the depth limit ends it.

#include "verifier.h"

#include "utf8.h"

static bool block_verify(verifier *v, block *b, slice s);

// ---- Failing ----------------------------------------------------------------

bool inlay_verifier_fail(verifier *v, const inlay_path *path,
                         inlay_status status, const uint8_t *at)
{
    v->status = status;
    if (v->error != NULL) {
        v->error->status = status;
        v->error->offset = at == NULL ? 0 : (uint64_t)(at - v->message);
        v->error->line = 0;
        v->error->column = 0;
        inlay_path_write(path, v->error->path);
    }
    return false;
}

bool inlay_verifier_fail_at(verifier *v, block *b, uint64_t index,
                            inlay_status status, const uint8_t *at)
{
    if (b->vector) {
        b->path.index = index;
    }
    return inlay_verifier_fail(v, &b->path, status, at);
}

// ---- Strings ----------------------------------------------------------------

static bool text_fail(verifier *v, block *b, uint64_t index, slice s)
{
    size_t good = inlay_utf8_valid_prefix(s.data, (size_t)s.size);

    return inlay_verifier_fail_at(v, b, index, INLAY_UTF8, s.data + good);
}

// Returns whether no slot of any element starts within a character, the whole
// heap being UTF-8.
static NEVER_INLINE bool texts_start_well(const block *b)
{
    const uint8_t *end = b->heap + b->heap_size, *start;
    uint64_t       i;
    uint32_t       slot;
    bool           good = true;

    for (i = 0; i < b->count; i++) {
        for (slot = 0; slot < b->slots; slot++) {
            start = block_slice(b, i, slot).data;
            good &= start == end || (*start & 0xc0) != 0x80;
        }
    }
    return good;
}

// Looks at all strings of a block at once, all known slots being strings. A
// heap that is not UTF-8, or wrongly cut, is left to the columns, which find
// out which string it is.
static void texts_verify(block *b)
{
    inlay_utf8 verdict;

    if (b->slots > b->record->slots) {
        return; // a later revision's, who knows of what
    }
    verdict = inlay_utf8_look(b->heap, b->heap_size);
    b->texts_verified = verdict == INLAY_UTF8_ASCII ||
                        (verdict == INLAY_UTF8_MIXED && texts_start_well(b));
}

static bool column_verify_texts(verifier *v, block *b, uint32_t slot)
{
    slice    s;
    uint64_t i;

    if (b->texts_verified || inlay_column_ascii(b, slot)) {
        return true;
    }
    for (i = 0; i < b->count; i++) {
        s = block_slice(b, i, slot);
        if (inlay_utf8_look(s.data, s.size) == INLAY_UTF8_BAD) {
            return text_fail(v, b, i, s);
        }
    }
    return true;
}

// ---- Payloads ---------------------------------------------------------------

// What a slice is the value of.
typedef enum role {
    ROLE_REQUIRED, // a field that is not optional, a map's value
    ROLE_OPTIONAL, // empty where absent
    ROLE_VARIANT
} role;

// Returns whether a single block holds nothing but defaults.
static bool block_is_default(const block *b)
{
    uint64_t i;

    for (i = 0; i < b->stride; i++) {
        if (b->heads[i] != 0) {
            return false;
        }
    }
    return b->heap_size == 0;
}

// Returns whether blocks of a record are leaves: see inlay_leaf_passes.
static bool record_is_leaf(const inlay_record_desc *record)
{
    uint32_t mask = INLAY_RECORD_STRINGS | INLAY_RECORD_CHECKED;
    uint32_t synthetic = INLAY_RECORD_SYNTHETIC;

    return (record->flags & mask) == INLAY_RECORD_STRINGS &&
           record->slots == 1 && record->fixed < 255 &&
           ((record->flags & synthetic) == 0 ||
            (record->field_count < 2 && record->spare_mask == 0));
}

// What all blocks in a slot have in common.
static void nested_prepare(const verifier *v, block *b, const block *around,
                           const inlay_type *type)
{
    b->record = type->of;
    b->depth = around->depth + 1;
    b->vector = type->kind != INLAY_KIND_RECORD;
    b->path.parent = &around->path;
    b->leaf = !v->canonical && b->depth <= v->depth_limit &&
              record_is_leaf(b->record);
}

// Verifies a block that is not the empty slice, in element `index` of the block
// `around`.
static inline bool nested_verify(verifier *v, block *b, block *around,
                                 uint64_t index, slice s, role r)
{
    if (b->leaf && inlay_leaf_passes(b->record, s, b->vector)) {
        return true;
    }
    around->path.index = around->vector ? index : INLAY_PATH_NO_INDEX;
    if (!block_verify(v, b, s)) {
        return false;
    }
    if (v->canonical && !b->vector && r != ROLE_OPTIONAL &&
        block_is_default(b)) {
        return inlay_verifier_fail(v, &around->path, INLAY_NOT_CANONICAL,
                                   s.data);
    }
    return true;
}

static bool slice_verify_nested(verifier *v, block *around, uint64_t index,
                                const inlay_type *type, slice s, role r)
{
    block b;

    if (s.size == 0) {
        return true;
    }
    nested_prepare(v, &b, around, type);
    return nested_verify(v, &b, around, index, s, r);
}

// Verifies a fixed value that fills its slice.
static bool fixed_verify(verifier *v, block *b, uint64_t index,
                         const inlay_type *type, slice s, role r)
{
    const uint8_t *bad;

    if (s.size == 0 && r == ROLE_OPTIONAL) {
        return true;
    }
    if (s.size != type->size) {
        return inlay_verifier_fail_at(v, b, index, INLAY_PAYLOAD, s.data);
    }
    bad = inlay_type_bad_bool(type, s.data, 0, 1);
    if (bad != NULL) {
        return inlay_verifier_fail_at(v, b, index, INLAY_BOOL, bad);
    }
    return true;
}

// Verifies one slice of any type.
static bool slice_verify(verifier *v, block *b, uint64_t index,
                         const inlay_type *type, slice s, role r)
{
    switch (type->kind) {
    case INLAY_KIND_STRING:
        return inlay_utf8_look(s.data, s.size) != INLAY_UTF8_BAD ||
               text_fail(v, b, index, s);
    case INLAY_KIND_BYTES:
        return true;
    case INLAY_KIND_VECTOR:
        return inlay_verifier_vector(v, b, index, type, s);
    case INLAY_KIND_BITSET:
        return inlay_verifier_bitset(v, b, index, s);
    case INLAY_KIND_RECORD:
    case INLAY_KIND_LIST:
    case INLAY_KIND_MAP:
        return slice_verify_nested(v, b, index, type, s, r);
    default:
        return fixed_verify(v, b, index, type, s, r);
    }
}

// ---- Columns: slots ---------------------------------------------------------

static bool column_verify_aligned(verifier *v, block *b,
                                  const inlay_field_desc *field,
                                  const inlay_type       *type)
{
    slice    s;
    uint64_t i;

    for (i = 0; i < b->count; i++) {
        s = block_slice(b, i, field->slot);
        if (!inlay_verifier_aligned(v, b, i, field->align, &s) ||
            !slice_verify(v, b, i, type, s, ROLE_REQUIRED)) {
            return false;
        }
    }
    return true;
}

static bool kind_nests(inlay_kind kind)
{
    return kind == INLAY_KIND_RECORD || kind == INLAY_KIND_LIST ||
           kind == INLAY_KIND_MAP;
}

static bool column_verify_nested(verifier *v, block *around, uint32_t slot,
                                 const inlay_type *type, role r)
{
    slot_walk walk;
    slice     s;
    uint64_t  i;
    block     b;

    nested_prepare(v, &b, around, type);
    if (!around->vector) {
        s = block_lone_slice(around, slot);
        return s.size == 0 || nested_verify(v, &b, around, 0, s, r);
    }
    if (!around->wide) {
        for (i = 0; i < around->count; i++) {
            s = block_slice(around, i, slot);
            if (s.size > 0 && !nested_verify(v, &b, around, i, s, r)) {
                return false;
            }
        }
        return true;
    }
    walk = slot_walk_start(around, slot);
    for (i = 0; i < around->count; i++) {
        s = slot_walk_next(&walk, around);
        if (s.size > 0 && !nested_verify(v, &b, around, i, s, r)) {
            return false;
        }
    }
    return true;
}

// Returns whether a glance shows that all slices of a slot are well.
static bool column_passes(const block *b, const inlay_type *type, uint32_t slot)
{
    uint32_t size;

    switch (type->kind) {
    case INLAY_KIND_BYTES:
        return true;
    case INLAY_KIND_BITSET:
        return inlay_column_bitsets(b, slot);
    case INLAY_KIND_VECTOR:
        size = type->element->size;
        return (size & (size - 1)) == 0 &&
               !inlay_type_has_bool(type->element) &&
               inlay_column_lengths(b, slot, size);
    default:
        return false;
    }
}

static bool column_verify_slices(verifier *v, block *b,
                                 const inlay_field_desc *field)
{
    const inlay_type *type = field->type;
    role              r = ROLE_REQUIRED;
    uint64_t          i;

    if (field->slot >= b->slots) {
        return true;
    }
    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
        r = ROLE_OPTIONAL;
    }
    if (field->align != 0) {
        return column_verify_aligned(v, b, field, type);
    }
    if (type->kind == INLAY_KIND_STRING) {
        return column_verify_texts(v, b, field->slot);
    }
    if (kind_nests(type->kind)) {
        return column_verify_nested(v, b, field->slot, type, r);
    }
    if (column_passes(b, type, field->slot)) {
        return true;
    }
    for (i = 0; i < b->count; i++) {
        if (!slice_verify(v, b, i, type, block_slice(b, i, field->slot), r)) {
            return false;
        }
    }
    return true;
}

// The slot of an optional whose presence is a bit: only a value that is present
// may have bytes.
static bool column_verify_present(verifier *v, block *b,
                                  const inlay_field_desc *field)
{
    bool     inside = field->slot < b->slots, present;
    slice    s;
    uint64_t i;

    if (!inside && field->present_offset >= b->fixed) {
        return true;
    }
    if (inside && inlay_column_presence(b, field)) {
        return column_verify_slices(v, b, field);
    }
    for (i = 0; i < b->count; i++) {
        present = block_bit(b, i, field->present_offset, field->present_bit);
        if (!inside) {
            if (present) {
                return inlay_verifier_fail_at(v, b, i, INLAY_PRESENCE,
                                              block_head(b, i) +
                                                  field->present_offset);
            }
            continue;
        }
        s = block_slice(b, i, field->slot);
        if (!present && s.size > 0) {
            return inlay_verifier_fail_at(v, b, i, INLAY_ABSENT_VALUE, s.data);
        }
    }
    return column_verify_slices(v, b, field);
}

// ---- Columns: unions --------------------------------------------------------

static bool payload_verify(verifier *v, block *b, uint64_t index,
                           const inlay_union_desc *onion, uint8_t tag, slice s)
{
    const inlay_variant_desc *variant;
    bool                      good;

    if (tag > onion->variant_count) {
        return !v->canonical ||
               inlay_verifier_fail_at(v, b, index, INLAY_NOT_CANONICAL, s.data);
    }
    variant = tag == 0 ? NULL : &onion->variants[tag - 1];
    if (variant == NULL || variant->type == NULL) {
        return s.size == 0 ||
               inlay_verifier_fail_at(v, b, index, INLAY_PAYLOAD, s.data);
    }
    b->path.variant = variant->name;
    good = slice_verify(v, b, index, variant->type, s, ROLE_VARIANT);
    b->path.variant = NULL;
    return good;
}

static bool column_verify_union(verifier *v, block *b,
                                const inlay_field_desc *field)
{
    const inlay_type *type = field->type;
    const uint8_t    *tag;
    uint64_t          i;

    if (field->offset >= b->fixed) {
        return true;
    }
    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
    }
    for (i = 0; i < b->count; i++) {
        tag = block_head(b, i) + field->offset;
        if (field->slot >= b->slots) {
            if (*tag != 0) {
                return inlay_verifier_fail_at(v, b, i, INLAY_PRESENCE, tag);
            }
        } else if (!payload_verify(v, b, i, type->of, *tag,
                                   block_slice(b, i, field->slot))) {
            return false;
        }
    }
    return true;
}

// ---- Blocks -----------------------------------------------------------------

ALWAYS_INLINE bool column_verify(verifier *v, block *b,
                                 const inlay_field_desc *field)
{
    switch (field->place) {
    case INLAY_PLACE_BIT:
        return true;
    case INLAY_PLACE_BIT_OPTIONAL:
        return inlay_verifier_optional_bit(v, b, field);
    case INLAY_PLACE_FIXED:
        return inlay_verifier_fixed(v, b, field);
    case INLAY_PLACE_FIXED_OPTIONAL:
        return inlay_verifier_optional(v, b, field);
    case INLAY_PLACE_SLOT:
    case INLAY_PLACE_SLOT_OPTIONAL:
        return column_verify_slices(v, b, field) &&
               (field->max == 0 || inlay_verifier_limit(v, b, field));
    case INLAY_PLACE_SLOT_PRESENT:
        return column_verify_present(v, b, field) &&
               (field->max == 0 || inlay_verifier_limit(v, b, field));
    case INLAY_PLACE_UNION:
        return column_verify_union(v, b, field);
    }
    return true;
}

// Returns whether a fixed value's bytes are good whatever they are.
static inline bool type_is_free(const inlay_type *type)
{
    return type->kind < INLAY_KIND_STRUCT ? type->kind != INLAY_KIND_BOOL
                                          : !inlay_type_has_bool(type);
}

// Returns whether a field's are.
static inline bool field_is_free(const block *b, const inlay_field_desc *field)
{
    if (field->place == INLAY_PLACE_BIT) {
        return true;
    }
    if (field->place == INLAY_PLACE_FIXED) {
        return type_is_free(field->type);
    }
    return b->texts_verified && field->place == INLAY_PLACE_SLOT &&
           field->type->kind == INLAY_KIND_STRING && field->max == 0;
}

// ---- Blocks: a single one ---------------------------------------------------

// A single block of the record as it is now has one slice per slot, and they
// lie in the order of the fields: one walk over both looks at everything, and
// most slices of a record with many optional fields are empty.
typedef struct lone_walk {
    const uint8_t *split; // the end of the next slice
    uint64_t       start; // in the heap
    uint32_t       left;  // slots
} lone_walk;

static bool lone_is_current(const block *b)
{
    return !b->vector && b->wide && b->slots == b->record->slots &&
           b->fixed == b->record->fixed;
}

static inline slice lone_next(lone_walk *w, const block *b)
{
    uint64_t end = b->heap_size;
    slice    s;

    if (--w->left > 0) {
        end = inlay_load_u64(w->split) & b->split_mask;
        w->split += b->split_width;
    }
    s.data = b->heap + w->start;
    s.size = end - w->start;
    w->start = end;
    return s;
}

static inline bool lone_bit(const block *b, uint32_t offset, uint8_t bit)
{
    return (b->heads[offset] >> bit & 1) != 0;
}

static inline bool lone_present(const block *b, const inlay_field_desc *field)
{
    return lone_bit(b, field->present_offset, field->present_bit);
}

// Returns whether a glance at its bytes shows that a field of the head is well.
static inline bool lone_head_passes(const block            *b,
                                    const inlay_field_desc *field)
{
    const inlay_type *type = field->type;

    switch (field->place) {
    case INLAY_PLACE_BIT:
        return true;
    case INLAY_PLACE_FIXED:
        return type_is_free(type);
    case INLAY_PLACE_BIT_OPTIONAL:
        return lone_present(b, field) || !lone_bit(b, field->offset, field->bit);
    default:
        type = type->element;
        return type->kind < INLAY_KIND_STRUCT && type_is_free(type) &&
               (lone_present(b, field) ||
                inlay_load_exact(b->heads + field->offset, type->size) == 0);
    }
}

// Returns whether the numbers of a vector may be any, if only they are whole.
static inline bool vector_passes(const inlay_type *element, slice s)
{
    return type_is_free(element) && s.size % element->size == 0;
}

static inline bool text_passes(const block *b, slice s)
{
    return b->texts_verified || inlay_utf8_short_ascii(s.data, s.size) ||
           inlay_utf8_look(s.data, s.size) != INLAY_UTF8_BAD;
}

// Verifies a field by its slice, unless that takes all that columns look at;
// sets `done` to whether it did not.
static inline bool lone_slice_verify(verifier *v, block *b,
                                     const inlay_field_desc *field, slice s,
                                     bool *done)
{
    const inlay_type *type = field->type;
    role              r = ROLE_REQUIRED;
    block             nested;

    *done = true;
    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
        r = ROLE_OPTIONAL;
    }
    if (s.size == 0 && type->kind >= INLAY_KIND_STRING) {
        return true;
    }
    if (field->max == 0 && field->align == 0 &&
        (field->place != INLAY_PLACE_SLOT_PRESENT || lone_present(b, field))) {
        switch (type->kind) {
        case INLAY_KIND_BYTES:
            return true;
        case INLAY_KIND_STRING:
            *done = text_passes(b, s);
            return true;
        case INLAY_KIND_VECTOR:
            *done = vector_passes(type->element, s);
            return true;
        case INLAY_KIND_RECORD:
        case INLAY_KIND_LIST:
        case INLAY_KIND_MAP:
            nested_prepare(v, &nested, b, type);
            b->path.field = inlay_path_field(b->record, field);
            return nested_verify(v, &nested, b, 0, s, r);
        default:
            break;
        }
    }
    *done = false;
    return true;
}

// What a glance does not show.
static NEVER_INLINE bool lone_look(verifier *v, block *b,
                                   const inlay_field_desc *field)
{
    b->path.field = inlay_path_field(b->record, field);
    return column_verify(v, b, field);
}

static NEVER_INLINE bool lone_verify(verifier *v, block *b)
{
    const inlay_record_desc *record = b->record;
    const inlay_field_desc  *field = record->fields;
    lone_walk                walk = {b->heads + b->fixed, 0, b->slots};
    uint32_t                 left;
    bool                     done;

    for (left = record->field_count; left > 0; left--, field++) {
        if (field->place < INLAY_PLACE_SLOT) {
            done = lone_head_passes(b, field);
        } else {
            slice s = lone_next(&walk, b);

            done = false;
            if (field->place != INLAY_PLACE_UNION &&
                !lone_slice_verify(v, b, field, s, &done)) {
                return false;
            }
        }
        if (!done && !lone_look(v, b, field)) {
            return false;
        }
    }
    return true;
}

// ---- Blocks: any ------------------------------------------------------------

static NEVER_INLINE bool columns_verify(verifier *v, block *b)
{
    const inlay_record_desc *record = b->record;
    const inlay_field_desc  *field = record->fields;
    uint32_t                 left;

    for (left = record->field_count; left > 0; left--, field++) {
        if (field_is_free(b, field)) {
            continue;
        }
        b->path.field = inlay_path_field(record, field);
        if (!column_verify(v, b, field)) {
            return false;
        }
    }
    return true;
}

// Verifies the block that fills `s`; `b` is as inlay_verifier_open wants it.
static bool block_verify(verifier *v, block *b, slice s)
{
    const inlay_record_desc *record = b->record;
    uint32_t                 flags = record->flags;
    bool                     synthetic = (flags & INLAY_RECORD_SYNTHETIC) != 0;

    if (!inlay_verifier_open(v, b, s)) {
        return false;
    }
    if (b->slots + b->vector > 1 && b->slots > 0 &&
        !inlay_verifier_shares(v, b)) {
        return false;
    }
    if (record->spare_mask != 0 && (synthetic || v->canonical) &&
        !inlay_verifier_spares(v, b)) {
        return false;
    }
    if ((flags & INLAY_RECORD_STRINGS) != 0) {
        texts_verify(b);
    }
    if (!b->texts_verified || (flags & INLAY_RECORD_CHECKED) != 0) {
        if (lone_is_current(b) ? !lone_verify(v, b) : !columns_verify(v, b)) {
            return false;
        }
    }
    return !synthetic || record->field_count < 2 || inlay_verifier_keys(v, b);
}

// ---- Entry points -----------------------------------------------------------

inlay_status inlay_verify_with(const inlay_record_desc *desc, const void *data,
                               size_t size, const inlay_verify_options *options,
                               inlay_error *error)
{
    verifier v = {data, error, INLAY_OK, INLAY_DEPTH_LIMIT, false};
    slice    s = {data, size};
    block    b;

    if (options != NULL) {
        v.canonical = options->canonical;
        if (options->depth_limit != 0) {
            v.depth_limit = options->depth_limit;
        }
    }
    b.record = desc;
    b.depth = 1;
    b.vector = false;
    b.path.parent = NULL;
    return block_verify(&v, &b, s) ? INLAY_OK : v.status;
}

inlay_status inlay_verify(const inlay_record_desc *desc, const void *data,
                          size_t size, inlay_error *error)
{
    return inlay_verify_with(desc, data, size, NULL, error);
}

inlay_status inlay_verify_canonical(const inlay_record_desc *desc,
                                    const void *data, size_t size,
                                    inlay_error *error)
{
    static const inlay_verify_options canonical = {0, true};

    return inlay_verify_with(desc, data, size, &canonical, error);
}

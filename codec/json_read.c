// json_read.c -- JSON as a message; see json.h and FORMAT.md, section 9.
//
// Values become blocks by descriptor (tree.h); recursion is bounded by the
// nesting of the text, which json_parse bounds. What a slice holds is not
// copied if it lies in the text as it will on the wire.
#include <string.h>

#include <inlay/json.h>

#include "json_reader.h"

// ---- Fixed values -----------------------------------------------------------

static const char *member_name(const void *desc, uint32_t index)
{
    return ((const inlay_struct_desc *)desc)->members[index].name;
}

// An unknown name, and everything below it, is skipped where that is allowed.
static bool skip_unknown(json_reader *self, const json_at *at,
                         const json_value *name)
{
    json_at here = inlay_json_at_name(at, name->text);

    if (!self->allow_unknown) {
        return inlay_json_fail(self, INLAY_JSON_NAME, &here, name);
    }
    return inlay_json_check_names_deep(self, &here, name->next);
}

// What an object's names look for. Names that come in the order of the parts
// can't be repeated, and only others cost a sort.
typedef struct member_search {
    const void    *desc;
    json_name_get *get;
    uint32_t       count;
    uint32_t       next;   // the index after the last one that was found
    bool           sorted; // so far
} member_search;

static uint32_t search_find(json_reader *self, member_search *search,
                            inlay_str name)
{
    uint32_t index = inlay_json_find(self, search->desc, search->get,
                                     search->count, name, search->next);

    search->sorted =
        search->sorted && index >= search->next && index < search->count;
    search->next = index < search->count ? index + 1 : search->next;
    return index;
}

static bool search_end(json_reader *self, const member_search *search,
                       const json_at *at, const json_value *object)
{
    return search->sorted || inlay_json_check_names(self, at, object);
}

static bool read_struct(json_reader *self, const json_at *at,
                        const inlay_struct_desc *desc, const json_value *value,
                        uint8_t *to)
{
    member_search     search = {desc, member_name, desc->member_count, 0, true};
    const json_value *name;

    if (value->kind != JSON_OBJECT) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    for (name = value->first; name != NULL; name = name->next->next) {
        json_at  here = inlay_json_at_name(at, name->text);
        uint32_t index = search_find(self, &search, name->text);
        bool     good;

        if (index == desc->member_count) {
            good = skip_unknown(self, at, name);
        } else {
            good =
                inlay_json_fixed(self, &here, desc->members[index].type,
                                 name->next, to + desc->members[index].offset);
        }
        if (!good) {
            return false;
        }
    }
    return search_end(self, &search, at, value);
}

// Reads the elements of an array or a vector, back to back.
static bool read_elements(json_reader *self, const json_at *at,
                          const inlay_type *element, const json_value *array,
                          uint8_t *to)
{
    const json_value *value = array->first;
    uint64_t          i;

    for (i = 0; value != NULL; value = value->next, i++) {
        json_at here = inlay_json_at_index(at, i);

        if (!inlay_json_fixed(self, &here, element, value, to)) {
            return false;
        }
        to += element->size;
    }
    return true;
}

bool inlay_json_fixed(json_reader *self, const json_at *at,
                      const inlay_type *type, const json_value *value,
                      uint8_t *to)
{
    if (type->kind == INLAY_KIND_STRUCT) {
        return read_struct(self, at, type->of, value, to);
    }
    if (type->kind != INLAY_KIND_ARRAY) {
        return inlay_json_scalar(self, at, type, value, to);
    }
    if (value->kind != JSON_ARRAY) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if (value->count != type->count) {
        return inlay_json_fail(self, INLAY_JSON_RANGE, at, value);
    }
    return read_elements(self, at, type->element, value, to);
}

// ---- Slices -----------------------------------------------------------------

static const char *field_name(const void *desc, uint32_t index)
{
    return ((const inlay_record_desc *)desc)->fields[index].name;
}

// Reads an object's members into the head and slices of one element.
static bool read_members(json_reader *self, const json_at *at,
                         const inlay_record_desc *desc, const json_value *value,
                         uint8_t *head, inlay_tree_slice *slices)
{
    member_search     search = {desc, field_name, desc->field_count, 0, true};
    const json_value *name;

    if (value->kind != JSON_OBJECT) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    for (name = value->first; name != NULL; name = name->next->next) {
        json_at  here = inlay_json_at_name(at, name->text);
        uint32_t index = search_find(self, &search, name->text);
        bool     good;

        if (index == desc->field_count) {
            good = skip_unknown(self, at, name);
        } else {
            good = inlay_json_field(self, &here, &desc->fields[index],
                                    name->next, head, slices);
        }
        if (!good) {
            return false;
        }
    }
    return search_end(self, &search, at, value);
}

// Reads a record's block. Where the record is required, the empty slice stands
// for a block of defaults; only a block that stays counts as a level.
static bool read_record(json_reader *self, const json_at *at,
                        const inlay_record_desc *desc, bool required,
                        const json_value *value, inlay_tree_slice *slice)
{
    inlay_tree *block =
        inlay_tree_single(&self->pool, desc->fixed, desc->slots);
    json_at inside = *at;

    if (block == NULL) {
        return inlay_json_fail_memory(self);
    }
    inside.blocks++;
    if (!read_members(self, &inside, desc, value, block->heads,
                      block->slices)) {
        return false;
    }
    if (required && inlay_tree_is_default(block)) {
        return true;
    }
    if (inside.blocks > INLAY_TREE_DEPTH_MAX) {
        return inlay_json_fail(self, INLAY_TOO_DEEP, at, value);
    }
    slice->block = block;
    return true;
}

static bool read_vector(json_reader *self, const json_at *at,
                        const inlay_type *element, const json_value *value,
                        inlay_tree_slice *slice)
{
    uint8_t *to = inlay_pool_take(&self->pool, value->count, element->size);

    if (to == NULL) {
        return inlay_json_fail_memory(self);
    }
    slice->bytes = to;
    slice->size = (uint64_t)value->count * element->size;
    return read_elements(self, at, element, value, to);
}

// A count of unused bits, then the bits, least significant first.
static bool read_bitset(json_reader *self, const json_at *at,
                        const json_value *array, inlay_tree_slice *slice)
{
    const json_value *value = array->first;
    size_t            size = array->count / 8 + (array->count % 8 != 0);
    size_t            i;
    uint8_t          *to;

    if (size == 0) {
        return true;
    }
    to = inlay_pool_take(&self->pool, size + 1, 1);
    if (to == NULL) {
        return inlay_json_fail_memory(self);
    }
    to[0] = (uint8_t)(size * 8 - array->count);
    for (i = 0; value != NULL; value = value->next, i++) {
        if (value->kind != JSON_TRUE && value->kind != JSON_FALSE) {
            json_at here = inlay_json_at_index(at, i);

            return inlay_json_fail(self, INLAY_JSON_TYPE, &here, value);
        }
        to[1 + i / 8] |=
            (uint8_t)((value->kind == JSON_TRUE ? 1u : 0u) << i % 8);
    }
    slice->bytes = to;
    slice->size = size + 1;
    return true;
}

// A list of records, or of the synthetic record { value: X }.
static bool read_list(json_reader *self, const json_at *at,
                      const inlay_record_desc *record, const json_value *array,
                      inlay_tree_slice *slice)
{
    bool              synthetic = (record->flags & INLAY_RECORD_SYNTHETIC) != 0;
    const json_value *value = array->first;
    json_at           inside = *at;
    size_t            i;

    if (array->count == 0) {
        return true;
    }
    inside.blocks++;
    if (inside.blocks > INLAY_TREE_DEPTH_MAX) {
        return inlay_json_fail(self, INLAY_TOO_DEEP, at, array);
    }
    slice->block = inlay_tree_vector(&self->pool, record->fixed, record->slots,
                                     array->count);
    if (slice->block == NULL) {
        return inlay_json_fail_memory(self);
    }
    for (i = 0; value != NULL; value = value->next, i++) {
        json_at           here = inlay_json_at_index(&inside, i);
        uint8_t          *head = inlay_tree_head(slice->block, i);
        inlay_tree_slice *slices = inlay_tree_slices(slice->block, i);
        bool              good;

        if (synthetic) {
            good = inlay_json_field(self, &here, &record->fields[0], value,
                                    head, slices);
        } else {
            good = read_members(self, &here, record, value, head, slices);
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

// Reads string and bytes; nothing is copied but what had escapes.
static bool read_text(json_reader *self, const json_at *at,
                      const inlay_type *type, const json_value *value,
                      inlay_tree_slice *slice)
{
    inlay_bytes bytes = {(const uint8_t *)value->text.data, value->text.size};

    if (value->kind != JSON_STRING) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if (type->kind == INLAY_KIND_BYTES &&
        !inlay_json_base64(self, at, value, &bytes)) {
        return false;
    }
    slice->bytes = bytes.data;
    slice->size = bytes.size;
    return true;
}

// A fixed value that a slot holds.
static bool read_fixed_slice(json_reader *self, const json_at *at,
                             const inlay_type *type, const json_value *value,
                             inlay_tree_slice *slice)
{
    uint8_t *to = inlay_pool_take(&self->pool, 1, type->size);

    if (to == NULL) {
        return inlay_json_fail_memory(self);
    }
    slice->bytes = to;
    slice->size = type->size;
    return inlay_json_fixed(self, at, type, value, to);
}

// Reads what a slot holds. `required`: a record may be the empty slice.
static bool read_slice(json_reader *self, const json_at *at,
                       const inlay_type *type, bool required,
                       const json_value *value, inlay_tree_slice *slice)
{
    bool array = type->kind == INLAY_KIND_VECTOR ||
                 type->kind == INLAY_KIND_BITSET ||
                 type->kind == INLAY_KIND_LIST;

    if (array && value->kind != JSON_ARRAY) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    switch (type->kind) {
    case INLAY_KIND_STRING:
    case INLAY_KIND_BYTES:
        return read_text(self, at, type, value, slice);
    case INLAY_KIND_VECTOR:
        return read_vector(self, at, type->element, value, slice);
    case INLAY_KIND_BITSET:
        return read_bitset(self, at, value, slice);
    case INLAY_KIND_RECORD:
        return read_record(self, at, type->of, required, value, slice);
    case INLAY_KIND_LIST:
        return read_list(self, at, type->of, value, slice);
    case INLAY_KIND_MAP:
        return inlay_json_map(self, at, type, value, slice);
    default:
        return read_fixed_slice(self, at, type, value, slice);
    }
}

// ---- Unions -----------------------------------------------------------------

static const char *variant_name(const void *desc, uint32_t index)
{
    return ((const inlay_union_desc *)desc)->variants[index].name;
}

// Reads {"?7": "base64"}, whose tag must be beyond the known ones.
static bool read_unknown_variant(json_reader *self, const json_at *at,
                                 const inlay_union_desc *desc,
                                 const json_value *name, uint8_t *tag,
                                 inlay_tree_slice *slice)
{
    inlay_str   digits = {name->text.data + 1, name->text.size - 1};
    uint64_t    number;
    inlay_bytes bytes;

    if (inlay_json_integer(INLAY_KIND_U8, digits, &number) != INLAY_OK ||
        digits.data[0] == '-' || number <= desc->variant_count) {
        return inlay_json_fail(self, INLAY_JSON_RANGE, at, name);
    }
    if (!inlay_json_base64(self, at, name->next, &bytes)) {
        return false;
    }
    *tag = (uint8_t)number;
    slice->bytes = bytes.data;
    slice->size = bytes.size;
    return true;
}

// Reads "variant" or {"variant": value}.
static bool read_union(json_reader *self, const json_at *at,
                       const inlay_union_desc *desc, const json_value *value,
                       uint8_t *tag, inlay_tree_slice *slice)
{
    bool              typed = value->kind == JSON_OBJECT;
    const json_value *name = typed ? value->first : value;
    const inlay_type *type;
    json_at           here;
    uint32_t          index;

    if ((!typed && value->kind != JSON_STRING) ||
        (typed && value->count != 1)) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    here = inlay_json_at_name(at, name->text);
    if (typed && name->text.size > 0 && name->text.data[0] == '?') {
        return read_unknown_variant(self, &here, desc, name, tag, slice);
    }
    index = inlay_json_find(self, desc, variant_name, desc->variant_count,
                            name->text, 0);
    if (index == desc->variant_count) {
        return inlay_json_fail(self, INLAY_JSON_NAME, &here, name);
    }
    type = desc->variants[index].type;
    if (typed != (type != NULL)) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, &here, name);
    }
    *tag = (uint8_t)(index + 1);
    return !typed || read_slice(self, &here, type, true, name->next, slice);
}

// ---- Fields -----------------------------------------------------------------

static bool read_bit(json_reader *self, const json_at *at,
                     const inlay_field_desc *field, const json_value *value,
                     uint8_t *head)
{
    bool initial = field->initial != NULL && field->initial[0] != 0;

    if (value->kind != JSON_TRUE && value->kind != JSON_FALSE) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if ((value->kind == JSON_TRUE) != initial) {
        head[field->offset] |= (uint8_t)(1u << field->bit);
    }
    return true;
}

static bool read_required(json_reader *self, const json_at *at,
                          const inlay_field_desc *field,
                          const json_value *value, uint8_t *head)
{
    uint8_t *to = head + field->offset;
    uint32_t i;

    if (!inlay_json_fixed(self, at, field->type, value, to)) {
        return false;
    }
    for (i = 0; field->initial != NULL && i < field->type->size; i++) {
        to[i] ^= field->initial[i];
    }
    return true;
}

// Fails when a value that was read is longer than the field's @max.
static bool check_max(json_reader *self, const json_at *at, uint32_t max,
                      const json_value *value, const inlay_tree_slice *slice)
{
    uint64_t length = value->kind == JSON_STRING ? slice->size : value->count;

    return max == 0 || length <= max ||
           inlay_json_fail(self, INLAY_TOO_LONG, at, value);
}

bool inlay_json_field(json_reader *self, const json_at *at,
                      const inlay_field_desc *field, const json_value *value,
                      uint8_t *head, inlay_tree_slice *slices)
{
    bool              optional = field->type->kind == INLAY_KIND_OPTIONAL;
    const inlay_type *type = optional ? field->type->element : field->type;
    inlay_tree_slice *slice = NULL;

    if (value->kind == JSON_NULL &&
        (optional || field->place == INLAY_PLACE_UNION)) {
        return true;
    }
    if (field->place >= INLAY_PLACE_SLOT) {
        slice = &slices[field->slot];
        slice->align = field->align;
    }
    if (field->place == INLAY_PLACE_BIT_OPTIONAL ||
        field->place == INLAY_PLACE_FIXED_OPTIONAL ||
        field->place == INLAY_PLACE_SLOT_PRESENT) {
        head[field->present_offset] |= (uint8_t)(1u << field->present_bit);
    }
    switch (field->place) {
    case INLAY_PLACE_BIT:
    case INLAY_PLACE_BIT_OPTIONAL:
        return read_bit(self, at, field, value, head);
    case INLAY_PLACE_FIXED:
        return read_required(self, at, field, value, head);
    case INLAY_PLACE_FIXED_OPTIONAL:
        return inlay_json_fixed(self, at, type, value, head + field->offset);
    case INLAY_PLACE_UNION:
        return read_union(self, at, type->of, value, head + field->offset,
                          slice);
    default:
        return read_slice(self, at, type, !optional, value, slice) &&
               check_max(self, at, field->max, value, slice);
    }
}

// ---- Entry ------------------------------------------------------------------

// Reads the root, which is a block even when it is all defaults.
static bool reader_run(json_reader *self, const inlay_record_desc *record,
                       inlay_tree **root)
{
    json_at      at = {.step = JSON_STEP_ROOT, .blocks = 0};
    json_failure failure;
    json_value  *value =
        inlay_json_parse(self->json, self->size, &self->pool, &failure);
    inlay_tree_slice slice = {0};

    if (value == NULL) {
        return failure.status == INLAY_OUT_OF_MEMORY
                   ? inlay_json_fail_memory(self)
                   : inlay_json_fail_at(self, failure.status, NULL,
                                        failure.offset);
    }
    if (!read_record(self, &at, record, false, value, &slice)) {
        return false;
    }
    *root = slice.block;
    self->status = inlay_tree_measure(slice.block);
    if (self->status != INLAY_OK) {
        return inlay_json_fail(self, self->status, &at, value);
    }
    return true;
}

// Appends the message; nothing is kept of it when memory runs out.
static bool reader_emit(json_reader *self, const inlay_tree *root,
                        inlay_buffer *out)
{
    uint8_t *to = inlay_buffer_reserve(out, (size_t)root->size);

    if (to == NULL) {
        return inlay_json_fail_memory(self);
    }
    inlay_tree_write(root, to);
    out->size += (size_t)root->size;
    return true;
}

inlay_status inlay_json_read(const inlay_record_desc *record, const char *json,
                             size_t size, const inlay_json_options *options,
                             inlay_buffer *out, inlay_error *error)
{
    const inlay_json_options defaults = {0};
    json_reader              self = {.status = INLAY_OK};
    inlay_tree              *root = NULL;

    if (options == NULL) {
        options = &defaults;
    }
    self.json = json;
    self.size = size;
    self.error = error;
    self.allow_unknown = options->allow_unknown;
    inlay_pool_init(&self.pool, options->alloc);
    if (reader_run(&self, record, &root)) {
        (void)reader_emit(&self, root, out);
    }
    inlay_pool_release(&self.pool);
    return self.status;
}

// read_records.c -- the records and unions of a description; see reader.h.
#include "codec/describe/reader.h"

#include <string.h>

#include "codec/describe/layout.h"
#include "codec/verifier.h"

enum {
    VARIANTS_MAX = 255,
    ALIGN_MIN = 2,
    ALIGN_MAX = 4096,
    SPARSE_SIZE_MAX = 8
};

// ---- Records ----------------------------------------------------------------

static const inlay_type *type_inner(const inlay_type *type)
{
    return type->kind == INLAY_KIND_OPTIONAL ? type->element : type;
}

static bool kind_has_length(inlay_kind kind)
{
    return kind == INLAY_KIND_STRING || kind == INLAY_KIND_BYTES ||
           kind == INLAY_KIND_VECTOR || kind == INLAY_KIND_BITSET ||
           kind == INLAY_KIND_LIST || kind == INLAY_KIND_MAP;
}

static bool align_is_valid(uint32_t align, inlay_kind kind)
{
    return align >= ALIGN_MIN && align <= ALIGN_MAX &&
           (align & (align - 1)) == 0 &&
           (kind == INLAY_KIND_BYTES || kind == INLAY_KIND_VECTOR);
}

static bool attributes_are_valid(const inlay_field_desc *field, bool sparse)
{
    const inlay_type *inner = type_inner(field->type);

    return (field->max == 0 || kind_has_length(inner->kind)) &&
           (field->align == 0 || align_is_valid(field->align, inner->kind)) &&
           (!sparse || (inner != field->type && inner->size > 0 &&
                        inner->size <= SPARSE_SIZE_MAX));
}

// Takes a default: of a fixed field, not zero, and with good bools.
static bool read_initial(reader *self, inlay_field_desc *field,
                         inlay_bytes initial)
{
    char  *to = self->bytes + self->bytes_made;
    size_t i = 0;

    if (initial.size == 0) {
        return true;
    }
    if (initial.size != field->type->size ||
        inlay_type_bad_bool(field->type, initial.data, initial.size, 1) !=
            NULL) {
        return false;
    }
    while (i < initial.size && initial.data[i] == 0) {
        i++;
    }
    memcpy(to, initial.data, initial.size);
    self->bytes_made += initial.size;
    field->initial = (const uint8_t *)to;
    return i < initial.size;
}

static bool read_field(reader *self, inlay_field_desc *to,
                       inlay_describe_field_view from, bool *sparse)
{
    uint32_t type = inlay_describe_field_get_type(from);

    to->name =
        reader_take_name(self, inlay_describe_field_get_name(from), false);
    if (to->name == NULL || type >= self->type_count) {
        return false;
    }
    to->type = &self->types[type];
    to->max = inlay_describe_field_get_max(from);
    to->align = inlay_describe_field_get_align(from);
    *sparse = inlay_describe_field_get_sparse(from);
    return attributes_are_valid(to, *sparse) &&
           read_initial(self, to, inlay_describe_field_get_initial(from));
}

// Reads the order of declaration, a permutation that changes something.
static bool read_order(inlay_field_desc *fields, uint32_t count,
                       inlay_u32_list_view order, bool *seen)
{
    bool     same = true;
    uint32_t i;

    if (inlay_u32_list_count(order) == 0) {
        for (i = 0; i < count; i++) {
            fields[i].declared = i;
        }
        return true;
    }
    if (inlay_u32_list_count(order) != count) {
        return false;
    }
    memset(seen, 0, count * sizeof *seen);
    for (i = 0; i < count; i++) {
        uint32_t declared = inlay_u32_list_at(order, i);

        if (declared >= count || seen[declared]) {
            return false;
        }
        seen[declared] = true;
        same = same && declared == i;
        fields[i].declared = declared;
    }
    return !same;
}

static bool read_record(reader *self, inlay_record_desc *desc,
                        inlay_describe_record_view from)
{
    inlay_describe_field_list_view list =
        inlay_describe_record_get_fields(from);
    inlay_field_desc *fields = &self->fields[self->fields_made];
    uint32_t          i;

    desc->name =
        reader_take_name(self, inlay_describe_record_get_name(from), true);
    desc->id = inlay_describe_record_get_id(from);
    desc->fields = fields;
    desc->field_count = (uint32_t)inlay_describe_field_list_count(list);
    self->fields_made += desc->field_count;
    if (desc->name == NULL) {
        return false;
    }
    for (i = 0; i < desc->field_count; i++) {
        if (!read_field(self, &fields[i], inlay_describe_field_list_at(list, i),
                        &self->sparse[i])) {
            return false;
        }
    }
    return describe_layout(desc, fields, self->sparse) &&
           read_order(fields, desc->field_count,
                      inlay_describe_record_get_order(from), self->sparse) &&
           reader_names_differ(self, fields, desc->field_count, sizeof *fields);
}

static bool read_variant(reader *self, inlay_variant_desc *to,
                         inlay_describe_variant_view from)
{
    uint32_t type = inlay_describe_variant_get_type(from);

    to->name =
        reader_take_name(self, inlay_describe_variant_get_name(from), false);
    if (to->name == NULL) {
        return false;
    }
    if (!inlay_describe_variant_has_type(from)) {
        return true;
    }
    if (type >= self->type_count) {
        return false;
    }
    to->type = &self->types[type];
    return to->type->kind != INLAY_KIND_OPTIONAL &&
           to->type->kind != INLAY_KIND_UNION;
}

static bool read_union(reader *self, inlay_union_desc *desc,
                       inlay_describe_union_view from)
{
    inlay_describe_variant_list_view list =
        inlay_describe_union_get_variants(from);
    inlay_variant_desc *variants = &self->variants[self->variants_made];
    uint32_t            i;

    desc->name =
        reader_take_name(self, inlay_describe_union_get_name(from), true);
    desc->variants = variants;
    desc->variant_count = (uint32_t)inlay_describe_variant_list_count(list);
    self->variants_made += desc->variant_count;
    if (desc->name == NULL || desc->variant_count == 0 ||
        desc->variant_count > VARIANTS_MAX) {
        return false;
    }
    for (i = 0; i < desc->variant_count; i++) {
        if (!read_variant(self, &variants[i],
                          inlay_describe_variant_list_at(list, i))) {
            return false;
        }
    }
    return reader_names_differ(self, variants, desc->variant_count,
                               sizeof *variants);
}

bool reader_read_records(reader *self)
{
    uint32_t i;

    for (i = 0; i < self->record_count; i++) {
        if (!read_record(
                self, &self->records[i],
                inlay_describe_record_list_at(self->records_view, i))) {
            return false;
        }
    }
    for (i = 0; i < self->union_count; i++) {
        if (!read_union(self, &self->unions[i],
                        inlay_describe_union_list_at(self->unions_view, i))) {
            return false;
        }
    }
    return true;
}

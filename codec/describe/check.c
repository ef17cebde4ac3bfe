// check.c -- what can only be said of a description's tables together: names
// differ, no record must contain itself, and the order is the one that
// inlay_describe gives.
#include "codec/describe/reader.h"

#include <string.h>

#include "codec/json_reader.h"

// ---- Names and numbers ------------------------------------------------------

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Sorts what `sorted` holds, and returns whether all differ. Sorting rather
// than hashing, since who wrote the names may know the hash.
static bool sorted_differ(reader *self, uint32_t count,
                          int (*compare)(const void *a, const void *b))
{
    uint32_t i;

    inlay_json_sort(self->sorted, self->sorted + self->name_count_max, count,
                    compare);
    for (i = 1; i < count; i++) {
        if (compare(self->sorted[i - 1], self->sorted[i]) == 0) {
            return false;
        }
    }
    return true;
}

bool reader_names_differ(reader *self, const void *names, uint32_t count,
                         size_t stride)
{
    uint32_t i;

    for (i = 0; i < count; i++) {
        self->sorted[i] = (const char *)names + i * stride;
    }
    return sorted_differ(self, count, compare_names);
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = ((const inlay_value_desc *)a)->value;
    uint64_t y = ((const inlay_value_desc *)b)->value;

    return x < y ? -1 : x > y;
}

// Returns whether a number is one of the base: extended from its top bit where
// that is signed.
static bool number_fits(uint64_t value, inlay_kind base)
{
    unsigned bits = 8u << ((unsigned)(base - INLAY_KIND_U8) & 3);
    uint64_t high;

    if (bits == 64) {
        return true;
    }
    if (base <= INLAY_KIND_U64) {
        return value >> bits == 0;
    }
    high = value >> (bits - 1);
    return high == 0 || high == UINT64_MAX >> (bits - 1);
}

bool reader_numbers_differ(reader *self, const inlay_enum_desc *desc)
{
    uint32_t i;

    for (i = 0; i < desc->value_count; i++) {
        if (!number_fits(desc->values[i].value, desc->base)) {
            return false;
        }
        self->sorted[i] = &desc->values[i];
    }
    return sorted_differ(self, desc->value_count, compare_numbers);
}

// Names of declarations differ among all kinds of them.
static bool named_differ(reader *self)
{
    uint32_t count = 0, i;

    for (i = 0; i < self->record_count; i++) {
        self->sorted[count++] = &self->records[i];
    }
    for (i = 0; i < self->struct_count; i++) {
        self->sorted[count++] = &self->structs[i];
    }
    for (i = 0; i < self->enum_count; i++) {
        self->sorted[count++] = &self->enums[i];
    }
    for (i = 0; i < self->union_count; i++) {
        self->sorted[count++] = &self->unions[i];
    }
    return sorted_differ(self, count, compare_names);
}

// ---- Types ------------------------------------------------------------------

static int compare_pointers(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;

    return x < y ? -1 : x > y;
}

// Orders types by what they are. A list is told by its element, since the
// synthetic record is its own; maps by their keys and values.
static int compare_types(const void *a, const void *b)
{
    const inlay_type *x = a, *y = b;
    int               order;

    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->count != y->count) {
        return x->count < y->count ? -1 : 1;
    }
    if (x->kind == INLAY_KIND_MAP) {
        const inlay_field_desc *p = ((const inlay_record_desc *)x->of)->fields;
        const inlay_field_desc *q = ((const inlay_record_desc *)y->of)->fields;

        order = compare_pointers(p[0].type, q[0].type);
        return order != 0 ? order : compare_pointers(p[1].type, q[1].type);
    }
    order = compare_pointers(x->element, y->element);
    return order != 0 || x->element != NULL ? order
                                            : compare_pointers(x->of, y->of);
}

static bool types_differ(reader *self)
{
    uint32_t i;

    for (i = 0; i < self->type_count; i++) {
        self->sorted[i] = &self->types[i];
    }
    return sorted_differ(self, self->type_count, compare_types);
}

// ---- The order of types -----------------------------------------------------

// Meets a type as inlay_describe does: what is new comes next, after what it is
// made of. Recursion is as deep as a type.
static bool meet(const reader *self, const inlay_type *type, uint32_t *met)
{
    uint32_t index = (uint32_t)(type - self->types);
    uint32_t i;

    if (index < *met) {
        return true;
    }
    if (type->kind == INLAY_KIND_MAP) {
        const inlay_record_desc *entry = type->of;

        if (!meet(self, entry->fields[0].type, met) ||
            !meet(self, entry->fields[1].type, met)) {
            return false;
        }
    } else if (type->kind == INLAY_KIND_STRUCT) {
        const inlay_struct_desc *structure = type->of;

        for (i = 0; i < structure->member_count; i++) {
            if (!meet(self, structure->members[i].type, met)) {
                return false;
            }
        }
    } else if (type->element != NULL && !meet(self, type->element, met)) {
        return false;
    }
    return index == (*met)++;
}

static bool meet_inside(const reader *self, const inlay_type *type,
                        uint32_t *met)
{
    uint32_t i;

    if (type->kind == INLAY_KIND_RECORD) {
        const inlay_record_desc *record = type->of;

        for (i = 0; i < record->field_count; i++) {
            if (!meet(self, record->fields[i].type, met)) {
                return false;
            }
        }
    }
    if (type->kind == INLAY_KIND_UNION) {
        const inlay_union_desc *onion = type->of;

        for (i = 0; i < onion->variant_count; i++) {
            if (onion->variants[i].type != NULL &&
                !meet(self, onion->variants[i].type, met)) {
                return false;
            }
        }
    }
    return true;
}

// Says whether the types stand in the order in which they are met from the
// first, the root; none is left over.
static bool types_in_order(const reader *self)
{
    uint32_t met = 1;
    uint32_t i;

    if (self->types[0].kind != INLAY_KIND_RECORD) {
        return false;
    }
    for (i = 0; i < met; i++) {
        if (!meet_inside(self, &self->types[i], &met)) {
            return false;
        }
    }
    return met == self->type_count;
}

// ---- What records hold ------------------------------------------------------

#define WEIGHT_OPEN UINT32_MAX

// Finds out how many bytes and fields of defaults a record stands for, and how
// many records deep; false beyond the limits, and where it leads to itself.
static bool weigh(reader *self, const inlay_record_desc *record, uint32_t depth)
{
    size_t   index = (size_t)(record - self->records);
    uint64_t weight = 1 + (uint64_t)record->fixed + record->field_count;
    uint32_t height = 1;
    uint32_t i;

    if (depth > INLAY_DESCRIPTION_DEPTH_MAX ||
        self->weights[index] == WEIGHT_OPEN) {
        return false;
    }
    if (self->weights[index] != 0) {
        return true;
    }
    self->weights[index] = WEIGHT_OPEN;
    for (i = 0; i < record->field_count; i++) {
        const inlay_type        *type = record->fields[i].type;
        const inlay_record_desc *inside = type->of;

        if (type->kind != INLAY_KIND_RECORD) {
            continue;
        }
        if (!weigh(self, inside, depth + 1)) {
            return false;
        }
        weight += self->weights[inside - self->records];
        if (self->heights[inside - self->records] >= height) {
            height = self->heights[inside - self->records] + 1;
        }
        if (weight > INLAY_DESCRIPTION_DEFAULTS_MAX) {
            return false;
        }
    }
    self->weights[index] = (uint32_t)weight;
    self->heights[index] = height;
    return weight <= INLAY_DESCRIPTION_DEFAULTS_MAX &&
           height <= INLAY_DESCRIPTION_DEPTH_MAX;
}

bool reader_check(reader *self)
{
    uint32_t i;

    for (i = 0; i < self->record_count; i++) {
        if (!weigh(self, &self->records[i], 1)) {
            return false;
        }
    }
    return named_differ(self) && types_differ(self) && types_in_order(self);
}

// read_types.c -- the types of a description, with the enums and structs among
// them; see reader.h.
#include "codec/describe/reader.h"

#include <string.h>

#include "codec/describe/layout.h"
#include "codec/verifier.h"

enum {
    TYPE_DEPTH_MAX = 64 // as in the compiler; stacks are made for it
};

// ---- Names ------------------------------------------------------------------

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Returns whether a name is an identifier, or several with dots between.
static bool name_is_valid(inlay_str name, bool dots)
{
    bool   start = true;
    size_t i;

    for (i = 0; i < name.size; i++) {
        char c = name.data[i];

        if (c == '.' && dots && !start) {
            start = true;
        } else if (is_letter(c) || (!start && c >= '0' && c <= '9')) {
            start = false;
        } else {
            return false;
        }
    }
    return !start;
}

const char *reader_take_name(reader *self, inlay_str name, bool dots)
{
    char *to = self->bytes + self->bytes_made;

    if (!name_is_valid(name, dots)) {
        return NULL;
    }
    memcpy(to, name.data, name.size);
    to[name.size] = '\0';
    self->bytes_made += name.size + 1;
    return to;
}

// ---- Fixed types ------------------------------------------------------------

static uint32_t scalar_size(unsigned kind)
{
    static const uint8_t sizes[] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8};

    return sizes[kind];
}

static bool read_enum(reader *self)
{
    uint32_t                 index = self->enums_made;
    inlay_enum_desc         *desc = &self->enums[index];
    inlay_describe_enum_view from =
        inlay_describe_enum_list_at(self->enums_view, index);
    inlay_describe_value_list_view values =
        inlay_describe_enum_get_values(from);
    unsigned base = inlay_describe_enum_get_base(from);
    uint32_t i;

    desc->name =
        reader_take_name(self, inlay_describe_enum_get_name(from), true);
    desc->base = (inlay_kind)base;
    desc->values = &self->values[self->values_made];
    desc->value_count = (uint32_t)inlay_describe_value_list_count(values);
    if (desc->name == NULL || desc->value_count == 0 || base < INLAY_KIND_U8 ||
        base > INLAY_KIND_I64) {
        return false;
    }
    for (i = 0; i < desc->value_count; i++) {
        inlay_describe_value_view value =
            inlay_describe_value_list_at(values, i);
        inlay_value_desc *to = &self->values[self->values_made++];

        to->name =
            reader_take_name(self, inlay_describe_value_get_name(value), false);
        to->value = inlay_describe_value_get_value(value);
        if (to->name == NULL) {
            return false;
        }
    }
    self->enums_made++;
    return reader_names_differ(self, desc->values, desc->value_count,
                               sizeof *desc->values) &&
           reader_numbers_differ(self, desc);
}

// Appends a member; its type stands before type `before`.
static bool read_member(reader *self, inlay_struct_desc *desc,
                        inlay_describe_member_view from, uint32_t before,
                        uint8_t *depth)
{
    inlay_member_desc *to = &self->members[self->members_made++];
    uint32_t           type = inlay_describe_member_get_type(from);

    to->name =
        reader_take_name(self, inlay_describe_member_get_name(from), false);
    if (to->name == NULL || type >= before || self->types[type].size == 0 ||
        self->types[type].size > LAYOUT_FIXED_MAX - desc->size) {
        return false;
    }
    to->type = &self->types[type];
    to->offset = desc->size;
    desc->size += to->type->size;
    desc->has_bool = desc->has_bool || inlay_type_has_bool(to->type);
    if (self->depths[type] + 1 > *depth) {
        *depth = (uint8_t)(self->depths[type] + 1);
    }
    return true;
}

// Reads the struct that type `at` is.
static bool read_struct(reader *self, uint32_t at)
{
    uint32_t                   index = self->structs_made;
    inlay_struct_desc         *desc = &self->structs[index];
    inlay_describe_struct_view from =
        inlay_describe_struct_list_at(self->structs_view, index);
    inlay_describe_member_list_view members =
        inlay_describe_struct_get_members(from);
    uint32_t i;

    desc->name =
        reader_take_name(self, inlay_describe_struct_get_name(from), true);
    desc->members = &self->members[self->members_made];
    desc->member_count = (uint32_t)inlay_describe_member_list_count(members);
    if (desc->name == NULL || desc->member_count == 0) {
        return false;
    }
    for (i = 0; i < desc->member_count; i++) {
        if (!read_member(self, desc, inlay_describe_member_list_at(members, i),
                         at, &self->depths[at])) {
            return false;
        }
    }
    self->structs_made++;
    return reader_names_differ(self, desc->members, desc->member_count,
                               sizeof *desc->members);
}

// ---- Types ------------------------------------------------------------------

// Starts the record of a list's or map's elements: its one field so far.
static inlay_record_desc *synthetic_start(reader *self, const inlay_type *key)
{
    inlay_record_desc *record =
        &self->records[self->record_count + self->synthetics_made++];

    record->name = "";
    record->flags = INLAY_RECORD_SYNTHETIC;
    record->fields = &self->fields[self->fields_made];
    if (key != NULL) {
        self->fields[self->fields_made].name = "key";
        self->fields[self->fields_made++].type = key;
        record->field_count = 1;
    }
    return record;
}

static bool synthetic_finish(reader *self, inlay_record_desc *record,
                             const inlay_type *value)
{
    inlay_field_desc *fields = &self->fields[self->fields_made];

    fields->name = "value";
    fields->type = value;
    fields->declared = record->field_count;
    self->fields_made++;
    fields -= record->field_count++;
    return describe_layout(record, fields, NULL);
}

static bool read_list(reader *self, inlay_type *type)
{
    const inlay_record_desc *element = type->element->of;
    inlay_record_desc       *record;

    if (type->element->size > 0) {
        return false; // a vector or a bitset
    }
    if (type->element->kind == INLAY_KIND_RECORD) {
        type->of = element;
        // Elements of no fields would have no size.
        return inlay_describe_field_list_count(inlay_describe_record_get_fields(
                   inlay_describe_record_list_at(
                       self->records_view,
                       (size_t)(element - self->records)))) > 0;
    }
    record = synthetic_start(self, NULL);
    type->of = record;
    return synthetic_finish(self, record, type->element);
}

static bool kind_is_integer(inlay_kind kind)
{
    return kind >= INLAY_KIND_U8 && kind <= INLAY_KIND_I64;
}

static bool type_is_key(const inlay_type *type)
{
    return kind_is_integer(type->kind) || type->kind == INLAY_KIND_ENUM ||
           type->kind == INLAY_KIND_STRING || type->kind == INLAY_KIND_BYTES ||
           (type->kind == INLAY_KIND_ARRAY &&
            type->element->kind == INLAY_KIND_U8);
}

static bool read_map(reader *self, inlay_type *type, uint32_t key,
                     uint32_t value)
{
    inlay_record_desc *record;

    if (!type_is_key(&self->types[key])) {
        return false;
    }
    record = synthetic_start(self, &self->types[key]);
    type->of = record;
    return synthetic_finish(self, record, &self->types[value]);
}

static bool read_array(inlay_type *type, uint32_t count)
{
    uint32_t size = type->element->size;

    if (size == 0 || count == 0 || count > LAYOUT_FIXED_MAX / size) {
        return false;
    }
    type->count = count;
    type->size = size * count;
    return true;
}

// Reads a type that is made of others, all of them before it.
static bool read_composed(reader *self, uint32_t at, uint32_t of, uint32_t more)
{
    inlay_type *type = &self->types[at];
    uint32_t    deepest = type->kind == INLAY_KIND_MAP ? more : of;

    if (of >= at || deepest >= at ||
        (type->kind != INLAY_KIND_MAP && type->kind != INLAY_KIND_ARRAY &&
         more != 0)) {
        return false;
    }
    self->depths[at] = (uint8_t)(self->depths[deepest] + 1);
    if (type->kind == INLAY_KIND_MAP) {
        return read_map(self, type, of, more);
    }
    type->element = &self->types[of];
    switch (type->kind) {
    case INLAY_KIND_ARRAY:
        return read_array(type, more);
    case INLAY_KIND_VECTOR:
        return type->element->size > 0 &&
               type->element->kind != INLAY_KIND_BOOL;
    case INLAY_KIND_OPTIONAL:
        return type->element->kind != INLAY_KIND_OPTIONAL;
    default:
        return read_list(self, type);
    }
}

// Reads a type with a name. They are numbered as they are met, so that an enum
// or a struct can be read when its type is.
static bool read_named(reader *self, uint32_t at, uint32_t of,
                       uint32_t *records_met, uint32_t *unions_met)
{
    inlay_type *type = &self->types[at];

    switch (type->kind) {
    case INLAY_KIND_ENUM:
        if (of != self->enums_made || of >= self->enum_count ||
            !read_enum(self)) {
            return false;
        }
        type->of = &self->enums[of];
        type->size = scalar_size(self->enums[of].base);
        return true;
    case INLAY_KIND_STRUCT:
        if (of != self->structs_made || of >= self->struct_count ||
            !read_struct(self, at)) {
            return false;
        }
        type->of = &self->structs[of];
        type->size = self->structs[of].size;
        return true;
    case INLAY_KIND_RECORD:
        type->of = &self->records[of < self->record_count ? of : 0];
        return of == (*records_met)++ && of < self->record_count;
    default:
        type->of = &self->unions[of < self->union_count ? of : 0];
        return of == (*unions_met)++ && of < self->union_count;
    }
}

bool reader_read_types(reader *self)
{
    uint32_t records_met = 0, unions_met = 0;
    uint32_t i;

    for (i = 0; i < self->type_count; i++) {
        inlay_describe_type from =
            inlay_describe_type_list_at(self->types_view, i);
        inlay_type *type = &self->types[i];
        bool        good;

        if (from.kind > INLAY_KIND_OPTIONAL) {
            return false;
        }
        type->kind = (inlay_kind)from.kind;
        self->depths[i] = 1;
        switch (type->kind) {
        case INLAY_KIND_ENUM:
        case INLAY_KIND_STRUCT:
        case INLAY_KIND_RECORD:
        case INLAY_KIND_UNION:
            good = from.more == 0 &&
                   read_named(self, i, from.of, &records_met, &unions_met);
            break;
        case INLAY_KIND_ARRAY:
        case INLAY_KIND_VECTOR:
        case INLAY_KIND_LIST:
        case INLAY_KIND_MAP:
        case INLAY_KIND_OPTIONAL:
            good = read_composed(self, i, from.of, from.more);
            break;
        case INLAY_KIND_STRING:
        case INLAY_KIND_BYTES:
        case INLAY_KIND_BITSET:
            good = from.of == 0 && from.more == 0;
            break;
        default:
            type->size = scalar_size(from.kind);
            good = from.of == 0 && from.more == 0;
            break;
        }
        if (!good || self->depths[i] > TYPE_DEPTH_MAX) {
            return false;
        }
    }
    return records_met == self->record_count &&
           unions_met == self->union_count &&
           self->structs_made == self->struct_count &&
           self->enums_made == self->enum_count;
}

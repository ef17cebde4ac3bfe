// count.c -- how much there is of everything in a description, so that one
// piece of memory can hold it; see reader.h.
#include "codec/describe/reader.h"

static void count_name(reader *self, inlay_str name)
{
    self->byte_count += name.size + 1;
}

static void count_scope(reader *self, uint32_t count)
{
    if (count > self->name_count_max) {
        self->name_count_max = count;
    }
}

static void count_records(reader *self)
{
    uint32_t i, j;

    for (i = 0; i < self->record_count; i++) {
        inlay_describe_record_view record =
            inlay_describe_record_list_at(self->records_view, i);
        inlay_describe_field_list_view fields =
            inlay_describe_record_get_fields(record);
        uint32_t count = (uint32_t)inlay_describe_field_list_count(fields);

        count_name(self, inlay_describe_record_get_name(record));
        count_scope(self, count);
        self->field_count += count;
        for (j = 0; j < count; j++) {
            inlay_describe_field_view field =
                inlay_describe_field_list_at(fields, j);

            count_name(self, inlay_describe_field_get_name(field));
            self->byte_count += inlay_describe_field_get_initial(field).size;
        }
    }
}

static void count_structs(reader *self)
{
    uint32_t i, j;

    for (i = 0; i < self->struct_count; i++) {
        inlay_describe_struct_view structure =
            inlay_describe_struct_list_at(self->structs_view, i);
        inlay_describe_member_list_view members =
            inlay_describe_struct_get_members(structure);
        uint32_t count = (uint32_t)inlay_describe_member_list_count(members);

        count_name(self, inlay_describe_struct_get_name(structure));
        count_scope(self, count);
        self->member_count += count;
        for (j = 0; j < count; j++) {
            count_name(self, inlay_describe_member_get_name(
                                 inlay_describe_member_list_at(members, j)));
        }
    }
}

static void count_enums(reader *self)
{
    uint32_t i, j;

    for (i = 0; i < self->enum_count; i++) {
        inlay_describe_enum_view enumeration =
            inlay_describe_enum_list_at(self->enums_view, i);
        inlay_describe_value_list_view values =
            inlay_describe_enum_get_values(enumeration);
        uint32_t count = (uint32_t)inlay_describe_value_list_count(values);

        count_name(self, inlay_describe_enum_get_name(enumeration));
        count_scope(self, count);
        self->value_count += count;
        for (j = 0; j < count; j++) {
            count_name(self, inlay_describe_value_get_name(
                                 inlay_describe_value_list_at(values, j)));
        }
    }
}

static void count_unions(reader *self)
{
    uint32_t i, j;

    for (i = 0; i < self->union_count; i++) {
        inlay_describe_union_view onion =
            inlay_describe_union_list_at(self->unions_view, i);
        inlay_describe_variant_list_view variants =
            inlay_describe_union_get_variants(onion);
        uint32_t count = (uint32_t)inlay_describe_variant_list_count(variants);

        count_name(self, inlay_describe_union_get_name(onion));
        count_scope(self, count);
        self->variant_count += count;
        for (j = 0; j < count; j++) {
            count_name(self, inlay_describe_variant_get_name(
                                 inlay_describe_variant_list_at(variants, j)));
        }
    }
}

// Lists and maps get a record each, of one or two fields; a list of records
// leaves its one unused.
static void count_types(reader *self)
{
    uint32_t i;

    for (i = 0; i < self->type_count; i++) {
        unsigned kind = inlay_describe_type_list_at(self->types_view, i).kind;

        if (kind == INLAY_KIND_LIST || kind == INLAY_KIND_MAP) {
            self->synthetic_count++;
            self->field_count += kind == INLAY_KIND_MAP ? 2 : 1;
        }
    }
}

void reader_open(reader *self, inlay_describe_schema_view schema)
{
    self->types_view = inlay_describe_schema_get_types(schema);
    self->records_view = inlay_describe_schema_get_records(schema);
    self->structs_view = inlay_describe_schema_get_structs(schema);
    self->enums_view = inlay_describe_schema_get_enums(schema);
    self->unions_view = inlay_describe_schema_get_unions(schema);
    self->type_count =
        (uint32_t)inlay_describe_type_list_count(self->types_view);
    self->record_count =
        (uint32_t)inlay_describe_record_list_count(self->records_view);
    self->struct_count =
        (uint32_t)inlay_describe_struct_list_count(self->structs_view);
    self->enum_count =
        (uint32_t)inlay_describe_enum_list_count(self->enums_view);
    self->union_count =
        (uint32_t)inlay_describe_union_list_count(self->unions_view);
    count_types(self);
    count_records(self);
    count_structs(self);
    count_enums(self);
    count_unions(self);
    count_scope(self, self->type_count);
}

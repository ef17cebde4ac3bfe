/* reader.h -- what the files that read descriptions share.
 *
 *     read.c           the entry; memory
 *     count.c          how much there is of everything
 *     read_types.c     types, enums, structs
 *     read_records.c   records, unions
 *     check.c          what is to be said of all tables together
 *     layout.c         where fields lie
 *
 * Functions return whether all is well; when it is not the description is
 * refused, and nobody asks why: who made it is either damaged or hostile.
 *
 * Who may include it: codec/describe/.
 */
#ifndef CODEC_DESCRIBE_READER_H
#define CODEC_DESCRIBE_READER_H

#include <inlay/describe.h>

#include "codec/describe/describe.inlay.h"

/* The tables under way. All lie in the one piece of memory of the result, in
 * this order, and each grows up to a count that was found out before. */
typedef struct reader {
    inlay_describe_type_list_view   types_view;
    inlay_describe_record_list_view records_view;
    inlay_describe_struct_list_view structs_view;
    inlay_describe_enum_list_view   enums_view;
    inlay_describe_union_list_view  unions_view;

    inlay_type         *types;
    inlay_record_desc  *records; /* those with names, then synthetic ones */
    inlay_struct_desc  *structs;
    inlay_enum_desc    *enums;
    inlay_union_desc   *unions;
    inlay_field_desc   *fields;
    inlay_member_desc  *members;
    inlay_value_desc   *values;
    inlay_variant_desc *variants;
    char               *bytes; /* names, terminated; then defaults */

    uint32_t type_count;
    uint32_t record_count;
    uint32_t struct_count;
    uint32_t enum_count;
    uint32_t union_count;
    uint32_t synthetic_count;
    uint32_t field_count; /* those of synthetic records too */
    uint32_t member_count;
    uint32_t value_count;
    uint32_t variant_count;
    uint32_t name_count_max; /* the most names in one scope */
    size_t   byte_count;

    uint32_t structs_made; /* at most struct_count, as all that follow */
    uint32_t enums_made;
    uint32_t synthetics_made;
    uint32_t fields_made;
    uint32_t members_made;
    uint32_t values_made;
    uint32_t variants_made;
    size_t   bytes_made;

    /* Scratch, freed when all is done. */
    void        *scratch;
    size_t       scratch_size;
    uint8_t     *depths;  /* of types */
    uint32_t    *weights; /* of records */
    uint32_t    *heights; /* of records */
    bool        *sparse;  /* of one record's fields */
    const void **sorted;  /* of names, or types, and as many to sort with */
} reader;

/* Opens the lists and counts what is in them. */
void reader_open(reader *self, inlay_describe_schema_view schema);

/* Copies a name; NULL where it is no identifier. With `dots`, it is qualified:
 * several with dots between. */
const char *reader_take_name(reader *self, inlay_str name, bool dots);

/* Fill in the tables, in this order. */
bool reader_read_types(reader *self);
bool reader_read_records(reader *self);

/* Returns whether the names, `stride` bytes apart, are all different. */
bool reader_names_differ(reader *self, const void *names, uint32_t count,
                         size_t stride);

/* Returns whether an enum's numbers are. */
bool reader_numbers_differ(reader *self, const inlay_enum_desc *desc);

/* Says whether the tables as a whole are those of a schema that describes
 * itself as this one. */
bool reader_check(reader *self);

#endif

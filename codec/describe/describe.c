// describe.c -- a record's descriptor tables as a message; see
// <inlay/describe.h> and describe.inlay.
//
// Types are numbered in the order in which they are met: the root, then, for
// each record and union in that order, the types of its fields and variants,
// what a type is made of before it. Equal types get one number, found in a
// table by hash; named types are equal when their names are, since programs may
// hold several tables of one schema.
#include <inlay/describe.h>

#include <string.h>

#include <inlay/arena.h>

#include "codec/describe/describe.inlay.h"

enum {
    TABLE_SIZE_FIRST = 64,
    NAMED_KINDS = 4
};

typedef struct describer {
    inlay_arena  arena; // what is encoded
    inlay_buffer types; // of inlay_describe_type
    inlay_buffer named[NAMED_KINDS];
    uint32_t    *table; // index of a type + 1; 0: free
    uint32_t     table_size;
    inlay_status status; // sticky
} describer;

// ---- Named types ------------------------------------------------------------

static bool kind_is_named(unsigned kind)
{
    return kind == INLAY_KIND_ENUM || kind == INLAY_KIND_STRUCT ||
           kind == INLAY_KIND_UNION || kind == INLAY_KIND_RECORD;
}

// Returns the list of the descriptors of a kind, as pointers.
static inlay_buffer *named_list(describer *self, unsigned kind)
{
    switch (kind) {
    case INLAY_KIND_RECORD:
        return &self->named[0];
    case INLAY_KIND_STRUCT:
        return &self->named[1];
    case INLAY_KIND_ENUM:
        return &self->named[2];
    default:
        return &self->named[3];
    }
}

static uint32_t named_count(describer *self, unsigned kind)
{
    return (uint32_t)(named_list(self, kind)->size / sizeof(void *));
}

static const void *named_at(describer *self, unsigned kind, uint32_t index)
{
    const void *desc;

    memcpy(&desc, named_list(self, kind)->data + index * sizeof desc,
           sizeof desc);
    return desc;
}

// All descriptors start with their name.
static const char *desc_name(const void *desc)
{
    return *(const char *const *)desc;
}

// ---- The table --------------------------------------------------------------

static uint32_t type_count(const describer *self)
{
    return (uint32_t)(self->types.size / sizeof(inlay_describe_type));
}

static inlay_describe_type type_at(const describer *self, uint32_t index)
{
    return ((const inlay_describe_type *)(const void *)self->types.data)[index];
}

static uint64_t type_hash(const inlay_describe_type *type, const void *desc)
{
    uint32_t words[3] = {type->kind, type->of, type->more};

    if (desc != NULL) {
        return inlay_bytes_hash64(desc_name(desc), strlen(desc_name(desc)));
    }
    return inlay_bytes_hash64(words, sizeof words);
}

static bool type_same(describer *self, uint32_t index,
                      const inlay_describe_type *type, const void *desc)
{
    inlay_describe_type other = type_at(self, index);

    if (other.kind != type->kind) {
        return false;
    }
    if (desc != NULL) {
        const void *found = named_at(self, other.kind, other.of);

        return found == desc || strcmp(desc_name(found), desc_name(desc)) == 0;
    }
    return other.of == type->of && other.more == type->more;
}

// Returns the place of a type in the table: its number + 1, or 0 where it
// belongs.
static uint32_t *table_find(describer *self, const inlay_describe_type *type,
                            const void *desc)
{
    uint32_t mask = self->table_size - 1;
    uint32_t at = (uint32_t)type_hash(type, desc) & mask;

    while (self->table[at] != 0 &&
           !type_same(self, self->table[at] - 1, type, desc)) {
        at = (at + 1) & mask;
    }
    return &self->table[at];
}

// Makes a table of `size` with all types so far.
static void table_fill(describer *self, uint32_t size)
{
    uint32_t i;

    self->table = inlay_arena_take(&self->arena, size, sizeof *self->table,
                                   &self->status);
    if (self->table == NULL) {
        return;
    }
    memset(self->table, 0, size * sizeof *self->table);
    self->table_size = size;
    for (i = 0; i < type_count(self); i++) {
        inlay_describe_type type = type_at(self, i);
        const void         *desc = kind_is_named(type.kind)
                                       ? named_at(self, type.kind, type.of)
                                       : NULL;

        *table_find(self, &type, desc) = i + 1;
    }
}

// Appends a type that is not there; returns its number.
static uint32_t type_add(describer *self, inlay_describe_type type,
                         const void *desc)
{
    uint32_t index = type_count(self);

    if (desc != NULL) {
        type.of = named_count(self, type.kind);
        inlay_buffer_append(named_list(self, type.kind), &desc, sizeof desc);
    }
    inlay_buffer_append(&self->types, &type, sizeof type);
    if (self->types.failed ||
        (desc != NULL && named_list(self, type.kind)->failed)) {
        self->status = INLAY_OUT_OF_MEMORY;
        return 0;
    }
    if (index * 2 >= self->table_size) {
        table_fill(self, self->table_size * 2);
    } else {
        *table_find(self, &type, desc) = index + 1;
    }
    return index;
}

// ---- Numbering --------------------------------------------------------------

static uint32_t number_type(describer *self, const inlay_type *type);

static void number_members(describer *self, const inlay_struct_desc *desc)
{
    uint32_t i;

    for (i = 0; i < desc->member_count; i++) {
        (void)number_type(self, desc->members[i].type);
    }
}

// A struct's members come before it; structs are not recursive.
static uint32_t number_named(describer *self, inlay_kind kind, const void *desc)
{
    inlay_describe_type type = {.kind = (inlay_describe_kind)kind};
    uint32_t            found;

    if (self->status != INLAY_OK) {
        return 0;
    }
    found = *table_find(self, &type, desc);
    if (found != 0) {
        return found - 1;
    }
    if (kind == INLAY_KIND_STRUCT) {
        number_members(self, desc);
        if (self->status != INLAY_OK) {
            return 0;
        }
    }
    return type_add(self, type, desc);
}

// Returns a type's number, after what it is made of got theirs. Recursion is as
// deep as a type expression.
static uint32_t number_type(describer *self, const inlay_type *type)
{
    inlay_describe_type      made = {.kind = (inlay_describe_kind)type->kind,
                                     .more = type->count};
    const inlay_record_desc *entry;
    uint32_t                 found;

    if (kind_is_named(type->kind)) {
        return number_named(self, type->kind, type->of);
    }
    if (type->kind == INLAY_KIND_MAP) {
        entry = type->of;
        made.of = number_type(self, entry->fields[0].type);
        made.more = number_type(self, entry->fields[1].type);
    } else if (type->element != NULL) {
        made.of = number_type(self, type->element);
    }
    if (self->status != INLAY_OK) {
        return 0;
    }
    found = *table_find(self, &made, NULL);
    return found != 0 ? found - 1 : type_add(self, made, NULL);
}

static void number_fields(describer *self, const inlay_record_desc *desc)
{
    uint32_t i;

    for (i = 0; i < desc->field_count; i++) {
        (void)number_type(self, desc->fields[i].type);
    }
}

static void number_variants(describer *self, const inlay_union_desc *desc)
{
    uint32_t i;

    for (i = 0; i < desc->variant_count; i++) {
        if (desc->variants[i].type != NULL) {
            (void)number_type(self, desc->variants[i].type);
        }
    }
}

static void number_all(describer *self, const inlay_record_desc *root)
{
    uint32_t i;

    (void)number_named(self, INLAY_KIND_RECORD, root);
    for (i = 0; self->status == INLAY_OK && i < type_count(self); i++) {
        inlay_describe_type type = type_at(self, i);

        if (type.kind == INLAY_KIND_RECORD) {
            number_fields(self, named_at(self, type.kind, type.of));
        } else if (type.kind == INLAY_KIND_UNION) {
            number_variants(self, named_at(self, type.kind, type.of));
        }
    }
}

// ---- The message ------------------------------------------------------------

// Takes room for `count` natives, NULL where that is 0 or memory ran out.
static void *native_take(describer *self, size_t count, size_t size)
{
    if (count == 0 || self->status != INLAY_OK) {
        return NULL;
    }
    return inlay_arena_take(&self->arena, count, size, &self->status);
}

// @sparse where the place would be another without it.
static bool field_is_sparse(const inlay_field_desc *field)
{
    return field->place == INLAY_PLACE_SLOT_OPTIONAL &&
           field->type->element->size >= 1 && field->type->element->size <= 8;
}

static inlay_describe_field describe_field(describer              *self,
                                           const inlay_field_desc *field)
{
    inlay_describe_field out = {.name = inlay_str_from(field->name),
                                .type = number_type(self, field->type),
                                .max = field->max,
                                .align = (uint16_t)field->align,
                                .sparse = field_is_sparse(field)};

    if (field->initial != NULL) {
        out.initial.data = field->initial;
        out.initial.size = field->type->size;
    }
    return out;
}

// The order of declaration, where it is another than that of layout.
static inlay_u32_list describe_order(describer               *self,
                                     const inlay_record_desc *desc)
{
    inlay_u32_list    list = {NULL, 0};
    inlay_u32_packed *items;
    uint32_t          i = 0;

    while (i < desc->field_count && desc->fields[i].declared == i) {
        i++;
    }
    if (i == desc->field_count) {
        return list;
    }
    items = native_take(self, desc->field_count, sizeof *items);
    if (items == NULL) {
        return list;
    }
    for (i = 0; i < desc->field_count; i++) {
        inlay_store_u32((uint8_t *)&items[i], desc->fields[i].declared);
    }
    list.items = items;
    list.count = desc->field_count;
    return list;
}

static inlay_describe_record describe_record(describer               *self,
                                             const inlay_record_desc *desc)
{
    inlay_describe_field *fields =
        native_take(self, desc->field_count, sizeof *fields);
    inlay_describe_record out = {.name = inlay_str_from(desc->name),
                                 .id = desc->id,
                                 .fields = {.items = fields},
                                 .order = describe_order(self, desc)};

    if (fields != NULL) {
        for (; out.fields.count < desc->field_count; out.fields.count++) {
            fields[out.fields.count] =
                describe_field(self, &desc->fields[out.fields.count]);
        }
    }
    return out;
}

static inlay_describe_struct describe_struct(describer               *self,
                                             const inlay_struct_desc *desc)
{
    inlay_describe_member *members =
        native_take(self, desc->member_count, sizeof *members);
    inlay_describe_struct out = {.name = inlay_str_from(desc->name),
                                 .members = {.items = members}};
    uint32_t              i;

    if (members != NULL) {
        for (i = 0; i < desc->member_count; i++) {
            members[i] = (inlay_describe_member){
                .name = inlay_str_from(desc->members[i].name),
                .type = number_type(self, desc->members[i].type)};
        }
        out.members.count = desc->member_count;
    }
    return out;
}

static inlay_describe_enum describe_enum(describer             *self,
                                         const inlay_enum_desc *desc)
{
    inlay_describe_value *values =
        native_take(self, desc->value_count, sizeof *values);
    inlay_describe_enum out = {.name = inlay_str_from(desc->name),
                               .base = (inlay_describe_kind)desc->base,
                               .values = {.items = values}};
    uint32_t            i;

    if (values != NULL) {
        for (i = 0; i < desc->value_count; i++) {
            values[i] = (inlay_describe_value){
                .name = inlay_str_from(desc->values[i].name),
                .value = desc->values[i].value};
        }
        out.values.count = desc->value_count;
    }
    return out;
}

static inlay_describe_union describe_union(describer              *self,
                                           const inlay_union_desc *desc)
{
    inlay_describe_variant *variants =
        native_take(self, desc->variant_count, sizeof *variants);
    inlay_describe_union out = {.name = inlay_str_from(desc->name),
                                .variants = {.items = variants}};
    uint32_t             i;

    if (variants != NULL) {
        for (i = 0; i < desc->variant_count; i++) {
            const inlay_type *type = desc->variants[i].type;

            variants[i] = (inlay_describe_variant){
                .name = inlay_str_from(desc->variants[i].name)};
            if (type != NULL) {
                variants[i].type.has = true;
                variants[i].type.value = number_type(self, type);
            }
        }
        out.variants.count = desc->variant_count;
    }
    return out;
}

static inlay_describe_schema describe_schema(describer *self)
{
    uint32_t               records = named_count(self, INLAY_KIND_RECORD);
    uint32_t               structs = named_count(self, INLAY_KIND_STRUCT);
    uint32_t               enums = named_count(self, INLAY_KIND_ENUM);
    uint32_t               unions = named_count(self, INLAY_KIND_UNION);
    inlay_describe_record *record = native_take(self, records, sizeof *record);
    inlay_describe_struct *structure =
        native_take(self, structs, sizeof *structure);
    inlay_describe_enum *enumeration =
        native_take(self, enums, sizeof *enumeration);
    inlay_describe_union *onion = native_take(self, unions, sizeof *onion);
    uint32_t              i;

    for (i = 0; self->status == INLAY_OK && i < records; i++) {
        record[i] = describe_record(self, named_at(self, INLAY_KIND_RECORD, i));
    }
    for (i = 0; self->status == INLAY_OK && i < structs; i++) {
        structure[i] =
            describe_struct(self, named_at(self, INLAY_KIND_STRUCT, i));
    }
    for (i = 0; self->status == INLAY_OK && i < enums; i++) {
        enumeration[i] =
            describe_enum(self, named_at(self, INLAY_KIND_ENUM, i));
    }
    for (i = 0; self->status == INLAY_OK && i < unions; i++) {
        onion[i] = describe_union(self, named_at(self, INLAY_KIND_UNION, i));
    }
    return (inlay_describe_schema){
        .types = {.items = (const void *)self->types.data,
                  .count = type_count(self)},
        .records = {.items = record, .count = records},
        .structs = {.items = structure, .count = structs},
        .enums = {.items = enumeration, .count = enums},
        .unions = {.items = onion, .count = unions}};
}

// ---- Bytes ------------------------------------------------------------------

// Encodes behind the end of the buffer, and reads what that gave: what could
// not be read again must not be written.
static inlay_status schema_encode(const inlay_describe_schema *schema,
                                  inlay_buffer *out, const inlay_alloc *alloc)
{
    inlay_encoder     encoder;
    inlay_description read;
    uint8_t          *room = NULL;
    size_t            size = 0;
    inlay_status      status;

    inlay_encoder_init(&encoder, NULL, 0, alloc);
    status = inlay_describe_schema_measure(schema, &encoder, &size);
    if (status == INLAY_OK && size > INLAY_DESCRIPTION_SIZE_MAX) {
        status = INLAY_TOO_LARGE;
    }
    if (status == INLAY_OK) {
        room = inlay_buffer_reserve(out, size);
        status = room == NULL ? INLAY_OUT_OF_MEMORY
                              : inlay_describe_schema_write(schema, &encoder,
                                                            room, size);
    }
    inlay_encoder_release(&encoder);
    if (status != INLAY_OK) {
        return status;
    }
    status = inlay_description_read(room, size, alloc, &read);
    if (status == INLAY_OK) {
        out->size += size;
        inlay_description_release(&read);
    }
    return status == INLAY_DESCRIPTION ? INLAY_TOO_LARGE : status;
}

static void describer_init(describer *self, const inlay_alloc *alloc)
{
    unsigned i;

    memset(self, 0, sizeof *self);
    inlay_arena_init(&self->arena, NULL, 0, alloc, INLAY_ARENA_NO_LIMIT);
    inlay_buffer_init(&self->types, alloc);
    for (i = 0; i < NAMED_KINDS; i++) {
        inlay_buffer_init(&self->named[i], alloc);
    }
    table_fill(self, TABLE_SIZE_FIRST);
}

static void describer_release(describer *self)
{
    unsigned i;

    for (i = 0; i < NAMED_KINDS; i++) {
        inlay_buffer_release(&self->named[i]);
    }
    inlay_buffer_release(&self->types);
    inlay_arena_release(&self->arena);
}

inlay_status inlay_describe(const inlay_record_desc *record, inlay_buffer *out)
{
    const inlay_alloc *alloc =
        out->alloc != NULL ? out->alloc : &inlay_alloc_heap;
    describer             self;
    inlay_describe_schema schema;
    inlay_status          status;

    describer_init(&self, alloc);
    if (self.status == INLAY_OK) {
        number_all(&self, record);
    }
    schema = describe_schema(&self);
    status = self.status;
    if (status == INLAY_OK) {
        status = schema_encode(&schema, out, alloc);
    }
    describer_release(&self);
    return status;
}

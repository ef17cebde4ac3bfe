// read.c -- descriptor tables from a description; see <inlay/describe.h>.
//
// The message is verified as canonical first, so that all views here read what
// is there. Counts are summed up, one piece of memory is taken for all tables,
// and they are filled in the order of the types: whatever a type is made of
// stands before it, so that sizes are known when they are needed and nothing
// leads in circles but records and unions, which have none.
#include "codec/describe/reader.h"

#include <string.h>

// ---- Memory -----------------------------------------------------------------

// Takes `count` things of `size` bytes from `*at` on, which is NULL where room
// is only counted. All sizes here are multiples of a pointer's, but for those
// of what comes last.
static void *carve(uint8_t **at, size_t *total, size_t count, size_t size)
{
    void *piece = *at;

    *total += count * size;
    if (*at != NULL) {
        *at += count * size;
    }
    return piece;
}

// Lays the tables out from `at` on; returns how much room they take. The counts
// are bounded by the size of a description, so nothing overflows.
static size_t carve_tables(reader *self, uint8_t *at)
{
    size_t total = 0;

    self->types = carve(&at, &total, self->type_count, sizeof *self->types);
    self->records =
        carve(&at, &total, (size_t)self->record_count + self->synthetic_count,
              sizeof *self->records);
    self->fields = carve(&at, &total, self->field_count, sizeof *self->fields);
    self->structs =
        carve(&at, &total, self->struct_count, sizeof *self->structs);
    self->enums = carve(&at, &total, self->enum_count, sizeof *self->enums);
    self->unions = carve(&at, &total, self->union_count, sizeof *self->unions);
    self->values = carve(&at, &total, self->value_count, sizeof *self->values);
    self->members =
        carve(&at, &total, self->member_count, sizeof *self->members);
    self->variants =
        carve(&at, &total, self->variant_count, sizeof *self->variants);
    self->bytes = carve(&at, &total, self->byte_count, 1);
    return total;
}

static size_t carve_scratch(reader *self, uint8_t *at)
{
    size_t total = 0;

    self->sorted =
        carve(&at, &total, self->name_count_max, 2 * sizeof *self->sorted);
    self->weights =
        carve(&at, &total, self->record_count, sizeof *self->weights);
    self->heights =
        carve(&at, &total, self->record_count, sizeof *self->heights);
    self->sparse =
        carve(&at, &total, self->name_count_max, sizeof *self->sparse);
    self->depths = carve(&at, &total, self->type_count, sizeof *self->depths);
    return total;
}

// Takes `size` bytes of zeros, at least one; NULL when memory ran out.
static void *memory_take(const inlay_alloc *alloc, size_t size)
{
    void *memory = alloc->resize(alloc->context, NULL, 0, size);

    if (memory != NULL) {
        memset(memory, 0, size);
    }
    return memory;
}

static void memory_free(const inlay_alloc *alloc, void *memory, size_t size)
{
    if (memory != NULL) {
        (void)alloc->resize(alloc->context, memory, size, 0);
    }
}

static inlay_status read_into(reader *self, const inlay_alloc *alloc,
                              inlay_description *out)
{
    inlay_status status = INLAY_OUT_OF_MEMORY;

    self->scratch_size = carve_scratch(self, NULL);
    self->scratch = memory_take(alloc, self->scratch_size);
    out->size = carve_tables(self, NULL);
    out->memory = memory_take(alloc, out->size);
    out->alloc = alloc;
    if (self->scratch != NULL && out->memory != NULL) {
        (void)carve_scratch(self, self->scratch);
        (void)carve_tables(self, out->memory);
        status = reader_read_types(self) && reader_read_records(self) &&
                         reader_check(self)
                     ? INLAY_OK
                     : INLAY_DESCRIPTION;
    }
    memory_free(alloc, self->scratch, self->scratch_size);
    if (status != INLAY_OK) {
        memory_free(alloc, out->memory, out->size);
    }
    return status;
}

inlay_status inlay_description_read(const void *data, size_t size,
                                    const inlay_alloc *alloc,
                                    inlay_description *out)
{
    inlay_description          made = {0};
    reader                     self = {0};
    inlay_describe_schema_view schema;
    inlay_status               status;

    if (size > INLAY_DESCRIPTION_SIZE_MAX ||
        inlay_describe_schema_verify_canonical(data, size, NULL) != INLAY_OK ||
        inlay_describe_schema_open_verified(data, size, &schema, NULL) !=
            INLAY_OK) {
        return INLAY_DESCRIPTION;
    }
    reader_open(&self, schema);
    if (self.record_count == 0 || self.type_count == 0) {
        return INLAY_DESCRIPTION;
    }
    status = read_into(&self, alloc != NULL ? alloc : &inlay_alloc_heap, &made);
    if (status != INLAY_OK) {
        return status;
    }
    made.record = &self.records[0];
    made.fingerprint = inlay_description_fingerprint(data, size);
    *out = made;
    return INLAY_OK;
}

void inlay_description_release(inlay_description *self)
{
    memory_free(self->alloc, self->memory, self->size);
    *self = (inlay_description){0};
}

/* describe.h -- schemas as bytes: files that explain themselves.
 *
 * A description is a message that says what a record's descriptor tables say
 * (desc.h), and those of all that it leads to. Whoever has it can verify a
 * message, print it as JSON or make one from JSON, with no schema, no compiler
 * and no generated code: that is how `inlay cat` prints any log.
 *
 *     inlay_buffer      bytes;
 *     inlay_description found;
 *
 *     inlay_buffer_init(&bytes, NULL);
 *     status = inlay_describe(&log_entry_desc, &bytes);
 *     ... keep the bytes with the messages; later, elsewhere ...
 *     status = inlay_description_read(bytes.data, bytes.size, NULL, &found);
 *     status = inlay_json_write(found.record, message, size, NULL, sink, NULL);
 *     inlay_description_release(&found);
 *
 * What it holds: of records, structs, enums and unions the names, types and
 * values in order; the fields' defaults, ordinals, @align, @max, @sparse; ids.
 * What it does not: comments, constants, names of aliases, @deprecated, which
 * file what came from, and types that the record does not lead to. Those can
 * change, and the bytes stay.
 *
 * One schema has one description, whoever wrote it and by whatever way the
 * tables came to be: its 128-bit hash, the fingerprint, is the identity of a
 * schema. Anything else that changes, a name included, changes it; that two
 * fingerprints differ does not say that one can't read the other's messages
 * (FORMAT.md, section 6).
 *
 * The schema of descriptions is codec/describe/describe.inlay.
 *
 * Threads: calls share nothing; tables may be read by any number.
 */
#ifndef INLAY_DESCRIBE_H
#define INLAY_DESCRIBE_H

#include "buffer.h"
#include "desc.h"
#include "hash.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No description is larger: some 50,000 fields. */
#define INLAY_DESCRIPTION_SIZE_MAX ((size_t)1 << 20)

/* How many records may hold each other, required one in required one; and how
 * many bytes and fields of defaults one empty record may stand for in all. A
 * schema beyond either has no description: a few bytes of a message could make
 * whoever prints them run for years. */
#define INLAY_DESCRIPTION_DEPTH_MAX    256
#define INLAY_DESCRIPTION_DEFAULTS_MAX (UINT32_C(1) << 24)

/* Appends the description of a record and of all that it leads to.
 *
 * INLAY_TOO_LARGE where the schema is beyond the limits above;
 * INLAY_OUT_OF_MEMORY. Nothing is appended on failure. Linear in the schema. */
INLAY_NODISCARD inlay_status inlay_describe(const inlay_record_desc *record,
                                            inlay_buffer            *out);

/* Descriptor tables that were read from a description, all in one piece of
 * memory: they borrow nothing from its bytes. */
typedef struct inlay_description {
    const inlay_record_desc *record;      /* the root */
    inlay_hash128            fingerprint; /* of the bytes */
    void                    *memory;      /* private, as what follows */
    size_t                   size;
    const inlay_alloc       *alloc;
} inlay_description;

/* Reads a description. `alloc` NULL means the heap, else it outlives `out`.
 *
 * The bytes may be hostile. All places in heads are computed anew, as the
 * compiler does, and whatever the compiler would refuse is refused, so that the
 * tables are as good as compiled ones, and safe with any message. Nobody may
 * write the bytes meanwhile.
 *
 * INLAY_DESCRIPTION when the bytes are not the description of a schema, or not
 * the only one that it has; INLAY_OUT_OF_MEMORY. Takes some twenty times the
 * bytes' size; time is that of sorting the names. */
INLAY_NODISCARD inlay_status inlay_description_read(const void        *data,
                                                    size_t             size,
                                                    const inlay_alloc *alloc,
                                                    inlay_description *out);

/* Frees the tables; does nothing with one that is all zero. */
void inlay_description_release(inlay_description *self);

/* Returns the fingerprint of a description: XXH3-128 of its bytes. */
static inline inlay_hash128 inlay_description_fingerprint(const void *data,
                                                          size_t      size)
{
    return inlay_bytes_hash128(data, size);
}

#ifdef __cplusplus
}
#endif

#endif

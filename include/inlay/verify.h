/* verify.h -- is this a message of that schema?
 *
 * Reading in place is safe on any bytes (view.h); verification is for meaning.
 * It accepts exactly what FORMAT.md allows, in one pass: that blocks fill their
 * slices, slices lie in order without gaps, strings are UTF-8, map keys ascend,
 * absent values are zero, and so on (section 5). What it has accepted can be
 * opened as a verified view, which reads without clamps.
 *
 * Other revisions of the schema pass, older and newer: fields that are not
 * there read as defaults, fields, bits, enum values and union tags that this
 * schema does not know are left alone. What lies in unknown slots is not looked
 * at.
 *
 *    inlay_error error;
 *
 *    if (inlay_verify(&log_entry_desc, data, size, &error) != INLAY_OK) {
 *        char text[400];
 *
 *        inlay_error_format(&error, text, sizeof text);
 *        fprintf(stderr, "%s\n", text);
 *    }
 *
 * prints, say, `headers[3].value: a string is not valid UTF-8 (byte 214)`.
 *
 * Cost: linear in the message; no allocation; stack bounded by the depth limit,
 * some 600 bytes a level; any address serves, aligned or not.
 * Trust: the bytes may be hostile, but nobody may write them meanwhile: copy
 * first what another process can still change.
 * Threads: no state; any number may verify the same bytes.
 */
#ifndef INLAY_VERIFY_H
#define INLAY_VERIFY_H

#include "desc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* All zero is what inlay_verify does. */
typedef struct inlay_verify_options {
    uint32_t depth_limit; /* blocks in blocks; the root is 1, lists and maps
                             count; 0: INLAY_DEPTH_LIMIT */
    bool canonical;       /* as inlay_verify_canonical */
} inlay_verify_options;

/* Verifies that the `size` bytes at `data`, all of them, are a message whose
 * root is a `desc`.
 *
 * Fails with the status of the first broken rule that is found, 32 and up in
 * INLAY_STATUS_LIST, or INLAY_TOO_DEEP, INLAY_MAP_ORDER, INLAY_UTF8,
 * INLAY_TOO_LONG. `error`, if not NULL, then has the status, the path of the
 * field, and the offset of the offending byte or slice. */
INLAY_NODISCARD inlay_status inlay_verify(const inlay_record_desc *desc,
                                          const void *data, size_t size,
                                          inlay_error *error);

/* Verifies as inlay_verify, and that the message is canonical: the bytes that
 * encoding its value with this schema gives. Equal values of one schema are
 * then equal bytes.
 *
 * Refuses besides, with INLAY_NOT_CANONICAL, what other revisions wrote, a
 * block where the empty slice says the same, and pads that do not align. */
INLAY_NODISCARD inlay_status
inlay_verify_canonical(const inlay_record_desc *desc, const void *data,
                       size_t size, inlay_error *error);

/* Verifies as `options` say; NULL is all zero. */
INLAY_NODISCARD inlay_status
inlay_verify_with(const inlay_record_desc *desc, const void *data, size_t size,
                  const inlay_verify_options *options, inlay_error *error);

#ifdef __cplusplus
}
#endif

#endif

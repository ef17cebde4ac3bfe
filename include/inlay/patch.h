/* patch.h -- a new message from a view, with some fields replaced.
 *
 * Whoever changes a field or two of a message need not decode it: the rest is
 * copied slice by slice, unread, what the schema does not know included. Every
 * record has a `_patch`, to be started from zero:
 *
 *     status = shop_order_open_verified(data, size, &order, &error);
 *     ...
 *     shop_order_patch patch = {.set.total = true, .to.total = 4200,
 *                               .set.note = true, .to.note = note};
 *
 *     status = shop_order_patch_encode(order, &patch, buffer, capacity, &size,
 *                                      &error);
 *
 * `to` is a native struct, `set` has a bool for each of its fields: those that
 * are set get their values from `to`, which may be anything that encodes: NULL
 * and {false} for what is to be absent, lists from sources and builders. Other
 * members of `to` are not used, but must have been initialised; `to.unknown` is
 * one of them.
 *
 * To go into a record that a field holds, hang its patch under `in`:
 *
 *     shop_address_patch  address = {.set.city = true, .to.city = city};
 *     shop_customer_patch customer = {.in.address = &address};
 *     shop_order_patch    patch = {.in.customer = &customer};
 *
 * A record that is absent is then written with its defaults and the patch.
 * Where a field is set, `in` is not looked at. Elements of lists and maps, and
 * payloads of unions, are replaced with the whole list, map or union: read only
 * that one, in an arena that keeps what is unknown, change it, and set the
 * field:
 *
 *     inlay_arena_keep_unknown(&arena, true);
 *     status = shop_item_list_read(shop_order_get_items(order), &arena,
 *                                  &patch.to.items);
 *     ... change patch.to.items ...
 *     patch.set.items = true;
 *
 * The base must be a verified view: the root's, or that of any record inside.
 * The result is a message of its own. It gets the base's fixed part and slots
 * or ours, whichever is more, so that nothing is lost either way; pads of
 * @align are put right at any depth. What is replaced is checked as `_encode`
 * does, what is copied has been verified.
 *
 * Where all blocks have the layout of this schema the result is canonical if
 * the base is, and a patch of nothing gives the same bytes. Blocks that an
 * older or newer writer made keep their layout where they are copied: they read
 * the same, but two messages may then be one value and not the same bytes
 * (hash.h). Of unknown slices what unknown.h says holds here too.
 *
 * Fails with INLAY_NOT_VERIFIED where the base is not a verified view, and as
 * `_encode` does, with the path of the field: INLAY_BUFFER_TOO_SMALL,
 * INLAY_UTF8, INLAY_TOO_LONG (@max), INLAY_MAP_ORDER, INLAY_TOO_DEEP, ... The
 * buffer may hold anything then; other out parameters are untouched.
 *
 * Cost: linear in the record's fields, the values set and the bytes copied. A
 * flat record of a few fields costs less when it is read, changed and encoded;
 * patches pay where there are lists and records to be left alone. It takes a
 * byte of tape per block that is encoded, none for those copied; and once, if a
 * required record may have become one of defaults, as many as it has fixed
 * bytes. With
 * @align inside, the result is walked once more.
 *
 * Ownership: the patch, what it points at and the base are read until the call
 * ends, and must not change between `_patch_measure` and `_patch_write`. The
 * buffer may not overlap them.
 * Threads: any number may patch one base.
 */
#ifndef INLAY_PATCH_H
#define INLAY_PATCH_H

#include "desc.h"
#include "encode.h"
#include "view.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- For generated code -------------------------------------------------- */

/* How a record's patch is laid out, and how its values are encoded. `to` comes
 * first in it. */
typedef struct inlay_patch_type {
    const inlay_record_desc *desc;
    /* Writes the fixed part; NULL when there is none. */
    void (*head)(const void *to, uint8_t *head);
    /* Measure and write the value of a slot; NULL when there are none. */
    uint64_t (*slot_size)(inlay_encoder *encoder, const void *to,
                          uint32_t slot);
    uint8_t *(*slot_write)(inlay_encoder *encoder, const void *to,
                           uint32_t slot, uint8_t *heap);
    /* Those of the fields that hold records, in layout order. */
    const struct inlay_patch_type *const *in_types;

    size_t set;     /* offset of its bools, one per field in layout order */
    size_t in;      /* offset of its pointers, one per type of `in_types` */
    bool   aligned; /* there is an @align somewhere inside */
} inlay_patch_type;

/* Measure, write, or do both with an encoder of their own. */
INLAY_NODISCARD inlay_status inlay_patch_measure(const inlay_patch_type *type,
                                                 const inlay_record     *base,
                                                 const void             *patch,
                                                 inlay_encoder *encoder,
                                                 size_t        *size);
INLAY_NODISCARD inlay_status inlay_patch_write(const inlay_patch_type *type,
                                               const inlay_record     *base,
                                               const void             *patch,
                                               inlay_encoder          *encoder,
                                               void *buffer, size_t capacity);
INLAY_NODISCARD inlay_status inlay_patch_encode(const inlay_patch_type *type,
                                                const inlay_record     *base,
                                                const void *patch, void *buffer,
                                                size_t capacity, size_t *size,
                                                inlay_error *error);

#ifdef __cplusplus
}
#endif

#endif

// realign.h -- pads of @align, once it is known where a block lies.
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_REALIGN_H
#define INLAY_CODEC_REALIGN_H

#include <inlay/desc.h>

// Moves the elements of all aligned slices inside a vector block, at any depth,
// to multiples of their N from `message` on. The block was encoded by the same
// schema and lies in the `size` bytes at `block`; sizes stay as they are.
void inlay_realign(const inlay_record_desc *record, const uint8_t *message,
                   uint8_t *block, size_t size);

// The same for a whole message, of which parts were copied from others that had
// been verified.
void inlay_realign_message(const inlay_record_desc *record, uint8_t *message,
                           size_t size);

#endif

/* room.h -- memory at a multiple of 64 bytes that grows, and what is unpacked
 * into it. Private to libinlay-ipc; the type is in <inlay/frame.h>.
 */
#ifndef CODEC_FRAME_ROOM_H
#define CODEC_FRAME_ROOM_H

#include <inlay/frame.h>

enum {
    ROOM_ALIGN = 64
};

/* Makes an empty room; allocates nothing. `alloc` NULL means the heap. */
void room_init(inlay_room *self, const inlay_alloc *alloc);

/* Frees the memory and leaves an empty room that can be used again. */
void room_release(inlay_room *self);

/* Makes the capacity at least `capacity`, and keeps the bytes from `from` to
 * `to` of the old memory, which move to `target`. Nothing is moved when it is
 * large enough already. INLAY_OUT_OF_MEMORY leaves the room as it was. */
INLAY_NODISCARD inlay_status room_grow(inlay_room *self, size_t capacity,
                                       size_t from, size_t to, size_t target);

/* Packs bytes, at least one, into a room. */
INLAY_NODISCARD inlay_status room_pack(inlay_room       *self,
                                       inlay_compression compression,
                                       inlay_bytes bytes, size_t *packed);

/* Unpacks a payload into a room: at most `size_limit` bytes, INLAY_OVER_LIMIT.
 */
INLAY_NODISCARD inlay_status room_unpack(inlay_room       *self,
                                         inlay_compression compression,
                                         inlay_bytes packed, size_t size_limit,
                                         size_t *size);

#endif

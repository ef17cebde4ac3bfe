/* compress.h -- payloads as LZ4 frames and zstd frames, for frames and logs.
 *
 * Either library may be missing from a build: what needs it then is
 * INLAY_NOT_BUILT_IN. The kinds are numbered as in the flags of FORMAT.md,
 * section 7. Packed bytes are one whole frame of the library's own format,
 * with the size of what it holds in its header, so that any tool can unpack
 * them and no reader has to guess how much room it needs.
 *
 * Hostile input: unpacking writes at most the room it is given, and a size is
 * what the header says, so bound it before you allocate.
 *
 * Memory: the libraries take some hundred kilobytes through malloc for the
 * time of a call. Private to libinlay-ipc. Threads: no state.
 */
#ifndef CODEC_COMPRESS_COMPRESS_H
#define CODEC_COMPRESS_COMPRESS_H

#include <inlay/base.h>

enum {
    COMPRESS_NONE = 0,
    COMPRESS_LZ4 = 1,
    COMPRESS_ZSTD = 2
};

/* Returns whether this build packs and unpacks the kind; true for NONE. */
bool compress_built_in(unsigned kind);

/* Returns the room that packing `size` bytes takes at most; 0 for NONE, for
 * what is not built in and for sizes that the library does not take. */
size_t compress_bound(unsigned kind, size_t size);

/* Packs at least one byte into `out`, which has compress_bound bytes of room,
 * at the library's fast level. INLAY_NOT_BUILT_IN, INLAY_OUT_OF_MEMORY;
 * INLAY_TOO_LARGE when `capacity` is too small. */
INLAY_NODISCARD inlay_status compress_pack(unsigned kind, const void *data,
                                           size_t size, void *out,
                                           size_t capacity, size_t *packed);

/* Sets how many bytes a packed payload holds, by its header: O(1), unproven.
 * INLAY_NOT_BUILT_IN, or INLAY_COMPRESSION where the header is damaged or does
 * not say. */
INLAY_NODISCARD inlay_status compress_raw_size(unsigned kind, const void *data,
                                               size_t size, uint64_t *raw);

/* Unpacks exactly `size` bytes to exactly `raw`, or INLAY_COMPRESSION. */
INLAY_NODISCARD inlay_status compress_unpack(unsigned kind, const void *data,
                                             size_t size, void *out,
                                             size_t raw);

/* Unpacks exactly `size` bytes, whose header need not say what they hold, to at
 * most `capacity`. INLAY_BUFFER_TOO_SMALL when they hold more;
 * INLAY_COMPRESSION for damage. */
INLAY_NODISCARD inlay_status compress_unpack_within(unsigned    kind,
                                                    const void *data,
                                                    size_t size, void *out,
                                                    size_t  capacity,
                                                    size_t *raw);

#endif

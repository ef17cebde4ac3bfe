// compress.c -- LZ4 and zstd, each behind three functions; see compress.h.

#include "codec/compress/compress.h"

#ifdef INLAY_HAS_LZ4
#include <lz4frame.h>
#endif
#ifdef INLAY_HAS_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

// One library. Arguments are those of compress.h.
typedef struct compressor {
    size_t (*bound)(size_t size);
    inlay_status (*pack)(const void *data, size_t size, void *out,
                         size_t capacity, size_t *packed);
    inlay_status (*raw_size)(const void *data, size_t size, uint64_t *raw);
    inlay_status (*unpack)(const void *data, size_t size, void *out,
                           size_t capacity, size_t *raw);
} compressor;

// ---- LZ4 --------------------------------------------------------------------

#ifdef INLAY_HAS_LZ4

static LZ4F_preferences_t lz4_preferences(size_t size)
{
    LZ4F_preferences_t how = LZ4F_INIT_PREFERENCES;

    how.frameInfo.contentSize = size;
    how.frameInfo.blockMode = LZ4F_blockIndependent;
    how.frameInfo.blockSizeID = LZ4F_max4MB;
    return how;
}

static size_t lz4_bound(size_t size)
{
    LZ4F_preferences_t how = lz4_preferences(size);

    return size < SIZE_MAX / 2 ? LZ4F_compressFrameBound(size, &how) : 0;
}

static inlay_status lz4_pack(const void *data, size_t size, void *out,
                             size_t capacity, size_t *packed)
{
    LZ4F_preferences_t how = lz4_preferences(size);
    size_t got = LZ4F_compressFrame(out, capacity, data, size, &how);

    if (LZ4F_isError(got)) {
        return capacity < lz4_bound(size) ? INLAY_TOO_LARGE
                                          : INLAY_OUT_OF_MEMORY;
    }
    *packed = got;
    return INLAY_OK;
}

// A frame that holds nothing has no size in its header: 0 is how the library
// says unknown.
static inlay_status lz4_raw_size(const void *data, size_t size, uint64_t *raw)
{
    LZ4F_dctx       *context;
    LZ4F_frameInfo_t info;
    size_t           used = size;
    size_t           left;

    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) {
        return INLAY_OUT_OF_MEMORY;
    }
    left = LZ4F_getFrameInfo(context, &info, data, &used);
    LZ4F_freeDecompressionContext(context);
    if (LZ4F_isError(left) || info.contentSize == 0 || info.dictID != 0) {
        return INLAY_COMPRESSION;
    }
    *raw = info.contentSize;
    return INLAY_OK;
}

// The whole frame at once into the room: what is left over of either tells
// damage from lack of room.
static inlay_status lz4_unpack(const void *data, size_t size, void *out,
                               size_t capacity, size_t *raw)
{
    LZ4F_decompressOptions_t how = {.stableDst = 1};
    LZ4F_dctx               *context;
    size_t                   used = size;
    size_t                   made = capacity;
    size_t                   left;

    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) {
        return INLAY_OUT_OF_MEMORY;
    }
    left = LZ4F_decompress(context, out, &made, data, &used, &how);
    LZ4F_freeDecompressionContext(context);
    if (LZ4F_isError(left)) {
        return INLAY_COMPRESSION;
    }
    if (left != 0 && made == capacity) {
        return INLAY_BUFFER_TOO_SMALL;
    }
    if (left != 0 || used != size) {
        return INLAY_COMPRESSION;
    }
    *raw = made;
    return INLAY_OK;
}

static const compressor lz4 = {lz4_bound, lz4_pack, lz4_raw_size, lz4_unpack};

#endif

// ---- zstd -------------------------------------------------------------------

#ifdef INLAY_HAS_ZSTD

static size_t zstd_bound(size_t size)
{
    size_t bound = size < SIZE_MAX / 2 ? ZSTD_compressBound(size) : 0;

    return ZSTD_isError(bound) ? 0 : bound;
}

static inlay_status zstd_pack(const void *data, size_t size, void *out,
                              size_t capacity, size_t *packed)
{
    size_t got = ZSTD_compress(out, capacity, data, size, 1);

    if (ZSTD_isError(got)) {
        return ZSTD_getErrorCode(got) == ZSTD_error_dstSize_tooSmall
                   ? INLAY_TOO_LARGE
                   : INLAY_OUT_OF_MEMORY;
    }
    *packed = got;
    return INLAY_OK;
}

static inlay_status zstd_raw_size(const void *data, size_t size, uint64_t *raw)
{
    unsigned long long content = ZSTD_getFrameContentSize(data, size);

    if (content == ZSTD_CONTENTSIZE_ERROR ||
        content == ZSTD_CONTENTSIZE_UNKNOWN) {
        return INLAY_COMPRESSION;
    }
    *raw = content;
    return INLAY_OK;
}

static inlay_status zstd_unpack(const void *data, size_t size, void *out,
                                size_t capacity, size_t *raw)
{
    size_t got;

    if (ZSTD_findFrameCompressedSize(data, size) != size) {
        return INLAY_COMPRESSION;
    }
    got = ZSTD_decompress(out, capacity, data, size);
    if (!ZSTD_isError(got)) {
        *raw = got;
        return INLAY_OK;
    }
    switch (ZSTD_getErrorCode(got)) {
    case ZSTD_error_memory_allocation:
        return INLAY_OUT_OF_MEMORY;
    case ZSTD_error_dstSize_tooSmall:
        return INLAY_BUFFER_TOO_SMALL;
    default:
        return INLAY_COMPRESSION;
    }
}

static const compressor zstd = {zstd_bound, zstd_pack, zstd_raw_size,
                                zstd_unpack};

#endif

// ---- Either -----------------------------------------------------------------

// NULL for NONE and for what is not built in.
static const compressor *compressor_of(unsigned kind)
{
    switch (kind) {
#ifdef INLAY_HAS_LZ4
    case COMPRESS_LZ4:
        return &lz4;
#endif
#ifdef INLAY_HAS_ZSTD
    case COMPRESS_ZSTD:
        return &zstd;
#endif
    default:
        return NULL;
    }
}

bool compress_built_in(unsigned kind)
{
    return kind == COMPRESS_NONE || compressor_of(kind) != NULL;
}

size_t compress_bound(unsigned kind, size_t size)
{
    const compressor *library = compressor_of(kind);

    return library != NULL ? library->bound(size) : 0;
}

inlay_status compress_pack(unsigned kind, const void *data, size_t size,
                           void *out, size_t capacity, size_t *packed)
{
    const compressor *library = compressor_of(kind);

    if (library == NULL) {
        return INLAY_NOT_BUILT_IN;
    }
    return library->pack(data, size, out, capacity, packed);
}

inlay_status compress_raw_size(unsigned kind, const void *data, size_t size,
                               uint64_t *raw)
{
    const compressor *library = compressor_of(kind);

    return library != NULL ? library->raw_size(data, size, raw)
                           : INLAY_NOT_BUILT_IN;
}

inlay_status compress_unpack_within(unsigned kind, const void *data,
                                    size_t size, void *out, size_t capacity,
                                    size_t *raw)
{
    const compressor *library = compressor_of(kind);

    return library != NULL ? library->unpack(data, size, out, capacity, raw)
                           : INLAY_NOT_BUILT_IN;
}

inlay_status compress_unpack(unsigned kind, const void *data, size_t size,
                             void *out, size_t raw)
{
    size_t       got;
    inlay_status status =
        compress_unpack_within(kind, data, size, out, raw, &got);

    if (status == INLAY_BUFFER_TOO_SMALL ||
        (status == INLAY_OK && got != raw)) {
        return INLAY_COMPRESSION;
    }
    return status;
}

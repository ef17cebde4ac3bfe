// compress.c -- see compress.h.

#include "bench/harness/compress.h"

#include <stdlib.h>

#if BENCH_HAVE_ZSTD
#include <zstd.h>
#endif
#if BENCH_HAVE_LZ4
#include <lz4.h>
#endif

const char *compress_op_name(compress_op op)
{
    static const char *const names[COMPRESS_OPS] = {"zstd_pack", "zstd_unpack",
                                                    "lz4_pack", "lz4_unpack"};
    bool                     zstd = op <= COMPRESS_ZSTD_UNPACK;

    return (zstd ? BENCH_HAVE_ZSTD : BENCH_HAVE_LZ4) ? names[op] : NULL;
}

// ---- zstd -------------------------------------------------------------------

#if BENCH_HAVE_ZSTD
static uint64_t zstd_pack(const bench_state *state, uint8_t *to,
                          size_t capacity)
{
    static ZSTD_CCtx *context; // its tables are reused, as the manual advises
    size_t            size;

    context = context == NULL ? ZSTD_createCCtx() : context;
    size = ZSTD_compressCCtx(context, to, capacity, state->message, state->size,
                             1);
    return ZSTD_isError(size) ? 0 : size;
}

static uint64_t zstd_unpack(const subject *self, const bench_state *state)
{
    static ZSTD_DCtx *context;
    size_t            size;

    context = context == NULL ? ZSTD_createDCtx() : context;
    size = ZSTD_decompressDCtx(context, state->out, state->capacity,
                               self->packed[0], self->packed_size[0]);
    return ZSTD_isError(size) ? 0 : size;
}

static size_t zstd_bound(size_t size)
{
    return ZSTD_compressBound(size);
}
#else
static uint64_t zstd_pack(const bench_state *state, uint8_t *to,
                          size_t capacity)
{
    (void)state;
    (void)to;
    (void)capacity;
    return 0;
}

static uint64_t zstd_unpack(const subject *self, const bench_state *state)
{
    (void)self;
    (void)state;
    return 0;
}

static size_t zstd_bound(size_t size)
{
    return size;
}
#endif

// ---- LZ4 --------------------------------------------------------------------

#if BENCH_HAVE_LZ4
static uint64_t lz4_pack(const bench_state *state, uint8_t *to, size_t capacity)
{
    int size = LZ4_compress_default((const char *)state->message, (char *)to,
                                    (int)state->size, (int)capacity);

    return size < 0 ? 0 : (uint64_t)size;
}

static uint64_t lz4_unpack(const subject *self, const bench_state *state)
{
    int size =
        LZ4_decompress_safe((const char *)self->packed[1], (char *)state->out,
                            (int)self->packed_size[1], (int)state->capacity);

    return size < 0 ? 0 : (uint64_t)size;
}

static size_t lz4_bound(size_t size)
{
    return (size_t)LZ4_compressBound((int)size);
}
#else
static uint64_t lz4_pack(const bench_state *state, uint8_t *to, size_t capacity)
{
    (void)state;
    (void)to;
    (void)capacity;
    return 0;
}

static uint64_t lz4_unpack(const subject *self, const bench_state *state)
{
    (void)self;
    (void)state;
    return 0;
}

static size_t lz4_bound(size_t size)
{
    return size;
}
#endif

// ---- Both -------------------------------------------------------------------

void compress_prepare(subject *self)
{
    const bench_state *state = &self->states[0];
    size_t bounds[2] = {zstd_bound(state->size), lz4_bound(state->size)};
    int    i;

    for (i = 0; i < 2; i++) {
        free(self->packed[i]);
        self->packed[i] = bench_memory(bounds[i]);
    }
    self->packed_size[0] = (size_t)zstd_pack(state, self->packed[0], bounds[0]);
    self->packed_size[1] = (size_t)lz4_pack(state, self->packed[1], bounds[1]);
}

uint64_t compress_run(subject *self, compress_op op)
{
    bench_state *state = &self->states[0];

    switch (op) {
    case COMPRESS_ZSTD_PACK:
        return zstd_pack(state, state->out, state->capacity);
    case COMPRESS_ZSTD_UNPACK:
        return zstd_unpack(self, state);
    case COMPRESS_LZ4_PACK:
        return lz4_pack(state, state->out, state->capacity);
    default:
        return lz4_unpack(self, state);
    }
}

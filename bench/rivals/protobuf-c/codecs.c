// codecs.c -- protobuf-c: unpacked before every read.

#include "bench/rivals/protobuf-c/cases.h"

extern const bench_codec bench_codec_protobuf_c;

static const char *version(void)
{
    return BENCH_PROTOBUF_C_VERSION;
}

const bench_codec bench_codec_protobuf_c = {
    .id = "protobuf-c",
    .name = "protobuf-c",
    .format = "protobuf",
    .language = "C",
    .version = version,
    .trust = BENCH_LAZY,
    .memory = "reused arena",
    .note = "unpacked before every read, by an allocator that only moves a "
            "pointer; UTF-8 is not checked; written from messages that exist",
    .absent =
        {
            [BENCH_OPEN] = "has to be parsed",
            [BENCH_UPDATE] = "has to be parsed and written again",
        },
    .cases =
        {
            [BENCH_LOG] = &protoc_log,
            [BENCH_MESH] = &protoc_mesh,
            [BENCH_MINECRAFT] = &protoc_minecraft,
            [BENCH_MK48] = &protoc_mk48,
            [BENCH_RPC] = &protoc_rpc,
            [BENCH_TELEMETRY] = &protoc_telemetry,
            [BENCH_CJK] = &protoc_cjk,
            [BENCH_CATALOGUE] = &protoc_catalogue,
        },
};

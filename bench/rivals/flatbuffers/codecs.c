// codecs.c -- FlatBuffers: verified before every read, and once before all.

#include "bench/rivals/flatbuffers/cases.h"

extern const bench_codec bench_codec_flatbuffers_verified;
extern const bench_codec bench_codec_flatbuffers_once;

static const char *version(void)
{
    return BENCH_FLATBUFFERS_VERSION;
}

const bench_codec bench_codec_flatbuffers_verified = {
    .id = "flatbuffers-verified",
    .name = "FlatBuffers, verified",
    .format = "FlatBuffers",
    .language = "C++",
    .version = version,
    .trust = BENCH_LAZY,
    .memory = "reused builder",
    .note = "Verifier before every read; it does not check UTF-8",
    .cases =
        {
            [BENCH_LOG] = &flat_log_verified,
            [BENCH_MESH] = &flat_mesh_verified,
            [BENCH_MINECRAFT] = &flat_minecraft_verified,
            [BENCH_MK48] = &flat_mk48_verified,
            [BENCH_RPC] = &flat_rpc_verified,
            [BENCH_TELEMETRY] = &flat_telemetry_verified,
            [BENCH_CJK] = &flat_cjk_verified,
            [BENCH_CATALOGUE] = &flat_catalogue_verified,
        },
};

const bench_codec bench_codec_flatbuffers_once = {
    .id = "flatbuffers-once",
    .name = "FlatBuffers, verified once",
    .format = "FlatBuffers",
    .language = "C++",
    .version = version,
    .trust = BENCH_ONCE,
    .memory = "reused builder",
    .note = "reads without a Verifier, which ran before; unchecked reads are "
            "the same code",
    .absent =
        {
            [BENCH_VERIFY] = "see FlatBuffers, verified",
            [BENCH_DECODE] = "see FlatBuffers, verified",
        },
    .cases =
        {
            [BENCH_LOG] = &flat_log_once,
            [BENCH_MESH] = &flat_mesh_once,
            [BENCH_MINECRAFT] = &flat_minecraft_once,
            [BENCH_MK48] = &flat_mk48_once,
            [BENCH_RPC] = &flat_rpc_once,
            [BENCH_TELEMETRY] = &flat_telemetry_once,
            [BENCH_CJK] = &flat_cjk_once,
            [BENCH_CATALOGUE] = &flat_catalogue_once,
        },
};

// codecs.c -- protobuf: parsed before every read, into an arena that is reset,
// or again into the same message.

#include "bench/rivals/protobuf/cases.h"

extern const bench_codec bench_codec_protobuf;
extern const bench_codec bench_codec_protobuf_again;

static const char *version(void)
{
    return BENCH_PROTOBUF_VERSION;
}

const bench_codec bench_codec_protobuf = {
    .id = "protobuf",
    .name = "protobuf",
    .format = "protobuf",
    .language = "C++",
    .version = version,
    .trust = BENCH_CHECKED,
    .memory = "reused arena, long strings on the heap",
    .note = "messages in arenas, parsed before every read, UTF-8 included; "
            "written from messages that exist",
    .absent =
        {
            [BENCH_OPEN] = "has to be parsed",
            [BENCH_UPDATE] = "has to be parsed and written again",
        },
    .cases =
        {
            [BENCH_LOG] = &proto_log,
            [BENCH_MESH] = &proto_mesh,
            [BENCH_MINECRAFT] = &proto_minecraft,
            [BENCH_MK48] = &proto_mk48,
            [BENCH_RPC] = &proto_rpc,
            [BENCH_TELEMETRY] = &proto_telemetry,
            [BENCH_CJK] = &proto_cjk,
            [BENCH_CATALOGUE] = &proto_catalogue,
        },
};

const bench_codec bench_codec_protobuf_again = {
    .id = "protobuf-again",
    .name = "protobuf, same message",
    .format = "protobuf",
    .language = "C++",
    .version = version,
    .trust = BENCH_CHECKED,
    .memory = "reused message on the heap",
    .note = "parsed before every read, UTF-8 included, into one message that "
            "keeps its memory",
    .absent =
        {
            [BENCH_BUILD] = "see protobuf",
            [BENCH_ENCODE] = "see protobuf",
            [BENCH_OPEN] = "has to be parsed",
            [BENCH_UPDATE] = "has to be parsed and written again",
        },
    .cases =
        {
            [BENCH_LOG] = &proto_log_again,
            [BENCH_MESH] = &proto_mesh_again,
            [BENCH_MINECRAFT] = &proto_minecraft_again,
            [BENCH_MK48] = &proto_mk48_again,
            [BENCH_RPC] = &proto_rpc_again,
            [BENCH_TELEMETRY] = &proto_telemetry_again,
            [BENCH_CJK] = &proto_cjk_again,
            [BENCH_CATALOGUE] = &proto_catalogue_again,
        },
};

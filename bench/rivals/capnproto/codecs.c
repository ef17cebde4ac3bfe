// codecs.c -- Cap'n Proto: flat, which is read in place, and packed.

#include "bench/rivals/capnproto/cases.h"

extern const bench_codec bench_codec_capnproto;
extern const bench_codec bench_codec_capnproto_packed;

#define NO_VERIFY                                                              \
    "pointers are checked as they are followed; nothing checks a whole "       \
    "message"

static const char *version(void)
{
    return BENCH_CAPNPROTO_VERSION;
}

const bench_codec bench_codec_capnproto = {
    .id = "capnproto",
    .name = "Cap'n Proto",
    .format = "Cap'n Proto",
    .language = "C++",
    .version = version,
    .trust = BENCH_LAZY,
    .memory = "reused segment",
    .note = "FlatArrayMessageReader; UTF-8 is not checked, and update trusts "
            "the message",
    .absent = {[BENCH_VERIFY] = NO_VERIFY},
    .cases =
        {
            [BENCH_LOG] = &cap_log_flat,
            [BENCH_MESH] = &cap_mesh_flat,
            [BENCH_MINECRAFT] = &cap_minecraft_flat,
            [BENCH_MK48] = &cap_mk48_flat,
            [BENCH_RPC] = &cap_rpc_flat,
            [BENCH_TELEMETRY] = &cap_telemetry_flat,
            [BENCH_CJK] = &cap_cjk_flat,
            [BENCH_CATALOGUE] = &cap_catalogue_flat,
        },
};

const bench_codec bench_codec_capnproto_packed = {
    .id = "capnproto-packed",
    .name = "Cap'n Proto, packed",
    .format = "Cap'n Proto, packed",
    .language = "C++",
    .version = version,
    .trust = BENCH_LAZY,
    .memory = "reused segment, reused room for unpacking",
    .note = "unpacked as a whole before every read; UTF-8 is not checked",
    .absent =
        {
            [BENCH_VERIFY] = NO_VERIFY,
            [BENCH_UPDATE] = "the packed form has to be unpacked and packed",
        },
    .cases =
        {
            [BENCH_LOG] = &cap_log_packed,
            [BENCH_MESH] = &cap_mesh_packed,
            [BENCH_MINECRAFT] = &cap_minecraft_packed,
            [BENCH_MK48] = &cap_mk48_packed,
            [BENCH_RPC] = &cap_rpc_packed,
            [BENCH_TELEMETRY] = &cap_telemetry_packed,
            [BENCH_CJK] = &cap_cjk_packed,
            [BENCH_CATALOGUE] = &cap_catalogue_packed,
        },
};

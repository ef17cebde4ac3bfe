// inlay.c -- Inlay, read in three ways.

#include "bench/rivals/inlay/inlay.h"

#define CASES(way, user)                                                       \
    {                                                                          \
        [BENCH_LOG] = &log_logs_##way, [BENCH_MESH] = &mesh_mesh_##way,        \
        [BENCH_MINECRAFT] = &minecraft_players_##way,                          \
        [BENCH_MK48] = &mk48_updates_##way, [BENCH_RPC] = &rpc_request_##way,  \
        [BENCH_TELEMETRY] = &telemetry_telemetry_##way,                        \
        [BENCH_CJK] = &articles_articles_##way,                                \
        [BENCH_CATALOGUE] = &catalogue_catalogue_##way,                        \
        [BENCH_USER] = user                                                    \
    }

#define DECLARE(way)                                                           \
    extern const bench_case log_logs_##way, mesh_mesh_##way,                   \
        minecraft_players_##way, mk48_updates_##way, rpc_request_##way,        \
        telemetry_telemetry_##way, articles_articles_##way,                    \
        catalogue_catalogue_##way

DECLARE(checked);
DECLARE(once);
DECLARE(lazy);
DECLARE(json);

static const char *version(void)
{
    return INLAY_VERSION;
}

#define AS_VERIFIED "as Inlay, verified: only reading differs"

const bench_codec bench_codec_inlay = {
    .id = "inlay",
    .name = "Inlay, verified",
    .format = "Inlay",
    .language = "C",
    .version = version,
    .trust = BENCH_CHECKED,
    .memory = "reused buffer, no heap",
    .note = "_open_verified before every read; _measure and _write with an "
            "encoder that keeps its tape",
    .absent = {[BENCH_OPEN] = "opening verifies: see verify",
               [BENCH_LOOKUP] = "the set has no keys"},
    .cases = CASES(checked, &user_checked),
};

const bench_codec bench_codec_inlay_once = {
    .id = "inlay-once",
    .name = "Inlay, verified once",
    .format = "Inlay",
    .language = "C",
    .version = version,
    .trust = BENCH_ONCE,
    .memory = "reused buffer, no heap",
    .note = "views of a message that was verified when it arrived",
    .absent = {[BENCH_BUILD] = AS_VERIFIED,
               [BENCH_ENCODE] = AS_VERIFIED,
               [BENCH_VERIFY] = AS_VERIFIED,
               [BENCH_DECODE] = AS_VERIFIED,
               [BENCH_LOOKUP] = "the set has no keys"},
    .cases = CASES(once, &user_once),
};

const bench_codec bench_codec_inlay_clamped = {
    .id = "inlay-clamped",
    .name = "Inlay, clamped",
    .format = "Inlay",
    .language = "C",
    .version = version,
    .trust = BENCH_LAZY,
    .memory = "reused buffer, no heap",
    .note = "never verified: every access is clamped into the message",
    .absent = {[BENCH_BUILD] = AS_VERIFIED,
               [BENCH_ENCODE] = AS_VERIFIED,
               [BENCH_VERIFY] = "nothing is verified",
               [BENCH_DECODE] = AS_VERIFIED,
               [BENCH_LOOKUP] = "the set has no keys"},
    .cases = CASES(lazy, &user_lazy),
};

const bench_codec bench_codec_inlay_json = {
    .id = "inlay-json",
    .name = "Inlay's JSON",
    .format = "JSON",
    .language = "C",
    .version = version,
    .trust = BENCH_CHECKED,
    .memory = "reused buffers, parser on the heap",
    .note = "structs to a message to text by inlay_json_write, and back by "
            "inlay_json_read",
    .absent = {[BENCH_BUILD] = "as encode",
               [BENCH_OPEN] = "has to be parsed",
               [BENCH_READ_ONE] = "read the message: see Inlay, verified",
               [BENCH_READ_TENTH] = "read the message: see Inlay, verified",
               [BENCH_READ_SCALARS] = "read the message: see Inlay, verified",
               [BENCH_READ_STRINGS] = "read the message: see Inlay, verified",
               [BENCH_LOOKUP] = "read the message: see Inlay, verified",
               [BENCH_UPDATE] = "text has no fields of fixed size"},
    .cases = CASES(json, NULL),
};

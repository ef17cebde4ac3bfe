/* cases.h -- the data sets in FlatBuffers, each in a file of its own. */
#ifndef BENCH_RIVALS_FLATBUFFERS_CASES_H
#define BENCH_RIVALS_FLATBUFFERS_CASES_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const bench_case flat_log_verified, flat_log_once;
extern const bench_case flat_mesh_verified, flat_mesh_once;
extern const bench_case flat_minecraft_verified, flat_minecraft_once;
extern const bench_case flat_mk48_verified, flat_mk48_once;
extern const bench_case flat_rpc_verified, flat_rpc_once;
extern const bench_case flat_telemetry_verified, flat_telemetry_once;
extern const bench_case flat_cjk_verified, flat_cjk_once;
extern const bench_case flat_catalogue_verified, flat_catalogue_once;

#ifdef __cplusplus
}
#endif

#endif

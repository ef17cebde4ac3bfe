/* cases.h -- the data sets in Cap'n Proto, each in a file of its own. */
#ifndef BENCH_RIVALS_CAPNPROTO_CASES_H
#define BENCH_RIVALS_CAPNPROTO_CASES_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const bench_case cap_log_flat, cap_log_packed;
extern const bench_case cap_mesh_flat, cap_mesh_packed;
extern const bench_case cap_minecraft_flat, cap_minecraft_packed;
extern const bench_case cap_mk48_flat, cap_mk48_packed;
extern const bench_case cap_rpc_flat, cap_rpc_packed;
extern const bench_case cap_telemetry_flat, cap_telemetry_packed;
extern const bench_case cap_cjk_flat, cap_cjk_packed;
extern const bench_case cap_catalogue_flat, cap_catalogue_packed;

#ifdef __cplusplus
}
#endif

#endif

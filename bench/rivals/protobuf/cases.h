/* cases.h -- the data sets in protobuf, each in a file of its own. */
#ifndef BENCH_RIVALS_PROTOBUF_CASES_H
#define BENCH_RIVALS_PROTOBUF_CASES_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const bench_case proto_log, proto_log_again;
extern const bench_case proto_mesh, proto_mesh_again;
extern const bench_case proto_minecraft, proto_minecraft_again;
extern const bench_case proto_mk48, proto_mk48_again;
extern const bench_case proto_rpc, proto_rpc_again;
extern const bench_case proto_telemetry, proto_telemetry_again;
extern const bench_case proto_cjk, proto_cjk_again;
extern const bench_case proto_catalogue, proto_catalogue_again;

#ifdef __cplusplus
}
#endif

#endif

/* cases.h -- the data sets in protobuf, each in a file of its own. */
#ifndef BENCH_RIVALS_PROTOBUF_CASES_H
#define BENCH_RIVALS_PROTOBUF_CASES_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const bench_case proto_log;
extern const bench_case proto_mesh;
extern const bench_case proto_minecraft;
extern const bench_case proto_mk48;
extern const bench_case proto_rpc;
extern const bench_case proto_telemetry;
extern const bench_case proto_cjk;
extern const bench_case proto_catalogue;

#ifdef __cplusplus
}
#endif

#endif

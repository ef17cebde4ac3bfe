/* cases.h -- the data sets in protobuf-c, each in a file of its own. */
#ifndef BENCH_RIVALS_PROTOBUF_C_CASES_H
#define BENCH_RIVALS_PROTOBUF_C_CASES_H

#include "bench/harness/codec.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const bench_case protoc_log;
extern const bench_case protoc_mesh;
extern const bench_case protoc_minecraft;
extern const bench_case protoc_mk48;
extern const bench_case protoc_rpc;
extern const bench_case protoc_telemetry;
extern const bench_case protoc_cjk;
extern const bench_case protoc_catalogue;

#ifdef __cplusplus
}
#endif

#endif

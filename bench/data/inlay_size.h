/* inlay_size.h -- how large Inlay makes a data set, from the format's text.
 *
 * Worked out by hand from the description of the wire format and the schemas
 * beside this file, and so independent of the compiler, the encoder and the
 * generated code: a second opinion for tests of those.
 */
#ifndef BENCH_DATA_INLAY_SIZE_H
#define BENCH_DATA_INLAY_SIZE_H

#include "bench/data/log.h"
#include "bench/data/mesh.h"
#include "bench/data/minecraft.h"
#include "bench/data/mk48.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each returns the bytes of the canonical message. */
uint64_t inlay_size_logs(const data_logs *data);
uint64_t inlay_size_mesh(const data_mesh *data);
uint64_t inlay_size_players(const data_players *data);
uint64_t inlay_size_updates(const data_updates *data);

#ifdef __cplusplus
}
#endif

#endif

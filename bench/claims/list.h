/* list.h -- all claims, in the order of their numbers. */
#ifndef BENCH_CLAIMS_LIST_H
#define BENCH_CLAIMS_LIST_H

#include "bench/claims/claim.h"

extern const claim  claim_list[];
extern const size_t claim_count;

/* ---- What measures them, by subject -------------------------------------- */

/* formats.c */
void claim_json_write(claim_bench *bench);
void claim_small_objects(claim_bench *bench);
void claim_simd_json(claim_bench *bench);
void claim_json_tree(claim_bench *bench);
void claim_untagged(claim_bench *bench);
void claim_in_service(claim_bench *bench);

/* strings.c */
void claim_borrowed(claim_bench *bench);

/* memory.c */
void claim_reused_buffer(claim_bench *bench);
void claim_growing(claim_bench *bench);
void claim_copies(claim_bench *bench);
void claim_slices(claim_bench *bench);
void claim_inline_vectors(claim_bench *bench);

/* allocator.c */
void claim_allocation_cost(claim_bench *bench);
void claim_allocators(claim_bench *bench);

/* layout.c */
void claim_linked(claim_bench *bench);
void claim_hot_cold(claim_bench *bench);
void claim_cache_latency(claim_bench *bench);

/* access.c */
void claim_bounds_checks(claim_bench *bench);
void claim_tables(claim_bench *bench);

/* threads.c */
void claim_false_sharing(claim_bench *bench);

/* bytes.c */
void claim_byte_search(claim_bench *bench);

/* build.c */
void claim_debug_build(claim_bench *bench);
void claim_build_options(claim_bench *bench);

/* io.c */
void claim_buffered(claim_bench *bench);
void claim_vectored(claim_bench *bench);
void claim_no_delay(claim_bench *bench);
void claim_batching(claim_bench *bench);
void claim_backpressure(claim_bench *bench);

/* errors.c */
void claim_error_values(claim_bench *bench);

#endif

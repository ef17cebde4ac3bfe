// list.c -- see list.h.

#include "bench/claims/list.h"

const claim claim_list[] = {
    {1, "json-write",
     "Writing JSON takes 5 to 15 times as long as writing a binary format",
     claim_json_write},
    {2, "small-objects",
     "For small objects, bincode beats JSON 6.3 times in writing and 5 times "
     "in "
     "reading, postcard 4.2 and 2.8 times, rkyv 24 times until a value can be "
     "read",
     claim_small_objects},
    {3, "simd-json", "A JSON parser with SIMD is 2 to 3 times as fast",
     claim_simd_json},
    {4, "json-tree",
     "JSON is read into structs 1.5 to 2 times as fast as into a tree, which "
     "takes an allocation per string, array and object",
     claim_json_tree},
    {5, "borrowed-strings",
     "Borrowing strings from the input is about 2 times as fast as copying "
     "them",
     claim_borrowed},
    {6, "untagged",
     "Alternatives without a tag are parsed several times; a tag avoids it",
     claim_untagged},
    {7, "in-service",
     "bitcode has the best of size and speed; inside a service, Protocol "
     "Buffers or FlatBuffers beat JSON",
     claim_in_service},
    {8, "reused-buffer",
     "At 500,000 messages a second, a new buffer for each of them can be "
     "measured against one that is used again",
     claim_reused_buffer},
    {9, "growing",
     "A vector that doubles is moved about 10 times on the way to 1,000 "
     "elements; to know the size first is the remedy",
     claim_growing},
    {10, "copies",
     "Each copied string is an allocation; passing references gives 3 times "
     "the throughput",
     claim_copies},
    {11, "slices",
     "Slices with a reference count in place of copies: 60 % fewer "
     "allocations, 2 times the throughput",
     claim_slices},
    {12, "inline-vectors",
     "Fewer than 8 to 16 elements are better kept inside than on the heap",
     claim_inline_vectors},
    {13, "allocation-cost",
     "10 allocations fewer per million instructions gain about 1 %",
     claim_allocation_cost},
    {14, "allocators",
     "jemalloc or mimalloc cut the time of allocations by 30 to 60 % under "
     "many threads; musl's allocator takes 7 to 20 times as long",
     claim_allocators},
    {15, "linked",
     "100,000 elements in a row are walked 5 to 10 times as fast as linked "
     "nodes",
     claim_linked},
    {16, "hot-cold",
     "Scanning numbers should not pull the strings beside them through the "
     "cache",
     claim_hot_cold},
    {17, "cache-latency",
     "L1 takes 4 cycles, L2 12, L3 40, memory about 100 ns",
     claim_cache_latency},
    {18, "bounds-checks",
     "Checks of bounds are mostly free when the optimiser can see them",
     claim_bounds_checks},
    {19, "function-tables",
     "Calls through a table of functions take 3.4 times as long as direct ones "
     "in a tight loop, 1.2 times elsewhere",
     claim_tables},
    {20, "false-sharing", "False sharing costs up to 300 times at 32 threads",
     claim_false_sharing},
    {21, "byte-search",
     "A search made for bytes (memchr) halves the work of a parser of strings",
     claim_byte_search},
    {22, "debug-build",
     "A debug build is 10 to 100 times slower than a release build",
     claim_debug_build},
    {23, "build-options",
     "Optimising at link time gains 10 to 20 %, instructions of the very "
     "processor up to 2 times on numbers, a profile 10 to 40 %",
     claim_build_options},
    {24, "buffered-writes",
     "A call of the system per message takes 2 times the processor time of "
     "buffered writes",
     claim_buffered},
    {25, "vectored-writes",
     "Header, body and trailer are better written with one vectored write than "
     "with three",
     claim_vectored},
    {26, "no-delay", "Without TCP_NODELAY small messages wait 40 to 200 ms",
     claim_no_delay},
    {27, "batching", "Batches raise 1,000 requests a second to 30,000",
     claim_batching},
    {28, "backpressure",
     "Bounded queues keep memory flat where unbounded ones grow until the "
     "process dies",
     claim_backpressure},
    {29, "error-values", "Errors that allocate cost time where errors are many",
     claim_error_values},
};

const size_t claim_count = sizeof claim_list / sizeof claim_list[0];

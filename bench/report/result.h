/* result.h -- result files (bench/RESULT.md) as structs.
 *
 *     result       *run;
 *     result_error  error;
 *
 *     run = result_read(paths, count, &error);
 *     if (run == NULL) {
 *         fprintf(stderr, "%s\n", error.text);
 *     }
 *     ...
 *     result_free(run);
 *
 * Several files of one machine read as one: sets are joined by name, codecs by
 * id, cells stand side by side. Reading is strict, for a figure that is wrong
 * here is believed elsewhere: a member of the wrong type, a missing one, a name
 * that is not declared, an interval without its median are errors that name the
 * file, the member and what to do. Members not mentioned in RESULT.md are
 * ignored; null is the same as leaving a member out.
 *
 * What was not measured is NAN (numbers), NULL (texts) or a count of 0 (lists).
 * Everything that a result points at dies with it. Running out of memory ends
 * the program with a message.
 */
#ifndef BENCH_REPORT_RESULT_H
#define BENCH_REPORT_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/data/arena.h"
#include "bench/harness/stats.h"

#define RESULT_FORMAT "inlay-bench 1"

/* ---- Operations and trust ------------------------------------------------ */

/* In the order of tables and charts. If you add one, add its name in result.c,
 * its heading in markdown.c and its label in web/model.js. */
typedef enum result_op {
    RESULT_BUILD,
    RESULT_ENCODE,
    RESULT_VERIFY,
    RESULT_OPEN,
    RESULT_READ_ONE,
    RESULT_READ_TENTH,
    RESULT_READ_SCALARS,
    RESULT_READ_STRINGS,
    RESULT_LOOKUP,
    RESULT_UPDATE,
    RESULT_DECODE,
    RESULT_DECODE_OWNED,
    RESULT_ZSTD_PACK,
    RESULT_ZSTD_UNPACK,
    RESULT_LZ4_PACK,
    RESULT_LZ4_UNPACK,
    RESULT_OPS
} result_op;

/* From the most that a codec promises about hostile bytes to nothing. */
typedef enum result_trust {
    RESULT_CHECKED,
    RESULT_LAZY,
    RESULT_ONCE,
    RESULT_UNCHECKED,
    RESULT_FLOOR,
    RESULT_TRUSTS
} result_trust;

/* As in the file: "read_one", "checked". */
const char *result_op_name(result_op op);
const char *result_trust_name(result_trust trust);

/* What a trust level means, as part of a sentence. */
const char *result_trust_about(result_trust trust);

/* ---- Measurements -------------------------------------------------------- */

/* A median and its 95 % interval. */
typedef struct result_estimate {
    double median;
    double low;
    double high;
} result_estimate;

typedef struct result_cell {
    size_t          run; /* the file it comes from */
    size_t          set;
    size_t          codec;
    result_op       op;
    const char     *absent; /* the reason; NULL when it was measured */
    result_estimate ns;     /* never NAN when it was measured */
    double          ns_min;
    result_estimate ratio; /* to the anchor */
    const double   *blocks;
    const double   *anchors; /* as many as blocks, or NULL */
    size_t          block_count;
    stats_outliers  outliers;
    double          contaminated;
    double          allocations; /* count of them, per operation */
    double          allocated_bytes;
    double          allocated_peak;
    double          instructions;
} result_cell;

typedef struct result_size {
    size_t set;
    size_t codec;
    double bytes;
    double zstd1;
    double lz4;
} result_size;

typedef struct result_bucket {
    double ns;
    double count;
} result_bucket;

typedef struct result_latency {
    size_t               set;
    size_t               codec;
    result_op            op;
    const char          *cache; /* "hot", "cold", ... */
    double               count;
    double               overhead;
    double               p50;
    double               p90;
    double               p99;
    double               p999;
    double               max;
    const result_bucket *buckets; /* times ascend */
    size_t               bucket_count;
} result_latency;

/* The ratio of a codec to itself. */
typedef struct result_noise {
    size_t    set;
    result_op op;
    double    low;
    double    high;
} result_noise;

/* One way to carry messages, of inlay-ipc-bench. Rows of a group stand
 * together. */
typedef struct result_ipc {
    const char     *group;
    const char     *about; /* the group's */
    const char     *unit;  /* what ns are of: "lookup" */
    const char     *name;
    const char     *note;
    const char     *absent; /* the reason; NULL when it was measured */
    result_estimate ns;
    result_estimate ratio; /* to the first of the group */
} result_ipc;

/* ---- What was measured --------------------------------------------------- */

typedef struct result_set {
    const char *name;
    const char *about;
    double      records;
    double      messages;
} result_set;

typedef struct result_code {
    size_t set;
    double bytes;
} result_code;

typedef struct result_codec {
    const char        *id;
    const char        *name;
    const char        *format;
    const char        *language;
    const char        *version;
    const char        *memory;
    const char        *note;
    result_trust       trust;
    const result_code *code; /* bytes of code per set */
    size_t             code_count;
} result_codec;

typedef struct result_skip {
    const char *id;
    const char *name;
    const char *reason;
} result_skip;

/* ---- Where and when ------------------------------------------------------ */

typedef enum result_flag {
    RESULT_UNKNOWN,
    RESULT_NO,
    RESULT_YES
} result_flag;

typedef struct result_machine {
    const char *cpu; /* never NULL */
    const char *flags;
    const char *kernel; /* never NULL */
    const char *os;
    const char *compiler;
    const char *compile_flags;
    const char *governor;
    const char *turbo;
    const char *counters;
    const char *clock;
    double      cores; /* never NAN */
    double      l1d;
    double      l2;
    double      l3;
    double      load_before;
    double      load_after;
    double      steal_percent;
    double      clock_resolution_ns;
    double      environment_bytes;
    result_flag hypervisor;
    result_flag aslr;
} result_machine;

/* One file. */
typedef struct result_run {
    const char    *path;
    const char    *when;
    const char    *inlay_version;
    const char    *inlay_commit;
    const char    *profile;
    double         blocks;
    double         block_ns;
    double         seed;
    result_machine machine;
} result_run;

typedef struct result {
    data_arena      memory;
    result_run     *runs; /* one per file, at least one */
    size_t          run_count;
    result_set     *sets;
    size_t          set_count;
    result_codec   *codecs;
    size_t          codec_count;
    result_skip    *skipped;
    size_t          skip_count;
    result_cell    *cells;
    size_t          cell_count;
    result_size    *sizes;
    size_t          size_count;
    result_latency *latency;
    size_t          latency_count;
    result_noise   *noise;
    size_t          noise_count;
    result_ipc     *ipc;
    size_t          ipc_count;
    size_t         *grid; /* of result_cell_at */
} result;

/* ---- Reading ------------------------------------------------------------- */

/* One line, without a newline: what is wrong where, and what to do. */
typedef struct result_error {
    char text[1000];
} result_error;

/* Reads and merges the files. NULL, with the error set, when one can't be read
 * or is not what RESULT.md says; when machines differ; when two files measured
 * the same cell. */
result *result_read(const char *const *paths, size_t count,
                    result_error *error);

void result_free(result *self);

/* ---- Asking -------------------------------------------------------------- */

/* What is not there. */
#define RESULT_NOT_FOUND ((size_t)-1)

/* Returns the cell, O(1); NULL when it is in none of the files. */
const result_cell *result_cell_at(const result *self, size_t set, size_t codec,
                                  result_op op);

/* The same for a cell that was measured; NULL for absent ones too. */
const result_cell *result_measured(const result *self, size_t set, size_t codec,
                                   result_op op);

const result_size *result_size_at(const result *self, size_t set, size_t codec);

/* Returns the interval of no difference; NULL when it was not measured. */
const result_noise *result_noise_at(const result *self, size_t set,
                                    result_op op);

size_t result_set_find(const result *self, const char *name);
size_t result_codec_find(const result *self, const char *id);

/* Returns the codec of the format "Inlay" that others of this trust are held
 * against: the first of the same trust that measured the cell. Trust is a
 * matter of reading, so for what writes or packs it may be of another level.
 * RESULT_NOT_FOUND when there is none. */
size_t result_inlay_at(const result *self, size_t set, result_trust trust,
                       result_op op);

/* Returns how often one cell's time goes into another's: of their ratios to
 * the anchor when both have them, so that drift cancels, else of their times.
 * The interval is the widest that the two intervals allow. */
result_estimate result_quotient(const result_cell *cell,
                                const result_cell *base);

#define RESULT_DIFFERENCE_SIZE 500

/* Writes what makes two machines different, for times to be set side by side:
 * `cpu: "A", not "B"`. False, and nothing written, when nothing does. */
bool result_machines_differ(const result_machine *one,
                            const result_machine *other, char *text,
                            size_t size);

#endif

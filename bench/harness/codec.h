/* codec.h -- what a rival brings: a table of functions per data set.
 *
 * A codec is one way to serialize: a library, used in one way, at one level of
 * trust. Where a library has several fastest paths (a reader that checks and
 * one that does not, a tree and a pull parser), each is a codec.
 *
 * C and C++.
 */
#ifndef BENCH_HARNESS_CODEC_H
#define BENCH_HARNESS_CODEC_H

#include "bench/harness/state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Data sets ------------------------------------------------------------
 *
 * Model type, what "a record" is, the field of read_one and update.
 */
typedef enum bench_set_id {
    BENCH_LOG,       /* data_logs: a log; size */
    BENCH_MESH,      /* data_mesh: a triangle; normal.x */
    BENCH_MINECRAFT, /* data_players: a player; score */
    BENCH_MK48,      /* data_updates: an update; score */
    BENCH_RPC,       /* data_request: the request itself; deadline_us */
    BENCH_TELEMETRY, /* data_telemetry: a sample; energy */
    BENCH_CJK,       /* data_articles: an article; published */
    BENCH_CATALOGUE, /* data_catalogue: a product; price */
    BENCH_USER,      /* data_document: what the user brings. Only build, encode,
                      * verify, read_scalars (numbers and bools: reals as f64)
                      * and read_strings (values, not the names of members) */
    BENCH_SETS,
} bench_set_id;

/* ---- Operations -----------------------------------------------------------
 *
 * All reads start from the bytes: what a codec has to do before it can read
 * (parse, verify) is part of them, every time; codecs of trust `once` are those
 * whose message was checked before, which is not measured here.
 */
typedef enum bench_op {
    /* Model to bytes with nothing kept from the time before: objects and memory
     * are made, filled, written and freed. Calls bench_built. */
    BENCH_BUILD,
    /* The codec's own objects (or the model itself, for codecs that write from
     * any struct) to bytes in `out`; what can be kept is kept. Returns the
     * size; 0 is a failure. */
    BENCH_ENCODE,
    /* Checks the message, or parses it where that is the only check. Returns 1;
     * 0 is a failure. */
    BENCH_VERIFY,
    /* Whatever it takes before the first value can be read, unchecked, without
     * reading one. Returns 1. */
    BENCH_OPEN,
    /* The set's field of record `turn` % count. For sets of one record: it. */
    BENCH_READ_ONE,
    /* All scalars and all strings of records 0, 10, 20, ... */
    BENCH_READ_TENTH,
    /* All scalars of all records: integers, bools, enums, floats, elements of
     * vectors and arrays, and those outside of records. */
    BENCH_READ_SCALARS,
    /* All strings, bytes and map keys. */
    BENCH_READ_STRINGS,
    /* The product with `key`: price + name. */
    BENCH_LOOKUP,
    /* Sets the field of read_one of every record to `turn` (cast to its type)
     * in `message`. Returns the count of records. */
    BENCH_UPDATE,
    /* Checks, and makes a model of the bytes in memory from bench_take (the
     * root too); `decoded` is that root. Strings may borrow from the message.
     * Returns 1; 0 is a failure. */
    BENCH_DECODE,
    BENCH_OPS,
} bench_op;

typedef uint64_t bench_function(bench_state *state);

/* One codec on one data set. */
typedef struct bench_case {
    /* Makes state->own: objects, builders, parsers. May be NULL. */
    bool (*open)(bench_state *state);
    void (*close)(bench_state *state);
    /* Writes the message that this case's readers read, as `encode` does, for
     * cases that leave writing to another codec of the same format. */
    bench_function *message;
    /* Where `decode` makes structs of the codec's own in place of a model, and
     * these are plain C structs with public members: returns whether they are
     * the model's values. Not timed; may use `out`. NULL: `decoded` is a model.
     */
    bool (*decoded_same)(bench_state *state);
    /* What read_scalars and read_strings come to by another way, where the
     * model can't tell: typed values of a document. NULL: the set tells. */
    uint64_t (*expected)(bench_state *state, bench_op op);
    bench_function *ops[BENCH_OPS]; /* NULL: n/a */
} bench_case;

/* ---- Codecs ---------------------------------------------------------------
 */

typedef enum bench_trust {
    BENCH_CHECKED,   /* every byte is checked whenever it is read, text too */
    BENCH_LAZY,      /* safe on any bytes; values are what they are */
    BENCH_ONCE,      /* checked once before; reads rely on it */
    BENCH_UNCHECKED, /* hostile bytes are not survived */
    BENCH_FLOOR,     /* no format: a lower bound */
} bench_trust;

typedef struct bench_codec {
    const char *id;       /* stable, lower case, with dashes: "flatbuffers" */
    const char *name;     /* "FlatBuffers, verified" */
    const char *format;   /* "FlatBuffers" */
    const char *language; /* of the library: "C", "C++" */
    const char *(*version)(void);
    bench_trust trust;
    /* Of reading and writing: "reused buffer", "reused arena", "heap per
     * message", "reused buffer, tree on the heap" */
    const char *memory;
    const char *note; /* the call path, in a sentence */
    /* Why operations are n/a that are NULL in all cases; NULL: no reason was
     * given. */
    const char       *absent[BENCH_OPS];
    const bench_case *cases[BENCH_SETS]; /* NULL: not for this set */
} bench_codec;

#ifdef __cplusplus
}
#endif

#endif

// made_up.c -- writes a result file of made-up figures, for tests of what reads
// result files. Nothing in it was measured.
//
//     inlay-made-up [OPTION VALUE]... > made-up.json
//
//     --seed N      another draw of the noise
//     --sets N      of the sets (1 to 8)
//     --codecs N    of the codecs (1 to 30)
//     --spread X    relative spread of blocks, 0.01 when not given
//     --slow ID     makes every operation of that codec slower,
//     --by X        by this factor
//     --drop ID     leaves a codec out
//     --cpu TEXT    of the machine
//     --rust 1      only the Rust codecs; 0: all but them
//
// The same arguments write the same file.

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report/result.h"

// ---- What is measured ------------------------------------------------------

typedef struct made_set {
    const char *name;
    const char *about;
    int         records;
    int         messages;
    double      anchor; // ns of copying Inlay's message
    double      bytes;
    bool        texts;
} made_set;

static const made_set sets[] = {
    {"log", "10,000 lines of a web server's log", 10000, 1, 16500, 785783, 1},
    {"mesh", "125,000 triangles, floats only", 125000, 1, 230000, 6000002, 0},
    {"minecraft", "500 saved players, nested", 500, 1, 10200, 364182, 1},
    {"mk48", "1,000 updates of a game", 1000, 1, 25400, 1161044, 0},
    {"rpc", "small requests, one message each", 1, 1024, 4.1, 104, 1},
    {"telemetry", "samples of a meter", 4096, 1, 3100, 81920, 0},
    {"cjk", "articles in Chinese, Japanese and Korean", 200, 1, 9000, 410000,
     1},
    {"catalogue", "products, looked up by key", 2000, 1, 12000, 520000, 1},
};

typedef enum reading {
    IN_PLACE,
    PARSED,  // nothing can be read before all of it was parsed
    COPIED,  // floors
    SEQUENCE // one after the other, without a tree
} reading;

typedef struct made_codec {
    const char *id;
    const char *name;
    const char *format;
    const char *language;
    const char *trust;
    const char *memory;
    double      write; // times the anchor
    double      read;  // all of it, times the anchor
    double      size;  // times Inlay's
    reading     how;
} made_codec;

#define REUSED "reused buffer"
#define HEAP   "heap per message"
#define ARENA  "reused arena"
#define TREE   "reused buffer, tree on the heap"

static const made_codec codecs[] = {
    {"inlay-verified", "Inlay, verified", "Inlay", "C", "checked", REUSED, 6.1,
     3.2, 1, IN_PLACE},
    {"inlay-clamped", "Inlay, clamped", "Inlay", "C", "lazy", REUSED, 6.1, 2.1,
     1, IN_PLACE},
    {"inlay-once", "Inlay, verified before", "Inlay", "C", "once", REUSED, 6.1,
     1.9, 1, IN_PLACE},
    {"memcpy", "memcpy of Inlay's message", "none", "C", "floor", REUSED, 1, 1,
     1, COPIED},
    {"structs", "Plain structs, written by hand", "none", "C", "floor", REUSED,
     1.6, 1.2, 1.4, COPIED},
    {"flatcc-verified", "FlatBuffers (flatcc), verified", "FlatBuffers", "C",
     "checked", REUSED, 14, 5.0, 1.62, IN_PLACE},
    {"flatcc", "FlatBuffers (flatcc)", "FlatBuffers", "C", "unchecked", REUSED,
     14, 2.4, 1.62, IN_PLACE},
    {"flatbuffers", "FlatBuffers, verified", "FlatBuffers", "C++", "checked",
     REUSED, 12, 5.5, 1.63, IN_PLACE},
    {"capnp", "Cap'n Proto", "Cap'n Proto", "C++", "lazy", ARENA, 9.5, 4.1,
     1.83, IN_PLACE},
    {"capnp-packed", "Cap'n Proto, packed", "Cap'n Proto", "C++", "lazy", ARENA,
     19, 12, 1.2, PARSED},
    {"protobuf", "Protocol Buffers, arena", "Protocol Buffers", "C++",
     "checked", ARENA, 22, 31, 1.12, PARSED},
    {"upb", "Protocol Buffers (upb)", "Protocol Buffers", "C", "checked", ARENA,
     21, 26, 1.12, PARSED},
    {"nanopb", "Protocol Buffers (nanopb)", "Protocol Buffers", "C", "checked",
     "caller's structs", 41, 66, 1.12, PARSED},
    {"msgpack-c", "MessagePack (msgpack-c)", "MessagePack", "C", "lazy", ARENA,
     13, 35, 1.01, PARSED},
    {"mpack", "MessagePack (mpack), reader", "MessagePack", "C", "checked",
     REUSED, 11, 24, 1.01, SEQUENCE},
    {"mpack-tree", "MessagePack (mpack), tree", "MessagePack", "C", "checked",
     HEAP, 11, 38, 1.01, PARSED},
    {"tinycbor", "CBOR (tinycbor)", "CBOR", "C", "lazy", REUSED, 16, 58, 1.05,
     SEQUENCE},
    {"libcbor", "CBOR (libcbor)", "CBOR", "C", "lazy", HEAP, 148, 310, 1.05,
     PARSED},
    {"avro", "Avro", "Avro", "C", "lazy", HEAP, 77, 120, 0.93, PARSED},
    {"bebop", "Bebop, with a name that is far too long for any column", "Bebop",
     "C++", "unchecked", HEAP, 7.4, 9.1, 1.4, PARSED},
    {"yyjson", "JSON (yyjson)", "JSON", "C", "checked", TREE, 34, 29, 2.33,
     PARSED},
    {"simdjson", "JSON (simdjson), on demand", "JSON", "C++", "checked", REUSED,
     38, 22, 2.33, SEQUENCE},
    {"rapidjson", "JSON (RapidJSON), in situ", "JSON", "C++", "checked", HEAP,
     62, 71, 2.33, PARSED},
    {"cjson", "JSON (cJSON)", "JSON", "C", "unchecked", HEAP, 1500, 480, 2.36,
     PARSED},
    {"rkyv", "rkyv, validated", "rkyv", "Rust", "checked", ARENA, 9, 21, 1.28,
     IN_PLACE},
    {"rkyv-unchecked", "rkyv", "rkyv", "Rust", "unchecked", ARENA, 9, 1.3, 1.28,
     IN_PLACE},
    {"bincode", "bincode 2", "bincode", "Rust", "checked", HEAP, 12, 60, 0.94,
     PARSED},
    {"postcard", "postcard", "postcard", "Rust", "checked", HEAP, 15, 63, 0.92,
     PARSED},
    {"bitcode", "bitcode", "bitcode", "Rust", "checked", REUSED, 5.2, 40, 0.89,
     PARSED},
    {"serde-json", "JSON (serde_json)", "JSON", "Rust", "checked", HEAP, 140,
     190, 2.33, PARSED},
};

enum {
    SETS = sizeof sets / sizeof sets[0],
    CODECS = sizeof codecs / sizeof codecs[0],
    BLOCKS = 25
};

typedef struct options {
    uint64_t    seed;
    size_t      sets;
    size_t      codecs;
    double      spread;
    double      by;
    const char *slow;
    const char *drop;
    const char *cpu;
    int         rust; // -1: both
} options;

// ---- Noise -----------------------------------------------------------------

static uint64_t draw_u64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

// About normal, of variance 1: the sum of twelve.
static double draw(uint64_t *state)
{
    double sum = -6.0;
    int    i;

    for (i = 0; i < 12; i++) {
        sum += (double)(draw_u64(state) >> 11) * 0x1p-53;
    }
    return sum;
}

// A state of its own for everything that is named, so that leaving one codec
// out changes nothing about the others.
static uint64_t state_of(const options *how, const char *a, const char *b,
                         int op)
{
    uint64_t hash = UINT64_C(14695981039346656037) + how->seed;

    for (; *a != '\0'; a++) {
        hash = (hash ^ (unsigned char)*a) * UINT64_C(1099511628211);
    }
    for (; *b != '\0'; b++) {
        hash = (hash ^ (unsigned char)*b) * UINT64_C(1099511628211);
    }
    return (hash ^ (unsigned)op) * UINT64_C(1099511628211);
}

// ---- Cells -----------------------------------------------------------------

static const char *absent(const made_set *set, const made_codec *codec,
                          result_op op)
{
    if (codec->how == COPIED && op != RESULT_ENCODE && op != RESULT_DECODE &&
        op != RESULT_READ_SCALARS) {
        return "a floor has encode, read_scalars and decode only";
    }
    if (op == RESULT_OPEN && codec->how != IN_PLACE) {
        return "has to be parsed";
    }
    if (op == RESULT_LOOKUP &&
        (strcmp(set->name, "catalogue") != 0 || codec->how != IN_PLACE)) {
        return strcmp(set->name, "catalogue") == 0 ? "no lookup by key"
                                                   : "no keys in this set";
    }
    if (op == RESULT_UPDATE && codec->how != IN_PLACE) {
        return "no update in place: the message is written again";
    }
    if (op == RESULT_READ_STRINGS && !set->texts) {
        return "no strings in this set";
    }
    if (op == RESULT_DECODE_OWNED) {
        return "in the Rust benchmarks only";
    }
    return NULL;
}

static double factor(const made_codec *codec, result_op op)
{
    double all = codec->read;
    double parse = codec->how == IN_PLACE ? 0.0 : all * 0.8;

    switch (op) {
    case RESULT_BUILD:
        return codec->write * 1.35;
    case RESULT_ENCODE:
        return codec->write;
    case RESULT_VERIFY:
        return codec->how == IN_PLACE ? all * 0.4 : all * 0.8;
    case RESULT_OPEN:
        return 1e-5;
    case RESULT_READ_ONE:
        return strcmp(codec->trust, "checked") == 0 ? parse + all * 0.4
                                                    : parse + 1e-4;
    case RESULT_READ_TENTH:
        return parse + all * 0.12;
    case RESULT_READ_SCALARS:
        return parse + all * 0.5;
    case RESULT_READ_STRINGS:
        return parse + all * 0.7;
    case RESULT_LOOKUP:
        return 2e-3;
    case RESULT_UPDATE:
        return 0.2;
    case RESULT_DECODE:
    case RESULT_DECODE_OWNED:
        return all * 2.6;
    case RESULT_ZSTD_PACK:
        return 80 * codec->size;
    case RESULT_ZSTD_UNPACK:
        return 22 * codec->size;
    case RESULT_LZ4_PACK:
        return 18 * codec->size;
    case RESULT_LZ4_UNPACK:
        return 4 * codec->size;
    case RESULT_OPS:
        break;
    }
    return 1.0;
}

static void print_estimate(const char *name, const double *values, size_t count)
{
    double low;
    double high;

    stats_bootstrap_median(values, count, 1000, 1, &low, &high);
    printf("     \"%s\": {\"median\": %.6g, \"low\": %.6g, \"high\": %.6g",
           name, stats_median(values, count), low, high);
    if (strcmp(name, "ns") == 0) {
        printf(", \"min\": %.6g", stats_quantile(values, count, 0.0));
    }
    printf("},\n");
}

static void print_list(const char *name, const double *values, size_t count)
{
    size_t i;

    printf("     \"%s\": [", name);
    for (i = 0; i < count; i++) {
        printf("%s%.6g", i > 0 ? ", " : "", values[i]);
    }
    printf("],\n");
}

static void print_measured(const options *how, const made_set *set,
                           const made_codec *codec, result_op op)
{
    uint64_t state = state_of(how, set->name, codec->id, (int)op);
    uint64_t shape_state;
    options  same = *how;
    double   slower =
        how->slow != NULL && strcmp(how->slow, codec->id) == 0 ? how->by : 1.0;
    double ns;
    double blocks[BLOCKS];
    double anchors[BLOCKS];
    double ratios[BLOCKS];
    size_t i;

    same.seed = 0; // the seed draws noise; figures differ by name only
    shape_state = state_of(&same, set->name, codec->id, (int)op);
    ns = set->anchor * factor(codec, op) * slower *
         exp(0.25 * draw(&shape_state));
    ns = ns < 1.2 ? 1.2 * slower : ns;
    for (i = 0; i < BLOCKS; i++) {
        double drift = exp(0.02 * sin((double)i));
        double tail = draw_u64(&state) % 20 == 0 ? 1.3 : 1.0;

        blocks[i] = ns * drift * tail * exp(how->spread * draw(&state));
        anchors[i] =
            set->anchor * drift * exp(how->spread * 0.3 * draw(&state));
        ratios[i] = blocks[i] / anchors[i];
    }
    printf("\n     ");
    print_estimate("ns", blocks, BLOCKS);
    print_estimate("ratio", ratios, BLOCKS);
    print_list("blocks", blocks, BLOCKS);
    print_list("anchors", anchors, BLOCKS);
    {
        stats_outliers found = stats_outliers_count(blocks, BLOCKS);

        printf("     \"outliers\": {\"low_severe\": %zu, \"low_mild\": %zu, "
               "\"high_mild\": %zu, \"high_severe\": %zu},\n",
               found.low_severe, found.low_mild, found.high_mild,
               found.high_severe);
    }
    if (strcmp(codec->memory, HEAP) == 0 || strcmp(codec->memory, TREE) == 0) {
        printf("     \"allocations\": {\"count\": %d, \"bytes\": %.0f, "
               "\"peak\": %.0f},\n",
               set->records * (op == RESULT_ENCODE ? 1 : 3), set->bytes * 2.5,
               set->bytes * 2.1);
    } else {
        printf("     \"allocations\": {\"count\": 0, \"bytes\": 0, \"peak\": "
               "0},\n");
    }
    if (strcmp(codec->language, "Rust") == 0) {
        printf("     \"instructions\": null, \"contaminated\": 0}");
    } else {
        printf("     \"instructions\": %.0f, \"contaminated\": %d}", ns * 8.1,
               (int)(draw_u64(&state) % 3));
    }
}

static void print_cells(const options *how, const made_codec *const *all,
                        size_t count)
{
    const char *comma = "";
    size_t      i;
    size_t      j;
    int         op;

    printf("  \"cells\": [");
    for (i = 0; i < how->sets; i++) {
        for (j = 0; j < count; j++) {
            for (op = 0; op < RESULT_OPS; op++) {
                const char *why = absent(&sets[i], all[j], (result_op)op);

                printf("%s\n    {\"set\": \"%s\", \"codec\": \"%s\", \"op\": "
                       "\"%s\", ",
                       comma, sets[i].name, all[j]->id,
                       result_op_name((result_op)op));
                if (why != NULL) {
                    printf("\"absent\": \"%s\"}", why);
                } else {
                    print_measured(how, &sets[i], all[j], (result_op)op);
                }
                comma = ",";
            }
        }
    }
    printf("\n  ],\n");
}

// ---- The rest --------------------------------------------------------------

static void print_head(const options *how)
{
    size_t i;

    printf("{\n  \"format\": \"" RESULT_FORMAT "\",\n"
           "  \"when\": \"2026-11-22T18:00:00Z\",\n"
           "  \"inlay\": {\"version\": \"0.1.0\", \"commit\": \"made-up\"},\n"
           "  \"machine\": {\n"
           "    \"cpu\": \"%s\", \"cores\": 2,\n"
           "    \"flags\": \"sse4_2 avx avx2 bmi1 bmi2 popcnt\",\n"
           "    \"caches\": {\"l1d\": 32768, \"l2\": 1048576, \"l3\": "
           "33554432},\n"
           "    \"kernel\": \"Linux 6.1.0-made-up\",\n"
           "    \"os\": \"Debian GNU/Linux 12 (bookworm)\",\n"
           "    \"compiler\": \"gcc 12.2.0\", \"compile_flags\": \"-O2 -g\",\n"
           "    \"governor\": \"unavailable\", \"hypervisor\": true,\n"
           "    \"turbo\": \"unavailable\",\n"
           "    \"counters\": \"unavailable: perf_event_open: Permission "
           "denied\",\n"
           "    \"load_before\": 0.2, \"load_after\": 1.1, \"steal_percent\": "
           "0.0,\n"
           "    \"clock\": \"rdtsc 2.450 GHz\", \"clock_resolution_ns\": "
           "9.0,\n"
           "    \"environment_bytes\": 1234, \"aslr\": true\n  },\n"
           "  \"settings\": {\"profile\": \"made up\", \"blocks\": %d, "
           "\"block_ns\": 2000000, \"seed\": 1},\n  \"sets\": [",
           how->cpu, BLOCKS);
    for (i = 0; i < how->sets; i++) {
        printf("%s\n    {\"name\": \"%s\", \"about\": \"%s\", \"records\": %d, "
               "\"messages\": %d}",
               i > 0 ? "," : "", sets[i].name, sets[i].about, sets[i].records,
               sets[i].messages);
    }
    printf("\n  ],\n");
}

static void print_codecs(const options *how, const made_codec *const *all,
                         size_t count)
{
    size_t i;
    size_t j;

    printf("  \"codecs\": [");
    for (i = 0; i < count; i++) {
        const made_codec *codec = all[i];

        printf("%s\n    {\"id\": \"%s\", \"name\": \"%s\", \"format\": \"%s\", "
               "\"language\": \"%s\", \"version\": \"%zu.%zu.0\", "
               "\"trust\": \"%s\", \"memory\": \"%s\",\n"
               "     \"note\": \"made up; </script> & <b> are to stay text\",\n"
               "     \"code_bytes\": {",
               i > 0 ? "," : "", codec->id, codec->name, codec->format,
               codec->language, i % 5, i % 7, codec->trust, codec->memory);
        for (j = 0; j < how->sets; j++) {
            printf("%s\"%s\": %.0f", j > 0 ? ", " : "", sets[j].name,
                   4000 + 700 * codec->write + 311 * (double)j);
        }
        printf("}}");
    }
    printf("\n  ],\n  \"skipped\": [\n"
           "    {\"id\": \"sbe\", \"name\": \"Simple Binary Encoding\", "
           "\"reason\": \"not found: sbe-tool\"},\n"
           "    {\"id\": \"cista\", \"name\": \"cista\", \"reason\": \"the "
           "check before the measurement failed: read_one of mesh\"}\n"
           "  ],\n");
}

static void print_sizes(const options *how, const made_codec *const *all,
                        size_t count)
{
    size_t i;
    size_t j;

    printf("  \"sizes\": [");
    for (i = 0; i < how->sets; i++) {
        for (j = 0; j < count; j++) {
            double   bytes = floor(sets[i].bytes * all[j]->size);
            uint64_t state = state_of(how, sets[i].name, all[j]->id, -1);
            double   packs = 0.35 + 0.05 * (double)(draw_u64(&state) % 4);

            printf("%s\n    {\"set\": \"%s\", \"codec\": \"%s\", \"bytes\": "
                   "%.0f, \"zstd1\": %.0f, \"lz4\": %.0f}",
                   i + j > 0 ? "," : "", sets[i].name, all[j]->id, bytes,
                   bytes * packs, bytes * packs * 1.3);
        }
    }
    printf("\n  ],\n");
}

// A body around one time, and a tail of one in a thousand.
static void print_latency_of(const made_set *set, const made_codec *codec,
                             result_op op, const char *cache)
{
    double mid = set->anchor * factor(codec, op) *
                 (strcmp(cache, "cold") == 0 ? 1.7 : 1.0);
    double ns = mid < 20 ? 20 : mid;
    double count = 100000;
    int    i;

    printf("{\"set\": \"%s\", \"codec\": \"%s\", \"op\": \"%s\", \"cache\": "
           "\"%s\",\n     \"count\": %.0f, \"overhead\": 9.0, \"p50\": %.6g, "
           "\"p90\": %.6g, \"p99\": %.6g, \"p999\": %.6g, \"max\": %.6g,\n"
           "     \"histogram\": [",
           set->name, codec->id, result_op_name(op), cache, count, ns,
           ns * 1.12, ns * 1.6, ns * 4, ns * 40);
    for (i = 0; i < 24; i++) {
        printf("%s[%.6g, %.0f]", i > 0 ? ", " : "",
               i < 12 ? ns * (0.9 + 0.02 * i) : ns * pow(1.36, i - 11),
               i < 12 ? 8000.0 : floor(2500.0 / pow(1.9, i - 11)));
    }
    printf("]}");
}

static void print_latency(const options *how, const made_codec *const *all,
                          size_t count)
{
    static const result_op ops[] = {RESULT_ENCODE, RESULT_READ_ONE,
                                    RESULT_DECODE};
    const char            *comma = "";
    size_t                 i;
    size_t                 j;
    size_t                 k;

    printf("  \"latency\": [");
    for (i = 0; i < how->sets; i++) {
        for (j = 0; j < count && strcmp(sets[i].name, "rpc") == 0; j++) {
            for (k = 0; k < 6; k++) {
                if (absent(&sets[i], all[j], ops[k / 2]) == NULL) {
                    printf("%s\n    ", comma);
                    print_latency_of(&sets[i], all[j], ops[k / 2],
                                     k % 2 == 0 ? "hot" : "cold");
                    comma = ",";
                }
            }
        }
    }
    printf("\n  ],\n");
}

static void print_noise(const options *how)
{
    size_t i;
    int    op;

    printf("  \"noise\": [");
    for (i = 0; i < how->sets; i++) {
        for (op = 0; op < RESULT_OPS; op++) {
            printf("%s\n    {\"set\": \"%s\", \"op\": \"%s\", \"low\": %.4f, "
                   "\"high\": %.4f}",
                   i > 0 || op > 0 ? "," : "", sets[i].name,
                   result_op_name((result_op)op), 0.985 - 0.001 * op,
                   1.012 + 0.001 * op);
        }
    }
    printf("\n  ]");
}

// Carriers, which the Rust benchmarks do not measure.
static void print_ipc(const options *how)
{
    if (how->rust != 1) {
        puts(",\n  \"ipc\": [\n"
             "    {\"group\": \"cache\", \"about\": \"look up a key\", "
             "\"unit\": \"lookup\", \"name\": \"Inlay\",\n"
             "     \"ns\": {\"median\": 200, \"low\": 190, \"high\": 210},\n"
             "     \"ratio\": {\"median\": 1, \"low\": 1, \"high\": 1}},\n"
             "    {\"group\": \"cache\", \"about\": \"look up a key\", "
             "\"unit\": \"lookup\", \"name\": \"LMDB\",\n"
             "     \"note\": \"one transaction\",\n"
             "     \"ns\": {\"median\": 500, \"low\": 480, \"high\": 550},\n"
             "     \"ratio\": {\"median\": 2.5, \"low\": 2.4, \"high\": "
             "2.6}},\n"
             "    {\"group\": \"cache\", \"about\": \"look up a key\", "
             "\"unit\": \"lookup\", \"name\": \"Redis\",\n"
             "     \"absent\": \"not found: redis-server\"}\n"
             "  ]");
    }
    puts("\n}");
}

static bool option_take(options *how, const char *name, const char *value)
{
    if (strcmp(name, "--seed") == 0) {
        how->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--sets") == 0) {
        how->sets = strtoul(value, NULL, 10);
    } else if (strcmp(name, "--codecs") == 0) {
        how->codecs = strtoul(value, NULL, 10);
    } else if (strcmp(name, "--spread") == 0) {
        how->spread = strtod(value, NULL);
    } else if (strcmp(name, "--slow") == 0) {
        how->slow = value;
    } else if (strcmp(name, "--by") == 0) {
        how->by = strtod(value, NULL);
    } else if (strcmp(name, "--drop") == 0) {
        how->drop = value;
    } else if (strcmp(name, "--cpu") == 0) {
        how->cpu = value;
    } else if (strcmp(name, "--rust") == 0) {
        how->rust = atoi(value);
    } else {
        return false;
    }
    return how->sets >= 1 && how->sets <= SETS && how->codecs >= 1 &&
           how->codecs <= CODECS;
}

int main(int argc, char **argv)
{
    options how = {
        .sets = SETS,
        .codecs = CODECS,
        .spread = 0.01,
        .by = 1.0,
        .cpu = "Made-up CPU of a test",
        .rust = -1,
    };
    const made_codec *all[CODECS];
    size_t            count = 0;
    size_t            i;
    int               argument;

    for (argument = 1; argument < argc; argument += 2) {
        if (argument + 1 == argc ||
            !option_take(&how, argv[argument], argv[argument + 1])) {
            fprintf(stderr, "inlay-made-up: wrong option `%s`\n",
                    argv[argument]);
            return 2;
        }
    }
    for (i = 0; i < how.codecs; i++) {
        bool is_rust = strcmp(codecs[i].language, "Rust") == 0;

        if ((how.rust < 0 || (how.rust == 1) == is_rust) &&
            (how.drop == NULL || strcmp(how.drop, codecs[i].id) != 0)) {
            all[count++] = &codecs[i];
        }
    }
    print_head(&how);
    print_codecs(&how, all, count);
    print_cells(&how, all, count);
    print_sizes(&how, all, count);
    print_latency(&how, all, count);
    print_noise(&how);
    print_ipc(&how);
    return 0;
}

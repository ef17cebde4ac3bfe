// gate.cpp -- every codec, on every set, against the models.
//
//     bench_rivals_gate [times [CODEC]]
//
// Checks the results of all operations and what damaged messages do, and prints
// sizes; with an argument, how long operations take, roughly.

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "bench/harness/set.h"
#include "bench/rivals/rivals.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

namespace
{

// ---- One codec on one set ---------------------------------------------------

const char *const op_names[BENCH_OPS] = {
    "build",    "encode",     "verify",       "open",
    "read_one", "read_tenth", "read_scalars", "read_strings",
    "lookup",   "update",     "decode",
};

unsigned failures;

struct running {
    const bench_codec   *codec;
    const bench_case    *use;
    const bench_set     &set;
    bench_state          state = {};
    std::vector<uint8_t> built = {};

    void check(bool good, bench_op op, const char *what)
    {
        if (!good && failures++ < 30) {
            printf("FAILED %s %s %s: %s\n", codec->id, set.name, op_names[op],
                   what);
        }
    }
    uint64_t run(bench_op op)
    {
        state.room_used = 0;
        return use->ops[op](&state);
    }
    void expect(bench_op op, uint64_t result)
    {
        if (use->ops[op] != nullptr) {
            check(run(op) == result, op, "another result than the model's");
        }
    }
};

std::vector<uint8_t> *built_into;

void keep_built(bench_state *, const void *data, size_t size)
{
    const uint8_t *bytes = static_cast<const uint8_t *>(data);

    built_into->assign(bytes, bytes + size);
}

uint8_t *take(size_t size)
{
    size = (size + 63) & ~size_t{63};
    return static_cast<uint8_t *>(memset(aligned_alloc(64, size), 0, size));
}

void check_writing(running &run)
{
    bench_state *state = &run.state;

    for (int i = 0; i < 2; i++) {
        state->size = run.use->ops[BENCH_ENCODE] != nullptr
                          ? run.run(BENCH_ENCODE)
                          : run.use->message(state);
        run.check(state->size > 0, BENCH_ENCODE, "no message");
    }
    memcpy(state->message, state->out, state->size);
    if (run.use->ops[BENCH_BUILD] != nullptr) {
        built_into = &run.built;
        state->built = keep_built;
        run.check(run.run(BENCH_BUILD) == state->size, BENCH_BUILD, "size");
        state->built = nullptr;
        // The bytes may differ, in the order of a map's entries: they are what
        // is read from here on.
        if (run.built.size() == state->size) {
            memcpy(state->message, run.built.data(), state->size);
        }
    }
}

void check_decoding(running &run)
{
    uint64_t is = run.set.digest(run.state.model);

    for (int i = 0; i < 2 && run.use->ops[BENCH_DECODE] != nullptr; i++) {
        run.expect(BENCH_DECODE, 1);
        run.check(run.use->decoded_same != nullptr
                      ? run.use->decoded_same(&run.state)
                      : run.state.decoded != nullptr &&
                            run.set.digest(run.state.decoded) == is,
                  BENCH_DECODE, "another model");
    }
}

void check_reading(running &run)
{
    const void *model = run.state.model;

    run.expect(BENCH_VERIFY, 1);
    for (size_t turn = 0; turn < 5; turn++) {
        run.state.turn = turn * 777;
        run.expect(BENCH_READ_ONE, run.set.read_one(model, turn * 777));
        if (run.set.lookup != nullptr) {
            run.state.key = run.set.key(model, turn);
            run.expect(BENCH_LOOKUP, run.set.lookup(model, turn));
        }
    }
    run.expect(BENCH_READ_TENTH, run.set.read_tenth(model));
    run.expect(BENCH_READ_SCALARS, run.set.read_scalars(model));
    run.expect(BENCH_READ_STRINGS, run.set.read_strings(model));
    check_decoding(run);
}

void check_updating(running &run)
{
    run.state.turn = 123;
    if (run.use->ops[BENCH_UPDATE] != nullptr) {
        run.expect(BENCH_UPDATE, run.set.records(run.state.model));
        run.expect(BENCH_READ_ONE, run.set.updated(run.state.turn));
        memcpy(run.state.message, run.state.out, run.state.size);
    }
}

// Reads whatever is there; it may fail, or not, but has to come back. A part
// of a message may well be a message: in protobuf it is one.
void survive(running &run)
{
    for (int op = BENCH_VERIFY; op < BENCH_OPS; op++) {
        if (run.use->ops[op] != nullptr && op != BENCH_UPDATE) {
            run.run(static_cast<bench_op>(op));
        }
    }
}

void check_damaged(running &run)
{
    std::vector<uint8_t> whole(run.state.message,
                               run.state.message + run.state.size);
    size_t               size = run.state.size;
    uint32_t             random = 1;

    if (run.codec->trust > BENCH_LAZY) {
        return;
    }
    for (size_t i = 0; i < 400; i++) {
        run.state.size = whole.size() < 400 ? i % size : i * size / 400;
        memset(run.state.message, 0, size);
        memcpy(run.state.message, whole.data(), run.state.size);
        survive(run);
    }
    run.state.size = size;
    for (size_t i = 0; i < 500; i++) {
        memcpy(run.state.message, whole.data(), size);
        for (int j = 0; j < 3; j++) {
            random = random * 1664525 + 1013904223;
            run.state.message[(random >> 8) % size] = (uint8_t)(random >> 24);
            random = random * 1664525 + 1013904223;
        }
        survive(run);
    }
    memcpy(run.state.message, whole.data(), size);
}

// Of the processor, because machines are shared.
double seconds()
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) +
           1e-9 * static_cast<double>(now.tv_nsec);
}

void print_times(running &run)
{
    for (int op = 0; op < BENCH_OPS; op++) {
        double least = 1e18;

        if (run.use->ops[op] == nullptr) {
            continue;
        }
        for (int i = 0; i < 7; i++) {
            double   begin = seconds();
            unsigned turns = 0;
            double   taken;

            do {
                run.state.turn = turns++;
                run.run(static_cast<bench_op>(op));
                taken = seconds() - begin;
            } while (taken < 0.003);
            least = taken / turns < least ? taken / turns : least;
        }
        printf(" %s %.2f", op_names[op], 1e6 * least);
    }
    printf(" us\n");
}

void run_model(running &run, bool first, bool full, bool damage)
{
    if (run.use->open != nullptr) {
        run.check(run.use->open(&run.state), BENCH_OPEN, "can't open");
    }
    check_writing(run);
    if (first) {
        printf("%-18s %-10s %9zu bytes\n", run.codec->id, run.set.name,
               run.state.size);
    }
    check_reading(run);
    check_updating(run);
    if (full && first) {
        print_times(run);
    } else if (damage) {
        check_damaged(run);
    }
    if (run.use->close != nullptr) {
        run.use->close(&run.state);
    }
}

struct loaded {
    const void **models;
    size_t       count;
};

void run_case(const bench_codec *codec, int id, const loaded &all, bool full)
{
    running run{codec, codec->cases[id], bench_sets[id]};
    size_t  capacity = size_t{64} << 20;

    if (run.use == nullptr) {
        return;
    }
    run.state.capacity = capacity - BENCH_PADDING;
    run.state.message = take(capacity);
    run.state.out = take(capacity);
    run.state.room = take(capacity);
    run.state.room_size = capacity;
    run.state.key = INLAY_STR("none");
    for (size_t i = 0; i < all.count && i < 20; i++) {
        run.state.model = all.models[i];
        run_model(run, i == 0, full, id == BENCH_RPC && i == 0);
    }
    free(run.state.message);
    free(run.state.out);
    free(run.state.room);
}

} // namespace

int main(int argc, char **argv)
{
    bool   full = argc > 1;
    loaded sets[BENCH_SETS];

    // The user's set is not there without a user.
    for (int id = 0; id < BENCH_USER; id++) {
        bench_sets[id].make(&sets[id].models, &sets[id].count);
    }
    for (size_t c = 0; c < bench_codec_count; c++) {
        if (argc > 2 && strcmp(argv[2], bench_codecs[c]->id) != 0) {
            continue;
        }
        for (int id = 0; id < BENCH_USER; id++) {
            if (SANITIZED && (id == BENCH_MESH || id == BENCH_MK48)) {
                continue; // minutes
            }
            run_case(bench_codecs[c], id, sets[id], full);
        }
    }
    for (size_t i = 0; i < bench_skipped_count; i++) {
        printf("skipped %s: %s\n", bench_skipped[i].id,
               bench_skipped[i].reason);
    }
    printf("%u failures\n", failures);
    return failures != 0;
}

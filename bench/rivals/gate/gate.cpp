// gate.cpp -- every codec, on every set, against the models.
//
//     bench-rivals-gate [times]
//
// Checks the results of all operations, what damaged messages do, and prints
// sizes; with an argument, also how long operations take, roughly. Without it,
// sets are small, so that it can run under sanitizers.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/rivals/gate/expect.hpp"
#include "bench/rivals/rivals.h"

namespace
{

using namespace bench;

// ---- The sets ---------------------------------------------------------------

struct expected {
    uint64_t (*one)(const void *model, size_t turn);
    uint64_t (*tenth)(const void *model);
    uint64_t (*scalars)(const void *model);
    uint64_t (*strings)(const void *model);
    uint64_t (*digest)(const void *model);
    size_t (*records)(const void *model);
};

template <class M> const M &as(const void *model)
{
    return *static_cast<const M *>(model);
}

template <class M> auto records_of(const M &m)
{
    if constexpr (std::is_same_v<M, data_logs>) {
        return std::make_pair(m.logs, m.log_count);
    } else if constexpr (std::is_same_v<M, data_mesh>) {
        return std::make_pair(m.triangles, m.triangle_count);
    } else if constexpr (std::is_same_v<M, data_players>) {
        return std::make_pair(m.players, m.player_count);
    } else if constexpr (std::is_same_v<M, data_updates>) {
        return std::make_pair(m.updates, m.update_count);
    } else if constexpr (std::is_same_v<M, data_request>) {
        return std::make_pair(&m, size_t{1});
    } else if constexpr (std::is_same_v<M, data_telemetry>) {
        return std::make_pair(m.samples, m.sample_count);
    } else if constexpr (std::is_same_v<M, data_articles>) {
        return std::make_pair(m.articles, m.article_count);
    } else {
        return std::make_pair(m.products, m.product_count);
    }
}

uint64_t field_of(const data_log &x)
{
    return x.size;
}
uint64_t field_of(const data_triangle &x)
{
    return bench_f32(x.normal.x);
}
uint64_t field_of(const data_player &x)
{
    return plain(x.score);
}
uint64_t field_of(const data_update &x)
{
    return x.score;
}
uint64_t field_of(const data_request &x)
{
    return x.deadline_us;
}
uint64_t field_of(const data_sample &x)
{
    return x.energy;
}
uint64_t field_of(const data_article &x)
{
    return plain(x.published);
}
uint64_t field_of(const data_entry &x)
{
    return x.value.price;
}

template <class T> const T &record_in(const T &x)
{
    return x;
}
const data_product &record_in(const data_entry &x)
{
    return x.value;
}

template <class M> expected expect()
{
    expected e;

    e.one = [](const void *m, size_t turn) {
        auto records = records_of(as<M>(m));

        return field_of(records.first[turn % records.second]);
    };
    e.tenth = [](const void *m) {
        auto     records = records_of(as<M>(m));
        uint64_t sum = 0;

        for (size_t i = 0; i < records.second; i += 10) {
            sum += expected_sum(record_in(records.first[i]), true, true);
        }
        return sum;
    };
    e.scalars = [](const void *m) {
        return expected_sum(as<M>(m), true, false);
    };
    e.strings = [](const void *m) {
        return expected_sum(as<M>(m), false, true);
    };
    e.digest = [](const void *m) { return expected_digest(as<M>(m)); };
    e.records = [](const void *m) { return records_of(as<M>(m)).second; };
    return e;
}

struct data_set {
    const char *name;
    const void *model;
    expected    is;
};

template <class M> data_set set(const char *name, const M *model)
{
    return {name, model, expect<M>()};
}

std::vector<data_set> make_sets(bool full)
{
    size_t part = full ? 1 : 40;

    return {
        set("log", data_logs_new(DATA_LOG_COUNT / part)),
        set("mesh", data_mesh_new(DATA_MESH_COUNT / part)),
        set("minecraft", data_players_new(DATA_MINECRAFT_COUNT / part)),
        set("mk48", data_updates_new(DATA_MK48_COUNT / part)),
        set("rpc", data_requests_new(1)->requests),
        set("telemetry", data_telemetry_new(DATA_TELEMETRY_COUNT / part)),
        set("cjk", data_articles_new(DATA_ARTICLES_COUNT / part)),
        set("catalogue", data_catalogue_new(DATA_CATALOGUE_COUNT / part)),
    };
}

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
    const data_set      &set;
    bench_state          state = {};
    std::vector<uint8_t> built = {};

    void check(bool good, bench_op op, const char *what)
    {
        if (!good) {
            printf("FAILED %s %s %s: %s\n", codec->id, set.name, op_names[op],
                   what);
            failures++;
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
        state->size = run.run(BENCH_ENCODE);
        run.check(state->size > 0, BENCH_ENCODE, "no message");
    }
    memcpy(state->message, state->out, state->size);
    if (run.use->ops[BENCH_BUILD] != nullptr) {
        built_into = &run.built;
        state->built = keep_built;
        run.check(run.run(BENCH_BUILD) == state->size, BENCH_BUILD, "size");
        run.check(run.built.size() == state->size &&
                      memcmp(run.built.data(), state->message, state->size) ==
                          0,
                  BENCH_BUILD, "other bytes than encode's");
        state->built = nullptr;
    }
}

void check_reading(running &run)
{
    const void *model = run.set.model;

    run.expect(BENCH_VERIFY, 1);
    for (size_t turn = 0; turn < 50; turn++) {
        run.state.turn = turn * 7;
        run.expect(BENCH_READ_ONE, run.set.is.one(model, turn * 7));
    }
    run.expect(BENCH_READ_TENTH, run.set.is.tenth(model));
    run.expect(BENCH_READ_SCALARS, run.set.is.scalars(model));
    run.expect(BENCH_READ_STRINGS, run.set.is.strings(model));
    if (run.use->ops[BENCH_LOOKUP] != nullptr) {
        const data_catalogue &all = as<data_catalogue>(model);

        for (size_t i = 0; i < all.product_count; i += 7) {
            const data_entry &at = all.products[i];

            run.state.key = at.key;
            run.expect(BENCH_LOOKUP, at.value.price + plain(at.value.name));
        }
    }
    for (int i = 0; i < 2 && run.use->ops[BENCH_DECODE] != nullptr; i++) {
        run.expect(BENCH_DECODE, 1);
        run.check(run.state.decoded != nullptr &&
                      run.set.is.digest(run.state.decoded) ==
                          run.set.is.digest(model),
                  BENCH_DECODE, "another model");
    }
}

// Reads whatever is there; it may fail, or not, but has to come back.
bool survives(running &run)
{
    bool good = true;

    for (int op = BENCH_VERIFY; op < BENCH_OPS; op++) {
        if (run.use->ops[op] != nullptr && op != BENCH_UPDATE) {
            uint64_t result = run.run(static_cast<bench_op>(op));

            good = op == BENCH_VERIFY ? result == 1 : good;
        }
    }
    return good;
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
        run.check(!survives(run), BENCH_VERIFY, "takes a part for the whole");
    }
    run.state.size = size;
    for (size_t i = 0; i < 2000; i++) {
        memcpy(run.state.message, whole.data(), size);
        for (int j = 0; j < 3; j++) {
            random = random * 1664525 + 1013904223;
            run.state.message[(random >> 8) % size] = (uint8_t)(random >> 24);
            random = random * 1664525 + 1013904223;
        }
        survives(run);
    }
    memcpy(run.state.message, whole.data(), size);
}

void print_times(running &run)
{
    using clock = std::chrono::steady_clock;

    for (int op = 0; op < BENCH_OPS; op++) {
        double least = 1e18;

        if (run.use->ops[op] == nullptr) {
            continue;
        }
        for (int i = 0; i < 7; i++) {
            auto     begin = clock::now();
            unsigned turns = 0;
            double   taken;

            do {
                run.state.turn = turns++;
                run.run(static_cast<bench_op>(op));
                taken =
                    std::chrono::duration<double>(clock::now() - begin).count();
            } while (taken < 0.003);
            least = taken / turns < least ? taken / turns : least;
        }
        printf(" %s %.2f", op_names[op], 1e6 * least);
    }
    printf(" us\n");
}

void run_case(const bench_codec *codec, const data_set &set, int id, bool full)
{
    running run{codec, codec->cases[id], set};
    size_t  capacity = full ? size_t{200} << 20 : size_t{8} << 20;

    if (run.use == nullptr) {
        return;
    }
    run.state.model = set.model;
    run.state.capacity = capacity - BENCH_PADDING;
    run.state.message = take(capacity);
    run.state.out = take(capacity);
    run.state.room = take(capacity);
    run.state.room_size = capacity;
    run.state.key = INLAY_STR("none");
    if (run.use->open != nullptr) {
        run.check(run.use->open(&run.state), BENCH_OPEN, "can't open");
    }
    check_writing(run);
    printf("%-18s %-10s %9zu bytes\n", codec->id, set.name, run.state.size);
    check_reading(run);
    if (full) {
        print_times(run);
    } else if (id == BENCH_RPC || id == BENCH_CATALOGUE) {
        check_damaged(run);
    }
    if (run.use->close != nullptr) {
        run.use->close(&run.state);
    }
    free(run.state.message);
    free(run.state.out);
    free(run.state.room);
}

} // namespace

int main(int argc, char **argv)
{
    bool                  full = argc > 1;
    std::vector<data_set> sets = make_sets(full);

    for (size_t c = 0; c < bench_codec_count; c++) {
        if (argc > 2 && strcmp(argv[2], bench_codecs[c]->id) != 0) {
            continue;
        }
        for (int id = 0; id < BENCH_SETS; id++) {
            run_case(bench_codecs[c], sets[static_cast<size_t>(id)], id, full);
        }
    }
    for (size_t i = 0; i < bench_skipped_count; i++) {
        printf("skipped %s: %s\n", bench_skipped[i].id,
               bench_skipped[i].reason);
    }
    printf("%u failures\n", failures);
    return failures != 0;
}

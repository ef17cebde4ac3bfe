// structs.cpp -- the floor for everything: plain structs, copied and read.
//
// `encode` copies all structs, vectors and texts, each with one memcpy, into
// one piece of memory, with pointers set to the copies: what handing a value to
// somebody in the same process costs. Reads are those of the model itself.

#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "bench/data/fields.hpp"
#include "bench/harness/set.h"

namespace
{

// Copies what hangs on a struct that has been copied already.
struct copier {
    uint8_t *at;

    void *take(size_t size)
    {
        uint8_t *memory = at;

        at += (size + 15) & ~static_cast<size_t>(15);
        return memory;
    }

    template <class T> T *copy(const T *items, size_t count)
    {
        T *made = static_cast<T *>(take(count * sizeof(T)));

        if (count > 0) {
            std::memcpy(made, items, count * sizeof(T));
        }
        return made;
    }

    void below(inlay_str &x)
    {
        x.data = copy(x.data, x.size);
    }

    void below(inlay_bytes &x)
    {
        x.data = copy(x.data, x.size);
    }

    template <class T> void below(T &x)
    {
        if constexpr (std::is_class_v<T>) {
            bench::describe<T>::fields(*this, x);
        }
    }

    template <class T> void value(const char *, T &x)
    {
        below(x);
    }

    template <class T> void choice(const char *, T &)
    {
    }

    template <class T> void record(const char *, T &x)
    {
        below(x);
    }

    template <class T> void optional(const char *, bool &has, T &x)
    {
        if (has) {
            below(x);
        }
    }

    template <class T> void optional_choice(const char *, bool &, T &)
    {
    }

    template <class T> void pointer(const char *, T *&x)
    {
        if (x != nullptr) {
            x = copy(x, 1);
            below(*x);
        }
    }

    template <class T, size_t N> void array(const char *, T (&)[N])
    {
    }

    template <class T> void list(const char *, T *&items, size_t &count)
    {
        items = copy(items, count);
        if constexpr (std::is_class_v<T>) {
            for (size_t i = 0; i < count; i++) {
                below(items[i]);
            }
        }
    }

    template <class T> void records(const char *name, T *&items, size_t &count)
    {
        list(name, items, count);
    }

    template <class T> void map(const char *, T *&entries, size_t &count)
    {
        entries = copy(entries, count);
        for (size_t i = 0; i < count; i++) {
            below(entries[i].key);
            below(entries[i].value);
        }
    }
};

// Returns the size of the copy.
template <class T> size_t copy_model(const void *model, uint8_t *to)
{
    copier copy = {to};
    T     *root = copy.copy(static_cast<const T *>(model), 1);

    copy.below(*root);
    return static_cast<size_t>(copy.at - to);
}

template <class T> uint64_t encode(bench_state *state)
{
    return copy_model<T>(state->model, state->out);
}

template <class T> uint64_t build(bench_state *state)
{
    // How large it is is known from the time before: a floor asks for no more.
    auto  *memory = static_cast<uint8_t *>(std::malloc(state->size));
    size_t size = memory == nullptr ? 0 : copy_model<T>(state->model, memory);

    size = static_cast<size_t>(bench_built(state, memory, size));
    std::free(memory);
    return size;
}

template <class T> uint64_t decode(bench_state *state)
{
    copy_model<T>(state->model, state->room);
    state->decoded = state->room;
    return 1;
}

template <bench_set_id Set> uint64_t read_one(bench_state *state)
{
    return bench_sets[Set].read_one(state->model, state->turn);
}

template <bench_set_id Set> uint64_t read_tenth(bench_state *state)
{
    return bench_sets[Set].read_tenth(state->model);
}

template <bench_set_id Set> uint64_t read_scalars(bench_state *state)
{
    return bench_sets[Set].read_scalars(state->model);
}

template <bench_set_id Set> uint64_t read_strings(bench_state *state)
{
    return bench_sets[Set].read_strings(state->model);
}

template <class T, bench_set_id Set, bool Texts = true>
constexpr bench_case case_of()
{
    bench_case made = {};

    made.ops[BENCH_BUILD] = build<T>;
    made.ops[BENCH_ENCODE] = encode<T>;
    made.ops[BENCH_READ_ONE] = read_one<Set>;
    made.ops[BENCH_READ_TENTH] = read_tenth<Set>;
    made.ops[BENCH_READ_SCALARS] = read_scalars<Set>;
    made.ops[BENCH_READ_STRINGS] = Texts ? read_strings<Set> : nullptr;
    made.ops[BENCH_DECODE] = decode<T>;
    return made;
}

constexpr bench_case on_log = case_of<data_logs, BENCH_LOG>();
constexpr bench_case on_mesh = case_of<data_mesh, BENCH_MESH, false>();
constexpr bench_case on_minecraft = case_of<data_players, BENCH_MINECRAFT>();
constexpr bench_case on_mk48 = case_of<data_updates, BENCH_MK48>();
constexpr bench_case on_rpc = case_of<data_request, BENCH_RPC>();
constexpr bench_case on_telemetry =
    case_of<data_telemetry, BENCH_TELEMETRY, false>();
constexpr bench_case on_cjk = case_of<data_articles, BENCH_CJK>();
constexpr bench_case on_catalogue = case_of<data_catalogue, BENCH_CATALOGUE>();

const char *version()
{
    return "-";
}

#define NO_MESSAGE "there is no message: only structs"

} // namespace

extern "C" const bench_codec bench_codec_structs = {
    "structs",
    "struct copy",
    "plain structs",
    "C++",
    version,
    BENCH_FLOOR,
    "reused buffer",
    "all structs, vectors and texts copied, one memcpy each; reads are of the "
    "structs themselves",
    {nullptr, nullptr, NO_MESSAGE, NO_MESSAGE, nullptr, nullptr, nullptr,
     nullptr, NO_MESSAGE, NO_MESSAGE, nullptr},
    {&on_log, &on_mesh, &on_minecraft, &on_mk48, &on_rpc, &on_telemetry,
     &on_cjk, &on_catalogue},
};

// fixed.cpp -- the floor for writing bytes: every value at its full width.
//
// What a careful person would write by hand for these structs alone: integers
// as they are, 64-bit counts before texts and vectors, a byte before what is
// optional, no names, no schema, nothing that could change later. It reads only
// from front to back, with every length checked; text is not.

#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "bench/data/fields.hpp"
#include "bench/harness/set.h"

namespace
{

// ---- Writing ----------------------------------------------------------------

struct writer {
    uint8_t *at;

    template <class T> void put(T x)
    {
        std::memcpy(at, &x, sizeof x);
        at += sizeof x;
    }

    void put_bytes(const void *data, size_t size)
    {
        put<uint64_t>(size);
        if (size > 0) {
            std::memcpy(at, data, size);
        }
        at += size;
    }

    void add(inlay_str x)
    {
        put_bytes(x.data, x.size);
    }

    void add(inlay_bytes x)
    {
        put_bytes(x.data, x.size);
    }

    template <class T> void add(const T &x)
    {
        if constexpr (std::is_enum_v<T>) {
            put(static_cast<uint8_t>(x));
        } else if constexpr (std::is_arithmetic_v<T>) {
            put(x);
        } else {
            bench::describe<T>::fields(*this, x);
        }
    }

    template <class T> void value(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void choice(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void record(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void optional(const char *, bool has, const T &x)
    {
        put(has);
        if (has) {
            add(x);
        }
    }

    template <class T> void optional_choice(const char *, bool has, const T &x)
    {
        optional("", has, x);
    }

    template <class T> void pointer(const char *, const T *x)
    {
        put(x != nullptr);
        if (x != nullptr) {
            add(*x);
        }
    }

    template <class T, size_t N> void array(const char *, const T (&x)[N])
    {
        std::memcpy(at, x, sizeof x);
        at += sizeof x;
    }

    template <class T> void list(const char *, const T *items, size_t count)
    {
        put<uint64_t>(count);
        if constexpr (std::is_arithmetic_v<T>) {
            if (count > 0) {
                std::memcpy(at, items, count * sizeof(T));
            }
            at += count * sizeof(T);
        } else {
            for (size_t i = 0; i < count; i++) {
                add(items[i]);
            }
        }
    }

    template <class T>
    void records(const char *name, const T *items, size_t count)
    {
        list(name, items, count);
    }

    template <class T> void map(const char *, const T *entries, size_t count)
    {
        put<uint64_t>(count);
        for (size_t i = 0; i < count; i++) {
            add(entries[i].key);
            add(entries[i].value);
        }
    }
};

// ---- Reading into structs ---------------------------------------------------

struct reader {
    bench_state   *state;
    const uint8_t *at;
    size_t         left;
    bool           good = true;

    const uint8_t *take(size_t size)
    {
        const uint8_t *from = at;

        if (size > left) {
            good = false;
            return nullptr;
        }
        at += size;
        left -= size;
        return from;
    }

    template <class T> void get(T &x)
    {
        const uint8_t *from = take(sizeof x);

        if (from != nullptr) {
            std::memcpy(&x, from, sizeof x);
        }
    }

    // Reads a count of elements of which each takes at least one byte.
    size_t get_count()
    {
        uint64_t count = 0;

        get(count);
        if (count > left) {
            good = false;
            return 0;
        }
        return static_cast<size_t>(count);
    }

    template <class T> T *room_for(size_t count)
    {
        void *memory = bench_take(state, count, sizeof(T));

        good = good && memory != nullptr;
        return good ? static_cast<T *>(memory) : nullptr;
    }

    template <class T> void add_text(T &x)
    {
        x.size = get_count();
        x.data = reinterpret_cast<decltype(x.data)>(take(x.size));
    }

    void add(inlay_str &x)
    {
        add_text(x);
    }

    void add(inlay_bytes &x)
    {
        add_text(x);
    }

    template <class T> void add(T &x)
    {
        if constexpr (std::is_enum_v<T>) {
            uint8_t number = 0;

            get(number);
            x = static_cast<T>(number);
        } else if constexpr (std::is_same_v<T, bool>) {
            uint8_t byte = 0;

            get(byte);
            x = byte != 0;
        } else if constexpr (std::is_arithmetic_v<T>) {
            get(x);
        } else {
            bench::describe<T>::fields(*this, x);
        }
    }

    template <class T> void value(const char *, T &x)
    {
        add(x);
    }

    template <class T> void choice(const char *, T &x)
    {
        add(x);
    }

    template <class T> void record(const char *, T &x)
    {
        add(x);
    }

    template <class T> void optional(const char *, bool &has, T &x)
    {
        add(has);
        x = T();
        if (has) {
            add(x);
        }
    }

    template <class T> void optional_choice(const char *, bool &has, T &x)
    {
        optional("", has, x);
    }

    template <class T> void pointer(const char *, T *&x)
    {
        bool has = false;

        add(has);
        x = has ? room_for<T>(1) : nullptr;
        if (x != nullptr) {
            add(*x);
        }
    }

    template <class T, size_t N> void array(const char *, T (&x)[N])
    {
        get(x);
    }

    template <class T> void list(const char *, T *&items, size_t &count)
    {
        count = get_count();
        items = room_for<T>(count);
        if constexpr (std::is_arithmetic_v<T>) {
            const uint8_t *from = take(count * sizeof(T));

            if (from != nullptr && count > 0 && items != nullptr) {
                std::memcpy(items, from, count * sizeof(T));
            }
        } else {
            for (size_t i = 0; good && i < count; i++) {
                add(items[i]);
            }
        }
    }

    template <class T> void records(const char *name, T *&items, size_t &count)
    {
        list(name, items, count);
    }

    template <class T> void map(const char *, T *&entries, size_t &count)
    {
        count = get_count();
        entries = room_for<T>(count);
        for (size_t i = 0; good && i < count; i++) {
            add(entries[i].key);
            add(entries[i].value);
        }
    }
};

// ---- Operations -------------------------------------------------------------

template <class T> size_t write_model(const void *model, uint8_t *to)
{
    writer write = {to};

    write.add(*static_cast<const T *>(model));
    return static_cast<size_t>(write.at - to);
}

template <class T> uint64_t encode(bench_state *state)
{
    return write_model<T>(state->model, state->out);
}

template <class T> uint64_t build(bench_state *state)
{
    auto  *memory = static_cast<uint8_t *>(std::malloc(state->size));
    size_t size = memory == nullptr ? 0 : write_model<T>(state->model, memory);

    size = static_cast<size_t>(bench_built(state, memory, size));
    std::free(memory);
    return size;
}

template <class T> uint64_t decode(bench_state *state)
{
    reader read = {state, state->message, state->size};
    T     *root = read.room_for<T>(1);

    if (root != nullptr) {
        read.add(*root);
    }
    state->decoded = root;
    return read.good;
}

template <class T> constexpr bench_case case_of()
{
    bench_case made = {};

    made.ops[BENCH_BUILD] = build<T>;
    made.ops[BENCH_ENCODE] = encode<T>;
    made.ops[BENCH_DECODE] = decode<T>;
    return made;
}

constexpr bench_case on_log = case_of<data_logs>();
constexpr bench_case on_mesh = case_of<data_mesh>();
constexpr bench_case on_minecraft = case_of<data_players>();
constexpr bench_case on_mk48 = case_of<data_updates>();
constexpr bench_case on_rpc = case_of<data_request>();
constexpr bench_case on_telemetry = case_of<data_telemetry>();
constexpr bench_case on_cjk = case_of<data_articles>();
constexpr bench_case on_catalogue = case_of<data_catalogue>();

const char *version()
{
    return "-";
}

#define FRONT_TO_BACK "reads from front to back into structs: see decode"

} // namespace

extern "C" const bench_codec bench_codec_fixed = {
    "fixed",
    "fixed width, by hand",
    "fixed width",
    "C++",
    version,
    BENCH_FLOOR,
    "reused buffer",
    "every value at its full width, 64-bit counts; written into room that is "
    "large enough, with no test",
    {nullptr, nullptr, FRONT_TO_BACK, FRONT_TO_BACK, FRONT_TO_BACK,
     FRONT_TO_BACK, FRONT_TO_BACK, FRONT_TO_BACK, FRONT_TO_BACK, FRONT_TO_BACK,
     nullptr},
    {&on_log, &on_mesh, &on_minecraft, &on_mk48, &on_rpc, &on_telemetry,
     &on_cjk, &on_catalogue},
};

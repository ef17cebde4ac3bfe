// accessors.hpp -- reading through generated accessors, for all libraries that
// have a schema compiler.
//
// A library describes each of its records once, as pairs of the accessor that
// its compiler generated and the model's field:
//
//     template <> struct accessors<library, data_log> {
//         template <class M, class F> static void list(F &f)
//         {
//             f.record(&M::address, &data_log::address);
//             f.text(&M::identity, &data_log::identity);
//             ...
//
// Three visitors make of that what the benchmark asks for: the sum of scalars,
// the sum of strings, and a model. They are inlined together with the
// accessors, whose addresses are constants: what remains is the loop that one
// would write by hand. No accessor is called whose value is not asked for.
//
//     f.scalar(get, field)                 integer, bool, enum, float
//     f.text(get, field)                   string or bytes
//     f.record(get, field)                 a record that is always there
//     f.plain(get, field)                  the same, of scalars only
//     f.maybe(get, has, field)             a scalar that may be absent
//     f.maybe_text(get, has, field)        a string that may be absent
//     f.pointer(get, field)                a record that may be absent
//     f.plain_pointer(get, field)          the same, of scalars only
//     f.array(get, field)                  T[N] of scalars
//     f.scalars(get, items, count)         a list of scalars
//     f.texts(get, items, count)           a list of strings
//     f.records(get, items, count)         a list of records
//
// `get` is called with the message: a member function, a data member, or any
// function of it. What may be absent comes as something that converts to bool
// and is dereferenced: a pointer, an optional, or present(has, get).
//
// `library` has, for its own types:
//
//     text(x)        the inlay_str or inlay_bytes of a string
//     size(list)     count of elements
//     each(list, f)  calls f with each element, in order
//     at(list, i)    one element
//     sorted(list)   the list, or its elements by key where the library keeps
//                    no order
#ifndef BENCH_RIVALS_ACCESSORS_HPP
#define BENCH_RIVALS_ACCESSORS_HPP

#include <type_traits>

#include "bench/harness/codec.h"

#define BENCH_INLINE inline __attribute__((always_inline))

namespace bench
{

template <class L, class T> struct accessors;

// ---- Calls ------------------------------------------------------------------

// As std::invoke, which is inlined too late for its callees to be inlined, too.
template <class G, class M>
BENCH_INLINE decltype(auto) call(G get, const M &message)
{
    if constexpr (std::is_member_function_pointer_v<G>) {
        return (message.*get)();
    } else if constexpr (std::is_member_object_pointer_v<G>) {
        return (message.*get);
    } else {
        return get(message);
    }
}

// ---- Values -----------------------------------------------------------------

template <class V> BENCH_INLINE uint64_t bits_of(V value)
{
    if constexpr (std::is_same_v<V, float>) {
        return bench_f32(value);
    } else if constexpr (std::is_same_v<V, double>) {
        return bench_f64(value);
    } else {
        return static_cast<uint64_t>(static_cast<int64_t>(value));
    }
}

template <class X> BENCH_INLINE uint64_t text_sum(X text)
{
    return bench_text(text.data, text.size);
}

// A record, whether an accessor returns it, a reference to it or its address.
template <class X> BENCH_INLINE const X &record_of(const X *record)
{
    return *record;
}

template <class X, class = std::enable_if_t<!std::is_pointer_v<X>>>
BENCH_INLINE const X &record_of(const X &record)
{
    return record;
}

template <class M, class H, class G> struct present_value {
    const M &message;
    H        has;
    G        get;

    BENCH_INLINE explicit operator bool() const
    {
        return static_cast<bool>(call(has, message));
    }
    BENCH_INLINE decltype(auto) operator*() const
    {
        return call(get, message);
    }
};

// An accessor of what may be absent, from the two that a compiler makes of it.
template <class H, class G> BENCH_INLINE auto present(H has, G get)
{
    return [has, get](const auto &message) {
        using M = std::decay_t<decltype(message)>;

        return present_value<M, H, G>{message, has, get};
    };
}

// ---- The sum of all scalars -------------------------------------------------

template <class L, class T, class M>
BENCH_INLINE uint64_t scalars_of(const M &message);

template <class L, class M> struct scalar_sum {
    const M &message;
    uint64_t sum;

    template <class G, class F> BENCH_INLINE void scalar(G get, F)
    {
        sum += bits_of(call(get, message));
    }
    template <class G, class F> BENCH_INLINE void text(G, F)
    {
    }
    template <class G, class T, class V> BENCH_INLINE void record(G get, V T::*)
    {
        sum += scalars_of<L, V>(record_of(call(get, message)));
    }
    template <class G, class F> BENCH_INLINE void plain(G get, F field)
    {
        record(get, field);
    }
    template <class G, class H, class F> BENCH_INLINE void maybe(G get, H, F)
    {
        const auto &value = call(get, message);

        if (value) {
            sum += bits_of(*value);
        }
    }
    template <class G, class H, class F> BENCH_INLINE void maybe_text(G, H, F)
    {
    }
    template <class G, class T, class V>
    BENCH_INLINE void pointer(G get, V *T::*)
    {
        const auto &value = call(get, message);

        if (value) {
            sum += scalars_of<L, V>(record_of(*value));
        }
    }
    template <class G, class F> BENCH_INLINE void plain_pointer(G get, F field)
    {
        pointer(get, field);
    }
    template <class G, class F> BENCH_INLINE void array(G get, F)
    {
        scalars(get, nullptr, nullptr);
    }
    template <class G, class F, class C> BENCH_INLINE void scalars(G get, F, C)
    {
        L::each(call(get, message),
                [this](auto value) { sum += bits_of(value); });
    }
    template <class G, class F, class C> BENCH_INLINE void texts(G, F, C)
    {
    }
    template <class G, class T, class V, class C>
    BENCH_INLINE void records(G get, V *T::*, C)
    {
        L::each(call(get, message), [this](const auto &item) {
            sum += bench_record(scalars_of<L, V>(record_of(item)));
        });
    }
};

template <class L, class T, class M>
BENCH_INLINE uint64_t scalars_of(const M &message)
{
    scalar_sum<L, M> sum{message, 0};

    accessors<L, T>::template list<M>(sum);
    return sum.sum;
}

// ---- The sum of all strings -------------------------------------------------

template <class L, class T, class M>
BENCH_INLINE uint64_t texts_of(const M &message);

template <class L, class M> struct string_sum {
    const M &message;
    uint64_t sum;

    template <class G, class F> BENCH_INLINE void scalar(G, F)
    {
    }
    template <class G, class F> BENCH_INLINE void text(G get, F)
    {
        sum += text_sum(L::text(call(get, message)));
    }
    template <class G, class T, class V> BENCH_INLINE void record(G get, V T::*)
    {
        sum += texts_of<L, V>(record_of(call(get, message)));
    }
    template <class G, class F> BENCH_INLINE void plain(G, F)
    {
    }
    template <class G, class H, class F> BENCH_INLINE void maybe(G, H, F)
    {
    }
    template <class G, class H, class F>
    BENCH_INLINE void maybe_text(G get, H, F)
    {
        const auto &value = call(get, message);

        if (value) {
            sum += text_sum(L::text(*value));
        }
    }
    template <class G, class T, class V>
    BENCH_INLINE void pointer(G get, V *T::*)
    {
        const auto &value = call(get, message);

        if (value) {
            sum += texts_of<L, V>(record_of(*value));
        }
    }
    template <class G, class F> BENCH_INLINE void plain_pointer(G, F)
    {
    }
    template <class G, class F> BENCH_INLINE void array(G, F)
    {
    }
    template <class G, class F, class C> BENCH_INLINE void scalars(G, F, C)
    {
    }
    template <class G, class F, class C> BENCH_INLINE void texts(G get, F, C)
    {
        L::each(call(get, message),
                [this](const auto &item) { sum += text_sum(L::text(item)); });
    }
    template <class G, class T, class V, class C>
    BENCH_INLINE void records(G get, V *T::*, C)
    {
        L::each(call(get, message), [this](const auto &item) {
            sum += texts_of<L, V>(record_of(item));
        });
    }
};

template <class L, class T, class M>
BENCH_INLINE uint64_t texts_of(const M &message)
{
    string_sum<L, M> sum{message, 0};

    accessors<L, T>::template list<M>(sum);
    return sum.sum;
}

// ---- A model ----------------------------------------------------------------

template <class L, class M, class T>
BENCH_INLINE bool decode_record(bench_state *state, const M &message, T *to);

template <class L, class M, class T> struct decoder {
    const M     &message;
    T           &to;
    bench_state *state;
    bool         ok; // false: there was no room

    template <class G, class V> BENCH_INLINE void scalar(G get, V T::*field)
    {
        to.*field = static_cast<V>(call(get, message));
    }
    template <class G, class V> BENCH_INLINE void text(G get, V T::*field)
    {
        assign(to.*field, L::text(call(get, message)));
    }
    template <class G, class V> BENCH_INLINE void record(G get, V T::*field)
    {
        decode(record_of(call(get, message)), to.*field);
    }
    template <class G, class F> BENCH_INLINE void plain(G get, F field)
    {
        record(get, field);
    }
    template <class G, class V>
    BENCH_INLINE void maybe(G get, bool T::*has, V T::*field)
    {
        const auto &value = call(get, message);

        to.*has = static_cast<bool>(value);
        to.*field = to.*has ? static_cast<V>(*value) : V{};
    }
    template <class G>
    BENCH_INLINE void maybe_text(G get, bool T::*has, inlay_str T::*field)
    {
        const auto &value = call(get, message);

        to.*has = static_cast<bool>(value);
        to.*field = inlay_str{"", 0};
        if (to.*has) {
            assign(to.*field, L::text(*value));
        }
    }
    template <class G, class V> BENCH_INLINE void pointer(G get, V *T::*field)
    {
        const auto &value = call(get, message);

        to.*field = nullptr;
        if (value && take(to.*field, 1)) {
            decode(record_of(*value), *(to.*field));
        }
    }
    template <class G, class F> BENCH_INLINE void plain_pointer(G get, F field)
    {
        pointer(get, field);
    }
    // A message may have another number of elements; what lacks is zero.
    template <class G, class V, size_t N>
    BENCH_INLINE void array(G get, V (T::*field)[N])
    {
        size_t i = 0;

        memset(to.*field, 0, sizeof(to.*field));
        L::each(call(get, message), [&](auto value) {
            if (i < N) {
                (to.*field)[i++] = static_cast<V>(value);
            }
        });
    }
    template <class G, class V>
    BENCH_INLINE void scalars(G get, V *T::*items, size_t T::*count)
    {
        fill(call(get, message), to.*items, to.*count,
             [](auto value, V &item) { item = static_cast<V>(value); });
    }
    template <class G>
    BENCH_INLINE void texts(G get, inlay_str *T::*items, size_t T::*count)
    {
        fill(call(get, message), to.*items, to.*count,
             [](const auto &value, inlay_str &item) {
                 assign(item, L::text(value));
             });
    }
    template <class G, class V>
    BENCH_INLINE void records(G get, V *T::*items, size_t T::*count)
    {
        fill(call(get, message), to.*items, to.*count,
             [this](const auto &value, V &item) {
                 decode(record_of(value), item);
             });
    }

  private:
    // inlay_str and inlay_bytes differ in the type of their data.
    template <class V, class X>
    static BENCH_INLINE void assign(V &field, X text)
    {
        field.data = reinterpret_cast<decltype(field.data)>(text.data);
        field.size = text.size;
    }

    template <class X, class V> BENCH_INLINE void decode(const X &from, V &item)
    {
        ok = decode_record<L>(state, from, &item) && ok;
    }

    template <class V> BENCH_INLINE bool take(V *&items, size_t count)
    {
        items = static_cast<V *>(bench_take(state, count, sizeof(V)));
        ok = ok && items != nullptr;
        return items != nullptr;
    }

    template <class X, class V, class F>
    BENCH_INLINE void fill(const X &list, V *&items, size_t &count, F set)
    {
        V *item;

        count = L::size(list);
        if (!take(items, count)) {
            count = 0;
            return;
        }
        item = items;
        L::each(L::sorted(list),
                [&](const auto &value) { set(value, *item++); });
    }
};

template <class L, class M, class T>
BENCH_INLINE bool decode_record(bench_state *state, const M &message, T *to)
{
    decoder<L, M, T> decoder{message, *to, state, true};

    accessors<L, T>::template list<M>(decoder);
    return decoder.ok;
}

// ---- The operations ---------------------------------------------------------
//
// `A` is how a library gets from bytes to the root: A access(state) does
// whatever that takes, access.ok() says whether it worked, access.root() is
// the root (checked only if A does that). `S` is a data set in a library:
//
//     S::library, S::model, S::record   the library, the model's root and
//     record S::records(root)                  its list of records, or
//     only(root) S::field(record)                  the field of read_one
//     S::found(root, key)               price + name of a product

template <class M> struct only_record {
    const M &record;
};

// A list of one record: for a message that is a record itself.
template <class M> BENCH_INLINE only_record<M> only(const M &record)
{
    return {record};
}

template <class L, class X> BENCH_INLINE size_t size_of(const X &list)
{
    return L::size(list);
}

template <class L, class M> BENCH_INLINE size_t size_of(const only_record<M> &)
{
    return 1;
}

template <class L, class X>
BENCH_INLINE decltype(auto) item_of(const X &list, size_t index)
{
    return L::at(list, index);
}

template <class L, class M>
BENCH_INLINE const M &item_of(const only_record<M> &list, size_t)
{
    return list.record;
}

template <class S, class A> struct reads {
    using L = typename S::library;

    static uint64_t verify(bench_state *state)
    {
        A access(state);

        return access.ok();
    }

    static uint64_t open(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        const auto &root = record_of(access.root());
        const auto *address = &root;

        __asm__ volatile("" : : "r"(address) : "memory");
        return 1;
    }

    static uint64_t one(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        const auto &list = S::records(record_of(access.root()));
        size_t      count = size_of<L>(list);

        if (count == 0) {
            return 0;
        }
        return bits_of(
            S::field(record_of(item_of<L>(list, state->turn % count))));
    }

    static uint64_t tenth(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        const auto &root = record_of(access.root());
        const auto &list = S::records(root);
        size_t      count = size_of<L>(list);
        uint64_t    sum = 0;

        for (size_t i = 0; i < count; i += 10) {
            const auto &item = item_of<L>(list, i);

            sum += bench_record(
                scalars_of<L, typename S::record>(record_of(item)));
            if constexpr (S::has_texts) {
                sum += texts_of<L, typename S::record>(record_of(item));
            }
        }
        return sum;
    }

    static uint64_t scalars(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        return scalars_of<L, typename S::model>(record_of(access.root()));
    }

    static uint64_t texts(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        return texts_of<L, typename S::model>(record_of(access.root()));
    }

    static uint64_t lookup(bench_state *state)
    {
        A access(state);

        if (!access.ok()) {
            return 0;
        }
        return S::found(record_of(access.root()), state->key);
    }

    static uint64_t decode(bench_state *state)
    {
        A     access(state);
        auto *model = static_cast<typename S::model *>(
            bench_take(state, 1, sizeof(typename S::model)));

        if (!access.ok() || model == nullptr ||
            !decode_record<L>(state, record_of(access.root()), model)) {
            return 0;
        }
        state->decoded = model;
        return 1;
    }
};

} // namespace bench

#endif

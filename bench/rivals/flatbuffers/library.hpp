// library.hpp -- FlatBuffers: how its types are read and written.
//
// Each data set's file describes the accessors, and has a `put` per record that
// writes it; the operations are made of those here.
#ifndef BENCH_RIVALS_FLATBUFFERS_LIBRARY_HPP
#define BENCH_RIVALS_FLATBUFFERS_LIBRARY_HPP

#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "bench/rivals/accessors.hpp"

namespace bench::flat
{

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::String;
using flatbuffers::uoffset_t;
using flatbuffers::Vector;

struct library {
    static BENCH_INLINE inlay_str text(const String *s)
    {
        return {s->c_str(), s->size()};
    }
    static BENCH_INLINE inlay_str text(const String &s)
    {
        return text(&s);
    }
    static BENCH_INLINE inlay_bytes text(const Vector<uint8_t> *bytes)
    {
        return {bytes->data(), bytes->size()};
    }

    template <class X> static BENCH_INLINE size_t size(const X &list)
    {
        return list->size();
    }
    template <class X> static BENCH_INLINE auto at(const X &list, size_t index)
    {
        return list->Get(static_cast<uoffset_t>(index));
    }
    template <class X, class F>
    static BENCH_INLINE void each(const X &list, F f)
    {
        uoffset_t count = list->size();

        for (uoffset_t i = 0; i < count; i++) {
            f(list->Get(i));
        }
    }
    template <class X> static BENCH_INLINE const X &sorted(const X &list)
    {
        return list;
    }
};

// What a data set's struct begins with; M, R: the model's root and record.
template <class M, class R, class Root> struct data_set {
    using library = flat::library;
    using model = M;
    using record = R;
    using root = Root;
    static constexpr bool has_texts = true;
    static constexpr bool has_keys = false;
};

// ---- Reading ----------------------------------------------------------------

template <class Root> struct unchecked {
    const Root *message;

    explicit BENCH_INLINE unchecked(const bench_state *state)
        : message(flatbuffers::GetRoot<Root>(state->message))
    {
    }
    BENCH_INLINE bool ok() const
    {
        return true;
    }
    BENCH_INLINE const Root *root() const
    {
        return message;
    }
};

template <class Root> struct verified : unchecked<Root> {
    bool good;

    explicit verified(const bench_state *state) : unchecked<Root>(state)
    {
        flatbuffers::Verifier verifier(state->message, state->size);

        good = verifier.VerifyBuffer<Root>(nullptr);
    }
    BENCH_INLINE bool ok() const
    {
        return good;
    }
};

// ---- Writing ----------------------------------------------------------------

// Records are written before the list that points at them: their offsets wait
// in a stack, which is kept like the builder.
struct writer {
    FlatBufferBuilder      builder;
    std::vector<uoffset_t> offsets;
};

BENCH_INLINE Offset<String> put(writer &to, inlay_str text)
{
    return to.builder.CreateString(text.data, text.size);
}

// A string that may be absent.
BENCH_INLINE Offset<String> put_maybe(writer &to, bool has, inlay_str text)
{
    return has ? put(to, text) : Offset<String>();
}

template <class V>
BENCH_INLINE flatbuffers::Optional<V> maybe(bool has, V value)
{
    return has ? flatbuffers::Optional<V>(value) : flatbuffers::nullopt;
}

// The list of the offsets above `base` on the stack, which are dropped.
template <class R>
Offset<Vector<Offset<R>>> put_offsets(writer &to, size_t base)
{
    size_t count = to.offsets.size() - base;

    to.builder.StartVector(count, sizeof(Offset<R>));
    for (size_t i = count; i > 0; i--) {
        to.builder.PushElement(Offset<R>(to.offsets[base + i - 1]));
    }
    to.offsets.resize(base);
    return {to.builder.EndVector(count)};
}

// R: what `put` returns the offset of.
template <class R, class T>
Offset<Vector<Offset<R>>> put_list(writer &to, const T *items, size_t count)
{
    size_t base = to.offsets.size();

    for (size_t i = 0; i < count; i++) {
        Offset<R> offset = put(to, items[i]);

        to.offsets.push_back(offset.o);
    }
    return put_offsets<R>(to, base);
}

template <class S> bool open_writer(bench_state *state)
{
    state->own = new writer;
    return true;
}

inline void close_writer(bench_state *state)
{
    delete static_cast<writer *>(state->own);
}

template <class S> uint64_t encode(bench_state *state)
{
    auto       *to = static_cast<writer *>(state->own);
    const auto *model = static_cast<const typename S::model *>(state->model);

    to->builder.Clear();
    to->builder.Finish(put(*to, *model));

    size_t size = to->builder.GetSize();

    if (size > state->capacity) {
        return 0;
    }
    memcpy(state->out, to->builder.GetBufferPointer(), size);
    return size;
}

template <class S> uint64_t build(bench_state *state)
{
    writer      to;
    const auto *model = static_cast<const typename S::model *>(state->model);

    to.builder.Finish(put(to, *model));
    return bench_built(state, to.builder.GetBufferPointer(),
                       to.builder.GetSize());
}

// S::set(record, turn) mutates the field in place, if it is there: one that has
// its default value is not stored, and cannot be set.
template <class S> uint64_t update(bench_state *state)
{
    using root_type = typename S::root;
    auto    *root = flatbuffers::GetMutableRoot<root_type>(state->message);
    uint64_t count = 0;

    S::each_mutable(root, [&](auto *record) {
        count += S::set(record, state->turn) ? 1 : 0;
    });
    return count;
}

// ---- The cases --------------------------------------------------------------

template <class S> constexpr bench_case make_case(bool checked)
{
    using verified_reads = reads<S, verified<typename S::root>>;
    using unchecked_reads = reads<S, unchecked<typename S::root>>;
    bench_case made = {};

    made.open = open_writer<S>;
    made.close = close_writer;
    made.ops[BENCH_BUILD] = build<S>;
    made.ops[BENCH_ENCODE] = encode<S>;
    made.ops[BENCH_UPDATE] = update<S>;
    made.ops[BENCH_OPEN] = unchecked_reads::open;
    if (checked) {
        made.ops[BENCH_VERIFY] = verified_reads::verify;
        made.ops[BENCH_DECODE] = verified_reads::decode;
    }
    made.ops[BENCH_READ_ONE] =
        checked ? verified_reads::one : unchecked_reads::one;
    made.ops[BENCH_READ_TENTH] =
        checked ? verified_reads::tenth : unchecked_reads::tenth;
    made.ops[BENCH_READ_SCALARS] =
        checked ? verified_reads::scalars : unchecked_reads::scalars;
    if constexpr (S::has_texts) {
        made.ops[BENCH_READ_STRINGS] =
            checked ? verified_reads::texts : unchecked_reads::texts;
    }
    if constexpr (S::has_keys) {
        made.ops[BENCH_LOOKUP] =
            checked ? verified_reads::lookup : unchecked_reads::lookup;
    }
    return made;
}

// The mutable records of a root, one after the other.
template <class X, class F> void each_mutable(X *list, F f)
{
    for (uoffset_t i = 0; i < list->size(); i++) {
        f(list->GetMutableObject(i));
    }
}

} // namespace bench::flat

#endif

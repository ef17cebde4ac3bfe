// document.hpp -- the user's own data: any JSON document, through the writers
// and readers of the other sets.
//
// A writer W that leaves absent fields out has null(); others say null with
// absent(). A reader R that can tell what a value is has
//
//     data_kind kind(value)     DATA_NATURAL for any integer that is not
//                               negative is fine: both have the same bits
//
// and its codec is measured on documents; without it, it is not.
#ifndef BENCH_RIVALS_FREE_DOCUMENT_HPP
#define BENCH_RIVALS_FREE_DOCUMENT_HPP

#include <type_traits>
#include <utility>

#include "bench/data/document.h"
#include "bench/rivals/free/write.hpp"

namespace bench
{

// ---- Writing ----------------------------------------------------------------

template <class W> inline void write_node(W &w, const data_node &node);

template <class W> inline void write_members(W &w, const data_node &node)
{
    typename W::map scope(w, node.of.list.count);

    for (size_t i = 0; i < node.of.list.count; i++) {
        w.key(node.of.list.names[i]);
        write_node(w, node.of.list.items[i]);
    }
}

template <class W> inline void write_items(W &w, const data_node &node)
{
    typename W::list scope(w, node.of.list.count);

    for (size_t i = 0; i < node.of.list.count; i++) {
        write_node(w, node.of.list.items[i]);
    }
}

template <class W> inline void write_node(W &w, const data_node &node)
{
    switch (node.kind) {
    case DATA_NULL:
        if constexpr (W::named) {
            w.null();
        } else {
            w.absent();
        }
        break;
    case DATA_BOOL:
        w.value(node.of.boolean);
        break;
    case DATA_INTEGER:
        w.value(node.of.integer);
        break;
    case DATA_NATURAL:
        w.value(node.of.natural);
        break;
    case DATA_REAL:
        w.value(node.of.real);
        break;
    case DATA_TEXT:
        w.value(node.of.text);
        break;
    case DATA_ARRAY:
        write_items(w, node);
        break;
    case DATA_OBJECT:
        write_members(w, node);
        break;
    }
}

// What codecs call with a model of any set.
template <class W> inline void write_record(W &w, const data_document &document)
{
    write_node(w, document.root);
}

// ---- Reading ----------------------------------------------------------------

template <class R, class = void> struct has_kind : std::false_type {
};
template <class R>
struct has_kind<R, std::void_t<decltype(std::declval<R &>().kind(
                       std::declval<typename R::value>()))>> : std::true_type {
};

template <bool Scalars, bool Strings, class R>
inline uint64_t node_sum(R &r, typename R::value v);

template <bool Scalars, bool Strings, class In, class R>
inline uint64_t nodes_sum(R &r, typename R::value v)
{
    uint64_t sum = 0;

    for (In in(r, v); in.more() && !r.failed(); in.next()) {
        sum += node_sum<Scalars, Strings>(r, in.get());
    }
    return sum;
}

// Sums a value as set.h says: names of members are not looked at.
template <bool Scalars, bool Strings, class R>
inline uint64_t node_sum(R &r, typename R::value v)
{
    switch (r.kind(v)) {
    case DATA_BOOL:
        return Scalars ? r.boolean(v) : 0;
    case DATA_INTEGER:
        return Scalars ? static_cast<uint64_t>(r.template integer<int64_t>(v))
                       : 0;
    case DATA_NATURAL:
        return Scalars ? r.template integer<uint64_t>(v) : 0;
    case DATA_REAL:
        return Scalars ? bench_f64(r.template real<double>(v)) : 0;
    case DATA_TEXT:
        if constexpr (Strings) {
            inlay_str text = r.text(v);

            return bench_text(text.data, text.size);
        }
        return 0;
    case DATA_ARRAY:
        return nodes_sum<Scalars, Strings, typename R::list>(r, v);
    case DATA_OBJECT:
        return nodes_sum<Scalars, Strings, typename R::map>(r, v);
    default:
        return 0;
    }
}

// ---- The operations of one codec --------------------------------------------

template <class C> struct document_operations {
    using own = typename C::own;
    using reader = typename C::reader;

    static const data_document &model(const bench_state *state)
    {
        return *static_cast<const data_document *>(state->model);
    }
    static own &kept(bench_state *state)
    {
        return *static_cast<own *>(state->own);
    }
    static bool open(bench_state *state)
    {
        state->own = new (std::nothrow) own(state);
        return state->own != nullptr && C::prepare(kept(state), model(state));
    }
    static void close(bench_state *state)
    {
        delete static_cast<own *>(state->own);
        state->own = nullptr;
    }
    static uint64_t build(bench_state *state)
    {
        return C::build(state, model(state));
    }
    static uint64_t encode(bench_state *state)
    {
        return C::encode(state, kept(state), model(state));
    }
    static uint64_t verify(bench_state *state)
    {
        return C::template verify<data_document>(state, kept(state));
    }
    template <bool Scalars, bool Strings>
    static uint64_t sum(bench_state *state)
    {
        reader                 r(state, kept(state));
        typename reader::value root = r.root();
        uint64_t found = r.failed() ? 0 : node_sum<Scalars, Strings>(r, root);

        return r.failed() ? 0 : found;
    }
};

template <class C> constexpr bench_case make_document_case()
{
    using all = document_operations<C>;
    bench_case made = {};

    made.open = all::open;
    made.close = all::close;
    if constexpr (C::writes) {
        made.ops[BENCH_BUILD] = all::build;
        made.ops[BENCH_ENCODE] = all::encode;
    } else {
        made.message = all::encode;
    }
    made.ops[BENCH_VERIFY] = all::verify;
    made.ops[BENCH_READ_SCALARS] = all::template sum<true, false>;
    made.ops[BENCH_READ_STRINGS] = all::template sum<false, true>;
    return made;
}

template <class C>
inline constexpr bench_case document_case_of = make_document_case<C>();

} // namespace bench

#endif

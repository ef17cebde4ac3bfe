// codec.hpp -- makes a bench_codec of a library's writer and reader.
//
// A codec C is a struct of constants and functions:
//
//     id, name, format, language, memory, note      static constexpr
//     version()  trust
//     struct own                       what is kept between operations; made
//                                      from the state, may throw
//     build<M>(state, model)           see BENCH_BUILD
//     encode<M>(state, own, model)     see BENCH_ENCODE
//     writes                           false: neither is an operation; encode
//                                      makes the message all the same
//     reader                           made by (state, own); root() parses
//     verify<M>(state, own)            see BENCH_VERIFY
//     prepare(own, model)              what can be kept of the model
//     scratch(own)                     a growing *, or NULL
//     records(own)                     the count of records, where lists do not
//                                      know theirs
//     may_decode(state)                a check that reading does not make
//     updates, update<M>(state)        see BENCH_UPDATE
#ifndef BENCH_RIVALS_FREE_CODEC_HPP
#define BENCH_RIVALS_FREE_CODEC_HPP

#include <new>

#include "bench/rivals/free/decode.hpp"
#include "bench/rivals/free/document.hpp"
#include "bench/rivals/free/sums.hpp"
#include "bench/rivals/free/write.hpp"

namespace bench
{

template <class C> inline typename C::own &own_of(bench_state *state)
{
    return *static_cast<typename C::own *>(state->own);
}

// The operations of one codec on one data set.
template <class C, class M> struct operations {
    using reader = typename C::reader;
    using record = typename set_of<M>::record;

    static const M &model(const bench_state *state)
    {
        return *static_cast<const M *>(state->model);
    }
    static bool open(bench_state *state)
    {
        auto *own = new (std::nothrow) typename C::own(state);

        state->own = own;
        return own != nullptr && C::prepare(*own, model(state));
    }
    static void close(bench_state *state)
    {
        delete static_cast<typename C::own *>(state->own);
        state->own = nullptr;
    }
    static uint64_t build(bench_state *state)
    {
        return C::build(state, model(state));
    }
    static uint64_t encode(bench_state *state)
    {
        return C::encode(state, own_of<C>(state), model(state));
    }
    static uint64_t verify(bench_state *state)
    {
        return C::template verify<M>(state, own_of<C>(state));
    }

    // Parses, hands the root to f; a failure makes it 0.
    template <class F> static uint64_t reading(bench_state *state, F f)
    {
        reader                 r(state, own_of<C>(state));
        typename reader::value root = r.root();

        if (r.failed()) {
            return 0;
        }
        uint64_t result = f(r, root);

        return r.failed() ? 0 : result;
    }
    static uint64_t one(bench_state *state)
    {
        return reading(state, [&](reader &r, typename reader::value root) {
            return read_one<M>(r, root, state->turn,
                               C::records(own_of<C>(state)));
        });
    }
    static uint64_t tenth(bench_state *state)
    {
        return reading(state, [](reader &r, typename reader::value root) {
            return read_tenth<M>(r, root);
        });
    }
    static uint64_t scalars(bench_state *state)
    {
        return reading(state, [](reader &r, typename reader::value root) {
            return record_sum<M, true, false>(r, root);
        });
    }
    static uint64_t strings(bench_state *state)
    {
        return reading(state, [](reader &r, typename reader::value root) {
            return record_sum<M, false, true>(r, root);
        });
    }
    static uint64_t find(bench_state *state)
    {
        return reading(state, [&](reader &r, typename reader::value root) {
            return C::lookup(r, root, state->key);
        });
    }
    static uint64_t update(bench_state *state)
    {
        return C::template update<M>(state);
    }
    static uint64_t decode(bench_state *state)
    {
        if (!C::may_decode(state)) {
            return 0;
        }
        return reading(state, [&](reader &r, typename reader::value root) {
            return bench::decode<M>(r, root, state,
                                    C::scratch(own_of<C>(state)));
        });
    }
};

// What most codecs have in common.
struct codec_defaults {
    template <class Own> static growing *scratch(Own &)
    {
        return nullptr;
    }
    template <class Own> static size_t records(const Own &)
    {
        return 0;
    }
    template <class Own, class M> static bool prepare(Own &, const M &)
    {
        return true;
    }
    template <class R>
    static uint64_t lookup(R &r, typename R::value root, inlay_str key)
    {
        return bench::lookup(r, root, key);
    }
    static bool may_decode(const bench_state *)
    {
        return true;
    }
    static constexpr bool writes = true;
    static constexpr bool updates = false;
};

template <class C, class M> constexpr bench_case make_case()
{
    using all = operations<C, M>;
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
    made.ops[BENCH_READ_ONE] = all::one;
    made.ops[BENCH_READ_TENTH] = all::tenth;
    made.ops[BENCH_READ_SCALARS] = all::scalars;
    if constexpr (!std::is_same_v<M, data_mesh> &&
                  !std::is_same_v<M, data_telemetry>) {
        made.ops[BENCH_READ_STRINGS] = all::strings;
    }
    if constexpr (std::is_same_v<M, data_catalogue>) {
        made.ops[BENCH_LOOKUP] = all::find;
    }
    if constexpr (C::updates) {
        made.ops[BENCH_UPDATE] = all::update;
    }
    made.ops[BENCH_DECODE] = all::decode;
    return made;
}

template <class C, class M>
inline constexpr bench_case case_of = make_case<C, M>();

template <class C> constexpr bench_codec make_codec()
{
    bench_codec made = {};

    made.id = C::id;
    made.name = C::name;
    made.format = C::format;
    made.language = C::language;
    made.version = C::version;
    made.trust = C::trust;
    made.memory = C::memory;
    made.note = C::note;
    if constexpr (!C::writes) {
        made.absent[BENCH_BUILD] = "the library only reads";
        made.absent[BENCH_ENCODE] = "the library only reads";
    }
    made.absent[BENCH_OPEN] = "has to be parsed";
    made.absent[BENCH_LOOKUP] = "no map in this set";
    made.absent[BENCH_READ_STRINGS] = "no strings in this set";
    if (!C::updates) {
        made.absent[BENCH_UPDATE] = "values have no fixed width";
    }
    made.cases[BENCH_LOG] = &case_of<C, data_logs>;
    made.cases[BENCH_MESH] = &case_of<C, data_mesh>;
    made.cases[BENCH_MINECRAFT] = &case_of<C, data_players>;
    made.cases[BENCH_MK48] = &case_of<C, data_updates>;
    made.cases[BENCH_RPC] = &case_of<C, data_request>;
    made.cases[BENCH_TELEMETRY] = &case_of<C, data_telemetry>;
    made.cases[BENCH_CJK] = &case_of<C, data_articles>;
    made.cases[BENCH_CATALOGUE] = &case_of<C, data_catalogue>;
    if constexpr (has_kind<typename C::reader>::value) {
        made.cases[BENCH_USER] = &document_case_of<C>;
    }
    return made;
}

// A macro's value as text.
#define BENCH_TEXT(x)    #x
#define BENCH_TEXT_OF(x) BENCH_TEXT(x)

// Defines bench_codec_<ident>.
#define BENCH_CODEC(ident, type)                                               \
    extern "C" {                                                               \
    extern const bench_codec bench_codec_##ident;                              \
    const bench_codec        bench_codec_##ident = bench::make_codec<type>();  \
    }

} // namespace bench

#endif

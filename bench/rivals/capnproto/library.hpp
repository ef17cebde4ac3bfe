// library.hpp -- Cap'n Proto: how its types are read and written.
//
// Each data set's file describes the accessors, and has a `put` per struct that
// writes it; the operations are made of those here. The library throws: what
// the harness calls is `caught`.
#ifndef BENCH_RIVALS_CAPNPROTO_LIBRARY_HPP
#define BENCH_RIVALS_CAPNPROTO_LIBRARY_HPP

#include <array>

#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <capnp/serialize.h>
#include <kj/io.h>

#include "bench/rivals/accessors.hpp"

namespace bench::cap
{

using capnp::word;

struct library {
    static BENCH_INLINE inlay_str text(capnp::Text::Reader text)
    {
        return {text.begin(), text.size()};
    }
    static BENCH_INLINE inlay_bytes text(capnp::Data::Reader bytes)
    {
        return {bytes.begin(), bytes.size()};
    }

    template <class X> static BENCH_INLINE size_t size(const X &list)
    {
        return list.size();
    }
    template <class X> static BENCH_INLINE auto at(const X &list, size_t index)
    {
        return list[static_cast<unsigned>(index)];
    }
    template <class X, class F>
    static BENCH_INLINE void each(const X &list, F f)
    {
        for (auto item : list) {
            f(item);
        }
    }
    template <class X> static BENCH_INLINE const X &sorted(const X &list)
    {
        return list;
    }
};

// What a data set's struct begins with; M, R: the model's root and record.
template <class M, class R, class Root> struct data_set {
    using library = cap::library;
    using model = M;
    using record = R;
    using root = Root;
    static constexpr bool has_texts = true;
    static constexpr bool has_keys = false;
};

// What a state keeps: the first segment, zeroed, and room for unpacking.
struct memory {
    kj::Array<word> segment = zeroed(1024);
    kj::Array<word> unpacked;

    static kj::Array<word> zeroed(size_t count)
    {
        auto words = kj::heapArray<word>(count);

        memset(words.begin(), 0, words.asBytes().size());
        return words;
    }
};

inline memory *memory_of(const bench_state *state)
{
    return static_cast<memory *>(state->own);
}

// ---- Reading ----------------------------------------------------------------

inline kj::ArrayPtr<const word> words_of(const bench_state *state)
{
    return {reinterpret_cast<const word *>(state->message),
            state->size / sizeof(word)};
}

template <class Root> struct flat {
    capnp::FlatArrayMessageReader reader;
    typename Root::Reader         message;

    explicit flat(const bench_state *state)
        : reader(words_of(state)), message(reader.getRoot<Root>())
    {
    }
    BENCH_INLINE bool ok() const
    {
        return true;
    }
    BENCH_INLINE const typename Root::Reader &root() const
    {
        return message;
    }
};

template <class Root> struct packed {
    kj::ArrayInputStream       input;
    capnp::PackedMessageReader reader;
    typename Root::Reader      message;

    explicit packed(const bench_state *state)
        : input({state->message, state->size}),
          reader(input, capnp::ReaderOptions(), memory_of(state)->unpacked),
          message(reader.getRoot<Root>())
    {
    }
    BENCH_INLINE bool ok() const
    {
        return true;
    }
    BENCH_INLINE const typename Root::Reader &root() const
    {
        return message;
    }
};

inline bool less(capnp::Text::Reader a, inlay_str b)
{
    size_t size = a.size() < b.size ? a.size() : b.size;
    int    order = memcmp(a.begin(), b.data, size);

    return order < 0 || (order == 0 && a.size() < b.size);
}

inline bool equal(capnp::Text::Reader a, inlay_str b)
{
    return a.size() == b.size && memcmp(a.begin(), b.data, b.size) == 0;
}

// ---- Writing ----------------------------------------------------------------

// Texts are made at their size, and filled: ours have no terminator, which
// set...() would ask for.
inline void copy(capnp::Text::Builder to, inlay_str from)
{
    memcpy(to.begin(), from.data, from.size);
}

inline void copy(capnp::Data::Builder to, inlay_bytes from)
{
    memcpy(to.begin(), from.data, from.size);
}

inline unsigned count32(size_t count)
{
    return static_cast<unsigned>(count);
}

// A data set's `put` is found by its first argument.
template <class L, class T> void put_list(L to, const T *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(library(), to[count32(i)], items[i]);
    }
}

template <class L> void put_texts(L to, const inlay_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        copy(to.init(count32(i), count32(items[i].size)), items[i]);
    }
}

template <class L, class T> void put_scalars(L to, const T *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to.set(count32(i), items[i]);
    }
}

inline bool open_memory(bench_state *state)
{
    state->own = new memory;
    return true;
}

inline void close_memory(bench_state *state)
{
    delete memory_of(state);
}

template <class S>
void put_root(capnp::MessageBuilder &message, const bench_state *state)
{
    put(library(), message.initRoot<typename S::root>(),
        *static_cast<const typename S::model *>(state->model));
}

inline void write(kj::ArrayOutputStream &to, capnp::MessageBuilder &message,
                  bool packed)
{
    if (packed) {
        capnp::writePackedMessage(to, message);
    } else {
        capnp::writeMessage(to, message);
    }
}

// Writes the message if it has one segment: several are slower to write and to
// read. Returns the words that it needs.
template <class S, bool Packed>
size_t encode_once(bench_state *state, size_t *size)
{
    capnp::MallocMessageBuilder message(memory_of(state)->segment);
    kj::ArrayOutputStream       to({state->out, state->capacity});

    put_root<S>(message, state);
    *size = 0;
    if (message.getSegmentsForOutput().size() == 1) {
        write(to, message, Packed);
        *size = to.getArray().size();
    }
    return capnp::computeSerializedSizeInWords(message);
}

// A first segment that was too small gets as large as the message, and is kept.
template <class S, bool Packed> uint64_t encode(bench_state *state)
{
    memory *own = memory_of(state);
    size_t  size;
    size_t  words = encode_once<S, Packed>(state, &size);

    if (size == 0) {
        own->segment = memory::zeroed(words);
        encode_once<S, Packed>(state, &size);
    }
    if (own->unpacked.size() < words) {
        own->unpacked = kj::heapArray<word>(words);
    }
    return size;
}

// The first segment is asked for at the size that the message will have.
template <class S, bool Packed> uint64_t build(bench_state *state)
{
    capnp::MallocMessageBuilder message(
        count32(memory_of(state)->segment.size()));

    put_root<S>(message, state);
    if (Packed) {
        kj::VectorOutputStream to(
            capnp::computeSerializedSizeInWords(message) * sizeof(word));

        capnp::writePackedMessage(to, message);
        return bench_built(state, to.getArray().begin(), to.getArray().size());
    }

    auto words = capnp::messageToFlatArray(message);

    return bench_built(state, words.begin(), words.asBytes().size());
}

// A builder over memory that holds a message, which it must trust.
struct in_place final : capnp::MessageBuilder {
    explicit in_place(kj::ArrayPtr<SegmentInit> segments)
        : MessageBuilder(segments)
    {
    }
    kj::ArrayPtr<word> allocateSegment(unsigned) override
    {
        KJ_FAIL_REQUIRE("nothing is added in place");
    }
};

template <class S> uint64_t update(bench_state *state)
{
    capnp::FlatArrayMessageReader      reader(words_of(state));
    auto                               words = reader.getSegment(0);
    capnp::MessageBuilder::SegmentInit segment = {
        {const_cast<word *>(words.begin()), words.size()}, words.size()};
    in_place message({&segment, 1});

    return S::update(message.getRoot<typename S::root>(), state->turn);
}

template <class L, class F> uint64_t update_each(L list, F set)
{
    for (auto item : list) {
        set(item);
    }
    return list.size();
}

// ---- The cases --------------------------------------------------------------

template <bench_function *F> uint64_t caught(bench_state *state)
{
    try {
        return F(state);
    } catch (const kj::Exception &) {
        return 0;
    }
}

template <class S, class A, bool Packed> constexpr bench_case make_case()
{
    using read = reads<S, A>;
    bench_case made = {};

    made.open = open_memory;
    made.close = close_memory;
    made.ops[BENCH_BUILD] = caught<build<S, Packed>>;
    made.ops[BENCH_ENCODE] = caught<encode<S, Packed>>;
    made.ops[BENCH_OPEN] = caught<read::open>;
    made.ops[BENCH_READ_ONE] = caught<read::one>;
    made.ops[BENCH_READ_TENTH] = caught<read::tenth>;
    made.ops[BENCH_READ_SCALARS] = caught<read::scalars>;
    made.ops[BENCH_DECODE] = caught<read::decode>;
    if constexpr (S::has_texts) {
        made.ops[BENCH_READ_STRINGS] = caught<read::texts>;
    }
    if constexpr (S::has_keys) {
        made.ops[BENCH_LOOKUP] = caught<read::lookup>;
    }
    if constexpr (!Packed) {
        made.ops[BENCH_UPDATE] = caught<update<S>>;
    }
    return made;
}

template <class S>
constexpr bench_case flat_case = make_case<S, flat<typename S::root>, false>();

template <class S>
constexpr bench_case
    packed_case = make_case<S, packed<typename S::root>, true>();

} // namespace bench::cap

#endif

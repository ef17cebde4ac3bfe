// library.hpp -- protobuf: how its types are read and written.
//
// Each data set's file describes the accessors, and has a `put` per message
// that fills it; the operations are made of those here.
#ifndef BENCH_RIVALS_PROTOBUF_LIBRARY_HPP
#define BENCH_RIVALS_PROTOBUF_LIBRARY_HPP

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <google/protobuf/arena.h>
#include <google/protobuf/map.h>
#include <google/protobuf/message.h>

#include "bench/rivals/accessors.hpp"

namespace bench::proto
{

using google::protobuf::Arena;
using google::protobuf::Map;

struct library {
    // string or bytes: nothing else of inlay_str and inlay_bytes differs.
    static BENCH_INLINE inlay_str text(const std::string &text)
    {
        return {text.data(), text.size()};
    }

    template <class X> static BENCH_INLINE size_t size(const X &list)
    {
        return static_cast<size_t>(list.size());
    }
    template <class X>
    static BENCH_INLINE decltype(auto) at(const X &list, size_t index)
    {
        return list[static_cast<int>(index)];
    }
    template <class X, class F>
    static BENCH_INLINE void each(const X &list, F f)
    {
        for (const auto &item : list) {
            f(item);
        }
    }

    template <class X> static BENCH_INLINE const X &sorted(const X &list)
    {
        return list;
    }
    // The model's maps are sorted by key, the library's are hashed.
    template <class V> static auto sorted(const Map<std::string, V> &map)
    {
        std::vector<const typename Map<std::string, V>::value_type *> entries;

        entries.reserve(map.size());
        for (const auto &entry : map) {
            entries.push_back(&entry);
        }
        std::sort(entries.begin(), entries.end(),
                  [](auto *a, auto *b) { return a->first < b->first; });
        return entries;
    }
};

// What a data set's struct begins with; M, R: the model's root and record.
template <class M, class R, class Root> struct data_set {
    using library = proto::library;
    using model = M;
    using record = R;
    using root = Root;
    static constexpr bool has_texts = true;
    static constexpr bool has_map = false; // records by key, in no order
};

// ---- Reading ----------------------------------------------------------------

// An arena that is reset before each message, in a block that grows until a
// message fits: in the end, nothing but long strings comes from the heap.
class reused_arena
{
  public:
    Arena *fresh()
    {
        if (!arena_ || arena_->SpaceAllocated() > size_) {
            grow();
        } else {
            arena_->Reset();
        }
        return &*arena_;
    }

  private:
    void grow()
    {
        google::protobuf::ArenaOptions options;

        size_ = arena_ ? 2 * arena_->SpaceAllocated() : 1024;
        arena_.reset();
        block_ = std::make_unique<char[]>(size_);
        options.initial_block = block_.get();
        options.initial_block_size = size_;
        arena_.emplace(options);
    }

    std::unique_ptr<char[]> block_;
    size_t                  size_ = 0;
    std::optional<Arena>    arena_;
};

// What a state keeps: the message that `encode` writes, and where others are
// parsed, in either way.
template <class Root> struct objects {
    Arena        arena;
    Root        *message = Arena::CreateMessage<Root>(&arena);
    reused_arena parsing;
    Root         again;
};

template <class Root> struct parsed {
    const Root *message;
    bool        good;

    explicit parsed(const bench_state *state)
    {
        auto *own = static_cast<objects<Root> *>(state->own);
        auto *to = Arena::CreateMessage<Root>(own->parsing.fresh());

        good =
            to->ParseFromArray(state->message, static_cast<int>(state->size));
        message = to;
    }
    BENCH_INLINE bool ok() const
    {
        return good;
    }
    BENCH_INLINE const Root *root() const
    {
        return message;
    }
};

// Into the same message, on the heap, which keeps the memory it once had.
template <class Root> struct parsed_again {
    const Root *message;
    bool        good;

    explicit parsed_again(const bench_state *state)
    {
        auto *own = static_cast<objects<Root> *>(state->own);

        good = own->again.ParseFromArray(state->message,
                                         static_cast<int>(state->size));
        message = &own->again;
    }
    BENCH_INLINE bool ok() const
    {
        return good;
    }
    BENCH_INLINE const Root *root() const
    {
        return message;
    }
};

// ---- Writing ----------------------------------------------------------------

// A data set's `put` is found by its first argument.
template <class L, class T> void put_list(L *list, const T *items, size_t count)
{
    list->Reserve(static_cast<int>(count));
    for (size_t i = 0; i < count; i++) {
        put(library(), list->Add(), items[i]);
    }
}

template <class L> void put_texts(L *list, const inlay_str *items, size_t count)
{
    list->Reserve(static_cast<int>(count));
    for (size_t i = 0; i < count; i++) {
        list->Add()->assign(items[i].data, items[i].size);
    }
}

template <class L, class T>
void put_scalars(L *list, const T *items, size_t count)
{
    list->Add(items, items + count);
}

inline std::string string_of(inlay_str text)
{
    return {text.data, text.size};
}

template <class S> bool open_objects(bench_state *state)
{
    auto *own = new objects<typename S::root>;

    google::protobuf::SetLogHandler(nullptr); // of messages that are damaged
    put(library(), own->message,
        *static_cast<const typename S::model *>(state->model));
    state->own = own;
    return true;
}

template <class S> void close_objects(bench_state *state)
{
    delete static_cast<objects<typename S::root> *>(state->own);
}

template <class S> uint64_t encode(bench_state *state)
{
    const auto *own = static_cast<objects<typename S::root> *>(state->own);
    size_t      size = own->message->ByteSizeLong();

    if (size > state->capacity) {
        return 0;
    }
    own->message->SerializeWithCachedSizesToArray(state->out);
    return size;
}

template <class S> uint64_t build(bench_state *state)
{
    Arena arena;
    auto *message = Arena::CreateMessage<typename S::root>(&arena);

    put(library(), message,
        *static_cast<const typename S::model *>(state->model));

    size_t size = message->ByteSizeLong();
    auto   bytes = std::unique_ptr<uint8_t[]>(new uint8_t[size]);

    message->SerializeWithCachedSizesToArray(bytes.get());
    return bench_built(state, bytes.get(), size);
}

// ---- The cases --------------------------------------------------------------

template <class S, template <class> class A> constexpr bench_case make_reads()
{
    using read = reads<S, A<typename S::root>>;
    bench_case made = {};

    made.open = open_objects<S>;
    made.close = close_objects<S>;
    made.message = encode<S>;
    made.ops[BENCH_VERIFY] = read::verify;
    made.ops[BENCH_READ_SCALARS] = read::scalars;
    made.ops[BENCH_DECODE] = read::decode;
    if constexpr (S::has_texts) {
        made.ops[BENCH_READ_STRINGS] = read::texts;
    }
    if constexpr (S::has_map) {
        made.ops[BENCH_LOOKUP] = read::lookup;
    } else {
        made.ops[BENCH_READ_ONE] = read::one;
        made.ops[BENCH_READ_TENTH] = read::tenth;
    }
    return made;
}

template <class S> constexpr bench_case make_arena_case()
{
    bench_case made = make_reads<S, parsed>();

    made.ops[BENCH_BUILD] = build<S>;
    made.ops[BENCH_ENCODE] = encode<S>;
    return made;
}

template <class S> constexpr bench_case arena_case = make_arena_case<S>();

template <class S>
constexpr bench_case again_case = make_reads<S, parsed_again>();

} // namespace bench::proto

#endif

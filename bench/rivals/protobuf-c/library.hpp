// library.hpp -- protobuf-c: how its types are read and written.
//
// Messages are plain structs here. Each data set's file describes their
// members, and has a `put` per message that fills one; the operations are made
// of those here.
#ifndef BENCH_RIVALS_PROTOBUF_C_LIBRARY_HPP
#define BENCH_RIVALS_PROTOBUF_C_LIBRARY_HPP

#include <memory>
#include <vector>

#include <protobuf-c/protobuf-c.h>

#include "bench/rivals/accessors.hpp"

namespace bench::protoc
{

template <class V> struct list_view {
    V     *items;
    size_t count;
};

// The accessor of a list, from the two members that it is made of.
template <class M, class V>
BENCH_INLINE auto items(size_t M::*count, V *M::*items)
{
    return [count, items](const M &message) {
        return list_view<V>{message.*items, message.*count};
    };
}

struct library {
    static BENCH_INLINE inlay_str text(const char *text)
    {
        return {text, strlen(text)};
    }
    // A string that may be absent, dereferenced.
    static BENCH_INLINE inlay_str text(const char &first)
    {
        return text(&first);
    }
    static BENCH_INLINE inlay_bytes text(const ProtobufCBinaryData &bytes)
    {
        return {bytes.data, bytes.len};
    }

    template <class X> static BENCH_INLINE size_t size(const X &list)
    {
        return list.count;
    }
    template <class X>
    static BENCH_INLINE const auto &at(const X &list, size_t index)
    {
        return list.items[index];
    }
    template <class X, class F>
    static BENCH_INLINE void each(const X &list, F f)
    {
        for (size_t i = 0; i < list.count; i++) {
            f(list.items[i]);
        }
    }
    template <class X> static BENCH_INLINE const X &sorted(const X &list)
    {
        return list;
    }
};

// What a data set's struct begins with; M, R: the model's root and record.
template <class M, class R, class Root> struct data_set {
    using library = protoc::library;
    using model = M;
    using record = R;
    using root = Root;
    static constexpr bool has_texts = true;
    static constexpr bool has_keys = false;
};

// ---- Memory -----------------------------------------------------------------

// Hands out memory piece by piece and takes all of it back at once. It keeps
// one block, which grows until everything fits.
class arena
{
  public:
    void *take(size_t size)
    {
        size = (size + 15) & ~size_t{15};
        if (blocks_.empty() || size > size_ - used_) {
            add(size);
        }
        used_ += size;
        return blocks_.back().get() + (used_ - size);
    }
    template <class T> T *take_array(size_t count)
    {
        return static_cast<T *>(take(count * sizeof(T)));
    }
    void clear()
    {
        if (blocks_.size() > 1) {
            blocks_.clear();
            add(total_);
        }
        used_ = 0;
    }

  private:
    void add(size_t least)
    {
        size_ = least > 2 * size_ ? least : 2 * size_;
        size_ = size_ > 1024 ? size_ : 1024;
        blocks_.emplace_back(new char[size_]);
        total_ += size_;
        used_ = 0;
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    size_t                               size_ = 0;  // of the last block
    size_t                               used_ = 0;  // of the last block
    size_t                               total_ = 0; // of all there ever were
};

inline ProtobufCAllocator allocator_of(arena *memory)
{
    return {[](void *from, size_t size) {
                return static_cast<arena *>(from)->take(size);
            },
            [](void *, void *) {}, memory};
}

// What a state keeps: the message that `encode` writes, and where others are
// parsed.
template <class Root> struct objects {
    arena memory;
    Root *message;
    arena parsing;
};

// ---- Reading ----------------------------------------------------------------

template <class S> struct parsed {
    const typename S::root *message;

    explicit parsed(const bench_state *state)
    {
        auto *own = static_cast<objects<typename S::root> *>(state->own);
        ProtobufCAllocator allocator = allocator_of(&own->parsing);

        own->parsing.clear();
        message =
            reinterpret_cast<typename S::root *>(protobuf_c_message_unpack(
                S::descriptor, &allocator, state->size, state->message));
    }
    BENCH_INLINE bool ok() const
    {
        return message != nullptr;
    }
    BENCH_INLINE const typename S::root *root() const
    {
        return message;
    }
};

// ---- Writing ----------------------------------------------------------------

// A data set's `put` is found by its first argument.
template <class M, class T>
M *make(arena &memory, void (*init)(M *), const T &from)
{
    M *message = memory.take_array<M>(1);

    init(message);
    put(library(), memory, message, from);
    return message;
}

template <class M, class T>
M **make_list(arena &memory, void (*init)(M *), const T *items, size_t count)
{
    M **list = memory.take_array<M *>(count);

    for (size_t i = 0; i < count; i++) {
        list[i] = make(memory, init, items[i]);
    }
    return list;
}

// Strings are terminated here, and ours are not.
inline char *make_text(arena &memory, inlay_str from)
{
    char *text = memory.take_array<char>(from.size + 1);

    memcpy(text, from.data, from.size);
    text[from.size] = 0;
    return text;
}

inline char *make_maybe(arena &memory, bool has, inlay_str from)
{
    return has ? make_text(memory, from) : nullptr;
}

inline char **make_texts(arena &memory, const inlay_str *items, size_t count)
{
    char **list = memory.take_array<char *>(count);

    for (size_t i = 0; i < count; i++) {
        list[i] = make_text(memory, items[i]);
    }
    return list;
}

// Numbers that the library keeps in a wider type.
template <class V, class T>
V *make_scalars(arena &memory, const T *items, size_t count)
{
    V *list = memory.take_array<V>(count);

    for (size_t i = 0; i < count; i++) {
        list[i] = items[i];
    }
    return list;
}

// Numbers and bytes of the same type are borrowed: writing leaves them alone.
template <class T> T *borrow(const T *items)
{
    return const_cast<T *>(items);
}

inline ProtobufCBinaryData borrow(inlay_bytes bytes)
{
    return {bytes.size, borrow(bytes.data)};
}

template <class S>
typename S::root *make_root(arena &memory, const bench_state *state)
{
    return make(memory, S::init,
                *static_cast<const typename S::model *>(state->model));
}

template <class S> bool open_objects(bench_state *state)
{
    auto *own = new objects<typename S::root>;

    own->message = make_root<S>(own->memory, state);
    state->own = own;
    return true;
}

template <class S> void close_objects(bench_state *state)
{
    delete static_cast<objects<typename S::root> *>(state->own);
}

template <class S> uint64_t encode(bench_state *state)
{
    auto *own = static_cast<objects<typename S::root> *>(state->own);

    if (protobuf_c_message_get_packed_size(&own->message->base) >
        state->capacity) {
        return 0;
    }
    return protobuf_c_message_pack(&own->message->base, state->out);
}

template <class S> uint64_t build(bench_state *state)
{
    arena memory;
    auto *message = make_root<S>(memory, state);
    auto  size = protobuf_c_message_get_packed_size(&message->base);
    auto  bytes = std::unique_ptr<uint8_t[]>(new uint8_t[size]);

    protobuf_c_message_pack(&message->base, bytes.get());
    return bench_built(state, bytes.get(), size);
}

// ---- The cases --------------------------------------------------------------

template <class S> constexpr bench_case make_case()
{
    using read = reads<S, parsed<S>>;
    bench_case made = {};

    made.open = open_objects<S>;
    made.close = close_objects<S>;
    made.ops[BENCH_BUILD] = build<S>;
    made.ops[BENCH_ENCODE] = encode<S>;
    made.ops[BENCH_VERIFY] = read::verify;
    made.ops[BENCH_READ_ONE] = read::one;
    made.ops[BENCH_READ_TENTH] = read::tenth;
    made.ops[BENCH_READ_SCALARS] = read::scalars;
    made.ops[BENCH_DECODE] = read::decode;
    if constexpr (S::has_texts) {
        made.ops[BENCH_READ_STRINGS] = read::texts;
    }
    if constexpr (S::has_keys) {
        made.ops[BENCH_LOOKUP] = read::lookup;
    }
    return made;
}

} // namespace bench::protoc

#endif

// node.cpp -- MessagePack by MPack's node API: a tree in memory that is kept.

#include <memory>

#include "bench/rivals/mpack/writer.hpp"

namespace
{

using namespace bench;

// Nodes for the largest tree that the message may hold, a byte being a node.
struct kept {
    std::unique_ptr<mpack_node_data_t[]> nodes;
    size_t                               count = 0;

    explicit kept(const bench_state *)
    {
    }
    mpack_node_data_t *room(size_t message)
    {
        if (count < message + 1) {
            count = message + 1;
            nodes.reset(new (std::nothrow) mpack_node_data_t[count]);
        }
        return nodes.get();
    }
};

class tree
{
    mpack_tree_t tree_;

  public:
    static constexpr bool named = false;
    static constexpr bool counted = true;
    using value = mpack_node_t;

    tree(bench_state *state, kept &own) : tree_()
    {
        mpack_node_data_t *nodes = own.room(state->size);

        mpack_tree_init_pool(&tree_,
                             reinterpret_cast<const char *>(state->message),
                             state->size, nodes, own.count);
    }
    tree(const tree &) = delete;
    tree &operator=(const tree &) = delete;
    ~tree()
    {
        mpack_tree_destroy(&tree_);
    }
    INLAY_INLINE value root()
    {
        mpack_tree_parse(&tree_);
        if (!failed() && mpack_tree_size(&tree_) != tree_.data_length) {
            fail();
        }
        return mpack_tree_root(&tree_);
    }
    INLAY_INLINE bool failed()
    {
        return mpack_tree_error(&tree_) != mpack_ok;
    }
    INLAY_INLINE void fail()
    {
        mpack_tree_flag_error(&tree_, mpack_error_data);
    }
    INLAY_INLINE bool finished() const
    {
        return true;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if constexpr (std::is_same_v<T, uint8_t>) {
            return mpack_node_u8(v);
        } else if constexpr (std::is_same_v<T, uint16_t>) {
            return mpack_node_u16(v);
        } else if constexpr (std::is_same_v<T, uint32_t>) {
            return mpack_node_u32(v);
        } else if constexpr (std::is_same_v<T, uint64_t>) {
            return mpack_node_u64(v);
        } else if constexpr (std::is_same_v<T, int8_t>) {
            return mpack_node_i8(v);
        } else if constexpr (std::is_same_v<T, int16_t>) {
            return mpack_node_i16(v);
        } else if constexpr (std::is_same_v<T, int32_t>) {
            return mpack_node_i32(v);
        } else {
            return mpack_node_i64(v);
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        return mpack_node_bool(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        if constexpr (std::is_same_v<T, float>) {
            return mpack_node_float_strict(v);
        } else {
            return mpack_node_double_strict(v);
        }
    }
    INLAY_INLINE inlay_str text(value v)
    {
        return {mpack_node_str(v), mpack_node_strlen(v)};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        return {reinterpret_cast<const uint8_t *>(mpack_node_bin_data(v)),
                mpack_node_bin_size(v)};
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        unsigned index = mpack_node_u32(v);

        if (index >= choice_names<E>::count) {
            fail();
        }
        return index;
    }
    data_kind kind(value v)
    {
        switch (mpack_node_type(v)) {
        case mpack_type_nil:
            return DATA_NULL;
        case mpack_type_bool:
            return DATA_BOOL;
        case mpack_type_int:
            return DATA_INTEGER;
        case mpack_type_uint:
            return DATA_NATURAL;
        case mpack_type_float:
        case mpack_type_double:
            return DATA_REAL;
        case mpack_type_str:
            return DATA_TEXT;
        case mpack_type_array:
            return DATA_ARRAY;
        case mpack_type_map:
            return DATA_OBJECT;
        default:
            fail();
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return mpack_node_is_nil(v);
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct list {
        value  in;
        size_t at = 0;
        size_t end;

        INLAY_INLINE list(tree &, value v)
            : in(v), end(mpack_node_array_length(v))
        {
        }
        INLAY_INLINE size_t count() const
        {
            return end;
        }
        INLAY_INLINE bool more() const
        {
            return at < end;
        }
        INLAY_INLINE bool is(const char *) const
        {
            return more();
        }
        INLAY_INLINE value get() const
        {
            return mpack_node_array_at(in, at);
        }
        INLAY_INLINE void next()
        {
            at++;
        }
        INLAY_INLINE void leap(size_t n)
        {
            at += n;
        }
    };
    using record = list;

    struct map {
        value  in;
        size_t at = 0;
        size_t end;

        INLAY_INLINE map(tree &, value v) : in(v), end(mpack_node_map_count(v))
        {
        }
        INLAY_INLINE size_t count() const
        {
            return end;
        }
        INLAY_INLINE bool more() const
        {
            return at < end;
        }
        INLAY_INLINE inlay_str key() const
        {
            value k = mpack_node_map_key_at(in, at);

            return {mpack_node_str(k), mpack_node_strlen(k)};
        }
        INLAY_INLINE value get() const
        {
            return mpack_node_map_value_at(in, at);
        }
        INLAY_INLINE void next()
        {
            at++;
        }
        INLAY_INLINE void leap(size_t n)
        {
            at += n;
        }
    };
};

struct by_nodes : mpack::writes_mpack {
    static constexpr char id[] = "mpack-node";
    static constexpr char name[] = "MPack, nodes";
    static constexpr char memory[] = "reused buffer, reused nodes";
    static constexpr char note[] =
        "records are arrays; mpack_write_* into the buffer, mpack_tree_parse "
        "into a pool of nodes; UTF-8 is not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = kept;
    using reader = tree;

    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(mpack_node, by_nodes)

// tree.cpp -- CBOR by libcbor's items: a tree on the heap.
//
// The same messages as stream.cpp's.

#include <cbor.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/tree_writer.hpp"

namespace
{

using namespace bench;

// ---- Writing ----------------------------------------------------------------

struct library {
    static constexpr bool enums_are_names = false;

    using node = cbor_item_t *;

    node object(size_t count)
    {
        return cbor_new_definite_map(count);
    }
    node array(size_t count)
    {
        return cbor_new_definite_array(count);
    }
    node null()
    {
        return cbor_build_ctrl(CBOR_CTRL_NULL);
    }
    node make(bool x)
    {
        return cbor_build_bool(x);
    }
    node make(float x)
    {
        return cbor_build_float4(x);
    }
    node make(double x)
    {
        return cbor_build_float8(x);
    }
    node make(inlay_str x)
    {
        return cbor_build_stringn(x.size > 0 ? x.data : "", x.size);
    }
    node make(inlay_bytes x)
    {
        return cbor_build_bytestring(x.data, x.size);
    }
    // In the least width that holds it.
    template <class T> std::enable_if_t<std::is_integral_v<T>, node> make(T x)
    {
        if (x < T{}) {
            node made = natural(~static_cast<uint64_t>(x));

            cbor_mark_negint(made);
            return made;
        }
        return natural(static_cast<uint64_t>(x));
    }
    node natural(uint64_t x)
    {
        return x <= UINT8_MAX    ? cbor_build_uint8(static_cast<uint8_t>(x))
               : x <= UINT16_MAX ? cbor_build_uint16(static_cast<uint16_t>(x))
               : x <= UINT32_MAX ? cbor_build_uint32(static_cast<uint32_t>(x))
                                 : cbor_build_uint64(x);
    }
    // Both hold a reference more: ours goes.
    bool push(node array, node child)
    {
        bool good = cbor_array_push(array, child);

        cbor_decref(&child);
        return good;
    }
    bool set(node object, std::string_view name, bool, node child)
    {
        cbor_pair pair = {cbor_build_stringn(name.data(), name.size()), child};
        bool      good = cbor_map_add(object, pair);

        cbor_decref(&pair.key);
        cbor_decref(&child);
        return good;
    }
};

template <class M> cbor_item_t *make_tree(const M &model)
{
    library              lib;
    tree_writer<library> w(lib);

    write_record(w, model);
    return w.root();
}

void release(cbor_item_t *item)
{
    if (item != nullptr) {
        cbor_decref(&item);
    }
}

// ---- Reading ----------------------------------------------------------------

struct kept {
    cbor_item_t *written = nullptr;
    cbor_item_t *read = nullptr;

    explicit kept(const bench_state *)
    {
    }
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    ~kept()
    {
        release(written);
        release(read);
    }
};

class tree
{
    bench_state *state_;
    kept        &own_;
    bool         failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }

    // What comes next aborts on floats.
    static bool is_simple(const cbor_item_t *v)
    {
        return cbor_isa_float_ctrl(v) && cbor_float_ctrl_is_ctrl(v);
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = true;
    using value = cbor_item_t *;

    tree(bench_state *state, kept &own) : state_(state), own_(own)
    {
    }
    // The tree is freed by the next operation: decoded texts borrow from it.
    value root()
    {
        cbor_load_result result;

        release(own_.read);
        own_.read = cbor_load(state_->message, state_->size, &result);
        must(own_.read != nullptr && result.read == state_->size);
        return own_.read;
    }
    INLAY_INLINE bool failed() const
    {
        return failed_;
    }
    INLAY_INLINE void fail()
    {
        failed_ = true;
    }
    bool finished() const
    {
        return true;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if (cbor_isa_negint(v)) {
            uint64_t x = cbor_get_int(v);

            must(x <= INT64_MAX);
            return narrow<T>(*this, static_cast<int64_t>(~x));
        }
        return must(cbor_isa_uint(v)) ? narrow<T>(*this, cbor_get_int(v)) : T{};
    }
    INLAY_INLINE bool boolean(value v)
    {
        return must(is_simple(v) && cbor_is_bool(v)) && cbor_get_bool(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        return must(cbor_is_float(v)) ? static_cast<T>(cbor_float_get_float(v))
                                      : T{};
    }
    INLAY_INLINE inlay_str text(value v)
    {
        if (!must(cbor_isa_string(v) && cbor_string_is_definite(v))) {
            return {nullptr, 0};
        }
        return {reinterpret_cast<const char *>(cbor_string_handle(v)),
                cbor_string_length(v)};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        if (!must(cbor_isa_bytestring(v) && cbor_bytestring_is_definite(v))) {
            return {nullptr, 0};
        }
        return {cbor_bytestring_handle(v), cbor_bytestring_length(v)};
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        unsigned index = integer<unsigned>(v);

        must(index < choice_names<E>::count);
        return index;
    }
    data_kind kind(value v)
    {
        switch (cbor_typeof(v)) {
        case CBOR_TYPE_UINT:
            return DATA_NATURAL;
        case CBOR_TYPE_NEGINT:
            return DATA_INTEGER;
        case CBOR_TYPE_STRING:
            return DATA_TEXT;
        case CBOR_TYPE_ARRAY:
            return DATA_ARRAY;
        case CBOR_TYPE_MAP:
            return DATA_OBJECT;
        case CBOR_TYPE_FLOAT_CTRL:
            return !is_simple(v)     ? DATA_REAL
                   : cbor_is_bool(v) ? DATA_BOOL
                                     : DATA_NULL;
        default:
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return is_simple(v) && cbor_is_null(v);
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct list {
        value *at = nullptr;
        size_t left = 0;

        INLAY_INLINE list(tree &r, value v)
        {
            if (r.must(cbor_isa_array(v))) {
                at = cbor_array_handle(v);
                left = cbor_array_size(v);
            }
        }
        INLAY_INLINE size_t count() const
        {
            return left;
        }
        INLAY_INLINE bool more() const
        {
            return left > 0;
        }
        INLAY_INLINE value get() const
        {
            return *at;
        }
        INLAY_INLINE void next()
        {
            leap(1);
        }
        INLAY_INLINE void leap(size_t n)
        {
            n = n < left ? n : left;
            at += n;
            left -= n;
        }
    };

    struct record {
        tree      &r;
        cbor_pair *at = nullptr;
        size_t     left = 0;

        INLAY_INLINE record(tree &from, value v) : r(from)
        {
            if (r.must(cbor_isa_map(v))) {
                at = cbor_map_handle(v);
                left = cbor_map_size(v);
            }
        }
        INLAY_INLINE size_t count() const
        {
            return left;
        }
        INLAY_INLINE bool more() const
        {
            return left > 0;
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            if (!more()) {
                return false;
            }
            inlay_str x = key();

            return x.size == N - 1 && memcmp(x.data, name, N - 1) == 0;
        }
        INLAY_INLINE inlay_str key() const
        {
            return r.text(at->key);
        }
        INLAY_INLINE value get() const
        {
            return at->value;
        }
        INLAY_INLINE void next()
        {
            leap(1);
        }
        INLAY_INLINE void leap(size_t n)
        {
            n = n < left ? n : left;
            at += n;
            left -= n;
        }
    };
    using map = record;
};

// ---- The codec --------------------------------------------------------------

struct by_tree : codec_defaults {
    static constexpr char id[] = "libcbor";
    static constexpr char name[] = "libcbor, items";
    static constexpr char format[] = "CBOR";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "kept tree to write, tree on the heap";
    static constexpr char note[] =
        "cbor_serialize of a kept tree, cbor_load, pairs in written order; "
        "UTF-8 is not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return BENCH_TEXT_OF(CBOR_MAJOR_VERSION) "." BENCH_TEXT_OF(
            CBOR_MINOR_VERSION) "." BENCH_TEXT_OF(CBOR_PATCH_VERSION);
    }
    template <class M> static bool prepare(own &kept, const M &model)
    {
        kept.written = make_tree(model);
        return kept.written != nullptr;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        cbor_item_t   *made = make_tree(model);
        unsigned char *data = nullptr;
        size_t         room = 0;
        size_t         size = cbor_serialize_alloc(made, &data, &room);

        bench_built(state, data, size);
        free(data);
        release(made);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &kept, const M &)
    {
        return cbor_serialize(kept.written, state->out, state->capacity);
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(libcbor_tree, by_tree)

// msgpack_c.cpp -- MessagePack by msgpack-c, its C library.
//
// Writing: the packer's inline functions, whose callback puts bytes into the
// harness's memory; with a buffer of msgpack's own for `build`. Reading: a
// message becomes a tree of objects in a zone, which is cleared and kept.

#include <msgpack.h>

#include "bench/rivals/free/codec.hpp"

namespace
{

using namespace bench;

int put(void *data, const char *buffer, size_t size)
{
    return static_cast<byte_sink *>(data)->put(buffer, size) ? 0 : -1;
}

// ---- Writing ----------------------------------------------------------------

struct writer {
    static constexpr bool named = false;

    msgpack_packer packer;

    writer(void *data, msgpack_packer_write callback) : packer()
    {
        msgpack_packer_init(&packer, data, callback);
    }

    struct list {
        INLAY_INLINE list(writer &w, size_t count)
        {
            msgpack_pack_array(&w.packer, count);
        }
    };
    using record = list;
    struct map {
        INLAY_INLINE map(writer &w, size_t count)
        {
            msgpack_pack_map(&w.packer, count);
        }
    };

    INLAY_INLINE void name(const char *)
    {
    }
    INLAY_INLINE void key(inlay_str x)
    {
        value(x);
    }
    INLAY_INLINE void value(bool x)
    {
        x ? msgpack_pack_true(&packer) : msgpack_pack_false(&packer);
    }
    INLAY_INLINE void value(uint8_t x)
    {
        msgpack_pack_uint8(&packer, x);
    }
    INLAY_INLINE void value(uint16_t x)
    {
        msgpack_pack_uint16(&packer, x);
    }
    INLAY_INLINE void value(uint32_t x)
    {
        msgpack_pack_uint32(&packer, x);
    }
    INLAY_INLINE void value(uint64_t x)
    {
        msgpack_pack_uint64(&packer, x);
    }
    INLAY_INLINE void value(int8_t x)
    {
        msgpack_pack_int8(&packer, x);
    }
    INLAY_INLINE void value(int16_t x)
    {
        msgpack_pack_int16(&packer, x);
    }
    INLAY_INLINE void value(int32_t x)
    {
        msgpack_pack_int32(&packer, x);
    }
    INLAY_INLINE void value(int64_t x)
    {
        msgpack_pack_int64(&packer, x);
    }
    INLAY_INLINE void value(float x)
    {
        msgpack_pack_float(&packer, x);
    }
    INLAY_INLINE void value(double x)
    {
        msgpack_pack_double(&packer, x);
    }
    INLAY_INLINE void value(inlay_str x)
    {
        msgpack_pack_str_with_body(&packer, x.data, x.size);
    }
    INLAY_INLINE void value(inlay_bytes x)
    {
        msgpack_pack_bin_with_body(&packer, x.data, x.size);
    }
    INLAY_INLINE void choice(unsigned index, std::string_view)
    {
        msgpack_pack_uint32(&packer, index);
    }
    INLAY_INLINE void absent()
    {
        msgpack_pack_nil(&packer);
    }
};

// ---- Reading ----------------------------------------------------------------

// The zone's chunk holds a whole tree, a byte making an object at most: what is
// not touched costs nothing, and clearing keeps it.
struct kept {
    msgpack_zone *zone = nullptr;

    explicit kept(const bench_state *)
    {
    }
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    ~kept()
    {
        if (zone != nullptr) {
            msgpack_zone_free(zone);
        }
    }
    msgpack_zone *cleared(size_t message)
    {
        if (zone == nullptr) {
            zone = msgpack_zone_new(message * sizeof(msgpack_object) + 4096);
        } else {
            msgpack_zone_clear(zone);
        }
        return zone;
    }
};

class tree
{
    bench_state   *state_;
    kept          &own_;
    msgpack_object root_;
    bool           failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ = failed_ || !good;
        return good;
    }

  public:
    static constexpr bool named = false;
    static constexpr bool counted = true;
    using value = const msgpack_object *;

    tree(bench_state *state, kept &own) : state_(state), own_(own), root_()
    {
    }
    INLAY_INLINE value root()
    {
        const char   *data = reinterpret_cast<const char *>(state_->message);
        msgpack_zone *zone = own_.cleared(state_->size);
        size_t        offset = 0;

        must(zone != nullptr &&
             msgpack_unpack(data, state_->size, &offset, zone, &root_) ==
                 MSGPACK_UNPACK_SUCCESS &&
             offset == state_->size);
        return &root_;
    }
    INLAY_INLINE bool failed() const
    {
        return failed_;
    }
    INLAY_INLINE void fail()
    {
        failed_ = true;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if (v->type == MSGPACK_OBJECT_POSITIVE_INTEGER) {
            return narrow<T>(*this, v->via.u64);
        }
        if (must(v->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)) {
            return narrow<T>(*this, v->via.i64);
        }
        return 0;
    }
    INLAY_INLINE bool boolean(value v)
    {
        return must(v->type == MSGPACK_OBJECT_BOOLEAN) && v->via.boolean;
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        must(v->type == MSGPACK_OBJECT_FLOAT32 ||
             v->type == MSGPACK_OBJECT_FLOAT64);
        return static_cast<T>(v->via.f64);
    }
    INLAY_INLINE inlay_str text(value v)
    {
        if (!must(v->type == MSGPACK_OBJECT_STR)) {
            return {nullptr, 0};
        }
        return {v->via.str.ptr, v->via.str.size};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        if (!must(v->type == MSGPACK_OBJECT_BIN)) {
            return {nullptr, 0};
        }
        return {reinterpret_cast<const uint8_t *>(v->via.bin.ptr),
                v->via.bin.size};
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        unsigned index = integer<unsigned>(v);

        must(index < choice_names<E>::count);
        return index;
    }
    data_kind kind(value v)
    {
        switch (v->type) {
        case MSGPACK_OBJECT_NIL:
            return DATA_NULL;
        case MSGPACK_OBJECT_BOOLEAN:
            return DATA_BOOL;
        case MSGPACK_OBJECT_POSITIVE_INTEGER:
            return DATA_NATURAL;
        case MSGPACK_OBJECT_NEGATIVE_INTEGER:
            return DATA_INTEGER;
        case MSGPACK_OBJECT_FLOAT32:
        case MSGPACK_OBJECT_FLOAT64:
            return DATA_REAL;
        case MSGPACK_OBJECT_STR:
            return DATA_TEXT;
        case MSGPACK_OBJECT_ARRAY:
            return DATA_ARRAY;
        case MSGPACK_OBJECT_MAP:
            return DATA_OBJECT;
        default:
            must(false);
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return v->type == MSGPACK_OBJECT_NIL;
    }
    INLAY_INLINE void skip(value)
    {
    }
    INLAY_INLINE bool finished() const
    {
        return true;
    }

    struct list {
        value  at = nullptr;
        size_t left = 0;

        INLAY_INLINE list(tree &r, value v)
        {
            if (r.must(v->type == MSGPACK_OBJECT_ARRAY)) {
                at = v->via.array.ptr;
                left = v->via.array.size;
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
        INLAY_INLINE bool is(const char *) const
        {
            return more();
        }
        INLAY_INLINE value get() const
        {
            return at;
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
    using record = list;

    struct map {
        tree                    &r;
        const msgpack_object_kv *at = nullptr;
        size_t                   left = 0;

        INLAY_INLINE map(tree &reader, value v) : r(reader)
        {
            if (r.must(v->type == MSGPACK_OBJECT_MAP)) {
                at = v->via.map.ptr;
                left = v->via.map.size;
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
        INLAY_INLINE inlay_str key() const
        {
            return r.text(&at->key);
        }
        INLAY_INLINE value get() const
        {
            return &at->val;
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
};

// ---- The codec --------------------------------------------------------------

struct msgpack_c : codec_defaults {
    static constexpr char id[] = "msgpack-c";
    static constexpr char name[] = "msgpack-c";
    static constexpr char format[] = "MessagePack";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "reused buffer, reused zone";
    static constexpr char note[] =
        "records are arrays; msgpack_pack_* into the buffer, msgpack_unpack "
        "into objects in a zone; UTF-8 is not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return msgpack_version();
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        msgpack_sbuffer buffer;

        msgpack_sbuffer_init(&buffer);
        writer w(&buffer, msgpack_sbuffer_write);
        write_record(w, model);
        uint64_t size = bench_built(state, buffer.data, buffer.size);

        msgpack_sbuffer_destroy(&buffer);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &, const M &model)
    {
        byte_sink sink(state);
        writer    w(&sink, put);

        write_record(w, model);
        return sink.written(state);
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(msgpack_c, msgpack_c)

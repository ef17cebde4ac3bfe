// stream.cpp -- CBOR by libcbor's encoders and its streaming decoder: item by
// item, no tree, no memory.
//
// Records are maps with text keys, absent optionals are left out, enums are
// their indices.

#include <cbor.h>

#include "bench/rivals/free/codec.hpp"

namespace
{

using namespace bench;

// ---- Writing ----------------------------------------------------------------

struct writer {
    static constexpr bool named = true;

    byte_sink to;
    uint8_t  *grows = nullptr; // memory of its own, to be freed; or NULL

    // Makes room for one item and a text of `size` bytes.
    INLAY_INLINE void need(size_t size)
    {
        if (grows != nullptr && left() < size + 16) {
            grow(size + 16);
        }
    }
    INLAY_NOINLINE void grow(size_t size)
    {
        size_t used = static_cast<size_t>(to.at - grows);
        size_t capacity = 2 * (used + size);
        auto  *memory = static_cast<uint8_t *>(realloc(grows, capacity));

        if (memory != nullptr) {
            grows = memory;
            to.at = memory + used;
            to.end = memory + capacity;
        }
    }
    // An encoder returns 0 when there is no room.
    INLAY_INLINE void wrote(size_t size)
    {
        to.full |= size == 0;
        to.at += size;
    }
    INLAY_INLINE size_t left() const
    {
        return static_cast<size_t>(to.end - to.at);
    }

    struct record {
        INLAY_INLINE record(writer &w, size_t count)
        {
            w.need(0);
            w.wrote(cbor_encode_map_start(count, w.to.at, w.left()));
        }
    };
    using map = record;
    struct list {
        INLAY_INLINE list(writer &w, size_t count)
        {
            w.need(0);
            w.wrote(cbor_encode_array_start(count, w.to.at, w.left()));
        }
    };

    template <size_t N> INLAY_INLINE void name(const char (&x)[N])
    {
        key({x, N - 1});
    }
    INLAY_INLINE void key(inlay_str x)
    {
        need(x.size);
        wrote(cbor_encode_string_start(x.size, to.at, left()));
        to.put(x.data, x.size);
    }
    template <class T> INLAY_INLINE void value(T x)
    {
        need(0);
        if constexpr (std::is_same_v<T, bool>) {
            wrote(cbor_encode_bool(x, to.at, left()));
        } else if constexpr (std::is_same_v<T, float>) {
            wrote(cbor_encode_single(x, to.at, left()));
        } else if constexpr (std::is_same_v<T, double>) {
            wrote(cbor_encode_double(x, to.at, left()));
        } else if (x < T{}) {
            wrote(cbor_encode_negint(~static_cast<uint64_t>(x), to.at, left()));
        } else {
            wrote(cbor_encode_uint(static_cast<uint64_t>(x), to.at, left()));
        }
    }
    INLAY_INLINE void value(inlay_str x)
    {
        key(x);
    }
    INLAY_INLINE void value(inlay_bytes x)
    {
        need(x.size);
        wrote(cbor_encode_bytestring_start(x.size, to.at, left()));
        to.put(x.data, x.size);
    }
    INLAY_INLINE void choice(unsigned index, std::string_view)
    {
        value(index);
    }
};

// ---- One item ---------------------------------------------------------------

enum kind {
    OTHER,
    NATURAL,
    NEGATIVE, // -1 - number
    TEXT,
    BYTES,
    ARRAY,
    MAP,
    FLOAT,
    BOOL,
    NONE,
};

struct item {
    kind           is = OTHER;
    uint64_t       number = 0; // also a size or a count
    double         real = 0;
    const uint8_t *data = nullptr;
};

template <kind Is, class T> void number(void *to, T x)
{
    static_cast<item *>(to)->is = Is;
    static_cast<item *>(to)->number = x;
}

template <kind Is> void text(void *to, cbor_data data, size_t size)
{
    number<Is>(to, size);
    static_cast<item *>(to)->data = data;
}

template <class T> void real(void *to, T x)
{
    static_cast<item *>(to)->is = FLOAT;
    static_cast<item *>(to)->real = static_cast<double>(x);
}

void none(void *to)
{
    static_cast<item *>(to)->is = NONE;
}

constexpr cbor_callbacks make_callbacks()
{
    cbor_callbacks to = cbor_callbacks();

    to.uint8 = number<NATURAL, uint8_t>;
    to.uint16 = number<NATURAL, uint16_t>;
    to.uint32 = number<NATURAL, uint32_t>;
    to.uint64 = number<NATURAL, uint64_t>;
    to.negint8 = number<NEGATIVE, uint8_t>;
    to.negint16 = number<NEGATIVE, uint16_t>;
    to.negint32 = number<NEGATIVE, uint32_t>;
    to.negint64 = number<NEGATIVE, uint64_t>;
    to.byte_string_start = cbor_null_byte_string_start_callback;
    to.byte_string = text<BYTES>;
    to.string = text<TEXT>;
    to.string_start = cbor_null_string_start_callback;
    to.indef_array_start = cbor_null_indef_array_start_callback;
    to.array_start = number<ARRAY, size_t>;
    to.indef_map_start = cbor_null_indef_map_start_callback;
    to.map_start = number<MAP, size_t>;
    to.tag = cbor_null_tag_callback;
    to.float2 = real<float>;
    to.float4 = real<float>;
    to.float8 = real<double>;
    to.undefined = cbor_null_undefined_callback;
    to.null = none;
    to.boolean = number<BOOL, bool>;
    to.indef_break = cbor_null_indef_break_callback;
    return to;
}

constexpr cbor_callbacks callbacks = make_callbacks();

// ---- Reading ----------------------------------------------------------------

struct nothing {
    explicit nothing(const bench_state *)
    {
    }
};

class stream
{
    const uint8_t *at_;
    const uint8_t *end_;
    bool           failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }
    INLAY_INLINE item take()
    {
        item                x;
        cbor_decoder_result result = cbor_stream_decode(
            at_, static_cast<size_t>(end_ - at_), &callbacks, &x);

        if (must(!failed_ && result.status == CBOR_DECODER_FINISHED)) {
            at_ += result.read;
        } else {
            x = item();
        }
        return x;
    }
    INLAY_INLINE item take(kind is)
    {
        item x = take();

        if (!must(x.is == is)) {
            x = item();
        }
        return x;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = true;
    struct value {
    };

    stream(bench_state *state, nothing &)
        : at_(state->message), end_(state->message + state->size)
    {
    }
    value root()
    {
        return {};
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
        return at_ == end_;
    }

    template <class T> INLAY_INLINE T integer(value)
    {
        item x = take();

        if (x.is == NEGATIVE && must(x.number <= INT64_MAX)) {
            return narrow<T>(*this, static_cast<int64_t>(~x.number));
        }
        must(x.is == NATURAL);
        return narrow<T>(*this, x.number);
    }
    INLAY_INLINE bool boolean(value)
    {
        return take(BOOL).number != 0;
    }
    template <class T> INLAY_INLINE T real(value)
    {
        return static_cast<T>(take(FLOAT).real);
    }
    INLAY_INLINE inlay_str text(value)
    {
        item x = take(TEXT);

        return {reinterpret_cast<const char *>(x.data), x.number};
    }
    INLAY_INLINE inlay_bytes bytes(value)
    {
        item x = take(BYTES);

        return {x.data, x.number};
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        unsigned index = integer<unsigned>(v);

        must(index < choice_names<E>::count);
        return index;
    }
    INLAY_INLINE bool absent(value)
    {
        if (at_ == end_ || *at_ != 0xf6) { // null
            return false;
        }
        at_++;
        return true;
    }
    // Counts what is to come rather than calling itself.
    INLAY_INLINE void skip(value)
    {
        uint64_t left = 1;

        for (; left > 0 && !failed_; left--) {
            item x = take();

            must(x.is != OTHER);
            if (x.is == ARRAY || x.is == MAP) {
                // No more than bytes: the sum stays far below 64 bits.
                must(x.number <= static_cast<size_t>(end_ - at_));
                left += x.is == MAP ? 2 * x.number : x.number;
            }
        }
    }

    struct list {
        stream  &r;
        uint64_t left;

        INLAY_INLINE list(stream &from, value)
            : r(from), left(from.take(ARRAY).number)
        {
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
            return {};
        }
        INLAY_INLINE void next()
        {
            left--;
        }
        INLAY_INLINE void leap(size_t n)
        {
            pass(r, *this, n);
        }
    };

    // A key is read as soon as its entry comes up.
    struct record {
        stream   &r;
        uint64_t  left;
        inlay_str at = {nullptr, 0};

        INLAY_INLINE record(stream &from, value)
            : r(from), left(from.take(MAP).number)
        {
            fetch();
        }
        INLAY_INLINE void fetch()
        {
            if (left > 0) {
                at = r.text({});
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
            return more() && at.size == N - 1 &&
                   memcmp(at.data, name, N - 1) == 0;
        }
        INLAY_INLINE inlay_str key() const
        {
            return at;
        }
        INLAY_INLINE value get() const
        {
            return {};
        }
        INLAY_INLINE void next()
        {
            left--;
            fetch();
        }
        INLAY_INLINE void leap(size_t n)
        {
            pass(r, *this, n);
        }
    };
    using map = record;
};

// ---- The codec --------------------------------------------------------------

struct by_stream : codec_defaults {
    static constexpr char id[] = "libcbor-stream";
    static constexpr char name[] = "libcbor, streaming";
    static constexpr char format[] = "CBOR";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "reused buffer, no memory to read";
    static constexpr char note[] =
        "cbor_encode_* into the buffer, cbor_stream_decode in written order; "
        "UTF-8 is not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = nothing;
    using reader = stream;

    static const char *version()
    {
        return BENCH_TEXT_OF(CBOR_MAJOR_VERSION) "." BENCH_TEXT_OF(
            CBOR_MINOR_VERSION) "." BENCH_TEXT_OF(CBOR_PATCH_VERSION);
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        writer w{byte_sink(state), static_cast<uint8_t *>(malloc(4096))};

        w.to.at = w.grows;
        w.to.end = w.grows + 4096;
        write_record(w, model);
        size_t size = static_cast<size_t>(w.to.at - w.grows);

        bench_built(state, w.grows, size);
        free(w.grows);
        return w.to.full ? 0 : size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &, const M &model)
    {
        writer w{byte_sink(state)};

        write_record(w, model);
        return w.to.written(state);
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.skip(r.root());
        return !r.failed() && r.finished();
    }
};

} // namespace

BENCH_CODEC(libcbor_stream, by_stream)

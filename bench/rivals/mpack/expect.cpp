// expect.cpp -- MessagePack by MPack's expect API: values in order, no tree.
//
// Its documentation names it the fastest way where the shape is known.

#include "bench/rivals/mpack/writer.hpp"

namespace
{

using namespace bench;

struct nothing {
    explicit nothing(const bench_state *)
    {
    }
};

// Utf8: whether texts are checked when they are read.
template <bool Utf8> class stream
{
    mpack_reader_t reader_;

  public:
    static constexpr bool named = false;
    static constexpr bool counted = true;
    struct value {
    };

    stream(bench_state *state, nothing &) : reader_()
    {
        mpack_reader_init_data(&reader_,
                               reinterpret_cast<const char *>(state->message),
                               state->size);
    }
    stream(const stream &) = delete;
    stream &operator=(const stream &) = delete;
    ~stream()
    {
        mpack_reader_destroy(&reader_);
    }
    INLAY_INLINE value root()
    {
        return {};
    }
    INLAY_INLINE bool failed()
    {
        return mpack_reader_error(&reader_) != mpack_ok;
    }
    INLAY_INLINE void fail()
    {
        mpack_reader_flag_error(&reader_, mpack_error_data);
    }
    INLAY_INLINE bool finished()
    {
        return mpack_reader_remaining(&reader_, nullptr) == 0;
    }

    template <class T> INLAY_INLINE T integer(value)
    {
        if constexpr (std::is_same_v<T, uint8_t>) {
            return mpack_expect_u8(&reader_);
        } else if constexpr (std::is_same_v<T, uint16_t>) {
            return mpack_expect_u16(&reader_);
        } else if constexpr (std::is_same_v<T, uint32_t>) {
            return mpack_expect_u32(&reader_);
        } else if constexpr (std::is_same_v<T, uint64_t>) {
            return mpack_expect_u64(&reader_);
        } else if constexpr (std::is_same_v<T, int8_t>) {
            return mpack_expect_i8(&reader_);
        } else if constexpr (std::is_same_v<T, int16_t>) {
            return mpack_expect_i16(&reader_);
        } else if constexpr (std::is_same_v<T, int32_t>) {
            return mpack_expect_i32(&reader_);
        } else {
            return mpack_expect_i64(&reader_);
        }
    }
    INLAY_INLINE bool boolean(value)
    {
        return mpack_expect_bool(&reader_);
    }
    template <class T> INLAY_INLINE T real(value)
    {
        if constexpr (std::is_same_v<T, float>) {
            return mpack_expect_float_strict(&reader_);
        } else {
            return mpack_expect_double_strict(&reader_);
        }
    }
    INLAY_INLINE inlay_str text(value)
    {
        uint32_t    size = mpack_expect_str(&reader_);
        const char *data = Utf8 ? mpack_read_utf8_inplace(&reader_, size)
                                : mpack_read_bytes_inplace(&reader_, size);

        mpack_done_str(&reader_);
        return {data, data != nullptr ? size : 0};
    }
    INLAY_INLINE inlay_bytes bytes(value)
    {
        uint32_t    size = mpack_expect_bin(&reader_);
        const char *data = mpack_read_bytes_inplace(&reader_, size);

        mpack_done_bin(&reader_);
        return {reinterpret_cast<const uint8_t *>(data),
                data != nullptr ? size : 0};
    }
    template <class E> INLAY_INLINE unsigned choice(value)
    {
        return mpack_expect_u32_max(&reader_, choice_names<E>::count - 1);
    }
    INLAY_INLINE bool absent(value)
    {
        mpack_tag_t tag = mpack_peek_tag(&reader_);

        if (mpack_tag_type(&tag) != mpack_type_nil) {
            return false;
        }
        mpack_expect_nil(&reader_);
        return true;
    }
    INLAY_INLINE void skip(value)
    {
        mpack_discard(&reader_);
    }

    struct list {
        stream  &r;
        uint32_t left;

        INLAY_INLINE list(stream &from, value)
            : r(from), left(mpack_expect_array(&from.reader_))
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
        INLAY_INLINE bool is(const char *) const
        {
            return more();
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
    using record = list;

    // A key is read as soon as its entry comes up.
    struct map {
        stream   &r;
        uint32_t  left;
        inlay_str at = {nullptr, 0};

        INLAY_INLINE map(stream &from, value)
            : r(from), left(mpack_expect_map(&from.reader_))
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
};

struct by_expect : mpack::writes_mpack {
    static constexpr char id[] = "mpack-expect";
    static constexpr char name[] = "MPack, expect";
    static constexpr char memory[] = "reused buffer, no memory to read";
    static constexpr char note[] =
        "records are arrays; mpack_write_* into the buffer, mpack_expect_* in "
        "order, mpack_discard for the rest; UTF-8 is not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = nothing;
    using reader = stream<false>;

    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.skip(r.root());
        return !r.failed() && r.finished();
    }
};

struct by_expect_utf8 : by_expect {
    static constexpr char id[] = "mpack-expect-utf8";
    static constexpr char name[] = "MPack, expect, UTF-8";
    static constexpr char note[] =
        "records are arrays; mpack_write_* into the buffer, mpack_expect_* in "
        "order; the UTF-8 of texts that are read is checked";
    static constexpr bench_trust trust = BENCH_CHECKED;

    using reader = stream<true>;

    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        return read_everything<M>(r, r.root());
    }
};

} // namespace

BENCH_CODEC(mpack_expect, by_expect)
BENCH_CODEC(mpack_expect_utf8, by_expect_utf8)

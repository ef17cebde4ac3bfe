// writer.hpp -- writing by MPack: straight into memory.
#ifndef BENCH_RIVALS_MPACK_WRITER_HPP
#define BENCH_RIVALS_MPACK_WRITER_HPP

#include <mpack/mpack.h>

#include "bench/rivals/free/codec.hpp"

namespace bench::mpack
{

struct writer {
    static constexpr bool named = false;

    mpack_writer_t *to;

    struct list {
        INLAY_INLINE list(writer &w, size_t count)
        {
            mpack_start_array(w.to, static_cast<uint32_t>(count));
        }
    };
    using record = list;
    struct map {
        INLAY_INLINE map(writer &w, size_t count)
        {
            mpack_start_map(w.to, static_cast<uint32_t>(count));
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
        mpack_write_bool(to, x);
    }
    INLAY_INLINE void value(uint8_t x)
    {
        mpack_write_u8(to, x);
    }
    INLAY_INLINE void value(uint16_t x)
    {
        mpack_write_u16(to, x);
    }
    INLAY_INLINE void value(uint32_t x)
    {
        mpack_write_u32(to, x);
    }
    INLAY_INLINE void value(uint64_t x)
    {
        mpack_write_u64(to, x);
    }
    INLAY_INLINE void value(int8_t x)
    {
        mpack_write_i8(to, x);
    }
    INLAY_INLINE void value(int16_t x)
    {
        mpack_write_i16(to, x);
    }
    INLAY_INLINE void value(int32_t x)
    {
        mpack_write_i32(to, x);
    }
    INLAY_INLINE void value(int64_t x)
    {
        mpack_write_i64(to, x);
    }
    INLAY_INLINE void value(float x)
    {
        mpack_write_float(to, x);
    }
    INLAY_INLINE void value(double x)
    {
        mpack_write_double(to, x);
    }
    INLAY_INLINE void value(inlay_str x)
    {
        mpack_write_str(to, x.data, static_cast<uint32_t>(x.size));
    }
    INLAY_INLINE void value(inlay_bytes x)
    {
        mpack_write_bin(to, reinterpret_cast<const char *>(x.data),
                        static_cast<uint32_t>(x.size));
    }
    INLAY_INLINE void choice(unsigned index, std::string_view)
    {
        mpack_write_u32(to, index);
    }
    INLAY_INLINE void absent()
    {
        mpack_write_nil(to);
    }
};

// What all codecs of MPack have in common.
struct writes_mpack : codec_defaults {
    static constexpr char format[] = "MessagePack";
    static constexpr char language[] = "C";

    static const char *version()
    {
        return MPACK_VERSION_STRING;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        char          *data = nullptr;
        size_t         size = 0;
        mpack_writer_t to;

        mpack_writer_init_growable(&to, &data, &size);
        writer w{&to};

        write_record(w, model);
        if (mpack_writer_destroy(&to) != mpack_ok) {
            return 0;
        }
        bench_built(state, data, size);
        MPACK_FREE(data);
        return size;
    }
    template <class Own, class M>
    static uint64_t encode(bench_state *state, Own &, const M &model)
    {
        mpack_writer_t to;

        mpack_writer_init(&to, reinterpret_cast<char *>(state->out),
                          state->capacity);
        writer w{&to};

        write_record(w, model);
        size_t size = mpack_writer_buffer_used(&to);

        return mpack_writer_destroy(&to) == mpack_ok ? size : 0;
    }
};

} // namespace bench::mpack

#endif

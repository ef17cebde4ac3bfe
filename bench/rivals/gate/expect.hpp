// expect.hpp -- what reading a model must come to, from the model itself.
#ifndef BENCH_RIVALS_GATE_EXPECT_HPP
#define BENCH_RIVALS_GATE_EXPECT_HPP

#include "bench/rivals/free/shape.hpp"

namespace bench
{

inline uint64_t plain(bool x)
{
    return x;
}
inline uint64_t plain(float x)
{
    return bench_f32(x);
}
inline uint64_t plain(double x)
{
    return bench_f64(x);
}
inline uint64_t plain(inlay_str x)
{
    return bench_text(x.data, x.size);
}
inline uint64_t plain(inlay_bytes x)
{
    return bench_text(x.data, x.size);
}
template <class T> inline uint64_t plain(T x)
{
    return static_cast<uint64_t>(static_cast<int64_t>(x));
}

// Adds up a model, or hashes all of it.
struct expecting {
    bool     scalars;
    bool     strings;
    uint64_t sum = 0;
    uint64_t hash = 0xcbf29ce484222325;

    void mix(uint64_t x)
    {
        hash = (hash ^ x) * 0x100000001b3;
        hash ^= hash >> 29;
    }
    void mix_text(const void *data, size_t size)
    {
        mix(size);
        for (size_t i = 0; i < size; i++) {
            mix(static_cast<const uint8_t *>(data)[i]);
        }
    }
    template <class T> void value(const char *, const T &x)
    {
        if constexpr (is_text<T>) {
            sum += strings ? plain(x) : 0;
            mix_text(x.data, x.size);
        } else {
            sum += scalars ? plain(x) : 0;
            mix(plain(x));
        }
    }
    template <class E> void choice(const char *, const E &x)
    {
        value("", static_cast<unsigned>(x));
    }
    template <class T> void record(const char *, const T &x)
    {
        describe<T>::fields(*this, x);
    }
    template <class T>
    void optional(const char *name, const bool &has, const T &x)
    {
        mix(has);
        if (has) {
            value(name, x);
        }
    }
    template <class E>
    void optional_choice(const char *name, const bool &has, const E &x)
    {
        mix(has);
        if (has) {
            choice(name, x);
        }
    }
    template <class T> void pointer(const char *name, T *const &x)
    {
        mix(x != nullptr);
        if (x != nullptr) {
            record(name, *x);
        }
    }
    template <class T>
    void list(const char *name, T *const &items, const size_t &count)
    {
        mix(count);
        for (size_t i = 0; i < count; i++) {
            value(name, items[i]);
        }
    }
    template <class T, size_t N> void array(const char *name, const T (&x)[N])
    {
        list(name, &x[0], N);
    }
    template <class T>
    void records(const char *name, T *const &items, const size_t &count)
    {
        mix(count);
        for (size_t i = 0; i < count; i++) {
            record(name, items[i]);
        }
    }
    template <class T>
    void map(const char *name, T *const &entries, const size_t &count)
    {
        mix(count);
        for (size_t i = 0; i < count; i++) {
            value(name, entries[i].key);
            if constexpr (is_text<decltype(T::value)>) {
                value(name, entries[i].value);
            } else {
                record(name, entries[i].value);
            }
        }
    }
};

template <class T>
inline uint64_t expected_sum(const T &x, bool scalars, bool strings)
{
    expecting e{scalars, strings};

    describe<T>::fields(e, x);
    return e.sum;
}

template <class T> inline uint64_t expected_digest(const T &x)
{
    expecting e{false, false};

    describe<T>::fields(e, x);
    return e.hash;
}

} // namespace bench

#endif

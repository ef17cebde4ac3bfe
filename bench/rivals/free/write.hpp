// write.hpp -- walks a model into a library that needs no schema.
//
// A writer W is what a library is written through, as thin as can be:
//
//     static constexpr bool named       fields have names; absent ones are left
//                                       out. Else they are in order, absent
//                                       ones said with absent().
//     W::record scope(w, count)         an object is open while `scope` lives;
//                                       `count` is that of its fields
//     W::list scope(w, count)           likewise, values without names
//     W::map scope(w, count)            likewise, named by key()
//     w.name(literal), w.key(str)       before each value of the above
//     w.value(x)                        bool, integers, float, double,
//                                       inlay_str, inlay_bytes
//     w.choice(index, name)             an enum, either way
//     w.absent()
#ifndef BENCH_RIVALS_FREE_WRITE_HPP
#define BENCH_RIVALS_FREE_WRITE_HPP

#include "bench/rivals/free/shape.hpp"

namespace bench
{

template <class W, class T> inline unsigned count_fields(const T &x)
{
    if constexpr (W::named) {
        present c;

        describe<T>::fields(c, x);
        return c.count;
    } else {
        return describe<T>::count;
    }
}

template <class W, class T> inline void write_record(W &w, const T &x);

template <class W> struct writing {
    W &w;

    template <size_t N, class T>
    INLAY_INLINE void value(const char (&name)[N], const T &x)
    {
        w.name(name);
        w.value(x);
    }
    template <size_t N, class E>
    INLAY_INLINE void choice(const char (&name)[N], const E &x)
    {
        w.name(name);
        w.choice(static_cast<unsigned>(x),
                 choice_name<E>(static_cast<unsigned>(x)));
    }
    template <size_t N, class T>
    INLAY_INLINE void record(const char (&name)[N], const T &x)
    {
        w.name(name);
        write_record(w, x);
    }
    template <size_t N, class T>
    INLAY_INLINE void optional(const char (&name)[N], const bool &has,
                               const T &x)
    {
        if (has) {
            value(name, x);
        } else if constexpr (!W::named) {
            w.absent();
        }
    }
    template <size_t N, class E>
    INLAY_INLINE void optional_choice(const char (&name)[N], const bool &has,
                                      const E &x)
    {
        if (has) {
            choice(name, x);
        } else if constexpr (!W::named) {
            w.absent();
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void pointer(const char (&name)[N], T *const &x)
    {
        if (x != nullptr) {
            record(name, *x);
        } else if constexpr (!W::named) {
            w.absent();
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void list(const char (&name)[N], T *const &items,
                           const size_t &count)
    {
        w.name(name);
        typename W::list scope(w, count);

        for (size_t i = 0; i < count; i++) {
            w.value(items[i]);
        }
    }
    template <size_t N, class T, size_t M>
    INLAY_INLINE void array(const char (&name)[N], const T (&x)[M])
    {
        list(name, &x[0], M);
    }
    template <size_t N, class T>
    INLAY_INLINE void records(const char (&name)[N], T *const &items,
                              const size_t &count)
    {
        w.name(name);
        typename W::list scope(w, count);

        for (size_t i = 0; i < count; i++) {
            write_record(w, items[i]);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void map(const char (&name)[N], T *const &entries,
                          const size_t &count)
    {
        w.name(name);
        typename W::map scope(w, count);

        for (size_t i = 0; i < count; i++) {
            w.key(entries[i].key);
            if constexpr (is_text<decltype(T::value)>) {
                w.value(entries[i].value);
            } else {
                write_record(w, entries[i].value);
            }
        }
    }
};

template <class W, class T> inline void write_record(W &w, const T &x)
{
    typename W::record scope(w, count_fields<W>(x));
    writing<W>         f{w};

    describe<T>::fields(f, x);
}

// A writer's scope for formats that have nothing to close.
struct no_scope {
    template <class W> no_scope(W &, size_t)
    {
    }
};

// ---- Bytes in the harness's memory ------------------------------------------

// Where writers put bytes that need no buffer of their own.
struct byte_sink {
    uint8_t *at;
    uint8_t *end;
    bool     full = false;

    explicit byte_sink(bench_state *state)
        : at(state->out), end(state->out + state->capacity)
    {
    }
    bool put(const void *data, size_t size)
    {
        if (static_cast<size_t>(end - at) < size) {
            full = true;
            return false;
        }
        memcpy(at, data, size);
        at += size;
        return true;
    }
    size_t written(const bench_state *state) const
    {
        return full ? 0 : static_cast<size_t>(at - state->out);
    }
};

} // namespace bench

#endif

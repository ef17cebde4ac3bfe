// decode.hpp -- fills a model's structs from any reader (read.hpp).
#ifndef BENCH_RIVALS_FREE_DECODE_HPP
#define BENCH_RIVALS_FREE_DECODE_HPP

#include "bench/rivals/free/read.hpp"

namespace bench
{

// Elements of lists whose count is not known before their end: a stack on which
// they grow, list in list, until they are copied to their place.
class growing
{
    uint8_t *memory_ = nullptr;
    size_t   capacity_ = 0;
    size_t   used_ = 0;

  public:
    growing() = default;
    growing(const growing &) = delete;
    growing &operator=(const growing &) = delete;
    ~growing()
    {
        free(memory_);
    }
    size_t used() const
    {
        return used_;
    }
    template <class T> bool push(const T &x)
    {
        if (capacity_ - used_ < sizeof x) {
            size_t capacity = 2 * capacity_ + 4096;
            void  *memory = realloc(memory_, capacity);

            if (memory == nullptr) {
                return false;
            }
            memory_ = static_cast<uint8_t *>(memory);
            capacity_ = capacity;
        }
        memcpy(memory_ + used_, &x, sizeof x);
        used_ += sizeof x;
        return true;
    }
    // Takes everything above `base` away.
    const void *pop(size_t base)
    {
        used_ = base;
        return memory_ + base;
    }
    void clear()
    {
        used_ = 0;
    }
};

// What decoding needs beside the reader.
struct decode_room {
    bench_state *state;
    growing     *scratch; // NULL for readers whose lists are counted
};

template <class T, class R>
INLAY_INLINE void decode_value(R &r, typename R::value v, T &x)
{
    if constexpr (std::is_same_v<T, bool>) {
        x = r.boolean(v);
    } else if constexpr (std::is_floating_point_v<T>) {
        x = r.template real<T>(v);
    } else if constexpr (std::is_same_v<T, inlay_str>) {
        x = r.text(v);
    } else if constexpr (std::is_same_v<T, inlay_bytes>) {
        x = r.bytes(v);
    } else {
        x = r.template integer<T>(v);
    }
}

template <class T, class R>
inline void decode_record(R &r, const decode_room &room, typename R::value v,
                          T &x);

// A list or map; f reads the current element into an object.
template <class T, class R, class In, class F>
INLAY_INLINE void decode_elements(R &r, const decode_room &room, In &in,
                                  T *&items, size_t &count, F f)
{
    items = nullptr;
    count = 0;
    if constexpr (R::counted) {
        size_t limit = in.count();

        items = static_cast<T *>(bench_take(room.state, limit, sizeof *items));
        if (items == nullptr) {
            r.fail();
            return;
        }
        for (; count < limit && in.more() && !r.failed(); in.next()) {
            f(items[count++]);
        }
    } else {
        size_t base = room.scratch->used();

        for (; in.more() && !r.failed(); in.next()) {
            T x;

            f(x);
            if (!room.scratch->push(x)) {
                r.fail();
            }
            count++;
        }
        items = static_cast<T *>(bench_take(room.state, count, sizeof *items));
        if (items == nullptr || r.failed()) {
            r.fail();
            return;
        }
        if (count > 0) {
            memcpy(items, room.scratch->pop(base), count * sizeof *items);
        }
    }
}

template <class R> struct decoding {
    R                  &r;
    const decode_room  &room;
    typename R::record &at;
    unsigned            taken = 0;
    unsigned            required = 0; // fields that may not miss, met

    INLAY_INLINE void past(bool must)
    {
        at.next();
        taken++;
        required += must;
    }

    template <size_t N, class T>
    INLAY_INLINE void value(const char (&name)[N], T &x)
    {
        if (at.is(name)) {
            decode_value(r, at.get(), x);
            past(true);
        }
    }
    template <size_t N, class E>
    INLAY_INLINE void choice(const char (&name)[N], E &x)
    {
        if (at.is(name)) {
            x = static_cast<E>(r.template choice<E>(at.get()));
            past(true);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void record(const char (&name)[N], T &x)
    {
        if (at.is(name)) {
            decode_record(r, room, at.get(), x);
            past(true);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void optional(const char (&name)[N], bool &has, T &x)
    {
        if (at.is(name)) {
            has = !r.absent(at.get());
            if (has) {
                decode_value(r, at.get(), x);
            }
            past(false);
        }
    }
    template <size_t N, class E>
    INLAY_INLINE void optional_choice(const char (&name)[N], bool &has, E &x)
    {
        if (at.is(name)) {
            has = !r.absent(at.get());
            if (has) {
                x = static_cast<E>(r.template choice<E>(at.get()));
            }
            past(false);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void pointer(const char (&name)[N], T *&x)
    {
        if (!at.is(name)) {
            return;
        }
        if (!r.absent(at.get())) {
            x = static_cast<T *>(bench_take(room.state, 1, sizeof *x));
            if (x == nullptr) {
                r.fail();
                return;
            }
            decode_record(r, room, at.get(), *x);
        }
        past(false);
    }
    template <size_t N, class T, size_t M>
    INLAY_INLINE void array(const char (&name)[N], T (&x)[M])
    {
        if (!at.is(name)) {
            return;
        }
        typename R::list in(r, at.get());
        size_t           count = 0;

        for (; count < M && in.more() && !r.failed(); in.next()) {
            decode_value(r, in.get(), x[count++]);
        }
        if (count != M || in.more()) {
            r.fail();
            return;
        }
        past(true);
    }
    template <size_t N, class T>
    INLAY_INLINE void list(const char (&name)[N], T *&items, size_t &count)
    {
        if (at.is(name)) {
            typename R::list in(r, at.get());

            decode_elements(r, room, in, items, count,
                            [&](T &x) { decode_value(r, in.get(), x); });
            past(true);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void records(const char (&name)[N], T *&items, size_t &count)
    {
        if (at.is(name)) {
            typename R::list in(r, at.get());

            decode_elements(r, room, in, items, count,
                            [&](T &x) { decode_record(r, room, in.get(), x); });
            past(true);
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void map(const char (&name)[N], T *&entries, size_t &count)
    {
        if (at.is(name)) {
            typename R::map in(r, at.get());

            decode_elements(r, room, in, entries, count, [&](T &x) {
                x.key = in.key();
                if constexpr (is_text<decltype(T::value)>) {
                    decode_value(r, in.get(), x.value);
                } else {
                    decode_record(r, room, in.get(), x.value);
                }
            });
            past(true);
        }
    }
};

template <class T, class R>
inline void decode_record(R &r, const decode_room &room, typename R::value v,
                          T &x)
{
    typename R::record at(r, v);
    decoding<R>        f{r, room, at};
    requiring          all;

    x = T{};
    each_field(r, f, at, x);
    describe<T>::fields(all, shape<T>);
    if (f.required != all.count) {
        r.fail();
    }
}

// Makes a model; returns 1, or 0 when the message is not one.
template <class M, class R>
inline uint64_t decode(R &r, typename R::value root, bench_state *state,
                       growing *scratch)
{
    M *model = static_cast<M *>(bench_take(state, 1, sizeof *model));

    if (model == nullptr) {
        return 0;
    }
    if (scratch != nullptr) {
        scratch->clear();
    }
    decode_record(r, decode_room{state, scratch}, root, *model);
    state->decoded = model;
    return r.failed() || !r.finished() ? 0 : 1;
}

} // namespace bench

#endif

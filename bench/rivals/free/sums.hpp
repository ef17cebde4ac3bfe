// sums.hpp -- the reading operations, over any reader (read.hpp).
#ifndef BENCH_RIVALS_FREE_SUMS_HPP
#define BENCH_RIVALS_FREE_SUMS_HPP

#include "bench/rivals/free/read.hpp"

namespace bench
{

// What one value adds to a sum: see state.h.
template <class T, class R> inline uint64_t value_sum(R &r, typename R::value v)
{
    using type = std::remove_cv_t<T>;

    if constexpr (std::is_same_v<type, bool>) {
        return r.boolean(v);
    } else if constexpr (std::is_same_v<type, float>) {
        return bench_f32(r.template real<float>(v));
    } else if constexpr (std::is_same_v<type, double>) {
        return bench_f64(r.template real<double>(v));
    } else if constexpr (std::is_same_v<type, inlay_str>) {
        inlay_str text = r.text(v);

        return bench_text(text.data, text.size);
    } else if constexpr (std::is_same_v<type, inlay_bytes>) {
        inlay_bytes bytes = r.bytes(v);

        return bench_text(bytes.data, bytes.size);
    } else {
        return static_cast<uint64_t>(
            static_cast<int64_t>(r.template integer<type>(v)));
    }
}

template <class T, bool Scalars, bool Strings, class R>
inline uint64_t record_sum(R &r, typename R::value v);

template <class R, bool Scalars, bool Strings> struct summing {
    R                  &r;
    typename R::record &at;
    uint64_t            sum = 0;
    unsigned            taken = 0;

    template <class T> INLAY_INLINE static bool wanted()
    {
        kinds k = kinds_of<std::remove_cv_t<T>>();

        return (Scalars && k.scalars) || (Strings && k.strings);
    }
    INLAY_INLINE void past()
    {
        at.next();
        taken++;
    }

    template <size_t N, class T>
    INLAY_INLINE void value(const char (&name)[N], T &)
    {
        if (at.is(name)) {
            if (wanted<T>()) {
                sum += value_sum<T>(r, at.get());
            } else {
                r.skip(at.get());
            }
            past();
        }
    }
    template <size_t N, class E>
    INLAY_INLINE void choice(const char (&name)[N], E &)
    {
        if (at.is(name)) {
            if (Scalars) {
                sum += r.template choice<std::remove_cv_t<E>>(at.get());
            } else {
                r.skip(at.get());
            }
            past();
        }
    }
    template <class T> INLAY_INLINE void inner()
    {
        if (wanted<T>()) {
            sum +=
                record_sum<std::remove_cv_t<T>, Scalars, Strings>(r, at.get());
        } else {
            r.skip(at.get());
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void record(const char (&name)[N], T &)
    {
        if (at.is(name)) {
            inner<T>();
            past();
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void optional(const char (&name)[N], const bool &, T &)
    {
        if (at.is(name)) {
            if (!wanted<T>()) {
                r.skip(at.get());
            } else if (!r.absent(at.get())) {
                sum += value_sum<T>(r, at.get());
            }
            past();
        }
    }
    template <size_t N, class E>
    INLAY_INLINE void optional_choice(const char (&name)[N], const bool &, E &)
    {
        if (at.is(name)) {
            if (!Scalars) {
                r.skip(at.get());
            } else if (!r.absent(at.get())) {
                sum += r.template choice<std::remove_cv_t<E>>(at.get());
            }
            past();
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void pointer(const char (&name)[N], T *const &)
    {
        if (at.is(name)) {
            if (!r.absent(at.get())) {
                inner<T>();
            }
            past();
        }
    }
    template <size_t N, class T>
    INLAY_INLINE void list(const char (&name)[N], T *const &, const size_t &)
    {
        if (!at.is(name)) {
            return;
        }
        if (wanted<T>()) {
            typename R::list in(r, at.get());

            for (; in.more() && !r.failed(); in.next()) {
                sum += value_sum<T>(r, in.get());
            }
        } else {
            r.skip(at.get());
        }
        past();
    }
    template <size_t N, class T, size_t M>
    INLAY_INLINE void array(const char (&name)[N], T (&)[M])
    {
        list(name, static_cast<T *>(nullptr), M);
    }
    template <size_t N, class T>
    INLAY_INLINE void records(const char (&name)[N], T *const &, const size_t &)
    {
        if (!at.is(name)) {
            return;
        }
        if (wanted<T>()) {
            typename R::list in(r, at.get());

            for (; in.more() && !r.failed(); in.next()) {
                sum += record_sum<std::remove_cv_t<T>, Scalars, Strings>(
                    r, in.get());
            }
        } else {
            r.skip(at.get());
        }
        past();
    }
    template <size_t N, class T>
    INLAY_INLINE void map(const char (&name)[N], T *const &, const size_t &)
    {
        using value_type = decltype(T::value);

        if (!at.is(name)) {
            return;
        }
        if (Strings || wanted<value_type>()) {
            typename R::map in(r, at.get());

            for (; in.more() && !r.failed(); in.next()) {
                entry<value_type>(in);
            }
        } else {
            r.skip(at.get());
        }
        past();
    }
    template <class T> INLAY_INLINE void entry(typename R::map &in)
    {
        if (Strings) {
            inlay_str key = in.key();

            sum += bench_text(key.data, key.size);
        }
        if constexpr (is_text<T>) {
            sum += value_sum<T>(r, in.get());
        } else {
            sum += record_sum<T, Scalars, Strings>(r, in.get());
        }
    }
};

template <class T, bool Scalars, bool Strings, class R>
inline uint64_t record_sum(R &r, typename R::value v)
{
    typename R::record           at(r, v);
    summing<R, Scalars, Strings> f{r, at};

    each_field(r, f, at, shape<T>);
    return f.sum;
}

// ---- Operations -------------------------------------------------------------

// The field of read_one of a record.
template <class M, class R> inline uint64_t one_sum(R &r, typename R::value v)
{
    using record = typename set_of<M>::record;
    typename R::record at(r, v);

    if (!find_field<record>(r, at, set_of<M>::field)) {
        r.fail();
        return 0;
    }
    if constexpr (std::is_same_v<M, data_mesh>) { // normal.x
        typename R::record normal(r, at.get());

        return find_field<data_vector3>(r, normal, "x")
                   ? value_sum<float>(r, normal.get())
                   : 0;
    } else {
        return value_sum<typename set_of<M>::field_type>(r, at.get());
    }
}

// Calls f with the list (or map) of the records.
template <class M, class R, class F>
inline uint64_t with_records(R &r, typename R::value root, F f)
{
    typename R::record at(r, root);

    if (!find_field<M>(r, at, set_of<M>::records)) {
        r.fail();
        return 0;
    }
    if constexpr (std::is_same_v<M, data_catalogue>) {
        typename R::map in(r, at.get());

        return f(in);
    } else {
        typename R::list in(r, at.get());

        return f(in);
    }
}

// `known` is the count where it can't be had without reading on.
template <class M, class R>
inline uint64_t read_one(R &r, typename R::value root, size_t turn,
                         size_t known)
{
    if constexpr (std::is_same_v<M, data_request>) {
        (void)turn;
        (void)known;
        return one_sum<M>(r, root);
    } else {
        return with_records<M>(r, root, [&](auto &in) -> uint64_t {
            size_t count = known;

            if constexpr (R::counted) {
                count = in.count();
            }
            if (count == 0) {
                r.fail();
                return 0;
            }
            in.leap(turn % count);
            if (!in.more()) {
                r.fail();
                return 0;
            }
            return one_sum<M>(r, in.get());
        });
    }
}

template <class M, class R>
inline uint64_t read_tenth(R &r, typename R::value root)
{
    using record = typename set_of<M>::record;

    if constexpr (std::is_same_v<M, data_request>) {
        return record_sum<record, true, true>(r, root);
    } else {
        return with_records<M>(r, root, [&](auto &in) -> uint64_t {
            uint64_t sum = 0;

            while (in.more() && !r.failed()) {
                if constexpr (std::is_same_v<M, data_catalogue>) {
                    inlay_str key = in.key();

                    sum += bench_text(key.data, key.size);
                }
                sum += record_sum<record, true, true>(r, in.get());
                in.next();
                in.leap(9);
            }
            return sum;
        });
    }
}

// Reads everything there is, for streams that check no other way.
template <class M, class R>
inline uint64_t read_everything(R &r, typename R::value root)
{
    uint64_t sum;

    if constexpr (std::is_same_v<M, data_document>) {
        sum = node_sum<true, true>(r, root);
    } else {
        sum = record_sum<M, true, true>(r, root);
    }
    __asm__ volatile("" : : "r"(sum));
    return !r.failed() && r.finished();
}

// Price and name of a product.
template <class R> inline uint64_t product_sum(R &r, typename R::value v)
{
    typename R::record at(r, v);
    uint64_t           sum = 0;
    unsigned           found = 0;

    for (; at.more() && found < 2 && !r.failed(); at.next()) {
        if (at.is("name")) {
            sum += value_sum<inlay_str>(r, at.get());
            found++;
        } else if (at.is("price")) {
            sum += value_sum<uint64_t>(r, at.get());
            found++;
        } else {
            r.skip(at.get());
        }
    }
    return sum;
}

// Without names the first field is the name, the second the price.
template <class R>
inline uint64_t product_sum_in_order(R &r, typename R::value v)
{
    typename R::record at(r, v);
    uint64_t           sum = 0;

    if (at.more()) {
        sum += value_sum<inlay_str>(r, at.get());
        at.next();
    }
    if (at.more()) {
        sum += value_sum<uint64_t>(r, at.get());
    }
    return sum;
}

// Looks at one key after the other: maps of these formats are in no order.
template <class R>
inline uint64_t lookup(R &r, typename R::value root, inlay_str key)
{
    return with_records<data_catalogue>(r, root, [&](auto &in) -> uint64_t {
        for (; in.more() && !r.failed(); in.next()) {
            inlay_str at = in.key();

            if (at.size == key.size &&
                memcmp(at.data, key.data, key.size) == 0) {
                if constexpr (R::named) {
                    return product_sum(r, in.get());
                } else {
                    return product_sum_in_order(r, in.get());
                }
            }
            r.skip(in.get());
        }
        r.fail();
        return 0;
    });
}

} // namespace bench

#endif

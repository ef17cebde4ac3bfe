// shape.hpp -- what templates ask of the models' types at compile time.
#ifndef BENCH_RIVALS_FREE_SHAPE_HPP
#define BENCH_RIVALS_FREE_SHAPE_HPP

#include <string_view>
#include <type_traits>

#include "bench/data/fields.hpp"
#include "bench/harness/codec.h"

namespace bench
{

// An object to show to describe<T>::fields() where only types matter. Nothing
// is loaded from it.
template <class T> inline T shape{};

template <class T>
inline constexpr bool is_text =
    std::is_same_v<std::remove_cv_t<T>, inlay_str> ||
    std::is_same_v<std::remove_cv_t<T>, inlay_bytes>;

// The names of an enum with their lengths.
template <class E> inline std::string_view choice_name(unsigned index)
{
    struct table {
        std::string_view names[choice_names<E>::count];

        constexpr table() : names()
        {
            for (unsigned i = 0; i < choice_names<E>::count; i++) {
                names[i] = choice_names<E>::names[i];
            }
        }
    };
    static constexpr table all;

    return all.names[index];
}

// ---- Which kinds of values a struct holds -----------------------------------

struct kinds {
    bool scalars = false;
    bool strings = false;

    template <class T> void value(const char *, T &)
    {
        (is_text<T> ? strings : scalars) = true;
    }
    template <class E> void choice(const char *, E &)
    {
        scalars = true;
    }
    template <class T> void record(const char *, T &x)
    {
        describe<std::remove_cv_t<T>>::fields(*this, x);
    }
    template <class T> void optional(const char *name, const bool &, T &x)
    {
        value(name, x);
    }
    template <class E> void optional_choice(const char *, const bool &, E &)
    {
        scalars = true;
    }
    template <class T> void pointer(const char *name, T *const &)
    {
        record(name, shape<std::remove_cv_t<T>>);
    }
    template <class T, size_t N> void array(const char *name, T (&x)[N])
    {
        value(name, x[0]);
    }
    template <class T> void list(const char *name, T *const &, const size_t &)
    {
        value(name, shape<std::remove_cv_t<T>>);
    }
    template <class T>
    void records(const char *name, T *const &, const size_t &)
    {
        record(name, shape<std::remove_cv_t<T>>);
    }
    template <class T> void map(const char *, T *const &, const size_t &)
    {
        using value_type = decltype(T::value);

        strings = true; // the keys
        if constexpr (is_text<value_type>) {
            strings = true;
        } else {
            record("", shape<value_type>);
        }
    }
};

// Folds to a constant: everything above is inlined and depends on types only.
template <class T> inline kinds kinds_of()
{
    kinds found;

    if constexpr (std::is_class_v<T> && !is_text<T>) {
        describe<T>::fields(found, shape<T>);
    } else {
        found.value("", shape<T>);
    }
    return found;
}

// ---- How many fields --------------------------------------------------------

// Counts the fields that are always there; who inherits says about the others.
struct counting_base {
    unsigned count = 0;

    template <class... Rest> void value(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void choice(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void record(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void array(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void list(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void records(const char *, Rest &&...)
    {
        count++;
    }
    template <class... Rest> void map(const char *, Rest &&...)
    {
        count++;
    }
};

// Those that may not be left out.
struct requiring : counting_base {
    template <class... Rest> void optional(const char *, Rest &&...)
    {
    }
    template <class... Rest> void optional_choice(const char *, Rest &&...)
    {
    }
    template <class... Rest> void pointer(const char *, Rest &&...)
    {
    }
};

// Those that a value has.
struct present : counting_base {
    template <class T> void optional(const char *, const bool &has, T &)
    {
        count += has;
    }
    template <class E> void optional_choice(const char *, const bool &has, E &)
    {
        count += has;
    }
    template <class T> void pointer(const char *, T *const &x)
    {
        count += x != nullptr;
    }
};

// ---- Where a field stands ---------------------------------------------------

// Counts calls up to the field with this name; every kind of field is one.
struct finding {
    const char *wanted;
    unsigned    index = 0;
    bool        found = false;

    void seen(const char *name)
    {
        found = found || __builtin_strcmp(name, wanted) == 0;
        index += !found;
    }
    template <class... Rest> void value(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void choice(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void record(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void optional(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void optional_choice(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void pointer(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void array(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void list(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void records(const char *name, Rest &&...)
    {
        seen(name);
    }
    template <class... Rest> void map(const char *name, Rest &&...)
    {
        seen(name);
    }
};

template <class T> inline unsigned field_index(const char *name)
{
    finding f{name};

    describe<T>::fields(f, shape<T>);
    return f.index;
}

// ---- The data sets ----------------------------------------------------------

// Per root type: where the records are, their type, the field of read_one.
template <class M> struct set_of;

#define BENCH_SET(model, record_type, records_name, counted, one_type, one)    \
    template <> struct set_of<model> {                                         \
        using record = record_type;                                            \
        using field_type = one_type;                                           \
        static constexpr char records[] = records_name;                        \
        static constexpr char field[] = one;                                   \
        static size_t         count([[maybe_unused]] const model &m)           \
        {                                                                      \
            return counted;                                                    \
        }                                                                      \
    };

BENCH_SET(data_logs, data_log, "logs", m.log_count, uint64_t, "size")
BENCH_SET(data_mesh, data_triangle, "triangles", m.triangle_count, data_vector3,
          "normal")
BENCH_SET(data_players, data_player, "players", m.player_count, int64_t,
          "score")
BENCH_SET(data_updates, data_update, "updates", m.update_count, uint32_t,
          "score")
BENCH_SET(data_request, data_request, "", 1, uint32_t, "deadline_us")
BENCH_SET(data_telemetry, data_sample, "samples", m.sample_count, uint64_t,
          "energy")
BENCH_SET(data_articles, data_article, "articles", m.article_count, int64_t,
          "published")
BENCH_SET(data_catalogue, data_product, "products", m.product_count, uint64_t,
          "price")

#undef BENCH_SET

} // namespace bench

#endif

// ondemand.cpp -- JSON by simdjson's On Demand: an index of all structure and
// the check of UTF-8 first, values when they are asked for.
//
// Keys are compared in written order, as its documentation advises; count of
// records is what a program knows that asks for one of them, because here to
// count is to walk.

#include <simdjson.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"

namespace
{

using namespace bench;
namespace od = simdjson::ondemand;

struct kept {
    od::parser parser;
    growing    lists;
    size_t     records = 0;

    explicit kept(const bench_state *)
    {
    }
};

class stream
{
    bench_state *state_;
    kept        &own_;
    od::document document_;
    bool         failed_ = false;

    template <class T> INLAY_INLINE T take(simdjson::simdjson_result<T> result)
    {
        failed_ |= result.error() != simdjson::SUCCESS;
        return failed_ ? T{} : std::move(result).value_unsafe();
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = false;
    using value = od::value;

    stream(bench_state *state, kept &own) : state_(state), own_(own)
    {
    }
    INLAY_INLINE value root()
    {
        simdjson::padded_string_view text(state_->message, state_->size,
                                          state_->size + BENCH_PADDING);

        document_ = take(own_.parser.iterate(text));
        return failed_ ? value{} : take(document_.get_value());
    }
    INLAY_INLINE bool failed() const
    {
        return failed_;
    }
    INLAY_INLINE void fail()
    {
        failed_ = true;
    }
    INLAY_INLINE bool finished()
    {
        return document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if constexpr (std::is_signed_v<T>) {
            return narrow<T>(*this, failed_ ? int64_t{} : take(v.get_int64()));
        } else {
            return narrow<T>(*this,
                             failed_ ? uint64_t{} : take(v.get_uint64()));
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        return failed_ ? bool{} : take(v.get_bool());
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        return failed_ ? T{} : static_cast<T>(take(v.get_double()));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        std::string_view x =
            failed_ ? std::string_view{} : take(v.get_string());

        return {x.data(), x.size()};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        return base64_decode(*this, state_, text(v));
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        return choice_of<E>(*this, text(v));
    }
    INLAY_INLINE bool absent(value v)
    {
        return !failed_ && take(v.is_null());
    }
    INLAY_INLINE void skip(value)
    {
        // Whoever goes on to the next value skips it.
    }

    struct record {
        stream             &r;
        od::object          in{};
        od::object_iterator at{};
        od::object_iterator end{};
        od::field           field{};
        bool                left = false;

        INLAY_INLINE record(stream &from, value v) : r(from)
        {
            if (!r.failed()) {
                in = r.take(v.get_object());
            }
            if (!r.failed()) {
                at = r.take(in.begin());
                end = r.take(in.end());
                fetch();
            }
        }
        INLAY_INLINE void fetch()
        {
            left = !r.failed() && at != end;
            if (left) {
                field = r.take(*at);
                left = !r.failed();
            }
        }
        INLAY_INLINE bool more() const
        {
            return left;
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return left && field.key().unsafe_is_equal(N - 1, name);
        }
        INLAY_INLINE value get()
        {
            return field.value();
        }
        INLAY_INLINE void next()
        {
            ++at;
            fetch();
        }
        INLAY_INLINE void leap(size_t n)
        {
            pass(r, *this, n);
        }
    };

    struct map : record {
        using record::record;

        // Once an entry: the key is unescaped into memory.
        INLAY_INLINE inlay_str key()
        {
            std::string_view x = this->r.take(this->field.unescaped_key());

            return {x.data(), x.size()};
        }
    };

    struct list {
        stream            &r;
        od::array          in{};
        od::array_iterator at{};
        od::array_iterator end{};

        INLAY_INLINE list(stream &from, value v) : r(from)
        {
            if (!r.failed()) {
                in = r.take(v.get_array());
            }
            if (!r.failed()) {
                at = r.take(in.begin());
                end = r.take(in.end());
            }
        }
        INLAY_INLINE bool more() const
        {
            return !r.failed() && at != end;
        }
        INLAY_INLINE value get()
        {
            return r.take(*at);
        }
        INLAY_INLINE void next()
        {
            ++at;
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                r.take(*at);
                ++at;
            }
        }
    };
};

struct simdjson_ondemand : codec_defaults {
    static constexpr char id[] = "simdjson-ondemand";
    static constexpr char name[] = "simdjson, On Demand";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C++";
    static constexpr char memory[] = "reused parser";
    static constexpr char note[] =
        "ondemand::parser::iterate of padded memory, keys in written order; "
        "values that are not asked for are not checked";
    static constexpr bench_trust trust = BENCH_CHECKED;
    static constexpr bool        writes = false;

    using own = kept;
    using reader = stream;

    static const char *version()
    {
        return BENCH_TEXT_OF(SIMDJSON_VERSION);
    }
    static growing *scratch(own &kept)
    {
        return &kept.lists;
    }
    static size_t records(const own &kept)
    {
        return kept.records;
    }
    template <class M> static bool prepare(own &kept, const M &model)
    {
        kept.records = set_of<M>::count(model);
        return true;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &, const M &model)
    {
        return write_json(state, model);
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        return read_everything<M>(r, r.root());
    }
};

} // namespace

BENCH_CODEC(simdjson_ondemand, simdjson_ondemand)

// dom.cpp -- JSON by simdjson's DOM: everything is parsed and checked, onto a
// tape that is kept.

#include <simdjson.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"

namespace
{

using namespace bench;

struct kept {
    simdjson::dom::parser parser;

    explicit kept(const bench_state *)
    {
    }
};

class tree
{
    bench_state *state_;
    kept        &own_;
    bool         failed_ = false;

    // Gets a value as T, or fails.
    template <class T> INLAY_INLINE T get(simdjson::dom::element v)
    {
        T x{};

        failed_ |= v.get(x) != simdjson::SUCCESS;
        return x;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = true;
    using value = simdjson::dom::element;

    tree(bench_state *state, kept &own) : state_(state), own_(own)
    {
    }
    INLAY_INLINE value root()
    {
        value v;

        // The harness's padding is enough: no copy.
        failed_ =
            own_.parser.parse(state_->message, state_->size, false).get(v) !=
            simdjson::SUCCESS;
        return v;
    }
    INLAY_INLINE bool failed() const
    {
        return failed_;
    }
    INLAY_INLINE void fail()
    {
        failed_ = true;
    }
    INLAY_INLINE bool finished() const
    {
        return true;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if constexpr (std::is_signed_v<T>) {
            return narrow<T>(*this, get<int64_t>(v));
        } else {
            return narrow<T>(*this, get<uint64_t>(v));
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        return get<bool>(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        return static_cast<T>(get<double>(v));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        std::string_view x = get<std::string_view>(v);

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
    data_kind kind(value v)
    {
        switch (v.type()) {
        case simdjson::dom::element_type::BOOL:
            return DATA_BOOL;
        case simdjson::dom::element_type::INT64:
            return DATA_INTEGER;
        case simdjson::dom::element_type::UINT64:
            return DATA_NATURAL;
        case simdjson::dom::element_type::DOUBLE:
            return DATA_REAL;
        case simdjson::dom::element_type::STRING:
            return DATA_TEXT;
        case simdjson::dom::element_type::ARRAY:
            return DATA_ARRAY;
        case simdjson::dom::element_type::OBJECT:
            return DATA_OBJECT;
        default:
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return v.is_null();
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct record {
        simdjson::dom::object           in;
        simdjson::dom::object::iterator at;
        simdjson::dom::object::iterator end;
        bool                            none;

        INLAY_INLINE record(tree &r, value v)
        {
            none = v.get(in) != simdjson::SUCCESS;
            if (none) {
                r.fail();
            } else {
                at = in.begin();
                end = in.end();
            }
        }
        INLAY_INLINE size_t count() const
        {
            return none ? 0 : in.size();
        }
        INLAY_INLINE bool more() const
        {
            return !none && at != end;
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return more() && at.key_equals(std::string_view(name, N - 1));
        }
        INLAY_INLINE inlay_str key() const
        {
            std::string_view x = at.key();

            return {x.data(), x.size()};
        }
        INLAY_INLINE value get() const
        {
            return at.value();
        }
        INLAY_INLINE void next()
        {
            ++at;
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                ++at;
            }
        }
    };
    using map = record;

    struct list {
        simdjson::dom::array           in;
        simdjson::dom::array::iterator at;
        simdjson::dom::array::iterator end;
        bool                           none;

        INLAY_INLINE list(tree &r, value v)
        {
            none = v.get(in) != simdjson::SUCCESS;
            if (none) {
                r.fail();
            } else {
                at = in.begin();
                end = in.end();
            }
        }
        INLAY_INLINE size_t count() const
        {
            return none ? 0 : in.size();
        }
        INLAY_INLINE bool more() const
        {
            return !none && at != end;
        }
        INLAY_INLINE value get() const
        {
            return *at;
        }
        INLAY_INLINE void next()
        {
            ++at;
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                ++at;
            }
        }
    };
};

struct simdjson_dom : codec_defaults {
    static constexpr char id[] = "simdjson-dom";
    static constexpr char name[] = "simdjson, DOM";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C++";
    static constexpr char memory[] = "reused parser";
    static constexpr char note[] =
        "dom::parser::parse of padded memory, objects by iterator in written "
        "order";
    static constexpr bench_trust trust = BENCH_CHECKED;
    static constexpr bool        writes = false;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return BENCH_TEXT_OF(SIMDJSON_VERSION);
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &, const M &model)
    {
        return write_json(state, model);
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(simdjson_dom, simdjson_dom)

// rapidjson.cpp -- JSON by RapidJSON: its writer on a kept buffer, and in-situ
// parsing of a copy into a tree in memory that is kept.

#include <string>

#if defined(__SSE2__) // said to be faster by its documentation; x86-64 has it
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"
#include "bench/rivals/free/pool.hpp"

namespace
{

using namespace bench;
namespace rj = rapidjson;

// ---- Writing ----------------------------------------------------------------

struct writer {
    static constexpr bool named = true;

    rj::Writer<rj::StringBuffer> to;
    std::string                 &text; // for base64

    struct record {
        writer &w;

        INLAY_INLINE record(writer &from, size_t) : w(from)
        {
            w.to.StartObject();
        }
        INLAY_INLINE ~record()
        {
            w.to.EndObject();
        }
    };
    using map = record;
    struct list {
        writer &w;

        INLAY_INLINE list(writer &from, size_t) : w(from)
        {
            w.to.StartArray();
        }
        INLAY_INLINE ~list()
        {
            w.to.EndArray();
        }
    };

    template <size_t N> INLAY_INLINE void name(const char (&x)[N])
    {
        to.Key(x, N - 1);
    }
    INLAY_INLINE void key(inlay_str x)
    {
        to.Key(x.data, static_cast<rj::SizeType>(x.size));
    }
    template <class T> INLAY_INLINE void value(T x)
    {
        if constexpr (std::is_same_v<T, bool>) {
            to.Bool(x);
        } else if constexpr (std::is_floating_point_v<T>) {
            to.Double(x);
        } else if constexpr (std::is_same_v<T, uint64_t>) {
            to.Uint64(x);
        } else if constexpr (std::is_same_v<T, int64_t>) {
            to.Int64(x);
        } else if constexpr (std::is_signed_v<T>) {
            to.Int(x);
        } else {
            to.Uint(x);
        }
    }
    INLAY_INLINE void value(inlay_str x)
    {
        to.String(x.size > 0 ? x.data : "", static_cast<rj::SizeType>(x.size));
    }
    INLAY_INLINE void value(inlay_bytes x)
    {
        text.resize(base64_size(x.size) + 2);
        text.front() = text.back() = '"';
        base64_encode(text.data() + 1, x);
        to.RawValue(text.data(), text.size(), rj::kStringType);
    }
    void null()
    {
        to.Null();
    }
    INLAY_INLINE void choice(unsigned, std::string_view x)
    {
        to.String(x.data(), static_cast<rj::SizeType>(x.size()));
    }
};

// ---- Reading ----------------------------------------------------------------

struct kept {
    rj::StringBuffer buffer;
    std::string      text;
    pool             copy;
    pool             values;
    pool             stack;

    explicit kept(const bench_state *)
    {
    }
};

using memory = rj::MemoryPoolAllocator<>;
using document = rj::GenericDocument<rj::UTF8<>, memory, memory>;

class tree
{
    static constexpr unsigned flags = rj::kParseInsituFlag |
                                      rj::kParseFullPrecisionFlag |
                                      rj::kParseValidateEncodingFlag;

    bench_state *state_;
    kept        &own_;
    memory       values_;
    memory       stack_;
    document     document_;
    bool         failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = true;
    using value = const document::ValueType *;

    // Pools have to be large enough at once: what they take beside is freed
    // every time. A value of 16 bytes takes two characters at least, and lies
    // on the stack before it lies in its array.
    tree(bench_state *state, kept &own)
        : state_(state), own_(own),
          values_(own.values.at_least(8 * state->size + 4096),
                  8 * state->size + 4096),
          stack_(own.stack.at_least(16 * state->size + 4096),
                 16 * state->size + 4096),
          document_(&values_, 8 * state->size + 1024, &stack_)
    {
    }
    value root()
    {
        char *copy = static_cast<char *>(own_.copy.at_least(state_->size + 1));

        memcpy(copy, state_->message, state_->size);
        copy[state_->size] = '\0';
        document_.ParseInsitu<flags>(copy);
        must(!document_.HasParseError());
        return &document_;
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
        return true;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        if constexpr (std::is_signed_v<T>) {
            return must(v->IsInt64()) ? narrow<T>(*this, v->GetInt64()) : T{};
        } else {
            return must(v->IsUint64()) ? narrow<T>(*this, v->GetUint64()) : T{};
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        return must(v->IsBool()) && v->GetBool();
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        return must(v->IsNumber()) ? static_cast<T>(v->GetDouble()) : T{};
    }
    INLAY_INLINE inlay_str text(value v)
    {
        if (!must(v->IsString())) {
            return {nullptr, 0};
        }
        return {v->GetString(), v->GetStringLength()};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        return base64_decode(*this, state_, text(v));
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        return choice_of<E>(*this, text(v));
    }
    INLAY_INLINE data_kind kind(value v)
    {
        switch (v->GetType()) {
        case rj::kFalseType:
        case rj::kTrueType:
            return DATA_BOOL;
        case rj::kNumberType:
            return v->IsUint64()  ? DATA_NATURAL
                   : v->IsInt64() ? DATA_INTEGER
                                  : DATA_REAL;
        case rj::kStringType:
            return DATA_TEXT;
        case rj::kArrayType:
            return DATA_ARRAY;
        case rj::kObjectType:
            return DATA_OBJECT;
        default:
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return v->IsNull();
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct record {
        const document::ValueType::Member *at = nullptr;
        size_t                             left = 0;

        INLAY_INLINE record(tree &r, value v)
        {
            if (r.must(v->IsObject()) && v->MemberCount() > 0) {
                at = &*v->MemberBegin();
                left = v->MemberCount();
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
            return more() && at->name.GetStringLength() == N - 1 &&
                   memcmp(at->name.GetString(), name, N - 1) == 0;
        }
        INLAY_INLINE inlay_str key() const
        {
            return {at->name.GetString(), at->name.GetStringLength()};
        }
        INLAY_INLINE value get() const
        {
            return &at->value;
        }
        INLAY_INLINE void next()
        {
            leap(1);
        }
        INLAY_INLINE void leap(size_t n)
        {
            n = n < left ? n : left;
            at += n;
            left -= n;
        }
    };
    using map = record;

    struct list {
        value  at = nullptr;
        size_t left = 0;

        INLAY_INLINE list(tree &r, value v)
        {
            if (r.must(v->IsArray())) {
                at = v->Begin();
                left = v->Size();
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
        INLAY_INLINE value get() const
        {
            return at;
        }
        INLAY_INLINE void next()
        {
            leap(1);
        }
        INLAY_INLINE void leap(size_t n)
        {
            n = n < left ? n : left;
            at += n;
            left -= n;
        }
    };
};

// ---- The codec --------------------------------------------------------------

struct by_rapidjson : codec_defaults {
    static constexpr char id[] = "rapidjson";
    static constexpr char name[] = "RapidJSON";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C++";
    static constexpr char memory[] = "reused buffer, reused pools";
    static constexpr char note[] =
        "Writer to a StringBuffer; a copy parsed in situ into pools, encoding "
        "and full precision checked; members in written order";
    static constexpr bench_trust trust = BENCH_CHECKED;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return RAPIDJSON_VERSION_STRING;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        rj::StringBuffer buffer;
        std::string      text;
        writer           w{rj::Writer<rj::StringBuffer>(buffer), text};

        write_record(w, model);
        return bench_built(state, buffer.GetString(), buffer.GetSize());
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &kept, const M &model)
    {
        kept.buffer.Clear();
        writer w{rj::Writer<rj::StringBuffer>(kept.buffer), kept.text};

        write_record(w, model);
        if (kept.buffer.GetSize() > state->capacity) {
            return 0;
        }
        memcpy(state->out, kept.buffer.GetString(), kept.buffer.GetSize());
        return kept.buffer.GetSize();
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(rapidjson, by_rapidjson)

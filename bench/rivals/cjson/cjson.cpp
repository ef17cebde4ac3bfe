// cjson.cpp -- JSON by cJSON: linked lists on the heap.
//
// Its numbers are doubles, so that integers of 64 bits are written as strings,
// as Protocol Buffers' JSON has them; floats are written raw, because its own
// printer tries 15 digits, reads them back, and then takes 17.

#include <cstdio>
#include <limits>
#include <string>

#include <cjson/cJSON.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"
#include "bench/rivals/free/tree_writer.hpp"

namespace
{

using namespace bench;

// ---- Writing ----------------------------------------------------------------

struct library {
    static constexpr bool enums_are_names = true;

    using node = cJSON *;

    std::string text = {};

    node object(size_t)
    {
        return cJSON_CreateObject();
    }
    node array(size_t)
    {
        return cJSON_CreateArray();
    }
    node make(bool x)
    {
        return cJSON_CreateBool(x);
    }
    template <class T> std::enable_if_t<std::is_integral_v<T>, node> make(T x)
    {
        if constexpr (sizeof x < 8) {
            return cJSON_CreateNumber(static_cast<double>(x));
        } else {
            char digits[24];

            *std::to_chars(digits, digits + sizeof digits, x).ptr = '\0';
            return cJSON_CreateString(digits);
        }
    }
    node make(float x)
    {
        return raw("%.9g", static_cast<double>(x));
    }
    node make(double x)
    {
        return raw("%.17g", x);
    }
    node raw(const char *format, double x)
    {
        char digits[40];

        snprintf(digits, sizeof digits, format, x);
        return cJSON_CreateRaw(digits);
    }
    // It takes terminated texts only.
    node make(inlay_str x)
    {
        text.assign(x.data, x.size);
        return cJSON_CreateString(text.c_str());
    }
    node make(inlay_bytes x)
    {
        text.resize(base64_size(x.size));
        base64_encode(text.data(), x);
        return cJSON_CreateString(text.c_str());
    }
    bool push(node array, node child)
    {
        return cJSON_AddItemToArray(array, child);
    }
    bool set(node object, std::string_view name, bool constant, node child)
    {
        if (constant) {
            return cJSON_AddItemToObjectCS(object, name.data(), child);
        }
        text.assign(name);
        return cJSON_AddItemToObject(object, text.c_str(), child);
    }
};

template <class M> cJSON *make_tree(const M &model)
{
    library              lib;
    tree_writer<library> w(lib);

    write_record(w, model);
    return w.root();
}

// ---- Reading ----------------------------------------------------------------

struct kept {
    cJSON  *written = nullptr;
    cJSON  *read = nullptr;
    growing lists;
    size_t  records = 0;

    explicit kept(const bench_state *)
    {
    }
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    ~kept()
    {
        cJSON_Delete(written);
        cJSON_Delete(read);
    }
};

class tree
{
    bench_state *state_;
    kept        &own_;
    bool         failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = false; // only by walking
    using value = const cJSON *;

    tree(bench_state *state, kept &own) : state_(state), own_(own)
    {
    }
    // The tree is freed by the next operation: decoded texts borrow from it.
    value root()
    {
        const char *text = reinterpret_cast<const char *>(state_->message);
        const char *end = nullptr;

        cJSON_Delete(own_.read);
        own_.read = cJSON_ParseWithLengthOpts(text, state_->size, &end, false);
        must(own_.read != nullptr && end == text + state_->size);
        return own_.read;
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
        if constexpr (sizeof(T) < 8) {
            double x = cJSON_GetNumberValue(v);

            // Also false when it is no number.
            if (!must(x >= std::numeric_limits<T>::min() &&
                      x <= std::numeric_limits<T>::max())) {
                return 0;
            }
            must(static_cast<double>(static_cast<T>(x)) == x);
            return static_cast<T>(x);
        } else {
            inlay_str digits = text(v);
            T         x = 0;
            auto      end =
                std::from_chars(digits.data, digits.data + digits.size, x);

            must(digits.size > 0 && end.ec == std::errc() &&
                 end.ptr == digits.data + digits.size);
            return x;
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        must(cJSON_IsBool(v));
        return cJSON_IsTrue(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        must(cJSON_IsNumber(v));
        return static_cast<T>(cJSON_GetNumberValue(v));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        const char *x = cJSON_GetStringValue(v);

        return {x, must(x != nullptr) ? strlen(x) : 0};
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
        return cJSON_IsNull(v);
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct list {
        value at = nullptr;

        INLAY_INLINE list(tree &r, value v)
        {
            if (r.must(cJSON_IsArray(v))) {
                at = v->child;
            }
        }
        INLAY_INLINE list(value first) : at(first)
        {
        }
        INLAY_INLINE bool more() const
        {
            return at != nullptr;
        }
        INLAY_INLINE value get() const
        {
            return at;
        }
        INLAY_INLINE void next()
        {
            at = at->next;
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                next();
            }
        }
    };

    struct record : list {
        INLAY_INLINE record(tree &r, value v)
            : list(r.must(cJSON_IsObject(v)) ? v->child : nullptr)
        {
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return this->more() && strcmp(this->at->string, name) == 0;
        }
        INLAY_INLINE inlay_str key() const
        {
            return {this->at->string, strlen(this->at->string)};
        }
    };
    using map = record;
};

// ---- The codec --------------------------------------------------------------

struct by_cjson : codec_defaults {
    static constexpr char id[] = "cjson";
    static constexpr char name[] = "cJSON";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "kept tree to write, tree on the heap";
    static constexpr char note[] =
        "cJSON_PrintPreallocated of a kept tree, cJSON_ParseWithLengthOpts, "
        "members in written order; integers of 64 bits are strings; UTF-8 is "
        "not checked";
    static constexpr bench_trust trust = BENCH_LAZY;

    using own = kept;
    using reader = tree;

    static growing *scratch(own &kept)
    {
        return &kept.lists;
    }
    static size_t records(const own &kept)
    {
        return kept.records;
    }
    static const char *version()
    {
        return cJSON_Version();
    }
    template <class M> static bool prepare(own &kept, const M &model)
    {
        kept.written = make_tree(model);
        kept.records = set_of<M>::count(model);
        return kept.written != nullptr;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        cJSON *made = make_tree(model);
        char  *text = cJSON_PrintUnformatted(made);

        bench_built(state, text, strlen(text));
        uint64_t size = strlen(text);

        cJSON_free(text);
        cJSON_Delete(made);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &kept, const M &)
    {
        char *out = reinterpret_cast<char *>(state->out);
        int   room = state->capacity < INT32_MAX
                         ? static_cast<int>(state->capacity)
                         : INT32_MAX;

        return cJSON_PrintPreallocated(kept.written, out, room, false)
                   ? strlen(out)
                   : 0;
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(cjson, by_cjson)

// json_c.cpp -- JSON by json-c: a tree of objects, a kept tokener.

#include <string>

#include <json-c/json.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"
#include "bench/rivals/free/tree_writer.hpp"

namespace
{

using namespace bench;

// ---- Writing ----------------------------------------------------------------

struct library {
    static constexpr bool enums_are_names = true;

    using node = json_object *;

    std::string text = {};

    node object(size_t)
    {
        return json_object_new_object();
    }
    node array(size_t count)
    {
        return json_object_new_array_ext(static_cast<int>(count));
    }
    node null()
    {
        return nullptr;
    }
    node make(bool x)
    {
        return json_object_new_boolean(x);
    }
    template <class T> std::enable_if_t<std::is_integral_v<T>, node> make(T x)
    {
        if constexpr (std::is_same_v<T, uint64_t>) {
            return json_object_new_uint64(x);
        } else {
            return json_object_new_int64(x);
        }
    }
    // Its own format for doubles is %.17g; nine digits bring a float back.
    node make(float x)
    {
        static char format[] = "%.9g";
        node        made = json_object_new_double(static_cast<double>(x));

        json_object_set_serializer(made, json_object_double_to_json_string,
                                   format, nullptr);
        return made;
    }
    node make(double x)
    {
        return json_object_new_double(x);
    }
    node make(inlay_str x)
    {
        return json_object_new_string_len(x.size > 0 ? x.data : "",
                                          static_cast<int>(x.size));
    }
    node make(inlay_bytes x)
    {
        text.resize(base64_size(x.size));
        base64_encode(text.data(), x);
        return json_object_new_string_len(text.data(),
                                          static_cast<int>(text.size()));
    }
    bool push(node array, node child)
    {
        return json_object_array_add(array, child) == 0;
    }
    bool set(node object, std::string_view name, bool constant, node child)
    {
        const char *key = name.data();

        if (!constant) {
            text.assign(name);
            key = text.c_str();
        }
        return json_object_object_add_ex(
                   object, key, child,
                   JSON_C_OBJECT_ADD_KEY_IS_NEW |
                       (constant ? JSON_C_OBJECT_ADD_CONSTANT_KEY : 0u)) == 0;
    }
};

template <class M> json_object *make_tree(const M &model)
{
    library              lib;
    tree_writer<library> w(lib);

    write_record(w, model);
    return w.root();
}

const char *text_of(json_object *tree, size_t *size)
{
    return json_object_to_json_string_length(
        tree, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, size);
}

// ---- Reading ----------------------------------------------------------------

struct kept {
    json_object  *written = nullptr;
    json_object  *read = nullptr;
    json_tokener *tokener;
    std::string   key = {};

    explicit kept(const bench_state *) : tokener(json_tokener_new())
    {
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
                                            JSON_TOKENER_VALIDATE_UTF8);
    }
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    ~kept()
    {
        json_object_put(written);
        json_object_put(read);
        json_tokener_free(tokener);
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
    static constexpr bool counted = true;
    using value = json_object *;

    tree(bench_state *state, kept &own) : state_(state), own_(own)
    {
    }
    // The tree is freed by the next operation: decoded texts borrow from it.
    value root()
    {
        const char *text = reinterpret_cast<const char *>(state_->message);

        json_object_put(own_.read);
        json_tokener_reset(own_.tokener);
        own_.read = json_tokener_parse_ex(own_.tokener, text,
                                          static_cast<int>(state_->size));
        must(own_.read != nullptr &&
             json_tokener_get_parse_end(own_.tokener) == state_->size);
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
    kept &own()
    {
        return own_;
    }

    template <class T> INLAY_INLINE T integer(value v)
    {
        must(json_object_is_type(v, json_type_int));
        if constexpr (std::is_same_v<T, uint64_t>) {
            return json_object_get_uint64(v);
        } else {
            return narrow<T>(*this, json_object_get_int64(v));
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        must(json_object_is_type(v, json_type_boolean));
        return json_object_get_boolean(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        must(json_object_is_type(v, json_type_double) ||
             json_object_is_type(v, json_type_int));
        return static_cast<T>(json_object_get_double(v));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        if (!must(json_object_is_type(v, json_type_string))) {
            return {nullptr, 0};
        }
        return {json_object_get_string(v),
                static_cast<size_t>(json_object_get_string_len(v))};
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
        switch (json_object_get_type(v)) {
        case json_type_boolean:
            return DATA_BOOL;
        case json_type_int:
            return json_object_get_int64(v) < 0 ? DATA_INTEGER : DATA_NATURAL;
        case json_type_double:
            return DATA_REAL;
        case json_type_string:
            return DATA_TEXT;
        case json_type_array:
            return DATA_ARRAY;
        case json_type_object:
            return DATA_OBJECT;
        default:
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return v == nullptr;
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct record {
        lh_entry *at = nullptr;
        size_t    left = 0;

        INLAY_INLINE record(tree &r, value v)
        {
            if (r.must(json_object_is_type(v, json_type_object))) {
                at = lh_table_head(json_object_get_object(v));
                left = static_cast<size_t>(json_object_object_length(v));
            }
        }
        INLAY_INLINE size_t count() const
        {
            return left;
        }
        INLAY_INLINE bool more() const
        {
            return at != nullptr;
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return more() && strcmp(text(), name) == 0;
        }
        const char *text() const
        {
            return static_cast<const char *>(lh_entry_k(at));
        }
        INLAY_INLINE inlay_str key() const
        {
            return {text(), strlen(text())};
        }
        INLAY_INLINE value get() const
        {
            return static_cast<value>(lh_entry_v(at));
        }
        INLAY_INLINE void next()
        {
            at = lh_entry_next(at);
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                next();
            }
        }
    };
    using map = record;

    struct list {
        value  in;
        size_t at = 0;
        size_t end = 0;

        INLAY_INLINE list(tree &r, value v) : in(v)
        {
            if (r.must(json_object_is_type(v, json_type_array))) {
                end = json_object_array_length(v);
            }
        }
        INLAY_INLINE size_t count() const
        {
            return end;
        }
        INLAY_INLINE bool more() const
        {
            return at < end;
        }
        INLAY_INLINE value get() const
        {
            return json_object_array_get_idx(in, at);
        }
        INLAY_INLINE void next()
        {
            at++;
        }
        INLAY_INLINE void leap(size_t n)
        {
            at += n;
        }
    };
};

// ---- The codec --------------------------------------------------------------

struct by_json_c : codec_defaults {
    static constexpr char id[] = "json-c";
    static constexpr char name[] = "json-c";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "kept tree to write, tree on the heap";
    static constexpr char note[] =
        "json_object_to_json_string_length of a kept tree; a kept tokener, "
        "strict, UTF-8 checked; members in written order, lookup by hash";
    static constexpr bench_trust trust = BENCH_CHECKED;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return json_c_version();
    }
    template <class M> static bool prepare(own &kept, const M &model)
    {
        kept.written = make_tree(model);
        return kept.written != nullptr;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        json_object *made = make_tree(model);
        size_t       size = 0;
        const char  *text = text_of(made, &size);

        bench_built(state, text, size);
        json_object_put(made);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &kept, const M &)
    {
        size_t      size = 0;
        const char *text = text_of(kept.written, &size);

        if (text == nullptr || size > state->capacity) {
            return 0;
        }
        memcpy(state->out, text, size);
        return size;
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
    // Its objects are hash tables.
    static uint64_t lookup(reader &r, json_object *root, inlay_str key)
    {
        json_object *products;
        json_object *product;
        json_object *price;
        json_object *name;

        r.own().key.assign(key.data, key.size);
        if (!json_object_object_get_ex(root, "products", &products) ||
            !json_object_object_get_ex(products, r.own().key.c_str(),
                                       &product) ||
            !json_object_object_get_ex(product, "price", &price) ||
            !json_object_object_get_ex(product, "name", &name)) {
            r.fail();
            return 0;
        }
        return value_sum<uint64_t>(r, price) + value_sum<inlay_str>(r, name);
    }
};

} // namespace

BENCH_CODEC(json_c, by_json_c)

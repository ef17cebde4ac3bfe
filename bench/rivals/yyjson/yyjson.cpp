// yyjson.cpp -- JSON by yyjson: a mutable document to write, an immutable one
// read into memory that is kept.

#include <cstdlib>
#include <string>

#include <yyjson.h>

#include "bench/rivals/free/codec.hpp"
#include "bench/rivals/free/json.hpp"
#include "bench/rivals/free/pool.hpp"
#include "bench/rivals/free/tree_writer.hpp"

namespace
{

using namespace bench;

// ---- Writing ----------------------------------------------------------------

// Texts are borrowed from the model, as is the library's way.
struct library {
    static constexpr bool enums_are_names = true;

    using node = yyjson_mut_val *;

    yyjson_mut_doc *doc;
    std::string     text = {};

    node object(size_t)
    {
        return yyjson_mut_obj(doc);
    }
    node array(size_t)
    {
        return yyjson_mut_arr(doc);
    }
    node null()
    {
        return yyjson_mut_null(doc);
    }
    node make(bool x)
    {
        return yyjson_mut_bool(doc, x);
    }
    template <class T> std::enable_if_t<std::is_integral_v<T>, node> make(T x)
    {
        if constexpr (std::is_signed_v<T>) {
            return yyjson_mut_sint(doc, x);
        } else {
            return yyjson_mut_uint(doc, x);
        }
    }
    node make(float x)
    {
        return yyjson_mut_float(doc, x);
    }
    node make(double x)
    {
        return yyjson_mut_real(doc, x);
    }
    node make(inlay_str x)
    {
        return yyjson_mut_strn(doc, x.size > 0 ? x.data : "", x.size);
    }
    node make(inlay_bytes x)
    {
        text.resize(base64_size(x.size));
        base64_encode(text.data(), x);
        return yyjson_mut_strncpy(doc, text.data(), text.size());
    }
    bool push(node array, node child)
    {
        return yyjson_mut_arr_append(array, child);
    }
    bool set(node object, std::string_view name, bool, node child)
    {
        return yyjson_mut_obj_add(
            object, yyjson_mut_strn(doc, name.data(), name.size()), child);
    }
};

template <class M> yyjson_mut_doc *make_document(const M &model)
{
    yyjson_mut_doc *doc = yyjson_mut_doc_new(nullptr);

    if (doc != nullptr) {
        library              lib{doc};
        tree_writer<library> w(lib);

        write_record(w, model);
        yyjson_mut_doc_set_root(doc, w.root());
    }
    return doc;
}

// ---- Reading ----------------------------------------------------------------

struct kept {
    yyjson_mut_doc *document = nullptr;
    pool            written;
    pool            read;

    explicit kept(const bench_state *)
    {
    }
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    ~kept()
    {
        yyjson_mut_doc_free(document);
    }
    // Memory for the largest tree that such a message can hold.
    yyjson_alc room(size_t message)
    {
        size_t     need = yyjson_read_max_memory_usage(message, 0);
        yyjson_alc allocator = {};

        yyjson_alc_pool_init(&allocator, read.at_least(need), need);
        return allocator;
    }
};

// The document is not freed: it lies in the pool, and decoded texts borrow from
// it until the next operation begins the pool anew.
class tree
{
    bench_state *state_;
    yyjson_alc   allocator_;
    yyjson_doc  *document_ = nullptr;
    bool         failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = true;
    using value = yyjson_val *;

    tree(bench_state *state, kept &own)
        : state_(state), allocator_(own.room(state->size))
    {
    }
    tree(const tree &) = delete;
    tree &operator=(const tree &) = delete;
    value root()
    {
        document_ = yyjson_read_opts(reinterpret_cast<char *>(state_->message),
                                     state_->size, YYJSON_READ_NOFLAG,
                                     &allocator_, nullptr);
        must(document_ != nullptr);
        return yyjson_doc_get_root(document_);
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
        if (yyjson_is_sint(v)) {
            return narrow<T>(*this, yyjson_get_sint(v));
        }
        must(yyjson_is_uint(v));
        return narrow<T>(*this, yyjson_get_uint(v));
    }
    INLAY_INLINE bool boolean(value v)
    {
        must(yyjson_is_bool(v));
        return yyjson_get_bool(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        must(yyjson_is_num(v));
        return static_cast<T>(yyjson_get_num(v));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        must(yyjson_is_str(v));
        return {yyjson_get_str(v), yyjson_get_len(v)};
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
        switch (yyjson_get_type(v)) {
        case YYJSON_TYPE_BOOL:
            return DATA_BOOL;
        case YYJSON_TYPE_NUM:
            return yyjson_is_uint(v)   ? DATA_NATURAL
                   : yyjson_is_sint(v) ? DATA_INTEGER
                                       : DATA_REAL;
        case YYJSON_TYPE_STR:
            return DATA_TEXT;
        case YYJSON_TYPE_ARR:
            return DATA_ARRAY;
        case YYJSON_TYPE_OBJ:
            return DATA_OBJECT;
        default:
            return DATA_NULL;
        }
    }
    INLAY_INLINE bool absent(value v)
    {
        return yyjson_is_null(v);
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct record {
        yyjson_obj_iter in;
        value           at;

        INLAY_INLINE record(tree &r, value v) : in(yyjson_obj_iter_with(v))
        {
            r.must(yyjson_is_obj(v));
            at = yyjson_obj_iter_next(&in);
        }
        INLAY_INLINE size_t count() const
        {
            return in.max;
        }
        INLAY_INLINE bool more() const
        {
            return at != nullptr;
        }
        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return yyjson_equals_strn(at, name, N - 1);
        }
        INLAY_INLINE inlay_str key() const
        {
            return {yyjson_get_str(at), yyjson_get_len(at)};
        }
        INLAY_INLINE value get() const
        {
            return yyjson_obj_iter_get_val(at);
        }
        INLAY_INLINE void next()
        {
            at = yyjson_obj_iter_next(&in);
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
        yyjson_arr_iter in;
        value           at;

        INLAY_INLINE list(tree &r, value v) : in(yyjson_arr_iter_with(v))
        {
            r.must(yyjson_is_arr(v));
            at = yyjson_arr_iter_next(&in);
        }
        INLAY_INLINE size_t count() const
        {
            return in.max;
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
            at = yyjson_arr_iter_next(&in);
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                next();
            }
        }
    };
};

// ---- Where the writer writes ------------------------------------------------

// An allocator for the one buffer that the library writes to: the harness's
// memory, or memory that is kept when the library's guess is too large for it.
struct giving {
    bench_state *state;
    kept        &own;
};

void *give(void *context, size_t size)
{
    auto *to = static_cast<giving *>(context);

    return size <= to->state->capacity ? to->state->out
                                       : to->own.written.at_least(size);
}

void *give_more(void *context, void *old, size_t old_size, size_t size)
{
    auto *to = static_cast<giving *>(context);

    if (old != to->state->out) {
        return size <= to->own.written.size ? old : nullptr;
    }
    void *given = give(context, size);

    if (given != nullptr && given != old) {
        memcpy(given, old, old_size);
    }
    return given;
}

void take_back(void *, void *)
{
}

// ---- The codec --------------------------------------------------------------

struct by_yyjson : codec_defaults {
    static constexpr char id[] = "yyjson";
    static constexpr char name[] = "yyjson";
    static constexpr char format[] = "JSON";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "kept document to write, reused pool";
    static constexpr char note[] =
        "yyjson_mut_write_opts of a kept document, yyjson_read_opts into a "
        "pool, objects by iterator in written order";
    static constexpr bench_trust trust = BENCH_CHECKED;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return YYJSON_VERSION_STRING;
    }
    template <class M> static bool prepare(own &kept, const M &model)
    {
        kept.document = make_document(model);
        return kept.document != nullptr;
    }
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        yyjson_mut_doc *doc = make_document(model);
        size_t          size = 0;
        char           *text = yyjson_mut_write(doc, 0, &size);

        bench_built(state, text, size);
        free(text);
        yyjson_mut_doc_free(doc);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &kept, const M &)
    {
        giving      to{state, kept};
        yyjson_alc  allocator = {give, give_more, take_back, &to};
        size_t      size = 0;
        const char *text =
            yyjson_mut_write_opts(kept.document, 0, &allocator, &size, nullptr);

        if (text == nullptr || size > state->capacity) {
            return 0;
        }
        if (static_cast<const void *>(text) != state->out) {
            memcpy(state->out, text, size);
        }
        return size;
    }
    template <class M> static uint64_t verify(bench_state *state, own &kept)
    {
        reader r(state, kept);

        r.root();
        return r.failed() ? 0 : 1;
    }
};

} // namespace

BENCH_CODEC(yyjson, by_yyjson)

// libbson.cpp -- BSON by libbson: appended to memory, read by iterators in
// place.
//
// BSON has integers of 32 and of 64 bits with a sign, and one kind of float:
// u32 takes 64 bits, u64 keeps its bits, f32 becomes a double. Lists are
// documents whose names are "0", "1", ...

#include <bson/bson.h>

#include "bench/rivals/free/codec.hpp"

namespace
{

using namespace bench;

// Which integer a field's type takes.
template <class T>
constexpr bool is_wide = sizeof(T) == 8 || std::is_same_v<T, uint32_t>;

// ---- Writing ----------------------------------------------------------------

struct writer {
    static constexpr bool named = true;

    bson_t     *to; // the document that is open
    const char *name_ = nullptr;
    int         size_ = 0;
    bool        in_list_ = false;
    uint32_t    index_ = 0;
    char        digits_[16] = {};
    bool        failed_ = false;

    explicit writer(bson_t *root) : to(root)
    {
    }

    // The name of the next value; in lists it is the index.
    INLAY_INLINE void next()
    {
        if (in_list_) {
            size_ = static_cast<int>(bson_uint32_to_string(
                index_++, &name_, digits_, sizeof digits_));
        }
    }
    INLAY_INLINE void check(bool good)
    {
        failed_ |= !good;
    }

    // A document in the one that was open; the root is open already.
    template <bool List> struct scope {
        writer  &w;
        bson_t   made;
        bson_t  *outer;
        bool     in_list;
        uint32_t index;

        INLAY_INLINE scope(writer &from, size_t)
            : w(from), outer(from.to), in_list(from.in_list_),
              index(from.index_)
        {
            if (w.name_ == nullptr && !in_list) {
                w.name_ = "";
                outer = nullptr; // the root
                return;
            }
            w.next();
            w.check(List
                        ? bson_append_array_begin(w.to, w.name_, w.size_, &made)
                        : bson_append_document_begin(w.to, w.name_, w.size_,
                                                     &made));
            w.to = &made;
            w.in_list_ = List;
            w.index_ = 0;
        }
        INLAY_INLINE ~scope()
        {
            if (outer == nullptr) {
                return;
            }
            w.check(List ? bson_append_array_end(outer, &made)
                         : bson_append_document_end(outer, &made));
            w.to = outer;
            w.in_list_ = in_list;
            w.index_ = in_list ? index + 1 : index;
        }
    };
    using record = scope<false>;
    using map = scope<false>;
    using list = scope<true>;

    template <size_t N> INLAY_INLINE void name(const char (&x)[N])
    {
        name_ = x;
        size_ = N - 1;
    }
    INLAY_INLINE void key(inlay_str x)
    {
        name_ = x.data;
        size_ = static_cast<int>(x.size);
    }
    template <class T> INLAY_INLINE void value(T x)
    {
        next();
        if constexpr (std::is_same_v<T, bool>) {
            check(bson_append_bool(to, name_, size_, x));
        } else if constexpr (std::is_floating_point_v<T>) {
            check(bson_append_double(to, name_, size_, x));
        } else if constexpr (is_wide<T>) {
            check(bson_append_int64(to, name_, size_, static_cast<int64_t>(x)));
        } else {
            check(bson_append_int32(to, name_, size_, x));
        }
    }
    INLAY_INLINE void value(inlay_str x)
    {
        next();
        check(bson_append_utf8(to, name_, size_, x.size > 0 ? x.data : "",
                               static_cast<int>(x.size)));
    }
    INLAY_INLINE void value(inlay_bytes x)
    {
        static const uint8_t none = 0;

        next();
        check(bson_append_binary(to, name_, size_, BSON_SUBTYPE_BINARY,
                                 x.size > 0 ? x.data : &none,
                                 static_cast<uint32_t>(x.size)));
    }
    INLAY_INLINE void choice(unsigned index, std::string_view)
    {
        value(static_cast<int32_t>(index));
    }
};

// The harness's memory does not grow.
void *refuse(void *, size_t, void *)
{
    return nullptr;
}

// ---- Reading ----------------------------------------------------------------

struct kept {
    growing lists;
    size_t  records = 0;

    explicit kept(const bench_state *)
    {
    }
};

class tree
{
    bench_state *state_;
    bool         failed_ = false;

    INLAY_INLINE bool must(bool good)
    {
        failed_ |= !good;
        return good;
    }

  public:
    static constexpr bool named = true;
    static constexpr bool counted = false;
    // An iterator that stands on the value; the root is none, and is NULL.
    using value = const bson_iter_t *;

    tree(bench_state *state, kept &) : state_(state)
    {
    }
    value root()
    {
        return nullptr;
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
        if constexpr (std::is_same_v<T, uint64_t>) {
            must(BSON_ITER_HOLDS_INT64(v));
            return static_cast<uint64_t>(bson_iter_int64(v));
        } else if constexpr (is_wide<T>) {
            must(BSON_ITER_HOLDS_INT64(v));
            return narrow<T>(*this, bson_iter_int64(v));
        } else {
            must(BSON_ITER_HOLDS_INT32(v));
            return narrow<T>(*this, bson_iter_int32(v));
        }
    }
    INLAY_INLINE bool boolean(value v)
    {
        must(BSON_ITER_HOLDS_BOOL(v));
        return bson_iter_bool(v);
    }
    template <class T> INLAY_INLINE T real(value v)
    {
        must(BSON_ITER_HOLDS_DOUBLE(v));
        return static_cast<T>(bson_iter_double(v));
    }
    INLAY_INLINE inlay_str text(value v)
    {
        uint32_t    size = 0;
        const char *data = bson_iter_utf8(v, &size);

        return {data, must(data != nullptr) ? size : 0};
    }
    INLAY_INLINE inlay_bytes bytes(value v)
    {
        bson_subtype_t subtype;
        uint32_t       size = 0;
        const uint8_t *data = nullptr;

        if (must(BSON_ITER_HOLDS_BINARY(v))) {
            bson_iter_binary(v, &subtype, &size, &data);
        }
        return {data, size};
    }
    template <class E> INLAY_INLINE unsigned choice(value v)
    {
        unsigned index = static_cast<unsigned>(integer<int32_t>(v));

        must(index < choice_names<E>::count);
        return index;
    }
    INLAY_INLINE bool absent(value v)
    {
        return BSON_ITER_HOLDS_NULL(v);
    }
    INLAY_INLINE void skip(value)
    {
    }

    struct list {
        bson_iter_t in;
        bool        left;

        INLAY_INLINE list(tree &r, value v)
        {
            left = v != nullptr ? bson_iter_recurse(v, &in)
                                : bson_iter_init_from_data(
                                      &in, r.state_->message, r.state_->size);
            if (r.must(left)) {
                next();
            }
        }
        INLAY_INLINE bool more() const
        {
            return left;
        }
        INLAY_INLINE value get() const
        {
            return &in;
        }
        INLAY_INLINE void next()
        {
            left = bson_iter_next(&in);
        }
        INLAY_INLINE void leap(size_t n)
        {
            for (; n > 0 && more(); n--) {
                next();
            }
        }
    };

    struct record : list {
        using list::list;

        template <size_t N> INLAY_INLINE bool is(const char (&name)[N]) const
        {
            return this->left &&
                   strcmp(bson_iter_key_unsafe(&this->in), name) == 0;
        }
        INLAY_INLINE inlay_str key() const
        {
            return {bson_iter_key_unsafe(&this->in),
                    bson_iter_key_len(&this->in)};
        }
    };
    using map = record;
};

// ---- Checking ---------------------------------------------------------------

// Whether all of it is well-formed, with texts in UTF-8.
bool is_valid(const bench_state *state)
{
    bson_t document;
    auto   flags = static_cast<bson_validate_flags_t>(BSON_VALIDATE_UTF8);

    return bson_init_static(&document, state->message, state->size) &&
           bson_validate(&document, flags, nullptr);
}

// ---- Updating in place ------------------------------------------------------

// Overwrites the field of read_one; values have a fixed width.
template <class M> void set_field(bson_iter_t *at, size_t turn)
{
    using type = typename set_of<M>::field_type;

    if constexpr (std::is_same_v<M, data_mesh>) { // normal.x
        bson_iter_t x;

        if (bson_iter_recurse(at, &x) && bson_iter_find(&x, "x")) {
            bson_iter_overwrite_double(
                &x, static_cast<double>(static_cast<float>(turn)));
        }
    } else {
        bson_iter_overwrite_int64(
            at, static_cast<int64_t>(static_cast<type>(turn)));
    }
}

template <class M> uint64_t update_records(bench_state *state)
{
    bson_iter_t in;
    bson_iter_t records;
    bson_iter_t field;
    uint64_t    count = 0;

    if (!bson_iter_init_from_data(&in, state->message, state->size)) {
        return 0;
    }
    if constexpr (std::is_same_v<M, data_request>) {
        if (bson_iter_find(&in, set_of<M>::field)) {
            set_field<M>(&in, state->turn);
            count++;
        }
        return count;
    }
    if (!bson_iter_find(&in, set_of<M>::records) ||
        !bson_iter_recurse(&in, &records)) {
        return 0;
    }
    for (; bson_iter_next(&records); count++) {
        if (bson_iter_recurse(&records, &field) &&
            bson_iter_find(&field, set_of<M>::field)) {
            set_field<M>(&field, state->turn);
        }
    }
    return count;
}

// ---- The codec --------------------------------------------------------------

struct by_libbson : codec_defaults {
    static constexpr char id[] = "libbson";
    static constexpr char name[] = "libbson";
    static constexpr char format[] = "BSON";
    static constexpr char language[] = "C";
    static constexpr char memory[] = "reused buffer, no memory to read";
    static constexpr char note[] =
        "bson_append_* by bson_writer into the buffer, bson_iter_* in place in "
        "written order; UTF-8 is checked by verify and decode (bson_validate)";
    static constexpr bench_trust trust = BENCH_LAZY;
    static constexpr bool        updates = true;

    using own = kept;
    using reader = tree;

    static const char *version()
    {
        return bson_get_version();
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
    template <class M> static uint64_t build(bench_state *state, const M &model)
    {
        bson_t *made = bson_new();
        writer  w(made);

        write_record(w, model);
        uint64_t size = bench_built(state, bson_get_data(made), made->len);

        bson_destroy(made);
        return size;
    }
    template <class M>
    static uint64_t encode(bench_state *state, own &, const M &model)
    {
        size_t         room = state->capacity;
        bson_writer_t *to =
            bson_writer_new(&state->out, &room, 0, refuse, nullptr);
        bson_t *made;

        bson_writer_begin(to, &made);
        writer w(made);

        write_record(w, model);
        bson_writer_end(to);
        size_t size = bson_writer_get_length(to);

        bson_writer_destroy(to);
        return w.failed_ ? 0 : size;
    }
    template <class M> static uint64_t verify(bench_state *state, own &)
    {
        return is_valid(state);
    }
    static bool may_decode(const bench_state *state)
    {
        return is_valid(state);
    }
    template <class M> static uint64_t update(bench_state *state)
    {
        return update_records<M>(state);
    }
};

} // namespace

BENCH_CODEC(libbson, by_libbson)

// set.cpp -- see set.h.

#include "bench/harness/set.h"

#include <type_traits>

#include "bench/data/document.h"
#include "bench/data/fields.hpp"

namespace
{

using bench::describe;

// ---- Sums -------------------------------------------------------------------

// Adds up a model's scalars, its strings, or both.
template <bool Scalars, bool Strings> struct summer {
    uint64_t sum = 0;

    void add(inlay_str x)
    {
        sum += Strings ? bench_text(x.data, x.size) : 0;
    }

    void add(inlay_bytes x)
    {
        sum += Strings ? bench_text(x.data, x.size) : 0;
    }

    void add(float x)
    {
        sum += Scalars ? bench_f32(x) : 0;
    }

    void add(double x)
    {
        sum += Scalars ? bench_f64(x) : 0;
    }

    template <class T> void add_scalar(T x)
    {
        if (Scalars) {
            sum += static_cast<uint64_t>(x);
        }
    }

    template <class T> void add(const T &x)
    {
        if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
            add_scalar(x);
        } else {
            describe<T>::fields(*this, x);
        }
    }

    template <class T> void value(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void choice(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void record(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void optional(const char *, bool has, const T &x)
    {
        if (has) {
            add(x);
        }
    }

    template <class T> void optional_choice(const char *, bool has, const T &x)
    {
        optional("", has, x);
    }

    template <class T> void pointer(const char *, const T *x)
    {
        if (x != nullptr) {
            add(*x);
        }
    }

    template <class T> void list(const char *, const T *items, size_t count)
    {
        for (size_t i = 0; i < count; i++) {
            add(items[i]);
        }
    }

    template <class T, size_t N> void array(const char *, const T (&x)[N])
    {
        list("", x, N);
    }

    template <class T> void records(const char *, const T *items, size_t count)
    {
        list("", items, count);
    }

    template <class T> void map(const char *, const T *entries, size_t count)
    {
        for (size_t i = 0; i < count; i++) {
            add(entries[i].key);
            add(entries[i].value);
        }
    }
};

template <bool Scalars, bool Strings, class T> uint64_t sum_of(const T &x)
{
    summer<Scalars, Strings> to;

    to.add(x);
    return to.sum;
}

// ---- Digests ----------------------------------------------------------------

// Hashes every value in order, with counts and presence (FNV-1a).
struct hasher {
    uint64_t hash = UINT64_C(14695981039346656037);

    void bytes(const void *data, size_t size)
    {
        const auto *from = static_cast<const uint8_t *>(data);

        for (size_t i = 0; i < size; i++) {
            hash = (hash ^ from[i]) * UINT64_C(1099511628211);
        }
    }

    void number(uint64_t x)
    {
        bytes(&x, sizeof x);
    }

    void add(inlay_str x)
    {
        number(x.size);
        bytes(x.data, x.size);
    }

    void add(inlay_bytes x)
    {
        number(x.size);
        bytes(x.data, x.size);
    }

    template <class T> void add(const T &x)
    {
        if constexpr (std::is_floating_point_v<T>) {
            bytes(&x, sizeof x);
        } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
            number(static_cast<uint64_t>(x));
        } else {
            describe<T>::fields(*this, x);
        }
    }

    template <class T> void value(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void choice(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void record(const char *, const T &x)
    {
        add(x);
    }

    template <class T> void optional(const char *, bool has, const T &x)
    {
        number(has);
        if (has) {
            add(x);
        }
    }

    template <class T> void optional_choice(const char *, bool has, const T &x)
    {
        optional("", has, x);
    }

    template <class T> void pointer(const char *, const T *x)
    {
        number(x != nullptr);
        if (x != nullptr) {
            add(*x);
        }
    }

    template <class T> void list(const char *, const T *items, size_t count)
    {
        number(count);
        for (size_t i = 0; i < count; i++) {
            add(items[i]);
        }
    }

    template <class T, size_t N> void array(const char *, const T (&x)[N])
    {
        list("", x, N);
    }

    template <class T> void records(const char *, const T *items, size_t count)
    {
        list("", items, count);
    }

    template <class T> void map(const char *, const T *entries, size_t count)
    {
        number(count);
        for (size_t i = 0; i < count; i++) {
            add(entries[i].key);
            add(entries[i].value);
        }
    }
};

template <class T> uint64_t digest(const void *model)
{
    hasher to;

    to.add(*static_cast<const T *>(model));
    return to.hash;
}

// ---- Sets -------------------------------------------------------------------

// Where a root of type T has its records.
template <class T> struct table;

#define BENCH_TABLE(root, items_field, count_field, one_field)                 \
    template <> struct table<root> {                                           \
        static size_t count(const root &x)                                     \
        {                                                                      \
            return x.count_field;                                              \
        }                                                                      \
        static const auto &at(const root &x, size_t i)                         \
        {                                                                      \
            return x.items_field[i];                                           \
        }                                                                      \
        template <class R> static const auto &one(const R &record)             \
        {                                                                      \
            return record.one_field;                                           \
        }                                                                      \
    }

BENCH_TABLE(data_logs, logs, log_count, size);
BENCH_TABLE(data_mesh, triangles, triangle_count, normal.x);
BENCH_TABLE(data_players, players, player_count, score);
BENCH_TABLE(data_updates, updates, update_count, score);
BENCH_TABLE(data_telemetry, samples, sample_count, energy);
BENCH_TABLE(data_articles, articles, article_count, published);
BENCH_TABLE(data_catalogue, products, product_count, value.price);

// A request is its own only record.
template <> struct table<data_request> {
    static size_t count(const data_request &)
    {
        return 1;
    }

    static const data_request &at(const data_request &x, size_t)
    {
        return x;
    }

    static const auto &one(const data_request &x)
    {
        return x.deadline_us;
    }
};

template <class T> const T &root(const void *model)
{
    return *static_cast<const T *>(model);
}

template <class T> size_t records(const void *model)
{
    return table<T>::count(root<T>(model));
}

template <class T> uint64_t read_one(const void *model, size_t turn)
{
    const T &x = root<T>(model);

    return sum_of<true, false>(
        table<T>::one(table<T>::at(x, turn % table<T>::count(x))));
}

template <class R> uint64_t whole(const R &record)
{
    return sum_of<true, true>(record);
}

uint64_t whole(const data_entry &entry)
{
    return sum_of<true, true>(entry.key) + sum_of<true, true>(entry.value);
}

template <class T> uint64_t read_tenth(const void *model)
{
    const T &x = root<T>(model);
    uint64_t sum = 0;

    for (size_t i = 0; i < table<T>::count(x); i += 10) {
        sum += whole(table<T>::at(x, i));
    }
    return sum;
}

template <class T> uint64_t read_scalars(const void *model)
{
    return sum_of<true, false>(root<T>(model));
}

template <class T> uint64_t read_strings(const void *model)
{
    return sum_of<false, true>(root<T>(model));
}

template <class T> uint64_t updated(size_t turn)
{
    T *none = nullptr;
    using record = std::decay_t<decltype(table<T>::at(*none, 0))>;
    using field = std::decay_t<decltype(table<T>::one(*(record *)nullptr))>;

    return sum_of<true, false>(static_cast<field>(turn));
}

const data_entry &product(const void *model, size_t turn)
{
    const auto &x = root<data_catalogue>(model);

    return x.products[turn * 769 % x.product_count];
}

inlay_str key(const void *model, size_t turn)
{
    return product(model, turn).key;
}

uint64_t lookup(const void *model, size_t turn)
{
    const data_product &x = product(model, turn).value;

    return x.price + bench_text(x.name.data, x.name.size);
}

// ---- Models -----------------------------------------------------------------

template <class T> void one_model(const T *model, const void ***to, size_t *n)
{
    static const void *models[1];

    models[0] = model;
    *to = models;
    *n = 1;
}

void make_log(size_t part, const void ***to, size_t *n)
{
    one_model(data_logs_new(DATA_LOG_COUNT / part), to, n);
}

void make_mesh(size_t part, const void ***to, size_t *n)
{
    one_model(data_mesh_new(DATA_MESH_COUNT / part), to, n);
}

void make_minecraft(size_t part, const void ***to, size_t *n)
{
    one_model(data_players_new(DATA_MINECRAFT_COUNT / part), to, n);
}

void make_mk48(size_t part, const void ***to, size_t *n)
{
    one_model(data_updates_new(DATA_MK48_COUNT / part), to, n);
}

void make_rpc(size_t, const void ***to, size_t *n)
{
    static const void *models[DATA_RPC_COUNT];
    data_requests     *requests = data_requests_new(DATA_RPC_COUNT);

    for (size_t i = 0; i < DATA_RPC_COUNT; i++) {
        models[i] = &requests->requests[i];
    }
    *to = models;
    *n = DATA_RPC_COUNT;
}

void make_telemetry(size_t part, const void ***to, size_t *n)
{
    one_model(data_telemetry_new(DATA_TELEMETRY_COUNT / part), to, n);
}

void make_cjk(size_t part, const void ***to, size_t *n)
{
    one_model(data_articles_new(DATA_ARTICLES_COUNT / part), to, n);
}

void make_catalogue(size_t part, const void ***to, size_t *n)
{
    one_model(data_catalogue_new(DATA_CATALOGUE_COUNT / part), to, n);
}

template <class T>
constexpr bench_set set_of(const char *name, const char *about,
                           decltype(bench_set::make) make)
{
    bench_set set = {};

    set.name = name;
    set.about = about;
    set.make = make;
    set.records = records<T>;
    set.read_one = read_one<T>;
    set.read_tenth = read_tenth<T>;
    set.read_scalars = read_scalars<T>;
    set.read_strings = read_strings<T>;
    set.updated = updated<T>;
    set.digest = digest<T>;
    return set;
}

// ---- The user's own ---------------------------------------------------------

const data_document *user_document;

template <bool Scalars, bool Strings> uint64_t sum_node(const data_node &node)
{
    uint64_t sum = 0;

    switch (node.kind) {
    case DATA_BOOL:
        return Scalars ? node.of.boolean : 0;
    case DATA_INTEGER:
    case DATA_NATURAL:
        return Scalars ? node.of.natural : 0;
    case DATA_REAL:
        return Scalars ? bench_f64(node.of.real) : 0;
    case DATA_TEXT:
        return Strings ? bench_text(node.of.text.data, node.of.text.size) : 0;
    case DATA_ARRAY:
    case DATA_OBJECT:
        for (size_t i = 0; i < node.of.list.count; i++) {
            sum += sum_node<Scalars, Strings>(node.of.list.items[i]);
        }
        return sum;
    default:
        return 0;
    }
}

void make_user(size_t, const void ***to, size_t *n)
{
    one_model(user_document, to, n);
}

size_t user_records(const void *)
{
    return 1;
}

uint64_t user_scalars(const void *model)
{
    return sum_node<true, false>(root<data_document>(model).root);
}

uint64_t user_strings(const void *model)
{
    return sum_node<false, true>(root<data_document>(model).root);
}

bench_set user_set()
{
    bench_set set = {};

    set.name = "user";
    set.about = "your own";
    set.make = make_user;
    set.records = user_records;
    set.read_scalars = user_scalars;
    set.read_strings = user_strings;
    return set;
}

bench_set catalogue_set()
{
    bench_set set = set_of<data_catalogue>(
        "catalogue", "2,000 products by number, most properties absent",
        make_catalogue);

    set.key = key;
    set.lookup = lookup;
    return set;
}

} // namespace

extern "C" const bench_set bench_sets[BENCH_SETS] = {
    set_of<data_logs>("log", "10,000 lines of a web server's log", make_log),
    set_of<data_mesh>("mesh", "125,000 triangles, nothing but floats",
                      make_mesh),
    set_of<data_players>("minecraft", "500 players of a game, deeply nested",
                         make_minecraft),
    set_of<data_updates>("mk48", "1,000 updates of a game of ships", make_mk48),
    set_of<data_request>("rpc", "small requests, a message each", make_rpc),
    set_of<data_telemetry>("telemetry", "5,000 samples of integers",
                           make_telemetry),
    set_of<data_articles>("cjk", "500 Chinese articles", make_cjk),
    catalogue_set(),
    user_set(),
};

extern "C" void bench_set_user(const data_document *document)
{
    user_document = document;
}

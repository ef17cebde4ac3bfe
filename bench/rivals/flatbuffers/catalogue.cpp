// catalogue.cpp -- the data set "catalogue" in FlatBuffers.

#include "bench/data/catalogue.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "catalogue_generated.h"

namespace wire = bench_flatbuffers::catalogue;

namespace bench
{

template <> struct accessors<flat::library, data_attribute> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::key, &data_attribute::key);
        f.text(&M::value, &data_attribute::value);
    }
};

template <> struct accessors<flat::library, data_product> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_product;

        f.text(&M::name, &T::name);
        f.scalar(&M::price, &T::price);
        f.scalar(&M::currency, &T::currency);
        f.maybe(&M::weight, &T::has_weight, &T::weight);
        f.maybe(&M::ean, &T::has_ean, &T::ean);
        f.maybe(&M::stock, &T::has_stock, &T::stock);
        f.maybe(&M::rating, &T::has_rating, &T::rating);
        f.maybe(&M::discontinued, &T::has_discontinued, &T::discontinued);
        f.maybe_text(&M::brand, &T::has_brand, &T::brand);
        f.maybe_text(&M::colour, &T::has_colour, &T::colour);
        f.maybe_text(&M::size, &T::has_size, &T::size);
        f.maybe_text(&M::description, &T::has_description, &T::description);
        f.maybe_text(&M::replaces, &T::has_replaces, &T::replaces);
        f.scalars(&M::categories, &T::categories, &T::category_count);
        f.records(&M::attributes, &T::attributes, &T::attribute_count);
    }
};

// A product carries its own key: an entry is the product.
template <class M> static BENCH_INLINE const M *itself(const M &from)
{
    return &from;
}

template <> struct accessors<flat::library, data_entry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::sku, &data_entry::key);
        f.record(itself<M>, &data_entry::value);
    }
};

template <> struct accessors<flat::library, data_catalogue> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::products, &data_catalogue::products,
                  &data_catalogue::product_count);
    }
};

namespace flat
{

static Offset<wire::Attribute> put(writer &to, const data_attribute &from)
{
    auto key = put(to, from.key);

    return wire::CreateAttribute(to.builder, key, put(to, from.value));
}

static Offset<wire::Product> put(writer &to, const data_entry &entry)
{
    const data_product &from = entry.value;

    auto sku = put(to, entry.key);
    auto name = put(to, from.name);
    auto brand = put_maybe(to, from.has_brand, from.brand);
    auto colour = put_maybe(to, from.has_colour, from.colour);
    auto size = put_maybe(to, from.has_size, from.size);
    auto description = put_maybe(to, from.has_description, from.description);
    auto replaces = put_maybe(to, from.has_replaces, from.replaces);
    auto categories =
        to.builder.CreateVector(from.categories, from.category_count);
    auto attributes =
        put_list<wire::Attribute>(to, from.attributes, from.attribute_count);

    return wire::CreateProduct(
        to.builder, sku, name, from.price,
        static_cast<wire::Currency>(from.currency),
        maybe(from.has_weight, from.weight), maybe(from.has_ean, from.ean),
        maybe(from.has_stock, from.stock), maybe(from.has_rating, from.rating),
        maybe(from.has_discontinued, from.discontinued), brand, colour, size,
        description, replaces, categories, attributes);
}

// Entries come by ascending key, so nothing has to be sorted.
static Offset<wire::Catalogue> put(writer &to, const data_catalogue &from)
{
    return wire::CreateCatalogue(
        to.builder,
        put_list<wire::Product>(to, from.products, from.product_count));
}

namespace
{

struct catalogue_set : data_set<data_catalogue, data_entry, wire::Catalogue> {
    static constexpr bool has_keys = true;

    static BENCH_INLINE auto records(const root &from)
    {
        return from.products();
    }
    static BENCH_INLINE auto field(const wire::Product &from)
    {
        return from.price();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_products(), f);
    }
    static bool set(wire::Product *to, size_t turn)
    {
        return to->mutate_price(turn);
    }
    // LookupByKey wants a terminated string.
    static uint64_t found(const root &from, inlay_str key)
    {
        char text[64];

        if (key.size >= sizeof text) {
            return 0;
        }
        memcpy(text, key.data, key.size);
        text[key.size] = 0;

        const wire::Product *product = from.products()->LookupByKey(text);

        return product == nullptr
                   ? 0
                   : product->price() +
                         text_sum(library::text(product->name()));
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_catalogue_verified =
    bench::flat::make_case<bench::flat::catalogue_set>(true);
const bench_case flat_catalogue_once =
    bench::flat::make_case<bench::flat::catalogue_set>(false);

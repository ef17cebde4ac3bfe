// catalogue.cpp -- the data set "catalogue" in protobuf.

#include "bench/data/catalogue.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "catalogue.pb.h"

namespace wire = bench_protobuf::catalogue;

namespace bench
{

template <> struct accessors<proto::library, data_attribute> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::first, &data_attribute::key);
        f.text(&M::second, &data_attribute::value);
    }
};

template <> struct accessors<proto::library, data_product> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_product;

        f.text(&M::name, &T::name);
        f.scalar(&M::price, &T::price);
        f.scalar(&M::currency, &T::currency);
        f.maybe(present(&M::has_weight, &M::weight), &T::has_weight,
                &T::weight);
        f.maybe(present(&M::has_ean, &M::ean), &T::has_ean, &T::ean);
        f.maybe(present(&M::has_stock, &M::stock), &T::has_stock, &T::stock);
        f.maybe(present(&M::has_rating, &M::rating), &T::has_rating,
                &T::rating);
        f.maybe(present(&M::has_discontinued, &M::discontinued),
                &T::has_discontinued, &T::discontinued);
        f.maybe_text(present(&M::has_brand, &M::brand), &T::has_brand,
                     &T::brand);
        f.maybe_text(present(&M::has_colour, &M::colour), &T::has_colour,
                     &T::colour);
        f.maybe_text(present(&M::has_size, &M::size), &T::has_size, &T::size);
        f.maybe_text(present(&M::has_description, &M::description),
                     &T::has_description, &T::description);
        f.maybe_text(present(&M::has_replaces, &M::replaces), &T::has_replaces,
                     &T::replaces);
        f.scalars(
            [](const M &m) -> const auto & { return m.categories(); },
            &T::categories, &T::category_count);
        f.records(&M::attributes, &T::attributes, &T::attribute_count);
    }
};

template <> struct accessors<proto::library, data_entry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::first, &data_entry::key);
        f.record(&M::second, &data_entry::value);
    }
};

template <> struct accessors<proto::library, data_catalogue> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::products, &data_catalogue::products,
                  &data_catalogue::product_count);
    }
};

namespace proto
{

static void put(library, wire::Product *to, const data_product &from)
{
    to->set_name(from.name.data, from.name.size);
    to->set_price(from.price);
    to->set_currency(static_cast<wire::Currency>(from.currency));
    if (from.has_weight) {
        to->set_weight(from.weight);
    }
    if (from.has_ean) {
        to->set_ean(from.ean);
    }
    if (from.has_stock) {
        to->set_stock(from.stock);
    }
    if (from.has_rating) {
        to->set_rating(from.rating);
    }
    if (from.has_discontinued) {
        to->set_discontinued(from.discontinued);
    }
    if (from.has_brand) {
        to->set_brand(from.brand.data, from.brand.size);
    }
    if (from.has_colour) {
        to->set_colour(from.colour.data, from.colour.size);
    }
    if (from.has_size) {
        to->set_size(from.size.data, from.size.size);
    }
    if (from.has_description) {
        to->set_description(from.description.data, from.description.size);
    }
    if (from.has_replaces) {
        to->set_replaces(from.replaces.data, from.replaces.size);
    }
    put_scalars(to->mutable_categories(), from.categories, from.category_count);
    for (size_t i = 0; i < from.attribute_count; i++) {
        const data_attribute &item = from.attributes[i];

        (*to->mutable_attributes())[string_of(item.key)].assign(
            item.value.data, item.value.size);
    }
}

static void put(library, wire::Catalogue *to, const data_catalogue &from)
{
    for (size_t i = 0; i < from.product_count; i++) {
        const data_entry &entry = from.products[i];

        put(library(), &(*to->mutable_products())[string_of(entry.key)],
            entry.value);
    }
}

namespace
{

struct catalogue_set : data_set<data_catalogue, data_entry, wire::Catalogue> {
    static constexpr bool has_map = true;

    static uint64_t found(const root &from, inlay_str key)
    {
        auto at = from.products().find(string_of(key));

        return at == from.products().end()
                   ? 0
                   : at->second.price() +
                         text_sum(library::text(at->second.name()));
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_catalogue =
    bench::proto::arena_case<bench::proto::catalogue_set>;
const bench_case proto_catalogue_again =
    bench::proto::again_case<bench::proto::catalogue_set>;

// catalogue.cpp -- the data set "catalogue" in protobuf-c.

#include "bench/data/catalogue.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "catalogue.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_attribute> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::key, &data_attribute::key);
        f.text(&M::value, &data_attribute::value);
    }
};

template <> struct accessors<protoc::library, data_product> {
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
        f.maybe_text(&M::brand, &T::has_brand, &T::brand);
        f.maybe_text(&M::colour, &T::has_colour, &T::colour);
        f.maybe_text(&M::size, &T::has_size, &T::size);
        f.maybe_text(&M::description, &T::has_description, &T::description);
        f.maybe_text(&M::replaces, &T::has_replaces, &T::replaces);
        f.scalars(protoc::items(&M::n_categories, &M::categories),
                  &T::categories, &T::category_count);
        f.records(protoc::items(&M::n_attributes, &M::attributes),
                  &T::attributes, &T::attribute_count);
    }
};

template <> struct accessors<protoc::library, data_entry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::key, &data_entry::key);
        f.record(&M::value, &data_entry::value);
    }
};

template <> struct accessors<protoc::library, data_catalogue> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_products, &M::products),
                  &data_catalogue::products, &data_catalogue::product_count);
    }
};

namespace protoc
{

static void put(library, arena &memory, BenchCatalogue__Attribute *to,
                const data_attribute &from)
{
    to->key = make_text(memory, from.key);
    to->value = make_text(memory, from.value);
}

static void put(library, arena &memory, BenchCatalogue__Product *to,
                const data_product &from)
{
    to->name = make_text(memory, from.name);
    to->price = from.price;
    to->currency = static_cast<BenchCatalogue__Currency>(from.currency);
    to->has_weight = from.has_weight;
    to->weight = from.weight;
    to->has_ean = from.has_ean;
    to->ean = from.ean;
    to->has_stock = from.has_stock;
    to->stock = from.stock;
    to->has_rating = from.has_rating;
    to->rating = from.rating;
    to->has_discontinued = from.has_discontinued;
    to->discontinued = from.discontinued;
    to->brand = make_maybe(memory, from.has_brand, from.brand);
    to->colour = make_maybe(memory, from.has_colour, from.colour);
    to->size = make_maybe(memory, from.has_size, from.size);
    to->description =
        make_maybe(memory, from.has_description, from.description);
    to->replaces = make_maybe(memory, from.has_replaces, from.replaces);
    to->n_categories = from.category_count;
    to->categories = borrow(from.categories);
    to->n_attributes = from.attribute_count;
    to->attributes = make_list(memory, bench_catalogue__attribute__init,
                               from.attributes, from.attribute_count);
}

static void put(library, arena &memory, BenchCatalogue__Entry *to,
                const data_entry &from)
{
    to->key = make_text(memory, from.key);
    to->value = make(memory, bench_catalogue__product__init, from.value);
}

static void put(library, arena &memory, BenchCatalogue__Catalogue *to,
                const data_catalogue &from)
{
    to->n_products = from.product_count;
    to->products = make_list(memory, bench_catalogue__entry__init,
                             from.products, from.product_count);
}

namespace
{

struct catalogue_set
    : data_set<data_catalogue, data_entry, BenchCatalogue__Catalogue> {
    static constexpr auto descriptor = &bench_catalogue__catalogue__descriptor;
    static constexpr auto init = bench_catalogue__catalogue__init;
    static constexpr bool has_keys = true;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchCatalogue__Entry *>{from.products,
                                                  from.n_products};
    }
    static BENCH_INLINE auto field(const BenchCatalogue__Entry &from)
    {
        return from.value->price;
    }

    // Entries come by ascending key.
    static uint64_t found(const root &from, inlay_str key)
    {
        size_t low = 0;
        size_t high = from.n_products;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (order(from.products[middle]->key, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < from.n_products && order(from.products[low]->key, key) == 0
                   ? sum(*from.products[low]->value)
                   : 0;
    }
    static int order(const char *a, inlay_str b)
    {
        int order = strncmp(a, b.data, b.size);

        return order == 0 && a[b.size] != 0 ? 1 : order;
    }
    static uint64_t sum(const BenchCatalogue__Product &product)
    {
        return product.price + text_sum(library::text(product.name));
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_catalogue =
    bench::protoc::make_case<bench::protoc::catalogue_set>();

// catalogue.cpp -- the data set "catalogue" in Cap'n Proto.

#include "bench/data/catalogue.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "catalogue.capnp.h"

namespace wire = bench_capnp::catalogue;

namespace bench
{

template <> struct accessors<cap::library, data_attribute> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::getKey, &data_attribute::key);
        f.text(&M::getValue, &data_attribute::value);
    }
};

template <> struct accessors<cap::library, data_product> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_product;

        f.text(&M::getName, &T::name);
        f.scalar(&M::getPrice, &T::price);
        f.scalar(&M::getCurrency, &T::currency);
        f.maybe(present(&M::getIsWeightSet, &M::getWeight), &T::has_weight,
                &T::weight);
        f.maybe(present(&M::getIsEanSet, &M::getEan), &T::has_ean, &T::ean);
        f.maybe(present(&M::getIsStockSet, &M::getStock), &T::has_stock,
                &T::stock);
        f.maybe(present(&M::getIsRatingSet, &M::getRating), &T::has_rating,
                &T::rating);
        f.maybe(present(&M::getIsDiscontinuedSet, &M::getDiscontinued),
                &T::has_discontinued, &T::discontinued);
        f.maybe_text(present(&M::hasBrand, &M::getBrand), &T::has_brand,
                     &T::brand);
        f.maybe_text(present(&M::hasColour, &M::getColour), &T::has_colour,
                     &T::colour);
        f.maybe_text(present(&M::hasSize, &M::getSize), &T::has_size, &T::size);
        f.maybe_text(present(&M::hasDescription, &M::getDescription),
                     &T::has_description, &T::description);
        f.maybe_text(present(&M::hasReplaces, &M::getReplaces),
                     &T::has_replaces, &T::replaces);
        f.scalars(&M::getCategories, &T::categories, &T::category_count);
        f.records(&M::getAttributes, &T::attributes, &T::attribute_count);
    }
};

// A product carries its own key: an entry is the product.
template <class M> static BENCH_INLINE const M *itself(const M &from)
{
    return &from;
}

template <> struct accessors<cap::library, data_entry> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.text(&M::getSku, &data_entry::key);
        f.record(itself<M>, &data_entry::value);
    }
};

template <> struct accessors<cap::library, data_catalogue> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getProducts, &data_catalogue::products,
                  &data_catalogue::product_count);
    }
};

namespace cap
{

static void put(library, wire::Attribute::Builder to,
                const data_attribute &from)
{
    copy(to.initKey(count32(from.key.size)), from.key);
    copy(to.initValue(count32(from.value.size)), from.value);
}

static void put(library, wire::Product::Builder to, const data_entry &entry)
{
    const data_product &from = entry.value;

    copy(to.initSku(count32(entry.key.size)), entry.key);
    copy(to.initName(count32(from.name.size)), from.name);
    to.setPrice(from.price);
    to.setCurrency(static_cast<wire::Currency>(from.currency));
    if (from.has_weight) {
        to.setIsWeightSet(true);
        to.setWeight(from.weight);
    }
    if (from.has_ean) {
        to.setIsEanSet(true);
        to.setEan(from.ean);
    }
    if (from.has_stock) {
        to.setIsStockSet(true);
        to.setStock(from.stock);
    }
    if (from.has_rating) {
        to.setIsRatingSet(true);
        to.setRating(from.rating);
    }
    if (from.has_discontinued) {
        to.setIsDiscontinuedSet(true);
        to.setDiscontinued(from.discontinued);
    }
    if (from.has_brand) {
        copy(to.initBrand(count32(from.brand.size)), from.brand);
    }
    if (from.has_colour) {
        copy(to.initColour(count32(from.colour.size)), from.colour);
    }
    if (from.has_size) {
        copy(to.initSize(count32(from.size.size)), from.size);
    }
    if (from.has_description) {
        copy(to.initDescription(count32(from.description.size)),
             from.description);
    }
    if (from.has_replaces) {
        copy(to.initReplaces(count32(from.replaces.size)), from.replaces);
    }
    put_scalars(to.initCategories(count32(from.category_count)),
                from.categories, from.category_count);
    put_list(to.initAttributes(count32(from.attribute_count)), from.attributes,
             from.attribute_count);
}

// Entries come by ascending key, so nothing has to be sorted.
static void put(library, wire::Catalogue::Builder to,
                const data_catalogue &from)
{
    put_list(to.initProducts(count32(from.product_count)), from.products,
             from.product_count);
}

namespace
{

struct catalogue_set : data_set<data_catalogue, data_entry, wire::Catalogue> {
    static constexpr bool has_keys = true;

    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getProducts();
    }
    static BENCH_INLINE auto field(const wire::Product::Reader &from)
    {
        return from.getPrice();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(
            from.getProducts(),
            [turn](wire::Product::Builder to) { to.setPrice(turn); });
    }

    static uint64_t found(const root::Reader &from, inlay_str key)
    {
        auto     products = from.getProducts();
        unsigned low = 0;
        unsigned high = products.size();

        while (low < high) {
            unsigned middle = low + (high - low) / 2;

            if (less(products[middle].getSku(), key)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < products.size() && equal(products[low].getSku(), key)
                   ? sum(products[low])
                   : 0;
    }
    static uint64_t sum(wire::Product::Reader product)
    {
        return product.getPrice() + text_sum(library::text(product.getName()));
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_catalogue_flat =
    bench::cap::flat_case<bench::cap::catalogue_set>;
const bench_case cap_catalogue_packed =
    bench::cap::packed_case<bench::cap::catalogue_set>;

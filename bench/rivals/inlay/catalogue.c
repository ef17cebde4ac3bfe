// catalogue.c -- Inlay on "catalogue".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/catalogue.h"
#include "catalogue.inlay.h"

// ---- Native structs ---------------------------------------------------------

static inlay_str_opt optional(bool has, inlay_str value)
{
    return (inlay_str_opt){has, has ? value : (inlay_str){NULL, 0}};
}

static bool attributes_of(inlay_arena *arena, const data_product *product,
                          catalogue_product_attributes *to)
{
    size_t                              count = product->attribute_count;
    catalogue_product_attributes_entry *made = take(arena, count, sizeof *made);
    size_t                              i;

    for (i = 0; made != NULL && i < count; i++) {
        made[i].key = product->attributes[i].key;
        made[i].value = product->attributes[i].value;
    }
    *to = (catalogue_product_attributes){made, count};
    return made != NULL;
}

static bool product_of(inlay_arena *arena, const data_product *product,
                       catalogue_product *to)
{
    *to = (catalogue_product){
        .name = product->name,
        .price = product->price,
        .currency = (catalogue_currency)product->currency,
        .weight = {product->has_weight, product->weight},
        .ean = {product->has_ean, product->ean},
        .stock = {product->has_stock, product->stock},
        .rating = {product->has_rating, product->rating},
        .discontinued = {product->has_discontinued, product->discontinued},
        .brand = optional(product->has_brand, product->brand),
        .colour = optional(product->has_colour, product->colour),
        .size = optional(product->has_size, product->size),
        .description = optional(product->has_description, product->description),
        .replaces = optional(product->has_replaces, product->replaces),
        .categories = {product->categories, product->category_count},
    };
    return attributes_of(arena, product, &to->attributes);
}

static const catalogue_catalogue *native_of(const void  *model,
                                            inlay_arena *arena)
{
    const data_catalogue               *data = model;
    catalogue_catalogue                *root = take(arena, 1, sizeof *root);
    catalogue_catalogue_products_entry *made =
        take(arena, data->product_count, sizeof *made);
    size_t i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->product_count; i++) {
        made[i].key = data->products[i].key;
        if (!product_of(arena, &data->products[i].value, &made[i].value)) {
            return NULL;
        }
    }
    *root = (catalogue_catalogue){.products = {made, data->product_count}};
    return root;
}

// ---- Reading ----------------------------------------------------------------

static INLAY_INLINE uint64_t product_scalars(catalogue_product_view product)
{
    inlay_u32_list_view categories = catalogue_product_get_categories(product);
    size_t              count = inlay_u32_list_count(categories);
    uint64_t            sum = 0;
    size_t              i;

    for (i = 0; i < count; i++) {
        sum += inlay_u32_list_at(categories, i);
    }
    // Absent ones are 0.
    return sum + catalogue_product_get_price(product) +
           catalogue_product_get_currency(product) +
           catalogue_product_get_weight(product) +
           catalogue_product_get_ean(product) +
           (uint64_t)catalogue_product_get_stock(product) +
           bench_f32(catalogue_product_get_rating(product)) +
           catalogue_product_get_discontinued(product);
}

static INLAY_INLINE uint64_t text_or_0(bool has, inlay_str text)
{
    return has ? text_of(text) : 0;
}

static INLAY_INLINE uint64_t
attributes_strings(catalogue_product_attributes_view map)
{
    size_t   count = catalogue_product_attributes_count(map);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += text_of(catalogue_product_attributes_key_at(map, i)) +
               text_of(catalogue_product_attributes_value_at(map, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t product_strings(catalogue_product_view product)
{
    return text_of(catalogue_product_get_name(product)) +
           text_or_0(catalogue_product_has_brand(product),
                     catalogue_product_get_brand(product)) +
           text_or_0(catalogue_product_has_colour(product),
                     catalogue_product_get_colour(product)) +
           text_or_0(catalogue_product_has_size(product),
                     catalogue_product_get_size(product)) +
           text_or_0(catalogue_product_has_description(product),
                     catalogue_product_get_description(product)) +
           text_or_0(catalogue_product_has_replaces(product),
                     catalogue_product_get_replaces(product)) +
           attributes_strings(catalogue_product_get_attributes(product));
}

// ---- The set's operations ---------------------------------------------------

static INLAY_INLINE uint64_t one(catalogue_catalogue_view root, size_t turn)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    size_t count = catalogue_catalogue_products_count(map);

    return count == 0
               ? 0
               : catalogue_product_get_price(
                     catalogue_catalogue_products_value_at(map, turn % count));
}

static INLAY_INLINE uint64_t tenth(catalogue_catalogue_view root)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    size_t   count = catalogue_catalogue_products_count(map);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i += 10) {
        catalogue_product_view product =
            catalogue_catalogue_products_value_at(map, i);

        sum += text_of(catalogue_catalogue_products_key_at(map, i)) +
               product_scalars(product) + product_strings(product);
    }
    return sum;
}

static INLAY_INLINE uint64_t scalars(catalogue_catalogue_view root)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    size_t   count = catalogue_catalogue_products_count(map);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += product_scalars(catalogue_catalogue_products_value_at(map, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t strings(catalogue_catalogue_view root)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    size_t   count = catalogue_catalogue_products_count(map);
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < count; i++) {
        sum += text_of(catalogue_catalogue_products_key_at(map, i)) +
               product_strings(catalogue_catalogue_products_value_at(map, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t lookup(catalogue_catalogue_view root,
                                    inlay_str                key)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    catalogue_product_view product = catalogue_catalogue_products_value_at(
        map, catalogue_catalogue_products_find(map, key));

    return catalogue_product_get_price(product) +
           text_of(catalogue_product_get_name(product));
}

static INLAY_INLINE uint64_t update(catalogue_catalogue_view root, size_t turn)
{
    catalogue_catalogue_products_view map =
        catalogue_catalogue_get_products(root);
    size_t count = catalogue_catalogue_products_count(map);
    size_t i;

    for (i = 0; i < count; i++) {
        catalogue_product_set_price(
            catalogue_catalogue_products_value_at(map, i), turn);
    }
    return count;
}

#define INLAY_ROOT catalogue_catalogue
#define INLAY_LOOKUP
#include "bench/rivals/inlay/cases.h"

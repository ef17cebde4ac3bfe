/* catalogue.h -- the data set "catalogue": maps, and optionals that are absent.
 *
 * A shop's products by article number, each with a dozen properties of which
 * most products have few, and a map of further ones.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_CATALOGUE_H
#define BENCH_DATA_CATALOGUE_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_CATALOGUE_COUNT 2000

typedef enum data_currency {
    DATA_EUR,
    DATA_USD,
    DATA_JPY,
    DATA_GBP,
} data_currency;

typedef struct data_attribute {
    inlay_str key;
    inlay_str value;
} data_attribute;

typedef struct data_product {
    inlay_str       name;
    uint64_t        price;
    data_currency   currency;
    bool            has_weight;
    uint32_t        weight;
    bool            has_ean;
    uint64_t        ean;
    bool            has_stock;
    int32_t         stock;
    bool            has_rating;
    float           rating;
    bool            has_discontinued;
    bool            discontinued;
    bool            has_brand;
    inlay_str       brand;
    bool            has_colour;
    inlay_str       colour;
    bool            has_size;
    inlay_str       size;
    bool            has_description;
    inlay_str       description;
    bool            has_replaces;
    inlay_str       replaces;
    uint32_t       *categories;
    size_t          category_count;
    data_attribute *attributes; /* by ascending key, each key once */
    size_t          attribute_count;
} data_product;

typedef struct data_entry {
    inlay_str    key;
    data_product value;
} data_entry;

typedef struct data_catalogue {
    data_entry *products; /* by ascending key, each key once */
    size_t      product_count;
    data_arena  memory;
} data_catalogue;

/* Generates `count` products. Never NULL. */
data_catalogue *data_catalogue_new(size_t count);

void data_catalogue_free(data_catalogue *self);

#ifdef __cplusplus
}
#endif

#endif

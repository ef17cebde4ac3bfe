// catalogue.c -- generates "catalogue".

#include "bench/data/catalogue.h"

#include <stdio.h>

#include "bench/data/rng.h"

static const char *const nouns[] = {"lamp", "chair", "desk",  "shelf",
                                    "mug",  "plate", "knife", "kettle",
                                    "rug",  "sofa"};

static const char *const adjectives[] = {"small", "large",   "folding", "oak",
                                         "steel", "vintage", "garden",  "kids"};

static const char *const brands[] = {"Nordhem", "Casa Viva", "Tekton",
                                     "Ostrava Works", "Lumen"};

static const char *const colours[] = {"black", "white", "oak", "sea green"};

static const char *const sizes[] = {"S", "M", "L", "XL", "120x60"};

// By ascending key, as maps want them.
static const char *const attribute_keys[] = {
    "assembly",  "care",     "country",  "depth_mm", "energy",
    "height_mm", "material", "warranty", "width_mm"};

#define ATTRIBUTE_KEYS (sizeof attribute_keys / sizeof attribute_keys[0])

static const char *const attribute_values[] = {
    "required", "wipe clean", "SE", "410", "A++", "1200", "steel", "24 months"};

#define PRESENT 0.2

static inlay_str optional_text(rng *random, data_arena *memory, bool *has,
                               const char *const *texts, size_t count)
{
    const char *text = rng_text(random, texts, count);

    *has = rng_chance(random, PRESENT);
    return *has ? data_arena_text(memory, text) : (inlay_str){"", 0};
}

#define OPTIONAL_TEXT(random, memory, has, texts)                              \
    optional_text(random, memory, has, texts,                                  \
                  sizeof(texts) / sizeof((texts)[0]))

static void make_description(data_product *product, rng *random,
                             data_arena *memory)
{
    char text[160];

    product->has_description = rng_chance(random, PRESENT);
    product->description = (inlay_str){"", 0};
    if (product->has_description) {
        snprintf(text, sizeof text,
                 "A %s %s for every home; ships in %u days, made to last.",
                 RNG_TEXT(random, adjectives), RNG_TEXT(random, nouns),
                 (unsigned)rng_below_u32(random, 30));
        product->description = data_arena_text(memory, text);
    }
}

static void make_attributes(data_product *product, rng *random,
                            data_arena *memory)
{
    size_t i;

    product->attributes =
        data_arena_array(memory, ATTRIBUTE_KEYS, sizeof *product->attributes);
    for (i = 0; i < ATTRIBUTE_KEYS; i++) {
        if (rng_chance(random, PRESENT)) {
            data_attribute *attribute =
                &product->attributes[product->attribute_count++];

            attribute->key = data_arena_text(memory, attribute_keys[i]);
            attribute->value =
                data_arena_text(memory, RNG_TEXT(random, attribute_values));
        }
    }
}

static void make_product(data_product *product, rng *random, data_arena *memory)
{
    char   text[64];
    size_t i;

    snprintf(text, sizeof text, "%s %s %u", RNG_TEXT(random, adjectives),
             RNG_TEXT(random, nouns), (unsigned)rng_below_u32(random, 100));
    product->name = data_arena_text(memory, text);
    product->price = 100 + rng_below_u32(random, 100000);
    product->currency = (data_currency)rng_below_u32(random, 4);
    product->has_weight = rng_chance(random, PRESENT);
    product->weight = product->has_weight ? rng_below_u32(random, 50000) : 0;
    product->has_ean = rng_chance(random, PRESENT);
    product->ean = product->has_ean ? UINT64_C(4000000000000) +
                                          rng_below_u32(random, 1000000000)
                                    : 0;
    product->has_stock = rng_chance(random, PRESENT);
    product->stock = product->has_stock ? rng_range_i32(random, -5, 500) : 0;
    product->has_rating = rng_chance(random, PRESENT);
    product->rating =
        product->has_rating ? rng_range_f32(random, 1.0f, 5.0f) : 0;
    product->has_discontinued = rng_chance(random, PRESENT);
    product->discontinued =
        product->has_discontinued && rng_chance(random, 0.5);
    product->brand = OPTIONAL_TEXT(random, memory, &product->has_brand, brands);
    product->colour =
        OPTIONAL_TEXT(random, memory, &product->has_colour, colours);
    product->size = OPTIONAL_TEXT(random, memory, &product->has_size, sizes);
    make_description(product, random, memory);
    product->replaces =
        OPTIONAL_TEXT(random, memory, &product->has_replaces, nouns);
    product->category_count = 1 + rng_below_u32(random, 3);
    product->categories = data_arena_array(memory, product->category_count,
                                           sizeof *product->categories);
    for (i = 0; i < product->category_count; i++) {
        product->categories[i] = rng_below_u32(random, 400);
    }
    make_attributes(product, random, memory);
}

data_catalogue *data_catalogue_new(size_t count)
{
    data_arena      memory = {NULL};
    data_catalogue *self = data_arena_array(&memory, 1, sizeof *self);
    rng             random;
    size_t          i;

    rng_init(&random);
    self->products = data_arena_array(&memory, count, sizeof *self->products);
    self->product_count = count;
    for (i = 0; i < count; i++) {
        char key[32];

        // Ascending by construction: seven digits, gaps at random.
        snprintf(key, sizeof key, "SKU-%07u",
                 (unsigned)(i * 97 + rng_below_u32(&random, 97)));
        self->products[i].key = data_arena_text(&memory, key);
        make_product(&self->products[i].value, &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_catalogue_free(data_catalogue *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}

// main.c -- prints products: from Redis where they are there, else from the
// catalogue, and into Redis then.
#include <inttypes.h>
#include <string.h>

#include "cache.h"
#include "shop_file.h"
#include "shop_text.h"

static const char usage[] =
    "redis-cache [--ttl MS] [--wait MS] SOCKET FILE ARTICLE...";

typedef struct options {
    uint64_t    ttl_ms;
    uint64_t    wait_ms;
    const char *socket;
    const char *file;
} options;

// Parses the options; returns how many words they are, 0 for wrong usage.
static int parse_options(int count, char *const *words, options *to)
{
    int i;

    *to = (options){.ttl_ms = 60000, .wait_ms = 200};
    for (i = 1; i + 1 < count && strncmp(words[i], "--", 2) == 0; i += 2) {
        uint64_t *number = strcmp(words[i], "--ttl") == 0    ? &to->ttl_ms
                           : strcmp(words[i], "--wait") == 0 ? &to->wait_ms
                                                             : NULL;

        if (number == NULL ||
            !parse_number(inlay_str_from(words[i + 1]), 86400000, number) ||
            *number == 0) {
            return 0;
        }
    }
    if (count - i < 3) {
        return 0;
    }
    to->socket = words[i];
    to->file = words[i + 1];
    return i + 2;
}

// The source of truth: as slow as it has to be. Prints a product and hands it
// to the cache.
static int print_from_file(cache *self, const shop_file *file,
                           inlay_str article)
{
    shop_catalogue_products_view products =
        shop_catalogue_get_products(file->catalogue);
    size_t            at = shop_catalogue_products_find(products, article);
    shop_product_view product;
    shop_product      native;
    inlay_arena       arena;

    if (at >= shop_catalogue_products_count(products)) {
        return complain(EXIT_BAD, "no article `%.*s`", (int)article.size,
                        article.data);
    }
    product = shop_catalogue_products_value_at(products, at);
    shop_print_product(stdout, article, product);
    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    if (shop_product_read(product, &arena, &native) == INLAY_OK) {
        cache_store(self, article, &native);
    }
    inlay_arena_release(&arena);
    return EXIT_GOOD;
}

static int print_batch(cache *self, const shop_file *file, int count,
                       char *const *words)
{
    inlay_str   articles[CACHE_BATCH_MAX];
    cache_batch batch;
    int         result = EXIT_GOOD;
    int         i;

    for (i = 0; i < count; i++) {
        articles[i] = inlay_str_from(words[i]);
    }
    cache_fetch(self, articles, (size_t)count, &batch);
    for (i = 0; i < count; i++) {
        if (batch.found[i]) {
            shop_print_product(stdout, articles[i], batch.products[i]);
        } else if (print_from_file(self, file, articles[i]) != EXIT_GOOD) {
            result = EXIT_BAD;
        }
    }
    cache_batch_release(&batch);
    cache_settle(self);
    return result;
}

static int print_all(const options *given, const shop_file *file, int count,
                     char *const *words)
{
    cache self;
    int   result = EXIT_GOOD;

    cache_open(&self, given->socket,
               shop_catalogue_get_edition(file->catalogue),
               (uint32_t)given->ttl_ms, (uint32_t)given->wait_ms);
    while (count > 0) {
        int some = count < CACHE_BATCH_MAX ? count : CACHE_BATCH_MAX;

        if (print_batch(&self, file, some, words) != EXIT_GOOD) {
            result = EXIT_BAD;
        }
        count -= some;
        words += some;
    }
    fprintf(stderr,
            "hits %" PRIu64 ", misses %" PRIu64 ", refused %" PRIu64
            ", stored %" PRIu64 "\n",
            self.hits, self.misses, self.refused, self.stored);
    cache_close(&self);
    return result;
}

int main(int argc, char **argv)
{
    options   given;
    shop_file file;
    int       used = parse_options(argc, argv, &given);
    int       result;

    if (used == 0) {
        return complain(EXIT_WRONG, "%s", usage);
    }
    result = shop_file_open(given.file, &file);
    if (result != EXIT_GOOD) {
        return result;
    }
    result = print_all(&given, &file, argc - used, argv + used);
    shop_file_close(&file);
    return result;
}

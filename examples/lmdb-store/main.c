// main.c -- products in LMDB: brought in, asked for, checked.
#include <stdlib.h>
#include <string.h>

#include "shop_file.h"
#include "shop_text.h"
#include "store.h"

static const char usage[] =
    "import FOLDER FILE [MEGABYTES], get FOLDER ARTICLE..., "
    "list FOLDER [BEGINS [MOST]], check FOLDER";

enum {
    MEGABYTES = 1024,
    MEGABYTES_MAX = 1 << 20
};

// ---- Importing --------------------------------------------------------------

// The catalogue was verified when it was opened: that is the boundary.
static int put_all(store *self, shop_catalogue_products_view products)
{
    size_t count = shop_catalogue_products_count(products);
    size_t i;
    int    result = EXIT_GOOD;

    for (i = 0; i < count && result == EXIT_GOOD; i++) {
        result = store_put(self, shop_catalogue_products_key_at(products, i),
                           shop_catalogue_products_value_at(products, i));
    }
    return result;
}

// All of the file or, whatever goes wrong, nothing.
static int import(const char *folder, const char *path, size_t size_max)
{
    shop_file file;
    store     self;
    int       result = shop_file_open(path, &file);

    if (result != EXIT_GOOD) {
        return result;
    }
    result = store_open(&self, folder, true, size_max);
    if (result == EXIT_GOOD) {
        result = put_all(&self, shop_catalogue_get_products(file.catalogue));
        result = store_close(&self, result == EXIT_GOOD, result);
    }
    shop_file_close(&file);
    return result;
}

// ---- Asking -----------------------------------------------------------------

static int get(store *self, int count, char *const *articles)
{
    int result = EXIT_GOOD;
    int i;

    for (i = 0; i < count; i++) {
        inlay_str         article = inlay_str_from(articles[i]);
        shop_product_view product;
        int               one = store_get(self, article, &product);

        if (one == EXIT_GOOD) {
            shop_print_product(stdout, article, product);
        }
        result = one > result ? one : result;
    }
    return result;
}

static bool print_one(void *context, inlay_str article,
                      shop_product_view product)
{
    uint64_t *left = context;

    if (*left == 0) {
        puts("...");
        return false;
    }
    --*left;
    shop_print_product(stdout, article, product);
    return true;
}

static int list(store *self, int count, char *const *words)
{
    inlay_str begins = inlay_str_from(count > 0 ? words[0] : "");
    uint64_t  most = UINT64_MAX;

    if (count > 1 &&
        !parse_number(inlay_str_from(words[1]), UINT32_MAX, &most)) {
        return complain(EXIT_WRONG, "%s: not a number", words[1]);
    }
    return store_list(self, begins, print_one, &most);
}

static int check(store *self)
{
    size_t count;
    int    result = store_check(self, &count);

    printf("%zu good\n", count);
    return result;
}

// A snapshot to read in.
static int ask(const char *command, const char *folder, int count,
               char *const *words)
{
    store self;
    int   result = store_open(&self, folder, false, 0);

    if (result != EXIT_GOOD) {
        return result;
    }
    if (strcmp(command, "get") == 0) {
        result = get(&self, count, words);
    } else if (strcmp(command, "list") == 0) {
        result = list(&self, count, words);
    } else {
        result = check(&self);
    }
    return store_close(&self, false, result);
}

int main(int argc, char **argv)
{
    const char *command = argc > 2 ? argv[1] : "";
    uint64_t    megabytes = MEGABYTES;

    if ((argc == 4 || argc == 5) && strcmp(command, "import") == 0) {
        if (argc == 5 && (!parse_number(inlay_str_from(argv[4]), MEGABYTES_MAX,
                                        &megabytes) ||
                          megabytes == 0)) {
            return complain(EXIT_WRONG, "%s: no number of megabytes", argv[4]);
        }
        return import(argv[2], argv[3], (size_t)megabytes << 20);
    }
    if ((argc > 3 && strcmp(command, "get") == 0) ||
        (argc >= 3 && argc <= 5 && strcmp(command, "list") == 0) ||
        (argc == 3 && strcmp(command, "check") == 0)) {
        return ask(command, argv[2], argc - 3, argv + 3);
    }
    return complain(EXIT_WRONG, "%s", usage);
}

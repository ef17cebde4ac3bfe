// shop_text.c -- see shop_text.h.
#include "shop_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/hash.h>

enum {
    FIELDS = 6,
    CENTS = 100
};

// An entry, and where it was found.
typedef struct row {
    shop_catalogue_products_entry entry;
    size_t                        line;
} row;

// ---- Fields -----------------------------------------------------------------

// Takes what is before the next `end` off the front of `rest`.
static inlay_str take_until(inlay_str *rest, char end)
{
    const char *found = memchr(rest->data, end, rest->size);
    inlay_str   taken = *rest;

    if (found != NULL) {
        taken.size = (size_t)(found - rest->data);
        rest->data += taken.size + 1;
        rest->size -= taken.size + 1;
    } else {
        rest->data += rest->size;
        rest->size = 0;
    }
    return taken;
}

static size_t count_of(inlay_str text, char byte)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < text.size; i++) {
        count += text.data[i] == byte;
    }
    return count;
}

// Parses `12.50 EUR`.
static const char *parse_money(inlay_str text, shop_money *money)
{
    static const char *const fault =
        "a price is not an amount with two decimals and a currency, as in "
        "`12.50 EUR`";
    inlay_str units = take_until(&text, '.');
    inlay_str cents = take_until(&text, ' ');
    uint64_t  whole, part;
    size_t    i;

    if (!parse_number(units, INT64_MAX / CENTS - 1, &whole) ||
        cents.size != 2 || !parse_number(cents, CENTS - 1, &part) ||
        text.size != sizeof money->currency) {
        return fault;
    }
    for (i = 0; i < sizeof money->currency; i++) {
        if (text.data[i] < 'A' || text.data[i] > 'Z') {
            return fault;
        }
        money->currency[i] = (uint8_t)text.data[i];
    }
    money->cents = (int64_t)(whole * CENTS + part);
    return NULL;
}

static const char *parse_tags(inlay_str text, inlay_arena *arena,
                              inlay_str_list *tags)
{
    inlay_status status;
    inlay_str   *items;
    size_t       count = count_of(text, ',') + 1;
    size_t       i;

    if (text.size == 0) {
        return NULL;
    }
    items = inlay_arena_take(arena, count, sizeof *items, &status);
    if (items == NULL) {
        return inlay_status_text(status);
    }
    for (i = 0; i < count; i++) {
        items[i] = take_until(&text, ',');
    }
    tags->items = items;
    tags->count = count;
    return NULL;
}

// ---- Lines ------------------------------------------------------------------

// Parses one line; returns what is wrong with it, or NULL.
static const char *parse_row(inlay_str line, inlay_arena *arena, row *to)
{
    shop_catalogue_products_entry entry;
    shop_product                 *product = &entry.value;
    const char                   *fault;
    uint64_t                      stock;

    if (count_of(line, '\t') != FIELDS - 1) {
        return "a line does not have six fields separated by tabs";
    }
    entry.value = (shop_product)SHOP_PRODUCT_INIT;
    entry.key = take_until(&line, '\t');
    product->name = take_until(&line, '\t');
    if (entry.key.size == 0) {
        return "an article without a number";
    }
    fault = parse_money(take_until(&line, '\t'), &product->price);
    if (fault != NULL) {
        return fault;
    }
    if (!parse_number(take_until(&line, '\t'), UINT32_MAX, &stock)) {
        return "a stock is not a number";
    }
    product->stock = (uint32_t)stock;
    fault = parse_tags(take_until(&line, '\t'), arena, &product->tags);
    if (fault != NULL) {
        return fault;
    }
    product->about.has = line.size > 0;
    product->about.value = line;
    to->entry = entry;
    return NULL;
}

// As the format orders keys: by bytes, a prefix first.
static int compare_keys(inlay_str a, inlay_str b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int    order = least == 0 ? 0 : memcmp(a.data, b.data, least);

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int compare_rows(const void *left, const void *right)
{
    const row *a = left;
    const row *b = right;

    return compare_keys(a->entry.key, b->entry.key);
}

static int parse_rows(const char *path, inlay_str text, inlay_arena *arena,
                      row *rows, size_t *count)
{
    size_t line = 0;

    while (text.size > 0) {
        inlay_str   taken = take_until(&text, '\n');
        const char *fault;

        line++;
        if (taken.size == 0 || taken.data[0] == '#') {
            continue;
        }
        fault = parse_row(taken, arena, &rows[*count]);
        if (fault != NULL) {
            return complain(EXIT_BAD, "%s:%zu: %s", path, line, fault);
        }
        rows[*count].line = line;
        ++*count;
    }
    return EXIT_GOOD;
}

int shop_parse(const char *path, inlay_str text, inlay_arena *arena,
               shop_catalogue *catalogue)
{
    size_t                         most = count_of(text, '\n') + 1;
    size_t                         count = 0;
    shop_catalogue_products_entry *entries;
    inlay_status                   status;
    row                           *rows;
    size_t                         i;
    int                            result;

    rows = inlay_arena_take(arena, most, sizeof *rows, &status);
    entries = inlay_arena_take(arena, most, sizeof *entries, &status);
    if (rows == NULL || entries == NULL) {
        return complain(EXIT_WRONG, "%s: %s", path, inlay_status_text(status));
    }
    result = parse_rows(path, text, arena, rows, &count);
    if (result != EXIT_GOOD) {
        return result;
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    for (i = 0; i < count; i++) {
        if (i > 0 && compare_rows(&rows[i - 1], &rows[i]) == 0) {
            size_t first = rows[i - 1].line;
            size_t second = rows[i].line;

            return complain(EXIT_BAD, "%s:%zu: an article that line %zu has",
                            path, first > second ? first : second,
                            first > second ? second : first);
        }
        entries[i] = rows[i].entry;
    }
    catalogue->edition = inlay_bytes_hash64(text.data, text.size);
    catalogue->products.items = entries;
    catalogue->products.count = count;
    return EXIT_GOOD;
}

// ---- Printing ---------------------------------------------------------------

void shop_print_money(FILE *to, shop_money money)
{
    uint64_t cents = (uint64_t)money.cents;

    if (money.cents < 0) {
        fputc('-', to);
        cents = 0 - cents;
    }
    fprintf(to, "%" PRIu64 ".%02" PRIu64 " ", cents / CENTS, cents % CENTS);
    print_text(
        to, (inlay_str){(const char *)money.currency, sizeof money.currency});
}

void shop_print_product(FILE *to, inlay_str article, shop_product_view product)
{
    inlay_str_list_view tags = shop_product_get_tags(product);
    size_t              i;

    print_text(to, article);
    fputc('\t', to);
    print_text(to, shop_product_get_name(product));
    fputc('\t', to);
    shop_print_money(to, shop_product_get_price(product));
    fprintf(to, "\t%" PRIu32 "\t", shop_product_get_stock(product));
    for (i = 0; i < inlay_str_list_count(tags); i++) {
        fputs(i > 0 ? "," : "", to);
        print_text(to, inlay_str_list_at(tags, i));
    }
    fputc('\t', to);
    print_text(to, shop_product_get_about(product));
    fputc('\n', to);
}

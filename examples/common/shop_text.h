// shop_text.h -- products as lines of text.
//
//     article <tab> name <tab> price <tab> stock <tab> tags <tab> about
//     B-1007  <tab> Oak board <tab> 12.50 EUR <tab> 40 <tab> wood,oak <tab>
//
// Tags are separated by commas; without tags or a description the field is
// empty. Empty lines and lines that start with `#` are passed over. What is
// printed parses, and is what was parsed.
#ifndef EXAMPLES_SHOP_TEXT_H
#define EXAMPLES_SHOP_TEXT_H

#include <inlay/arena.h>

#include "say.h"
#include "shop.inlay.h"

// Parses text, called `path` in complaints, into a catalogue in ascending order
// of its articles. Strings point into the text, the rest is the arena's.
// Returns EXIT_GOOD, or another status having complained of a line.
int shop_parse(const char *path, inlay_str text, inlay_arena *arena,
               shop_catalogue *catalogue);

// Prints a product as a line of that text.
void shop_print_product(FILE *to, inlay_str article, shop_product_view product);

// Prints an amount: `12.50 EUR`.
void shop_print_money(FILE *to, shop_money money);

#endif

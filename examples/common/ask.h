// ask.h -- questions from a command line, and their answers as text.
//
//     find ARTICLE             one product
//     list BEGINS [MOST]       those whose article number begins so
//     price ARTICLE[=COUNT]... what all of that costs
//     facts                    what the service has been doing
#ifndef EXAMPLES_ASK_H
#define EXAMPLES_ASK_H

#include "say.h"
#include "shop.inlay.h"

// Encodes the question that the words put into `request`, which has room for
// SHOP_REQUEST_SIZE_MAX bytes: the schema bounds every part, so there is a
// largest request. Returns EXIT_GOOD, or EXIT_WRONG having complained.
int ask_encode(int count, char *const *words, uint32_t id, uint8_t *request,
               size_t *size);

// Verifies an answer, which comes from elsewhere, and prints it: as lines of
// shop_text.h on standard output, refusals on standard error. Returns
// EXIT_GOOD; EXIT_BAD for a refusal, and for bytes that are no answer to `id`.
int ask_print(const uint8_t *answer, size_t size, uint32_t id);

#endif

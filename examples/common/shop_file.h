// shop_file.h -- a catalogue as a file: one message in a frame, mapped.
//
// The file is verified once, when it is opened: whoever wrote it is not
// trusted, and nobody writes to it afterwards, since it is only ever replaced
// as a whole.
#ifndef EXAMPLES_SHOP_FILE_H
#define EXAMPLES_SHOP_FILE_H

#include "say.h"
#include "shop.inlay.h"

// Lifetime: what the view gives borrows the map. Members are for reading.
typedef struct shop_file {
    inlay_bytes         map;
    shop_catalogue_view catalogue;
} shop_file;

// Compiles lines of text (shop_text.h) into a file. Returns EXIT_GOOD, or
// another status having complained.
int shop_file_build(const char *text, const char *path);

// Maps a file and verifies it. Returns as shop_file_build; on failure it needs
// no closing.
int shop_file_open(const char *path, shop_file *self);

void shop_file_close(shop_file *self);

#endif

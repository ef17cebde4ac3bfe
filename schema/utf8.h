// utf8.h -- is this text UTF-8?
#ifndef INLAY_SCHEMA_UTF8_H
#define INLAY_SCHEMA_UTF8_H

#include <stddef.h>

// Returns how many leading bytes are valid UTF-8: `size` when all of them are.
size_t utf8_check(const char *text, size_t size);

// Returns the length of the valid character at the start of `text`, 1 to 4; 0
// when there is none.
size_t utf8_length(const char *text, size_t size);

#endif

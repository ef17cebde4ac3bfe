/* utf8.h -- is it UTF-8?
 *
 * UTF-8 as Unicode and RFC 3629 define it: no overlong forms, no surrogates,
 * nothing above U+10FFFF. A NUL byte is a character like any other.
 *
 * Both functions are pure, allocate nothing and read no byte outside the text.
 */
#ifndef INLAY_UTF8_H
#define INLAY_UTF8_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Returns whether `size` bytes are UTF-8. Nothing, NULL too, is. */
bool inlay_utf8_valid(const void *data, size_t size);

/* Returns the size of the longest beginning that is UTF-8: the offset of the
 * first byte of the first character that is not, or `size`. */
size_t inlay_utf8_valid_prefix(const void *data, size_t size);

#ifdef __cplusplus
}
#endif

#endif

/* page.h -- the bundled page, made by web/build.mjs; or why there is none, by
 * page.cmake.
 */
#ifndef BENCH_REPORT_PAGE_H
#define BENCH_REPORT_PAGE_H

#include <stddef.h>

/* Where the data goes. */
#define PAGE_MARK "@@RESULT@@"

extern const unsigned char page_html[];
extern const size_t        page_size; /* 0: there is none */
extern const char          page_missing[];

#endif

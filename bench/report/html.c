// html.c -- the page with the data in it; see html.h.

#include "bench/report/html.h"

#include <assert.h>
#include <string.h>

#include "bench/report/page.h"

const char *html_missing(void)
{
    return page_size == 0 ? page_missing : NULL;
}

// Returns where the mark begins.
static size_t mark_find(void)
{
    size_t size = strlen(PAGE_MARK);
    size_t i;

    for (i = 0; i + size <= page_size; i++) {
        if (memcmp(page_html + i, PAGE_MARK, size) == 0) {
            return i;
        }
    }
    assert(!"build.mjs checks that there is a mark");
    return 0;
}

void html_print(const result *self, FILE *out)
{
    size_t mark = mark_find();
    size_t after = mark + strlen(PAGE_MARK);

    fwrite(page_html, 1, mark, out);
    html_data_print(self, out);
    fwrite(page_html + after, 1, page_size - after, out);
}

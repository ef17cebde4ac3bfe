/* articles.h -- the data set "cjk": texts, three bytes to the character.
 *
 * Chinese articles with titles, tags and bodies: what checking UTF-8 costs
 * where nothing is ASCII.
 *
 * Lifetime: everything reachable belongs to the root and dies with it.
 */
#ifndef BENCH_DATA_ARTICLES_H
#define BENCH_DATA_ARTICLES_H

#include "bench/data/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DATA_ARTICLES_COUNT 500

typedef struct data_article {
    uint64_t   id;
    int64_t    published;
    inlay_str  title;
    inlay_str  author;
    inlay_str  summary;
    inlay_str  body;
    inlay_str *tags;
    size_t     tag_count;
} data_article;

typedef struct data_articles {
    data_article *articles;
    size_t        article_count;
    data_arena    memory;
} data_articles;

/* Generates `count` articles. Never NULL. */
data_articles *data_articles_new(size_t count);

void data_articles_free(data_articles *self);

#ifdef __cplusplus
}
#endif

#endif

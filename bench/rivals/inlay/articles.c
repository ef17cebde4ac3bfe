// articles.c -- Inlay on "cjk".

#include "bench/rivals/inlay/inlay.h"

#include "articles.inlay.h"
#include "bench/data/articles.h"

static const articles_articles *native_of(const void *model, inlay_arena *arena)
{
    const data_articles *data = model;
    articles_articles   *root = take(arena, 1, sizeof *root);
    articles_article    *made = take(arena, data->article_count, sizeof *made);
    size_t               i;

    if (root == NULL || made == NULL) {
        return NULL;
    }
    for (i = 0; i < data->article_count; i++) {
        const data_article *article = &data->articles[i];

        made[i] = (articles_article){
            .id = article->id,
            .published = article->published,
            .title = article->title,
            .author = article->author,
            .summary = article->summary,
            .body = article->body,
            .tags = {article->tags, article->tag_count},
        };
    }
    *root = (articles_articles){
        .articles = {.items = made, .count = data->article_count}};
    return root;
}

static INLAY_INLINE uint64_t article_scalars(articles_article_view article)
{
    return articles_article_get_id(article) +
           (uint64_t)articles_article_get_published(article);
}

static INLAY_INLINE uint64_t article_strings(articles_article_view article)
{
    return text_of(articles_article_get_title(article)) +
           text_of(articles_article_get_author(article)) +
           text_of(articles_article_get_summary(article)) +
           text_of(articles_article_get_body(article)) +
           texts_of(articles_article_get_tags(article));
}

static INLAY_INLINE uint64_t one(articles_articles_view root, size_t turn)
{
    articles_article_list_view list = articles_articles_get_articles(root);
    size_t                     count = articles_article_list_count(list);

    return count == 0 ? 0
                      : (uint64_t)articles_article_get_published(
                            articles_article_list_at(list, turn % count));
}

static INLAY_INLINE uint64_t tenth(articles_articles_view root)
{
    articles_article_list_view list = articles_articles_get_articles(root);
    size_t                     count = articles_article_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i += 10) {
        articles_article_view article = articles_article_list_at(list, i);

        sum += article_scalars(article) + article_strings(article);
    }
    return sum;
}

static INLAY_INLINE uint64_t scalars(articles_articles_view root)
{
    articles_article_list_view list = articles_articles_get_articles(root);
    size_t                     count = articles_article_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i++) {
        sum += bench_record(article_scalars(articles_article_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t strings(articles_articles_view root)
{
    articles_article_list_view list = articles_articles_get_articles(root);
    size_t                     count = articles_article_list_count(list);
    uint64_t                   sum = 0;
    size_t                     i;

    for (i = 0; i < count; i++) {
        sum += article_strings(articles_article_list_at(list, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t update(articles_articles_view root, size_t turn)
{
    articles_article_list_view list = articles_articles_get_articles(root);
    size_t                     count = articles_article_list_count(list);
    size_t                     i;

    for (i = 0; i < count; i++) {
        articles_article_set_published(articles_article_list_at(list, i),
                                       (int64_t)turn);
    }
    return count;
}

#define INLAY_ROOT articles_articles
#include "bench/rivals/inlay/cases.h"

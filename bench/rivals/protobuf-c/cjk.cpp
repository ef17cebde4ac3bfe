// cjk.cpp -- the data set "cjk" in protobuf-c.

#include "bench/data/articles.h"
#include "bench/rivals/protobuf-c/cases.h"
#include "bench/rivals/protobuf-c/library.hpp"
#include "cjk.pb-c.h"

namespace bench
{

template <> struct accessors<protoc::library, data_article> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_article;

        f.scalar(&M::id, &T::id);
        f.scalar(&M::published, &T::published);
        f.text(&M::title, &T::title);
        f.text(&M::author, &T::author);
        f.text(&M::summary, &T::summary);
        f.text(&M::body, &T::body);
        f.texts(protoc::items(&M::n_tags, &M::tags), &T::tags, &T::tag_count);
    }
};

template <> struct accessors<protoc::library, data_articles> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(protoc::items(&M::n_articles, &M::articles),
                  &data_articles::articles, &data_articles::article_count);
    }
};

namespace protoc
{

static void put(library, arena &memory, BenchCjk__Article *to,
                const data_article &from)
{
    to->id = from.id;
    to->published = from.published;
    to->title = make_text(memory, from.title);
    to->author = make_text(memory, from.author);
    to->summary = make_text(memory, from.summary);
    to->body = make_text(memory, from.body);
    to->n_tags = from.tag_count;
    to->tags = make_texts(memory, from.tags, from.tag_count);
}

static void put(library, arena &memory, BenchCjk__Articles *to,
                const data_articles &from)
{
    to->n_articles = from.article_count;
    to->articles = make_list(memory, bench_cjk__article__init, from.articles,
                             from.article_count);
}

namespace
{

struct cjk_set : data_set<data_articles, data_article, BenchCjk__Articles> {
    static constexpr auto descriptor = &bench_cjk__articles__descriptor;
    static constexpr auto init = bench_cjk__articles__init;

    static BENCH_INLINE auto records(const root &from)
    {
        return list_view<BenchCjk__Article *>{from.articles, from.n_articles};
    }
    static BENCH_INLINE auto field(const BenchCjk__Article &from)
    {
        return from.published;
    }
};

} // namespace
} // namespace protoc
} // namespace bench

const bench_case protoc_cjk =
    bench::protoc::make_case<bench::protoc::cjk_set>();

// cjk.cpp -- the data set "cjk" in FlatBuffers.

#include "bench/data/articles.h"
#include "bench/rivals/flatbuffers/cases.h"
#include "bench/rivals/flatbuffers/library.hpp"
#include "cjk_generated.h"

namespace wire = bench_flatbuffers::cjk;

namespace bench
{

template <> struct accessors<flat::library, data_article> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_article;

        f.scalar(&M::id, &T::id);
        f.scalar(&M::published, &T::published);
        f.text(&M::title, &T::title);
        f.text(&M::author, &T::author);
        f.text(&M::summary, &T::summary);
        f.text(&M::body, &T::body);
        f.texts(&M::tags, &T::tags, &T::tag_count);
    }
};

template <> struct accessors<flat::library, data_articles> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::articles, &data_articles::articles,
                  &data_articles::article_count);
    }
};

namespace flat
{

static Offset<wire::Article> put(writer &to, const data_article &from)
{
    auto title = put(to, from.title);
    auto author = put(to, from.author);
    auto summary = put(to, from.summary);
    auto body = put(to, from.body);
    auto tags = put_list<String>(to, from.tags, from.tag_count);

    return wire::CreateArticle(to.builder, from.id, from.published, title,
                               author, summary, body, tags);
}

static Offset<wire::Articles> put(writer &to, const data_articles &from)
{
    return wire::CreateArticles(
        to.builder,
        put_list<wire::Article>(to, from.articles, from.article_count));
}

namespace
{

struct cjk_set : data_set<data_articles, data_article, wire::Articles> {
    static BENCH_INLINE auto records(const root &from)
    {
        return from.articles();
    }
    static BENCH_INLINE auto field(const wire::Article &from)
    {
        return from.published();
    }
    template <class F> static void each_mutable(root *to, F f)
    {
        flat::each_mutable(to->mutable_articles(), f);
    }
    static bool set(wire::Article *to, size_t turn)
    {
        return to->mutate_published(static_cast<int64_t>(turn));
    }
};

} // namespace
} // namespace flat
} // namespace bench

const bench_case flat_cjk_verified =
    bench::flat::make_case<bench::flat::cjk_set>(true);
const bench_case flat_cjk_once =
    bench::flat::make_case<bench::flat::cjk_set>(false);

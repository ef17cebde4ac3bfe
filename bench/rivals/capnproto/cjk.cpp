// cjk.cpp -- the data set "cjk" in Cap'n Proto.

#include "bench/data/articles.h"
#include "bench/rivals/capnproto/cases.h"
#include "bench/rivals/capnproto/library.hpp"
#include "cjk.capnp.h"

namespace wire = bench_capnp::cjk;

namespace bench
{

template <> struct accessors<cap::library, data_article> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_article;

        f.scalar(&M::getId, &T::id);
        f.scalar(&M::getPublished, &T::published);
        f.text(&M::getTitle, &T::title);
        f.text(&M::getAuthor, &T::author);
        f.text(&M::getSummary, &T::summary);
        f.text(&M::getBody, &T::body);
        f.texts(&M::getTags, &T::tags, &T::tag_count);
    }
};

template <> struct accessors<cap::library, data_articles> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(&M::getArticles, &data_articles::articles,
                  &data_articles::article_count);
    }
};

namespace cap
{

static void put(library, wire::Article::Builder to, const data_article &from)
{
    to.setId(from.id);
    to.setPublished(from.published);
    copy(to.initTitle(count32(from.title.size)), from.title);
    copy(to.initAuthor(count32(from.author.size)), from.author);
    copy(to.initSummary(count32(from.summary.size)), from.summary);
    copy(to.initBody(count32(from.body.size)), from.body);
    put_texts(to.initTags(count32(from.tag_count)), from.tags, from.tag_count);
}

static void put(library, wire::Articles::Builder to, const data_articles &from)
{
    put_list(to.initArticles(count32(from.article_count)), from.articles,
             from.article_count);
}

namespace
{

struct cjk_set : data_set<data_articles, data_article, wire::Articles> {
    static BENCH_INLINE auto records(const root::Reader &from)
    {
        return from.getArticles();
    }
    static BENCH_INLINE auto field(const wire::Article::Reader &from)
    {
        return from.getPublished();
    }
    static uint64_t update(root::Builder from, size_t turn)
    {
        return update_each(from.getArticles(),
                           [turn](wire::Article::Builder to) {
                               to.setPublished(static_cast<int64_t>(turn));
                           });
    }
};

} // namespace
} // namespace cap
} // namespace bench

const bench_case cap_cjk_flat = bench::cap::flat_case<bench::cap::cjk_set>;
const bench_case cap_cjk_packed = bench::cap::packed_case<bench::cap::cjk_set>;

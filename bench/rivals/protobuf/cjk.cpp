// cjk.cpp -- the data set "cjk" in protobuf.

#include "bench/data/articles.h"
#include "bench/rivals/protobuf/cases.h"
#include "bench/rivals/protobuf/library.hpp"
#include "cjk.pb.h"

namespace wire = bench_protobuf::cjk;

namespace bench
{

template <> struct accessors<proto::library, data_article> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        using T = data_article;

        f.scalar(&M::id, &T::id);
        f.scalar(&M::published, &T::published);
        f.text(&M::title, &T::title);
        f.text(&M::author, &T::author);
        f.text(&M::summary, &T::summary);
        f.text(&M::body, &T::body);
        f.texts(
            [](const M &m) -> const auto & { return m.tags(); }, &T::tags,
            &T::tag_count);
    }
};

template <> struct accessors<proto::library, data_articles> {
    template <class M, class F> static BENCH_INLINE void list(F &f)
    {
        f.records(
            [](const M &m) -> const auto & { return m.articles(); },
            &data_articles::articles, &data_articles::article_count);
    }
};

namespace proto
{

static void put(library, wire::Article *to, const data_article &from)
{
    to->set_id(from.id);
    to->set_published(from.published);
    to->set_title(from.title.data, from.title.size);
    to->set_author(from.author.data, from.author.size);
    to->set_summary(from.summary.data, from.summary.size);
    to->set_body(from.body.data, from.body.size);
    put_texts(to->mutable_tags(), from.tags, from.tag_count);
}

static void put(library, wire::Articles *to, const data_articles &from)
{
    put_list(to->mutable_articles(), from.articles, from.article_count);
}

namespace
{

struct cjk_set : data_set<data_articles, data_article, wire::Articles> {
    static BENCH_INLINE const auto &records(const root &from)
    {
        return from.articles();
    }
    static BENCH_INLINE auto field(const wire::Article &from)
    {
        return from.published();
    }
};

} // namespace
} // namespace proto
} // namespace bench

const bench_case proto_cjk = bench::proto::arena_case<bench::proto::cjk_set>;
const bench_case proto_cjk_again =
    bench::proto::again_case<bench::proto::cjk_set>;

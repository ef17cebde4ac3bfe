// articles.c -- generates "cjk".

#include "bench/data/articles.h"

#include "bench/data/rng.h"

// 2026-01-01T00:00:00Z, in seconds.
#define START INT64_C(1767225600)

// Frequent characters; running text takes most of its characters from few.
static const char frequent[] = "的一是不了人我在有他这为之大来以个中上们到说国"
                               "和地也子时道出而要于就下得可你年生"
                               "自会那后能对着事其里所去行过家十用发天如然作方"
                               "成者多日都三小军二无同么经法当起"
                               "与好看学进种将还分此心前面又定见只主没公从";

#define FREQUENT ((sizeof frequent - 1) / 3)

// Returns one character's three bytes: two in three are frequent ones, one in
// twenty-five is a comma or a full stop, the rest come from all of the block
// U+4E00..U+9FA5.
static void put_character(rng *random, char *to)
{
    uint32_t choice = rng_below_u32(random, 100);
    uint32_t point;

    if (choice < 66) {
        const char *from = frequent + 3 * rng_below_u32(random, FREQUENT);

        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        return;
    }
    point = 0x4e00 + rng_below_u32(random, 0x9fa6 - 0x4e00);
    if (choice >= 96) {
        point = choice < 99 ? 0xff0c : 0x3002;
    }
    to[0] = (char)(0xe0 | point >> 12);
    to[1] = (char)(0x80 | (point >> 6 & 0x3f));
    to[2] = (char)(0x80 | (point & 0x3f));
}

static inlay_str make_text(rng *random, data_arena *memory, uint32_t least,
                           uint32_t most)
{
    size_t count = least + rng_below_u32(random, most - least + 1);
    char  *text = data_arena_array(memory, count, 3);
    size_t i;

    for (i = 0; i < count; i++) {
        put_character(random, text + 3 * i);
    }
    return (inlay_str){text, count * 3};
}

static void make_article(data_article *article, rng *random, data_arena *memory)
{
    size_t i;

    article->id = rng_u64(random) >> 16;
    article->published = START + rng_below_u32(random, 31536000);
    article->title = make_text(random, memory, 6, 30);
    article->author = make_text(random, memory, 2, 4);
    article->summary = make_text(random, memory, 40, 120);
    article->body = make_text(random, memory, 200, 1200);
    article->tag_count = rng_below_u32(random, 7);
    article->tags =
        data_arena_array(memory, article->tag_count, sizeof *article->tags);
    for (i = 0; i < article->tag_count; i++) {
        article->tags[i] = make_text(random, memory, 2, 5);
    }
}

data_articles *data_articles_new(size_t count)
{
    data_arena     memory = {NULL};
    data_articles *self = data_arena_array(&memory, 1, sizeof *self);
    rng            random;
    size_t         i;

    rng_init(&random);
    self->articles = data_arena_array(&memory, count, sizeof *self->articles);
    self->article_count = count;
    for (i = 0; i < count; i++) {
        make_article(&self->articles[i], &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_articles_free(data_articles *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}

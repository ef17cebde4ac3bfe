// bytes.c -- claim 21: searching and checking bytes.

#include <stdlib.h>
#include <string.h>

#include <inlay/utf8.h>

#include "bench/claims/list.h"
#include "bench/data/articles.h"
#include "bench/data/log.h"
#include "bench/harness/state.h"
#include "bench/harness/subject.h"

typedef struct text {
    char  *data;
    size_t size;
} text;

// ---- Fields between quotes --------------------------------------------------

typedef const char *search(const char *from, const char *end);

// As one would write it: a byte, the next byte.
static inline const char *quote_by_byte(const char *from, const char *end)
{
    while (from < end && *from != '"') {
        from++;
    }
    return from;
}

static inline const char *quote_by_memchr(const char *from, const char *end)
{
    const char *found = memchr(from, '"', (size_t)(end - from));

    return found != NULL ? found : end;
}

// A parser of quoted fields: each string's first and last byte and its size.
static inline uint64_t parse(const text *t, search *find)
{
    const char *at = t->data;
    const char *end = at + t->size;
    uint64_t    sum = 0;

    while (at < end) {
        const char *close = find(at + 1, end); // behind the opening quote

        sum += bench_text(at + 1, (size_t)(close - at - 1));
        at = close + 2; // and the comma or the end of the line
    }
    return sum;
}

static uint64_t parse_by_byte(void *context)
{
    return parse(context, quote_by_byte);
}

static uint64_t parse_by_memchr(void *context)
{
    return parse(context, quote_by_memchr);
}

static void put_field(text *t, inlay_str field)
{
    t->data[t->size++] = '"';
    memcpy(t->data + t->size, field.data, field.size);
    t->size += field.size;
    t->data[t->size++] = '"';
    t->data[t->size++] = ',';
}

// Lines of "identity","userid","date","request", in which there are no quotes.
static text log_text(const data_logs *data)
{
    text   t = {(char *)(void *)bench_memory(data->log_count * 512), 0};
    size_t i;

    for (i = 0; i < data->log_count; i++) {
        put_field(&t, data->logs[i].identity);
        put_field(&t, data->logs[i].userid);
        put_field(&t, data->logs[i].date);
        put_field(&t, data->logs[i].request);
        t.data[t.size - 1] = '\n';
    }
    return t;
}

// ---- Long texts -------------------------------------------------------------

static text article_text(const data_articles *data)
{
    text   t = {NULL, 0};
    size_t i;

    for (i = 0; i < data->article_count; i++) {
        t.size += data->articles[i].body.size;
    }
    t.data = (char *)(void *)bench_memory(t.size);
    t.size = 0;
    for (i = 0; i < data->article_count; i++) {
        inlay_str body = data->articles[i].body;

        memcpy(t.data + t.size, body.data, body.size);
        t.size += body.size;
    }
    return t;
}

// Bytes of the character that begins here; 0 when it is not UTF-8.
static size_t character_size(const uint8_t *at, size_t rest)
{
    size_t   size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t code;
    size_t   i;

    if (size == 1) {
        return 1;
    }
    if (at[0] < 0xc2 || at[0] > 0xf4 || size > rest) {
        return 0;
    }
    code = at[0] & (0x7fu >> size);
    for (i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (at[i] & 0x3f);
    }
    if ((size == 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) ||
        (size == 4 && (code < 0x10000 || code > 0x10ffff))) {
        return 0;
    }
    return size;
}

static uint64_t utf8_by_byte(void *context)
{
    const text *t = context;
    size_t      at = 0;

    while (at < t->size) {
        size_t size =
            character_size((const uint8_t *)t->data + at, t->size - at);

        if (size == 0) {
            return 0;
        }
        at += size;
    }
    return 1;
}

static uint64_t utf8_by_block(void *context)
{
    const text *t = context;

    return inlay_utf8_valid(t->data, t->size);
}

void claim_byte_search(claim_bench *bench)
{
    data_logs     *logs = data_logs_new(10000);
    data_articles *articles = data_articles_new(DATA_ARTICLES_COUNT);
    text           lines = log_text(logs);
    text           chinese = article_text(articles);

    claim_pair(bench, "short fields", claim_about(2),
               (claim_variant){parse_by_byte, &lines, false},
               (claim_variant){parse_by_memchr, &lines, false},
               (double)lines.size,
               "quoted fields of a web log, some 16 bytes each, byte by byte "
               "against memchr (per byte)");
    lines.size = 0;
    free(lines.data);
    claim_pair(bench, "UTF-8, Chinese", claim_about(2),
               (claim_variant){utf8_by_byte, &chinese, false},
               (claim_variant){utf8_by_block, &chinese, false},
               (double)chinese.size,
               "articles checked to be UTF-8, character by character against "
               "Inlay's check by blocks (per byte)");
    free(chinese.data);
    data_logs_free(logs);
    data_articles_free(articles);
}

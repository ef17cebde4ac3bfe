// strings.c -- claim 5: borrowed strings against copied ones.

#include <stdlib.h>
#include <string.h>

#include "articles.inlay.h"
#include "bench/claims/lanes.h"
#include "bench/claims/list.h"
#include "bench/harness/state.h"
#include "log.inlay.h"

#define ROOM ((size_t)16 << 20)

typedef struct decoding {
    inlay_bytes message;
    uint8_t    *room;
} decoding;

// Decodes, borrowing strings. Into the same memory every time.
static bool decode(const decoding *d, log_logs *logs)
{
    inlay_arena  arena;
    inlay_status status;

    inlay_arena_init(&arena, d->room, ROOM, NULL, INLAY_ARENA_NO_LIMIT);
    status =
        log_logs_decode(d->message.data, d->message.size, &arena, logs, NULL);
    inlay_arena_release(&arena);
    return status == INLAY_OK;
}

static uint64_t texts_of(const log_log *log)
{
    return bench_text(log->identity.data, log->identity.size) +
           bench_text(log->userid.data, log->userid.size) +
           bench_text(log->date.data, log->date.size) +
           bench_text(log->request.data, log->request.size);
}

static uint64_t decode_borrowing(void *context)
{
    log_logs logs;
    uint64_t sum = 0;
    size_t   i;

    if (!decode(context, &logs)) {
        return 0;
    }
    for (i = 0; i < logs.logs.count; i++) {
        sum += texts_of(&logs.logs.items[i]);
    }
    return sum;
}

static inlay_str copy_text(inlay_str text)
{
    char *copy = malloc(text.size + 1);

    if (copy == NULL) {
        abort();
    }
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (inlay_str){copy, text.size};
}

static void free_text(inlay_str text)
{
    free((void *)(uintptr_t)text.data);
}

// The same, then every string becomes its owner's, and is freed at the end.
static uint64_t decode_copying(void *context)
{
    log_logs logs;
    log_log *items;
    uint64_t sum = 0;
    size_t   i;

    if (!decode(context, &logs)) {
        return 0;
    }
    items = (log_log *)(uintptr_t)logs.logs.items;
    for (i = 0; i < logs.logs.count; i++) {
        items[i].identity = copy_text(items[i].identity);
        items[i].userid = copy_text(items[i].userid);
        items[i].date = copy_text(items[i].date);
        items[i].request = copy_text(items[i].request);
    }
    for (i = 0; i < logs.logs.count; i++) {
        sum += texts_of(&items[i]);
        free_text(items[i].identity);
        free_text(items[i].userid);
        free_text(items[i].date);
        free_text(items[i].request);
    }
    return sum;
}

// ---- Long texts -------------------------------------------------------------

static bool decode_articles(const decoding *d, articles_articles *to)
{
    inlay_arena  arena;
    inlay_status status;

    inlay_arena_init(&arena, d->room, ROOM, NULL, INLAY_ARENA_NO_LIMIT);
    status = articles_articles_decode(d->message.data, d->message.size, &arena,
                                      to, NULL);
    inlay_arena_release(&arena);
    return status == INLAY_OK;
}

static uint64_t articles_borrowing(void *context)
{
    articles_articles root;
    uint64_t          sum = 0;
    size_t            i;

    if (!decode_articles(context, &root)) {
        return 0;
    }
    for (i = 0; i < root.articles.count; i++) {
        inlay_str body = root.articles.items[i].body;

        sum += bench_text(body.data, body.size);
    }
    return sum;
}

// Copies the bodies, which are nearly all of it.
static uint64_t articles_copying(void *context)
{
    articles_articles root;
    uint64_t          sum = 0;
    size_t            i;

    if (!decode_articles(context, &root)) {
        return 0;
    }
    for (i = 0; i < root.articles.count; i++) {
        inlay_str *body = (inlay_str *)(uintptr_t)&root.articles.items[i].body;

        *body = copy_text(*body);
    }
    for (i = 0; i < root.articles.count; i++) {
        inlay_str body = root.articles.items[i].body;

        sum += bench_text(body.data, body.size);
        free_text(body);
    }
    return sum;
}

void claim_borrowed(claim_bench *bench)
{
    lane     log, cjk;
    decoding d = {.room = bench_memory(ROOM)};

    if (lane_init(&log, "inlay", BENCH_LOG, BENCH_ENCODE)) {
        d.message = (inlay_bytes){log.subject->states[0].message,
                                  log.subject->states[0].size};
        claim_pair(bench, "short texts", claim_about(2),
                   (claim_variant){decode_copying, &d, false},
                   (claim_variant){decode_borrowing, &d, false}, 1,
                   "the log of 10,000 lines checked and decoded by Inlay with "
                   "each text copied to the heap and freed at the end, against "
                   "texts that stay in the message");
    }
    lane_release(&log);
    if (lane_init(&cjk, "inlay", BENCH_CJK, BENCH_ENCODE)) {
        d.message = (inlay_bytes){cjk.subject->states[0].message,
                                  cjk.subject->states[0].size};
        claim_pair(bench, "long texts", claim_about(2),
                   (claim_variant){articles_copying, &d, false},
                   (claim_variant){articles_borrowing, &d, false}, 1,
                   "the same for the bodies of 500 Chinese articles");
    }
    lane_release(&cjk);
    free(d.room);
}

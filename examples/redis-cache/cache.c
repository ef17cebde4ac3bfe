// cache.c -- see cache.h.
#include "cache.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include <inlay/frame.h>

enum {
    KEY_MAX = 128
};

typedef struct cache_key {
    char   text[KEY_MAX];
    size_t size;
} cache_key;

// Stops asking.
static void give_up(cache *self, const char *why)
{
    complain(0, "Redis: %s; going on without", why);
    redisFree(self->redis);
    self->redis = NULL;
}

// Makes the key of an article; false when there can't be one.
static bool key_of(const cache *self, inlay_str article, cache_key *key)
{
    int prefix = snprintf(key->text, sizeof key->text, "shop:%016" PRIx64 ":",
                          self->edition);

    key->size = (size_t)prefix + article.size;
    if (article.size > sizeof key->text - (size_t)prefix) {
        return false;
    }
    memcpy(key->text + prefix, article.data, article.size);
    return true;
}

void cache_open(cache *self, const char *socket, uint64_t edition,
                uint32_t ttl_ms, uint32_t wait_ms)
{
    struct timeval wait = {.tv_sec = wait_ms / 1000,
                           .tv_usec = wait_ms % 1000 * 1000};

    *self = (cache){.edition = edition, .ttl_ms = ttl_ms};
    self->redis = redisConnectUnixWithTimeout(socket, wait);
    if (self->redis == NULL) {
        complain(0, "Redis: memory ran out; going on without");
    } else if (self->redis->err != 0) {
        give_up(self, self->redis->errstr);
    } else if (redisSetTimeout(self->redis, wait) != REDIS_OK) {
        give_up(self, "no time limit can be set");
    }
}

void cache_close(cache *self)
{
    if (self->redis != NULL) {
        redisFree(self->redis);
        self->redis = NULL;
    }
}

// ---- Fetching ---------------------------------------------------------------

// Opens a value that somebody put there.
static inlay_status value_open(const redisReply  *value,
                               shop_product_view *product, inlay_error *error)
{
    inlay_frame  frame;
    inlay_status status = inlay_frame_open(value->str, value->len,
                                           SHOP_PRODUCT_TYPE_ID, &frame, error);

    if (status == INLAY_OK) {
        status = inlay_frame_check(&frame, error);
    }
    if (status == INLAY_OK &&
        (frame.compression != INLAY_COMPRESSION_NONE ||
         frame.payload.size + INLAY_FRAME_SIZE != value->len)) {
        *error =
            (inlay_error){.status = INLAY_DAMAGED, .offset = INLAY_NO_OFFSET};
        status = INLAY_DAMAGED;
    }
    if (status == INLAY_OK) {
        status = shop_product_open_verified(frame.payload.data,
                                            frame.payload.size, product, error);
    }
    return status;
}

static bool value_take(cache *self, const redisReply *value, inlay_str article,
                       shop_product_view *product)
{
    inlay_error error;
    char        what[KEY_MAX];

    if (value->type == REDIS_REPLY_STRING) {
        if (value_open(value, product, &error) == INLAY_OK) {
            self->hits++;
            return true;
        }
        self->refused++;
        snprintf(what, sizeof what, "%.*s in Redis", (int)article.size,
                 article.data);
        complain_error(0, what, &error);
    }
    self->misses++;
    return false;
}

// Sends MGET for the articles that can have a key; the others get an empty one,
// which is never stored.
static redisReply *ask(cache *self, const inlay_str *articles, size_t count)
{
    cache_key   keys[CACHE_BATCH_MAX];
    const char *words[CACHE_BATCH_MAX + 1] = {"MGET"};
    size_t      sizes[CACHE_BATCH_MAX + 1] = {4};
    size_t      i;

    for (i = 0; i < count; i++) {
        if (!key_of(self, articles[i], &keys[i])) {
            keys[i].size = 0;
        }
        words[i + 1] = keys[i].text;
        sizes[i + 1] = keys[i].size;
    }
    return redisCommandArgv(self->redis, (int)count + 1, words, sizes);
}

void cache_fetch(cache *self, const inlay_str *articles, size_t count,
                 cache_batch *batch)
{
    redisReply *reply = NULL;
    size_t      i;

    memset(batch, 0, sizeof *batch);
    if (self->redis != NULL) {
        reply = ask(self, articles, count);
        if (reply == NULL) {
            give_up(self, self->redis->errstr);
        } else if (reply->type != REDIS_REPLY_ARRAY ||
                   reply->elements != count) {
            give_up(self, reply->type == REDIS_REPLY_ERROR ? reply->str
                                                           : "a wrong answer");
            freeReplyObject(reply);
            reply = NULL;
        }
    }
    batch->reply = reply;
    if (reply == NULL) {
        self->misses += count;
        return;
    }
    for (i = 0; i < count; i++) {
        batch->found[i] = value_take(self, reply->element[i], articles[i],
                                     &batch->products[i]);
    }
}

void cache_batch_release(cache_batch *batch)
{
    if (batch->reply != NULL) {
        freeReplyObject(batch->reply);
        batch->reply = NULL;
    }
}

// ---- Storing ----------------------------------------------------------------

// Encodes a product behind the header of its frame; NULL when that can't be.
static uint8_t *value_new(const shop_product *product, size_t *size)
{
    size_t      capacity = shop_product_encoded_size(product);
    uint8_t    *value = malloc(INLAY_FRAME_SIZE + capacity);
    inlay_error error;

    if (value == NULL ||
        shop_product_encode(product, value + INLAY_FRAME_SIZE, capacity, size,
                            &error) != INLAY_OK) {
        free(value);
        return NULL;
    }
    inlay_frame_seal(value, SHOP_PRODUCT_TYPE_ID, INLAY_COMPRESSION_NONE,
                     value + INLAY_FRAME_SIZE, *size);
    *size += INLAY_FRAME_SIZE;
    return value;
}

void cache_store(cache *self, inlay_str article, const shop_product *product)
{
    const char *words[5] = {"SET", NULL, NULL, "PX", NULL};
    size_t      sizes[5] = {3, 0, 0, 2, 0};
    char        ttl[16];
    cache_key   key;
    uint8_t    *value;

    if (self->redis == NULL || !key_of(self, article, &key)) {
        return;
    }
    value = value_new(product, &sizes[2]);
    if (value == NULL) {
        return;
    }
    words[1] = key.text;
    sizes[1] = key.size;
    words[2] = (const char *)value;
    words[4] = ttl;
    sizes[4] = (size_t)snprintf(ttl, sizeof ttl, "%" PRIu32, self->ttl_ms);
    if (redisAppendCommandArgv(self->redis, 5, words, sizes) == REDIS_OK) {
        self->pending++;
    } else {
        give_up(self, self->redis->errstr);
    }
    free(value);
}

void cache_settle(cache *self)
{
    redisReply *reply;

    for (; self->pending > 0 && self->redis != NULL; self->pending--) {
        if (redisGetReply(self->redis, (void **)&reply) != REDIS_OK) {
            give_up(self, self->redis->errstr);
            return;
        }
        if (reply->type == REDIS_REPLY_ERROR) {
            complain(0, "Redis: %s", reply->str);
        } else {
            self->stored++;
        }
        freeReplyObject(reply);
    }
}

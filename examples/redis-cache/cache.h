// cache.h -- products in Redis: cache-aside, many at a time.
//
//     key     shop:<edition>:<article>, so another edition never meets this
//     one's value   a frame (FORMAT.md, section 7) with a Product
//
// Redis is not trusted: others write to it, and it may hand out what was
// damaged on its disk. Every value is met once, when it arrives: the frame says
// whether it is a Product at all, its checksum whether it is what was stored,
// and verification whether whoever stored it knew the schema. What fails is
// named on standard error, counts as refused, and is a miss: it will be stored
// anew.
//
// Nothing here fails: a Redis that is down, slow or full makes a cache that
// misses. One complaint, and it is not asked again.
#ifndef REDIS_CACHE_H
#define REDIS_CACHE_H

#include <hiredis/hiredis.h>

#include "say.h"
#include "shop.inlay.h"

enum {
    CACHE_BATCH_MAX = 128 // of articles at a time
};

// Members are for reading.
typedef struct cache {
    redisContext *redis; // NULL: not asked any more
    uint64_t      edition;
    uint32_t      ttl_ms;
    uint64_t      hits;
    uint64_t      misses;  // refused ones among them
    uint64_t      refused; // damaged, foreign, of another type
    uint64_t      stored;
    uint64_t      pending; // sent, and not settled
} cache;

// What came of a batch. Views are verified; they and their text lie in the
// reply and die with cache_batch_release.
typedef struct cache_batch {
    redisReply       *reply; // may be NULL
    bool              found[CACHE_BATCH_MAX];
    shop_product_view products[CACHE_BATCH_MAX];
} cache_batch;

// Connects to a UNIX socket. Nothing waits longer than `wait_ms`.
void cache_open(cache *self, const char *socket, uint64_t edition,
                uint32_t ttl_ms, uint32_t wait_ms);
void cache_close(cache *self);

// Asks for `count` articles, at most CACHE_BATCH_MAX, in one round trip.
void cache_fetch(cache *self, const inlay_str *articles, size_t count,
                 cache_batch *batch);
void cache_batch_release(cache_batch *batch);

// Encodes a product, once for all that will read it, and sends it on its way;
// what has been sent is settled by cache_settle, in one round trip.
void cache_store(cache *self, inlay_str article, const shop_product *product);
void cache_settle(cache *self);

#endif

// store.h -- products in LMDB: verified before they are written, read where
// they lie in the map.
//
//     key     the article number, so that products lie in that order
//     value   a frame (FORMAT.md, section 7) with a Product
//
// The trust boundary is the write: store_put takes a verified view, so what the
// store holds was verified once, by whoever put it there. Readers look at the
// header of the frame, in O(1), and open a clamped view: even in a file that
// somebody damaged since, reading stays inside the value. store_check has the
// checksums looked at, and verifies everything anew.
//
// Functions return EXIT_GOOD, or another status having complained.
#ifndef LMDB_STORE_STORE_H
#define LMDB_STORE_STORE_H

#include <lmdb.h>

#include "say.h"
#include "shop.inlay.h"

// Members are private.
typedef struct store {
    MDB_env *env;
    MDB_txn *txn; // the one that is open
    MDB_dbi  dbi;
} store;

// Opens the store in a folder that exists, with one transaction, which ends
// with store_close: a snapshot to read, which no writer disturbs, or the one
// writer. `size_max` bounds the map; it is used when the store is written.
int store_open(store *self, const char *folder, bool writes, size_t size_max);

// Ends the transaction: commits a writer's when `keep` says so, drops it
// otherwise. Returns `status` unless committing failed.
int store_close(store *self, bool keep, int status);

// Writes a verified product, encoded where it will lie: nothing is copied.
int store_put(store *self, inlay_str article, shop_product_view product);

// Reads one. The view lies in the map and lives until store_close. EXIT_BAD
// when there is none.
int store_get(store *self, inlay_str article, shop_product_view *product);

// Calls `each` for the products whose articles begin so, in order, until it
// returns false. The views live until store_close.
int store_list(store *self, inlay_str begins,
               bool (*each)(void *context, inlay_str article,
                            shop_product_view product),
               void *context);

// Looks at all checksums and verifies all products; `*count` says how many are
// good.
int store_check(store *self, size_t *count);

#endif

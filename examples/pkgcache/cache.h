// cache.h -- the cache file: made from a status file, opened to be read.
//
// Whoever can't be trusted is met once. `cache_build` verifies what it is about
// to write. Those who read choose how far they trust the file since:
//
//   CACHE_MAPPED    O(1): looks at the header and at the file's size; touches
//                   no page that the answer does not lie in. Damage that leaves
//                   the size alone goes unnoticed: answers may be wrong, but
//                   reading stays within the file, since the view is clamped.
//   CACHE_CHECKED   One pass of XXH3-64 over the file besides: any damage is
//                   noticed. The view is clamped still, since a checksum says
//                   nothing about who wrote the file.
//   CACHE_VERIFIED  Verifies besides: the view needs no clamps, and walking all
//                   of it takes time linear in the file, whoever wrote it.
//
// A file that somebody made up with care can make the first two print more than
// it holds, by parts that overlap; never anything from outside it.
//
// Lifetime: what a view gives borrows the cache. Files are only ever replaced
// whole, so what is mapped stays as it was.
#ifndef PKGCACHE_CACHE_H
#define PKGCACHE_CACHE_H

#include "packages.inlay.h"

// Exit statuses of the program.
enum {
    EXIT_GOOD = 0,
    EXIT_BAD = 1,  // the data is bad, or has no such package
    EXIT_WRONG = 2 // wrong usage, or reading, writing or memory failed
};

typedef enum cache_trust {
    CACHE_MAPPED,
    CACHE_CHECKED,
    CACHE_VERIFIED
} cache_trust;

// Members are for reading.
typedef struct cache {
    inlay_bytes        file;
    inlay_bytes        message;
    dpkg_database_view database;
} cache;

// Opens a cache. Returns EXIT_GOOD, or another status having complained in one
// line that says which file, what and where; it then needs no closing.
int cache_open(const char *path, cache_trust trust, cache *self);

void cache_close(cache *self);

// Compiles the text of a status file, called `path` in complaints, into a file:
// `message` within `file`, which is to be freed. Returns as cache_open.
int cache_build(const char *path, inlay_str text, inlay_bytes *file,
                inlay_bytes *message);

// Encodes into a frame, as cache_build does once the text is parsed.
int cache_encode(const char *path, const dpkg_database *database,
                 inlay_bytes *file, inlay_bytes *message);

// The hash that tells one text from another.
uint64_t cache_text_hash(inlay_str text);

// Prints `pkgcache: message` and a newline on standard error; returns `status`.
int complain(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

/* cache.h -- a file of messages by key, built once, read by very many.
 *
 * Caveats first:
 *   - A cache never changes: a new generation is built beside it and replaces
 *     it whole. Readers keep what they have open until they look again. For
 *     keys that change one by one use a database.
 *   - What is mapped stays readable as long as nobody cuts the file short in
 *     place: the kernel then raises SIGBUS. Builders here never do; where other
 *     people can write the file, read a copy (`copy`).
 *   - Values are given as they lie in the file. Whatever is in it, no lookup
 *     and no view reads outside of it, but only the checksums tell damage, and
 *     no checksum tells who wrote it. Set `verify`, or call inlay_cache_check.
 *   - A builder that is killed leaves nothing behind where the file system has
 *     O_TMPFILE (ext4, XFS, Btrfs, tmpfs ...), but for one moment: replacing an
 *     older generation takes two calls, and kill -9 just between them leaves
 *     the new one, complete, as `PATH.new`. The next builder clears it away, as
 *     it does with what is left on file systems without O_TMPFILE.
 *
 * Reading:
 *
 *     inlay_cache cache;
 *     inlay_bytes value;
 *
 *     status = inlay_cache_open(&cache, "users.cache", NULL, &error);
 *     status = inlay_cache_get(&cache, "alice", 5, &value);
 *     if (status == INLAY_OK) {
 *         user_view alice = user_open(value.data, value.size);
 *         ...
 *     }
 *     inlay_cache_close(&cache);
 *
 * Building:
 *
 *     inlay_cache_builder builder;
 *
 *     status = inlay_cache_builder_init(&builder, "users.cache", NULL);
 *     status = inlay_cache_builder_add(&builder, "alice", 5, bytes, size);
 *     status = inlay_cache_builder_publish(&builder, &error);
 *     inlay_cache_builder_release(&builder);
 *
 * Keys are any bytes; a canonical message makes a good one. Values lie at
 * multiples of 64, so that @align(64) holds in memory. The file is described in
 * FORMAT.md, "Snapshot caches".
 *
 * Part of libinlay-ipc. Threads: one cache serves any number of readers at
 * once; opening, closing, refreshing and builders are for one thread at a time.
 */
#ifndef INLAY_CACHE_H
#define INLAY_CACHE_H

#include "desc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The longest key, in bytes. */
#define INLAY_CACHE_KEY_SIZE_MAX 65535

/* ---- Reading ------------------------------------------------------------- */

/* All zero is a good default. */
typedef struct inlay_cache_options {
    uint64_t type_id; /* refuse caches of others: INLAY_TYPE_ID; 0: take all */
    const inlay_record_desc *verify; /* verify each value, checksum included,
                                        when it is first got; what was got may
                                        be opened as verified. NULL: don't */
    bool copy;     /* read all into private memory instead of mapping: safe
                      from whoever may write the file, and faster, for it can
                      lie in huge pages; but it is not shared */
    bool prefault; /* have all of it in memory before open returns */
    const inlay_alloc *alloc; /* of names and marks; NULL: the heap */
} inlay_cache_options;

/* An open cache. Members are private.
 *
 * Lifetime: values, and views opened on them, borrow the cache and die when it
 * is closed or refreshed. */
typedef struct inlay_cache {
    const uint8_t      *data;
    size_t              size;
    uint64_t            index;        /* offset of the buckets */
    uint64_t            bucket_count; /* that hashes lead to */
    uint64_t            seed;
    uint64_t            entry_count;
    uint32_t            probe_count; /* buckets that an entry may lie in */
    int                 fd;          /* of copies: holds the file's number */
    uint64_t           *verified;    /* a bit for each slot, or NULL */
    char               *path;
    uint64_t            device;
    uint64_t            inode;
    inlay_cache_options options;
} inlay_cache;

/* Opens a cache: O(1), but for `copy` and `prefault`. Looks at the header, its
 * checksum and the file's size; touches nothing else.
 *
 * Fails with INLAY_SYSTEM (errno says why), INLAY_OUT_OF_MEMORY,
 * INLAY_CUT_SHORT, INLAY_MAGIC, INLAY_OTHER_VERSION, INLAY_FLAGS,
 * INLAY_CHECKSUM (of the header), INLAY_DAMAGED (its numbers do not add up),
 * INLAY_TYPE_ID. What failed needs no closing. */
INLAY_NODISCARD inlay_status
inlay_cache_open(inlay_cache *self, const char *path,
                 const inlay_cache_options *options, inlay_error *error);

void inlay_cache_close(inlay_cache *self);

/* Returns the number of entries, as the header has it. */
uint64_t inlay_cache_count(const inlay_cache *self);

/* Finds the value of a key: two cache misses, as a rule, and at most 64 buckets
 * whatever the file holds.
 *
 * INLAY_NOT_FOUND: there is none, or what leads to it is damaged. With `verify`
 * also INLAY_CHECKSUM and what inlay_verify fails with; a value that failed is
 * tried again the next time. */
INLAY_NODISCARD inlay_status inlay_cache_get(const inlay_cache *self,
                                             const void *key, size_t key_size,
                                             inlay_bytes *value);

/* Finds the values of `count` keys at once, as inlay_cache_get does, but with
 * the cache misses of all of them side by side: some times as fast where the
 * cache is larger than the processor's. Values that are not found, or fail, get
 * NULL for `data`; those that are found never have it. Returns how many were
 * found. */
size_t inlay_cache_get_many(const inlay_cache *self, const inlay_bytes *keys,
                            size_t count, inlay_bytes *values);

/* Returns in `*changed` whether the path leads to another generation now: one
 * stat(2). INLAY_SYSTEM when there is none, or it can't be looked at. */
INLAY_NODISCARD inlay_status inlay_cache_changed(const inlay_cache *self,
                                                 bool              *changed);

/* Goes over to the newest generation if there is another one; `*changed` says
 * whether there was. Values of the old one die then. Fails as inlay_cache_open,
 * and then keeps the old one. */
INLAY_NODISCARD inlay_status inlay_cache_refresh(inlay_cache *self,
                                                 bool        *changed,
                                                 inlay_error *error);

/* ---- All entries --------------------------------------------------------- */

/* One entry. Key and value borrow the cache. */
typedef struct inlay_cache_entry {
    inlay_bytes key;
    inlay_bytes value;
    uint64_t    offset; /* of the value in the file */
    uint64_t    slot;   /* in the index */
} inlay_cache_entry;

/* Gives the next entry, in the order of the hashes, and steps `*cursor`, which
 * starts at 0. INLAY_NOT_FOUND at the end. INLAY_DAMAGED, with the offset of
 * the slot, for one that leads nowhere: the next call goes on behind it. */
INLAY_NODISCARD inlay_status inlay_cache_next(const inlay_cache *self,
                                              uint64_t          *cursor,
                                              inlay_cache_entry *entry,
                                              inlay_error       *error);

/* Checks one entry: its checksum, that its key leads to it and to no other,
 * and, if `desc` is not NULL, that its value is a message. The error's path
 * starts with the key, its offset counts in the file. O(size). */
INLAY_NODISCARD inlay_status
inlay_cache_entry_check(const inlay_cache *self, const inlay_cache_entry *entry,
                        const inlay_record_desc *desc, inlay_error *error);

/* Checks the file: the checksum of the index and that of all data, so that any
 * changed byte is found; INLAY_CHECKSUM with the offset of the part. O(size).
 * What is wrong with which entry is for inlay_cache_entry_check. */
INLAY_NODISCARD inlay_status inlay_cache_check(const inlay_cache *self,
                                               inlay_error       *error);

/* ---- Building ------------------------------------------------------------ */

typedef struct inlay_cache_builder_options {
    uint64_t           type_id;          /* of the values; 0: not said */
    uint64_t           entries_expected; /* sizes memory at once; 0: it grows */
    const inlay_alloc *alloc;            /* NULL: the heap */
} inlay_cache_builder_options;

struct cache_mark;
struct io_draft;

/* Writes a cache. Members are private.
 *
 * Memory: 16 bytes an entry (and as much again for the moment in which it
 * grows, unless entries_expected was right) and a buffer of 1 MiB; values go to
 * the file. Publishing needs no more. Disk: the values, their keys and 24
 * bytes, rounded up to 64 each, and 12.8 bytes an entry. */
typedef struct inlay_cache_builder {
    struct io_draft   *draft; /* the file */
    const inlay_alloc *alloc;
    uint64_t           type_id;
    struct cache_mark *marks; /* hash and place of each entry */
    uint64_t           count;
    uint64_t           capacity;
    uint8_t           *buffer; /* the end of the file, not yet written */
    uint64_t           start;  /* offset of the buffer in the file */
    uint64_t           end;    /* offset of the end */
    uint64_t           check;  /* of all data before `start` */
    inlay_status       status; /* sticky */
} inlay_cache_builder;

/* Starts a new generation of the cache at `path`. Nothing shows there until it
 * is published. `options` may be NULL. Fails with INLAY_SYSTEM or
 * INLAY_OUT_OF_MEMORY, and INLAY_REFUSED when another builder is at work on the
 * same path and the file system has no O_TMPFILE. What failed needs no release.
 */
INLAY_NODISCARD inlay_status
inlay_cache_builder_init(inlay_cache_builder *self, const char *path,
                         const inlay_cache_builder_options *options);

/* Adds an entry, copied; in any order. `key` and `value` may be NULL where
 * their size is 0. Fails with INLAY_TOO_LONG (the key), INLAY_TOO_LARGE,
 * INLAY_SYSTEM, INLAY_OUT_OF_MEMORY; the last two are sticky. */
INLAY_NODISCARD inlay_status inlay_cache_builder_add(inlay_cache_builder *self,
                                                     const void          *key,
                                                     size_t      key_size,
                                                     const void *value,
                                                     size_t      value_size);

/* Writes the index, makes all of it durable and puts it in the place of the
 * generation that is there. On failure the old one stays untouched.
 *
 * INLAY_DUPLICATE: two entries have the key that the error's path names.
 * INLAY_FULL: keys were made so that their hashes collide. INLAY_SYSTEM,
 * INLAY_OUT_OF_MEMORY. Ends the builder: only the release is left to do. */
INLAY_NODISCARD inlay_status
inlay_cache_builder_publish(inlay_cache_builder *self, inlay_error *error);

/* Frees all; what was not published is gone. */
void inlay_cache_builder_release(inlay_cache_builder *self);

#ifdef __cplusplus
}
#endif

#endif

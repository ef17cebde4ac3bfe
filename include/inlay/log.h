/* log.h -- the record log: messages appended to a file that explains itself.
 *
 * Caveats first.
 *   - One writer. A second one is refused (INLAY_WOULD_WAIT) by flock(2); on a
 *     file system without that, nobody refuses it, and both write nonsense.
 *   - What was appended is in memory until its chunk is full, or you flush or
 *     sync. Only sync promises that it outlives the machine's power; a flush,
 *     that it outlives the process.
 *   - The last chunk may be damaged or unfinished, and nothing in the file can
 *     say which. Opening for append cuts off what follows the last whole chunk.
 *   - Hashes find accidents. They are no seal: who can write the file can make
 *     it say anything. Records are not verified: verify them, or open them with
 *     clamps (view.h).
 *   - A file that somebody truncates kills who has it mapped (SIGBUS). Readers
 *     copy therefore, unless they are told to map.
 *
 * Write:
 *
 *     inlay_log log;
 *
 *     status = inlay_log_open(&log, "web.log", &web_entry_desc, NULL);
 *     status = inlay_log_append(&log, message, size);
 *     status = inlay_log_sync(&log);
 *     status = inlay_log_close(&log);
 *
 * Read:
 *
 *     inlay_log_reader reader;
 *     inlay_log_record record;
 *
 *     status = inlay_log_reader_open(&reader, "web.log", NULL);
 *     while ((status = inlay_log_next(&reader, &record)) != INLAY_CLOSED) {
 *         if (status == INLAY_OK) {
 *             ... record.data, record.size ...
 *         } else if (status == INLAY_DAMAGED) {
 *             ... reader.damage says where; go on ...
 *         } else {
 *             break;
 *         }
 *     }
 *     inlay_log_reader_close(&reader);
 *
 * The file: its header twice, then chunks; both start at multiples of 64. All
 * numbers are little-endian, all pads zero.
 *
 *     header   0  8  89 49 4c 4f 47 0d 0a 1a
 *              8  1  version, 1
 *              9  1  alignment of records, as a power of two: 3 or 6
 *             10  2  0
 *             12  4  size of the description
 *             16 16  marker: random, the file's own
 *             32 16  fingerprint: XXH3-128 of the description, low half first
 *             48  8  type id of the records
 *             56  8  XXH3-64 of bytes 0..55
 *             64     description (describe.h), pad to 64
 *
 *     chunk    0 16  marker
 *             16  4  size as stored
 *             20  4  size of records and their ends
 *             24  4  count of records, at least 1
 *             28  1  compression: 0 none, 1 LZ4 frame, 2 zstd frame
 *             29  3  0
 *             32  8  sequence: records before it in the log
 *             40  8  key, see inlay_log_set_key
 *             48  8  XXH3-64 of the bytes as stored
 *             56  8  XXH3-64 of bytes 0..55, seeded with the chunk's offset
 *             64     as stored: records, each aligned, then for each u32 where
 *                    it ends; pad to 64
 *
 * So a reader may start at any byte and find the next chunk, one damaged byte
 * costs one chunk at most, and the offsets of records need no decompression of
 * another. There is no index to get wrong: seeking is a binary search over the
 * chunks' own headers.
 *
 * Threads: one at a time on a log or reader; any number of both on one file.
 */
#ifndef INLAY_LOG_H
#define INLAY_LOG_H

#include "describe.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No record is larger, and no chunk but by one record and the ends. */
#define INLAY_LOG_RECORD_MAX ((size_t)1 << 30)

enum {
    INLAY_LOG_PLAIN = 0,
    INLAY_LOG_LZ4 = 1,
    INLAY_LOG_ZSTD = 2
};

/* ---- Writing ------------------------------------------------------------- */

/* All zero is the default, and NULL stands for that. */
typedef struct inlay_log_options {
    const inlay_alloc *alloc;      /* NULL: the heap */
    size_t             chunk_size; /* bytes of records before a chunk is
                                      written; 0: 256 KiB, at most 2^30 */
    unsigned align;       /* of records in the file: 8 or 64, so that @align(64)
                             holds in the map; 0: 8. Of a new log; another has
                             its own */
    unsigned compression; /* of chunks from now on: INLAY_LOG_*. A chunk that
                             does not shrink stays plain */
    bool must_exist;      /* or INLAY_SYSTEM, ENOENT */
    bool must_be_new;     /* or INLAY_SYSTEM, EEXIST */
} inlay_log_options;

/* A log that is open for append. Members but those for reading are private. */
typedef struct inlay_log {
    uint64_t sequence; /* for reading: of the next record */
    uint64_t cut;      /* for reading: bytes of a torn tail that open cut off */
    const inlay_alloc *alloc;
    int                fd;
    unsigned           compression;
    uint32_t           align;
    inlay_status       failed; /* sticky */
    uint8_t            marker[16];
    uint64_t           offset; /* where the next chunk goes */
    uint64_t           key;    /* of the next record */
    uint64_t           chunk_key;
    size_t             chunk_size;
    uint8_t           *buffer; /* the chunk: its header, then records */
    size_t             room;   /* for records, and their ends behind them */
    size_t             used;   /* by records */
    size_t             reserved;
    uint32_t          *ends;
    uint32_t           ends_room;
    uint32_t           count;
    uint8_t           *packed; /* the chunk, compressed */
    size_t             packed_room;
} inlay_log;

/* Opens a log for append, and makes it where there is none, or where making it
 * was cut off; its header is durable then. `record` is what it holds.
 *
 * Cuts a torn tail: whatever follows the last whole chunk. That takes time
 * linear in the tail; the rest of the log is not read. Writes a damaged header
 * again from the other one.
 *
 * INLAY_SYSTEM with errno; INLAY_WOULD_WAIT: another writer has it;
 * INLAY_MAGIC, INLAY_OTHER_VERSION, INLAY_DAMAGED: it is no log, a later one,
 * or has lost both headers; INLAY_TYPE_ID: it holds another type;
 * INLAY_DESCRIPTION: the same type, but of another schema (write a new log, or
 * recover it into one); INLAY_NOT_BUILT_IN; INLAY_TOO_LARGE from
 * inlay_describe; INLAY_OUT_OF_MEMORY. On failure there is nothing to close. */
INLAY_NODISCARD inlay_status inlay_log_open(inlay_log *self, const char *path,
                                            const inlay_record_desc *record,
                                            const inlay_log_options *options);

/* The same, with a description instead of tables: what a reader has in its
 * `description`. INLAY_DESCRIPTION when it is none. */
INLAY_NODISCARD inlay_status inlay_log_open_described(
    inlay_log *self, const char *path, inlay_bytes description,
    const inlay_log_options *options);

/* Appends a copy of a record. INLAY_OVER_LIMIT beyond INLAY_LOG_RECORD_MAX;
 * errors of inlay_log_flush where a full chunk had to go first: the record is
 * not appended then, and what was before it is still to be written. */
INLAY_NODISCARD inlay_status inlay_log_append(inlay_log *self, const void *data,
                                              size_t size);

/* Gives room for one record of at most `size` bytes, to encode it where it will
 * be written from; errors as of inlay_log_append. The room is yours until any
 * other call on the log. */
INLAY_NODISCARD inlay_status inlay_log_reserve(inlay_log *self, size_t size,
                                               uint8_t **room);

/* Appends what was put into the room: its first `size` bytes. */
void inlay_log_commit(inlay_log *self, size_t size);

/* Says what records from now on can be found by, say their time: a chunk has
 * the key of its first record. Keys never descend: a lesser one than that
 * before counts as that, as when a clock is set back. A log starts with 0. */
void inlay_log_set_key(inlay_log *self, uint64_t key);

/* Says that records are missing here: the next one has that sequence, unless
 * the log is as far or farther already. Flushes, and has its errors. For copies
 * of damaged logs, where records keep their sequence. */
INLAY_NODISCARD inlay_status inlay_log_skip(inlay_log *self, uint64_t sequence);

/* Hands all records to the system as one chunk: other processes can read them
 * from now on, and they outlive this process. After INLAY_SYSTEM (a full disk)
 * they are kept and the call may be repeated. */
INLAY_NODISCARD inlay_status inlay_log_flush(inlay_log *self);

/* The same, and makes them durable. When the system fails at that, nobody knows
 * what is on the disk: every later call is INLAY_SYSTEM, close it. */
INLAY_NODISCARD inlay_status inlay_log_sync(inlay_log *self);

/* Flushes and closes; returns what inlay_log_flush did, and is closed and freed
 * in any case. */
inlay_status inlay_log_close(inlay_log *self);

/* ---- Reading ------------------------------------------------------------- */

/* All zero is the default, and NULL stands for that. */
typedef struct inlay_log_reader_options {
    const inlay_alloc       *alloc;  /* NULL: the heap */
    const inlay_record_desc *record; /* or INLAY_TYPE_ID; NULL: any will do */
    uint64_t                 from;   /* only chunks that start in [from, to) */
    uint64_t                 to;     /* 0: all */
    bool map;     /* in place from the map: faster where chunks are large, and
                     SIGBUS when somebody truncates the file; a writer that
                     opens the log cuts a torn tail */
    size_t limit; /* larger chunks are damage; 0: what a log can have */
} inlay_log_reader_options;

/* One record, aligned as the log says. It lies in the reader, or in the map,
 * until the next call on the reader. */
typedef struct inlay_log_record {
    const uint8_t *data;
    size_t         size;
    uint64_t       sequence;
} inlay_log_record;

/* What is lost. */
typedef struct inlay_log_damage {
    uint64_t offset;  /* of the first byte that is no whole chunk */
    uint64_t size;    /* up to the next chunk, or to the end of the file */
    uint64_t records; /* lost, by the sequence of the next chunk; 0 at the end
                         of the file, where nobody knows */
} inlay_log_damage;

/* Members but those for reading are private. */
typedef struct inlay_log_reader {
    uint64_t         type_id;     /* for reading, as all up to `size` */
    inlay_bytes      description; /* borrowed from the reader */
    inlay_hash128    fingerprint;
    uint32_t         align;
    inlay_log_damage damage;   /* of the last INLAY_DAMAGED */
    uint64_t         offset;   /* of the chunk at hand */
    uint64_t         key;      /* of the chunk at hand */
    uint64_t         position; /* where the next chunk should be */
    uint64_t         size;     /* of the file, when it was last looked at */

    const inlay_alloc *alloc;
    int                fd;
    bool               mapped;
    bool               resync; /* the next chunk is wherever it starts */
    uint64_t           to;
    size_t             limit;
    uint64_t           expected; /* sequence of the next chunk */
    uint64_t           least;    /* sequence of the first record wanted */
    uint64_t           start;    /* of the first chunk */
    uint8_t            marker[16];
    void              *header; /* of the file */
    size_t             header_size;
    const uint8_t     *map;
    size_t             map_size;
    void              *memory[2]; /* as stored; unpacked */
    size_t             memory_size[2];
    const uint8_t     *data; /* records of the chunk at hand */
    const uint8_t     *ends;
    uint32_t           count;
    uint32_t           next;
    uint64_t           sequence; /* of its first record */
} inlay_log_reader;

/* Opens a log for reading. INLAY_SYSTEM; INLAY_MAGIC: it is no log;
 * INLAY_CUT_SHORT: it is empty, or ends within its header; INLAY_OTHER_VERSION;
 * INLAY_DAMAGED: it was one, but both headers are lost; INLAY_TYPE_ID;
 * INLAY_OUT_OF_MEMORY. On failure there is nothing to close. */
INLAY_NODISCARD inlay_status
inlay_log_reader_open(inlay_log_reader *self, const char *path,
                      const inlay_log_reader_options *options);

/* Gives the next record.
 *
 * INLAY_CLOSED at the end of the log. Call again later to see what was written
 * since: a log may be read while it grows. `damage.size` then tells how many
 * bytes follow that are no whole chunk: a writer is at work on them, or has
 * died, or the last chunk is damaged; 0 when there are none.
 *
 * INLAY_DAMAGED: something was lost, and `damage` says what; the next call goes
 * on behind it. INLAY_NOT_BUILT_IN, INLAY_SYSTEM, INLAY_OUT_OF_MEMORY: the next
 * call tries the same again. */
INLAY_NODISCARD inlay_status inlay_log_next(inlay_log_reader *self,
                                            inlay_log_record *record);

/* Goes on with the record of that sequence, or with the first that is whole
 * after it. O(log n) reads. Errors of inlay_log_next but the first two. */
INLAY_NODISCARD inlay_status inlay_log_seek(inlay_log_reader *self,
                                            uint64_t          sequence);

/* Goes on with the first record of the last chunk whose key is less than `key`,
 * or with the first of all: where all records of that key are still to come. */
INLAY_NODISCARD inlay_status inlay_log_seek_key(inlay_log_reader *self,
                                                uint64_t          key);

/* Reads the description into tables, which the caller releases; errors of
 * inlay_description_read. */
INLAY_NODISCARD inlay_status inlay_log_reader_describe(
    const inlay_log_reader *self, inlay_description *description);

/* Closes and frees; does nothing with one that is all zero. */
void inlay_log_reader_close(inlay_log_reader *self);

#ifdef __cplusplus
}
#endif

#endif

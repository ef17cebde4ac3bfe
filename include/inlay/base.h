/* base.h -- what every part of Inlay speaks: statuses, errors, spans, memory.
 *
 * Nothing here allocates or does I/O. C11, and C++17 unchanged.
 * Threads: all types are plain values; nothing is shared or global.
 */
#ifndef INLAY_BASE_H
#define INLAY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Attribute shims ----------------------------------------------------- */

#if defined(__GNUC__) || defined(__clang__)
#define INLAY_NODISCARD __attribute__((warn_unused_result))
#define INLAY_LIKELY(x) __builtin_expect(!!(x), 1)
#define INLAY_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define INLAY_COLD __attribute__((cold, noinline))
#define INLAY_NOINLINE __attribute__((noinline))
#define INLAY_INLINE inline __attribute__((always_inline))
#else
#define INLAY_NODISCARD
#define INLAY_LIKELY(x) (x)
#define INLAY_UNLIKELY(x) (x)
#define INLAY_COLD
#define INLAY_NOINLINE
#define INLAY_INLINE inline
#endif

/* ---- Statuses ------------------------------------------------------------ */

/* Every status: name, number (pinned for ever), sentence.
 *
 *    1..15   the call: memory, buffers, limits, arguments
 *   16..31   values that can't be written
 *   32..79   bytes that are not a message of the schema (FORMAT.md, section 5)
 *   80..95   JSON text
 *   96..127  what carries messages: frames, logs, caches, rings
 */
#define INLAY_STATUS_LIST(X)                                                   \
    X(OK, 0, "success")                                                        \
    X(BUFFER_TOO_SMALL, 1, "the buffer is smaller than the message")           \
    X(OUT_OF_MEMORY, 2, "memory ran out")                                      \
    X(SCRATCH_TOO_SMALL, 3, "the encoder's scratch memory ran out")            \
    X(MEMORY_LIMIT, 4, "more memory is needed than the limit allows")          \
    X(TOO_LARGE, 5, "the sizes add up to more than a message can hold")        \
    X(NULL_ITEMS, 6, "a count is not zero but its pointer is NULL")            \
    X(NOT_MEASURED, 7, "the encoder has not measured what is to be written")   \
    X(NOT_VERIFIED, 8, "the view was not opened as a verified one")            \
    X(TOO_DEEP, 16, "blocks are nested deeper than the limit")                 \
    X(MAP_ORDER, 17, "map keys are not strictly ascending")                    \
    X(UTF8, 18, "a string is not valid UTF-8")                                 \
    X(TAG_RANGE, 19, "a union's tag is beyond its variants")                   \
    X(TOO_LONG, 20, "a value is longer than its @max allows")                  \
    X(SOURCE_CHANGED, 21, "a source gave another element than before")         \
    X(UNKNOWN_FED, 22, "a source or builder can't take what is kept unknown")  \
    X(HEADER, 32, "a block's header is missing or cut short")                  \
    X(HEADS, 33, "a block's heads do not fit in its slice")                    \
    X(WIDTH, 34, "a width, count or escape is larger than its value needs")    \
    X(RESERVED_BITS, 35, "reserved bits of a block's header are set")          \
    X(ANCHORS, 36, "anchors do not start at 0, descend or lead outside")       \
    X(SPLITS, 37, "splits descend or lead outside their element's share")      \
    X(TRAILING_BYTES, 38, "bytes follow the end of a block without a heap")    \
    X(LAYOUT, 39, "fixed size and slots match no revision of the record")      \
    X(UNKNOWN_BITS, 40, "bits are set that no field takes")                    \
    X(ABSENT_VALUE, 41, "an absent value is not zero or not empty")            \
    X(PRESENCE, 42, "a value is marked present but lies beyond the block")     \
    X(PAYLOAD, 43, "a payload's size is not the size of its type")             \
    X(VECTOR_LENGTH, 44, "a vector's length is no multiple of its element")    \
    X(BITSET, 45, "a vector of bools is malformed")                            \
    X(BOOL, 46, "a bool is neither 0 nor 1")                                   \
    X(ALIGNMENT, 47, "an aligned slice is malformed or its pad is not zero")   \
    X(COUNT, 48, "a vector block holds no elements")                           \
    X(NOT_CANONICAL, 64, "valid, but not the one canonical encoding")          \
    X(JSON_SYNTAX, 80, "the text is not JSON")                                 \
    X(JSON_TYPE, 81, "the JSON value has the wrong type")                      \
    X(JSON_RANGE, 82, "the value does not fit its type")                       \
    X(JSON_NAME, 83, "the record has no field of this name")                   \
    X(JSON_REPEATED, 84, "a name or key is repeated")                          \
    X(JSON_BASE64, 85, "the text is not base64 with padding")                  \
    X(JSON_SINK, 86, "the sink refused the text")                              \
    X(SYSTEM, 96, "a call to the system failed; errno says why")               \
    X(DEADLINE, 97, "the deadline has passed")                                 \
    X(CLOSED, 98, "the other side has closed or died")                         \
    X(WOULD_WAIT, 99, "nothing can be done now without waiting")               \
    X(FULL, 100, "there is no room left")                                      \
    X(CUT_SHORT, 101, "the bytes end in the middle of something")              \
    X(MAGIC, 102, "the bytes do not start with the magic number")              \
    X(OTHER_VERSION, 103, "the version is none that this library reads")       \
    X(FLAGS, 104, "flags or reserved bytes are set that nothing defines")      \
    X(TYPE_ID, 105, "the message is of another type")                          \
    X(CHECKSUM, 106, "the checksum does not match: the bytes are damaged")     \
    X(OVER_LIMIT, 107, "the size is over the caller's limit")                  \
    X(COMPRESSION, 108, "the payload can't be decompressed")                   \
    X(NOT_BUILT_IN, 109, "this build lacks the compression that is needed")    \
    X(DAMAGED, 110, "the file's structure is damaged")                         \
    X(DESCRIPTION, 111, "the description of the schema is malformed")          \
    X(PEER_FAULT, 112, "the other side broke the protocol")                    \
    X(REFUSED, 113, "the other side refused")                                  \
    X(USER, 114, "the other side belongs to another user")                     \
    X(NOT_FOUND, 115, "there is no such key")                                  \
    X(DUPLICATE, 116, "the key is there already")

typedef enum inlay_status {
#define INLAY_STATUS_ENUM(name, number, sentence) INLAY_##name = number,
    INLAY_STATUS_LIST(INLAY_STATUS_ENUM)
#undef INLAY_STATUS_ENUM
} inlay_status;

/* Returns the status's sentence, without a full stop; never NULL. */
const char *inlay_status_text(inlay_status status);

/* Returns the status's name as in INLAY_<NAME>; "UNKNOWN" when it has none. */
const char *inlay_status_name(inlay_status status);

/* ---- Limits -------------------------------------------------------------- */

/* How deep blocks nest where nothing else is said; the root is 1, vector blocks
 * count. Encoders refuse what is deeper. */
#define INLAY_DEPTH_LIMIT 64

/* ---- Errors -------------------------------------------------------------- */

#define INLAY_PATH_SIZE 200
#define INLAY_NO_OFFSET UINT64_MAX

/* What went wrong, and where.
 *
 * Every fallible function takes one last, and every one may be NULL. It is
 * written on failure only. `path` names the field from the root, as in
 * `logs[17].request`; it is empty at the root, and starts with "..." when it
 * is longer than fits. `offset` counts bytes from the start of the message,
 * or of the JSON text, and is INLAY_NO_OFFSET where there is no such place.
 * `line` and `column` (from 1, column in bytes) are set for JSON text only. */
typedef struct inlay_error {
    inlay_status status;
    uint64_t     offset;
    uint32_t     line;
    uint32_t     column;
    char         path[INLAY_PATH_SIZE];
} inlay_error;

/* Writes `path: sentence (byte N)` or `line L, column C: path: sentence` into
 * `text`, terminated, cut to `size`; returns the length it would have. */
size_t inlay_error_format(const inlay_error *error, char *text, size_t size);

/* ---- Spans --------------------------------------------------------------- */

/* UTF-8 text that somebody else owns, not terminated. `data` may be NULL when
 * `size` is 0. */
typedef struct inlay_str {
    const char *data;
    size_t      size;
} inlay_str;

/* Bytes that somebody else owns. `data` may be NULL when `size` is 0. */
typedef struct inlay_bytes {
    const uint8_t *data;
    size_t         size;
} inlay_bytes;

/* A string literal as an inlay_str, usable as an initialiser in C. */
#define INLAY_STR(literal) {literal, sizeof(literal) - 1}

/* Returns a terminated string as an inlay_str; O(length). NULL gives empty. */
static inline inlay_str inlay_str_from(const char *text)
{
    size_t    size = 0;
    inlay_str str;

    while (text != NULL && text[size] != '\0') {
        size++;
    }
    str.data = text;
    str.size = size;
    return str;
}

/* Returns whether both hold the same bytes. */
bool inlay_str_equal(inlay_str a, inlay_str b);

/* ---- Memory -------------------------------------------------------------- */

/* Where memory comes from. `resize` behaves as realloc (NULL with old_size 0
 * allocates, new_size 0 frees and returns NULL), is told the old size, and
 * returns NULL when it can't; the old memory then stays as it was. */
typedef struct inlay_alloc {
    void *(*resize)(void *context, void *memory, size_t old_size,
                    size_t new_size);
    void *context;
} inlay_alloc;

/* malloc, realloc and free. */
extern const inlay_alloc inlay_alloc_heap;

#ifdef __cplusplus
}
#endif

#endif

/* ring.h -- messages between two processes through shared memory: one producer,
 * one consumer, no copy, no system call while both keep up.
 *
 * Before you use it
 *
 * - One direction, one producer, one consumer. Answers need a second ring, many
 *   producers one ring each.
 * - Nothing here is durable: what was not read when the consumer ends is gone.
 *   What a producer published before it died is read to the end.
 * - 64-bit Linux 5.1 or later. Elsewhere this header is empty and
 *   INLAY_HAS_RING is 0.
 * - A child of fork(2) has none of the ring's memory and must not touch the
 *   ring. While it keeps the socket open, the other side can't see its parent's
 *   death; exec(2) closes it.
 * - Waiting starts with spinning for some 20 microseconds, so a thread that
 *   waits often takes its processor.
 * - The bytes of a message that is read in place may change at any time. Read
 *   "Trust" below before you choose a mode.
 *
 * Setting up. Connect two processes by a UNIX socket of type SOCK_SEQPACKET, in
 * whatever way suits (a socketpair before fork, a listener, systemd). The
 * producer offers a ring on its end, the consumer accepts on the other:
 *
 *     inlay_ring_tx      tx;
 *     inlay_ring_options options = {.type_id = LOG_ENTRY_TYPE_ID};
 *
 *     status = inlay_ring_offer(&tx, socket, &options, deadline, &refusal);
 *     ...
 *     status = log_entry_measure(&entry, &encoder, &size);
 *     status = inlay_ring_reserve(&tx, size, deadline, &room);
 *     status = log_entry_write(&entry, &encoder, room, size);
 *     inlay_ring_commit(&tx, size);
 *
 * and on the other side
 *
 *     status = inlay_ring_accept(&rx, socket, &options, deadline, &refusal);
 *     ...
 *     status = inlay_ring_peek(&rx, deadline, &message);
 *     entry = log_entry_open(message.data, message.size);
 *     ...
 *     inlay_ring_release(&rx, &message);
 *
 * The socket stays open as long as the ring. Its end is how either side learns
 * of the other's death at once, zombies included; it wakes event loops, and it
 * carries the file descriptors of sealed messages.
 *
 * The memory
 *
 *     memory 1, written by the producer, sealed so that the consumer can only
 *     map it to read:
 *
 *         page     the producer's sleep word
 *         ring     size bytes, mapped twice in a row: no message wraps
 *
 *     memory 2, written by the consumer:
 *
 *         page     line 0: the tail, u64; line 1: the consumer's sleep word
 *
 *     a message in the ring, at a position counted from the start, never reset
 *
 *         OFFSET  SIZE
 *              0     4  flags: 1 present, 2 sealed; 0: nothing here yet
 *              4     4  length of the payload
 *              8     -  payload, then up to 7 bytes to a multiple of 8
 *
 *     With an alignment of 64 it is the payload that lies at a multiple of 64,
 *     and the header right before it.
 *
 * There is no shared head. The header of the next message stays 0 until the
 * message is published by one store, so what lies inside one cache line travels
 * with that line alone: a message of 24 bytes always does, of 32 every other
 * time. A producer that dies has published a message or it hasn't.
 *
 * What a peer can do. Whatever it writes where it can write, and whatever it
 * sends: the other side reads only inside its own mapping, returns within its
 * deadline, and frees what it got. Lengths are loaded once and checked against
 * what the ring holds, the tail against what was published; seals and sizes of
 * all memory before it is mapped. A violation ends the ring on both sides:
 * INLAY_PEER_FAULT from then on.
 *
 * Deadlines are those of deadline.h; a wait ends within two milliseconds of its
 * own, as far as the system lets this process run.
 *
 * Threads: one thread at a time on each side; the two sides may be threads of
 * one process. The structs may be moved while no call is running.
 */
#ifndef INLAY_RING_H
#define INLAY_RING_H

#include "deadline.h"

#if defined(__linux__) && UINTPTR_MAX > 0xffffffff
#define INLAY_HAS_RING 1
#else
#define INLAY_HAS_RING 0
#endif

#if INLAY_HAS_RING

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Trust --------------------------------------------------------------- */

/* How the consumer gets at payloads in the ring; it alone chooses.
 *
 *                 costs       bytes change    verify first   if the producer
 *                             while read      and read fast  is hostile
 *     COPY        a memcpy    no              yes            safe
 *     IN_PLACE    nothing     they may        no             safe; values tear
 *     TRUSTED     nothing     by promise not  yes            memory is at risk
 *
 * COPY takes each message into the consumer's own memory: what is verified
 * there stays verified.
 *
 * IN_PLACE points into the ring. Open with the generated `_open`, never with
 * `_open_verified`: the plain accessors load every count, width, anchor, split
 * and tag once and clamp it against the bounds given to `_open`, so no
 * rewriting leads outside; the compiled accessors have been looked at for that.
 * What holds and what doesn't: two readings of one field may differ, a string
 * may change between your look and your use, and the compiler may load a number
 * again instead of keeping it. So copy what steers your program, a number
 * through `inlay_load` (wire.h), before you judge it. Verification, decoding
 * and JSON judge first and read later: never call them on bytes that may
 * change.
 *
 * TRUSTED points into the ring, too, and says `stable`: this process answers
 * for the producer as for itself. Only between processes of the same user;
 * INLAY_USER otherwise.
 *
 * Sealed messages are stable in every mode: the kernel promises it. */
typedef enum inlay_ring_mode {
    INLAY_RING_COPY = 0,
    INLAY_RING_IN_PLACE,
    INLAY_RING_TRUSTED
} inlay_ring_mode;

/* Whose process the other side may be, as the kernel knows it (SO_PEERCRED:
 * who connected, or made the pair). */
typedef enum inlay_ring_users {
    INLAY_RING_SAME_USER = 0, /* our effective user */
    INLAY_RING_ONE_USER,      /* `user` of the options */
    INLAY_RING_ANY_USER
} inlay_ring_users;

/* ---- Setting up ---------------------------------------------------------- */

/* Sizes where the options say 0, and the most a ring can have. */
#define INLAY_RING_SIZE         ((size_t)256 << 10)
#define INLAY_RING_SIZE_MAX     ((size_t)1 << 30)
#define INLAY_RING_ACCEPTED_MAX ((size_t)64 << 20)
#define INLAY_RING_SEALED_MAX   ((size_t)1 << 30)
#define INLAY_RING_SPINS        1000

/* Zero bytes are good options. Type, schema and alignment must be the same on
 * both sides; what they are is the callers' business. */
typedef struct inlay_ring_options {
    uint64_t type_id;        /* as in a frame */
    uint64_t fingerprint[2]; /* of the schema, 128 bits */
    size_t   size; /* producer: bytes of the ring, rounded up to a power
                      of two; consumer: the largest ring it accepts */
    size_t           sealed_max; /* consumer: the largest sealed message */
    uint32_t         align;      /* of payloads: 8 (or 0), or 64 */
    uint32_t         spins;      /* looks before sleeping; UINT32_MAX: none */
    inlay_ring_mode  mode;       /* consumer */
    inlay_ring_users users;
    uint32_t         user; /* the id with INLAY_RING_ONE_USER */
} inlay_ring_options;

/* Why a ring was refused. Numbers travel: they are pinned. */
#define INLAY_RING_REFUSAL_LIST(X)                                             \
    X(NONE, 0, "not refused")                                                  \
    X(MALFORMED, 1, "the offer is cut short or contradicts itself")            \
    X(MAGIC, 2, "the offer is none of a ring")                                 \
    X(BYTE_ORDER, 3, "the byte orders differ")                                 \
    X(VERSION, 4, "the versions differ")                                       \
    X(PAGE_SIZE, 5, "the page sizes differ")                                   \
    X(SIZE, 6, "the ring's size is no power of two or over the limit")         \
    X(ALIGN, 7, "the alignments differ")                                       \
    X(FLAGS, 8, "flags are set that nothing defines")                          \
    X(TYPE, 9, "the types of message differ")                                  \
    X(SCHEMA, 10, "the schemas differ")                                        \
    X(USER, 11, "the process belongs to another user")                         \
    X(FDS, 12, "the memory is missing or of the wrong kind or size")           \
    X(SEALS, 13, "the memory is not sealed as it must be")                     \
    X(RESOURCES, 14, "memory or descriptors ran out")

typedef enum inlay_ring_refusal {
#define INLAY_RING_REFUSAL_ENUM(name, number, sentence)                        \
    INLAY_RING_REFUSED_##name = number,
    INLAY_RING_REFUSAL_LIST(INLAY_RING_REFUSAL_ENUM)
#undef INLAY_RING_REFUSAL_ENUM
} inlay_ring_refusal;

/* Returns the reason's sentence, without a full stop; never NULL. */
const char *inlay_ring_refusal_text(inlay_ring_refusal refusal);

/* Sealed messages that may be on their way at the same time. */
#define INLAY_RING_SEALED_COUNT 16

/* What either side has counted since the ring was made. */
typedef struct inlay_ring_stats {
    uint64_t messages;   /* committed; or read */
    uint64_t bytes;      /* of their payloads */
    uint64_t waits;      /* times the ring was full; or empty */
    uint64_t sleeps;     /* waits in which spinning did not do */
    uint64_t wakes;      /* system calls to wake the other side */
    uint64_t high_water; /* producer: most bytes of the ring in use, at most a
                            sixteenth of its size too low */
} inlay_ring_stats;

/* What both sides have. Private. */
typedef struct inlay_ring_side {
    uint8_t         *pages; /* memory 1: a page, the ring, the ring again */
    uint8_t         *ring;
    uint8_t         *tail_page; /* memory 2 */
    uint64_t         size;
    uint32_t        *sleep;      /* ours; the peer reads it */
    const uint32_t  *peer_sleep; /* the peer's */
    int              socket;
    uint32_t         align;
    uint32_t         spins;
    uint32_t         nap;    /* ours; bits 0 and 1 say how we sleep */
    uint32_t         woken;  /* the peer's nap that we ended last */
    uint32_t         idle;   /* looks in vain that did not wait */
    bool             gone;   /* the socket has ended */
    inlay_status     status; /* OK, or what every call returns */
    int              fds[INLAY_RING_SEALED_COUNT]; /* of sealed messages */
    uint32_t         fd_count;
    uint32_t         fd_limit;
    inlay_ring_stats stats;
} inlay_ring_side;

/* A ring to write to. Members are private. */
typedef struct inlay_ring_tx {
    inlay_ring_side side;
    uint64_t        tail;  /* the consumer's, as seen last */
    uint64_t        first; /* where the messages begin that wait to be
                              published, */
    uint64_t header;       /* and the header of the first of them */
    uint64_t write;        /* where the next message begins */
    uint64_t reserved;     /* bytes */
    uint64_t marks[INLAY_RING_SEALED_COUNT]; /* ends of sealed ones */
    uint32_t mark_first, mark_count;
    uint8_t *sealed; /* the mapping of the one being written, */
    uint64_t sealed_size;
    int      sealed_fd; /* and its memory */
} inlay_ring_tx;

/* A ring to read from. Members are private. */
typedef struct inlay_ring_rx {
    inlay_ring_side side;
    uint64_t        read; /* where the next message begins */
    uint64_t        tail; /* what was released */
    uint64_t        sealed_max;
    uint8_t        *copy; /* with COPY: as large as the ring */
    inlay_ring_mode mode;
} inlay_ring_rx;

/* Makes a ring and hands it to the process on the other end of the socket;
 * returns when that has accepted. `socket` is the ring's from here on, closed
 * on failure too. `refusal` may be NULL and is written with INLAY_REFUSED and
 * INLAY_USER. INLAY_DEADLINE; INLAY_CLOSED; INLAY_SYSTEM (EPROTOTYPE: no UNIX
 * SOCK_SEQPACKET; EINVAL: options); INLAY_PEER_FAULT: no answer of a ring. */
INLAY_NODISCARD inlay_status inlay_ring_offer(inlay_ring_tx *self, int socket,
                                              const inlay_ring_options *options,
                                              uint64_t            deadline,
                                              inlay_ring_refusal *refusal);

/* Takes the ring that the other end offers, or refuses it and says why to both
 * sides; else as above. With COPY, takes as much memory as the ring has, which
 * the system gives page by page as messages need it. */
INLAY_NODISCARD inlay_status inlay_ring_accept(
    inlay_ring_rx *self, int socket, const inlay_ring_options *options,
    uint64_t deadline, inlay_ring_refusal *refusal);

/* Makes both sides in one process: for threads and for tests. */
INLAY_NODISCARD inlay_status inlay_ring_pair(inlay_ring_tx            *tx,
                                             inlay_ring_rx            *rx,
                                             const inlay_ring_options *options);

/* Ends a side and frees all it has; what is committed but not published is
 * published first. The other side reads what is left, then INLAY_CLOSED.
 * Messages peeked at in place end here; sealed ones that were kept do not. */
void inlay_ring_tx_close(inlay_ring_tx *self);
void inlay_ring_rx_close(inlay_ring_rx *self);

/* ---- Writing ------------------------------------------------------------- */

/* Returns the largest message that the ring takes. */
size_t inlay_ring_size_max(const inlay_ring_tx *self);

/* Sets `room` to where a message of up to `size` bytes is to be written, at a
 * multiple of 8 or 64. The room is good until it is committed; reserving again
 * without that gives the same room anew. INLAY_FULL with
 * INLAY_AT_ONCE, INLAY_DEADLINE otherwise; INLAY_CLOSED; INLAY_TOO_LARGE;
 * INLAY_PEER_FAULT. Waiting publishes what waits to be published. */
INLAY_NODISCARD inlay_status inlay_ring_reserve(inlay_ring_tx *self,
                                                size_t size, uint64_t deadline,
                                                uint8_t **room);

/* Makes the first `size` bytes of the room, at most those reserved, a message
 * that the consumer can read now. */
void inlay_ring_commit(inlay_ring_tx *self, size_t size);

/* The same, but the consumer does not see it before the next
 * inlay_ring_commit or inlay_ring_publish: all of a batch become visible by one
 * store. Batches of ten or more take the cost of publishing off each message.
 */
void inlay_ring_commit_later(inlay_ring_tx *self, size_t size);
void inlay_ring_publish(inlay_ring_tx *self);

/* ---- Reading ------------------------------------------------------------- */

/* A message, until it is released.
 *
 * `data` lies in the ring, in the consumer's copy (then good until the next
 * peek), or in a mapping of its own (sealed). */
typedef struct inlay_ring_message {
    const uint8_t *data;
    size_t         size;
    bool     stable; /* nobody changes the bytes: verify once, then trust */
    bool     sealed;
    uint64_t end; /* private */
} inlay_ring_message;

/* Gets the next message. May be called again before the message is released:
 * it then gives the one after that. INLAY_WOULD_WAIT with INLAY_AT_ONCE,
 * INLAY_DEADLINE otherwise; INLAY_CLOSED once everything published is read;
 * INLAY_PEER_FAULT. Of sealed messages also INLAY_OVER_LIMIT (it is skipped)
 * and INLAY_SYSTEM (it can't be mapped: ENOMEM, try again; its descriptor was
 * lost: EMFILE, it is skipped). */
INLAY_NODISCARD inlay_status inlay_ring_peek(inlay_ring_rx      *self,
                                             uint64_t            deadline,
                                             inlay_ring_message *message);

/* Gives the message's room, and that of all before it, back to the producer.
 * A sealed message is unmapped, so each of those is to be released or kept. */
void inlay_ring_release(inlay_ring_rx *self, inlay_ring_message *message);

/* ---- Large messages ------------------------------------------------------ */

/* Messages in memory of their own, which is sealed, so that nobody can write it
 * any more, and passed over the socket in order with the ring's other messages.
 * The receiver checks seals and size, maps it to read, verifies once, and may
 * keep it for ever.
 *
 * For what does not fit into the ring, or is to be kept or passed on without a
 * copy. It is not the fastest way to hand over bytes that are read once: each
 * 4 KB page is mapped and unmapped on both sides, which can take longer than
 * copying it through the ring in pieces (bench/ipc measures both). */

/* Sets `room` to `size` fresh bytes, at least 1, at the start of a page. At
 * most INLAY_RING_SEALED_COUNT are on their way: waits, and fails, as
 * inlay_ring_reserve does. Reserving again, or reserving in the ring, drops it.
 */
INLAY_NODISCARD inlay_status inlay_ring_reserve_sealed(inlay_ring_tx *self,
                                                       size_t         size,
                                                       uint64_t       deadline,
                                                       uint8_t      **room);

/* Seals the first `size` bytes, at least 1, and publishes them with all that
 * was committed before. On failure nothing was sent, and the room is gone. */
INLAY_NODISCARD inlay_status inlay_ring_commit_sealed(inlay_ring_tx *self,
                                                      size_t         size);

/* A sealed message that outlives its release, and its ring. */
typedef struct inlay_ring_kept {
    const uint8_t *data;
    size_t         size;
} inlay_ring_kept;

/* Releases a sealed message but keeps its bytes, which `kept` owns then. */
void inlay_ring_keep(inlay_ring_rx *self, inlay_ring_message *message,
                     inlay_ring_kept *kept);

/* Frees them. */
void inlay_ring_kept_release(inlay_ring_kept *self);

/* ---- Event loops --------------------------------------------------------- */

/* Returns the descriptor to wait on with poll or epoll, for reading. It belongs
 * to the ring: don't read it, don't close it. */
int inlay_ring_tx_fd(const inlay_ring_tx *self);
int inlay_ring_rx_fd(const inlay_ring_rx *self);

/* Returns true when there is nothing to do now; the descriptor becomes readable
 * as soon as there is, or the other side dies. False: peek, or reserve, first.
 * To be called before each wait:
 *
 *     while ((status = inlay_ring_peek(&rx, INLAY_AT_ONCE, &message)) ==
 *            INLAY_OK) { ... }
 *     if (status == INLAY_WOULD_WAIT && inlay_ring_rx_arm(&rx)) { poll }
 *
 * For the producer, `size` is what it means to reserve. */
bool inlay_ring_rx_arm(inlay_ring_rx *self);
bool inlay_ring_tx_arm(inlay_ring_tx *self, size_t size);

/* ---- Statistics ---------------------------------------------------------- */

/* Each side counts for itself, in its own memory. */
inlay_ring_stats inlay_ring_tx_stats(const inlay_ring_tx *self);
inlay_ring_stats inlay_ring_rx_stats(const inlay_ring_rx *self);

#ifdef __cplusplus
}
#endif

#endif
#endif

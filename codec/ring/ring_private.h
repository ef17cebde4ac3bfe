/* ring_private.h -- what the files of the ring share (inlay/ring.h).
 *
 *     ring_memory   making, sealing, checking and mapping the shared memory
 *     ring_socket   packets and descriptors over the socket, the peer's user
 *     ring_hello    offering and accepting a ring
 *     ring_wait     spinning, sleeping, waking, noticing death
 *     ring_tx       the producer
 *     ring_rx       the consumer
 *     ring_sealed   large messages in memory of their own
 *
 * Rules everywhere: what the peer can write is loaded once, by __atomic_load_n,
 * and compared before it is used; positions are u64 and never wrap; our own
 * positions live in private memory and are only ever published.
 */
#ifndef CODEC_RING_RING_PRIVATE_H
#define CODEC_RING_RING_PRIVATE_H

#include <inlay/ring.h>

/* ---- Steps --------------------------------------------------------------- */

/* Where tests kill a process. */
enum ring_step {
    RING_STEP_MEMORY_MADE,
    RING_STEP_HELLO_SENT,
    RING_STEP_OFFER_DONE,
    RING_STEP_RESERVED,
    RING_STEP_PUBLISHING,
    RING_STEP_PUBLISHED,
    RING_STEP_SEALED_MADE,
    RING_STEP_SEALED,
    RING_STEP_SEALED_SENT,
    RING_STEP_HELLO_TAKEN,
    RING_STEP_MAPPED,
    RING_STEP_ANSWERED,
    RING_STEP_FOUND,
    RING_STEP_SEALED_MAPPED,
    RING_STEP_RELEASING,
    RING_STEP_RELEASED,
    RING_STEP_WAKING,
    RING_STEP_ANNOUNCED,
    RING_STEP_DRAINED,
    RING_STEP_COUNT
};

#ifdef INLAY_RING_STEPS
void inlay_ring_step(int step); /* the test's */
#else
static inline void inlay_ring_step(int step)
{
    (void)step;
}
#endif

/* ---- Layout -------------------------------------------------------------- */

enum {
    RING_LINE = 128, /* two cache lines, as processors fetch them in pairs */
    RING_HEADER_SIZE = 8,
    RING_PRESENT = 1,
    RING_SEALED = 2,
    RING_SEALED_MARK_SIZE = 8 /* payload of a sealed message's mark: u64 size */
};

/* Returns where the payload of the message that begins at `position` lies. Its
 * header is right before. */
static inline uint64_t ring_payload_at(uint64_t position, uint32_t align)
{
    return (position + RING_HEADER_SIZE + align - 1) & ~((uint64_t)align - 1);
}

static inline uint64_t ring_round_8(uint64_t size)
{
    return (size + 7) & ~(uint64_t)7;
}

static inline uint8_t *ring_at(const inlay_ring_side *side, uint64_t position)
{
    return side->ring + (position & (side->size - 1));
}

/* Returns the header of the message that begins at `position`. */
static inline uint64_t *ring_header(const inlay_ring_side *side,
                                    uint64_t               position)
{
    uint64_t payload = ring_payload_at(position, side->align);

    return (uint64_t *)(void *)ring_at(side, payload - RING_HEADER_SIZE);
}

/* Futexes see the low half of a word: the flags of a header, which are never 0
 * once it is written; of a tail enough, since a ring is smaller than 2^32. */
static inline uint64_t ring_header_make(uint32_t flags, uint64_t length)
{
    return flags | length << 32;
}

static inline uint64_t *ring_tail(const inlay_ring_side *side)
{
    return (uint64_t *)(void *)side->tail_page;
}

/* ---- Memory -------------------------------------------------------------- */

uint64_t ring_page_size(void);

/* Makes memory without a name, all of it there and zero; -1 with errno. */
int ring_memory_new(uint64_t size);

/* Returns NONE when the descriptor is memory of just this size that has all of
 * the seals. After that no access to its mapping can fail. */
inlay_ring_refusal ring_memory_check(int fd, int seals, uint64_t size);

/* Maps the memories into `side`; `tx` says who writes which. */
INLAY_NODISCARD inlay_status ring_map(inlay_ring_side *side, int data_fd,
                                      int tail_fd, bool tx);

/* Unmaps, closes the socket and forgets descriptors; may be called twice. */
void ring_side_release(inlay_ring_side *side);

void ring_fd_close(int fd); /* keeps errno; -1 is nothing */

/* ---- Socket -------------------------------------------------------------- */

/* What goes over the socket once the ring stands. */
enum ring_packet {
    RING_PACKET_WAKE = 1,
    RING_PACKET_SEALED = 2 /* with one descriptor */
};

/* Checks that it is a UNIX SOCK_SEQPACKET, makes it close-on-exec, and compares
 * the peer's user: INLAY_USER. */
INLAY_NODISCARD inlay_status ring_socket_check(
    int socket, const inlay_ring_options *options, bool same_user);

/* Sends one packet, all or nothing, with `fd_count` descriptors (at most 2). */
INLAY_NODISCARD inlay_status ring_send(int socket, const void *data,
                                       size_t size, const int *fds,
                                       size_t fd_count, uint64_t deadline);

/* What one recvmsg gave. */
typedef struct ring_received {
    size_t size;     /* of the packet; more than the buffer: cut */
    int    fds[2];   /* -1 where there is none */
    size_t fd_count; /* as many as came; more than 2 were closed */
    bool   fds_lost; /* this process could not take them */
} ring_received;

/* Receives one packet. INLAY_CLOSED at the end. */
INLAY_NODISCARD inlay_status ring_receive(int socket, void *data,
                                          size_t capacity, uint64_t deadline,
                                          ring_received *received);

/* Takes in what lies in the socket: forgets wakes, keeps descriptors, notes the
 * end or a fault. Never waits; looks at a limited number of packets. */
void ring_drain(inlay_ring_side *side);

/* ---- Waiting ------------------------------------------------------------- */

/* Waits until `*word`, which the peer writes, is not `seen` any more.
 * INLAY_WOULD_WAIT, INLAY_DEADLINE, INLAY_CLOSED (and it is still `seen`),
 * INLAY_PEER_FAULT. */
INLAY_NODISCARD inlay_status ring_wait(inlay_ring_side *side,
                                       const uint64_t *word, uint64_t seen,
                                       uint64_t deadline);

/* Says that we sleep on the socket; true when `*word` is `seen` even so. */
bool ring_arm(inlay_ring_side *side, const uint64_t *word, uint64_t seen);

/* Stores `value` where the peer looks and wakes it if it sleeps. */
void ring_publish(inlay_ring_side *side, uint64_t *word, uint64_t value);

/* The peer broke the protocol: ends the ring. Returns INLAY_PEER_FAULT. */
INLAY_COLD inlay_status ring_fault(inlay_ring_side *side);

/* ---- Sealed messages ----------------------------------------------------- */

/* Loads the consumer's tail and checks it. */
INLAY_NODISCARD inlay_status ring_tx_load_tail(inlay_ring_tx *tx);

/* Writes the mark of a sealed message of `size` bytes where room was reserved,
 * and publishes it. */
void ring_tx_commit_mark(inlay_ring_tx *tx, uint64_t size);

/* Maps the message that a mark of `size` bytes stands for. */
INLAY_NODISCARD inlay_status ring_sealed_map(inlay_ring_rx *rx, uint64_t size,
                                             inlay_ring_message *message);

/* Drops a sealed message that was reserved and not committed. */
void ring_sealed_drop(inlay_ring_tx *tx);

#endif

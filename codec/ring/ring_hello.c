// ring_hello.c -- offering a ring and accepting it.
//
//     producer  -> hello, memory 1, memory 2 ->  consumer
//               <- answer: 0, or why not     <-
//
// Both are one packet of native integers; the consumer checks all of it before
// it maps anything.

#include "codec/ring/ring_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "codec/io/io.h"

enum {
    HELLO_VERSION = 1,
    HELLO_ROOM = 256, // what a later version's hello may take
    BYTE_ORDER_MARK = 0x01020304
};

#define HELLO_MAGIC  UINT32_C(0x474e5249) // "IRNG"
#define ANSWER_MAGIC UINT32_C(0x534e4152) // "RANS"

#define DATA_SEALS                                                             \
    (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL)
#define TAIL_SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

// Later versions that old consumers can still talk to append members, and say
// so by `hello_size`; whatever changes more than that is another version.
typedef struct ring_hello {
    uint32_t magic;
    uint32_t byte_order;
    uint32_t version;
    uint32_t hello_size;
    uint32_t page_size;
    uint32_t align;
    uint64_t size; // of the ring
    uint64_t type_id;
    uint64_t fingerprint[2];
    uint32_t flags; // none yet
    uint32_t reserved;
} ring_hello;

_Static_assert(sizeof(ring_hello) == 64, "the hello travels");

typedef struct ring_answer {
    uint32_t magic;
    uint32_t refusal;
} ring_answer;

const char *inlay_ring_refusal_text(inlay_ring_refusal refusal)
{
    switch (refusal) {
#define REFUSAL_TEXT(name, number, sentence)                                   \
    case INLAY_RING_REFUSED_##name:                                            \
        return sentence;
        INLAY_RING_REFUSAL_LIST(REFUSAL_TEXT)
#undef REFUSAL_TEXT
    }
    return "refused for a reason that this version does not know";
}

// ---- Both sides -------------------------------------------------------------

static uint32_t option_align(const inlay_ring_options *options)
{
    return options->align == 0 ? 8 : options->align;
}

static uint32_t option_spins(const inlay_ring_options *options)
{
    if (options->spins == UINT32_MAX || sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        return 0; // the other side can't run while we spin
    }
    return options->spins == 0 ? INLAY_RING_SPINS : options->spins;
}

// Begins a side with nothing but its socket.
static void side_init(inlay_ring_side *side, int socket,
                      const inlay_ring_options *options)
{
    memset(side, 0, sizeof *side);
    side->socket = socket;
    side->align = option_align(options);
    side->spins = option_spins(options);
}

static void set_refusal(inlay_ring_refusal *to, inlay_ring_refusal refusal)
{
    if (to != NULL) {
        *to = refusal;
    }
}

static bool is_power_of_two(uint64_t value)
{
    return value != 0 && (value & (value - 1)) == 0;
}

// ---- Offering ---------------------------------------------------------------

// Returns the ring's size for the options, 0 when they make no sense.
static uint64_t offered_size(const inlay_ring_options *options)
{
    uint64_t wanted = options->size == 0 ? INLAY_RING_SIZE : options->size;
    uint64_t size = ring_page_size();
    uint32_t align = option_align(options);

    if (wanted > INLAY_RING_SIZE_MAX || (align != 8 && align != 64)) {
        errno = EINVAL;
        return 0;
    }
    while (size < wanted) {
        size *= 2;
    }
    return size;
}

static inlay_status offer_memory(inlay_ring_side *side, int fds[2])
{
    uint64_t     page = ring_page_size();
    inlay_status status;

    fds[0] = ring_memory_new(page + side->size);
    if (fds[0] < 0) {
        return INLAY_SYSTEM;
    }
    fds[1] = ring_memory_new(page);
    if (fds[1] < 0) {
        return INLAY_SYSTEM;
    }
    status = ring_map(side, fds[0], fds[1], true);
    if (status != INLAY_OK) {
        return status;
    }
    // Mapped first: from here on nobody else can map memory 1 to write it.
    if (fcntl(fds[0], F_ADD_SEALS, DATA_SEALS) != 0 ||
        fcntl(fds[1], F_ADD_SEALS, TAIL_SEALS) != 0) {
        return INLAY_SYSTEM;
    }
    inlay_ring_step(RING_STEP_MEMORY_MADE);
    return INLAY_OK;
}

static inlay_status offer_hello(const inlay_ring_side    *side,
                                const inlay_ring_options *options,
                                const int fds[2], uint64_t deadline)
{
    ring_hello hello = {
        .magic = HELLO_MAGIC,
        .byte_order = BYTE_ORDER_MARK,
        .version = HELLO_VERSION,
        .hello_size = sizeof hello,
        .page_size = (uint32_t)ring_page_size(),
        .align = side->align,
        .size = side->size,
        .type_id = options->type_id,
        .fingerprint = {options->fingerprint[0], options->fingerprint[1]}};

    return ring_send(side->socket, &hello, sizeof hello, fds, 2, deadline);
}

static inlay_status offer_answer(const inlay_ring_side *side, uint64_t deadline,
                                 inlay_ring_refusal *refusal)
{
    ring_answer   answer;
    ring_received received;
    inlay_status  status =
        ring_receive(side->socket, &answer, sizeof answer, deadline, &received);

    if (status != INLAY_OK) {
        return status;
    }
    ring_fd_close(received.fds[0]);
    ring_fd_close(received.fds[1]);
    if (received.size != sizeof answer || received.fd_count != 0 ||
        answer.magic != ANSWER_MAGIC) {
        return INLAY_PEER_FAULT;
    }
    if (answer.refusal != INLAY_RING_REFUSED_NONE) {
        set_refusal(refusal, (inlay_ring_refusal)answer.refusal);
        return answer.refusal == INLAY_RING_REFUSED_USER ? INLAY_USER
                                                         : INLAY_REFUSED;
    }
    return INLAY_OK;
}

static inlay_status offer(inlay_ring_side *side, int fds[2],
                          const inlay_ring_options *options)
{
    inlay_status status = ring_socket_check(side->socket, options, false);

    if (status != INLAY_OK) {
        return status;
    }
    side->size = offered_size(options);
    return side->size == 0 ? INLAY_SYSTEM : offer_memory(side, fds);
}

static void tx_init(inlay_ring_tx *tx, int socket,
                    const inlay_ring_options *options)
{
    memset(tx, 0, sizeof *tx);
    side_init(&tx->side, socket, options);
    tx->sealed_fd = -1;
}

static inlay_status offer_send(inlay_ring_tx            *tx,
                               const inlay_ring_options *options,
                               uint64_t deadline, inlay_ring_refusal *refusal)
{
    int          fds[2] = {-1, -1};
    inlay_status status = offer(&tx->side, fds, options);

    if (status == INLAY_USER) {
        set_refusal(refusal, INLAY_RING_REFUSED_USER);
    }
    if (status == INLAY_OK) {
        status = offer_hello(&tx->side, options, fds, deadline);
    }
    ring_fd_close(fds[0]);
    ring_fd_close(fds[1]);
    inlay_ring_step(RING_STEP_HELLO_SENT);
    return status;
}

inlay_status inlay_ring_offer(inlay_ring_tx *self, int socket,
                              const inlay_ring_options *options,
                              uint64_t deadline, inlay_ring_refusal *refusal)
{
    inlay_ring_tx tx;
    inlay_status  status;

    tx_init(&tx, socket, options);
    status = offer_send(&tx, options, deadline, refusal);
    if (status == INLAY_OK || status == INLAY_CLOSED) {
        // Who does not like our user says so and closes, maybe before we send.
        inlay_status answered = offer_answer(&tx.side, deadline, refusal);

        status = answered == INLAY_OK ? status : answered;
    }
    if (status != INLAY_OK) {
        ring_side_release(&tx.side);
        return status;
    }
    inlay_ring_step(RING_STEP_OFFER_DONE);
    *self = tx;
    return INLAY_OK;
}

// ---- Accepting --------------------------------------------------------------

// Looks at the fields in the order in which they can be understood.
static inlay_ring_refusal check_hello(const ring_hello *hello, size_t size,
                                      const inlay_ring_options *options)
{
    uint64_t limit =
        options->size == 0 ? INLAY_RING_ACCEPTED_MAX : options->size;

    if (size < sizeof *hello) {
        return INLAY_RING_REFUSED_MALFORMED;
    }
    if (hello->magic != HELLO_MAGIC) {
        return INLAY_RING_REFUSED_MAGIC;
    }
    if (hello->byte_order != BYTE_ORDER_MARK) {
        return INLAY_RING_REFUSED_BYTE_ORDER;
    }
    if (hello->version != HELLO_VERSION) {
        return INLAY_RING_REFUSED_VERSION;
    }
    if (hello->hello_size != size || size > HELLO_ROOM) {
        return INLAY_RING_REFUSED_MALFORMED;
    }
    if (hello->page_size != ring_page_size()) {
        return INLAY_RING_REFUSED_PAGE_SIZE;
    }
    if (hello->flags != 0 || hello->reserved != 0) {
        return INLAY_RING_REFUSED_FLAGS;
    }
    if (!is_power_of_two(hello->size) || hello->size < hello->page_size ||
        hello->size > INLAY_RING_SIZE_MAX || hello->size > limit) {
        return INLAY_RING_REFUSED_SIZE;
    }
    if (hello->align != option_align(options) ||
        (hello->align != 8 && hello->align != 64)) {
        return INLAY_RING_REFUSED_ALIGN;
    }
    if (hello->type_id != options->type_id) {
        return INLAY_RING_REFUSED_TYPE;
    }
    if (memcmp(hello->fingerprint, options->fingerprint,
               sizeof hello->fingerprint) != 0) {
        return INLAY_RING_REFUSED_SCHEMA;
    }
    return INLAY_RING_REFUSED_NONE;
}

static inlay_ring_refusal check_memory(const ring_hello    *hello,
                                       const ring_received *received)
{
    inlay_ring_refusal refusal;

    if (received->fd_count != 2 || received->fds_lost) {
        return received->fds_lost ? INLAY_RING_REFUSED_RESOURCES
                                  : INLAY_RING_REFUSED_FDS;
    }
    refusal = ring_memory_check(received->fds[0], DATA_SEALS,
                                hello->page_size + hello->size);
    if (refusal != INLAY_RING_REFUSED_NONE) {
        return refusal;
    }
    return ring_memory_check(received->fds[1], TAIL_SEALS, hello->page_size);
}

static inlay_ring_refusal accept_memory(inlay_ring_rx            *rx,
                                        const ring_hello         *hello,
                                        const ring_received      *received,
                                        const inlay_ring_options *options)
{
    rx->side.size = hello->size;
    if (ring_map(&rx->side, received->fds[0], received->fds[1], false) !=
        INLAY_OK) {
        return INLAY_RING_REFUSED_RESOURCES;
    }
    if (options->mode == INLAY_RING_COPY) {
        rx->copy = aligned_alloc(64, hello->size);
        if (rx->copy == NULL) {
            return INLAY_RING_REFUSED_RESOURCES;
        }
    }
    inlay_ring_step(RING_STEP_MAPPED);
    return INLAY_RING_REFUSED_NONE;
}

static inlay_status answer(const inlay_ring_side *side,
                           inlay_ring_refusal     refusal)
{
    ring_answer  packet = {ANSWER_MAGIC, refusal};
    inlay_status status =
        ring_send(side->socket, &packet, sizeof packet, NULL, 0, IO_AT_ONCE);

    inlay_ring_step(RING_STEP_ANSWERED);
    return status;
}

// Sets `found` to why the offer can't be taken.
static inlay_status accept_hello(inlay_ring_rx            *rx,
                                 const inlay_ring_options *options,
                                 uint64_t deadline, inlay_ring_refusal *found)
{
    union {
        ring_hello hello;
        char       room[HELLO_ROOM];
    } packet = {.room = {0}};
    ring_received received;
    inlay_status  status = ring_receive(rx->side.socket, &packet, sizeof packet,
                                        deadline, &received);

    if (status != INLAY_OK) {
        return status;
    }
    inlay_ring_step(RING_STEP_HELLO_TAKEN);
    *found = check_hello(&packet.hello, received.size, options);
    if (*found == INLAY_RING_REFUSED_NONE) {
        *found = check_memory(&packet.hello, &received);
    }
    if (*found == INLAY_RING_REFUSED_NONE) {
        *found = accept_memory(rx, &packet.hello, &received, options);
    }
    ring_fd_close(received.fds[0]);
    ring_fd_close(received.fds[1]);
    return INLAY_OK;
}

static void rx_init(inlay_ring_rx *rx, int socket,
                    const inlay_ring_options *options)
{
    memset(rx, 0, sizeof *rx);
    side_init(&rx->side, socket, options);
    rx->side.fd_limit = INLAY_RING_SEALED_COUNT;
    rx->mode = options->mode;
    rx->sealed_max =
        options->sealed_max == 0 ? INLAY_RING_SEALED_MAX : options->sealed_max;
}

inlay_status inlay_ring_accept(inlay_ring_rx *self, int socket,
                               const inlay_ring_options *options,
                               uint64_t deadline, inlay_ring_refusal *refusal)
{
    inlay_ring_refusal found = INLAY_RING_REFUSED_NONE;
    inlay_ring_rx      rx;
    inlay_status       status;

    rx_init(&rx, socket, options);
    status =
        ring_socket_check(socket, options, options->mode == INLAY_RING_TRUSTED);
    if (status == INLAY_OK) {
        status = accept_hello(&rx, options, deadline, &found);
    } else if (status == INLAY_USER) {
        found = INLAY_RING_REFUSED_USER;
    }
    if (status == INLAY_OK || status == INLAY_USER) {
        inlay_status sent = answer(&rx.side, found);

        status = status == INLAY_OK ? sent : status;
    }
    if (found != INLAY_RING_REFUSED_NONE) {
        set_refusal(refusal, found);
        status = status == INLAY_USER ? status : INLAY_REFUSED;
    }
    if (status != INLAY_OK) {
        inlay_ring_rx_close(&rx);
        return status;
    }
    *self = rx;
    return INLAY_OK;
}

// ---- A pair -----------------------------------------------------------------

inlay_status inlay_ring_pair(inlay_ring_tx *tx, inlay_ring_rx *rx,
                             const inlay_ring_options *options)
{
    inlay_ring_tx made;
    inlay_status  status;
    int           sockets[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        return INLAY_SYSTEM;
    }
    tx_init(&made, sockets[0], options);
    status = offer_send(&made, options, IO_AT_ONCE, NULL);
    if (status != INLAY_OK) {
        ring_side_release(&made.side);
        ring_fd_close(sockets[1]);
        return status;
    }
    status = inlay_ring_accept(rx, sockets[1], options, IO_AT_ONCE, NULL);
    if (status == INLAY_OK) {
        status = offer_answer(&made.side, IO_AT_ONCE, NULL);
        if (status != INLAY_OK) {
            inlay_ring_rx_close(rx);
        }
    }
    if (status != INLAY_OK) {
        ring_side_release(&made.side);
        return status;
    }
    *tx = made;
    return INLAY_OK;
}

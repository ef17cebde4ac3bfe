// Offers and answers that are wrong in every field, cut, with the wrong memory,
// from another user; each is refused with its reason, and nothing is left.

#include "ring_support.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SIZE = 8192,
    NOBODY = 65534
};

// The hello as it travels, written from ring_hello.c by hand.
typedef struct offer {
    uint32_t word[6]; // magic, byte order, version, size, page size, alignment
    uint64_t size, type, fingerprint[2];
    uint32_t flags, reserved;
} offer;

static const inlay_ring_options options = {
    .type_id = 7, .fingerprint = {11, 12}, .size = 64 * 1024};

static offer good_offer(void)
{
    offer made = {.word = {0x474e5249, 0x01020304, 1, sizeof made,
                           (uint32_t)sysconf(_SC_PAGESIZE), 8},
                  .size = SIZE,
                  .type = 7,
                  .fingerprint = {11, 12}};
    return made;
}

static const int data_seals =
    F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;
static const int tail_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

static int memory(size_t size, int seals)
{
    int fd = memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    if (seals != 0) {
        assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
    }
    return fd;
}

static size_t page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static void send_packet(int socket, const void *data, size_t size,
                        const int *fds, size_t count)
{
    union {
        struct cmsghdr header;
        char           bytes[CMSG_SPACE(8 * sizeof(int))];
    } room;
    struct iovec  part = {.iov_base = (void *)(uintptr_t)data, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

    memset(&room, 0, sizeof room);
    if (count > 0) {
        message.msg_control = &room;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        room.header.cmsg_level = SOL_SOCKET;
        room.header.cmsg_type = SCM_RIGHTS;
        room.header.cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(&room.header), fds, count * sizeof(int));
    }
    assert_true(sendmsg(socket, &message, MSG_NOSIGNAL) >= 0);
}

// Offers all that and closes `fds`; returns what accepting came to. What the
// consumer answered must be the same.
static inlay_status offer_raw(const void *data, size_t size, int *fds,
                              size_t count, inlay_ring_refusal *refusal)
{
    holdings      before;
    inlay_ring_rx rx;
    inlay_status  status;
    uint32_t      answer[2];
    int           sockets[2];
    size_t        i;

    sockets_make(sockets);
    send_packet(sockets[0], data, size, fds, count);
    before = holdings_now();
    *refusal = INLAY_RING_REFUSED_NONE;
    status = inlay_ring_accept(&rx, sockets[1], &options,
                               inlay_deadline_after(SECONDS), refusal);
    if (status == INLAY_OK || status == INLAY_REFUSED) {
        assert_int_equal(recv(sockets[0], answer, sizeof answer, MSG_DONTWAIT),
                         sizeof answer);
        assert_int_equal(answer[1], *refusal);
    }
    if (status == INLAY_OK) {
        inlay_ring_rx_close(&rx);
    }
    before.fds--; // accepting closes its end, whatever happens
    holdings_assert(before);
    close(sockets[0]);
    for (i = 0; i < count; i++) {
        close(fds[i]);
    }
    return status;
}

static void assert_offer(offer made, inlay_ring_refusal expected)
{
    int                fds[2] = {memory(page() + SIZE, data_seals),
                                 memory(page(), tail_seals)};
    inlay_ring_refusal refusal;
    inlay_status       status = offer_raw(&made, sizeof made, fds, 2, &refusal);

    assert_int_equal(refusal, expected);
    assert_int_equal(
        status, expected == INLAY_RING_REFUSED_NONE ? INLAY_OK : INLAY_REFUSED);
}

static void test_ring_hello__refuses_each_wrong_field(void **state)
{
    static const inlay_ring_refusal words[] = {
        INLAY_RING_REFUSED_MAGIC,     INLAY_RING_REFUSED_BYTE_ORDER,
        INLAY_RING_REFUSED_VERSION,   INLAY_RING_REFUSED_MALFORMED,
        INLAY_RING_REFUSED_PAGE_SIZE, INLAY_RING_REFUSED_ALIGN};
    static const uint64_t sizes[] = {0,
                                     1,
                                     SIZE / 2,
                                     SIZE * 2,
                                     SIZE + 4096,
                                     2048,
                                     (uint64_t)1 << 20,
                                     (uint64_t)1 << 40,
                                     (uint64_t)1 << 63,
                                     UINT64_MAX};
    offer                 made = good_offer();
    size_t                i;

    (void)state;
    assert_offer(made, INLAY_RING_REFUSED_NONE);
    for (i = 0; i < 6; i++) {
        int bit;

        for (bit = 0; bit < 32; bit++) {
            made = good_offer();
            made.word[i] ^= (uint32_t)1 << bit;
            assert_offer(made, words[i]);
        }
    }
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        bool fits = sizes[i] == SIZE / 2 || sizes[i] == SIZE * 2;

        made = good_offer();
        made.size = sizes[i];
        assert_offer(made,
                     fits ? INLAY_RING_REFUSED_FDS : INLAY_RING_REFUSED_SIZE);
    }
    made = good_offer();
    made.type = 8;
    assert_offer(made, INLAY_RING_REFUSED_TYPE);
    for (i = 0; i < 2; i++) {
        made = good_offer();
        made.fingerprint[i] ^= (uint64_t)1 << 60;
        assert_offer(made, INLAY_RING_REFUSED_SCHEMA);
    }
    made = good_offer();
    made.flags = 1;
    assert_offer(made, INLAY_RING_REFUSED_FLAGS);
    made = good_offer();
    made.reserved = 1;
    assert_offer(made, INLAY_RING_REFUSED_FLAGS);
}

static void test_ring_hello__takes_what_later_versions_append(void **state)
{
    char               room[300] = {0};
    offer              made = good_offer();
    inlay_ring_refusal refusal;
    size_t             size;

    (void)state;
    for (size = 1; size <= sizeof room; size++) {
        int fds[2] = {memory(page() + SIZE, data_seals),
                      memory(page(), tail_seals)};

        made.word[3] = (uint32_t)size;
        memcpy(room, &made, sizeof made);
        (void)offer_raw(room, size, fds, 2, &refusal);
        assert_int_equal(refusal, size < sizeof made || size > 256
                                      ? INLAY_RING_REFUSED_MALFORMED
                                      : INLAY_RING_REFUSED_NONE);
    }
}

static void assert_memory(int data, int tail, inlay_ring_refusal expected)
{
    offer              made = good_offer();
    int                fds[2] = {data, tail};
    inlay_ring_refusal refusal;

    (void)offer_raw(&made, sizeof made, fds, tail < 0 ? 1 : 2, &refusal);
    assert_int_equal(refusal, expected);
}

static void test_ring_hello__refuses_the_wrong_memory(void **state)
{
    static const int each[] = {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_FUTURE_WRITE};
    offer            made = good_offer();
    size_t           data = page() + SIZE;
    inlay_ring_refusal refusal;
    size_t             i;

    (void)state;
    for (i = 0; i < 3; i++) {
        assert_memory(memory(data, data_seals & ~each[i]),
                      memory(page(), tail_seals), INLAY_RING_REFUSED_SEALS);
        if (i < 2) {
            assert_memory(memory(data, data_seals),
                          memory(page(), tail_seals & ~each[i]),
                          INLAY_RING_REFUSED_SEALS);
        }
    }
    assert_memory(memory(data, data_seals & ~F_SEAL_SEAL),
                  memory(page(), tail_seals), INLAY_RING_REFUSED_SEALS);
    assert_memory(memory(data, 0), memory(page(), 0), INLAY_RING_REFUSED_SEALS);
    assert_memory(memory(data - 1, data_seals), memory(page(), tail_seals),
                  INLAY_RING_REFUSED_FDS);
    assert_memory(memory(data + 1, data_seals), memory(page(), tail_seals),
                  INLAY_RING_REFUSED_FDS);
    assert_memory(memory(0, data_seals), memory(page(), tail_seals),
                  INLAY_RING_REFUSED_FDS);
    assert_memory(memory(data, data_seals), memory(0, tail_seals),
                  INLAY_RING_REFUSED_FDS);
    assert_memory(memory(data, data_seals), -1, INLAY_RING_REFUSED_FDS);
    assert_memory(open("/dev/null", O_RDWR), memory(page(), tail_seals),
                  INLAY_RING_REFUSED_FDS);
    assert_memory(open("/proc/self/exe", O_RDONLY), memory(page(), tail_seals),
                  INLAY_RING_REFUSED_FDS);
    // A tail that can't be written, by its seals or by how it was opened.
    assert_memory(memory(data, data_seals),
                  memory(page(), tail_seals | F_SEAL_WRITE),
                  INLAY_RING_REFUSED_RESOURCES);
    (void)offer_raw(&made, sizeof made, NULL, 0, &refusal);
    assert_int_equal(refusal, INLAY_RING_REFUSED_FDS);
    for (i = 3; i <= 8; i++) {
        int    fds[8];
        size_t j;

        for (j = 0; j < i; j++) {
            fds[j] = memory(j == 0 ? data : page(),
                            j == 0 ? data_seals : tail_seals);
        }
        assert_int_equal(offer_raw(&made, sizeof made, fds, i, &refusal),
                         INLAY_REFUSED);
    }
}

static void test_ring_hello__says_when_descriptors_run_out(void **state)
{
    struct rlimit before, few;
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    int           next = dup(0);
    int           i;

    (void)state;
    close(next);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    for (i = 0; i < 8; i++) {
        inlay_status status;

        few = before;
        few.rlim_cur = (rlim_t)(next + i);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
        status = inlay_ring_pair(&tx, &rx, &options);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
        if (status == INLAY_OK) {
            inlay_ring_tx_close(&tx);
            inlay_ring_rx_close(&rx);
        } else {
            assert_true(status == INLAY_SYSTEM || status == INLAY_REFUSED);
        }
        assert_int_equal(status == INLAY_OK, i >= 4);
        assert_int_equal(dup(0), next);
        close(next);
    }
}

static void test_ring_hello__ends_by_its_deadline(void **state)
{
    holdings      before = holdings_now();
    inlay_ring_tx tx;
    inlay_ring_rx rx;
    int           sockets[2];

    (void)state;
    sockets_make(sockets);
    assert_int_equal(inlay_ring_offer(&tx, sockets[0], &options,
                                      inlay_deadline_after(3 * MILLISECONDS),
                                      NULL),
                     INLAY_DEADLINE);
    close(sockets[1]);
    sockets_make(sockets);
    assert_int_equal(inlay_ring_accept(&rx, sockets[0], &options,
                                       inlay_deadline_after(3 * MILLISECONDS),
                                       NULL),
                     INLAY_DEADLINE);
    close(sockets[1]);
    sockets_make(sockets);
    close(sockets[1]);
    assert_int_equal(
        inlay_ring_accept(&rx, sockets[0], &options, INLAY_NEVER, NULL),
        INLAY_CLOSED);
    sockets_make(sockets);
    close(sockets[1]);
    assert_int_equal(
        inlay_ring_offer(&tx, sockets[0], &options, INLAY_NEVER, NULL),
        INLAY_CLOSED);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    assert_int_equal(inlay_ring_offer(&tx, sockets[0], &options, 0, NULL),
                     INLAY_SYSTEM);
    assert_int_equal(errno, EPROTOTYPE);
    assert_int_equal(inlay_ring_accept(&rx, sockets[1], &options, 0, NULL),
                     INLAY_SYSTEM);
    holdings_assert(before);
}

// The producer judges answers, too.
static void test_ring_hello__checks_the_answer(void **state)
{
    static const struct {
        uint32_t     words[3];
        size_t       size;
        inlay_status status;
    } cases[] = {
        {{0x534e4152, 0, 0}, 8, INLAY_OK},
        {{0x534e4152, 9, 0}, 8, INLAY_REFUSED},
        {{0x534e4152, 11, 0}, 8, INLAY_USER},
        {{0x534e4152, 12345, 0}, 8, INLAY_REFUSED},
        {{0x534e4153, 0, 0}, 8, INLAY_PEER_FAULT},
        {{0x534e4152, 0, 0}, 7, INLAY_PEER_FAULT},
        {{0x534e4152, 0, 0}, 12, INLAY_PEER_FAULT},
    };
    holdings before = holdings_now();
    size_t   i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inlay_ring_refusal refusal = INLAY_RING_REFUSED_NONE;
        inlay_ring_tx      tx;
        int                sockets[2];

        sockets_make(sockets);
        send_packet(sockets[1], cases[i].words, cases[i].size, NULL, 0);
        assert_int_equal(inlay_ring_offer(&tx, sockets[0], &options,
                                          inlay_deadline_after(SECONDS),
                                          &refusal),
                         cases[i].status);
        if (cases[i].status == INLAY_OK) {
            inlay_ring_tx_close(&tx);
        } else if (cases[i].status != INLAY_PEER_FAULT) {
            assert_int_equal(refusal, cases[i].words[1]);
            assert_non_null(inlay_ring_refusal_text(refusal));
        }
        close(sockets[1]);
    }
    holdings_assert(before);
}

// ---- Another user -----------------------------------------------------------

// Connects as nobody, from a child, and offers or accepts there.
static int connect_as_nobody(const struct sockaddr_un *address, socklen_t size,
                             bool offers)
{
    inlay_ring_options any = options;
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    int                fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    uint64_t           deadline = inlay_deadline_after(5 * SECONDS);

    any.users = INLAY_RING_ANY_USER;
    if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0 ||
        connect(fd, (const struct sockaddr *)address, size) != 0) {
        return 99;
    }
    if (offers) {
        return (int)inlay_ring_offer(&tx, fd, &any, deadline, NULL);
    }
    return (int)inlay_ring_accept(&rx, fd, &any, deadline, NULL);
}

static inlay_status meet_nobody(inlay_ring_options mine, bool offers,
                                int *theirs)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socklen_t          size = sizeof(sa_family_t);
    int                listener = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    uint64_t           deadline = inlay_deadline_after(5 * SECONDS);
    inlay_ring_tx      tx;
    inlay_ring_rx      rx;
    inlay_status       status;
    pid_t              child;
    int                fd;

    // No name: the kernel gives an abstract one.
    assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
    size = sizeof address;
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size),
                     0);
    assert_int_equal(listen(listener, 1), 0);
    child = fork();
    if (child == 0) {
        _exit(connect_as_nobody(&address, size, offers));
    }
    fd = accept(listener, NULL, NULL);
    assert_true(fd >= 0);
    if (offers) {
        status = inlay_ring_accept(&rx, fd, &mine, deadline, NULL);
        if (status == INLAY_OK) {
            inlay_ring_rx_close(&rx);
        }
    } else {
        status = inlay_ring_offer(&tx, fd, &mine, deadline, NULL);
        if (status == INLAY_OK) {
            inlay_ring_tx_close(&tx);
        }
    }
    assert_int_equal(waitpid(child, theirs, 0), child);
    *theirs = WEXITSTATUS(*theirs);
    close(listener);
    return status;
}

static void test_ring_hello__knows_the_users(void **state)
{
    inlay_ring_options mine = options;
    int                theirs;

    (void)state;
    if (geteuid() != 0) {
        skip(); // only root can be somebody else
    }
    assert_int_equal(meet_nobody(mine, true, &theirs), INLAY_USER);
    assert_int_equal(theirs, INLAY_USER);
    assert_int_equal(meet_nobody(mine, false, &theirs), INLAY_USER);
    assert_int_equal(theirs, INLAY_CLOSED);
    mine.users = INLAY_RING_ONE_USER;
    mine.user = NOBODY;
    assert_int_equal(meet_nobody(mine, true, &theirs), INLAY_OK);
    assert_int_equal(theirs, INLAY_OK);
    assert_int_equal(meet_nobody(mine, false, &theirs), INLAY_OK);
    mine.user = 12345;
    assert_int_equal(meet_nobody(mine, true, &theirs), INLAY_USER);
    mine.users = INLAY_RING_ANY_USER;
    assert_int_equal(meet_nobody(mine, true, &theirs), INLAY_OK);
    mine.mode = INLAY_RING_TRUSTED; // never another user's
    assert_int_equal(meet_nobody(mine, true, &theirs), INLAY_USER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring_hello__refuses_each_wrong_field),
        cmocka_unit_test(test_ring_hello__takes_what_later_versions_append),
        cmocka_unit_test(test_ring_hello__refuses_the_wrong_memory),
        cmocka_unit_test(test_ring_hello__says_when_descriptors_run_out),
        cmocka_unit_test(test_ring_hello__ends_by_its_deadline),
        cmocka_unit_test(test_ring_hello__checks_the_answer),
        cmocka_unit_test(test_ring_hello__knows_the_users),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

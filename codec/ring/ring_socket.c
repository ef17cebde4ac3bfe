// ring_socket.c -- packets and descriptors over the ring's socket.
//
// SOCK_SEQPACKET keeps packets whole, so nothing here is ever half sent or half
// read.

#include "codec/ring/ring_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "codec/io/io.h"

enum {
    FDS_MAX = 2,     // in one packet
    DRAINED_MAX = 64 // packets in one look; a peer may send as fast as we read
};

// Room for the descriptors of one packet. The kernel rounds up and may give one
// more than was made room for.
typedef union ancillary {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE(FDS_MAX * sizeof(int))];
} ancillary;

// ---- Who is there -----------------------------------------------------------

static int socket_option(int socket, int option)
{
    int       value = -1;
    socklen_t size = sizeof value;

    if (getsockopt(socket, SOL_SOCKET, option, &value, &size) != 0) {
        return -1;
    }
    return value;
}

inlay_status ring_socket_check(int socket, const inlay_ring_options *options,
                               bool same_user)
{
    struct ucred peer;
    socklen_t    size = sizeof peer;
    int          flags = fcntl(socket, F_GETFD);
    uid_t        user;

    if (flags < 0 || fcntl(socket, F_SETFD, flags | FD_CLOEXEC) != 0) {
        return INLAY_SYSTEM;
    }
    if (socket_option(socket, SO_DOMAIN) != AF_UNIX ||
        socket_option(socket, SO_TYPE) != SOCK_SEQPACKET) {
        errno = EPROTOTYPE;
        return INLAY_SYSTEM;
    }
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return INLAY_SYSTEM;
    }
    user = options->users == INLAY_RING_ONE_USER ? options->user : geteuid();
    if ((options->users != INLAY_RING_ANY_USER && peer.uid != user) ||
        (same_user && peer.uid != geteuid())) {
        return INLAY_USER;
    }
    return INLAY_OK;
}

// ---- Sending ----------------------------------------------------------------

static ssize_t send_once(int socket, const void *data, size_t size,
                         const int *fds, size_t fd_count)
{
    struct iovec  part = {.iov_base = (void *)(uintptr_t)data, .iov_len = size};
    struct msghdr message;
    ancillary     room;

    memset(&message, 0, sizeof message);
    memset(&room, 0, sizeof room);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fd_count > 0) {
        struct cmsghdr *header = &room.header;

        message.msg_control = room.bytes;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        memcpy(CMSG_DATA(header), fds, fd_count * sizeof(int));
    }
    return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

inlay_status ring_send(int socket, const void *data, size_t size,
                       const int *fds, size_t fd_count, uint64_t deadline)
{
    for (;;) {
        inlay_status status;

        if (send_once(socket, data, size, fds, fd_count) >= 0) {
            return INLAY_OK;
        }
        if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN) {
            return INLAY_CLOSED;
        }
        if (errno == EAGAIN) {
            status = io_wait(socket, POLLOUT, deadline);
            if (status != INLAY_OK) {
                return status;
            }
            // A peer that makes room and never takes the packet.
            if (deadline != IO_NEVER && io_now() >= deadline) {
                return deadline == IO_AT_ONCE ? INLAY_WOULD_WAIT
                                              : INLAY_DEADLINE;
            }
        } else if (errno != EINTR) {
            return INLAY_SYSTEM;
        }
    }
}

// ---- Receiving --------------------------------------------------------------

static void take_fds(ring_received *received, const struct cmsghdr *header)
{
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    size_t i;

    for (i = 0; i < count; i++) {
        int fd;

        memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
        if (received->fd_count < FDS_MAX) {
            received->fds[received->fd_count] = fd;
        } else {
            close(fd);
        }
        received->fd_count++;
    }
}

// Returns what recvmsg does. ECONNRESET only says that the peer ended without
// having read everything; what it sent is still there.
static ssize_t receive_once(int socket, void *data, size_t capacity,
                            ring_received *received)
{
    struct iovec    part = {.iov_base = data, .iov_len = capacity};
    struct msghdr   message;
    struct cmsghdr *header;
    ancillary       room;
    ssize_t         got;

    memset(received, 0, sizeof *received);
    received->fds[0] = -1;
    received->fds[1] = -1;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.bytes;
    message.msg_controllen = sizeof room;
    do {
        got = recvmsg(socket, &message,
                      MSG_DONTWAIT | MSG_CMSG_CLOEXEC | MSG_TRUNC);
    } while (got < 0 && (errno == EINTR || errno == ECONNRESET));
    if (got < 0) {
        return got;
    }
    received->size = (size_t)got;
    received->fds_lost = (message.msg_flags & MSG_CTRUNC) != 0;
    for (header = CMSG_FIRSTHDR(&message); header != NULL;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == SOL_SOCKET &&
            header->cmsg_type == SCM_RIGHTS) {
            take_fds(received, header);
        }
    }
    return got;
}

inlay_status ring_receive(int socket, void *data, size_t capacity,
                          uint64_t deadline, ring_received *received)
{
    for (;;) {
        ssize_t      got = receive_once(socket, data, capacity, received);
        inlay_status status;

        if (got > 0) {
            return INLAY_OK;
        }
        if (got == 0) {
            ring_fd_close(received->fds[0]);
            ring_fd_close(received->fds[1]);
            return INLAY_CLOSED;
        }
        if (errno != EAGAIN) {
            return INLAY_SYSTEM;
        }
        if (deadline == IO_AT_ONCE) {
            return INLAY_WOULD_WAIT;
        }
        status = io_wait(socket, POLLIN, deadline);
        if (status != INLAY_OK) {
            return status;
        }
    }
}

// ---- Draining ---------------------------------------------------------------

// Keeps a descriptor, -1 for one that was lost here: its turn comes all the
// same.
static bool keep_fd(inlay_ring_side *side, const ring_received *received)
{
    if (side->fd_count >= side->fd_limit ||
        (received->fd_count != 1 && !received->fds_lost)) {
        return false;
    }
    if (received->fd_count > 1) {
        return false;
    }
    side->fds[side->fd_count++] = received->fds[0];
    return true;
}

static bool take_packet(inlay_ring_side *side, uint32_t packet,
                        ring_received *received)
{
    if (received->size == sizeof packet) {
        if (packet == RING_PACKET_WAKE && received->fd_count == 0) {
            return true;
        }
        if (packet == RING_PACKET_SEALED && keep_fd(side, received)) {
            return true;
        }
    }
    ring_fd_close(received->fds[0]);
    ring_fd_close(received->fds[1]);
    return false;
}

void ring_drain(inlay_ring_side *side)
{
    int i;

    for (i = 0; i < DRAINED_MAX && !side->gone; i++) {
        ring_received received;
        uint32_t      packet = 0;
        inlay_status status = ring_receive(side->socket, &packet, sizeof packet,
                                           IO_AT_ONCE, &received);

        if (status == INLAY_WOULD_WAIT) {
            break;
        }
        if (status != INLAY_OK) {
            side->gone = true; // an error here is the end of the connection
        } else if (!take_packet(side, packet, &received)) {
            (void)ring_fault(side);
            break;
        }
    }
    inlay_ring_step(RING_STEP_DRAINED);
}

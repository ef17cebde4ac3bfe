#include "ring_support.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

holdings holdings_now(void)
{
    holdings now = {0, 0};
    DIR     *folder = opendir("/proc/self/fd");
    FILE    *maps = fopen("/proc/self/maps", "r");
    char     line[512];

    assert_non_null(folder);
    assert_non_null(maps);
    while (readdir(folder) != NULL) {
        now.fds++;
    }
    while (fgets(line, sizeof line, maps) != NULL) {
        now.maps += strstr(line, "memfd:inlay") != NULL;
    }
    fclose(maps);
    closedir(folder);
    return now;
}

void holdings_assert(holdings before)
{
    holdings now = holdings_now();

    assert_int_equal(now.fds, before.fds);
    assert_int_equal(now.maps, before.maps);
}

void pair_make(inlay_ring_tx *tx, inlay_ring_rx *rx,
               const inlay_ring_options *options)
{
    assert_int_equal(inlay_ring_pair(tx, rx, options), INLAY_OK);
}

void sockets_make(int sockets[2])
{
    assert_int_equal(
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), 0);
}

void message_fill(uint8_t *to, size_t size, uint64_t number)
{
    size_t i;

    for (i = 0; i < size; i++) {
        to[i] = (uint8_t)(number * 31 + i * 7 + (i >> 8));
    }
}

void message_assert(const uint8_t *data, size_t size, uint64_t number)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (data[i] != (uint8_t)(number * 31 + i * 7 + (i >> 8))) {
            fail_msg("message %llu: byte %zu of %zu",
                     (unsigned long long)number, i, size);
        }
    }
}

void message_send(inlay_ring_tx *tx, size_t size, uint64_t number)
{
    uint8_t *room;

    assert_int_equal(inlay_ring_reserve(tx, size, INLAY_AT_ONCE, &room),
                     INLAY_OK);
    message_fill(room, size, number);
    inlay_ring_commit(tx, size);
}

void message_take(inlay_ring_rx *rx, size_t size, uint64_t number)
{
    inlay_ring_message message;

    assert_int_equal(inlay_ring_peek(rx, INLAY_AT_ONCE, &message), INLAY_OK);
    assert_int_equal(message.size, size);
    message_assert(message.data, size, number);
    inlay_ring_release(rx, &message);
}

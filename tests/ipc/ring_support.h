/* ring_support.h -- what the tests of the ring share. */
#ifndef TESTS_IPC_RING_SUPPORT_H
#define TESTS_IPC_RING_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inlay/ring.h>

#define MILLISECONDS UINT64_C(1000000)
#define SECONDS      (1000 * MILLISECONDS)

/* What a process holds that could leak: descriptors, and mappings of shared
 * memory. */
typedef struct holdings {
    int fds;
    int maps;
} holdings;

holdings holdings_now(void);
void     holdings_assert(holdings before);

/* A pair in this process; fails the test when there is none. */
void pair_make(inlay_ring_tx *tx, inlay_ring_rx *rx,
               const inlay_ring_options *options);

/* Two connected sockets of the right kind. */
void sockets_make(int sockets[2]);

/* Message number `number` of `size` bytes: its bytes, and whether they are. */
void message_fill(uint8_t *to, size_t size, uint64_t number);
void message_assert(const uint8_t *data, size_t size, uint64_t number);

/* Writes and reads one message without waiting; failing ends the test. */
void message_send(inlay_ring_tx *tx, size_t size, uint64_t number);
void message_take(inlay_ring_rx *rx, size_t size, uint64_t number);

#endif

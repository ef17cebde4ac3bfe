/* wire.h -- connections over loopback for the claims about I/O.
 */
#ifndef BENCH_CLAIMS_WIRE_H
#define BENCH_CLAIMS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two ends of a TCP connection over 127.0.0.1. */
typedef struct wire {
    int client;
    int server;
} wire;

/* Connects; `no_delay` sets TCP_NODELAY on both ends. False where there is no
 * loopback. */
bool wire_open(wire *self, bool no_delay);

void wire_close(wire *self);

/* Writes or reads exactly `size` bytes; false at an error or the end. */
bool wire_write(int fd, const void *data, size_t size);
bool wire_read(int fd, void *data, size_t size);

/* Nanoseconds on a clock on the wall: these claims are about waiting. */
double wire_now(void);

#endif

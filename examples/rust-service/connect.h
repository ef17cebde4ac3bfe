// connect.h -- a stream socket to `unix:PATH` or `HOST:PORT`.
#ifndef SHOP_CONNECT_H
#define SHOP_CONNECT_H

#include <stdint.h>

// Connects, waiting at most `wait_ms`. Returns a descriptor, or -1 having
// complained.
int connect_to(const char *address, uint32_t wait_ms);

#endif

// client.h -- asks one question through NATS.
#ifndef NATS_SERVICE_CLIENT_H
#define NATS_SERVICE_CLIENT_H

#include <stdint.h>

#include <inlay/base.h>

// Sends the question that the words put (ask.h), or the bytes of `raw` if that
// is not NULL, waits for the answer and prints it. Returns an exit status.
int client_ask(const char *url, uint32_t wait_ms, int count,
               char *const *words);
int client_send(const char *url, uint32_t wait_ms, inlay_bytes raw);

#endif

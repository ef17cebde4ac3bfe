/* by_hand.h -- JSON of a log, written for this schema alone. */
#ifndef BENCH_CLAIMS_BY_HAND_H
#define BENCH_CLAIMS_BY_HAND_H

#include <inlay/buffer.h>

/* Verifies a message of log.Logs and appends its JSON, to the byte what
 * inlay_json_write makes of it. */
bool by_hand_json(inlay_bytes message, inlay_buffer *text);

#endif

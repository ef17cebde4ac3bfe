// answer.h -- from the bytes of a request to the bytes of an answer. No I/O.
//
// What ../rust-service does in answer.rs, in C. The request comes from anybody
// and is verified here; the catalogue was when it was opened. Both travel in
// frames, which name their types, since a subject may carry others.
#ifndef NATS_SERVICE_ANSWER_H
#define NATS_SERVICE_ANSWER_H

#include "shop_file.h"

// What the service has been doing.
typedef struct answer_counters {
    uint64_t answered;
    uint64_t refused;
} answer_counters;

// Answers the request in these bytes, whatever they are: writes a frame of at
// most `capacity` bytes, which is 512 or more, to `answer`. An answer that does
// not fit becomes a refusal.
//
// Fails with INLAY_OUT_OF_MEMORY only; then nothing is to be sent.
INLAY_NODISCARD inlay_status answer_request(const shop_file *file,
                                            answer_counters *counters,
                                            inlay_bytes      request,
                                            uint8_t *answer, size_t capacity,
                                            size_t *size);

#endif

/* deadline.h -- until when something may wait.
 *
 * A deadline is a point of CLOCK_MONOTONIC in nanoseconds: made once, it holds
 * for any number of calls that together must not take longer.
 *
 *     uint64_t deadline = inlay_deadline_after(50 * UINT64_C(1000000));
 *
 * Part of libinlay-ipc. Threads: no state.
 */
#ifndef INLAY_DEADLINE_H
#define INLAY_DEADLINE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Waits for ever; does not wait at all: INLAY_WOULD_WAIT says that it had to.
 */
#define INLAY_NEVER   UINT64_MAX
#define INLAY_AT_ONCE UINT64_C(0)

/* Returns the deadline `wait_ns` nanoseconds from now; INLAY_NEVER when that is
 * beyond all times. */
uint64_t inlay_deadline_after(uint64_t wait_ns);

#ifdef __cplusplus
}
#endif

#endif

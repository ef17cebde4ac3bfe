// deadline.c -- see <inlay/deadline.h>.

#include <inlay/deadline.h>

#include "codec/io/io.h"

uint64_t inlay_deadline_after(uint64_t wait_ns)
{
    uint64_t now = io_now();

    return wait_ns < INLAY_NEVER - now ? now + wait_ns : INLAY_NEVER;
}

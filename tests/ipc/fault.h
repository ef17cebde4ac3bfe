/* fault.h -- makes the n-th system call of the code under test go wrong.
 *
 * Link the library `ipc_fault` (see CMakeLists.txt): the linker then sends the
 * calls in FAULT_CALLS, made by anything in the program, through here. Until
 * something is armed they do what they always do.
 *
 *     for (n = 0;; n++) {
 *         fault_arm(n, FAULT_ERROR, EIO);
 *         status = cache_build(...);
 *         if (!fault_disarm()) {
 *             break;                      // fewer than n + 1 calls were made
 *         }
 *         ... status is INLAY_SYSTEM, errno EIO, and nothing is left behind
 *     }
 *
 * Calls are counted from 0, all names together, since the last fault_arm. One
 * call goes wrong, those after it work again. Threads: not for several. A
 * child made by fork(2) inherits what is armed and the count.
 */
#ifndef TESTS_IPC_FAULT_H
#define TESTS_IPC_FAULT_H

#include <stdbool.h>
#include <stdint.h>

/* The calls; the list in CMakeLists.txt has the same. */
#define FAULT_CALLS                                                            \
    "read write readv writev recv send recvmsg sendmsg pread pwrite fsync "    \
    "fdatasync ftruncate fallocate open openat rename linkat unlink mmap "     \
    "fstat fchmod flock sync_file_range"

typedef enum fault_kind {
    FAULT_ERROR, /* -1 with the given errno, nothing done */
    FAULT_SHORT, /* moves one byte where more were asked for; for calls that
                    don't move bytes, and for one byte: works */
    FAULT_NAMED, /* as FAULT_ERROR, only calls of fault_only's name count */
    FAULT_KILL   /* the process kills itself by SIGKILL before the call */
} fault_kind;

/* Arms the fault: the call number `nth` from now goes wrong. `error` is the
 * errno of FAULT_ERROR and FAULT_NAMED. */
void fault_arm(uint64_t nth, fault_kind kind, int error);

/* The name that FAULT_NAMED is about, one of FAULT_CALLS; set it first. */
void fault_only(const char *name);

/* Disarms; returns whether the call came that was to go wrong. */
bool fault_disarm(void);

/* Calls counted since fault_arm. */
uint64_t fault_calls(void);

/* The name of the call that went wrong last, for messages; "" before one. */
const char *fault_last(void);

#endif

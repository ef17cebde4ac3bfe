// fed_support.h -- what the tests of builders and sources share.
#ifndef INLAY_TESTS_FED_SUPPORT_H
#define INLAY_TESTS_FED_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inlay/inlay.h>

// An allocator that counts, and fails once at its n-th call when told to.
typedef struct fed_memory {
    inlay_alloc alloc;
    size_t      held;      // bytes now
    size_t      held_most; // bytes ever
    size_t      calls;     // that asked for memory
    size_t      fail_at;   // the call that fails, from 1; 0: none
} fed_memory;

void fed_memory_init(fed_memory *self);

// Returns random numbers, the same on every run.
uint32_t fed_random(uint32_t *state, uint32_t below);

// Memory of exactly that size, so that sanitizers see a byte too far.
uint8_t *fed_bytes_new(size_t size);

// A text of that many letters; the same memory at every call.
inlay_str fed_text(size_t size);

#endif

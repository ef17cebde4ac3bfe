/* entries.h -- the keys and values that all caches hold: messages of
 * user.inlay, the same for each.
 */
#ifndef BENCH_IPC_ENTRIES_H
#define BENCH_IPC_ENTRIES_H

#include <inlay/base.h>

/* Makes them, once; 1,000,000, and in smoke runs 2,000. False when memory ran
 * out. */
bool entries_init(void);

size_t      entries_count(void);
inlay_bytes entries_value(size_t index);

/* Writes the key of an entry and returns it. Made of the index alone, since
 * loading it would be part of what is measured. */
enum {
    ENTRIES_KEY_ROOM = 24
};
inlay_bytes entries_key(size_t index, char room[ENTRIES_KEY_ROOM]);

/* Where a run of lookups stands, and the next index in it: random, the same
 * sequence for all. */
size_t entries_next(uint64_t *position);

/* Takes a value that was looked up: loads all its bytes. False when it is none
 * that could be right; `entries_check` looks closer. */
bool entries_take(const void *value, size_t size);

/* Whether that is the value of the entry. */
bool entries_check(size_t index, const void *value, size_t size);

/* Whether a lookup finds the right value for each of the first 2,000 entries:
 * once, before anything is timed. */
typedef bool entries_lookup(void *state, size_t index, inlay_bytes *value);
bool         entries_gate(entries_lookup *lookup, void *state);

#endif

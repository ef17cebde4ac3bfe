// entries.c -- see entries.h.

#include "bench/ipc/entries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/ipc/ipc_bench.h"
#include "user.inlay.h"

enum {
    COUNT = 1000000,
    COUNT_SMOKE = 2000,
    GATED = 2000,
    VALUE_ROOM = 128
};

typedef struct entry {
    uint8_t value[VALUE_ROOM];
    size_t  value_size;
} entry;

static entry *entries;
static size_t count;

static void entry_make(entry *e, size_t index)
{
    uint64_t      random = index;
    char          name[40], email[60];
    uint32_t      groups[4];
    ipc_user_user user = IPC_USER_USER_INIT;
    size_t        i;

    for (i = 0; i < 4; i++) {
        groups[i] = (uint32_t)(ipc_random(&random) % 5000);
    }
    user.id = index;
    user.name.data = name;
    user.name.size = (size_t)snprintf(name, sizeof name, "User %llu",
                                      (unsigned long long)index);
    user.email.data = email;
    user.email.size =
        (size_t)snprintf(email, sizeof email, "user%llu@example.org",
                         (unsigned long long)(ipc_random(&random) % 100000));
    user.groups.items = groups;
    user.groups.count = (size_t)(ipc_random(&random) % 5);
    user.quota = ipc_random(&random) % 1000000;
    if (ipc_user_user_encode(&user, e->value, sizeof e->value, &e->value_size,
                             NULL) != INLAY_OK) {
        abort(); // the room is large enough for all of them
    }
}

bool entries_init(void)
{
    size_t i;

    if (entries != NULL) {
        return true;
    }
    count = ipc_smoke ? COUNT_SMOKE : COUNT;
    entries = calloc(count, sizeof *entries);
    if (entries == NULL) {
        return false;
    }
    for (i = 0; i < count; i++) {
        entry_make(&entries[i], i);
    }
    return true;
}

size_t entries_count(void)
{
    return count;
}

inlay_bytes entries_value(size_t index)
{
    return (inlay_bytes){entries[index].value, entries[index].value_size};
}

inlay_bytes entries_key(size_t index, char room[ENTRIES_KEY_ROOM])
{
    enum {
        DIGITS = 8
    };
    static const char head[] = "user:";
    size_t            at = sizeof head - 1 + DIGITS;

    memcpy(room, head, sizeof head - 1);
    while (at > sizeof head - 1) {
        room[--at] = (char)('0' + index % 10);
        index /= 10;
    }
    return (inlay_bytes){(const uint8_t *)room, sizeof head - 1 + DIGITS};
}

size_t entries_next(uint64_t *position)
{
    return (size_t)(ipc_random(position) % count);
}

bool entries_take(const void *value, size_t size)
{
    uint64_t sum = ipc_sum(value, size);

    __asm__ volatile("" : "+r"(sum) : : "memory"); // has to be computed
    return size > 0 && size <= VALUE_ROOM;
}

bool entries_check(size_t index, const void *value, size_t size)
{
    return size == entries[index].value_size &&
           memcmp(value, entries[index].value, size) == 0;
}

bool entries_gate(entries_lookup *lookup, void *state)
{
    size_t i;

    for (i = 0; i < GATED && i < count; i++) {
        inlay_bytes value;

        if (!lookup(state, i, &value) ||
            !entries_check(i, value.data, value.size)) {
            return false;
        }
    }
    return true;
}

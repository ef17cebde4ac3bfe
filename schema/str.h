// str.h -- interned names, maps keyed by them, and formatted text.
//
// Every name is interned once per compilation, so equal names are equal
// pointers and a map hashes the pointer. Memory is the arena's; after a failure
// interning gives "", which is harmless as the compilation fails anyway.
//
// Who may include it: schema/ and gen/.
#ifndef INLAY_SCHEMA_STR_H
#define INLAY_SCHEMA_STR_H

#include "schema/arena.h"

// ---- Interned names ---------------------------------------------------------

typedef struct str_table {
    arena       *arena;
    const char **slots; // open addressing; NULL is free
    size_t       capacity;
    size_t       count;
} str_table;

// Returns the one copy of these bytes, terminated; never NULL.
const char *str_intern(str_table *table, const char *data, size_t size);

// Interns `scope.name`.
const char *str_intern_qualified(str_table *table, const char *scope,
                                 const char *name);

// ---- Maps from interned names to pointers -----------------------------------

typedef struct str_map {
    arena       *arena;
    const char **keys; // open addressing; NULL is free
    void       **values;
    size_t       capacity;
    size_t       count;
} str_map;

// Returns what `key` maps to; NULL when it has no entry.
void *str_map_get(const str_map *map, const char *key);

// Maps `key` to `value`, not NULL, and returns NULL; or, when it has an entry
// already, changes nothing and returns that.
void *str_map_add(str_map *map, const char *key, void *value);

// ---- Text -------------------------------------------------------------------

// Returns text made as printf makes it; never NULL.
const char *str_format(arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Returns how many letters must be put in, left out, exchanged or swapped with
// their neighbour to turn one name into the other; at most `limit` + 1.
size_t str_distance(const char *a, const char *b, size_t limit);

#endif

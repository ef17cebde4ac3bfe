// str.c -- interning and maps by open addressing with linear probing.
//
// Neither table ever removes an entry nor is walked, so the order of addresses
// never reaches the output.
#include "schema/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define TABLE_SIZE_MIN 64

// Names longer than this are too far from any other to be worth a suggestion.
#define DISTANCE_SIZE_MAX 63

// ---- Interned names ---------------------------------------------------------

// Returns the slot that holds the name, or the free one where it belongs.
static const char **table_slot(const str_table *table, const char *data,
                               size_t size)
{
    size_t mask = table->capacity - 1;
    size_t index = (size_t)XXH3_64bits(data, size) & mask;

    while (table->slots[index] != NULL &&
           (strncmp(table->slots[index], data, size) != 0 ||
            table->slots[index][size] != '\0')) {
        index = (index + 1) & mask;
    }
    return &table->slots[index];
}

static bool table_grow(str_table *table)
{
    str_table larger = *table;

    larger.capacity =
        table->capacity == 0 ? TABLE_SIZE_MIN : table->capacity * 2;
    larger.slots =
        arena_alloc(table->arena, larger.capacity, sizeof(*larger.slots));
    if (larger.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        const char *name = table->slots[i];

        if (name != NULL) {
            *table_slot(&larger, name, strlen(name)) = name;
        }
    }
    *table = larger;
    return true;
}

const char *str_intern(str_table *table, const char *data, size_t size)
{
    const char **slot;

    if (table->count * 4 >= table->capacity * 3 && !table_grow(table)) {
        return "";
    }
    slot = table_slot(table, data, size);
    if (*slot == NULL) {
        *slot = arena_copy(table->arena, data, size);
        if (*slot == NULL) {
            return "";
        }
        table->count++;
    }
    return *slot;
}

const char *str_intern_qualified(str_table *table, const char *scope,
                                 const char *name)
{
    const char *text = str_format(table->arena, "%s.%s", scope, name);

    return str_intern(table, text, strlen(text));
}

// ---- Maps -------------------------------------------------------------------

static size_t map_index(const str_map *map, const char *key)
{
    size_t mask = map->capacity - 1;
    size_t index =
        (size_t)(((uintptr_t)key * 0x9E3779B97F4A7C15u) >> 32) & mask;

    while (map->keys[index] != NULL && map->keys[index] != key) {
        index = (index + 1) & mask;
    }
    return index;
}

static bool map_grow(str_map *map)
{
    str_map larger = *map;

    larger.capacity = map->capacity == 0 ? 8 : map->capacity * 2;
    larger.keys = arena_alloc(map->arena, larger.capacity, sizeof(*map->keys));
    larger.values =
        arena_alloc(map->arena, larger.capacity, sizeof(*map->values));
    if (larger.keys == NULL || larger.values == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->keys[i] != NULL) {
            size_t index = map_index(&larger, map->keys[i]);

            larger.keys[index] = map->keys[i];
            larger.values[index] = map->values[i];
        }
    }
    *map = larger;
    return true;
}

void *str_map_get(const str_map *map, const char *key)
{
    return map->capacity == 0 ? NULL : map->values[map_index(map, key)];
}

void *str_map_add(str_map *map, const char *key, void *value)
{
    size_t index;

    if (map->count * 4 >= map->capacity * 3 && !map_grow(map)) {
        return NULL;
    }
    index = map_index(map, key);
    if (map->keys[index] != NULL) {
        return map->values[index];
    }
    map->keys[index] = key;
    map->values[index] = value;
    map->count++;
    return NULL;
}

// ---- Text -------------------------------------------------------------------

const char *str_format(arena *a, const char *format, ...)
{
    va_list arguments;
    int     size;
    char   *text;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    text = size < 0 ? NULL : arena_alloc(a, (size_t)size + 1, 1);
    if (text == NULL) {
        return "";
    }
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return text;
}

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

// The optimal string alignment distance, three rows of its matrix at a time.
size_t str_distance(const char *a, const char *b, size_t limit)
{
    size_t  rows[3][DISTANCE_SIZE_MAX + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *row = rows[2];
    size_t  a_size = strlen(a);
    size_t  b_size = strlen(b);

    if (a_size > DISTANCE_SIZE_MAX || b_size > DISTANCE_SIZE_MAX) {
        return limit + 1;
    }
    for (size_t j = 0; j <= b_size; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_size; i++) {
        size_t *oldest = before;

        before = last;
        last = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t change = a[i - 1] == b[j - 1] ? 0 : 1;

            row[j] = min_size(last[j - 1] + change,
                              min_size(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                row[j] = min_size(row[j], before[j - 2] + 1);
            }
        }
    }
    return min_size(row[b_size], limit + 1);
}

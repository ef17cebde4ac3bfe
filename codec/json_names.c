// json_names.c -- finding names, and names that are repeated; see
// json_reader.h.
#include <string.h>

#include "json_reader.h"

// ---- Sorting ----------------------------------------------------------------

static void sort_merge(const void **from, size_t middle, size_t count,
                       const void **to,
                       int (*compare)(const void *a, const void *b))
{
    size_t left = 0;
    size_t right = middle;
    size_t i;

    for (i = 0; i < count; i++) {
        bool take_left =
            right >= count ||
            (left < middle && compare(from[left], from[right]) <= 0);

        to[i] = take_left ? from[left++] : from[right++];
    }
}

void inlay_json_sort(const void **items, const void **scratch, size_t count,
                     int (*compare)(const void *a, const void *b))
{
    const void **from = items;
    const void **to = scratch;
    size_t       width;

    for (width = 1; width < count; width *= 2) {
        const void **swap = from;
        size_t       start;

        for (start = 0; start < count; start += 2 * width) {
            size_t left = count - start;
            size_t pair = left < 2 * width ? left : 2 * width;
            size_t middle = width < pair ? width : pair;

            sort_merge(from + start, middle, pair, to + start, compare);
        }
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, count * sizeof *items);
    }
}

int inlay_json_compare(inlay_str a, inlay_str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int    order = size > 0 ? memcmp(a.data, b.data, size) : 0;

    if (order != 0 || a.size == b.size) {
        return order;
    }
    return a.size < b.size ? -1 : 1;
}

// ---- Finding ----------------------------------------------------------------

enum {
    LINEAR_MAX = 16
}; // names that are not worth a table

typedef struct json_name {
    inlay_str name;
    uint32_t  index;
} json_name;

// The names of one descriptor, sorted.
struct json_names {
    const void       *desc;
    const json_name **sorted;
    json_names       *next;
};

// `name` is terminated, and the text may hold NUL.
static bool name_equal(const char *name, inlay_str text)
{
    size_t i;

    for (i = 0; i < text.size; i++) {
        if (name[i] == '\0' || name[i] != text.data[i]) {
            return false;
        }
    }
    return name[i] == '\0';
}

static int name_compare(const void *a, const void *b)
{
    return inlay_json_compare(((const json_name *)a)->name,
                              ((const json_name *)b)->name);
}

// Returns the sorted table of a descriptor; NULL when memory ran out.
static const json_names *names_table(json_reader *self, const void *desc,
                                     json_name_get *get, uint32_t count)
{
    json_names  *table;
    json_name   *names;
    const void **sorted;
    uint32_t     i;

    for (table = self->names; table != NULL; table = table->next) {
        if (table->desc == desc) {
            return table;
        }
    }
    table = inlay_pool_take(&self->pool, 1, sizeof *table);
    names = inlay_pool_take(&self->pool, count, sizeof *names);
    sorted = inlay_pool_take(&self->pool, count, 2 * sizeof *sorted);
    if (table == NULL || names == NULL || sorted == NULL) {
        return NULL;
    }
    for (i = 0; i < count; i++) {
        names[i].name = inlay_str_from(get(desc, i));
        names[i].index = i;
        sorted[i] = &names[i];
    }
    inlay_json_sort(sorted, sorted + count, count, name_compare);
    table->desc = desc;
    table->sorted = (const json_name **)sorted;
    table->next = self->names;
    self->names = table;
    return table;
}

uint32_t inlay_json_find(json_reader *self, const void *desc,
                         json_name_get *get, uint32_t count, inlay_str name,
                         uint32_t hint)
{
    const json_names *table;
    uint32_t          low = 0;
    uint32_t          high = count;

    if (hint < count && name_equal(get(desc, hint), name)) {
        return hint;
    }
    table = count > LINEAR_MAX ? names_table(self, desc, get, count) : NULL;
    if (table == NULL) {
        while (low < count && !name_equal(get(desc, low), name)) {
            low++;
        }
        return low;
    }
    while (low < high) {
        uint32_t         middle = low + (high - low) / 2;
        const json_name *entry = table->sorted[middle];
        int              order = inlay_json_compare(name, entry->name);

        if (order == 0) {
            return entry->index;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return count;
}

// ---- Repeated names ---------------------------------------------------------

static int value_compare(const void *a, const void *b)
{
    return inlay_json_compare(((const json_value *)a)->text,
                              ((const json_value *)b)->text);
}

bool inlay_json_check_names(json_reader *self, const json_at *at,
                            const json_value *object)
{
    size_t            count = object->count;
    const json_value *name = object->first;
    const void      **names;
    size_t            i;

    if (count < 2) {
        return true;
    }
    names = inlay_pool_take(&self->pool, count, 2 * sizeof *names);
    if (names == NULL) {
        return inlay_json_fail_memory(self);
    }
    for (i = 0; i < count; i++) {
        names[i] = name;
        name = name->next->next;
    }
    inlay_json_sort(names, names + count, count, value_compare);
    for (i = 1; i < count; i++) {
        if (value_compare(names[i - 1], names[i]) == 0) {
            json_at here =
                inlay_json_at_name(at, ((const json_value *)names[i])->text);

            return inlay_json_fail(self, INLAY_JSON_REPEATED, &here, names[i]);
        }
    }
    return true;
}

bool inlay_json_check_names_deep(json_reader *self, const json_at *at,
                                 const json_value *value)
{
    const json_value *child = value->first;
    uint64_t          i;

    if (value->kind == JSON_ARRAY) {
        for (i = 0; child != NULL; child = child->next, i++) {
            json_at here = inlay_json_at_index(at, i);

            if (!inlay_json_check_names_deep(self, &here, child)) {
                return false;
            }
        }
    } else if (value->kind == JSON_OBJECT) {
        for (; child != NULL; child = child->next->next) {
            json_at here = inlay_json_at_name(at, child->text);

            if (!inlay_json_check_names_deep(self, &here, child->next)) {
                return false;
            }
        }
        return inlay_json_check_names(self, at, value);
    }
    return true;
}

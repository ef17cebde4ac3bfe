// json_read_map.c -- JSON objects as maps: keys from text, sorted; see
// json_reader.h.
#include <string.h>

#include <inlay/wire.h>

#include "json_reader.h"

// One entry: its JSON, and its key as it lies on the wire and as it compares.
typedef struct map_entry {
    const json_value *name;
    uint64_t          order; // integers and enums: ascends with the key
    inlay_str         bytes; // the rest
    uint64_t          value; // integers and enums
} map_entry;

static int entry_compare(const void *a, const void *b)
{
    const map_entry *left = a;
    const map_entry *right = b;

    if (left->order != right->order) {
        return left->order < right->order ? -1 : 1;
    }
    return inlay_json_compare(left->bytes, right->bytes);
}

// Reads an integer's decimal text, an enum's name or its decimal text.
static bool key_integer(json_reader *self, const json_at *at,
                        const inlay_type *type, map_entry *entry)
{
    const uint64_t top = (uint64_t)1 << 63;
    inlay_kind     kind = type->kind;
    inlay_status   status;

    if (kind == INLAY_KIND_ENUM) {
        kind = ((const inlay_enum_desc *)type->of)->base;
    }
    if (type->kind == INLAY_KIND_ENUM &&
        inlay_json_enum(self, type->of, entry->name->text, &entry->value)) {
        status = INLAY_OK;
    } else {
        status = inlay_json_integer(kind, entry->name->text, &entry->value);
    }
    if (status != INLAY_OK) {
        return inlay_json_fail(self, status, at, entry->name);
    }
    entry->order = kind >= INLAY_KIND_I8 ? entry->value ^ top : entry->value;
    return true;
}

static bool key_read(json_reader *self, const json_at *at,
                     const inlay_type *type, map_entry *entry)
{
    inlay_bytes bytes;

    switch (type->kind) {
    case INLAY_KIND_STRING:
        entry->bytes = entry->name->text;
        return true;
    case INLAY_KIND_BYTES:
    case INLAY_KIND_ARRAY:
        if (!inlay_json_base64(self, at, entry->name, &bytes)) {
            return false;
        }
        if (type->kind == INLAY_KIND_ARRAY && bytes.size != type->size) {
            return inlay_json_fail(self, INLAY_JSON_RANGE, at, entry->name);
        }
        entry->bytes.data = (const char *)bytes.data;
        entry->bytes.size = bytes.size;
        return true;
    default:
        return key_integer(self, at, type, entry);
    }
}

// Reads all keys; `sorted` is left in their order.
static bool keys_read(json_reader *self, const json_at *at,
                      const inlay_type *type, const json_value *object,
                      map_entry *entries, const void **sorted)
{
    const json_value *name = object->first;
    size_t            count = object->count;
    size_t            i;

    for (i = 0; i < count; i++) {
        json_at here = inlay_json_at_key(at, name->text);

        entries[i].name = name;
        sorted[i] = &entries[i];
        if (!key_read(self, &here, type, &entries[i])) {
            return false;
        }
        name = name->next->next;
    }
    inlay_json_sort(sorted, sorted + count, count, entry_compare);
    for (i = 1; i < count; i++) {
        if (entry_compare(sorted[i - 1], sorted[i]) == 0) {
            const json_value *again = ((const map_entry *)sorted[i])->name;
            json_at           here = inlay_json_at_key(at, again->text);

            return inlay_json_fail(self, INLAY_JSON_REPEATED, &here, again);
        }
    }
    return true;
}

static void key_store(const map_entry *entry, const inlay_field_desc *key,
                      uint8_t *head, inlay_tree_slice *slices)
{
    if (key->place == INLAY_PLACE_SLOT) {
        slices[key->slot].bytes = (const uint8_t *)entry->bytes.data;
        slices[key->slot].size = entry->bytes.size;
    } else if (key->type->kind == INLAY_KIND_ARRAY) {
        memcpy(head + key->offset, entry->bytes.data, entry->bytes.size);
    } else {
        inlay_store_width(head + key->offset, entry->value, key->type->size);
    }
}

bool inlay_json_map(json_reader *self, const json_at *at,
                    const inlay_type *type, const json_value *value,
                    inlay_tree_slice *slice)
{
    const inlay_record_desc *record = type->of;
    size_t                   count = value->count;
    json_at                  inside = *at;
    map_entry               *entries;
    const void             **sorted;
    size_t                   i;

    if (value->kind != JSON_OBJECT) {
        return inlay_json_fail(self, INLAY_JSON_TYPE, at, value);
    }
    if (count == 0) {
        return true;
    }
    inside.blocks++;
    if (inside.blocks > INLAY_TREE_DEPTH_MAX) {
        return inlay_json_fail(self, INLAY_TOO_DEEP, at, value);
    }
    entries = inlay_pool_take(&self->pool, count, sizeof *entries);
    sorted = inlay_pool_take(&self->pool, count, 2 * sizeof *sorted);
    slice->block =
        inlay_tree_vector(&self->pool, record->fixed, record->slots, count);
    if (entries == NULL || sorted == NULL || slice->block == NULL) {
        return inlay_json_fail_memory(self);
    }
    if (!keys_read(self, &inside, record->fields[0].type, value, entries,
                   sorted)) {
        return false;
    }
    for (i = 0; i < count; i++) {
        const map_entry  *entry = sorted[i];
        json_at           here = inlay_json_at_key(&inside, entry->name->text);
        uint8_t          *head = inlay_tree_head(slice->block, i);
        inlay_tree_slice *slices = inlay_tree_slices(slice->block, i);

        key_store(entry, &record->fields[0], head, slices);
        if (!inlay_json_field(self, &here, &record->fields[1],
                              entry->name->next, head, slices)) {
            return false;
        }
    }
    return true;
}

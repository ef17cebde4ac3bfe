// bounds.c -- see bounds.h.
//
// A record or a union is computed once all those are that its fields or
// variants are of; one that is still under way leads back to itself. The walk
// keeps its own stack, as a chain may be as long as there are declarations; one
// type expression is walked by recursion, and the resolver bounds its depth.
#include "schema/bounds.h"

#include "schema/resolve.h"

#include <string.h>

// Of a path that leads through many records only so much is kept.
#define PATH_SIZE_MAX 120

// What a slice, or all slices of an element, take at most.
typedef struct bound {
    uint64_t    size;
    uint64_t    split; // of an element: where its last slice begins
    const char *open;  // path to what has no bound, "" for the thing itself;
                       // NULL: there is one
} bound;

// A record or a union.
typedef struct node {
    ir_record      *record; // or NULL
    const ir_union *onion;  // or NULL
    struct node    *above;  // while open: the one that needs this
    uint32_t        item;   // the field or variant that is looked at
    enum {
        NODE_NEW,
        NODE_OPEN,
        NODE_DONE
    } state;
    bound share; // of a record's slices, of a union's payload
} node;

typedef struct bounder {
    arena  *arena;
    node   *nodes; // in source order
    size_t  count;
    str_map by_type; // the IR node of a record or a union to the node here
} bounder;

// ---- Bounds -----------------------------------------------------------------

static bound bound_open(const char *path)
{
    return (bound){.open = path};
}

static bound bound_of(uint64_t size)
{
    return size < BOUNDS_LIMIT ? (bound){.size = size} : bound_open("");
}

// Says that something in `name` has no bound.
static bound bound_open_in(bounder *k, const char *name, const char *path)
{
    bool dot = name[0] != '\0' && path[0] != '\0' && path[0] != '[';
    bool cut = strlen(path) > PATH_SIZE_MAX;

    return bound_open(str_format(k->arena, "%s%s%.*s%s", name, dot ? "." : "",
                                 PATH_SIZE_MAX, path, cut ? "..." : ""));
}

static uint64_t bytes_of(uint64_t value)
{
    uint64_t bytes = 1;

    while (value > 255) {
        value >>= 8;
        bytes++;
    }
    return bytes;
}

// ---- Blocks -----------------------------------------------------------------

static uint64_t escapes_size(const ir_record *record)
{
    return (record->fixed >= 255 ? 4u : 0u) + (record->slots >= 31 ? 2u : 0u);
}

static uint64_t splits_size(const ir_record *record, uint64_t split)
{
    return record->slots > 1 ? (record->slots - 1) * bytes_of(split) : 0;
}

static uint64_t single_size(const ir_record *record, const bound *share)
{
    return 2 + escapes_size(record) + record->fixed +
           splits_size(record, share->split) + share->size;
}

// The block of a vector with `count` such elements; UINT64_MAX: any number.
static bound vector_bound(const ir_record *record, const bound *share,
                          uint64_t count)
{
    uint64_t stride = record->fixed + splits_size(record, share->split);

    if (count >= BOUNDS_LIMIT ||
        (share->size > 0 && count > BOUNDS_LIMIT / share->size)) {
        return bound_open("");
    }
    if (record->slots > 0) {
        stride += bytes_of((count - 1) * share->size);
    }
    if (count > BOUNDS_LIMIT / (stride + share->size)) {
        return bound_open("");
    }
    return bound_of(3 + escapes_size(record) + bytes_of(count) +
                    count * (stride + share->size));
}

// ---- Types ------------------------------------------------------------------

static bound slice_bound(bounder *k, const ir_type *type, uint32_t max,
                         bool required);

static node *node_of(const bounder *k, const void *type)
{
    return str_map_get(&k->by_type, type);
}

// All slices of one element of the record.
static bound share_bound(bounder *k, const ir_record *record)
{
    bound share = {0};

    for (uint32_t i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];
        bool            list = record->synthetic && record->field_count == 1;
        const char     *name = list ? "" : field->name;
        bound           slice;

        if (field->place < IR_PLACE_SLOT) {
            continue;
        }
        slice = slice_bound(k, field->type, field->max, true);
        if (slice.open == NULL && field->align != 0) {
            slice = bound_of(slice.size + field->align + 1);
        }
        share.split = share.size;
        share.size += slice.size;
        if (slice.open == NULL && share.size >= BOUNDS_LIMIT) {
            slice.open = "";
        }
        if (slice.open != NULL) {
            return bound_open_in(k, name, slice.open);
        }
    }
    return share;
}

// Returns how many values there are of a map's key.
static uint64_t keys_count(const ir_type *key)
{
    return key->fixed && key->size < 8 ? UINT64_C(1) << (8 * key->size)
                                       : UINT64_MAX;
}

// A vector or a map whose elements are the record's.
static bound elements_bound(bounder *k, const ir_type *type, uint32_t max)
{
    const ir_record *record = type->record;
    uint64_t count = type->kind == IR_MAP ? keys_count(type->key) : UINT64_MAX;
    bound    share;

    if (max != 0 && max < count) {
        count = max;
    }
    if (count == UINT64_MAX) {
        return bound_open("");
    }
    if (record->synthetic) {
        share = share_bound(k, record);
    } else {
        const node *n = node_of(k, record);

        share = n->state == NODE_DONE ? n->share : bound_open("");
    }
    if (share.open != NULL) {
        // What leads back is the vector itself, not its elements.
        return record->synthetic || share.open[0] != '\0'
                   ? bound_open_in(k, "[]", share.open)
                   : share;
    }
    return vector_bound(record, &share, count);
}

// A record that is required is the empty slice when all of it is defaults.
static bound record_bound(bounder *k, const ir_record *record, bool required)
{
    const node *n = node_of(k, record);

    if (n->state != NODE_DONE) {
        return bound_open("");
    }
    if (n->share.open != NULL) {
        return n->share;
    }
    if (required && record->fixed == 0 && n->share.size == 0) {
        return bound_of(0);
    }
    return bound_of(single_size(record, &n->share));
}

static bound slice_bound(bounder *k, const ir_type *type, uint32_t max,
                         bool required)
{
    const node *n;

    switch (type->kind) {
    case IR_STRING:
    case IR_BYTES:
        return max == 0 ? bound_open("") : bound_of(max);
    case IR_VECTOR:
        return max == 0 ? bound_open("")
                        : bound_of((uint64_t)max * type->element->size);
    case IR_BITSET:
        return max == 0 ? bound_open("")
                        : bound_of(2 + ((uint64_t)max - 1) / 8);
    case IR_LIST:
    case IR_MAP:
        return elements_bound(k, type, max);
    case IR_RECORD:
        return record_bound(k, type->record, required);
    case IR_UNION:
        n = node_of(k, type->onion);
        return n->state == NODE_DONE ? n->share : bound_open("");
    case IR_OPTIONAL:
        return slice_bound(k, type->element, max, false);
    default:
        return bound_of(type->size);
    }
}

static bound payload_bound(bounder *k, const ir_union *onion)
{
    bound payload = {0};

    for (uint32_t i = 0; i < onion->variant_count; i++) {
        const ir_variant *variant = &onion->variants[i];
        bound             slice = {0};

        if (variant->type != NULL) {
            slice = slice_bound(k, variant->type, 0, true);
        }
        if (slice.open != NULL) {
            return bound_open_in(k, variant->name, slice.open);
        }
        if (slice.size > payload.size) {
            payload.size = slice.size;
        }
    }
    return payload;
}

// ---- The walk ---------------------------------------------------------------

static void node_finish(bounder *k, node *n)
{
    ir_record *record = n->record;
    bound      whole;

    n->share =
        record == NULL ? payload_bound(k, n->onion) : share_bound(k, record);
    n->state = NODE_DONE;
    if (record == NULL) {
        return;
    }
    whole = n->share.open != NULL ? n->share
                                  : bound_of(single_size(record, &n->share));
    record->size_least =
        2 + escapes_size(record) + record->fixed + splits_size(record, 0);
    record->size_largest = whole.open == NULL ? whole.size : 0;
    record->unbounded = whole.open;
}

static uint32_t node_item_count(const node *n)
{
    return n->record != NULL ? n->record->field_count : n->onion->variant_count;
}

// Returns the record or union that the node's current item leads to, or NULL.
// There is one at most: the key of a map never is.
static node *node_inside(const bounder *k, const node *n)
{
    const ir_type *type = n->record != NULL ? n->record->fields[n->item].type
                                            : n->onion->variants[n->item].type;

    while (type != NULL && (type->kind == IR_LIST || type->kind == IR_MAP ||
                            type->kind == IR_OPTIONAL)) {
        type = type->element;
    }
    if (type != NULL && type->kind == IR_RECORD) {
        return node_of(k, type->record);
    }
    return type != NULL && type->kind == IR_UNION ? node_of(k, type->onion)
                                                  : NULL;
}

// Looks at the next item of an open node; returns the node to go on with, NULL
// at the end of the walk.
static node *bounds_step(bounder *k, node *n)
{
    node *inside;

    if (n->item == node_item_count(n)) {
        node_finish(k, n);
        return n->above;
    }
    inside = node_inside(k, n);
    n->item++;
    if (inside != NULL && inside->state == NODE_NEW) {
        inside->state = NODE_OPEN;
        inside->above = n;
        return inside;
    }
    return n;
}

static void bounds_walk(bounder *k)
{
    for (size_t i = 0; i < k->count; i++) {
        node *n = &k->nodes[i];

        if (n->state == NODE_NEW) {
            n->state = NODE_OPEN;
            while (n != NULL) {
                n = bounds_step(k, n);
            }
        }
    }
}

// ---- All records ------------------------------------------------------------

static void collect_symbol(bounder *k, const symbol *s)
{
    node *n = &k->nodes[k->count];

    if (s->ast->kind == IR_DECL_RECORD) {
        n->record = s->of.record;
        (void)str_map_add(&k->by_type, (const void *)s->of.record, n);
        k->count++;
    } else if (s->ast->kind == IR_DECL_UNION) {
        n->onion = s->of.onion;
        (void)str_map_add(&k->by_type, (const void *)s->of.onion, n);
        k->count++;
    }
}

void bounds_units(compilation *c)
{
    bounder k = {.arena = c->arena, .by_type = {.arena = c->arena}};
    size_t  count = 0;

    for (size_t i = 0; i < c->unit_count; i++) {
        count += c->units[i]->ir.decl_count;
    }
    k.nodes = arena_alloc(c->arena, count, sizeof(*k.nodes));
    for (size_t i = 0; k.nodes != NULL && i < c->unit_count; i++) {
        const unit *u = c->units[i];

        for (uint32_t d = 0; d < u->ir.decl_count; d++) {
            collect_symbol(&k, &u->symbols[d]);
        }
    }
    if (!c->arena->failed) {
        bounds_walk(&k);
    }
}

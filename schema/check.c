// check.c -- what can only be said of all records together.
//
// A record contains another where it has a required field of it. If that leads
// back, a value of it would have no end, so some link must be optional. The
// walk keeps its own stack: a chain may be as long as there are records.
#include "schema/resolve.h"

#include <stdlib.h>

typedef struct node {
    const ir_record *record;
    struct node     *above; // while open: the record that holds this one
    uint32_t         field; // the one that is looked at
    enum {
        NODE_NEW,
        NODE_OPEN,
        NODE_DONE
    } state;
} node;

typedef struct checker {
    arena     *arena;
    diag_sink *sink;
    node      *nodes; // all records in source order
    size_t     count;
    str_map    by_name;
} checker;

// ---- Containment ------------------------------------------------------------

// Returns the record that the node's current field must hold, or NULL.
static node *node_inside(const checker *k, const node *n)
{
    const ir_type *type = n->record->fields[n->field].type;

    return type->kind == IR_RECORD
               ? str_map_get(&k->by_name, type->record->qualified)
               : NULL;
}

static void report_containment(checker *k, const node *n, const node *inside)
{
    const char *text = inside->record->name;

    for (const node *up = n;; up = up->above) {
        text = str_format(k->arena, "%s.%s -> %s", up->record->name,
                          up->record->fields[up->field].name, text);
        if (up == inside) {
            break;
        }
    }
    diag_error(k->sink, n->record->fields[n->field].span,
               "the record `%s` must contain itself: %s", inside->record->name,
               text);
    diag_hint(k->sink, "make one of these fields optional or a vector");
}

// Looks at the next field of an open node; returns the node to go on with, NULL
// at the end of the walk.
static node *check_step(checker *k, node *n)
{
    node *inside;

    if (n->field == n->record->field_count) {
        n->state = NODE_DONE;
        if (n->above != NULL) {
            n->above->field++;
        }
        return n->above;
    }
    inside = node_inside(k, n);
    if (inside != NULL && inside->state == NODE_NEW) {
        inside->state = NODE_OPEN;
        inside->above = n;
        return inside;
    }
    if (inside != NULL && inside->state == NODE_OPEN) {
        report_containment(k, n, inside);
    }
    n->field++;
    return n;
}

static void check_containment(checker *k)
{
    for (size_t i = 0; i < k->count; i++) {
        node *n = &k->nodes[i];

        if (n->state != NODE_NEW) {
            continue;
        }
        n->state = NODE_OPEN;
        n->above = NULL;
        while (n != NULL) {
            n = check_step(k, n);
        }
    }
}

// ---- Ids --------------------------------------------------------------------

static int compare_ids(const void *a, const void *b)
{
    const node *x = *(const node *const *)a;
    const node *y = *(const node *const *)b;

    if (x->record->id != y->record->id) {
        return x->record->id < y->record->id ? -1 : 1;
    }
    return x < y ? -1 : x > y ? 1 : 0;
}

static void check_ids(checker *k)
{
    const node **sorted = arena_alloc(k->arena, k->count, sizeof(*sorted));

    for (size_t i = 0; sorted != NULL && i < k->count; i++) {
        sorted[i] = &k->nodes[i];
    }
    if (sorted == NULL || k->count == 0) {
        return;
    }
    qsort(sorted, k->count, sizeof(*sorted), compare_ids);
    for (size_t i = 1; i < k->count; i++) {
        const ir_record *first = sorted[i - 1]->record;
        const ir_record *second = sorted[i]->record;

        if (first->id == second->id) {
            diag_error(k->sink, second->span,
                       "the record `%s` has the type id of `%s`, "
                       "0x%016llx",
                       second->qualified, first->qualified,
                       (unsigned long long)second->id);
            diag_hint(k->sink, "give one of them another `@id`");
        }
    }
}

// ---- All records ------------------------------------------------------------

static size_t count_records(const compilation *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->unit_count; i++) {
        count += c->units[i]->ir.decl_count;
    }
    return count;
}

// Records that could not be completed have been reported on.
static void collect_records(checker *k, const compilation *c)
{
    k->nodes = arena_alloc(c->arena, count_records(c), sizeof(*k->nodes));
    for (size_t i = 0; i < c->unit_count; i++) {
        const unit *u = c->units[i];

        for (uint32_t d = 0; k->nodes != NULL && d < u->ir.decl_count; d++) {
            const symbol *s = &u->symbols[d];

            if (s->ast->kind == IR_DECL_RECORD && !s->poisoned) {
                k->nodes[k->count].record = s->of.record;
                (void)str_map_add(&k->by_name, s->qualified,
                                  &k->nodes[k->count]);
                k->count++;
            }
        }
    }
}

void check_units(compilation *c)
{
    checker k = {.arena = c->arena, .sink = c->sink};

    k.by_name.arena = c->arena;
    collect_records(&k, c);
    if (!c->arena->failed) {
        check_containment(&k);
        check_ids(&k);
    }
}

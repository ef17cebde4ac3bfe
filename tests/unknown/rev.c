// rev.c -- a program of revision REV: compiled once for each.
//
// It changes nothing but what revision 1 knows, and draws the same numbers in
// every revision. So the newest, which knows everything, shows what the older
// ones ought to have left.

#include "rev.h"

#define LOWER_(number, name) rev##number##_##name
#define LOWER(number, name)  LOWER_(number, name)
#define UPPER_(number, name) REV##number##_##name
#define UPPER(number, name)  UPPER_(number, name)
#define R(name)              LOWER(REV, name)
#define U(name)              UPPER(REV, name)

#if REV == 1
#include "rev1.inlay.h"
#elif REV == 2
#include "rev2.inlay.h"
#elif REV == 3
#include "rev3.inlay.h"
#else
#include "rev4.inlay.h"
#endif

typedef struct changes {
    uint64_t     state;
    inlay_arena *arena;
    inlay_status status;
} changes;

static uint64_t draw(changes *c, uint64_t bound)
{
    c->state ^= c->state << 13;
    c->state ^= c->state >> 7;
    c->state ^= c->state << 17;
    return (c->state * UINT64_C(0x2545f4914f6cdd1d) >> 20) % bound;
}

// ---- Lists ------------------------------------------------------------------

// Defines what takes a list's items out and puts them back in another order,
// fewer or more of them: one is there twice, one is new, one was elsewhere.
#define DEFINE_LIST(type)                                                      \
    static void type##_list_change(changes *c, R(type##_list) * list,          \
                                   R(type) fresh, R(type) moved)               \
    {                                                                          \
        size_t count = list->count;                                            \
        R(type) * items;                                                       \
                                                                               \
        if (draw(c, 3) == 0) {                                                 \
            return;                                                            \
        }                                                                      \
        items =                                                                \
            inlay_arena_take(c->arena, count + 3, sizeof *items, &c->status);  \
        if (items == NULL) {                                                   \
            return;                                                            \
        }                                                                      \
        for (size_t i = 0; i < count; i++) {                                   \
            items[i] = list->items[i];                                         \
        }                                                                      \
        if (count > 0 && draw(c, 2) == 0) {                                    \
            size_t gone = draw(c, count);                                      \
                                                                               \
            items[gone] = items[--count];                                      \
        }                                                                      \
        if (count > 0 && draw(c, 2) == 0) {                                    \
            items[count] = items[draw(c, count)];                              \
            count++;                                                           \
        }                                                                      \
        if (draw(c, 2) == 0) {                                                 \
            items[count++] = fresh;                                            \
        }                                                                      \
        if (draw(c, 2) == 0) {                                                 \
            items[count++] = moved;                                            \
        }                                                                      \
        for (size_t i = 0; count > 0 && i < count; i++) {                      \
            size_t other = draw(c, count);                                     \
            R(type) item = items[i];                                           \
                                                                               \
            items[i] = items[other];                                           \
            items[other] = item;                                               \
        }                                                                      \
        *list = (R(type##_list)){.items = items, .count = count};              \
    }

DEFINE_LIST(leaf)
DEFINE_LIST(text)
DEFINE_LIST(bits)
DEFINE_LIST(count)
DEFINE_LIST(many)
DEFINE_LIST(inner)
DEFINE_LIST(root)
DEFINE_LIST(shape)

// ---- Records ----------------------------------------------------------------

static R(leaf) leaf_fresh(changes *c)
{
    R(leaf) leaf = U(LEAF_INIT);

    leaf.n = (uint16_t)(draw(c, 3) == 0 ? 500 : draw(c, 65536));
    return leaf;
}

// To a default as often as not, so that nothing but the unknown is left.
static void leaf_change(changes *c, R(leaf) * leaf)
{
    leaf->n = (uint16_t)(draw(c, 2) == 0 ? 500 : draw(c, 65536));
}

static void bits_change(changes *c, R(bits) * bits)
{
    bits->a = draw(c, 2) == 0;
    bits->b = draw(c, 2) == 0;
    bits->c.has = draw(c, 2) == 0;
    bits->c.value = bits->c.has && draw(c, 2) == 0;
}

static void shape_change(changes *c, R(shape) * shape)
{
    if (draw(c, 4) == 0) {
        shape->tag = U(SHAPE_LABEL);
        shape->label = (inlay_str)INLAY_STR("a label");
    } else if (draw(c, 6) == 0) {
        shape->tag = U(SHAPE_UNSET);
    } else if (draw(c, 6) == 0) {
        shape->tag = U(SHAPE_NONE);
    }
}

static void inner_change(changes *c, R(inner) * inner)
{
    R(count) count = U(COUNT_INIT);
    R(leaf) moved = inner->leaf;

    count.a = (uint8_t)draw(c, 256);
    if (inner->maybe != NULL && draw(c, 2) == 0) {
        moved = *inner->maybe;
        inner->maybe = draw(c, 2) == 0 ? NULL : inner->maybe;
    }
    leaf_change(c, &inner->leaf);
    leaf_list_change(c, &inner->leaves, leaf_fresh(c), moved);
    shape_change(c, &inner->shape);
    count_list_change(c, &inner->counts, count,
                      inner->counts.count > 0 ? inner->counts.items[0] : count);
}

static void names_change(changes *c, R(root_by_name) * map)
{
    R(root_by_name_entry) * items;
    size_t count = map->count;

    if (count == 0 || draw(c, 2) == 0) {
        return;
    }
    items = inlay_arena_take(c->arena, count, sizeof *items, &c->status);
    if (items == NULL) {
        return;
    }
    memcpy(items, map->items, count * sizeof *items);
    leaf_change(c, &items[draw(c, count)].value);
    items[draw(c, count)].value = items[draw(c, count)].value;
    *map = (R(root_by_name)){items, count - draw(c, 2)};
}

static void maybes_change(changes *c, R(root_maybes) * list, R(leaf) moved)
{
    const R(leaf) * *items;
    R(leaf) * leaf;
    size_t i;

    if (list->count == 0 || draw(c, 2) == 0) {
        return;
    }
    items =
        inlay_arena_take(c->arena, list->count + 1, sizeof *items, &c->status);
    leaf = inlay_arena_take(c->arena, 1, sizeof *leaf, &c->status);
    if (items == NULL || leaf == NULL) {
        return;
    }
    *leaf = moved;
    for (i = 0; i < list->count; i++) {
        items[i] = list->items[list->count - 1 - i];
    }
    items[i] = leaf;
    list->items = items;
    list->count++;
}

static void lists_change(changes *c, R(root) * root)
{
    R(text) text = U(TEXT_INIT);
    R(bits) bits = U(BITS_INIT);
    R(many) many = U(MANY_INIT);
    R(inner) inner = U(INNER_INIT);
    R(root) child = U(ROOT_INIT);
    R(shape) shape = {.tag = U(SHAPE_CIRCLE), .circle = 77};

    text.s = (inlay_str)INLAY_STR("fresh");
    bits_change(c, &bits);
    many.b = (uint8_t)draw(c, 256);
    inner.leaf = root->inner.leaf;
    child.id = (uint32_t)draw(c, 1000);
    leaf_list_change(c, &root->leaves, leaf_fresh(c), root->inner.leaf);
    text_list_change(c, &root->texts, text, text);
    bits_list_change(c, &root->bits, bits, root->bit);
    many_list_change(c, &root->manys, many,
                     root->by_id.count > 0 ? root->by_id.items[0].value : many);
    inner_list_change(c, &root->inners, inner, root->inner);
    root_list_change(c, &root->children, child,
                     root->child != NULL ? *root->child : child);
    shape_list_change(c, &root->shapes, shape, root->shape);
}

static void root_change(changes *c, R(root) * root)
{
    R(leaf) leaf = root->leaf;
    R(root) * child;

    root->id = (uint32_t)draw(c, 5);
    root->color = (R(color))draw(c, 2);
    lists_change(c, root);
    leaf_change(c, &root->leaf);
    bits_change(c, &root->bit);
    inner_change(c, &root->inner);
    names_change(c, &root->by_name);
    maybes_change(c, &root->maybes, leaf);
    shape_change(c, &root->shape);
    if (root->child != NULL) {
        child = inlay_arena_take(c->arena, 1, sizeof *child, &c->status);
        if (child != NULL) {
            *child = *root->child;
            root_change(c, child);
            root->child = draw(c, 4) == 0 ? NULL : child;
        }
    }
}

// ---- Merging ----------------------------------------------------------------

// Defines what puts the items of one list behind those of another.
#define DEFINE_MERGE(type)                                                     \
    static void type##_list_merge(changes *c, R(type##_list) * list,           \
                                  R(type##_list) other)                        \
    {                                                                          \
        size_t count = list->count + other.count;                              \
        R(type) * items;                                                       \
                                                                               \
        if (count == 0) {                                                      \
            return;                                                            \
        }                                                                      \
        items = inlay_arena_take(c->arena, count, sizeof *items, &c->status);  \
        if (items == NULL) {                                                   \
            return;                                                            \
        }                                                                      \
        for (size_t i = 0; i < count; i++) {                                   \
            items[i] = i < list->count ? list->items[i]                        \
                                       : other.items[i - list->count];         \
        }                                                                      \
        *list = (R(type##_list)){.items = items, .count = count};              \
    }

DEFINE_MERGE(leaf)
DEFINE_MERGE(text)
DEFINE_MERGE(bits)
DEFINE_MERGE(count)
DEFINE_MERGE(many)
DEFINE_MERGE(inner)
DEFINE_MERGE(shape)

static void root_merge(changes *c, R(root) * root, const R(root) * other)
{
    leaf_list_merge(c, &root->leaves, other->leaves);
    leaf_list_merge(c, &root->inner.leaves, other->inner.leaves);
    count_list_merge(c, &root->inner.counts, other->inner.counts);
    text_list_merge(c, &root->texts, other->texts);
    bits_list_merge(c, &root->bits, other->bits);
    many_list_merge(c, &root->manys, other->manys);
    inner_list_merge(c, &root->inners, other->inners);
    shape_list_merge(c, &root->shapes, other->shapes);
    root->bit = other->bit;
}

// ---- A message on its way ---------------------------------------------------

static inlay_status encode(const R(root) * root, const rev_job *job,
                           inlay_buffer *out)
{
    inlay_encoder encoder;
    inlay_status  status;
    size_t        size;

    inlay_encoder_init(&encoder, NULL, 0, job->alloc);
    status = R(root_measure)(root, &encoder, &size);
    if (status == INLAY_OK) {
        uint8_t *room = inlay_buffer_reserve(out, size);

        status = room == NULL ? INLAY_OUT_OF_MEMORY
                              : R(root_write)(root, &encoder, room, size);
        out->size += status == INLAY_OK ? size : 0;
    }
    inlay_encoder_release(&encoder);
    return status;
}

static inlay_status pass(inlay_bytes message, const rev_job *job,
                         inlay_buffer *out)
{
    inlay_arena  arena;
    inlay_status status;
    changes      c = {job->seed, &arena, INLAY_OK};
    R(root) root;
    R(root) other;

    inlay_arena_init(&arena, NULL, 0, job->alloc, job->limit);
    inlay_arena_keep_unknown(&arena, job->keep);
    status = R(root_decode)(message.data, message.size, &arena, &root, NULL);
    if (status == INLAY_OK && job->other.size > 0) {
        status = R(root_decode)(job->other.data, job->other.size, &arena,
                                &other, NULL);
        if (status == INLAY_OK) {
            root_merge(&c, &root, &other);
            status = c.status;
        }
    }
    if (status == INLAY_OK && job->seed != 0) {
        root_change(&c, &root);
        status = c.status;
    }
    if (status == INLAY_OK) {
        status = encode(&root, job, out);
    }
    inlay_arena_release(&arena);
    return status;
}

const rev_ops R(ops) = {&R(root_desc), pass};

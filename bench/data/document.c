// document.c -- see document.h.

#include "bench/data/document.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

static inlay_str copy_text(data_arena *memory, const char *text)
{
    return data_arena_text(memory, text);
}

// A number keeps what its text says: integers are exact to 64 bits.
static data_node number_node(const char *text)
{
    data_node node = {.kind = DATA_REAL};
    char     *end;

    if (strpbrk(text, ".eE") == NULL && strcmp(text, "-0") != 0) {
        errno = 0;
        node.of.integer = strtoll(text, &end, 10);
        if (errno == 0) {
            node.kind = DATA_INTEGER;
            return node;
        }
        errno = 0;
        node.of.natural = strtoull(text, &end, 10);
        if (errno == 0 && text[0] != '-') {
            node.kind = DATA_NATURAL;
            return node;
        }
    }
    node.of.real = strtod(text, &end);
    return node;
}

static data_node node_of(data_arena *memory, yajl_val value);

static data_node object_node(data_arena *memory, yajl_val value)
{
    size_t    count = value->u.object.len;
    data_node node = {.kind = DATA_OBJECT};
    size_t    i;

    node.of.list.count = count;
    node.of.list.names =
        data_arena_array(memory, count, sizeof *node.of.list.names);
    node.of.list.items =
        data_arena_array(memory, count, sizeof *node.of.list.items);
    for (i = 0; i < count; i++) {
        node.of.list.names[i] = copy_text(memory, value->u.object.keys[i]);
        node.of.list.items[i] = node_of(memory, value->u.object.values[i]);
    }
    return node;
}

static data_node array_node(data_arena *memory, yajl_val value)
{
    size_t    count = value->u.array.len;
    data_node node = {.kind = DATA_ARRAY};
    size_t    i;

    node.of.list.count = count;
    node.of.list.items =
        data_arena_array(memory, count, sizeof *node.of.list.items);
    for (i = 0; i < count; i++) {
        node.of.list.items[i] = node_of(memory, value->u.array.values[i]);
    }
    return node;
}

static data_node node_of(data_arena *memory, yajl_val value)
{
    data_node node = {.kind = DATA_NULL};

    switch (value->type) {
    case yajl_t_true:
    case yajl_t_false:
        node.kind = DATA_BOOL;
        node.of.boolean = value->type == yajl_t_true;
        return node;
    case yajl_t_number:
        return number_node(value->u.number.r);
    case yajl_t_string:
        node.kind = DATA_TEXT;
        node.of.text = copy_text(memory, value->u.string);
        return node;
    case yajl_t_array:
        return array_node(memory, value);
    case yajl_t_object:
        return object_node(memory, value);
    default:
        return node;
    }
}

data_document *data_document_new(const void *text, size_t size, char *message,
                                 size_t message_size)
{
    data_arena     memory = {NULL};
    data_document *self;
    char          *copy = data_arena_array(&memory, size + 1, 1);
    yajl_val       tree;

    memcpy(copy, text, size);
    tree = yajl_tree_parse(copy, message, message_size);
    if (tree == NULL) {
        data_arena_release(&memory);
        return NULL;
    }
    self = data_arena_array(&memory, 1, sizeof *self);
    self->root = node_of(&memory, tree);
    self->text.data = (const uint8_t *)copy;
    self->text.size = size;
    yajl_tree_free(tree);
    self->memory = memory;
    return self;
}

void data_document_free(data_document *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}

// c_walk.c -- see c_walk.h.

#include "gen/c_walk.h"

const ir_type *c_walk_value(const ir_type *type)
{
    return type->kind == IR_OPTIONAL ? type->element : type;
}

bool c_walk_has(const ir_field *field)
{
    switch (field->place) {
    case IR_PLACE_BIT_OPTIONAL:
    case IR_PLACE_FIXED_OPTIONAL:
    case IR_PLACE_SLOT_PRESENT:
    case IR_PLACE_SLOT_OPTIONAL:
    case IR_PLACE_UNION:
        return true;
    default:
        return false;
    }
}

const char *c_walk_name(c_model *m, const ir_type *type)
{
    if (c_is_scalar(type)) {
        return c_word(type);
    }
    switch (type->kind) {
    case IR_STRING:
        return "str";
    case IR_BYTES:
        return "bytes";
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
    case IR_MAP:
        return c_container(m, type);
    default:
        return c_native(m, type);
    }
}

const ir_type *c_walk_element(const c_item *item)
{
    return item->type->kind == IR_RECORD || item->type->kind == IR_UNION
               ? item->type
               : item->type->element;
}

bool c_walk_has_at(const ir_type *element)
{
    return element->kind == IR_OPTIONAL || element->kind == IR_UNION;
}

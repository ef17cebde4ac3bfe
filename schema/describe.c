// describe.c -- types and declarations as text.
#include "schema/describe.h"

#include "schema/str.h"

static const char *const kind_names[] = {
    [IR_BOOL] = "bool",   [IR_U8] = "u8",   [IR_U16] = "u16",
    [IR_U32] = "u32",     [IR_U64] = "u64", [IR_I8] = "i8",
    [IR_I16] = "i16",     [IR_I32] = "i32", [IR_I64] = "i64",
    [IR_F32] = "f32",     [IR_F64] = "f64", [IR_STRING] = "string",
    [IR_BYTES] = "bytes",
};

const char *ir_type_text(arena *a, const ir_type *type)
{
    if (type->alias != NULL) {
        return type->alias->qualified;
    }
    switch (type->kind) {
    case IR_ENUM:
        return type->enumeration->qualified;
    case IR_STRUCT:
        return type->structure->qualified;
    case IR_RECORD:
        return type->record->qualified;
    case IR_UNION:
        return type->onion->qualified;
    case IR_ARRAY:
        return str_format(a, "[%s; %u]", ir_type_text(a, type->element),
                          type->count);
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
        return str_format(a, "[%s]", ir_type_text(a, type->element));
    case IR_MAP:
        return str_format(a, "map<%s, %s>", ir_type_text(a, type->key),
                          ir_type_text(a, type->element));
    case IR_OPTIONAL:
        return str_format(a, "%s?", ir_type_text(a, type->element));
    default:
        return kind_names[type->kind];
    }
}

const char *ir_decl_name(const ir_decl *decl)
{
    switch (decl->kind) {
    case IR_DECL_ENUM:
        return decl->of.enumeration->name;
    case IR_DECL_STRUCT:
        return decl->of.structure->name;
    case IR_DECL_UNION:
        return decl->of.onion->name;
    case IR_DECL_RECORD:
        return decl->of.record->name;
    case IR_DECL_ALIAS:
        return decl->of.alias->name;
    case IR_DECL_CONST:
        break;
    }
    return decl->of.constant->name;
}

const char *ir_decl_qualified(const ir_decl *decl)
{
    switch (decl->kind) {
    case IR_DECL_ENUM:
        return decl->of.enumeration->qualified;
    case IR_DECL_STRUCT:
        return decl->of.structure->qualified;
    case IR_DECL_UNION:
        return decl->of.onion->qualified;
    case IR_DECL_RECORD:
        return decl->of.record->qualified;
    case IR_DECL_ALIAS:
        return decl->of.alias->qualified;
    case IR_DECL_CONST:
        break;
    }
    return decl->of.constant->qualified;
}

const char *ir_decl_kind_text(ir_decl_kind kind)
{
    static const char *const texts[] = {
        [IR_DECL_ENUM] = "enum",   [IR_DECL_STRUCT] = "struct",
        [IR_DECL_UNION] = "union", [IR_DECL_RECORD] = "record",
        [IR_DECL_ALIAS] = "alias", [IR_DECL_CONST] = "constant",
    };

    return texts[kind];
}

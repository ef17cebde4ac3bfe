// resolve_type.c -- type expressions into IR nodes.
//
// A node also knows how many levels it nests, aliases and structs looked
// through: back ends and the runtime recurse over types, and this is what
// bounds them.
#include "schema/resolve.h"

#include "schema/describe.h"

#include <string.h>

typedef struct type_node {
    ir_type  type; // first, so that a pointer to it is one to the node
    uint32_t depth;
} type_node;

// ---- Built-in types ---------------------------------------------------------

#define BUILTIN(kind_, size_)                                                  \
    {                                                                          \
        .type = {.kind = kind_, .fixed = (size_) > 0, .size = size_},          \
        .depth = 1                                                             \
    }

static const type_node builtins[] = {
    BUILTIN(IR_BOOL, 1),  BUILTIN(IR_U8, 1),  BUILTIN(IR_U16, 2),
    BUILTIN(IR_U32, 4),   BUILTIN(IR_U64, 8), BUILTIN(IR_I8, 1),
    BUILTIN(IR_I16, 2),   BUILTIN(IR_I32, 4), BUILTIN(IR_I64, 8),
    BUILTIN(IR_F32, 4),   BUILTIN(IR_F64, 8), BUILTIN(IR_STRING, 0),
    BUILTIN(IR_BYTES, 0),
};

const ir_type *type_builtin(const char *name)
{
    for (size_t i = 0; i < sizeof(builtins) / sizeof(*builtins); i++) {
        const ir_type *type = &builtins[i].type;

        if (strcmp(ir_type_text(NULL, type), name) == 0) {
            return type;
        }
    }
    return NULL;
}

bool kind_is_integer(ir_kind kind)
{
    return kind >= IR_U8 && kind <= IR_I64;
}

bool kind_is_signed(ir_kind kind)
{
    return kind >= IR_I8 && kind <= IR_I64;
}

bool kind_is_float(ir_kind kind)
{
    return kind == IR_F32 || kind == IR_F64;
}

// ---- Nodes ------------------------------------------------------------------

ir_type *type_node_new(resolver *r, ir_kind kind, uint32_t depth)
{
    type_node *node = arena_alloc(r->arena, 1, sizeof(*node));

    if (node == NULL) {
        return NULL;
    }
    node->type.kind = kind;
    node->depth = depth;
    return &node->type;
}

uint32_t type_node_depth(const ir_type *type)
{
    return ((const type_node *)type)->depth;
}

void type_node_set_depth(ir_type *type, uint32_t depth)
{
    ((type_node *)type)->depth = depth;
}

bool resolve_depth_ok(resolver *r, ir_span span, uint32_t depth)
{
    if (depth <= AST_DEPTH_MAX) {
        return true;
    }
    diag_error(
        r->sink, span,
        "types nest at most %d levels deep, aliases and structs included",
        AST_DEPTH_MAX);
    return false;
}

// Makes the node of a type around `element`, one level deeper.
static ir_type *type_wrap(resolver *r, ir_kind kind, const ir_type *element,
                          ir_span span)
{
    uint32_t depth = type_node_depth(element) + 1;
    ir_type *type;

    if (!resolve_depth_ok(r, span, depth)) {
        return NULL;
    }
    type = type_node_new(r, kind, depth);
    if (type != NULL) {
        type->element = element;
    }
    return type;
}

// ---- Named types ------------------------------------------------------------

static const ir_type *resolve_named(resolver *r, const unit *u,
                                    const ast_type *ast)
{
    const ir_type *builtin = type_builtin(ast->name);
    symbol        *s;

    if (builtin != NULL) {
        return builtin;
    }
    s = resolve_find(r, u, ast->name);
    if (s == NULL) {
        resolve_unknown(r, u, ast->span, ast->name, true);
        return NULL;
    }
    if (s->ast->kind == IR_DECL_CONST) {
        diag_error(r->sink, ast->span, "`%s` is a constant, not a type",
                   ast->name);
        return NULL;
    }
    // Only of these the inside matters here; the others may be recursive.
    if ((s->ast->kind == IR_DECL_ALIAS || s->ast->kind == IR_DECL_STRUCT) &&
        !resolve_complete(r, s, ast->span)) {
        return NULL;
    }
    return s->type;
}

// ---- Arrays -----------------------------------------------------------------

static const ir_type *resolve_array(resolver *r, const unit *u,
                                    const ast_type *ast)
{
    const ir_type *element = resolve_type(r, u, ast->element);
    uint64_t       count = 0;
    ir_type       *type;

    if (!resolve_count(r, u, ast->count, &count) || element == NULL) {
        return NULL;
    }
    if (!element->fixed) {
        diag_error(r->sink, ast->element->span,
                   "an array's element has a fixed size, and `%s` has none",
                   ir_type_text(r->arena, element));
        diag_hint(r->sink, "`[%s]` is a vector",
                  ir_type_text(r->arena, element));
        return NULL;
    }
    if (count > FIXED_SIZE_MAX / element->size) {
        diag_error(r->sink, ast->span,
                   "this array takes more than %u bytes, the most that a fixed "
                   "type may",
                   FIXED_SIZE_MAX);
        return NULL;
    }
    type = type_wrap(r, IR_ARRAY, element, ast->span);
    if (type != NULL) {
        type->fixed = true;
        type->has_bool = element->has_bool || element->kind == IR_BOOL;
        type->count = (uint32_t)count;
        type->size = (uint32_t)count * element->size;
    }
    return type;
}

// ---- Vectors ----------------------------------------------------------------

// An element of no fields has no size, so that a few bytes could stand for any
// number of them.
static bool vector_check_element(resolver *r, const ir_type *element,
                                 ir_span span)
{
    if (element->kind != IR_RECORD || element->record->field_count > 0) {
        return true;
    }
    diag_error(r->sink, span,
               "a vector of `%s` needs it to have at least one field",
               element->record->name);
    return false;
}

static const ir_type *resolve_vector(resolver *r, const unit *u,
                                     const ast_type *ast)
{
    const ir_type *element = resolve_type(r, u, ast->element);
    ir_kind        kind;
    ir_type       *type;

    if (element == NULL || !vector_check_element(r, element, ast->span)) {
        return NULL;
    }
    kind = element->kind == IR_BOOL ? IR_BITSET
           : element->fixed         ? IR_VECTOR
                                    : IR_LIST;
    type = type_wrap(r, kind, element, ast->span);
    if (type == NULL || kind != IR_LIST) {
        return type;
    }
    type->record = element->kind == IR_RECORD
                       ? element->record
                       : record_synthetic(r, u, NULL, element, ast->span);
    return type->record == NULL ? NULL : type;
}

// ---- Maps -------------------------------------------------------------------

static bool map_check_key(resolver *r, const ir_type *key, ir_span span)
{
    bool bytes = key->kind == IR_ARRAY && key->element->kind == IR_U8;

    if (kind_is_integer(key->kind) || key->kind == IR_ENUM ||
        key->kind == IR_STRING || key->kind == IR_BYTES || bytes) {
        return true;
    }
    diag_error(r->sink, span, "`%s` can't be the key of a map",
               ir_type_text(r->arena, key));
    diag_hint(r->sink,
              "keys are integers, enums, `string`, `bytes` or `[u8; N]`");
    return false;
}

static const ir_type *resolve_map(resolver *r, const unit *u,
                                  const ast_type *ast)
{
    const ir_type *key = resolve_type(r, u, ast->key);
    const ir_type *value = resolve_type(r, u, ast->element);
    ir_type       *type;

    if (key == NULL || !map_check_key(r, key, ast->key->span) ||
        value == NULL) {
        return NULL;
    }
    // A key nests three levels at most, so the value is the deeper one or it
    // does not matter.
    type = type_wrap(r, IR_MAP, value, ast->span);
    if (type == NULL) {
        return NULL;
    }
    type->key = key;
    type->record = record_synthetic(r, u, key, value, ast->span);
    return type->record == NULL ? NULL : type;
}

// ---- Optionals --------------------------------------------------------------

static const ir_type *resolve_optional(resolver *r, const unit *u,
                                       const ast_type *ast)
{
    const ir_type *element = resolve_type(r, u, ast->element);

    if (element == NULL) {
        return NULL;
    }
    if (element->kind == IR_OPTIONAL) {
        diag_error(r->sink, ast->span, "an optional of an optional");
        diag_hint(r->sink, "`%s` is optional already",
                  ir_type_text(r->arena, element));
        return NULL;
    }
    return type_wrap(r, IR_OPTIONAL, element, ast->span);
}

// ---- Any --------------------------------------------------------------------

static const ir_type *resolve_by_kind(resolver *r, const unit *u,
                                      const ast_type *ast)
{
    switch (ast->kind) {
    case AST_TYPE_NAME:
        return resolve_named(r, u, ast);
    case AST_TYPE_VECTOR:
        return resolve_vector(r, u, ast);
    case AST_TYPE_ARRAY:
        return resolve_array(r, u, ast);
    case AST_TYPE_MAP:
        return resolve_map(r, u, ast);
    case AST_TYPE_OPTIONAL:
        return resolve_optional(r, u, ast);
    }
    return NULL;
}

const ir_type *resolve_type(resolver *r, const unit *u, const ast_type *ast)
{
    const ir_type *type;

    // The parser bounds one expression; this bounds those of declarations that
    // are completed on the way.
    r->depth++;
    type = resolve_by_kind(r, u, ast);
    r->depth--;
    return type;
}

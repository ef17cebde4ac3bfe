// parse_type.c -- the part of the grammar that nests: types and values.
//
// As in parse.c: a function is named after its rule, returns the node, or NULL
// once it has reported an error.
#include "schema/parse.h"

#include <string.h>

// Everything that nests goes through here, so no input can exhaust the stack.
static bool parser_enter(parser *p)
{
    if (p->depth == AST_DEPTH_MAX) {
        diag_error(p->sink, p->now.span,
                   "types and values nest at most %d levels deep",
                   AST_DEPTH_MAX);
        return false;
    }
    p->depth++;
    return true;
}

static void parser_leave(parser *p)
{
    p->depth--;
}

// ---- Types ------------------------------------------------------------------

static ast_type *type_new(parser *p, ast_type_kind kind)
{
    ast_type *type = arena_alloc(p->arena, 1, sizeof(*type));

    if (type != NULL) {
        type->kind = kind;
        type->span = p->now.span;
    }
    return type;
}

// count = number | path
//
// The resolver says in better words that a minus is wrong.
static ast_value *parse_count(parser *p)
{
    if (!parser_at(p, TOKEN_NUMBER) && !parser_at(p, TOKEN_NAME) &&
        !parser_at(p, TOKEN_MINUS)) {
        parser_unexpected(p, "a number or a constant's name");
        diag_hint(p->sink, "an array is `[T; N]`, a vector is `[T]`");
        return NULL;
    }
    return parse_value(p);
}

// bracketed = "[" type [ ";" count ] "]"
static ast_type *parse_bracketed(parser *p)
{
    ast_type *type = type_new(p, AST_TYPE_VECTOR);

    parser_step(p);
    if (type == NULL || (type->element = parse_type(p)) == NULL) {
        return NULL;
    }
    if (parser_accept(p, TOKEN_SEMICOLON)) {
        type->kind = AST_TYPE_ARRAY;
        type->count = parse_count(p);
        if (type->count == NULL) {
            return NULL;
        }
    }
    if (!parser_expect(p, TOKEN_BRACKET_CLOSE, "after the element's type")) {
        return NULL;
    }
    type->span = parser_span_from(p, type->span);
    return type;
}

// map = "map" "<" type "," type ">"
static ast_type *parse_map(parser *p)
{
    ast_type *type = type_new(p, AST_TYPE_MAP);

    parser_step(p);
    parser_step(p);
    if (type == NULL || (type->key = parse_type(p)) == NULL ||
        !parser_expect(p, TOKEN_COMMA, "after the map's key type") ||
        (type->element = parse_type(p)) == NULL ||
        !parser_expect(p, TOKEN_ANGLE_CLOSE, "after the map's value type")) {
        return NULL;
    }
    type->span = parser_span_from(p, type->span);
    return type;
}

// named = path
static ast_type *parse_named(parser *p)
{
    ast_type *type = type_new(p, AST_TYPE_NAME);

    if (type == NULL ||
        (type->name = parser_path(p, "a type", &type->span)) == NULL) {
        return NULL;
    }
    return type;
}

// plain = bracketed | map | named
static ast_type *parse_plain(parser *p)
{
    if (parser_at(p, TOKEN_BRACKET_OPEN)) {
        return parse_bracketed(p);
    }
    if (parser_at(p, TOKEN_NAME) && !p->now.bad &&
        strcmp(p->now.text, "map") == 0 && p->next.kind == TOKEN_ANGLE_OPEN) {
        return parse_map(p);
    }
    if (!parser_at(p, TOKEN_NAME)) {
        parser_unexpected(p, "a type");
        return NULL;
    }
    return parse_named(p);
}

// type = plain { "?" }
//
// The grammar lets any number of question marks through, so that the resolver
// can say what is wrong with two.
ast_type *parse_type(parser *p)
{
    ast_type *type;
    uint32_t  marks = 0;

    if (!parser_enter(p)) {
        return NULL;
    }
    type = parse_plain(p);
    while (type != NULL && parser_at(p, TOKEN_QUESTION)) {
        ast_type *optional = type_new(p, AST_TYPE_OPTIONAL);

        parser_step(p);
        if (optional != NULL && ++marks <= 2) {
            optional->element = type;
            optional->span = parser_span_from(p, type->span);
            type = optional;
        }
    }
    parser_leave(p);
    return type;
}

// ---- Values -----------------------------------------------------------------

static ast_value *value_new(parser *p, ast_value_kind kind)
{
    ast_value *value = arena_alloc(p->arena, 1, sizeof(*value));

    if (value != NULL) {
        value->kind = kind;
        value->span = p->now.span;
    }
    return value;
}

// scalar = [ "-" ] ( number | path ) | "true" | "false"
static ast_value *parse_scalar(parser *p)
{
    ast_value *value = value_new(p, AST_VALUE_NAME);
    ir_span    span;

    if (value == NULL) {
        return NULL;
    }
    value->negative = parser_accept(p, TOKEN_MINUS);
    if (parser_at(p, TOKEN_NUMBER)) {
        value->kind = AST_VALUE_NUMBER;
        value->text = p->now.text;
        parser_step(p);
    } else if (parser_at(p, TOKEN_NAME)) {
        value->text = parser_path(p, "a constant", &span);
        if (value->text == NULL) {
            return NULL;
        }
    } else if (!value->negative &&
               (parser_at(p, TOKEN_TRUE) || parser_at(p, TOKEN_FALSE))) {
        value->kind = AST_VALUE_BOOL;
        value->truth = parser_at(p, TOKEN_TRUE);
        parser_step(p);
    } else {
        parser_unexpected(p, value->negative ? "a number" : "a value");
        return NULL;
    }
    value->span = parser_span_from(p, value->span);
    return value;
}

// entry = [ name ":" ] value     the name in structs only
static ast_value *parse_entry(parser *p, bool named)
{
    const char *member = NULL;
    ir_span     span = p->now.span;
    ast_value  *value;

    if (named && ((member = parser_name(p, "a member")) == NULL ||
                  !parser_expect(p, TOKEN_COLON, "after the member's name"))) {
        return NULL;
    }
    value = parse_value(p);
    if (value != NULL) {
        value->member = member;
        value->member_span = span;
    }
    return value;
}

// list   = "[" [ value { "," value } [ "," ] ] "]"
// object = "{" [ name ":" value { "," name ":" value } [ "," ] ] "}"
static ast_value *parse_aggregate(parser *p)
{
    bool        named = parser_at(p, TOKEN_BRACE_OPEN);
    token_kind  close = named ? TOKEN_BRACE_CLOSE : TOKEN_BRACKET_CLOSE;
    ast_value  *whole = value_new(p, named ? AST_VALUE_STRUCT : AST_VALUE_LIST);
    ast_value **end;

    parser_step(p);
    if (whole == NULL) {
        return NULL;
    }
    end = &whole->values;
    while (!parser_at(p, close)) {
        *end = parse_entry(p, named);
        if (*end == NULL) {
            return NULL;
        }
        end = &(*end)->next;
        whole->value_count++;
        if (!parser_accept(p, TOKEN_COMMA)) {
            break;
        }
    }
    if (!parser_expect(p, close, "after the value")) {
        return NULL;
    }
    whole->span = parser_span_from(p, whole->span);
    return whole;
}

// value = scalar | list | object
ast_value *parse_value(parser *p)
{
    ast_value *value;

    if (!parser_enter(p)) {
        return NULL;
    }
    value = parser_at(p, TOKEN_BRACKET_OPEN) || parser_at(p, TOKEN_BRACE_OPEN)
                ? parse_aggregate(p)
                : parse_scalar(p);
    parser_leave(p);
    return value;
}

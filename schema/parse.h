// parse.h -- tokens into a syntax tree.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_PARSE_H
#define INLAY_SCHEMA_PARSE_H

#include "schema/ast.h"
#include "schema/lex.h"

typedef struct parser {
    lexer      lex;
    arena     *arena;
    str_table *strings;
    diag_sink *sink;
    token      last; // the one before `now`
    token      now;
    token      next;
    uint32_t   depth;    // of types and values around `now`
    int        braces;   // open ones up to `now`
    int        brackets; // open brackets and parentheses

    // Where the next one of each list is linked in.
    ast_import **import_end;
    ast_decl   **decl_end;
} parser;

// Parses a whole file. Errors go to the sink; what could be parsed is returned
// all the same. NULL when the text can't be read at all or memory ran out.
ast_file *parse_file(const ir_file *file, arena *a, str_table *strings,
                     diag_sink *sink);

// ---- Shared by parse.c and parse_type.c -------------------------------------

void parser_step(parser *p);
bool parser_at(const parser *p, token_kind kind);

// Takes the token when it is of this kind; says whether it was.
bool parser_accept(parser *p, token_kind kind);

// The same, and reports that it is missing; `after` says where it belongs, as
// in "after the field's type".
bool parser_expect(parser *p, token_kind kind, const char *after);

// Reports that `wanted` stands nowhere near the current token; returns false.
bool parser_unexpected(parser *p, const char *wanted);

// Takes a name. `what` is what it names, as in "a field"; NULL and an error for
// anything else, reserved words included.
const char *parser_name(parser *p, const char *what);

// Takes `name { "." name }` and interns it with its dots; NULL and an error.
const char *parser_path(parser *p, const char *what, ir_span *span);

// Returns the span from `first` to the end of the last token; only the first
// one's where they are on different lines.
ir_span parser_span_from(const parser *p, ir_span first);

ast_type  *parse_type(parser *p);
ast_value *parse_value(parser *p);

#endif

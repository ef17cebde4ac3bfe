// lex.h -- text into tokens, one at a time.
//
// The lexer reports what it can't read, leaves it out and goes on, so the
// parser only ever sees tokens; one whose text was wrong is marked `bad`, which
// stands for "an error has been reported, keep quiet".
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_LEX_H
#define INLAY_SCHEMA_LEX_H

#include "schema/diag.h"
#include "schema/ir.h"
#include "schema/str.h"

#define LEX_NAME_SIZE_MAX 255

typedef enum token_kind {
#define TOKEN(name, text)            TOKEN_##name,
#define PUNCTUATION(name, character) TOKEN_##name,
#define KEYWORD(name, word)          TOKEN_##name,
#include "schema/token.def"
    TOKEN_KINDS
} token_kind;

typedef struct token {
    token_kind  kind;
    bool        bad;
    bool        first; // on its line
    ir_span     span;
    const char *text; // interned: names, keywords, numbers as written, strings
                      // without their quotes; else NULL
    const char *doc;  // the /// lines before it, or NULL
} token;

typedef struct lexer {
    const ir_file *file;
    arena         *arena;
    str_table     *strings;
    diag_sink     *sink;
    size_t         offset;
    size_t         line_start; // offset of the line's first byte
    uint32_t       line;       // from 1
    bool           line_used;  // a token has begun on this line
    char          *doc;        // the text collected for the next token
    size_t         doc_size;
    size_t         doc_capacity;
} lexer;

// Starts at the beginning of `file`. Returns false, with an error reported,
// when its text is not UTF-8 or holds control characters.
bool lexer_init(lexer *lex, const ir_file *file, arena *a, str_table *strings,
                diag_sink *sink);

// Returns the next token; TOKEN_END at the end for ever, and as soon as the
// sink is full or memory has run out.
token lexer_next(lexer *lex);

// Returns what an error calls this token, as in "`{`" or "a number".
const char *token_text(arena *a, const token *t);

// Returns what an error calls any token of this kind.
const char *token_kind_text(token_kind kind);

#endif

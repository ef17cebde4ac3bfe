// lex.c -- the lexer. White space, comments, then one token by its first byte.
#include "schema/lex.h"

#include "schema/utf8.h"

#include <string.h>

// ---- Tables -----------------------------------------------------------------

typedef struct token_name {
    const char *text;
    char        character; // of punctuation, else 0
    bool        keyword;
} token_name;

static const token_name names[TOKEN_KINDS] = {
#define TOKEN(name, spelling) [TOKEN_##name] = {spelling, 0, false},
#define PUNCTUATION(name, c)                                                   \
    [TOKEN_##name] = {(const char[]){'`', c, '`', 0}, c, false},
#define KEYWORD(name, word) [TOKEN_##name] = {word, 0, true},
#include "schema/token.def"
};

const char *token_kind_text(token_kind kind)
{
    return names[kind].text;
}

const char *token_text(arena *a, const token *t)
{
    if (t->kind == TOKEN_STRING) {
        return "a string";
    }
    if (t->text != NULL) {
        return str_format(a, "`%s`", t->text);
    }
    return names[t->kind].text;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word_start(char c)
{
    return is_name_start(c) || (unsigned char)c >= 0x80;
}

static bool is_word_part(char c)
{
    return is_word_start(c) || is_digit(c);
}

// ---- Moving through the text ------------------------------------------------

static size_t lexer_left(const lexer *lex)
{
    return lex->file->text_size - lex->offset;
}

// Returns the byte `ahead` of the current one, NUL beyond the end; the text
// itself holds no NUL.
static char lexer_peek(const lexer *lex, size_t ahead)
{
    return ahead < lexer_left(lex) ? lex->file->text[lex->offset + ahead]
                                   : '\0';
}

static void lexer_newline(lexer *lex)
{
    lex->offset++;
    lex->line++;
    lex->line_start = lex->offset;
    lex->line_used = false;
}

// Returns the span of the next `size` bytes, which lie on one line.
static ir_span lexer_span(const lexer *lex, size_t size)
{
    return (ir_span){
        .file = lex->file,
        .line = lex->line,
        .column = (uint32_t)(lex->offset - lex->line_start) + 1,
        .length = size == 0 ? 1 : (uint32_t)size,
    };
}

// Returns how many bytes there are up to the end of the line.
static size_t lexer_line_rest(const lexer *lex)
{
    const char *start = lex->file->text + lex->offset;
    const char *end = memchr(start, '\n', lexer_left(lex));

    return end == NULL ? lexer_left(lex) : (size_t)(end - start);
}

// ---- Checking the text ------------------------------------------------------

// Doc comments reach generated sources whose compilers insist on UTF-8, and
// control characters can make a listing show other text than is compiled.
static bool lexer_check(lexer *lex)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const char       *text = lex->file->text;
    size_t            size = lex->file->text_size;

    if (size >= 3 && memcmp(text, mark, 3) == 0) {
        diag_error(lex->sink, lexer_span(lex, 1),
                   "the file starts with a byte order mark");
        diag_hint(lex->sink, "save it as plain UTF-8");
        return false;
    }
    while (lex->offset < size) {
        char   c = text[lex->offset];
        size_t length = utf8_length(text + lex->offset, lexer_left(lex));

        if (c == '\n') {
            lexer_newline(lex);
            continue;
        }
        if (length == 0) {
            diag_error(lex->sink, lexer_span(lex, 1),
                       "the byte 0x%02X here is not UTF-8", (unsigned char)c);
            return false;
        }
        if (((unsigned char)c < 0x20 || c == 0x7F) && c != '\t' &&
            !(c == '\r' && lexer_peek(lex, 1) == '\n')) {
            diag_error(lex->sink, lexer_span(lex, 1),
                       "the control character 0x%02X may not be in a schema",
                       (unsigned char)c);
            return false;
        }
        lex->offset += length;
    }
    return true;
}

bool lexer_init(lexer *lex, const ir_file *file, arena *a, str_table *strings,
                diag_sink *sink)
{
    *lex = (lexer){
        .file = file,
        .arena = a,
        .strings = strings,
        .sink = sink,
        .line = 1,
    };
    if (!lexer_check(lex)) {
        return false;
    }
    lex->offset = 0;
    lex->line_start = 0;
    lex->line = 1;
    lex->line_used = false;
    return true;
}

// ---- White space and comments -----------------------------------------------

static void doc_push(lexer *lex, char c)
{
    char *grown =
        arena_grow(lex->arena, lex->doc, lex->doc_size, &lex->doc_capacity, 1);

    if (grown != NULL) {
        lex->doc = grown;
        lex->doc[lex->doc_size++] = c;
    }
}

// Collects one `///` line: without the slashes, one leading space and trailing
// white space; the lines of one comment are joined by newlines.
static void lexer_doc(lexer *lex)
{
    size_t      size = lexer_line_rest(lex);
    const char *text = lex->file->text + lex->offset;
    size_t      start = 3;

    while (size > 3 && strchr(" \t\r", text[size - 1]) != NULL) {
        size--;
    }
    if (start < size && text[start] == ' ') {
        start++;
    }
    if (lex->doc != NULL) {
        doc_push(lex, '\n');
    }
    for (size_t i = start; i < size; i++) {
        doc_push(lex, text[i]);
    }
    if (lex->doc == NULL) {
        // A first line that is empty still begins a comment.
        lex->doc = arena_alloc(lex->arena, 8, 1);
        lex->doc_capacity = lex->doc == NULL ? 0 : 8;
    }
}

static void lexer_block_comment(lexer *lex)
{
    ir_span span = lexer_span(lex, 2);

    lex->offset += 2;
    while (lexer_left(lex) > 0) {
        if (lexer_peek(lex, 0) == '*' && lexer_peek(lex, 1) == '/') {
            lex->offset += 2;
            return;
        }
        if (lexer_peek(lex, 0) == '\n') {
            lexer_newline(lex);
        } else {
            lex->offset++;
        }
    }
    diag_error(lex->sink, span, "this comment is never closed");
    diag_hint(lex->sink, "close it with `*/`; comments do not nest");
}

// Skips what separates tokens, and collects doc comments on the way. `////`
// and longer rows of slashes are rulers, not documentation.
static void lexer_skip(lexer *lex)
{
    for (;;) {
        char c = lexer_peek(lex, 0);

        if (c == '\n') {
            lexer_newline(lex);
        } else if (c == ' ' || c == '\t' || c == '\r') {
            lex->offset++;
        } else if (c == '/' && lexer_peek(lex, 1) == '/') {
            if (lexer_peek(lex, 2) == '/' && lexer_peek(lex, 3) != '/') {
                lexer_doc(lex);
            }
            lex->offset += lexer_line_rest(lex);
        } else if (c == '/' && lexer_peek(lex, 1) == '*') {
            lexer_block_comment(lex);
        } else {
            return;
        }
    }
}

static const char *lexer_take_doc(lexer *lex)
{
    const char *doc = NULL;

    if (lex->doc != NULL) {
        doc = arena_copy(lex->arena, lex->doc, lex->doc_size);
        lex->doc = NULL;
        lex->doc_size = 0;
        lex->doc_capacity = 0;
    }
    return doc;
}

// ---- Tokens -----------------------------------------------------------------

// Makes a token of the next `size` bytes and moves past them.
static token lexer_take(lexer *lex, token_kind kind, size_t size)
{
    token t = {
        .kind = kind,
        .first = !lex->line_used,
        .span = lexer_span(lex, size),
        .doc = lexer_take_doc(lex),
    };

    lex->offset += size;
    lex->line_used = true;
    return t;
}

// Reports what is wrong with a word; says whether anything is.
static bool lexer_check_word(lexer *lex, ir_span span, const char *start,
                             size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)start[i] >= 0x80) {
            diag_error(lex->sink, span, "`%.*s` may stand in comments only",
                       size > LEX_NAME_SIZE_MAX ? LEX_NAME_SIZE_MAX : (int)size,
                       start);
            diag_hint(lex->sink, "names are made of a-z, A-Z, 0-9 and _");
            return true;
        }
    }
    if (size > LEX_NAME_SIZE_MAX) {
        diag_error(lex->sink, span,
                   "a name has at most %d characters; this one has %zu",
                   LEX_NAME_SIZE_MAX, size);
        return true;
    }
    return false;
}

// A word takes in letters that names may not have, so that it is one mistake
// and not several.
static token lexer_word(lexer *lex)
{
    const char *start = lex->file->text + lex->offset;
    size_t      size = 1;
    token       t;

    while (is_word_part(lexer_peek(lex, size))) {
        size++;
    }
    t = lexer_take(lex, TOKEN_NAME, size);
    t.bad = lexer_check_word(lex, t.span, start, size);
    if (t.bad) {
        t.text = "";
        return t;
    }
    t.text = str_intern(lex->strings, start, size);
    for (int kind = 0; kind < TOKEN_KINDS; kind++) {
        if (names[kind].keyword && strcmp(names[kind].text, t.text) == 0) {
            t.kind = (token_kind)kind;
        }
    }
    return t;
}

// A number is whatever starts with a digit and goes on as one might; number.c
// says whether it is any good, when it knows the type that is wanted.
static token lexer_number(lexer *lex)
{
    const char *start = lex->file->text + lex->offset;
    bool   hexadecimal = start[0] == '0' && (lexer_peek(lex, 1) | 0x20) == 'x';
    size_t size = 1;
    token  t;

    for (;; size++) {
        char c = lexer_peek(lex, size);
        bool exponent =
            !hexadecimal && (lexer_peek(lex, size - 1) | 0x20) == 'e';

        if (!is_name_start(c) && !is_digit(c) && c != '.' &&
            !((c == '+' || c == '-') && exponent)) {
            break;
        }
    }
    t = lexer_take(lex, TOKEN_NUMBER, size);
    t.text = str_intern(lex->strings, start, size);
    return t;
}

static token lexer_string(lexer *lex)
{
    const char *start = lex->file->text + lex->offset;
    size_t      size = 1;
    token       t;

    while (size < lexer_left(lex) && start[size] != '"' &&
           start[size] != '\n') {
        size++;
    }
    if (lexer_peek(lex, size) != '"') {
        size -= start[size - 1] == '\r' ? 1 : 0;
        t = lexer_take(lex, TOKEN_STRING, size);
        t.text = "";
        t.bad = true;
        diag_error(lex->sink, t.span, "this string is never closed");
        diag_hint(lex->sink, "close it with `\"` on the same line");
        return t;
    }
    t = lexer_take(lex, TOKEN_STRING, size + 1);
    t.text = str_intern(lex->strings, start + 1, size - 1);
    return t;
}

// Reports and skips what no token starts with; a run of it is one error.
static void lexer_stray(lexer *lex)
{
    char   c = lexer_peek(lex, 0);
    size_t size = 1;

    while (lexer_peek(lex, size) == c) {
        size++;
    }
    diag_error(lex->sink, lexer_span(lex, size),
               "`%c` means nothing in a schema", c);
    if (c == '#') {
        diag_hint(lex->sink, "comments start with `//`");
        size = lexer_line_rest(lex);
    }
    lex->offset += size;
    lex->line_used = true;
}

// Returns the kind of punctuation that `c` is, or TOKEN_END.
static token_kind punctuation_kind(char c)
{
    for (int kind = 0; kind < TOKEN_KINDS; kind++) {
        if (names[kind].character == c) {
            return (token_kind)kind;
        }
    }
    return TOKEN_END;
}

token lexer_next(lexer *lex)
{
    for (;;) {
        char       c;
        token_kind kind;

        if (lex->sink->stopped || lex->arena->failed) {
            lex->offset = lex->file->text_size;
        }
        lexer_skip(lex);
        if (lexer_left(lex) == 0) {
            return lexer_take(lex, TOKEN_END, 0);
        }
        c = lexer_peek(lex, 0);
        if (is_word_start(c)) {
            return lexer_word(lex);
        }
        if (is_digit(c)) {
            return lexer_number(lex);
        }
        if (c == '"') {
            return lexer_string(lex);
        }
        kind = punctuation_kind(c);
        if (kind != TOKEN_END) {
            return lexer_take(lex, kind, 1);
        }
        lexer_stray(lex);
    }
}

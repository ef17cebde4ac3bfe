// parse.c -- recursive descent over files, declarations and their items.
//
// Every function is named after the grammar rule above it. On an error it
// reports, and the nearest loop over items or declarations skips to where the
// next one starts and goes on; what was lost is marked broken.
#include "schema/parse.h"

#include <string.h>

#define PATH_PARTS_MAX 32

// ---- Tokens -----------------------------------------------------------------

// Keeps count of what is open, so that recovery knows where it is.
static void parser_count(parser *p, token_kind kind)
{
    switch (kind) {
    case TOKEN_BRACE_OPEN:
        p->braces++;
        break;
    case TOKEN_BRACE_CLOSE:
        p->braces--;
        break;
    case TOKEN_BRACKET_OPEN:
    case TOKEN_PAREN_OPEN:
        p->brackets++;
        break;
    case TOKEN_BRACKET_CLOSE:
    case TOKEN_PAREN_CLOSE:
        p->brackets--;
        break;
    default:
        break;
    }
}

void parser_step(parser *p)
{
    parser_count(p, p->now.kind);
    p->last = p->now;
    p->now = p->next;
    p->next = lexer_next(&p->lex);
}

bool parser_at(const parser *p, token_kind kind)
{
    return p->now.kind == kind;
}

bool parser_accept(parser *p, token_kind kind)
{
    if (!parser_at(p, kind)) {
        return false;
    }
    parser_step(p);
    return true;
}

// Returns the place right behind the last token.
static ir_span parser_gap(const parser *p)
{
    ir_span span = p->last.span;

    span.column += span.length;
    span.length = 1;
    return span;
}

bool parser_unexpected(parser *p, const char *wanted)
{
    if (!p->now.bad) {
        diag_error(p->sink, p->now.span, "expected %s, found %s", wanted,
                   token_text(p->arena, &p->now));
    }
    return false;
}

bool parser_expect(parser *p, token_kind kind, const char *after)
{
    // What is missing at the end of a line is missed there, not at whatever
    // the next line starts with.
    bool    line_end = p->last.span.line != p->now.span.line;
    ir_span span = line_end ? parser_gap(p) : p->now.span;

    if (parser_accept(p, kind)) {
        return true;
    }
    if (!p->now.bad) {
        diag_error(p->sink, span, "expected %s %s, found %s",
                   token_kind_text(kind), after, token_text(p->arena, &p->now));
    }
    return false;
}

static bool token_is_keyword(const token *t)
{
    return t->kind >= TOKEN_CONST;
}

const char *parser_name(parser *p, const char *what)
{
    const char *name = p->now.text;

    if (parser_at(p, TOKEN_NAME)) {
        bool bad = p->now.bad;

        parser_step(p);
        return bad ? NULL : name;
    }
    if (token_is_keyword(&p->now)) {
        diag_error(p->sink, p->now.span,
                   "`%s` is a reserved word of the language and can't name %s",
                   name, what);
        // Not the start of a declaration, unless it has a name in turn.
        if (p->next.kind != TOKEN_NAME) {
            parser_step(p);
        }
    } else if (!p->now.bad) {
        diag_error(p->sink, p->now.span, "expected the name of %s, found %s",
                   what, token_text(p->arena, &p->now));
    }
    return NULL;
}

const char *parser_path(parser *p, const char *what, ir_span *span)
{
    const char *path;
    int         parts = 1;

    *span = p->now.span;
    path = parser_name(p, what);
    while (path != NULL && parser_accept(p, TOKEN_DOT)) {
        if (parts++ == PATH_PARTS_MAX) {
            diag_error(p->sink, p->now.span,
                       "a dotted name has at most %d parts", PATH_PARTS_MAX);
            return NULL;
        }
        const char *part = parser_name(p, what);

        path =
            part == NULL ? NULL : str_intern_qualified(p->strings, path, part);
    }
    *span = parser_span_from(p, *span);
    return path;
}

ir_span parser_span_from(const parser *p, ir_span first)
{
    const ir_span *last = &p->last.span;

    if (last->line == first.line && last->column >= first.column) {
        first.length = last->column + last->length - first.column;
    }
    return first;
}

// ---- Recovery ---------------------------------------------------------------

// Says whether a declaration with a reserved word starts here. Such words name
// nothing, so they are reliable marks even in text that is otherwise wrong;
// `record: u8;` is a field that has one for its name all the same.
static bool parser_at_decl(const parser *p)
{
    switch (p->now.kind) {
    case TOKEN_CONST:
    case TOKEN_ENUM:
    case TOKEN_IMPORT:
    case TOKEN_PACKAGE:
    case TOKEN_RECORD:
    case TOKEN_STRUCT:
    case TOKEN_UNION:
        return p->next.kind == TOKEN_NAME || p->next.kind == TOKEN_STRING ||
               p->next.kind == TOKEN_BRACE_OPEN || token_is_keyword(&p->next);
    default:
        return false;
    }
}

// Says whether an alias's declaration starts here.
static bool parser_at_alias(const parser *p)
{
    return parser_at(p, TOKEN_NAME) && p->next.kind == TOKEN_NAME &&
           p->now.first && strcmp(p->now.text, "type") == 0;
}

// Skips the rest of an item: past its `separator`, or up to the `}` that ends
// the body, or to the next declaration when that `}` is missing. A separator at
// the end of a line counts even inside brackets, which are then unclosed.
static void parser_skip_item(parser *p, token_kind separator, int braces)
{
    while (!parser_at(p, TOKEN_END) && !parser_at_decl(p)) {
        bool inside = p->braces > braces;

        if (!inside && parser_at(p, TOKEN_BRACE_CLOSE)) {
            return;
        }
        if (parser_at(p, separator) &&
            (p->next.first || (!inside && p->brackets <= 0))) {
            parser_step(p);
            return;
        }
        parser_step(p);
    }
}

// Skips to the next declaration.
static void parser_skip_decl(parser *p)
{
    while (!parser_at(p, TOKEN_END) && !parser_at_decl(p) &&
           !parser_at_alias(p)) {
        parser_step(p);
    }
}

// ---- Attributes -------------------------------------------------------------

// argument = "(" value ")"
static bool parse_argument(parser *p, ast_attribute *attribute)
{
    if (!parser_accept(p, TOKEN_PAREN_OPEN)) {
        return true;
    }
    attribute->argument = parse_value(p);
    return attribute->argument != NULL &&
           parser_expect(p, TOKEN_PAREN_CLOSE, "after the argument");
}

// attribute = "@" ( number | name [ argument ] )
static bool parse_attribute(parser *p, ast_attribute *attribute)
{
    ir_span span = p->now.span;

    parser_step(p);
    if (parser_at(p, TOKEN_NUMBER)) {
        attribute->argument = parse_value(p);
        attribute->span = parser_span_from(p, span);
        return attribute->argument != NULL;
    }
    attribute->name = parser_name(p, "an attribute");
    attribute->span = parser_span_from(p, span);
    return attribute->name != NULL && parse_argument(p, attribute);
}

// attributes = { attribute }
static bool parse_attributes(parser *p, ast_attribute **list)
{
    while (*list != NULL) {
        list = &(*list)->next;
    }
    while (parser_at(p, TOKEN_AT)) {
        ast_attribute *attribute = arena_alloc(p->arena, 1, sizeof(*attribute));

        if (attribute == NULL || !parse_attribute(p, attribute)) {
            return false;
        }
        *list = attribute;
        list = &attribute->next;
    }
    return true;
}

// ---- Items ------------------------------------------------------------------

// initial = [ "=" value ]
static bool parse_initial(parser *p, ast_value **value)
{
    if (!parser_accept(p, TOKEN_EQUALS)) {
        return true;
    }
    *value = parse_value(p);
    return *value != NULL;
}

// What differs between the four kinds of bodies.
typedef struct body_rule {
    const char *item;      // as errors call it
    bool        types;     // items have types
    bool        untyped;   // but need not
    token_kind  separator; // `;` after each, or `,` between them
    const char *after;     // where the separator belongs
} body_rule;

static const body_rule body_rules[] = {
    [IR_DECL_ENUM] = {"a value", false, true, TOKEN_COMMA, "after the value"},
    [IR_DECL_STRUCT] = {"a member", true, false, TOKEN_SEMICOLON,
                        "after the member"},
    [IR_DECL_UNION] = {"a variant", true, true, TOKEN_SEMICOLON,
                       "after the variant"},
    [IR_DECL_RECORD] = {"a field", true, false, TOKEN_SEMICOLON,
                        "after the field"},
};

// item = name [ ":" type ] attributes initial attributes
//
// One rule for fields, members, variants and values: which of the parts they
// may have is said by the resolver, in better words than "unexpected `=`".
static bool parse_item_rest(parser *p, const body_rule *rule, ast_item *item)
{
    bool typed = rule->types && (!rule->untyped || parser_at(p, TOKEN_COLON));

    if (typed) {
        if (!parser_expect(p, TOKEN_COLON, "after the name")) {
            diag_hint(p->sink, "%s is written `name: type;`", rule->item);
            return false;
        }
        item->type = parse_type(p);
        if (item->type == NULL) {
            return false;
        }
    }
    return parse_attributes(p, &item->attributes) &&
           parse_initial(p, &item->value) &&
           parse_attributes(p, &item->attributes);
}

// end = ";"          in structs, unions and records
//     | "," | "}"    in enums, where the "}" is left for the body
static bool parse_item_end(parser *p, const body_rule *rule)
{
    if (rule->separator == TOKEN_COMMA && parser_at(p, TOKEN_BRACE_CLOSE)) {
        return true;
    }
    return parser_expect(p, rule->separator, rule->after);
}

static ast_item *parse_item(parser *p, const body_rule *rule)
{
    ast_item *item = arena_alloc(p->arena, 1, sizeof(*item));
    int       braces = p->braces;

    if (item == NULL) {
        return NULL;
    }
    p->brackets = 0;
    item->doc = p->now.doc;
    item->span = p->now.span;
    item->name = parser_name(p, rule->item);
    item->broken = item->name == NULL || !parse_item_rest(p, rule, item) ||
                   !parse_item_end(p, rule);
    if (item->broken) {
        parser_skip_item(p, rule->separator, braces);
    }
    return item->name == NULL ? NULL : item;
}

// body = "{" { item end } "}"
static bool parse_body(parser *p, ast_decl *decl)
{
    const body_rule *rule = &body_rules[decl->kind];
    ir_span          open = p->now.span;
    ast_item       **end = &decl->items;

    if (!parser_expect(p, TOKEN_BRACE_OPEN, "to open the body")) {
        return false;
    }
    while (!parser_at(p, TOKEN_BRACE_CLOSE) && !parser_at(p, TOKEN_END) &&
           !parser_at_decl(p) && !p->arena->failed) {
        *end = parse_item(p, rule);
        if (*end == NULL) {
            decl->broken = true;
            continue;
        }
        decl->broken = decl->broken || (*end)->broken;
        decl->item_count++;
        end = &(*end)->next;
    }
    if (!parser_expect(p, TOKEN_BRACE_CLOSE, "to close the body")) {
        diag_hint(p->sink, "the `{` on line %u is still open", open.line);
        return false;
    }
    return true;
}

// ---- Declarations -----------------------------------------------------------

// enum   = "enum" name attributes [ ":" type ] body
// struct = "struct" name attributes body
// union  = "union" name attributes body
// record = "record" name attributes body
static bool parse_compound(parser *p, ast_decl *decl)
{
    if (!parse_attributes(p, &decl->attributes)) {
        return false;
    }
    if (decl->kind == IR_DECL_ENUM && parser_accept(p, TOKEN_COLON)) {
        decl->type = parse_type(p);
        if (decl->type == NULL) {
            return false;
        }
    }
    return parse_body(p, decl);
}

// alias = "type" name attributes "=" type ";"
static bool parse_alias(parser *p, ast_decl *decl)
{
    if (!parse_attributes(p, &decl->attributes) ||
        !parser_expect(p, TOKEN_EQUALS, "after the alias's name")) {
        return false;
    }
    decl->type = parse_type(p);
    return decl->type != NULL &&
           parser_expect(p, TOKEN_SEMICOLON, "after the alias's type");
}

// const = "const" name attributes ":" type "=" value ";"
static bool parse_const(parser *p, ast_decl *decl)
{
    if (!parse_attributes(p, &decl->attributes) ||
        !parser_expect(p, TOKEN_COLON, "after the constant's name")) {
        return false;
    }
    decl->type = parse_type(p);
    if (decl->type == NULL ||
        !parser_expect(p, TOKEN_EQUALS, "after the constant's type")) {
        return false;
    }
    decl->value = parse_value(p);
    return decl->value != NULL &&
           parser_expect(p, TOKEN_SEMICOLON, "after the constant's value");
}

static const char *decl_word(ir_decl_kind kind)
{
    static const char *const words[] = {
        [IR_DECL_ENUM] = "an enum",   [IR_DECL_STRUCT] = "a struct",
        [IR_DECL_UNION] = "a union",  [IR_DECL_RECORD] = "a record",
        [IR_DECL_ALIAS] = "an alias", [IR_DECL_CONST] = "a constant",
    };

    return words[kind];
}

// decl = enum | struct | union | record | alias | const
static void parse_decl(parser *p, ir_decl_kind kind, ast_file *file)
{
    ast_decl *decl = arena_alloc(p->arena, 1, sizeof(*decl));
    bool      whole;

    if (decl == NULL) {
        file->lost = true;
        return;
    }
    decl->kind = kind;
    decl->doc = p->now.doc;
    parser_step(p);
    decl->span = p->now.span;
    decl->name = parser_name(p, decl_word(kind));
    if (decl->name == NULL) {
        file->lost = true;
        parser_skip_decl(p);
        return;
    }
    *p->decl_end = decl;
    p->decl_end = &decl->next;
    file->decl_count++;
    p->depth = 0;
    whole = kind == IR_DECL_ALIAS   ? parse_alias(p, decl)
            : kind == IR_DECL_CONST ? parse_const(p, decl)
                                    : parse_compound(p, decl);
    if (!whole) {
        decl->broken = true;
        parser_skip_decl(p);
    }
}

// import = "import" string ";"
static void parse_import(parser *p, ast_file *file)
{
    ast_import *import = arena_alloc(p->arena, 1, sizeof(*import));

    parser_step(p);
    if (file->decl_count > 0) {
        diag_error(p->sink, p->last.span,
                   "imports come before the declarations");
    }
    if (import == NULL || !parser_at(p, TOKEN_STRING) || p->now.bad) {
        parser_unexpected(p, "the imported file in quotes");
        file->lost = true;
        parser_skip_decl(p);
        return;
    }
    import->path = p->now.text;
    import->span = p->now.span;
    parser_step(p);
    *p->import_end = import;
    p->import_end = &import->next;
    file->import_count++;
    if (!parser_expect(p, TOKEN_SEMICOLON, "after the import")) {
        parser_skip_decl(p);
    }
}

// ---- Files ------------------------------------------------------------------

// package = "package" path ";"
static void parse_package(parser *p, ast_file *file)
{
    file->doc = p->now.doc;
    file->package_span = p->now.span;
    if (!parser_accept(p, TOKEN_PACKAGE)) {
        diag_error(p->sink, p->now.span,
                   "a schema starts with its package, found %s",
                   token_text(p->arena, &p->now));
        diag_hint(p->sink, "as in `package log;`");
        return;
    }
    file->package = parser_path(p, "a package", &file->package_span);
    if (file->package == NULL ||
        !parser_expect(p, TOKEN_SEMICOLON, "after the package's name")) {
        parser_skip_decl(p);
    }
}

static void parse_second_package(parser *p)
{
    diag_error(p->sink, p->now.span, "a file has one package only");
    parser_step(p);
    parser_skip_decl(p);
}

// Reports what is no declaration, and skips to the next one.
static void parse_stray(parser *p, ast_file *file)
{
    parser_unexpected(p, "a declaration");
    if (parser_at(p, TOKEN_SEMICOLON)) {
        diag_hint(p->sink, "no `;` follows a `}`");
        parser_step(p);
        return;
    }
    file->lost = true;
    parser_step(p);
    parser_skip_decl(p);
}

// file = package { import } { decl }
static void parse_declarations(parser *p, ast_file *file)
{
    while (!parser_at(p, TOKEN_END) && !p->arena->failed) {
        switch (p->now.kind) {
        case TOKEN_PACKAGE:
            parse_second_package(p);
            break;
        case TOKEN_IMPORT:
            parse_import(p, file);
            break;
        case TOKEN_ENUM:
            parse_decl(p, IR_DECL_ENUM, file);
            break;
        case TOKEN_STRUCT:
            parse_decl(p, IR_DECL_STRUCT, file);
            break;
        case TOKEN_UNION:
            parse_decl(p, IR_DECL_UNION, file);
            break;
        case TOKEN_RECORD:
            parse_decl(p, IR_DECL_RECORD, file);
            break;
        case TOKEN_CONST:
            parse_decl(p, IR_DECL_CONST, file);
            break;
        default:
            if (parser_at(p, TOKEN_NAME) && strcmp(p->now.text, "type") == 0) {
                parse_decl(p, IR_DECL_ALIAS, file);
            } else {
                parse_stray(p, file);
            }
            break;
        }
    }
}

ast_file *parse_file(const ir_file *file, arena *a, str_table *strings,
                     diag_sink *sink)
{
    parser    p = {.arena = a, .strings = strings, .sink = sink};
    ast_file *tree = arena_alloc(a, 1, sizeof(*tree));

    if (tree == NULL || !lexer_init(&p.lex, file, a, strings, sink)) {
        return NULL;
    }
    p.import_end = &tree->imports;
    p.decl_end = &tree->decls;
    p.now = lexer_next(&p.lex);
    p.next = lexer_next(&p.lex);
    p.last = p.now;
    parse_package(&p, tree);
    parse_declarations(&p, tree);
    tree->lost = tree->lost || sink->stopped;
    return a->failed ? NULL : tree;
}

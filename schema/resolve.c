// resolve.c -- symbols: declaring them, finding them, completing them in turn.
#include "schema/resolve.h"

#include <string.h>

// ---- Suggestions ------------------------------------------------------------

suggestion suggestion_start(const char *wanted)
{
    // About a third of the letters may be wrong, none of a single one.
    return (suggestion){wanted, NULL, (strlen(wanted) + 1) / 3};
}

void suggestion_offer(suggestion *s, const char *name)
{
    size_t distance = str_distance(s->wanted, name, s->distance);

    if (distance < s->distance ||
        (distance == s->distance && s->best == NULL)) {
        s->distance = distance;
        s->best = name;
    }
}

void suggestion_hint(const suggestion *s, diag_sink *sink)
{
    if (s->best != NULL) {
        diag_hint(sink, "did you mean `%s`?", s->best);
    }
}

// ---- Finding ----------------------------------------------------------------

static symbol *find_anywhere(resolver *r, const unit *u, const char *name)
{
    if (strchr(name, '.') == NULL) {
        name = str_intern_qualified(&r->c->strings, u->ir.package, name);
    }
    return str_map_get(&r->symbols, name);
}

static bool unit_sees(const unit *u, const unit *other)
{
    for (uint32_t i = 0; i < u->ir.import_count; i++) {
        if (u->imports[i] == other) {
            return true;
        }
    }
    return u == other;
}

symbol *resolve_find(resolver *r, const unit *u, const char *name)
{
    symbol *s = find_anywhere(r, u, name);

    return s != NULL && unit_sees(u, s->unit) ? s : NULL;
}

static void offer_unit(suggestion *best, const unit *u, const unit *other,
                       bool types)
{
    for (uint32_t i = 0; other->symbols != NULL && i < other->ast->decl_count;
         i++) {
        const symbol *s = &other->symbols[i];

        if (types != (s->ast->kind != IR_DECL_CONST)) {
            continue;
        }
        if (strcmp(u->ir.package, other->ir.package) == 0) {
            suggestion_offer(best, s->name);
        }
        if (strchr(best->wanted, '.') != NULL) {
            suggestion_offer(best, s->qualified);
        } else if (strcmp(best->wanted, s->name) == 0) {
            best->best = s->qualified;
            best->distance = 0;
        }
    }
}

static const char *const builtin_names[] = {
    "bool", "u8",  "u16", "u32", "u64",    "i8",    "i16",
    "i32",  "i64", "f32", "f64", "string", "bytes",
};

// Types of other languages that are spelled differently here.
static const char *builtin_of(const char *name)
{
    static const char *const foreign[][2] = {
        {"int", "i32"},       {"int8", "i8"},     {"int16", "i16"},
        {"int32", "i32"},     {"int64", "i64"},   {"uint8", "u8"},
        {"uint16", "u16"},    {"uint32", "u32"},  {"uint64", "u64"},
        {"byte", "u8"},       {"float", "f32"},   {"float32", "f32"},
        {"double", "f64"},    {"float64", "f64"}, {"str", "string"},
        {"String", "string"}, {"text", "string"}, {"boolean", "bool"},
    };

    for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
        if (strcmp(name, foreign[i][0]) == 0) {
            return foreign[i][1];
        }
    }
    return NULL;
}

static void unknown_hint(resolver *r, const unit *u, const char *name,
                         bool types)
{
    suggestion best = suggestion_start(name);

    if (!r->sink->recorded) {
        return;
    }
    if (types && builtin_of(name) != NULL) {
        diag_hint(r->sink, "did you mean `%s`?", builtin_of(name));
        return;
    }
    offer_unit(&best, u, u, types);
    for (uint32_t i = 0; i < u->ir.import_count; i++) {
        if (u->imports[i] != NULL) {
            offer_unit(&best, u, u->imports[i], types);
        }
    }
    for (size_t i = 0;
         types && i < sizeof(builtin_names) / sizeof(*builtin_names); i++) {
        suggestion_offer(&best, builtin_names[i]);
    }
    suggestion_hint(&best, r->sink);
}

void resolve_unknown(resolver *r, const unit *u, ir_span span, const char *name,
                     bool types)
{
    const symbol *hidden = find_anywhere(r, u, name);
    const char   *what = types ? "type" : "constant";

    if (hidden != NULL) {
        diag_error(r->sink, span, "the %s `%s` is not imported here", what,
                   name);
        diag_hint(r->sink, "it is declared in `%s`", hidden->unit->ir.path);
        return;
    }
    if (r->c->lost) {
        return;
    }
    diag_error(r->sink, span, "there is no %s `%s`", what, name);
    unknown_hint(r, u, name, types);
}

// ---- Declaring --------------------------------------------------------------

void resolve_repeated(resolver *r, ir_span span, const char *what,
                      const char *name, ir_span first)
{
    diag_error(r->sink, span, "the %s `%s` is declared twice", what, name);
    diag_hint(r->sink, "the first one is at %s:%u:%u", first.file->path,
              first.line, first.column);
}

static void declare_name(resolver *r, symbol *s)
{
    symbol *first;

    if (type_builtin(s->name) != NULL || strcmp(s->name, "map") == 0) {
        diag_error(r->sink, s->ast->span,
                   "`%s` is a built-in type and can't be declared", s->name);
        return;
    }
    first = str_map_add(&r->symbols, s->qualified, s);
    if (first != NULL) {
        resolve_repeated(r, s->ast->span, "name", s->name, first->ast->span);
    }
}

static void declare_unit(resolver *r, unit *u)
{
    uint32_t index = 0;

    u->symbols = arena_alloc(r->arena, u->ast->decl_count, sizeof(*u->symbols));
    if (u->symbols == NULL) {
        return;
    }
    for (const ast_decl *decl = u->ast->decls; decl != NULL;
         decl = decl->next) {
        symbol *s = &u->symbols[index++];

        s->ast = decl;
        s->unit = u;
        s->name = decl->name;
        s->qualified =
            str_intern_qualified(&r->c->strings, u->ir.package, decl->name);
        s->poisoned = decl->broken;
        s->items.arena = r->arena;
        declare_symbol(r, s);
        declare_name(r, s);
    }
}

// ---- Completing -------------------------------------------------------------

static const char *open_chain(resolver *r, const symbol *s)
{
    const char *text = s->name;

    for (const symbol *up = r->open; up != NULL; up = up->opener) {
        text = str_format(r->arena, "%s -> %s", up->name, text);
        if (up == s) {
            break;
        }
    }
    return text;
}

static void report_cycle(resolver *r, const symbol *s, ir_span use)
{
    const char *chain = open_chain(r, s);

    switch (s->ast->kind) {
    case IR_DECL_STRUCT:
        diag_error(r->sink, use, "the struct `%s` contains itself: %s", s->name,
                   chain);
        diag_hint(r->sink, "a record may, through an optional or a vector");
        break;
    case IR_DECL_CONST:
        diag_error(r->sink, use, "the constant `%s` depends on itself: %s",
                   s->name, chain);
        break;
    default:
        diag_error(r->sink, use, "the alias `%s` leads back to itself: %s",
                   s->name, chain);
        break;
    }
}

static bool complete_by_kind(resolver *r, symbol *s)
{
    switch (s->ast->kind) {
    case IR_DECL_ENUM:
        return complete_enum(r, s);
    case IR_DECL_STRUCT:
        return complete_struct(r, s);
    case IR_DECL_UNION:
        return complete_union(r, s);
    case IR_DECL_RECORD:
        return complete_record(r, s);
    case IR_DECL_ALIAS:
        return complete_alias(r, s);
    case IR_DECL_CONST:
        return complete_const(r, s);
    }
    return false;
}

bool resolve_complete(resolver *r, symbol *s, ir_span use)
{
    if (s->state == SYMBOL_OPEN) {
        report_cycle(r, s, use);
        s->poisoned = true;
        return false;
    }
    if (s->state == SYMBOL_NEW) {
        if (r->depth >= RESOLVE_DEPTH_MAX) {
            diag_error(r->sink, use,
                       "too many declarations that lean on one another");
            diag_hint(r->sink, "declare the innermost ones first");
            return false;
        }
        s->state = SYMBOL_OPEN;
        s->opener = r->open;
        r->open = s;
        r->depth++;
        if (!complete_by_kind(r, s)) {
            s->poisoned = true;
        }
        r->depth--;
        r->open = s->opener;
        s->state = SYMBOL_DONE;
    }
    return !s->poisoned;
}

// ---- Leaving the IR behind --------------------------------------------------

static ir_decl symbol_decl(const symbol *s)
{
    ir_decl decl = {.kind = s->ast->kind};

    switch (decl.kind) {
    case IR_DECL_ENUM:
        decl.of.enumeration = s->of.enumeration;
        break;
    case IR_DECL_STRUCT:
        decl.of.structure = s->of.structure;
        break;
    case IR_DECL_UNION:
        decl.of.onion = s->of.onion;
        break;
    case IR_DECL_RECORD:
        decl.of.record = s->of.record;
        break;
    case IR_DECL_ALIAS:
        decl.of.alias = s->of.alias;
        break;
    case IR_DECL_CONST:
        decl.of.constant = s->of.constant;
        break;
    }
    return decl;
}

static void unit_finish(resolver *r, unit *u)
{
    uint32_t count = u->ast->decl_count;
    ir_decl *decls = arena_alloc(r->arena, count, sizeof(*decls));

    for (uint32_t i = 0; decls != NULL && i < count; i++) {
        decls[i] = symbol_decl(&u->symbols[i]);
    }
    u->ir.decls = decls;
    u->ir.decl_count = count;
}

void resolve_units(compilation *c)
{
    resolver r = {.c = c, .arena = c->arena, .sink = c->sink};

    r.symbols.arena = c->arena;
    for (size_t i = 0; i < c->unit_count && !c->arena->failed; i++) {
        if (c->units[i]->ast != NULL) {
            declare_unit(&r, c->units[i]);
        }
    }
    for (size_t i = 0; i < c->unit_count; i++) {
        unit *u = c->units[i];

        for (uint32_t d = 0; u->ast != NULL && d < u->ast->decl_count; d++) {
            if (c->arena->failed || c->sink->stopped) {
                return;
            }
            (void)resolve_complete(&r, &u->symbols[d], u->symbols[d].ast->span);
        }
        if (u->ast != NULL) {
            unit_finish(&r, u);
        }
    }
}

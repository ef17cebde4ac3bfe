// emit.h -- the text emitter: templates that look like what they make.
//
// A template is text with `$name$` where a value goes and `$$` for a dollar.
// The values are given in the same call, so a template and its names are always
// seen together; a name that is unknown, or given and not used, is our bug and
// an assertion. Blocks nest by emit_indent; lines that come out longer than 80
// columns are broken after a comma, as clang-format would.
//
// Memory: one growing buffer. Running out is sticky and found by emit_finish.
// Who may include it: gen/.
#ifndef INLAY_GEN_EMIT_H
#define INLAY_GEN_EMIT_H

#include <stdbool.h>
#include <stddef.h>

#define EMIT_COLUMNS 80

// What lines are broken and comments written for. Rust's lines are left as they
// are: rustfmt's rules are not those of C, and a back end that is to please it
// breaks lines itself.
typedef enum emit_style {
    EMIT_C,
    EMIT_RUST
} emit_style;

typedef struct emit {
    char      *data;
    size_t     size;
    size_t     capacity;
    int        depth; // levels of four spaces
    bool       failed;
    emit_style style;
} emit;

typedef struct emit_var {
    const char *name;
    const char *value;
} emit_var;

// The values of one call: EMIT_VARS({"type", name}, {"field", field}).
#define EMIT_VARS(...)                                                         \
    (const emit_var[])                                                         \
    {                                                                          \
        __VA_ARGS__,                                                           \
        {                                                                      \
            NULL, NULL                                                         \
        }                                                                      \
    }

void emit_init(emit *e);
void emit_init_style(emit *e, emit_style style);
void emit_release(emit *e);

// Writes a template of whole lines. `vars` may be NULL when it has no names.
void emit_text(emit *e, const emit_var *vars, const char *template_text);

// Writes one line as it is, indented and broken when it is too long.
void emit_line(emit *e, const char *line);

// Writes an empty line, unless there is one already.
void emit_blank(emit *e);

// Moves what follows in or out by four spaces.
void emit_indent(emit *e, int levels);

// Writes a comment. Nothing when `text` is NULL or empty. In C it is wrapped,
// and every end of comment in it is defused; in Rust each line is a `///`.
void emit_doc(emit *e, const char *text);

// Writes a section ruler.
void emit_rule(emit *e, const char *title);

// Ends the text with exactly one newline and lines up C's declarations; returns
// false when memory ran out. The text is then terminated.
bool emit_finish(emit *e);

#endif

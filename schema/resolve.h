// resolve.h -- syntax trees into IR: names, types, values, declarations.
//
// Order of work. Every declaration becomes a symbol with its IR node, so that
// references need no order. Then each is completed: enums, records and unions
// one by one, aliases, structs and constants also on demand, as their sizes and
// values are needed where they are used.
//
// Poison. Whatever is wrong is reported once and becomes NULL (a type) or false
// (a value); whoever meets that keeps quiet. A declaration that is used for its
// size or value and has a NULL in it is `poisoned` itself.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_RESOLVE_H
#define INLAY_SCHEMA_RESOLVE_H

#include "schema/load.h"

// A fixed size, of a type or of the fixed part of a record, is at most this.
#define FIXED_SIZE_MAX (UINT32_C(1) << 20)

// How long a chain of declarations that need each other may be, and how deep
// the types on the way; what the resolver's stack must hold.
#define RESOLVE_DEPTH_MAX 512

struct symbol {
    const ast_decl *ast;
    unit           *unit;
    const char     *name;
    const char     *qualified;
    enum {
        SYMBOL_NEW,
        SYMBOL_OPEN,
        SYMBOL_DONE
    } state;
    bool     poisoned;
    ir_type *type;   // that the name stands for; NULL for a constant
    symbol  *opener; // while open: the one that needed it
    str_map  items;  // an enum\'s ir_value, a struct\'s ir_member, by name
    union {
        ir_enum   *enumeration;
        ir_struct *structure;
        ir_union  *onion;
        ir_record *record;
        ir_alias  *alias;
        ir_const  *constant;
    } of;
};

typedef struct resolver {
    compilation *c;
    arena       *arena;
    diag_sink   *sink;
    str_map      symbols; // by qualified name
    symbol      *open;    // the declaration that is being completed
    uint32_t     depth;   // of completions and types under way
} resolver;

// Fills the IR of all units.
void resolve_units(compilation *c);

// ---- Names: resolve.c -------------------------------------------------------

// Finds what a name means in `u`; NULL when there is no such thing, or it is
// in a file that `u` does not import. Reports nothing.
symbol *resolve_find(resolver *r, const unit *u, const char *name);

// Reports that `name` is not known, and what it might have been. `types` says
// whether types or constants are wanted.
void resolve_unknown(resolver *r, const unit *u, ir_span span, const char *name,
                     bool types);

// Completes a declaration before its size or value is used; false when it is
// poisoned or leads back to itself, which is then reported.
bool resolve_complete(resolver *r, symbol *s, ir_span use);

// Reports that `name` was taken by the thing at `first`.
void resolve_repeated(resolver *r, ir_span span, const char *what,
                      const char *name, ir_span first);

// A name that is among the ones offered, or near to one. Offer them all, then
// ask for the hint.
typedef struct suggestion {
    const char *wanted;
    const char *best;
    size_t      distance;
} suggestion;

suggestion suggestion_start(const char *wanted);
void       suggestion_offer(suggestion *s, const char *name);
void       suggestion_hint(const suggestion *s, diag_sink *sink);

// ---- Types: resolve_type.c --------------------------------------------------

// Returns a new node; its nesting is `depth` levels.
ir_type *type_node_new(resolver *r, ir_kind kind, uint32_t depth);
uint32_t type_node_depth(const ir_type *type);
void     type_node_set_depth(ir_type *type, uint32_t depth);

// Returns the shared node of a built-in type; NULL when it is none's name.
const ir_type *type_builtin(const char *name);

// Resolves a type expression; NULL after an error.
const ir_type *resolve_type(resolver *r, const unit *u, const ast_type *type);

// Says whether types may nest `depth` levels, and reports it when not.
bool resolve_depth_ok(resolver *r, ir_span span, uint32_t depth);

bool kind_is_integer(ir_kind kind);
bool kind_is_signed(ir_kind kind);
bool kind_is_float(ir_kind kind);

// ---- Values: resolve_value.c ------------------------------------------------

// Evaluates an integer literal of the given kind; sign-extended into `bits`.
bool resolve_integer(resolver *r, const ast_value *value, ir_kind kind,
                     uint64_t *bits);

// Says whether sign-extended bits of one kind of integer fit another.
bool integer_fits(uint64_t bits, bool is_signed, ir_kind kind);

// Evaluates a bool, number or enum value; floats give their bits.
bool resolve_scalar(resolver *r, const unit *u, const ast_value *value,
                    const ir_type *type, uint64_t *bits);

// Writes a value of any fixed type as it is on the wire: type->size bytes.
bool resolve_wire(resolver *r, const unit *u, const ast_value *value,
                  const ir_type *type, uint8_t *wire);

// Evaluates the N of an array: an unsigned number or an integer constant.
bool resolve_count(resolver *r, const unit *u, const ast_value *value,
                   uint64_t *count);

// ---- Declarations: resolve_decl.c, resolve_record.c -------------------------

// Makes the IR node and, where there is one, the type node of a symbol.
void declare_symbol(resolver *r, symbol *s);

// Each completes one declaration; false when it ends up poisoned.
bool complete_enum(resolver *r, symbol *s);
bool complete_struct(resolver *r, symbol *s);
bool complete_union(resolver *r, symbol *s);
bool complete_alias(resolver *r, symbol *s);
bool complete_const(resolver *r, symbol *s);
bool complete_record(resolver *r, symbol *s);

// Reports attributes where none may be.
void resolve_no_attributes(resolver *r, const ast_attribute *list,
                           const char *what);

// Reports names that an item before has; `what` is "field" and the like. False
// when there are any.
bool resolve_unique_items(resolver *r, const ast_decl *decl, const char *what);

// Returns the synthetic record `{ value: element }`, or `{ key; value: element
// }` where there is a key.
ir_record *record_synthetic(resolver *r, const unit *u, const ir_type *key,
                            const ir_type *element, ir_span span);

// ---- Checks over the whole: check.c -----------------------------------------

// Reports records that must contain themselves, and ids that two records share.
void check_units(compilation *c);

#endif

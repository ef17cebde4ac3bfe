// names.h -- how schema names become C names.
//
//   record, struct, enum, union, alias   log.LogEntry    log_log_entry
//   constant                             log.MAX_HEADERS LOG_MAX_HEADERS
//   enum value                           Method.GET      LOG_METHOD_GET
//   variant's tag                        Body.text       LOG_BODY_TEXT
//   member of a native struct            code            code
//   accessors                            code            .._get_code
//
// Packages and types turn to snake case, fields stay as they are. A name that
// is a keyword of C or C++, a macro everybody has, or taken already gets a
// trailing underscore. What a type brings with it (`_view`, `_list`, `_open`)
// counts as taken, so that no two types of a schema can clash.
//
// Names depend on one file alone, so that another file that imports it finds
// the same ones.
//
// Who may include it: gen/.
#ifndef INLAY_GEN_NAMES_H
#define INLAY_GEN_NAMES_H

#include "schema/str.h"

// The names that are taken, in one scope.
typedef struct names {
    arena    *memory;
    str_table table;
    str_map   taken;
} names;

void names_init(names *n, arena *memory);

// The same where other words are reserved: a list that ends with NULL.
void names_init_with(names *n, arena *memory, const char *const *reserved);

// Returns `name`, or `name` with as many underscores behind it as make it free,
// and takes it. Keywords are never free.
const char *names_take(names *n, const char *name);

// The same for a name that brings others with it: `name` followed by each of
// the suffixes, a list that ends with NULL. All of them are taken.
const char *names_take_family(names *n, const char *name,
                              const char *const *suffixes);

// `LogEntry` and `log.net` as log_entry and log_net.
const char *names_snake(arena *a, const char *name);

// The same in capitals.
const char *names_upper(arena *a, const char *name);

#endif

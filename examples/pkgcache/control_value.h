// control_value.h -- the values of a control file's fields.
//
// Who may include it: control.c, and show.c to compare names.
#ifndef PKGCACHE_CONTROL_VALUE_H
#define PKGCACHE_CONTROL_VALUE_H

#include "control.h"

// What became of a field.
typedef enum value_result {
    VALUE_TAKEN, // the model holds it
    VALUE_OTHER, // it does not, and nothing is wrong with it
    VALUE_BAD    // `error->text` says why
} value_result;

// Takes the value of a field into the package if it is one of the model. `seen`
// has a bit for each field of the model that came before.
value_result value_take(inlay_str name, inlay_str value, uint64_t *seen,
                        inlay_arena *arena, dpkg_package *package,
                        control_error *error);

// Compares letters without regard to their case.
bool value_names_equal(inlay_str a, inlay_str b);

// Returns VALUE_BAD, having said why.
value_result value_bad(control_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

// bounds.h -- how small and how large a record's messages are: section 3 of the
// format with every slice empty, and with every slice as long as it may be.
//
// The least is the message of a record of defaults. The largest is one too, of
// the value whose strings, vectors and maps have all that their @max allows and
// whose unions have their largest variant; widths grow with sizes, so no other
// value takes more. (Only where records nest deeper than blocks may, is there
// no such message, and the bound is a bound merely.) Both are of what the
// schema itself knows: later fields that were kept for another revision come on
// top.
//
// A record has no largest message when it leads back to itself, when something
// without @max is in it, or when the sizes add up to BOUNDS_LIMIT or more.
//
// Who may include it: schema/.
#ifndef INLAY_SCHEMA_BOUNDS_H
#define INLAY_SCHEMA_BOUNDS_H

#include "schema/load.h"

// No encoder makes a message as large as that (INLAY_MESSAGE_LIMIT).
#define BOUNDS_LIMIT (UINT64_C(1) << 47)

// Fills size_least, size_largest and unbounded of all records of a compilation
// without errors.
void bounds_units(compilation *c);

#endif

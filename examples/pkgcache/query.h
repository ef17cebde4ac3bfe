// query.h -- questions about all packages, answered by walking the cache.
//
// Open it as CACHE_VERIFIED: what was not verified may make a walk endless.
#ifndef PKGCACHE_QUERY_H
#define PKGCACHE_QUERY_H

#include <stdio.h>

#include "packages.inlay.h"

// Prints who wants the package `name`, one line for each relation: the package,
// the field, and the alternatives among which it stands. Returns how many.
size_t query_rdepends(FILE *out, dpkg_database_view database, inlay_str name);

// Prints the installed size and the number of packages of each section, the
// largest first, and a line of totals. False when memory ran out.
bool query_sections(FILE *out, dpkg_database_view database);

#endif

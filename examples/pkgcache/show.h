// show.h -- packages out of the cache, as text.
#ifndef PKGCACHE_SHOW_H
#define PKGCACHE_SHOW_H

#include <stdio.h>

#include "packages.inlay.h"

// Prints all of a package as `dpkg-query -s` does.
void show_package(FILE *out, inlay_str name, dpkg_package_view package);

// Prints `a (>= 1) | b`.
void show_alternatives(FILE *out, dpkg_alternative_list_view alternatives);

void show_str(FILE *out, inlay_str text);

#endif

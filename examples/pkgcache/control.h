// control.h -- dpkg's status file as native structs.
//
// The file is a series of paragraphs, one a package, with an empty line behind
// each:
//
//     Package: bash
//     Depends: base-files (>= 2.1.12), debianutils (>= 5.6-0.1)
//     Description: GNU Bourne Again SHell
//      Bash is an sh-compatible command language interpreter that executes
//      commands read from the standard input or from a file.
//
// Names of fields come in any case; lines that begin with a blank continue the
// field before. Relations are taken apart as dpkg does and lose superfluous
// blanks as they do there; a value that the model can't hold word for word
// (a priority that nobody knows, an empty section) stays among `extra`, so that
// all of a file that dpkg wrote can be written again.
#ifndef PKGCACHE_CONTROL_H
#define PKGCACHE_CONTROL_H

#include "packages.inlay.h"

// What is wrong with a status file, and in which line of it, from 1.
typedef struct control_error {
    size_t line;
    char   text[160];
} control_error;

// Parses all of a status file into `database`, names in the order of the map.
// Strings borrow `text`; the rest comes from `arena`. False, with `error` set,
// when the text is no status file; line 0 stands for memory that ran out.
bool control_parse(inlay_str text, inlay_arena *arena, dpkg_database *database,
                   control_error *error);

#endif

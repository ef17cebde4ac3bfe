// file.h -- files as a cache needs them: mapped to be read, replaced whole.
//
// Both return an errno, 0 when all went well.
#ifndef EXAMPLES_FILE_H
#define EXAMPLES_FILE_H

#include <inlay/base.h>

// Maps a regular file to be read; anything else is refused. An empty file gives
// no bytes. What is mapped stays as it was when the file is replaced by
// file_replace, or by dpkg: they rename another file over it. A file that is
// cut short in place while it is mapped ends the program with SIGBUS.
int file_map(const char *path, inlay_bytes *file);

void file_unmap(inlay_bytes file);

// Makes `path` a file with these bytes: readers see all of the old one or all
// of this one, also after a crash. Writes a temporary file beside it, syncs it,
// and renames it.
int file_replace(const char *path, inlay_bytes bytes);

#endif

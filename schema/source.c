// source.c -- the only file of the compiler's front half that calls the OS.
#define _XOPEN_SOURCE 700 // realpath

#include "schema/source.h"

#include "schema/str.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// ---- Paths ------------------------------------------------------------------

const char *source_join(arena *a, const char *folder, const char *name)
{
    size_t size = strlen(folder);

    if (name[0] == '/' || size == 0 || strcmp(folder, ".") == 0) {
        return name;
    }
    return str_format(a, "%s%s%s", folder, folder[size - 1] == '/' ? "" : "/",
                      name);
}

const char *source_folder(arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL) {
        return "";
    }
    return str_format(a, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

// Takes the last part off the path that is being built, unless there is none
// or it leads upwards itself; returns whether it did.
static bool path_pop(char *path, size_t *size)
{
    size_t start = *size;

    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    if (*size == start || strcmp(path + start, "..") == 0) {
        return false;
    }
    *size = start > 1 ? start - 1 : start;
    path[*size] = '\0';
    return true;
}

// Takes `.`, `..` and empty parts out of a path as text alone, for readers that
// are not a file system.
static const char *path_normal(arena *a, const char *path)
{
    char  *normal = arena_alloc(a, strlen(path) + 2, 1);
    size_t size = 0;

    if (normal == NULL) {
        return "";
    }
    if (path[0] == '/') {
        normal[size++] = '/';
    }
    while (*path != '\0') {
        size_t part = strcspn(path, "/");
        bool   up = part == 2 && path[0] == '.' && path[1] == '.';
        bool   here = part == 0 || (part == 1 && path[0] == '.');

        if (!here && !(up && path_pop(normal, &size))) {
            if (size > 0 && normal[size - 1] != '/') {
                normal[size++] = '/';
            }
            memcpy(normal + size, path, part);
            size += part;
            normal[size] = '\0';
        }
        path += part + (path[part] == '/' ? 1 : 0);
    }
    return normal;
}

// ---- Reading ----------------------------------------------------------------

static source_status read_stream(arena *a, FILE *stream, source *out)
{
    size_t capacity = 0;
    size_t size = 0;
    char  *text = NULL;
    int    byte;

    while ((byte = getc(stream)) != EOF) {
        if (size == SOURCE_SIZE_MAX) {
            return SOURCE_TOO_LARGE;
        }
        text = arena_grow(a, text, size, &capacity, 1);
        if (text == NULL) {
            return SOURCE_UNREADABLE;
        }
        text[size++] = (char)byte;
    }
    if (ferror(stream)) {
        return SOURCE_UNREADABLE;
    }
    out->text = arena_copy(a, text, size);
    out->size = size;
    return out->text == NULL ? SOURCE_UNREADABLE : SOURCE_OK;
}

static source_status read_disk(arena *a, const char *path, source *out)
{
    struct stat   information;
    FILE         *stream;
    char         *real;
    source_status status;

    if (stat(path, &information) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? SOURCE_MISSING
                                                   : SOURCE_UNREADABLE;
    }
    if (S_ISDIR(information.st_mode)) {
        return SOURCE_MISSING;
    }
    stream = fopen(path, "rb");
    if (stream == NULL) {
        return SOURCE_UNREADABLE;
    }
    status = read_stream(a, stream, out);
    (void)fclose(stream);
    real = realpath(path, NULL);
    out->identity = str_format(a, "%s", real == NULL ? path : real);
    free(real);
    return status;
}

static source_status read_callback(arena *a, const schema_reader *reader,
                                   const char *path, source *out)
{
    const char *text = NULL;
    size_t      size = 0;

    if (!reader->read(reader->context, path, &text, &size)) {
        return SOURCE_MISSING;
    }
    if (size > SOURCE_SIZE_MAX) {
        return SOURCE_TOO_LARGE;
    }
    out->text = arena_copy(a, text, size);
    out->size = size;
    out->identity = path_normal(a, path);
    return out->text == NULL ? SOURCE_UNREADABLE : SOURCE_OK;
}

source_status source_read(arena *a, const schema_reader *reader,
                          const char *path, source *out)
{
    return reader->read != NULL ? read_callback(a, reader, path, out)
                                : read_disk(a, path, out);
}

// file.c -- see file.h.
#define _XOPEN_SOURCE 700
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- Reading ----------------------------------------------------------------

static int descriptor_map(int descriptor, inlay_bytes *file)
{
    struct stat facts;
    void       *at = NULL;

    if (fstat(descriptor, &facts) != 0) {
        return errno;
    }
    if (S_ISDIR(facts.st_mode)) {
        return EISDIR;
    }
    if (!S_ISREG(facts.st_mode)) {
        return ENODEV; // no size to map
    }
    if (facts.st_size > 0) {
        at = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED,
                  descriptor, 0);
        if (at == MAP_FAILED) {
            return errno;
        }
    }
    file->data = at;
    file->size = (size_t)facts.st_size;
    return 0;
}

int file_map(const char *path, inlay_bytes *file)
{
    // A pipe must be refused, not waited for.
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int error;

    if (descriptor < 0) {
        return errno;
    }
    error = descriptor_map(descriptor, file);
    close(descriptor);
    return error;
}

void file_unmap(inlay_bytes file)
{
    if (file.size > 0) {
        munmap((void *)(uintptr_t)file.data, file.size);
    }
}

// ---- Writing ----------------------------------------------------------------

static int write_all(int descriptor, inlay_bytes bytes)
{
    while (bytes.size > 0) {
        ssize_t done = write(descriptor, bytes.data, bytes.size);

        if (done < 0 && errno != EINTR) {
            return errno;
        }
        if (done > 0) {
            bytes.data += done;
            bytes.size -= (size_t)done;
        }
    }
    return 0;
}

// Writes, and makes sure that the bytes are on the disk before the name is.
static int write_synced(int descriptor, inlay_bytes bytes)
{
    mode_t mask = umask(0);
    int    error;

    umask(mask);
    error = write_all(descriptor, bytes);
    if (error == 0 &&
        (fchmod(descriptor, 0666 & ~mask) != 0 || fsync(descriptor) != 0)) {
        error = errno;
    }
    if (close(descriptor) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

// Syncs the folder that holds `path`, so that the new name outlives a crash.
static int folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t      size = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char       *folder = slash == NULL ? strdup(".") : strndup(path, size);
    int         descriptor;
    int         error = 0;

    if (folder == NULL) {
        return ENOMEM;
    }
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (descriptor < 0) {
        return errno;
    }
    if (fsync(descriptor) != 0) {
        error = errno;
    }
    close(descriptor);
    return error;
}

int file_replace(const char *path, inlay_bytes bytes)
{
    static const char suffix[] = ".XXXXXX";
    size_t            size = strlen(path) + sizeof suffix;
    char             *temporary = malloc(size);
    int               descriptor;
    int               error;

    if (temporary == NULL) {
        return ENOMEM;
    }
    snprintf(temporary, size, "%s%s", path, suffix);
    descriptor = mkstemp(temporary);
    if (descriptor < 0) {
        error = errno;
        free(temporary);
        return error;
    }
    error = write_synced(descriptor, bytes);
    if (error == 0 && rename(temporary, path) != 0) {
        error = errno;
    }
    if (error != 0) {
        unlink(temporary);
    } else {
        error = folder_sync(path);
    }
    free(temporary);
    return error;
}

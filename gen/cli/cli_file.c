// cli_file.c -- files in and out of the command; see cli.h.
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/cli/cli.h"

// ---- Reading ----------------------------------------------------------------

static bool is_stdin(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

const char *cli_input_name(const char *path)
{
    return is_stdin(path) ? "standard input" : path;
}

// Reads to the end; false with errno set.
static bool file_read(int file, inlay_buffer *out)
{
    enum {
        PART = 1 << 16
    };

    for (;;) {
        uint8_t *to = inlay_buffer_reserve(out, PART);
        ssize_t  got;

        if (to == NULL) {
            errno = ENOMEM;
            return false;
        }
        got = read(file, to, PART);
        if (got == 0) {
            return true;
        }
        if (got > 0) {
            out->size += (size_t)got;
        } else if (errno != EINTR) {
            return false;
        }
    }
}

bool cli_read(const cli_command *command, const char *path, inlay_buffer *out)
{
    int  file = is_stdin(path) ? STDIN_FILENO : open(path, O_RDONLY);
    bool good = file >= 0 && file_read(file, out);
    int  error = errno;

    if (file >= 0 && file != STDIN_FILENO) {
        close(file);
    }
    if (!good) {
        cli_complain(command, "%s: %s", cli_input_name(path), strerror(error));
    }
    return good;
}

// ---- Writing ----------------------------------------------------------------

static bool file_write(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(file, data, size);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            data += put;
            size -= (size_t)put;
        }
    }
    return true;
}

// Writes and closes; false with errno of the first failure.
static bool file_finish(int file, const void *data, size_t size)
{
    bool good = file_write(file, data, size);
    int  error = errno;

    if (close(file) != 0 && good) {
        return false;
    }
    errno = error;
    return good;
}

// Writes `temporary` beside the target, with the target's mode or the usual
// one, and renames it. Nothing is left behind on failure.
static bool file_replace(const char *path, char *temporary, mode_t mode,
                         const void *data, size_t size)
{
    int  file = mkstemp(temporary);
    bool good;
    int  error;

    if (file < 0) {
        return false;
    }
    good = fchmod(file, mode) == 0;
    good = file_finish(file, data, size) && good;
    good = good && rename(temporary, path) == 0;
    if (!good) {
        error = errno;
        unlink(temporary);
        errno = error;
    }
    return good;
}

// Follows links, so that a link stays one and its target is replaced.
static bool file_replace_target(const char *path, const struct stat *old,
                                const void *data, size_t size)
{
    char  *target = old != NULL ? realpath(path, NULL) : NULL;
    size_t room = strlen(target != NULL ? target : path) + 8;
    char  *temporary = malloc(room);
    mode_t mask = umask(0);
    mode_t mode = old != NULL ? old->st_mode & 07777 : 0666 & ~mask;
    bool   good = false;
    int    error;

    umask(mask);
    if (old != NULL && target == NULL) {
        free(temporary);
        return false;
    }
    if (temporary != NULL) {
        snprintf(temporary, room, "%s.XXXXXX", target != NULL ? target : path);
        good = file_replace(target != NULL ? target : path, temporary, mode,
                            data, size);
    }
    error = temporary != NULL ? errno : ENOMEM;
    free(temporary);
    free(target);
    errno = error;
    return good;
}

bool cli_write(const cli_command *command, const char *path, const void *data,
               size_t size)
{
    struct stat old;
    bool        exists = stat(path, &old) == 0;
    bool        good;

    if (exists && S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        good = false;
    } else if (exists && !S_ISREG(old.st_mode)) {
        int file = open(path, O_WRONLY);
        good = file >= 0 && file_finish(file, data, size);
    } else {
        good = file_replace_target(path, exists ? &old : NULL, data, size);
    }
    if (!good) {
        cli_complain(command, "%s: %s", path, strerror(errno));
    }
    return good;
}

bool cli_write_if_changed(const cli_command *command, const char *path,
                          const void *data, size_t size)
{
    int          file = open(path, O_RDONLY);
    inlay_buffer old;
    bool         same;

    inlay_buffer_init(&old, NULL);
    same = file >= 0 && file_read(file, &old) && old.size == size &&
           (size == 0 || memcmp(old.data, data, size) == 0);
    if (file >= 0) {
        close(file);
    }
    inlay_buffer_release(&old);
    return same || cli_write(command, path, data, size);
}

bool cli_write_stdout(const cli_command *command, const void *data, size_t size)
{
    if (!file_write(STDOUT_FILENO, data, size)) {
        cli_complain(command, "standard output: %s", strerror(errno));
        return false;
    }
    return true;
}

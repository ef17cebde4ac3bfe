// draft.c -- files that appear whole; see io.h.
//
// linkat(2) gives a nameless file a name, but does not replace: where there is
// a file already, it becomes PATH.new and is renamed from there. Who dies just
// between leaves that name, which the next one takes away. Every draft is
// locked as long as it is open, named or not: so that the living are told from
// the dead, and only the dead lose their names.

#include "codec/io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".new";

enum {
    MODE = 0666,       // less the process's umask
    LINK_TRIES = 1000, // while others publish the same path
    LINK_WAIT_US = 1000
};

static void text_free(char **text, const inlay_alloc *alloc)
{
    if (*text != NULL) {
        alloc->resize(alloc->context, *text, strlen(*text) + 1, 0);
        *text = NULL;
    }
}

static char *text_joined(const char *a, const char *b, const inlay_alloc *alloc)
{
    size_t size = strlen(a) + strlen(b) + 1;
    char  *text = alloc->resize(alloc->context, NULL, 0, size);

    if (text != NULL) {
        snprintf(text, size, "%s%s", a, b);
    }
    return text;
}

// ---- Opening ----------------------------------------------------------------

// Opens a file without a name in the folder of `path`.
static int nameless_open(const char *path, const inlay_alloc *alloc)
{
    const char *slash = strrchr(path, '/');
    char       *folder = text_joined(path, "", alloc);
    size_t      size = strlen(path) + 1;
    int         fd;

    if (folder == NULL) {
        errno = ENOMEM;
        return -1;
    }
    if (slash != NULL) {
        folder[slash - path + 1] = '\0';
    }
    fd = open(slash != NULL ? folder : ".", O_TMPFILE | O_RDWR | O_CLOEXEC,
              MODE);
    alloc->resize(alloc->context, folder, size, 0);
    return fd;
}

// Returns whether the descriptor still is what the name leads to.
static bool is_named(int fd, const char *name)
{
    struct stat mine, theirs;

    return fstat(fd, &mine) == 0 && stat(name, &theirs) == 0 &&
           mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino;
}

// Takes PATH.new away if it is a dead one's. False when a living one has it, or
// it can't be looked at.
static bool leftover_remove(const char *beside)
{
    int  fd = open(beside, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool dead;

    if (fd < 0) {
        return errno == ENOENT;
    }
    dead = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (dead && is_named(fd, beside)) {
        unlink(beside);
    }
    close(fd);
    return dead;
}

// Closes a file that was made but can't be used; errno stays.
static inlay_status named_abandon(int fd, const char *beside,
                                  inlay_status status)
{
    int error = errno;

    if (is_named(fd, beside)) {
        unlink(beside);
    }
    close(fd);
    errno = error;
    return status;
}

static inlay_status named_open(io_draft *self)
{
    int fd;

    if (!leftover_remove(self->beside)) {
        return INLAY_REFUSED;
    }
    fd = open(self->beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, MODE);
    if (fd < 0) {
        return errno == EEXIST ? INLAY_REFUSED : INLAY_SYSTEM;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return named_abandon(fd, self->beside, INLAY_SYSTEM);
    }
    if (!is_named(fd, self->beside)) {
        close(fd); // somebody took it for a dead one's, before the lock
        return INLAY_REFUSED;
    }
    self->fd = fd;
    self->named = true;
    return INLAY_OK;
}

// Opens a nameless file where the file system has them, else a named one.
static inlay_status draft_file(io_draft *self, const inlay_alloc *alloc)
{
    self->fd = nameless_open(self->path, alloc);
    if (self->fd >= 0) {
        (void)leftover_remove(self->beside); // publishing tries again
        return flock(self->fd, LOCK_EX | LOCK_NB) == 0 ? INLAY_OK
                                                       : INLAY_SYSTEM;
    }
    if (errno == EOPNOTSUPP || errno == EISDIR) {
        return named_open(self);
    }
    return errno == ENOMEM ? INLAY_OUT_OF_MEMORY : INLAY_SYSTEM;
}

inlay_status io_draft_open(io_draft *self, const char *path,
                           const inlay_alloc *alloc)
{
    io_draft     draft = {.fd = -1};
    inlay_status status;

    draft.path = text_joined(path, "", alloc);
    draft.beside = text_joined(path, suffix, alloc);
    status = draft.path != NULL && draft.beside != NULL
                 ? draft_file(&draft, alloc)
                 : INLAY_OUT_OF_MEMORY;
    if (status != INLAY_OK) {
        io_draft_discard(&draft, alloc);
        return status;
    }
    *self = draft;
    return INLAY_OK;
}

// ---- Publishing -------------------------------------------------------------

static int name_give(int fd, const char *name)
{
    char self[40];

    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

// Names a nameless file: PATH itself where nothing is there, else PATH.new. Who
// has that name and lives is about to rename it: it is waited for.
static inlay_status draft_link(io_draft *self)
{
    int tries;

    if (name_give(self->fd, self->path) == 0) {
        return INLAY_OK;
    }
    for (tries = 0; tries < LINK_TRIES && errno == EEXIST; tries++) {
        if (name_give(self->fd, self->beside) == 0) {
            self->named = true;
            return INLAY_OK;
        }
        if (errno == EEXIST && !leftover_remove(self->beside)) {
            usleep(LINK_WAIT_US);
            errno = EEXIST;
        }
    }
    return INLAY_SYSTEM;
}

inlay_status io_draft_publish(io_draft *self)
{
    inlay_status status = io_sync(self->fd);

    if (status == INLAY_OK && !self->named) {
        status = draft_link(self);
    }
    if (status == INLAY_OK && self->named) {
        if (rename(self->beside, self->path) != 0) {
            return INLAY_SYSTEM;
        }
        self->named = false;
    }
    return status == INLAY_OK ? io_sync_folder(self->path) : status;
}

void io_draft_discard(io_draft *self, const inlay_alloc *alloc)
{
    int error = errno;

    if (self->named) {
        unlink(self->beside); // locked, so still this one
    }
    if (self->fd >= 0) {
        close(self->fd);
    }
    text_free(&self->path, alloc);
    text_free(&self->beside, alloc);
    self->fd = -1;
    self->named = false;
    errno = error;
}

// cli_log.c -- see cli_log.h.
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gen/cli/cli_log.h"

// ---- Opening ----------------------------------------------------------------

// Returns what a file that is no log seems to be, and what can be done with it.
static const char *file_guess(const uint8_t *bytes, size_t size)
{
    size_t i = 0;

    if (size == 0) {
        return "the file is empty";
    }
    if (size >= 4 && memcmp(bytes, "INLY", 4) == 0) {
        return "it starts with a frame; see `inlay frame --help`";
    }
    while (i < size && strchr(" \t\r\n", bytes[i]) != NULL && bytes[i] != 0) {
        i++;
    }
    if (i < size && (bytes[i] == '{' || bytes[i] == '[')) {
        return "it looks like JSON already, which `inlay encode` makes into "
               "messages";
    }
    return "a message by itself does not say what it is: `inlay json --schema "
           "FILE --type NAME` prints one";
}

static void explain(const cli_command *command, const char *path)
{
    uint8_t bytes[64];
    int     file = open(path, O_RDONLY);
    ssize_t got = file >= 0 ? read(file, bytes, sizeof bytes) : -1;

    if (file >= 0) {
        close(file);
    }
    cli_complain(command, "%s is no log: %s", path,
                 file_guess(bytes, got > 0 ? (size_t)got : 0));
}

// Logs are read at places, so they must have some.
static bool file_is_regular(const cli_command *command, const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        cli_complain(command, "%s: %s", path, strerror(errno));
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        cli_complain(command, "%s: %s", path,
                     S_ISDIR(info.st_mode)
                         ? strerror(EISDIR)
                         : "a log is read from a file, not from a pipe");
        return false;
    }
    return true;
}

int cli_log_open(const cli_command *command, const char *path,
                 inlay_log_reader *reader)
{
    inlay_status status;

    if (!file_is_regular(command, path)) {
        return CLI_WRONG;
    }
    status = inlay_log_reader_open(reader, path, NULL);
    switch (status) {
    case INLAY_OK:
        return CLI_GOOD;
    case INLAY_SYSTEM:
        return cli_complain(command, "%s: %s", path, strerror(errno));
    case INLAY_MAGIC:
        explain(command, path);
        return CLI_BAD;
    case INLAY_CUT_SHORT:
        cli_complain(command,
                     "%s: the log ends within its header, before any record",
                     path);
        return CLI_BAD;
    case INLAY_DAMAGED:
        cli_complain(command,
                     "%s: both headers of the log are damaged: without them "
                     "nothing can be read",
                     path);
        return CLI_BAD;
    case INLAY_OTHER_VERSION:
        cli_complain(command, "%s: a later version of Inlay wrote this log",
                     path);
        return CLI_BAD;
    default:
        return cli_complain(command, "%s: %s", path, inlay_status_text(status));
    }
}

bool cli_log_describe(const cli_command *command, const char *path,
                      const inlay_log_reader *reader,
                      inlay_description      *description)
{
    inlay_status status = inlay_log_reader_describe(reader, description);

    if (status != INLAY_OK) {
        cli_complain(command, "%s: %s", path, inlay_status_text(status));
    }
    return status == INLAY_OK;
}

void cli_log_tell_damage(const char *path, const inlay_log_damage *damage)
{
    fprintf(stderr, "%s: %" PRIu64 " bytes from byte %" PRIu64 " are ", path,
            damage->size, damage->offset);
    if (damage->records > 0) {
        fprintf(stderr, "damaged, %" PRIu64 " record%s lost\n", damage->records,
                damage->records == 1 ? "" : "s");
    } else {
        fputs("no whole chunk, records are lost\n", stderr);
    }
}

int cli_log_end(const cli_command *command, const char *path,
                inlay_status status)
{
    if (status == INLAY_CLOSED) {
        return CLI_GOOD;
    }
    return cli_complain(command, "%s: %s", path,
                        status == INLAY_SYSTEM ? strerror(errno)
                                               : inlay_status_text(status));
}

// ---- Progress ---------------------------------------------------------------

enum {
    CALLS_PER_LOOK = 256,
    BAR_WIDTH = 40
};

#define DRAW_EVERY UINT64_C(100000000)

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void cli_progress_start(cli_progress *self)
{
    *self = (cli_progress){.shown = isatty(STDERR_FILENO) == 1 &&
                                    isatty(STDOUT_FILENO) == 0};
    if (self->shown) {
        self->started = now();
        self->drawn = self->started;
    }
}

void cli_progress_show(cli_progress *self, uint64_t done, uint64_t total)
{
    char     bar[BAR_WIDTH + 1];
    double   part = total > 0 ? (double)done / (double)total : 1;
    uint64_t time;

    if (!self->shown || ++self->skipped < CALLS_PER_LOOK) {
        return;
    }
    self->skipped = 0;
    time = now();
    if (time - self->drawn < DRAW_EVERY) {
        return;
    }
    self->drawn = time;
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', (size_t)(part * BAR_WIDTH));
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %3.0f%%  %.0f MB, %.0f MB/s ", bar, part * 100,
            (double)done / 1e6,
            (double)done * 1e3 / (double)(time - self->started));
}

void cli_progress_clear(cli_progress *self)
{
    if (self->shown && self->drawn != self->started) {
        fputs("\r\033[K", stderr);
    }
}

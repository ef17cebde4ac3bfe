// child.c -- see child.h.

#include "bench/claims/child.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// In the child: never returns.
static void become(char *const *arguments, char *const *variables,
                   const char *folder, int output)
{
    int nothing = open("/dev/null", O_RDWR);

    for (; variables != NULL && *variables != NULL; variables++) {
        putenv(*variables);
    }
    if (folder != NULL && chdir(folder) != 0) {
        _exit(127);
    }
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDERR_FILENO);
    dup2(output, STDOUT_FILENO);
    execvp(arguments[0], arguments);
    _exit(127);
}

// Reads to the end, and keeps the beginning.
static void read_all(int from, char *output, size_t size)
{
    size_t  used = 0;
    char    rest[256];
    ssize_t got;

    do {
        if (used + 1 < size) {
            got = read(from, output + used, size - 1 - used);
            used += got > 0 ? (size_t)got : 0;
        } else {
            got = read(from, rest, sizeof rest);
        }
    } while (got > 0);
    output[used] = '\0';
}

bool child_output(char *const *arguments, char *const *variables,
                  const char *folder, char *output, size_t size)
{
    int   ends[2];
    int   status = 0;
    pid_t child;

    if (pipe(ends) != 0) {
        return false;
    }
    child = fork();
    if (child == 0) {
        become(arguments, variables, folder, ends[1]);
    }
    close(ends[1]);
    if (child > 0) {
        read_all(ends[0], output, size);
    }
    close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child &&
           WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// progress.c -- see progress.h.

#include "bench/harness/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "bench/harness/clock.h"

#define BAR 24

static size_t   total;
static size_t   done;
static uint64_t start;

void progress_start(size_t steps)
{
    total = steps == 0 ? 1 : steps;
    done = 0;
    start = bench_clock_gettime();
}

void progress_step(const char *set, const char *what)
{
    unsigned elapsed =
        (unsigned)((bench_clock_gettime() - start) / UINT64_C(1000000000));
    size_t filled = done * BAR / total;
    char   bar[BAR + 1];
    size_t i;

    if (isatty(STDERR_FILENO)) {
        for (i = 0; i < BAR; i++) {
            bar[i] = i < filled ? '#' : '.';
        }
        bar[BAR] = '\0';
        fprintf(stderr, "\r\033[K[%s] %3zu%%  %u:%02u  %s %s", bar,
                done * 100 / total, elapsed / 60, elapsed % 60, set, what);
        fflush(stderr);
    }
    done += done < total;
}

void progress_clear(void)
{
    if (isatty(STDERR_FILENO)) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}

// stats.c -- see stats.h.
//
// Each time is the median over repeats, by the monotonic clock; what takes less
// than the clock can tell is repeated within a batch, and the time is for one.
// All of it is warm: files are in the page cache, and most of the message in
// the processor's. Whole processes are started, waited for and timed as a
// whole.
#define _XOPEN_SOURCE 700
#include "stats.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <inlay/frame.h>
#include <inlay/json.h>

#include "cache.h"
#include "control.h"
#include "file.h"

extern char **environ;

// What is measured, and what it is measured on.
typedef struct bench {
    const char        *cache_path;
    cache              cache;
    inlay_str          text;     // of the status file
    inlay_arena        arena;    // of the database
    dpkg_database      database; // parsed from the text
    inlay_str         *names;    // of all packages, in no order
    size_t             count;
    const char *const *command; // of the process to be timed
    bool               failed;
    volatile uint64_t  sink; // keeps results alive
} bench;

// ---- Timing -----------------------------------------------------------------

enum {
    REPEATS = 31
};

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int double_compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

// Returns the median time of one of the `batch` that each call does.
static double median_ns(bench *b, void (*run)(bench *b), size_t batch)
{
    double times[REPEATS];
    size_t i;

    run(b);
    for (i = 0; i < REPEATS; i++) {
        double begin = now_ns();

        run(b);
        times[i] = (now_ns() - begin) / (double)batch;
    }
    qsort(times, REPEATS, sizeof times[0], double_compare);
    return times[REPEATS / 2];
}

static void print_time(const char *what, double ns)
{
    if (ns >= 1e6) {
        printf("  %-46s %9.2f ms\n", what, ns / 1e6);
    } else if (ns >= 1e3) {
        printf("  %-46s %9.2f us\n", what, ns / 1e3);
    } else {
        printf("  %-46s %9.1f ns\n", what, ns);
    }
}

// ---- What is timed ----------------------------------------------------------

static void run_parse(bench *b)
{
    dpkg_database database;
    control_error error;
    inlay_arena   arena;

    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    b->failed |= !control_parse(b->text, &arena, &database, &error);
    inlay_arena_release(&arena);
}

// Into memory that is there already, as whoever encodes often would.
static void run_encode(bench *b)
{
    static uint8_t *room;
    static size_t   capacity;
    size_t          size;

    if (room == NULL) {
        capacity = dpkg_database_encoded_size(&b->database);
        room = malloc(capacity);
    }
    b->failed |=
        room == NULL || dpkg_database_encode(&b->database, room, capacity,
                                             &size, NULL) != INLAY_OK;
}

enum {
    OPEN_BATCH = 1000
};

// Finds the payload and opens the view: all that a mapped file needs.
static void run_open(bench *b)
{
    size_t i;

    for (i = 0; i < OPEN_BATCH; i++) {
        inlay_frame        frame;
        dpkg_database_view database;

        b->failed |=
            inlay_frame_open(b->cache.file.data, b->cache.file.size,
                             DPKG_DATABASE_TYPE_ID, &frame, NULL) != INLAY_OK;
        database = dpkg_database_open(frame.payload.data, frame.payload.size);
        b->sink += dpkg_database_get_text_size(database);
    }
}

static void run_open_file(bench *b)
{
    cache file;

    b->failed |= cache_open(b->cache_path, CACHE_MAPPED, &file) != EXIT_GOOD;
    if (!b->failed) {
        b->sink += dpkg_database_get_text_size(file.database);
        cache_close(&file);
    }
}

static void run_checksum(bench *b)
{
    inlay_frame frame;

    b->failed |=
        inlay_frame_open(b->cache.file.data, b->cache.file.size,
                         DPKG_DATABASE_TYPE_ID, &frame, NULL) != INLAY_OK ||
        inlay_frame_check(&frame, NULL) != INLAY_OK;
}

static void run_verify(bench *b)
{
    b->failed |= dpkg_database_verify(b->cache.message.data,
                                      b->cache.message.size, NULL) != INLAY_OK;
}

// Looks every package up, each once, and reads one field of it.
static void run_lookups(bench *b)
{
    dpkg_database_view database =
        dpkg_database_open(b->cache.message.data, b->cache.message.size);
    dpkg_database_packages_view packages = dpkg_database_get_packages(database);
    size_t                      i;

    for (i = 0; i < b->count; i++) {
        size_t at = dpkg_database_packages_find(packages, b->names[i]);
        dpkg_package_list_view list =
            dpkg_database_packages_value_at(packages, at);

        b->sink += dpkg_package_get_version(dpkg_package_list_at(list, 0)).size;
    }
}

// Starts a program with its output thrown away; its exit status, -1 when there
// is no such program.
static int process_run(const char *const *command)
{
    posix_spawn_file_actions_t actions;
    pid_t                      child;
    int                        error, status;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    error = posix_spawnp(&child, command[0], &actions, NULL,
                         (char *const *)(uintptr_t)command, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0 || waitpid(child, &status, 0) != child) {
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static void run_process(bench *b)
{
    b->failed |= process_run(b->command) != 0;
}

// ---- Sizes ------------------------------------------------------------------

static bool count_text(void *context, const char *data, size_t size)
{
    (void)data;
    *(size_t *)context += size;
    return true;
}

static size_t json_size(const bench *b)
{
    size_t       size = 0;
    inlay_sink   sink = {count_text, &size};
    inlay_status status =
        inlay_json_write(&dpkg_database_desc, b->cache.message.data,
                         b->cache.message.size, NULL, sink, NULL);

    return status == INLAY_OK ? size : 0;
}

static void print_size(const char *what, size_t size, size_t text)
{
    printf("  %-46s %9zu bytes  %5.1f %%\n", what, size,
           100.0 * (double)size / (double)text);
}

static void print_sizes(const bench *b)
{
    size_t text = (size_t)dpkg_database_get_text_size(b->cache.database);

    text = text > 0 ? text : 1;
    printf("sizes of %zu packages\n", b->count);
    print_size("text: dpkg's status file", text, text);
    print_size("JSON, without spaces", json_size(b), text);
    print_size("message", b->cache.message.size, text);
    print_size("message in its frame, the file", b->cache.file.size, text);
}

// ---- Times ------------------------------------------------------------------

// The two that need the text; it may have changed since, or be missing.
static void print_text_times(bench *b, const char *path)
{
    uint64_t      hash = dpkg_database_get_text_hash(b->cache.database);
    inlay_bytes   file;
    control_error error;

    if (file_map(path, &file) != 0) {
        printf("  %s can't be read: parsing and encoding left out\n", path);
        return;
    }
    b->text.data = (const char *)file.data;
    b->text.size = file.size;
    if (cache_text_hash(b->text) != hash) {
        printf("  %s is not what the cache was made from\n", path);
    }
    if (!control_parse(b->text, &b->arena, &b->database, &error)) {
        printf("  %s:%zu: %s\n", path, error.line, error.text);
    } else {
        print_time("parse the text", median_ns(b, run_parse, 1));
        print_time("encode the message", median_ns(b, run_encode, 1));
    }
    file_unmap(file);
}

static void print_message_times(bench *b)
{
    print_time("open the mapped message, O(1)",
               median_ns(b, run_open, OPEN_BATCH));
    print_time("open the file: the same, with open, mmap, close",
               median_ns(b, run_open_file, 1));
    print_time("checksum", median_ns(b, run_checksum, 1));
    print_time("verify", median_ns(b, run_verify, 1));
    print_time("look a package up by name, read its version",
               median_ns(b, run_lookups, b->count));
}

static void print_process_time(bench *b, const char *what,
                               const char *const *command)
{
    int status = process_run(command);

    if (status != 0) {
        printf("  %-46s %s\n", what,
               status < 0 ? "not installed" : "does not know it");
        return;
    }
    b->command = command;
    print_time(what, median_ns(b, run_process, 1));
}

static void print_process_times(bench *b, const char *name)
{
    const char *const show[] = {"/proc/self/exe", "show", b->cache_path, name,
                                NULL};
    const char *const query[] = {"dpkg-query", "-s", name, NULL};

    printf("times of whole processes, started and waited for, for `%s`\n",
           name);
    print_process_time(b, "pkgcache show", show);
    print_process_time(b, "dpkg-query -s", query);
}

// ---- All of it --------------------------------------------------------------

// Collects the names and shuffles them, the same way each time.
static bool names_collect(bench *b)
{
    dpkg_database_packages_view packages =
        dpkg_database_get_packages(b->cache.database);
    uint64_t random = 1;
    size_t   i;

    b->count = dpkg_database_packages_count(packages);
    b->names = calloc(b->count + 1, sizeof *b->names);
    if (b->names == NULL) {
        return false;
    }
    for (i = 0; i < b->count; i++) {
        size_t other;

        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        other = (size_t)(random >> 33) % (i + 1);
        b->names[i] = b->names[other];
        b->names[other] = dpkg_database_packages_key_at(packages, i);
    }
    return b->count > 0;
}

static void print_all(bench *b, const char *status_path)
{
    dpkg_database_packages_view packages =
        dpkg_database_get_packages(b->cache.database);
    static const inlay_str dpkg = INLAY_STR("dpkg");
    inlay_str              name = dpkg;
    char                   terminated[256];

    if (dpkg_database_packages_find(packages, name) == b->count) {
        name = b->names[0];
    }
    snprintf(terminated, sizeof terminated, "%.*s", (int)name.size, name.data);
    print_sizes(b);
    printf("times, medians of %d\n", REPEATS);
    print_text_times(b, status_path);
    print_message_times(b);
    fflush(stdout);
    print_process_times(b, terminated);
}

int stats_print(const char *cache_path, const char *status_path)
{
    bench b = {.cache_path = cache_path};
    int   status = cache_open(cache_path, CACHE_VERIFIED, &b.cache);

    if (status != EXIT_GOOD) {
        return status;
    }
    inlay_arena_init(&b.arena, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    if (!names_collect(&b)) {
        status = complain(EXIT_BAD, "%s: no packages in it", cache_path);
    } else {
        print_all(&b, status_path);
        status = b.failed ? complain(EXIT_BAD,
                                     "%s: a step that was timed "
                                     "failed",
                                     cache_path)
                          : EXIT_GOOD;
    }
    free(b.names);
    inlay_arena_release(&b.arena);
    cache_close(&b.cache);
    return status;
}

// main.c -- the command `pkgcache`.
//
// Exit statuses: 0 all is well; 1 the data is bad or has no such package; 2 the
// command was used wrongly, or reading, writing or memory failed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "file.h"
#include "query.h"
#include "show.h"
#include "stats.h"

#define STATUS_PATH "/var/lib/dpkg/status"

// ---- build ------------------------------------------------------------------

// Verifies what is about to be written: the one place where that has to be
// done. It holds for as long as nobody writes to the file.
static int build_write(const char *out, inlay_bytes file, inlay_bytes message)
{
    inlay_error error;
    char        text[INLAY_PATH_SIZE + 200];
    int         failure;

    if (dpkg_database_verify_canonical(message.data, message.size, &error) !=
        INLAY_OK) {
        inlay_error_format(&error, text, sizeof text);
        return complain(EXIT_BAD, "%s: not written: %s", out, text);
    }
    failure = file_replace(out, file);
    return failure == 0
               ? EXIT_GOOD
               : complain(EXIT_WRONG, "%s: %s", out, strerror(failure));
}

static int cmd_build(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[0] : STATUS_PATH;
    const char *out = argv[argc - 1];
    inlay_bytes mapped, file, message;
    inlay_str   text;
    int         failure = file_map(path, &mapped);
    int         status;

    if (failure != 0) {
        return complain(EXIT_WRONG, "%s: %s", path, strerror(failure));
    }
    text.data = (const char *)mapped.data;
    text.size = mapped.size;
    status = cache_build(path, text, &file, &message);
    if (status == EXIT_GOOD) {
        status = build_write(out, file, message);
        free((void *)(uintptr_t)file.data);
    }
    file_unmap(mapped);
    return status;
}

// ---- show -------------------------------------------------------------------

// Prints the packages of one name; `architecture` empty means all.
static size_t show_list(inlay_str name, inlay_str architecture,
                        dpkg_package_list_view list, size_t before)
{
    size_t shown = 0;
    size_t i;

    for (i = 0; i < dpkg_package_list_count(list); i++) {
        dpkg_package_view package = dpkg_package_list_at(list, i);

        if (architecture.size == 0 ||
            inlay_str_equal(dpkg_package_get_architecture(package),
                            architecture)) {
            fputs(before + shown > 0 ? "\n" : "", stdout);
            show_package(stdout, name, package);
            shown++;
        }
    }
    return shown;
}

// Finds `name` or `name:architecture` by binary search in the mapped file.
static size_t show_named(dpkg_database_view database, const char *argument)
{
    dpkg_database_packages_view packages = dpkg_database_get_packages(database);
    const char                 *colon = strchr(argument, ':');
    inlay_str                   name = inlay_str_from(argument);
    inlay_str                   architecture = {NULL, 0};
    size_t                      at;

    if (colon != NULL) {
        name.size = (size_t)(colon - argument);
        architecture = inlay_str_from(colon + 1);
    }
    at = dpkg_database_packages_find(packages, name);
    return show_list(name, architecture,
                     dpkg_database_packages_value_at(packages, at), 0);
}

static void show_all(dpkg_database_view database)
{
    static const inlay_str      any = {NULL, 0};
    dpkg_database_packages_view packages = dpkg_database_get_packages(database);
    size_t                      shown = 0;
    size_t                      i;

    for (i = 0; i < dpkg_database_packages_count(packages); i++) {
        inlay_str name = dpkg_database_packages_key_at(packages, i);

        shown += show_list(name, any,
                           dpkg_database_packages_value_at(packages, i), shown);
    }
}

static int show_from(int argc, char **argv, cache_trust trust)
{
    cache file;
    int   status;

    // A walk over all of it wants more than a look-up does.
    status = cache_open(argv[0], argc < 2 ? CACHE_VERIFIED : trust, &file);
    if (status != EXIT_GOOD) {
        return status;
    }
    if (argc < 2) {
        show_all(file.database);
    } else if (show_named(file.database, argv[1]) == 0) {
        status = complain(EXIT_BAD, "%s: no package `%s`", argv[0], argv[1]);
    }
    cache_close(&file);
    return status;
}

static int cmd_show(int argc, char **argv)
{
    return show_from(argc, argv, CACHE_CHECKED);
}

static int cmd_peek(int argc, char **argv)
{
    return show_from(argc, argv, CACHE_MAPPED);
}

// ---- Questions about all packages -------------------------------------------

static int cmd_rdepends(int argc, char **argv)
{
    cache file;
    int   status = cache_open(argv[0], CACHE_VERIFIED, &file);

    (void)argc;
    if (status != EXIT_GOOD) {
        return status;
    }
    if (query_rdepends(stdout, file.database, inlay_str_from(argv[1])) == 0) {
        status = complain(EXIT_BAD, "%s: nobody wants `%s`", argv[0], argv[1]);
    }
    cache_close(&file);
    return status;
}

static int cmd_sections(int argc, char **argv)
{
    cache file;
    int   status = cache_open(argv[0], CACHE_VERIFIED, &file);

    (void)argc;
    if (status != EXIT_GOOD) {
        return status;
    }
    if (!query_sections(stdout, file.database)) {
        status = complain(EXIT_WRONG, "memory ran out");
    }
    cache_close(&file);
    return status;
}

static int cmd_check(int argc, char **argv)
{
    cache file;
    int   status = cache_open(argv[0], CACHE_VERIFIED, &file);

    (void)argc;
    if (status != EXIT_GOOD) {
        return status;
    }
    printf(
        "%s: good: %zu packages in %zu bytes\n", argv[0],
        dpkg_database_packages_count(dpkg_database_get_packages(file.database)),
        file.file.size);
    cache_close(&file);
    return EXIT_GOOD;
}

static int cmd_stats(int argc, char **argv)
{
    return stats_print(argv[0], argc > 1 ? argv[1] : STATUS_PATH);
}

// ---- The command ------------------------------------------------------------

static const struct command {
    const char *name;
    const char *arguments;
    const char *summary;
    int         least; // arguments
    int         most;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"build", "[STATUS] OUT", "compile a status file into a cache", 1, 2,
     cmd_build},
    {"show", "FILE [NAME[:ARCH]]", "print a package, or all of them", 1, 2,
     cmd_show},
    {"peek", "FILE NAME[:ARCH]", "the same, without the checksum: O(1)", 2, 2,
     cmd_peek},
    {"rdepends", "FILE NAME", "print who depends on a package", 2, 2,
     cmd_rdepends},
    {"sections", "FILE", "sum up the installed size by section", 1, 1,
     cmd_sections},
    {"stats", "FILE [STATUS]", "print sizes and times", 1, 2, cmd_stats},
    {"check", "FILE", "verify all of a cache", 1, 1, cmd_check},
};

static void print_help(FILE *out)
{
    size_t i;

    fputs("usage: pkgcache COMMAND ...\n\n", out);
    for (i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        fprintf(out, "  %-9s %-19s %s\n", commands[i].name,
                commands[i].arguments, commands[i].summary);
    }
    fputs("\nSTATUS is " STATUS_PATH " unless given.\n"
          "Exits with 1 when the data is bad or has no such package, with 2\n"
          "after wrong usage or when reading or writing fails.\n",
          out);
}

static int run(int argc, char **argv)
{
    size_t i;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return EXIT_GOOD;
    }
    for (i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++) {
        const struct command *command = &commands[i];

        if (strcmp(argv[1], command->name) != 0) {
            continue;
        }
        if (argc - 2 < command->least || argc - 2 > command->most) {
            return complain(EXIT_WRONG, "usage: pkgcache %s %s", command->name,
                            command->arguments);
        }
        return command->run(argc - 2, argv + 2);
    }
    if (argc > 1) {
        return complain(EXIT_WRONG, "no command `%s`; try --help", argv[1]);
    }
    print_help(stderr);
    return EXIT_WRONG;
}

int main(int argc, char **argv)
{
    int status = run(argc, argv);

    if (fflush(stdout) != 0 || ferror(stdout)) {
        return complain(EXIT_WRONG, "standard output can't be written");
    }
    return status;
}

// cli.c -- what the subcommands share: messages and options; see cli.h.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/cli/cli.h"

int cli_complain(const cli_command *command, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "inlay%s%s: ", command != NULL ? " " : "",
            command != NULL ? command->name : "");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return CLI_WRONG;
}

int cli_option(const cli_command *command, int argc, char **argv,
               const char *letters, const struct option *options)
{
    const char *name = command->name;
    int         at = optind;
    int         option;

    opterr = 0;
    option = getopt_long(argc, argv, letters, options, NULL);
    switch (option) {
    case CLI_OPTION_HELP:
        if (!cli_write_stdout(command, command->help, strlen(command->help))) {
            return CLI_OPTION_WRONG;
        }
        break;
    case ':':
        cli_complain(command, "%s needs a value; see `inlay %s --help`",
                     argv[optind - 1], name);
        return CLI_OPTION_WRONG;
    case '?':
        // Letters stand together (-xy), so argv may not be past them yet.
        if (optopt != 0 && strncmp(argv[at], "--", 2) != 0) {
            cli_complain(command, "no option -%c; see `inlay %s --help`",
                         optopt, name);
        } else {
            cli_complain(command, "no option %s; see `inlay %s --help`",
                         argv[optind - 1], name);
        }
        return CLI_OPTION_WRONG;
    default:
        break;
    }
    return option;
}

bool cli_one_file(const cli_command *command, int argc, char **argv,
                  const char **path)
{
    *path = optind < argc ? argv[optind] : NULL;
    if (argc - optind > 1) {
        cli_complain(command, "one file at most, but there is `%s` too",
                     argv[optind + 1]);
        return false;
    }
    return true;
}

bool cli_number(const cli_command *command, const char *option,
                const char *text, uint64_t *number)
{
    char *end;

    *number = strtoull(text, &end, 0);
    if (text[0] < '0' || text[0] > '9' || *end != '\0') {
        cli_complain(command, "%s %s: not a number", option, text);
        return false;
    }
    return true;
}

bool cli_folders_add(const cli_command *command, cli_folders *folders,
                     const char *path)
{
    const char **paths =
        realloc(folders->paths, (folders->count + 1) * sizeof *paths);

    if (paths == NULL) {
        cli_complain(command, "memory ran out");
        return false;
    }
    paths[folders->count] = path;
    folders->paths = paths;
    folders->count++;
    return true;
}

// main.c -- the command `inlay`: finds the subcommand.
#include <stdio.h>
#include <string.h>

#include <inlay/version.h>

#include "gen/cli/cli.h"

static const cli_command *const commands[] = {
    &cmd_gen,
    &cmd_encode,
    &cmd_json,
    &cmd_verify,
    &cmd_frame,
    &cmd_cache,
    &cmd_cat,
    &cmd_recover,
};

enum {
    COMMAND_COUNT = sizeof commands / sizeof commands[0]
};

static int help_print(void)
{
    char   text[4000];
    size_t used;
    size_t i;

    used = (size_t)snprintf(text, sizeof text,
                            "usage: inlay COMMAND [OPTIONS] [FILES]\n\n");
    for (i = 0; i < COMMAND_COUNT; i++) {
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "  %-8s  %s\n",
                             commands[i]->name, commands[i]->summary);
    }
    used += (size_t)snprintf(
        text + used, sizeof text - used,
        "\n`inlay COMMAND --help` says more about each.\n"
        "\n"
        "Exits with 0 when all is well, with 1 when the data is bad, and with\n"
        "2 when the command was used wrongly or reading or writing failed.\n");
    return cli_write_stdout(NULL, text, used) ? CLI_GOOD : CLI_WRONG;
}

static int version_print(void)
{
    static const char text[] = "inlay " INLAY_VERSION "\n";

    return cli_write_stdout(NULL, text, sizeof text - 1) ? CLI_GOOD : CLI_WRONG;
}

static int command_unknown(const char *name)
{
    const char *near = NULL;
    size_t      distance = 3;
    size_t      i;

    if (name[0] == '-') {
        return cli_complain(NULL, "no option %s; see `inlay --help`", name);
    }
    for (i = 0; i < COMMAND_COUNT; i++) {
        size_t d = str_distance(name, commands[i]->name, distance);

        if (d < distance) {
            near = commands[i]->name;
            distance = d;
        }
    }
    if (near != NULL) {
        return cli_complain(NULL, "no command `%s`; did you mean `%s`?", name,
                            near);
    }
    return cli_complain(NULL, "no command `%s`; see `inlay --help`", name);
}

int main(int argc, char **argv)
{
    size_t i;

    if (argc < 2) {
        return cli_complain(NULL, "a command is needed; see `inlay --help`");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        return help_print();
    }
    if (strcmp(argv[1], "--version") == 0) {
        return version_print();
    }
    for (i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i]->name) == 0) {
            return commands[i]->run(argc - 1, argv + 1);
        }
    }
    return command_unknown(argv[1]);
}

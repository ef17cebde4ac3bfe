// cmd_verify.c -- `inlay verify`: is this a message?
#include <stdio.h>

#include <inlay/verify.h>

#include "gen/cli/cli.h"

static int verify_run(cli_type *type, bool canonical, const char *path)
{
    inlay_verify_options how = {.canonical = canonical};
    inlay_buffer         message;
    inlay_error          error;
    char                 text[INLAY_PATH_SIZE + 200];
    int                  status = CLI_WRONG;

    if (!cli_type_open(&cmd_verify, type)) {
        return CLI_WRONG;
    }
    inlay_buffer_init(&message, NULL);
    if (cli_read(&cmd_verify, path, &message)) {
        status = CLI_GOOD;
        if (inlay_verify_with(type->record, message.data, message.size, &how,
                              &error) != INLAY_OK) {
            inlay_error_format(&error, text, sizeof text);
            fprintf(stderr, "%s: %s\n", cli_input_name(path), text);
            status = CLI_BAD;
        }
    }
    inlay_buffer_release(&message);
    return status;
}

static int verify_main(int argc, char **argv)
{
    static const struct option names[] = {
        CLI_TYPE_OPTIONS,
        {"canonical", no_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    cli_type    type = {0};
    bool        canonical = false;
    const char *path;
    int         status = CLI_WRONG;
    int         option;

    while ((option = cli_option(&cmd_verify, argc, argv,
                                ":" CLI_TYPE_LETTERS "h", names)) !=
           CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (option == 'c') {
            canonical = true;
        } else if (option == CLI_OPTION_WRONG ||
                   !cli_type_option(&cmd_verify, &type, option)) {
            goto done;
        }
    }
    if (cli_one_file(&cmd_verify, argc, argv, &path)) {
        status = verify_run(&type, canonical, path);
    }
done:
    cli_type_close(&type);
    return status;
}

const cli_command cmd_verify = {
    "verify",
    "check that a file is a message",
    "usage: inlay verify [--canonical] --schema FILE --type NAME [MESSAGE]\n"
    "\n"
    "Says nothing and exits with 0 when the bytes are a message of the type;\n"
    "else says where and why not, and exits with 1. Without a file, or with "
    "-,\n"
    "reads standard input.\n"
    "\n" CLI_TYPE_HELP
    "  --canonical       refuse what is not the one canonical encoding\n"
    "  -h, --help        print this\n",
    verify_main,
};

// cmd_json.c -- `inlay json`: a message to JSON.
#include <stdio.h>
#include <stdlib.h>

#include <inlay/json.h>

#include "gen/cli/cli.h"

enum {
    INDENT_MAX = 16
};

static bool sink_stdout(void *context, const char *data, size_t size)
{
    (void)context;
    return cli_write_stdout(&cmd_json, data, size);
}

// Writes the message as JSON that ends in a newline.
static int json_convert(const inlay_record_desc *record, unsigned indent,
                        const char *path, const inlay_buffer *message)
{
    inlay_json_options how = {.indent = indent};
    inlay_sink         sink = {sink_stdout, NULL};
    inlay_error        error;
    inlay_status status = inlay_json_write(record, message->data, message->size,
                                           &how, sink, &error);
    char         text[INLAY_PATH_SIZE + 200];

    if (status == INLAY_JSON_SINK) {
        return CLI_WRONG;
    }
    if (status != INLAY_OK) {
        inlay_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s: %s\n", cli_input_name(path), text);
        return CLI_BAD;
    }
    if (indent == 0 && !cli_write_stdout(&cmd_json, "\n", 1)) {
        return CLI_WRONG;
    }
    return CLI_GOOD;
}

static int json_run(cli_type *type, unsigned indent, const char *path)
{
    inlay_buffer message;
    int          status = CLI_WRONG;

    if (!cli_type_open(&cmd_json, type)) {
        return CLI_WRONG;
    }
    inlay_buffer_init(&message, NULL);
    if (cli_read(&cmd_json, path, &message)) {
        status = json_convert(type->record, indent, path, &message);
    }
    inlay_buffer_release(&message);
    return status;
}

static bool indent_read(const char *text, unsigned *indent)
{
    char         *end;
    unsigned long value = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || value > INDENT_MAX) {
        cli_complain(&cmd_json, "--indent takes a number from 0 to %d",
                     INDENT_MAX);
        return false;
    }
    *indent = (unsigned)value;
    return true;
}

static int json_main(int argc, char **argv)
{
    static const struct option names[] = {
        CLI_TYPE_OPTIONS,
        {"indent", required_argument, NULL, 'n'},
        {NULL, 0, NULL, 0},
    };
    cli_type    type = {0};
    unsigned    indent = 0;
    const char *path;
    int         status = CLI_WRONG;
    int         option;

    while ((option = cli_option(&cmd_json, argc, argv, ":" CLI_TYPE_LETTERS "h",
                                names)) != CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (option == CLI_OPTION_WRONG ||
            (option == 'n' && !indent_read(optarg, &indent)) ||
            (option != 'n' && !cli_type_option(&cmd_json, &type, option))) {
            goto done;
        }
    }
    if (cli_one_file(&cmd_json, argc, argv, &path)) {
        status = json_run(&type, indent, path);
    }
done:
    cli_type_close(&type);
    return status;
}

const cli_command cmd_json = {
    "json",
    "print a message as JSON",
    "usage: inlay json --schema FILE --type NAME [--indent N] [MESSAGE]\n"
    "\n"
    "Verifies a message and prints it as JSON. Without a file, or with -,\n"
    "reads standard input.\n"
    "\n" CLI_TYPE_HELP
    "  --indent N        indent by N spaces a level; default: all on one line\n"
    "  -h, --help        print this\n",
    json_main,
};

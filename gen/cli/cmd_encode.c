// cmd_encode.c -- `inlay encode`: JSON to a message.
#include <stdio.h>
#include <unistd.h>

#include <inlay/json.h>

#include "gen/cli/cli.h"

typedef struct encode_options {
    cli_type    type;
    const char *out;
    const char *json;
    bool        allow_unknown;
} encode_options;

// Prints where the text is wrong, as compilers do.
static int encode_report(const char *path, const inlay_error *error)
{
    if (error->status == INLAY_OUT_OF_MEMORY) {
        return cli_complain(&cmd_encode, "memory ran out");
    }
    fprintf(stderr, "%s:%u:%u: %s%s%s\n", cli_input_name(path), error->line,
            error->column, error->path, error->path[0] != '\0' ? ": " : "",
            inlay_status_text(error->status));
    return CLI_BAD;
}

static int encode_convert(const encode_options *options,
                          const inlay_buffer *json, inlay_buffer *message)
{
    inlay_json_options how = {.allow_unknown = options->allow_unknown};
    inlay_error        error;
    bool               written;

    if (inlay_json_read(options->type.record, (const char *)json->data,
                        json->size, &how, message, &error) != INLAY_OK) {
        return encode_report(options->json, &error);
    }
    written =
        options->out != NULL
            ? cli_write(&cmd_encode, options->out, message->data, message->size)
            : cli_write_stdout(&cmd_encode, message->data, message->size);
    return written ? CLI_GOOD : CLI_WRONG;
}

static int encode_run(encode_options *options)
{
    inlay_buffer json;
    inlay_buffer message;
    int          status = CLI_WRONG;

    if (options->out == NULL && isatty(STDOUT_FILENO)) {
        return cli_complain(&cmd_encode,
                            "a message is binary: give -o FILE, or send "
                            "standard output elsewhere");
    }
    if (!cli_type_open(&cmd_encode, &options->type)) {
        return CLI_WRONG;
    }
    inlay_buffer_init(&json, NULL);
    inlay_buffer_init(&message, NULL);
    if (cli_read(&cmd_encode, options->json, &json)) {
        status = encode_convert(options, &json, &message);
    }
    inlay_buffer_release(&json);
    inlay_buffer_release(&message);
    return status;
}

static int encode_main(int argc, char **argv)
{
    static const struct option names[] = {
        CLI_TYPE_OPTIONS,
        {"output", required_argument, NULL, 'o'},
        {"allow-unknown", no_argument, NULL, 'u'},
        {NULL, 0, NULL, 0},
    };
    encode_options options = {0};
    int            status = CLI_WRONG;
    int            option;

    while ((option = cli_option(&cmd_encode, argc, argv,
                                ":" CLI_TYPE_LETTERS "o:h", names)) !=
           CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (option == 'o') {
            options.out = optarg;
        } else if (option == 'u') {
            options.allow_unknown = true;
        } else if (option == CLI_OPTION_WRONG ||
                   !cli_type_option(&cmd_encode, &options.type, option)) {
            goto done;
        }
    }
    if (cli_one_file(&cmd_encode, argc, argv, &options.json)) {
        status = encode_run(&options);
    }
done:
    cli_type_close(&options.type);
    return status;
}

const cli_command cmd_encode = {
    "encode",
    "make a message from JSON",
    "usage: inlay encode --schema FILE --type NAME [-o OUT] [JSON]\n"
    "\n"
    "Reads JSON and writes the message in its one canonical encoding. Without\n"
    "a file, or with -, reads standard input.\n"
    "\n" CLI_TYPE_HELP
    "  -o, --output OUT  write there, whole or not at all; default: standard\n"
    "                    output\n"
    "  --allow-unknown   skip names that the schema does not know\n"
    "  -h, --help        print this\n",
    encode_main,
};

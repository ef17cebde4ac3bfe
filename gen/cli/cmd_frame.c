// cmd_frame.c -- `inlay frame`: its options, and wrapping messages.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <inlay/verify.h>

#include "gen/cli/cmd_frame.h"

// ---- wrap -------------------------------------------------------------------

// Appends the frame of one message, which has to be one if a schema was given.
static int wrap_one(const frame_options *o, const char *path,
                    inlay_buffer *message, inlay_buffer *out)
{
    inlay_error  error;
    inlay_status status;
    char         text[INLAY_PATH_SIZE + 200];

    inlay_buffer_clear(message);
    if (!cli_read(&cmd_frame, path, message)) {
        return CLI_WRONG;
    }
    if (o->type.record != NULL &&
        inlay_verify(o->type.record, message->data, message->size, &error) !=
            INLAY_OK) {
        inlay_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s: %s\n", cli_input_name(path), text);
        return CLI_BAD;
    }
    status = inlay_frame_append(out, o->id, o->compression, message->data,
                                message->size);
    if (status != INLAY_OK) {
        return cli_complain(&cmd_frame, "%s: %s", cli_input_name(path),
                            inlay_status_text(status));
    }
    return CLI_GOOD;
}

static int wrap_all(const frame_options *o, inlay_buffer *message,
                    inlay_buffer *out)
{
    int status =
        o->path_count == 0 ? wrap_one(o, NULL, message, out) : CLI_GOOD;
    int i;

    for (i = 0; i < o->path_count && status == CLI_GOOD; i++) {
        status = wrap_one(o, o->paths[i], message, out);
    }
    if (status != CLI_GOOD) {
        return status;
    }
    if (o->out != NULL) {
        return cli_write(&cmd_frame, o->out, out->data, out->size) ? CLI_GOOD
                                                                   : CLI_WRONG;
    }
    return cli_write_stdout(&cmd_frame, out->data, out->size) ? CLI_GOOD
                                                              : CLI_WRONG;
}

int frame_wrap(frame_options *o)
{
    inlay_buffer message;
    inlay_buffer out;
    int          status;

    if (o->out == NULL && isatty(STDOUT_FILENO)) {
        return cli_complain(&cmd_frame, "a frame is binary: give -o FILE, or "
                                        "send standard output elsewhere");
    }
    if (!cli_type_id(&cmd_frame, &o->type, o->has_id, &o->id)) {
        return CLI_WRONG;
    }
    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&out, NULL);
    status = wrap_all(o, &message, &out);
    inlay_buffer_release(&message);
    inlay_buffer_release(&out);
    return status;
}

// ---- Options ----------------------------------------------------------------

static bool take_option(frame_options *o, int option)
{
    switch (option) {
    case 'o':
        o->out = optarg;
        return true;
    case 'd':
        o->folder = optarg;
        return true;
    case 'i':
        o->has_id = true;
        return cli_number(&cmd_frame, "--id", optarg, &o->id);
    case 'n':
        o->has_number = true;
        return cli_number(&cmd_frame, "--number", optarg, &o->number);
    case 'l':
        return cli_number(&cmd_frame, "--limit", optarg, &o->limit);
    case '4':
        o->compression = INLAY_COMPRESSION_LZ4;
        return true;
    case 'z':
        o->compression = INLAY_COMPRESSION_ZSTD;
        return true;
    default:
        return cli_type_option(&cmd_frame, &o->type, option);
    }
}

// The function of the word behind `frame`; NULL when there is none.
typedef int frame_function(frame_options *o);

static frame_function *function_find(const char *word)
{
    static const struct {
        const char     *word;
        frame_function *function;
    } functions[] = {
        {"wrap", frame_wrap}, {"list", frame_list}, {"unwrap", frame_unwrap}};
    size_t i;

    for (i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (strcmp(word, functions[i].word) == 0) {
            return functions[i].function;
        }
    }
    return NULL;
}

static int run(int argc, char **argv, frame_options *o)
{
    frame_function *function;

    if (optind == argc) {
        return cli_complain(&cmd_frame, "wrap, list or unwrap is needed; see "
                                        "`inlay frame --help`");
    }
    function = function_find(argv[optind]);
    if (function == NULL) {
        return cli_complain(&cmd_frame, "no `%s`; see `inlay frame --help`",
                            argv[optind]);
    }
    o->paths = argv + optind + 1;
    o->path_count = argc - optind - 1;
    return function(o);
}

static int frame_main(int argc, char **argv)
{
    static const struct option names[] = {
        CLI_TYPE_OPTIONS,
        {"id", required_argument, NULL, 'i'},
        {"lz4", no_argument, NULL, '4'},
        {"zstd", no_argument, NULL, 'z'},
        {"output", required_argument, NULL, 'o'},
        {"to", required_argument, NULL, 'd'},
        {"number", required_argument, NULL, 'n'},
        {"limit", required_argument, NULL, 'l'},
        {NULL, 0, NULL, 0},
    };
    frame_options options = {.limit = UINT64_C(1) << 30};
    int           status = CLI_WRONG;
    int           option;

    while ((option = cli_option(&cmd_frame, argc, argv,
                                ":" CLI_TYPE_LETTERS "o:n:h", names)) !=
           CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (option == CLI_OPTION_WRONG || !take_option(&options, option)) {
            goto done;
        }
    }
    status = run(argc, argv, &options);
done:
    cli_type_close(&options.type);
    return status;
}

const cli_command cmd_frame = {
    "frame",
    "put messages into frames, list and unwrap them",
    "usage: inlay frame wrap --schema FILE --type NAME [--lz4|--zstd] [-o "
    "OUT]\n"
    "                        [MESSAGE...]\n"
    "       inlay frame wrap --id ID [--lz4|--zstd] [-o OUT] [MESSAGE...]\n"
    "       inlay frame list [FILE]\n"
    "       inlay frame unwrap [-n N] [-o OUT | --to DIR] [FILE]\n"
    "\n"
    "wrap writes a frame around each message, which is verified first where a\n"
    "schema is given. list prints a line a frame: where it starts, type id,\n"
    "bytes of payload, compression, and whether the checksum is right; exits\n"
    "with 1 on damage. unwrap writes the messages themselves, one behind the\n"
    "other, or to DIR/0, DIR/1 and so on. Without a file, or with -, reads\n"
    "standard input.\n"
    "\n" CLI_TYPE_HELP "  --id ID           the type id instead, as in 0x1234\n"
    "  --lz4, --zstd     pack payloads that become smaller by it\n"
    "  -o, --output OUT  write there, whole or not at all; default: standard\n"
    "                    output\n"
    "  --to DIR          write each message to a file of its own, in a folder\n"
    "                    that is there\n"
    "  -n, --number N    only the frame number N, from 0\n"
    "  --limit BYTES     refuse what unpacks to more; default 1 GiB\n"
    "  -h, --help        print this\n",
    frame_main,
};

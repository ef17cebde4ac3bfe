// cli.h -- what the subcommands of `inlay` share.
//
// Exit statuses: 0 all is well; 1 the data is bad, and one line (or, for a
// schema, its diagnostics) on standard error says where and why; 2 the command
// was used wrongly, or reading, writing or memory failed.
//
// Who may include it: gen/cli/.
#ifndef INLAY_GEN_CLI_H
#define INLAY_GEN_CLI_H

#include <getopt.h>

#include <inlay/buffer.h>

#include "gen/desc_build.h"
#include "schema/schema.h"

enum {
    CLI_GOOD = 0,
    CLI_BAD = 1,
    CLI_WRONG = 2
};

// One subcommand. `run` gets the arguments from its own name on.
typedef struct cli_command {
    const char *name;
    const char *summary; // one line for `inlay --help`
    const char *help;
    int (*run)(int argc, char **argv);
} cli_command;

extern const cli_command cmd_gen;
extern const cli_command cmd_encode;
extern const cli_command cmd_json;
extern const cli_command cmd_verify;
extern const cli_command cmd_frame;
extern const cli_command cmd_cache;
extern const cli_command cmd_cat;
extern const cli_command cmd_recover;

// ---- Talking (cli.c) --------------------------------------------------------

// Prints `inlay COMMAND: message` and a newline on standard error; returns
// CLI_WRONG, which most who complain return next.
int cli_complain(const cli_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

enum {
    CLI_OPTION_HELP = 'h',
    CLI_OPTION_WRONG = '?',
    CLI_OPTION_END = -1
};

// Returns the next option, having complained about one that is wrong and
// printed the help where it was asked for.
int cli_option(const cli_command *command, int argc, char **argv,
               const char *letters, const struct option *options);

// Sets the one file that may follow the options; NULL when none does. False,
// with a complaint, when there are more.
bool cli_one_file(const cli_command *command, int argc, char **argv,
                  const char **path);

// Reads the number that an option has as its value, decimal or 0x; false with a
// complaint.
bool cli_number(const cli_command *command, const char *option,
                const char *text, uint64_t *number);

// Folders for imports, in the order of their -I.
typedef struct cli_folders {
    const char **paths;
    size_t       count;
} cli_folders;

bool cli_folders_add(const cli_command *command, cli_folders *folders,
                     const char *path);

// ---- Files (cli_file.c) -----------------------------------------------------

// What an input is called in messages; NULL and "-" are standard input.
const char *cli_input_name(const char *path);

// Reads all of an input; false with a complaint.
bool cli_read(const cli_command *command, const char *path, inlay_buffer *out);

// Writes a file whole or not at all, by way of a temporary file beside it.
// What is no regular file (a pipe, a device) is written as it is.
bool cli_write(const cli_command *command, const char *path, const void *data,
               size_t size);

// The same, leaving a file alone that has these bytes already.
bool cli_write_if_changed(const cli_command *command, const char *path,
                          const void *data, size_t size);

bool cli_write_stdout(const cli_command *command, const void *data,
                      size_t size);

// ---- Schemas (cli_schema.c, cli_sizes.c) ------------------------------------

// Compiles schemas. NULL, with complaints or diagnostics printed, when that
// fails; `status` is then CLI_WRONG for files that can't be read and `bad` for
// those that are wrong.
schema *cli_schema_load(const cli_command    *command,
                        const schema_options *options, int bad, int *status);

// Prints the least and the largest size of the messages of each record of the
// files that were named; false with a complaint.
bool cli_sizes_print(const cli_command *command, const ir_schema *ir);

// One record of a schema, for commands that read and write its messages.
typedef struct cli_type {
    const char              *schema_path; // of --schema
    const char              *name;        // of --type
    cli_folders              folders;     // of -I
    schema                  *compiled;
    desc_build               build;
    const inlay_record_desc *record;
} cli_type;

#define CLI_TYPE_LETTERS "s:t:I:"
#define CLI_TYPE_OPTIONS                                                       \
    {"schema", required_argument, NULL, 's'},                                  \
        {"type", required_argument, NULL, 't'},                                \
        {"import", required_argument, NULL, 'I'},                              \
    {                                                                          \
        "help", no_argument, NULL, CLI_OPTION_HELP                             \
    }
#define CLI_TYPE_HELP                                                          \
    "  --schema FILE     the schema\n"                                         \
    "  --type NAME       the message's record: Entry, or log.Entry\n"          \
    "  -I, --import DIR  look for imports there too; may be repeated\n"

// Takes --schema, --type or -I; false when memory ran out.
bool cli_type_option(const cli_command *command, cli_type *self, int option);

// Compiles the schema and finds the record; false with a complaint.
bool cli_type_open(const cli_command *command, cli_type *self);

// The type id by --id, where `has_id`, or by --schema and --type, which are
// then opened; false with a complaint where neither or both were given.
bool cli_type_id(const cli_command *command, cli_type *self, bool has_id,
                 uint64_t *id);

void cli_type_close(cli_type *self);

#endif

// cli_schema.c -- schemas for the command; see cli.h.
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/cli/cli.h"
#include "schema/describe.h"

static void diagnostics_print(const diag_sink *sink)
{
    size_t size = diag_render_all(sink, NULL, 0) + 1;
    char  *text = malloc(size);

    if (text == NULL) {
        fputs("inlay: memory ran out\n", stderr);
        return;
    }
    diag_render_all(sink, text, size);
    fputs(text, stderr);
    free(text);
}

// A file that is not there is no fault of the schema's.
static bool file_check(const cli_command *command, const char *path)
{
    struct stat info;
    bool        good = stat(path, &info) == 0 && access(path, R_OK) == 0;

    if (good && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        good = false;
    }
    if (!good) {
        cli_complain(command, "%s: %s", path, strerror(errno));
    }
    return good;
}

schema *cli_schema_load(const cli_command    *command,
                        const schema_options *options, int bad, int *status)
{
    diag_sink sink;
    schema   *compiled;
    size_t    i;

    for (i = 0; i < options->path_count; i++) {
        if (!file_check(command, options->paths[i])) {
            *status = CLI_WRONG;
            return NULL;
        }
    }
    diag_init(&sink, NULL);
    compiled = schema_load(options, &sink);
    if (compiled == NULL) {
        diagnostics_print(&sink);
        *status = sink.out_of_memory ? CLI_WRONG : bad;
    }
    diag_release(&sink);
    return compiled;
}

// ---- One record -------------------------------------------------------------

bool cli_type_option(const cli_command *command, cli_type *self, int option)
{
    switch (option) {
    case 's':
        self->schema_path = optarg;
        return true;
    case 't':
        self->name = optarg;
        return true;
    default:
        return cli_folders_add(command, &self->folders, optarg);
    }
}

// Complains about a name that is no record's, with the one that was likely
// meant.
static void type_unknown(const cli_command *command, const cli_type *self)
{
    const ir_schema *ir = schema_ir(self->compiled);
    const ir_decl   *decl = schema_find_decl(ir, self->name);
    const char      *near = NULL;
    size_t           distance = 3;
    uint32_t         i;

    if (decl != NULL) {
        cli_complain(command, "%s: `%s` is not a record", self->schema_path,
                     self->name);
        return;
    }
    for (i = 0; i < ir->files[0]->decl_count; i++) {
        const ir_decl *other = &ir->files[0]->decls[i];
        size_t d = str_distance(self->name, ir_decl_name(other), distance);

        if (other->kind == IR_DECL_RECORD && d < distance) {
            near = ir_decl_name(other);
            distance = d;
        }
    }
    if (near != NULL) {
        cli_complain(command, "%s has no record `%s`; did you mean `%s`?",
                     self->schema_path, self->name, near);
    } else {
        cli_complain(command, "%s has no record `%s`", self->schema_path,
                     self->name);
    }
}

bool cli_type_open(const cli_command *command, cli_type *self)
{
    schema_options   options = {.paths = &self->schema_path,
                                .path_count = 1,
                                .search = self->folders.paths,
                                .search_count = self->folders.count};
    const ir_record *record;
    int              status;

    if (self->schema_path == NULL || self->name == NULL) {
        cli_complain(command, "%s is needed; see `inlay %s --help`",
                     self->schema_path == NULL ? "--schema" : "--type",
                     command->name);
        return false;
    }
    self->compiled = cli_schema_load(command, &options, CLI_WRONG, &status);
    if (self->compiled == NULL) {
        return false;
    }
    record = schema_find_record(schema_ir(self->compiled), self->name);
    if (record == NULL) {
        type_unknown(command, self);
        return false;
    }
    desc_build_init(&self->build, NULL);
    self->record = desc_build_record(&self->build, record);
    if (self->record == NULL) {
        cli_complain(command, "memory ran out");
    }
    return self->record != NULL;
}

bool cli_type_id(const cli_command *command, cli_type *self, bool has_id,
                 uint64_t *id)
{
    bool schema_given = self->schema_path != NULL || self->name != NULL;

    if (has_id && schema_given) {
        cli_complain(command, "--id and --schema say the same twice");
        return false;
    }
    if (has_id) {
        return true;
    }
    if (!schema_given) {
        cli_complain(command,
                     "--schema and --type, or --id, is needed; see "
                     "`inlay %s --help`",
                     command->name);
        return false;
    }
    if (!cli_type_open(command, self)) {
        return false;
    }
    *id = schema_find_record(schema_ir(self->compiled), self->name)->id;
    return true;
}

void cli_type_close(cli_type *self)
{
    desc_build_release(&self->build);
    schema_free(self->compiled);
    free(self->folders.paths);
}

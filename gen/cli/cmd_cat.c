// cmd_cat.c -- `inlay cat`: a log as lines of JSON.
#define _XOPEN_SOURCE 700
#include <inttypes.h>
#include <stdio.h>

#include <inlay/json.h>

#include "gen/cli/cli_log.h"

enum {
    OUTPUT_SIZE = 1 << 16 // written at once
};

typedef struct cat {
    const char       *path;
    uint64_t          from;
    uint64_t          to; // UINT64_MAX: all
    uint64_t          left;
    inlay_log_reader  reader;
    inlay_description description;
    inlay_buffer      output;
    cli_progress      progress;
    int               status;
} cat;

static bool output_write(cat *self)
{
    bool good =
        cli_write_stdout(&cmd_cat, self->output.data, self->output.size);

    inlay_buffer_clear(&self->output);
    return good;
}

// Prints one record; one that is no message is told of and left out. False when
// nothing more can be printed.
static bool record_print(cat *self, const inlay_log_record *record)
{
    size_t       before = self->output.size;
    inlay_error  error;
    char         text[INLAY_PATH_SIZE + 200];
    inlay_status status =
        inlay_json_write(self->description.record, record->data, record->size,
                         NULL, inlay_sink_buffer(&self->output), &error);

    if (status == INLAY_OK) {
        inlay_buffer_append(&self->output, "\n", 1);
    }
    if (self->output.failed) {
        self->status = cli_complain(&cmd_cat, "memory ran out");
        return false;
    }
    if (status != INLAY_OK) {
        self->output.size = before;
        inlay_error_format(&error, text, sizeof text);
        cli_progress_clear(&self->progress);
        fprintf(stderr, "%s: record %" PRIu64 ": %s\n", self->path,
                record->sequence, text);
        self->status = CLI_BAD;
    }
    if (self->output.size >= OUTPUT_SIZE && !output_write(self)) {
        self->status = CLI_WRONG;
        return false;
    }
    return true;
}

static void damage_tell(cat *self)
{
    cli_progress_clear(&self->progress);
    cli_log_tell_damage(self->path, &self->reader.damage);
    self->status = CLI_BAD;
}

static void records_print(cat *self)
{
    inlay_log_record record;
    inlay_status     status = INLAY_OK;
    int              end;

    if (self->from > 0) {
        status = inlay_log_seek(&self->reader, self->from);
    }
    while (status == INLAY_OK || status == INLAY_DAMAGED) {
        if (self->left == 0) {
            return;
        }
        status = inlay_log_next(&self->reader, &record);
        if (status == INLAY_DAMAGED) {
            damage_tell(self);
        }
        if (status != INLAY_OK) {
            continue;
        }
        if (record.sequence >= self->to) {
            return;
        }
        if (!record_print(self, &record)) {
            return;
        }
        self->left--;
        cli_progress_show(&self->progress, self->reader.position,
                          self->reader.size);
    }
    if (status == INLAY_CLOSED && self->reader.damage.size > 0) {
        damage_tell(self);
    }
    end = cli_log_end(&cmd_cat, self->path, status);
    if (end != CLI_GOOD) {
        self->status = end;
    }
}

static int cat_run(cat *self)
{
    self->status = cli_log_open(&cmd_cat, self->path, &self->reader);
    if (self->status != CLI_GOOD) {
        return self->status;
    }
    inlay_buffer_init(&self->output, NULL);
    if (cli_log_describe(&cmd_cat, self->path, &self->reader,
                         &self->description)) {
        cli_progress_start(&self->progress);
        records_print(self);
        cli_progress_clear(&self->progress);
        if (!output_write(self)) {
            self->status = CLI_WRONG;
        }
        inlay_description_release(&self->description);
    } else {
        self->status = CLI_BAD;
    }
    inlay_buffer_release(&self->output);
    inlay_log_reader_close(&self->reader);
    return self->status;
}

static int cat_main(int argc, char **argv)
{
    static const struct option names[] = {
        {"from", required_argument, NULL, 'f'},
        {"to", required_argument, NULL, 't'},
        {"count", required_argument, NULL, 'n'},
        {"help", no_argument, NULL, CLI_OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    cat self = {.to = UINT64_MAX, .left = UINT64_MAX};
    int option;

    while ((option = cli_option(&cmd_cat, argc, argv, ":f:t:n:h", names)) !=
           CLI_OPTION_END) {
        bool good = false;

        switch (option) {
        case CLI_OPTION_HELP:
            return CLI_GOOD;
        case 'f':
            good = cli_number(&cmd_cat, "--from", optarg, &self.from);
            break;
        case 't':
            good = cli_number(&cmd_cat, "--to", optarg, &self.to);
            break;
        case 'n':
            good = cli_number(&cmd_cat, "--count", optarg, &self.left);
            break;
        default:
            break;
        }
        if (!good) {
            return CLI_WRONG;
        }
    }
    if (!cli_one_file(&cmd_cat, argc, argv, &self.path)) {
        return CLI_WRONG;
    }
    if (self.path == NULL) {
        return cli_complain(&cmd_cat,
                            "a log is needed; see `inlay cat --help`");
    }
    return cat_run(&self);
}

const cli_command cmd_cat = {
    "cat",
    "print a log as lines of JSON",
    "usage: inlay cat [--from N] [--to N] [--count N] LOG\n"
    "\n"
    "Prints the records of a log, each as one line of JSON. No schema is\n"
    "needed: the log has its own. What is damaged is told of on standard\n"
    "error, left out, and makes the exit status 1.\n"
    "\n"
    "  -f, --from N   start with record N; the first is 0\n"
    "  -t, --to N     stop before record N\n"
    "  -n, --count N  print at most N records\n"
    "  -h, --help     print this\n",
    cat_main,
};

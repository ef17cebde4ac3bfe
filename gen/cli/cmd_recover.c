// cmd_recover.c -- `inlay recover`: what is whole of a log, as a new one.
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gen/cli/cli_log.h"

typedef struct recovery {
    const char      *from;
    const char      *to;
    inlay_log_reader reader;
    inlay_log        log;
    cli_progress     progress;
    uint64_t         records;
    uint64_t         bytes;
    uint64_t         damages;
} recovery;

static int recovery_fails(const recovery *self, inlay_status status)
{
    return cli_complain(&cmd_recover, "%s: %s", self->to,
                        status == INLAY_SYSTEM ? strerror(errno)
                                               : inlay_status_text(status));
}

static void damage_tell(recovery *self)
{
    cli_progress_clear(&self->progress);
    cli_log_tell_damage(self->from, &self->reader.damage);
    self->damages++;
}

// Chunks keep their borders and keys, records their sequence.
static inlay_status record_copy(recovery *self, const inlay_log_record *record,
                                uint64_t *chunk)
{
    inlay_status status = INLAY_OK;

    if (self->reader.offset != *chunk) {
        *chunk = self->reader.offset;
        status = inlay_log_skip(&self->log, record->sequence);
        inlay_log_set_key(&self->log, self->reader.key);
    }
    if (status == INLAY_OK) {
        status = inlay_log_append(&self->log, record->data, record->size);
    }
    self->records++;
    self->bytes += record->size;
    return status;
}

static int records_copy(recovery *self)
{
    inlay_log_record record;
    inlay_status     status;
    uint64_t         chunk = 0;

    while ((status = inlay_log_next(&self->reader, &record)) == INLAY_OK ||
           status == INLAY_DAMAGED) {
        if (status == INLAY_DAMAGED) {
            damage_tell(self);
            continue;
        }
        status = record_copy(self, &record, &chunk);
        if (status != INLAY_OK) {
            return recovery_fails(self, status);
        }
        cli_progress_show(&self->progress, self->reader.position,
                          self->reader.size);
    }
    if (status == INLAY_CLOSED && self->reader.damage.size > 0) {
        damage_tell(self);
    }
    return cli_log_end(&cmd_recover, self->from, status);
}

// Reads the new log, which must be whole and have all that was copied.
static int copy_check(const recovery *self)
{
    inlay_log_reader reader;
    inlay_log_record record;
    uint64_t         records = 0, bytes = 0;
    inlay_status     status = inlay_log_reader_open(&reader, self->to, NULL);

    if (status != INLAY_OK) {
        return recovery_fails(self, status);
    }
    while ((status = inlay_log_next(&reader, &record)) == INLAY_OK) {
        records++;
        bytes += record.size;
    }
    inlay_log_reader_close(&reader);
    if (status != INLAY_CLOSED || records != self->records ||
        bytes != self->bytes) {
        return cli_complain(&cmd_recover,
                            "%s: what was written does not read back: %s",
                            self->to, inlay_status_text(status));
    }
    return CLI_GOOD;
}

static int log_copy(recovery *self)
{
    inlay_log_options how = {.align = self->reader.align,
                             .must_be_new = true,
                             .chunk_size = INLAY_LOG_RECORD_MAX};
    inlay_status      status = inlay_log_open_described(
             &self->log, self->to, self->reader.description, &how);
    int result;

    if (status != INLAY_OK) {
        return recovery_fails(self, status);
    }
    cli_progress_start(&self->progress);
    result = records_copy(self);
    cli_progress_clear(&self->progress);
    status = result == CLI_GOOD ? inlay_log_sync(&self->log) : INLAY_OK;
    if (status != INLAY_OK) {
        result = recovery_fails(self, status);
    }
    status = inlay_log_close(&self->log);
    if (result == CLI_GOOD && status != INLAY_OK) {
        result = recovery_fails(self, status);
    }
    if (result == CLI_GOOD) {
        result = copy_check(self);
    }
    if (result != CLI_GOOD) {
        unlink(self->to);
    }
    return result;
}

static int recovery_run(recovery *self)
{
    int result = cli_log_open(&cmd_recover, self->from, &self->reader);

    if (result != CLI_GOOD) {
        return result;
    }
    result = log_copy(self);
    if (result == CLI_GOOD) {
        fprintf(stderr, "%s: %" PRIu64 " records, %s\n", self->to,
                self->records,
                self->damages == 0 ? "nothing is lost"
                                   : "without those that are lost");
        result = self->damages == 0 ? CLI_GOOD : CLI_BAD;
    }
    inlay_log_reader_close(&self->reader);
    return result;
}

static int recover_main(int argc, char **argv)
{
    static const struct option names[] = {
        {"help", no_argument, NULL, CLI_OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    recovery self = {0};
    int      option;

    while ((option = cli_option(&cmd_recover, argc, argv, ":h", names)) !=
           CLI_OPTION_END) {
        return option == CLI_OPTION_HELP ? CLI_GOOD : CLI_WRONG;
    }
    if (argc - optind != 2) {
        return cli_complain(&cmd_recover,
                            "a log and a new file are needed; see `inlay "
                            "recover --help`");
    }
    self.from = argv[optind];
    self.to = argv[optind + 1];
    return recovery_run(&self);
}

const cli_command cmd_recover = {
    "recover",
    "copy what is whole of a damaged log",
    "usage: inlay recover LOG NEW\n"
    "\n"
    "Writes all records of a log that are whole into a new one, with their\n"
    "sequence and keys, and says on standard error what is lost. The new log\n"
    "is read again before that is called done. Exits with 1 when anything is\n"
    "lost. The old log stays as it is.\n"
    "\n"
    "  -h, --help     print this\n",
    recover_main,
};

// cli_log.h -- what the subcommands on logs share: opening with an explanation,
// telling of damage, a bar that shows how far they are.
//
// Who may include it: gen/cli/.
#ifndef INLAY_GEN_CLI_LOG_H
#define INLAY_GEN_CLI_LOG_H

#include <inlay/log.h>

#include "gen/cli/cli.h"

// Opens a log for reading; when that fails, complains, says what the file is
// and what can be done with it. Returns CLI_GOOD, CLI_BAD or CLI_WRONG.
int cli_log_open(const cli_command *command, const char *path,
                 inlay_log_reader *reader);

// Reads a log's description; false with a complaint.
bool cli_log_describe(const cli_command *command, const char *path,
                      const inlay_log_reader *reader,
                      inlay_description      *description);

// Prints a line on what is lost, of which the reader tells.
void cli_log_tell_damage(const char *path, const inlay_log_damage *damage);

// Says why reading ended: with INLAY_CLOSED nothing.
int cli_log_end(const cli_command *command, const char *path,
                inlay_status status);

// ---- Progress ---------------------------------------------------------------

// A bar on standard error, where that is a terminal and standard output is
// none; else nothing.
typedef struct cli_progress {
    bool     shown;
    uint64_t started; // nanoseconds
    uint64_t drawn;   // when last
    unsigned skipped; // calls since the clock was asked
} cli_progress;

void cli_progress_start(cli_progress *self);

// Shows how many of how many bytes are done; cheap enough for every record.
void cli_progress_show(cli_progress *self, uint64_t done, uint64_t total);

// Wipes the bar, so that a line can be printed, or at the end.
void cli_progress_clear(cli_progress *self);

#endif

// cmd_frame.h -- the parts of `inlay frame`.
//
// Who may include it: gen/cli/cmd_frame*.c.
#ifndef INLAY_GEN_CLI_CMD_FRAME_H
#define INLAY_GEN_CLI_CMD_FRAME_H

#include <inlay/frame.h>

#include "gen/cli/cli.h"

typedef struct frame_options {
    cli_type          type;
    const char       *out;    // of -o
    const char       *folder; // of --to
    uint64_t          id;     // of --id
    uint64_t          number; // of --number
    uint64_t          limit;  // of --limit
    inlay_compression compression;
    bool              has_id;
    bool              has_number;
    char            **paths; // the files behind the options
    int               path_count;
} frame_options;

int frame_wrap(frame_options *options);
int frame_list(frame_options *options);
int frame_unwrap(frame_options *options);

#endif

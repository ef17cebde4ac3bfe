/* append.h -- what opening a log needs of appending to it.
 *
 * Who may include it: codec/log/.
 */
#ifndef CODEC_LOG_APPEND_H
#define CODEC_LOG_APPEND_H

#include "codec/log/reader.h"

/* Starts a log without a file. */
void log_init(inlay_log *self, const inlay_log_options *options);

/* Closes the file and frees all memory; records that were not written are
 * gone. */
void log_release(inlay_log *self);

#endif

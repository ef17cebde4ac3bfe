/* reader.h -- what reads a log, for the writer that opens one as well.
 *
 *     reader.c    a file's header; opening and closing; records
 *     chunk.c     one chunk: finding it, loading it
 *     seek.c      chunks by sequence and key
 *
 * Who may include it: codec/log/.
 */
#ifndef CODEC_LOG_READER_H
#define CODEC_LOG_READER_H

#include "codec/log/format.h"

/* Starts a reader on an open file, which stays the caller's on failure. */
INLAY_NODISCARD inlay_status log_reader_start(
    inlay_log_reader *self, int fd, const inlay_log_reader_options *options);

/* Looks how large the file is now. */
INLAY_NODISCARD inlay_status log_reader_refresh(inlay_log_reader *self);

/* Makes the chunk at `offset` the one at hand. INLAY_CHECKSUM when there is no
 * whole one; `chunk->offset` is then where one may follow at the earliest. */
INLAY_NODISCARD inlay_status log_chunk_take(inlay_log_reader *self,
                                            uint64_t offset, log_chunk *chunk);

/* Finds the first chunk's header in [from, to). INLAY_CLOSED: there is none. */
INLAY_NODISCARD inlay_status log_chunk_find(inlay_log_reader *self,
                                            uint64_t from, uint64_t to,
                                            log_chunk *chunk);

/* Finds the first whole chunk from `from` on, and takes it; INLAY_CLOSED. */
INLAY_NODISCARD inlay_status log_chunk_find_whole(inlay_log_reader *self,
                                                  uint64_t          from,
                                                  log_chunk        *chunk);

/* Finds the last whole chunk of the file, and takes it; INLAY_CLOSED. */
INLAY_NODISCARD inlay_status log_chunk_find_last(inlay_log_reader *self,
                                                 log_chunk        *chunk);

#endif

/* log.h -- what is appended and scanned: records of LOG_RECORD_SIZE bytes, the
 * same for all subjects.
 */
#ifndef BENCH_IPC_LOG_H
#define BENCH_IPC_LOG_H

#include "bench/ipc/ipc_bench.h"

enum {
    LOG_RECORD_SIZE = 1024,
    LOG_BATCH = 256 /* records of a chunk, a call or a transaction */
};

/* Files are begun again beyond this many records: 128 MiB, less in smoke
 * runs. */
uint64_t log_records_max(void);

/* Record `index`: bytes that no compression or pattern helps with. */
const uint8_t *log_record(uint64_t index);

/* Writes the path of a file of this run. */
bool log_path(char path[200], const char *name);

/* SQLite's, in log_sqlite.c. */
extern const ipc_subject log_sqlite_append;
extern const ipc_subject log_sqlite_scan;

#endif

// log_recorder.h -- what a program does to one file, so that a test can do it
// again up to any point, and in any order that a disk may.
//
// Link with --wrap of pwrite, ftruncate, fdatasync and fsync.
#ifndef INLAY_TESTS_LOG_RECORDER_H
#define INLAY_TESTS_LOG_RECORDER_H

#include <stddef.h>
#include <stdint.h>

typedef enum log_op_kind {
    LOG_OP_WRITE,
    LOG_OP_CUT,
    LOG_OP_SYNC
} log_op_kind;

typedef struct log_op {
    log_op_kind kind;
    uint64_t    offset; // CUT: the size
    uint8_t    *data;
    size_t      size;
    uint64_t    promised; // records that are durable once this is done
} log_op;

enum {
    LOG_OPS_MAX = 2000
};

// All that was done since recording was started; free with log_record_free.
extern log_op log_ops[LOG_OPS_MAX];
extern size_t log_op_count;

void log_record_start(void);
void log_record_stop(void);
void log_record_free(void);

#endif

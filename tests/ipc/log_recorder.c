// log_recorder.c -- see log_recorder.h.
#include "log_recorder.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

log_op      log_ops[LOG_OPS_MAX];
size_t      log_op_count;
static bool recording;

void log_record_start(void)
{
    recording = true;
}

void log_record_stop(void)
{
    recording = false;
}

void log_record_free(void)
{
    while (log_op_count > 0) {
        free(log_ops[--log_op_count].data);
    }
}

static void record(log_op_kind kind, const void *data, size_t size,
                   uint64_t offset)
{
    log_op *op = &log_ops[log_op_count];

    if (!recording) {
        return;
    }
    assert(log_op_count < LOG_OPS_MAX);
    *op = (log_op){.kind = kind, .offset = offset, .size = size};
    if (size > 0) {
        op->data = malloc(size);
        assert(op->data != NULL);
        memcpy(op->data, data, size);
    }
    log_op_count++;
}

ssize_t __real_pwrite(int fd, const void *data, size_t size, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset);
int     __real_ftruncate(int fd, off_t size);
int     __wrap_ftruncate(int fd, off_t size);
int     __real_fdatasync(int fd);
int     __wrap_fdatasync(int fd);
int     __real_fsync(int fd);
int     __wrap_fsync(int fd);

ssize_t __wrap_pwrite(int fd, const void *data, size_t size, off_t offset)
{
    record(LOG_OP_WRITE, data, size, (uint64_t)offset);
    return __real_pwrite(fd, data, size, offset);
}

int __wrap_ftruncate(int fd, off_t size)
{
    record(LOG_OP_CUT, NULL, 0, (uint64_t)size);
    return __real_ftruncate(fd, size);
}

int __wrap_fdatasync(int fd)
{
    record(LOG_OP_SYNC, NULL, 0, 0);
    return __real_fdatasync(fd);
}

// Of a folder: the file's bytes are made durable by the other.
int __wrap_fsync(int fd)
{
    return __real_fsync(fd);
}

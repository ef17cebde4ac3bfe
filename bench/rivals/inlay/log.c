// log.c -- Inlay on "log".

#include "bench/rivals/inlay/inlay.h"

#include "bench/data/log.h"
#include "log.inlay.h"

static const log_logs *native_of(const void *model, inlay_arena *arena)
{
    const data_logs *data = model;
    log_logs        *root = take(arena, 1, sizeof *root);
    log_log         *logs = take(arena, data->log_count, sizeof *logs);
    size_t           i;

    if (root == NULL || logs == NULL) {
        return NULL;
    }
    for (i = 0; i < data->log_count; i++) {
        const data_log *log = &data->logs[i];

        logs[i] = (log_log){
            .address = {log->address.x0, log->address.x1, log->address.x2,
                        log->address.x3},
            .identity = log->identity,
            .userid = log->userid,
            .date = log->date,
            .request = log->request,
            .code = log->code,
            .size = log->size,
        };
    }
    *root = (log_logs){.logs = {.items = logs, .count = data->log_count}};
    return root;
}

static INLAY_INLINE uint64_t log_scalars(log_log_view log)
{
    log_address address = log_log_get_address(log);

    return (uint64_t)address.x0 + address.x1 + address.x2 + address.x3 +
           log_log_get_code(log) + log_log_get_size(log);
}

static INLAY_INLINE uint64_t log_strings(log_log_view log)
{
    return text_of(log_log_get_identity(log)) +
           text_of(log_log_get_userid(log)) + text_of(log_log_get_date(log)) +
           text_of(log_log_get_request(log));
}

static INLAY_INLINE uint64_t one(log_logs_view root, size_t turn)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);

    return count == 0 ? 0
                      : log_log_get_size(log_log_list_at(list, turn % count));
}

static INLAY_INLINE uint64_t tenth(log_logs_view root)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < count; i += 10) {
        log_log_view log = log_log_list_at(list, i);

        sum += log_scalars(log) + log_strings(log);
    }
    return sum;
}

static INLAY_INLINE uint64_t scalars(log_logs_view root)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < count; i++) {
        sum += bench_record(log_scalars(log_log_list_at(list, i)));
    }
    return sum;
}

static INLAY_INLINE uint64_t strings(log_logs_view root)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < count; i++) {
        sum += log_strings(log_log_list_at(list, i));
    }
    return sum;
}

static INLAY_INLINE uint64_t update(log_logs_view root, size_t turn)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    size_t            i;

    for (i = 0; i < count; i++) {
        log_log_set_size(log_log_list_at(list, i), turn);
    }
    return count;
}

#define INLAY_ROOT log_logs
#include "bench/rivals/inlay/cases.h"

// log.c -- the set "log": 10,000 records with four short strings each.

#include "bench/data/log.h"
#include "log.inlay.h"
#include "speed.h"

static const void *native(void)
{
    data_logs *data = data_logs_new(DATA_LOG_COUNT);
    log_log   *logs = speed_memory(data->log_count, sizeof *logs);
    log_logs  *root = speed_memory(1, sizeof *root);
    size_t     i;

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
    root->logs = (log_log_list){.items = logs, .count = data->log_count};
    return root;
}

static inlay_status encode(const void *root, void *buffer, size_t capacity,
                           size_t *size)
{
    return log_logs_encode(root, buffer, capacity, size, NULL);
}

static inlay_status measure(const void *root, inlay_encoder *encoder,
                            size_t *size)
{
    return log_logs_measure(root, encoder, size);
}

static inlay_status verify(const void *data, size_t size)
{
    return log_logs_verify(data, size, NULL);
}

static inlay_status decode(const void *data, size_t size, inlay_arena *arena)
{
    log_logs root;

    return log_logs_decode(data, size, arena, &root, NULL);
}

static uint64_t native_scalars(const void *root)
{
    const log_logs *logs = root;
    uint64_t        sum = 0;
    size_t          i;

    for (i = 0; i < logs->logs.count; i++) {
        const log_log *log = &logs->logs.items[i];

        sum += (uint64_t)log->address.x0 + log->address.x1 + log->address.x2 +
               log->address.x3 + log->code + log->size;
    }
    return sum;
}

static uint64_t native_strings(const void *root)
{
    const log_logs *logs = root;
    uint64_t        sum = 0;
    size_t          i;

    for (i = 0; i < logs->logs.count; i++) {
        const log_log *log = &logs->logs.items[i];

        sum += speed_string(log->identity) + speed_string(log->userid) +
               speed_string(log->date) + speed_string(log->request);
    }
    return sum;
}

static inline uint64_t view_scalars(log_logs_view root)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < count; i++) {
        log_log_view log = log_log_list_at(list, i);
        log_address  address = log_log_get_address(log);

        sum += (uint64_t)address.x0 + address.x1 + address.x2 + address.x3 +
               log_log_get_code(log) + log_log_get_size(log);
    }
    return sum;
}

static inline uint64_t view_strings(log_logs_view root)
{
    log_log_list_view list = log_logs_get_logs(root);
    size_t            count = log_log_list_count(list);
    uint64_t          sum = 0;
    size_t            i;

    for (i = 0; i < count; i++) {
        log_log_view log = log_log_list_at(list, i);

        sum += speed_string(log_log_get_identity(log)) +
               speed_string(log_log_get_userid(log)) +
               speed_string(log_log_get_date(log)) +
               speed_string(log_log_get_request(log));
    }
    return sum;
}

// The bytes were verified before; this stands for what _open_verified returns.
static inline log_logs_view open_as(const void *data, size_t size,
                                    bool verified)
{
    log_logs_view view = log_logs_open(data, size);

    view.record.verified = verified;
    return view;
}

static uint64_t scalars(const void *data, size_t size, bool verified)
{
    return verified ? view_scalars(open_as(data, size, true))
                    : view_scalars(open_as(data, size, false));
}

static uint64_t strings(const void *data, size_t size, bool verified)
{
    return verified ? view_strings(open_as(data, size, true))
                    : view_strings(open_as(data, size, false));
}

const speed_set speed_log = {
    .name = "log",
    .native = native,
    .encode = encode,
    .measure = measure,
    .verify = verify,
    .decode = decode,
    .native_scalars = native_scalars,
    .scalars = scalars,
    .native_strings = native_strings,
    .strings = strings,
};

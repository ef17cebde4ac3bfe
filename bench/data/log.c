// log.c -- generates "log". Draws must come in the original's order, which is
// the order of the statements here: C leaves that of arguments open.

#include "bench/data/log.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/data/rng.h"

static const char *const users[] = {
    "-", "alice", "bob", "carmen", "david", "eric", "frank", "george", "harry"};

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const uint16_t codes[] = {
    100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208,
    226, 300, 301, 302, 303, 304, 305, 306, 307, 308, 400, 401, 402,
    403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415,
    416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
    500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511};

static const char *const methods[] = {"GET", "POST", "PUT", "UPDATE", "DELETE"};

static const char *const routes[] = {
    "/favicon.ico",       "/css/index.css",  "/css/font-awsome.min.css",
    "/img/logo-full.svg", "/img/splash.jpg", "/api/login",
    "/api/logout"};

static const char *const protocols[] = {"HTTP/1.0", "HTTP/1.1", "HTTP/2",
                                        "HTTP/3"};

static inlay_str make_date(rng *random, data_arena *memory)
{
    char        text[64];
    int         day = rng_range_i32(random, 1, 29);
    const char *month = RNG_TEXT(random, months);
    int         year = rng_range_i32(random, 1970, 2022);
    int         hour = rng_range_i32(random, 0, 24);
    int         minute = rng_range_i32(random, 0, 60);
    int         second = rng_range_i32(random, 0, 60);
    int         zone = (int)rng_below_u64(random, 25) - 12;

    snprintf(text, sizeof(text), "%d/%s/%d:%d:%d:%d %c%02d00", day, month, year,
             hour, minute, second, zone < 0 ? '-' : '+', abs(zone));
    return data_arena_text(memory, text);
}

static inlay_str make_request(rng *random, data_arena *memory)
{
    char        text[64];
    const char *method = RNG_TEXT(random, methods);
    const char *route = RNG_TEXT(random, routes);
    const char *protocol = RNG_TEXT(random, protocols);

    snprintf(text, sizeof(text), "%s %s %s", method, route, protocol);
    return data_arena_text(memory, text);
}

static void make_log(data_log *log, rng *random, data_arena *memory)
{
    log->date = make_date(random, memory);
    log->request = make_request(random, memory);
    log->address.x0 = (uint8_t)rng_u32(random);
    log->address.x1 = (uint8_t)rng_u32(random);
    log->address.x2 = (uint8_t)rng_u32(random);
    log->address.x3 = (uint8_t)rng_u32(random);
    log->identity = data_arena_text(memory, "-");
    log->userid = data_arena_text(memory, RNG_TEXT(random, users));
    log->code = codes[rng_below_u64(random, sizeof(codes) / sizeof(codes[0]))];
    log->size = rng_below_u64(random, 100000000);
}

data_logs *data_logs_new(size_t count)
{
    data_arena memory = {NULL};
    data_logs *self = data_arena_array(&memory, 1, sizeof(*self));
    rng        random;

    rng_init(&random);
    self->logs = data_arena_array(&memory, count, sizeof(*self->logs));
    self->log_count = count;
    for (size_t i = 0; i < count; i++) {
        make_log(&self->logs[i], &random, &memory);
    }
    self->memory = memory;
    return self;
}

void data_logs_free(data_logs *self)
{
    if (self != NULL) {
        data_arena memory = self->memory; // the root lies in it, too

        data_arena_release(&memory);
    }
}

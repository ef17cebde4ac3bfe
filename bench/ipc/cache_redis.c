// cache_redis.c -- a real redis-server over a UNIX socket, by hiredis.
#define _GNU_SOURCE
#include "bench/ipc/cache.h"

#ifdef IPC_HAVE_REDIS

#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PIPELINE = 100,
    START_TRIES = 500,
    START_WAIT_US = 10000
};

typedef struct redis {
    pid_t         server;
    redisContext *context;
    uint64_t      position;
    bool          filled;
} redis;

// One server for both subjects.
static redis shared;
static int   users;

static void redis_end(void)
{
    if (shared.context != NULL) {
        redisFree(shared.context);
    }
    if (shared.server > 0) {
        kill(shared.server, SIGTERM);
        waitpid(shared.server, NULL, 0);
    }
    memset(&shared, 0, sizeof shared);
}

static pid_t server_start(const char *socket_path)
{
    pid_t child = fork();

    if (child == 0) {
        FILE *quiet = freopen("/dev/null", "w", stdout);

        if (quiet != NULL) {
            execlp("redis-server", "redis-server", "--port", "0",
                   "--unixsocket", socket_path, "--save", "", "--appendonly",
                   "no", "--dir", ipc_folder(), (char *)NULL);
        }
        _exit(127);
    }
    return child;
}

static bool connect_to(const char *socket_path)
{
    int tries;

    for (tries = 0; tries < START_TRIES; tries++) {
        shared.context = redisConnectUnix(socket_path);
        if (shared.context != NULL && shared.context->err == 0) {
            return true;
        }
        redisFree(shared.context);
        shared.context = NULL;
        if (waitpid(shared.server, NULL, WNOHANG) != 0) {
            shared.server = 0; // it has ended
            return false;
        }
        usleep(START_WAIT_US);
    }
    return false;
}

static bool reply_skip(void)
{
    void *reply = NULL;
    bool  good = redisGetReply(shared.context, &reply) == REDIS_OK;

    freeReplyObject(reply);
    return good;
}

static bool fill(void)
{
    bool   good = true;
    size_t i, j;

    for (i = 0; good && i < entries_count(); i += PIPELINE) {
        size_t end =
            i + PIPELINE < entries_count() ? i + PIPELINE : entries_count();

        for (j = i; j < end; j++) {
            char        room[ENTRIES_KEY_ROOM];
            inlay_bytes key = entries_key(j, room);
            inlay_bytes value = entries_value(j);
            const char *words[] = {"SET", (const char *)key.data,
                                   (const char *)value.data};
            size_t      sizes[] = {3, key.size, value.size};

            redisAppendCommandArgv(shared.context, 3, words, sizes);
        }
        for (j = i; j < end; j++) {
            good &= reply_skip();
        }
    }
    return good;
}

static const char *redis_start(void **state)
{
    char path[200];

    if (users++ > 0) {
        *state = &shared;
        return shared.filled ? NULL : "see above";
    }
    *state = &shared;
    if (!entries_init() || !cache_file_path("redis", path, sizeof path)) {
        return "memory ran out";
    }
    shared.server = server_start(path);
    if (shared.server < 0 || !connect_to(path)) {
        return "redis-server can't be started: is it installed?";
    }
    shared.filled = fill();
    return shared.filled ? NULL : "the server can't be filled";
}

static void ask(size_t index)
{
    char        room[ENTRIES_KEY_ROOM];
    inlay_bytes key = entries_key(index, room);
    const char *words[] = {"GET", (const char *)key.data};
    size_t      sizes[] = {3, key.size};

    redisAppendCommandArgv(shared.context, 2, words, sizes);
}

static bool answer_take(void)
{
    void       *got = NULL;
    redisReply *reply;
    bool        good;

    if (redisGetReply(shared.context, &got) != REDIS_OK) {
        return false;
    }
    reply = got;
    good = reply->type == REDIS_REPLY_STRING &&
           entries_take(reply->str, reply->len);
    freeReplyObject(reply);
    return good;
}

static bool redis_run_batches(uint64_t count, size_t batch)
{
    bool good = true;

    while (count > 0 && good) {
        size_t some = count < batch ? (size_t)count : batch;
        size_t i;

        for (i = 0; i < some; i++) {
            ask(entries_next(&shared.position));
        }
        for (i = 0; i < some; i++) {
            good &= answer_take();
        }
        count -= some;
    }
    return good;
}

static bool redis_run(void *state, uint64_t count)
{
    (void)state;
    return redis_run_batches(count, 1);
}

static bool redis_run_pipeline(void *state, uint64_t count)
{
    (void)state;
    return redis_run_batches(count, PIPELINE);
}

static void redis_stop(void *state)
{
    (void)state;
    if (--users == 0) {
        redis_end();
    }
}

#else

static const char *redis_start(void **state)
{
    (void)state;
    return "not found: libhiredis-dev";
}

#define redis_run          NULL
#define redis_run_pipeline NULL
#define redis_stop         NULL

#endif

const ipc_subject cache_redis = {"Redis, one GET at a time",
                                 "a server of its own, over a UNIX socket",
                                 redis_start, redis_run, redis_stop};

const ipc_subject cache_redis_pipeline = {
    "Redis, pipelines of 100", "a server of its own, over a UNIX socket",
    redis_start, redis_run_pipeline, redis_stop};

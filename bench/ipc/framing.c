// framing.c -- what frames and verifying add to sending bytes over a socket
// pair: one process writes and reads, so that no switch of processes is timed.
#define _GNU_SOURCE
#include <inlay/frame.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/ipc/entries.h"
#include "bench/ipc/groups.h"
#include "user.inlay.h"

typedef struct pair {
    int                ends[2];
    inlay_frame_writer writer;
    inlay_frame_reader reader;
} pair;

static const char *pair_open(void **state, bool short_frames)
{
    inlay_frame_options how = {.type_id = IPC_USER_USER_TYPE_ID,
                               .short_frames = short_frames};
    pair               *self = calloc(1, sizeof *self);

    if (self == NULL || !entries_init() ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, self->ends) != 0) {
        free(self);
        return "no socket pair";
    }
    inlay_frame_writer_init(&self->writer, self->ends[0], &how);
    inlay_frame_reader_init(&self->reader, self->ends[1], &how);
    *state = self;
    return NULL;
}

static const char *frames_start(void **state)
{
    return pair_open(state, false);
}

static const char *short_frames_start(void **state)
{
    return pair_open(state, true);
}

static void pair_stop(void *state)
{
    pair *self = state;

    inlay_frame_writer_release(&self->writer);
    inlay_frame_reader_release(&self->reader);
    close(self->ends[0]);
    close(self->ends[1]);
    free(self);
}

static bool message_send(pair *self, size_t index)
{
    inlay_bytes message = entries_value(index);

    return inlay_frame_writer_put(&self->writer, IPC_USER_USER_TYPE_ID,
                                  message.data, message.size,
                                  INLAY_NEVER) == INLAY_OK;
}

// Receives a message, and verifies it as whoever does not trust the sender has
// to.
static bool message_receive(pair *self, size_t index)
{
    inlay_frame        frame;
    ipc_user_user_view user;

    return inlay_frame_reader_next(&self->reader, INLAY_NEVER, &frame, NULL) ==
               INLAY_OK &&
           ipc_user_user_open_verified(frame.payload.data, frame.payload.size,
                                       &user, NULL) == INLAY_OK &&
           ipc_user_user_get_id(user) == index;
}

static bool frames_run(void *state, uint64_t count)
{
    pair    *self = state;
    uint64_t i;
    bool     good = true;

    for (i = 0; i < count && good; i++) {
        size_t index = (size_t)(i % 1000);

        good =
            message_send(self, index) &&
            inlay_frame_writer_flush(&self->writer, INLAY_NEVER) == INLAY_OK &&
            message_receive(self, index);
    }
    return good;
}

static bool frames_run_batch(void *state, uint64_t count)
{
    enum {
        BATCH = 100
    };
    pair *self = state;
    bool  good = true;

    while (count > 0 && good) {
        size_t some = count < BATCH ? (size_t)count : BATCH;
        size_t i;

        for (i = 0; i < some && good; i++) {
            good = message_send(self, i);
        }
        good = good &&
               inlay_frame_writer_flush(&self->writer, INLAY_NEVER) == INLAY_OK;
        for (i = 0; i < some && good; i++) {
            good = message_receive(self, i);
        }
        count -= some;
    }
    return good;
}

// The same without a socket: what frames and verifying cost by themselves.
static bool memory_run(void *state, uint64_t count)
{
    uint8_t  frame[INLAY_FRAME_SIZE + 256];
    uint64_t i;
    bool     good = true;

    (void)state;
    for (i = 0; i < count && good; i++) {
        size_t             index = (size_t)(i % 1000);
        inlay_bytes        message = entries_value(index);
        inlay_frame        found;
        ipc_user_user_view user;

        memcpy(frame + INLAY_FRAME_SIZE, message.data, message.size);
        inlay_frame_seal(frame, IPC_USER_USER_TYPE_ID, INLAY_COMPRESSION_NONE,
                         frame + INLAY_FRAME_SIZE, message.size);
        good =
            inlay_frame_open(frame, INLAY_FRAME_SIZE + message.size,
                             IPC_USER_USER_TYPE_ID, &found, NULL) == INLAY_OK &&
            inlay_frame_check(&found, NULL) == INLAY_OK &&
            ipc_user_user_open_verified(found.payload.data, found.payload.size,
                                        &user, NULL) == INLAY_OK &&
            ipc_user_user_get_id(user) == index;
    }
    return good;
}

static bool verify_run(void *state, uint64_t count)
{
    uint64_t i;
    bool     good = true;

    (void)state;
    for (i = 0; i < count && good; i++) {
        size_t             index = (size_t)(i % 1000);
        inlay_bytes        message = entries_value(index);
        ipc_user_user_view user;

        good = ipc_user_user_open_verified(message.data, message.size, &user,
                                           NULL) == INLAY_OK &&
               ipc_user_user_get_id(user) == index;
    }
    return good;
}

static bool raw_run(void *state, uint64_t count)
{
    pair    *self = state;
    uint64_t i;
    bool     good = true;

    for (i = 0; i < count && good; i++) {
        inlay_bytes message = entries_value((size_t)(i % 1000));
        uint8_t     got[256];

        good = send(self->ends[0], message.data, message.size, MSG_NOSIGNAL) ==
                   (ssize_t)message.size &&
               read(self->ends[1], got, sizeof got) == (ssize_t)message.size &&
               got[0] == message.data[0];
    }
    return good;
}

static const ipc_subject raw = {"bytes without frames",
                                "one send, one read; nothing is checked",
                                frames_start, raw_run, pair_stop};
static const ipc_subject frames = {"Inlay frames",
                                   "checksum, and each message verified",
                                   frames_start, frames_run, pair_stop};
static const ipc_subject short_frames = {
    "Inlay short frames", "checksum, and each message verified",
    short_frames_start, frames_run, pair_stop};
static const ipc_subject frames_batch = {
    "Inlay frames, 100 with one call", "checksum, and each message verified",
    frames_start, frames_run_batch, pair_stop};

static const ipc_subject memory = {"Inlay frames, without a socket",
                                   "copied, sealed, opened, verified",
                                   frames_start, memory_run, pair_stop};
static const ipc_subject verify = {"verifying alone",
                                   "of the message, without a frame",
                                   frames_start, verify_run, pair_stop};

static const ipc_subject *const subjects[] = {
    &raw, &frames, &short_frames, &frames_batch, &memory, &verify};

const ipc_group ipc_group_framing = {
    "framing",
    "send a small message over a UNIX socket pair and receive it",
    "message",
    subjects,
    sizeof subjects / sizeof subjects[0],
};

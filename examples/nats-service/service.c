// service.c -- see service.h.
//
// One thread, which takes the next request when it has answered the last: what
// waits lies with the client library, up to a limit, and beyond that is dropped
// by it and told as a slow consumer, so memory is bounded and those who ask are
// told by their deadline.
#define _POSIX_C_SOURCE 200809L
#include "service.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>

#include <nats/nats.h>

#include "answer.h"
#include "subject.h"

enum {
    ANSWER_MAX = 1 << 20,         // bytes, whatever the server takes
    HEADERS_MAX = 256,            // bytes of an answer's headers
    PENDING_MAX = 1000,           // requests that wait
    PENDING_BYTES_MAX = 16 << 20, // bytes of them
    LOOK_MS = 100                 // how often to look whether to stop
};

static volatile sig_atomic_t stopping;

static void stop(int signal)
{
    (void)signal;
    stopping = 1;
}

// What is needed to answer.
typedef struct service {
    natsConnection   *connection;
    natsSubscription *requests;
    shop_file         file;
    answer_counters   counters;
    uint8_t          *answer;
    size_t            capacity;
} service;

// ---- One request ------------------------------------------------------------

// Sends an answer; its edition is a header, too, for those who route or log
// without opening payloads.
static natsStatus publish(service *self, const char *to, size_t size)
{
    natsMsg   *message = NULL;
    natsStatus status = natsMsg_Create(&message, to, NULL,
                                       (const char *)self->answer, (int)size);
    char       edition[17];

    snprintf(edition, sizeof edition, "%016" PRIx64,
             shop_catalogue_get_edition(self->file.catalogue));
    if (status == NATS_OK &&
        natsConnection_HasHeaderSupport(self->connection) == NATS_OK) {
        status = natsMsgHeader_Set(message, EDITION_HEADER, edition);
    }
    if (status == NATS_OK) {
        status = natsConnection_PublishMsg(self->connection, message);
    }
    natsMsg_Destroy(message);
    return status;
}

static void reply(service *self, natsMsg *message)
{
    const char  *to = natsMsg_GetReply(message);
    inlay_bytes  request = {(const uint8_t *)natsMsg_GetData(message),
                            (size_t)natsMsg_GetDataLength(message)};
    natsStatus   sent;
    inlay_status status;
    size_t       size;

    if (to == NULL) {
        complain(0, "a request that nobody waits for");
        return;
    }
    status = answer_request(&self->file, &self->counters, request, self->answer,
                            self->capacity, &size);
    if (status != INLAY_OK) {
        complain(0, "an answer: %s", inlay_status_text(status));
        return;
    }
    sent = publish(self, to, size);
    if (sent != NATS_OK) {
        complain(0, "an answer: %s", natsStatus_GetText(sent));
    }
}

// ---- All of them ------------------------------------------------------------

// Answers until it is told to stop, and then what has come before. Returns
// NATS_OK, or why it had to end.
static natsStatus answer_all(service *self)
{
    bool draining = false;

    for (;;) {
        natsMsg   *message = NULL;
        natsStatus status;

        if (stopping && !draining) {
            draining = true;
            status = natsSubscription_Drain(self->requests);
            if (status != NATS_OK) {
                return status;
            }
        }
        status = natsSubscription_NextMsg(&message, self->requests, LOOK_MS);
        if (status == NATS_OK) {
            reply(self, message);
            natsMsg_Destroy(message);
        } else if (status == NATS_SLOW_CONSUMER) {
            complain(0, "requests were dropped: there are too many");
        } else if (status != NATS_TIMEOUT) {
            return draining ? NATS_OK : status;
        } else if (draining) {
            return NATS_OK;
        }
    }
}

// Room for the largest answer that the server takes.
static bool make_room(service *self)
{
    int64_t most = natsConnection_GetMaxPayload(self->connection);

    most = most < ANSWER_MAX ? most : ANSWER_MAX;
    most -= HEADERS_MAX;
    self->capacity = most < 512 ? 512 : (size_t)most;
    self->answer = malloc(self->capacity);
    return self->answer != NULL;
}

static natsStatus subscribe_and_answer(service *self, const char *url)
{
    natsStatus status = connect_to_server(url, &self->connection);

    if (status == NATS_OK) {
        status = make_room(self) ? NATS_OK : NATS_NO_MEMORY;
    }
    if (status == NATS_OK) {
        status = natsConnection_QueueSubscribeSync(
            &self->requests, self->connection, SUBJECT, QUEUE);
    }
    if (status == NATS_OK) {
        status = natsSubscription_SetPendingLimits(self->requests, PENDING_MAX,
                                                   PENDING_BYTES_MAX);
    }
    if (status == NATS_OK) {
        // Once this is through, the server knows of us.
        status = natsConnection_FlushTimeout(self->connection, 5000);
    }
    if (status == NATS_OK) {
        puts("answering");
        fflush(stdout);
        status = answer_all(self);
    }
    if (status == NATS_OK) {
        status = natsConnection_FlushTimeout(self->connection, 5000);
    }
    return status;
}

int service_run(const char *url, const char *file)
{
    struct sigaction on_stop = {.sa_handler = stop};
    service          self = {.connection = NULL};
    natsStatus       status;
    int              result = shop_file_open(file, &self.file);

    if (result != EXIT_GOOD) {
        return result;
    }
    sigaction(SIGTERM, &on_stop, NULL);
    sigaction(SIGINT, &on_stop, NULL);
    status = subscribe_and_answer(&self, url);
    if (status != NATS_OK) {
        result =
            complain(EXIT_WRONG, "%s: %s", url, natsStatus_GetText(status));
    }
    printf("answered %" PRIu64 ", refused %" PRIu64 "\n",
           self.counters.answered, self.counters.refused);
    natsSubscription_Destroy(self.requests);
    natsConnection_Destroy(self.connection);
    free(self.answer);
    shop_file_close(&self.file);
    return result;
}

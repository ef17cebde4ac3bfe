// client.c -- see client.h.
#include "client.h"

#include <limits.h>
#include <stdlib.h>

#include <inlay/frame.h>

#include "ask.h"
#include "subject.h"

enum {
    ID = 1 // one question, one answer
};

natsStatus connect_to_server(const char *url, natsConnection **connection)
{
    natsOptions *options = NULL;
    natsStatus   status = natsOptions_Create(&options);

    if (status == NATS_OK) {
        status = natsOptions_SetURL(options, url);
    }
    if (status == NATS_OK) {
        status = natsOptions_SetTimeout(options, 5000);
    }
    if (status == NATS_OK) {
        status = natsOptions_SetReconnectWait(options, 500);
    }
    if (status == NATS_OK) {
        status = natsOptions_SetMaxReconnect(options, 120);
    }
    if (status == NATS_OK) {
        status = natsConnection_Connect(connection, options);
    }
    natsOptions_Destroy(options);
    return status;
}

// The answer comes from elsewhere: its frame says whether it is one, and
// ask_print verifies it.
static int print_reply(natsMsg *reply)
{
    inlay_error error;
    inlay_frame frame;

    if (inlay_frame_open(natsMsg_GetData(reply),
                         (size_t)natsMsg_GetDataLength(reply),
                         SHOP_ANSWER_TYPE_ID, &frame, &error) != INLAY_OK ||
        inlay_frame_check(&frame, &error) != INLAY_OK) {
        return complain_error(EXIT_BAD, "what was answered", &error);
    }
    return ask_print(frame.payload.data, frame.payload.size, ID);
}

static int print_failure(natsStatus status)
{
    if (status == NATS_NO_RESPONDERS) {
        return complain(EXIT_WRONG, "nobody answers on " SUBJECT);
    }
    if (status == NATS_TIMEOUT) {
        return complain(EXIT_WRONG, "no answer in time");
    }
    return complain(EXIT_WRONG, "%s", natsStatus_GetText(status));
}

int client_send(const char *url, uint32_t wait_ms, inlay_bytes raw)
{
    natsConnection *connection = NULL;
    natsMsg        *reply = NULL;
    natsStatus      status;
    int             result;

    if (raw.size > INT_MAX) {
        return complain(EXIT_WRONG, "that is too much to send");
    }
    status = connect_to_server(url, &connection);
    if (status == NATS_OK) {
        status = natsConnection_Request(&reply, connection, SUBJECT, raw.data,
                                        (int)raw.size, wait_ms);
    }
    result = status == NATS_OK ? print_reply(reply) : print_failure(status);
    natsMsg_Destroy(reply);
    natsConnection_Destroy(connection);
    return result;
}

int client_ask(const char *url, uint32_t wait_ms, int count, char *const *words)
{
    uint8_t frame[INLAY_FRAME_SIZE + SHOP_REQUEST_SIZE_MAX];
    size_t  size;
    int result = ask_encode(count, words, ID, frame + INLAY_FRAME_SIZE, &size);

    if (result != EXIT_GOOD) {
        return result;
    }
    inlay_frame_seal(frame, SHOP_REQUEST_TYPE_ID, INLAY_COMPRESSION_NONE,
                     frame + INLAY_FRAME_SIZE, size);
    return client_send(url, wait_ms,
                       (inlay_bytes){frame, INLAY_FRAME_SIZE + size});
}

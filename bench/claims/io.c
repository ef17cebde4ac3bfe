// io.c -- claims 24 to 28: I/O between services, over TCP on loopback.
#define _GNU_SOURCE
#include <fcntl.h>
#include <inlay/frame.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "bench/claims/list.h"
#include "bench/claims/wire.h"
#include "bench/harness/subject.h"

enum {
    MESSAGE = 64, // bytes: header 16, body 40, trailer 8
    HEADER = 16,
    BODY = 40,
    TRAILER = 8,
    MESSAGES = 200, // of a run; they fit into the socket's buffer
    REQUEST = 32
};

static const char no_loopback[] = "there is no TCP over loopback here";

// ---- 24, 25: calls per message ----------------------------------------------

typedef struct sender {
    wire               wire;
    inlay_frame_writer writer;
    char               message[MESSAGE];
} sender;

static bool sender_init(sender *self)
{
    memset(self->message, 7, sizeof self->message);
    if (!wire_open(&self->wire, true)) {
        return false;
    }
    inlay_frame_writer_init(&self->writer, self->wire.client, NULL);
    return true;
}

static void sender_release(sender *self)
{
    inlay_frame_writer_release(&self->writer);
    wire_close(&self->wire);
}

// Takes what was sent out of the other end, so that the next run finds room.
static uint64_t drain(sender *self, size_t size)
{
    static char got[MESSAGES * (MESSAGE + INLAY_FRAME_SIZE)];

    return wire_read(self->wire.server, got, size) ? MESSAGES : 0;
}

static uint64_t send_buffered(void *context)
{
    sender *self = context;
    bool    good = true;
    int     i;

    for (i = 0; i < MESSAGES; i++) {
        good &= inlay_frame_writer_put(&self->writer, 1, self->message, MESSAGE,
                                       INLAY_NEVER) == INLAY_OK;
    }
    good &= inlay_frame_writer_flush(&self->writer, INLAY_NEVER) == INLAY_OK;
    return good ? drain(self, MESSAGES * (MESSAGE + INLAY_FRAME_SIZE)) : 0;
}

static uint64_t send_each(void *context)
{
    sender *self = context;
    bool    good = true;
    int     i;

    for (i = 0; i < MESSAGES; i++) {
        good &= inlay_frame_write(self->wire.client, 1, self->message, MESSAGE,
                                  INLAY_NEVER) == INLAY_OK;
    }
    return good ? drain(self, MESSAGES * (MESSAGE + INLAY_FRAME_SIZE)) : 0;
}

void claim_buffered(claim_bench *bench)
{
    sender self;

    if (!sender_init(&self)) {
        claim_absent(bench, "", "%s", no_loopback);
        return;
    }
    claim_pair(bench, "", claim_about(2), (claim_variant){send_each, &self, 0},
               (claim_variant){send_buffered, &self, 0}, MESSAGES,
               "Processor time of a framed message of %d bytes over TCP, "
               "receiving included, a call each against a buffer",
               MESSAGE);
    sender_release(&self);
}

static uint64_t send_in_three(void *context)
{
    sender *self = context;
    bool    good = true;
    int     fd = self->wire.client;
    int     i;

    for (i = 0; i < MESSAGES; i++) {
        good &= wire_write(fd, self->message, HEADER) &&
                wire_write(fd, self->message + HEADER, BODY) &&
                wire_write(fd, self->message + HEADER + BODY, TRAILER);
    }
    return good ? drain(self, MESSAGES * MESSAGE) : 0;
}

static uint64_t send_in_one(void *context)
{
    sender *self = context;
    bool    good = true;
    int     i;

    for (i = 0; i < MESSAGES; i++) {
        struct iovec parts[] = {{self->message, HEADER},
                                {self->message + HEADER, BODY},
                                {self->message + HEADER + BODY, TRAILER}};

        good &= writev(self->wire.client, parts, 3) == MESSAGE;
    }
    return good ? drain(self, MESSAGES * MESSAGE) : 0;
}

void claim_vectored(claim_bench *bench)
{
    sender self;

    if (!sender_init(&self)) {
        claim_absent(bench, "", "%s", no_loopback);
        return;
    }
    claim_pair(bench, "", claim_over(1),
               (claim_variant){send_in_three, &self, 0},
               (claim_variant){send_in_one, &self, 0}, MESSAGES,
               "Processor time of a message of %d bytes over TCP, receiving "
               "included, header, body and trailer written one by one against "
               "one vectored write",
               MESSAGE);
    sender_release(&self);
}

// ---- 26, 27: requests and answers -------------------------------------------

// Answers each request with as many bytes, until the client is gone.
static void *serve(void *context)
{
    wire *w = context;
    char  request[REQUEST];

    while (wire_read(w->server, request, sizeof request)) {
        if (!wire_write(w->server, request, sizeof request)) {
            break;
        }
    }
    return NULL;
}

// The same with a buffer on the way in and out: all that is there is answered
// at once.
static void *serve_batches(void *context)
{
    wire *w = context;
    char  requests[REQUEST * 1024];

    for (;;) {
        ssize_t got = read(w->server, requests, sizeof requests);

        if (got <= 0 || !wire_write(w->server, requests, (size_t)got)) {
            return NULL;
        }
    }
}

// Sends a request, header and body one by one, and waits for the answer: the
// pattern that Nagle's algorithm and delayed acknowledgements make slow.
static bool ask_in_two(const wire *w)
{
    char text[REQUEST] = {0};

    return wire_write(w->client, text, HEADER) &&
           wire_write(w->client, text + HEADER, REQUEST - HEADER) &&
           wire_read(w->client, text, sizeof text);
}

// Sends `count` requests with one write and waits for all answers.
static bool ask_many(const wire *w, size_t count)
{
    static char text[REQUEST * 1024];

    return wire_write(w->client, text, count * REQUEST) &&
           wire_read(w->client, text, count * REQUEST);
}

typedef struct service {
    wire      wire;
    pthread_t thread;
} service;

static bool service_start(service *self, bool no_delay,
                          void *(*serve_it)(void *))
{
    if (!wire_open(&self->wire, no_delay)) {
        return false;
    }
    if (pthread_create(&self->thread, NULL, serve_it, &self->wire) != 0) {
        wire_close(&self->wire);
        return false;
    }
    return true;
}

static void service_stop(service *self)
{
    shutdown(self->wire.client, SHUT_RDWR);
    pthread_join(self->thread, NULL);
    wire_close(&self->wire);
}

// Median time of a request with or without TCP_NODELAY; 0: no service.
static claim_figure wait_of(const claim_bench *bench, bool no_delay)
{
    claim_figure figure = {0};
    service      self;
    double      *waits = malloc(bench->blocks * sizeof *waits);
    size_t       i;

    if (waits == NULL || !service_start(&self, no_delay, serve)) {
        free(waits);
        return figure;
    }
    // A young connection acknowledges at once: these do not count.
    for (i = 0; i < 20; i++) {
        (void)ask_in_two(&self.wire);
    }
    for (i = 0; i < bench->blocks; i++) {
        double begin = wire_now();

        waits[i] = ask_in_two(&self.wire) ? (wire_now() - begin) / 1e6 : 0;
    }
    service_stop(&self);
    figure = claim_figure_of(bench, waits, bench->blocks);
    free(waits);
    return figure;
}

void claim_no_delay(claim_bench *bench)
{
    claim_figure with = wait_of(bench, true);
    claim_figure without = wait_of(bench, false);

    if (with.median == 0 || without.median == 0) {
        claim_absent(bench, "", "%s", no_loopback);
        return;
    }
    claim_found(bench, "", claim_between(40, 200), " ms", without,
                "Time until the answer to a request of %d bytes that is "
                "written in two parts, without TCP_NODELAY; with it %.3f ms; "
                "written in one part, neither waits",
                REQUEST, with.median);
}

typedef struct rates {
    double *ratios;
    double  each;
    double  many;
} rates;

static bool batches_measure(const claim_bench *bench, const service *self,
                            rates *to, size_t batch)
{
    size_t rounds = bench->smoke ? 5 : 50;
    size_t block, i;
    bool   good = true;

    for (block = 0; block < bench->blocks; block++) {
        double begin = wire_now(), middle;

        for (i = 0; i < rounds; i++) {
            good &= ask_many(&self->wire, 1);
        }
        middle = wire_now();
        for (i = 0; i < rounds; i++) {
            good &= ask_many(&self->wire, batch);
        }
        to->each = (middle - begin) / (double)rounds;
        to->many = (wire_now() - middle) / (double)(rounds * batch);
        to->ratios[block] = to->each / to->many;
    }
    return good;
}

void claim_batching(claim_bench *bench)
{
    enum {
        BATCH = 30
    };
    service self;
    rates   found = {.ratios = malloc(bench->blocks * sizeof(double))};

    if (found.ratios == NULL || !service_start(&self, true, serve_batches)) {
        free(found.ratios);
        claim_absent(bench, "", "%s", no_loopback);
        return;
    }
    if (batches_measure(bench, &self, &found, BATCH)) {
        claim_found(bench, "", claim_about(30), CLAIM_TIMES,
                    claim_figure_of(bench, found.ratios, bench->blocks),
                    "Requests a second, %d with one write against each for "
                    "itself: in the last round %.0f against %.0f",
                    BATCH, 1e9 / found.many, 1e9 / found.each);
    } else {
        claim_absent(bench, "", "a request was not answered, a bug of ours");
        bench->failures++;
    }
    service_stop(&self);
    free(found.ratios);
}

// ---- 28: backpressure -------------------------------------------------------

// Offers `count` messages to a peer that reads one of ten. Returns the most
// bytes that ever waited in this process; 0 at an error. A bounded sender does
// not take what is refused; an unbounded one keeps it.
static double most_waiting(size_t count, bool bounded)
{
    inlay_frame_options how = {.buffer_size = 64 << 10};
    inlay_frame_writer  writer;
    inlay_buffer        queue;
    wire                w;
    char                message[1000] = {0};
    size_t              most = 0, i;

    if (!wire_open(&w, true)) {
        return 0;
    }
    fcntl(w.client, F_SETFL, O_NONBLOCK);
    fcntl(w.server, F_SETFL, O_NONBLOCK);
    inlay_frame_writer_init(&writer, w.client, &how);
    inlay_buffer_init(&queue, NULL);
    for (i = 0; i < count; i++) {
        inlay_status status = inlay_frame_writer_put(
            &writer, 1, message, sizeof message, INLAY_AT_ONCE);
        size_t waiting = inlay_frame_writer_pending(&writer) + queue.size;

        if (status == INLAY_WOULD_WAIT && !bounded) {
            inlay_buffer_append(&queue, message, sizeof message);
        }
        if (i % 10 == 0) {
            (void)wire_read(w.server, message, sizeof message);
        }
        most = waiting > most ? waiting : most;
    }
    inlay_buffer_release(&queue);
    inlay_frame_writer_release(&writer);
    wire_close(&w);
    return (double)most;
}

static void growth(claim_bench *bench, const char *what, claim_range range,
                   bool bounded)
{
    size_t       few = bench->smoke ? 10000 : 20000;
    double       less = most_waiting(few, bounded);
    double       more = most_waiting(10 * few, bounded);
    claim_figure figure = {more / less, more / less, more / less};

    if (less == 0 || more == 0) {
        claim_absent(bench, what, "%s", no_loopback);
        return;
    }
    claim_found(bench, what, range, CLAIM_TIMES, figure,
                "Memory that waits to be sent to a peer that reads one message "
                "of ten, ten times as many messages against %zu: %.0f kB "
                "against %.0f kB",
                few, more / 1e3, less / 1e3);
}

void claim_backpressure(claim_bench *bench)
{
    growth(bench, "bounded, refused when full", claim_free(), true);
    growth(bench, "unbounded", claim_over(1), false);
}

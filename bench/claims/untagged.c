// untagged.c -- claim 6: alternatives without a tag.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/json.h>

#include "bench/claims/list.h"
#include "event.inlay.h"

#define KINDS  4
#define EVENTS 256
#define ROOM   512

typedef struct events {
    char         bare[EVENTS][ROOM];
    char         tagged[EVENTS][ROOM];
    inlay_buffer message;
} events;

static bool read_as(events *e, const inlay_record_desc *desc, const char *text)
{
    inlay_buffer_clear(&e->message);
    return inlay_json_read(desc, text, strlen(text), NULL, &e->message, NULL) ==
           INLAY_OK;
}

// Tries one after the other until one fits.
static uint64_t read_bare(void *context)
{
    static const inlay_record_desc *const kinds[KINDS] = {
        &event_placed_desc, &event_shipped_desc, &event_returned_desc,
        &event_rated_desc};
    events  *e = context;
    uint64_t sum = 0;
    size_t   i, kind;

    for (i = 0; i < EVENTS; i++) {
        kind = 0;
        while (kind < KINDS && !read_as(e, kinds[kind], e->bare[i])) {
            kind++;
        }
        sum += kind + 1;
    }
    return sum;
}

static uint64_t read_tagged(void *context)
{
    events  *e = context;
    uint64_t sum = 0;
    size_t   i;

    for (i = 0; i < EVENTS; i++) {
        if (read_as(e, &event_tagged_desc, e->tagged[i])) {
            event_tagged_view view =
                event_tagged_open(e->message.data, e->message.size);

            sum += (uint64_t)event_event_tag(event_tagged_get_event(view));
        }
    }
    return sum;
}

static void events_fill(events *e)
{
    static const char *const names[KINDS] = {"placed", "shipped", "returned",
                                             "rated"};
    static const char *const ends[KINDS] = {
        "\"total\":129900", "\"carrier\":\"by bicycle\"",
        "\"reason\":\"too large\"", "\"stars\":4"};
    size_t i;

    for (i = 0; i < EVENTS; i++) {
        size_t kind = i * 7 % KINDS;

        snprintf(e->bare[i], ROOM,
                 "{\"id\":%zu,\"user\":\"customer-%zu@example.org\","
                 "\"items\":[4711,%zu,42,88000],"
                 "\"note\":\"please ring twice\",%s}",
                 1000000 + i, i * 37, i, ends[kind]);
        snprintf(e->tagged[i], ROOM, "{\"event\":{\"%s\":%.*s}}", names[kind],
                 ROOM - 32, e->bare[i]);
    }
}

void claim_untagged(claim_bench *bench)
{
    events *e = calloc(1, sizeof *e);

    if (e == NULL) {
        abort();
    }
    events_fill(e);
    inlay_buffer_init(&e->message, NULL);
    claim_pair(bench, "", claim_over(1), (claim_variant){read_bare, e, false},
               (claim_variant){read_tagged, e, false}, EVENTS,
               "JSON of four kinds of event in equal parts, alike but for "
               "their last member, read by trying one after the other (2.5 "
               "attempts) against a tag in front");
    inlay_buffer_release(&e->message);
    free(e);
}

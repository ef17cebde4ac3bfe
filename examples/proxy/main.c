// main.c -- one program over the years: the same source built with revision 1,
// 2 or 3 of its schema, as REVISION says.
//
//     parcel3 new | parcel1 pass depot 40 | parcel2 pass harbour 55 | parcel3
//     show
//
// Messages come on standard input and go to standard output.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/inlay.h>

#if REVISION == 1
#include "parcel1.inlay.h"
#elif REVISION == 2
#include "parcel2.inlay.h"
#else
#include "parcel3.inlay.h"
#endif

// What a message may make the program take.
#define MESSAGE_MAX (1 << 20)
#define MEMORY_MAX  (16 << 20)

static int fail(const char *what, const inlay_error *error)
{
    char text[400];

    inlay_error_format(error, text, sizeof text);
    fprintf(stderr, "parcel%d: %s: %s\n", REVISION, what, text);
    return 1;
}

// ---- Messages ---------------------------------------------------------------

// Appends all of standard input; false when it can't be read or is too much.
static bool message_read(inlay_buffer *message)
{
    size_t count = 1;

    while (count > 0 && message->size <= MESSAGE_MAX) {
        uint8_t *room = inlay_buffer_reserve(message, 4096);

        if (room == NULL) {
            return false;
        }
        count = fread(room, 1, 4096, stdin);
        message->size += count;
    }
    return !ferror(stdin) && message->size <= MESSAGE_MAX;
}

static int message_write(const parcel_parcel *parcel)
{
    size_t      size = parcel_parcel_encoded_size(parcel);
    uint8_t    *room = malloc(size + 1);
    inlay_error error;
    int         code = 0;

    if (room == NULL) {
        fputs("out of memory\n", stderr);
        return 1;
    }
    if (parcel_parcel_encode(parcel, room, size, &size, &error) != INLAY_OK) {
        code = fail("encode", &error);
    } else if (fwrite(room, 1, size, stdout) != size) {
        code = 1;
    }
    free(room);
    return code;
}

// ---- What the program does --------------------------------------------------

#if REVISION == 3
// A parcel that uses everything there is.
static int make(void)
{
    inlay_str                  clerks[] = {INLAY_STR("Ada"), INLAY_STR("Bo")};
    parcel_stop                stops[2] = {PARCEL_STOP_INIT, PARCEL_STOP_INIT};
    parcel_person              person = {.name = INLAY_STR("Eve")};
    parcel_parcel              parcel = PARCEL_PARCEL_INIT;
    parcel_parcel_labels_entry label = {.key = INLAY_STR("colour"),
                                        .value = INLAY_STR("blue")};

    stops[0].place = inlay_str_from("shop");
    stops[0].minute = 10;
    stops[0].weight = (inlay_f32_opt){true, 2.5f};
    stops[0].photo = (inlay_bytes){(const uint8_t *)"\xff\xd8\xff", 3};
    stops[1].place = inlay_str_from("truck");
    stops[1].minute = 30;
    stops[1].sealed = false;
    stops[1].clerks = (inlay_str_list){clerks, 2};
    parcel.id = 7;
    parcel.to = inlay_str_from("Uma");
    parcel.stops = (parcel_stop_list){.items = stops, .count = 2};
    parcel.first = stops[0];
    parcel.last.tag = PARCEL_EVENT_HANDED;
    parcel.last.handed = &person;
    parcel.insured.has = true;
    parcel.insured.value = (parcel_money){5000, {'E', 'U', 'R'}};
    parcel.labels = (parcel_parcel_labels){&label, 1};
    parcel.sender.name = inlay_str_from("Ann");
    parcel.sender.phone = (inlay_str_opt){true, INLAY_STR("555")};
    parcel.fragile = (inlay_bool_opt){true, true};
    return message_write(&parcel);
}
#endif

// Adds a stop, and puts the latest first; what newer revisions wrote into the
// others moves with them.
static inlay_status add_stop(parcel_parcel *parcel, inlay_arena *arena,
                             const char *place, uint32_t minute)
{
    size_t       count = parcel->stops.count;
    inlay_status status = INLAY_OK;
    parcel_stop  fresh = PARCEL_STOP_INIT;
    parcel_stop *stops =
        inlay_arena_take(arena, count + 1, sizeof *stops, &status);
    size_t i;

    if (stops == NULL) {
        return status;
    }
    fresh.place = inlay_str_from(place);
    fresh.minute = minute;
    stops[0] = fresh;
    for (i = 0; i < count; i++) {
        stops[i + 1] = parcel->stops.items[i];
    }
    parcel->stops = (parcel_stop_list){.items = stops, .count = count + 1};
    parcel->first.minute++;
#if REVISION >= 2
    parcel->audits++;
#endif
#if REVISION >= 3
    parcel->scans++;
#endif
    return INLAY_OK;
}

// Sends a message on, with a stop more if `place` is not NULL.
static int pass(bool keep, const char *place, uint32_t minute)
{
    inlay_buffer  message;
    inlay_arena   arena;
    parcel_parcel parcel;
    inlay_error   error;
    inlay_status  status;
    int           code;

    inlay_buffer_init(&message, NULL);
    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, MEMORY_MAX);
    inlay_arena_keep_unknown(&arena, keep);
    if (!message_read(&message)) {
        fputs("the message can't be read\n", stderr);
        inlay_buffer_release(&message);
        return 1;
    }
    status = parcel_parcel_decode(message.data, message.size, &arena, &parcel,
                                  &error);
    if (status == INLAY_OK && place != NULL) {
        status =
            inlay_error_set(&error, add_stop(&parcel, &arena, place, minute));
    }
    code = status == INLAY_OK ? message_write(&parcel) : fail("decode", &error);
    inlay_arena_release(&arena);
    inlay_buffer_release(&message);
    return code;
}

// Appends a message with fields replaced to `out`.
static inlay_status patch_append(parcel_parcel_view         parcel,
                                 const parcel_parcel_patch *patch,
                                 inlay_buffer *out, inlay_error *error)
{
    inlay_encoder encoder;
    inlay_status  status;
    size_t        size;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    status = parcel_parcel_patch_measure(parcel, patch, &encoder, &size);
    if (status == INLAY_OK) {
        uint8_t *room = inlay_buffer_reserve(out, size);

        status = room == NULL
                     ? inlay_error_set(&encoder.error, INLAY_OUT_OF_MEMORY)
                     : parcel_parcel_patch_write(parcel, patch, &encoder, room,
                                                 size);
    }
    if (status == INLAY_OK) {
        out->size += size;
    } else {
        *error = encoder.error;
    }
    inlay_encoder_release(&encoder);
    return status;
}

static int show(void)
{
    const inlay_json_options options = {.indent = 2};
    inlay_buffer             message;
    inlay_buffer             text;
    inlay_error              error;
    int                      code = 0;

    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&text, NULL);
    if (!message_read(&message)) {
        code = 1;
    } else if (inlay_json_write(&parcel_parcel_desc, message.data, message.size,
                                &options, inlay_sink_buffer(&text),
                                &error) != INLAY_OK) {
        code = fail("show", &error);
    } else {
        fwrite(text.data, 1, text.size, stdout);
    }
    inlay_buffer_release(&text);
    inlay_buffer_release(&message);
    return code;
}

// Sends a message on to somebody else. Nothing is decoded for that: two fields
// are replaced, one of them inside a record, and all else is copied.
static int redirect(const char *to, uint32_t minute)
{
    parcel_stop_patch   first = {.set.minute = true, .to.minute = minute};
    parcel_parcel_patch patch = {
        .set.to = true, .to.to = inlay_str_from(to), .in.first = &first};
    parcel_parcel_view parcel;
    inlay_buffer       message;
    inlay_buffer       out;
    inlay_error        error;
    int                code = 1;

    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&out, NULL);
    if (!message_read(&message)) {
        fputs("the message can't be read\n", stderr);
    } else if (parcel_parcel_open_verified(message.data, message.size, &parcel,
                                           &error) != INLAY_OK ||
               patch_append(parcel, &patch, &out, &error) != INLAY_OK) {
        fail("redirect", &error);
    } else if (fwrite(out.data, 1, out.size, stdout) == out.size) {
        code = 0;
    }
    inlay_buffer_release(&out);
    inlay_buffer_release(&message);
    return code;
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

#if REVISION == 3
    if (strcmp(command, "new") == 0) {
        return make();
    }
#endif
    if (strcmp(command, "show") == 0) {
        return show();
    }
    if (strcmp(command, "copy") == 0) {
        return pass(true, NULL, 0);
    }
    if (strcmp(command, "forget") == 0) {
        return pass(false, NULL, 0);
    }
    if (strcmp(command, "pass") == 0 && argc == 4) {
        return pass(true, argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    }
    if (strcmp(command, "redirect") == 0 && argc == 4) {
        return redirect(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    }
    fputs("usage: parcelN new | show | copy | forget | pass PLACE MINUTE |\n"
          "       redirect NAME MINUTE\n",
          stderr);
    return 2;
}

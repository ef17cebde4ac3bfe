// cache.c -- see cache.h.
#include "cache.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/frame.h>

#include "control.h"
#include "file.h"

int complain(int status, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("pkgcache: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return status;
}

uint64_t cache_text_hash(inlay_str text)
{
    return inlay_bytes_hash64(text.data, text.size);
}

// ---- Opening ----------------------------------------------------------------

// Names the package that a path such as `packages[17].value[0].depends` leads
// into. The message is damaged, so it is read as the clamped view has it, and
// its name taken for one only when it looks like one.
static void name_package(inlay_bytes message, const char *path, char *text,
                         size_t size)
{
    dpkg_database_packages_view packages;
    inlay_str                   name;
    char                       *end;
    size_t                      index, i;

    text[0] = '\0';
    if (strncmp(path, "packages[", 9) != 0) {
        return;
    }
    index = strtoul(path + 9, &end, 10);
    packages = dpkg_database_get_packages(
        dpkg_database_open(message.data, message.size));
    name = dpkg_database_packages_key_at(packages, index);
    for (i = 0; i < name.size && name.data[i] > ' ' && name.data[i] < 127;) {
        i++;
    }
    if (*end == ']' && name.size > 0 && i == name.size && name.size < 80) {
        snprintf(text, size, " in package `%.*s`", (int)name.size, name.data);
    }
}

// Writes what the verifier finds into `text`, which is empty when that is
// nothing. Offsets count from the start of the file, as in a dump of it.
static void find_damage(inlay_bytes message, char *text, size_t size)
{
    inlay_error error;
    size_t      used;

    text[0] = '\0';
    if (dpkg_database_verify(message.data, message.size, &error) == INLAY_OK) {
        return;
    }
    if (error.offset != INLAY_NO_OFFSET) {
        error.offset += INLAY_FRAME_SIZE;
    }
    used = inlay_error_format(&error, text, size);
    if (used < size) {
        name_package(message, error.path, text + used, size - used);
    }
}

enum {
    DAMAGE_SIZE = INLAY_PATH_SIZE + 300
};

// Complains about a frame. Of one that was cut short or damaged, verification
// tells more: which field it is that no longer makes sense.
static int refuse(const char *path, const inlay_error *error,
                  inlay_bytes message)
{
    char        sentence[200];
    char        found[DAMAGE_SIZE] = "";
    const char *more = "";

    inlay_error_format(error, sentence, sizeof sentence);
    if (error->status == INLAY_CUT_SHORT || error->status == INLAY_CHECKSUM) {
        find_damage(message, found, sizeof found);
        more = found[0] != '\0' ? "; "
               : error->status == INLAY_CHECKSUM
                   ? "; all fields are valid, so it can't be told which one "
                     "was changed"
                   : "";
    }
    return complain(EXIT_BAD, "%s: %s%s%s", path, sentence, more, found);
}

// Finds the frame's payload, in O(1): the frame has to fill the file, and to be
// readable where it lies.
static int frame_find(const char *path, cache *self, inlay_frame *frame)
{
    inlay_error error;

    *frame = (inlay_frame){0};
    if (inlay_frame_open(self->file.data, self->file.size,
                         DPKG_DATABASE_TYPE_ID, frame, &error) != INLAY_OK) {
        return refuse(path, &error, frame->payload);
    }
    self->message = frame->payload;
    if (self->file.size - INLAY_FRAME_SIZE != frame->payload.size) {
        return complain(EXIT_BAD, "%s: bytes follow the payload (byte %zu)",
                        path, INLAY_FRAME_SIZE + frame->payload.size);
    }
    if (frame->compression != INLAY_COMPRESSION_NONE) {
        return complain(
            EXIT_BAD, "%s: a compressed payload can't be read in place", path);
    }
    return EXIT_GOOD;
}

static int message_open(const char *path, cache_trust trust, cache *self)
{
    char        found[DAMAGE_SIZE];
    inlay_frame frame;
    inlay_error error;
    int         status = frame_find(path, self, &frame);

    if (status != EXIT_GOOD) {
        return status;
    }
    if (trust != CACHE_MAPPED &&
        inlay_frame_check(&frame, &error) != INLAY_OK) {
        return refuse(path, &error, self->message);
    }
    if (trust != CACHE_VERIFIED) {
        self->database =
            dpkg_database_open(self->message.data, self->message.size);
        return EXIT_GOOD;
    }
    if (dpkg_database_open_verified(self->message.data, self->message.size,
                                    &self->database, NULL) != INLAY_OK) {
        find_damage(self->message, found, sizeof found);
        return complain(EXIT_BAD, "%s: %s", path, found);
    }
    return EXIT_GOOD;
}

int cache_open(const char *path, cache_trust trust, cache *self)
{
    int error = file_map(path, &self->file);
    int status;

    if (error != 0) {
        return complain(EXIT_WRONG, "%s: %s", path,
                        error == ENODEV ? "Not a regular file"
                                        : strerror(error));
    }
    status = message_open(path, trust, self);
    if (status != EXIT_GOOD) {
        file_unmap(self->file);
    }
    return status;
}

void cache_close(cache *self)
{
    file_unmap(self->file);
}

// ---- Building ---------------------------------------------------------------

// Writes the frame's payload: measured first, so that one block of memory of
// the right size does.
static inlay_status encode(const dpkg_database *database,
                           inlay_encoder *encoder, uint8_t **file, size_t *size)
{
    inlay_status status = dpkg_database_measure(database, encoder, size);

    if (status != INLAY_OK) {
        return status;
    }
    *file = malloc(INLAY_FRAME_SIZE + *size);
    if (*file == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    status =
        dpkg_database_write(database, encoder, *file + INLAY_FRAME_SIZE, *size);
    if (status != INLAY_OK) {
        free(*file);
    }
    return status;
}

int cache_encode(const char *path, const dpkg_database *database,
                 inlay_bytes *file, inlay_bytes *message)
{
    inlay_encoder encoder;
    inlay_status  status;
    uint8_t      *bytes;
    size_t        size;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    status = encode(database, &encoder, &bytes, &size);
    if (status != INLAY_OK) {
        complain(status == INLAY_OUT_OF_MEMORY ? EXIT_WRONG : EXIT_BAD,
                 "%s: %s: %s", path, encoder.error.path,
                 inlay_status_text(status));
        inlay_encoder_release(&encoder);
        return status == INLAY_OUT_OF_MEMORY ? EXIT_WRONG : EXIT_BAD;
    }
    inlay_encoder_release(&encoder);
    message->data = bytes + INLAY_FRAME_SIZE;
    message->size = size;
    inlay_frame_seal(bytes, DPKG_DATABASE_TYPE_ID, INLAY_COMPRESSION_NONE,
                     message->data, message->size);
    file->data = bytes;
    file->size = INLAY_FRAME_SIZE + size;
    return EXIT_GOOD;
}

int cache_build(const char *path, inlay_str text, inlay_bytes *file,
                inlay_bytes *message)
{
    dpkg_database database;
    control_error error;
    inlay_arena   arena;
    int           status = EXIT_BAD;

    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    if (control_parse(text, &arena, &database, &error)) {
        database.text_size = text.size;
        database.text_hash = cache_text_hash(text);
        status = cache_encode(path, &database, file, message);
    } else if (error.line == 0) {
        status = complain(EXIT_WRONG, "%s: %s", path, error.text);
    } else {
        complain(EXIT_BAD, "%s:%zu: %s", path, error.line, error.text);
    }
    inlay_arena_release(&arena);
    return status;
}

// shop_file.c -- see shop_file.h.
#include "shop_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/frame.h>

#include "file.h"
#include "shop_text.h"

static int complain_errno(const char *path, int error)
{
    return complain(EXIT_WRONG, "%s: %s", path,
                    error == ENODEV ? "Not a regular file" : strerror(error));
}

// ---- Building ---------------------------------------------------------------

// Encodes behind room for a frame's header: measured first, so that one block
// of memory of the right size does.
static inlay_status encode(const shop_catalogue *catalogue,
                           inlay_encoder *encoder, uint8_t **file, size_t *size)
{
    inlay_status status = shop_catalogue_measure(catalogue, encoder, size);

    if (status != INLAY_OK) {
        return status;
    }
    *file = malloc(INLAY_FRAME_SIZE + *size);
    if (*file == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    status = shop_catalogue_write(catalogue, encoder, *file + INLAY_FRAME_SIZE,
                                  *size);
    if (status != INLAY_OK) {
        free(*file);
    }
    return status;
}

static int write_file(const char *text, const char *path,
                      const shop_catalogue *catalogue)
{
    inlay_encoder encoder;
    inlay_status  status;
    uint8_t      *bytes;
    size_t        size;
    int           error;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    status = encode(catalogue, &encoder, &bytes, &size);
    if (status != INLAY_OK) {
        complain_error(EXIT_BAD, text, &encoder.error);
        inlay_encoder_release(&encoder);
        return status == INLAY_OUT_OF_MEMORY ? EXIT_WRONG : EXIT_BAD;
    }
    inlay_encoder_release(&encoder);
    inlay_frame_seal(bytes, SHOP_CATALOGUE_TYPE_ID, INLAY_COMPRESSION_NONE,
                     bytes + INLAY_FRAME_SIZE, size);
    error = file_replace(path, (inlay_bytes){bytes, INLAY_FRAME_SIZE + size});
    free(bytes);
    return error == 0 ? EXIT_GOOD : complain_errno(path, error);
}

int shop_file_build(const char *text, const char *path)
{
    shop_catalogue catalogue = SHOP_CATALOGUE_INIT;
    inlay_arena    arena;
    inlay_bytes    map;
    int            error = file_map(text, &map);
    int            status;

    if (error != 0) {
        return complain_errno(text, error);
    }
    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    status = shop_parse(text, (inlay_str){(const char *)map.data, map.size},
                        &arena, &catalogue);
    if (status == EXIT_GOOD) {
        status = write_file(text, path, &catalogue);
    }
    inlay_arena_release(&arena);
    file_unmap(map);
    return status;
}

// ---- Opening ----------------------------------------------------------------

static int open_map(const char *path, shop_file *self)
{
    inlay_error error;
    inlay_frame frame;

    if (inlay_frame_open(self->map.data, self->map.size, SHOP_CATALOGUE_TYPE_ID,
                         &frame, &error) != INLAY_OK ||
        inlay_frame_check(&frame, &error) != INLAY_OK) {
        return complain_error(EXIT_BAD, path, &error);
    }
    if (frame.compression != INLAY_COMPRESSION_NONE) {
        return complain(EXIT_BAD, "%s: a compressed catalogue can't be mapped",
                        path);
    }
    if (frame.payload.size != self->map.size - INLAY_FRAME_SIZE) {
        return complain(EXIT_BAD, "%s: bytes follow the frame", path);
    }
    if (shop_catalogue_open_verified(frame.payload.data, frame.payload.size,
                                     &self->catalogue, &error) != INLAY_OK) {
        return complain_error(EXIT_BAD, path, &error);
    }
    return EXIT_GOOD;
}

int shop_file_open(const char *path, shop_file *self)
{
    int error = file_map(path, &self->map);
    int status;

    if (error != 0) {
        return complain_errno(path, error);
    }
    status = open_map(path, self);
    if (status != EXIT_GOOD) {
        file_unmap(self->map);
    }
    return status;
}

void shop_file_close(shop_file *self)
{
    file_unmap(self->map);
}

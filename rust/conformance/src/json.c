/* json.c -- a message as JSON, by the C library, into memory of its caller. */
#include <inlay/json.h>

#include <string.h>

typedef struct room {
    char  *text;
    size_t capacity;
    size_t size;
} room;

static bool room_write(void *context, const char *data, size_t size)
{
    room *self = context;

    if (size > self->capacity - self->size) {
        return false;
    }
    memcpy(self->text + self->size, data, size);
    self->size += size;
    return true;
}

/* Returns the status; sets `size` to that of the text. */
int conformance_json(const inlay_record_desc *desc, const void *data,
                     size_t data_size, char *text, size_t capacity,
                     size_t *size);

int conformance_json(const inlay_record_desc *desc, const void *data,
                     size_t data_size, char *text, size_t capacity,
                     size_t *size)
{
    room         to = {text, capacity, 0};
    inlay_sink   sink = {room_write, &to};
    inlay_status status =
        inlay_json_write(desc, data, data_size, NULL, sink, NULL);

    *size = to.size;
    return status;
}

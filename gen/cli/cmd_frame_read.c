// cmd_frame_read.c -- `inlay frame list` and `inlay frame unwrap`.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gen/cli/cmd_frame.h"

static const char *compression_name(inlay_compression compression)
{
    switch (compression) {
    case INLAY_COMPRESSION_LZ4:
        return "lz4";
    case INLAY_COMPRESSION_ZSTD:
        return "zstd";
    default:
        return "-";
    }
}

// Prints what is wrong, and where in the input.
static int report(const char *path, const inlay_error *error)
{
    char text[200];

    inlay_error_format(error, text, sizeof text);
    fprintf(stderr, "%s: %s\n", cli_input_name(path), text);
    return CLI_BAD;
}

// Reads the one input file; false with a complaint.
static bool read_input(const frame_options *o, const char **path,
                       inlay_buffer *input)
{
    if (o->path_count > 1) {
        cli_complain(&cmd_frame, "one file at most, but there is `%s` too",
                     o->paths[1]);
        return false;
    }
    *path = o->path_count == 1 ? o->paths[0] : NULL;
    return cli_read(&cmd_frame, *path, input);
}

// Finds the frame at an offset. The error's offset counts from the start.
static inlay_status frame_at(const inlay_buffer *input, size_t at,
                             inlay_frame *frame, inlay_error *error)
{
    inlay_status status = inlay_frame_open(input->data + at, input->size - at,
                                           INLAY_FRAME_ANY_TYPE, frame, error);

    if (status != INLAY_OK) {
        error->offset += at;
        return status;
    }
    frame->offset = at;
    return INLAY_OK;
}

// ---- list -------------------------------------------------------------------

static void print_frame(const inlay_frame *frame, bool good)
{
    printf("%12" PRIu64 "  %016" PRIx64 "  %12zu  %-4s  %s\n", frame->offset,
           frame->type_id, frame->payload.size,
           compression_name(frame->compression), good ? "ok" : "damaged");
}

// Lists all frames. Behind one whose checksum is wrong goes on where its header
// says that it ends: the damage is likely in the payload.
static int list_all(const char *path, const inlay_buffer *input)
{
    int    status = CLI_GOOD;
    size_t at = 0;

    printf("%12s  %-16s  %12s  %-4s  %s\n", "offset", "type id", "size", "",
           "state");
    while (at < input->size) {
        inlay_frame frame;
        inlay_error error;
        bool        good;

        if (frame_at(input, at, &frame, &error) != INLAY_OK) {
            printf("%12zu  %s\n", at, inlay_status_text(error.status));
            fflush(stdout);
            return report(path, &error);
        }
        good = inlay_frame_check(&frame, &error) == INLAY_OK;
        if (!good) {
            status = report(path, &error);
        }
        print_frame(&frame, good);
        at += INLAY_FRAME_SIZE + frame.payload.size;
    }
    return status;
}

int frame_list(frame_options *o)
{
    inlay_buffer input;
    const char  *path;
    int          status = CLI_WRONG;

    inlay_buffer_init(&input, NULL);
    if (read_input(o, &path, &input)) {
        status = list_all(path, &input);
        if (fflush(stdout) != 0) {
            status = cli_complain(&cmd_frame, "standard output: no room");
        }
    }
    inlay_buffer_release(&input);
    return status;
}

// ---- unwrap -----------------------------------------------------------------

// Writes one message to the folder; all others gather in `out`.
static int put_message(const frame_options *o, uint64_t number,
                       inlay_buffer *out)
{
    char path[4096];

    if (o->folder == NULL) {
        return CLI_GOOD;
    }
    if (snprintf(path, sizeof path, "%s/%" PRIu64, o->folder, number) >=
        (int)sizeof path) {
        return cli_complain(&cmd_frame, "%s: the name is too long", o->folder);
    }
    if (!cli_write(&cmd_frame, path, out->data, out->size)) {
        return CLI_WRONG;
    }
    inlay_buffer_clear(out);
    return CLI_GOOD;
}

static int unwrap_one(const frame_options *o, const char *path,
                      const inlay_frame *frame, uint64_t number,
                      inlay_buffer *out)
{
    inlay_error  error;
    inlay_status status = inlay_frame_check(frame, &error);
    size_t       limit = o->limit < SIZE_MAX ? (size_t)o->limit : SIZE_MAX;

    if (status != INLAY_OK) {
        return report(path, &error);
    }
    status = inlay_frame_unpack(frame, limit, out);
    if (status == INLAY_OUT_OF_MEMORY || status == INLAY_NOT_BUILT_IN) {
        return cli_complain(&cmd_frame, "%s: %s", cli_input_name(path),
                            inlay_status_text(status));
    }
    if (status != INLAY_OK) {
        error.status = status;
        error.offset = frame->offset + INLAY_FRAME_SIZE;
        error.line = 0;
        error.path[0] = '\0';
        return report(path, &error);
    }
    return put_message(o, number, out);
}

static int unwrap_frames(const frame_options *o, const char *path,
                         const inlay_buffer *input, inlay_buffer *out)
{
    uint64_t number = 0;
    size_t   at = 0;

    for (; at < input->size; number++) {
        inlay_frame frame;
        inlay_error error;

        if (frame_at(input, at, &frame, &error) != INLAY_OK) {
            return report(path, &error);
        }
        if (!o->has_number || number == o->number) {
            int status = unwrap_one(o, path, &frame, number, out);

            if (status != CLI_GOOD || o->has_number) {
                return status;
            }
        }
        at += INLAY_FRAME_SIZE + frame.payload.size;
    }
    if (o->has_number) {
        cli_complain(&cmd_frame,
                     "%s: has %" PRIu64 " frames, no number %" PRIu64,
                     cli_input_name(path), number, o->number);
        return CLI_BAD;
    }
    return CLI_GOOD;
}

static int unwrap_all(const frame_options *o, inlay_buffer *input,
                      inlay_buffer *out)
{
    const char *path;
    int         status;

    if (!read_input(o, &path, input)) {
        return CLI_WRONG;
    }
    status = unwrap_frames(o, path, input, out);
    if (status != CLI_GOOD || o->folder != NULL) {
        return status;
    }
    if (o->out != NULL) {
        return cli_write(&cmd_frame, o->out, out->data, out->size) ? CLI_GOOD
                                                                   : CLI_WRONG;
    }
    return cli_write_stdout(&cmd_frame, out->data, out->size) ? CLI_GOOD
                                                              : CLI_WRONG;
}

int frame_unwrap(frame_options *o)
{
    inlay_buffer input;
    inlay_buffer out;
    int          status;

    if (o->out != NULL && o->folder != NULL) {
        return cli_complain(&cmd_frame, "-o and --to exclude each other");
    }
    if (o->out == NULL && o->folder == NULL && isatty(STDOUT_FILENO)) {
        return cli_complain(&cmd_frame,
                            "messages are binary: give -o FILE or --to DIR, or "
                            "send standard output elsewhere");
    }
    inlay_buffer_init(&input, NULL);
    inlay_buffer_init(&out, NULL);
    status = unwrap_all(o, &input, &out);
    inlay_buffer_release(&input);
    inlay_buffer_release(&out);
    return status;
}

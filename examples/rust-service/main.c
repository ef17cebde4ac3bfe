// main.c -- the C side: writes the file that the service maps, and asks the
// service.
//
// Questions are sent all at once and answered in turn, so any number of them
// costs one round trip.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <inlay/frame.h>

#include "ask.h"
#include "connect.h"
#include "shop_file.h"

static const char usage[] =
    "build TEXT FILE, ask [--wait MS] ADDRESS QUESTION [-- QUESTION]...";

enum {
    WAIT_MS = 5000,
    ANSWER_MAX = 1 << 20 // of what a service may send us
};

// Returns how many words there are before the next `--`.
static int question_length(int count, char *const *words)
{
    int i;

    for (i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
    }
    return i;
}

// ---- Sending ----------------------------------------------------------------

static int send_one(inlay_frame_writer *writer, int count, char *const *words,
                    uint32_t id, uint64_t deadline)
{
    uint8_t      request[SHOP_REQUEST_SIZE_MAX];
    size_t       size;
    inlay_status status;
    int          result = ask_encode(count, words, id, request, &size);

    if (result != EXIT_GOOD) {
        return result;
    }
    status = inlay_frame_writer_put(writer, SHOP_REQUEST_TYPE_ID, request, size,
                                    deadline);
    return status == INLAY_OK
               ? EXIT_GOOD
               : complain(EXIT_WRONG, "asking: %s", inlay_status_text(status));
}

// Sends all questions; `*sent` says how many there are.
static int send_all(int fd, int count, char *const *words, uint64_t deadline,
                    uint32_t *sent)
{
    inlay_frame_options options = {.short_frames = true};
    inlay_frame_writer  writer;
    inlay_status        status;
    int                 result = EXIT_GOOD;

    inlay_frame_writer_init(&writer, fd, &options);
    for (*sent = 0; count > 0 && result == EXIT_GOOD; ++*sent) {
        int length = question_length(count, words);

        result = send_one(&writer, length, words, *sent + 1, deadline);
        length += length < count; // the `--`
        count -= length;
        words += length;
    }
    if (result == EXIT_GOOD) {
        status = inlay_frame_writer_flush(&writer, deadline);
        if (status != INLAY_OK) {
            result =
                complain(EXIT_WRONG, "asking: %s", inlay_status_text(status));
        }
    }
    inlay_frame_writer_release(&writer);
    return result;
}

// ---- Receiving --------------------------------------------------------------

// Prints so many answers. Returns the worst status of them.
static int receive_all(int fd, uint32_t count, uint64_t deadline)
{
    inlay_frame_options options = {.short_frames = true,
                                   .size_limit = ANSWER_MAX};
    inlay_frame_reader  reader;
    inlay_frame         frame;
    inlay_error         error;
    uint32_t            id;
    int                 result = EXIT_GOOD;

    inlay_frame_reader_init(&reader, fd, &options);
    for (id = 1; id <= count && result != EXIT_WRONG; id++) {
        int one = EXIT_WRONG;

        if (inlay_frame_reader_next(&reader, deadline, &frame, &error) ==
            INLAY_OK) {
            one = ask_print(frame.payload.data, frame.payload.size, id);
        } else {
            complain_error(EXIT_WRONG, "waiting for an answer", &error);
        }
        result = one > result ? one : result;
    }
    inlay_frame_reader_release(&reader);
    return result;
}

static int ask(int count, char *const *words)
{
    uint64_t wait_ms = WAIT_MS;
    uint64_t deadline;
    uint32_t sent;
    int      result;
    int      fd;

    if (count > 2 && strcmp(words[0], "--wait") == 0) {
        if (!parse_number(inlay_str_from(words[1]), 3600000, &wait_ms)) {
            return complain(EXIT_WRONG, "%s: no number of milliseconds",
                            words[1]);
        }
        count -= 2;
        words += 2;
    }
    if (count < 2) {
        return complain(EXIT_WRONG, "%s", usage);
    }
    fd = connect_to(words[0], (uint32_t)wait_ms);
    if (fd < 0) {
        return EXIT_WRONG;
    }
    deadline = inlay_deadline_after(wait_ms * UINT64_C(1000000));
    result = send_all(fd, count - 1, words + 1, deadline, &sent);
    if (result == EXIT_GOOD) {
        result = receive_all(fd, sent, deadline);
    }
    close(fd);
    return result;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "build") == 0) {
        return shop_file_build(argv[2], argv[3]);
    }
    if (argc > 3 && strcmp(argv[1], "ask") == 0) {
        return ask(argc - 2, argv + 2);
    }
    return complain(EXIT_WRONG, "%s", usage);
}

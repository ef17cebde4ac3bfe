// main.c -- a service behind NATS, and those who ask it.
#include <string.h>

#include "client.h"
#include "file.h"
#include "say.h"
#include "service.h"

static const char usage[] = "serve URL FILE, ask [--wait MS] URL QUESTION, "
                            "send [--wait MS] URL FILE";

enum {
    WAIT_MS = 2000,
    WAIT_MS_MAX = 3600000
};

// Sends the bytes of a file, whatever they are.
static int send_file(const char *url, uint32_t wait_ms, const char *path)
{
    inlay_bytes raw;
    int         error = file_map(path, &raw);
    int         result;

    if (error != 0) {
        return complain(EXIT_WRONG, "%s: %s", path, strerror(error));
    }
    result = client_send(url, wait_ms, raw);
    file_unmap(raw);
    return result;
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";
    uint64_t    wait_ms = WAIT_MS;
    int         at = 2;

    if (argc == 4 && strcmp(command, "serve") == 0) {
        return service_run(argv[2], argv[3]);
    }
    if (argc > 4 && strcmp(argv[2], "--wait") == 0) {
        if (!parse_number(inlay_str_from(argv[3]), WAIT_MS_MAX, &wait_ms)) {
            return complain(EXIT_WRONG, "%s: no number of milliseconds",
                            argv[3]);
        }
        at = 4;
    }
    if (argc > at + 1 && strcmp(command, "ask") == 0) {
        return client_ask(argv[at], (uint32_t)wait_ms, argc - at - 1,
                          argv + at + 1);
    }
    if (argc == at + 2 && strcmp(command, "send") == 0) {
        return send_file(argv[at], (uint32_t)wait_ms, argv[at + 1]);
    }
    return complain(EXIT_WRONG, "%s", usage);
}

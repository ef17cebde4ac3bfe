// main.c -- the example of the project's README: write a message, read it in
// place, and see what happens to bytes that are no message.

#include <stdio.h>

#include "web.inlay.h"

static inlay_status write_log(uint8_t *buffer, size_t capacity, size_t *size,
                              inlay_error *error)
{
    web_entry_headers_entry headers[] = {
        {.key = INLAY_STR("host"), .value = INLAY_STR("example.org")},
    };
    web_entry entries[] = {
        {.request = INLAY_STR("GET /"),
         .code = 200,
         .method = {true, WEB_METHOD_GET},
         .headers = {.items = headers, .count = 1}},
    };
    web_log log = {.entries = {.items = entries, .count = 1}};

    return web_log_encode(&log, buffer, capacity, size, error);
}

static void read_log(const uint8_t *buffer, size_t size)
{
    web_log_view   log = web_log_open(buffer, size);
    web_entry_view entry = web_entry_list_at(web_log_get_entries(log), 0);
    web_entry_headers_view headers = web_entry_get_headers(entry);
    inlay_str              request = web_entry_get_request(entry);
    inlay_str              host = web_entry_headers_value_at(
                     headers, web_entry_headers_find(headers, inlay_str_from("host")));

    printf("%.*s %u, host %.*s\n", (int)request.size, request.data,
           (unsigned)web_entry_get_code(entry), (int)host.size, host.data);
}

static void print_error(const inlay_error *error)
{
    char text[320];

    inlay_error_format(error, text, sizeof text);
    printf("refused: %s\n", text);
}

int main(void)
{
    uint8_t     buffer[256];
    size_t      size;
    inlay_error error;

    if (write_log(buffer, sizeof buffer, &size, &error) != INLAY_OK) {
        print_error(&error);
        return 1;
    }
    printf("%zu bytes\n", size);
    read_log(buffer, size);
    buffer[size - 1] = 0xff;
    if (web_log_verify(buffer, size, &error) == INLAY_OK) {
        return 1;
    }
    print_error(&error);
    return 0;
}

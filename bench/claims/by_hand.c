// by_hand.c -- see by_hand.h.

#include "bench/claims/by_hand.h"

#include <string.h>

#include "log.inlay.h"

#define LITERAL(text, literal)                                                 \
    inlay_buffer_append(text, literal, sizeof(literal) - 1)

static void put_number(inlay_buffer *text, uint64_t number)
{
    char   digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    inlay_buffer_append(text, digits + at, sizeof digits - at);
}

static void put_escape(inlay_buffer *text, char c)
{
    static const char hex[] = "0123456789abcdef";
    char              escape[] = "\\u0000";

    if (c == '"' || c == '\\') {
        escape[1] = c;
        inlay_buffer_append(text, escape, 2);
    } else {
        escape[4] = hex[(unsigned char)c >> 4];
        escape[5] = hex[c & 15];
        inlay_buffer_append(text, escape, 6);
    }
}

static void put_string(inlay_buffer *text, inlay_str string)
{
    size_t from = 0;
    size_t i;

    LITERAL(text, "\"");
    for (i = 0; i < string.size; i++) {
        char c = string.data[i];

        if ((unsigned char)c < 0x20 || c == '"' || c == '\\') {
            inlay_buffer_append(text, string.data + from, i - from);
            put_escape(text, c);
            from = i + 1;
        }
    }
    inlay_buffer_append(text, string.data + from, string.size - from);
    LITERAL(text, "\"");
}

static void put_address(inlay_buffer *text, log_address address)
{
    LITERAL(text, "{\"address\":{\"x0\":");
    put_number(text, address.x0);
    LITERAL(text, ",\"x1\":");
    put_number(text, address.x1);
    LITERAL(text, ",\"x2\":");
    put_number(text, address.x2);
    LITERAL(text, ",\"x3\":");
    put_number(text, address.x3);
}

static void put_log(inlay_buffer *text, log_log_view log)
{
    put_address(text, log_log_get_address(log));
    LITERAL(text, "},\"identity\":");
    put_string(text, log_log_get_identity(log));
    LITERAL(text, ",\"userid\":");
    put_string(text, log_log_get_userid(log));
    LITERAL(text, ",\"date\":");
    put_string(text, log_log_get_date(log));
    LITERAL(text, ",\"request\":");
    put_string(text, log_log_get_request(log));
    LITERAL(text, ",\"code\":");
    put_number(text, log_log_get_code(log));
    LITERAL(text, ",\"size\":");
    put_number(text, log_log_get_size(log));
    LITERAL(text, "}");
}

bool by_hand_json(inlay_bytes message, inlay_buffer *text)
{
    log_logs_view     root;
    log_log_list_view list;
    size_t            count, i;

    if (log_logs_open_verified(message.data, message.size, &root, NULL) !=
        INLAY_OK) {
        return false;
    }
    list = log_logs_get_logs(root);
    count = log_log_list_count(list);
    LITERAL(text, "{\"logs\":[");
    for (i = 0; i < count; i++) {
        if (i > 0) {
            LITERAL(text, ",");
        }
        put_log(text, log_log_list_at(list, i));
    }
    LITERAL(text, "]}");
    return !text->failed;
}

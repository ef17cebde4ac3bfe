// say.c -- see say.h.
#define _GNU_SOURCE
#include "say.h"

#include <errno.h>
#include <stdarg.h>

int complain(int status, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return status;
}

int complain_error(int status, const char *what, const inlay_error *error)
{
    char text[INLAY_PATH_SIZE + 200];

    inlay_error_format(error, text, sizeof text);
    return complain(status, "%s: %s", what, text);
}

void print_text(FILE *to, inlay_str text)
{
    size_t i;

    for (i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        fputc(byte < 0x20 || byte == 0x7f ? '?' : byte, to);
    }
}

bool parse_number(inlay_str text, uint64_t most, uint64_t *number)
{
    uint64_t value = 0;
    size_t   i;

    for (i = 0; i < text.size; i++) {
        uint64_t digit = (uint64_t)(unsigned char)text.data[i] - '0';

        if (digit > 9 || value > (most - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    if (text.size == 0) {
        return false;
    }
    *number = value;
    return true;
}

// json_out.c -- JSON text on its way to a sink; see json_out.h.
#include <string.h>

#include "json_out.h"

enum {
    INDENT_MAX = 16
};

void inlay_json_out_init(json_out *self, inlay_sink sink, unsigned indent)
{
    self->sink = sink;
    self->indent = indent > INDENT_MAX ? INDENT_MAX : indent;
    self->depth = 0;
    self->first = true;
    self->flat = false;
    self->failed = false;
    self->used = 0;
}

// ---- Text -------------------------------------------------------------------

static void out_flush(json_out *self)
{
    if (!self->failed && self->used > 0) {
        self->failed =
            !self->sink.write(self->sink.context, self->text, self->used);
    }
    self->used = 0;
}

bool inlay_json_out_finish(json_out *self)
{
    if (self->indent > 0) {
        inlay_json_out_raw(self, "\n", 1);
    }
    out_flush(self);
    return !self->failed;
}

void inlay_json_out_raw(json_out *self, const char *text, size_t size)
{
    while (size > 0) {
        size_t room = sizeof self->text - self->used;
        size_t part = size < room ? size : room;

        memcpy(self->text + self->used, text, part);
        self->used += part;
        text += part;
        size -= part;
        if (self->used == sizeof self->text) {
            out_flush(self);
        }
    }
}

void inlay_json_out_literal(json_out *self, const char *text)
{
    inlay_json_out_raw(self, text, strlen(text));
}

// ---- Structure --------------------------------------------------------------

static void out_line(json_out *self)
{
    static const char spaces[INDENT_MAX] = "                ";
    unsigned          i;

    if (self->indent == 0 || self->flat) {
        return;
    }
    inlay_json_out_raw(self, "\n", 1);
    for (i = 0; i < self->depth; i++) {
        inlay_json_out_raw(self, spaces, self->indent);
    }
}

void inlay_json_out_open(json_out *self, char bracket)
{
    inlay_json_out_raw(self, &bracket, 1);
    self->depth++;
    self->first = true;
}

void inlay_json_out_open_flat(json_out *self, char bracket)
{
    inlay_json_out_open(self, bracket);
    self->flat = true;
}

void inlay_json_out_close(json_out *self, char bracket)
{
    self->depth--;
    if (!self->first) {
        out_line(self);
    }
    inlay_json_out_raw(self, &bracket, 1);
    self->first = false;
    self->flat = false;
}

void inlay_json_out_next(json_out *self)
{
    if (!self->first) {
        inlay_json_out_raw(self, ",", 1);
        if (self->flat && self->indent > 0) {
            inlay_json_out_raw(self, " ", 1);
        }
    }
    self->first = false;
    out_line(self);
}

void inlay_json_out_colon(json_out *self)
{
    inlay_json_out_literal(self, self->indent > 0 ? ": " : ":");
}

void inlay_json_out_name(json_out *self, const char *name)
{
    inlay_json_out_next(self);
    inlay_json_out_string(self, name, strlen(name));
    inlay_json_out_colon(self);
}

// ---- Strings ----------------------------------------------------------------

// Returns the escape of a character that can't stand for itself, and its size.
static size_t escape_write(char c, char *text)
{
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\b\f\n\r\t\"\\";
    static const char letters[] = "bfnrt\"\\";
    const char       *found = c == '\0' ? NULL : strchr(plain, c);

    text[0] = '\\';
    if (found != NULL) {
        text[1] = letters[found - plain];
        return 2;
    }
    memcpy(text + 1, "u00", 3);
    text[4] = hex[(unsigned char)c >> 4];
    text[5] = hex[c & 15];
    return 6;
}

void inlay_json_out_string(json_out *self, const char *text, size_t size)
{
    size_t start = 0;
    size_t i;

    inlay_json_out_raw(self, "\"", 1);
    for (i = 0; i < size; i++) { // `text` may be NULL when there is nothing
        unsigned char c = (unsigned char)text[i];

        if (c < 0x20 || c == '"' || c == '\\') {
            char escape[6];

            inlay_json_out_raw(self, text + start, i - start);
            inlay_json_out_raw(self, escape, escape_write(text[i], escape));
            start = i + 1;
        }
    }
    if (start < size) {
        inlay_json_out_raw(self, text + start, size - start);
    }
    inlay_json_out_raw(self, "\"", 1);
}

void inlay_json_out_base64(json_out *self, inlay_bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t            i;

    inlay_json_out_raw(self, "\"", 1);
    for (i = 0; i < bytes.size; i += 3) {
        size_t   left = bytes.size - i;
        uint32_t group = (uint32_t)bytes.data[i] << 16;
        char     text[4];

        group |= left > 1 ? (uint32_t)bytes.data[i + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)bytes.data[i + 2] : 0;
        text[0] = digits[group >> 18];
        text[1] = digits[group >> 12 & 63];
        text[2] = left > 1 ? digits[group >> 6 & 63] : '=';
        text[3] = left > 2 ? digits[group & 63] : '=';
        inlay_json_out_raw(self, text, 4);
    }
    inlay_json_out_raw(self, "\"", 1);
}

// ---- Integers ---------------------------------------------------------------

void inlay_json_out_unsigned(json_out *self, uint64_t value)
{
    char   text[20];
    size_t start = sizeof text;

    do {
        text[--start] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    inlay_json_out_raw(self, text + start, sizeof text - start);
}

void inlay_json_out_signed(json_out *self, int64_t value)
{
    if (value < 0) {
        inlay_json_out_raw(self, "-", 1);
        inlay_json_out_unsigned(self, 0 - (uint64_t)value);
    } else {
        inlay_json_out_unsigned(self, (uint64_t)value);
    }
}

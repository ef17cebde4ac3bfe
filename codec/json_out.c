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

// What does not fit, piece by piece.
static void out_flow(json_out *self, const char *text, size_t size)
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

// Returns where `size` bytes can be written, NULL where the buffer is too
// small for them even when it is empty. There is always room for one more.
static char *out_room(json_out *self, size_t size)
{
    if (sizeof self->text - self->used <= size) {
        out_flush(self);
    }
    return size < sizeof self->text ? self->text + self->used : NULL;
}

static void out_byte(json_out *self, char c)
{
    self->text[self->used++] = c;
    if (self->used == sizeof self->text) {
        out_flush(self);
    }
}

void inlay_json_out_raw(json_out *self, const char *text, size_t size)
{
    if (size < sizeof self->text - self->used) {
        if (size > 0) { // `text` may be NULL when there is nothing
            memcpy(self->text + self->used, text, size);
            self->used += size;
        }
    } else {
        out_flow(self, text, size);
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
    out_byte(self, '\n');
    for (i = 0; i < self->depth; i++) {
        inlay_json_out_raw(self, spaces, self->indent);
    }
}

void inlay_json_out_open(json_out *self, char bracket)
{
    out_byte(self, bracket);
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
    out_byte(self, bracket);
    self->first = false;
    self->flat = false;
}

void inlay_json_out_next(json_out *self)
{
    if (!self->first) {
        out_byte(self, ',');
        if (self->flat && self->indent > 0) {
            out_byte(self, ' ');
        }
    }
    self->first = false;
    out_line(self);
}

void inlay_json_out_colon(json_out *self)
{
    out_byte(self, ':');
    if (self->indent > 0) {
        out_byte(self, ' ');
    }
}

// Names are identifiers: nothing in them is ever escaped.
void inlay_json_out_identifier(json_out *self, const char *name)
{
    size_t size = strlen(name);
    char  *room = out_room(self, size + 2);

    if (room != NULL) {
        room[0] = '"';
        memcpy(room + 1, name, size);
        room[size + 1] = '"';
        self->used += size + 2;
    } else {
        inlay_json_out_string(self, name, size);
    }
}

void inlay_json_out_name(json_out *self, const char *name)
{
    inlay_json_out_next(self);
    inlay_json_out_identifier(self, name);
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

static bool stands_for_itself(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (c))

// Sets the top bit of the bytes of `word` that are zero, and maybe of some
// above one that is.
static uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80);
}

// Returns whether all of eight bytes stand for themselves (S. E. Anderson, Bit
// Twiddling Hacks, "Determine if a word has a byte less than n").
static bool eight_stand(const char *text)
{
    uint64_t word;
    uint64_t low;

    memcpy(&word, text, sizeof word);
    low = (word - EACH_BYTE(0x20)) & ~word & EACH_BYTE(0x80);
    return (low | zero_bytes(word ^ EACH_BYTE('"')) |
            zero_bytes(word ^ EACH_BYTE('\\'))) == 0;
}

// Returns how many bytes from the front stand for themselves.
static size_t plain_span(const char *text, size_t size)
{
    size_t i = 0;

    while (size - i >= 8 && eight_stand(text + i)) {
        i += 8;
    }
    while (i < size && stands_for_itself(text[i])) {
        i++;
    }
    return i;
}

void inlay_json_out_string(json_out *self, const char *text, size_t size)
{
    out_byte(self, '"');
    while (size > 0) { // `text` may be NULL when there is nothing
        size_t plain = plain_span(text, size);
        char   escape[6];

        inlay_json_out_raw(self, text, plain);
        if (plain == size) {
            break;
        }
        inlay_json_out_raw(self, escape, escape_write(text[plain], escape));
        text += plain + 1;
        size -= plain + 1;
    }
    out_byte(self, '"');
}

void inlay_json_out_base64(json_out *self, inlay_bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t            i;

    out_byte(self, '"');
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
    out_byte(self, '"');
}

// ---- Integers ---------------------------------------------------------------

// Two digits with one division: 00 to 99.
static const char digit_pairs[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

void inlay_json_out_unsigned(json_out *self, uint64_t value)
{
    char   text[20];
    size_t start = sizeof text;

    while (value >= 10) {
        start -= 2;
        memcpy(text + start, digit_pairs + value % 100 * 2, 2);
        value /= 100;
        if (value == 0) { // ten or more: the pair has no leading zero
            inlay_json_out_raw(self, text + start, sizeof text - start);
            return;
        }
    }
    text[--start] = (char)('0' + value);
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

// base.c -- names and sentences of statuses, errors as text, the heap.

#include <inlay/base.h>

#include <stdlib.h>
#include <string.h>

const char *inlay_status_text(inlay_status status)
{
    switch (status) {
#define STATUS_TEXT(name, number, sentence)                                    \
    case INLAY_##name:                                                         \
        return sentence;
        INLAY_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
    }
    return "unknown status";
}

const char *inlay_status_name(inlay_status status)
{
    switch (status) {
#define STATUS_NAME(name, number, sentence)                                    \
    case INLAY_##name:                                                         \
        return #name;
        INLAY_STATUS_LIST(STATUS_NAME)
#undef STATUS_NAME
    }
    return "UNKNOWN";
}

bool inlay_str_equal(inlay_str a, inlay_str b)
{
    return a.size == b.size &&
           (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

// ---- Errors as text ---------------------------------------------------------

// Counts what was asked for, keeps what fits, always leaves room for the NUL.
typedef struct text_writer {
    char  *text;
    size_t size;
    size_t length;
} text_writer;

static void writer_put(text_writer *writer, char c)
{
    if (writer->length + 1 < writer->size) {
        writer->text[writer->length] = c;
    }
    writer->length++;
}

static void writer_put_text(text_writer *writer, const char *text)
{
    for (; *text != '\0'; text++) {
        writer_put(writer, *text);
    }
}

static void writer_put_number(text_writer *writer, uint64_t number)
{
    char     digits[20];
    unsigned count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count > 0) {
        writer_put(writer, digits[--count]);
    }
}

size_t inlay_error_format(const inlay_error *error, char *text, size_t size)
{
    text_writer writer = {text, size, 0};

    if (error->line != 0) {
        writer_put_text(&writer, "line ");
        writer_put_number(&writer, error->line);
        writer_put_text(&writer, ", column ");
        writer_put_number(&writer, error->column);
        writer_put_text(&writer, ": ");
    }
    if (error->path[0] != '\0') {
        writer_put_text(&writer, error->path);
        writer_put_text(&writer, ": ");
    }
    writer_put_text(&writer, inlay_status_text(error->status));
    if (error->line == 0 && error->offset != INLAY_NO_OFFSET) {
        writer_put_text(&writer, " (byte ");
        writer_put_number(&writer, error->offset);
        writer_put(&writer, ')');
    }
    if (size > 0) {
        text[writer.length < size ? writer.length : size - 1] = '\0';
    }
    return writer.length;
}

// ---- Memory -----------------------------------------------------------------

static void *heap_resize(void *context, void *memory, size_t old_size,
                         size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, new_size);
}

const inlay_alloc inlay_alloc_heap = {heap_resize, NULL};

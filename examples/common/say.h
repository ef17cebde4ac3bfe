// say.h -- how the examples speak: exit statuses, complaints, text of others.
#ifndef EXAMPLES_SAY_H
#define EXAMPLES_SAY_H

#include <stdio.h>

#include <inlay/base.h>

// Exit statuses of the programs.
enum {
    EXIT_GOOD = 0,
    EXIT_BAD = 1,  // the data is bad, or the answer is no
    EXIT_WRONG = 2 // wrong usage, or reading, writing or memory failed
};

// Prints `program: message` and a newline on standard error; returns `status`.
int complain(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// The same with what an error of the library says: `program: what: error`.
int complain_error(int status, const char *what, const inlay_error *error);

// Prints text that somebody else wrote: control characters, which a terminal
// might obey, as `?`.
void print_text(FILE *to, inlay_str text);

// Parses a decimal number that is all of the text; false when it is not, or is
// more than `most`.
bool parse_number(inlay_str text, uint64_t most, uint64_t *number);

#endif

// fed.h -- what lists that are no arrays have in common: a place on the tape
// that tells writing where they end, whatever happens in between.
//
//     tape   widths:1  depth:1  size:8
//
// Who may include it: source.c, builder*.c.
#ifndef INLAY_CODEC_FED_H
#define INLAY_CODEC_FED_H

#include <inlay/encode.h>

// Begins the vector block of a list that is not empty; false when it failed.
bool inlay_fed_enter(inlay_encoder *encoder, const void *list, size_t *mark);

// Notes the size of the list that was entered at `mark`.
void inlay_fed_note(inlay_encoder *encoder, size_t mark, uint64_t size);

// Begins to write such a list: returns its size and its elements' depth. The
// tape's next byte stays that of the widths.
uint64_t inlay_fed_noted(const inlay_encoder *encoder, uint32_t *depth);

// What is on the tape behind the widths.
enum {
    INLAY_FED_NOTE_SIZE = 9
};

#endif

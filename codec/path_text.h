// path_text.h -- the text of a path, put together from its end: the end is what
// matters when all of it does not fit, and failures unwind from there, too.
//
// Who may include it: codec/.
#ifndef INLAY_CODEC_PATH_TEXT_H
#define INLAY_CODEC_PATH_TEXT_H

#include <inlay/base.h>

typedef struct inlay_path_text {
    char   text[INLAY_PATH_SIZE]; // from `start` on
    size_t start;
    bool   cut; // something did not fit; whatever comes before it is left out
} inlay_path_text;

void inlay_path_text_init(inlay_path_text *self);

// Puts text, or an index in brackets, in front.
void inlay_path_text_put(inlay_path_text *self, const char *text, size_t size);
void inlay_path_text_put_index(inlay_path_text *self, uint64_t index);

// Returns whether nothing has been put yet.
bool inlay_path_text_is_empty(const inlay_path_text *self);

// Writes the path, terminated; "..." stands for a beginning that does not fit.
void inlay_path_text_write(inlay_path_text *self, char path[INLAY_PATH_SIZE]);

#endif

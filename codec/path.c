// path.c -- writes paths, from the last segment to the first.

#include "path.h"

#include "path_text.h"

static void put_name(inlay_path_text *text, const char *name)
{
    if (name != NULL) {
        inlay_path_text_put(text, name, inlay_str_from(name).size);
        inlay_path_text_put(text, ".", 1);
    }
}

void inlay_path_write(const inlay_path *path, char text[INLAY_PATH_SIZE])
{
    inlay_path_text whole;

    inlay_path_text_init(&whole);
    for (; path != NULL && !whole.cut; path = path->parent) {
        put_name(&whole, path->variant);
        put_name(&whole, path->field);
        if (path->index != INLAY_PATH_NO_INDEX) {
            inlay_path_text_put_index(&whole, path->index);
        }
    }
    if (!whole.cut && whole.text[whole.start] == '.') {
        whole.start++; // names bring the dot before them, the first too
    }
    inlay_path_text_write(&whole, text);
}

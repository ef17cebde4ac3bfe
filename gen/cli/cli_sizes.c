// cli_sizes.c -- the table of `inlay gen --sizes`; see cli.h.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gen/cli/cli.h"

// How wide the columns are, in characters.
typedef struct sizes_widths {
    int name;
    int least;
} sizes_widths;

static const ir_record *decl_record(const ir_decl *decl)
{
    return decl->kind == IR_DECL_RECORD ? decl->of.record : NULL;
}

static void widths_add(sizes_widths *widths, const ir_record *record)
{
    int name = (int)strlen(record->qualified);
    int least = snprintf(NULL, 0, "%" PRIu64, record->size_least);

    widths->name = name > widths->name ? name : widths->name;
    widths->least = least > widths->least ? least : widths->least;
}

static void line_append(inlay_buffer *text, const sizes_widths *widths,
                        const ir_record *record)
{
    char   numbers[64];
    size_t size = (size_t)snprintf(numbers, sizeof numbers, "  %*" PRIu64 "  ",
                                   widths->least, record->size_least);
    size_t name = strlen(record->qualified);

    inlay_buffer_append(text, record->qualified, name);
    for (; name < (size_t)widths->name; name++) {
        inlay_buffer_append(text, " ", 1);
    }
    inlay_buffer_append(text, numbers, size);
    if (record->unbounded != NULL) {
        inlay_buffer_append(text, "unbounded: ", strlen("unbounded: "));
        inlay_buffer_append(text, record->unbounded, strlen(record->unbounded));
    } else {
        size = (size_t)snprintf(numbers, sizeof numbers, "%" PRIu64,
                                record->size_largest);
        inlay_buffer_append(text, numbers, size);
    }
    inlay_buffer_append(text, "\n", 1);
}

// Goes through the records of the files that were named; measures the columns,
// or, with a text, fills them.
static void records_visit(const ir_schema *ir, sizes_widths *widths,
                          inlay_buffer *text)
{
    uint32_t f;
    uint32_t d;

    for (f = 0; f < ir->root_count; f++) {
        const ir_file *file = ir->files[f];

        for (d = 0; d < file->decl_count; d++) {
            const ir_record *record = decl_record(&file->decls[d]);

            if (record != NULL && text == NULL) {
                widths_add(widths, record);
            } else if (record != NULL) {
                line_append(text, widths, record);
            }
        }
    }
}

bool cli_sizes_print(const cli_command *command, const ir_schema *ir)
{
    sizes_widths widths = {(int)strlen("record"), (int)strlen("least")};
    inlay_buffer text;
    char        *head;
    bool         good;

    inlay_buffer_init(&text, NULL);
    records_visit(ir, &widths, NULL);
    head = (char *)inlay_buffer_reserve(&text, (size_t)widths.name + 64);
    if (head != NULL) {
        text.size += (size_t)snprintf(head, (size_t)widths.name + 64,
                                      "%-*s  %*s  largest\n", widths.name,
                                      "record", widths.least, "least");
    }
    records_visit(ir, &widths, &text);
    good = !text.failed;
    if (!good) {
        cli_complain(command, "memory ran out");
    }
    good = good && cli_write_stdout(command, text.data, text.size);
    inlay_buffer_release(&text);
    return good;
}

// table.c -- see table.h.

#include "bench/claims/table.h"

#include <string.h>

// Columns of a terminal that a text takes: its characters, which are all of
// one column here.
static size_t columns(const char *text, size_t size)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < size; i++) {
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return count;
}

static bool begins_claim(const claim_bench *bench, size_t i)
{
    return i == 0 || bench->rows[i - 1].claim != bench->rows[i].claim;
}

// ---- Markdown ---------------------------------------------------------------

static void put_cell(FILE *to, const char *text)
{
    fputs("| ", to);
    for (; *text != '\0'; text++) {
        if (*text == '|') {
            fputc('\\', to);
        }
        fputc(*text == '\n' ? ' ' : *text, to);
    }
    fputc(' ', to);
}

static void put_markdown_row(FILE *to, const claim_row *row, bool first)
{
    fprintf(to, "| %u ", row->claim->number);
    put_cell(to, first ? row->claim->text : "");
    put_cell(to, row->what);
    put_cell(to, row->claimed);
    put_cell(to, row->measured);
    put_cell(to, row->verdict != NULL ? row->verdict : "");
    fprintf(to, "| %s%s |\n",
            row->verdict != NULL ? "" : "not measured: ", row->about);
}

void table_markdown(FILE *to, const claim_bench *bench)
{
    size_t i;

    fputs("| | claim | case | claimed | here (95 % interval) | verdict | what "
          "was measured |\n|---:|---|---|---:|---:|---|---|\n",
          to);
    for (i = 0; i < bench->count; i++) {
        put_markdown_row(to, &bench->rows[i], begins_claim(bench, i));
    }
}

// ---- A terminal -------------------------------------------------------------

// Writes words from column `indent` on, in lines of at most `width` columns.
static void put_wrapped(FILE *to, const char *text, size_t indent, size_t width)
{
    size_t at = 0;

    while (*text != '\0') {
        size_t size = strcspn(text, " ");
        size_t wide = columns(text, size);

        if (at == 0 || at + 1 + wide > width) {
            fprintf(to, "%s%*s", at == 0 ? "" : "\n", (int)indent, "");
            at = indent;
        } else {
            fputc(' ', to);
            at++;
        }
        fwrite(text, 1, size, to);
        at += wide;
        text += size + strspn(text + size, " ");
    }
    fputc('\n', to);
}

static void put_padded(FILE *to, const char *text, size_t width)
{
    size_t wide = columns(text, strlen(text));

    fprintf(to, "%s%*s", text, wide < width ? (int)(width - wide) : 0, "");
}

// The widest text of each column that is aligned.
typedef struct widths {
    size_t what, claimed, measured;
} widths;

static void widen(size_t *width, const char *text)
{
    size_t wide = columns(text, strlen(text));

    *width = wide > *width ? wide : *width;
}

static widths widths_of(const claim_bench *bench)
{
    widths w = {4, 0, 0};
    size_t i;

    for (i = 0; i < bench->count; i++) {
        widen(&w.what, bench->rows[i].what);
        widen(&w.claimed, bench->rows[i].claimed);
        widen(&w.measured, bench->rows[i].measured);
    }
    return w;
}

static void put_terminal_row(FILE *to, const claim_row *row, widths w,
                             size_t width)
{
    fputs("    ", to);
    put_padded(to, row->what, w.what);
    if (row->verdict == NULL) {
        fprintf(to, "  not measured: %s\n", row->about);
        return;
    }
    fputs("  ", to);
    put_padded(to, row->claimed, w.claimed);
    fputs("  ", to);
    put_padded(to, row->measured, w.measured);
    fprintf(to, "  %s\n", row->verdict);
    put_wrapped(to, row->about, 6, width);
}

void table_terminal(FILE *to, const claim_bench *bench, size_t width)
{
    widths w = widths_of(bench);
    char   head[512];
    size_t i;

    for (i = 0; i < bench->count; i++) {
        const claim_row *row = &bench->rows[i];

        if (begins_claim(bench, i)) {
            snprintf(head, sizeof head, "%u %s: %s", row->claim->number,
                     row->claim->name, row->claim->text);
            fputs(i == 0 ? "" : "\n", to);
            put_wrapped(to, head, 0, width);
        }
        put_terminal_row(to, row, w, width);
    }
}

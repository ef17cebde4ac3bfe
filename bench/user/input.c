// input.c -- see input.h.

#include "bench/user/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/json.h>

#include "gen/desc_build.h"
#include "schema/schema.h"

// ---- Files ------------------------------------------------------------------

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "inlay-bench: %s: %s\n", path, what);
    return false;
}

static bool read_stream(FILE *file, inlay_buffer *text)
{
    char   part[65536];
    size_t size;

    while ((size = fread(part, 1, sizeof part, file)) > 0) {
        inlay_buffer_append(text, part, size);
    }
    return !ferror(file);
}

static bool read_file(const char *path, inlay_buffer *text)
{
    FILE *file = fopen(path, "rb");
    bool  good;

    if (file == NULL) {
        return complain(path, strerror(errno));
    }
    good = read_stream(file, text) || complain(path, strerror(errno));
    fclose(file);
    if (text->failed) {
        return complain(path, "memory ran out");
    }
    return good;
}

// ---- The schema -------------------------------------------------------------

static void print_diagnostics(const diag_sink *sink)
{
    size_t size = diag_render_all(sink, NULL, 0) + 1;
    char  *text = malloc(size);

    if (text != NULL) {
        diag_render_all(sink, text, size);
        fputs(text, stderr);
    }
    free(text);
}

static schema *load_schema(const user_input *input)
{
    schema_options options = {.paths = &input->schema,
                              .path_count = 1,
                              .search = input->folders,
                              .search_count = input->folder_count};
    diag_sink      sink;
    schema        *compiled;

    diag_init(&sink, NULL);
    compiled = schema_load(&options, &sink);
    if (compiled == NULL) {
        print_diagnostics(&sink);
    }
    diag_release(&sink);
    return compiled;
}

// ---- The JSON ---------------------------------------------------------------

static bool check_text(const user_input *input, const inlay_record_desc *record,
                       const inlay_buffer *text)
{
    inlay_buffer message;
    inlay_error  error;
    inlay_status status;

    inlay_buffer_init(&message, NULL);
    status = inlay_json_read(record, (const char *)text->data, text->size, NULL,
                             &message, &error);
    inlay_buffer_release(&message);
    if (status != INLAY_OK) {
        fprintf(stderr, "%s:%u:%u: %s%s%s (as %s of %s)\n", input->json,
                error.line, error.column, error.path,
                error.path[0] != '\0' ? ": " : "", inlay_status_text(status),
                input->type, input->schema);
    }
    return status == INLAY_OK;
}

static bool check_type(const user_input *input, const schema *compiled,
                       const inlay_buffer *text)
{
    const ir_record *record =
        schema_find_record(schema_ir(compiled), input->type);
    const inlay_record_desc *desc;
    desc_build               descs;
    bool                     good;

    if (record == NULL) {
        fprintf(stderr, "inlay-bench: %s has no record `%s`\n", input->schema,
                input->type);
        return false;
    }
    desc_build_init(&descs, NULL);
    desc = desc_build_record(&descs, record);
    good = desc != NULL ? check_text(input, desc, text)
                        : complain(input->schema, "memory ran out");
    desc_build_release(&descs);
    return good;
}

static data_document *parse(const user_input *input, const inlay_buffer *text)
{
    char           message[256];
    data_document *document =
        data_document_new(text->data, text->size, message, sizeof message);

    if (document == NULL) {
        complain(input->json, message);
        return NULL;
    }
    document->schema = input->schema;
    document->type = input->type;
    document->json = input->json;
    document->folders = input->folders;
    document->folder_count = input->folder_count;
    return document;
}

data_document *user_read(const user_input *input)
{
    data_document *document = NULL;
    schema        *compiled = load_schema(input);
    inlay_buffer   text;

    inlay_buffer_init(&text, NULL);
    if (compiled != NULL && read_file(input->json, &text) &&
        check_type(input, compiled, &text)) {
        document = parse(input, &text);
    }
    inlay_buffer_release(&text);
    schema_free(compiled);
    return document;
}

// cross_vectors.c -- turns the test vectors of one schema, and values made up
// for it, into lines that a plain C program reads: `cross_vectors SCHEMA
// VECTORS.json COUNT` prints `kind root hex`, a message a line.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_json.h"
#include "json/json_support.h"

static void print_section(const json_value *root, const char *section,
                          const char *file)
{
    const json_value *entry = json_member(root, section)->first;

    for (; entry != NULL; entry = entry->next) {
        inlay_str name = json_member(entry, "root")->text;
        inlay_str hex = json_member(entry, "hex")->text;

        if (inlay_str_equal(json_member(entry, "schema")->text,
                            inlay_str_from(file))) {
            printf("%s %.*s %.*s\n", section, (int)name.size, name.data,
                   (int)hex.size, hex.data);
        }
    }
}

static void print_vectors(const char *path, const char *file)
{
    size_t       size;
    char        *text = json_file(path, &size);
    inlay_pool   pool;
    json_failure failure;
    json_value  *root;

    inlay_pool_init(&pool, NULL);
    root = inlay_json_parse(text, size, &pool, &failure);
    if (root == NULL) {
        fprintf(stderr, "%s is no JSON\n", path);
        exit(1);
    }
    print_section(root, "valid", file);
    print_section(root, "read", file);
    print_section(root, "invalid", file);
    inlay_pool_release(&pool);
    free(text);
}

static void print_made_up(const inlay_record_desc *desc, const char *name,
                          uint64_t *state, int64_t size)
{
    inlay_buffer text, bytes;
    size_t       i;

    inlay_buffer_init(&text, NULL);
    inlay_buffer_init(&bytes, NULL);
    random_json_record(state, desc, size, &text);
    if (inlay_json_read(desc, (const char *)text.data, text.size, NULL, &bytes,
                        NULL) != INLAY_OK) {
        fprintf(stderr, "%s: a made-up value is refused\n", name);
        exit(1);
    }
    printf("valid %s ", name);
    for (i = 0; i < bytes.size; i++) {
        printf("%02x", bytes.data[i]);
    }
    printf("\n");
    inlay_buffer_release(&text);
    inlay_buffer_release(&bytes);
}

int main(int argc, char **argv)
{
    const char    *slash = argc == 4 ? strrchr(argv[1], '/') : NULL;
    json_schema    compiled;
    const ir_file *file;
    uint64_t       state = 4242;
    long           count, j;
    uint32_t       i;

    if (argc != 4) {
        fprintf(stderr, "usage: cross_vectors SCHEMA VECTORS.json COUNT\n");
        return 2;
    }
    print_vectors(argv[2], slash == NULL ? argv[1] : slash + 1);
    json_schema_load(&compiled, argv[1]);
    file = schema_ir(compiled.compiled)->files[0];
    count = strtol(argv[3], NULL, 10);
    for (i = 0; i < file->decl_count; i++) {
        const ir_record *record = file->decls[i].of.record;

        for (j = 0; file->decls[i].kind == IR_DECL_RECORD && j < count; j++) {
            print_made_up(json_schema_record(&compiled, record->qualified),
                          record->name, &state, j % 40);
        }
    }
    json_schema_release(&compiled);
    return 0;
}

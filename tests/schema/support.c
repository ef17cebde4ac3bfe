// support.c -- see support.h.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

bool memory_read(void *context, const char *path, const char **text,
                 size_t *size)
{
    const memory_file *file = context;

    while (file->path != NULL && strcmp(file->path, path) != 0) {
        file++;
    }
    if (file->path == NULL) {
        return false;
    }
    *text = file->text;
    *size = strlen(file->text);
    return true;
}

void compile_files(compiled *out, const memory_file *files)
{
    static const char *const search[] = {"one", "two"};
    schema_options           options = {
                  .paths = &files[0].path,
                  .path_count = 1,
                  .search = search,
                  .search_count = 2,
                  .reader = {.read = memory_read, .context = (void *)files},
    };

    diag_init(&out->sink, NULL);
    out->handle = schema_load(&options, &out->sink);
    diag_render_all(&out->sink, out->text, sizeof(out->text));
    out->errors = out->text;
}

void compile_text(compiled *out, const char *text)
{
    static char whole[1 << 20];
    memory_file files[] = {{"test.inlay", whole}, {NULL, NULL}};

    (void)snprintf(whole, sizeof(whole), "package test; %s", text);
    compile_files(out, files);
}

void compiled_release(compiled *out)
{
    schema_free(out->handle);
    diag_release(&out->sink);
}

const ir_decl *get_decl(const compiled *c, const char *name)
{
    const ir_decl *decl;

    assert_string_equal(c->errors, "");
    assert_non_null(c->handle);
    decl = schema_find_decl(schema_ir(c->handle), name);
    assert_non_null(decl);
    return decl;
}

const ir_record *get_record(const compiled *c, const char *name)
{
    const ir_record *record;

    assert_string_equal(c->errors, "");
    assert_non_null(c->handle);
    record = schema_find_record(schema_ir(c->handle), name);
    assert_non_null(record);
    return record;
}

const ir_field *get_field(const compiled *c, const char *record,
                          const char *field)
{
    const ir_record *r = get_record(c, record);

    for (uint32_t i = 0; i < r->field_count; i++) {
        if (strcmp(r->fields[i].name, field) == 0) {
            return &r->fields[i];
        }
    }
    fail_msg("%s has no field %s", record, field);
    return NULL;
}

void assert_compiles(const char *text)
{
    compiled c;

    compile_text(&c, text);
    assert_string_equal(c.errors, "");
    assert_non_null(c.handle);
    compiled_release(&c);
}

void assert_refused(const char *text, const char *message)
{
    compiled c;

    compile_text(&c, text);
    assert_null(c.handle);
    assert_int_equal(c.sink.count, 1);
    assert_string_equal(c.sink.list[0].message, message);
    compiled_release(&c);
}

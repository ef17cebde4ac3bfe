// schema.c -- the phases in their order, and looking things up afterwards.
#include "schema/schema.h"

#include "schema/bounds.h"
#include "schema/load.h"
#include "schema/resolve.h"

#include <string.h>

struct schema {
    arena     memory;
    ir_schema ir;
};

// ---- Loading ----------------------------------------------------------------

static void schema_link(schema *s, const compilation *c)
{
    const ir_file **files =
        arena_alloc(&s->memory, c->unit_count, sizeof(*files));

    for (size_t i = 0; files != NULL && i < c->unit_count; i++) {
        files[i] = &c->units[i]->ir;
    }
    s->ir.files = files;
    s->ir.file_count = (uint32_t)c->unit_count;
    s->ir.root_count = (uint32_t)c->root_count;
}

// Runs the phases; each goes on behind errors of the ones before.
static void schema_compile(schema *s, const schema_options *options,
                           diag_sink *sink)
{
    compilation c = {
        .arena = &s->memory,
        .sink = sink,
        .strings = {.arena = &s->memory},
    };

    load_files(&c, options);
    if (!s->memory.failed) {
        resolve_units(&c);
    }
    if (!s->memory.failed) {
        check_units(&c);
    }
    if (!s->memory.failed && sink->count == 0) {
        bounds_units(&c);
    }
    schema_link(s, &c);
}

schema *schema_load(const schema_options *options, diag_sink *sink)
{
    arena   memory;
    schema *s;

    arena_init(&memory, options->alloc);
    s = arena_alloc(&memory, 1, sizeof(*s));
    if (s == NULL) {
        diag_out_of_memory(sink);
        return NULL;
    }
    s->memory = memory;
    schema_compile(s, options, sink);
    if (s->memory.failed || sink->memory.failed) {
        diag_out_of_memory(sink);
    }
    diag_sort(sink);
    if (sink->count > 0) {
        schema_free(s);
        return NULL;
    }
    return s;
}

void schema_free(schema *s)
{
    if (s != NULL) {
        // The handle lies in the arena it holds.
        arena memory = s->memory;

        arena_release(&memory);
    }
}

const ir_schema *schema_ir(const schema *s)
{
    return &s->ir;
}

// ---- Finding ----------------------------------------------------------------

const ir_decl *schema_find_decl(const ir_schema *ir, const char *name)
{
    bool qualified = strchr(name, '.') != NULL;

    for (uint32_t f = 0; f < ir->file_count; f++) {
        const ir_file *file = ir->files[f];

        for (uint32_t d = 0; d < file->decl_count; d++) {
            const ir_decl *decl = &file->decls[d];
            const char    *own =
                qualified ? ir_decl_qualified(decl) : ir_decl_name(decl);

            if (strcmp(own, name) == 0) {
                return decl;
            }
        }
    }
    return NULL;
}

const ir_record *schema_find_record(const ir_schema *ir, const char *name)
{
    bool qualified = strchr(name, '.') != NULL;

    for (uint32_t f = 0; f < ir->file_count; f++) {
        const ir_file *file = ir->files[f];

        for (uint32_t d = 0; d < file->decl_count; d++) {
            const ir_decl *decl = &file->decls[d];
            const char    *own =
                qualified ? ir_decl_qualified(decl) : ir_decl_name(decl);

            if (decl->kind == IR_DECL_RECORD && strcmp(own, name) == 0) {
                return decl->of.record;
            }
        }
    }
    return NULL;
}

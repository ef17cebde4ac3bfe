// load.c -- finding, reading and parsing files until no import is left.
//
// Files are told apart by their real paths, so one that is reached twice is
// loaded once. The queue of units is also the order of the IR's files.
#include "schema/load.h"

#include "schema/parse.h"
#include "schema/source.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

// ---- Reading one file -------------------------------------------------------

static unit *load_find(const compilation *c, const char *identity)
{
    for (size_t i = 0; i < c->unit_count; i++) {
        if (strcmp(c->units[i]->identity, identity) == 0) {
            return c->units[i];
        }
    }
    return NULL;
}

static unit *load_add(compilation *c, const char *path, const source *text)
{
    unit  *u = load_find(c, text->identity);
    unit **grown;

    if (u != NULL) {
        return u;
    }
    u = arena_alloc(c->arena, 1, sizeof(*u));
    grown = arena_grow(c->arena, c->units, c->unit_count, &c->unit_capacity,
                       sizeof(*c->units));
    if (u == NULL || grown == NULL) {
        return NULL;
    }
    u->identity = text->identity;
    u->ir.path = arena_copy(c->arena, path, strlen(path));
    u->ir.text = text->text;
    u->ir.text_size = text->size;
    u->ir.package = "";
    c->units = grown;
    c->units[c->unit_count++] = u;
    return u;
}

static const char *source_status_text(source_status status)
{
    return status == SOURCE_TOO_LARGE ? "is larger than 16 MiB"
           : status == SOURCE_MISSING ? "was not found"
                                      : "can't be read";
}

static void load_root(compilation *c, const schema_options *options,
                      const char *path)
{
    source        text;
    source_status status = source_read(c->arena, &options->reader, path, &text);

    if (c->arena->failed) {
        return;
    }
    if (status != SOURCE_OK) {
        diag_error_path(c->sink, path, "the file %s",
                        source_status_text(status));
        c->lost = true;
        return;
    }
    (void)load_add(c, path, &text);
}

// ---- Imports ----------------------------------------------------------------

// Reads the first file there is: beside the importing file, then in the search
// folders. Returns where it was found; `tried` becomes the list of places.
static const char *import_search(compilation *c, const schema_options *options,
                                 const unit *from, const char *name,
                                 source *text, source_status *status,
                                 const char **tried)
{
    const char *folder = source_folder(c->arena, from->ir.path);
    const char *path = source_join(c->arena, folder, name);

    *tried = str_format(c->arena, "`%s`", path);
    *status = source_read(c->arena, &options->reader, path, text);
    if (name[0] == '/') {
        return path;
    }
    for (size_t i = 0; i < options->search_count; i++) {
        if (*status != SOURCE_MISSING) {
            break;
        }
        path = source_join(c->arena, options->search[i], name);
        *tried = str_format(c->arena, "%s, `%s`", *tried, path);
        *status = source_read(c->arena, &options->reader, path, text);
    }
    return path;
}

static unit *load_import(compilation *c, const schema_options *options,
                         const unit *from, const ast_import *import)
{
    source        text;
    source_status status;
    const char   *tried;
    const char   *path;
    unit         *found;

    if (import->path[0] == '\0' || strchr(import->path, '\\') != NULL) {
        diag_error(c->sink, import->span, "`%s` is not the path of a file",
                   import->path);
        diag_hint(c->sink, "folders are separated by `/`");
        return NULL;
    }
    path =
        import_search(c, options, from, import->path, &text, &status, &tried);
    if (c->arena->failed) {
        return NULL;
    }
    if (status != SOURCE_OK) {
        diag_error(c->sink, import->span, "the imported file `%s` %s",
                   import->path, source_status_text(status));
        diag_hint(c->sink, "looked for %s", tried);
        return NULL;
    }
    found = load_find(c, text.identity);
    if (found == NULL && c->unit_count == SCHEMA_FILES_MAX) {
        diag_error(c->sink, import->span, "a compilation has at most %d files",
                   SCHEMA_FILES_MAX);
        return NULL;
    }
    return found != NULL ? found : load_add(c, path, &text);
}

static void import_check_repeated(compilation *c, const unit *u, uint32_t index,
                                  ir_span span)
{
    for (uint32_t i = 0; i < index; i++) {
        if (u->imports[i] == u->imports[index]) {
            diag_error(c->sink, span, "`%s` is imported twice",
                       u->ir.import_names[index]);
            return;
        }
    }
}

static void load_imports(compilation *c, const schema_options *options, unit *u)
{
    uint32_t     count = u->ast->import_count;
    const char **import_names = arena_alloc(c->arena, count, sizeof(char *));
    uint32_t     index = 0;

    u->imports = arena_alloc(c->arena, count, sizeof(*u->imports));
    if (u->imports == NULL || import_names == NULL) {
        return;
    }
    u->ir.import_names = import_names;
    if (count > SCHEMA_FILES_MAX) {
        diag_error(c->sink, u->ast->imports->span,
                   "a compilation has at most %d files", SCHEMA_FILES_MAX);
        return;
    }
    for (ast_import *i = u->ast->imports; i != NULL; i = i->next) {
        import_names[index] = i->path;
        u->imports[index] = load_import(c, options, u, i);
        if (u->imports[index] == NULL) {
            c->lost = true;
        } else {
            import_check_repeated(c, u, index, i->span);
        }
        index++;
    }
    u->ir.import_count = count;
}

static void load_parse(compilation *c, const schema_options *options, unit *u)
{
    u->ast = parse_file(&u->ir, c->arena, &c->strings, c->sink);
    if (u->ast == NULL) {
        c->lost = true;
        return;
    }
    c->lost = c->lost || u->ast->lost || u->ast->package == NULL;
    if (u->ast->package != NULL) {
        u->ir.package = u->ast->package;
    }
    u->ir.doc = u->ast->doc;
    load_imports(c, options, u);
}

// ---- The graph of imports ---------------------------------------------------

// Where the walk over imports is: the files from a root down to the current.
typedef struct chain {
    const unit         *u;
    const struct chain *above;
} chain;

static const char *chain_text(compilation *c, const chain *from,
                              const unit *until)
{
    const char *text = until->ir.path;

    for (const chain *link = from; link != NULL; link = link->above) {
        text = str_format(c->arena, "%s -> %s", link->u->ir.path, text);
        if (link->u == until) {
            break;
        }
    }
    return text;
}

static const ast_import *import_at(const unit *u, uint32_t index)
{
    const ast_import *import = u->ast->imports;

    while (index-- > 0) {
        import = import->next;
    }
    return import;
}

// Chains the hash of a file with those of its imports, so that it changes
// whenever anything that the file can see does.
static void unit_hash(unit *u)
{
    u->ir.hash = XXH3_64bits(u->ir.text, u->ir.text_size);
    for (uint32_t i = 0; i < u->ir.import_count; i++) {
        uint8_t bytes[16];

        for (int b = 0; b < 8 && u->imports[i] != NULL; b++) {
            bytes[b] = (uint8_t)(u->ir.hash >> (8 * b));
            bytes[8 + b] = (uint8_t)(u->imports[i]->ir.hash >> (8 * b));
        }
        if (u->imports[i] != NULL) {
            u->ir.hash = XXH3_64bits(bytes, sizeof(bytes));
        }
    }
}

// Visits what `u` imports before `u` itself. The recursion is at most as deep
// as there are files, SCHEMA_FILES_MAX.
static void unit_visit(compilation *c, unit *u, const chain *above)
{
    chain here = {u, above};

    u->state = UNIT_OPEN;
    for (uint32_t i = 0; i < u->ir.import_count; i++) {
        unit *import = u->imports[i];

        if (import == NULL || import->state == UNIT_DONE) {
            continue;
        }
        if (import->state == UNIT_NEW) {
            unit_visit(c, import, &here);
        } else {
            diag_error(c->sink, import_at(u, i)->span,
                       "imports form a cycle: %s",
                       chain_text(c, &here, import));
        }
    }
    u->state = UNIT_DONE;
    unit_hash(u);
}

// Fills the import lists of the IR, once all files have their final places.
static void unit_link(compilation *c, unit *u)
{
    const ir_file **imports =
        arena_alloc(c->arena, u->ir.import_count, sizeof(*imports));

    for (uint32_t i = 0; imports != NULL && i < u->ir.import_count; i++) {
        imports[i] = u->imports[i] == NULL ? NULL : &u->imports[i]->ir;
    }
    u->ir.imports = imports;
}

void load_files(compilation *c, const schema_options *options)
{
    for (size_t i = 0; i < options->path_count; i++) {
        load_root(c, options, options->paths[i]);
    }
    c->root_count = c->unit_count;
    for (size_t i = 0; i < c->unit_count; i++) {
        load_parse(c, options, c->units[i]);
    }
    for (size_t i = 0; i < c->unit_count; i++) {
        if (c->units[i]->state == UNIT_NEW) {
            unit_visit(c, c->units[i], NULL);
        }
        unit_link(c, c->units[i]);
    }
}

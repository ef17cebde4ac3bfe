// code.c -- see code.h.
//
// The code's undefined symbols are libinlay's, which the executable has in
// whole and exports: it runs with the very runtime of all other sets.
#define _XOPEN_SOURCE 700
#include "bench/user/code.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/user/sums.h"
#include "gen/gen_c.h"
#include "schema/schema.h"

typedef const bench_case *const *cases;

// A folder with the sources, and the compiler's command.
typedef struct workshop {
    char        folder[4096];
    char      **command; // NULL-ended; the sources in it are to be freed
    size_t      count;
    const char *failure;
} workshop;

static bool fail(workshop *self, const char *why)
{
    self->failure = why;
    return false;
}

// Returns FOLDER/NAME+SUFFIX, to be freed; ends the program without memory, as
// the harness does.
static char *path_in(const char *folder, const char *name, size_t name_size,
                     const char *suffix)
{
    size_t size = strlen(folder) + name_size + strlen(suffix) + 2;
    char  *path = malloc(size);

    if (path == NULL) {
        fputs("inlay-bench: out of memory\n", stderr);
        exit(2);
    }
    snprintf(path, size, "%s/%.*s%s", folder, (int)name_size, name, suffix);
    return path;
}

// ---- The folder -------------------------------------------------------------

static bool folder_make(workshop *self)
{
    const char *base = getenv("TMPDIR");

    snprintf(self->folder, sizeof self->folder, "%s/inlay-bench-XXXXXX",
             base != NULL && base[0] != '\0' ? base : "/tmp");
    if (mkdtemp(self->folder) == NULL) {
        self->folder[0] = '\0';
        return fail(self, "no temporary folder could be made");
    }
    return true;
}

// Removes it with its files; there are no folders inside.
static void folder_remove(const workshop *self)
{
    DIR           *all = opendir(self->folder);
    struct dirent *entry;

    if (all == NULL) {
        return;
    }
    while ((entry = readdir(all)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0) {
            char *path =
                path_in(self->folder, entry->d_name, strlen(entry->d_name), "");

            unlink(path);
            free(path);
        }
    }
    closedir(all);
    rmdir(self->folder);
}

// ---- Sources ----------------------------------------------------------------

static bool write_text(workshop *self, const char *path, const gen_text *text)
{
    FILE *file = fopen(path, "wx"); // two files of one name would be one

    if (file == NULL) {
        return fail(self, errno == EEXIST
                              ? "two of its schema's files have the same name"
                              : "its code could not be written");
    }
    fwrite(text->data, 1, text->size, file);
    return fclose(file) == 0 ? true
                             : fail(self, "its code could not be written");
}

// Writes a schema file's header and source; the latter is to be compiled.
static bool write_generated(workshop *self, const ir_schema *ir,
                            const ir_file *file)
{
    const char *slash = strrchr(file->path, '/');
    const char *name = slash != NULL ? slash + 1 : file->path;
    size_t      size = strlen(name);
    gen_text    header;
    gen_text    source;
    char       *path;
    bool        good;

    if (size > 6 && strcmp(name + size - 6, ".inlay") == 0) {
        size -= 6;
    }
    if (!gen_c_file(ir, file, &header, &source)) {
        return fail(self, "memory ran out");
    }
    path = path_in(self->folder, name, size, ".inlay.h");
    good = write_text(self, path, &header);
    free(path);
    path = path_in(self->folder, name, size, ".inlay.c");
    good = good && write_text(self, path, &source);
    self->command[self->count++] = path;
    free(header.data);
    free(source.data);
    return good;
}

static bool write_sums(workshop *self, const ir_schema *ir,
                       const ir_record *root)
{
    char *path = path_in(self->folder, "user", 4, ".c");
    FILE *file = fopen(path, "wx");
    bool  good = file != NULL;

    self->command[self->count++] = path;
    good = good && user_sums_write(ir, root, file);
    if (file != NULL && fclose(file) != 0) {
        good = false;
    }
    return good || fail(self, "its code could not be written");
}

// ---- Compiling --------------------------------------------------------------

static const char *compiler(void)
{
    const char *cc = getenv("CC");

    return cc != NULL && cc[0] != '\0' ? cc : "cc";
}

// Runs the command, and tells a compiler that is not there from one that
// refused.
static bool run_compiler(workshop *self)
{
    pid_t child;
    int   status = 0;

    child = fork();
    if (child == 0) {
        execvp(self->command[0], self->command);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        return fail(self, "the C compiler could not be run");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        return fail(self, "there is no C compiler, cc or what CC names, to "
                          "make its code");
    }
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           fail(self, "the C compiler did not take its code");
}

static cases load(workshop *self, const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *found = library == NULL ? NULL : dlsym(library, "inlay_user_cases");

    if (found == NULL) {
        fprintf(stderr, "inlay-bench: %s\n", dlerror());
        fail(self, "its code could not be loaded");
    }
    return found;
}

static char include_root[] = "-I" BENCH_SOURCE_DIR;
static char include_inlay[] = "-I" BENCH_SOURCE_DIR "/include";

// Warnings are the generator's tests' business.
static char *const flags[] = {
    "-O2", "-shared",    "-fPIC",       "-fvisibility=hidden",
    "-w",  include_root, include_inlay, "-I",
    NULL};

#define FLAGS (sizeof flags / sizeof flags[0] - 1)

static cases build(workshop *self, const ir_schema *ir, const ir_record *root)
{
    char    *object = path_in(self->folder, "user", 4, ".so");
    char    *output = (char[]){"-o"};
    cases    made = NULL;
    size_t   sources;
    bool     good = true;
    uint32_t i;

    self->command[self->count++] = (char *)(uintptr_t)compiler();
    memcpy(self->command + self->count, flags, sizeof flags);
    self->count += FLAGS;
    self->command[self->count++] = self->folder;
    self->command[self->count++] = output;
    self->command[self->count++] = object;
    sources = self->count;
    for (i = 0; good && i < ir->file_count; i++) {
        good = write_generated(self, ir, ir->files[i]);
    }
    good = good && write_sums(self, ir, root) && run_compiler(self);
    if (good) {
        made = load(self, object);
    }
    while (self->count > sources) {
        free(self->command[--self->count]);
    }
    free(object);
    return made;
}

// ---- All of it --------------------------------------------------------------

static cases make(workshop *self, const data_document *document)
{
    schema_options options = {.paths = &document->schema,
                              .path_count = 1,
                              .search = document->folders,
                              .search_count = document->folder_count};
    diag_sink      sink;
    schema        *compiled;
    cases          made = NULL;

    diag_init(&sink, NULL);
    compiled = schema_load(&options, &sink);
    if (compiled != NULL) {
        const ir_schema *ir = schema_ir(compiled);
        const ir_record *root = schema_find_record(ir, document->type);

        self->command = calloc(FLAGS + ir->file_count + 8, sizeof(char *));
        if (self->command != NULL && root != NULL && folder_make(self)) {
            made = build(self, ir, root);
            folder_remove(self);
        }
        free(self->command);
    }
    schema_free(compiled);
    diag_release(&sink);
    return made;
}

const bench_case *const *user_code(const data_document *document,
                                   const char         **failure)
{
    static cases                made;
    static const data_document *of; // one a process: it is the user's
    static workshop             shop;

    if (of != document) {
        of = document;
        shop.failure = "its schema can no longer be read";
        made = make(&shop, document);
    }
    *failure = made == NULL ? shop.failure : NULL;
    return made;
}

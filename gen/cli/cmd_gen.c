// cmd_gen.c -- `inlay gen`: schemas to source code.
//
// All is generated before anything is written, so a bad schema leaves what is
// there as it was; and files that would not change are left alone, so that
// build systems have nothing to redo.
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gen/cli/cli.h"
#include "gen/gen_c.h"
#include "gen/gen_rust.h"

// A back end: what it is called, and the two files it makes of a schema.
typedef struct gen_language {
    const char *name;
    const char *suffixes[2]; // behind the schema's name
    bool (*make)(const ir_schema *ir, const ir_file *file, gen_text *first,
                 gen_text *second);
} gen_language;

static const gen_language gen_languages[] = {
    {"c", {".inlay.h", ".inlay.c"}, gen_c_file},
    {"rust", {".rs", "_layout.c"}, gen_rust_file},
};

typedef struct gen_options {
    const gen_language *language;
    const char         *lang;
    const char         *out;
    const char         *depfile;
    bool                sizes;
    cli_folders         folders;
    const char *const  *files;
    size_t              file_count;
} gen_options;

// What is made of one schema file.
typedef struct gen_product {
    char    *paths[2];
    gen_text texts[2];
} gen_product;

// ---- Names ------------------------------------------------------------------

// Returns the file's name without folders and `.inlay`; `size` is its length.
static const char *stem_of(const char *path, size_t *size)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t      length = strlen(name);

    if (length > 6 && strcmp(name + length - 6, ".inlay") == 0) {
        length -= 6;
    }
    *size = length;
    return name;
}

// Returns OUT/NAME and the suffix, to be freed; NULL when memory ran out.
static char *product_path(const char *out, const char *path, const char *suffix)
{
    size_t      size;
    const char *stem = stem_of(path, &size);
    size_t      room = strlen(out) + size + strlen(suffix) + sizeof "/";
    char       *text = malloc(room);

    if (text != NULL) {
        snprintf(text, room, "%s/%.*s%s", out, (int)size, stem, suffix);
    }
    return text;
}

// Two files of one name would overwrite each other.
static bool names_check(const gen_options *options)
{
    size_t i;
    size_t j;

    for (i = 0; i < options->file_count; i++) {
        for (j = 0; j < i; j++) {
            size_t      a;
            size_t      b;
            const char *left = stem_of(options->files[i], &a);
            const char *right = stem_of(options->files[j], &b);

            if (a == b && memcmp(left, right, a) == 0) {
                cli_complain(&cmd_gen, "%s and %s would make the same files",
                             options->files[j], options->files[i]);
                return false;
            }
        }
    }
    return true;
}

// ---- Dependencies -----------------------------------------------------------

// Appends a path as make and ninja want it.
static void depfile_path(inlay_buffer *text, const char *path)
{
    inlay_buffer_append(text, " ", 1);
    for (; *path != '\0'; path++) {
        if (*path == ' ' || *path == '#' || *path == '\\') {
            inlay_buffer_append(text, "\\", 1);
        } else if (*path == '$') {
            inlay_buffer_append(text, "$", 1);
        }
        inlay_buffer_append(text, path, 1);
    }
}

// Writes one rule: all that was made depends on all schemas that were read.
static bool depfile_write(const gen_options *options, const ir_schema *ir,
                          const gen_product *products)
{
    inlay_buffer text;
    bool         good;
    size_t       i;

    inlay_buffer_init(&text, NULL);
    for (i = 0; i < options->file_count; i++) {
        depfile_path(&text, products[i].paths[0]);
        depfile_path(&text, products[i].paths[1]);
    }
    inlay_buffer_append(&text, ":", 1);
    for (i = 0; i < ir->file_count; i++) {
        depfile_path(&text, ir->files[i]->path);
    }
    inlay_buffer_append(&text, "\n", 1);
    if (text.failed) {
        cli_complain(&cmd_gen, "memory ran out");
    }
    // Without the space in front of the first target.
    good = !text.failed && cli_write_if_changed(&cmd_gen, options->depfile,
                                                text.data + 1, text.size - 1);
    inlay_buffer_release(&text);
    return good;
}

// ---- Products ---------------------------------------------------------------

static bool product_make(gen_product *self, const gen_options *options,
                         const ir_schema *ir, const ir_file *file)
{
    const gen_language *language = options->language;

    self->paths[0] =
        product_path(options->out, file->path, language->suffixes[0]);
    self->paths[1] =
        product_path(options->out, file->path, language->suffixes[1]);
    if (self->paths[0] == NULL || self->paths[1] == NULL ||
        !language->make(ir, file, &self->texts[0], &self->texts[1])) {
        cli_complain(&cmd_gen, "%s: no code could be made: memory ran out",
                     file->path);
        return false;
    }
    return true;
}

static bool product_write(const gen_product *self)
{
    size_t i;

    for (i = 0; i < 2; i++) {
        if (!cli_write_if_changed(&cmd_gen, self->paths[i], self->texts[i].data,
                                  self->texts[i].size)) {
            return false;
        }
    }
    return true;
}

static void product_release(gen_product *self)
{
    size_t i;

    for (i = 0; i < 2; i++) {
        free(self->paths[i]);
        free(self->texts[i].data);
    }
}

static bool folder_make(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        cli_complain(&cmd_gen, "%s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

static bool gen_products(const gen_options *options, const ir_schema *ir,
                         gen_product *products)
{
    size_t i;

    for (i = 0; i < options->file_count; i++) {
        if (!product_make(&products[i], options, ir, ir->files[i])) {
            return false;
        }
    }
    if (!folder_make(options->out)) {
        return false;
    }
    for (i = 0; i < options->file_count; i++) {
        if (!product_write(&products[i])) {
            return false;
        }
    }
    return options->depfile == NULL || depfile_write(options, ir, products);
}

// ---- The command ------------------------------------------------------------

// Makes what was asked for of the schemas that were named.
static bool gen_make(const gen_options *options, const ir_schema *ir)
{
    gen_product *products;
    bool         good;
    size_t       i;

    products = calloc(options->file_count, sizeof *products);
    if (products == NULL) {
        cli_complain(&cmd_gen, "memory ran out");
        return false;
    }
    good = gen_products(options, ir, products);
    for (i = 0; i < options->file_count; i++) {
        product_release(&products[i]);
    }
    free(products);
    return good;
}

static int gen_run(gen_options *options)
{
    schema_options how = {.paths = options->files,
                          .path_count = options->file_count,
                          .search = options->folders.paths,
                          .search_count = options->folders.count};
    schema        *compiled;
    int            status = CLI_WRONG;

    compiled = cli_schema_load(&cmd_gen, &how, CLI_BAD, &status);
    if (compiled == NULL) {
        return status;
    }
    // A file that was named twice was compiled once.
    options->file_count = schema_ir(compiled)->root_count;
    if (options->sizes ? cli_sizes_print(&cmd_gen, schema_ir(compiled))
                       : gen_make(options, schema_ir(compiled))) {
        status = CLI_GOOD;
    }
    schema_free(compiled);
    return status;
}

// --sizes makes no files, so what is about files has no place beside it.
static bool gen_check_sizes(const gen_options *options)
{
    const char *extra = options->lang != NULL      ? "--lang"
                        : options->out != NULL     ? "--out"
                        : options->depfile != NULL ? "--depfile"
                                                   : NULL;

    if (extra != NULL) {
        cli_complain(&cmd_gen, "--sizes makes no files, so %s is too much",
                     extra);
        return false;
    }
    if (options->file_count == 0) {
        cli_complain(&cmd_gen, "no schema to read; see `inlay gen --help`");
        return false;
    }
    return true;
}

// Finds the back end of --lang; false with a complaint.
static bool gen_find_language(gen_options *options)
{
    size_t i;

    for (i = 0; i < sizeof gen_languages / sizeof gen_languages[0]; i++) {
        if (strcmp(options->lang, gen_languages[i].name) == 0) {
            options->language = &gen_languages[i];
            return true;
        }
    }
    cli_complain(&cmd_gen, "no language `%s`; there are: c, rust",
                 options->lang);
    return false;
}

static bool gen_check(gen_options *options)
{
    if (options->sizes) {
        return gen_check_sizes(options);
    }
    if (options->lang == NULL || options->out == NULL) {
        cli_complain(&cmd_gen, "%s is needed; see `inlay gen --help`",
                     options->lang == NULL ? "--lang" : "--out");
        return false;
    }
    if (!gen_find_language(options)) {
        return false;
    }
    if (options->file_count == 0) {
        cli_complain(&cmd_gen, "no schema to read; see `inlay gen --help`");
        return false;
    }
    return names_check(options);
}

static bool gen_option(gen_options *options, int option)
{
    switch (option) {
    case 'l':
        options->lang = optarg;
        return true;
    case 'o':
        options->out = optarg;
        return true;
    case 'd':
        options->depfile = optarg;
        return true;
    case 's':
        options->sizes = true;
        return true;
    case 'I':
        return cli_folders_add(&cmd_gen, &options->folders, optarg);
    default:
        return false;
    }
}

static int gen_main(int argc, char **argv)
{
    static const struct option names[] = {
        {"lang", required_argument, NULL, 'l'},
        {"out", required_argument, NULL, 'o'},
        {"depfile", required_argument, NULL, 'd'},
        {"import", required_argument, NULL, 'I'},
        {"sizes", no_argument, NULL, 's'},
        {"help", no_argument, NULL, CLI_OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    gen_options options = {0};
    int         status = CLI_WRONG;
    int         option;

    while ((option = cli_option(&cmd_gen, argc, argv, ":I:o:h", names)) !=
           CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (!gen_option(&options, option)) {
            goto done;
        }
    }
    options.files = (const char *const *)(argv + optind);
    options.file_count = (size_t)(argc - optind);
    if (gen_check(&options)) {
        status = gen_run(&options);
    }
done:
    free(options.folders.paths);
    return status;
}

const cli_command cmd_gen = {
    "gen",
    "make source code from schemas",
    "usage: inlay gen --lang LANG --out DIR [--depfile FILE] [-I DIR]... "
    "FILE...\n"
    "       inlay gen --sizes [-I DIR]... FILE...\n"
    "\n"
    "Makes NAME.inlay.h and NAME.inlay.c in DIR of each schema NAME.inlay; in\n"
    "Rust, NAME.rs and NAME_layout.c, which asserts that both agree.\n"
    "Files that would not change are left alone; a bad schema leaves all as "
    "it\n"
    "was, and its errors go to standard error.\n"
    "\n"
    "With --sizes makes nothing, and prints how many bytes the messages of "
    "each\n"
    "record have at least and at most, or the field that keeps them from "
    "having\n"
    "a most: one without @max, one that leads back to its record, or one with\n"
    "which they come to 2^47 bytes.\n"
    "\n"
    "  --lang LANG       c or rust\n"
    "  -o, --out DIR     where the files go; is made if it is not there\n"
    "  --depfile FILE    write what was read there, as a rule for make and "
    "ninja\n"
    "  --sizes           print sizes, to standard output\n"
    "  -I, --import DIR  look for imports there too; may be repeated\n"
    "  -h, --help        print this\n",
    gen_main,
};

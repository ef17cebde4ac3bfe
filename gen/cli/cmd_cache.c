// cmd_cache.c -- `inlay cache`: build, list, get, check.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <inlay/cache.h>
#include <inlay/verify.h>

#include "gen/cli/cli.h"

typedef struct cache_options {
    cli_type    type;
    const char *out;
    uint64_t    id;
    bool        has_id;
    char      **words; // behind the subcommand
    int         word_count;
} cache_options;

// Prints what is wrong; the exit status follows from it.
static int report(const char *path, inlay_status status,
                  const inlay_error *error)
{
    char text[INLAY_PATH_SIZE + 200];

    if (status == INLAY_SYSTEM) {
        return cli_complain(&cmd_cache, "%s: %s", path, strerror(errno));
    }
    if (status == INLAY_OUT_OF_MEMORY || status == INLAY_REFUSED) {
        return cli_complain(&cmd_cache, "%s: %s", path,
                            inlay_status_text(status));
    }
    inlay_error_format(error, text, sizeof text);
    fprintf(stderr, "%s: %s\n", path, text);
    return CLI_BAD;
}

static int open_cache(cache_options *o, inlay_cache *cache)
{
    inlay_cache_options how = {0};
    inlay_error         error;
    inlay_status        status;

    if (o->type.schema_path != NULL || o->type.name != NULL) {
        if (!cli_type_id(&cmd_cache, &o->type, o->has_id, &o->id)) {
            return CLI_WRONG;
        }
    }
    how.type_id = o->id;
    status = inlay_cache_open(cache, o->words[0], &how, &error);
    return status == INLAY_OK ? CLI_GOOD : report(o->words[0], status, &error);
}

static bool words_are(const cache_options *o, int count, const char *usage)
{
    if (o->word_count != count) {
        cli_complain(&cmd_cache, "%s is needed; see `inlay cache --help`",
                     usage);
        return false;
    }
    return true;
}

// ---- build ------------------------------------------------------------------

// Adds a file; its name without its folder is the key.
static int build_add(const cache_options *o, const char *path,
                     inlay_cache_builder *builder, inlay_buffer *message)
{
    const char  *slash = strrchr(path, '/');
    const char  *key = slash != NULL ? slash + 1 : path;
    inlay_error  error;
    inlay_status status;

    inlay_buffer_clear(message);
    if (!cli_read(&cmd_cache, path, message)) {
        return CLI_WRONG;
    }
    if (o->type.record != NULL) {
        status =
            inlay_verify(o->type.record, message->data, message->size, &error);
        if (status != INLAY_OK) {
            return report(path, status, &error);
        }
    }
    status = inlay_cache_builder_add(builder, key, strlen(key), message->data,
                                     message->size);
    return status == INLAY_OK ? CLI_GOOD
                              : cli_complain(&cmd_cache, "%s: %s", path,
                                             status == INLAY_SYSTEM
                                                 ? strerror(errno)
                                                 : inlay_status_text(status));
}

static int build_all(const cache_options *o, inlay_cache_builder *builder)
{
    inlay_buffer message;
    inlay_error  error;
    inlay_status status;
    int          result = CLI_GOOD;
    int          i;

    inlay_buffer_init(&message, NULL);
    for (i = 0; i < o->word_count && result == CLI_GOOD; i++) {
        result = build_add(o, o->words[i], builder, &message);
    }
    inlay_buffer_release(&message);
    if (result != CLI_GOOD) {
        return result;
    }
    status = inlay_cache_builder_publish(builder, &error);
    return status == INLAY_OK ? CLI_GOOD : report(o->out, status, &error);
}

static int cache_build(cache_options *o)
{
    inlay_cache_builder_options how = {0};
    inlay_cache_builder         builder;
    inlay_status                status;
    int                         result;

    if (o->out == NULL) {
        return cli_complain(&cmd_cache, "-o OUT is needed; see "
                                        "`inlay cache --help`");
    }
    if (!cli_type_id(&cmd_cache, &o->type, o->has_id, &o->id)) {
        return CLI_WRONG;
    }
    how.type_id = o->id;
    status = inlay_cache_builder_init(&builder, o->out, &how);
    if (status != INLAY_OK) {
        return report(o->out, status, NULL);
    }
    result = build_all(o, &builder);
    inlay_cache_builder_release(&builder);
    return result;
}

// ---- list and check ---------------------------------------------------------

static void print_key(inlay_bytes key)
{
    size_t i;

    for (i = 0; i < key.size; i++) {
        uint8_t byte = key.data[i];

        if (byte >= 0x20 && byte < 0x7f && byte != '\\') {
            putchar(byte);
        } else {
            printf("\\x%02x", byte);
        }
    }
}

// Calls `each` with all entries; damaged slots are reported.
static int walk(const cache_options *o, const inlay_cache *cache,
                int (*each)(const cache_options *o, const inlay_cache *cache,
                            const inlay_cache_entry *entry))
{
    inlay_cache_entry entry;
    inlay_error       error;
    inlay_status      status;
    uint64_t          cursor = 0;
    int               result = CLI_GOOD;

    while ((status = inlay_cache_next(cache, &cursor, &entry, &error)) !=
           INLAY_NOT_FOUND) {
        int one = status == INLAY_OK ? each(o, cache, &entry)
                                     : report(o->words[0], status, &error);

        result = one == CLI_GOOD ? result : one;
    }
    return result;
}

static int list_one(const cache_options *o, const inlay_cache *cache,
                    const inlay_cache_entry *entry)
{
    (void)o;
    (void)cache;
    printf("%12" PRIu64 "  %12zu  ", entry->offset, entry->value.size);
    print_key(entry->key);
    putchar('\n');
    return CLI_GOOD;
}

static int check_one(const cache_options *o, const inlay_cache *cache,
                     const inlay_cache_entry *entry)
{
    inlay_error  error;
    inlay_status status =
        inlay_cache_entry_check(cache, entry, o->type.record, &error);

    return status == INLAY_OK ? CLI_GOOD : report(o->words[0], status, &error);
}

static int cache_list(cache_options *o)
{
    inlay_cache cache;
    int         result;

    if (!words_are(o, 1, "one cache")) {
        return CLI_WRONG;
    }
    result = open_cache(o, &cache);
    if (result != CLI_GOOD) {
        return result;
    }
    printf("%12s  %12s  %s\n", "offset", "size", "key");
    result = walk(o, &cache, list_one);
    inlay_cache_close(&cache);
    if (fflush(stdout) != 0) {
        return cli_complain(&cmd_cache, "standard output: %s", strerror(errno));
    }
    return result;
}

// The entries first: they say more than that something is wrong somewhere.
static int cache_check(cache_options *o)
{
    inlay_cache  cache;
    inlay_error  error;
    inlay_status status;
    int          result;

    if (!words_are(o, 1, "one cache")) {
        return CLI_WRONG;
    }
    result = open_cache(o, &cache);
    if (result != CLI_GOOD) {
        return result;
    }
    result = walk(o, &cache, check_one);
    status = inlay_cache_check(&cache, &error);
    if (status != INLAY_OK) {
        result = report(o->words[0], status, &error);
    }
    inlay_cache_close(&cache);
    return result;
}

// ---- get --------------------------------------------------------------------

static int get_value(const cache_options *o, const inlay_cache *cache)
{
    const char  *key = o->words[1];
    inlay_bytes  value;
    inlay_status status = inlay_cache_get(cache, key, strlen(key), &value);
    bool         written;

    if (status != INLAY_OK) {
        fprintf(stderr, "%s: no entry `%s`\n", o->words[0], key);
        return CLI_BAD;
    }
    written = o->out != NULL
                  ? cli_write(&cmd_cache, o->out, value.data, value.size)
                  : cli_write_stdout(&cmd_cache, value.data, value.size);
    return written ? CLI_GOOD : CLI_WRONG;
}

static int cache_get(cache_options *o)
{
    inlay_cache cache;
    int         result;

    if (!words_are(o, 2, "a cache and a key")) {
        return CLI_WRONG;
    }
    if (o->out == NULL && isatty(STDOUT_FILENO)) {
        return cli_complain(&cmd_cache, "a message is binary: give -o FILE, or "
                                        "send standard output elsewhere");
    }
    result = open_cache(o, &cache);
    if (result != CLI_GOOD) {
        return result;
    }
    result = get_value(o, &cache);
    inlay_cache_close(&cache);
    return result;
}

// ---- Options ----------------------------------------------------------------

static int run(int argc, char **argv, cache_options *o)
{
    static const struct {
        const char *word;
        int (*function)(cache_options *o);
    } functions[] = {{"build", cache_build},
                     {"list", cache_list},
                     {"get", cache_get},
                     {"check", cache_check}};
    size_t i;

    if (optind == argc) {
        return cli_complain(&cmd_cache, "build, list, get or check is needed; "
                                        "see `inlay cache --help`");
    }
    o->words = argv + optind + 1;
    o->word_count = argc - optind - 1;
    for (i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (strcmp(argv[optind], functions[i].word) == 0) {
            return functions[i].function(o);
        }
    }
    return cli_complain(&cmd_cache, "no `%s`; see `inlay cache --help`",
                        argv[optind]);
}

static bool take_option(cache_options *o, int option)
{
    switch (option) {
    case 'o':
        o->out = optarg;
        return true;
    case 'i':
        o->has_id = true;
        return cli_number(&cmd_cache, "--id", optarg, &o->id);
    default:
        return cli_type_option(&cmd_cache, &o->type, option);
    }
}

static int cache_main(int argc, char **argv)
{
    static const struct option names[] = {
        CLI_TYPE_OPTIONS,
        {"id", required_argument, NULL, 'i'},
        {"output", required_argument, NULL, 'o'},
        {NULL, 0, NULL, 0},
    };
    cache_options options = {0};
    int           status = CLI_WRONG;
    int           option;

    while ((option = cli_option(&cmd_cache, argc, argv,
                                ":" CLI_TYPE_LETTERS "o:h", names)) !=
           CLI_OPTION_END) {
        if (option == CLI_OPTION_HELP) {
            status = CLI_GOOD;
            goto done;
        }
        if (option == CLI_OPTION_WRONG || !take_option(&options, option)) {
            goto done;
        }
    }
    status = run(argc, argv, &options);
done:
    cli_type_close(&options.type);
    return status;
}

const cli_command cmd_cache = {
    "cache",
    "build, list, read and check snapshot caches",
    "usage: inlay cache build --schema FILE --type NAME -o CACHE MESSAGE...\n"
    "       inlay cache build --id ID -o CACHE MESSAGE...\n"
    "       inlay cache list CACHE\n"
    "       inlay cache get [-o OUT] CACHE KEY\n"
    "       inlay cache check [--schema FILE --type NAME] CACHE\n"
    "\n"
    "build makes a cache of files, by their names without folders; messages "
    "are\n"
    "verified where a schema is given. list prints where each value lies, its\n"
    "size and its key. get writes the message of a key. check looks at every\n"
    "byte: all checksums, all keys, and all messages where a schema is given.\n"
    "Exits with 1 when a cache is damaged, or has no such key.\n"
    "\n" CLI_TYPE_HELP "  --id ID           the type id instead, as in 0x1234\n"
    "  -o, --output OUT  write there, whole or not at all\n"
    "  -h, --help        print this\n",
    cache_main,
};

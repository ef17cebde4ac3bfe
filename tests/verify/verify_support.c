// verify_support.c -- what the tests of the verifier share.

#include "verify_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

// ---- Schemas ----------------------------------------------------------------

static void schema_compile(test_schema *self, const schema_options *options)
{
    diag_sink sink;
    char      text[4000];

    diag_init(&sink, NULL);
    self->compiled = schema_load(options, &sink);
    if (self->compiled == NULL) {
        diag_render_all(&sink, text, sizeof text);
        fail_msg("%s", text);
    }
    diag_release(&sink);
    desc_build_init(&self->build, NULL);
}

void test_schema_load(test_schema *self, const char *file)
{
    char                 path[400];
    const char          *paths[1] = {path};
    const schema_options options = {.paths = paths, .path_count = 1};

    snprintf(path, sizeof path, "%s/%s", VECTORS_DIR, file);
    schema_compile(self, &options);
}

static bool text_read(void *context, const char *path, const char **text,
                      size_t *size)
{
    const char *const *source = context;

    (void)path;
    *text = *source;
    *size = strlen(*source);
    return true;
}

void test_schema_text(test_schema *self, const char *text)
{
    const char          *paths[1] = {"test.inlay"};
    const schema_options options = {
        .paths = paths,
        .path_count = 1,
        .reader = {text_read, &text},
    };

    schema_compile(self, &options);
}

void test_schema_release(test_schema *self)
{
    desc_build_release(&self->build);
    schema_free(self->compiled);
}

const inlay_record_desc *test_schema_record(test_schema *self, const char *name)
{
    const ir_record *record =
        schema_find_record(schema_ir(self->compiled), name);
    const inlay_record_desc *desc;

    assert_non_null(record);
    desc = desc_build_record(&self->build, record);
    assert_non_null(desc);
    return desc;
}

// ---- Messages ---------------------------------------------------------------

static void *memory_new(size_t size)
{
    void *memory = malloc(size == 0 ? 1 : size);

    assert_non_null(memory);
    return memory;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int)(found - digits);
}

test_bytes test_bytes_from_hex(const char *hex)
{
    uint8_t   *bytes = memory_new(strlen(hex) / 2);
    size_t     count = 0;
    int        high = -1, digit;
    test_bytes exact;

    for (; *hex != '\0'; hex++) {
        digit = hex_digit(*hex);
        if (digit >= 0 && high < 0) {
            high = digit;
        } else if (digit >= 0) {
            bytes[count++] = (uint8_t)(high << 4 | digit);
            high = -1;
        }
    }
    assert_int_equal(high, -1);
    exact = test_bytes_copy(bytes, count);
    free(bytes);
    return exact;
}

test_bytes test_bytes_copy(const uint8_t *data, size_t size)
{
    test_bytes copy = {memory_new(size), size};

    if (size > 0) {
        memcpy(copy.data, data, size);
    }
    return copy;
}

void test_bytes_free(test_bytes bytes)
{
    free(bytes.data);
}

inlay_status test_verify(const inlay_record_desc *desc, test_bytes bytes,
                         inlay_error *error)
{
    inlay_error  ours = {0};
    inlay_status status = inlay_verify(desc, bytes.data, bytes.size, error);
    inlay_status canonical =
        inlay_verify_canonical(desc, bytes.data, bytes.size, &ours);

    // Whatever the one refuses the other does, and the other refuses more, but
    // for one reason only.
    if (status == INLAY_OK) {
        assert_true(canonical == INLAY_OK || canonical == INLAY_NOT_CANONICAL);
    } else {
        assert_int_not_equal(canonical, INLAY_OK);
    }
    if (canonical != INLAY_OK) {
        assert_int_equal(ours.status, canonical);
        assert_true(ours.offset <= bytes.size);
        assert_non_null(memchr(ours.path, '\0', sizeof ours.path));
    }
    if (status != INLAY_OK && error != NULL) {
        assert_int_equal(error->status, status);
        assert_true(error->offset <= bytes.size);
    }
    return status;
}

// ---- Vectors ----------------------------------------------------------------

#define SCHEMA_COUNT_MAX 16

typedef struct schema_cache {
    test_schema schemas[SCHEMA_COUNT_MAX];
    const char *names[SCHEMA_COUNT_MAX];
    size_t      count;
} schema_cache;

static test_schema *cache_get(schema_cache *cache, const char *name)
{
    size_t i;

    for (i = 0; i < cache->count; i++) {
        if (strcmp(cache->names[i], name) == 0) {
            return &cache->schemas[i];
        }
    }
    assert_true(cache->count < SCHEMA_COUNT_MAX);
    test_schema_load(&cache->schemas[i], name);
    cache->names[i] = name;
    cache->count++;
    return &cache->schemas[i];
}

static yajl_val vectors_parse(void)
{
    FILE    *file = fopen(VECTORS_DIR "/vectors.json", "rb");
    char     message[200] = "";
    char    *text;
    long     size;
    yajl_val root;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    text = memory_new((size_t)size + 1);
    assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    fclose(file);
    root = yajl_tree_parse(text, message, sizeof message);
    if (root == NULL) {
        fail_msg("%s", message);
    }
    free(text);
    return root;
}

static const char *text_of(yajl_val entry, const char *name)
{
    const char *path[] = {name, NULL};

    return YAJL_GET_STRING(yajl_tree_get(entry, path, yajl_t_string));
}

void test_vectors_visit(const char *section, test_vector_visit *visit,
                        void *context)
{
    const char   *path[] = {section, NULL};
    schema_cache *cache = memory_new(sizeof *cache);
    yajl_val      root = vectors_parse();
    yajl_val      list = yajl_tree_get(root, path, yajl_t_array);
    size_t        i;

    assert_non_null(list);
    cache->count = 0;
    for (i = 0; i < YAJL_GET_ARRAY(list)->len; i++) {
        yajl_val    entry = YAJL_GET_ARRAY(list)->values[i];
        test_vector vector;

        vector.schema = text_of(entry, "schema");
        vector.root = text_of(entry, "root");
        vector.why = text_of(entry, "why");
        vector.bytes = test_bytes_from_hex(text_of(entry, "hex"));
        vector.desc =
            test_schema_record(cache_get(cache, vector.schema), vector.root);
        visit(&vector, context);
        test_bytes_free(vector.bytes);
    }
    for (i = 0; i < cache->count; i++) {
        test_schema_release(&cache->schemas[i]);
    }
    free(cache);
    yajl_tree_free(root);
}

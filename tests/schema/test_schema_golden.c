// test_schema_golden.c -- every error message, word for word.
//
// Each NAME.inlay in the folder is compiled with `lib` as the search folder,
// and what comes of it must be NAME.expected. With INLAY_BLESS=1 in the
// environment the files are written instead; read the change before committing.
#include "schema/schema.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT_SIZE_MAX 65536

static void compile(const char *path, char *text)
{
    static const char *const search[] = {"lib"};
    schema_options           options = {
                  .paths = &path, .path_count = 1, .search = search, .search_count = 1};
    diag_sink sink;
    schema   *s;

    diag_init(&sink, NULL);
    s = schema_load(&options, &sink);
    assert_null(s);
    assert_true(diag_render_all(&sink, text, TEXT_SIZE_MAX) < TEXT_SIZE_MAX);
    diag_release(&sink);
}

static void bless(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void read_expected(const char *path, char *text)
{
    FILE  *file = fopen(path, "rb");
    size_t size = 0;

    if (file != NULL) {
        size = fread(text, 1, TEXT_SIZE_MAX - 1, file);
        (void)fclose(file);
    }
    text[size] = '\0';
}

static bool check_case(const char *name)
{
    static char got[TEXT_SIZE_MAX];
    static char expected[TEXT_SIZE_MAX];
    char        path[512];

    compile(name, got);
    (void)snprintf(path, sizeof(path), "%.*s.expected",
                   (int)(strlen(name) - strlen(".inlay")), name);
    if (getenv("INLAY_BLESS") != NULL) {
        bless(path, got);
        return true;
    }
    read_expected(path, expected);
    if (strcmp(got, expected) != 0) {
        print_error("%s: expected\n%s\ngot\n%s\n", name, expected, got);
        return false;
    }
    return true;
}

static bool is_schema(const char *name)
{
    size_t size = strlen(name);

    return size > 6 && strcmp(name + size - 6, ".inlay") == 0;
}

static void test_diagnostics__are_as_blessed(void **state)
{
    DIR           *folder;
    struct dirent *entry;
    int            count = 0;
    int            failed = 0;

    (void)state;
    assert_int_equal(chdir(INLAY_GOLDEN_FOLDER), 0);
    folder = opendir(".");
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (is_schema(entry->d_name)) {
            count++;
            failed += check_case(entry->d_name) ? 0 : 1;
        }
    }
    (void)closedir(folder);
    assert_int_equal(failed, 0);
    assert_true(count >= 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diagnostics__are_as_blessed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_schema_import.c -- finding files, telling them apart, seeing names.
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const ir_schema *get_ir(const compiled *c)
{
    assert_string_equal(c->errors, "");
    assert_non_null(c->handle);
    return schema_ir(c->handle);
}

static void test_import__looks_beside_the_file_first(void **state)
{
    static const memory_file files[] = {
        {"dir/a.inlay", "package a; import \"b.inlay\"; import \"c.inlay\";\n"
                        "import \"d.inlay\";"},
        {"dir/b.inlay", "package b;"},
        {"one/b.inlay", "wrong"},
        {"one/c.inlay", "package c;"},
        {"two/c.inlay", "wrong"},
        {"two/d.inlay", "package d;"},
        {NULL, NULL},
    };
    const ir_schema *ir;
    compiled         c;

    (void)state;
    compile_files(&c, files);
    ir = get_ir(&c);
    assert_int_equal(ir->file_count, 4);
    assert_int_equal(ir->root_count, 1);
    assert_string_equal(ir->files[1]->path, "dir/b.inlay");
    assert_string_equal(ir->files[2]->path, "one/c.inlay");
    assert_string_equal(ir->files[3]->path, "two/d.inlay");
    assert_int_equal(ir->files[0]->import_count, 3);
    assert_ptr_equal(ir->files[0]->imports[2], ir->files[3]);
    assert_string_equal(ir->files[0]->import_names[2], "d.inlay");
    compiled_release(&c);
}

static void test_import__loads_a_file_once(void **state)
{
    static const memory_file files[] = {
        {"a", "package a; import \"b/b\"; import \"b/../c\";"},
        {"b/b", "package b; import \"../c\"; import \"/abs\";"},
        {"b/../c", "package c; import \"/./abs\";"},
        {"b/../../x", ""},
        {"/abs", "package abs;"},
        {"/./abs", "package abs;"},
        {NULL, NULL},
    };
    const ir_schema *ir;
    compiled         c;

    (void)state;
    compile_files(&c, files);
    ir = get_ir(&c);
    assert_int_equal(ir->file_count, 4);
    assert_ptr_equal(ir->files[0]->imports[1], ir->files[1]->imports[0]);
    assert_ptr_equal(ir->files[2]->imports[0], ir->files[1]->imports[1]);
    compiled_release(&c);
}

static void test_import__shows_names_of_direct_imports(void **state)
{
    static const memory_file files[] = {
        {"a", "package p; import \"b\"; import \"c\"; record R {\n"
              "one: One; two: p.One; x: q.r.X; n: [u8; q.r.N] = [q.r.N, 0]; }"},
        {"b", "package p; import \"c\"; struct One { x: q.r.X; }"},
        {"c", "package q.r; struct X { a: u8; } const N: u8 = 2;"},
        {NULL, NULL},
    };
    compiled c;

    (void)state;
    compile_files(&c, files);
    assert_ptr_equal(get_field(&c, "R", "one")->type,
                     get_field(&c, "p.R", "two")->type);
    assert_string_equal(get_field(&c, "R", "x")->type->structure->qualified,
                        "q.r.X");
    assert_int_equal(get_field(&c, "R", "n")->initial[0], 2);
    compiled_release(&c);
}

static void test_import__hides_names_of_indirect_ones(void **state)
{
    static const memory_file files[] = {
        {"a", "package a; import \"b\"; record R { x: c.X; }"},
        {"b", "package b; import \"c\"; record B { x: c.X; }"},
        {"c", "package c; struct X { a: u8; }"},
        {NULL, NULL},
    };
    compiled c;

    (void)state;
    compile_files(&c, files);
    assert_int_equal(c.sink.count, 1);
    assert_string_equal(c.sink.list[0].message,
                        "the type `c.X` is not imported here");
    assert_string_equal(c.sink.list[0].hint, "it is declared in `c`");
    compiled_release(&c);
}

static void test_import__reports_cycles_with_their_chain(void **state)
{
    static const memory_file files[] = {
        {"a", "package a; import \"b\";"},
        {"b", "package b; import \"c\";"},
        {"c", "package c; import \"b\"; import \"a\";"},
        {NULL, NULL},
    };
    compiled c;

    (void)state;
    compile_files(&c, files);
    assert_null(c.handle);
    assert_int_equal(c.sink.count, 2);
    assert_string_equal(c.sink.list[0].message,
                        "imports form a cycle: b -> c -> b");
    assert_string_equal(c.sink.list[1].message,
                        "imports form a cycle: a -> b -> c -> a");
    compiled_release(&c);
}

static void test_import__refuses_one_name_in_two_files(void **state)
{
    static const memory_file files[] = {
        {"a", "package p; import \"b\"; record R { }"},
        {"b", "package p; struct R { x: u8; }"},
        {NULL, NULL},
    };
    compiled c;

    (void)state;
    compile_files(&c, files);
    assert_int_equal(c.sink.count, 1);
    assert_string_equal(c.sink.list[0].message,
                        "the name `R` is declared twice");
    assert_string_equal(c.sink.list[0].hint, "the first one is at a:1:31");
    compiled_release(&c);
}

static uint64_t hash_of(const char *leaf)
{
    memory_file files[] = {
        {"a", "package a; import \"b\";"},
        {"b", "package b; import \"c\";"},
        {"c", leaf},
        {NULL, NULL},
    };
    uint64_t hash;
    compiled c;

    compile_files(&c, files);
    hash = get_ir(&c)->files[0]->hash;
    compiled_release(&c);
    return hash;
}

static void test_import__hashes_all_that_is_seen(void **state)
{
    (void)state;
    assert_int_equal(hash_of("package c;"), hash_of("package c;"));
    assert_int_not_equal(hash_of("package c;"), hash_of("package c; "));
}

static void test_import__reports_a_missing_root(void **state)
{
    static const memory_file files[] = {{"absent", ""}, {NULL, NULL}};
    const char              *path = "nowhere.inlay";
    schema_options           options = {
                  .paths = &path,
                  .path_count = 1,
                  .reader = {.read = memory_read, .context = (void *)files},
    };
    diag_sink sink;

    (void)state;
    diag_init(&sink, NULL);
    assert_null(schema_load(&options, &sink));
    assert_int_equal(sink.count, 1);
    assert_string_equal(sink.list[0].path, "nowhere.inlay");
    assert_string_equal(sink.list[0].message, "the file was not found");
    assert_int_equal(sink.list[0].line, 0);
    diag_release(&sink);
}

// ---- On the disk ------------------------------------------------------------

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
}

static void test_import__knows_files_by_their_real_paths(void **state)
{
    char              folder[] = "/tmp/inlay_import_XXXXXX";
    const char *const paths[] = {"a.inlay", "./a.inlay", "link.inlay",
                                 "sub/../b.inlay"};
    schema_options    options = {.paths = paths, .path_count = 4};
    diag_sink         sink;
    schema           *s;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("sub", 0700), 0);
    write_file("a.inlay", "package a; import \"sub/c.inlay\";");
    write_file("b.inlay", "package b;");
    write_file("sub/c.inlay", "package c; import \"../b.inlay\";");
    assert_int_equal(symlink("a.inlay", "link.inlay"), 0);
    diag_init(&sink, NULL);
    s = schema_load(&options, &sink);
    assert_int_equal(sink.count, 0);
    assert_int_equal(schema_ir(s)->root_count, 2);
    assert_int_equal(schema_ir(s)->file_count, 3);
    assert_string_equal(schema_ir(s)->files[1]->path, "sub/../b.inlay");
    schema_free(s);
    diag_release(&sink);
    assert_int_equal(unlink("link.inlay") + unlink("a.inlay") +
                         unlink("b.inlay") + unlink("sub/c.inlay") +
                         rmdir("sub") + rmdir(folder),
                     0);
}

static void test_import__reads_no_folder(void **state)
{
    const char    *path = "/tmp";
    schema_options options = {.paths = &path, .path_count = 1};
    diag_sink      sink;

    (void)state;
    diag_init(&sink, NULL);
    assert_null(schema_load(&options, &sink));
    assert_int_equal(sink.count, 1);
    diag_release(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_import__looks_beside_the_file_first),
        cmocka_unit_test(test_import__loads_a_file_once),
        cmocka_unit_test(test_import__shows_names_of_direct_imports),
        cmocka_unit_test(test_import__hides_names_of_indirect_ones),
        cmocka_unit_test(test_import__reports_cycles_with_their_chain),
        cmocka_unit_test(test_import__refuses_one_name_in_two_files),
        cmocka_unit_test(test_import__hashes_all_that_is_seen),
        cmocka_unit_test(test_import__reports_a_missing_root),
        cmocka_unit_test(test_import__knows_files_by_their_real_paths),
        cmocka_unit_test(test_import__reads_no_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

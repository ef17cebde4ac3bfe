// test_schema_lex.c -- tokens, their places, and the comments between them.
#include "schema/lex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// A lexer over one text, with all it needs.
typedef struct bench {
    ir_file   file;
    arena     memory;
    str_table strings;
    diag_sink sink;
    lexer     lex;
    bool      readable;
} bench;

static void bench_open(bench *b, const char *text, size_t size)
{
    *b = (bench){.file = {.path = "t", .text = text, .text_size = size}};
    arena_init(&b->memory, NULL);
    b->strings.arena = &b->memory;
    diag_init(&b->sink, NULL);
    b->readable =
        lexer_init(&b->lex, &b->file, &b->memory, &b->strings, &b->sink);
}

static void bench_open_text(bench *b, const char *text)
{
    bench_open(b, text, strlen(text));
}

static void bench_close(bench *b)
{
    diag_release(&b->sink);
    arena_release(&b->memory);
}

static void assert_next(bench *b, token_kind kind, const char *text)
{
    token t = lexer_next(&b->lex);

    assert_int_equal(t.kind, kind);
    if (text != NULL) {
        assert_string_equal(t.text, text);
    }
}

static void test_lex__tells_words_apart(void **state)
{
    bench b;

    (void)state;
    bench_open_text(&b, "record recorder type u8 _x9 true");
    assert_next(&b, TOKEN_RECORD, "record");
    assert_next(&b, TOKEN_NAME, "recorder");
    assert_next(&b, TOKEN_NAME, "type");
    assert_next(&b, TOKEN_NAME, "u8");
    assert_next(&b, TOKEN_NAME, "_x9");
    assert_next(&b, TOKEN_TRUE, "true");
    assert_next(&b, TOKEN_END, NULL);
    assert_next(&b, TOKEN_END, NULL);
    assert_int_equal(b.sink.count, 0);
    bench_close(&b);
}

static void test_lex__keeps_numbers_whole(void **state)
{
    bench b;

    (void)state;
    bench_open_text(&b, "0xFF-1 1.5e-3 1e+9 0xe+1 12abc 1.");
    assert_next(&b, TOKEN_NUMBER, "0xFF");
    assert_next(&b, TOKEN_MINUS, NULL);
    assert_next(&b, TOKEN_NUMBER, "1");
    assert_next(&b, TOKEN_NUMBER, "1.5e-3");
    assert_next(&b, TOKEN_NUMBER, "1e+9");
    assert_next(&b, TOKEN_NUMBER, "0xe");
    assert_next(&b, TOKEN_NUMBER, "1"); // behind a stray `+`
    assert_next(&b, TOKEN_NUMBER, "12abc");
    assert_next(&b, TOKEN_NUMBER, "1.");
    assert_int_equal(b.sink.count, 1);
    bench_close(&b);
}

static void test_lex__knows_every_punctuation(void **state)
{
    static const char text[] = "{}[]()<>:;,.=?@-";
    bench             b;

    (void)state;
    bench_open_text(&b, text);
    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        token t = lexer_next(&b.lex);

        assert_int_equal(t.kind, TOKEN_BRACE_OPEN + i);
        assert_int_equal(t.span.column, i + 1);
        assert_int_equal(token_text(&b.memory, &t)[1], text[i]);
    }
    assert_next(&b, TOKEN_END, NULL);
    bench_close(&b);
}

static void test_lex__counts_lines_and_columns(void **state)
{
    bench b;
    token t;

    (void)state;
    bench_open_text(&b, "a /* x\ny */ b\r\n\tc \xC3\xA9// \xC3\xA9\n  \"d\"");
    t = lexer_next(&b.lex);
    assert_true(t.span.line == 1 && t.span.column == 1 && t.first);
    t = lexer_next(&b.lex);
    assert_true(t.span.line == 2 && t.span.column == 6 && t.first);
    t = lexer_next(&b.lex);
    assert_true(t.span.line == 3 && t.span.column == 2 && t.first);
    t = lexer_next(&b.lex);
    assert_true(t.bad && !t.first && t.span.column == 4);
    t = lexer_next(&b.lex);
    assert_true(t.span.line == 4 && t.span.column == 3 && t.span.length == 3);
    assert_string_equal(t.text, "d");
    bench_close(&b);
}

static void test_lex__joins_doc_comments(void **state)
{
    bench b;
    token t;

    (void)state;
    bench_open_text(&b, "/// One.\n///   indented  \r\n///\n// not this\n"
                        "//// nor this\n///four\nname ///\n///\nnext other");
    t = lexer_next(&b.lex);
    assert_string_equal(t.doc, "One.\n  indented\n\nfour");
    t = lexer_next(&b.lex);
    assert_string_equal(t.doc, "\n");
    t = lexer_next(&b.lex);
    assert_null(t.doc);
    bench_close(&b);
}

static void test_lex__refuses_what_is_no_text(void **state)
{
    static const struct {
        const char *text;
        size_t      size;
    } cases[] = {
        {"a\0b", 3},  {"a\x01", 2}, {"// \xFF", 4},
        {"a\rb", 3},  {"a\r", 2},   {"\xEF\xBB\xBFpackage", 10},
        {"a\x7F", 2}, {"\xC3", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        bench b;

        bench_open(&b, cases[i].text, cases[i].size);
        assert_false(b.readable);
        assert_int_equal(b.sink.count, 1);
        bench_close(&b);
    }
}

static void test_lex__reports_what_is_open_at_the_end(void **state)
{
    bench b;

    (void)state;
    bench_open_text(&b, "a /* never");
    assert_next(&b, TOKEN_NAME, "a");
    assert_next(&b, TOKEN_END, NULL);
    assert_int_equal(b.sink.count, 1);
    assert_int_equal(b.sink.list[0].column, 3);
    bench_close(&b);

    bench_open_text(&b, "\"never\nb");
    assert_true(lexer_next(&b.lex).bad);
    assert_next(&b, TOKEN_NAME, "b");
    assert_int_equal(b.sink.count, 1);
    bench_close(&b);
}

static void test_lex__bounds_names(void **state)
{
    char  text[300];
    bench b;

    (void)state;
    memset(text, 'x', sizeof(text));
    bench_open(&b, text, LEX_NAME_SIZE_MAX);
    assert_false(lexer_next(&b.lex).bad);
    assert_int_equal(b.sink.count, 0);
    bench_close(&b);

    bench_open(&b, text, LEX_NAME_SIZE_MAX + 1);
    assert_true(lexer_next(&b.lex).bad);
    assert_int_equal(b.sink.count, 1);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lex__tells_words_apart),
        cmocka_unit_test(test_lex__keeps_numbers_whole),
        cmocka_unit_test(test_lex__knows_every_punctuation),
        cmocka_unit_test(test_lex__counts_lines_and_columns),
        cmocka_unit_test(test_lex__joins_doc_comments),
        cmocka_unit_test(test_lex__refuses_what_is_no_text),
        cmocka_unit_test(test_lex__reports_what_is_open_at_the_end),
        cmocka_unit_test(test_lex__bounds_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_schema_fuzz.c -- no text crashes the compiler or fails without a word.
//
// Random edits of the samples, the same on every run. INLAY_FUZZ_ROUNDS asks
// for more of them; sanitizers make it bite.
#include "sample.h"
#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROUNDS        3000
#define TEXT_SIZE_MAX 8192

static const char *const words[] = {
    "record ", "struct ",  "union ",  "enum ",   "const ", "type ",
    "import ", "package ", "{",       "}",       "[",      "]",
    "(",       ")",        "<",       ">",       ":",      ";",
    ",",       ".",        "=",       "?",       "@",      "-",
    "map<",    "u8",       "bool",    "string",  "@id(1)", "@0",
    "@1",      "@sparse",  "@align(", "0",       "255",    "0x10",
    "1.5",     "nan",      "inf",     "true",    "net.",   "///doc\n",
    "/*",      "*/",       "//",      "\"",      "\n",     "Entry",
    "Form",    "Point",    "[u8; 4]", "[Entry]", "Entry?", "\xC3\xA9",
    "\xFF",    "[[[[[[[[", "Method",  "MAX",     "Micros", "\r",
};

typedef struct text {
    char   bytes[TEXT_SIZE_MAX];
    size_t size;
} text;

static uint64_t random_state = 1;

// xorshift64*, enough for a dice.
static size_t dice(size_t sides)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (size_t)((random_state * 0x2545F4914F6CDD1D) >> 33) % sides;
}

static void text_insert(text *t, size_t at, const char *bytes, size_t size)
{
    if (t->size + size > TEXT_SIZE_MAX) {
        return;
    }
    memmove(t->bytes + at + size, t->bytes + at, t->size - at);
    memcpy(t->bytes + at, bytes, size);
    t->size += size;
}

static void text_remove(text *t, size_t at, size_t size)
{
    size = size > t->size - at ? t->size - at : size;
    memmove(t->bytes + at, t->bytes + at + size, t->size - at - size);
    t->size -= size;
}

static void text_edit(text *t)
{
    size_t      at = dice(t->size + 1);
    const char *word = words[dice(sizeof(words) / sizeof(*words))];
    char        copy[40];
    size_t      from;

    switch (dice(4)) {
    case 0:
        text_remove(t, at, dice(20));
        break;
    case 1:
        from = dice(t->size + 1);
        memset(copy, ' ', sizeof(copy));
        memcpy(copy, t->bytes + from,
               t->size - from < sizeof(copy) ? t->size - from : sizeof(copy));
        text_insert(t, at, copy, dice(sizeof(copy)));
        break;
    case 2:
        text_remove(t, at, strlen(word));
        text_insert(t, at, word, strlen(word));
        break;
    default:
        text_insert(t, at, word, strlen(word));
        break;
    }
}

static bool fuzz_read(void *context, const char *path, const char **bytes,
                      size_t *size)
{
    const text *t = context;

    if (strcmp(path, "net.inlay") == 0) {
        *bytes = SAMPLE_NET;
        *size = strlen(SAMPLE_NET);
        return true;
    }
    *bytes = t->bytes;
    *size = t->size;
    return strcmp(path, "a.inlay") == 0;
}

static void fuzz_once(text *t)
{
    static char    out[1 << 16];
    const char    *path = "a.inlay";
    schema_options options = {
        .paths = &path,
        .path_count = 1,
        .reader = {.read = fuzz_read, .context = t},
    };
    diag_sink sink;
    schema   *s;

    diag_init(&sink, NULL);
    s = schema_load(&options, &sink);
    assert_true((s == NULL) == (sink.count > 0));
    assert_true(diag_render_all(&sink, out, sizeof(out)) < sizeof(out));
    schema_free(s);
    diag_release(&sink);
}

static void test_fuzz__survives_any_text(void **state)
{
    const char *wanted = getenv("INLAY_FUZZ_ROUNDS");
    long        rounds = wanted == NULL ? ROUNDS : strtol(wanted, NULL, 10);
    static text t;

    (void)state;
    for (long round = 0; round < rounds; round++) {
        const char *sample = dice(4) == 0 ? SAMPLE_WRONG : SAMPLE;

        t.size = strlen(sample);
        memcpy(t.bytes, sample, t.size);
        for (size_t edits = dice(6); edits > 0; edits--) {
            text_edit(&t);
        }
        fuzz_once(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fuzz__survives_any_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

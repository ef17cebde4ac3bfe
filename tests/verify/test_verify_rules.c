// test_verify_rules.c -- the rules of FORMAT.md, section 5, one by one: a
// schema, a message in hex, what both verifications say to it.

#include "verify_support.h"

#include <string.h>

typedef struct rule_case {
    const char  *what;
    const char  *root;
    const char  *hex;
    inlay_status status;    // of inlay_verify
    inlay_status canonical; // of inlay_verify_canonical
} rule_case;

static void cases_run(const char *schema_text, const rule_case *cases,
                      size_t count)
{
    test_schema  compiled;
    inlay_error  error;
    inlay_status status;
    test_bytes   bytes;
    size_t       i;

    test_schema_text(&compiled, schema_text);
    for (i = 0; i < count; i++) {
        const rule_case         *c = &cases[i];
        const inlay_record_desc *desc = test_schema_record(&compiled, c->root);

        bytes = test_bytes_from_hex(c->hex);
        status = test_verify(desc, bytes, &error);
        if (status != c->status) {
            fail_msg("%s: %s", c->what, inlay_status_name(status));
        }
        status = inlay_verify_canonical(desc, bytes.data, bytes.size, NULL);
        if (status != c->canonical) {
            fail_msg("%s: canonical: %s", c->what, inlay_status_name(status));
        }
        test_bytes_free(bytes);
    }
    test_schema_release(&compiled);
}

#define RUN(text, cases)                                                       \
    cases_run(text, cases, sizeof(cases) / sizeof((cases)[0]))

// Cases that both verifications say the same to, and that only one accepts.
#define GOOD      INLAY_OK, INLAY_OK
#define BAD(name) INLAY_##name, INLAY_##name
#define OTHER     INLAY_OK, INLAY_NOT_CANONICAL

static void test_rules__headers(void **state)
{
    static const char      text[] = "package t; record R { a: u16; s: string;"
                                    " t: string; } record L { l: [R]; }";
    static const rule_case cases[] = {
        {"defaults", "R", "02 02 0000 00", GOOD},
        {"nothing at all", "R", "", BAD(HEADER)},
        {"half a header", "R", "02", BAD(HEADER)},
        {"heads cut", "R", "02 02 0000", BAD(HEADS)},
        {"two strings", "R", "02 02 0000 01 61 62", GOOD},
        {"split beyond the heap", "R", "02 02 0000 03 61 62", BAD(SPLITS)},
        {"split too wide", "R", "02 22 0000 0100 61 62", BAD(WIDTH)},
        {"F escaped in vain", "R", "ff 02 02000000 0000 00", BAD(WIDTH)},
        {"F cut", "R", "ff 02 020000", BAD(HEADER)},
        {"S escaped in vain", "R", "02 1f 0200 0000 00", BAD(WIDTH)},
        {"S cut", "R", "02 1f 02", BAD(HEADER)},
        {"empty list", "L", "00 01", GOOD},
        {"two elements", "L",
         "00 01  02 02 00 02  0000 00 00  0000 02 01  61 62 63", GOOD},
        {"first anchor", "L",
         "00 01  02 02 00 02  0000 01 00  0000 02 01  61 62 63", BAD(ANCHORS)},
        {"anchor beyond", "L",
         "00 01  02 02 00 02  0000 00 00  0000 04 00  61 62 63", BAD(ANCHORS)},
        {"split beyond its share", "L",
         "00 01  02 02 00 02  0000 00 03  0000 02 00  61 62 63", BAD(SPLITS)},
        {"no element", "L", "00 01  02 02 00 00", BAD(COUNT)},
        {"count cut", "L", "00 01  02 02 10 00", BAD(HEADER)},
        {"count too wide", "L", "00 01  02 02 10 0100  0000 00 00", BAD(WIDTH)},
        {"count too large", "L", "00 01  02 02 00 ff  0000 00 00", BAD(HEADS)},
        {"count that overflows", "L",
         "00 01  02 02 70 ffffffffffffffff  0000 00 00", BAD(HEADS)},
        {"anchors too wide", "L", "00 01  02 02 01 01  0000 0000 00",
         BAD(WIDTH)},
        {"reserved bit 3", "L", "00 01  02 02 08 01  0000 00 00",
         BAD(RESERVED_BITS)},
        {"reserved bit 7", "L", "00 01  02 02 80 01  0000 00 00",
         BAD(RESERVED_BITS)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__revisions(void **state)
{
    static const char text[] =
        "package t; record R { a: u16; s: string; b: bool; o: u32?;"
        " p: string?; q: bool?; } record N { n: u16; } record E { }"
        " record L { l: [R]; k: [N]; }";
    static const rule_case cases[] = {
        {"exact", "R", "07 02 0000 00 00000000 00", GOOD},
        {"older, no field", "R", "00 00", OTHER},
        {"older, one field", "R", "02 00 0102", OTHER},
        {"older, two fields", "R", "02 01 0102 6162", OTHER},
        {"older, three fields", "R", "03 01 0102 01 6162", OTHER},
        {"between fields", "R", "01 00 01", BAD(LAYOUT)},
        {"slots of no revision", "R", "02 02 0000 00", BAD(LAYOUT)},
        {"older, with a presence bit", "R", "03 01 0102 02 6162",
         INLAY_PRESENCE, INLAY_NOT_CANONICAL},
        {"older, with another's bits", "R", "03 01 0102 e0 6162", OTHER},
        {"unknown bits", "R", "07 02 0000 20 00000000 00", OTHER},
        {"later, bytes", "R", "08 02 0000 00 00000000 99 00", OTHER},
        {"later, slots that are not UTF-8", "R",
         "07 04 0000 00 00000000 01 01 02 61 ff fe", OTHER},
        {"later, splits that descend", "R",
         "07 04 0000 00 00000000 01 02 01 61 ff fe", INLAY_SPLITS,
         INLAY_NOT_CANONICAL},
        {"later, fewer slots", "R", "08 01 0000 00 00000000 00", BAD(LAYOUT)},
        {"later than nothing", "E", "03 01 010203 6162", OTHER},
        {"nothing", "E", "00 00", GOOD},
        {"no field in a vector", "L", "00 02 00  00 00 00 02", BAD(LAYOUT)},
        {"older in a vector", "L", "00 02 08  02 00 00 02 0000 0000", OTHER},
        {"last field in a vector", "L", "00 02 00  02 00 00 02 0000 0000",
         GOOD},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__optionals(void **state)
{
    static const char text[] =
        "package t; record R { o: u32?; s: string?; t: bool?; b: bytes?; }"
        " struct P { x: u8; y: bool; z: [bool; 2]; }"
        " record S { a: u16? @sparse; b: bool? @sparse; c: [u8; 9]?; d: P?"
        " @sparse; e: P?; } record V { v: [R]; p: [P]; q: P; }";
    static const rule_case cases[] = {
        {"all absent", "R", "05 02 00 00000000 00", GOOD},
        {"all present", "R", "05 02 1f 01000000 01 61 62", GOOD},
        {"present and zero", "R", "05 02 17 00000000 00", GOOD},
        {"absent, not zero", "R", "05 02 00 00000100 00", BAD(ABSENT_VALUE)},
        {"absent, not false", "R", "05 02 08 00000000 00", BAD(ABSENT_VALUE)},
        {"absent, not empty", "R", "05 02 00 00000000 01 61",
         BAD(ABSENT_VALUE)},
        {"absent bytes", "R", "05 02 00 00000000 00 61", BAD(ABSENT_VALUE)},
        {"sparse, absent", "S", "05 04 00 00000000 00 00 00", GOOD},
        {"sparse, present", "S",
         "05 04 01 01010001 02 03 0c 0102 01 010203040506070809 02010001",
         GOOD},
        {"sparse, too short", "S", "05 04 00 00000000 01 01 01 01",
         BAD(PAYLOAD)},
        {"sparse, too long", "S", "05 04 00 00000000 03 03 03 010203",
         BAD(PAYLOAD)},
        {"sparse bool of 2", "S", "05 04 00 00000000 00 01 01 02", BAD(BOOL)},
        {"sparse struct, bool of 2", "S", "05 04 00 00000000 00 00 00 02010002",
         BAD(BOOL)},
        {"struct, bool of 2", "S", "05 04 01 01020001 00 00 00", BAD(BOOL)},
        {"good in a vector", "V",
         "04 02 00000000 12  05 02 00 02"
         "  01 01000000 00 00  00 00000000 00 00",
         GOOD},
        {"not zero in a vector", "V",
         "04 02 00000000 12  05 02 00 02"
         "  01 01000000 00 00  00 00000001 00 00",
         BAD(ABSENT_VALUE)},
        {"not empty in a vector", "V",
         "04 02 00000000 1b  05 02 00 02"
         "  01 01000000 00 00  02 00000000 00 09  616161616161616161",
         GOOD},
        {"not empty in a vector", "V",
         "04 02 00000000 1b  05 02 00 02"
         "  01 01000000 00 00  00 00000000 00 09  616161616161616161",
         BAD(ABSENT_VALUE)},
        {"older, no struct", "V", "00 02 00", OTHER},
        {"vector of structs", "V", "04 02 00000000 00 05010001 05000100", GOOD},
        {"bool of 2 in a vector", "V", "04 02 00000000 00 05010001 05000200",
         BAD(BOOL)},
        {"vector cut", "V", "04 02 00000000 00 05010001 050001",
         BAD(VECTOR_LENGTH)},
        {"bool of 2 in a fixed struct", "V", "04 02 00000003 00", BAD(BOOL)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__unions(void **state)
{
    static const char      text[] = "package t; record N { n: u16; }"
                                    " union U { k: u16; b: bool; s: string; n;"
                                    " r: N; v: [u16]; l: [string]; }"
                                    " record R { u: U; } record L { l: [U]; }";
    static const rule_case cases[] = {
        {"unset", "R", "01 01 00", GOOD},
        {"unset with a payload", "R", "01 01 00 00", BAD(PAYLOAD)},
        {"fixed", "R", "01 01 01 0102", GOOD},
        {"fixed, empty", "R", "01 01 01", BAD(PAYLOAD)},
        {"fixed, short", "R", "01 01 01 01", BAD(PAYLOAD)},
        {"fixed, long", "R", "01 01 01 010203", BAD(PAYLOAD)},
        {"bool", "R", "01 01 02 01", GOOD},
        {"bool of 2", "R", "01 01 02 02", BAD(BOOL)},
        {"string", "R", "01 01 03 c3a9", GOOD},
        {"string of no UTF-8", "R", "01 01 03 c3", BAD(UTF8)},
        {"no type", "R", "01 01 04", GOOD},
        {"no type, with a payload", "R", "01 01 04 00", BAD(PAYLOAD)},
        {"record of defaults", "R", "01 01 05", GOOD},
        {"record of defaults, written", "R", "01 01 05 02 00 0000", OTHER},
        {"record", "R", "01 01 05 02 00 0001", GOOD},
        {"vector cut", "R", "01 01 06 00", BAD(VECTOR_LENGTH)},
        {"list", "R", "01 01 07  00 01 00 02 00 01 61 62", GOOD},
        {"unknown", "R", "01 01 08 ff", OTHER},
        {"list of unions", "L", "00 01  01 01 00 03  01 00 00 02 03 02 0102 61",
         GOOD},
        {"unset with a payload", "L",
         "00 01  01 01 00 03  01 00 00 02 03 02 0102 61", GOOD},
        {"unset with a payload", "L",
         "00 01  01 01 00 03  01 00 00 02 03 03 0102 61", BAD(PAYLOAD)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__vectors(void **state)
{
    static const char text[] =
        "package t; struct P { x: u8; y: u16; } record R { b: [bool];"
        " v: [u32]; p: [P]; } record L { l: [[bool]]; o: [u16?]; w: [[u16]]; }";
    static const rule_case cases[] = {
        {"empty", "R", "00 03 00 00", GOOD},
        {"bits", "R", "00 03 02 02 05 07", GOOD},
        {"bits, all eight", "R", "00 03 02 02 00 ff", GOOD},
        {"bits, unused not zero", "R", "00 03 02 02 05 08", BAD(BITSET)},
        {"bits, eight unused", "R", "00 03 02 02 08 00", BAD(BITSET)},
        {"bits, none", "R", "00 03 01 01 00", BAD(BITSET)},
        {"numbers", "R", "00 03 00 04 01000000", GOOD},
        {"numbers, cut", "R", "00 03 00 03 010000", BAD(VECTOR_LENGTH)},
        {"structs", "R", "00 03 00 00 010203 040506", GOOD},
        {"structs, cut", "R", "00 03 00 00 010203 0405", BAD(VECTOR_LENGTH)},
        {"rows of bits", "L",
         "00 03 0f 0f  00 01 00 03  00 02 04  0007 0701 00ff3f01", GOOD},
        {"rows of bits, wide heap", "L",
         "00 03 11 11  00 01 00 03  00 02 02  0001 00ffffffffff3f01", GOOD},
        {"rows of bits, bad in the middle", "L",
         "00 03 11 11  00 01 00 03  00 02 03  0001 01 ffffffffff3f01",
         BAD(BITSET)},
        {"rows of bits, bad at the end", "L",
         "00 03 11 11  00 01 00 03  00 02 02  0001 07ffffffffff3f02",
         BAD(BITSET)},
        {"optionals", "L", "00 03 00 0a  03 00 00 02  00 0000 01 0000", GOOD},
        {"optionals, absent", "L", "00 03 00 0a  03 00 00 02  00 0100 01 0000",
         BAD(ABSENT_VALUE)},
        {"optionals, unknown bits", "L",
         "00 03 00 0a  03 00 00 02  00 0000 03 0000", BAD(UNKNOWN_BITS)},
        {"synthetic, longer", "L", "00 03 00 08  04 00 00 01  00 0000 00",
         BAD(LAYOUT)},
        {"rows of numbers", "L",
         "00 03 00 00  00 01 00 02  00 04  01020304 05060708", GOOD},
        {"rows of numbers, cut", "L",
         "00 03 00 00  00 01 00 02  00 03  01020304 05060708",
         BAD(VECTOR_LENGTH)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__aligned(void **state)
{
    static const char      text[] = "package t; record R { a: [u16] @align(4);"
                                    " b: bytes? @align(2); }";
    static const rule_case cases[] = {
        // The first element lies at 2 + F + 1 + 2 + p = 6 + p.
        {"empty", "R", "01 02 00 00", GOOD},
        {"one element", "R", "01 02 00 07 0200 0000 0102 00", GOOD},
        {"moved", "R", "01 02 00 07 0100 00 0102 0000", OTHER},
        {"moved to the end", "R", "01 02 00 07 0300 000000 0102", OTHER},
        {"p too large", "R", "01 02 00 07 0400 00000000 01", BAD(ALIGNMENT)},
        {"pad not zero", "R", "01 02 00 07 0200 0001 0102 00", BAD(ALIGNMENT)},
        {"rest not zero", "R", "01 02 00 07 0200 0000 0102 01", BAD(ALIGNMENT)},
        {"no element", "R", "01 02 00 05 0200 0000 00", BAD(ALIGNMENT)},
        {"half an element", "R", "01 02 00 06 0200 0000 01 00",
         BAD(VECTOR_LENGTH)},
        {"bytes", "R", "01 02 01 00 0000 aa 00", GOOD},
        {"bytes, moved", "R", "01 02 01 00 0100 00 aa", OTHER},
        {"bytes, absent", "R", "01 02 00 00 0000 aa 00", BAD(ABSENT_VALUE)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__map_keys(void **state)
{
    static const char text[] =
        "package t; enum E : i16 { A = -1, B } record R { a: map<i16, u8>;"
        " b: map<u16, u8>; c: map<string, u8>; d: map<[u8; 2], u8>;"
        " e: map<E, bool>; }";
    static const rule_case cases[] = {
        {"empty", "R", "00 05 00 00 00 00", GOOD},
        {"signed", "R", "00 05 0a 0a 0a 0a  03 00 00 02  ffff 00 0100 00",
         GOOD},
        {"signed, as unsigned", "R",
         "00 05 0a 0a 0a 0a  03 00 00 02  0100 00 ffff 00", BAD(MAP_ORDER)},
        {"repeated", "R", "00 05 0a 0a 0a 0a  03 00 00 02  0100 00 0100 00",
         BAD(MAP_ORDER)},
        {"unsigned", "R", "00 05 00 0a 0a 0a  03 00 00 02  ff00 00 0001 00",
         GOOD},
        {"unsigned, as bytes", "R",
         "00 05 00 0a 0a 0a  03 00 00 02  0001 00 ff00 00", BAD(MAP_ORDER)},
        {"strings, a prefix first", "R",
         "00 05 00 00 0b 0b  01 01 00 02  00 00 00 01  61 6161", GOOD},
        {"strings, longer and after", "R",
         "00 05 00 00 0b 0b  01 01 00 02  00 00 00 01  61 6162", GOOD},
        {"strings, a prefix last", "R",
         "00 05 00 00 0b 0b  01 01 00 02  00 00 00 02  6162 61",
         BAD(MAP_ORDER)},
        {"arrays, as bytes", "R",
         "00 05 00 00 00 0a  03 00 00 02  0001 00 ff00 00", GOOD},
        {"arrays, as numbers", "R",
         "00 05 00 00 00 0a  03 00 00 02  ff00 00 0001 00", BAD(MAP_ORDER)},
        {"enums, by value", "R",
         "00 05 00 00 00 00  03 00 00 02  ffff 01 0000 00", GOOD},
        {"enums, spare bits", "R",
         "00 05 00 00 00 00  03 00 00 02  ffff 01 0000 02", BAD(UNKNOWN_BITS)},
        {"enums, by bits", "R",
         "00 05 00 00 00 00  03 00 00 02  0000 01 ffff 00", BAD(MAP_ORDER)},
    };

    (void)state;
    RUN(text, cases);
}

static void test_rules__strings(void **state)
{
    static const char      text[] = "package t; record P { a: string;"
                                    " b: string; } record L { l: [P];"
                                    " k: [string]; }";
    static const rule_case cases[] = {
        {"whole, wrongly cut", "P", "00 02 01 c3a9", BAD(UTF8)},
        {"cut between characters", "P", "00 02 02 c3a9 c3a9", GOOD},
        {"cut, empty around", "P", "00 02 00 c3a9", GOOD},
        {"across elements", "L",
         "00 02 0f  00 02 00 02  00 01  01 01  c3a9 6161616161", BAD(UTF8)},
        {"long, not ASCII, good", "L",
         "00 02 12  00 02 00 02  00 02  04 02  c3a9 c3a9 c3a9 6162 c3a9", GOOD},
        {"long, not ASCII, cut", "L",
         "00 02 12  00 02 00 02  00 02  04 01  c3a9 c3a9 c3a9 6162 c3a9",
         BAD(UTF8)},
        {"list of strings", "L",
         "00 02 00  00 01 00 09  00 01 02 03 04 05 06 07 08"
         "  6161 6161 6161 6161 61",
         GOOD},
        {"list of strings, descending", "L",
         "00 02 00  00 01 00 0a  00 01 02 03 04 05 06 07 08 07"
         "  6161 6161 6161 6161 61",
         BAD(ANCHORS)},
        {"list of strings, descending early", "L",
         "00 02 00  00 01 00 0a  00 01 00 03 04 05 06 07 08 08"
         "  6161 6161 6161 6161 61",
         BAD(ANCHORS)},
        {"list of strings, beyond", "L",
         "00 02 00  00 01 00 09  00 01 02 03 04 05 06 07 0a"
         "  6161 6161 6161 6161 61",
         BAD(ANCHORS)},
    };

    (void)state;
    RUN(text, cases);
}

// ---- Depth ------------------------------------------------------------------

// Writes `depth` blocks of `record D { d: D?; }`, one in the other.
static test_bytes nest(size_t depth)
{
    uint8_t bytes[2 * 200];
    size_t  i;

    assert_true(depth <= 200);
    for (i = 0; i < depth; i++) {
        bytes[2 * i] = 0;
        bytes[2 * i + 1] = 1;
    }
    return test_bytes_copy(bytes, 2 * depth);
}

static void test_rules__depth(void **state)
{
    static const struct {
        uint32_t     limit;
        size_t       depth;
        inlay_status status;
    } cases[] = {
        {0, 64, INLAY_OK},    {0, 65, INLAY_TOO_DEEP},    {64, 64, INLAY_OK},
        {1, 1, INLAY_OK},     {1, 2, INLAY_TOO_DEEP},     {2, 2, INLAY_OK},
        {200, 200, INLAY_OK}, {199, 200, INLAY_TOO_DEEP},
    };
    const inlay_record_desc *desc;
    test_schema              compiled;
    inlay_error              error;
    size_t                   i;

    (void)state;
    test_schema_text(&compiled, "package t; record D { d: D?; }");
    desc = test_schema_record(&compiled, "D");
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inlay_verify_options options = {cases[i].limit, false};
        test_bytes           bytes = nest(cases[i].depth);

        assert_int_equal(
            inlay_verify_with(desc, bytes.data, bytes.size, &options, &error),
            cases[i].status);
        if (cases[i].status != INLAY_OK) {
            uint32_t limit = cases[i].limit == 0 ? 64 : cases[i].limit;

            assert_int_equal(error.offset, 2 * limit);
        }
        test_bytes_free(bytes);
    }
    test_schema_release(&compiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules__headers),
        cmocka_unit_test(test_rules__revisions),
        cmocka_unit_test(test_rules__optionals),
        cmocka_unit_test(test_rules__unions),
        cmocka_unit_test(test_rules__vectors),
        cmocka_unit_test(test_rules__aligned),
        cmocka_unit_test(test_rules__map_keys),
        cmocka_unit_test(test_rules__strings),
        cmocka_unit_test(test_rules__depth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// test_json_read.c -- JSON to messages: values, limits, errors, memory.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/verify.h>

#include "json_support.h"

static const char schema_source[] =
    "package test;\n"
    "enum Color : u8 { RED, GREEN = 5, BLUE }\n"
    "enum Level : i16 { LOW = -5, HIGH = 500 }\n"
    "struct Point { x: i32; on: bool; }\n"
    "union Any { number: i32; text: string; none; deep: Node; list: [Any]; }\n"
    "record Ints { a: u8; b: i8; c: u16; d: i16; e: u32; f: i32; g: u64;\n"
    "  h: i64; }\n"
    "record Floats { f: f32; d: f64; v: [f32]; }\n"
    "record Text { s: string; b: bytes; o: string?; m: map<string, string>; }\n"
    "record Enums { c: Color; l: Level; m: map<Color, bool>; }\n"
    "record Parts { p: Point; a: [u16; 3]; v: [Point]; n: [[u8]]; o: [u16?];\n"
    "  bits: [bool]; anys: [Any]; any: Any; flag: bool = true; maybe: bool?;\n"
    "  q: Point?; nodes: [Node]; }\n"
    "record Node { next: Node?; kids: [Node]; value: u8; }\n"
    "record Keys { i: map<i16, u8>; u: map<u64, u8>; b: map<bytes, u8>;\n"
    "  a: map<[u8; 2], u8>; l: map<Level, u8>; s: map<string, u8?>; }\n"
    "record Outer { must: Inner; may: Inner?; any: Pick; }\n"
    "record Inner { n: u16 = 7; s: string; }\n"
    "union Pick { inner: Inner; none; }\n"
    "record Chain { a: C1; next: Chain?; }\n"
    "record C1 { b: C2; }\n"
    "record C2 { n: u8; }\n"
    "record Many { a0: u8; a1: u8; a2: u8; a3: u8; a4: u8; a5: u8; a6: u8;\n"
    "  a7: u8; a8: u8; a9: u8; b0: u8; b1: u8; b2: u8; b3: u8; b4: u8;\n"
    "  b5: u8; b6: u8; b7: u8; b8: u8; b9: u8; }\n";

static json_schema schema_shared;

static int setup(void **state)
{
    (void)state;
    json_schema_text(&schema_shared, schema_source);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    json_schema_release(&schema_shared);
    return 0;
}

// Reads text and writes it again, into `text` of `size` bytes.
static void round_trip(const char *record, const char *json,
                       const inlay_json_options *options, char *text,
                       size_t size)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, record);
    inlay_buffer             message;
    inlay_buffer             out;
    inlay_error              error;

    inlay_buffer_init(&message, NULL);
    inlay_buffer_init(&out, NULL);
    if (inlay_json_read(desc, json, strlen(json), options, &message, &error) !=
        INLAY_OK) {
        fail_msg("%s: %s at %s %u:%u", json, inlay_status_text(error.status),
                 error.path, error.line, error.column);
    }
    // A tag that the schema does not know is not canonical for it.
    if (strstr(json, "\"?") == NULL) {
        assert_int_equal(
            inlay_verify_canonical(desc, message.data, message.size, &error),
            INLAY_OK);
    }
    assert_int_equal(inlay_json_write(desc, message.data, message.size, NULL,
                                      inlay_sink_buffer(&out), &error),
                     INLAY_OK);
    assert_true(out.size < size);
    memcpy(text, out.data, out.size);
    text[out.size] = '\0';
    inlay_buffer_release(&message);
    inlay_buffer_release(&out);
}

static void check_same(const char *record, const char *json,
                       const char *expected)
{
    char text[2000];

    round_trip(record, json, NULL, text, sizeof text);
    assert_string_equal(text, expected);
}

// Checks the status and the place: line, column, path.
static void check_error(const char *record, const char *json,
                        inlay_status status, uint32_t line, uint32_t column,
                        const char *path)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, record);
    inlay_buffer             message;
    inlay_error              error = {0};

    inlay_buffer_init(&message, NULL);
    assert_int_not_equal(
        inlay_json_read(desc, json, strlen(json), NULL, &message, &error),
        INLAY_OK);
    if (error.status != status || error.line != line ||
        error.column != column || strcmp(error.path, path) != 0) {
        fail_msg("%s:\n%s at %u:%u %s, not\n%s at %u:%u %s", json,
                 inlay_status_name(error.status), error.line, error.column,
                 error.path, inlay_status_name(status), line, column, path);
    }
    assert_int_equal(message.size, 0);
    inlay_buffer_release(&message);
}

// ---- Values -----------------------------------------------------------------

static void test_read__integers_to_their_limits(void **state)
{
    const char *low = "{\"a\":0,\"b\":-128,\"c\":0,\"d\":-32768,\"e\":0,"
                      "\"f\":-2147483648,\"g\":0,\"h\":-9223372036854775808}";
    const char *high = "{\"a\":255,\"b\":127,\"c\":65535,\"d\":32767,"
                       "\"e\":4294967295,\"f\":2147483647,"
                       "\"g\":18446744073709551615,\"h\":9223372036854775807}";

    (void)state;
    check_same("Ints", low, low);
    check_same("Ints", high, high);
    check_same("Ints",
               "{\"a\":\"255\",\"b\":\"-128\",\"g\":\"18446744073709551615\","
               "\"h\":\"-9223372036854775808\",\"f\":-0}",
               "{\"a\":255,\"b\":-128,\"c\":0,\"d\":0,\"e\":0,\"f\":0,"
               "\"g\":18446744073709551615,\"h\":-9223372036854775808}");
}

static void test_read__integers_beyond(void **state)
{
    static const char *const cases[] = {
        "{\"a\":256}",
        "{\"a\":-1}",
        "{\"b\":128}",
        "{\"b\":-129}",
        "{\"c\":65536}",
        "{\"d\":-32769}",
        "{\"e\":4294967296}",
        "{\"f\":2147483648}",
        "{\"g\":18446744073709551616}",
        "{\"g\":99999999999999999999999999}",
        "{\"h\":9223372036854775808}",
        "{\"h\":-9223372036854775809}",
        "{\"a\":1.0}",
        "{\"a\":1e2}",
        "{\"a\":\"256\"}",
    };
    static const char *const texts[] = {
        "{\"a\":\"+1\"}", "{\"a\":\"01\"}",  "{\"a\":\"\"}", "{\"a\":\"-\"}",
        "{\"a\":\" 1\"}", "{\"a\":\"1.0\"}", "{\"a\":true}", "{\"a\":null}",
        "{\"a\":[1]}",    "{\"a\":\"0x1\"}",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[2] = {cases[i][2], '\0'};

        check_error("Ints", cases[i], INLAY_JSON_RANGE, 1, 6, path);
    }
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_error("Ints", texts[i], INLAY_JSON_TYPE, 1, 6, "a");
    }
}

static void test_read__floats(void **state)
{
    (void)state;
    check_same("Floats", "{\"f\":-0,\"d\":-0.0,\"v\":[1,2.50,1e2]}",
               "{\"f\":-0.0,\"d\":-0.0,\"v\":[1,2.5,100]}");
    check_same("Floats",
               "{\"f\":\"NaN\",\"d\":\"NaN\",\"v\":[\"Infinity\","
               "\"-Infinity\",\"NaN:ffC00001\",\"NaN:7f800001\"]}",
               "{\"f\":\"NaN\",\"d\":\"NaN\",\"v\":[\"Infinity\","
               "\"-Infinity\",\"NaN:ffc00001\",\"NaN:7f800001\"]}");
    check_same("Floats", "{\"d\":\"NaN:fff8000000000000\"}",
               "{\"f\":0,\"d\":\"NaN:fff8000000000000\",\"v\":[]}");
    check_same("Floats", "{\"f\":3.4028235e38,\"d\":4.9e-324}",
               "{\"f\":3.4028235e38,\"d\":5e-324,\"v\":[]}");
    check_error("Floats", "{\"f\":3.5e38}", INLAY_JSON_RANGE, 1, 6, "f");
    check_error("Floats", "{\"d\":1e309}", INLAY_JSON_RANGE, 1, 6, "d");
    check_error("Floats", "{\"v\":[0,-1e40]}", INLAY_JSON_RANGE, 1, 9, "v[1]");
    check_error("Floats", "{\"f\":\"NaN:7f800000\"}", INLAY_JSON_RANGE, 1, 6,
                "f");
    check_error("Floats", "{\"f\":\"NaN:7fc0000\"}", INLAY_JSON_RANGE, 1, 6,
                "f");
    check_error("Floats", "{\"f\":\"NaN:7ff8000000000000\"}", INLAY_JSON_RANGE,
                1, 6, "f");
    check_error("Floats", "{\"d\":\"NaN:7fc00000\"}", INLAY_JSON_RANGE, 1, 6,
                "d");
    check_error("Floats", "{\"f\":\"NaN:7fc0000g\"}", INLAY_JSON_RANGE, 1, 6,
                "f");
    check_error("Floats", "{\"f\":\"nan\"}", INLAY_JSON_TYPE, 1, 6, "f");
    check_error("Floats", "{\"f\":\"1\"}", INLAY_JSON_TYPE, 1, 6, "f");
}

static void test_read__text_and_bytes(void **state)
{
    (void)state;
    check_same("Text",
               "{\"s\":\"a\\u0000\\ud83d\\ude00\\\"\\\\\\u001f\\/\",\"b\":\"\","
               "\"o\":\"\",\"m\":{\"\\u0000\":\"\"}}",
               "{\"s\":\"a\\u0000\U0001f600\\\"\\\\\\u001f/\",\"b\":\"\","
               "\"o\":\"\",\"m\":{\"\\u0000\":\"\"}}");
    check_same("Text", "{\"b\":\"AA==\"}",
               "{\"s\":\"\",\"b\":\"AA==\",\"m\":{}}");
    check_same("Text", "{\"b\":\"+/8=\"}",
               "{\"s\":\"\",\"b\":\"+/8=\",\"m\":{}}");
    check_same("Text", "{\"b\":\"YWJj\",\"o\":null}",
               "{\"s\":\"\",\"b\":\"YWJj\",\"m\":{}}");
    check_error("Text", "{\"s\":null}", INLAY_JSON_TYPE, 1, 6, "s");
    check_error("Text", "{\"b\":null}", INLAY_JSON_TYPE, 1, 6, "b");
    check_error("Text", "{\"s\":5}", INLAY_JSON_TYPE, 1, 6, "s");
}

static void test_read__base64_is_strict(void **state)
{
    static const char *const cases[] = {
        "A",    "AA",       "AAA",  "AB==", "AAF=",     "AA=A",   "====",
        "A===", "AA==AA==", "AA-_", " AAA", "AAAAA===", "AAA\\n",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[64];

        snprintf(json, sizeof json, "{\"b\":\"%s\"}", cases[i]);
        check_error("Text", json, INLAY_JSON_BASE64, 1, 6, "b");
    }
}

static void test_read__enums(void **state)
{
    (void)state;
    check_same(
        "Enums",
        "{\"c\":\"BLUE\",\"l\":-5,\"m\":{\"6\":true,\"RED\":true,"
        "\"200\":false}}",
        "{\"c\":\"BLUE\",\"l\":\"LOW\",\"m\":{\"RED\":true,\"BLUE\":true,"
        "\"200\":false}}");
    check_same("Enums", "{\"c\":77,\"l\":-32768}",
               "{\"c\":77,\"l\":-32768,\"m\":{}}");
    check_error("Enums", "{\"c\":256}", INLAY_JSON_RANGE, 1, 6, "c");
    check_error("Enums", "{\"c\":\"red\"}", INLAY_JSON_RANGE, 1, 6, "c");
    check_error("Enums", "{\"l\":1.5}", INLAY_JSON_RANGE, 1, 6, "l");
    check_error("Enums", "{\"l\":false}", INLAY_JSON_TYPE, 1, 6, "l");
    check_error("Enums", "{\"m\":{\"RED\":true,\"0\":true}}",
                INLAY_JSON_REPEATED, 1, 18, "m[\"0\"]");
}

static void test_read__maps_in_any_order(void **state)
{
    (void)state;
    check_same("Keys",
               "{\"i\":{\"5\":1,\"-7\":2,\"0\":3},"
               "\"u\":{\"18446744073709551615\":1,\"9\":2,\"10\":3},"
               "\"b\":{\"AQ==\":1,\"\":2,\"AAE=\":3,\"AA==\":4},"
               "\"a\":{\"/wA=\":1,\"AP8=\":2},"
               "\"l\":{\"HIGH\":1,\"LOW\":2,\"-6\":3},"
               "\"s\":{\"b\":null,\"a\":0,\"\":1,\"ab\":2}}",
               "{\"i\":{\"-7\":2,\"0\":3,\"5\":1},"
               "\"u\":{\"9\":2,\"10\":3,\"18446744073709551615\":1},"
               "\"b\":{\"\":2,\"AA==\":4,\"AAE=\":3,\"AQ==\":1},"
               "\"a\":{\"AP8=\":2,\"/wA=\":1},"
               "\"l\":{\"-6\":3,\"LOW\":2,\"HIGH\":1},"
               "\"s\":{\"\":1,\"a\":0,\"ab\":2,\"b\":null}}");
    check_error("Keys", "{\"i\":{\"1\":1,\n \"2\":1,\n  \"1\":2}}",
                INLAY_JSON_REPEATED, 3, 3, "i[\"1\"]");
    check_error("Keys", "{\"i\":{\"01\":1}}", INLAY_JSON_TYPE, 1, 7,
                "i[\"01\"]");
    check_error("Keys", "{\"i\":{\"32768\":1}}", INLAY_JSON_RANGE, 1, 7,
                "i[\"32768\"]");
    check_error("Keys", "{\"a\":{\"AAAA\":1}}", INLAY_JSON_RANGE, 1, 7,
                "a[\"AAAA\"]");
    check_error("Keys", "{\"b\":{\"AB==\":1}}", INLAY_JSON_BASE64, 1, 7,
                "b[\"AB==\"]");
    check_error("Keys", "{\"s\":{\"\\n\\u001b\":300}}", INLAY_JSON_RANGE, 1, 18,
                "s[\"??\"]");
    check_error("Keys", "{\"u\":{\"1\":null}}", INLAY_JSON_TYPE, 1, 11,
                "u[\"1\"]");
    check_error("Keys", "{\"u\":[]}", INLAY_JSON_TYPE, 1, 6, "u");
}

static void test_read__parts(void **state)
{
    const char *all =
        "{\"p\":{\"x\":-1,\"on\":true},\"a\":[1,2,3],"
        "\"v\":[{\"x\":5,\"on\":false}],\"n\":[[],[1,2]],\"o\":[null,7],"
        "\"bits\":[true,false,true,true,false,false,false,false,true],"
        "\"anys\":[null,\"none\",{\"number\":1},{\"list\":[{\"text\":\"x\"},"
        "null]}],\"any\":{\"deep\":{\"kids\":[],\"value\":0}},\"flag\":false,"
        "\"maybe\":false,\"q\":{\"x\":0,\"on\":false},"
        "\"nodes\":[{\"next\":{\"kids\":[],\"value\":0},\"kids\":[],"
        "\"value\":1}]}";

    (void)state;
    check_same("Parts", all, all);
    check_same("Parts", "{\"any\":null,\"q\":null,\"maybe\":null,\"p\":{}}",
               "{\"p\":{\"x\":0,\"on\":false},\"a\":[0,0,0],\"v\":[],\"n\":[],"
               "\"o\":[],\"bits\":[],\"anys\":[],\"flag\":true,\"nodes\":[]}");
    check_error("Parts", "{\"a\":[1,2]}", INLAY_JSON_RANGE, 1, 6, "a");
    check_error("Parts", "{\"a\":[1,2,3,4]}", INLAY_JSON_RANGE, 1, 6, "a");
    check_error("Parts", "{\"a\":[1,2,null]}", INLAY_JSON_TYPE, 1, 11, "a[2]");
    check_error("Parts", "{\"a\":{}}", INLAY_JSON_TYPE, 1, 6, "a");
    check_error("Parts", "{\"p\":[]}", INLAY_JSON_TYPE, 1, 6, "p");
    check_error("Parts", "{\"p\":{\"x\":null}}", INLAY_JSON_TYPE, 1, 11, "p.x");
    check_error("Parts", "{\"p\":{\"y\":1}}", INLAY_JSON_NAME, 1, 7, "p.y");
    check_error("Parts", "{\"v\":[{},\n{\"x\":3e9}]}", INLAY_JSON_RANGE, 2, 6,
                "v[1].x");
    check_error("Parts", "{\"v\":[null]}", INLAY_JSON_TYPE, 1, 7, "v[0]");
    check_error("Parts", "{\"n\":[[1],[2,256]]}", INLAY_JSON_RANGE, 1, 14,
                "n[1][1]");
    check_error("Parts", "{\"n\":[null]}", INLAY_JSON_TYPE, 1, 7, "n[0]");
    check_error("Parts", "{\"bits\":[true,0]}", INLAY_JSON_TYPE, 1, 15,
                "bits[1]");
    check_error("Parts", "{\"flag\":null}", INLAY_JSON_TYPE, 1, 9, "flag");
    check_error("Parts", "{\"nodes\":[null]}", INLAY_JSON_TYPE, 1, 11,
                "nodes[0]");
    check_error("Parts", "{\"nodes\":[{\"kids\":[{\"value\":-1}]}]}",
                INLAY_JSON_RANGE, 1, 29, "nodes[0].kids[0].value");
    check_error("Parts", "[]", INLAY_JSON_TYPE, 1, 1, "");
    check_error("Parts", "null", INLAY_JSON_TYPE, 1, 1, "");
    check_error("Parts", "  7", INLAY_JSON_TYPE, 1, 3, "");
}

static void test_read__unions(void **state)
{
    (void)state;
    check_same("Outer", "{\"any\":{\"?9\":\"AAE=\"}}",
               "{\"must\":{\"n\":7,\"s\":\"\"},\"any\":{\"?9\":\"AAE=\"}}");
    check_error("Parts", "{\"any\":{}}", INLAY_JSON_TYPE, 1, 8, "any");
    check_error("Parts", "{\"any\":{\"number\":1,\"text\":\"\"}}",
                INLAY_JSON_TYPE, 1, 8, "any");
    check_error("Parts", "{\"any\":5}", INLAY_JSON_TYPE, 1, 8, "any");
    check_error("Parts", "{\"any\":\"number\"}", INLAY_JSON_TYPE, 1, 8,
                "any.number");
    check_error("Parts", "{\"any\":{\"none\":null}}", INLAY_JSON_TYPE, 1, 9,
                "any.none");
    check_error("Parts", "{\"any\":{\"number\":null}}", INLAY_JSON_TYPE, 1, 18,
                "any.number");
    check_error("Parts", "{\"any\":\"nothing\"}", INLAY_JSON_NAME, 1, 8,
                "any.nothing");
    check_error("Parts", "{\"any\":{\"?5\":\"\"}}", INLAY_JSON_RANGE, 1, 9,
                "any.?5");
    check_error("Parts", "{\"any\":{\"?256\":\"\"}}", INLAY_JSON_RANGE, 1, 9,
                "any.?256");
    check_error("Parts", "{\"any\":{\"?07\":\"\"}}", INLAY_JSON_RANGE, 1, 9,
                "any.?07");
    check_error("Parts", "{\"any\":{\"?\":\"\"}}", INLAY_JSON_RANGE, 1, 9,
                "any.?");
    check_error("Parts", "{\"any\":{\"?7\":\"A\"}}", INLAY_JSON_BASE64, 1, 14,
                "any.?7");
    check_error("Parts", "{\"any\":\"?7\"}", INLAY_JSON_NAME, 1, 8, "any.?7");
    check_error("Parts", "{\"anys\":[{\"list\":[{\"number\":true}]}]}",
                INLAY_JSON_TYPE, 1, 29, "anys[0].list[0].number");
}

// A required record of defaults is the empty slice; an optional one is there.
static void test_read__records_of_defaults(void **state)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, "Outer");
    const char *json = "{\"must\":{\"n\":7},\"may\":{},\"any\":{\"inner\":{}}}";
    // F, S, the tag of `any`, where slots 1 and 2 begin; the block of `may`.
    const uint8_t expected[] = {1, 3, 1, 0, 4, 2, 1, 0, 0};
    inlay_buffer  message;

    (void)state;
    inlay_buffer_init(&message, NULL);
    assert_int_equal(
        inlay_json_read(desc, json, strlen(json), NULL, &message, NULL),
        INLAY_OK);
    assert_int_equal(message.size, sizeof expected);
    assert_memory_equal(message.data, expected, sizeof expected);
    inlay_buffer_release(&message);
}

static void test_read__repeated_names(void **state)
{
    inlay_json_options       lenient = {.allow_unknown = true};
    const inlay_record_desc *desc = json_schema_record(&schema_shared, "Ints");
    inlay_buffer             message;
    inlay_error              error;
    const char              *unknown =
        "{\"zz\":{\"k\":[{\"a\":1,\"b\":2,\"a\":3}]},\"a\":1}";
    const char *twice = "{\"y\":1,\"a\":1,\"y\":2}";
    char        text[200];

    (void)state;
    check_error("Ints", "{\"a\":1,\"b\":2,\"a\":1}", INLAY_JSON_REPEATED, 1, 14,
                "a");
    check_error("Ints", "{\"b\":1,\"\\u0062\":2}", INLAY_JSON_REPEATED, 1, 8,
                "b");
    check_error("Parts", "{\"p\":{\"x\":1,\"x\":1}}", INLAY_JSON_REPEATED, 1,
                13, "p.x");
    check_error("Ints", "{\"a\\u0000\":1}", INLAY_JSON_NAME, 1, 2, "a?");
    inlay_buffer_init(&message, NULL);
    assert_int_equal(inlay_json_read(desc, unknown, strlen(unknown), &lenient,
                                     &message, &error),
                     INLAY_JSON_REPEATED);
    assert_string_equal(error.path, "zz.k[0].a");
    assert_int_equal(
        inlay_json_read(desc, twice, strlen(twice), &lenient, &message, &error),
        INLAY_JSON_REPEATED);
    assert_int_equal(error.column, 14);
    inlay_buffer_release(&message);
    round_trip("Ints", "{\"zz\":{\"a\":1},\"h\":4,\"y\":[null],\"a\":9}",
               &lenient, text, sizeof text);
    assert_string_equal(text, "{\"a\":9,\"b\":0,\"c\":0,\"d\":0,\"e\":0,"
                              "\"f\":0,\"g\":0,\"h\":4}");
}

// Records of many fields look names up in a table.
static void test_read__many_names(void **state)
{
    (void)state;
    check_same("Many", "{\"b9\":1,\"a0\":2,\"b5\":3,\"a9\":4}",
               "{\"a0\":2,\"a1\":0,\"a2\":0,\"a3\":0,\"a4\":0,\"a5\":0,"
               "\"a6\":0,\"a7\":0,\"a8\":0,\"a9\":4,\"b0\":0,\"b1\":0,"
               "\"b2\":0,\"b3\":0,\"b4\":0,\"b5\":3,\"b6\":0,\"b7\":0,"
               "\"b8\":0,\"b9\":1}");
    check_error("Many", "{\"b9\":1,\"c0\":2}", INLAY_JSON_NAME, 1, 9, "c0");
    check_error("Many", "{\"b9\":1,\"a0\":2,\"b9\":2}", INLAY_JSON_REPEATED, 1,
                16, "b9");
}

// ---- Depth ------------------------------------------------------------------

// Returns `count` times `open`, then `middle`, then `count` times `close`.
static char *nested(const char *open, const char *middle, const char *close,
                    int count)
{
    char *text = malloc((strlen(open) + strlen(close)) * (size_t)count +
                        strlen(middle) + 1);
    int   i;

    assert_non_null(text);
    text[0] = '\0';
    for (i = 0; i < count; i++) {
        strcat(text, open);
    }
    strcat(text, middle);
    for (i = 0; i < count; i++) {
        strcat(text, close);
    }
    return text;
}

static inlay_status read_nested(const char *record, char *json,
                                inlay_error *error)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, record);
    inlay_buffer             message;
    inlay_status             status;

    inlay_buffer_init(&message, NULL);
    status = inlay_json_read(desc, json, strlen(json), NULL, &message, error);
    if (status == INLAY_OK) {
        assert_int_equal(
            inlay_verify_canonical(desc, message.data, message.size, error),
            INLAY_OK);
    }
    inlay_buffer_release(&message);
    free(json);
    return status;
}

static void test_read__blocks_nest_to_the_limit(void **state)
{
    inlay_error error;

    (void)state;
    assert_int_equal(
        read_nested("Node", nested("{\"next\":", "{}", "}", 63), &error),
        INLAY_OK);
    assert_int_equal(
        read_nested("Node", nested("{\"next\":", "{}", "}", 64), &error),
        INLAY_TOO_DEEP);
    assert_int_equal(error.column, 64 * 8 + 1);
    assert_memory_equal(error.path, "...", 3);
    assert_int_equal(strlen(error.path), INLAY_PATH_SIZE - 1);
    assert_int_equal(
        read_nested("Node", nested("{\"kids\":[", "{}", "]}", 63), &error),
        INLAY_OK);
    assert_int_equal(
        read_nested("Node", nested("{\"kids\":[", "{}", "]}", 64), &error),
        INLAY_TOO_DEEP);
    assert_int_equal(
        read_nested("Node", nested("{\"kids\":[", "{}", "]}", 400), &error),
        INLAY_TOO_DEEP);
    // A union adds no block, its list does: a level of JSON is three.
    assert_int_equal(
        read_nested("Parts", nested("{\"anys\":[", "{\"list\":[]}", "]}", 1),
                    &error),
        INLAY_OK);
}

// Required records of defaults have no block, however deep they are.
static void test_read__defaults_take_no_level(void **state)
{
    inlay_error error;

    (void)state;
    assert_int_equal(read_nested("Chain",
                                 nested("{\"a\":{\"b\":{\"n\":0}},\"next\":",
                                        "{\"a\":{\"b\":{}}}", "}", 63),
                                 &error),
                     INLAY_OK);
    assert_int_equal(
        read_nested("Chain",
                    nested("{\"next\":", "{\"a\":{\"b\":{\"n\":1}}}", "}", 62),
                    &error),
        INLAY_TOO_DEEP);
    assert_int_equal(
        read_nested("Chain",
                    nested("{\"next\":", "{\"a\":{\"b\":{\"n\":1}}}", "}", 61),
                    &error),
        INLAY_OK);
}

// ---- Memory -----------------------------------------------------------------

static void test_read__every_allocation_may_fail(void **state)
{
    static const struct {
        const char *record;
        const char *json;
    } cases[] = {
        {"Parts",
         "{\"p\":{\"on\":true,\"x\":-1},\"a\":[1,2,3],\"n\":[[],[1,2]],"
         "\"bits\":[true],\"anys\":[null,\"none\",{\"list\":[{\"text\":\"\\n\"}"
         "]}],\"any\":{\"?9\":\"AAAA\"},\"nodes\":[{\"next\":{}}]}"},
        {"Many", "{\"b9\":1,\"a0\":2,\"b5\":3,\"a9\":4}"},
        {"Keys", "{\"s\":{\"b\":1,\"a\":2},\"b\":{\"AA==\":1}}"},
    };
    size_t i;
    size_t n;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const inlay_record_desc *desc =
            json_schema_record(&schema_shared, cases[i].record);
        inlay_status status = INLAY_OUT_OF_MEMORY;

        for (n = 1; status != INLAY_OK; n++) {
            json_memory        memory = {.fail_at = n};
            inlay_alloc        alloc = json_memory_alloc(&memory);
            inlay_json_options options = {.alloc = &alloc};
            inlay_buffer       message;
            inlay_error        error;

            inlay_buffer_init(&message, &alloc);
            status = inlay_json_read(desc, cases[i].json, strlen(cases[i].json),
                                     &options, &message, &error);
            if (status != INLAY_OK) {
                assert_int_equal(status, INLAY_OUT_OF_MEMORY);
                assert_int_equal(error.status, status);
                assert_int_equal(message.size, 0);
            }
            inlay_buffer_release(&message);
            assert_int_equal(memory.held, 0);
            assert_true(n < 1000);
        }
        assert_true(n > 3);
    }
}

static void test_read__appends(void **state)
{
    const inlay_record_desc *desc = json_schema_record(&schema_shared, "Ints");
    inlay_buffer             message;

    (void)state;
    inlay_buffer_init(&message, NULL);
    assert_true(inlay_buffer_append(&message, "head", 4));
    assert_int_equal(inlay_json_read(desc, "{}", 2, NULL, &message, NULL),
                     INLAY_OK);
    assert_int_equal(message.size, 4 + 2 + 30);
    assert_int_equal(inlay_json_read(desc, "{", 1, NULL, &message, NULL),
                     INLAY_JSON_SYNTAX);
    assert_int_equal(message.size, 4 + 2 + 30);
    assert_memory_equal(message.data, "head", 4);
    inlay_buffer_release(&message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__integers_to_their_limits),
        cmocka_unit_test(test_read__integers_beyond),
        cmocka_unit_test(test_read__floats),
        cmocka_unit_test(test_read__text_and_bytes),
        cmocka_unit_test(test_read__base64_is_strict),
        cmocka_unit_test(test_read__enums),
        cmocka_unit_test(test_read__maps_in_any_order),
        cmocka_unit_test(test_read__parts),
        cmocka_unit_test(test_read__unions),
        cmocka_unit_test(test_read__records_of_defaults),
        cmocka_unit_test(test_read__repeated_names),
        cmocka_unit_test(test_read__many_names),
        cmocka_unit_test(test_read__blocks_nest_to_the_limit),
        cmocka_unit_test(test_read__defaults_take_no_level),
        cmocka_unit_test(test_read__every_allocation_may_fail),
        cmocka_unit_test(test_read__appends),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

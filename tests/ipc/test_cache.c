// test_cache.c -- caches as they are read: found and not found, new
// generations, verified values, and files that are damaged or hostile.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <inlay/wire.h>

#include "cache_support.h"
#include "json/json_support.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    HEADER = 128,
    FEW = 12
};

static void built(uint64_t count, unsigned generation)
{
    inlay_error error;

    assert_int_equal(cache_build(count, generation, NULL, &error), INLAY_OK);
}

static void opened(inlay_cache *cache, const inlay_cache_options *options)
{
    inlay_error error = {0};

    assert_int_equal(inlay_cache_open(cache, cache_path, options, &error),
                     INLAY_OK);
}

static void test_cache__finds_what_was_added(void **state)
{
    static const uint64_t counts[] = {0, 1, 2, 5, 40, 41, 1000, 30000};
    size_t                i;

    (void)state;
    for (i = 0; i < 8; i++) {
        inlay_cache_options options = {.copy = i % 2 == 1,
                                       .prefault = i % 4 == 0};
        inlay_cache         cache;
        inlay_bytes         value;
        uint64_t            n;

        built(counts[i], 1);
        opened(&cache, &options);
        cache_expect(&cache, counts[i], 1);
        assert_int_equal(inlay_cache_check(&cache, NULL), INLAY_OK);
        for (n = counts[i]; n < counts[i] + 1000; n++) {
            inlay_bytes key = cache_key(n);

            if (key.size > 0 || counts[i] < 4) {
                assert_int_equal(
                    inlay_cache_get(&cache, key.data, key.size, &value),
                    INLAY_NOT_FOUND);
            }
        }
        inlay_cache_close(&cache);
    }
}

static void test_cache__walks_and_gets_many(void **state)
{
    enum {
        COUNT = 1000,
        ASKED = 1100
    };
    static inlay_bytes keys[ASKED], values[ASKED];
    static char        text[ASKED][40];
    inlay_cache        cache;
    inlay_cache_entry  entry;
    uint64_t           cursor = 0, n, seen = 0;

    (void)state;
    built(COUNT, 1);
    opened(&cache, NULL);
    for (n = 0; n < ASKED; n++) {
        inlay_bytes key = cache_key(n);

        memcpy(text[n], key.data, key.size);
        keys[n] = (inlay_bytes){(uint8_t *)text[n], key.size};
    }
    assert_int_equal(inlay_cache_get_many(&cache, keys, ASKED, values), COUNT);
    for (n = 0; n < ASKED; n++) {
        inlay_bytes want = cache_value(n, 1);

        assert_int_equal(values[n].data != NULL, n < COUNT);
        if (n < COUNT) {
            assert_int_equal(values[n].size, want.size);
            assert_memory_equal(values[n].data, want.data, want.size);
        }
    }
    while (inlay_cache_next(&cache, &cursor, &entry, NULL) == INLAY_OK) {
        inlay_bytes value;

        assert_int_equal(
            inlay_cache_get(&cache, entry.key.data, entry.key.size, &value),
            INLAY_OK);
        assert_ptr_equal(value.data, entry.value.data);
        assert_int_equal(inlay_cache_entry_check(&cache, &entry, NULL, NULL),
                         INLAY_OK);
        seen++;
    }
    assert_int_equal(seen, COUNT);
    inlay_cache_close(&cache);
}

static void test_cache__is_the_same_bytes_for_the_same_entries(void **state)
{
    size_t   size, other;
    uint8_t *bytes, *again;

    (void)state;
    built(500, 1);
    bytes = cache_bytes(&size);
    built(500, 1);
    again = cache_bytes(&other);
    assert_int_equal(size, other);
    assert_memory_equal(bytes, again, size);
    assert_memory_equal(bytes, "INLC\r\n\x1a\n", 8);
    assert_true(inlay_load_u64(bytes + 16) == size);
    free(bytes);
    free(again);
}

static void test_cache__notices_a_new_generation(void **state)
{
    inlay_cache_options options = {.copy = false};
    inlay_cache         cache;
    bool                changed = true;

    (void)state;
    do {
        built(100, 1);
        opened(&cache, &options);
        assert_int_equal(inlay_cache_changed(&cache, &changed), INLAY_OK);
        assert_false(changed);
        assert_int_equal(inlay_cache_refresh(&cache, &changed, NULL), INLAY_OK);
        assert_false(changed);
        built(50, 2);
        cache_expect(&cache, 100, 1);
        assert_int_equal(inlay_cache_changed(&cache, &changed), INLAY_OK);
        assert_true(changed);
        assert_int_equal(inlay_cache_refresh(&cache, &changed, NULL), INLAY_OK);
        assert_true(changed);
        cache_expect(&cache, 50, 2);
        assert_int_equal(remove(cache_path), 0);
        assert_int_equal(inlay_cache_refresh(&cache, &changed, NULL),
                         INLAY_SYSTEM);
        inlay_cache_close(&cache);
        options.copy = !options.copy;
    } while (options.copy);
}

static void test_cache__keeps_the_old_one_when_the_new_one_is_bad(void **state)
{
    inlay_cache cache;
    inlay_error error;
    bool        changed;

    (void)state;
    built(100, 1);
    opened(&cache, NULL);
    assert_int_equal(remove(cache_path), 0);
    cache_bytes_put((const uint8_t *)"nonsense", 8);
    assert_int_equal(inlay_cache_refresh(&cache, &changed, &error),
                     INLAY_MAGIC);
    cache_expect(&cache, 100, 1);
    inlay_cache_close(&cache);
}

static void test_cache__checks_the_type_if_asked(void **state)
{
    inlay_cache_options options = {.type_id = 98};
    inlay_cache         cache;
    inlay_error         error;

    (void)state;
    built(FEW, 1);
    assert_int_equal(inlay_cache_open(&cache, cache_path, &options, &error),
                     INLAY_TYPE_ID);
    assert_int_equal(error.offset, 48);
    options.type_id = 99;
    opened(&cache, &options);
    inlay_cache_close(&cache);
}

// ---- Damage -----------------------------------------------------------------

static void test_cache__refuses_every_truncation(void **state)
{
    size_t   size, at;
    uint8_t *bytes;

    (void)state;
    built(FEW, 1);
    bytes = cache_bytes(&size);
    for (at = 0; at < size; at++) {
        inlay_cache cache;
        inlay_error error;

        cache_bytes_put(bytes, at);
        assert_int_equal(inlay_cache_open(&cache, cache_path, NULL, &error),
                         INLAY_CUT_SHORT);
        assert_int_equal(error.offset, at);
    }
    free(bytes);
}

// Does all that can be done with a cache whose bytes lie in memory that ends
// where they end. What comes of it does not matter, but that it comes.
static void use_up(const inlay_cache *open_cache)
{
    inlay_cache       cache = *open_cache;
    uint8_t          *exact = malloc(cache.size);
    inlay_cache_entry entry;
    inlay_error       error;
    inlay_bytes       value;
    uint64_t          cursor = 0, n, sum = 0;
    inlay_status      status;

    memcpy(exact, cache.data, cache.size);
    cache.data = exact;
    for (n = 0; n < FEW + 3; n++) {
        inlay_bytes key = cache_key(n);
        size_t      i;

        status = inlay_cache_get(&cache, key.data, key.size, &value);
        for (i = 0; status == INLAY_OK && i < value.size; i++) {
            sum += value.data[i];
        }
        inlay_cache_get_many(&cache, &key, 1, &value);
    }
    do {
        status = inlay_cache_next(&cache, &cursor, &entry, &error);
        if (status == INLAY_OK &&
            inlay_cache_entry_check(&cache, &entry, NULL, &error) != INLAY_OK) {
            sum += strlen(error.path);
        }
    } while (status != INLAY_NOT_FOUND);
    status = inlay_cache_check(&cache, &error);
    free(exact);
    assert_true(sum < UINT64_MAX);
}

static void header_seal(uint8_t *bytes)
{
    inlay_store_u64(bytes + 120, XXH3_64bits(bytes, 120));
}

static void test_cache__finds_every_changed_byte(void **state)
{
    static const uint8_t flips[] = {0x01, 0x40, 0x80, 0xff};
    size_t               size, at, i;
    uint8_t             *bytes;

    (void)state;
    built(FEW, 1);
    bytes = cache_bytes(&size);
    for (at = 0; at < size; at++) {
        for (i = 0; i < sizeof flips; i++) {
            inlay_cache cache;
            inlay_error error;

            bytes[at] ^= flips[i];
            cache_bytes_put(bytes, size);
            if (inlay_cache_open(&cache, cache_path, NULL, &error) ==
                INLAY_OK) {
                assert_true(at >= HEADER);
                assert_int_equal(inlay_cache_check(&cache, &error),
                                 INLAY_CHECKSUM);
                use_up(&cache);
                inlay_cache_close(&cache);
            } else {
                assert_true(at < HEADER);
            }
            bytes[at] ^= flips[i];
        }
    }
    free(bytes);
}

// A header made up by somebody who can compute its checksum.
static void test_cache__survives_hostile_headers(void **state)
{
    static const uint64_t numbers[] = {0,
                                       1,
                                       2,
                                       63,
                                       64,
                                       65,
                                       127,
                                       128,
                                       129,
                                       UINT32_MAX,
                                       UINT64_MAX,
                                       INT64_MAX,
                                       UINT64_MAX - 63,
                                       1 << 20};
    size_t                size, at, i;
    uint8_t              *bytes;
    unsigned              accepted = 0;

    (void)state;
    built(FEW, 1);
    bytes = cache_bytes(&size);
    for (at = 8; at < 120; at += 4) {
        for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            uint8_t     old[8];
            inlay_cache cache;
            size_t      width = at % 8 == 0 && i % 2 == 0 ? 8 : 4;

            memcpy(old, bytes + at, width);
            memcpy(bytes + at, &numbers[i], width);
            header_seal(bytes);
            cache_bytes_put(bytes, size);
            if (inlay_cache_open(&cache, cache_path, NULL, NULL) == INLAY_OK) {
                accepted++;
                use_up(&cache);
                inlay_cache_close(&cache);
            }
            memcpy(bytes + at, old, width);
        }
    }
    assert_true(accepted > 10);
    free(bytes);
}

// Slots and heads of entries made up, at random and at the edges.
static void test_cache__survives_hostile_indexes(void **state)
{
    size_t   size, index;
    uint8_t *bytes, *hurt;
    uint64_t random = 7;
    int      turn;

    (void)state;
    built(FEW, 1);
    bytes = cache_bytes(&size);
    index = (size_t)inlay_load_u64(bytes + 40);
    hurt = malloc(size);
    for (turn = 0; turn < 3000; turn++) {
        inlay_cache cache;
        int         changes;

        memcpy(hurt, bytes, size);
        for (changes = 0; changes < 6; changes++) {
            uint64_t value = json_random(&random);
            size_t at = turn % 2 == 0 ? index + value % ((size - index) / 8) * 8
                                      : HEADER + value % (index - HEADER - 8);
            uint64_t put = json_random(&random);

            put = put % 3 == 0 ? put
                  : put % 3 == 1
                      ? (inlay_load_u64(hurt + at) & ~UINT64_C(0xffff)) |
                            (put >> 8) % (index / 64 + 2)
                      : (uint64_t)(int64_t)(int8_t)(put >> 32);
            inlay_store_u64(hurt + at, put);
        }
        cache_bytes_put(hurt, size);
        opened(&cache, NULL);
        use_up(&cache);
        inlay_cache_close(&cache);
    }
    free(hurt);
    free(bytes);
}

// ---- Verified values --------------------------------------------------------

static void test_cache__verifies_values_once(void **state)
{
    json_schema         types;
    inlay_cache_options options = {0};
    inlay_cache_builder builder;
    inlay_cache         cache;
    inlay_cache_entry   entry;
    inlay_error         error;
    inlay_bytes         value;
    inlay_status        status;
    uint64_t            cursor = 0;
    uint8_t             good[] = {0, 0};

    (void)state;
    json_schema_text(&types, "package t; record R { a: u8; s: string; }");
    options.verify = json_schema_record(&types, "R");
    assert_int_equal(inlay_cache_builder_init(&builder, cache_path, NULL),
                     INLAY_OK);
    assert_int_equal(inlay_cache_builder_add(&builder, "good", 4, good, 2),
                     INLAY_OK);
    assert_int_equal(inlay_cache_builder_add(&builder, "b\"\x01", 3, NULL, 0),
                     INLAY_OK);
    assert_int_equal(inlay_cache_builder_publish(&builder, NULL), INLAY_OK);
    inlay_cache_builder_release(&builder);
    opened(&cache, &options);
    assert_int_equal(inlay_cache_get(&cache, "good", 4, &value), INLAY_OK);
    assert_int_equal(inlay_cache_get(&cache, "good", 4, &value), INLAY_OK);
    assert_int_equal(inlay_cache_get(&cache, "b\"\x01", 3, &value),
                     INLAY_HEADER);
    while ((status = inlay_cache_next(&cache, &cursor, &entry, &error)) ==
           INLAY_OK) {
        bool is_bad = entry.key.size == 3;

        assert_int_equal(
            inlay_cache_entry_check(&cache, &entry, options.verify, &error),
            is_bad ? INLAY_HEADER : INLAY_OK);
        if (is_bad) {
            assert_string_equal(error.path, "key \"b\\x22\\x01\"");
            assert_true(error.offset == entry.offset);
        }
    }
    inlay_cache_close(&cache);
    json_schema_release(&types);
}

static void test_cache__tells_a_damaged_value_when_it_is_got(void **state)
{
    json_schema         types;
    inlay_cache_options options = {0};
    inlay_cache         cache;
    inlay_bytes         key = cache_key(5), value;
    size_t              size;
    uint8_t            *bytes;

    (void)state;
    json_schema_text(&types, "package t; record R { a: u8; }");
    built(FEW, 1);
    bytes = cache_bytes(&size);
    opened(&cache, NULL);
    assert_int_equal(inlay_cache_get(&cache, key.data, key.size, &value),
                     INLAY_OK);
    bytes[value.data - cache.data] ^= 1;
    inlay_cache_close(&cache);
    cache_bytes_put(bytes, size);
    options.verify = json_schema_record(&types, "R");
    opened(&cache, &options);
    assert_int_equal(inlay_cache_get(&cache, key.data, key.size, &value),
                     INLAY_CHECKSUM);
    inlay_cache_close(&cache);
    free(bytes);
    json_schema_release(&types);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cache__finds_what_was_added),
        cmocka_unit_test(test_cache__walks_and_gets_many),
        cmocka_unit_test(test_cache__is_the_same_bytes_for_the_same_entries),
        cmocka_unit_test(test_cache__notices_a_new_generation),
        cmocka_unit_test(test_cache__keeps_the_old_one_when_the_new_one_is_bad),
        cmocka_unit_test(test_cache__checks_the_type_if_asked),
        cmocka_unit_test(test_cache__refuses_every_truncation),
        cmocka_unit_test(test_cache__finds_every_changed_byte),
        cmocka_unit_test(test_cache__survives_hostile_headers),
        cmocka_unit_test(test_cache__survives_hostile_indexes),
        cmocka_unit_test(test_cache__verifies_values_once),
        cmocka_unit_test(test_cache__tells_a_damaged_value_when_it_is_got),
    };

    return cmocka_run_group_tests(tests, cache_folder_make,
                                  cache_folder_remove);
}

// sizes.c -- generates the four data sets and checks their sizes.
//
// The sizes of the other formats are those that the public benchmark lists;
// the hashes are of what bincode 1.3.3 wrote for the original's data. Inlay's
// sizes have no outside source: they are pinned, so that a change shows.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/data/inlay_size.h"
#include "bench/data/rival_size.h"

static unsigned failures;

static void check(const char *set, const char *what, uint64_t found,
                  uint64_t expected)
{
    bool equal = found == expected;

    printf("%-10s %-14s %10" PRIu64 "  %s", set, what, found,
           equal ? "ok" : "WRONG");
    if (!equal) {
        printf(", expected %" PRIu64, expected);
        failures++;
    }
    putchar('\n');
}

static void check_hash(const char *set, uint64_t found, uint64_t expected)
{
    if (found != expected) {
        printf("%-10s %-14s %016" PRIx64 "  WRONG, expected %016" PRIx64 "\n",
               set, "values", found, expected);
        failures++;
    }
}

// What is expected of one data set.
typedef struct expectation {
    const char *set;
    uint64_t    msgpack;
    uint64_t    fixed;   // tags of one byte
    uint64_t    bincode; // tags of four
    uint64_t    bincode_hash;
    uint64_t    postcard;
    uint64_t    inlay;
} expectation;

// The other formats, each walked by the caller.
typedef struct rivals {
    rival_size msgpack;
    rival_size fixed;
    rival_size bincode;
    rival_size postcard;
} rivals;

static void rivals_init(rivals *self)
{
    rival_size_msgpack(&self->msgpack);
    rival_size_fixed(&self->fixed, 1);
    rival_size_fixed(&self->bincode, 4);
    rival_size_postcard(&self->postcard);
}

static void rivals_check(const rivals *self, uint64_t inlay,
                         const expectation *expected)
{
    const char *set = expected->set;

    check(set, "MessagePack", self->msgpack.size, expected->msgpack);
    check(set, "fixed, tag 1", self->fixed.size, expected->fixed);
    check(set, "bincode 1", self->bincode.size, expected->bincode);
    check(set, "postcard", self->postcard.size, expected->postcard);
    check(set, "Inlay", inlay, expected->inlay);
    check_hash(set, self->bincode.hash, expected->bincode_hash);
}

static void check_log(void)
{
    static const expectation expected = {
        .set = "log",
        .msgpack = 784997,
        .fixed = 1045784,
        .bincode = 1045784,
        .bincode_hash = UINT64_C(0x8ccef662ca69584f),
        .postcard = 724953,
        .inlay = 785783,
    };
    data_logs *data = data_logs_new(DATA_LOG_COUNT);
    rivals     sizes;

    rivals_init(&sizes);
    walk_logs(data, &sizes.msgpack.base);
    walk_logs(data, &sizes.fixed.base);
    walk_logs(data, &sizes.bincode.base);
    walk_logs(data, &sizes.postcard.base);
    rivals_check(&sizes, inlay_size_logs(data), &expected);
    data_logs_free(data);
}

static void check_mesh(void)
{
    static const expectation expected = {
        .set = "mesh",
        .msgpack = 8125006,
        .fixed = 6000008,
        .bincode = 6000008,
        .bincode_hash = UINT64_C(0xc0c2b7156080ebae),
        .postcard = 6000003,
        .inlay = 6000002,
    };
    data_mesh *data = data_mesh_new(DATA_MESH_COUNT);
    rivals     sizes;

    rivals_init(&sizes);
    walk_mesh(data, &sizes.msgpack.base);
    walk_mesh(data, &sizes.fixed.base);
    walk_mesh(data, &sizes.bincode.base);
    walk_mesh(data, &sizes.postcard.base);
    rivals_check(&sizes, inlay_size_mesh(data), &expected);
    data_mesh_free(data);
}

static void check_minecraft(void)
{
    static const expectation expected = {
        .set = "minecraft",
        .msgpack = 424533,
        .fixed = 566975,
        .bincode = 569975,
        .bincode_hash = UINT64_C(0x4499ac4b7774d1cf),
        .postcard = 367489,
        .inlay = 364182,
    };
    data_players *data = data_players_new(DATA_MINECRAFT_COUNT);
    rivals        sizes;

    rivals_init(&sizes);
    walk_players(data, &sizes.msgpack.base);
    walk_players(data, &sizes.fixed.base);
    walk_players(data, &sizes.bincode.base);
    walk_players(data, &sizes.postcard.base);
    rivals_check(&sizes, inlay_size_players(data), &expected);
    data_players_free(data);
}

static void check_mk48(void)
{
    static const expectation expected = {
        .set = "mk48",
        .msgpack = 1745322,
        .fixed = 1791489,
        .bincode = 1854234,
        .bincode_hash = UINT64_C(0x4380d08854051d6e),
        .postcard = 1311281,
        .inlay = 1161044,
    };
    data_updates *data = data_updates_new(DATA_MK48_COUNT);
    rivals        sizes;

    rivals_init(&sizes);
    walk_updates(data, &sizes.msgpack.base);
    walk_updates(data, &sizes.fixed.base);
    walk_updates(data, &sizes.bincode.base);
    walk_updates(data, &sizes.postcard.base);
    rivals_check(&sizes, inlay_size_updates(data), &expected);
    data_updates_free(data);
}

int main(void)
{
    check_log();
    check_mesh();
    check_minecraft();
    check_mk48();
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

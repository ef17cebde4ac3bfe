/* main.c -- runs the workload: `workload codec|numbers MILLISECONDS`.
 *
 * Writes ns per record or sample, the least of several slices of time, and a
 * checksum that must be the same however it was compiled.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codec.h"

#define RECORDS 2000
#define SAMPLES 8192
#define SLICES  40

static record  records[RECORDS];
static uint8_t bytes[RECORDS * 64];
static float   samples[SAMPLES];
static int16_t packed[SAMPLES];

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void prepare(void)
{
    uint64_t state = 88172645463325252u;
    size_t   i, j;

    for (i = 0; i < RECORDS; i++) {
        uint64_t random = next_random(&state);

        records[i].id = random >> (random % 61);
        records[i].delta = (int32_t)(random % 2001) - 1000;
        records[i].flags = (uint32_t)(random >> 32) % 300;
        records[i].name_size = (uint8_t)(4 + random % 20);
        for (j = 0; j < records[i].name_size; j++) {
            records[i].name[j] = (char)('a' + (random >> j) % 26);
        }
    }
    for (i = 0; i < SAMPLES; i++) {
        samples[i] = (float)(next_random(&state) % 20001) / 10000.0f - 1.0f;
    }
}

/* Writes all records, reads them back, returns a sum over what it read. */
static uint64_t run_codec(void)
{
    uint8_t       *end = bytes;
    const uint8_t *at = bytes;
    uint64_t       sum = 0;
    size_t         i;

    for (i = 0; i < RECORDS; i++) {
        end = record_write(&records[i], end);
    }
    for (i = 0; i < RECORDS; i++) {
        record read;

        at = record_read(&read, at, end);
        if (at == NULL) {
            return 0;
        }
        sum += read.id + (uint64_t)read.delta + read.flags +
               (uint8_t)read.name[read.name_size - 1];
    }
    return sum;
}

static uint64_t run_numbers(void)
{
    float  loss = samples_pack(samples, packed, SAMPLES, 10000.0f);
    size_t sum = 0, i;

    for (i = 0; i < SAMPLES; i += 64) {
        sum += (size_t)(packed[i] + 32768);
    }
    return sum + (loss < 1e9f);
}

int main(int argc, char **argv)
{
    int      numbers = argc > 1 && strcmp(argv[1], "numbers") == 0;
    double   slice = (argc > 2 ? atof(argv[2]) : 10) * 1e6 / SLICES;
    double   least = 1e18;
    uint64_t sum = 0;
    int      i;

    prepare();
    for (i = 0; i < SLICES; i++) {
        double begin = now(), spent;
        size_t runs = 0;

        do {
            sum = numbers ? run_numbers() : run_codec();
            runs++;
            spent = now() - begin;
        } while (spent < slice);
        spent /= (double)runs * (numbers ? SAMPLES : RECORDS);
        least = spent < least ? spent : least;
    }
    printf("%f %llu\n", least, (unsigned long long)sum);
    return sum == 0;
}

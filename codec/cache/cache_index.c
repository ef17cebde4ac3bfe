// cache_index.c -- sorting the marks, and laying the index out in one sweep;
// see cache_build.h.
//
// In the order of the hashes entries come bucket by bucket. What does not fit
// into a bucket goes to the next one, before that one's own: so the sweep needs
// neither the table in memory nor a way back.

#include "codec/cache/cache_build.h"

#include <string.h>

#include "codec/io/io.h"

enum {
    DIGIT_BITS = 8,
    DIGITS = 1 << DIGIT_BITS,
    SMALL = 32, // marks that are sorted by insertion
    DOUBLINGS = 3
};

// ---- Sorting ----------------------------------------------------------------

static void sort_small(cache_mark *marks, uint64_t count)
{
    uint64_t i;

    for (i = 1; i < count; i++) {
        cache_mark mark = marks[i];
        uint64_t   at = i;

        while (at > 0 && marks[at - 1].hash > mark.hash) {
            marks[at] = marks[at - 1];
            at--;
        }
        marks[at] = mark;
    }
}

static unsigned digit(const cache_mark *mark, unsigned shift)
{
    return (unsigned)(mark->hash >> shift) & (DIGITS - 1);
}

// Puts each mark into the part of its digit, following chains of misplaced ones
// (the American flag sort). `ends` become where the parts end.
static void sort_digit(cache_mark *marks, uint64_t count, unsigned shift,
                       uint64_t ends[DIGITS])
{
    uint64_t next[DIGITS];
    uint64_t i;
    unsigned d;

    memset(ends, 0, DIGITS * sizeof *ends);
    for (i = 0; i < count; i++) {
        ends[digit(&marks[i], shift)]++;
    }
    for (d = 0, i = 0; d < DIGITS; d++) {
        next[d] = i;
        i += ends[d];
        ends[d] = i;
    }
    for (d = 0; d < DIGITS; d++) {
        while (next[d] < ends[d]) {
            cache_mark mark = marks[next[d]];
            unsigned   to = digit(&mark, shift);

            marks[next[d]] = marks[next[to]];
            marks[next[to]++] = mark;
        }
    }
}

// Recursion is as deep as a hash has bytes.
static void sort_from(cache_mark *marks, uint64_t count, unsigned shift)
{
    uint64_t ends[DIGITS];
    uint64_t begin = 0;
    unsigned d;

    if (count <= SMALL) {
        sort_small(marks, count);
        return;
    }
    sort_digit(marks, count, shift, ends);
    for (d = 0; d < DIGITS && shift > 0; d++) {
        sort_from(marks + begin, ends[d] - begin, shift - DIGIT_BITS);
        begin = ends[d];
    }
}

void cache_marks_sort(cache_mark *marks, uint64_t count)
{
    sort_from(marks, count, 64 - DIGIT_BITS);
}

// ---- Laying out -------------------------------------------------------------

// Returns how many buckets behind its own the farthest entry lands, plus 1.
static uint64_t probes_needed(const cache_mark *marks, uint64_t count,
                              uint64_t bucket_count)
{
    uint64_t next = 0; // slot, of those that are not taken
    uint64_t most = 0;
    uint64_t i;

    for (i = 0; i < count; i++) {
        uint64_t own = cache_bucket_of(marks[i].hash, bucket_count);
        uint64_t probes;

        if (next < own * CACHE_BUCKET_SLOTS) {
            next = own * CACHE_BUCKET_SLOTS;
        }
        probes = next++ / CACHE_BUCKET_SLOTS - own + 1;
        most = probes > most ? probes : most;
    }
    return most;
}

inlay_status cache_index_plan(const cache_mark *marks, uint64_t count,
                              cache_index *index)
{
    uint64_t buckets = count / CACHE_BUCKET_FILL + 1;
    int      i;

    for (i = 0; i <= DOUBLINGS && buckets <= UINT32_MAX; i++, buckets *= 2) {
        uint64_t probes = probes_needed(marks, count, buckets);

        if (probes <= CACHE_PROBES_MAX) {
            index->bucket_count = buckets;
            index->probe_count = probes > 0 ? (uint32_t)probes : 1;
            index->size =
                (buckets + index->probe_count - 1) * CACHE_BUCKET_SIZE;
            return INLAY_OK;
        }
    }
    return INLAY_FULL;
}

// Takes the entries that belong into buckets up to `bucket` and fit into it.
static void bucket_fill(uint8_t *bytes, uint64_t bucket,
                        const cache_mark *marks, uint64_t count,
                        uint64_t bucket_count, uint64_t *next)
{
    unsigned slot;

    memset(bytes, 0, CACHE_BUCKET_SIZE);
    for (slot = 0; slot < CACHE_BUCKET_SLOTS && *next < count &&
                   cache_bucket_of(marks[*next].hash, bucket_count) <= bucket;
         slot++, (*next)++) {
        inlay_store_u64(
            bytes + (size_t)slot * 8,
            cache_slot_make(marks[*next].hash, marks[*next].offset));
    }
}

inlay_status cache_index_write(const cache_mark *marks, uint64_t count, int fd,
                               uint64_t offset, uint8_t *buffer,
                               cache_index *index)
{
    XXH3_state_t *check = XXH3_createState();
    inlay_status  status = check != NULL ? INLAY_OK : INLAY_OUT_OF_MEMORY;
    uint64_t      bucket = 0;
    uint64_t      all = index->size / CACHE_BUCKET_SIZE;
    uint64_t      next = 0;

    if (check != NULL) {
        XXH3_64bits_reset(check);
    }
    while (bucket < all && status == INLAY_OK) {
        size_t used = 0;

        for (; bucket < all && used < CACHE_CHUNK;
             bucket++, used += CACHE_BUCKET_SIZE) {
            bucket_fill(buffer + used, bucket, marks, count,
                        index->bucket_count, &next);
        }
        XXH3_64bits_update(check, buffer, used);
        status = io_write_at(fd, buffer, used, offset);
        offset += used;
    }
    if (status == INLAY_OK) {
        index->check = XXH3_64bits_digest(check);
    }
    XXH3_freeState(check);
    return status;
}

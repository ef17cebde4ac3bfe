// seek.c -- finds chunks by what their headers say; see <inlay/log.h>.
//
// A binary search over the bytes of the file: the chunk that is looked at is
// the first that starts in the upper half. No index, so none that is wrong or
// lost; damaged chunks just are not among those that are found.
#include "codec/log/reader.h"

// Whether a chunk is at or before what is wanted.
typedef bool seek_test(const log_chunk *chunk, uint64_t wanted);

static bool sequence_is_before(const log_chunk *chunk, uint64_t wanted)
{
    return chunk->sequence <= wanted;
}

static bool key_is_before(const log_chunk *chunk, uint64_t wanted)
{
    return chunk->key < wanted;
}

// Goes to the last chunk of which `test` holds, to the first of all where there
// is none.
static inlay_status seek(inlay_log_reader *self, seek_test *test,
                         uint64_t wanted)
{
    uint64_t     low = self->start;
    uint64_t     high;
    uint64_t     sequence = 0;
    inlay_status status = log_reader_refresh(self);

    self->count = 0;
    self->next = 0;
    high = self->size;
    while (status == INLAY_OK && high > low && high - low > LOG_GRAIN) {
        uint64_t  middle = log_round_up(low + (high - low) / 2, LOG_GRAIN);
        log_chunk chunk;

        status = log_chunk_find(self, middle, high, &chunk);
        if (status == INLAY_OK && test(&chunk, wanted)) {
            low = chunk.offset;
            sequence = chunk.sequence;
        } else {
            high = middle < high ? middle : low;
            status = status == INLAY_CLOSED ? INLAY_OK : status;
        }
    }
    if (status == INLAY_OK) {
        self->position = low;
        self->expected = sequence;
        self->resync = false;
        self->least = 0;
    }
    return status;
}

inlay_status inlay_log_seek(inlay_log_reader *self, uint64_t sequence)
{
    inlay_status status = seek(self, sequence_is_before, sequence);

    if (status == INLAY_OK) {
        self->least = sequence;
    }
    return status;
}

inlay_status inlay_log_seek_key(inlay_log_reader *self, uint64_t key)
{
    return seek(self, key_is_before, key);
}

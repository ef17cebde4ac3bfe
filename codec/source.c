// source.c -- see <inlay/source.h> and fed.h.

#include <assert.h>

#include "inlay/source.h"

#include "fed.h"

// ---- The tape ---------------------------------------------------------------

bool inlay_fed_enter(inlay_encoder *encoder, const void *list, size_t *mark)
{
    if (inlay_encoder_trapped(encoder, list) ||
        !inlay_encoder_enter(encoder, mark)) {
        return false;
    }
    while (encoder->tape_size - encoder->tape_count < INLAY_FED_NOTE_SIZE) {
        if (!inlay_encoder_grow(encoder)) {
            return false;
        }
    }
    encoder->tape[encoder->tape_count] = (uint8_t)encoder->depth;
    encoder->tape_count += INLAY_FED_NOTE_SIZE;
    return true;
}

void inlay_fed_note(inlay_encoder *encoder, size_t mark, uint64_t size)
{
    inlay_store_u64(encoder->tape + mark + 2, size);
}

uint64_t inlay_fed_noted(const inlay_encoder *encoder, uint32_t *depth)
{
    const uint8_t *note = encoder->tape + encoder->tape_next + 1;

    *depth = note[0];
    return inlay_load_u64(note + 1);
}

// ---- Measuring --------------------------------------------------------------

static void feed_start(inlay_feed *feed, inlay_encoder *encoder,
                       const void *list, size_t count)
{
    memset(feed, 0, sizeof *feed);
    feed->encoder = encoder;
    feed->list = list;
    feed->count = count;
}

void inlay_feed_measure(inlay_feed *feed, inlay_encoder *encoder,
                        const void *list, size_t count, bool has_source)
{
    feed_start(feed, encoder, list, count);
    if (!has_source) {
        inlay_encoder_fail(encoder, INLAY_NULL_ITEMS);
    } else if (inlay_fed_enter(encoder, list, &feed->mark)) {
        feed->tape = encoder->tape_count;
    }
}

// What an element notes is not kept: writing measures it again.
void inlay_feed_add(inlay_feed *feed, inlay_share share)
{
    if (inlay_heap_add_item(&feed->heap, feed->encoder, feed->index, share)) {
        feed->encoder->tape_count = feed->tape;
        feed->index++;
    }
}

uint64_t inlay_feed_measured(inlay_feed *feed, uint32_t fixed, uint32_t slots)
{
    uint64_t size;

    if (inlay_encoder_failed(feed->encoder)) {
        return 0;
    }
    size = inlay_encoder_leave_list(feed->encoder, feed->mark, feed->heap,
                                    feed->count, fixed, slots);
    inlay_fed_note(feed->encoder, feed->mark, size);
    return size;
}

// ---- Writing ----------------------------------------------------------------

void inlay_feed_write(inlay_feed *feed, inlay_encoder *encoder,
                      const void *list, size_t count, uint8_t *to,
                      uint32_t fixed, uint32_t slots)
{
    feed_start(feed, encoder, list, count);
    feed->end = to + inlay_fed_noted(encoder, &feed->depth);
    feed->block = inlay_write_list(encoder, to, fixed, slots, count);
    feed->head = feed->block.head;
    feed->slice = feed->block.heap;
    feed->splits = feed->head + fixed + feed->block.anchor;
    feed->next = encoder->tape_next + INLAY_FED_NOTE_SIZE;
    feed->tape = encoder->tape_count;
    feed->depth_around = encoder->depth;
    encoder->depth = feed->depth;
}

static void feed_fail(inlay_feed *feed, inlay_status status)
{
    inlay_encoder_fail(feed->encoder, status);
    feed->encoder->trap = feed->list;
}

// Returns whether an element fits in what was measured for the list.
static bool feed_fits(const inlay_feed *feed, inlay_share share, uint32_t slots)
{
    uint64_t rest = (uint64_t)(feed->end - feed->slice);

    return share.large <= rest && share.size <= rest &&
           (slots == 0 || inlay_width(feed->heap.size) <= feed->block.anchor) &&
           (slots < 2 || inlay_width(share.split) <= feed->block.split);
}

bool inlay_feed_place(inlay_feed *feed, inlay_share share, uint32_t fixed,
                      uint32_t slots)
{
    inlay_encoder *encoder = feed->encoder;

    if (!inlay_encoder_failed(encoder) && feed_fits(feed, share, slots)) {
        if (slots > 0) {
            inlay_store_width(feed->head + fixed, feed->heap.size,
                              feed->block.anchor);
        }
        encoder->tape_next = feed->tape;
        return true;
    }
    feed_fail(feed, INLAY_SOURCE_CHANGED);
    inlay_encoder_in_item(encoder, feed->index);
    return false;
}

void inlay_feed_placed(inlay_feed *feed, inlay_share share)
{
    inlay_encoder *encoder = feed->encoder;

    assert(inlay_encoder_failed(encoder) ||
           encoder->tape_next == encoder->tape_count);
    encoder->tape_count = feed->tape;
    inlay_heap_add(&feed->heap, share);
    feed->slice += share.size;
    feed->head += feed->block.stride;
    feed->splits += feed->block.stride;
    feed->index++;
}

bool inlay_feed_retraces(inlay_feed *feed)
{
    inlay_encoder *encoder = feed->encoder;

    if (!inlay_encoder_failed(encoder)) {
        return false;
    }
    inlay_encoder_retrace(encoder);
    encoder->depth = feed->depth;
    return true;
}

void inlay_feed_retraced(inlay_feed *feed)
{
    inlay_encoder_retraced(feed->encoder);
    feed_fail(feed, INLAY_SOURCE_CHANGED);
    inlay_encoder_in_item(feed->encoder, feed->index);
}

uint8_t *inlay_feed_written(inlay_feed *feed)
{
    inlay_encoder     *encoder = feed->encoder;
    const inlay_block *block = &feed->block;

    // With no heap there are no widths that could have become too wide.
    if (!inlay_encoder_failed(encoder) &&
        (feed->slice != feed->end ||
         (block->anchor > 0 &&
          (inlay_width(feed->heap.anchor) != block->anchor ||
           inlay_width(feed->heap.split) != block->split)))) {
        feed_fail(feed, INLAY_SOURCE_CHANGED);
    }
    encoder->tape_next = feed->next;
    encoder->tape_count = feed->tape;
    encoder->depth = feed->depth_around;
    return feed->end;
}

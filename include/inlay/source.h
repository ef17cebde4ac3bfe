/* source.h -- lists whose elements are asked for one by one.
 *
 * A list of records in a native struct is an array, or it is *fed*: `items` is
 * NULL, and `source` gives one element at a time. So containers of your own are
 * encoded as they are, without an array of native structs beside them:
 *
 *     static inlay_status get(void *context, size_t index, log_log *to)
 *     {
 *         const row *from = deque_at(context, index);
 *
 *         to->request = inlay_str_from(from->request);
 *         to->code = from->code;
 *         return INLAY_OK;
 *     }
 *
 *     log_log_list_source source = {.get = get, .context = &rows};
 *     log_logs            root = {
 *         .logs = {.count = deque_count(&rows), .source = &source}};
 *
 *     status = log_logs_encode(&root, buffer, capacity, &size, &error);
 *
 * The message is byte for byte that of an array.
 *
 * What `get` may count on: `to` is all zero bytes at every call. A record with
 * declared defaults is best begun with `*to = initial`, a constant of yours
 * made of its `_INIT`.
 *
 * What `get` must keep to: it is called at least twice for every index, in
 * ascending order within each pass over the list, and gives the same record
 * each time. What that points to (strings, arrays, further sources) stays as it
 * is until the same list asks for its next element or starts over, or the
 * encoding function has returned. Of two lists, one inside an element of the
 * other, each asks while the element of the other is in use: they may share a
 * `context`, but no memory that elements point to.
 *
 * A `get` that returns something other than INLAY_OK ends the encoding with
 * that status and the element's path.
 *
 * A source that breaks the rule of the same record can't do harm: each element
 * is measured again before it is written, and where it does not fit in what was
 * measured for the list, or leaves some of that, encoding fails with
 * INLAY_SOURCE_CHANGED. A record that differs in nothing but its values is
 * written as it is given the last time.
 *
 * Sources nest. With d fed lists around each other, the elements of the
 * innermost are asked for d + 1 times.
 *
 * The list builder (builder.h) is a source, too: one without a `get`.
 *
 * Memory: one element on the stack per fed list being encoded; ten bytes of
 * the encoder's tape for the list, and for as long as an element is worked on
 * one for each of its blocks. Writing needs tape again: on a tape that cannot
 * grow it may end with INLAY_SCRATCH_TOO_SMALL.
 * Threads: as the encoder; `get` is called on the thread that encodes.
 */
#ifndef INLAY_SOURCE_H
#define INLAY_SOURCE_H

#include "encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- For generated code -------------------------------------------------- */

/* A fed list on its way through one of the passes. */
typedef struct inlay_feed {
    inlay_encoder *encoder;
    const void    *list;
    size_t         index;
    size_t         count;
    inlay_heap     heap; /* the shares so far */
    size_t         tape; /* where the tape ends without elements */
    size_t         mark; /* measuring: the list's place on the tape */

    /* Writing: */
    inlay_block block;
    uint8_t    *head;
    uint8_t    *splits;
    uint8_t    *slice; /* where the next share goes */
    uint8_t    *end;   /* where the last one ends */
    size_t      next;  /* the tape behind the list */
    uint32_t    depth;
    uint32_t    depth_around;
} inlay_feed;

/* Measuring: begin, add elements while there are more, end. The share of an
 * element is measured after what `more` returned true for; it may have failed.
 * The list's size is 0 when anything has failed. */
void     inlay_feed_measure(inlay_feed *feed, inlay_encoder *encoder,
                            const void *list, size_t count, bool has_source);
void     inlay_feed_add(inlay_feed *feed, inlay_share share);
uint64_t inlay_feed_measured(inlay_feed *feed, uint32_t fixed, uint32_t slots);

/* Writing: begin; while there are more, measure an element, place it, write it
 * at `head`, `splits` and `slice`; end. Where the list ends is what measuring
 * said, whatever has failed. */
void     inlay_feed_write(inlay_feed *feed, inlay_encoder *encoder,
                          const void *list, size_t count, uint8_t *to,
                          uint32_t fixed, uint32_t slots);
bool     inlay_feed_place(inlay_feed *feed, inlay_share share, uint32_t fixed,
                          uint32_t slots);
void     inlay_feed_placed(inlay_feed *feed, inlay_share share);
uint8_t *inlay_feed_written(inlay_feed *feed);

/* Returns whether something inside the element that was just written has
 * failed. The element is measured again then, to find the path, and the failure
 * handed on. */
bool inlay_feed_retraces(inlay_feed *feed);
void inlay_feed_retraced(inlay_feed *feed);

static inline bool inlay_feed_more(const inlay_feed *feed)
{
    return feed->index < feed->count && !inlay_encoder_failed(feed->encoder);
}

#ifdef __cplusplus
}
#endif

#endif

// verify_leaf.c -- small blocks that are well: one string an element, and fixed
// values that need no look.
//
// Lists of strings, and of items with a name, are what many messages consist
// of, a hundred bytes each. For such a block the general way spends more on
// keeping its place than on looking. This one keeps all in registers, knows
// ASCII only, and on the least doubt says no, which means nothing: the general
// way decides.

#include "utf8.h"
#include "verify_gather.h"

// Verifies the heap of a vector. `bits` is its header, read already.
static inline bool vector_passes(const inlay_record_desc *record, slice s,
                                 uint64_t bits)
{
    uint32_t width = (uint32_t)(bits >> 16 & 7) + 1;
    uint64_t count = bits >> 24 & 255;
    uint64_t stride = record->fixed + width;
    uint64_t size = 4 + count * stride;
    anchors  a;
    shares   found;

    // A heap of 8 bytes lets anchors be loaded 8 bytes at a time.
    if ((bits & 0xf80000) != 0 || count == 0 || s.size < size + 8) {
        return false;
    }
    a.from = s.data + 4 + record->fixed;
    a.count = count;
    a.stride = stride;
    a.heap_size = s.size - size;
    a.width = width;
    found = anchors_gather(a);
    return !found.bad && width_is_least(found.last_anchor, width) &&
           inlay_utf8_look(s.data + size, a.heap_size) == INLAY_UTF8_ASCII;
}

//    bit   0      8    13    16     19  20    23    24
//          F      S    r-1   B-1    0   C-1   0     count
bool inlay_leaf_passes(const inlay_record_desc *record, slice s, bool vector)
{
    uint64_t bits;

    if (s.size < 8) {
        return false;
    }
    bits = inlay_load_u64(s.data);
    if ((bits & 0xffff) != (record->fixed | 1 << 8)) {
        return false;
    }
    if (vector) {
        return vector_passes(record, s, bits);
    }
    return s.size - 2 >= record->fixed &&
           inlay_utf8_look(s.data + 2 + record->fixed,
                           s.size - 2 - record->fixed) == INLAY_UTF8_ASCII;
}

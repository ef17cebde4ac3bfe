// frame.h -- what a message wears in a file (FORMAT.md, section 7).
//
//   OFFSET  SIZE
//        0     4  "INLY"
//        4     1  version, 1
//        5     1  flags: compression of the payload; none here
//        6     2  0
//        8     8  type id of the message's root
//       16     8  size of the payload
//       24     8  XXH3-64 of the payload, seeded with that of bytes 0 to 23
//       32        the payload
//
// The size tells a file that was cut short at once. The checksum tells one that
// was damaged, for a pass over it. Neither tells who wrote it: whoever can
// write the file can make both fit.
#ifndef PKGCACHE_FRAME_H
#define PKGCACHE_FRAME_H

#include <inlay/base.h>

enum {
    FRAME_SIZE = 32
};

// What is wrong with a frame; `frame_fault_text` has a sentence for each.
typedef enum frame_fault {
    FRAME_GOOD,
    FRAME_EMPTY,
    FRAME_SHORT,
    FRAME_MAGIC,
    FRAME_VERSION,
    FRAME_FLAGS,
    FRAME_RESERVED,
    FRAME_TYPE,
    FRAME_TRUNCATED,
    FRAME_TRAILING,
    FRAME_CHECKSUM
} frame_fault;

const char *frame_fault_text(frame_fault fault);

// Writes the header of a frame, FRAME_SIZE bytes.
void frame_seal(uint8_t *header, uint64_t type_id, inlay_bytes payload);

// Finds the payload of the frame that fills `file`, in O(1): the checksum is
// left for frame_check. On a fault, `offset` is where in the file it lies, and
// `payload` what there is of one.
frame_fault frame_open(inlay_bytes file, uint64_t type_id, inlay_bytes *payload,
                       uint64_t *offset);

// Returns whether the checksum is the payload's.
bool frame_check(const uint8_t *header, inlay_bytes payload);

#endif

// walk.h -- what generated walkers (gen_walk.c) call, and how tests call them.
//
// A walker calls every accessor of everything that a view leads to, folds what
// it reads into a checksum, and spends a budget, since unverified bytes may
// stand for exponentially many elements. Indices go two beyond every count.
#ifndef INLAY_TESTS_WALK_H
#define INLAY_TESTS_WALK_H

#include <string.h>

#include <inlay/gen.h>

// ---- Walking ----------------------------------------------------------------

// Deeper than any message may nest, low enough for a sanitizer's stack.
#define WALK_DEPTH_MAX 100

typedef struct walk {
    uint64_t hash;
    uint64_t budget; // calls left
    unsigned depth;
    unsigned absent; // records of defaults that we are in
    uint64_t lost;   // keys that were not found where they are
} walk;

static inline walk walk_start(uint64_t budget)
{
    walk w = {0, budget, 0, 0, 0};

    return w;
}

static inline void walk_u64(walk *w, uint64_t value)
{
    w->hash = (w->hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    w->hash ^= w->hash >> 29;
}

static inline void walk_u8(walk *w, uint8_t value)
{
    walk_u64(w, value);
}

static inline void walk_u16(walk *w, uint16_t value)
{
    walk_u64(w, value);
}

static inline void walk_u32(walk *w, uint32_t value)
{
    walk_u64(w, value);
}

static inline void walk_i8(walk *w, int8_t value)
{
    walk_u64(w, (uint64_t)value);
}

static inline void walk_i16(walk *w, int16_t value)
{
    walk_u64(w, (uint64_t)value);
}

static inline void walk_i32(walk *w, int32_t value)
{
    walk_u64(w, (uint64_t)value);
}

static inline void walk_i64(walk *w, int64_t value)
{
    walk_u64(w, (uint64_t)value);
}

static inline void walk_bool(walk *w, bool value)
{
    walk_u64(w, value ? 1 : 0);
}

static inline void walk_f32(walk *w, float value)
{
    walk_u64(w, inlay_f32_bits(value));
}

static inline void walk_f64(walk *w, double value)
{
    walk_u64(w, inlay_f64_bits(value));
}

static inline void walk_bytes(walk *w, inlay_bytes bytes)
{
    size_t i;

    walk_u64(w, bytes.size);
    if (bytes.data == NULL) {
        walk_u64(w, 77); // spans of a message are never NULL
    }
    for (i = 0; i < bytes.size && w->budget > 0; i++) {
        walk_u64(w, bytes.data[i]);
        w->budget -= i % 8 == 0 ? 1 : 0;
    }
}

// Reads bytes that may well differ where values do not: the payload of a known
// variant, which other revisions encode otherwise.
static inline void walk_touch(walk *w, inlay_bytes bytes)
{
    uint64_t hash = w->hash;
    uint64_t budget = w->budget;

    walk_bytes(w, bytes);
    w->hash = hash;
    w->budget = budget;
}

static inline void walk_str(walk *w, inlay_str str)
{
    inlay_bytes bytes = {(const uint8_t *)str.data, str.size};

    walk_bytes(w, bytes);
}

// Goes down into something; false when it is too deep or costs too much.
static inline bool walk_enter(walk *w)
{
    if (w->budget == 0 || w->depth == WALK_DEPTH_MAX) {
        return false;
    }
    w->budget--;
    w->depth++;
    return true;
}

static inline void walk_leave(walk *w)
{
    w->depth--;
}

// Records of defaults hold records of defaults, perhaps without end: one is
// looked at, those in it are not.
static inline bool walk_enter_record(walk *w, bool absent)
{
    if ((absent && w->absent > 0) || !walk_enter(w)) {
        return false;
    }
    w->absent += absent || w->absent > 0 ? 1 : 0;
    return true;
}

static inline void walk_leave_record(walk *w)
{
    w->absent -= w->absent > 0 ? 1 : 0;
    walk_leave(w);
}

// Whether to read the element at `index` of a list, be it beyond the end.
static inline bool walk_more(walk *w, size_t index, size_t count)
{
    if (w->budget == 0 || index >= count + 2) {
        return false;
    }
    w->budget--;
    return true;
}

// The runtime's own lists: the count, every element, and a copy of some.
#define WALK_LIST(word, type)                                                  \
    static inline void walk_inlay_##word##_list(walk                    *w,    \
                                                inlay_##word##_list_view self) \
    {                                                                          \
        size_t count = inlay_##word##_list_count(self);                        \
        size_t i;                                                              \
        type   some[5];                                                        \
                                                                               \
        walk_u64(w, count);                                                    \
        for (i = 0; walk_more(w, i, count); i++) {                             \
            walk_##word(w, inlay_##word##_list_at(self, i));                   \
        }                                                                      \
        walk_##word(w, inlay_##word##_list_at(self, SIZE_MAX));                \
        walk_u64(w, inlay_##word##_list_copy(self, count, some, 5));           \
        count = inlay_##word##_list_copy(self, 1, some, 5);                    \
        for (i = 0; i < count; i++) {                                          \
            walk_##word(w, some[i]);                                           \
        }                                                                      \
    }

WALK_LIST(u8, uint8_t)
WALK_LIST(u16, uint16_t)
WALK_LIST(u32, uint32_t)
WALK_LIST(u64, uint64_t)
WALK_LIST(i8, int8_t)
WALK_LIST(i16, int16_t)
WALK_LIST(i32, int32_t)
WALK_LIST(i64, int64_t)
WALK_LIST(f32, float)
WALK_LIST(f64, double)
WALK_LIST(bool, bool)

#define WALK_SPANS(word)                                                       \
    static inline void walk_inlay_##word##_list(walk                    *w,    \
                                                inlay_##word##_list_view self) \
    {                                                                          \
        size_t count = inlay_##word##_list_count(self);                        \
        size_t i;                                                              \
                                                                               \
        walk_u64(w, count);                                                    \
        for (i = 0; walk_more(w, i, count); i++) {                             \
            walk_##word(w, inlay_##word##_list_at(self, i));                   \
        }                                                                      \
        walk_##word(w, inlay_##word##_list_at(self, SIZE_MAX));                \
    }

WALK_SPANS(str)
WALK_SPANS(bytes)

// ---- Setting ----------------------------------------------------------------

// Setters are tried on every field that a view leads to. Each is set to a value
// made up, read back, the message verified, and set to what it was: then all
// bytes must be as before, so no neighbour was harmed.
typedef struct setter {
    const inlay_record_desc *desc; // of the root
    uint8_t                 *data; // the message
    const uint8_t           *before;
    size_t                   size;
    uint64_t                 random;
    uint64_t                 budget;
    uint64_t                 tried;   // setters that did
    uint64_t                 refused; // setters that rightly did not
    const char              *wrong;   // the first field that went wrong
    const char              *what;    // and how
    unsigned                 depth;
} setter;

static inline uint64_t setter_random(setter *s)
{
    s->random ^= s->random << 13;
    s->random ^= s->random >> 7;
    s->random ^= s->random << 17;
    return s->random;
}

static inline void setter_fill(setter *s, uint8_t *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(setter_random(s) >> 20);
    }
}

static inline void setter_check(setter *s, bool good, const char *field,
                                const char *what)
{
    if (!good && s->wrong == NULL) {
        s->wrong = field;
        s->what = what;
    }
}

// Whether the setter of a field did what it should: `room` says whether the
// message has room for the field.
static inline bool setter_done(setter *s, bool done, bool room,
                               const char *field)
{
    inlay_status status;

    setter_check(s, done == room, field, "set though there is no room, or not");
    if (!done) {
        s->refused++;
        setter_check(s, memcmp(s->data, s->before, s->size) == 0, field,
                     "refused, and wrote");
        return false;
    }
    s->tried++;
    status = inlay_verify(s->desc, s->data, s->size, NULL);
    setter_check(s, status == INLAY_OK, field, "no longer verifies");
    return true;
}

static inline void setter_same(setter *s, walk a, walk b, const char *field,
                               const char *what)
{
    setter_check(s, a.hash == b.hash, field, what);
}

// All bytes are as they were.
static inline void setter_restored(setter *s, const char *field)
{
    setter_check(s, memcmp(s->data, s->before, s->size) == 0, field,
                 "harmed a neighbour");
    memcpy(s->data, s->before, s->size);
}

static inline void setter_restore(setter *s)
{
    memcpy(s->data, s->before, s->size);
}

static inline bool setter_enter(setter *s)
{
    if (s->budget == 0 || s->depth == WALK_DEPTH_MAX) {
        return false;
    }
    s->budget--;
    s->depth++;
    return true;
}

// ---- Roots ------------------------------------------------------------------

// A member of a native struct.
typedef struct walk_member {
    size_t offset;
    size_t size;
} walk_member;

// One record of the schema, with its generated functions.
typedef struct walk_root {
    const char              *name; // without the package
    const inlay_record_desc *desc;
    size_t                   size; // of the native struct
    inlay_status (*verify)(const void *data, size_t size, inlay_error *error);
    inlay_status (*verify_canonical)(const void *data, size_t size,
                                     inlay_error *error);
    inlay_status (*decode)(const void *data, size_t size, inlay_arena *arena,
                           void *to, inlay_error *error);
    inlay_status (*encode)(const void *self, void *buffer, size_t capacity,
                           size_t *size, inlay_error *error);
    size_t (*encoded_size)(const void *self);
    inlay_status (*measure)(const void *self, inlay_encoder *encoder,
                            size_t *size);
    inlay_status (*write)(const void *self, inlay_encoder *encoder,
                          void *buffer, size_t capacity);
    void (*walk)(walk *w, const void *data, size_t size);
    // Walks by a verified view; only of bytes that verify.
    void (*walk_verified)(walk *w, const void *data, size_t size);
    void (*set)(setter *s);
    void (*init)(void *to); // a native record of defaults
    inlay_status (*read)(inlay_record record, inlay_arena *arena, void *to);
    const inlay_patch_type *patch;
    size_t                  patch_size; // of its struct
    const walk_member      *members;    // of the native struct, in layout order
} walk_root;

extern const walk_root walk_roots[];
extern const size_t    walk_root_count;

#endif

// patch_check.c -- see patch_check.h.
//
// By patching and by decoding what is unknown too, the result must be one
// value: decoded and encoded again, it is the bytes that decoding, changing and
// encoding gave. Where all blocks have the schema's layout it is that at once.

#include "patch_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define CANARY 0xa5

static uint64_t draw(patch_check *self, uint64_t bound)
{
    self->random ^= self->random << 13;
    self->random ^= self->random >> 7;
    self->random ^= self->random << 17;
    return (self->random * UINT64_C(0x2545f4914f6cdd1d) >> 20) % bound;
}

const walk_root *patch_check_root(const patch_check       *self,
                                  const inlay_record_desc *desc)
{
    for (size_t i = 0; i < self->root_count; i++) {
        if (self->roots[i].desc == desc) {
            return &self->roots[i];
        }
    }
    return NULL;
}

static void *take(inlay_arena *arena, size_t size)
{
    inlay_status status;
    void        *memory = inlay_arena_take(arena, 1, size, &status);

    assert_non_null(memory);
    memset(memory, 0, size);
    return memory;
}

// ---- What is to come out ----------------------------------------------------

static void *native_read(const walk_root *root, inlay_record record,
                         inlay_arena *arena)
{
    void *native = take(arena, root->size);

    assert_int_equal(root->read(record, arena, native), INLAY_OK);
    return native;
}

static inlay_bytes native_encoded(const walk_root *root, const void *native,
                                  inlay_arena *arena)
{
    size_t      size = root->encoded_size(native);
    uint8_t    *bytes = take(arena, size + 1);
    inlay_error error;

    if (root->encode(native, bytes, size, &size, &error) != INLAY_OK) {
        fail_msg("%s: %s: %s", root->name, error.path,
                 inlay_status_text(error.status));
    }
    return (inlay_bytes){bytes, size};
}

// ---- Patches ----------------------------------------------------------------

static const inlay_type *record_type(const inlay_field_desc *field)
{
    const inlay_type *type = field->type;

    if (type->kind == INLAY_KIND_OPTIONAL) {
        type = type->element;
    }
    return type->kind == INLAY_KIND_RECORD ? type : NULL;
}

static void patch_make(patch_check *self, const walk_root *root, void *patch,
                       void *native, const void *other, const bool *set,
                       bool inside, inlay_arena *arena);

// Makes up a patch for a record inside, and changes that as it will.
static const void *patch_make_inside(patch_check *self, const walk_root *root,
                                     bool optional, void *at,
                                     const void *other_at, inlay_arena *arena)
{
    void       *patch = take(arena, root->patch_size);
    bool       *set = take(arena, root->desc->field_count + 1);
    const void *other = other_at;
    void       *native = at;

    if (optional) {
        const void *old;

        memcpy(&old, at, sizeof old);
        memcpy(&other, other_at, sizeof other);
        native = take(arena, root->size);
        if (old != NULL) {
            memcpy(native, old, root->size);
        } else {
            root->init(native);
        }
        memcpy(at, &native, sizeof native);
        if (other == NULL) {
            other = memcpy(take(arena, root->size), native, root->size);
        }
    }
    for (uint32_t i = 0; i < root->desc->field_count; i++) {
        set[i] = draw(self, 2) == 0;
    }
    patch_make(self, root, patch, native, other, set, true, arena);
    self->inside++;
    return patch;
}

static void patch_make(patch_check *self, const walk_root *root, void *patch,
                       void *native, const void *other, const bool *set,
                       bool inside, inlay_arena *arena)
{
    const inlay_record_desc *desc = root->desc;
    const inlay_patch_type  *type = root->patch;
    uint8_t                 *in = (uint8_t *)patch + type->in;
    size_t                   record = 0;

    assert_ptr_equal(type->desc, desc);
    memcpy(patch, other, root->size);
    if (desc->field_count > 0) {
        memcpy((uint8_t *)patch + type->set, set, desc->field_count);
    }
    for (uint32_t i = 0; i < desc->field_count; i++) {
        const inlay_field_desc *field = &desc->fields[i];
        const inlay_type       *of = record_type(field);
        walk_member             member = root->members[i];
        uint8_t                *to = (uint8_t *)native + member.offset;
        const uint8_t          *from = (const uint8_t *)other + member.offset;
        const walk_root        *below =
            of == NULL ? NULL : patch_check_root(self, of->of);

        if (below != NULL && inside && draw(self, 2) == 0) {
            // Of a field that is set it must not be looked at.
            const void *made = patch_make_inside(
                self, below, field->type->kind == INLAY_KIND_OPTIONAL, to, from,
                arena);

            memcpy(in + record * sizeof made, &made, sizeof made);
        }
        if (set[i]) {
            memcpy(to, from, member.size);
        }
        record += of != NULL ? 1 : 0;
    }
}

// ---- What comes out ---------------------------------------------------------

// Patches into exactly the room there must be, and into less.
static inlay_bytes patched(const walk_root *root, inlay_record base,
                           const void *patch, inlay_arena *arena)
{
    inlay_encoder encoder;
    inlay_error   error;
    size_t        size;
    size_t        untouched = 77;
    uint8_t      *room;

    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    if (inlay_patch_measure(root->patch, &base, patch, &encoder, &size) !=
        INLAY_OK) {
        fail_msg("%s: %s: %s", root->name, encoder.error.path,
                 inlay_status_text(encoder.error.status));
    }
    inlay_encoder_release(&encoder);
    room = take(arena, size + 16);
    for (size_t capacity = 0;
         capacity<size; capacity += size> 300 ? size / 3 : 1) {
        memset(room, CANARY, size);
        assert_int_equal(inlay_patch_encode(root->patch, &base, patch, room,
                                            capacity, &untouched, &error),
                         INLAY_BUFFER_TOO_SMALL);
        assert_int_equal(error.status, INLAY_BUFFER_TOO_SMALL);
        assert_int_equal(untouched, 77);
        assert_int_equal(room[capacity], CANARY);
    }
    memset(room, CANARY, size + 16);
    assert_int_equal(inlay_patch_encode(root->patch, &base, patch, room, size,
                                        &size, &error),
                     INLAY_OK);
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(room[size + i], CANARY);
    }
    return (inlay_bytes){room, size};
}

static void print_bytes(const char *what, inlay_bytes bytes)
{
    print_error("%s ", what);
    for (size_t i = 0; i < bytes.size && i < 2000; i++) {
        print_error("%02x", bytes.data[i]);
    }
    print_error("\n");
}

static void assert_same(const walk_root *root, const char *what,
                        inlay_bytes want, inlay_bytes got)
{
    if (inlay_bytes_compare(want, got) != 0) {
        print_bytes("want", want);
        print_bytes("got ", got);
        fail_msg("%s: %s", root->name, what);
    }
}

void patch_check_set(patch_check *self, const walk_root *root,
                     inlay_record base, inlay_record other, const bool *set,
                     bool inside)
{
    inlay_arena  arena;
    inlay_bytes  want;
    inlay_bytes  got;
    inlay_error  error;
    inlay_record again;
    void        *native;
    void        *patch;

    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    inlay_arena_keep_unknown(&arena, true);
    native = native_read(root, base, &arena);
    patch = take(&arena, root->patch_size);
    patch_make(self, root, patch, native, native_read(root, other, &arena), set,
               inside, &arena);
    want = native_encoded(root, native, &arena);
    got = patched(root, base, patch, &arena);
    if (inlay_verify(root->desc, got.data, got.size, &error) != INLAY_OK) {
        print_bytes("want", want);
        print_bytes("got ", got);
        fail_msg("%s: %s: %s (byte %d)", root->name, error.path,
                 inlay_status_text(error.status), (int)error.offset);
    }
    if (self->exact) {
        assert_same(root, "patched to other bytes", want, got);
    }
    again = inlay_record_open(got.data, got.size, true);
    assert_same(root, "patched to another value", want,
                native_encoded(root, native_read(root, again, &arena), &arena));
    self->done++;
    inlay_arena_release(&arena);
}

void patch_check_record(patch_check *self, const walk_root *root,
                        inlay_record base, inlay_record other, bool pairs)
{
    uint32_t count = root->desc->field_count;
    bool    *set = calloc(count + 1, sizeof *set);

    assert_non_null(set);
    patch_check_set(self, root, base, other, set, false);
    for (uint32_t i = 0; i < count; i++) {
        set[i] = true;
        patch_check_set(self, root, base, other, set, false);
        for (uint32_t j = 0; pairs && j < i; j++) {
            set[j] = true;
            patch_check_set(self, root, base, other, set, false);
            set[j] = false;
        }
        set[i] = false;
    }
    for (int round = 0; round < 4; round++) {
        for (uint32_t i = 0; i < count; i++) {
            set[i] = round == 3 || draw(self, 3) == 0;
        }
        patch_check_set(self, root, base, other, set, round < 3);
    }
    free(set);
}

// ---- Below ------------------------------------------------------------------

static void check_list(patch_check *self, const walk_root *root,
                       inlay_list list)
{
    for (size_t i = 0; i < list.count && i < 3; i++) {
        inlay_record base = inlay_list_at(list, i);

        patch_check_record(self, root, base,
                           inlay_list_at(list, i > 0 ? i - 1 : 0), false);
        patch_check_below(self, root, base);
    }
}

void patch_check_below(patch_check *self, const walk_root *root,
                       inlay_record base)
{
    for (uint32_t i = 0; i < root->desc->field_count; i++) {
        const inlay_field_desc *field = &root->desc->fields[i];
        const inlay_type       *of = record_type(field);
        const walk_root        *below =
            of == NULL ? NULL : patch_check_root(self, of->of);

        if (below != NULL) {
            inlay_record inner = inlay_record_record(base, field->slot);

            // An absent one is a record of defaults, and may be patched.
            patch_check_record(self, below, inner, inner, false);
            if (inner.fixed > 0 || inner.slots > 0) {
                patch_check_below(self, below, inner);
            }
        } else if (field->type->kind == INLAY_KIND_LIST) {
            below = patch_check_root(self, field->type->of);
            if (below != NULL) {
                check_list(self, below, inlay_record_list(base, field->slot));
            }
        }
    }
}

// cases.h -- the operations of one data set, made of its own functions.
//
// A template: a set's file defines INLAY_ROOT, its root record's prefix, and
//
//     native_of(model, arena)   the generated structs of a model
//     one(view, turn)           what reading comes to: see codec.h
//     tenth(view)
//     scalars(view)
//     strings(view)             unless INLAY_NO_STRINGS is defined
//     update(view, turn)
//     lookup(view, key)         if INLAY_LOOKUP is defined
//
// With INLAY_USER, for the user's set, only native_of, scalars and strings.
//
// and includes this once. Readers are INLAY_INLINE, so that whether a view is
// verified is a constant in each of the three ways to read.

#define JOIN_(a, b) a##b
#define JOIN(a, b)  JOIN_(a, b)
#define ROOT(name)  JOIN(INLAY_ROOT, name)

typedef ROOT(_view) view_t;

// What a state owns.
typedef struct kept {
    inlay_arena       memory;
    const INLAY_ROOT *native;
    inlay_encoder     encoder;
    inlay_buffer      message; // between structs and JSON
    INLAY_ROOT        decoded;
} kept;

// ---- Writing ----------------------------------------------------------------

static bool case_open(bench_state *state)
{
    kept *own = calloc(1, sizeof *own);

    if (own == NULL) {
        return false;
    }
    inlay_arena_init(&own->memory, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    own->native = native_of(state->model, &own->memory);
    inlay_encoder_init(&own->encoder, NULL, 0, &inlay_alloc_heap);
    inlay_buffer_init(&own->message, NULL);
    state->own = own;
    return own->native != NULL;
}

static void case_close(bench_state *state)
{
    kept *own = state->own;

    inlay_buffer_release(&own->message);
    inlay_encoder_release(&own->encoder);
    inlay_arena_release(&own->memory);
    free(own);
}

// The encoder keeps its tape between messages.
static uint64_t encode(bench_state *state)
{
    kept  *own = state->own;
    size_t size;

    if (ROOT(_measure)(own->native, &own->encoder, &size) != INLAY_OK ||
        ROOT(_write)(own->native, &own->encoder, state->out, state->capacity) !=
            INLAY_OK) {
        return 0;
    }
    return size;
}

#ifndef INLAY_USER
static uint64_t build(bench_state *state)
{
    inlay_arena       memory;
    inlay_encoder     encoder;
    const INLAY_ROOT *native;
    void             *message = NULL;
    size_t            size = 0;

    inlay_arena_init(&memory, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    native = native_of(state->model, &memory);
    if (native != NULL && ROOT(_measure)(native, &encoder, &size) == INLAY_OK) {
        message = malloc(size);
    }
    if (message == NULL ||
        ROOT(_write)(native, &encoder, message, size) != INLAY_OK) {
        size = 0;
    }
    size = (size_t)bench_built(state, message, size);
    free(message);
    inlay_encoder_release(&encoder);
    inlay_arena_release(&memory);
    return size;
}
#else
#define build NULL // the user's data begins as JSON, not as structs
#endif

// ---- Opening ----------------------------------------------------------------

static INLAY_INLINE bool open_checked(const bench_state *state, view_t *view)
{
    if (ROOT(_verify)(state->message, state->size, NULL) != INLAY_OK) {
        return false;
    }
    *view = ROOT(_open)(state->message, state->size);
    view->record.verified = true;
    return true;
}

// What _open_verified returned before, when the message was checked.
static INLAY_INLINE bool open_once(const bench_state *state, view_t *view)
{
    *view = ROOT(_open)(state->message, state->size);
    view->record.verified = true;
    return true;
}

static INLAY_INLINE bool open_lazy(const bench_state *state, view_t *view)
{
    *view = ROOT(_open)(state->message, state->size);
    return true;
}

static uint64_t verify(bench_state *state)
{
    return ROOT(_verify)(state->message, state->size, NULL) == INLAY_OK;
}

static uint64_t open_only(bench_state *state)
{
    view_t view = ROOT(_open)(state->message, state->size);

    __asm__ volatile("" : : "r"(&view) : "memory");
    return 1;
}

// ---- Decoding ---------------------------------------------------------------

static uint64_t decode_message(bench_state *state, const void *message,
                               size_t size)
{
    kept        *own = state->own;
    inlay_arena  arena;
    inlay_status status;

    inlay_arena_init(&arena, state->room, state->room_size, NULL,
                     INLAY_ARENA_NO_LIMIT);
    status = ROOT(_decode)(message, size, &arena, &own->decoded, NULL);
    inlay_arena_release(&arena);
    return status == INLAY_OK;
}

static uint64_t decode(bench_state *state)
{
    return decode_message(state, state->message, state->size);
}

// Equal structs give equal bytes, and unequal ones don't: messages are
// canonical.
static bool decoded_same(bench_state *state)
{
    kept  *own = state->own;
    size_t size;

    return ROOT(_encode)(&own->decoded, state->out, state->capacity, &size,
                         NULL) == INLAY_OK &&
           size == state->size && memcmp(state->out, state->message, size) == 0;
}

// ---- JSON, by way of a message ----------------------------------------------

#ifndef INLAY_USER
static bool json_take(void *context, const char *text, size_t size)
{
    bench_state *state = context;

    if (state->capacity - state->room_used < size) {
        return false;
    }
    memcpy(state->out + state->room_used, text, size);
    state->room_used += size;
    return true;
}

// Writing takes no room: what it wrote so far is counted there.
static uint64_t json_encode(bench_state *state)
{
    kept      *own = state->own;
    inlay_sink sink = {json_take, state};
    size_t     size;

    inlay_buffer_clear(&own->message);
    if (ROOT(_measure)(own->native, &own->encoder, &size) != INLAY_OK ||
        inlay_buffer_reserve(&own->message, size) == NULL ||
        ROOT(_write)(own->native, &own->encoder, own->message.data, size) !=
            INLAY_OK) {
        return 0;
    }
    state->room_used = 0;
    return inlay_json_write(&ROOT(_desc), own->message.data, size, NULL, sink,
                            NULL) == INLAY_OK
               ? state->room_used
               : 0;
}

static uint64_t json_verify(bench_state *state)
{
    kept *own = state->own;

    inlay_buffer_clear(&own->message);
    return inlay_json_read(&ROOT(_desc), (const char *)state->message,
                           state->size, NULL, &own->message, NULL) == INLAY_OK;
}

static uint64_t json_decode(bench_state *state)
{
    const kept *own = state->own;

    return json_verify(state) != 0 &&
           decode_message(state, own->message.data, own->message.size);
}

static bool json_same(bench_state *state)
{
    kept  *own = state->own;
    size_t size;

    return ROOT(_encode)(&own->decoded, state->out, state->capacity, &size,
                         NULL) == INLAY_OK &&
           size == own->message.size &&
           memcmp(state->out, own->message.data, size) == 0;
}

const bench_case JOIN(INLAY_ROOT, _json) = {
    .open = case_open,
    .close = case_close,
    .decoded_same = json_same,
    .ops = {[BENCH_ENCODE] = json_encode,
            [BENCH_VERIFY] = json_verify,
            [BENCH_DECODE] = json_decode},
};
#endif

// ---- Reading, in three ways -------------------------------------------------

#define SCALARS(way)                                                           \
    static uint64_t way##_scalars(bench_state *state)                          \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? scalars(view) : 0;                   \
    }
SCALARS(checked)
SCALARS(once)
SCALARS(lazy)

#ifndef INLAY_USER
#define RECORDS(way)                                                           \
    static uint64_t way##_one(bench_state *state)                              \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? one(view, state->turn) : 0;          \
    }                                                                          \
    static uint64_t way##_tenth(bench_state *state)                            \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? tenth(view) : 0;                     \
    }                                                                          \
    static uint64_t way##_update(bench_state *state)                           \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? update(view, state->turn) : 0;       \
    }
RECORDS(checked)
RECORDS(once)
RECORDS(lazy)
#else
#define checked_one    NULL
#define checked_tenth  NULL
#define checked_update NULL
#define once_one       NULL
#define once_tenth     NULL
#define once_update    NULL
#define lazy_one       NULL
#define lazy_tenth     NULL
#define lazy_update    NULL
#endif

#ifndef INLAY_NO_STRINGS
#define STRINGS(way)                                                           \
    static uint64_t way##_strings(bench_state *state)                          \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? strings(view) : 0;                   \
    }
STRINGS(checked)
STRINGS(once)
STRINGS(lazy)
#else
#define checked_strings NULL
#define once_strings    NULL
#define lazy_strings    NULL
#endif

#ifdef INLAY_LOOKUP
#define LOOKUP(way)                                                            \
    static uint64_t way##_lookup(bench_state *state)                           \
    {                                                                          \
        view_t view;                                                           \
                                                                               \
        return open_##way(state, &view) ? lookup(view, state->key) : 0;        \
    }
LOOKUP(checked)
LOOKUP(once)
LOOKUP(lazy)
#else
#define checked_lookup NULL
#define once_lookup    NULL
#define lazy_lookup    NULL
#endif

// The model of the user's set is JSON, which can't tell typed sums. Views that
// were verified and clamped ones read by code of their own, from the bounds of
// a slice on, so each says what the other has to come to; that the message has
// the document's values is what inlay_json_read's tests and decoded_same tell.
#ifdef INLAY_USER
static uint64_t expected_clamped(bench_state *state, bench_op op)
{
    return op == BENCH_READ_SCALARS ? lazy_scalars(state) : lazy_strings(state);
}

static uint64_t expected_verified(bench_state *state, bench_op op)
{
    return op == BENCH_READ_SCALARS ? checked_scalars(state)
                                    : checked_strings(state);
}
#else
#define expected_clamped  NULL
#define expected_verified NULL
#endif

#define READING(way)                                                           \
    [BENCH_READ_ONE] = way##_one, [BENCH_READ_TENTH] = way##_tenth,            \
    [BENCH_READ_SCALARS] = way##_scalars,                                      \
    [BENCH_READ_STRINGS] = way##_strings, [BENCH_LOOKUP] = way##_lookup,       \
    [BENCH_UPDATE] = way##_update

const bench_case JOIN(INLAY_ROOT, _checked) = {
    .open = case_open,
    .close = case_close,
    .decoded_same = decoded_same,
    .expected = expected_clamped,
    .ops = {[BENCH_BUILD] = build,
            [BENCH_ENCODE] = encode,
            [BENCH_VERIFY] = verify,
            READING(checked),
            [BENCH_DECODE] = decode},
};

const bench_case JOIN(INLAY_ROOT, _once) = {
    .open = case_open,
    .close = case_close,
    .message = encode,
    .expected = expected_clamped,
    .ops = {[BENCH_OPEN] = open_only, READING(once)},
};

const bench_case JOIN(INLAY_ROOT, _lazy) = {
    .open = case_open,
    .close = case_close,
    .message = encode,
    .expected = expected_verified,
    .ops = {[BENCH_OPEN] = open_only, READING(lazy)},
};

// cross_main.c -- generated code on a machine of another kind: plain C, no
// library but the runtime. Reads the lines that cross_vectors prints, and
// prints how many there were and a checksum of all that was read, which is the
// same on every machine.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "walk.h"

#define LINE_MAX_SIZE (1 << 20)

static uint64_t checksum;

static void fold(uint64_t value)
{
    checksum = (checksum ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    checksum ^= checksum >> 31;
}

static void fold_error(const inlay_error *error)
{
    const char *c;

    fold((uint64_t)error->status);
    fold(error->offset);
    for (c = error->path; *c != '\0'; c++) {
        fold((uint8_t)*c);
    }
}

static void expect(bool good, const char *what, const char *line)
{
    if (!good) {
        printf("FAILED: %s: %.300s\n", what, line);
        exit(1);
    }
}

static const walk_root *find_root(const char *name)
{
    size_t i;

    for (i = 0; i < walk_root_count; i++) {
        if (strcmp(walk_roots[i].name, name) == 0) {
            return &walk_roots[i];
        }
    }
    expect(false, "no such root", name);
    return NULL;
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static size_t unhex(const char *hex, uint8_t *bytes)
{
    size_t count = 0;

    for (; digit(hex[0]) >= 0 && digit(hex[1]) >= 0; hex += 2) {
        bytes[count++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
    }
    return count;
}

static void check_walk(const walk_root *root, const uint8_t *bytes, size_t size)
{
    walk   w = walk_start(100000);
    size_t cut;

    root->walk(&w, bytes, size);
    fold(w.hash);
    for (cut = 1; cut < size && cut < 20; cut++) {
        w = walk_start(200);
        root->walk(&w, bytes, size - cut);
        fold(w.hash);
    }
}

// Decodes, encodes, and compares: from `bytes` and from an odd address.
static void check_coded(const walk_root *root, const uint8_t *bytes,
                        size_t size, const char *line)
{
    void       *native = calloc(1, root->size);
    uint8_t    *again = malloc(size + 1);
    inlay_arena arena;
    size_t      made = 0;

    expect(native != NULL && again != NULL, "memory", "");
    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    expect(root->decode(bytes, size, &arena, native, NULL) == INLAY_OK,
           "decode", line);
    expect(root->encoded_size(native) == size, "encoded_size", line);
    expect(root->encode(native, again, size, &made, NULL) == INLAY_OK, "encode",
           line);
    expect(made == size && memcmp(again, bytes, size) == 0, "same bytes", line);
    inlay_arena_release(&arena);
    free(again);
    free(native);
}

static void check_valid(const walk_root *root, uint8_t *bytes, size_t size,
                        const char *line)
{
    walk v = walk_start(100000), w = walk_start(100000);

    expect(root->verify(bytes, size, NULL) == INLAY_OK, "verify", line);
    expect(root->verify_canonical(bytes, size, NULL) == INLAY_OK, "canonical",
           line);
    check_coded(root, bytes, size, line);
    root->walk(&w, bytes, size);
    root->walk_verified(&v, bytes, size);
    expect(w.hash == v.hash && w.lost == 0, "walks agree", line);
    memmove(bytes + 1, bytes, size);
    check_coded(root, bytes + 1, size, line);
    memmove(bytes, bytes + 1, size);
}

static void check_set(const walk_root *root, uint8_t *bytes, size_t size,
                      const char *line)
{
    uint8_t *before = malloc(size + 1);
    setter   s = {root->desc, bytes, before, size, 99, 20, 0, 0, NULL, NULL, 0};

    expect(before != NULL, "memory", "");
    memcpy(before, bytes, size);
    root->set(&s);
    expect(s.wrong == NULL, s.wrong != NULL ? s.what : "", line);
    free(before);
}

static void check_line(char *line, uint8_t *bytes)
{
    char             kind[16], name[256];
    int              at = 0;
    const walk_root *root;
    size_t           size;
    inlay_error      error;

    expect(sscanf(line, "%15s %255s %n", kind, name, &at) == 2, "line", line);
    root = find_root(name);
    size = unhex(line + at, bytes);
    if (strcmp(kind, "valid") == 0) {
        check_valid(root, bytes, size, line);
    } else if (strcmp(kind, "read") == 0) {
        expect(root->verify(bytes, size, NULL) == INLAY_OK, "verify", line);
        expect(root->verify_canonical(bytes, size, &error) ==
                   INLAY_NOT_CANONICAL,
               "not canonical", line);
        fold_error(&error);
    } else {
        expect(root->verify(bytes, size, &error) != INLAY_OK, "refused", line);
        fold_error(&error);
    }
    check_walk(root, bytes, size);
    if (strcmp(kind, "invalid") != 0 && size < 2000) {
        check_set(root, bytes, size, line);
    }
}

int main(void)
{
    char    *line = malloc(LINE_MAX_SIZE);
    uint8_t *bytes = malloc(LINE_MAX_SIZE / 2 + 1);
    long     count = 0;

    expect(line != NULL && bytes != NULL, "memory", "");
    while (fgets(line, LINE_MAX_SIZE, stdin) != NULL) {
        check_line(line, bytes);
        count++;
    }
    printf("%ld messages, %zu records, checksum %016llx\n", count,
           walk_root_count, (unsigned long long)checksum);
    free(line);
    free(bytes);
    return count > 0 ? 0 : 1;
}

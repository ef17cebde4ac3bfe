// cache_open.c -- opening a cache, and noticing a new generation; see
// <inlay/cache.h>.

#include "codec/cache/cache_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <inlay/gen.h>

#include "codec/io/io.h"

const uint8_t cache_magic[CACHE_AT_VERSION] = {'I',  'N',  'L',  'C',
                                               '\r', '\n', 0x1a, '\n'};

enum {
    MARK_BITS = 64 // slots in a word of marks
};

// ---- Memory -----------------------------------------------------------------

static void *memory_new(const inlay_alloc *alloc, size_t size)
{
    void *memory = alloc->resize(alloc->context, NULL, 0, size);

    if (memory != NULL) {
        memset(memory, 0, size);
    }
    return memory;
}

static void memory_free(const inlay_alloc *alloc, void *memory, size_t size)
{
    if (memory != NULL) {
        alloc->resize(alloc->context, memory, size, 0);
    }
}

static size_t marks_size(const inlay_cache *self)
{
    uint64_t slots =
        (self->size - self->index) / CACHE_BUCKET_SIZE * CACHE_BUCKET_SLOTS;

    return (size_t)(slots / MARK_BITS + 1) * sizeof *self->verified;
}

// ---- The header -------------------------------------------------------------

static bool zeros(const uint8_t *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < size && bytes[i] == 0; i++) {
    }
    return i == size;
}

// Is it a header of this library's, undamaged?
static inlay_status header_check(const uint8_t *header, size_t size,
                                 inlay_error *error)
{
    size_t head = size < sizeof cache_magic ? size : sizeof cache_magic;

    if (memcmp(header, cache_magic, head) != 0) {
        return io_fail(error, INLAY_MAGIC, 0);
    }
    if (size < CACHE_HEADER_SIZE) {
        return io_fail(error, INLAY_CUT_SHORT, size);
    }
    if (inlay_load_u32(header + CACHE_AT_VERSION) != CACHE_VERSION) {
        return io_fail(error, INLAY_OTHER_VERSION, CACHE_AT_VERSION);
    }
    if (XXH3_64bits(header, CACHE_AT_CHECK) !=
        inlay_load_u64(header + CACHE_AT_CHECK)) {
        return io_fail(error, INLAY_CHECKSUM, CACHE_AT_CHECK);
    }
    if (inlay_load_u32(header + CACHE_AT_FLAGS) != 0) {
        return io_fail(error, INLAY_FLAGS, CACHE_AT_FLAGS);
    }
    if (inlay_load_u32(header + CACHE_AT_RESERVED) != 0 ||
        !zeros(header + CACHE_AT_ZEROS, CACHE_AT_CHECK - CACHE_AT_ZEROS)) {
        return io_fail(error, INLAY_FLAGS, CACHE_AT_RESERVED);
    }
    return INLAY_OK;
}

static uint64_t number(const uint8_t *header, size_t at)
{
    return inlay_load(inlay_load_u64(header + at));
}

// Takes the header's numbers over, each read once, when they add up to the
// file: the index fills all of it from its offset on.
static inlay_status header_take(inlay_cache *self, inlay_error *error)
{
    const uint8_t *header = self->data;
    uint64_t       file_size = number(header, CACHE_AT_SIZE);
    uint64_t       all; // buckets, those for spills included

    if (file_size > self->size) {
        return io_fail(error, INLAY_CUT_SHORT, self->size);
    }
    self->index = number(header, CACHE_AT_INDEX);
    self->bucket_count = number(header, CACHE_AT_BUCKETS);
    self->probe_count =
        (uint32_t)inlay_load(inlay_load_u32(header + CACHE_AT_PROBES));
    self->seed = number(header, CACHE_AT_SEED);
    self->entry_count = number(header, CACHE_AT_ENTRIES);
    if (file_size != self->size || self->index < CACHE_HEADER_SIZE ||
        self->index > self->size || self->index % CACHE_ALIGN != 0 ||
        self->size % CACHE_BUCKET_SIZE != 0) {
        return io_fail(error, INLAY_DAMAGED, CACHE_AT_SIZE);
    }
    all = (self->size - self->index) / CACHE_BUCKET_SIZE;
    if (self->probe_count == 0 || self->probe_count > CACHE_PROBES_MAX ||
        self->bucket_count == 0 || self->bucket_count > UINT32_MAX ||
        all < self->probe_count ||
        self->bucket_count != all - self->probe_count + 1 ||
        self->entry_count > all * CACHE_BUCKET_SLOTS) {
        return io_fail(error, INLAY_DAMAGED, CACHE_AT_BUCKETS);
    }
    if (self->options.type_id != 0 &&
        number(header, CACHE_AT_TYPE) != self->options.type_id) {
        return io_fail(error, INLAY_TYPE_ID, CACHE_AT_TYPE);
    }
    return INLAY_OK;
}

// ---- The file ---------------------------------------------------------------

// Reads all of the file to private memory, in huge pages where there are some:
// lookups all over it miss the processor's table of pages as well as its cache.
static inlay_status file_copy(inlay_cache *self, int fd)
{
    void        *at = mmap(NULL, self->size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    inlay_status status;

    if (at == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    (void)madvise(at, self->size, MADV_HUGEPAGE);
    status = io_read_at(fd, at, self->size, 0);
    if (status != INLAY_OK) {
        int error = errno;

        munmap(at, self->size);
        errno = error;
        return status;
    }
    self->data = at;
    return INLAY_OK;
}

static inlay_status file_map(inlay_cache *self, int fd)
{
    int   flags = MAP_SHARED | (self->options.prefault ? MAP_POPULATE : 0);
    void *at = mmap(NULL, self->size, PROT_READ, flags, fd, 0);

    if (at == MAP_FAILED) {
        return INLAY_SYSTEM;
    }
    self->data = at;
    return INLAY_OK;
}

// Has the bytes of the file at `self->data`. Its size is looked at before: what
// is too small or no regular file is not mapped.
static inlay_status file_open(inlay_cache *self, int fd, inlay_error *error)
{
    struct stat  facts;
    inlay_status status;

    if (fstat(fd, &facts) != 0) {
        return io_fail(error, INLAY_SYSTEM, INLAY_NO_OFFSET);
    }
    if (!S_ISREG(facts.st_mode)) {
        errno = S_ISDIR(facts.st_mode) ? EISDIR : ENODEV;
        return io_fail(error, INLAY_SYSTEM, INLAY_NO_OFFSET);
    }
    if (facts.st_size == 0) {
        return io_fail(error, INLAY_CUT_SHORT, 0); // can't be mapped
    }
    if ((uint64_t)facts.st_size > SIZE_MAX) {
        return io_fail(error, INLAY_TOO_LARGE, INLAY_NO_OFFSET);
    }
    self->size = (size_t)facts.st_size;
    self->device = facts.st_dev;
    self->inode = facts.st_ino;
    status = self->options.copy ? file_copy(self, fd) : file_map(self, fd);
    return status == INLAY_OK ? INLAY_OK
                              : io_fail(error, status, INLAY_NO_OFFSET);
}

// ---- Opening ----------------------------------------------------------------

static inlay_status names_make(inlay_cache *self, const char *path)
{
    const inlay_alloc *alloc = self->options.alloc;

    self->path = memory_new(alloc, strlen(path) + 1);
    if (self->path == NULL) {
        return INLAY_OUT_OF_MEMORY;
    }
    memcpy(self->path, path, strlen(path) + 1);
    if (self->options.verify != NULL) {
        self->verified = memory_new(alloc, marks_size(self));
        if (self->verified == NULL) {
            return INLAY_OUT_OF_MEMORY;
        }
    }
    return INLAY_OK;
}

static inlay_status cache_open_fd(inlay_cache *self, const char *path, int fd,
                                  inlay_error *error)
{
    inlay_status status;

    INLAY_TRY(file_open(self, fd, error));
    INLAY_TRY(header_check(self->data, self->size, error));
    INLAY_TRY(header_take(self, error));
    status = names_make(self, path);
    return status == INLAY_OK ? INLAY_OK
                              : io_fail(error, status, INLAY_NO_OFFSET);
}

inlay_status inlay_cache_open(inlay_cache *self, const char *path,
                              const inlay_cache_options *options,
                              inlay_error               *error)
{
    inlay_cache cache = {.fd = -1};
    // What is no file must be refused, not waited for.
    int          fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    inlay_status status;
    int          failure;

    if (options != NULL) {
        cache.options = *options;
    }
    if (cache.options.alloc == NULL) {
        cache.options.alloc = &inlay_alloc_heap;
    }
    if (fd < 0) {
        return io_fail(error, INLAY_SYSTEM, INLAY_NO_OFFSET);
    }
    status = cache_open_fd(&cache, path, fd, error);
    failure = errno;
    if (status == INLAY_OK && cache.options.copy) {
        cache.fd = fd; // else another file could get its number
    } else {
        close(fd);
    }
    if (status != INLAY_OK) {
        inlay_cache_close(&cache);
        errno = failure;
        return status;
    }
    *self = cache;
    return INLAY_OK;
}

void inlay_cache_close(inlay_cache *self)
{
    const inlay_alloc *alloc = self->options.alloc;

    if (self->path != NULL) {
        memory_free(alloc, self->path, strlen(self->path) + 1);
    }
    if (self->verified != NULL) {
        memory_free(alloc, self->verified, marks_size(self));
    }
    if (self->data != NULL) {
        munmap((void *)(uintptr_t)self->data, self->size);
    }
    if (self->fd >= 0) {
        close(self->fd);
    }
    *self = (inlay_cache){.fd = -1};
}

uint64_t inlay_cache_count(const inlay_cache *self)
{
    return self->entry_count;
}

// ---- New generations --------------------------------------------------------

// What is open keeps its number, so another number is another file.
inlay_status inlay_cache_changed(const inlay_cache *self, bool *changed)
{
    struct stat facts;

    if (stat(self->path, &facts) != 0) {
        return INLAY_SYSTEM;
    }
    *changed = facts.st_dev != self->device || facts.st_ino != self->inode;
    return INLAY_OK;
}

inlay_status inlay_cache_refresh(inlay_cache *self, bool *changed,
                                 inlay_error *error)
{
    inlay_cache  next;
    inlay_status status = inlay_cache_changed(self, changed);

    if (status != INLAY_OK) {
        return io_fail(error, status, INLAY_NO_OFFSET);
    }
    if (!*changed) {
        return INLAY_OK;
    }
    status = inlay_cache_open(&next, self->path, &self->options, error);
    if (status != INLAY_OK) {
        return status;
    }
    inlay_cache_close(self);
    *self = next;
    return INLAY_OK;
}

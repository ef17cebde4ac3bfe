// result.c -- names of operations and trust levels, and looking things up in a
// result; reading is in result_read.c.

#include "bench/report/result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Names -----------------------------------------------------------------

const char *result_op_name(result_op op)
{
    static const char *const names[RESULT_OPS] = {
        "build",     "encode",      "verify",       "open",
        "read_one",  "read_tenth",  "read_scalars", "read_strings",
        "lookup",    "update",      "decode",       "decode_owned",
        "zstd_pack", "zstd_unpack", "lz4_pack",     "lz4_unpack",
    };

    return names[op];
}

const char *result_trust_name(result_trust trust)
{
    static const char *const names[RESULT_TRUSTS] = {
        "checked", "lazy", "once", "unchecked", "floor",
    };

    return names[trust];
}

const char *result_trust_about(result_trust trust)
{
    static const char *const texts[RESULT_TRUSTS] = {
        "every byte is checked before or while it is read, text included",
        "safe on any bytes, values unchecked",
        "checked once before, then read many times; that check is not in the "
        "times of reading",
        "hostile bytes are not survived",
        "a lower bound, not a format",
    };

    return texts[trust];
}

// ---- Asking ----------------------------------------------------------------

const result_cell *result_cell_at(const result *self, size_t set, size_t codec,
                                  result_op op)
{
    size_t index =
        self->grid[(set * self->codec_count + codec) * RESULT_OPS + op];

    return index == RESULT_NOT_FOUND ? NULL : &self->cells[index];
}

const result_cell *result_measured(const result *self, size_t set, size_t codec,
                                   result_op op)
{
    const result_cell *cell = result_cell_at(self, set, codec, op);

    return cell != NULL && cell->absent == NULL ? cell : NULL;
}

const result_size *result_size_at(const result *self, size_t set, size_t codec)
{
    size_t i;

    for (i = 0; i < self->size_count; i++) {
        if (self->sizes[i].set == set && self->sizes[i].codec == codec) {
            return &self->sizes[i];
        }
    }
    return NULL;
}

const result_noise *result_noise_at(const result *self, size_t set,
                                    result_op op)
{
    size_t i;

    for (i = 0; i < self->noise_count; i++) {
        if (self->noise[i].set == set && self->noise[i].op == op) {
            return &self->noise[i];
        }
    }
    return NULL;
}

size_t result_set_find(const result *self, const char *name)
{
    size_t i;

    for (i = 0; i < self->set_count; i++) {
        if (strcmp(self->sets[i].name, name) == 0) {
            return i;
        }
    }
    return RESULT_NOT_FOUND;
}

size_t result_codec_find(const result *self, const char *id)
{
    size_t i;

    for (i = 0; i < self->codec_count; i++) {
        if (strcmp(self->codecs[i].id, id) == 0) {
            return i;
        }
    }
    return RESULT_NOT_FOUND;
}

// Trust is a matter of reading.
static bool op_writes(result_op op)
{
    return op == RESULT_BUILD || op == RESULT_ENCODE || op >= RESULT_ZSTD_PACK;
}

size_t result_inlay_at(const result *self, size_t set, result_trust trust,
                       result_op op)
{
    size_t any = RESULT_NOT_FOUND;
    size_t i;

    for (i = 0; i < self->codec_count; i++) {
        const result_codec *codec = &self->codecs[i];

        if (strcmp(codec->format, "Inlay") != 0 ||
            result_measured(self, set, i, op) == NULL) {
            continue;
        }
        if (codec->trust == trust) {
            return i;
        }
        any = any == RESULT_NOT_FOUND ? i : any;
    }
    return op_writes(op) ? any : RESULT_NOT_FOUND;
}

result_estimate result_quotient(const result_cell *cell,
                                const result_cell *base)
{
    bool anchored = !isnan(cell->ratio.median) && !isnan(base->ratio.median);
    result_estimate over = anchored ? cell->ratio : cell->ns;
    result_estimate under = anchored ? base->ratio : base->ns;

    if (cell == base) {
        return (result_estimate){1.0, 1.0, 1.0};
    }
    return (result_estimate){over.median / under.median, over.low / under.high,
                             over.high / under.low};
}

bool result_machines_differ(const result_machine *one,
                            const result_machine *other, char *text,
                            size_t size)
{
    if (strcmp(one->cpu, other->cpu) != 0) {
        snprintf(text, size, "cpu: \"%s\", not \"%s\"", one->cpu, other->cpu);
    } else if (one->cores != other->cores) {
        snprintf(text, size, "cores: %g, not %g", one->cores, other->cores);
    } else if (strcmp(one->kernel, other->kernel) != 0) {
        snprintf(text, size, "kernel: \"%s\", not \"%s\"", one->kernel,
                 other->kernel);
    } else {
        return false;
    }
    return true;
}

void result_free(result *self)
{
    data_arena memory;

    if (self != NULL) {
        memory = self->memory; // holds the result itself
        data_arena_release(&memory);
    }
}

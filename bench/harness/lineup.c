// lineup.c -- see lineup.h.

#include "bench/harness/lineup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/harness/gate.h"
#include "bench/harness/progress.h"
#include "bench/rivals/rivals.h"

static subject *new_subject(const bench_models *models,
                            const bench_codec  *codec)
{
    subject *s = (subject *)(void *)bench_memory(sizeof *s);

    subject_init(s, models, codec);
    return s;
}

// Lets a codec in if all it returns is right.
static void admit(lineup *self, const bench_codec *codec)
{
    subject *s = new_subject(&self->models, codec);
    char     message[256];

    if (!gate_check(s, message, sizeof message)) {
        progress_clear();
        fprintf(stderr, "inlay-bench: %s on %s is left out: %s\n", codec->id,
                self->models.set->name, message);
        self->failures++;
        s->failure = "it gave a wrong result";
    }
    self->measured.subjects[self->measured.count++] = s;
}

void lineup_init(lineup *self, const run_options *options,
                        bench_set_id id)
{
    size_t i;

    memset(self, 0, sizeof *self);
    self->models.id = id;
    self->models.set = &bench_sets[id];
    bench_sets[id].make(options->settings.part, &self->models.models,
                        &self->models.count);
    self->measured.subjects = (subject **)(void *)bench_memory(
        (bench_codec_count + 1) * sizeof(subject *));
    for (i = 0; i < bench_codec_count; i++) {
        if (bench_codecs[i]->cases[id] != NULL &&
            options_want(options->codecs, bench_codecs[i]->id)) {
            progress_step(bench_sets[id].name, bench_codecs[i]->id);
            admit(self, bench_codecs[i]);
        }
    }
    self->anchor = new_subject(&self->models, bench_codecs[0]);
    self->measured.anchor = self->anchor;
}

void lineup_release(lineup *self)
{
    size_t i;

    for (i = 0; i < self->measured.count; i++) {
        subject_release(self->measured.subjects[i]);
        free(self->measured.subjects[i]);
    }
    subject_release(self->anchor);
    free(self->anchor);
    free(self->measured.subjects);
}

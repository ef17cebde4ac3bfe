// sample.h -- a small result file to read, whole or with one thing changed.
#ifndef TESTS_BENCH_SAMPLE_H
#define TESTS_BENCH_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char sample_text[] =
    "{\n"
    "  \"format\": \"inlay-bench 1\", \"unknown\": [1, {}],\n"
    "  \"when\": \"2026-11-22T18:00:00Z\",\n"
    "  \"inlay\": {\"version\": \"0.1.0\", \"commit\": null},\n"
    "  \"machine\": {\"cpu\": \"A\", \"cores\": 2, \"kernel\": \"K\",\n"
    "    \"caches\": {\"l1d\": 32768}, \"hypervisor\": true},\n"
    "  \"settings\": {\"blocks\": 5},\n"
    "  \"sets\": [{\"name\": \"log\", \"records\": 10}, {\"name\": \"rpc\"}],\n"
    "  \"codecs\": [\n"
    "    {\"id\": \"one\", \"name\": \"One\", \"format\": \"Inlay\",\n"
    "     \"language\": \"C\", \"version\": \"1\", \"trust\": \"checked\",\n"
    "     \"memory\": \"m\", \"code_bytes\": {\"log\": 100, \"cjk\": 9}},\n"
    "    {\"id\": \"two\", \"name\": \"Two\", \"format\": \"F\",\n"
    "     \"language\": \"C\", \"version\": \"1\", \"trust\": \"lazy\",\n"
    "     \"memory\": \"m\"}],\n"
    "  \"skipped\": [{\"id\": \"s\", \"name\": \"S\", \"reason\": \"r\"}],\n"
    "  \"cells\": [\n"
    "    {\"set\": \"log\", \"codec\": \"one\", \"op\": \"encode\",\n"
    "     \"ns\": {\"median\": 20, \"low\": 19, \"high\": 21, \"min\": 18},\n"
    "     \"ratio\": {\"median\": 2, \"low\": 1.9, \"high\": 2.1},\n"
    "     \"blocks\": [20, 19, 21, 20, 20], \"anchors\": [10, 10, 10, 9, 11],\n"
    "     \"allocations\": {\"count\": 0, \"bytes\": 0, \"peak\": 0}},\n"
    "    {\"set\": \"log\", \"codec\": \"two\", \"op\": \"open\",\n"
    "     \"absent\": \"has to be parsed\"}],\n"
    "  \"sizes\": [{\"set\": \"log\", \"codec\": \"one\", \"bytes\": 42}],\n"
    "  \"latency\": [{\"set\": \"rpc\", \"codec\": \"one\", \"op\": "
    "\"encode\",\n"
    "     \"cache\": \"hot\", \"count\": 10, \"p50\": 1, \"p90\": 2,\n"
    "     \"p99\": 3, \"p999\": 4, \"max\": 5,\n"
    "     \"histogram\": [[1, 6], [5, 4]]}],\n"
    "  \"noise\": [{\"set\": \"log\", \"op\": \"encode\", \"low\": 0.98,\n"
    "     \"high\": 1.02}]\n"
    "}\n";

typedef struct sample {
    char path[40];
} sample;

// Writes a file of the sample with the first `from` replaced; the whole sample
// when that is NULL.
static inline sample sample_write(const char *from, const char *to)
{
    sample      self = {"/tmp/inlay-sample-XXXXXX"};
    const char *at = from == NULL ? NULL : strstr(sample_text, from);
    int         file = mkstemp(self.path);
    FILE       *out = file < 0 ? NULL : fdopen(file, "w");

    if (out == NULL || (from != NULL && at == NULL)) {
        abort();
    }
    if (at == NULL) {
        fputs(sample_text, out);
    } else {
        fprintf(out, "%.*s%s%s", (int)(at - sample_text), sample_text, to,
                at + strlen(from));
    }
    fclose(out);
    return self;
}

static inline void sample_remove(const sample *self)
{
    unlink(self->path);
}

#endif

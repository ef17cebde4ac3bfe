// json_out.h -- JSON text on its way to a sink: a buffer, commas, indentation.
//
// The writer says what it writes; commas, newlines and spaces come by
// themselves. A sink that refused once is not called again.
//
// Who may include it: codec/json_*.c.
#ifndef INLAY_CODEC_JSON_OUT_H
#define INLAY_CODEC_JSON_OUT_H

#include <inlay/json.h>

typedef struct json_out {
    inlay_sink sink;
    unsigned   indent;
    unsigned   depth;
    bool       first;  // nothing written yet at this depth
    bool       flat;   // inside a container that stays on one line
    bool       failed; // the sink refused
    size_t     used;
    char       text[4096];
} json_out;

void inlay_json_out_init(json_out *self, inlay_sink sink, unsigned indent);

// Hands what is left to the sink; false when it refused any of the text.
bool inlay_json_out_finish(json_out *self);

// '{' or '[', and its end. A flat container keeps its elements on one line.
void inlay_json_out_open(json_out *self, char bracket);
void inlay_json_out_open_flat(json_out *self, char bracket);
void inlay_json_out_close(json_out *self, char bracket);

// Each element of an array starts with inlay_json_out_next, each member of an
// object with inlay_json_out_name; or, where the name takes some making, with
// next, any string, colon.
void inlay_json_out_next(json_out *self);
void inlay_json_out_name(json_out *self, const char *name);
void inlay_json_out_colon(json_out *self);

// Values, and the parts of values.
void inlay_json_out_raw(json_out *self, const char *text, size_t size);
void inlay_json_out_literal(json_out *self, const char *text);
void inlay_json_out_string(json_out *self, const char *text, size_t size);
void inlay_json_out_identifier(json_out *self, const char *name);
void inlay_json_out_base64(json_out *self, inlay_bytes bytes);
void inlay_json_out_unsigned(json_out *self, uint64_t value);
void inlay_json_out_signed(json_out *self, int64_t value);

#endif

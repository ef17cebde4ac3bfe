// gen_c_stub.c -- stands in for the C back end until it is there.
#include "gen/gen_c.h"

bool gen_c_file(const ir_schema *schema, const ir_file *file, gen_text *header,
                gen_text *source)
{
    (void)schema;
    (void)file;
    (void)header;
    (void)source;
    return false;
}

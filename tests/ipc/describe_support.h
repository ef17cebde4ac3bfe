// describe_support.h -- what the tests of descriptions share: all schemas of
// the tree, and tables compared whatever their memory.
#ifndef INLAY_TESTS_DESCRIBE_SUPPORT_H
#define INLAY_TESTS_DESCRIBE_SUPPORT_H

#include "json/json_support.h"

#include <inlay/describe.h>

typedef void describe_visit(const inlay_record_desc *record, const char *path,
                            void *context);

// Calls `visit` with every record that is declared in the schemas of tests/,
// examples/ and bench/; at least one, or a test fails.
void describe_each(describe_visit *visit, void *context);

// Fails a test where two records' tables, or any that they lead to, differ in
// anything that a reader of messages can see.
void describe_compare(const inlay_record_desc *a, const inlay_record_desc *b);

#endif

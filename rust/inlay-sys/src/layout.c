/* layout.c -- asserts in C what lib.rs asserts in Rust: that the declarations
 * there are those of the headers.
 */
#include <inlay/gen.h>

INLAY_STATIC_ASSERT(sizeof(inlay_status) == sizeof(int), "Status");
INLAY_STATIC_ASSERT(sizeof(inlay_error) == 224, "Error");
INLAY_STATIC_ASSERT(offsetof(inlay_error, offset) == 8, "Error");
INLAY_STATIC_ASSERT(offsetof(inlay_error, line) == 16, "Error");
INLAY_STATIC_ASSERT(offsetof(inlay_error, column) == 20, "Error");
INLAY_STATIC_ASSERT(offsetof(inlay_error, path) == 24, "Error");
INLAY_STATIC_ASSERT(INLAY_PATH_SIZE == 200, "PATH_SIZE");
INLAY_STATIC_ASSERT(INLAY_DEPTH_LIMIT == 64, "DEPTH_LIMIT");
INLAY_STATIC_ASSERT(sizeof(inlay_verify_options) == 8, "VerifyOptions");
INLAY_STATIC_ASSERT(offsetof(inlay_verify_options, canonical) == 4,
                    "VerifyOptions");
#if UINTPTR_MAX == UINT64_MAX
INLAY_STATIC_ASSERT(sizeof(inlay_encoder) == 536, "Encoder");
INLAY_STATIC_ASSERT(offsetof(inlay_encoder, measured) == 48, "Encoder");
INLAY_STATIC_ASSERT(offsetof(inlay_encoder, trapped) == 80, "Encoder");
INLAY_STATIC_ASSERT(offsetof(inlay_encoder, error) == 312, "Encoder");
INLAY_STATIC_ASSERT(sizeof(inlay_alloc) == 16, "Alloc");
#endif

typedef int inlay_layout_asserted;

/* gen.h -- all that generated code includes, and the version that ties it to
 * the runtime.
 *
 * Generated files refuse to compile against a runtime with another
 * INLAY_GEN_ABI: regenerate them then.
 */
#ifndef INLAY_GEN_H
#define INLAY_GEN_H

#include "arena.h"
#include "builder.h"
#include "decode.h"
#include "desc.h"
#include "encode.h"
#include "hash.h"
#include "list.h"
#include "patch.h"
#include "source.h"
#include "unknown.h"
#include "verify.h"
#include "version.h"
#include "view.h"

/* Counts up when generated code and runtime no longer fit together. */
#define INLAY_GEN_ABI 3

#ifdef __cplusplus
#define INLAY_STATIC_ASSERT(condition, sentence)                               \
    static_assert(condition, sentence)
#define INLAY_ALIGNOF(type) alignof(type)
#else
#define INLAY_STATIC_ASSERT(condition, sentence)                               \
    _Static_assert(condition, sentence)
#define INLAY_ALIGNOF(type) _Alignof(type)
#endif

/* Hands a failure on. */
#define INLAY_TRY(expression)                                                  \
    do {                                                                       \
        inlay_status inlay_try_status = (expression);                          \
        if (INLAY_UNLIKELY(inlay_try_status != INLAY_OK)) {                    \
            return inlay_try_status;                                           \
        }                                                                      \
    } while (0)

#endif

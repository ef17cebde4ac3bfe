/* inlay.h -- everything, in reading order. */
#ifndef INLAY_INLAY_H
#define INLAY_INLAY_H

#include "version.h"
#include "base.h"
#include "wire.h"
#include "view.h"
#include "list.h"
#include "encode.h"
#include "source.h"
#include "builder.h"
#include "hash.h"
#include "arena.h"
#include "decode.h"
#include "unknown.h"
#include "patch.h"
#include "desc.h"
#include "verify.h"
#include "utf8.h"
#include "buffer.h"
#include "json.h"

#endif

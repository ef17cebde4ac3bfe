/* damage.h -- what codecs do with messages that are cut short or spoilt. */
#ifndef BENCH_HARNESS_DAMAGE_H
#define BENCH_HARNESS_DAMAGE_H

#include "bench/harness/subject.h"

/* Lets a codec that says it is safe on any bytes read damaged messages of a set
 * of small ones: hundreds of lengths, hundreds of spoilt bytes. They may be
 * refused or read, since a part of a message may well be one; what counts is
 * that every operation comes back. Others are left alone. */
void damage_survive(subject *self);

#endif

/* Threads beside the one that needs something done; see pool.c. */
#ifndef FRAMEJIT_POOL_H
#define FRAMEJIT_POOL_H
#include "machine.h"

/* Pieces number `first` to `end` of a job. */
typedef void (*fj_pieces)(void *with, int64_t first, int64_t end);

/* what: the kind of work; threads: how many at most, this one included; 0: as many as the process has processors. */
FJ_INNER void fj_pool_run(fj_pieces pieces, const void *what, void *with, int64_t count, int64_t threads);
void fj_pool_bound(int64_t nanoseconds);
#endif

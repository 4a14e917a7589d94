#ifndef FRAMEJIT_ENTRY_H
#define FRAMEJIT_ENTRY_H
#include "frame.h"
FJ_INNER extern vectorcallfunc fj_plain_vectorcall;         /* what every function has that nobody touched */
FJ_INNER int fj_ask_for_code(FjSlot *slot, PyObject *function, PyObject *const *args, int count);
FJ_INNER int fj_may_enter(PyThreadState *ts, FjSlot *slot, PyCodeObject *code);
FJ_INNER void fj_no_variant(FjSlot *slot);
FJ_INNER int fj_parameters(const PyCodeObject *code);

/* fj_run_start in place, for code without a frame: nothing runs meanwhile that could drop the region, so the run owns no
   reference to it.  Who leaves takes one first: fj_run_end gives it back. */
static inline size_t fj_run_room(const FjRegion *region) {
    return sizeof(FjRun) + sizeof(int64_t) * (region->spill + 1) + sizeof(PyObject *) * region->ncells;
}
static inline FjRun *fj_begin(FjRegion *region, PyThreadState *ts, void *memory) {
    FjRun *run = memory;
    int64_t *spill = (int64_t *)(run + 1);
    run->context = (FjContext){.tstate = ts, .breaker = fj_breaker(ts), .region = region, .consts = region->consts,
                               .names = (PyObject **)(spill + region->spill + 1), .spill = spill, .left = -1, .unit = -1};
    spill[0] = 0;
    run->shift = 0;
    run->unit = region->unit;
    if (region->ncells == 0 || fj_cells_read(region, run->context.names)) return run;
    region->misses++; fj_counters.misses++;
    return NULL;
}
static inline void fj_returned(FjRun *run) {
    FjRegion *region = run->context.region;
    region->entries++;
    region->iterations += run->context.spill[0];
    fj_counters.native_entries++;
    fj_counters.iterations += run->context.spill[0];
}
#endif

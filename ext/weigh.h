/* What a region's call-outs have cost against what it has won (weigh.c). */
#ifndef FRAMEJIT_WEIGH_H
#define FRAMEJIT_WEIGH_H
#include "machine.h"

enum {
    FJ_MEASURED = 16,               /* one call-out of so many is measured */
    FJ_WEIGHED_ENTRIES = 512,       /* entries, after each of which a region is weighed; a power of two */
};

/* Ticks of the processor's clock, where a call-out is measured. */
static inline uint64_t fj_ticks(int measures) { return measures ? __builtin_ia32_rdtsc() : 0; }
void fj_note_overhead(FjRegion *region, uint64_t spent, uint64_t begun);
int fj_outweighed(const FjContext *context);
int64_t fj_won(const FjRegion *region);
void fj_weigh_entered(FjRegion *region);
int fj_verdict(const int64_t *compiled, const int64_t *interpreted, int64_t detour, int doubted);      /* trial.c */
#endif

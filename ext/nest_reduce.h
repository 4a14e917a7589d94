/* A full reduction that is under way; see nest_reduce.c. */
#ifndef FRAMEJIT_NEST_REDUCE_H
#define FRAMEJIT_NEST_REDUCE_H
#include "nests.h"

enum { FJ_CHUNK = 2048, FJ_SUM = 0, FJ_MEAN = 1, FJ_FIRST = 2, FJ_SAMPLE = 4 };        /* elements computed at a time; modes of FjReduction */

typedef struct {
    const FjNest *nest;
    const FjReduction *reduction;
    FjWalk *walk;
    char *whole;                        /* all elements, where they aren't computed piece by piece; */
    int64_t step;                       /* bytes from one of them to the next, 0: they lie side by side */
    int flags;
    int64_t chunk;                      /* elements at a time */
    int64_t *room;                      /* for so many; no complex numbers are reduced */
} FjReducing;

FJ_INNER const FjArray *fj_nest_bare(const FjNest *nest, const int64_t *words);
FJ_INNER char *fj_reduce_piece(FjReducing *r, int64_t first, int64_t count);
FJ_INNER double fj_reduce_sum(FjReducing *r, int64_t first, int64_t count);
FJ_INNER double fj_reduce_added(const FjNest *nest, double left, double right);
FJ_INNER int64_t fj_reduce_stretch(FjReducing *r, int64_t first, int64_t count);
FJ_INNER void fj_reduce(FjReducing *r, char *in, int64_t count, void *out);
FJ_INNER void fj_reduce_rows(const FjReduction *reduction, int type, int size, const char *in, int64_t length, int64_t count, char *out);
FJ_INNER void fj_reduce_begin(const FjReduction *reduction, int size, char *out, int64_t count, const char *first);
FJ_INNER void fj_reduce_divide(int size, char *out, int64_t number, int64_t count);
FJ_INNER int fj_reduce_sum_by_several(FjReducing *r, int64_t count, double *sum);
FJ_INNER int fj_reduce_by_several(FjReducing *r, int64_t count, int64_t *bits);
static inline int64_t fj_reduce_step(const FjReducing *r) { return r->step ? r->step : r->nest->size; }
static inline int64_t fj_reduce_half(int64_t count) { return count / 2 - count / 2 % 8; }     /* where NumPy cuts */
#endif

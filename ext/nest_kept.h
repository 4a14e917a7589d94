/* Arrays that are the same in each turn of a loop (loops/invariants.py); see nest_kept.c. */
#ifndef FRAMEJIT_NEST_KEPT_H
#define FRAMEJIT_NEST_KEPT_H
#include "nests.h"

enum { FJ_MOST_KEPT = 16 };             /* loops/invariants.py */

FJ_INNER extern int fj_kept_live;              /* how many there are */
FJ_INNER void fj_kept_dropped(void);

/* The program's code may run, or native code is left. */
static inline void fj_forget_kept(void) { if (fj_kept_live) fj_kept_dropped(); }

PyObject *fj_kept_nest(FjContext *context, const FjNest *nest, int64_t number, const int64_t *words);
void fj_forget(int64_t number);
void fj_forget_all(void);
void fj_spoil(const FjArray *target);
void fj_spoil_at(const char *place);
#endif

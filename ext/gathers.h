/* Elements of arrays chosen by arrays: gathers.c. */
#ifndef FRAMEJIT_GATHERS_H
#define FRAMEJIT_GATHERS_H
#include "nests.h"

/* `own`: 1 for operator.getitem, 2 for operator.setitem, 3 for ufunc.at (backends/llvm/arrays.py). */
FJ_INNER int fj_gathers(int own, const int32_t *forms, const int64_t *words, PyObject **made);
#endif

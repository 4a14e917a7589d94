/* Floats and ints as decimal digits, and back: exactly, or not at all. */
#ifndef FRAMEJIT_DIGITS_H
#define FRAMEJIT_DIGITS_H
#include "builtin_types.h"
#include "own_vectors.h"

enum { FJ_MOST_PLACES = 19 };                       /* the largest power of ten that 64 bits hold */
#define FJ_TOO_LARGE UINT64_MAX
#define FJ_WHOLE (UINT64_C(1) << 53)                /* integers up to here are doubles */

extern const uint64_t fj_tens[FJ_MOST_PLACES + 1];
extern const double fj_float_tens[];                /* up to 10 ** 22, all exact */

/* |x| * 10 ** places to the nearest integer, ties to the even one; FJ_TOO_LARGE for what has more than 63 bits or isn't finite. */
uint64_t fj_scaled(double x, int64_t places);

#if !defined(__x86_64__)
#include <fenv.h>
static inline int fj_rounds_otherwise(void) { return fegetround() != FE_TONEAREST; }
#endif
double fj_float_of_float_and_int(PyObject *function, double x, int64_t n);      /* math_module.c */
#endif

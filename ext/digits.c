/* A double is an integer times a power of two, and the product of that integer and a power of ten has at most 117 bits: which decimal
   is nearest is found out exactly.  An integer below 2**53 divided by a power of ten up to 10**22 is rounded once, as a decimal is
   that CPython reads.

   Sources: Objects/floatobject.c (double_round), Python/dtoa.c. */
#include "compat.h"
#include "digits.h"
#include <math.h>

const uint64_t fj_tens[] = {
    1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u, 10000000000u, 100000000000u, 1000000000000u, 10000000000000u,
    100000000000000u, 1000000000000000u, 10000000000000000u, 100000000000000000u, 1000000000000000000u, 10000000000000000000u,
};
const double fj_float_tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

enum { FRACTION = 52, EXPONENT = 0x7ff, UNIT = 1075 };      /* a double is its fraction times 2 ** (exponent - UNIT) */

uint64_t fj_scaled(double x, int64_t places) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> FRACTION) & EXPONENT, shift;
    uint64_t fraction = bits & ((UINT64_C(1) << FRACTION) - 1);
    if (exponent == EXPONENT || (uint64_t)places > FJ_MOST_PLACES) return FJ_TOO_LARGE;
    if (exponent) fraction |= UINT64_C(1) << FRACTION;
    else exponent = 1;
    unsigned __int128 product = (unsigned __int128)fraction * fj_tens[places], whole, rest, half;
    shift = UNIT - exponent;
    if (shift <= 0) return shift < -10 || product >> (63 + shift) ? FJ_TOO_LARGE : (uint64_t)product << -shift;
    if (shift >= 128) return 0;
    whole = product >> shift;
    rest = product - (whole << shift);
    half = (unsigned __int128)1 << (shift - 1);
    return whole >> 63 ? FJ_TOO_LARGE : (uint64_t)whole + (rest > half || (rest == half && whole & 1));
}

/* round(x, places); `function` is CPython's own, for what isn't done here. */
double fj_float_rounded(PyObject *function, double x, int64_t places) {
    uint64_t whole = fj_scaled(x, places);
    if (whole > FJ_WHOLE || fj_rounds_otherwise()) return fj_float_of_float_and_int(function, x, places);
    return copysign((double)(int64_t)whole / fj_float_tens[places], x);
}

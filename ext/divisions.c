/* fmod, remainder, floor_divide and hypot of whole vectors, with the bits of NumPy's loops, which ask the C library for each element.

   What is left by a division, a - trunc(a / b) * b, is exact: the rounded quotient is the right whole number or, where it was rounded up to
   one, too large by 1, which the sign of what is left shows.  So it is where the quotient is below 2**52 and no exponent is extreme; all
   other vectors are left to NumPy's loop.  Whether results and flags agree is asked before these are used (vector_functions.c). */
#include "own_vectors.h"
#include <stddef.h>

#if defined(__x86_64__)
#pragma GCC optimize("fp-contract=off")

typedef FjDoubles V;
typedef FjFloats F;

enum { FMOD, REMAINDER, FLOOR_DIVIDE, HYPOT, FMOD_OF_FLOATS, REMAINDER_OF_FLOATS, FLOOR_DIVIDE_OF_FLOATS, HYPOT_OF_FLOATS, FUNCTIONS };
static FjOwnLoop loops[FUNCTIONS];

static const double LEAST = 0x1p-400, MOST = 0x1p500, FAR = 0x1p52, SMALL = 0x1p-120;

static FJ_VECTOR inline __mmask8 is_usual(V size) { return (__mmask8)~(fj_less(size, FJ_SPLAT(LEAST)) | ~fj_less(size, FJ_SPLAT(MOST))); }

static FJ_VECTOR inline __mmask8 is_usual_or_zero(V size) { return is_usual(size) | fj_is_zero(size); }

/* Whether the quotients of all these can be had so, and aren't so small that a float couldn't hold them. */
static FJ_VECTOR inline int are_usual(V a, V b) {
    V size = fj_magnitude(a), by = fj_magnitude(b);
    __mmask8 usual = is_usual_or_zero(size) & is_usual(by);
    V most = _mm512_maskz_mul_pd(usual, by, FJ_SPLAT(FAR)), least = _mm512_maskz_mul_pd(usual, by, FJ_SPLAT(SMALL));
    return (__mmask8)(usual & fj_less(size, most) & ~(fj_less(size, least) & ~fj_is_zero(size))) == 0xff;
}

/* Where something is left that has the other sign: of the divisor Python's remainder isn't C's then. */
static FJ_VECTOR inline __mmask8 are_turned(V left, V other) {
    return (__mmask8)(_mm512_movepi64_mask(_mm512_castpd_si512(_mm512_xor_pd(left, other))) & ~fj_is_zero(left));
}

/* What is left, with the sign of `a`. */
static FJ_VECTOR inline V left_of(V a, V b) {
    V whole = _mm512_roundscale_pd(_mm512_div_pd(a, b), _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC), left = FJ_FNMA(whole, b, a);
    left = _mm512_mask_add_pd(left, are_turned(left, a), left, _mm512_or_pd(fj_magnitude(b), fj_sign(a)));
    return _mm512_or_pd(fj_magnitude(left), fj_sign(a));
}

static FJ_VECTOR V fmods(V a, V b) {
    if (!are_usual(a, b) || fj_rounds_otherwise()) return fj_doubles_left(&loops[FMOD], a, b, 2);
    return left_of(a, b);
}

static FJ_VECTOR V remainders(V a, V b) {
    if (!are_usual(a, b) || fj_rounds_otherwise()) return fj_doubles_left(&loops[REMAINDER], a, b, 2);
    V left = left_of(a, b);
    left = _mm512_mask_mov_pd(left, fj_is_zero(left), fj_sign(b));
    return _mm512_mask_add_pd(left, are_turned(left, b), left, b);
}

static FJ_VECTOR V floor_divisions(V a, V b) {
    if (!are_usual(a, b) || fj_rounds_otherwise()) return fj_doubles_left(&loops[FLOOR_DIVIDE], a, b, 2);
    V left = left_of(a, b), quotient = _mm512_div_pd(_mm512_sub_pd(a, left), b);
    quotient = _mm512_mask_sub_pd(quotient, are_turned(left, b), quotient, FJ_SPLAT(1.0));
    V whole = _mm512_roundscale_pd(quotient, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    whole = _mm512_mask_add_pd(whole, fj_less(FJ_SPLAT(0.5), _mm512_sub_pd(quotient, whole)), whole, FJ_SPLAT(1.0));
    return _mm512_mask_mov_pd(whole, fj_is_zero(quotient), fj_sign(_mm512_xor_pd(a, b)));
}

/* The legs of a triangle: their squares' root, and what its rounding and theirs have left. */
static FJ_VECTOR V hypotenuses(V a, V b) {
    V x = fj_magnitude(a), y = fj_magnitude(b);
    if ((is_usual_or_zero(x) & is_usual_or_zero(y)) != 0xff || fj_rounds_otherwise()) return fj_doubles_left(&loops[HYPOT], a, b, 2);
    V large = _mm512_max_pd(x, y), small = _mm512_min_pd(x, y);
    __mmask8 none = fj_is_zero(small);
    V sum = _mm512_add_pd(large, small);
    __mmask8 flat = none | (__mmask8)~fj_less(_mm512_mul_pd(large, FJ_SPLAT(0x1p-54)), small);
    large = _mm512_mask_mov_pd(large, flat, FJ_SPLAT(1.0));
    small = _mm512_mask_mov_pd(small, flat, FJ_SPLAT(1.0));
    V root = _mm512_sqrt_pd(_mm512_add_pd(_mm512_mul_pd(large, large), _mm512_mul_pd(small, small))), twice = _mm512_add_pd(small, small);
    V d = _mm512_sub_pd(root, small), e = _mm512_sub_pd(root, large), apart = _mm512_sub_pd(large, small);
    V near = _mm512_add_pd(_mm512_mul_pd(_mm512_sub_pd(_mm512_add_pd(d, d), large), large),
                           _mm512_mul_pd(_mm512_sub_pd(d, _mm512_add_pd(apart, apart)), d));
    V first = _mm512_mul_pd(_mm512_add_pd(e, e), _mm512_sub_pd(large, twice));
    V second = _mm512_add_pd(_mm512_mul_pd(_mm512_sub_pd(_mm512_mul_pd(FJ_SPLAT(4.0), e), small), small), _mm512_mul_pd(e, e));
    V rest = FJ_BLEND((__mmask8)~fj_less(twice, root), _mm512_add_pd(first, second), near);
    return FJ_BLEND(flat, _mm512_sub_pd(root, _mm512_div_pd(rest, _mm512_add_pd(root, root))), sum);
}

/* ---- floats: what is left is had in doubles, eight by eight */

typedef struct { V low, high; } Both;

static FJ_VECTOR inline Both wide(F x) { return (Both){_mm512_cvtps_pd(_mm512_castps512_ps256(x)), _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1))}; }
static FJ_VECTOR inline F narrow(V low, V high) { return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high), 1); }
static FJ_VECTOR inline F sign_of(F x) { return _mm512_and_ps(_mm512_set1_ps(-0.0f), x); }
static FJ_VECTOR inline __mmask16 are_zero(F x) { return _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_EQ_OQ); }

static FJ_VECTOR inline __mmask16 floats_turned(F left, F b) {
    return (__mmask16)(_mm512_movepi32_mask(_mm512_castps_si512(_mm512_xor_ps(left, b))) & ~are_zero(left));
}

/* Whether they can be had, and what is left then. */
static FJ_VECTOR inline int floats_left(F a, F b, F *left) {
    Both x = wide(a), y = wide(b);
    if (!are_usual(x.low, y.low) || !are_usual(x.high, y.high) || fj_rounds_otherwise()) return 0;
    *left = narrow(left_of(x.low, y.low), left_of(x.high, y.high));
    return 1;
}

static FJ_VECTOR F fmods_of_floats(F a, F b) {
    F left;
    return floats_left(a, b, &left) ? left : fj_floats_left(&loops[FMOD_OF_FLOATS], a, b);
}

static FJ_VECTOR F remainders_of_floats(F a, F b) {
    F left;
    if (!floats_left(a, b, &left)) return fj_floats_left(&loops[REMAINDER_OF_FLOATS], a, b);
    left = _mm512_mask_mov_ps(left, are_zero(left), sign_of(b));
    return _mm512_mask_add_ps(left, floats_turned(left, b), left, b);
}

static FJ_VECTOR F floor_divisions_of_floats(F a, F b) {
    F left;
    if (!floats_left(a, b, &left)) return fj_floats_left(&loops[FLOOR_DIVIDE_OF_FLOATS], a, b);
    F quotient = _mm512_div_ps(_mm512_sub_ps(a, left), b);
    quotient = _mm512_mask_sub_ps(quotient, floats_turned(left, b), quotient, _mm512_set1_ps(1.0f));
    F whole = _mm512_roundscale_ps(quotient, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    whole = _mm512_mask_add_ps(whole, _mm512_cmp_ps_mask(_mm512_sub_ps(quotient, whole), _mm512_set1_ps(0.5f), _CMP_GT_OQ), whole, _mm512_set1_ps(1.0f));
    return _mm512_mask_mov_ps(whole, are_zero(quotient), sign_of(_mm512_xor_ps(a, b)));
}

static FJ_VECTOR inline V root_of_squares(V x, V y) { return _mm512_sqrt_pd(_mm512_add_pd(_mm512_mul_pd(x, x), _mm512_mul_pd(y, y))); }

static FJ_VECTOR F hypotenuses_of_floats(F a, F b) {
    const F endless = _mm512_set1_ps(__builtin_inff());
    __mmask16 ends = _mm512_cmp_ps_mask(_mm512_abs_ps(a), endless, _CMP_LT_OQ) & _mm512_cmp_ps_mask(_mm512_abs_ps(b), endless, _CMP_LT_OQ);
    if (ends != 0xffff || fj_rounds_otherwise()) return fj_floats_left(&loops[HYPOT_OF_FLOATS], a, b);
    Both x = wide(a), y = wide(b);
    return narrow(root_of_squares(x.low, y.low), root_of_squares(x.high, y.high));
}

const FjOwnVector fj_own_divisions[] = {
    {"fmod float64", fmods, 2, &loops[FMOD]}, {"remainder float64", remainders, 2, &loops[REMAINDER]},
    {"floor_divide float64", floor_divisions, 2, &loops[FLOOR_DIVIDE]}, {"hypot float64", hypotenuses, 2, &loops[HYPOT]},
    {"fmod float32", fmods_of_floats, 2, &loops[FMOD_OF_FLOATS]}, {"remainder float32", remainders_of_floats, 2, &loops[REMAINDER_OF_FLOATS]},
    {"floor_divide float32", floor_divisions_of_floats, 2, &loops[FLOOR_DIVIDE_OF_FLOATS]}, {"hypot float32", hypotenuses_of_floats, 2, &loops[HYPOT_OF_FLOATS]},
    {NULL, NULL, 0, NULL},
};

#else
const FjOwnVector fj_own_divisions[] = {{NULL, NULL, 0, NULL}};
#endif

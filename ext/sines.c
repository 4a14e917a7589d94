/* sin and cos of eight doubles, with the bits of glibc's sin and cos where these are compiled with fused multiply-add.

   NumPy's loops call the C library for each element.  The method is the C library's: an angle is brought to |a| <= pi/4 + a little, with a
   second double `rest` for what the first can't hold; below 0.126 the sine is a polynomial, else both come from the sine and cosine of the
   nearest k / 128 and polynomials of what is left.  What makes the bits are the places of the roundings: each `fma` below is one.  Vectors
   with angles beyond 105414350, denormal ones, infinities or NaN, and any rounding but to the nearest are left to NumPy's loop.
   Whether they agree on this machine is asked before they are used (vector_functions.c). */
#include "own_vectors.h"
#include "sines.h"
#include <stddef.h>

#if defined(__x86_64__)
#pragma GCC optimize("fp-contract=off")

typedef FjDoubles V;
typedef struct { V angle, rest; __mmask8 cosine; V flip; } Reduced;      /* flip: the sign bit that the result changes */

/* Up to DIRECT an angle is as it is, up to QUARTER pi/2 less it, up to LARGEST so many quarters less. */
static const double HALF_PI = 0x1.921fb54442d18p0, HALF_PI_REST = 0x1.1a62633145c07p-54;
static const double SHORT = 0.126, DIRECT = 0x1.b6p-1, QUARTER = 0x1.368fdp1, LARGEST = 0x1.921fbp26, TINY_SINE = 0x1p-26, TINY_COSINE = 0x1p-27, NORMAL = 0x1p-1022;

static FJ_VECTOR inline V negative_where(V x, __mmask8 where) { return _mm512_mask_xor_pd(x, where, x, FJ_SPLAT(-0.0)); }

/* x = n * pi/2 + angle + rest; the quadrants are n + `ahead`. */
static FJ_VECTOR inline Reduced reduced(V x, int ahead) {
    const V shift = FJ_SPLAT(0x1.8p52), third = FJ_SPLAT(-0x1.cb3b398p-55), fourth = FJ_SPLAT(-0x1.d747f23e32ed7p-83);
    V number = FJ_FMA(x, FJ_SPLAT(0x1.45f306dc9c883p-1), shift), turns = _mm512_sub_pd(number, shift);
    V y = FJ_FNMA(turns, FJ_SPLAT(-0x1.dde973cp-27), FJ_FNMA(turns, FJ_SPLAT(0x1.921fb58p0), x));
    V second = FJ_FNMA(turns, third, y), rest = FJ_FNMA(turns, third, _mm512_sub_pd(y, second));
    V angle = FJ_FNMA(turns, fourth, second);
    rest = _mm512_add_pd(rest, FJ_FNMA(turns, fourth, _mm512_sub_pd(second, angle)));
    __m512i quadrant = _mm512_add_epi64(_mm512_castpd_si512(number), _mm512_set1_epi64(ahead));
    V flip = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_srli_epi64(quadrant, 1), 63));
    return (Reduced){angle, rest, _mm512_test_epi64_mask(quadrant, _mm512_set1_epi64(1)), flip};
}

/* The row of k / 128 in each lane, items apart: sine, its rest, cosine, its rest. */
static FJ_VECTOR inline void look_up(V number, V *item) {
    const __m512i low = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13), high = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
    int64_t at[8];
    V pair[4];
    _mm512_storeu_si512(at, _mm512_and_si512(_mm512_castpd_si512(number), _mm512_set1_epi64(127)));
    for (int k = 0; k < 4; k++)
        pair[k] = _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_loadu_pd(fj_angles[at[k]])), _mm256_loadu_pd(fj_angles[at[k + 4]]), 1);
    /* lane 2k of each half: rows k and k + 4 */
    V a = _mm512_unpacklo_pd(pair[0], pair[1]), b = _mm512_unpackhi_pd(pair[0], pair[1]);
    V c = _mm512_unpacklo_pd(pair[2], pair[3]), d = _mm512_unpackhi_pd(pair[2], pair[3]);
    item[0] = _mm512_permutex2var_pd(a, low, c);
    item[1] = _mm512_permutex2var_pd(b, low, d);
    item[2] = _mm512_permutex2var_pd(a, high, c);
    item[3] = _mm512_permutex2var_pd(b, high, d);
}

/* The sine of an angle below SHORT. */
static FJ_VECTOR inline V of_short(V x, V rest) {
    V xx = _mm512_mul_pd(x, x);
    V p = FJ_FMA(xx, FJ_FMA(xx, FJ_SPLAT(-0x1.addffc2fcdf59p-26), FJ_SPLAT(0x1.71de27b9a7ed9p-19)), FJ_SPLAT(-0x1.a01a019db08b8p-13));
    p = FJ_FMA(xx, FJ_FMA(xx, p, FJ_SPLAT(0x1.1111111110ecep-7)), FJ_SPLAT(-0x1.5555555555555p-3));
    V t = FJ_FMA(xx, _mm512_fmsub_pd(p, x, _mm512_mul_pd(rest, FJ_SPLAT(0.5))), rest);
    return _mm512_add_pd(x, t);
}

/* Sine or cosine of angles of at most pi/4 and a little. */
static FJ_VECTOR inline V of_reduced(Reduced r) {
    const V big = FJ_SPLAT(0x1.8p45);
    V size = fj_magnitude(r.angle), number = _mm512_add_pd(big, size), left = _mm512_sub_pd(size, _mm512_sub_pd(number, big)), row[4];
    __mmask8 sine = (__mmask8)~r.cosine, below = _mm512_cmp_pd_mask(r.angle, _mm512_setzero_pd(), _CMP_LT_OQ), or_zero = _mm512_cmp_pd_mask(r.angle, _mm512_setzero_pd(), _CMP_LE_OQ);
    V rest = negative_where(r.rest, (below & r.cosine) | (or_zero & sine));
    look_up(number, row);
    V x = _mm512_mask_add_pd(left, r.cosine, left, rest);
    rest = _mm512_maskz_mov_pd(sine, rest);
    V xx = _mm512_mul_pd(x, x), cube = _mm512_mul_pd(x, xx), p = FJ_FMA(xx, FJ_SPLAT(0x1.11110e829872fp-7), FJ_SPLAT(-0x1.5555555555515p-3));
    V s = FJ_BLEND(r.cosine, _mm512_add_pd(x, FJ_FMA(cube, p, rest)), FJ_FMA(cube, p, x));
    V c = _mm512_mul_pd(xx, FJ_FMA(xx, FJ_FMA(xx, FJ_SPLAT(0x1.6c16bedd9e239p-10), FJ_SPLAT(-0x1.5555555555535p-5)), FJ_SPLAT(0.5)));
    c = FJ_FMA(x, rest, c);
    s = negative_where(s, r.cosine);
    V whole = FJ_BLEND(r.cosine, row[0], row[2]), other = FJ_BLEND(r.cosine, row[2], row[0]);
    V correction = FJ_FMA(s, FJ_BLEND(r.cosine, row[3], row[1]), FJ_BLEND(r.cosine, row[1], row[3]));
    correction = FJ_FMA(s, other, FJ_FNMA(c, whole, correction));
    V result = _mm512_add_pd(whole, correction);
    result = _mm512_mask_or_pd(result, sine, result, fj_sign(r.angle));
    return FJ_BLEND(sine & _mm512_cmp_pd_mask(size, FJ_SPLAT(SHORT), _CMP_LT_OQ), result, of_short(r.angle, r.rest));
}

static FJ_VECTOR inline __mmask8 is_less(V x, double than) { return fj_less(x, FJ_SPLAT(than)); }

/* The reduced angle of lanes that are neither tiny nor too large. */
static FJ_VECTOR inline Reduced near_or_far(V x, V size, int ahead) {
    __mmask8 direct = is_less(size, DIRECT), far = (__mmask8)~is_less(size, QUARTER);
    V less = _mm512_sub_pd(FJ_SPLAT(HALF_PI), size), rest = FJ_SPLAT(HALF_PI_REST);
    Reduced r = {less, rest, 0xff, fj_sign(x)};
    if (ahead) {
        V both = _mm512_add_pd(less, rest);
        r = (Reduced){both, _mm512_add_pd(_mm512_sub_pd(less, both), rest), 0, _mm512_setzero_pd()};
    }
    r.angle = FJ_BLEND(direct, r.angle, x);
    r.rest = _mm512_maskz_mov_pd((__mmask8)~direct, r.rest);
    r.cosine ^= direct;
    r.flip = _mm512_maskz_mov_pd((__mmask8)~direct, r.flip);
    if (!far) return r;
    Reduced turned = reduced(x, ahead);
    return (Reduced){FJ_BLEND(far, r.angle, turned.angle), FJ_BLEND(far, r.rest, turned.rest), (r.cosine & (__mmask8)~far) | (turned.cosine & far), FJ_BLEND(far, r.flip, turned.flip)};
}

static FjOwnLoop loops[2];

static FJ_VECTOR inline V eight(V x, int ahead) {
    V size = fj_magnitude(x);
    __mmask8 tiny = is_less(size, ahead ? TINY_COSINE : TINY_SINE), usual = is_less(size, LARGEST) & (__mmask8)(~is_less(size, NORMAL) | fj_is_zero(x));
    if (usual != 0xff || fj_rounds_otherwise()) return fj_doubles_left(&loops[ahead], x, x, 1);
    V plain = _mm512_mask_mov_pd(x, tiny, FJ_SPLAT(1.0));
    Reduced r = near_or_far(plain, fj_magnitude(plain), ahead);
    V result = _mm512_xor_pd(of_reduced(r), r.flip);
    return FJ_BLEND(tiny, result, ahead ? FJ_SPLAT(1.0) : x);
}

static FJ_VECTOR V sines(V x) { return eight(x, 0); }
static FJ_VECTOR V cosines(V x) { return eight(x, 1); }

const FjOwnVector fj_own_sines[] = {{"sin float64", sines, 1, &loops[0]}, {"cos float64", cosines, 1, &loops[1]}, {NULL, NULL, 0, NULL}};

#else
const FjOwnVector fj_own_sines[] = {{NULL, NULL, 0, NULL}};
#endif

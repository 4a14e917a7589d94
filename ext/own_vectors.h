/* Between the files that compute functions of whole vectors as NumPy's loops do: sines.c, divisions.c and vector_functions.c. */
#ifndef FRAMEJIT_OWN_VECTORS_H
#define FRAMEJIT_OWN_VECTORS_H
#include <stdint.h>

/* NumPy's loop for the same function: what the vector's way isn't meant for is left to it. */
typedef struct { void (*loop)(char **, int64_t *, int64_t *, void *); void *data; } FjOwnLoop;
typedef struct { const char *name; void *function; int operands; FjOwnLoop *left; } FjOwnVector;

extern const FjOwnVector fj_own_sines[], fj_own_divisions[];       /* up to one without a name */

#if defined(__x86_64__)
#include <immintrin.h>

#define FJ_VECTOR __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
typedef __m512d FjDoubles;
typedef __m512 FjFloats;

#define FJ_SPLAT _mm512_set1_pd
#define FJ_FMA _mm512_fmadd_pd              /* a * b + c */
#define FJ_FNMA _mm512_fnmadd_pd            /* c - a * b */
#define FJ_BLEND _mm512_mask_blend_pd       /* the second where the mask is set */

static inline FJ_VECTOR FjDoubles fj_magnitude(FjDoubles x) { return _mm512_andnot_pd(FJ_SPLAT(-0.0), x); }
static inline FJ_VECTOR FjDoubles fj_sign(FjDoubles x) { return _mm512_and_pd(FJ_SPLAT(-0.0), x); }
static inline FJ_VECTOR __mmask8 fj_less(FjDoubles x, FjDoubles y) { return _mm512_cmp_pd_mask(x, y, _CMP_LT_OQ); }
static inline FJ_VECTOR __mmask8 fj_is_zero(FjDoubles x) { return _mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_EQ_OQ); }
/* Not to the nearest, or numbers near zero to zero. */
static inline int fj_rounds_otherwise(void) { return (_mm_getcsr() & 0xe040) != 0; }

/* All elements by NumPy's loop (vector_functions.c). */
void fj_left_to_loop(const FjOwnLoop *left, void *in, void *other, void *out, int64_t size, int operands);
static inline FJ_VECTOR FjDoubles fj_doubles_left(const FjOwnLoop *left, FjDoubles x, FjDoubles y, int operands) {
    double in[8], other[8], out[8];
    _mm512_storeu_pd(in, x);
    _mm512_storeu_pd(other, y);
    fj_left_to_loop(left, in, other, out, 8, operands);
    return _mm512_loadu_pd(out);
}
static inline FJ_VECTOR FjFloats fj_floats_left(const FjOwnLoop *left, FjFloats x, FjFloats y) {
    float in[16], other[16], out[16];
    _mm512_storeu_ps(in, x);
    _mm512_storeu_ps(other, y);
    fj_left_to_loop(left, in, other, out, 4, 2);
    return _mm512_loadu_ps(out);
}
#endif
#endif

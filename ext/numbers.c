/* Arithmetic that is more than a few instructions: CPython's rules for int and float, without side effects.

   Sources: Objects/floatobject.c (float_rem, float_floor_div), Objects/longobject.c (long_pow). */
#include <math.h>
#include <stdint.h>

static double floor_quotient(double x, double y, double *remainder) {
    double mod = fmod(x, y), div = (x - mod) / y, whole;
    if (mod != 0.0) {
        if ((y < 0) != (mod < 0)) { mod += y; div -= 1.0; }
    } else {
        mod = copysign(0.0, y);
    }
    if (div != 0.0) {
        whole = floor(div);
        if (div - whole > 0.5) whole += 1.0;
    } else {
        whole = copysign(0.0, x / y);
    }
    *remainder = mod;
    return whole;
}

/* Bits of a number without its sign: up to the highest that is set, and those that are set. */
static uint64_t magnitude(int64_t x) { return x < 0 ? -(uint64_t)x : (uint64_t)x; }
int64_t fj_bit_length(int64_t x) { return x ? 64 - __builtin_clzll(magnitude(x)) : 0; }
int64_t fj_bit_count(int64_t x) { return __builtin_popcountll(magnitude(x)); }

double fj_float_floordiv(double x, double y) { double mod; return floor_quotient(x, y, &mod); }
double fj_float_mod(double x, double y) {
    double mod = fmod(x, y);
    if (mod != 0.0) return (y < 0) != (mod < 0) ? mod + y : mod;
    return copysign(0.0, y);
}

static int8_t int_power(int64_t base, int64_t exponent, int64_t *result) {
    int64_t product = 1;
    while (exponent > 0) {
        if (exponent & 1) { if (__builtin_mul_overflow(product, base, &product)) return 0; }
        exponent >>= 1;
        if (exponent && __builtin_mul_overflow(base, base, &base)) return 0;
    }
    *result = product;
    return 1;
}

int8_t fj_int_power_fits(int64_t base, int64_t exponent) { int64_t result; return int_power(base, exponent, &result); }
/* base ** exponent % modulus of an exponent that isn't below zero and a modulus that isn't zero; the sign is the modulus's. */
int64_t fj_int_power_modulo(int64_t base, int64_t exponent, int64_t modulus) {
    uint64_t by = magnitude(modulus), result = 1 % by, square = magnitude(base) % by;
    if (base < 0 && square) square = by - square;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) result = (uint64_t)((unsigned __int128)result * square % by);
        square = (uint64_t)((unsigned __int128)square * square % by);
    }
    return modulus < 0 && result ? (int64_t)(result - by) : (int64_t)result;
}
int64_t fj_int_power(int64_t base, int64_t exponent) { int64_t result = 0; int_power(base, exponent, &result); return result; }

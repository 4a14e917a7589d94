/* What the math module computes of ints and floats, without side effects.  -1 and NaN stand for what the caller leaves
   to the interpreter: errors, and numbers that don't fit.

   Sources: Modules/mathmodule.c (math_gcd, math_isqrt, perm_comb, m_ulp), Objects/longobject.c (_PyLong_GCD). */
#include "compat.h"
#include "machine.h"
#include <math.h>

#define TWO_DIGITS (INT64_C(1) << 60)       /* beyond, gcd may give back an operand's own object */
#define NARROW(x) (-TWO_DIGITS < (x) && (x) < TWO_DIGITS)

int64_t fj_gcd(int64_t x, int64_t y) {
    if (!NARROW(x) || !NARROW(y)) return -1;
    uint64_t a = x < 0 ? -x : x, b = y < 0 ? -y : y;
    while (b) { uint64_t rest = a % b; a = b; b = rest; }
    return a;
}

int64_t fj_lcm(int64_t x, int64_t y) {
    int64_t product, divisor = fj_gcd(x, y);
    if (divisor < 0) return -1;
    if (x == 0 || y == 0) return 0;
    if (__builtin_mul_overflow(x / divisor, y, &product) || product == INT64_MIN) return -1;
    return product < 0 ? -product : product;
}

int64_t fj_isqrt(int64_t n) {
    if (n < 0) return -1;
    uint64_t square = n, root = sqrt((double)n);
    while (root * root > square) root--;
    while ((root + 1) * (root + 1) <= square) root++;
    return root;
}

int64_t fj_permutations(int64_t n, int64_t k) {
    int64_t product = 1;
    if (n < 0 || k < 0) return -1;
    if (k > n) return 0;
    for (int64_t i = 0; i < k; i++)
        if (__builtin_mul_overflow(product, n - i, &product)) return -1;
    return product;
}

int64_t fj_factorial(int64_t n) { return n > 20 ? -1 : fj_permutations(n, n); }

int64_t fj_combinations(int64_t n, int64_t k) {
    unsigned __int128 found = 1;
    if (n < 0 || k < 0) return -1;
    if (k > n) return 0;
    if (k > n - k) k = n - k;
    for (int64_t i = 0; i < k; i++) {
        found = found * (uint64_t)(n - i) / (uint64_t)(i + 1);
        if (found > INT64_MAX) return -1;
    }
    return found;
}

double fj_frexp_fraction(double x) { int exponent; return frexp(x, &exponent); }
int64_t fj_frexp_exponent(double x) { int exponent = 0; frexp(x, &exponent); return exponent; }
double fj_ldexp(double x, int64_t exponent) {
    return ldexp(x, exponent > INT_MAX ? INT_MAX : exponent < INT_MIN ? INT_MIN : (int)exponent);
}
double fj_ulp(double x) {
    double size = fabs(x), next = nextafter(size, INFINITY);
    return isinf(next) ? size - nextafter(size, 0.0) : next - size;
}

/* CPython's own function of these numbers, for algorithms that are CPython's; NaN where it raises.  No arguments for
   which it does come here, but for want of memory: an exception that is made could let the collector run. */
static double number_of(PyObject *function, PyObject **arguments, Py_ssize_t count) {
    PyObject *result = NULL;
    Py_ssize_t made = 0;
    while (made < count && arguments[made]) made++;
    if (made == count) result = PyObject_Vectorcall(function, arguments, count, NULL);
    double number = result && PyFloat_CheckExact(result) ? PyFloat_AS_DOUBLE(result) : NAN;
    Py_XDECREF(result);
    for (Py_ssize_t k = 0; k < count; k++) Py_XDECREF(arguments[k]);
    PyErr_Clear();
    return number;
}

double fj_float_of_float(PyObject *function, double x) {
    PyObject *arguments[] = {PyFloat_FromDouble(x)};
    return number_of(function, arguments, 1);
}
double fj_float_of_two(PyObject *function, double x, double y) {
    PyObject *arguments[] = {PyFloat_FromDouble(x), PyFloat_FromDouble(y)};
    return number_of(function, arguments, 2);
}
double fj_float_of_three(PyObject *function, double x, double y, double z) {
    PyObject *arguments[] = {PyFloat_FromDouble(x), PyFloat_FromDouble(y), PyFloat_FromDouble(z)};
    return number_of(function, arguments, 3);
}
double fj_float_of_float_and_int(PyObject *function, double x, int64_t n) {
    PyObject *arguments[] = {PyFloat_FromDouble(x), PyLong_FromLongLong(n)};
    return number_of(function, arguments, 2);
}

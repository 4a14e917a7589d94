/* Arithmetic on NumPy's scalars that is more than an instruction, and whether it would warn.

   Generated code looks at results first: a finite one that isn't tiny has raised no flag.  Only where that is not so
   does it ask here, which does the one operation again with clear flags and compares what it raised with np.errstate.
   What flags in a way that NumPy would report gives POISON instead of a number: generated code leaves then, and
   NumPy itself warns or raises.

   Sources: numpy/_core/src/npymath/npy_math_internal.h.src (floor_divide, remainder, divmod), scalarmath.c.src. */
#include "compat.h"
#include "machine.h"
#include <fenv.h>
#include <float.h>
#include <math.h>

enum { MODE = 7, DIVIDE = 0, OVER = 3, UNDER = 6, INVALID = 9 };
#define POISON_DOUBLE 0x7ff8f1a600000001ull
#define POISON_SINGLE 0x7fd1a601u
#define FLAGS (FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INVALID)

static PyObject *errstate;              /* NumPy's context variable */

static PyObject *errstate_variable(void) {
    if (errstate == NULL) {
        PyObject *name = PyUnicode_FromString("numpy._core._multiarray_umath"), *module = name ? PyImport_GetModule(name) : NULL;
        errstate = module ? PyObject_GetAttrString(module, "_extobj_contextvar") : NULL;
        if (errstate && !PyContextVar_CheckExact(errstate)) Py_CLEAR(errstate);
        Py_XDECREF(module); Py_XDECREF(name);
        PyErr_Clear();
    }
    return errstate;
}

/* Whether np.errstate ignores all of these flags; no where that can't be found out. */
static int8_t ignored(int flags) {
    PyObject *variable, *capsule = NULL;
    if (flags == 0) return 1;
    variable = errstate_variable();
    if (variable == NULL || PyContextVar_Get(variable, NULL, &capsule) < 0 || capsule == NULL) { PyErr_Clear(); return 0; }
    const int *mask = PyCapsule_GetPointer(capsule, "numpy.ufunc.extobj");
    int told = 0;
    if (mask == NULL) { PyErr_Clear(); Py_DECREF(capsule); return 0; }
    if (flags & FE_DIVBYZERO) told |= *mask >> DIVIDE;
    if (flags & FE_OVERFLOW) told |= *mask >> OVER;
    if (flags & FE_UNDERFLOW) told |= *mask >> UNDER;
    if (flags & FE_INVALID) told |= *mask >> INVALID;
    Py_DECREF(capsule);
    return (told & MODE) == 0;
}

#define QUIET(name, type, expression) \
    int8_t name(type first, type second) { \
        volatile type x = first, y = second, result; \
        feclearexcept(FLAGS); \
        result = expression; \
        (void)result; (void)y; \
        return ignored(fetestexcept(FLAGS)); \
    }
QUIET(fj_quiet_fadd_f64, double, x + y)
QUIET(fj_quiet_fsub_f64, double, x - y)
QUIET(fj_quiet_fmul_f64, double, x * y)
QUIET(fj_quiet_fdiv_f64, double, x / y)
QUIET(fj_quiet_fadd_f32, float, x + y)
QUIET(fj_quiet_fsub_f32, float, x - y)
QUIET(fj_quiet_fmul_f32, float, x * y)
QUIET(fj_quiet_fdiv_f32, float, x / y)

/* float64 -> float32 */
int8_t fj_quiet_single(double value) {
    volatile double x = value;
    volatile float result;
    feclearexcept(FLAGS);
    result = (float)x;
    (void)result;
    return ignored(fetestexcept(FLAGS));
}

/* The same for a Python float: only overflow is reported. */
int8_t fj_single_fits(double value) { return !isfinite(value) || isfinite((float)value); }

static double poison_double(void) { union { uint64_t bits; double value; } both = {POISON_DOUBLE}; return both.value; }
static float poison_single(void) { union { uint32_t bits; float value; } both = {POISON_SINGLE}; return both.value; }

/* name##_once computes; name looks at what has come out, and does it again under observation when it may have flagged. */
#define OBSERVED(name, type, poison, harmless) \
    type name(type x, type y) { \
        type result = name##_once(x, y); \
        if (harmless) return result; \
        volatile type first = x, second = y, again; \
        feclearexcept(FLAGS); \
        again = name##_once(first, second); \
        return ignored(fetestexcept(FLAGS)) ? again : poison(); \
    }

#define ARITHMETIC(suffix, type, f, tiny, poison) \
    static type fj_scalar_power_##suffix##_once(type x, type y) { return pow##f(x, y); } \
    static type fj_scalar_mod_##suffix##_once(type x, type y) { \
        type rest = fmod##f(x, y); \
        if (!y) return rest; \
        if (!rest) return copysign##f(0, y); \
        return isless(y, (type)0) != isless(rest, (type)0) ? rest + y : rest; \
    } \
    static type fj_scalar_floordiv_##suffix##_once(type x, type y) { \
        if (!y) return x / y; \
        type rest = fmod##f(x, y), quotient = (x - rest) / y, whole; \
        if (rest && isless(y, (type)0) != isless(rest, (type)0)) quotient -= 1; \
        if (!quotient) return copysign##f(0, x / y); \
        whole = floor##f(quotient); \
        return isgreater(quotient - whole, (type)0.5) ? whole + 1 : whole; \
    } \
    OBSERVED(fj_scalar_power_##suffix, type, poison, isfinite(result) && (fabs##f(result) > tiny || (x == 0 && y > 0))) \
    OBSERVED(fj_scalar_mod_##suffix, type, poison, y != 0 && isfinite(x) && isfinite(y)) \
    OBSERVED(fj_scalar_floordiv_##suffix, type, poison, \
             y != 0 && isfinite(x) && isfinite(y) && isfinite(result) && (result != 0 || x == 0))

ARITHMETIC(f64, double, , DBL_MIN, poison_double)
ARITHMETIC(f32, float, f, FLT_MIN, poison_single)

/* Integer power; the exponent isn't negative.  Wraps, and nobody is told. */
int64_t fj_scalar_int_power(int64_t base, int64_t exponent) {
    uint64_t product = 1, square = (uint64_t)base, left = (uint64_t)exponent;
    for (; left; left >>= 1, square *= square)
        if (left & 1) product *= square;
    return (int64_t)product;
}

/* Whether a 64-bit product is exact, and whether np.errstate lets one that isn't pass. */
int8_t fj_product_fits_signed(int64_t x, int64_t y) { int64_t product; return !__builtin_mul_overflow(x, y, &product); }
int8_t fj_product_fits_unsigned(uint64_t x, uint64_t y) { uint64_t product; return !__builtin_mul_overflow(x, y, &product); }
int8_t fj_overflow_ignored(void) { return ignored(FE_OVERFLOW); }

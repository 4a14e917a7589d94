/* Numbers of which generated code doesn't know whether they are ints or floats: exact ones of Python's, ints of 64 bits; bools count as ints.

   An operand is an object, or a type, int or float, and the bits of a number of that type.  Nothing here runs anything: where the interpreter would raise, or
   make an int that is longer, or give back an operand itself, the answer is NULL or below zero; native code leaves, and the interpreter does it.
   Sources: Objects/floatobject.c (float_richcompare), Objects/longobject.c (long_true_divide, long_mod). */
#include "mixed.h"
#include <math.h>
#include <string.h>

typedef struct { int floating; int64_t whole; double real; } Number;

enum { ADD = 0, FLOORDIV = 2, MULTIPLY = 5, REMAINDER = 6, SUBTRACT = 10, TRUEDIV = 11 };      /* tables/callouts.py: BINARY_NUMBER */
static const int64_t EXACT = (int64_t)1 << 53;      /* doubles have every int up to it */
static const int64_t DIGIT = (int64_t)1 << 30;

static int read_object(PyObject *object, Number *number) {
    int beyond = 0;
    if (PyFloat_CheckExact(object)) {
        number->floating = 1;
        number->real = PyFloat_AS_DOUBLE(object);
        return 1;
    }
    if (!PyLong_CheckExact(object) && !PyBool_Check(object)) return 0;
    number->floating = 0;
    number->whole = PyLong_AsLongLongAndOverflow(object, &beyond);
    number->real = (double)number->whole;
    return !beyond;
}

static int read_operand(PyObject *object, int64_t bits, Number *number) {
    if (object == (PyObject *)&PyFloat_Type) {
        number->floating = 1;
        memcpy(&number->real, &bits, sizeof bits);
        return 1;
    }
    if (object != (PyObject *)&PyLong_Type) return read_object(object, number);
    number->floating = 0;
    number->whole = bits;
    number->real = (double)bits;
    return 1;
}

int8_t fj_is_mixed(PyObject *object) { Number number; return (int8_t)read_object(object, &number); }
double fj_mixed_real(PyObject *object) { Number number = {0}; return read_object(object, &number) ? number.real : 0.0; }

static PyObject *whole(int fits, int64_t value) { return fits ? fj_or_nothing(PyLong_FromLongLong(value)) : NULL; }
static PyObject *real(double value) { return fj_or_nothing(PyFloat_FromDouble(value)); }
static int small(int64_t value, int64_t limit) { return -limit < value && value < limit; }

static PyObject *of_ints(int64_t operation, int64_t a, int64_t b) {
    int64_t made = 0;
    int beyond = operation == ADD ? __builtin_add_overflow(a, b, &made) : operation == SUBTRACT ? __builtin_sub_overflow(a, b, &made) : operation == MULTIPLY ? __builtin_mul_overflow(a, b, &made) : 0;
    switch (operation) {
    case ADD: case SUBTRACT: case MULTIPLY: return whole(!beyond, made);
    case TRUEDIV: return b != 0 && small(a, EXACT) && small(b, EXACT) ? real((double)a / (double)b) : NULL;
    }
    if (b == 0 || !small(a, DIGIT) || !small(b, DIGIT)) return NULL;
    int64_t quotient = a / b, rest = a % b;
    if (rest != 0 && (rest < 0) != (b < 0)) { quotient--; rest += b; }
    return operation == FLOORDIV ? whole(1, quotient) : operation == REMAINDER ? whole(1, rest) : NULL;
}

static PyObject *of_reals(int64_t operation, double a, double b) {
    switch (operation) {
    case ADD: return real(a + b);
    case SUBTRACT: return real(a - b);
    case MULTIPLY: return real(a * b);
    }
    if (b == 0.0) return NULL;
    switch (operation) {
    case TRUEDIV: return real(a / b);
    case FLOORDIV: return real(fj_float_floordiv(a, b));
    case REMAINDER: return real(fj_float_mod(a, b));
    }
    return NULL;
}

PyObject *fj_mixed_binary(int64_t operation, PyObject *left, int64_t left_bits, PyObject *right, int64_t right_bits) {
    Number a, b;
    if (!read_operand(left, left_bits, &a) || !read_operand(right, right_bits, &b)) return NULL;
    return a.floating || b.floating ? of_reals(operation, a.real, b.real) : of_ints(operation, a.whole, b.whole);
}

PyObject *fj_mixed_negative(PyObject *object) {
    Number a;
    if (!read_object(object, &a)) return NULL;
    return a.floating ? real(-a.real) : whole(a.whole != INT64_MIN, a.whole == INT64_MIN ? 0 : -a.whole);
}

/* What is asked for as an int: itself, but for a bool. */
static PyObject *as_int(PyObject *object, const Number *number) { return PyBool_Check(object) ? whole(1, number->whole) : Py_NewRef(object); }

/* abs: an int that isn't negative is its own. */
PyObject *fj_mixed_absolute(PyObject *object) {
    Number a;
    if (!read_object(object, &a)) return NULL;
    if (a.floating) return real(fabs(a.real));
    return a.whole >= 0 ? as_int(object, &a) : whole(a.whole != INT64_MIN, a.whole == INT64_MIN ? 0 : -a.whole);
}

/* int, which has 64 bits. */
PyObject *fj_mixed_int(PyObject *object) {
    Number a;
    if (!read_object(object, &a)) return NULL;
    if (!a.floating) return as_int(object, &a);
    return whole(fabs(a.real) < 0x1p63, fabs(a.real) < 0x1p63 ? (int64_t)a.real : 0);
}

#define COMPARED(a, b) (number == 0 ? (a) < (b) : number == 1 ? (a) <= (b) : number == 2 ? (a) == (b) : number == 3 ? (a) != (b) : number == 4 ? (a) > (b) : (a) >= (b))

/* `number`: tables/callouts.py: COMPARE_NUMBER. */
int64_t fj_mixed_compare(int64_t number, PyObject *left, int64_t left_bits, PyObject *right, int64_t right_bits) {
    Number a, b;
    if (!read_operand(left, left_bits, &a) || !read_operand(right, right_bits, &b)) return -1;
    if (!a.floating && !b.floating) return COMPARED(a.whole, b.whole);
    if ((!a.floating && !small(a.whole, EXACT)) || (!b.floating && !small(b.whole, EXACT))) return -1;
    return COMPARED(a.real, b.real);
}

/* min and max: the second one only if it compares so. */
PyObject *fj_mixed_extremum(int64_t number, PyObject *first, PyObject *second) {
    int64_t wins = fj_mixed_compare(number, second, 0, first, 0);
    return wins < 0 ? NULL : Py_NewRef(wins ? second : first);
}

int64_t fj_mixed_truth(PyObject *object) {
    Number a;
    if (object == Py_None) return 0;
    if (!read_object(object, &a)) return -1;
    return a.floating ? a.real != 0.0 : a.whole != 0;
}

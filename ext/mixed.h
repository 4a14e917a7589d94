/* Numbers that may be ints or floats (mixed.c), and what numbers.c knows of both. */
#ifndef FRAMEJIT_MIXED_H
#define FRAMEJIT_MIXED_H
#include "builtin_types.h"

double fj_float_floordiv(double x, double y), fj_float_mod(double x, double y);
int8_t fj_is_mixed(PyObject *object);
double fj_mixed_real(PyObject *object);
PyObject *fj_mixed_binary(int64_t operation, PyObject *left, int64_t left_bits, PyObject *right, int64_t right_bits);
PyObject *fj_mixed_negative(PyObject *object), *fj_mixed_absolute(PyObject *object), *fj_mixed_int(PyObject *object);
PyObject *fj_mixed_extremum(int64_t number, PyObject *first, PyObject *second);
int64_t fj_mixed_compare(int64_t number, PyObject *left, int64_t left_bits, PyObject *right, int64_t right_bits);
int64_t fj_mixed_truth(PyObject *object);
#endif

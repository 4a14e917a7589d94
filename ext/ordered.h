/* What list_methods.c says of the order of items. */
#ifndef FJ_ORDERED_H
#define FJ_ORDERED_H
#include <Python.h>

/* Whether a < b, of numbers, texts and tuples of these; below zero: somebody else has to be asked, or the interpreter would raise. */
int fj_before(PyObject *a, PyObject *b);
/* Whether any two items of a list or tuple can be compared so, and nobody is asked. */
int fj_ordered(PyObject *sequence);
#endif

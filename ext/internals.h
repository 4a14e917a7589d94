/* Names that NumPy's own functions in Python read (loops/internals.py). */
#ifndef FJ_INTERNALS_H
#define FJ_INTERNALS_H

#include <Python.h>
#include <stdint.h>

/* The namespace in this row, and the names with the values that they have as long as nobody has replaced them, FJ_MISSING: it has no such name;
   no names: some of them were replaced before; `whole`: it gets no others.  -1: no such row. */
int fj_keep_internal(int row, PyObject *dict, PyObject *names, int whole);

/* Whether the names of these rows, a bit for each, hold what they held. */
int fj_internals_same(uint64_t rows);

/* The function that tells what a package does about errors (foreign.c). */
void fj_foreign_asks(PyObject *function);

#endif

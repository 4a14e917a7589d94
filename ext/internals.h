/* Names that NumPy's own functions in Python read (tables/internals.py). */
#ifndef FJ_INTERNALS_H
#define FJ_INTERNALS_H

#include <Python.h>

/* The namespace in this row of the table, and the names with the values that they have as long as nobody has replaced them; no names: some of
   them were replaced before.  -1: no memory. */
int fj_keep_internal(int row, PyObject *dict, PyObject *names);

/* Whether the names of the first so many rows hold what they held. */
int fj_internals_same(int count);

#endif

/* Small arrays that are made of those that died: spare_arrays.c. */
#ifndef FRAMEJIT_SPARE_ARRAYS_H
#define FRAMEJIT_SPARE_ARRAYS_H
#include <Python.h>

__attribute__((visibility("hidden"))) int fj_spare_keep(PyObject *object);
__attribute__((visibility("hidden"))) PyObject *fj_spare_take(PyObject *descr, int rank, const int64_t *shape);
__attribute__((visibility("hidden"))) void fj_spare_like(PyObject *made);
#endif

/* NumPy's C functions, from the table in its own capsule, at indices that its ABI fixes; and the head of an array. */
#ifndef FRAMEJIT_NUMPY_TABLE_H
#define FRAMEJIT_NUMPY_TABLE_H
#include "machine.h"

enum { FJ_ARRAY_TYPE = 2, FJ_DESCR_FROM_TYPE = 45, FJ_SCALAR = 60, FJ_NEW_FROM_DESCR = 94, FJ_ZEROS = 183, FJ_EMPTY = 184, FJ_SET_BASE = 282, FJ_FUNCTIONS_OF = 365 };
enum { FJ_INT64 = 7, FJ_FLOAT32 = 11, FJ_FLOAT64 = 12, FJ_COMPLEX64 = 14, FJ_COMPLEX128 = 15, FJ_OBJECTS = 17, FJ_VOID = 20, FJ_FLOAT16 = 23 };

typedef struct {
    PyObject_HEAD
    char *data;
    int nd;
    Py_ssize_t *dims, *strides;
    PyObject *base, *descr;
    int flags;
    PyObject *weak;
} FjArray;

static inline int fj_type_number(const FjArray *array) {
    enum { TYPE_NUM = 28 };             /* where it stands in a dtype: ndarraytypes.h */
    return *(const int *)((const char *)array->descr + TYPE_NUM);
}

/* Whether generated code knows elements of this type: bools, integers, floats and complex numbers but the long ones. */
static inline int fj_is_element(int type) { return type <= FJ_FLOAT64 || type == FJ_COMPLEX64 || type == FJ_COMPLEX128; }

/* An array that shows what the head of one without a type does; of its own otherwise.  A new reference; NULL without exception. */
PyObject *fj_real_view(const FjArray *head);
FJ_INNER int fj_is_array(PyObject *object);
FJ_INNER int64_t fj_element_size(int type);      /* bytes, 0: none that generated code knows */
/* The table; NULL with an exception where the program hasn't imported NumPy. */
FJ_INNER void **fj_numpy(void);
#endif

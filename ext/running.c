/* Running sums and products of arrays that lie side by side: np.cumsum(x), x.cumsum(axis=0).

   Element after element along the axis, as NumPy's loop adds them, so that the bits are its; along another axis than the last one
   whole rows at a time.  What raises flags of floating-point arithmetic that NumPy would warn of is thrown away. */
#include "compat.h"
#include "array_calls.h"
#include "gathers.h"
#include <string.h>

enum { SHORT = 8 };         /* of rows that aren't worth a call */

#define ROWS(name, type, operation) \
    FJ_WIDE static void name(type *restrict out, const type *restrict before, const type *restrict in, int64_t n) { for (int64_t k = 0; k < n; k++) out[k] = (type)(before[k] operation in[k]); }

ROWS(sums_of_doubles, double, +)
ROWS(products_of_doubles, double, *)
ROWS(sums_of_floats, float, +)
ROWS(products_of_floats, float, *)
ROWS(sums_of_ints, uint64_t, +)
ROWS(products_of_ints, uint64_t, *)

#define RUN(type, rows, operation) do { \
    const type *from = (const type *)in; \
    type *to = (type *)out; \
    for (int64_t block = 0; block < blocks; block++, from += n * row, to += n * row) { \
        memcpy(to, from, (size_t)row * sizeof(type)); \
        if (row == 1) { type last = to[0]; for (int64_t i = 1; i < n; i++) to[i] = last = (type)(last operation from[i]); } \
        else if (row < SHORT) { \
            type last[SHORT]; \
            for (int64_t k = 0; k < row; k++) last[k] = to[k]; \
            for (int64_t i = 1; i < n; i++) for (int64_t k = 0; k < row; k++) to[i * row + k] = last[k] = (type)(last[k] operation from[i * row + k]); \
        } else for (int64_t i = 1; i < n; i++) rows(to + i * row, to + (i - 1) * row, from + i * row, row); \
    } } while (0)

static void run(int product, int type, const char *in, char *out, int64_t blocks, int64_t n, int64_t row) {
    if (type == FJ_FLOAT64) { if (product) RUN(double, products_of_doubles, *); else RUN(double, sums_of_doubles, +); }
    else if (type == FJ_FLOAT32) { if (product) RUN(float, products_of_floats, *); else RUN(float, sums_of_floats, +); }
    else if (product) RUN(uint64_t, products_of_ints, *);
    else RUN(uint64_t, sums_of_ints, +);
}

/* The axis that an object names; -1: all elements, one after the other; -2: NumPy has to look. */
static int axis_of(PyObject *object, int rank) {
    if (object == NULL || object == Py_None) return -1;
    if (!PyLong_CheckExact(object)) return -2;
    long axis = PyLong_AsLong(object);
    if (PyErr_Occurred()) PyErr_Clear();
    else if (-rank <= axis && axis < rank) return (int)(axis < 0 ? axis + rank : axis);
    return -2;
}

int fj_running(int product, const FjArray *array, PyObject *named, PyObject **made) {
    int type = fj_type_number(array), axis = axis_of(named, array->nd);
    int64_t blocks = 1, row = 1, size = fj_elements(array, 0), shape[FJ_MOST_AXES];
    if (!fj_is_whole(array) || (type != FJ_FLOAT64 && type != FJ_FLOAT32 && type != FJ_INT64) || axis == -2 || size == 0 || array->nd == 0 || array->nd > FJ_MOST_AXES) return 0;
    for (int i = 0; i < array->nd; i++) {
        shape[i] = array->dims[i];
        if (axis >= 0 && i < axis) blocks *= shape[i];
        if (axis >= 0 && i > axis) row *= shape[i];
    }
    if (axis < 0) shape[0] = size;
    *made = fj_new_array(type, axis < 0 ? 1 : array->nd, shape);
    if (*made == NULL) { PyErr_Clear(); return 0; }
    unsigned before = fj_flags_clear(1);
    run(product, type, array->data, ((FjArray *)*made)->data, blocks, size / (blocks * row), row);
    int flags = type == FJ_INT64 ? 0 : fj_flags_now();
    fj_flags_restore(before);
    if (flags && flags & ~fj_flags_ignored()) Py_CLEAR(*made);
    return *made != NULL;
}

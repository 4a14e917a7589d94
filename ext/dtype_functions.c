/* Functions that NumPy's dtypes have for contiguous elements: where the largest or the smallest one is, the product of two vectors.
   In them `argmax`, `argmin` and `dot` end, behind what they ask of their arguments. */
#include "compat.h"
#include "array_calls.h"

enum { ARGMAX = 26, DOT = 27, ARGMIN = 46 };    /* their places among a dtype's functions: ndarraytypes.h; tables/array_calls.py */

typedef int (*Finding)(void *, Py_ssize_t, Py_ssize_t *, void *);
typedef void (*Multiplying)(void *, Py_ssize_t, void *, Py_ssize_t, void *, Py_ssize_t, void *);

/* A new reference, or NULL. */
static PyObject *dtype_of(const FjArray *head) {
    if (((PyObject *)head)->ob_type) return Py_NewRef(head->descr);
    int part = (int)((PyObject *)head)->ob_refcnt;      /* fj_real_view */
    return part ? ((PyObject *(*)(int))fj_numpy()[FJ_DESCR_FROM_TYPE])(part) : Py_NewRef(((const FjArray *)head->base)->descr);
}

/* How many elements there are; -1: they don't lie one behind the other. */
static int64_t contiguous(const FjArray *array, Py_ssize_t size) {
    int64_t count = 1;
    for (int axis = array->nd - 1; axis >= 0; axis--) {
        if (array->dims[axis] != 1 && array->strides[axis] != count * size) return -1;
        count *= array->dims[axis];
    }
    return count;
}

static int place_of(Finding function, const FjArray *array, Py_ssize_t size, int64_t *bits) {
    int64_t count = contiguous(array, size);
    Py_ssize_t place = 0;
    if (count <= 0 || count >= FJ_RELEASED) return 0;
    function(array->data, count, &place, NULL);
    *bits = place;
    return 1;
}

/* A vector of one element is a number to NumPy's dot. */
static int product_of(Multiplying function, const FjArray *a, const FjArray *b, Py_ssize_t size, int64_t *bits) {
    if (a->nd != 1 || b->nd != 1 || a->dims[0] != b->dims[0] || a->dims[0] < 2 || a->dims[0] >= FJ_RELEASED) return 0;
    if (a->strides[0] != size || b->strides[0] != size) return 0;
    unsigned before = fj_flags_clear(1);
    function(a->data, size, b->data, size, bits, a->dims[0], NULL);
    int flags = fj_flags_now();
    fj_flags_restore(before);
    return !(flags && flags & ~fj_flags_ignored());
}

/* Whether the function that the call ends in was called; else nothing has happened. */
int fj_by_dtype(const FjArrayCall *call, const int64_t *words, int64_t *bits) {
    enum { ITEM_SIZE = 40 };                            /* where it stands in a dtype: ndarraytypes.h */
    const FjArray *array = (const FjArray *)words[0];
    if (call->own == 0 || call->rank || fj_numpy() == NULL) { PyErr_Clear(); return 0; }
    if (call->form != FJ_CALLED && fj_axes_named(call, array->nd, words + call->arity) == 0) return 0;
    PyObject *dtype = dtype_of(array);
    void **functions = ((void **(*)(PyObject *))fj_numpy()[FJ_FUNCTIONS_OF])(dtype);
    Py_ssize_t size = *(Py_ssize_t *)((char *)dtype + ITEM_SIZE);
    *bits = 0;
    int done = call->own == DOT ? product_of((Multiplying)functions[DOT], array, (const FjArray *)words[1], size, bits)
                                : place_of((Finding)functions[call->own], array, size, bits);
    Py_DECREF(dtype);
    return done;
}

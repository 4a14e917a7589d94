/* New arrays, and views as objects: made by NumPy's own functions. */
#include "compat.h"
#include "kept_memory.h"
#include "nests.h"
#include "spare_arrays.h"

/* Bytes of an array of elements of so many bytes, or -1: more than there are. */
static int64_t whole_size(int rank, const int64_t *shape, int64_t bytes) {
    for (int axis = 0; axis < rank; axis++) if (__builtin_mul_overflow(bytes, shape[axis], &bytes)) return -1;
    return bytes;
}

/* `turned`: in Fortran order. */
PyObject *fj_new_ordered(int type, int rank, int64_t *shape, int turned) {
    void **table = fj_numpy();
    PyObject *descr = table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type) : NULL;
    if (descr == NULL) return NULL;
    PyObject *(*make)(void *, PyObject *, int, int64_t *, int64_t *, void *, int, PyObject *) = table[FJ_NEW_FROM_DESCR];
    PyObject *made = turned ? NULL : fj_spare_take(descr, rank, shape);
    if (made) {
        Py_DECREF(descr);
        return made;
    }
    fj_memory_keep(whole_size(rank, shape, fj_element_size(type)));
    made = make(table[FJ_ARRAY_TYPE], descr, rank, shape, NULL, NULL, turned, NULL);
    if (made) fj_spare_like(made);
    return made;
}

PyObject *fj_new_array(int type, int rank, int64_t *shape) { return fj_new_ordered(type, rank, shape, 0); }

enum { LARGE = 64 << 20 };      /* bytes, of which fewer are always there */

/* Whether there is memory for an array, of elements of so many bytes, that NumPy makes and native code doesn't: where there is none, NumPy says so. */
int fj_could_be_made(int rank, const int64_t *shape, int64_t bytes) {
    bytes = whole_size(rank, shape, bytes);
    if (bytes < LARGE) return bytes >= 0;
    void *volatile room = malloc((size_t)bytes);
    free(room);
    return room != NULL;
}

/* Bytes of the largest elements that a nest reads or gives. */
int64_t fj_widest(const FjNest *nest) {
    int64_t size = nest->size;
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size > size) size = nest->operands[i].size;
    return size;
}

/* A new array of zeros, or of whatever memory holds; NULL without an exception where there is none. */
PyObject *fj_new_filled(int type, int rank, const int64_t *sides, int zeros) {
    void **table = fj_numpy();
    PyObject *descr = table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type) : NULL;
    PyObject *(*make)(int, const int64_t *, PyObject *, int) = descr ? table[zeros ? FJ_ZEROS : FJ_EMPTY] : NULL;
    PyObject *made = make ? make(rank, sides, descr, 0) : NULL;
    if (made == NULL) PyErr_Clear();
    return made;
}

/* The array as an object: views that only native code knows get one. */
PyObject *fj_real_view(const FjArray *head) {
    if (((PyObject *)head)->ob_type) return Py_NewRef((PyObject *)head);
    const FjArray *base = (const FjArray *)head->base;
    int part = (int)((PyObject *)head)->ob_refcnt;      /* what a view of complex numbers' parts shows, else 0 */
    void **table = fj_numpy();
    PyObject *(*make)(void *, PyObject *, int, Py_ssize_t *, Py_ssize_t *, void *, int, PyObject *) = table ? table[FJ_NEW_FROM_DESCR] : NULL;
    int (*set_base)(PyObject *, PyObject *) = table ? table[FJ_SET_BASE] : NULL;
    PyObject *(*descr_of)(int) = table ? table[FJ_DESCR_FROM_TYPE] : NULL;
    PyObject *descr = table == NULL ? NULL : part ? descr_of(part) : Py_NewRef(base->descr);
    PyObject *made = descr ? make(table[FJ_ARRAY_TYPE], descr, head->nd, head->dims, head->strides, head->data, base->flags, NULL) : NULL;
    if (made && set_base(made, Py_NewRef(head->base)) < 0) Py_CLEAR(made);
    if (made == NULL) PyErr_Clear();
    return made;
}

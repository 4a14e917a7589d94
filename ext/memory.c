/* Boxes when memory runs out.

   Native code can't leave in the middle of an operation for want of a box.  So a box is got once more after a reserve has
   been given back to the system, and the region leaves at its next poll: the interpreter meets the empty memory itself. */
#include "frame.h"

enum { RESERVE = 1 << 16, ATTEMPTS = 8 };
int fj_memory_is_low;
static void *reserve;

/* A pending call: the reserve is filled again, or this is asked for again. */
static int refill(void *unused) {
    if (reserve == NULL) reserve = PyMem_RawMalloc(RESERVE);
    fj_memory_is_low = reserve == NULL;
    if (fj_memory_is_low) Py_AddPendingCall(refill, NULL);
    return 0;
}

void fj_memory_start(void) {
    if (reserve == NULL) reserve = PyMem_RawMalloc(RESERVE);
}

/* Called with an exception set: whether to try the allocation again. */
static int again(int attempt) {
    if (attempt == ATTEMPTS || !PyErr_ExceptionMatches(PyExc_MemoryError)) return 0;
    PyErr_Clear();
    PyMem_RawFree(reserve);
    reserve = NULL;
    if (!fj_memory_is_low) {
        fj_memory_is_low = 1;
        Py_AddPendingCall(refill, NULL);
    }
    return 1;
}

/* Whether the system would give so much: LLVM ends the process where it gets none. */
int fj_memory_available(Py_ssize_t size) {
    void *memory = malloc((size_t)size);
    free(memory);
    return memory != NULL;
}

#define FJ_SURELY(expression) \
    PyObject *made = (expression); \
    for (int attempt = 0; made == NULL && again(attempt); attempt++) made = (expression); \
    return made

PyObject *fj_new_float(double value) { FJ_SURELY(PyFloat_FromDouble(value)); }
PyObject *fj_new_complex(double real, double imag) { FJ_SURELY(PyComplex_FromDoubles(real, imag)); }
PyObject *fj_new_complex128(double real, double imag) { FJ_SURELY(fj_complex128(real, imag)); }
PyObject *fj_new_int_object(int64_t value) { FJ_SURELY(PyLong_FromLongLong(value)); }
PyObject *fj_new_scalar(int32_t number, int64_t bits) { FJ_SURELY(fj_scalar(number, bits)); }
PyObject *fj_new_tuple(int64_t count) { FJ_SURELY(PyTuple_New(count)); }
PyObject *fj_new_list(int64_t count) { FJ_SURELY(PyList_New(count)); }
PyObject *fj_new_call(PyObject *callable, PyObject *args) { FJ_SURELY(PyObject_Call(callable, args, NULL)); }
PyObject *fj_new_iterator(PyObject *sequence) { FJ_SURELY(PyList_Check(sequence) ? PyList_Type.tp_iter(sequence) : PyObject_GetIter(sequence)); }

/* Room for one more item, as an append would make it; 0: there is no memory, and nothing has changed. */
int8_t fj_list_room(PyObject *list) {
    if (PyList_GET_SIZE(list) < ((PyListObject *)list)->allocated) return 1;
    if (PyList_Append(list, Py_None) < 0) { PyErr_Clear(); return 0; }
    Py_SET_SIZE(list, PyList_GET_SIZE(list) - 1);
    Py_DECREF(Py_None);
    return 1;
}

/* There is room, and the reference goes to the list. */
void fj_list_append(PyObject *list, PyObject *object) {
    Py_ssize_t size = PyList_GET_SIZE(list);
    PyList_SET_ITEM(list, size, object);
    Py_SET_SIZE(list, size + 1);
}

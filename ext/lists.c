/* Slices and sums of lists and tuples, and items that come in or go out anywhere, without a call-out.

   Nothing here runs code of the program's.  Where there is no memory, a collection is due that somebody hears of, or an item could end that somebody
   hears of, the answer is NULL or 0 and nothing has happened: generated code leaves. */
#include "compat.h"
#include "builtin_types.h"
#include "machine.h"
#include "collections.h"

/* sequence[start:stop:step] */
PyObject *fj_list_slice(PyObject *list, int64_t start, int64_t stop, int64_t step) {
    Py_ssize_t first = start, last = stop, count = PySlice_AdjustIndices(PyList_GET_SIZE(list), &first, &last, step);
    if (!fj_can_make_list()) return NULL;
    if (step == 1) return fj_or_nothing(PyList_GetSlice(list, first, first + count));
    PyObject *made = fj_or_nothing(PyList_New(count));
    for (Py_ssize_t i = 0; made && i < count; i++) PyList_SET_ITEM(made, i, Py_NewRef(PyList_GET_ITEM(list, first + i * step)));
    return made;
}

PyObject *fj_tuple_slice(PyObject *tuple, int64_t start, int64_t stop, int64_t step) {
    Py_ssize_t size = PyTuple_GET_SIZE(tuple), first = start, last = stop, count = PySlice_AdjustIndices(size, &first, &last, step);
    if (step == 1 && count == size) return Py_NewRef(tuple);
    if (!fj_can_make_tuple(count)) return NULL;
    PyObject *made = fj_or_nothing(PyTuple_New(count));
    for (Py_ssize_t i = 0; made && i < count; i++) PyTuple_SET_ITEM(made, i, Py_NewRef(PyTuple_GET_ITEM(tuple, first + i * step)));
    return made;
}

PyObject *fj_list_sum(PyObject *a, PyObject *b) { return fj_can_make_list() ? fj_or_nothing(PySequence_Concat(a, b)) : NULL; }

PyObject *fj_tuple_sum(PyObject *a, PyObject *b) {
    return fj_can_make_tuple(PyTuple_GET_SIZE(a) + PyTuple_GET_SIZE(b)) ? fj_or_nothing(PySequence_Concat(a, b)) : NULL;
}

/* There is room, and the reference goes to the list. */
void fj_list_insert(PyObject *list, int64_t index, PyObject *object) {
    Py_ssize_t size = PyList_GET_SIZE(list);
    PyObject **items = ((PyListObject *)list)->ob_item;
    if (index < 0) index = index + size < 0 ? 0 : index + size;
    if (index > size) index = size;
    memmove(items + index + 1, items + index, (size - index) * sizeof *items);
    items[index] = object;
    Py_SET_SIZE(list, size + 1);
}

/* Item number `index`, which there is and a home keeps, goes: this item, or NULL where nothing has happened. */
PyObject *fj_list_drop(PyObject *list, int64_t index) {
    PyObject *item = PyList_GET_ITEM(list, index);
    int failed = PyList_SetSlice(list, index, index + 1, NULL) < 0;
    if (failed) PyErr_Clear();
    return failed ? NULL : item;
}

static int is_simple(PyObject *object) { return fj_is_plain(object) || PyUnicode_CheckExact(object); }

static int of_simple_ones(PyObject *object) {
    if (!PyTuple_CheckExact(object)) return is_simple(object);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(object); i++) if (!is_simple(PyTuple_GET_ITEM(object, i))) return 0;
    return 1;
}

/* Whether nobody ever hears of the end of these items, whoever else has them now: homes may be the last, where nothing can leave any more. */
int fj_end_quietly(PyObject **items, Py_ssize_t count) {
    for (Py_ssize_t i = 0; i < count; i++) if (!of_simple_ones(items[i])) return 0;
    return 1;
}

/* list[start:stop] = value, a list or tuple */
int8_t fj_list_store_slice(PyObject *list, int64_t start, int64_t stop, PyObject *value) {
    Py_ssize_t first = start, last = stop, count = PySlice_AdjustIndices(PyList_GET_SIZE(list), &first, &last, 1);
    if (!fj_end_quietly(((PyListObject *)list)->ob_item + first, count)) return 0;
    int failed = PyList_SetSlice(list, first, first + count, value) < 0;
    if (failed) PyErr_Clear();
    return !failed;
}

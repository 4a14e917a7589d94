/* zip and enumerate objects that a frame has on its stack: what they go over, and when native code may stand for them. */
#include "compat.h"
#include "builtin_types.h"
#include "machine.h"

typedef struct { PyObject_HEAD Py_ssize_t count; PyObject *iterators, *result; int strict; } Zip;
typedef struct { PyObject_HEAD Py_ssize_t index; PyObject *iterator, *result, *beyond; } Enumerate;      /* beyond: the number where it is a large one */

enum { LEVELS = 8, LOOKED_AT = 64 };
#define FAR (INT64_C(1) << 62)          /* nobody counts from here to what doesn't fit */

/* Whether nobody can tell how long it lives. */
static int unnoticed(PyObject *item, int levels) {
    int list = PyList_CheckExact(item);
    if (!list && !PyTuple_CheckExact(item)) return !PyObject_IS_GC(item) && !PyType_HasFeature(Py_TYPE(item), Py_TPFLAGS_HEAPTYPE);
    PyObject **items = list ? ((PyListObject *)item)->ob_item : ((PyTupleObject *)item)->ob_item;
    Py_ssize_t count = Py_SIZE(item);
    for (Py_ssize_t i = 0; i < count && i < LOOKED_AT; i++) if (levels == 0 || (items[i] && !unnoticed(items[i], levels - 1))) return 0;
    return 1;
}

/* Whether zip and enumerate may let go of such an item sooner, or keep it for longer. */
int8_t fj_goes_unnoticed(PyObject *item) { return unnoticed(item, LEVELS); }

/* The last items stay in the object's tuple for as long as native code stands for it. */
int8_t fj_zip_fits(PyObject *object, int64_t count) {
    const Zip *zip = (const Zip *)object;
    return zip->count == count && !zip->strict && zip->result && unnoticed(zip->result, LEVELS);
}

int8_t fj_enumerate_fits(PyObject *object) {
    const Enumerate *pairs = (const Enumerate *)object;
    return pairs->beyond == NULL && pairs->index < FAR && pairs->iterator && pairs->result && unnoticed(pairs->result, LEVELS);
}

PyObject *fj_zip_part(PyObject *object, int64_t place) { return PyTuple_GET_ITEM(((const Zip *)object)->iterators, place); }
PyObject *fj_enumerate_part(PyObject *object) { return ((const Enumerate *)object)->iterator; }
int64_t fj_enumerate_index(PyObject *object) { return ((const Enumerate *)object)->index; }

/* One that dies lets go of its iterators and of its tuple; 0: it is none. */
int fj_pairs_quiet(PyObject *object, int depth) {
    if (Py_IS_TYPE(object, &PyZip_Type)) return fj_items_quiet(&((const Zip *)object)->iterators, 2, depth);
    return Py_IS_TYPE(object, &PyEnum_Type) && fj_items_quiet(&((const Enumerate *)object)->iterator, 3, depth);
}

/* Whether they are laid out so. */
int fj_pairs_ok(void) {
    PyObject *list = Py_BuildValue("[ii]", 3, 5), *zip = list ? PyObject_CallFunctionObjArgs((PyObject *)&PyZip_Type, list, list, NULL) : NULL;
    PyObject *pairs = zip ? PyObject_CallFunctionObjArgs((PyObject *)&PyEnum_Type, list, NULL) : NULL, *one = pairs ? PyIter_Next(pairs) : NULL;
    int good = one && PyTuple_CheckExact(((Zip *)zip)->iterators) && PyTuple_GET_SIZE(((Zip *)zip)->iterators) == 2 && PyTuple_CheckExact(((Zip *)zip)->result)
        && ((Zip *)zip)->count == 2 && ((Zip *)zip)->strict == 0 && Py_IS_TYPE(((Enumerate *)pairs)->iterator, &PyListIter_Type) && ((Enumerate *)pairs)->index == 1
        && PyTuple_CheckExact(((Enumerate *)pairs)->result) && ((Enumerate *)pairs)->beyond == NULL;
    Py_XDECREF(one); Py_XDECREF(pairs); Py_XDECREF(zip); Py_XDECREF(list);
    return good;
}

/* Iterators of C's that native code makes: of what they go over nothing of the program's is asked. */
#include "compat.h"
#include "builtin_types.h"
#include "stepped.h"

/* Whether iter() of it gives one of the iterators that are known, and runs nothing. */
int8_t fj_iterable(PyObject *object) {
    return PyList_CheckExact(object) || PyTuple_CheckExact(object) || PyUnicode_CheckExact(object) || PyBytes_CheckExact(object) || PyByteArray_CheckExact(object)
        || PyDict_CheckExact(object) || PyAnySet_CheckExact(object) || PyRange_Check(object) || Py_IS_TYPE(object, &PyDictKeys_Type)
        || Py_IS_TYPE(object, &PyDictValues_Type) || Py_IS_TYPE(object, &PyDictItems_Type) || fj_iterator_kind(object) != FJ_IT_NONE;
}

/* What the class gives for these, whose references are taken; NULL: the interpreter has to say why. */
PyObject *fj_make_iterator(PyObject *kind, PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e) {
    PyObject *arguments[] = {a, b, c, d, e, NULL};
    int count = 0;
    while (arguments[count]) count++;
    PyObject *made = fj_or_nothing(PyObject_Vectorcall(kind, arguments, count, NULL));
    while (count) Py_DECREF(arguments[--count]);
    return made;
}

/* chain.from_iterable() of one. */
PyObject *fj_make_flattened(PyObject *chain, PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e) {
    PyObject *maker = fj_or_nothing(PyObject_GetAttrString(chain, "from_iterable"));
    PyObject *made = maker ? fj_make_iterator(maker, Py_NewRef(a), b, c, d, e) : NULL;
    Py_XDECREF(maker);
    Py_DECREF(a);
    return made;
}

PyObject *fj_new_range(int64_t start, int64_t stop, int64_t step) {
    PyObject *arguments[] = {PyLong_FromLongLong(start), PyLong_FromLongLong(stop), PyLong_FromLongLong(step)}, *made = NULL;
    if (arguments[0] && arguments[1] && arguments[2]) made = PyObject_Vectorcall((PyObject *)&PyRange_Type, arguments, 3, NULL);
    for (int i = 0; i < 3; i++) Py_XDECREF(arguments[i]);
    return fj_or_nothing(made);
}

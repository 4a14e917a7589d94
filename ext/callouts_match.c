/* Call-outs, fourth part: what `match` asks.  Where the interpreter's own error has a text of its own, or somebody else says what an instance is, nothing
   is done: it runs the instruction. */
#include "callouts.h"

static int says(FjCallout *c, unsigned long flag) { return fj_give(c, Py_NewRef(PyType_HasFeature(Py_TYPE(c->top[-1]), flag) ? Py_True : Py_False)); }

int fj_row_match_sequence(FjCallout *c) { return says(c, Py_TPFLAGS_SEQUENCE); }
int fj_row_match_mapping(FjCallout *c) { return says(c, Py_TPFLAGS_MAPPING); }

int fj_row_get_len(FjCallout *c) {
    Py_ssize_t size = PyObject_Length(c->top[-1]);
    PyObject *number = size < 0 ? NULL : PyLong_FromSsize_t(size);
    return number ? fj_give(c, number) : FJ_ERROR;
}

/* Strings, small ints and None that are all different: the interpreter's complaint of keys twice is not called for, and their hashes run nobody's code. */
static int plain_keys(PyObject *keys) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(keys); i++) {
        PyObject *key = PyTuple_GET_ITEM(keys, i);
        if (!PyUnicode_CheckExact(key) && !PyLong_CheckExact(key) && key != Py_None) return 0;
        for (Py_ssize_t k = 0; k < i; k++) {
            int same = PyObject_RichCompareBool(key, PyTuple_GET_ITEM(keys, k), Py_EQ);
            if (same) { PyErr_Clear(); return 0; }
        }
    }
    return 1;
}

/* The values of a dictionary; NULL without an error: a key isn't there. */
static PyObject *values_of_dict(PyObject *dict, PyObject *keys) {
    PyObject *values = PyTuple_New(PyTuple_GET_SIZE(keys));
    for (Py_ssize_t i = 0; values && i < PyTuple_GET_SIZE(keys); i++) {
        PyObject *value = PyDict_GetItemWithError(dict, PyTuple_GET_ITEM(keys, i));
        if (value) PyTuple_SET_ITEM(values, i, Py_NewRef(value));
        else Py_CLEAR(values);
    }
    return values;
}

/* The same of another mapping, which is asked by its `get`. */
static PyObject *values_of_mapping(PyObject *mapping, PyObject *keys) {
    PyObject *get = PyObject_GetAttrString(mapping, "get");
    PyObject *nothing = get ? PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type) : NULL;
    PyObject *values = nothing ? PyTuple_New(PyTuple_GET_SIZE(keys)) : NULL;
    for (Py_ssize_t i = 0; values && i < PyTuple_GET_SIZE(keys); i++) {
        PyObject *value = PyObject_CallFunctionObjArgs(get, PyTuple_GET_ITEM(keys, i), nothing, NULL);
        if (value && value != nothing) { PyTuple_SET_ITEM(values, i, value); continue; }
        Py_XDECREF(value);
        Py_CLEAR(values);
    }
    Py_XDECREF(get);
    Py_XDECREF(nothing);
    return values;
}

static int give_or_none(FjCallout *c, PyObject *found) {
    if (found == NULL && PyErr_Occurred()) return FJ_ERROR;
    return fj_give(c, found ? found : Py_NewRef(Py_None));
}

int fj_row_match_keys(FjCallout *c) {
    PyObject *mapping = c->top[-2], *keys = c->top[-1];
    if (!plain_keys(keys)) return FJ_UNDONE;
    if (PyTuple_GET_SIZE(keys) == 0) return fj_give(c, PyTuple_New(0));
    return give_or_none(c, (PyDict_CheckExact(mapping) ? values_of_dict : values_of_mapping)(mapping, keys));
}

static PyObject *name_of(const char *text, PyObject **kept) {
    if (*kept == NULL) *kept = PyUnicode_InternFromString(text);
    return *kept;
}

/* Whether the class's `__match_args__` is what stands in it and in its bases: its own class has no say in it. */
static int plainly_named(PyObject *type) {
    static PyObject *kept;
    PyTypeObject *meta = Py_TYPE(type);
    PyObject *name = name_of("__match_args__", &kept);
    return name && meta->tp_getattro == PyType_Type.tp_getattro && _PyType_Lookup(meta, name) == NULL;
}

/* The names of the attributes, borrowed: those that the class has for positions, then those of the pattern; NULL: there is something to complain about. */
static int names_for(PyObject *type, Py_ssize_t positions, PyObject *more, int itself, PyObject **names) {
    static PyObject *kept;
    PyObject *name = name_of("__match_args__", &kept);
    PyObject *own = name && positions && !itself ? _PyType_Lookup((PyTypeObject *)type, name) : NULL;
    Py_ssize_t count = 0;
    if (positions && !itself) {
        if (own == NULL || !PyTuple_CheckExact(own) || PyTuple_GET_SIZE(own) < positions) return 0;
        for (; count < positions; count++) names[count] = PyTuple_GET_ITEM(own, count);
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(more); i++) names[count++] = PyTuple_GET_ITEM(more, i);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyUnicode_CheckExact(names[i])) return 0;
        for (Py_ssize_t k = 0; k < i; k++) if (PyUnicode_Compare(names[i], names[k]) == 0) return 0;
    }
    return 1;
}

/* Whether the class's instances are their own only attribute: int, str and the like, without names of their own. */
static int stands_for_itself(PyObject *type) {
    static PyObject *kept;
    PyObject *name = name_of("__match_args__", &kept);
    return name && PyType_HasFeature((PyTypeObject *)type, _Py_TPFLAGS_MATCH_SELF) && _PyType_Lookup((PyTypeObject *)type, name) == NULL;
}

/* NULL without an error: one of them isn't there. */
static PyObject *attributes_of(PyObject *subject, PyObject **names, Py_ssize_t count, int itself) {
    PyObject *found = PyTuple_New(itself + count);
    if (found && itself) PyTuple_SET_ITEM(found, 0, Py_NewRef(subject));
    for (Py_ssize_t i = 0; found && i < count; i++) {
        PyObject *value = PyObject_GetAttr(subject, names[i]);
        if (value) { PyTuple_SET_ITEM(found, itself + i, value); continue; }
        Py_CLEAR(found);
        if (PyErr_ExceptionMatches(PyExc_AttributeError)) PyErr_Clear();
    }
    return found;
}

int fj_row_match_class(FjCallout *c) {
    PyObject *subject = c->top[-3], *type = c->top[-2], *more = c->top[-1], *names[256];
    if (PyTuple_GET_SIZE(more) + c->arg > 256) return FJ_UNDONE;
    if (c->arg && PyType_Check(type) && !plainly_named(type)) return FJ_UNDONE;
    int matches = (int)fj_is_subtype((PyObject *)Py_TYPE(subject), type), itself = matches > 0 && c->arg && stands_for_itself(type);
    if (matches < 0 || (matches && ((itself && c->arg > 1) || !names_for(type, c->arg, more, itself, names)))) return FJ_UNDONE;
    Py_ssize_t count = matches ? (itself ? 0 : c->arg) + PyTuple_GET_SIZE(more) : 0;
    for (Py_ssize_t i = 0; i < count; i++) Py_INCREF(names[i]);
    PyObject *found = matches ? attributes_of(subject, names, count, itself) : NULL;
    for (Py_ssize_t i = 0; i < count; i++) Py_DECREF(names[i]);
    if (found == NULL && PyErr_Occurred()) return FJ_ERROR;
    return fj_replace(c, 3, found ? found : Py_NewRef(Py_None));
}

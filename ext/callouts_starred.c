/* Call-outs, third part: what has a star, `with`, and imports.  Where the interpreter's own error has a text of its own, or where keys that aren't
   strings would be compared, nothing is done: it runs the instruction. */
#include "callouts.h"

static int has_text_keys(PyObject *dict) { return DK_IS_UNICODE(((PyDictObject *)dict)->ma_keys); }

int fj_row_set_update(FjCallout *c) { return fj_drop(c, 1, _PySet_Update(c->top[-1 - c->arg], c->top[-1])); }

int fj_row_dict_update(FjCallout *c) {
    PyObject *dict = c->top[-1 - c->arg], *more = c->top[-1];
    if (!PyDict_CheckExact(more) || !has_text_keys(more) || !has_text_keys(dict)) return FJ_UNDONE;
    return fj_drop(c, 1, PyDict_Update(dict, more));
}

int fj_row_dict_merge(FjCallout *c) {
    PyObject *dict = c->top[-1 - c->arg], *more = c->top[-1], *key, *value;
    if (!PyDict_CheckExact(more) || !has_text_keys(more) || !has_text_keys(dict)) return FJ_UNDONE;
    for (Py_ssize_t at = 0; PyDict_GET_SIZE(dict) && PyDict_Next(more, &at, &key, &value);) if (PyDict_Contains(dict, key)) return FJ_UNDONE;
    return fj_drop(c, 1, _PyDict_MergeEx(dict, more, 2));
}

int fj_row_list_to_tuple(FjCallout *c) { return fj_replace(c, 1, PyList_AsTuple(c->top[-1])); }

/* Tuples and lists that are long enough; the rest is a list with the room that the interpreter's has. */
int fj_row_unpack_ex(FjCallout *c) {
    int before = c->arg & 0xff, behind = c->arg >> 8;
    PyObject *sequence = c->top[-1];
    if ((!PyTuple_CheckExact(sequence) && !PyList_CheckExact(sequence)) || PySequence_Fast_GET_SIZE(sequence) < before + behind) return FJ_UNDONE;
    PyObject *iterator = PyObject_GetIter(sequence), *first[256];
    if (iterator == NULL) return FJ_ERROR;
    int count = 0;
    while (count < before && (first[count] = PyIter_Next(iterator)) != NULL) count++;
    PyObject *rest = count == before ? PySequence_List(iterator) : NULL;
    Py_DECREF(iterator);
    if (rest == NULL || PyList_GET_SIZE(rest) < behind) {       /* or a finalizer has made it shorter */
        int answer = PyErr_Occurred() ? FJ_ERROR : FJ_UNDONE;
        Py_XDECREF(rest);
        while (count) Py_DECREF(first[--count]);
        return answer;
    }
    fj_take(c);
    for (int i = 0; i < behind; i++) fj_give(c, PyList_GET_ITEM(rest, PyList_GET_SIZE(rest) - 1 - i));
    Py_SET_SIZE(rest, PyList_GET_SIZE(rest) - behind);
    fj_give(c, rest);
    for (int i = before - 1; i >= 0; i--) fj_give(c, first[i]);
    Py_DECREF(sequence);
    return FJ_DONE;
}

PyTypeObject *fj_manager_type;

static PyObject *bound(PyObject *found, PyObject *owner) {
    descrgetfunc get = Py_TYPE(found)->tp_descr_get;
    return get ? get(found, owner, (PyObject *)Py_TYPE(owner)) : Py_NewRef(found);
}

/* A manager of ours looks at the frame that enters it, so the interpreter does. */
int fj_row_before_with(FjCallout *c) {
    PyObject *manager = c->top[-1];
    static PyObject *names[2];
    if (names[0] == NULL) names[0] = PyUnicode_InternFromString("__enter__");
    if (names[1] == NULL) names[1] = PyUnicode_InternFromString("__exit__");
    if (names[0] == NULL || names[1] == NULL) return FJ_ERROR;
    PyObject *enters = _PyType_Lookup(Py_TYPE(manager), names[0]), *exits = _PyType_Lookup(Py_TYPE(manager), names[1]);
    if (PyObject_TypeCheck(manager, fj_manager_type) || enters == NULL || exits == NULL) return FJ_UNDONE;
    Py_INCREF(enters);
    Py_INCREF(exits);
    PyObject *enter = bound(enters, manager), *exit = enter ? bound(exits, manager) : NULL;
    Py_DECREF(enters);
    Py_DECREF(exits);
    if (exit == NULL) { Py_XDECREF(enter); return FJ_ERROR; }
    fj_take(c);
    fj_give(c, exit);
    Py_DECREF(manager);
    PyObject *entered = PyObject_CallNoArgs(enter);
    Py_DECREF(enter);
    return entered ? fj_give(c, entered) : FJ_ERROR;
}

int fj_row_import_name(FjCallout *c) {
    _PyInterpreterFrame *frame = c->run->context.frame;
    PyObject *import = PyDict_CheckExact(frame->f_builtins) ? PyDict_GetItemString(frame->f_builtins, "__import__") : NULL;
    if (import == NULL) return FJ_UNDONE;
    Py_INCREF(import);
    PyObject *locals = frame->f_locals ? frame->f_locals : Py_None;
    PyObject *found = PyObject_CallFunctionObjArgs(import, fj_const(c, c->arg), frame->f_globals, locals, c->top[-1], c->top[-2], NULL);
    Py_DECREF(import);
    return fj_replace(c, 2, found);
}

int fj_row_import_from(FjCallout *c) {
    PyObject *module = c->top[-1], *name = fj_const(c, c->arg);
    if (!PyModule_CheckExact(module) || _PyType_Lookup(&PyModule_Type, name)) return FJ_UNDONE;
    PyObject *value = PyDict_GetItemWithError(PyModule_GetDict(module), name);
    if (value == NULL) { PyErr_Clear(); return FJ_UNDONE; }
    return fj_give(c, Py_NewRef(value));
}

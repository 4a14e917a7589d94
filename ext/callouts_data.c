/* Call-outs, second part: containers, strings, names, and the stack itself. */
#include "callouts.h"

int fj_row_build_tuple(FjCallout *c) {
    int count = c->arg;
    PyObject *tuple = PyTuple_New(count);
    if (tuple == NULL) return FJ_ERROR;
    for (int i = count - 1; i >= 0; i--) PyTuple_SET_ITEM(tuple, i, fj_take(c));
    return fj_give(c, tuple);
}

int fj_row_build_list(FjCallout *c) {
    int count = c->arg;
    PyObject *list = PyList_New(count);
    if (list == NULL) return FJ_ERROR;
    for (int i = count - 1; i >= 0; i--) PyList_SET_ITEM(list, i, fj_take(c));
    return fj_give(c, list);
}

int fj_row_build_map(FjCallout *c) {
    PyObject *map = PyDict_New(), **items = c->top - 2 * c->arg;
    for (int i = 0; map && i < c->arg; i++)
        if (PyDict_SetItem(map, items[2 * i], items[2 * i + 1]) < 0) Py_CLEAR(map);
    return fj_replace_downwards(c, 2 * c->arg, map);
}

int fj_row_build_const_key_map(FjCallout *c) {
    PyObject *keys = c->top[-1], *map = PyDict_New(), **items = c->top - 1 - c->arg;
    for (int i = 0; map && i < c->arg; i++)
        if (PyDict_SetItem(map, PyTuple_GET_ITEM(keys, i), items[i]) < 0) Py_CLEAR(map);
    return fj_replace_downwards(c, c->arg + 1, map);
}

int fj_row_build_set(FjCallout *c) {
    PyObject *set = PySet_New(NULL), **items = c->top - c->arg;
    for (int i = 0; set && i < c->arg; i++) if (PySet_Add(set, items[i]) < 0) Py_CLEAR(set);
    return fj_replace(c, c->arg, set);
}

int fj_row_build_string(FjCallout *c) {
    PyObject *empty = PyUnicode_New(0, 0), *text = NULL;
    if (empty) text = _PyUnicode_JoinArray(empty, c->top - c->arg, c->arg);
    Py_XDECREF(empty);
    return fj_replace(c, c->arg, text);
}

int fj_row_build_slice(FjCallout *c) {
    PyObject **items = c->top - c->arg;
    return fj_replace(c, c->arg, PySlice_New(items[0], items[1], c->arg == 3 ? items[2] : NULL));
}

static const unaryfunc conversions[] = {NULL, PyObject_Str, PyObject_Repr, PyObject_ASCII};

int fj_row_convert(FjCallout *c) { return fj_replace(c, 1, conversions[c->arg](c->top[-1])); }

int fj_row_format(FjCallout *c) {
    PyObject **value = c->top - 1 - (c->arg & 1);
    if (c->arg >> 1) {
        PyObject *text = conversions[c->arg >> 1](*value);
        if (text == NULL) return FJ_ERROR;
        Py_SETREF(*value, text);
    }
    if (c->arg & 1) return fj_replace(c, 2, PyObject_Format(c->top[-2], c->top[-1]));
    if (PyUnicode_CheckExact(c->top[-1])) return fj_replace(c, 1, Py_NewRef(c->top[-1]));
    return fj_replace(c, 1, PyObject_Format(c->top[-1], NULL));
}

static int spread(FjCallout *c, PyObject **items, int count) {
    for (int i = 0; i < count; i++) Py_INCREF(items[i]);
    PyObject *copy[count + 1];
    memcpy(copy, items, count * sizeof *items);
    PyObject *sequence = fj_take(c);
    for (int i = count - 1; i >= 0; i--) fj_give(c, copy[i]);
    Py_DECREF(sequence);
    return FJ_DONE;
}

/* Tuples and lists of the right length; whatever else there is to unpack, or to complain about, is the interpreter's. */
int fj_row_unpack(FjCallout *c) {
    PyObject *sequence = c->top[-1];
    if (PyTuple_CheckExact(sequence) && PyTuple_GET_SIZE(sequence) == c->arg)
        return spread(c, ((PyTupleObject *)sequence)->ob_item, c->arg);
    if (PyList_CheckExact(sequence) && PyList_GET_SIZE(sequence) == c->arg)
        return spread(c, ((PyListObject *)sequence)->ob_item, c->arg);
    return FJ_UNDONE;
}

int fj_row_list_append(FjCallout *c) { return fj_drop(c, 1, PyList_Append(c->top[-1 - c->arg], c->top[-1])); }

int fj_row_list_extend(FjCallout *c) {
    PyObject *items = c->top[-1];
    if (Py_TYPE(items)->tp_iter == NULL && !PySequence_Check(items)) return FJ_UNDONE;
    PyObject *none = _PyList_Extend((PyListObject *)c->top[-1 - c->arg], items);
    Py_XDECREF(none);
    return fj_drop(c, 1, none ? 0 : -1);
}

int fj_row_set_add(FjCallout *c) { return fj_drop(c, 1, PySet_Add(c->top[-1 - c->arg], c->top[-1])); }
int fj_row_map_add(FjCallout *c) { return fj_drop(c, 2, PyDict_SetItem(c->top[-2 - c->arg], c->top[-2], c->top[-1])); }

static PyObject *find_global(_PyInterpreterFrame *frame, PyObject *name) {
    PyObject *value = NULL;
    if (!PyDict_CheckExact(frame->f_globals) || !PyDict_CheckExact(frame->f_builtins)) return NULL;
    value = PyDict_GetItemWithError(frame->f_globals, name);
    if (value == NULL && !PyErr_Occurred()) value = PyDict_GetItemWithError(frame->f_builtins, name);
    if (value == NULL) PyErr_Clear();
    return Py_XNewRef(value);
}

int fj_row_load_global(FjCallout *c) {
    PyObject *value = find_global(c->run->context.frame, fj_const(c, c->arg));
    return value ? fj_give(c, value) : FJ_UNDONE;
}

int fj_row_load_name(FjCallout *c) {
    _PyInterpreterFrame *frame = c->run->context.frame;
    PyObject *name = fj_const(c, c->arg), *value;
    if (frame->f_locals == NULL || !PyDict_CheckExact(frame->f_locals)) return FJ_UNDONE;
    value = Py_XNewRef(PyDict_GetItemWithError(frame->f_locals, name));
    if (value == NULL && !PyErr_Occurred()) value = find_global(frame, name);
    PyErr_Clear();
    return value ? fj_give(c, value) : FJ_UNDONE;
}

int fj_row_store_global(FjCallout *c) {
    return fj_drop(c, 1, PyDict_SetItem(c->run->context.frame->f_globals, fj_const(c, c->arg), c->top[-1]));
}

int fj_row_store_name(FjCallout *c) {
    PyObject *locals = c->run->context.frame->f_locals, *name = fj_const(c, c->arg);
    if (locals == NULL) return FJ_UNDONE;
    if (PyDict_CheckExact(locals)) return fj_drop(c, 1, PyDict_SetItem(locals, name, c->top[-1]));
    return fj_drop(c, 1, PyObject_SetItem(locals, name, c->top[-1]));
}

static int delete_from(FjCallout *c, PyObject *dict) {
    PyObject *name = fj_const(c, c->arg);
    if (dict == NULL || !PyDict_CheckExact(dict) || PyDict_Contains(dict, name) != 1) { PyErr_Clear(); return FJ_UNDONE; }
    return PyDict_DelItem(dict, name) < 0 ? FJ_ERROR : FJ_DONE;
}

int fj_row_delete_global(FjCallout *c) { return delete_from(c, c->run->context.frame->f_globals); }
int fj_row_delete_name(FjCallout *c) { return delete_from(c, c->run->context.frame->f_locals); }

int fj_row_pop(FjCallout *c) { Py_XDECREF(fj_take(c)); return FJ_DONE; }

int fj_row_store_local(FjCallout *c) {
    PyObject **slot = &c->run->context.frame->localsplus[c->arg], *old = *slot;
    *slot = fj_take(c);
    c->changed = c->arg;
    Py_XDECREF(old);
    return FJ_DONE;
}

int fj_row_delete_local(FjCallout *c) {
    PyObject **slot = &c->run->context.frame->localsplus[c->arg], *old = *slot;
    if (old == NULL) return FJ_UNDONE;
    *slot = NULL;
    c->changed = c->arg;
    Py_DECREF(old);
    return FJ_DONE;
}

int fj_row_load_local(FjCallout *c) {
    PyObject *value = c->run->context.frame->localsplus[c->arg];
    return value ? fj_give(c, Py_NewRef(value)) : FJ_UNDONE;
}

int fj_row_load_const(FjCallout *c) { return fj_give(c, Py_NewRef(fj_const(c, c->arg))); }
int fj_row_push_null(FjCallout *c) { return fj_give(c, NULL); }
int fj_row_copy(FjCallout *c) { return fj_give(c, Py_XNewRef(c->top[-c->arg])); }

int fj_row_swap(FjCallout *c) {
    PyObject *top = c->top[-1];
    c->top[-1] = c->top[-c->arg];
    c->top[-c->arg] = top;
    if (c->top - c->arg < c->lowest) c->lowest = c->top - c->arg;
    return FJ_DONE;
}

int fj_row_ask(FjCallout *c) { (void)c; return FJ_DONE; }

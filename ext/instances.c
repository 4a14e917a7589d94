/* Instances of the program's classes: made, filled, and how they end. */
#include "compat.h"
#include "machine.h"
#include "collections.h"
#include "callouts.h"
#include <structmember.h>

enum { TRANSIENT = 4 };            /* tuples that there are while a named tuple is made */

/* Whether objects of this type are made by object.__new__ alone, and initialised by a Python function: that, or NULL. */
PyObject *fj_initialiser(PyTypeObject *type) {
    if (!Py_IS_TYPE(type, &PyType_Type) || type->tp_new != PyBaseObject_Type.tp_new || type->tp_alloc != PyType_GenericAlloc) return NULL;
    if (type->tp_flags & Py_TPFLAGS_IS_ABSTRACT || type->tp_itemsize || !(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) return NULL;
    PyObject *found = _PyType_Lookup(type, &_Py_ID(__init__));
    return found && PyFunction_Check(found) ? found : NULL;
}

/* A new instance without attributes; NULL: there is no memory, or there can't be one. */
PyObject *fj_new_instance(PyObject *type) {
    static PyObject *nothing;
    if (nothing == NULL) nothing = PyTuple_New(0);
    PyObject *made = nothing ? PyBaseObject_Type.tp_new((PyTypeObject *)type, nothing, NULL) : NULL;
    if (made == NULL) PyErr_Clear();
    return made;
}

/* Whether a named tuple can be made as the interpreter does, through a call that takes so many levels, without a collection. */
int8_t fj_room_for_named(int64_t levels) {
    return FJ_PY_REMAINING(PyThreadState_Get()) > levels && fj_there_is_room(&PyInterpreterState_Get()->gc, TRANSIENT + 1);
}

/* A new instance of a class that inherits from tuple, with the items of the tuple, whose reference is taken; NULL: there is no memory. */
PyObject *fj_new_named(PyObject *kind, PyObject *items) {
    PyObject *arguments = PyTuple_Pack(1, items), *made = arguments ? PyTuple_Type.tp_new((PyTypeObject *)kind, arguments, NULL) : NULL;
    Py_XDECREF(arguments);
    Py_DECREF(items);
    if (made == NULL) PyErr_Clear();
    return made;
}

/* What slice(*arguments) gives; their tuple's reference is taken.  NULL: there is no memory. */
PyObject *fj_new_slice(PyObject *arguments) {
    PyObject *made = PySlice_Type.tp_new(&PySlice_Type, arguments, NULL);
    Py_DECREF(arguments);
    if (made == NULL) PyErr_Clear();
    return made;
}

/* An attribute of an instance that may have none yet: the reference goes to it, and what was there dies quietly (asked before). */
void fj_value_set(PyObject **values, int64_t number, PyObject *object) {
    PyObject *old = values[number];
    values[number] = object;
    if (old == NULL) _PyDictValues_AddToInsertionOrder(FJ_DICT_VALUES(values), number);
    else Py_DECREF(old);
}

/* The same of an attribute that is a slot. */
void fj_slot_set(PyObject **slots, int64_t number, PyObject *object) { Py_XSETREF(slots[number], object); }

/* ---- how they end */

static int slots_quiet(PyTypeObject *type, PyObject *object, int depth) {
    for (; type->tp_flags & Py_TPFLAGS_HEAPTYPE; type = type->tp_base) {
        PyMemberDef *member = (PyMemberDef *)((char *)type + Py_TYPE(type)->tp_basicsize);
        for (Py_ssize_t i = 0; i < Py_SIZE(type); i++, member++)
            if (member->type == T_OBJECT_EX && !fj_items_quiet((PyObject **)((char *)object + member->offset), 1, depth)) return 0;
    }
    if (type == &PyList_Type) return fj_items_quiet(((PyListObject *)object)->ob_item, Py_SIZE(object), depth);
    if (type == &PyTuple_Type) return fj_items_quiet(((PyTupleObject *)object)->ob_item, Py_SIZE(object), depth);
    return type == &PyBaseObject_Type;
}

/* Whether objects of this type are instances of a class of the program's, which end as such. */
int fj_is_instance(PyTypeObject *type) { return type->tp_flags & Py_TPFLAGS_HEAPTYPE && type->tp_dealloc == Py_TYPE(fj_missing)->tp_dealloc; }

/* Whether an instance ends without a trace: no finalizer, no weak reference, no dictionary, and attributes that end so or live on. */
int fj_instance_quiet(PyObject *object, int depth) {
    PyTypeObject *type = Py_TYPE(object);
    if (!fj_is_instance(type) || type->tp_finalize || type->tp_del) return 0;
    if (type->tp_weaklistoffset && *(PyObject **)((char *)object + type->tp_weaklistoffset)) return 0;
    if (type->tp_dictoffset && !(PyList_Check(object) && fj_lacks_dictionary(object))) {
        PyObject **values = fj_has_values(type) ? fj_instance_values(object, type->tp_basicsize) : NULL;
        PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
        if (values == NULL || keys == NULL || !fj_items_quiet(values, keys->dk_nentries, depth)) return 0;
    }
    return slots_quiet(type, object, depth);
}

/* The call-out row of an instance that native code has made: the class, it, and n arguments -> it, initialised. */
int fj_row_init(FjCallout *c) {
    int count = c->arg & 0xffff, names = (c->arg >> 16) - 1;
    PyObject *keywords = names >= 0 ? fj_const(c, names) : NULL, **base = c->top - count - 2, *made = base[1];
    Py_ssize_t named = keywords ? PyTuple_GET_SIZE(keywords) : 0, given = count - named;
    PyObject *args = PyTuple_New(given), *rest = named ? PyDict_New() : NULL;
    int failed = args == NULL || (named && rest == NULL);
    for (Py_ssize_t i = 0; !failed && i < given; i++) PyTuple_SET_ITEM(args, i, Py_NewRef(base[2 + i]));
    for (Py_ssize_t i = 0; !failed && i < named; i++) failed = PyDict_SetItem(rest, PyTuple_GET_ITEM(keywords, i), base[2 + given + i]);
    failed = failed || Py_TYPE(made)->tp_init(made, args, rest) < 0;
    Py_XDECREF(args);
    Py_XDECREF(rest);
    return failed ? FJ_ERROR : fj_replace(c, count + 2, Py_NewRef(made));
}

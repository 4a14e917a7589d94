/* Functions that have the replaced vectorcall of 3.12 and 3.13 instead of their own (entry.c).

   slot->versions: function address -> (version, code address, defaults address), to give back on 3.13; they go with the code, for
   functions that die aren't heard of. */
#include "entry.h"

#if !FJ_PROLOGUE
int fj_prepare(PyObject *object, FjSlot *slot) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (function->vectorcall == fj_entry_vectorcall) return 1;
    if (function->vectorcall != fj_plain_vectorcall) return 0;
    if (slot->versions == NULL && (slot->versions = PyDict_New()) == NULL) return -1;
    PyObject *key = PyLong_FromVoidPtr(function);
    PyObject *value = Py_BuildValue("INN", (unsigned)function->func_version, PyLong_FromVoidPtr(function->func_code),
                                    PyLong_FromVoidPtr(function->func_defaults));
    int failed = key == NULL || value == NULL || PyDict_SetItem(slot->versions, key, value) < 0;
    Py_XDECREF(key); Py_XDECREF(value);
    if (failed) return -1;
    PyFunction_SetVectorcall(function, fj_entry_vectorcall);
    return 1;
}

void fj_release(PyObject *object) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (function->vectorcall != fj_entry_vectorcall) return;
    PyFunction_SetVectorcall(function, fj_plain_vectorcall);
    FjSlot *slot = fj_slot_here((PyCodeObject *)function->func_code);
    PyObject *key = slot && slot->versions ? PyLong_FromVoidPtr(function) : NULL, *value = key ? PyDict_GetItem(slot->versions, key) : NULL;
    if (value) {
        unsigned version = (unsigned)PyLong_AsUnsignedLong(PyTuple_GET_ITEM(value, 0));
        if (PyLong_AsVoidPtr(PyTuple_GET_ITEM(value, 1)) == function->func_code
            && PyLong_AsVoidPtr(PyTuple_GET_ITEM(value, 2)) == function->func_defaults) fj_keep_version(function, version);
        PyDict_DelItem(slot->versions, key);
    }
    Py_XDECREF(key);
    PyErr_Clear();
}

int fj_lead_calls(PyObject *function, FjSlot *slot) { return fj_prepare(function, slot); }     /* its frames get the slot's copy, where nobody looks on */
#endif

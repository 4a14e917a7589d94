/* Packages whose ufuncs native code calls over tiles (tables/foreign.py). */
#include "compat.h"
#include "internals.h"
#include "machine.h"

static PyObject *asked;                /* gives a dictionary: by kind of error, the word for what is done */

void fj_foreign_asks(PyObject *function) { Py_XSETREF(asked, Py_NewRef(function)); }

static int ignores(PyObject *state) {
    PyObject *kind, *word;
    Py_ssize_t at = 0;
    if (!PyDict_CheckExact(state)) return 0;
    while (PyDict_Next(state, &at, &kind, &word)) {
        if (!PyUnicode_CheckExact(kind) || !PyUnicode_CheckExact(word)) return 0;
        if (PyUnicode_CompareWithASCIIString(word, "ignore") && PyUnicode_CompareWithASCIIString(kind, "memory")) return 0;
    }
    return 1;
}

/* Whether errors are ignored, but for one that there never is; nothing of the program's runs while the package is asked. */
int8_t fj_foreign_quiet(void) {
    int *gc = fj_gc_switch(PyThreadState_Get()), enabled = gc ? *gc : 0;
    if (asked == NULL) return 0;
    if (gc) *gc = 0;
    PyObject *state = PyObject_CallNoArgs(asked);
    int quiet = state != NULL && ignores(state);
    Py_XDECREF(state);
    if (state == NULL) PyErr_Clear();
    if (gc) *gc = enabled;
    return (int8_t)quiet;
}

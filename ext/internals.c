/* The namespaces of NumPy's modules (loops/internals.py).  Native code does what NumPy's functions in Python do without their Python code, so it
   relies on the names that these read.  A dictionary that hasn't changed since it was looked through has the same version; in one that has, all
   names are looked at once more, for a module gets new names for many reasons. */
#include "internals.h"
#include "machine.h"

enum { MOST = 64 };

static struct {
    PyObject *dict, *names;            /* kept; no names: never the same */
    uint64_t version;
    int whole;                         /* nothing is to be added, either */
} internals[MOST];

int fj_keep_internal(int row, PyObject *dict, PyObject *names, int whole) {
    if (row < 0 || row >= MOST) {
        PyErr_SetString(PyExc_IndexError, "no such row of namespaces");
        return -1;
    }
    Py_XSETREF(internals[row].dict, Py_NewRef(dict));
    Py_XSETREF(internals[row].names, Py_XNewRef(names));
    internals[row].version = 0;        /* no dictionary has it */
    internals[row].whole = whole;
    return 0;
}

/* Whether every name holds what it held. */
static int names_hold(PyObject *dict, PyObject *names) {
    PyObject *name, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(names, &at, &name, &value)) {
        if (PyDict_GetItemWithError(dict, name) == (value == fj_missing ? NULL : value)) continue;
        PyErr_Clear();
        return 0;
    }
    return 1;
}

/* The same of all entries, whose keys may be of any type: nobody is asked. */
static int entries_hold(PyObject *dict, PyObject *known) {
    PyObject *key, *value, *other, *held;
    Py_ssize_t at = 0, there = 0;
    if (PyDict_GET_SIZE(dict) != PyDict_GET_SIZE(known)) return 0;
    while (PyDict_Next(known, &at, &key, &value))
        if (!PyDict_Next(dict, &there, &other, &held) || other != key || held != value) return 0;
    return 1;
}

/* Whether the dictionary has what it had; its version is noted. */
static int hold(int row) {
    PyObject *dict = internals[row].dict, *known = internals[row].names;
    if (known == NULL || !(internals[row].whole ? entries_hold(dict, known) : fj_text_keys(dict) && names_hold(dict, known))) return 0;
    internals[row].version = ((PyDictObject *)dict)->ma_version_tag;
    return 1;
}

int fj_internals_same(uint64_t rows) {
    for (; rows; rows &= rows - 1) {
        int i = __builtin_ctzll(rows);
        if (((PyDictObject *)internals[i].dict)->ma_version_tag != internals[i].version && !hold(i)) return 0;
    }
    return 1;
}

/* The namespaces of NumPy's modules (tables/internals.py).  Native code does what NumPy's functions in Python do without their Python code, so it
   relies on the names that these read.  A dictionary that hasn't changed since it was looked through has the same version; in one that has, all
   names are looked at once more, for a module gets new names for many reasons. */
#include "internals.h"
#include "machine.h"

enum { MOST = 32 };

static struct {
    PyObject *dict, *names;            /* kept; no names: never the same */
    uint64_t version;
} internals[MOST];

int fj_keep_internal(int row, PyObject *dict, PyObject *names) {
    if (row < 0 || row >= MOST) {
        PyErr_SetString(PyExc_IndexError, "no such row of namespaces");
        return -1;
    }
    Py_XSETREF(internals[row].dict, Py_NewRef(dict));
    Py_XSETREF(internals[row].names, Py_XNewRef(names));
    internals[row].version = 0;        /* no dictionary has it */
    return 0;
}

/* Whether every name holds what it held; the version is noted. */
static int hold(int row) {
    PyObject *dict = internals[row].dict, *name, *value;
    Py_ssize_t at = 0;
    if (internals[row].names == NULL || !fj_text_keys(dict)) return 0;
    while (PyDict_Next(internals[row].names, &at, &name, &value)) {
        if (PyDict_GetItemWithError(dict, name) == value) continue;
        PyErr_Clear();
        return 0;
    }
    internals[row].version = ((PyDictObject *)dict)->ma_version_tag;
    return 1;
}

int fj_internals_same(int count) {
    for (int i = 0; i < count; i++)
        if (internals[i].dict && ((PyDictObject *)internals[i].dict)->ma_version_tag != internals[i].version && !hold(i)) return 0;
    return 1;
}

/* Name cells: variables in dictionaries (a module's names, builtins) that a region reads, guards or writes.

   A name is found again by the address of the dictionary's keys and the index of its entry, or by "still as many entries
   as when it was absent"; any other case is a full look-up, which never runs Python code for exact string keys. */
#include "compat.h"
#include "machine.h"

static int plain_keys(PyDictObject *dict) { return dict->ma_values == NULL && DK_IS_UNICODE(dict->ma_keys); }

static void remember(FjCell *cell, int which, PyDictObject *dict, PyObject *value) {
    PyDictKeysObject *keys = dict->ma_keys;
    cell->keys[which] = NULL;
    if (!plain_keys(dict)) return;
    if (value == NULL) { cell->keys[which] = keys; cell->index[which] = -1 - keys->dk_nentries; return; }
    PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
    for (Py_ssize_t i = 0; i < keys->dk_nentries; i++) {
        if (entries[i].me_value != value || entries[i].me_key == NULL) continue;
        if (entries[i].me_key != cell->name && PyUnicode_Compare(entries[i].me_key, cell->name) != 0) continue;
        cell->keys[which] = keys; cell->index[which] = i;
        return;
    }
}

static PyObject *look_up(FjCell *cell, int which, PyObject *in) {
    PyDictObject *dict = (PyDictObject *)in;
    PyDictKeysObject *keys = dict->ma_keys;
    if (keys == cell->keys[which] && dict->ma_values == NULL) {
        Py_ssize_t index = cell->index[which];
        if (index < 0) { if (keys->dk_nentries == -1 - index) return NULL; }
        else if (index < keys->dk_nentries) {
            PyDictUnicodeEntry *entry = &DK_UNICODE_ENTRIES(keys)[index];
            if (entry->me_key == cell->name && entry->me_value) return entry->me_value;
        }
    }
    PyObject *value = PyDict_GetItemWithError(in, cell->name);
    if (value == NULL && PyErr_Occurred()) PyErr_Clear();
    remember(cell, which, dict, value);
    return value;
}

/* Where the name's dictionary keeps its value, or NULL where only a look-up can tell. */
PyObject **fj_cell_place(FjCell *cell) {
    PyDictObject *dict = (PyDictObject *)cell->dict;
    PyDictKeysObject *keys = dict->ma_keys;
    Py_ssize_t index = cell->index[0];
    if (keys != cell->keys[0] || !plain_keys(dict) || index < 0 || index >= keys->dk_nentries) return NULL;
    PyDictUnicodeEntry *entry = &DK_UNICODE_ENTRIES(keys)[index];
    return entry->me_key == cell->name && entry->me_value ? &entry->me_value : NULL;
}

/* The dictionary has just been given this value for the name. */
void fj_cell_found(FjCell *cell, PyObject *value) { remember(cell, 0, (PyDictObject *)cell->dict, value); }

static PyObject *cell_value(FjCell *cell) {
    PyObject *value = look_up(cell, 0, cell->dict);
    return value || cell->fallback == NULL ? value : look_up(cell, 1, cell->fallback);
}

/* At entry: 1 when every guarded name holds what it must. */
int fj_cells_read(FjRegion *region, PyObject **names) {
    for (int i = 0; i < region->ncells; i++) {
        FjCell *cell = &region->cells[i];
        names[i] = cell_value(cell);
        if (cell->expected && names[i] != cell->expected) return 0;
    }
    return 1;
}

/* Behind a world point: guarded and pinned names must hold what they held; the others are read again.  The types tell an
   object from another one that has taken its place in memory. */
int fj_cells_verify(FjRegion *region, PyObject **names, const unsigned char *pinned, PyTypeObject *const *types) {
    for (int i = 0; i < region->ncells; i++) {
        FjCell *cell = &region->cells[i];
        PyObject *value = cell_value(cell);
        if ((cell->expected || pinned[i]) && (value != names[i] || (value && Py_TYPE(value) != types[i]))) return 0;
        names[i] = value;
    }
    return 1;
}

/* Counts an exit and remembers the type that was seen there, for the next compilation. */
void fj_exit_taken(FjRegion *region, int number, const int64_t *spill) {
    FjExit *exit = &region->exits[number];
    exit->count++;
    fj_counters.exits++;
    if (exit->observed < 0) return;
    PyObject *object = (PyObject *)spill[exit->observed], *old = exit->seen;
    if (object && (PyObject *)Py_TYPE(object) != old) region->news = 1;
    exit->seen = object ? Py_NewRef((PyObject *)Py_TYPE(object)) : NULL;
    Py_XDECREF(old);
}

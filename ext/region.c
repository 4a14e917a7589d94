/* Name cells: variables in dictionaries (a module's names, builtins) that a region reads, guards or writes.

   A region keeps no namespace alive: another dictionary may come to lie where one was.  So nothing is remembered of a
   dictionary but the index of the name's entry, which is looked at again, or that a version of keys lacks the name.  Any
   other case is a full look-up, which never runs Python code for exact string keys. */
#include "compat.h"
#include "internals.h"
#include "machine.h"
#include "numpy_table.h"

static int plain_keys(PyDictObject *dict) { return dict->ma_values == NULL && DK_IS_UNICODE(dict->ma_keys); }

static void remember(FjCell *cell, int which, PyDictObject *dict, PyObject *value) {
    PyDictKeysObject *keys = dict->ma_keys;
    cell->index[which] = -1;
    cell->version[which] = 0;
    if (!plain_keys(dict)) return;
    if (value == NULL) { cell->version[which] = keys->dk_version; return; }
    PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
    for (Py_ssize_t i = 0; i < keys->dk_nentries; i++) {
        if (entries[i].me_value != value || entries[i].me_key == NULL) continue;
        if (entries[i].me_key != cell->name && PyUnicode_Compare(entries[i].me_key, cell->name) != 0) continue;
        cell->index[which] = i;
        return;
    }
}

static Py_ssize_t slot_of_table(const PyDictKeysObject *keys, size_t place) {
    if (keys->dk_log2_index_bytes == keys->dk_log2_size) return ((const int8_t *)keys->dk_indices)[place];
    if (keys->dk_log2_index_bytes == keys->dk_log2_size + 1) return ((const int16_t *)keys->dk_indices)[place];
    if (keys->dk_log2_index_bytes == keys->dk_log2_size + 2) return ((const int32_t *)keys->dk_indices)[place];
    return ((const int64_t *)keys->dk_indices)[place];
}

/* Whether keys of exact strings certainly lack the name: no key on its way through the table has its hash. */
static int lacks(PyDictKeysObject *keys, PyObject *name) {
    Py_hash_t hash = ((PyASCIIObject *)name)->hash;
    if (hash == -1) return 0;
    size_t mask = ((size_t)1 << keys->dk_log2_size) - 1, perturb = (size_t)hash, place = (size_t)hash & mask;
    const PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
    for (;;) {
        Py_ssize_t index = slot_of_table(keys, place);
        if (index == DKIX_EMPTY) return 1;
        if (index >= 0 && entries[index].me_key && ((PyASCIIObject *)entries[index].me_key)->hash == hash) return 0;
        perturb >>= 5;
        place = (place * 5 + perturb + 1) & mask;
    }
}

/* The entry where the name was the last time, if it is there still. */
static PyDictUnicodeEntry *entry_of(FjCell *cell, int which, PyDictObject *dict) {
    PyDictKeysObject *keys = dict->ma_keys;
    Py_ssize_t index = cell->index[which];
    if (index < 0 || !plain_keys(dict) || index >= keys->dk_nentries) return NULL;
    PyDictUnicodeEntry *entry = &DK_UNICODE_ENTRIES(keys)[index];
    return entry->me_key == cell->name && entry->me_value ? entry : NULL;
}

/* Whether looking up a name in it runs no code of the program's: all keys are exact strings. */
int fj_text_keys(PyObject *dict) { return DK_IS_UNICODE(((PyDictObject *)dict)->ma_keys); }

/* `loud` is set, and nothing looked up, where that could run code of the program's. */
static PyObject *look_up(FjCell *cell, int which, PyObject *in, int *loud) {
    PyDictObject *dict = (PyDictObject *)in;
    PyDictKeysObject *keys = dict->ma_keys;
    PyDictUnicodeEntry *entry = entry_of(cell, which, dict);
    if (entry) return entry->me_value;
    if (cell->index[which] < 0 && plain_keys(dict)) {
        if (keys->dk_version && keys->dk_version == cell->version[which]) return NULL;
        if (lacks(keys, cell->name)) { cell->version[which] = keys->dk_version; return NULL; }
    }
    if (!fj_text_keys(in)) { *loud = 1; return NULL; }
    PyObject *value = PyDict_GetItemWithError(in, cell->name);
    if (value == NULL && PyErr_Occurred()) PyErr_Clear();
    remember(cell, which, dict, value);
    return value;
}

/* Where the name's dictionary keeps its value, or NULL where only a look-up can tell. */
PyObject **fj_cell_place(FjCell *cell) {
    PyDictUnicodeEntry *entry = entry_of(cell, 0, (PyDictObject *)cell->dict);
    return entry ? &entry->me_value : NULL;
}

/* The dictionary has just been given this value for the name. */
void fj_cell_found(FjCell *cell, PyObject *value) { remember(cell, 0, (PyDictObject *)cell->dict, value); }

static PyObject *cell_value(FjCell *cell, int *loud) {
    PyObject *value = look_up(cell, 0, cell->dict, loud);
    return value || *loud || cell->fallback == NULL ? value : look_up(cell, 1, cell->fallback, loud);
}

/* Whether everything that the region borrows is still what it was compiled for. */
int fj_borrowed_live(const FjRegion *region) {
    for (int i = 0; i < region->nborrowed; i++) {
        const FjBorrowed *one = &region->borrowed[i];
        if (((PyWeakReference *)one->reference)->wr_object != one->object || Py_TYPE(one->object) != one->type) return 0;
    }
    return 1;
}

/* Whether keyword-only parameters still have these defaults. */
static int same_named(PyObject *dict, PyObject *named) {
    if (dict == NULL || !PyDict_CheckExact(dict) || !fj_text_keys(dict)) return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(named); i += 2)
        if (PyDict_GetItemWithError(dict, PyTuple_GET_ITEM(named, i)) != PyTuple_GET_ITEM(named, i + 1)) return 0;
    return 1;
}

/* Whether the functions that are called natively still run what they ran. */
int fj_callees_same(const FjRegion *region) {
    for (int i = 0; i < region->ncallees; i++) {
        const FjCallee *one = &region->callees[i];
        if (!fj_runs_code(one->function, one->code)) return 0;
        if (one->defaults && ((PyFunctionObject *)one->function)->func_defaults != one->defaults) return 0;
        if (one->named && !same_named(((PyFunctionObject *)one->function)->func_kwdefaults, one->named)) return 0;
        if (one->class && PyCell_GET(PyTuple_GET_ITEM(((PyFunctionObject *)one->function)->func_closure, 0)) != one->class) return 0;
    }
    return 1;
}

/* Whether a tool wants to hear of code that is called natively. */
static int codes_observed(const FjRegion *region) {
    for (int i = 0; i < region->ncodes; i++)
        if (fj_code_observed((PyCodeObject *)region->codes[i])) return 1;
    return 0;
}

/* What is borrowed first: it has modules whose names are read. */
static int others_same(FjRegion *region) {
    if (region->nborrowed && !fj_borrowed_live(region)) return 0;
    if (region->ncodes && codes_observed(region)) return 0;
    if (region->ncallees && !fj_callees_same(region)) return 0;
    if (region->internals && !fj_internals_same(region->internals)) return 0;
    return region->nclasses == 0 || fj_classes_same(region);
}

/* At entry: 1 when every guarded name holds what it must, and nothing that is borrowed has died. */
int fj_cells_read(FjRegion *region, PyObject **names) {
    int loud = 0;
    if (!others_same(region)) return 0;
    for (int i = 0; i < region->ncells; i++) {
        FjCell *cell = &region->cells[i];
        names[i] = cell_value(cell, &loud);
        if (loud) return 0;
        if (cell->expected && names[i] != cell->expected) return 0;
    }
    return 1;
}

/* The versions of the dictionaries that names are in: one that changes gets another, which no dictionary has had. */
void fj_versions_read(const FjRegion *region, uint64_t *versions) {
    for (int i = 0; i < region->nspaces; i++) versions[i] = ((PyDictObject *)region->spaces[i])->ma_version_tag;
}

static int versions_same(const FjRegion *region, const uint64_t *versions) {
    for (int i = 0; i < region->nspaces; i++) if (versions[i] != ((PyDictObject *)region->spaces[i])->ma_version_tag) return 0;
    return 1;
}

/* Behind a world point: guarded and pinned names must hold what they held; the others are read again.  The types tell an
   object from another one that has taken its place in memory; of numbers that native code has pinned they don't, unless they are held
   meanwhile, `whole`: where dictionaries are as they were all names are, too, and else native code ends there once. */
int fj_cells_verify(FjRegion *region, PyObject **names, const unsigned char *pinned, PyTypeObject *const *types, const uint64_t *versions, int whole) {
    int loud = 0;
    if (!others_same(region)) return 0;
    int same = versions_same(region, versions);
    for (int i = 0; i < region->ncells; i++) {
        FjCell *cell = &region->cells[i];
        PyObject *value = same ? names[i] : cell_value(cell, &loud);
        if (loud) return 0;
        if (!same && pinned[i]) region->watched = 1;
        if (!same && pinned[i] && !whole) return 0;
        if ((cell->expected || pinned[i]) && (value != names[i] || (value && Py_TYPE(value) != types[i]))) return 0;
        names[i] = value;
    }
    return 1;
}

/* The type of an object as an exit remembers it: of a class of the program, which may die, the weak reference that its base
   has, or `object`, the exact type of nothing that is compiled for. */
static PyObject *lasting_type(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    int dies = (type->tp_flags & Py_TPFLAGS_HEAPTYPE) && !(type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE);
    PyObject *found = dies ? PyWeakref_NewRef((PyObject *)type, NULL) : Py_NewRef((PyObject *)type);
    return found ? found : Py_NewRef((PyObject *)&PyBaseObject_Type);
}

/* Of an array.array (type, letter, 0, 0); (type, dtype, axes, flags) of an array, whose elements are of one of NumPy's own types: what code is compiled for. */
static PyObject *form_of(const FjArray *array) {
    return fj_is_element(fj_type_number(array)) ? Py_BuildValue("OOii", Py_TYPE(array), array->descr, array->nd, array->flags) : Py_NewRef((PyObject *)Py_TYPE(array));
}

static int same_form(PyObject *form, PyObject *old) {
    if (old == NULL || !PyTuple_CheckExact(form) || !PyTuple_CheckExact(old)) return form == old;
    return PyObject_RichCompareBool(form, old, Py_EQ) == 1;
}

/* Counts an exit and remembers the type that was seen there, for the next compilation. */
/* What an exit has to tell the next compilation. */
void fj_exit_teaches(FjRegion *region, int number, const int64_t *spill) {
    FjExit *exit = &region->exits[number];
    if (exit->observed < 0) return;
    PyObject *object = (PyObject *)spill[exit->observed], *old = exit->seen;
    int code = object == NULL ? 0 : fj_packed_code(object);
    PyObject *type = object == NULL ? NULL : fj_is_array(object) ? form_of((const FjArray *)object)
        : code ? Py_BuildValue("OCii", Py_TYPE(object), code, 0, 0) : lasting_type(object);
    if (type == NULL) PyErr_Clear();        /* behind a call-out that has raised there is an exception */
    if (type && !same_form(type, old)) region->news = 1;
    exit->seen = type;
    Py_XDECREF(old);
}

void fj_exit_taken(FjRegion *region, int number, const int64_t *spill) {
    region->exits[number].count++;
    fj_counters.exits++;
    fj_exit_teaches(region, number, spill);
}

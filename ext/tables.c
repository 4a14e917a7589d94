/* Dictionaries of the program: asked for strings, ints and tuples of them, and filled, without a call-out.

   A table is probed as the interpreter does it.  Where it would compare the key with one that may run the program's code nothing is
   known: generated code leaves, and the interpreter does the instruction.  So it does for the namespaces that the region reads names
   from, and for the keyword-only defaults of what it calls: they are relied on between world points. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include "keys.h"

static Py_ssize_t slot_of_table(const PyDictKeysObject *keys, size_t place) {
    if (keys->dk_log2_index_bytes == keys->dk_log2_size) return ((const int8_t *)keys->dk_indices)[place];
    if (keys->dk_log2_index_bytes == keys->dk_log2_size + 1) return ((const int16_t *)keys->dk_indices)[place];
    if (keys->dk_log2_index_bytes == keys->dk_log2_size + 2) return ((const int32_t *)keys->dk_indices)[place];
    return ((const int64_t *)keys->dk_indices)[place];
}

/* An instance's dictionary may share its keys with others, and has values of its own. */
static PyObject **value_place(PyDictObject *dict, Py_ssize_t index) {
    PyDictKeysObject *keys = dict->ma_keys;
    if (dict->ma_values) return &dict->ma_values->values[index];
    return DK_IS_UNICODE(keys) ? &DK_UNICODE_ENTRIES(keys)[index].me_value : &DK_ENTRIES(keys)[index].me_value;
}

/* The number of the key's entry, and its value; or ABSENT or UNKNOWN. */
static Py_ssize_t find(PyDictObject *dict, const Key *key, PyObject **value) {
    PyDictKeysObject *keys = dict->ma_keys;
    int texts = DK_IS_UNICODE(keys);
    *value = NULL;
    if (key->hash == -1) return UNKNOWN;
    if (texts && (key->count || key->part[0].text == NULL)) return ABSENT;
    size_t mask = ((size_t)1 << keys->dk_log2_size) - 1, perturb = (size_t)key->hash, place = perturb & mask;
    for (;; perturb >>= PERTURB, place = (place * 5 + perturb + 1) & mask) {
        Py_ssize_t index = slot_of_table(keys, place);
        if (index == DKIX_EMPTY) return ABSENT;
        if (index < 0) continue;
        PyObject *other = texts ? DK_UNICODE_ENTRIES(keys)[index].me_key : DK_ENTRIES(keys)[index].me_key;
        if ((texts ? ((PyASCIIObject *)other)->hash : DK_ENTRIES(keys)[index].me_hash) != key->hash) continue;
        int answer = same(other, key);
        if (answer == UNKNOWN) return UNKNOWN;
        if (answer == 0) continue;
        *value = *value_place(dict, index);
        return *value ? index : dict->ma_values ? ABSENT : UNKNOWN;
    }
}

/* Whether native code remembers what this dictionary holds. */
int fj_relied_on(const FjContext *context, PyObject *dict) {
    const FjRegion *region = context->region;
    for (int i = 0; i < region->ncells; i++) if (region->cells[i].dict == dict || region->cells[i].fallback == dict) return 1;
    for (int i = 0; i < region->ncallees; i++)
        if (region->callees[i].named && ((PyFunctionObject *)region->callees[i].function)->func_kwdefaults == dict) return 1;
    return 0;
}

static Py_ssize_t looked_up(const FjContext *context, PyObject *dict, const Key *key, PyObject **value) {
    *value = NULL;
    return fj_relied_on(context, dict) ? UNKNOWN : find((PyDictObject *)dict, key, value);
}

/* The key's value, borrowed; where there is none, the other object, which may be NULL.  NULL, too, where nothing is known. */
static inline PyObject *item_or(const FjContext *context, PyObject *dict, const Key *key, PyObject *other) {
    PyObject *value;
    return looked_up(context, dict, key, &value) == ABSENT ? other : value;
}

/* Whether there is such a key; below zero: not known. */
static inline int64_t has(const FjContext *context, PyObject *dict, const Key *key) {
    PyObject *value;
    Py_ssize_t index = looked_up(context, dict, key, &value);
    return index == UNKNOWN ? -1 : index != ABSENT;
}

PyObject *fj_dict_item(const FjContext *context, PyObject *dict, PyObject *text, PyObject *other) { Key key; return item_or(context, dict, of_text(&key, text), other); }
PyObject *fj_dict_item_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *other) { Key key; return item_or(context, dict, of_number(&key, number), other); }
PyObject *fj_dict_item_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *other) { Key key; return item_or(context, dict, of_tuple(&key, tuple), other); }
PyObject *fj_dict_item_parts(const FjContext *context, PyObject *dict, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d, PyObject *other) {
    Key key;
    return item_or(context, dict, of_parts(&key, form, a, b, c, d), other);
}

int64_t fj_dict_has(const FjContext *context, PyObject *dict, PyObject *text) { Key key; return has(context, dict, of_text(&key, text)); }
int64_t fj_dict_has_int(const FjContext *context, PyObject *dict, int64_t number) { Key key; return has(context, dict, of_number(&key, number)); }
int64_t fj_dict_has_tuple(const FjContext *context, PyObject *dict, PyObject *tuple) { Key key; return has(context, dict, of_tuple(&key, tuple)); }
int64_t fj_dict_has_parts(const FjContext *context, PyObject *dict, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d) {
    Key key;
    return has(context, dict, of_parts(&key, form, a, b, c, d));
}

/* The number of the key's entry, or ABSENT, if it may get another value: nobody watches, and `plain` or not, what it had ends without a
   trace.  Else UNKNOWN. */
static Py_ssize_t place_for(const FjContext *context, PyObject *dict, const Key *key, int64_t plain) {
    PyObject *old;
    Py_ssize_t index = fj_dict_watched((PyDictObject *)dict) ? UNKNOWN : looked_up(context, dict, key, &old);
    return index == UNKNOWN || !(plain ? fj_is_plain(old) : fj_dies_quietly(old)) ? UNKNOWN : index;
}

/* A number or a string, for which the collector needn't know the dictionary. */
static int is_untracked(PyObject *value) { return fj_is_plain(value) || PyUnicode_CheckExact(value); }

/* The value takes the place of another, as PyDict_SetItem would have it; 0: it has to. */
static int replaced(const FjContext *context, PyObject *dict, Py_ssize_t index, PyObject *value) {
    if (index < 0 || !(is_untracked(value) || PyObject_GC_IsTracked(dict)) || !fj_dict_changes(context->tstate, (PyDictObject *)dict)) return 0;
    PyObject **place = value_place((PyDictObject *)dict, index), *old = *place;
    *place = value;
    Py_DECREF(old);
    return 1;
}

static int8_t stored(PyObject *dict, PyObject *key, PyObject *value) {
    int failed = key == NULL || PyDict_SetItem(dict, key, value) < 0;
    if (failed) PyErr_Clear();
    Py_DECREF(value);
    return !failed;
}

/* The value, whose reference is taken, is stored under the key; 0: nothing has happened. */
int8_t fj_dict_store(const FjContext *context, PyObject *dict, PyObject *text, PyObject *value, int64_t plain) {
    Key key;
    Py_ssize_t index = place_for(context, dict, of_text(&key, text), plain);
    return replaced(context, dict, index, value) || stored(dict, index == UNKNOWN ? NULL : text, value);
}

int8_t fj_dict_store_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *value, int64_t plain) {
    Key key;
    Py_ssize_t index = place_for(context, dict, of_tuple(&key, tuple), plain);
    return replaced(context, dict, index, value) || stored(dict, index == UNKNOWN ? NULL : tuple, value);
}

/* The same; `box`: the key as an object, NULL where nobody has it yet. */
int8_t fj_dict_store_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box, PyObject *value, int64_t plain) {
    Key key;
    Py_ssize_t index = place_for(context, dict, of_number(&key, number), plain);
    if (replaced(context, dict, index, value)) return 1;
    PyObject *object = index == UNKNOWN ? NULL : as_key(number, box);
    int8_t done = stored(dict, object, value);
    Py_XDECREF(object);
    return done;
}

/* ---- what is taken out: 1: done, 0: nothing has happened; a key that isn't there is the interpreter's to complain about, or no matter */

enum { PLAIN = 1, OR_ABSENT = 2 };      /* both may only end where they are numbers; there may be no such key */

static PyObject *stored_key(PyObject *dict, Py_ssize_t index) {
    PyDictKeysObject *keys = ((PyDictObject *)dict)->ma_keys;
    return DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[index].me_key : DK_ENTRIES(keys)[index].me_key;
}

/* The key's reference is taken, and so is what the dictionary has for it. */
static int8_t taken_out(PyObject *dict, Py_ssize_t index, PyObject *key, int64_t how) {
    int possible = key && index >= 0;
    if (index == ABSENT && how & OR_ABSENT) {
        Py_XDECREF(key);
        if (key == NULL) PyErr_Clear();
        return 1;
    }
    if (possible && how & PLAIN) possible = Py_REFCNT(stored_key(dict, index)) > 1 || fj_is_plain(stored_key(dict, index));
    int done = possible && PyDict_DelItem(dict, key) == 0;
    if (!done) PyErr_Clear();
    Py_XDECREF(key);
    return done;
}

int8_t fj_dict_delete(const FjContext *context, PyObject *dict, PyObject *text, int64_t how) {
    Key key;
    return taken_out(dict, place_for(context, dict, of_text(&key, text), how & PLAIN), Py_NewRef(text), how);
}

int8_t fj_dict_delete_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, int64_t how) {
    Key key;
    return taken_out(dict, place_for(context, dict, of_tuple(&key, tuple), how & PLAIN), Py_NewRef(tuple), how);
}

int8_t fj_dict_delete_int(const FjContext *context, PyObject *dict, int64_t number, int64_t how) {
    Key key;
    return taken_out(dict, place_for(context, dict, of_number(&key, number), how & PLAIN), PyLong_FromLongLong(number), how);
}

/* ---- dictionaries with a default */

typedef struct { PyDictObject dict; PyObject *factory; } DefaultDict;

/* Whether a call of this makes an empty object of Python's own and runs nothing else, and can be made just now. */
static int makes(PyObject *factory) {
    PyTypeObject *quiet[] = {&PyLong_Type, &PyFloat_Type, &PyBool_Type, &PyUnicode_Type}, *counted[] = {&PyList_Type, &PyDict_Type, &PySet_Type};
    for (int i = 0; i < 4; i++) if (factory == (PyObject *)quiet[i]) return 1;
    for (int i = 0; i < 3; i++) if (factory == (PyObject *)counted[i]) return fj_can_make();
    return 0;
}

/* A new value under a key that there isn't, borrowed; NULL: nothing has happened.  The key's reference is taken. */
static PyObject *defaulted(PyObject *dict, PyObject *key) {
    PyObject *factory = ((DefaultDict *)dict)->factory;
    int possible = key && factory && !fj_dict_watched((PyDictObject *)dict) && makes(factory);
    PyObject *value = possible ? PyObject_CallNoArgs(factory) : NULL;
    if (value) {
        int failed = PyDict_SetItem(dict, key, value) < 0;
        Py_DECREF(value);
        if (failed) value = NULL;
    }
    if (value == NULL) PyErr_Clear();
    Py_XDECREF(key);
    return value;
}

PyObject *fj_default_item(const FjContext *context, PyObject *dict, PyObject *text) {
    Key key;
    PyObject *value;
    return looked_up(context, dict, of_text(&key, text), &value) == ABSENT ? defaulted(dict, Py_NewRef(text)) : value;
}

PyObject *fj_default_item_tuple(const FjContext *context, PyObject *dict, PyObject *tuple) {
    Key key;
    PyObject *value;
    return looked_up(context, dict, of_tuple(&key, tuple), &value) == ABSENT ? defaulted(dict, Py_NewRef(tuple)) : value;
}

/* `box`: the key as an object, NULL where nobody has it yet. */
PyObject *fj_default_item_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box) {
    Key key;
    PyObject *value;
    return looked_up(context, dict, of_number(&key, number), &value) == ABSENT ? defaulted(dict, as_key(number, box)) : value;
}

/* ---- what is under a key, or is put there: borrowed; NULL: nothing has happened.  The value's reference is taken. */

/* The key's reference is taken, too. */
static PyObject *put(PyObject *dict, PyObject *key, PyObject *value) {
    int8_t done = stored(dict, fj_dict_watched((PyDictObject *)dict) ? NULL : key, value);
    Py_XDECREF(key);
    return done ? value : NULL;
}

static PyObject *found(PyObject *there, PyObject *value) {
    Py_DECREF(value);
    return there;
}

PyObject *fj_dict_set_default(const FjContext *context, PyObject *dict, PyObject *text, PyObject *value) {
    Key key;
    PyObject *there;
    return looked_up(context, dict, of_text(&key, text), &there) == ABSENT ? put(dict, Py_NewRef(text), value) : found(there, value);
}

PyObject *fj_dict_set_default_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *value) {
    Key key;
    PyObject *there;
    return looked_up(context, dict, of_tuple(&key, tuple), &there) == ABSENT ? put(dict, Py_NewRef(tuple), value) : found(there, value);
}

PyObject *fj_dict_set_default_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box, PyObject *value) {
    Key key;
    PyObject *there;
    return looked_up(context, dict, of_number(&key, number), &there) == ABSENT ? put(dict, as_key(number, box), value) : found(there, value);
}

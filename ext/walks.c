/* Loops over dictionaries and sets: their iterators are the interpreter's own objects, which generated code asks and moves.

   Where the interpreter would raise (the size has changed) or something would end that may be noticed, and where native code relies on
   the dictionary itself, the answer is LEAVE: nothing has happened, and the interpreter does the instruction. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include "stepped.h"

enum { DONE = FJ_STEP_OVER, LEAVE = FJ_STEP_LEAVE };

typedef struct { PyObject_HEAD PyDictObject *dict; Py_ssize_t used, position; PyObject *result; Py_ssize_t left; } DictWalk;
typedef struct { PyObject_HEAD PySetObject *set; Py_ssize_t used, position, left; } SetWalk;

static inline int is_set(PyObject *iterator) { return Py_IS_TYPE(iterator, &PySetIter_Type); }
static inline int is_items(PyObject *iterator) { return Py_IS_TYPE(iterator, &PyDictIterItem_Type); }

/* Whether an iterator over this can be made without a collection that anybody hears of; one over items makes a tuple, too. */
int8_t fj_can_walk(PyObject *container) {
    struct _gc_runtime_state *gc = &PyInterpreterState_Get()->gc;
    if (!fj_can_make()) return 0;
    if (!Py_IS_TYPE(container, &PyDictItems_Type) || FJ_SPARE_TUPLES(PyInterpreterState_Get(), 2)) return 1;
    return !gc->enabled || gc->generations[0].threshold == 0 || gc->generations[0].count + 1 < gc->generations[0].threshold;
}

/* What iter(container) gives; NULL: the interpreter has to make it. */
PyObject *fj_walk(PyObject *container) {
    PyObject *made = PyObject_GetIter(container);
    if (made == NULL) PyErr_Clear();
    return made;
}

static inline int has_value(PyDictKeysObject *keys, Py_ssize_t at) {
    return (DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[at].me_value : DK_ENTRIES(keys)[at].me_value) != NULL;
}

/* Whether a tuple of the last item, which only the iterator has, can let go of one of the two. */
static inline int goes_quietly(PyObject *item) { return Py_REFCNT(item) > 1 || fj_is_plain(item); }

static inline int64_t ended(PyObject *container) { return container == NULL || Py_REFCNT(container) > 1 || fj_ends_quietly(container) ? DONE : LEAVE; }

/* The next entry that there is, if the dictionary hasn't changed; DONE: none. */
static Py_ssize_t next_entry(const DictWalk *walk) {
    PyDictKeysObject *keys = walk->dict->ma_keys;
    Py_ssize_t at = walk->position;
    while (at < keys->dk_nentries && !has_value(keys, at)) at++;
    return at < keys->dk_nentries ? at : DONE;
}

static int64_t entry_of_dict(const FjContext *context, PyObject *iterator) {
    DictWalk *walk = (DictWalk *)iterator;
    PyDictObject *dict = walk->dict;
    if (dict == NULL) return DONE;
    if (walk->used != dict->ma_used || dict->ma_values || fj_relied_on(context, (PyObject *)dict)) return LEAVE;
    Py_ssize_t at = next_entry(walk);
    return at < 0 ? ended((PyObject *)dict) : walk->left == 0 ? LEAVE : at;
}

static int64_t next_of_dict(const FjContext *context, PyObject *iterator) {
    int64_t at = entry_of_dict(context, iterator);
    PyObject *last = ((DictWalk *)iterator)->result;
    if (at < 0 || !is_items(iterator)) return at;
    return Py_REFCNT(last) == 1 && goes_quietly(PyTuple_GET_ITEM(last, 0)) && goes_quietly(PyTuple_GET_ITEM(last, 1)) ? at : LEAVE;
}

static int64_t next_of_set(PyObject *iterator) {
    SetWalk *walk = (SetWalk *)iterator;
    PySetObject *set = walk->set;
    if (set == NULL) return DONE;
    if (walk->used != set->used) return LEAVE;
    Py_ssize_t at = walk->position;
    while (at <= set->mask && (set->table[at].key == NULL || set->table[at].hash == -1)) at++;      /* -1: it was taken out */
    return at <= set->mask ? at : ended((PyObject *)set);
}

/* The number of the entry that comes next, DONE or LEAVE. */
int64_t fj_walk_next(const FjContext *context, PyObject *iterator) { return is_set(iterator) ? next_of_set(iterator) : next_of_dict(context, iterator); }

/* The same for one that makes its tuple itself (stepped.c), that tuple, and how many entries are left. */
int64_t fj_walk_entry(const FjContext *context, PyObject *iterator) { return is_set(iterator) ? next_of_set(iterator) : entry_of_dict(context, iterator); }
PyObject *fj_walk_tuple(PyObject *iterator) { return is_items(iterator) ? ((DictWalk *)iterator)->result : NULL; }
int64_t fj_walk_left(PyObject *iterator) {
    const SetWalk *set = (SetWalk *)iterator;
    const DictWalk *dict = (DictWalk *)iterator;
    if (is_set(iterator)) return set->set && next_of_set(iterator) >= 0 ? Py_MAX(set->left, 1) : 0;
    return dict->dict && (dict->dict->ma_values || next_entry(dict) >= 0) ? Py_MAX(dict->left, 1) : 0;
}

/* Its key and its value, borrowed. */
PyObject *fj_walk_key(PyObject *iterator, int64_t at) {
    if (is_set(iterator)) return ((SetWalk *)iterator)->set->table[at].key;
    PyDictKeysObject *keys = ((DictWalk *)iterator)->dict->ma_keys;
    return DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[at].me_key : DK_ENTRIES(keys)[at].me_key;
}

PyObject *fj_walk_value(PyObject *iterator, int64_t at) {
    PyDictKeysObject *keys = ((DictWalk *)iterator)->dict->ma_keys;
    return DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[at].me_value : DK_ENTRIES(keys)[at].me_value;
}

/* The iterator goes on behind this entry; one over items keeps key and value until the next step, as the interpreter's does. */
void fj_walk_step(PyObject *iterator, int64_t at) {
    if (is_set(iterator)) { SetWalk *walk = (SetWalk *)iterator; walk->position = at + 1; walk->left--; return; }
    DictWalk *walk = (DictWalk *)iterator;
    if (is_items(iterator)) {
        PyObject **items = ((PyTupleObject *)walk->result)->ob_item, *key = items[0], *value = items[1];
        items[0] = Py_NewRef(fj_walk_key(iterator, at));
        items[1] = Py_NewRef(fj_walk_value(iterator, at));
        Py_DECREF(key);
        Py_DECREF(value);
        if (!PyObject_GC_IsTracked(walk->result)) PyObject_GC_Track(walk->result);
    }
    walk->position = at + 1;
    walk->left--;
}

/* It has nothing left, and lets go of what it went over, which others have. */
void fj_walk_end(PyObject *iterator) {
    PyObject **container = is_set(iterator) ? (PyObject **)&((SetWalk *)iterator)->set : (PyObject **)&((DictWalk *)iterator)->dict;
    Py_CLEAR(*container);
}

/* ---- dictionaries that nothing can change meanwhile, by the numbers of their entries (walked_tables.py) */

int64_t fj_table_next(const FjContext *context, PyObject *dict, int64_t at) {
    if (((PyDictObject *)dict)->ma_values || fj_relied_on(context, dict)) return LEAVE;
    PyDictKeysObject *keys = ((PyDictObject *)dict)->ma_keys;
    while (at < keys->dk_nentries && !has_value(keys, at)) at++;
    return at < keys->dk_nentries ? at : DONE;
}

PyObject *fj_table_key(PyObject *dict, int64_t at) {
    PyDictKeysObject *keys = ((PyDictObject *)dict)->ma_keys;
    return DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[at].me_key : DK_ENTRIES(keys)[at].me_key;
}

PyObject *fj_table_value(PyObject *dict, int64_t at) {
    PyDictKeysObject *keys = ((PyDictObject *)dict)->ma_keys;
    return DK_IS_UNICODE(keys) ? DK_UNICODE_ENTRIES(keys)[at].me_value : DK_ENTRIES(keys)[at].me_value;
}

/* ---- ends (objects.c) */

/* Whether a dictionary, a set, a view or an iterator over one ends without a trace. */
int fj_table_quiet(PyObject *object, int depth) {
    if (PyDict_CheckExact(object)) {
        PyObject *pair[2];
        Py_ssize_t at = 0;
        if (fj_dict_watched((PyDictObject *)object)) return 0;
        while (PyDict_Next(object, &at, &pair[0], &pair[1])) if (!fj_items_quiet(pair, 2, depth)) return 0;
        return 1;
    }
    if (PySet_CheckExact(object)) {
        PySetObject *set = (PySetObject *)object;
        for (Py_ssize_t i = 0; i <= set->mask; i++)
            if (set->table[i].key && set->table[i].hash != -1 && !fj_items_quiet(&set->table[i].key, 1, depth)) return 0;
        return set->weakreflist == NULL;
    }
    if (Py_IS_TYPE(object, &PyDictKeys_Type) || Py_IS_TYPE(object, &PyDictValues_Type) || Py_IS_TYPE(object, &PyDictItems_Type))
        return fj_items_quiet((PyObject *const *)&((_PyDictViewObject *)object)->dv_dict, 1, depth);
    if (is_set(object)) return fj_items_quiet((PyObject *const *)&((SetWalk *)object)->set, 1, depth);
    if (!is_items(object) && !Py_IS_TYPE(object, &PyDictIterKey_Type) && !Py_IS_TYPE(object, &PyDictIterValue_Type)) return 0;
    const DictWalk *walk = (DictWalk *)object;
    return fj_items_quiet((PyObject *const *)&walk->dict, 1, depth) && fj_items_quiet(&walk->result, 1, depth);
}

/* Sets of the program: asked for strings, ints and tuples of them, and filled, without a call-out (as in tables.c). */
#include "compat.h"
#include "builtin_types.h"
#include "keys.h"

/* 1: the set has it, and *has is its own; 0: it hasn't, below zero: not known. */
static int64_t sought(PySetObject *set, const Key *key, PyObject **has) {
    size_t mask = (size_t)set->mask, perturb = (size_t)key->hash, place = perturb & mask;
    if (key->hash == -1) return -1;
    for (;; perturb >>= PERTURB, place = (place * 5 + 1 + perturb) & mask) {
        setentry *entry = &set->table[place], *last = entry + (place + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0);
        for (; entry <= last; entry++) {
            if (entry->hash == 0 && entry->key == NULL) return 0;
            int answer = entry->hash == key->hash ? same(entry->key, key) : 0;
            if (answer) { *has = entry->key; return answer; }
        }
    }
}

static int64_t member(PySetObject *set, const Key *key) {
    PyObject *has;
    return sought(set, key, &has);
}

int64_t fj_set_has(PyObject *set, PyObject *text) { Key key; return member((PySetObject *)set, of_text(&key, text)); }
int64_t fj_set_has_int(PyObject *set, int64_t number) { Key key; return member((PySetObject *)set, of_number(&key, number)); }

int64_t fj_set_has_tuple(PyObject *set, PyObject *tuple) { Key key; return member((PySetObject *)set, of_tuple(&key, tuple)); }
int64_t fj_set_has_parts(PyObject *set, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d) { Key key; return member((PySetObject *)set, of_parts(&key, form, a, b, c, d)); }

int64_t fj_set_size(PyObject *set) { return PySet_GET_SIZE(set); }

/* Added, if it isn't there; 0: nothing has happened. */
static int8_t added(PyObject *set, const Key *key, PyObject *object) {
    if (member((PySetObject *)set, key) < 0) return 0;
    if (PySet_Add(set, object) == 0) return 1;
    PyErr_Clear();
    return 0;
}

int8_t fj_set_add(PyObject *set, PyObject *text) { Key key; return added(set, of_text(&key, text), text); }
int8_t fj_set_add_tuple(PyObject *set, PyObject *tuple) { Key key; return added(set, of_tuple(&key, tuple), tuple); }

int8_t fj_set_add_int(PyObject *set, int64_t number, PyObject *box) {
    Key key;
    if (member((PySetObject *)set, of_number(&key, number)) < 0) return 0;
    PyObject *object = as_key(number, box);
    int failed = object == NULL || PySet_Add(set, object) < 0;
    Py_XDECREF(object);
    if (failed) PyErr_Clear();
    return !failed;
}

/* The same where the set lets go of it, which ends quietly: strings, ints, and tuples of them. */
static int64_t taken(PyObject *set, const Key *key) {
    PyObject *has = NULL;
    int64_t answer = sought((PySetObject *)set, key, &has);
    if (answer <= 0) return answer;
    Py_INCREF(has);
    answer = PySet_Discard(set, has);
    Py_DECREF(has);
    if (answer < 0) PyErr_Clear();
    return answer;
}

int64_t fj_set_take(PyObject *set, PyObject *text) { Key key; return taken(set, of_text(&key, text)); }
int64_t fj_set_take_int(PyObject *set, int64_t number) { Key key; return taken(set, of_number(&key, number)); }
int64_t fj_set_take_tuple(PyObject *set, PyObject *tuple) { Key key; return taken(set, of_tuple(&key, tuple)); }
int64_t fj_set_take_parts(PyObject *set, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d) { Key key; return taken(set, of_parts(&key, form, a, b, c, d)); }

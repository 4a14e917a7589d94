/* What dictionaries and sets are asked for: strings, ints, and tuples of them, with their hashes, and whether a table's key is equal. */
#ifndef FRAMEJIT_KEYS_H
#define FRAMEJIT_KEYS_H
#include "compat.h"

enum { ABSENT = -1, UNKNOWN = -2, PERTURB = 5, LINEAR_PROBES = 9 };

typedef struct { PyObject *text; int64_t number; } Part;          /* text: an exact string; NULL: an int */
typedef struct { Part part[4]; int count; Py_hash_t hash; } Key;   /* count: of a tuple's items; zero: the first part itself */

static inline Py_hash_t hash_of_text(PyObject *text) {
    Py_hash_t hash = ((PyASCIIObject *)text)->hash;
    return hash == -1 ? PyObject_Hash(text) : hash;
}

static inline Py_hash_t hash_of_number(int64_t number) {
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number, rest = size % (((uint64_t)1 << 61) - 1);
    Py_hash_t hash = number < 0 ? -(Py_hash_t)rest : (Py_hash_t)rest;
    return hash == -1 ? -2 : hash;
}

/* Keys are written where the caller has them: one that is copied right behind that waits for the stores. */
static inline const Key *of_one(Key *key, Part part, Py_hash_t hash) {
    key->part[0] = part;
    key->count = 0;
    key->hash = hash;
    return key;
}

static inline const Key *of_text(Key *key, PyObject *text) { return of_one(key, (Part){text, 0}, hash_of_text(text)); }
static inline const Key *of_number(Key *key, int64_t number) { return of_one(key, (Part){NULL, number}, hash_of_number(number)); }

/* The key with the hash of a tuple of its parts (tupleobject.c). */
static inline const Key *hashed(Key *key, int count) {
    uint64_t sum = 2870177450012600261u;
    key->count = count;
    for (int i = 0; i < count; i++) {
        uint64_t hash = (uint64_t)(key->part[i].text ? hash_of_text(key->part[i].text) : hash_of_number(key->part[i].number));
        sum += hash * 14029467366897019727u;
        sum = (sum << 31 | sum >> 33) * 11400714785074694791u;
    }
    sum += (uint64_t)count ^ (2870177450012600261u ^ 3527539u);
    key->hash = sum == (uint64_t)-1 ? 1546275796 : (Py_hash_t)sum;
    return key;
}

/* `form`: how many there are, and above them a bit for each that is a string. */
static inline const Key *of_parts(Key *key, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d) {
    int64_t parts[] = {a, b, c, d};
    int count = (int)(form & 7);
    for (int i = 0; i < count; i++) key->part[i] = form >> (3 + i) & 1 ? (Part){(PyObject *)parts[i], 0} : (Part){NULL, parts[i]};
    return hashed(key, count);
}

/* A tuple of up to four strings and ints; of others nothing is known. */
static inline const Key *of_tuple(Key *key, PyObject *tuple) {
    Py_ssize_t count = PyTuple_GET_SIZE(tuple);
    key->hash = -1;
    if (count == 0 || count > 4) return key;
    for (int i = 0; i < count; i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i);
        int beyond = 0, text = PyUnicode_CheckExact(item);
        if (!text && !PyLong_CheckExact(item)) return key;
        key->part[i] = (Part){text ? item : NULL, text ? 0 : PyLong_AsLongLongAndOverflow(item, &beyond)};
        if (beyond) return key;
    }
    return hashed(key, (int)count);
}

static inline PyObject *as_key(int64_t number, PyObject *box) { return box ? Py_NewRef(box) : PyLong_FromLongLong(number); }

static inline int same_text(PyObject *a, PyObject *b) {
    if (a == b) return 1;
    if (!PyUnicode_IS_READY(a) || !PyUnicode_IS_READY(b)) return UNKNOWN;
    Py_ssize_t length = PyUnicode_GET_LENGTH(a);
    if (length != PyUnicode_GET_LENGTH(b) || PyUnicode_KIND(a) != PyUnicode_KIND(b)) return 0;
    return memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), (size_t)length * PyUnicode_KIND(a)) == 0;
}

static inline int same_part(PyObject *other, const Part *part) {
    if (PyUnicode_CheckExact(other)) return part->text ? same_text(other, part->text) : 0;
    if (PyLong_CheckExact(other) || PyBool_Check(other)) {
        int beyond;
        return part->text == NULL && PyLong_AsLongLongAndOverflow(other, &beyond) == part->number && !beyond;
    }
    return other == Py_None || PyTuple_CheckExact(other) || (part->text && PyFloat_CheckExact(other)) ? 0 : UNKNOWN;
}

/* Whether a key of the same hash is equal; UNKNOWN: only the program may know. */
static inline int same(PyObject *other, const Key *key) {
    if (key->count == 0) return same_part(other, &key->part[0]);
    if (!PyTuple_CheckExact(other)) return PyUnicode_CheckExact(other) || PyLong_CheckExact(other) || PyFloat_CheckExact(other) || other == Py_None ? 0 : UNKNOWN;
    if (PyTuple_GET_SIZE(other) != key->count) return 0;
    int answer = 1;
    for (int i = 0; i < key->count && answer == 1; i++) answer = same_part(PyTuple_GET_ITEM(other, i), &key->part[i]);
    return answer;
}
#endif

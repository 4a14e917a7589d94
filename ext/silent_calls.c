/* Calls of C's functions that nothing of the program's hears of, by what their arguments hold: containers of Python's own types, and in them
   numbers, strings, None and tuples of such.  Generated code has the row (tables/silent_calls.py); NULL: the interpreter calls, and raises what there is. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"

enum { DEEPEST = 3, MOST = 3, FEW = 4 };

typedef int (*Fits)(PyObject *const *arguments, int count);
typedef int (*Item)(PyObject *item);

/* Not bytes: beside strings they may warn. */
static int is_plain(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    return type == &PyLong_Type || type == &PyFloat_Type || type == &PyUnicode_Type || type == &PyBool_Type || type == &PyComplex_Type || object == Py_None;
}

/* Plain, or a tuple of what is, so deep at most: compared, hashed and shown by C alone. */
static int is_flat(PyObject *object, int depth) {
    if (is_plain(object)) return 1;
    if (!PyTuple_CheckExact(object) || depth == 0) return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(object); i++) if (!is_flat(PyTuple_GET_ITEM(object, i), depth - 1)) return 0;
    return 1;
}

static int flat(PyObject *item) { return is_flat(item, DEEPEST); }

static const FjContext *asking;                 /* while a row is asked */

/* A dictionary whose values are where native code has them. */
static int is_table(PyObject *object) { return PyDict_CheckExact(object) && !fj_relied_on(asking, object); }

static int has_own_truth(PyObject *item) {
    return is_plain(item) || PyTuple_CheckExact(item) || PyList_CheckExact(item) || is_table(item) || PyAnySet_CheckExact(item);
}

static int any(PyObject *item) { return 1; }

/* The dictionary of a view, or the exact dictionary itself; NULL: it is something else. */
static PyObject *table_of(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    if (type == &PyDictKeys_Type || type == &PyDictValues_Type || type == &PyDictItems_Type) object = (PyObject *)((_PyDictViewObject *)object)->dv_dict;
    return object && is_table(object) ? object : NULL;
}

static int each_of_table(PyObject *object, PyObject *table, Item fits) {
    int keys = Py_TYPE(object) != &PyDictValues_Type, values = Py_TYPE(object) == &PyDictValues_Type || Py_TYPE(object) == &PyDictItems_Type;
    PyObject *key, *value;
    if (fits == any) return 1;
    for (Py_ssize_t at = 0; PyDict_Next(table, &at, &key, &value);) if ((keys && !fits(key)) || (values && !fits(value))) return 0;
    return 1;
}

static int each_of_set(PyObject *set, Item fits) {
    PyObject *item;
    Py_hash_t hash;
    if (fits == any) return 1;
    for (Py_ssize_t at = 0; _PySet_NextEntry(set, &at, &item, &hash);) if (!fits(item)) return 0;
    return 1;
}

/* Whether C alone goes over it, and all that it gives fits. */
static int each(PyObject *object, Item fits) {
    PyObject *table = table_of(object);
    if (table) return each_of_table(object, table, fits);
    if (PyAnySet_CheckExact(object)) return each_of_set(object, fits);
    if (PyUnicode_CheckExact(object) || PyBytes_CheckExact(object) || Py_IS_TYPE(object, &PyRange_Type)) return 1;
    if (!PyList_CheckExact(object) && !PyTuple_CheckExact(object)) return 0;
    PyObject **items = PySequence_Fast_ITEMS(object);
    for (Py_ssize_t i = 0; fits != any && i < Py_SIZE(object); i++) if (!fits(items[i])) return 0;
    return 1;
}

/* Whether what is made of it is a few objects, for which generated code has seen that there is room, or there is room for a tuple of each item. */
static int has_room(PyObject *object) {
    return !Py_IS_TYPE(object, &PyDictItems_Type) || fj_can_make_so_many(PyDict_GET_SIZE(table_of(object)) + FEW);
}

static int walked(PyObject *const *arguments, int count) { return count == 1 && each(arguments[0], any) && has_room(arguments[0]); }
static int of_flat(PyObject *const *arguments, int count) { return count == 1 && each(arguments[0], flat) && has_room(arguments[0]); }
static int of_truths(PyObject *const *arguments, int count) { return count == 1 && each(arguments[0], has_own_truth) && has_room(arguments[0]); }
static int one_flat(PyObject *const *arguments, int count) { return count == 1 && flat(arguments[0]); }
/* A copy is filled key by key where many have been deleted. */
static int one_table(PyObject *const *arguments, int count) { return count == 1 && is_table(arguments[0]) && each_of_table(arguments[0], arguments[0], flat); }
static int one_int(PyObject *const *arguments, int count) { return count == 1 && (PyLong_CheckExact(arguments[0]) || PyBool_Check(arguments[0])); }
static int anything(PyObject *const *arguments, int count) { return 1; }

/* Shown by C alone: repr's own list of what is being shown isn't asked for deeper ones. */
static int is_shown(PyObject *object, int depth) {
    if (is_plain(object)) return 1;
    if (depth == 0 || !(PyTuple_CheckExact(object) || PyList_CheckExact(object) || is_table(object) || PyAnySet_CheckExact(object))) return 0;
    PyObject *key, *value;
    Py_hash_t hash;
    if (PyDict_CheckExact(object)) {
        for (Py_ssize_t at = 0; PyDict_Next(object, &at, &key, &value);) if (!flat(key) || !is_shown(value, depth - 1)) return 0;
        return 1;
    }
    if (PyAnySet_CheckExact(object)) {
        for (Py_ssize_t at = 0; _PySet_NextEntry(object, &at, &key, &hash);) if (!flat(key)) return 0;
        return 1;
    }
    for (Py_ssize_t i = 0; i < Py_SIZE(object); i++) if (!is_shown(PySequence_Fast_ITEMS(object)[i], depth - 1)) return 0;
    return 1;
}

static int shown(PyObject *const *arguments, int count) { return count == 1 && is_shown(arguments[0], DEEPEST); }

/* A set and what it is put together or compared with. */
static int sets(PyObject *const *arguments, int count) {
    return count == 2 && PyAnySet_CheckExact(arguments[0]) && each_of_set(arguments[0], flat) && each(arguments[1], flat) && has_room(arguments[1]);
}

/* A tuple's or list's method that looks for something. */
static int looked_for(PyObject *const *arguments, int count) { return count == 2 && PyTuple_CheckExact(arguments[0]) && each(arguments[0], flat) && flat(arguments[1]); }

static const Fits rows[] = {walked, of_flat, of_truths, one_flat, one_table, one_int, anything, shown, sets, looked_for};

static PyObject *called(const FjContext *context, PyObject *function, Fits fits, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *arguments[MOST] = {a, b, c}, *made = NULL;
    int count = 0;
    while (count < MOST && arguments[count]) count++;
    asking = context;
    if (fits(arguments, count)) made = fits == shown ? fj_call_unheard(function, arguments, count) : fj_or_nothing(PyObject_Vectorcall(function, arguments, count, NULL));
    for (int i = 0; i < count; i++) Py_DECREF(arguments[i]);
    return made;
}

/* What the function gives for those of the three that aren't NULL, whose references are taken. */
PyObject *fj_silent_made(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c) {
    return called(context, function, rows[row], a, b, c);
}

/* The same of one that gives True or False: 1, 0; below zero: nothing has happened. */
int64_t fj_silent_truth(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *made = called(context, function, rows[row], a, b, c);
    int64_t answer = made == Py_True ? 1 : made == Py_False ? 0 : -1;
    Py_XDECREF(made);
    return answer;
}

/* Lists and tuples in lists and tuples, so deep, of plain objects; sets and dictionaries of such. */
static int is_compared(PyObject *object, int depth) {
    if (is_plain(object)) return 1;
    if (depth == 0) return 0;
    if (PyAnySet_CheckExact(object)) return each_of_set(object, flat);
    if (!PyList_CheckExact(object) && !PyTuple_CheckExact(object)) return 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(object); i++) if (!is_compared(PySequence_Fast_ITEMS(object)[i], depth - 1)) return 0;
    return 1;
}

/* 1, 0; below zero: not known. */
int64_t fj_silent_compared(PyObject *a, PyObject *b, int64_t how) {
    if (!is_compared(a, DEEPEST) || !is_compared(b, DEEPEST)) return -1;
    PyObject *made = fj_or_nothing(PyObject_RichCompare(a, b, (int)how));
    int64_t answer = made == Py_True ? 1 : made == Py_False ? 0 : -1;
    Py_XDECREF(made);
    return answer;
}

/* The operator of two sets, or NULL. */
PyObject *fj_silent_joined(PyObject *a, PyObject *b, int64_t how) {
    static const binaryfunc operators[] = {PyNumber_And, PyNumber_Or, PyNumber_Subtract, PyNumber_Xor};
    if (!PyAnySet_CheckExact(a) || !PyAnySet_CheckExact(b) || !each_of_set(a, flat) || !each_of_set(b, flat)) return NULL;
    return fj_or_nothing(operators[how](a, b));
}

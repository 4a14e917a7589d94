/* Calls of C's functions that nothing of the program's hears of, by what their arguments hold: containers of Python's own types, and in them
   numbers, strings, None and tuples of such.  Generated code has the row (tables/silent_calls.py); NULL: the interpreter calls, and raises what there is. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include "ordered.h"
#include "stepped.h"

PyAPI_FUNC(int) _PySet_Update(PyObject *set, PyObject *iterable);

enum { DEEPEST = 3, MOST = 3, FEW = 4, WIDER = 4, WIDE = 64 };       /* WIDER, WIDE: by how much what is looked through may be larger than what is done */
enum { DONE = 1, HEARD = 0, WAITS = -1, FEW_TUPLES = 16 };           /* answers; WAITS: nothing is wrong, but for so few tuples a collection comes first */
#define WAITING ((PyObject *)1)                                      /* the same where an object is the answer */

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

static const FjContext *asking;                 /* while a row is asked: and what is to be called, with which names */
static PyObject *asked_function, *asked_names;

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
    if (!PyList_CheckExact(object) && !PyTuple_CheckExact(object)) return fj_is_deque(object) && (fits == any || fj_deque_each(object, fits));
    PyObject **items = PySequence_Fast_ITEMS(object);
    for (Py_ssize_t i = 0; fits != any && i < Py_SIZE(object); i++) if (!fits(items[i])) return 0;
    return 1;
}

static int waits;           /* whether what was asked last lacked nothing but room for a few tuples */

static int has_room_for(Py_ssize_t tuples) {
    if (fj_can_make_several(tuples + FEW)) return 1;
    waits = tuples <= FEW_TUPLES;
    return 0;
}

/* Whether what is made of it is a few objects, for which generated code has seen that there is room, or there is room for a tuple of each item. */
static int has_room(PyObject *object) {
    return !Py_IS_TYPE(object, &PyDictItems_Type) || has_room_for(PyDict_GET_SIZE(table_of(object)));
}

/* Whether it is an iterator that C alone moves to its end. */
static int drains(PyObject *object) {
    Py_ssize_t made;
    return Py_TYPE(object)->tp_iternext && fj_drains(object, &made) && (made == 0 || has_room_for(made));
}

static int walked(PyObject *const *arguments, int count) { return count == 1 && (drains(arguments[0]) || (each(arguments[0], any) && has_room(arguments[0]))); }
static int of_flat(PyObject *const *arguments, int count) { return count == 1 && each(arguments[0], flat) && has_room(arguments[0]); }
static int of_truths(PyObject *const *arguments, int count) { return count == 1 && each(arguments[0], has_own_truth) && has_room(arguments[0]); }
static int one_flat(PyObject *const *arguments, int count) { return count == 1 && flat(arguments[0]); }
/* A copy is filled key by key where many have been deleted. */
static int one_table(PyObject *const *arguments, int count) {
    Py_ssize_t made;
    if (count == 1 && !PyDict_Check(arguments[0])) return fj_drains_pairs(arguments[0], &made) && has_room_for(made);
    return count == 1 && is_table(arguments[0]) && each_of_table(arguments[0], arguments[0], flat);
}
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

static int each_flat(PyObject *const *arguments, int count) {
    for (int i = 0; i < count; i++) if (!flat(arguments[i])) return 0;
    return 1;
}

/* Sequences of numbers. */
static int of_several(PyObject *const *arguments, int count) {
    for (int i = 0; i < count; i++) if (!each(arguments[i], flat)) return 0;
    return 1;
}

/* A method of a type of Python's own that keeps nothing, of exactly such an object; or of that type itself. */
static int of_owner(PyObject *const *arguments, int count) {
    PyTypeObject *owner = PyDescr_TYPE(asked_function);
    int own = count > 0 && (Py_IS_TYPE(arguments[0], owner) || arguments[0] == (PyObject *)owner);
    for (int i = 1; i < count; i++) if (!flat(arguments[i]) && !PyBytes_CheckExact(arguments[i])) return 0;
    return own;
}

/* Keys for a dictionary, and one value for all of them. */
static int keys_of(PyObject *const *arguments, int count) { return count >= 2 && arguments[0] == (PyObject *)&PyDict_Type && each(arguments[1], flat) && has_room(arguments[1]); }

/* What is sorted, and whether backwards. */
static int turned(PyObject *const *arguments, int count) { return count == 2 && each(arguments[0], flat) && has_room(arguments[0]) && PyBool_Check(arguments[1]); }
static int in_order(PyObject *const *arguments, int count) { return PyList_CheckExact(arguments[0]) && fj_ordered(arguments[0]) && (count == 1 || PyBool_Check(arguments[1])); }

/* Whether keys can be looked for in a table without much looking through it. */
static int has_flat_keys(PyObject *table, Py_ssize_t few) {
    if (fj_text_keys(table)) return 1;
    return PyDict_GET_SIZE(table) <= WIDER * few + WIDE && each_of_table(table, table, flat);
}

/* What is there under a key that will have another value ends so that nobody hears of it. */
static int may_replace(PyObject *table, PyObject *key) {
    PyObject *old = PyDict_GetItemWithError(table, key);
    return old == NULL || flat(old);
}

/* A dictionary, and what it takes over: another one, or values by name. */
static int tables(PyObject *const *arguments, int count) {
    PyObject *key, *value;
    if (count != 2 || !is_table(arguments[0]) || !is_table(arguments[1]) || !(fj_text_keys(arguments[1]) || each_of_table(arguments[1], arguments[1], flat))) return 0;
    if (PyDict_GET_SIZE(arguments[0]) == 0) return 1;
    if (!has_flat_keys(arguments[0], PyDict_GET_SIZE(arguments[1]))) return 0;
    for (Py_ssize_t at = 0; PyDict_Next(arguments[1], &at, &key, &value);) if (!may_replace(arguments[0], key)) return 0;
    return 1;
}

static int values_by_name(PyObject *const *arguments, int count) {
    if (count < 1 || !is_table(arguments[0]) || !has_flat_keys(arguments[0], count)) return 0;
    for (int i = 1; i < count; i++) if (!may_replace(arguments[0], PyTuple_GET_ITEM(asked_names, i - 1))) return 0;
    return 1;
}

/* A set, and what is added to it. */
static int added(PyObject *const *arguments, int count) {
    Py_ssize_t size = count == 2 ? PyObject_Size(arguments[1]) : 0;
    if (count != 2 || !PySet_CheckExact(arguments[0]) || !each(arguments[1], flat) || !has_room(arguments[1])) return 0;
    return PySet_GET_SIZE(arguments[0]) <= WIDER * size + WIDE && each_of_set(arguments[0], flat);
}

static int one_set(PyObject *const *arguments, int count) { return count == 1 && PySet_CheckExact(arguments[0]); }
static int extended(PyObject *const *arguments, int count) { return count == 2 && PyList_CheckExact(arguments[0]) && (drains(arguments[1]) || (each(arguments[1], any) && has_room(arguments[1]))); }

static const Fits rows[] = {walked, of_flat, of_truths, one_flat, one_table, one_int, anything, shown, sets, looked_for, each_flat, of_several, of_owner, keys_of, turned, in_order,
                            tables, values_by_name, added, one_set, extended};

static PyObject *called(const FjContext *context, PyObject *function, Fits fits, PyObject *names, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *arguments[MOST] = {a, b, c}, *made = NULL;
    int count = 0;
    while (count < MOST && arguments[count]) count++;
    asking = context;
    asked_function = function;
    asked_names = names;
    waits = 0;
    if (fits(arguments, count)) {
        Py_ssize_t named = names ? PyTuple_GET_SIZE(names) : 0;
        made = fits == shown ? fj_call_unheard(function, arguments, count) : fj_or_nothing(PyObject_Vectorcall(function, arguments, count - named, names));
    }
    else if (waits) made = WAITING;
    for (int i = 0; i < count; i++) Py_DECREF(arguments[i]);
    return made;
}

/* What the function gives for those of the three that aren't NULL, whose references are taken. */
PyObject *fj_silent_made(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c) {
    return called(context, function, rows[row], NULL, a, b, c);
}

/* The same of one that gives True or False: 1, 0; below zero: nothing has happened. */
int64_t fj_silent_truth(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *made = called(context, function, rows[row], NULL, a, b, c);
    if (made == WAITING) return -2;
    int64_t answer = made == Py_True ? 1 : made == Py_False ? 0 : -1;
    Py_XDECREF(made);
    return answer;
}

/* The same where the last of the arguments have these names. */
PyObject *fj_silent_named(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c) {
    return called(context, function, rows[row], names, a, b, c);
}

/* What changes its first argument, and gives one of its items. */
PyObject *fj_silent_taken(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c) {
    return called(context, function, rows[row], names, a, b, c);
}

/* What changes its first argument: whether it has. */
int64_t fj_silent_done(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *made = called(context, function, rows[row], names, a, b, c);
    if (made == WAITING) return WAITS;
    Py_XDECREF(made);
    return made ? DONE : HEARD;
}

/* A new set of up to three objects, whose references are taken; or NULL. */
PyObject *fj_silent_set(PyObject *a, PyObject *b, PyObject *c) {
    PyObject *items[MOST] = {a, b, c}, *made = (a == NULL || flat(a)) && (b == NULL || flat(b)) && (c == NULL || flat(c)) ? fj_or_nothing(PySet_New(NULL)) : NULL;
    for (int i = 0; i < MOST; i++) {
        if (made && items[i] && PySet_Add(made, items[i]) < 0) { PyErr_Clear(); Py_CLEAR(made); }
        Py_XDECREF(items[i]);
    }
    return made;
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

/* The operator of two sets or dictionaries, or NULL. */
PyObject *fj_silent_joined(const FjContext *context, PyObject *a, PyObject *b, int64_t how) {
    static const binaryfunc operators[] = {PyNumber_And, PyNumber_Or, PyNumber_Subtract, PyNumber_Xor};
    asking = context;
    if (PyDict_CheckExact(a)) return is_table(a) && is_table(b) && each_of_table(a, a, flat) && each_of_table(b, b, flat) ? fj_or_nothing(operators[how](a, b)) : NULL;
    if (!PyAnySet_CheckExact(a) || !PyAnySet_CheckExact(b) || !each_of_set(a, flat) || !each_of_set(b, flat)) return NULL;
    return fj_or_nothing(operators[how](a, b));
}

/* A list or tuple so many times, or NULL. */
PyObject *fj_silent_repeated(PyObject *items, int64_t count) {
    int known = PyList_CheckExact(items) || PyTuple_CheckExact(items);
    return known ? fj_or_nothing(PySequence_Repeat(items, count)) : NULL;
}

/* A part of a string, or NULL. */
PyObject *fj_silent_part(PyObject *text, PyObject *slice) { return PyUnicode_CheckExact(text) ? fj_or_nothing(PyObject_GetItem(text, slice)) : NULL; }

static int extend(PyObject *list, PyObject *items) {
    PyObject *done = PySequence_InPlaceConcat(list, items);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* A list, dictionary or set takes over what is in something else, as in a display with stars: whether it has. */
int64_t fj_silent_collected(const FjContext *context, PyObject *target, PyObject *items) {
    PyObject *arguments[] = {target, items};
    int listed = PyList_CheckExact(target), named = PyDict_CheckExact(target);
    asking = context;
    waits = 0;
    if (!(named ? tables : listed ? extended : added)(arguments, 2)) return waits ? WAITS : HEARD;
    if ((named ? PyDict_Update : listed ? extend : _PySet_Update)(target, items) == 0) return DONE;
    PyErr_Clear();
    return HEARD;
}

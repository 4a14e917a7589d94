/* What lists are asked and told without a call-out: who is in them, sums and extremes, sorting, growing and shrinking.

   Nothing here runs code of the program's.  Where an item has comparisons of its own or could end so that somebody hears of it, where the interpreter
   would raise, and where there is no memory, the answer says so and nothing has happened: generated code leaves. */
#include "compat.h"
#include "builtin_types.h"
#include "machine.h"
#include "collections.h"
#include "ordered.h"

enum { NOT_THERE = -1, NOBODY_KNOWS = -2, DEEPEST = 4 };

static int is_text(PyObject *object) { return PyUnicode_CheckExact(object); }
static int is_integer(PyObject *object) { return PyLong_CheckExact(object) || PyBool_Check(object); }
static int is_number(PyObject *object) { return is_integer(object) || PyFloat_CheckExact(object); }

/* ---- two floats, or two ints of 64 bits: most of what is compared */

enum { BEFORE = 1, EQUAL = 2, NEITHER = 4, OTHERS = 0 };

static inline int compared(PyObject *a, PyObject *b) {
    int64_t left, right;
    if (PyFloat_CheckExact(a) && PyFloat_CheckExact(b)) {
        double x = PyFloat_AS_DOUBLE(a), y = PyFloat_AS_DOUBLE(b);
        return x < y ? BEFORE : x == y ? EQUAL : NEITHER;
    }
    if (!fj_long_fits(a, &left) || !fj_long_fits(b, &right)) return OTHERS;
    return left < right ? BEFORE : left == right ? EQUAL : NEITHER;
}

/* ---- `==` */

static int compares_quietly(PyObject *object) {
    richcmpfunc own = Py_TYPE(object)->tp_richcompare;
    return own == PyBaseObject_Type.tp_richcompare || own == PyLong_Type.tp_richcompare || own == PyFloat_Type.tp_richcompare || own == PyUnicode_Type.tp_richcompare;
}

/* Whether the two are one object or equal; NOBODY_KNOWS: somebody has to be asked. */
static int same(PyObject *a, PyObject *b, int depth) {
    if (a == b) return 1;
    int known = compared(a, b);
    if (known) return known == EQUAL;
    if (compares_quietly(a) && compares_quietly(b)) {
        int answer = PyObject_RichCompareBool(a, b, Py_EQ);
        if (answer < 0) PyErr_Clear();          /* no level of recursion is left: the interpreter says so */
        return answer < 0 ? NOBODY_KNOWS : answer;
    }
    if (!PyTuple_CheckExact(a) || !PyTuple_CheckExact(b) || depth == DEEPEST) return NOBODY_KNOWS;
    Py_ssize_t count = PyTuple_GET_SIZE(a), other = PyTuple_GET_SIZE(b);
    for (Py_ssize_t i = 0; i < count && i < other; i++) {
        int answer = same(PyTuple_GET_ITEM(a, i), PyTuple_GET_ITEM(b, i), depth + 1);
        if (answer != 1) return answer;
    }
    return count == other;
}

static int same_object(PyObject *item, const void *sought) { return same(item, (PyObject *)sought, 0); }

/* A text is sought: most others differ in their hashes, or in how long they are. */
static int same_text(PyObject *item, const void *sought) {
    PyObject *text = (PyObject *)sought;
    if (item == text || !is_text(item)) return same(item, text, 0);
    Py_hash_t hash = ((PyASCIIObject *)item)->hash, other = ((PyASCIIObject *)text)->hash;
    if (hash != -1 && other != -1 && hash != other) return 0;
    if (PyUnicode_IS_READY(item) && PyUnicode_IS_READY(text) && PyUnicode_GET_LENGTH(item) != PyUnicode_GET_LENGTH(text)) return 0;
    return same(item, text, 0);
}

/* Items that no number equals, and whose types have nothing to say. */
static int is_no_number(PyObject *item) { return is_text(item) || item == Py_None || PyTuple_CheckExact(item) ? 0 : NOBODY_KNOWS; }

static int same_int(PyObject *item, const void *sought) {
    int64_t number = *(const int64_t *)sought, value;
    if (PyLong_CheckExact(item)) return fj_long_fits(item, &value) && value == number;
    if (PyBool_Check(item)) return number == (item == Py_True);
    if (!PyFloat_CheckExact(item)) return is_no_number(item);
    double real = PyFloat_AS_DOUBLE(item);
    return real >= -0x1p63 && real < 0x1p63 && (double)(int64_t)real == real && (int64_t)real == number;
}

/* No NaN is sought. */
static int same_float(PyObject *item, const void *sought) {
    double number = *(const double *)sought;
    int64_t value;
    if (PyFloat_CheckExact(item)) return PyFloat_AS_DOUBLE(item) == number;
    if (PyBool_Check(item)) return number == (item == Py_True);
    if (!PyLong_CheckExact(item)) return is_no_number(item);
    if (!fj_long_fits(item, &value)) return NOBODY_KNOWS;
    return number >= -0x1p63 && number < 0x1p63 && (double)(int64_t)number == number && (int64_t)number == value;
}

/* Number of the first item that is the sought one, or how many there are; NOT_THERE, NOBODY_KNOWS. */
static int64_t place_of(PyObject *sequence, int (*is_it)(PyObject *, const void *), const void *sought, int counts) {
    int64_t found = 0;
    PyObject **items = PySequence_Fast_ITEMS(sequence);
    for (Py_ssize_t i = 0, size = PySequence_Fast_GET_SIZE(sequence); i < size; i++) {
        int answer = is_it(items[i], sought);
        if (answer < 0) return NOBODY_KNOWS;
        if (answer && !counts) return i;
        found += answer;
    }
    return counts ? found : NOT_THERE;
}

int64_t fj_items_place(PyObject *sequence, PyObject *object, int64_t counts) {
    return place_of(sequence, is_text(object) ? same_text : same_object, object, (int)counts);
}
int64_t fj_items_place_int(PyObject *sequence, int64_t number, int64_t counts) { return place_of(sequence, same_int, &number, (int)counts); }
int64_t fj_items_place_float(PyObject *sequence, double number, int64_t counts) { return place_of(sequence, same_float, &number, (int)counts); }

/* ---- `<` */

static int before(PyObject *a, PyObject *b, int depth) {
    int known = compared(a, b);
    if (known) return known == BEFORE;
    if ((is_number(a) && is_number(b)) || (is_text(a) && is_text(b))) {
        int answer = PyObject_RichCompareBool(a, b, Py_LT);
        if (answer < 0) PyErr_Clear();
        return answer < 0 ? NOBODY_KNOWS : answer;
    }
    if (!PyTuple_CheckExact(a) || !PyTuple_CheckExact(b) || depth == DEEPEST) return NOBODY_KNOWS;
    Py_ssize_t count = PyTuple_GET_SIZE(a), other = PyTuple_GET_SIZE(b);
    for (Py_ssize_t i = 0; i < count && i < other; i++) {
        int answer = same(PyTuple_GET_ITEM(a, i), PyTuple_GET_ITEM(b, i), depth + 1);
        if (answer < 0) return answer;
        if (!answer) return before(PyTuple_GET_ITEM(a, i), PyTuple_GET_ITEM(b, i), depth + 1);
    }
    return count < other;
}

int fj_before(PyObject *a, PyObject *b) { return before(a, b, 0); }

static int all_of(PyObject **items, Py_ssize_t count, int (*kind)(PyObject *)) {
    for (Py_ssize_t i = 0; i < count; i++) if (!kind(items[i])) return 0;
    return 1;
}

/* Tuples that have items of one kind in each place. */
static int tuples_alike(PyObject **items, Py_ssize_t count) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (!PyTuple_CheckExact(items[i]) || !PyTuple_CheckExact(items[0]) || PyTuple_GET_SIZE(items[i]) != PyTuple_GET_SIZE(items[0])) return 0;
    for (Py_ssize_t place = 0; count && place < PyTuple_GET_SIZE(items[0]); place++) {
        int (*kind)(PyObject *) = is_text(PyTuple_GET_ITEM(items[0], place)) ? is_text : is_number;
        for (Py_ssize_t i = 0; i < count; i++) if (!kind(PyTuple_GET_ITEM(items[i], place))) return 0;
    }
    return 1;
}

int fj_ordered(PyObject *sequence) {
    PyObject **items = PySequence_Fast_ITEMS(sequence);
    Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence);
    return count < 2 || all_of(items, count, is_number) || all_of(items, count, is_text) || tuples_alike(items, count);
}

int8_t fj_list_sort(PyObject *list) { return fj_ordered(list) && (PyList_Sort(list) == 0 || (PyErr_Clear(), 0)); }

/* A new list, and the method of it that `sorted` looks up, which the collector counts as well. */
PyObject *fj_items_sorted(PyObject *sequence) {
    static PyObject *name;
    if (name == NULL && (name = fj_or_nothing(PyUnicode_InternFromString("sort"))) == NULL) return NULL;
    PyObject *made = fj_ordered(sequence) && fj_can_make_list() ? fj_or_nothing(PySequence_List(sequence)) : NULL;
    PyObject *method = made && fj_can_make() ? fj_or_nothing(PyObject_GetAttr(made, name)) : NULL;
    if (method == NULL || PyList_Sort(made) < 0) {
        PyErr_Clear();
        Py_CLEAR(made);
    }
    Py_XDECREF(method);
    return made;
}

/* list(items), which takes no spare list; tuple(items) of a list. */
PyObject *fj_items_list(PyObject *sequence) { return fj_can_make() ? fj_or_nothing(PyObject_CallOneArg((PyObject *)&PyList_Type, sequence)) : NULL; }
PyObject *fj_items_tuple(PyObject *list) { return fj_can_make_tuple(PyList_GET_SIZE(list)) ? fj_or_nothing(PyList_AsTuple(list)) : NULL; }

/* Whether hashes and comparisons of an item are Python's own. */
static int has_quiet_hash(PyObject *item) { return is_number(item) || is_text(item) || item == Py_None || PyBytes_CheckExact(item); }

/* set(items), one by one, as it takes them from an iterator. */
PyObject *fj_items_set(PyObject *sequence) {
    PyObject **items = PySequence_Fast_ITEMS(sequence);
    Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence);
    PyObject *made = all_of(items, count, has_quiet_hash) && fj_can_make() ? fj_or_nothing(PySet_New(NULL)) : NULL;
    for (Py_ssize_t i = 0; made != NULL && i < count; i++)
        if (PySet_Add(made, items[i]) < 0) {
            PyErr_Clear();
            Py_CLEAR(made);
        }
    return made;
}

/* sum(items), min(items), max(items): an iterator is made and goes. */
PyObject *fj_items_folded(PyObject *callable, PyObject *sequence) {
    PyObject **items = PySequence_Fast_ITEMS(sequence);
    Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence);
    if (!fj_can_make() || (!all_of(items, count, is_number) && !all_of(items, count, is_text))) return NULL;
    return fj_or_nothing(PyObject_CallOneArg(callable, sequence));
}

/* ---- growing and shrinking */

void fj_list_reverse(PyObject *list) { PyList_Reverse(list); }

int8_t fj_list_extend(PyObject *list, PyObject *items) {
    PyObject *none = fj_or_nothing(_PyList_Extend((PyListObject *)list, items));
    Py_XDECREF(none);
    return none != NULL;
}

/* del list[index], for a place that there is: the room that stays isn't pop's on 3.13. */
int8_t fj_list_delete(PyObject *list, int64_t index) {
    if (!fj_end_quietly(((PyListObject *)list)->ob_item + index, 1)) return 0;
    int failed = Py_TYPE(list)->tp_as_sequence->sq_ass_item(list, index, NULL) < 0;
    if (failed) PyErr_Clear();
    return !failed;
}

int8_t fj_list_clear(PyObject *list) {
    Py_ssize_t count = PyList_GET_SIZE(list);
    if (!fj_end_quietly(((PyListObject *)list)->ob_item, count)) return 0;
    int failed = PyList_SetSlice(list, 0, count, NULL) < 0;
    if (failed) PyErr_Clear();
    return !failed;
}

/* heapq and bisect without a call-out: the comparisons are made first, by the numbers, texts and tuples of these that the items are, then items move.

   Where somebody else would have to be asked, or the interpreter would raise, the answer says so and nothing has happened: generated code leaves. */
#include "compat.h"
#include "machine.h"
#include "ordered.h"

enum { NOBODY_KNOWS = -2, LEVELS = 64 };

/* ---- from the leaves up, and down */

static inline PyObject **items_of(PyObject *list) { return ((PyListObject *)list)->ob_item; }

/* Where an item that begins at `place` comes to rest, going up past what it is before (siftdown in Modules/_heapqmodule.c). */
static Py_ssize_t risen(PyObject **items, PyObject *item, Py_ssize_t place) {
    while (place > 0) {
        Py_ssize_t parent = (place - 1) >> 1;
        int answer = fj_before(item, items[parent]);
        if (answer < 0) return NOBODY_KNOWS;
        if (!answer) break;
        place = parent;
    }
    return place;
}

int8_t fj_heap_push(PyObject *list, PyObject *item) {
    Py_ssize_t last = PyList_GET_SIZE(list), place = risen(items_of(list), item, last);
    int done = place != NOBODY_KNOWS && PyList_Append(list, item) == 0;
    if (done) {
        PyObject **items = items_of(list);
        for (Py_ssize_t from = last; from > place; from = (from - 1) >> 1) items[from] = items[(from - 1) >> 1];
        items[place] = item;
    } else PyErr_Clear();
    Py_DECREF(item);
    return done;
}

/* The ways of the smaller children from the top to a leaf, of the first `count` items, and where on it the item comes to rest that takes the top's
   place (siftup); NOBODY_KNOWS. */
typedef struct { Py_ssize_t way[LEVELS]; int rest; } Descent;

static int descended(PyObject **items, Py_ssize_t count, PyObject *item, Descent *found) {
    Py_ssize_t place = 0;
    int depth = 0;
    found->way[0] = 0;
    while (place < count >> 1) {
        place = 2 * place + 1;
        if (place + 1 < count) {
            int answer = fj_before(items[place], items[place + 1]);
            if (answer < 0) return 0;
            place += !answer;
        }
        found->way[++depth] = place;
    }
    for (; depth > 0; depth--) {
        int answer = fj_before(item, items[found->way[depth]]);
        if (answer < 0) return 0;
        if (!answer) break;
    }
    found->rest = depth;
    return 1;
}

static void move(PyObject **items, PyObject *item, const Descent *found) {
    for (int i = 0; i < found->rest; i++) items[found->way[i]] = items[found->way[i + 1]];
    items[found->way[found->rest]] = item;
}

/* The first item, whose reference is the caller's; NULL: nothing has happened. */
PyObject *fj_heap_pop(PyObject *list) {
    Py_ssize_t last = PyList_GET_SIZE(list) - 1;
    if (last < 0) return NULL;
    PyObject *first = items_of(list)[0], *item = items_of(list)[last];
    Descent found;
    if (last > 0 && !descended(items_of(list), last, item, &found)) return NULL;
    Py_INCREF(item);
    if (PyList_SetSlice(list, last, last + 1, NULL) < 0) {
        PyErr_Clear();
        Py_DECREF(item);
        return NULL;
    }
    if (last == 0) return item;
    move(items_of(list), item, &found);
    return first;
}

/* The same, and the item, whose reference is taken, goes into the heap. */
PyObject *fj_heap_exchange(PyObject *list, PyObject *item) {
    Py_ssize_t count = PyList_GET_SIZE(list);
    Descent found;
    if (count == 0 || !descended(items_of(list), count, item, &found)) {
        Py_DECREF(item);
        return NULL;
    }
    PyObject *first = items_of(list)[0];
    move(items_of(list), item, &found);
    return first;
}

/* ---- bisect */

typedef int Precedes(PyObject *item, const void *sought, int right);

/* Where the sought one belongs among sorted items, in front of what equals it or behind. */
static int64_t place_in(PyObject *sequence, int64_t low, int64_t high, int right, Precedes *precedes, const void *sought) {
    Py_ssize_t size = PySequence_Fast_GET_SIZE(sequence);
    PyObject **items = PySequence_Fast_ITEMS(sequence);
    if (high == -1) high = size;
    if (low < 0 || high > size || high < -1) return NOBODY_KNOWS;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        int answer = precedes(items[middle], sought, right);
        if (answer < 0) return NOBODY_KNOWS;
        if (answer) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Whether an item belongs in front of the sought one. */
static int object_precedes(PyObject *item, const void *sought, int right) {
    int answer = right ? fj_before((PyObject *)sought, item) : fj_before(item, (PyObject *)sought);
    return answer < 0 ? answer : right ? !answer : answer;
}

static int float_precedes(PyObject *item, const void *sought, int right) {
    double number = *(const double *)sought;
    if (!PyFloat_CheckExact(item)) return NOBODY_KNOWS;
    return right ? !(number < PyFloat_AS_DOUBLE(item)) : PyFloat_AS_DOUBLE(item) < number;
}

static int int_precedes(PyObject *item, const void *sought, int right) {
    int64_t number = *(const int64_t *)sought, value;
    if (!PyLong_CheckExact(item) || !fj_long_fits(item, &value)) return NOBODY_KNOWS;
    return right ? value <= number : value < number;
}

int64_t fj_items_bisect(PyObject *sequence, PyObject *object, int64_t low, int64_t high, int64_t right) {
    return place_in(sequence, low, high, (int)right, object_precedes, object);
}
int64_t fj_items_bisect_float(PyObject *sequence, double number, int64_t low, int64_t high, int64_t right) {
    return place_in(sequence, low, high, (int)right, float_precedes, &number);
}
int64_t fj_items_bisect_int(PyObject *sequence, int64_t number, int64_t low, int64_t high, int64_t right) {
    return place_in(sequence, low, high, (int)right, int_precedes, &number);
}

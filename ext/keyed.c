/* What sorted(), min() and max() go over, listed, and their order by keys that were listed (capture/keyed.py).

   Nothing here runs code of the program's.  Where keys have comparisons of their own, a collection is due that somebody hears of, or there is no memory,
   the answer is NULL and nothing has happened: generated code leaves. */
#include "compat.h"
#include "builtin_types.h"
#include "machine.h"
#include "collections.h"
#include "ordered.h"
#include "raw_lists.h"
#include "stepped.h"

enum { OBJECTS = 0, RUN = 8, OTHERS = 3 };         /* keys that are objects; items that are sorted by insertion; a list, an iterator and its own tuple */

/* ---- what is gone over */

static int is_view(PyObject *object) { return Py_IS_TYPE(object, &PyDictKeys_Type) || Py_IS_TYPE(object, &PyDictValues_Type) || Py_IS_TYPE(object, &PyDictItems_Type); }

/* The dictionary of a view that has no class of its own; borrowed. */
PyObject *fj_view_table(PyObject *view) {
    PyObject *table = (PyObject *)((_PyDictViewObject *)view)->dv_dict;
    return table && PyDict_CheckExact(table) ? table : NULL;
}

/* Whether nobody is asked where a key of the dictionary is looked up in it. */
int8_t fj_table_is_plain(PyObject *table) {
    PyObject *key;
    Py_ssize_t at = 0;
    if (((PyDictObject *)table)->ma_values || DK_IS_UNICODE(((PyDictObject *)table)->ma_keys)) return 1;
    while (PyDict_Next(table, &at, &key, NULL)) if (!fj_is_plain(key) && !PyUnicode_CheckExact(key)) return 0;
    return 1;
}

/* Tuples of key and value take the keys' places: 0 where one can't be made. */
static int paired(PyObject *keys, PyObject *table) {
    PyObject *key, *value;
    for (Py_ssize_t at = 0, place = 0; PyDict_Next(table, &at, &key, &value); place++) {
        PyObject *pair = fj_can_make_tuple(2) ? fj_or_nothing(PyTuple_Pack(2, key, value)) : NULL;
        if (pair == NULL) return 0;
        Py_SETREF(((PyListObject *)keys)->ob_item[place], pair);
    }
    return 1;
}

/* A list of the items of a set, a dictionary or a view of one, as `sorted` makes it, with as much room; the collector counts the iterator, and its own tuple, too. */
PyObject *fj_listed(const FjContext *context, PyObject *container) {
    PyObject *table = is_view(container) ? (PyObject *)((_PyDictViewObject *)container)->dv_dict : PyDict_Check(container) ? container : NULL;
    int pairs = Py_IS_TYPE(container, &PyDictItems_Type);
    if ((table && (((PyDictObject *)table)->ma_values || fj_relied_on(context, table))) || (pairs && !PyDict_CheckExact(table)) || !fj_room_for(OTHERS)) return NULL;
    PyObject *made = fj_or_nothing(PySequence_List(pairs ? table : container));
    if (made && pairs && !paired(made, table)) Py_CLEAR(made);
    return made;
}

/* The same of a range. */
PyObject *fj_range_list(int64_t start, int64_t stop, int64_t step) {
    PyObject *range = fj_room_for(OTHERS) ? fj_new_range(start, stop, step) : NULL, *made = range ? fj_or_nothing(PySequence_List(range)) : NULL;
    Py_XDECREF(range);
    return made;
}

PyObject *fj_item_at(PyObject *sequence, int64_t place) { return PySequence_Fast_GET_ITEM(sequence, place); }

/* ---- in the order of numbers: floats without NaN, or ints of 64 bits; any stable sort gives the same then */

typedef struct { union { double real; int64_t whole; const int64_t *row; } key; PyObject *item; } Keyed;

#define ORDER(name, less, part)                                                                                                              \
    static inline int name##_before(const Keyed *a, const Keyed *b, int backwards) {                                                         \
        return backwards ? less(b->key.part, a->key.part) : less(a->key.part, b->key.part);                                                  \
    }                                                                                                                                        \
    static void name##_insert(Keyed *all, Py_ssize_t first, Py_ssize_t stop, int backwards) {                                                \
        for (Py_ssize_t i = first + 1; i < stop; i++) {                                                                                      \
            Keyed one = all[i];                                                                                                              \
            Py_ssize_t place = i;                                                                                                            \
            for (; place > first && name##_before(&one, &all[place - 1], backwards); place--) all[place] = all[place - 1];                   \
            all[place] = one;                                                                                                                \
        }                                                                                                                                    \
    }                                                                                                                                        \
    static void name##_merge(const Keyed *from, Keyed *to, Py_ssize_t first, Py_ssize_t middle, Py_ssize_t stop, int backwards) {            \
        const Keyed *left = from + first, *right = from + middle, *half = right, *end = from + stop;                                         \
        Keyed *next = to + first;                                                                                                            \
        if (right < end && !name##_before(right, right - 1, backwards)) right = end, half = end;     /* in order already */                  \
        while (left < half && right < end) {                                                                                                 \
            int later = name##_before(right, left, backwards);                                                                               \
            *next++ = *(later ? right : left);                                                                                               \
            right += later;                                                                                                                  \
            left += !later;                                                                                                                  \
        }                                                                                                                                    \
        memcpy(next, left, (half - left) * sizeof *next);                                                                                    \
        memcpy(next + (half - left), right, (end - right) * sizeof *next);                                                                   \
    }                                                                                                                                        \
    static Keyed *name##_sort(Keyed *all, Keyed *other, Py_ssize_t count, int backwards) {                                                   \
        for (Py_ssize_t i = 0; i < count; i += RUN) name##_insert(all, i, Py_MIN(i + RUN, count), backwards);                                \
        for (Py_ssize_t width = RUN; width < count; width *= 2) {                                                                            \
            for (Py_ssize_t i = 0; i < count; i += 2 * width) name##_merge(all, other, i, Py_MIN(i + width, count), Py_MIN(i + 2 * width, count), backwards); \
            Keyed *merged = other;                                                                                                           \
            other = all;                                                                                                                     \
            all = merged;                                                                                                                    \
        }                                                                                                                                    \
        return all;                                                                                                                          \
    }
#define LESS(a, b) ((a) < (b))

/* Keys of several parts, one word for each: of which kinds they are (capture/lending.py). */
enum { PART_INT = 1, PART_FLOAT = 2, PART_TEXT = 3, PART_BITS = 2, IN_PARTS = 3 };
static int64_t parts;

static double real_of(int64_t word) { double real; memcpy(&real, &word, sizeof real); return real; }

static int row_less(const int64_t *a, const int64_t *b) {
    for (int64_t kinds = parts; kinds; kinds >>= PART_BITS, a++, b++) {
        if (*a == *b) continue;
        int kind = kinds & ((1 << PART_BITS) - 1);
        if (kind == PART_INT) return *a < *b;
        if (kind == PART_FLOAT && real_of(*a) != real_of(*b)) return real_of(*a) < real_of(*b);
        int order = kind == PART_TEXT ? PyUnicode_Compare((PyObject *)*a, (PyObject *)*b) : 0;
        if (order) return order < 0;
    }
    return 0;
}

ORDER(reals, LESS, real)
ORDER(wholes, LESS, whole)
ORDER(rows, row_less, row)

static int width_of(int64_t kinds) { int width = 0; for (; kinds; kinds >>= PART_BITS) width++; return width; }

/* Whether the keys are so many rows of parts that have an order; then the next comparisons are of such. */
static int are_rows(PyObject *keys, int64_t kinds, Py_ssize_t count) {
    int width = width_of(kinds);
    if (fj_raw_size(keys) != width * count) return 0;
    for (int place = 0; kinds >> place * PART_BITS; place++) {
        if ((kinds >> place * PART_BITS & ((1 << PART_BITS) - 1)) != PART_FLOAT) continue;
        for (Py_ssize_t i = 0; i < count; i++) if (Py_IS_NAN(real_of(fj_raw_words(keys)[i * width + place]))) return 0;
    }
    parts = kinds;
    return 1;
}

static int32_t kind_of(PyObject *key) { return PyFloat_CheckExact(key) ? FJ_RAW_FLOAT : FJ_RAW_INT; }

/* Whether the key is a number of this kind that has an order, which is noted. */
static int noted(Keyed *one, PyObject *key, int32_t kind) {
    if (kind == FJ_RAW_FLOAT) return PyFloat_CheckExact(key) && !Py_IS_NAN(one->key.real = PyFloat_AS_DOUBLE(key));
    if (!PyBool_Check(key)) return PyLong_CheckExact(key) && fj_long_fits(key, &one->key.whole);
    one->key.whole = key == Py_True;
    return 1;
}

/* The kind that all the keys are of, which are noted; OBJECTS: none of these. */
static int32_t noted_objects(Keyed *all, PyObject *const *keys, Py_ssize_t count) {
    int32_t kind = count ? kind_of(keys[0]) : FJ_RAW_INT;
    for (Py_ssize_t i = 0; i < count; i++) if (!noted(&all[i], keys[i], kind)) return OBJECTS;
    return kind;
}

static int32_t noted_numbers(Keyed *all, PyObject *keys, int32_t kind, Py_ssize_t count) {
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t bits = fj_raw_bits(keys, kind, i);
        if (kind == FJ_RAW_FLOAT) memcpy(&all[i].key.real, &bits, sizeof bits);
        else all[i].key.whole = bits;
        if (kind == FJ_RAW_FLOAT && Py_IS_NAN(all[i].key.real)) return OBJECTS;
    }
    return kind == FJ_RAW_FLOAT ? kind : FJ_RAW_INT;
}

/* Whether the items, `count` of them, have been put into the order of their keys. */
static int sorted_by_numbers(PyObject **items, PyObject *keys, int32_t kind, Py_ssize_t count, int backwards) {
    Keyed *all = PyMem_Malloc(2 * Py_MAX(count, 1) * sizeof *all);
    int32_t found = all == NULL ? OBJECTS : kind == OBJECTS ? noted_objects(all, ((PyListObject *)keys)->ob_item, count) : noted_numbers(all, keys, kind, count);
    if (found != OBJECTS) {
        for (Py_ssize_t i = 0; i < count; i++) all[i].item = items[i];
        Keyed *done = found == FJ_RAW_FLOAT ? reals_sort(all, all + count, count, backwards) : wholes_sort(all, all + count, count, backwards);
        for (Py_ssize_t i = 0; i < count; i++) items[i] = done[i].item;
    }
    PyMem_Free(all);
    return found != OBJECTS;
}

/* ---- in the order of other keys */

/* The next of the keys that were listed, whatever it is asked for: the sort asks for those of all items, in order, before it begins. */
static PyObject **next_key;
static PyObject *listed_key(PyObject *self, PyObject *item) { (void)self; (void)item; return Py_NewRef(*next_key++); }

/* Whether the list has been sorted by its own method. */
static int sorted_by_objects(PyObject *made, PyObject *keys, int backwards) {
    static PyMethodDef definition = {"listed_key", listed_key, METH_O, NULL};
    static PyObject *function, *method, *names;
    if (function == NULL) function = fj_or_nothing(PyCFunction_New(&definition, NULL));
    if (method == NULL) method = fj_or_nothing(PyObject_GetAttrString((PyObject *)&PyList_Type, "sort"));
    if (names == NULL) names = fj_or_nothing(Py_BuildValue("(ss)", "key", "reverse"));
    if (!function || !method || !names || !fj_ordered(keys)) return 0;
    PyObject *arguments[] = {made, function, backwards ? Py_True : Py_False};
    next_key = ((PyListObject *)keys)->ob_item;
    PyObject *done = fj_or_nothing(PyObject_Vectorcall(method, arguments, 1, names));
    Py_XDECREF(done);
    return done != NULL;
}

static int sorted_by_rows(PyObject **items, PyObject *keys, int64_t kinds, Py_ssize_t count, int backwards) {
    Keyed *all = are_rows(keys, kinds, count) ? PyMem_Malloc(2 * Py_MAX(count, 1) * sizeof *all) : NULL;
    if (all == NULL) return 0;
    for (Py_ssize_t i = 0; i < count; i++) all[i] = (Keyed){{.row = fj_raw_words(keys) + i * width_of(kinds)}, items[i]};
    Keyed *done = rows_sort(all, all + count, count, backwards);
    for (Py_ssize_t i = 0; i < count; i++) items[i] = done[i].item;
    PyMem_Free(all);
    return 1;
}

static int sorted_by(PyObject *list, PyObject *keys, int64_t raw, int backwards) {
    int32_t kind = PyObject_GC_IsTracked(keys) ? OBJECTS : (int32_t)raw;
    Py_ssize_t count = PyList_GET_SIZE(list);
    PyObject **items = ((PyListObject *)list)->ob_item;
    if (raw >> IN_PARTS) return sorted_by_rows(items, keys, raw >> IN_PARTS, count, backwards);
    if ((kind == OBJECTS ? PyList_GET_SIZE(keys) : fj_raw_size(keys)) != count) return 0;
    if (sorted_by_numbers(items, keys, kind, count, backwards)) return 1;
    return (kind == OBJECTS || fj_raw_fill(keys, kind)) && sorted_by_objects(list, keys, backwards);
}

/* Whether the list, which nobody else knows, is in the order of the keys now, a list of as many, raw or of objects. */
int8_t fj_list_sort_by(PyObject *list, PyObject *keys, int64_t raw, int64_t backwards) { return fj_can_make() && sorted_by(list, keys, raw, (int)backwards); }

/* A new list of the items in that order; `sorted` makes it, and looks up a method of it, which the collector counts as well. */
PyObject *fj_items_sorted_by(PyObject *sequence, PyObject *keys, int64_t raw, int64_t backwards) {
    PyObject *made = fj_can_make_list() ? fj_or_nothing(PySequence_List(sequence)) : NULL;
    if (made && (!fj_can_make() || !sorted_by(made, keys, raw, (int)backwards))) Py_CLEAR(made);
    return made;
}

static Py_ssize_t extreme_row(PyObject *keys, int64_t kinds, Py_ssize_t count, int least) {
    const int64_t *rows = fj_raw_words(keys), *best = rows;
    if (!are_rows(keys, kinds, count)) return -1;
    for (const int64_t *row = rows; row < rows + count * width_of(kinds); row += width_of(kinds)) if (least ? row_less(row, best) : row_less(best, row)) best = row;
    return (best - rows) / width_of(kinds);
}

static Py_ssize_t extreme_object(PyObject *keys, Py_ssize_t count, int least) {
    Py_ssize_t best = 0;
    if (PyList_GET_SIZE(keys) != count || !fj_ordered(keys)) return -1;
    for (Py_ssize_t i = 1; i < count; i++) {
        int wins = PyObject_RichCompareBool(PyList_GET_ITEM(keys, i), PyList_GET_ITEM(keys, best), least ? Py_LT : Py_GT);
        if (wins < 0) { PyErr_Clear(); return -1; }
        if (wins) best = i;
    }
    return best;
}

/* A reference to the first of the items whose key is the least, or the greatest. */
PyObject *fj_items_extreme_by(PyObject *sequence, PyObject *keys, int64_t raw, int64_t least) {
    Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence), best;
    if (count == 0 || !fj_can_make() || (raw && !(raw >> IN_PARTS) && !fj_raw_fill(keys, (int32_t)raw))) return NULL;
    best = raw >> IN_PARTS ? extreme_row(keys, raw >> IN_PARTS, count, (int)least) : extreme_object(keys, count, (int)least);
    return best < 0 ? NULL : Py_NewRef(PySequence_Fast_GET_ITEM(sequence, best));
}

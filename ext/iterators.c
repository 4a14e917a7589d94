/* Iterators of C's: which there are, and what of them can be seen without moving them.

   Layouts: Modules/itertoolsmodule.c, Objects/enumobject.c, Python/bltinmodule.c (zip, map, filter); fj_step_fits compares them with objects. */
#include "compat.h"
#include "builtin_types.h"
#include "stepped.h"
#include <string.h>

static const char *const names[] = {"count", "repeat", "cycle", "chain", "islice", "accumulate", "pairwise"};     /* from FJ_IT_COUNT on */

static int find_kind(PyTypeObject *type) {
    if (type == &PyListIter_Type || type == &PyTupleIter_Type || type == &PyUnicodeIter_Type || type == &PyBytesIter_Type || type == &PyByteArrayIter_Type) return FJ_IT_SEQUENCE;
    if (type == &PyListRevIter_Type) return FJ_IT_BACKWARDS;
    if (type == &PyRangeIter_Type) return FJ_IT_RANGE;
    if (type == &PyLongRangeIter_Type) return FJ_IT_LARGE_RANGE;
    if (type == &PyDictIterKey_Type || type == &PyDictIterValue_Type || type == &PyDictIterItem_Type || type == &PySetIter_Type) return FJ_IT_TABLE;
    if (type == &PyEnum_Type) return FJ_IT_ENUMERATE;
    if (type == &PyZip_Type) return FJ_IT_ZIP;
    if (type == &PyMap_Type) return FJ_IT_MAP;
    if (type == &PyFilter_Type) return FJ_IT_FILTER;
    if (type->tp_iternext == NULL || (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && !PyType_HasFeature(type, Py_TPFLAGS_IMMUTABLETYPE))) return FJ_IT_NONE;
    if (strcmp(type->tp_name, "str_ascii_iterator") == 0) return FJ_IT_SEQUENCE;
    if (strncmp(type->tp_name, "itertools.", 10) != 0) return FJ_IT_NONE;
    for (int i = 0; i < FJ_IT_KINDS - FJ_IT_COUNT; i++) if (strcmp(type->tp_name + 10, names[i]) == 0) return FJ_IT_COUNT + i;
    return FJ_IT_NONE;
}

struct fj_iterator_row fj_iterator_rows[FJ_ITERATOR_ROWS];

/* No class of the program's is one of these, nor can it change one. */
int fj_iterator_found(PyTypeObject *type) {
    struct fj_iterator_row *row = &fj_iterator_rows[FJ_ITERATOR_ROW(type)];
    int kind = find_kind(type);
    if (kind) { row->type = type; row->kind = kind; }
    return kind;
}

/* How many items are left; -1: not known. */
Py_ssize_t fj_iterator_rest(PyObject *object) {
    const FjSequenceIter *walk = (FjSequenceIter *)object;
    const FjZip *zip = (FjZip *)object;
    int64_t next, left, by;
    switch (fj_iterator_kind(object)) {
    case FJ_IT_SEQUENCE: return walk->sequence ? Py_MAX(fj_length_of(walk->sequence) - walk->index, 0) : 0;
    case FJ_IT_BACKWARDS: return walk->sequence && walk->index < fj_length_of(walk->sequence) ? walk->index + 1 : 0;
    case FJ_IT_RANGE: fj_range_read((FjRangeIter *)object, &next, &left, &by); return left > 0 ? left : 0;
    case FJ_IT_TABLE: return fj_walk_left(object);
    case FJ_IT_ENUMERATE: return fj_iterator_rest(((FjEnumerate *)object)->iterator);
    case FJ_IT_COUNT: return PY_SSIZE_T_MAX;
    case FJ_IT_REPEAT: return ((FjRepeat *)object)->left < 0 ? PY_SSIZE_T_MAX : ((FjRepeat *)object)->left;
    case FJ_IT_ZIP: case FJ_IT_MAP: break;
    default: return -1;
    }
    PyObject *inners = fj_iterator_kind(object) == FJ_IT_MAP ? ((FjMap *)object)->iterators : zip->iterators;
    Py_ssize_t least = PyTuple_GET_SIZE(inners) ? PY_SSIZE_T_MAX : 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(inners) && least >= 0; i++) least = Py_MIN(least, fj_iterator_rest(PyTuple_GET_ITEM(inners, i)));
    return least;
}

/* What comes next, a new reference; NULL: not known, or there is none. */
PyObject *fj_iterator_peek(PyObject *object) {
    const FjSequenceIter *walk = (FjSequenceIter *)object;
    int64_t next, left, by;
    int kind = fj_iterator_kind(object);
    if (kind == FJ_IT_COUNT) return ((FjCount *)object)->next == PY_SSIZE_T_MAX ? NULL : fj_or_nothing(PyLong_FromSsize_t(((FjCount *)object)->next));
    if (kind == FJ_IT_REPEAT) return ((FjRepeat *)object)->left ? Py_NewRef(((FjRepeat *)object)->item) : NULL;
    if (kind == FJ_IT_RANGE) { fj_range_read((FjRangeIter *)object, &next, &left, &by); return left > 0 ? fj_or_nothing(PyLong_FromLongLong(next)) : NULL; }
    if ((kind != FJ_IT_SEQUENCE && kind != FJ_IT_BACKWARDS) || fj_iterator_rest(object) <= 0) return NULL;
    PyObject *sequence = walk->sequence;
    if (PyList_Check(sequence)) return Py_NewRef(PyList_GET_ITEM(sequence, walk->index));
    if (PyTuple_Check(sequence)) return Py_NewRef(PyTuple_GET_ITEM(sequence, walk->index));
    return PyUnicode_Check(sequence) ? fj_text_item(sequence, walk->index) : NULL;
}

/* What one that dies lets go of: where these references lie, and how many. */
static int held_by(PyObject *object, PyObject ***first) {
    switch (fj_iterator_kind(object)) {
    case FJ_IT_BACKWARDS: *first = &((FjSequenceIter *)object)->sequence; return 1;
    case FJ_IT_COUNT: *first = &((FjCount *)object)->number; return 2;
    case FJ_IT_REPEAT: *first = &((FjRepeat *)object)->item; return 1;
    case FJ_IT_CYCLE: case FJ_IT_CHAIN: case FJ_IT_MAP: case FJ_IT_FILTER: *first = &((FjChain *)object)->source; return 2;
    case FJ_IT_SLICE: *first = &((FjSlice *)object)->iterator; return 1;
    case FJ_IT_ACCUMULATE: *first = &((FjAccumulate *)object)->total; return 4;
    case FJ_IT_PAIRWISE: *first = &((FjPairwise *)object)->iterator; return FJ_PAIRWISE_HOLDS;
    case FJ_IT_LARGE_RANGE: return 0;
    default: return -1;
    }
}

int fj_stepped_quiet(PyObject *object, int depth) {
    PyObject **first = NULL;
    int count = held_by(object, &first);
    return count >= 0 && fj_items_quiet(first, count, depth);
}

static int walks_over(PyObject *iterator, PyObject *list) { return Py_IS_TYPE(iterator, &PyListIter_Type) && ((FjSequenceIter *)iterator)->sequence == list; }

/* Whether one that was made of the list [3, 5], and has been moved once, is laid out so: count(7), repeat(list, 3), cycle(list), chain(list, list),
   islice(list, 1, 5, 2), accumulate(list), pairwise(list), map(int, list), filter(None, list). */
int8_t fj_step_fits(PyObject *object, PyObject *list) {
    PyObject *const *items = ((PyListObject *)list)->ob_item, *inner = ((FjCycle *)object)->iterator;
    const FjSlice *slice = (FjSlice *)object;
    const FjAccumulate *sums = (FjAccumulate *)object;
    const FjPairwise *pairs = (FjPairwise *)object;
    switch (fj_iterator_kind(object)) {
    case FJ_IT_COUNT: return ((FjCount *)object)->next == 8 && ((FjCount *)object)->number == NULL;
    case FJ_IT_REPEAT: return ((FjRepeat *)object)->item == list && ((FjRepeat *)object)->left == 2;
    case FJ_IT_CYCLE: return walks_over(inner, list) && PyList_CheckExact(((FjCycle *)object)->saved) && ((FjCycle *)object)->index == 0;
    case FJ_IT_CHAIN: return walks_over(((FjChain *)object)->active, list) && Py_IS_TYPE(((FjChain *)object)->source, &PyTupleIter_Type);
    case FJ_IT_SLICE: return walks_over(slice->iterator, list) && slice->next == 3 && slice->stop == 5 && slice->step == 2 && slice->done == 2;
    case FJ_IT_ACCUMULATE: return sums->total == items[0] && walks_over(sums->iterator, list) && sums->function == NULL && sums->initial == Py_None;
    case FJ_IT_PAIRWISE: return walks_over(inner, list) && pairs->old == items[1] && (FJ_PAIRWISE_HOLDS == 2 || PyTuple_CheckExact(pairs->result));
    case FJ_IT_MAP: return PyTuple_CheckExact(((FjMap *)object)->iterators) && ((FjMap *)object)->function == (PyObject *)&PyLong_Type;
    case FJ_IT_FILTER: return ((FjFilter *)object)->function == Py_None && walks_over(((FjFilter *)object)->iterator, list);
    default: return 0;
    }
}

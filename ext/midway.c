/* Iterators of C's in the middle of what they go over (stepped.c has their beginnings, seams and ends): looked at and moved at once.

   NULL: nothing has happened, and the long way is asked. */
#include "compat.h"
#include "builtin_types.h"
#include "stepped.h"

/* The next item of a list, a tuple, a range or a text, a new reference. */
static PyObject *leaf(PyObject *object) {
    const FjSequenceIter *walk = (FjSequenceIter *)object;
    int64_t next, left, by;
    if (Py_IS_TYPE(object, &PyListIter_Type)) {
        PyObject *list = walk->sequence;
        return list && (size_t)walk->index < (size_t)Py_SIZE(list) ? Py_NewRef(PyList_GET_ITEM(list, walk->index)) : NULL;
    }
    if (Py_IS_TYPE(object, &PyTupleIter_Type)) return walk->sequence && walk->index < Py_SIZE(walk->sequence) ? Py_NewRef(PyTuple_GET_ITEM(walk->sequence, walk->index)) : NULL;
    if (!Py_IS_TYPE(object, &PyRangeIter_Type)) return fj_iterator_kind(object) == FJ_IT_SEQUENCE ? fj_iterator_peek(object) : NULL;
    fj_range_read((FjRangeIter *)object, &next, &left, &by);
    return left > 0 ? fj_or_nothing(PyLong_FromLongLong(next)) : NULL;
}

static void move(PyObject *object) {
    int64_t next, left, by;
    if (!Py_IS_TYPE(object, &PyRangeIter_Type)) { ((FjSequenceIter *)object)->index++; return; }
    fj_range_read((FjRangeIter *)object, &next, &left, &by);
    fj_range_move((FjRangeIter *)object, (int64_t)((uint64_t)next + (uint64_t)by), left - 1, by);
}

static PyObject *taken(PyObject *object) {
    PyObject *item = leaf(object);
    if (item) move(object);
    return item;
}

static PyObject *of_chain(PyObject *object) { return ((FjChain *)object)->active ? taken(((FjChain *)object)->active) : NULL; }

/* Whether so many items and one more are left, of which the former are gone now. */
static int skipped(PyObject *object, Py_ssize_t count) {
    int64_t next, left, by;
    if (count == 0) return 1;
    int ranges = Py_IS_TYPE(object, &PyRangeIter_Type);
    if ((!ranges && !Py_IS_TYPE(object, &PyListIter_Type) && !Py_IS_TYPE(object, &PyTupleIter_Type)) || fj_iterator_rest(object) <= count) return 0;
    if (!ranges) { ((FjSequenceIter *)object)->index += count; return 1; }
    fj_range_read((FjRangeIter *)object, &next, &left, &by);
    fj_range_move((FjRangeIter *)object, (int64_t)((uint64_t)next + (uint64_t)count * (uint64_t)by), left - count, by);
    return 1;
}

static PyObject *of_slice(PyObject *object) {
    FjSlice *slice = (FjSlice *)object;
    Py_ssize_t skips = Py_MAX(slice->next - slice->done, 0);
    if (slice->iterator == NULL || (slice->stop >= 0 && slice->done + skips >= slice->stop) || !skipped(slice->iterator, skips)) return NULL;
    slice->done += skips;
    PyObject *item = taken(slice->iterator);
    if (item == NULL) return NULL;
    Py_ssize_t before = slice->next;
    slice->done++;
    slice->next = (Py_ssize_t)((size_t)before + (size_t)slice->step);
    if (slice->next < before || (slice->stop >= 0 && slice->next > slice->stop)) slice->next = slice->stop;
    return item;
}

/* What a cycle comes to, which it has kept, or has room to keep. */
static PyObject *seen_of_cycle(PyObject *object) {
    const FjCycle *cycle = (FjCycle *)object;
    const PyListObject *saved = (PyListObject *)cycle->saved;
    if (cycle->iterator && Py_REFCNT(cycle->iterator) > 1) return NULL;
    if (cycle->iterator) return cycle->kept || saved->allocated > Py_SIZE(saved) ? leaf(cycle->iterator) : NULL;
    return Py_SIZE(saved) ? Py_NewRef(saved->ob_item[cycle->index]) : NULL;
}

static void move_cycle(PyObject *object, PyObject *item) {
    FjCycle *cycle = (FjCycle *)object;
    PyListObject *saved = (PyListObject *)cycle->saved;
    if (cycle->iterator == NULL) {
        if (++cycle->index >= Py_SIZE(saved)) cycle->index = 0;
        return;
    }
    move(cycle->iterator);
    if (cycle->kept) return;
    saved->ob_item[Py_SIZE(saved)] = Py_NewRef(item);
    Py_SET_SIZE(saved, Py_SIZE(saved) + 1);
}

static PyObject *of_cycle(PyObject *object) {
    PyObject *item = seen_of_cycle(object);
    if (item) move_cycle(object, item);
    return item;
}

static PyObject *of_accumulate(PyObject *object) {
    FjAccumulate *sums = (FjAccumulate *)object;
    PyObject *total = sums->total, *next = total && sums->initial == Py_None ? leaf(sums->iterator) : NULL, *both[] = {total, next}, *made = NULL;
    if (next == NULL) return NULL;
    if (sums->function == NULL && PyFloat_CheckExact(total) && PyFloat_CheckExact(next)) made = PyFloat_FromDouble(PyFloat_AS_DOUBLE(total) + PyFloat_AS_DOUBLE(next));
    else if (fj_silent_fold(sums->function, total, next)) made = sums->function ? PyObject_Vectorcall(sums->function, both, 2, NULL) : PyNumber_Add(total, next);
    Py_DECREF(next);
    if (fj_or_nothing(made) == NULL) return NULL;
    move(sums->iterator);
    sums->total = Py_NewRef(made);
    Py_DECREF(total);                   /* a number */
    return made;
}

/* Whether nobody hears of it where the tuple, which nobody else has, gets other items. */
static int gets_others(PyObject *tuple) {
    for (Py_ssize_t i = 0; i < 2; i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i);
        if (Py_REFCNT(item) <= 2 && !fj_is_plain(item) && !PyUnicode_CheckExact(item)) return 0;
    }
    return 1;
}

/* Whether there is a tuple of two to be had, with so many others. */
static int has_tuple(PyObject *tuple, int others) { return tuple && Py_REFCNT(tuple) == 1 ? gets_others(tuple) : FJ_SPARE_TUPLES(PyInterpreterState_Get(), 2) > others; }

/* The tuple of these, whose references it gets: the one that there is, if nobody else has it. */
static PyObject *tuple_of(PyObject *tuple, PyObject *first, PyObject *second) {
    if (tuple == NULL || Py_REFCNT(tuple) > 1) {
        tuple = PyTuple_New(2);         /* is spare */
        PyTuple_SET_ITEM(tuple, 0, first);
        PyTuple_SET_ITEM(tuple, 1, second);
        return tuple;
    }
    PyObject *before[] = {PyTuple_GET_ITEM(tuple, 0), PyTuple_GET_ITEM(tuple, 1)};
    Py_INCREF(tuple);
    PyTuple_SET_ITEM(tuple, 0, first);
    PyTuple_SET_ITEM(tuple, 1, second);
    Py_DECREF(before[0]);
    Py_DECREF(before[1]);
    if (!PyObject_GC_IsTracked(tuple)) PyObject_GC_Track(tuple);
    return tuple;
}

static PyObject *of_pairwise(PyObject *object) {
    FjPairwise *pairs = (FjPairwise *)object;
    PyObject *old = pairs->old, *next = pairs->iterator && old && has_tuple(FJ_PAIRWISE_TUPLE(pairs), 0) ? leaf(pairs->iterator) : NULL;
    if (next == NULL) return NULL;
    move(pairs->iterator);
    pairs->old = Py_NewRef(next);
    return tuple_of(FJ_PAIRWISE_TUPLE(pairs), old, next);
}

static PyObject *of_enumerate(PyObject *object) {
    FjEnumerate *pairs = (FjEnumerate *)object;
    if (pairs->beyond || pairs->index == PY_SSIZE_T_MAX || !has_tuple(pairs->result, 1) || Py_IS_TYPE(pairs->iterator, &PyEnum_Type)) return NULL;
    PyObject *number = PyLong_FromSsize_t(pairs->index), *item = number ? fj_midway(pairs->iterator) : NULL;
    if (item == NULL) { PyErr_Clear(); Py_XDECREF(number); return NULL; }
    pairs->index++;
    return tuple_of(pairs->result, number, item);
}

static PyObject *of_map(PyObject *object) {
    const FjMap *map = (FjMap *)object;
    PyObject *inner = PyTuple_GET_SIZE(map->iterators) == 1 ? PyTuple_GET_ITEM(map->iterators, 0) : NULL, *item = inner ? leaf(inner) : NULL, *made = NULL;
    if (item && fj_silent_call(map->function, &item, 1, &made) == FJ_STEPPED) move(inner);
    Py_XDECREF(item);
    return made;
}

/* What it throws away is gone for good. */
static PyObject *of_filter(PyObject *object) {
    PyObject *inner = ((FjFilter *)object)->iterator, *function = ((FjFilter *)object)->function, *item, *made;
    if (function == Py_None) function = (PyObject *)&PyBool_Type;
    for (; (item = leaf(inner)); Py_DECREF(item)) {
        made = NULL;
        if (fj_silent_call(function, &item, 1, &made) != FJ_STEPPED) break;
        int fits = PyObject_IsTrue(made);
        Py_DECREF(made);
        move(inner);
        if (fits) return item;
    }
    Py_XDECREF(item);
    return NULL;
}

/* Those that zip goes over and that can be looked at without being moved. */
static PyObject *seen(PyObject *object) {
    switch (fj_iterator_kind(object)) {
    case FJ_IT_COUNT: case FJ_IT_REPEAT: return fj_iterator_peek(object);
    case FJ_IT_CYCLE: return seen_of_cycle(object);
    default: return leaf(object);
    }
}

static void move_seen(PyObject *object, PyObject *item) {
    switch (fj_iterator_kind(object)) {
    case FJ_IT_COUNT: ((FjCount *)object)->next++; return;
    case FJ_IT_REPEAT: if (((FjRepeat *)object)->left > 0) ((FjRepeat *)object)->left--; return;
    case FJ_IT_CYCLE: move_cycle(object, item); return;
    default: move(object);
    }
}

static PyObject *of_number(PyObject *object) {
    PyObject *item = seen(object);
    if (item) move_seen(object, item);
    return item;
}

static PyObject *of_zip(PyObject *object) {
    const FjZip *zip = (FjZip *)object;
    if (zip->count != 2 || zip->strict || !has_tuple(zip->result, 0)) return NULL;
    PyObject *left = PyTuple_GET_ITEM(zip->iterators, 0), *right = PyTuple_GET_ITEM(zip->iterators, 1);
    if (left == right && fj_iterator_rest(left) < 2) return NULL;
    PyObject *first = left == right ? taken(left) : seen(left), *second = first ? seen(right) : NULL;
    if (second == NULL) { Py_XDECREF(first); return NULL; }
    if (left != right) move_seen(left, first);
    move_seen(right, second);
    return tuple_of(zip->result, first, second);
}

static PyObject *(*const rows[FJ_IT_KINDS])(PyObject *) = {
    [FJ_IT_SEQUENCE] = taken, [FJ_IT_RANGE] = taken, [FJ_IT_ENUMERATE] = of_enumerate, [FJ_IT_ZIP] = of_zip, [FJ_IT_MAP] = of_map, [FJ_IT_FILTER] = of_filter,
    [FJ_IT_COUNT] = of_number, [FJ_IT_REPEAT] = of_number, [FJ_IT_CYCLE] = of_cycle, [FJ_IT_CHAIN] = of_chain, [FJ_IT_SLICE] = of_slice, [FJ_IT_ACCUMULATE] = of_accumulate, [FJ_IT_PAIRWISE] = of_pairwise,
};

/* The next item, if there is one and nothing else happens by it. */
PyObject *fj_midway(PyObject *object) {
    PyObject *(*row)(PyObject *) = rows[fj_iterator_kind(object)];
    return row ? row(object) : NULL;
}

/* The expressions of a recipe: how the interpreter's objects are made from raw values in the spill area.  Their grammar
   stands in src/framejit/tables/recipes.py. */
#ifndef FRAMEJIT_BUILD_H
#define FRAMEJIT_BUILD_H
#include "compat.h"
#include "machine.h"
#include "raw_lists.h"
#include "recipes_gen.h"

typedef struct {
    FjRun *run;
    const int32_t *word;
    _PyInterpreterFrame *frame;
    const struct Swap *swaps;      /* what has been built so far, for the words that name it again */
    int used;
    int walks;                     /* whether an iterator has been made or moved that native code moves by itself */
    int waiting;                   /* numbers that are to be written into objects which slots have (leave.c) */
} Reader;

typedef struct Swap { PyObject **slot; PyObject *value; } Swap;

enum { BUILD_ERROR = -1, BUILD_VALUE = 0, BUILD_KEEP = 1, BUILD_RETAIN = 2 };

static int made_after_all(Reader *reader, PyObject **slot);

/* What a slot is going to hold: a new reference. */
static int built(Reader *reader, PyObject **slot, PyObject **out) {
    if (reader->waiting && made_after_all(reader, slot) < 0) return BUILD_ERROR;
    PyObject *value = *slot;
    for (int i = reader->used; i-- > 0;) if (reader->swaps[i].slot == slot) { value = reader->swaps[i].value; break; }
    *out = Py_XNewRef(value);
    return BUILD_VALUE;
}

static int build(Reader *reader, PyObject *home, PyObject **out);

static PyObject *build_value(Reader *reader) {
    PyObject *value;
    if (build(reader, NULL, &value) < 0) return NULL;
    if (value == NULL) PyErr_SetString(PyExc_SystemError, "framejit: a recipe nests an unbound value");
    return value;
}

static PyObject *build_many(Reader *reader, int count, int as_list) {
    PyObject *result = as_list ? fj_new_list(count) : fj_new_tuple(count);
    for (int i = 0; i < count; i++) {
        PyObject *value = build_value(reader);
        if (value == NULL || result == NULL) { Py_XDECREF(value); Py_CLEAR(result); return NULL; }
        if (as_list) PyList_SET_ITEM(result, i, value);
        else PyTuple_SET_ITEM(result, i, value);
    }
    return result;
}

static PyObject *build_range(Reader *reader) {
    PyObject *args = build_many(reader, 3, 0);
    if (args == NULL) return NULL;
    PyObject *result = fj_new_call((PyObject *)&PyRange_Type, args);
    Py_DECREF(args);
    return result;
}

/* How many items an iterator has left that goes on at `next`. */
static int64_t items_left(int64_t next, int64_t stop, int64_t step) {
    if (step > 0) return next >= stop ? 0 : (int64_t)(((uint64_t)stop - (uint64_t)next - 1) / (uint64_t)step) + 1;
    return next <= stop ? 0 : (int64_t)(((uint64_t)next - (uint64_t)stop - 1) / (0 - (uint64_t)step)) + 1;
}

static PyObject *build_range_iter(int64_t next, int64_t left, int64_t step) {
    static PyObject *range;
    if (range == NULL) range = PyObject_CallFunction((PyObject *)&PyRange_Type, "ii", 0, 1);
    PyObject *iterator = range ? fj_new_iterator(range) : NULL;
    if (iterator) fj_range_fill((FjRangeIter *)iterator, next, left, step);
    return iterator;
}

static int goes_backward(PyObject *iterator) { return Py_TYPE(iterator) == &PyListRevIter_Type || Py_TYPE(iterator) == &PyReversed_Type; }

/* Below zero: the iterator is exhausted and has let go of its sequence; a backward one only has nothing left. */
static void move_sequence_iter(PyObject *iterator, int64_t index) {
    FjSequenceIter *it = (FjSequenceIter *)iterator;
    if (index >= 0 || goes_backward(iterator)) { it->index = index; return; }
#if PY_VERSION_HEX >= 0x030D0000
    if (Py_TYPE(iterator) == &PyListIter_Type) it->index = -1;
#endif
    Py_CLEAR(it->sequence);
}

static PyObject *build_sequence_iter(Reader *reader, PyObject *sequence, int64_t index) {
    reader->walks = 1;
    if (sequence == NULL) return NULL;
    PyObject *iterator = fj_new_iterator(sequence);
    Py_DECREF(sequence);
    if (iterator) move_sequence_iter(iterator, index);
    return iterator;
}

static PyObject *build_reversed(Reader *reader) {
    reader->walks = 1;
    PyObject *iterator = build_value(reader);
    int64_t index = reader->run->context.spill[*reader->word++];
    if (iterator) move_sequence_iter(iterator, index);
    return iterator;
}

static PyObject *build_item(Reader *reader) {
    PyObject *container = build_value(reader);
    PyObject *key = container ? build_value(reader) : NULL;
    PyObject *result = key ? PyObject_GetItem(container, key) : NULL;
    Py_XDECREF(container); Py_XDECREF(key);
    return result;
}

static PyObject *build_call(Reader *reader, PyObject *callable) {
    reader->walks = 1;
    int count = *reader->word++;
    PyObject *args = build_many(reader, count, 0);
    if (args == NULL) return NULL;
    PyObject *result = fj_new_call(callable, args);
    Py_DECREF(args);
    return result;
}

/* Steps over an expression whose value is not wanted. */
static void skip(Reader *reader) {
    int32_t word = *reader->word++;
    switch (word) {
    case FJ_W_KEEP: case FJ_W_NULL: return;
    case FJ_W_SCALAR: case FJ_W_RAW: reader->word += 2; return;
    case FJ_W_BOXED: case FJ_W_MAYBE: case FJ_W_PART: reader->word++; skip(reader); return;
    case FJ_W_TUPLE: case FJ_W_LIST: { int n = *reader->word++; while (n--) skip(reader); return; }
    case FJ_W_RANGE: skip(reader); skip(reader); skip(reader); return;
    case FJ_W_RANGE_ITER: case FJ_W_HOME_RANGE_ITER: reader->word += 3; return;
    case FJ_W_LIST_ITER: case FJ_W_TUPLE_ITER: case FJ_W_REVERSED: skip(reader); reader->word++; return;
    case FJ_W_RAW_ITEM: reader->word += 3; skip(reader); return;
    case FJ_W_ITEM: skip(reader); skip(reader); return;
    case FJ_W_RETAIN: skip(reader); return;
    case FJ_W_CHOOSE: { reader->word++; int n = *reader->word++; while (n--) skip(reader); return; }
    case FJ_W_CALL: { reader->word++; int n = *reader->word++; while (n--) skip(reader); return; }
    default: reader->word++;
    }
}

static PyObject *build_word(Reader *reader, int32_t word, PyObject *home) {
    FjContext *context = &reader->run->context;
    int64_t *spill = context->spill;
    const int32_t *w = reader->word;
    double number, parts[2];
    switch (word) {
    case FJ_W_CONST: reader->word++; return Py_NewRef(context->consts[w[0]]);
    case FJ_W_INT: reader->word++; return fj_new_int_object(spill[w[0]]);
    case FJ_W_FLOAT: reader->word++; memcpy(&number, &spill[w[0]], sizeof number); return fj_new_float(number);
    case FJ_W_COMPLEX: reader->word++; memcpy(parts, &spill[w[0]], sizeof parts); return fj_new_complex(parts[0], parts[1]);
    case FJ_W_COMPLEX128: reader->word++; memcpy(parts, &spill[w[0]], sizeof parts); return fj_new_complex128(parts[0], parts[1]);
    case FJ_W_BOOL: reader->word++; return PyBool_FromLong((spill[w[0]] & 1) != 0);
    case FJ_W_SCALAR: reader->word += 2; return fj_new_scalar(w[0], spill[w[1]]);
    case FJ_W_TUPLE: reader->word++; return build_many(reader, w[0], 0);
    case FJ_W_LIST: reader->word++; return build_many(reader, w[0], 1);
    case FJ_W_RANGE: return build_range(reader);
    case FJ_W_RANGE_ITER: reader->word += 3; 
        return build_range_iter(spill[w[0]], items_left(spill[w[0]], spill[w[1]], spill[w[2]]), spill[w[2]]);
    case FJ_W_LIST_ITER: case FJ_W_TUPLE_ITER: {
        PyObject *sequence = build_value(reader);
        return build_sequence_iter(reader, sequence, spill[*reader->word++]);
    }
    case FJ_W_REVERSED: return build_reversed(reader);
    case FJ_W_ITEM: return build_item(reader);
    case FJ_W_RAW:
        reader->word += 2;
        if (!fj_raw_fill((PyObject *)spill[w[1]], w[0])) return PyErr_NoMemory();
        return Py_XNewRef((PyObject *)spill[w[1]]);
    case FJ_W_CALL: reader->word++; return build_call(reader, context->consts[w[0]]);
    }
    PyErr_Format(PyExc_SystemError, "framejit: unknown recipe word %d", (int)word);
    return NULL;
}

/* One expression.  `home`: what the slot holds now (borrowed), for the words that keep or move it. */
static int build(Reader *reader, PyObject *home, PyObject **out) {
    FjContext *context = &reader->run->context;
    int64_t *spill = context->spill;
    int32_t word = *reader->word++;
    const int32_t *w = reader->word;
    switch (word) {
    case FJ_W_KEEP: return BUILD_KEEP;
    case FJ_W_NULL: *out = NULL; return BUILD_VALUE;
    case FJ_W_OBJECT: reader->word++; *out = Py_XNewRef((PyObject *)spill[w[0]]); return BUILD_VALUE;
    case FJ_W_OWNED: reader->word++; *out = (PyObject *)spill[w[0]]; spill[w[0]] = 0; return BUILD_VALUE;
    case FJ_W_HOME_LOCAL: reader->word++; return built(reader, &reader->frame->localsplus[w[0]], out);
    case FJ_W_STACK_ITEM:
        reader->word++; return built(reader, &reader->frame->localsplus[FJ_CODE(reader->frame)->co_nlocalsplus + w[0]], out);
    case FJ_W_NAME_ITEM: reader->word++; *out = Py_XNewRef(context->names[w[0]]); return BUILD_VALUE;
    case FJ_W_PART: {
        PyObject *tuple;
        reader->word++;
        int kind = build(reader, NULL, &tuple);
        if (kind < 0) return kind;
        *out = Py_NewRef(PyTuple_GET_ITEM(tuple, w[0]));
        Py_DECREF(tuple);
        return BUILD_VALUE;
    }
    case FJ_W_CHOOSE: {
        int chosen = (int)spill[w[0]], count = w[1], kind = BUILD_ERROR;
        reader->word += 2;
        for (int i = 0; i < count; i++) {
            if (i == chosen) { kind = build(reader, home, out); if (kind < 0) return kind; }
            else skip(reader);
        }
        return kind;
    }
    case FJ_W_RETAIN: {
        int kind = build(reader, home, out);
        return kind == BUILD_VALUE ? BUILD_RETAIN : kind;
    }
    case FJ_W_BOXED:
        reader->word++;
        if (spill[w[0]] == 0) return build(reader, home, out);
        skip(reader); *out = Py_NewRef((PyObject *)spill[w[0]]); return BUILD_VALUE;
    case FJ_W_MAYBE:
        reader->word++;
        if (spill[w[0]] != 0) return build(reader, home, out);
        skip(reader); *out = NULL; return BUILD_VALUE;
    case FJ_W_RAW_ITEM:
        reader->word += 3;
        if (spill[w[2]] < 0) return build(reader, home, out);
        if (!fj_raw_fill((PyObject *)spill[w[1]], w[0])) { PyErr_NoMemory(); return BUILD_ERROR; }
        skip(reader); *out = Py_XNewRef(fj_raw_item((PyObject *)spill[w[1]], spill[w[2]])); return BUILD_VALUE;
    case FJ_W_HOME_RANGE_ITER:
        reader->word += 3; 
        fj_range_move((FjRangeIter *)home, spill[w[0]], items_left(spill[w[0]], spill[w[1]], spill[w[2]]), spill[w[2]]);
        return BUILD_KEEP;
    case FJ_W_HOME_LIST_ITER:
        reader->word++; reader->walks = 1; move_sequence_iter(home, spill[w[0]]); return BUILD_KEEP;
    }
    *out = build_word(reader, word, home);
    return *out ? BUILD_VALUE : BUILD_ERROR;
}

#endif

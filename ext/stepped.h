/* Iterators of C's that native code moves by one item (stepped.c), and functions of C's that nothing of the program's hears of (silent.c). */
#ifndef FRAMEJIT_STEPPED_H
#define FRAMEJIT_STEPPED_H
#include "machine.h"

enum { FJ_STEPPED = 0, FJ_STEP_OVER = -1, FJ_STEP_LEAVE = -2, FJ_STEP_NEVER = -3 };      /* LEAVE: not now; NEVER: it can't be known what such a one does */

/* What `function` gives for these, a new reference in *made; LEAVE: it raises; NEVER: it isn't one of those that are known. */
int64_t fj_silent_call(PyObject *function, PyObject *const *arguments, int count, PyObject **made);
/* Whether it gives something for this one argument, whatever that is. */
int fj_silent_sure(PyObject *function, PyObject *argument);
/* Whether list() and the like may go over an iterator to its end, and how many tuples that makes at most; dict() (drained.c). */
int fj_drains(PyObject *object, Py_ssize_t *made), fj_drains_pairs(PyObject *object, Py_ssize_t *made);
/* Whether the sum, and so on, of two numbers can't fail. */
int fj_silent_fold(PyObject *function, PyObject *total, PyObject *next);
/* The entry of a dictionary or a set that comes next, or DONE, or LEAVE (walks.c); the tuple that one over items gives. */
int64_t fj_walk_entry(const FjContext *context, PyObject *iterator);
PyObject *fj_walk_tuple(PyObject *iterator);
int64_t fj_walk_left(PyObject *iterator);
void fj_ask(void);      /* what is lost is counted anew from here on (objects.c) */

typedef struct { PyObject_HEAD Py_ssize_t count; PyObject *iterators, *result; int strict; } FjZip;
typedef struct { PyObject_HEAD Py_ssize_t index; PyObject *iterator, *result, *beyond; } FjEnumerate;
typedef struct { PyObject_HEAD Py_ssize_t next; PyObject *number, *step; } FjCount;              /* number: where `next` is the largest */
typedef struct { PyObject_HEAD PyObject *item; Py_ssize_t left; } FjRepeat;                       /* below zero: without an end */
typedef struct { PyObject_HEAD PyObject *iterator, *saved; Py_ssize_t index; int kept; } FjCycle;     /* kept: `saved` has all items already */
typedef struct { PyObject_HEAD PyObject *source, *active; } FjChain;
typedef struct { PyObject_HEAD PyObject *iterator; Py_ssize_t next, stop, step, done; } FjSlice;
typedef struct { PyObject_HEAD PyObject *total, *iterator, *function, *initial; } FjAccumulate;
typedef struct { PyObject_HEAD PyObject *iterator, *old, *result; } FjPairwise;                  /* result: from 3.13 on */
typedef struct { PyObject_HEAD PyObject *iterators, *function; } FjMap;
typedef struct { PyObject_HEAD PyObject *function, *iterator; } FjFilter;

#if PY_VERSION_HEX >= 0x030D0000
#define FJ_PAIRWISE_TUPLE(pairs) (pairs)->result
enum { FJ_PAIRWISE_HOLDS = 3 };
#else
#define FJ_PAIRWISE_TUPLE(pairs) NULL
enum { FJ_PAIRWISE_HOLDS = 2 };
#endif

enum { FJ_IT_NONE, FJ_IT_SEQUENCE, FJ_IT_BACKWARDS, FJ_IT_RANGE, FJ_IT_LARGE_RANGE, FJ_IT_TABLE, FJ_IT_ENUMERATE, FJ_IT_ZIP, FJ_IT_MAP, FJ_IT_FILTER, FJ_IT_COUNT, FJ_IT_REPEAT, FJ_IT_CYCLE, FJ_IT_CHAIN, FJ_IT_SLICE, FJ_IT_ACCUMULATE, FJ_IT_PAIRWISE, FJ_IT_KINDS };
/* What it is, one of those above; how many items are left, -1: that isn't known; and what comes next, a new reference, NULL: that isn't known, or nothing does
   (iterators.c). */
enum { FJ_ITERATOR_ROWS = 512 };
#define FJ_ITERATOR_ROW(type) (((uintptr_t)(type) >> 4) * 0x9E3779B97F4A7C15u >> 55)
extern FJ_INNER struct fj_iterator_row { PyTypeObject *type; int kind; } fj_iterator_rows[FJ_ITERATOR_ROWS];
int fj_iterator_found(PyTypeObject *type);
static inline int fj_iterator_kind(PyObject *object) {
    const struct fj_iterator_row *row = &fj_iterator_rows[FJ_ITERATOR_ROW(Py_TYPE(object))];
    return row->type == Py_TYPE(object) ? row->kind : fj_iterator_found(Py_TYPE(object));
}
Py_ssize_t fj_iterator_rest(PyObject *object);
PyObject *fj_iterator_peek(PyObject *object);
static inline Py_ssize_t fj_length_of(PyObject *sequence) { return PyUnicode_Check(sequence) ? PyUnicode_GET_LENGTH(sequence) : Py_SIZE(sequence); }

PyObject *fj_midway(PyObject *iterator);     /* midway.c */
int64_t fj_step(const FjContext *context, PyObject *iterator), fj_step_inside(const FjContext *context, PyObject *iterator);
PyObject *fj_stepped(void);
int8_t fj_room_for(int64_t count);           /* so many objects that the collector counts */
int8_t fj_iterable(PyObject *object);        /* made_iterators.c */
PyObject *fj_make_iterator(PyObject *kind, PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e), *fj_make_flattened(PyObject *chain, PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e), *fj_new_range(int64_t start, int64_t stop, int64_t step);
int8_t fj_step_fits(PyObject *object, PyObject *list);
int fj_stepped_quiet(PyObject *object, int depth);
#endif

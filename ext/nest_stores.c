/* Nests whose result goes into an array that exists.

       fj_nest_into(context, nest, words, target)  ->  1; or 0, 2: nothing has happened, 2: because NumPy is as fast

   NumPy computes everything before it stores anything, and so what warns or raises has to be known while the target is as
   it was.  Small results are computed into memory of their own and copied.  Large ones are computed in pieces that go
   straight into the target (nest_pieces.c): where flags could be raised by a first walk that stores nothing, then by a second. */
#include "compat.h"
#include "nest_pieces.h"
#include "nest_reduce.h"
#include <string.h>

enum { KEPT = 1 << 17, LARGE = 1 << 23, LIGHT = 1 << 20 };      /* bytes of results: that memory of their own is kept for; that two walks are better for; the same where these compute little */
enum { LEFT_TO_NUMPY = 2 };     /* capture/array_stores.py */
/* Bytes of results of one operation from which NumPy, who stores them at once, is as fast: of arrays and arrays, of arrays and numbers, into views that NumPy makes first. */
enum { OF_ARRAYS = 20 << 10, OF_NUMBERS = 26 << 10, INTO_VIEWS = 40 << 10 };

static int64_t few_bytes = KEPT, large_bytes = LARGE;

/* For tests, which want the ways of large arrays for small ones. */
void fj_nest_bounds(int64_t few, int64_t large) {
    few_bytes = few < 0 || few > KEPT ? KEPT : few;
    large_bytes = large < 0 ? LARGE : large;
}

/* The flags of one walk over all elements. */
static int walked(FjStoring *s, int stored) {
    int flags = fj_pieces_by_several(s, stored);
    if (flags >= 0) return flags;
    flags = fj_pieces_walked(s, stored);
    if (stored) fj_pieces_put(s, s->end);
    return flags;
}

/* 1 done, 0 not done, -1: in another way. */
static int in_pieces(FjStoring *s, const int64_t *words) {
    int ignored = fj_flags_ignored(), checked = s->nest->raises && ignored != FJ_FLAGS;
    int64_t least = s->nest->raises == FJ_LIGHT && large_bytes > LIGHT ? LIGHT : large_bytes;
    if (!fj_pieces_wait(s)) return -1;
    if (s->nest->raises == FJ_LIGHT && s->lag + s->lead == 0 && least > few_bytes) least = few_bytes;      /* what isn't read isn't walked over twice */
    if (checked && s->end * s->nest->size < least) return -1;
    if ((s->ring = PyMem_RawMalloc((size_t)(s->room * s->nest->size))) == NULL) return -1;
    PyThreadState *ts = fj_nest_release(s->nest, words);
    int done = !checked || (walked(s, 0) & ~ignored) == 0;
    if (done) walked(s, 1);
    fj_nest_acquire(s->nest, words, ts);
    PyMem_RawFree(s->ring);
    return done;
}

/* ---- through memory of their own */

/* A contiguous result into an array of the same shape, row by row. */
static void copy_into(const FjArray *target, const char *from, int size) {
    int64_t at[FJ_MOST_AXES] = {0}, n = target->nd ? target->dims[target->nd - 1] : 1, step = target->nd ? target->strides[target->nd - 1] : size;
    char *row = target->data;
    for (;;) {
        fj_pieces_scatter(row, step, from, n, size);
        from += n * size;
        int axis = target->nd - 2;
        for (; axis >= 0; axis--) {
            row += target->strides[axis];
            if (++at[axis] < target->dims[axis]) break;
            row -= at[axis] * target->strides[axis];
            at[axis] = 0;
        }
        if (axis < 0) return;
    }
}

static int by_copy(const FjNest *nest, const int64_t *words, const FjArray *target, FjWalk *walk, int64_t size, int few) {
    static int64_t kept[KEPT / 8];
    char *room = few ? (char *)kept : PyMem_RawMalloc((size_t)(size * nest->size));
    if (room == NULL) return 0;
    int flags = few ? fj_flags_of(nest, walk, room) : fj_flags_beside_others(nest, words, walk, room);
    int raised = nest->calls && PyErr_Occurred() != NULL;
    if (raised) PyErr_Clear();
    int done = !raised && !(flags && flags & ~fj_flags_ignored());
    if (done) copy_into(target, room, nest->size);
    if (!few) PyMem_RawFree(room);
    return done;
}

/* Whether there is nothing to win: memory bounds it, and NumPy, too, stores at once; `a += t * b` moves less as two expressions than by a copy, or two walks
   over what the caches of a processor's cores share. */
static int is_numpys(const FjNest *nest, const int64_t *words, const FjArray *target, int64_t size) {
    int numbers = 0, at_once = fj_nest_bare(nest, words) != NULL;
    for (int i = 0; i < nest->count; i++) {
        numbers |= nest->operands[i].size == 0;
        at_once |= nest->operands[i].size && ((const FjArray *)words[i])->data == target->data;
    }
    int64_t most = ((const PyObject *)target)->ob_type == NULL ? INTO_VIEWS : numbers ? OF_NUMBERS : OF_ARRAYS;
    if (nest->nsteps == 2) return nest->raises == FJ_LIGHT && at_once && size * nest->size > few_bytes && size * nest->size < large_bytes && few_bytes;
    return nest->nsteps == 1 && at_once && few_bytes && size * nest->size > most;
}

static int are_few(const FjNest *nest, int64_t size) { return size * nest->size <= few_bytes && size * nest->nsteps < FJ_RELEASED; }

static int64_t in_parts_of_it(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target, int held);
static int64_t into(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target, int held);

/* Whether elements that lie side by side were copied to where they lie so, too. */
static int moved(const FjNest *nest, const int64_t *words, const FjArray *target) {
    FjWalk walk;
    if (fj_nest_bare(nest, words) == NULL) return 0;
    int64_t size = fj_nest_plan_into(nest, words, target, &walk, 1);
    if (size <= 0 || size >= FJ_RELEASED || walk.axes > 1 || walk.packed || walk.step[nest->count][0] != nest->size) return 0;
    memmove(target->data, walk.place[0], (size_t)(size * nest->size));
    return 1;
}

/* In a routine, where nothing else may run. */
int64_t fj_nest_into_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target) {
    FjWalk walk;
    if (!fj_has_company(context)) return into(context, nest, words, target, 1);
    int64_t size = fj_nest_plan_into(nest, words, target, &walk, 0);
    if (size < 0 && nest->parted) return in_parts_of_it(context, nest, words, target, 1);
    if (size < 0 || !are_few(nest, size)) return FJ_LEFT_TO_NUMPY;
    return size == 0 || by_copy(nest, words, target, &walk, size, 1);
}

/* The parts first, while the target is as it was; it may share memory with what they read. */
static int64_t in_parts_of_it(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target, int held) {
    FjPartsMade parts;
    PyObject *owner = Py_NewRef(fj_keeper(target));
    int there = fj_parts_made(context, nest, words, 0, &parts, held) && !parts.number;
    int64_t done = !there ? 0 : held ? fj_nest_into_held(context, nest->parted->main, parts.words, target) : into(context, nest->parted->main, parts.words, target, 1);
    fj_parts_dropped(context, nest, &parts);
    Py_DECREF(owner);
    return parts.number & FJ_LEFT_TO_NUMPY ? FJ_LEFT_TO_NUMPY : done;
}

int64_t fj_nest_into(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target) {
    return into(context, nest, words, target, 0);
}

static int64_t into(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target, int held) {
    FjWalk walk;
    context->number = 0;
    int64_t size = fj_nest_plan_into(nest, words, target, &walk, 0);
    if (size < 0 && nest->parted) return in_parts_of_it(context, nest, words, target, held);
    if (size <= 0) return size == 0;
    int few = are_few(nest, size), done = -1;
    if (moved(nest, words, target)) return 1;
    if (!held && is_numpys(nest, words, target, size)) return LEFT_TO_NUMPY;
    if (few) return by_copy(nest, words, target, &walk, size, few);
    unsigned long switches = FJ_SWITCHES(context->tstate);
    PyObject *owner = Py_NewRef(fj_keeper(target));
    if (!nest->calls) {
        FjStoring storing = {.nest = nest, .walk = &walk, .end = fj_nest_plan_into(nest, words, target, &walk, 1)};
        done = in_pieces(&storing, words);
    }
    if (done < 0) {
        fj_nest_plan_into(nest, words, target, &walk, 0);
        done = by_copy(nest, words, target, &walk, size, few);
    }
    Py_DECREF(owner);
    context->number = FJ_SWITCHES(context->tstate) != switches;
    return done;
}

/* Reductions of a nest's result along neighbouring axes: the elements count as outer x length x inner, and `length` goes.

       fj_nest_along(context, nest, words, reduction, call)  ->  a new array, or NULL: nothing has happened, the interpreter does it

   NumPy goes over contiguous elements in their order: where the last axes go, it sums row by row, pairwise; where others do, it adds
   rows to rows.  So does this, by NumPy's own inner loops, over tiles of the result, which is never an array; in several threads where
   it takes long.  Whatever lies otherwise, or is empty, is computed first and reduced by NumPy (array_calls.c). */
#include "compat.h"
#include "array_calls.h"
#include "nest_reduce.h"
#include "pool.h"
#include <string.h>
#include <xmmintrin.h>

enum { WIDTH = 1024, PIECE = 8192, FEWEST = 3 };      /* columns of a unit; elements of a piece; pieces */

typedef struct {
    const FjNest *nest;
    const FjReduction *reduction;
    FjWalk *walk;
    char *whole, *out;                      /* all elements, where they are there; of the result */
    int64_t outer, length, inner;
    int64_t width, columns, units, per;     /* columns of a unit; units side by side; all units; units of a piece */
    unsigned control;                       /* how the caller rounds */
    int flags;
} Along;

/* ---- pieces */

static int is_floating(const Along *job) { return job->nest->type == FJ_FLOAT32 || job->nest->type == FJ_FLOAT64; }

static int is_sum(const Along *job) { return job->reduction->mode != FJ_FIRST && job->reduction->start == 0 && is_floating(job); }

/* Whether of several zeros, or NaNs, the place in NumPy's loop decides which one it is. */
static int has_place(const Along *job) { return job->reduction->mode == FJ_FIRST && is_floating(job); }

/* A row that is longer than what is computed at a time. */
static void long_row(const Along *job, FjReducing *r, int64_t number, char *out) {
    int64_t bits;
    if (!is_sum(job)) bits = fj_reduce_stretch(r, number * job->length, job->length);
    else {
        double sum = 0.0 + fj_reduce_sum(r, number * job->length, job->length);
        float narrow = (float)sum;
        bits = 0;
        memcpy(&bits, job->nest->size == 4 ? (void *)&narrow : (void *)&sum, (size_t)job->nest->size);
    }
    memcpy(out, &bits, (size_t)job->nest->size);
}

static void rows(const Along *job, FjReducing *r, int64_t first, int64_t end) {
    int64_t many = job->length < FJ_CHUNK ? FJ_CHUNK / job->length : 1;
    int size = job->nest->size;
    for (int64_t at = first; at < end; at += many) {
        int64_t some = end - at < many ? end - at : many;
        if (job->length > FJ_CHUNK && job->whole == NULL) { long_row(job, r, at, job->out + at * size); continue; }
        char *in = fj_reduce_piece(r, at * job->length, some * job->length);
        r->flags |= fj_flags_now();                     /* some loops clear them */
        fj_reduce_rows(job->reduction, job->nest->type, size, in, job->length, some, job->out + at * size);
    }
}

/* Columns of one outer index: rows are added to rows. */
static void unit(const Along *job, FjReducing *r, int64_t number) {
    int size = job->nest->size, started = 0;
    int64_t base = number / job->columns * job->length, column = number % job->columns * job->width;
    int64_t count = job->inner - column < job->width ? job->inner - column : job->width;
    int64_t many = count == job->inner && count < FJ_CHUNK ? FJ_CHUNK / count : 1;
    char *out = job->out + (number / job->columns * job->inner + column) * size;
    for (int64_t at = 0; at < job->length; at += many) {
        int64_t some = job->length - at < many ? job->length - at : many, steps[] = {size, size, size};
        char *in = fj_reduce_piece(r, (base + at) * job->inner + column, some * count);
        r->flags |= fj_flags_now();
        if (at == 0) { fj_reduce_begin(job->reduction, size, out, count, in); started = job->reduction->mode == FJ_FIRST; }
        for (int64_t k = at == 0 ? started : 0; k < some; k++) {
            char *args[] = {out, in + k * count * size, out};
            job->reduction->loop(args, &count, steps, job->reduction->data);
        }
    }
}

static __attribute__((noinline)) void compute(Along *job, int64_t first, int64_t end) {
    int64_t room[FJ_CHUNK];
    FjReducing r = {.nest = job->nest, .reduction = job->reduction, .walk = job->walk, .whole = job->whole, .chunk = job->whole ? job->length : FJ_CHUNK, .room = room};
    unsigned before = _mm_getcsr();
    _mm_setcsr(job->control);
    fj_flags_clear(1);
    if (job->inner == 1) rows(job, &r, first, end);
    else for (int64_t k = first; k < end; k++) unit(job, &r, k);
    int flags = r.flags | fj_flags_now();
    fj_flags_restore(before);
    if (flags) __atomic_or_fetch(&job->flags, flags, __ATOMIC_RELAXED);
}

static void pieces(void *with, int64_t from, int64_t to) {
    Along *job = with;
    compute(job, from * job->per, to * job->per < job->units ? to * job->per : job->units);
}

/* Sums become means. */
static void divide(Along *job, int64_t count) {
    int64_t number = job->outer * job->inner;
    unsigned before = fj_flags_clear(0);
    fj_reduce_divide(job->nest->size, job->out, number, count);
    job->flags |= (int)_mm_getcsr() & FJ_FLAGS;
    fj_flags_restore(before);
}

/* ---- what is to be done */

/* 0: axes that go have one that stays between them. */
static int grouped(Along *job, const int64_t *shape, int rank, int axes) {
    enum { OUTER, GOES, INNER } at = OUTER;
    job->outer = job->length = job->inner = 1;
    for (int axis = 0; axis < rank; axis++) {
        if (shape[axis] == 1) continue;
        int goes = axes >> axis & 1;
        if (goes && at == INNER) return 0;
        at = goes ? GOES : at == OUTER ? OUTER : INNER;
        *(at == GOES ? &job->length : at == OUTER ? &job->outer : &job->inner) *= shape[axis];
    }
    if (job->length == 1) { job->inner *= job->outer; job->outer = 1; }
    return 1;
}

static void cut(Along *job) {
    job->width = !has_place(job) && job->inner > WIDTH ? WIDTH : job->inner;
    job->columns = (job->inner + job->width - 1) / job->width;
    job->units = job->outer * job->columns;
    int64_t each = job->length * job->width;
    job->per = each < PIECE ? PIECE / each : 1;
}

static void work(Along *job, const FjArrayCall *call) {
    int64_t count = (job->units + job->per - 1) / job->per;
    unsigned before = fj_flags_clear(1);
    job->control = _mm_getcsr();
    if (job->nest->threads == 1 || count < FEWEST) compute(job, 0, job->units);
    else fj_pool_run(pieces, call, job, count, job->nest->threads);
    fj_flags_restore(before);
}

/* All of it first, then NumPy's reduction. */
static PyObject *in_steps(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *array, const FjArrayCall *call) {
    int64_t asked[1 + FJ_MOST_AXES];
    PyObject *made = array ? NULL : fj_nest(context, nest, words);
    int64_t number = context->number;
    if (array == NULL && made == NULL) return NULL;
    asked[0] = array ? (int64_t)array : (int64_t)made;
    for (int i = 0; i < call->given; i++) asked[1 + i] = words[nest->count + i];
    PyObject *result = fj_array_call(context, call, asked);
    context->number |= number;
    Py_XDECREF(made);
    return result;
}

static int fits(const Along *job) {
    return !(has_place(job) && job->whole == NULL && (job->inner == 1 ? job->length : job->inner) > FJ_CHUNK);
}

static PyObject *new_result(const FjArrayCall *call, const int64_t *shape, int rank, int axes) {
    int64_t sides[FJ_MOST_AXES];
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) if (call->keepdims || !(axes >> axis & 1)) sides[kept++] = axes >> axis & 1 ? 1 : shape[axis];
    PyObject *made = kept == call->rank ? fj_new_array(call->type, kept, sides) : NULL;
    if (made == NULL) PyErr_Clear();
    return made;
}

static PyObject *in_parts(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, const FjArrayCall *call, int held) {
    FjPartsMade parts;
    int done = fj_parts_made(context, nest, words, call->given, &parts, held);
    PyObject *made = done ? fj_reduced_along(context, nest->parted->main, parts.words, reduction, call, held) : NULL;
    fj_parts_dropped(context, nest, &parts);
    return made;
}

PyObject *fj_reduced_along(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, const FjArrayCall *call, int held) {
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], size = fj_nest_plan(nest, words, &walk, shape), count = 1;
    context->number = FJ_LEFT_TO_NUMPY;
    if (size < 0 && nest->parted) return in_parts(context, nest, words, reduction, call, held);
    if (held && (size <= 0 || size * nest->nsteps >= FJ_RELEASED)) return NULL;
    int axes = fj_axes_named(call, nest->rank, words + nest->count);
    context->number = 0;
    if (axes == 0) return NULL;
    const FjArray *array = fj_nest_bare(nest, words);
    if (size > 0 && array == NULL && !fj_could_be_made(nest->rank, shape, fj_widest(nest))) return NULL;
    Along job = {.nest = nest, .reduction = reduction, .walk = &walk};
    for (int axis = 0; size > 0 && axis < nest->rank; axis++) if (axes >> axis & 1) count *= shape[axis];
    if ((reduction->most && count > reduction->most) || count <= call->less) return NULL;
    int apart = size > 0 && (walk.axes > 1 || walk.packed);
    if (size > 0 && array && !apart) job.whole = walk.place[0];
    if (size <= 0 || (array && apart) || !grouped(&job, shape, nest->rank, axes) || !fits(&job)) {
        if (!held) return in_steps(context, nest, words, array, call);
        context->number = FJ_LEFT_TO_NUMPY;
        return NULL;
    }
    unsigned long switches = FJ_SWITCHES(context->tstate);
    PyObject *made = new_result(call, shape, nest->rank, axes);
    if (made == NULL) return NULL;
    job.out = ((FjArray *)made)->data;
    cut(&job);
    int released = size * nest->nsteps >= FJ_RELEASED;
    PyThreadState *ts = released ? fj_nest_release(nest, words) : NULL;
    work(&job, call);
    if (reduction->mode == FJ_MEAN) divide(&job, count - call->less);
    if (released) fj_nest_acquire(nest, words, ts);
    int raised = nest->calls && PyErr_Occurred() != NULL, flags = job.flags & FJ_FLAGS;
    if (raised) PyErr_Clear();
    context->number = FJ_SWITCHES(context->tstate) != switches;
    if (raised || (flags && flags & ~fj_flags_ignored())) Py_CLEAR(made);
    return made;
}

PyObject *fj_nest_along(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, const FjArrayCall *call) {
    return fj_reduced_along(context, nest, words, reduction, call, 0);
}

/* In a routine, where nothing else may run. */
PyObject *fj_nest_along_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, const FjArrayCall *call) {
    return fj_reduced_along(context, nest, words, reduction, call, fj_has_company(context));
}

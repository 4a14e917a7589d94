/* Fused arithmetic over whole arrays: one generated kernel per nest, run over the rows of the broadcast shape.

       fj_nest(context, nest, words)  ->  a new array, or NULL: nothing has happened, the interpreter does it

   words: an array's address, or a scalar's bits.  The kernel sees contiguous rows and single scalars; rows of other strides are packed into tiles
   first.  What raises a flag of floating-point arithmetic that np.errstate doesn't ignore is thrown away: NumPy's own functions then do the work
   again, and warn.  Where NumPy would compute less, or lay out the result in another way, its functions are called one by one (stepwise.c). */
#include "compat.h"
#include "nests.h"
#include <string.h>

/* ---- the shape that the operands broadcast to */

/* `arrays`: a bit for each operand that counts; 0: they don't fit. */
int fj_nest_shape(const FjNest *nest, const int64_t *words, uint32_t arrays, int64_t *shape) {
    for (int axis = 0; axis < nest->rank; axis++) shape[axis] = 1;
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0 || !(arrays >> i & 1)) continue;
        const FjArray *array = (const FjArray *)words[i];
        for (int axis = nest->rank - array->nd, k = 0; k < array->nd; axis++, k++) {
            if (array->dims[k] == 1) continue;
            if (shape[axis] != 1 && shape[axis] != array->dims[k]) return 0;
            shape[axis] = array->dims[k];
        }
    }
    return 1;
}

static int broadcast(const FjNest *nest, const int64_t *words, int64_t *shape) { return fj_nest_shape(nest, words, ~0u, shape); }

void fj_nest_steps(const FjNest *nest, const FjArray *array, int64_t *step) {
    int first = nest->rank - array->nd;
    for (int axis = 0; axis < nest->rank; axis++)
        step[axis] = axis < first || array->dims[axis - first] == 1 ? 0 : array->strides[axis - first];
}

/* Whether NumPy would make the result in C order for this operand: strides fall from the first axis to the last. */
int fj_falls(const int64_t *step, int rank) {
    int64_t last = 0;
    for (int axis = rank - 1; axis >= 0; axis--) {
        if (step[axis] == 0) continue;
        int64_t size = step[axis] < 0 ? -step[axis] : step[axis];
        if (size <= last) return 0;
        last = size;
    }
    return 1;
}

/* Whether one axis can be walked as part of the one before it, by every operand. */
static int joins(const FjWalk *walk, int count, int axis, int64_t size) {
    for (int i = 0; i < count; i++)
        if (walk->step[i][axis - 1] != walk->step[i][axis] * size) return 0;
    return 1;
}

static void join_axes(const FjNest *nest, FjWalk *walk, int count) {
    int kept = 0;
    for (int axis = 0; axis < nest->rank; axis++) {
        if (walk->shape[axis] == 1) continue;
        walk->shape[kept] = walk->shape[axis];
        for (int i = 0; i < count; i++) walk->step[i][kept] = walk->step[i][axis];
        kept++;
    }
    for (int axis = kept - 1; axis > 0; axis--) {
        if (!joins(walk, count, axis, walk->shape[axis])) continue;
        walk->shape[axis - 1] *= walk->shape[axis];
        for (int i = 0; i < count; i++) walk->step[i][axis - 1] = walk->step[i][axis];
        for (int later = axis; later + 1 < kept; later++) {
            walk->shape[later] = walk->shape[later + 1];
            for (int i = 0; i < count; i++) walk->step[i][later] = walk->step[i][later + 1];
        }
        kept--;
    }
    if (kept == 0) {
        walk->shape[kept++] = 1;
        for (int i = 0; i < count; i++) walk->step[i][0] = i < nest->count ? nest->operands[i].size : nest->size;
    }
    walk->axes = kept;
}

/* `count`: operands, with those that are beside the nest's.  0: NumPy would make a result of another layout, or compute otherwise. */
static int plan(const FjNest *nest, const int64_t *words, FjWalk *walk, int stored, int count) {
    for (int i = 0; i < nest->count; i++) {
        walk->place[i] = (char *)&words[i];
        memset(walk->step[i], 0, sizeof walk->step[i]);
        if (nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        walk->place[i] = array->data;
        fj_nest_steps(nest, array, walk->step[i]);
        if (!stored && !fj_falls(walk->step[i], nest->rank)) return 0;
    }
    walk->handed = 0;
    if (nest->calls && !fj_nest_backwards(nest, words, walk)) return 0;
    join_axes(nest, walk, count);
    if (nest->calls && fj_nest_is_strided(nest, walk)) return 0;
    walk->packed = 0;
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        if (nest->rank == 1 && walk->handed >> i & 1) walk->step[i][0] = ((const FjArray *)words[i])->strides[0];      /* of one element, too */
        walk->packed |= walk->step[i][walk->axes - 1] != nest->operands[i].size;
    }
    return 1;
}

/* ---- what generated code calls */

/* Whether there are complex numbers among arrays of different axes: products of single ones are rounded otherwise where NumPy's iterator walks over them. */
static int are_uneven(const FjNest *nest, const int64_t *words) {
    int axes = -1, uneven = 0, complex = 0;
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size) {
        uneven |= axes >= 0 && ((const FjArray *)words[i])->nd != axes;
        axes = ((const FjArray *)words[i])->nd;
        complex |= nest->operands[i].type == FJ_COMPLEX64 || nest->operands[i].type == FJ_COMPLEX128;
    }
    return complex && uneven;
}

/* Whether some step is computed for more elements than NumPy does (a call of what is broadcast later, anything for none), or otherwise for the only one. */
static int repeats(const FjNest *nest, const int64_t *words, int64_t size) {
    uint32_t whole = 0, all = 0;
    if (size == 1 && are_uneven(nest, words)) return 1;
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        int64_t own = 1;
        for (int axis = 0; axis < array->nd; axis++) own *= array->dims[axis];
        all |= 1u << i;
        if (own == size) whole |= 1u << i;
    }
    if (whole == all) return 0;
    for (int i = 0; i < nest->nsteps; i++) {
        const FjStep *step = &nest->steps[i];
        if ((step->called || size == 0) && step->arrays && !(step->arrays & whole)) return 1;
    }
    return 0;
}

/* The same where all arrays are contiguous and of one shape; -1: they aren't. */
static int64_t plan_alike(const FjNest *nest, const int64_t *words, FjWalk *walk, int64_t *shape) {
    enum { C_ORDER = 1 };
    int64_t size = 1;
    int rank = nest->rank, known = 0;
    for (int i = 0; i < nest->count; i++) {
        const FjArray *array = (const FjArray *)words[i];
        walk->place[i] = (char *)&words[i];
        walk->step[i][0] = nest->operands[i].size;
        if (nest->operands[i].size == 0) continue;
        if (array->nd != rank) return -1;
        if (rank == 1 ? array->strides[0] != nest->operands[i].size : !((PyObject *)array)->ob_type || !(array->flags & C_ORDER)) return -1;
        walk->place[i] = array->data;
        for (int axis = 0; axis < rank; axis++) {
            if (known && shape[axis] != array->dims[axis]) return -1;
            if (!known) size *= shape[axis] = array->dims[axis];
        }
        known = 1;
    }
    walk->axes = 1;
    walk->shape[0] = size;
    walk->packed = 0;
    walk->handed = 0;
    return size;
}

/* How many elements there are to compute; -1: NumPy has to do it. */
int64_t fj_nest_plan(const FjNest *nest, const int64_t *words, FjWalk *walk, int64_t *shape) {
    int64_t size = plan_alike(nest, words, walk, shape);
    if (size >= 0) return size;
    if (!broadcast(nest, words, shape)) return -1;
    size = 1;
    for (int axis = 0; axis < nest->rank; axis++) size *= walk->shape[axis] = shape[axis];
    return repeats(nest, words, size) || fj_casts_repeated(nest, words) || !plan(nest, words, walk, 0, nest->count) ? -1 : size;
}

/* ---- operands whose axes all lie in the opposite order: so does NumPy's result */

typedef struct {
    FjArray heads[FJ_MOST_OPERANDS];
    Py_ssize_t dims[FJ_MOST_OPERANDS][FJ_MOST_AXES], strides[FJ_MOST_OPERANDS][FJ_MOST_AXES];
    int64_t words[FJ_MOST_OPERANDS];
} Turned;

/* The same operands with their axes turned; 0: NumPy would choose another order than that. */
static int turn(const FjNest *nest, const int64_t *words, Turned *turned) {
    const FjArray *first = NULL;
    for (int i = 0; i < nest->count; i++) {
        turned->words[i] = words[i];
        if (nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        if (array->nd != nest->rank || nest->rank < 2) return 0;
        if (first == NULL) first = array;
        for (int axis = 0, last = nest->rank - 1; axis <= last; axis++) {
            if (array->dims[axis] < 2 || array->dims[axis] != first->dims[axis]) return 0;
            if (array->strides[axis] <= (axis ? array->strides[axis - 1] : 0)) return 0;
            turned->dims[i][last - axis] = array->dims[axis];
            turned->strides[i][last - axis] = array->strides[axis];
        }
        FjArray *head = &turned->heads[i];
        memset(head, 0, sizeof *head);
        head->data = array->data;
        head->nd = array->nd;
        head->dims = turned->dims[i];
        head->strides = turned->strides[i];
        head->base = fj_keeper(array);
        turned->words[i] = (int64_t)head;
    }
    return first != NULL;
}

static PyObject *computed(FjContext *context, const FjNest *nest, const int64_t *words, FjWalk *walk, int64_t *shape, int64_t size, int turned);

/* The result in the order of such operands, or NULL. */
static PyObject *in_their_order(FjContext *context, const FjNest *nest, const int64_t *words) {
    Turned turned;
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], own[FJ_MOST_AXES];
    if (!turn(nest, words, &turned)) return NULL;
    int64_t size = fj_nest_plan(nest, turned.words, &walk, shape);
    for (int axis = 0; axis < nest->rank; axis++) own[axis] = shape[nest->rank - 1 - axis];
    return size < 0 ? NULL : computed(context, nest, turned.words, &walk, own, size, 1);
}

static PyObject *in_parts(FjContext *context, const FjNest *nest, const int64_t *words, int held) {
    FjPartsMade parts;
    int done = fj_parts_made(context, nest, words, 0, &parts, held);
    PyObject *made = done ? (held ? fj_nest_held : fj_nest)(context, nest->parted->main, parts.words) : NULL;
    fj_parts_dropped(context, nest, &parts);
    return made;
}

/* The context's number says whether another thread has run meanwhile. */
PyObject *fj_nest(FjContext *context, const FjNest *nest, const int64_t *words) {
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], size = fj_nest_plan(nest, words, &walk, shape);
    context->number = 0;
    if (size >= 0) return computed(context, nest, words, &walk, shape, size, 0);
    unsigned long switches = FJ_SWITCHES(context->tstate);
    fj_nest_hold(nest, words);
    PyObject *made = nest->rank > 1 ? in_their_order(context, nest, words) : NULL;
    if (made == NULL) made = nest->parted ? in_parts(context, nest, words, 0) : fj_stepwise(nest, words);
    fj_nest_let_go(nest, words, (int)(context->number = FJ_SWITCHES(context->tstate) != switches));
    return made;
}

/* The same in one walk over all operands or not at all; `planned`: whether it could have been. */
PyObject *fj_nest_planned(FjContext *context, const FjNest *nest, const int64_t *words, int *planned) {
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], size = fj_nest_plan(nest, words, &walk, shape);
    context->number = 0;
    *planned = size >= 0;
    return size < 0 ? NULL : computed(context, nest, words, &walk, shape, size, 0);
}

/* The same in a routine, where nothing else may run: where there are other threads, long work is left to NumPy, as the context's number says. */
PyObject *fj_nest_held(FjContext *context, const FjNest *nest, const int64_t *words) {
    FjWalk walk;
    if (!fj_has_company(context)) return fj_nest(context, nest, words);
    int64_t shape[FJ_MOST_AXES], size = fj_nest_plan(nest, words, &walk, shape);
    context->number = 0;
    if (size >= 0 && size * nest->nsteps < FJ_RELEASED) return computed(context, nest, words, &walk, shape, size, 0);
    if (size < 0 && nest->parted) return in_parts(context, nest, words, 1);
    context->number = FJ_LEFT_TO_NUMPY;
    return NULL;
}

/* Whether nothing is computed: the result is as the operand, element by element. */
static int is_copy(const FjNest *nest, const FjWalk *walk) {
    return nest->nsteps == 1 && nest->steps[0].function == NULL && nest->count == 1 && nest->operands[0].type == nest->type
        && nest->operands[0].size && !walk->packed && walk->axes == 1;
}

static void copy(const FjNest *nest, const int64_t *words, const FjWalk *walk, char *out, int64_t size) {
    PyThreadState *ts = size >= FJ_RELEASED ? fj_nest_release(nest, words) : NULL;
    memcpy(out, walk->place[0], (size_t)(size * nest->size));
    if (ts) fj_nest_acquire(nest, words, ts);
}

static PyObject *computed(FjContext *context, const FjNest *nest, const int64_t *words, FjWalk *walk, int64_t *shape, int64_t size, int turned) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    PyObject *made = fj_new_ordered(nest->type, nest->rank, shape, turned);
    if (made == NULL) { PyErr_Clear(); return NULL; }
    if (size == 0) return made;
    char *out = ((FjArray *)made)->data;
    int flags = 0;
    if (is_copy(nest, walk)) {
        copy(nest, words, walk, out, size);
        context->number = FJ_SWITCHES(context->tstate) != switches;
    } else if (size * nest->nsteps < FJ_RELEASED) flags = fj_flags_of(nest, walk, out);
    else {
        flags = fj_flags_beside_others(nest, words, walk, out);
        context->number = FJ_SWITCHES(context->tstate) != switches;
    }
    int raised = nest->calls && PyErr_Occurred() != NULL;          /* by a loop: integers to negative powers */
    if (raised) PyErr_Clear();
    if (raised || (flags && flags & ~fj_flags_ignored())) Py_CLEAR(made);
    return made;
}

/* ---- stores (nest_stores.c) */

/* Whether the operands' shape is the target's, or broadcasts to it. */
static int fits(const FjNest *nest, const int64_t *words, const FjArray *target, FjWalk *walk) {
    int64_t shape[FJ_MOST_AXES];
    if (!broadcast(nest, words, shape)) return 0;
    for (int axis = 0; axis < nest->rank; axis++) {
        walk->shape[axis] = target->dims[axis];
        if (shape[axis] == target->dims[axis]) continue;
        if (shape[axis] != 1 || nest->calls || target->dims[axis] == 0) return 0;
    }
    return 1;
}

/* The same for a result that goes into an array; `among`: the array is walked as one more operand. */
int64_t fj_nest_plan_into(const FjNest *nest, const int64_t *words, const FjArray *target, FjWalk *walk, int among) {
    int64_t size = 1;
    if (!fits(nest, words, target, walk)) return -1;
    for (int axis = 0; axis < nest->rank; axis++) size *= walk->shape[axis];
    walk->place[nest->count] = target->data;
    if (among) fj_nest_steps(nest, target, walk->step[nest->count]);
    return repeats(nest, words, size) || !plan(nest, words, walk, 1, nest->count + among) ? -1 : size;
}

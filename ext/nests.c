/* Fused arithmetic over whole arrays: one generated kernel per nest, run over the rows of the broadcast shape.

       fj_nest(context, nest, words)  ->  a new array, or NULL: nothing has happened, the interpreter does it

   words: an array's address, or a scalar's bits.  The kernel sees contiguous rows and single scalars; rows of other strides
   are packed into tiles first.  What raises a flag of floating-point arithmetic that np.errstate doesn't ignore is thrown
   away: NumPy's own functions then do the work again, and warn.  Where NumPy would compute less, or lay out the result in
   another way, its functions are called one by one (stepwise.c). */
#include "compat.h"
#include "nests.h"
#include <string.h>
#include <xmmintrin.h>

enum { TILE = 256, RELEASED = 1 << 14 };     /* elements of a packed tile; elements times steps from which other threads may run */

typedef struct {
    int axes;                                           /* after neighbours were joined; the last one is the row */
    int64_t shape[FJ_MOST_AXES];
    int64_t step[FJ_MOST_OPERANDS][FJ_MOST_AXES];             /* in bytes; a scalar's are 0 */
    char *place[FJ_MOST_OPERANDS];
    int packed;                                         /* whether some array's rows aren't contiguous */
} Walk;

/* ---- the shape that the operands broadcast to */

static int broadcast(const FjNest *nest, const int64_t *words, int64_t *shape) {
    for (int axis = 0; axis < nest->rank; axis++) shape[axis] = 1;
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        for (int axis = nest->rank - array->nd, k = 0; k < array->nd; axis++, k++) {
            if (array->dims[k] == 1) continue;
            if (shape[axis] != 1 && shape[axis] != array->dims[k]) return 0;
            shape[axis] = array->dims[k];
        }
    }
    return 1;
}

static void steps_of(const FjNest *nest, const FjArray *array, int64_t *step) {
    int first = nest->rank - array->nd;
    for (int axis = 0; axis < nest->rank; axis++)
        step[axis] = axis < first || array->dims[axis - first] == 1 ? 0 : array->strides[axis - first];
}

/* Whether NumPy would make the result in C order for this operand: strides fall from the first axis to the last. */
static int falls(const int64_t *step, int rank) {
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
static int joins(const FjNest *nest, const Walk *walk, int axis, int64_t size) {
    for (int i = 0; i < nest->count; i++)
        if (walk->step[i][axis - 1] != walk->step[i][axis] * size) return 0;
    return 1;
}

static void join_axes(const FjNest *nest, Walk *walk) {
    int kept = 0;
    for (int axis = 0; axis < nest->rank; axis++) {
        if (walk->shape[axis] == 1) continue;
        walk->shape[kept] = walk->shape[axis];
        for (int i = 0; i < nest->count; i++) walk->step[i][kept] = walk->step[i][axis];
        kept++;
    }
    for (int axis = kept - 1; axis > 0; axis--) {
        if (!joins(nest, walk, axis, walk->shape[axis])) continue;
        walk->shape[axis - 1] *= walk->shape[axis];
        for (int i = 0; i < nest->count; i++) walk->step[i][axis - 1] = walk->step[i][axis];
        for (int later = axis; later + 1 < kept; later++) {
            walk->shape[later] = walk->shape[later + 1];
            for (int i = 0; i < nest->count; i++) walk->step[i][later] = walk->step[i][later + 1];
        }
        kept--;
    }
    if (kept == 0) {
        walk->shape[kept++] = 1;
        for (int i = 0; i < nest->count; i++) walk->step[i][0] = nest->operands[i].size;
    }
    walk->axes = kept;
}

/* 0: NumPy would make a result of another layout, or compute otherwise. */
static int plan(const FjNest *nest, const int64_t *words, Walk *walk) {
    for (int i = 0; i < nest->count; i++) {
        walk->place[i] = (char *)&words[i];
        memset(walk->step[i], 0, sizeof walk->step[i]);
        if (nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        walk->place[i] = array->data;
        steps_of(nest, array, walk->step[i]);
        if (!falls(walk->step[i], nest->rank)) return 0;
    }
    join_axes(nest, walk);
    walk->packed = 0;
    for (int i = 0; i < nest->count; i++) {
        int64_t step = walk->step[i][walk->axes - 1];
        if (nest->operands[i].size == 0) continue;
        if (nest->calls && step < 0) return 0;
        walk->packed |= step != nest->operands[i].size;
    }
    return 1;
}

/* ---- rows */

#define PACK(type) for (int64_t k = 0; k < n; k++) ((type *)to)[k] = *(const type *)(from + k * step)

static void pack(char *to, const char *from, int64_t step, int64_t n, int size) {
    switch (size) {
    case 1: PACK(int8_t); break;
    case 2: PACK(int16_t); break;
    case 4: PACK(int32_t); break;
    default: PACK(int64_t);
    }
}

/* A row in tiles, for what lies otherwise is packed. */
static int tiles(const FjNest *nest, Walk *walk, char **args, int64_t n) {
    int64_t room[FJ_MOST_OPERANDS][TILE];
    char *tile[FJ_MOST_OPERANDS + 1];
    int flags = 0;
    for (int64_t done = 0; done < n; done += TILE) {
        int64_t count = n - done < TILE ? n - done : TILE;
        tile[0] = args[0] + done * nest->size;
        for (int i = 0; i < nest->count; i++) {
            int64_t step = walk->step[i][walk->axes - 1];
            tile[i + 1] = args[i + 1];
            if (nest->operands[i].size == 0) continue;
            tile[i + 1] += done * step;
            if (step == nest->operands[i].size) continue;
            pack((char *)room[i], tile[i + 1], step, count, nest->operands[i].size);
            tile[i + 1] = (char *)room[i];
        }
        flags |= nest->kernel(tile, count);
    }
    return flags;
}

static int run(const FjNest *nest, Walk *walk, char *out) {
    int last = walk->axes - 1, flags = 0;
    int64_t n = walk->shape[last], at[FJ_MOST_AXES] = {0};
    char *args[FJ_MOST_OPERANDS + 1];
    args[0] = out;
    for (int i = 0; i < nest->count; i++) args[i + 1] = walk->place[i];
    for (;;) {
        flags |= walk->packed ? tiles(nest, walk, args, n) : nest->kernel(args, n);
        int axis = last - 1;
        args[0] += n * nest->size;
        for (; axis >= 0; axis--) {
            int64_t back = ++at[axis] == walk->shape[axis] ? walk->shape[axis] - 1 : 0;
            for (int i = 0; i < nest->count; i++) args[i + 1] += back ? -back * walk->step[i][axis] : walk->step[i][axis];
            if (at[axis] < walk->shape[axis]) break;
            at[axis] = 0;
        }
        if (axis < 0) return flags;
    }
}

/* ---- what generated code calls */

static PyObject *new_array(const FjNest *nest, int64_t *shape) {
    void **table = fj_numpy();
    PyObject *descr = table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(nest->type) : NULL;
    if (descr == NULL) return NULL;
    PyObject *(*make)(void *, PyObject *, int, int64_t *, int64_t *, void *, int, PyObject *) = table[FJ_NEW_FROM_DESCR];
    return make(table[FJ_ARRAY_TYPE], descr, nest->rank, shape, NULL, NULL, 0, NULL);
}

/* Whether some step is computed for more elements than NumPy does: a call of what is broadcast later, or anything for none. */
static int repeats(const FjNest *nest, const int64_t *words, int64_t size) {
    uint32_t whole = 0, all = 0;
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

/* The status of the other floating-point unit, in which libm raises overflow and underflow. */
static int other_flags(void) {
    uint16_t status;
    __asm__ volatile("fnstsw %0" : "=a"(status));
    return status & FJ_FLAGS;
}

/* What has been raised so far: called in front of a loop of NumPy's, which may clear it. */
int fj_flags_now(void) { return ((int)_mm_getcsr() & FJ_FLAGS) | other_flags(); }

static int flags_of(const FjNest *nest, Walk *walk, char *out) {
    unsigned before = _mm_getcsr();
    if (before & FJ_FLAGS) _mm_setcsr(before & ~FJ_FLAGS);
    if (nest->calls && other_flags()) __asm__ volatile("fnclex");
    int flags = run(nest, walk, out) | (nest->calls ? fj_flags_now() : (int)_mm_getcsr() & FJ_FLAGS);
    if ((before | flags) & FJ_FLAGS) _mm_setcsr(before);
    return flags;
}

/* The same while other threads may run: what is read and written lives on. */
static int flags_beside_others(const FjNest *nest, const int64_t *words, Walk *walk, char *out) {
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size) Py_INCREF((PyObject *)words[i]);
    PyThreadState *ts = PyEval_SaveThread();
    int flags = flags_of(nest, walk, out);
    PyEval_RestoreThread(ts);
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size) Py_DECREF((PyObject *)words[i]);
    return flags;
}

/* The context's number says whether another thread has run meanwhile. */
PyObject *fj_nest(FjContext *context, const FjNest *nest, const int64_t *words) {
    Walk walk;
    int64_t shape[FJ_MOST_AXES], size = 1;
    context->number = 0;
    if (!broadcast(nest, words, shape)) return NULL;
    for (int axis = 0; axis < nest->rank; axis++) { walk.shape[axis] = shape[axis]; size *= shape[axis]; }
    unsigned long switches = FJ_SWITCHES(context->tstate);
    if (repeats(nest, words, size) || !plan(nest, words, &walk)) {
        PyObject *made = fj_stepwise(nest, words);
        context->number = FJ_SWITCHES(context->tstate) != switches;
        return made;
    }
    PyObject *made = new_array(nest, shape);
    if (made == NULL) { PyErr_Clear(); return NULL; }
    if (size == 0) return made;
    char *out = ((FjArray *)made)->data;
    int flags;
    if (size * nest->nsteps < RELEASED) flags = flags_of(nest, &walk, out);
    else {
        flags = flags_beside_others(nest, words, &walk, out);
        context->number = FJ_SWITCHES(context->tstate) != switches;
    }
    int raised = nest->calls && PyErr_Occurred() != NULL;          /* by a loop: integers to negative powers */
    if (raised) PyErr_Clear();
    if (raised || (flags && flags & ~fj_flags_ignored())) Py_CLEAR(made);
    return made;
}

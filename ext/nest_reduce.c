/* Full reductions of a nest's result, which is never an array: sums in NumPy's order, by NumPy's own inner loops.

   NumPy sums n contiguous numbers pairwise, by halves that are multiples of eight; what is summed at a time here is such a
   half of a half ... that fits the processor's cache. */
#include "compat.h"
#include "gathers.h"
#include "nest_reduce.h"

enum { BUFFERED = 8192, FAILED = 2 };

typedef struct { PyObject *function, *array; int axes; } Asked;

static PyObject *ask(const void *with) {
    const Asked *asked = with;
    return fj_reduced_by_numpy(asked->function, asked->array, asked->axes, 0, -1, NULL, NULL);
}

/* Elements number `first` and following. */
char *fj_reduce_piece(FjReducing *r, int64_t first, int64_t count) {
    const FjNest *nest = r->nest;
    if (r->whole) return r->whole + first * fj_reduce_step(r);
    char *args[FJ_MOST_OPERANDS + 1];
    args[0] = (char *)r->room;
    if (r->walk->axes > 1 || r->walk->packed) {
        r->flags |= fj_nest_stretch(nest, r->walk, args[0] - first * nest->size, first, first + count);
        return args[0];
    }
    for (int i = 0; i < nest->count; i++) args[i + 1] = r->walk->place[i] + first * nest->operands[i].size;
    r->flags |= nest->kernel(args, count);
    return args[0];
}

void fj_reduce(FjReducing *r, char *in, int64_t count, void *out) {
    char *args[] = {out, in, out};
    int64_t steps[] = {0, fj_reduce_step(r), 0};
    r->flags |= fj_flags_now();                         /* some loops clear them */
    r->reduction->loop(args, &count, steps, r->reduction->data);
}

double fj_reduce_added(const FjNest *nest, double left, double right) {
    return nest->size == 4 ? (double)((float)left + (float)right) : left + right;
}

double fj_reduce_sum(FjReducing *r, int64_t first, int64_t count) {
    if (count > r->chunk) {
        int64_t half = fj_reduce_half(count);
        double left = fj_reduce_sum(r, first, half), right = fj_reduce_sum(r, first + half, count - half);
        return fj_reduce_added(r->nest, left, right);
    }
    union { double wide; float narrow; } out;
    if (r->nest->size == 4) out.narrow = -0.0f; else out.wide = -0.0;
    fj_reduce(r, fj_reduce_piece(r, first, count), count, &out);
    return r->nest->size == 4 ? out.narrow : out.wide;
}

static int is_floating(const FjNest *nest) { return nest->type == FJ_FLOAT32 || nest->type == FJ_FLOAT64; }

static int64_t bits_of(double value, int size) {
    union { double wide; float narrow; int64_t bits; } both = {.bits = 0};
    if (size == 4) both.narrow = (float)value; else both.wide = value;
    return both.bits;
}

/* What a sum is divided by; 0: by nothing. */
static int64_t divisor(const FjReduction *reduction, int64_t count) {
    return reduction->mode == FJ_MEAN ? count : reduction->mode == FJ_SAMPLE ? count - 1 : 0;
}

static int64_t divided(const FjReduction *reduction, double sum, int64_t count, int size) {
    int64_t by = divisor(reduction, count);
    return bits_of(by ? sum / (double)by : sum, size);
}

static int64_t floating_sum(FjReducing *r, int64_t count) {
    double sum;
    if (!fj_reduce_sum_by_several(r, count, &sum)) sum = fj_reduce_sum(r, 0, count);
    int size = r->nest->size;
    return divided(r->reduction, 0.0 + sum, count, size);
}

/* Whatever the order of the pieces doesn't change. */
int64_t fj_reduce_stretch(FjReducing *r, int64_t first, int64_t count) {
    int64_t out = r->reduction->start, end = first + count;
    for (int64_t at = first; at < end; at += r->chunk) {
        int64_t some = end - at < r->chunk ? end - at : r->chunk;
        char *in = fj_reduce_piece(r, at, some);
        int begins = r->reduction->mode == FJ_FIRST && at == first;
        if (begins) { out = 0; memcpy(&out, in, (size_t)r->nest->size); }
        fj_reduce(r, in + begins * fj_reduce_step(r), some - begins, &out);
    }
    return out;
}

/* Of several zeros or NaNs NumPy's whole loop decides which one it is. */
static int undecided(const FjNest *nest, int64_t bits) {
    union { int64_t bits; double wide; float narrow; } value = {.bits = bits};
    if (nest->type == FJ_FLOAT64) return value.wide == 0.0 || value.wide != value.wide;
    return nest->type == FJ_FLOAT32 && (value.narrow == 0.0f || value.narrow != value.narrow);
}

/* `certain`: that it is the one NumPy decides for. */
static int64_t reduced(FjReducing *r, int64_t size, int *certain) {
    int floating = is_floating(r->nest), mode = r->reduction->mode;
    int64_t bits;
    *certain = 1;
    if (floating && (mode == FJ_SUM || divisor(r->reduction, size))) return floating_sum(r, size);
    int soon = r->whole && r->nest->type == 0;          /* whether any or all of an array is: NumPy stops at the first one */
    int several = (mode == FJ_FIRST || !floating) && !soon && fj_reduce_by_several(r, size, &bits);      /* products have one order */
    if (several && !(r->whole && undecided(r->nest, bits))) { *certain = mode != FJ_FIRST || !undecided(r->nest, bits); return bits; }
    bits = fj_reduce_stretch(r, 0, size);
    *certain = mode != FJ_FIRST || size <= r->chunk || !undecided(r->nest, bits);
    return bits;
}

/* The array that is reduced as it is, or NULL: something is computed. */
const FjArray *fj_nest_bare(const FjNest *nest, const int64_t *words) {
    const FjStep *step = nest->steps;
    if (nest->nsteps != 1 || step->function || step->args[FJ_ASKED_FOR] || nest->operands[0].size != nest->size || nest->operands[0].type != nest->type) return NULL;
    return (const FjArray *)words[0];
}

/* Whether NumPy adds or multiplies in an order of its own: more than it buffers, of an array whose axes can't be joined. */
static int own_order(const FjReducing *r, int64_t size) {
    return r->walk->axes > 1 && size > BUFFERED && r->reduction->mode != FJ_FIRST && is_floating(r->nest);
}

static int64_t by_numpy(FjReducing *r, const FjArray *array, int64_t size, int *failed) {
    PyObject *view = fj_real_view(array);
    Asked asked = {r->reduction->function, view, (1 << array->nd) - 1};
    PyObject *made = view ? fj_unheard(ask, &asked) : NULL;
    int64_t bits = 0;
    *failed = made == NULL || !fj_scalar_bits(made, r->nest->type, &bits);
    Py_XDECREF(view); Py_XDECREF(made);
    union { int64_t bits; double wide; float narrow; } value = {.bits = bits};
    return divisor(r->reduction, size) ? divided(r->reduction, r->nest->size == 4 ? value.narrow : value.wide, size, r->nest->size) : bits;
}

/* The result's bits; the context's number: 1 if another thread has run meanwhile, 2 if nothing has happened. */
static int64_t reduced_nest(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, int held) {
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], pieces[FJ_CHUNK];
    FjReducing r = {.nest = nest, .reduction = reduction, .walk = &walk, .chunk = FJ_CHUNK, .room = pieces};
    int64_t size = fj_nest_plan(nest, words, &walk, shape), bits = 0;
    const FjArray *array = fj_nest_bare(nest, words);
    int odd = size < 0 && array != NULL;                /* it lies in no order of a nest's: NumPy's code walks over it */
    context->number = FAILED;
    if (odd) size = fj_elements(array, 0);
    if (size <= 0 || (reduction->mode == FJ_SAMPLE && size == 1)) return 0;
    if (reduction->most && size > reduction->most) return 0;
    unsigned long switches = FJ_SWITCHES(context->tstate);
    int own = array && (odd || own_order(&r, size));
    if (array == NULL && !fj_could_be_made(nest->rank, shape, fj_widest(nest))) return 0;
    if (held && (size * nest->nsteps >= FJ_RELEASED || own)) { context->number = FJ_LEFT_TO_NUMPY; return 0; }
    if (own) {
        int failed;
        bits = by_numpy(&r, array, size, &failed);
        context->number = (FJ_SWITCHES(context->tstate) != switches) | (failed ? FAILED : 0);
        return bits;
    }
    char *room = NULL;
    int stepped = array && nest->rank == 1 && !walk.handed && walk.step[0][0] > 0;         /* NumPy's loop walks over it as it lies */
    int apart = walk.axes > 1 || (walk.packed && !stepped), certain;
    if (apart && reduction->mode == FJ_FIRST) {         /* NumPy's loop looks at all of it, and decides */
        room = r.whole = PyMem_RawMalloc((size_t)(size * nest->size));
        if (room == NULL) return 0;
    } else if (array && !apart) {
        r.whole = walk.place[0];
        r.step = walk.step[0][0];
    }
    if (r.whole) r.chunk = size;                        /* NumPy's loop does it all */
    int released = size * nest->nsteps >= FJ_RELEASED;
    PyThreadState *ts = released ? fj_nest_release(nest, words) : NULL;
    unsigned before = fj_flags_clear(1);
    if (room) {
        int flags = released ? fj_flags_of_pieces(nest, &walk, room) : -1;
        r.flags |= flags < 0 ? fj_flags_of(nest, &walk, room) : flags;
    }
    bits = reduced(&r, size, &certain);
    int flags = (r.flags | fj_flags_now()) & FJ_FLAGS;
    fj_flags_restore(before);
    if (released) fj_nest_acquire(nest, words, ts);
    PyMem_RawFree(room);
    int raised = PyErr_Occurred() != NULL;
    if (raised) PyErr_Clear();
    int failed = raised || !certain || (flags && flags & ~fj_flags_ignored());
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (failed ? FAILED : 0);
    return bits;
}

static int64_t reduced_in_parts(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, int held) {
    FjWalk walk;
    FjPartsMade parts;
    int64_t shape[FJ_MOST_AXES], bits = 0;
    if (nest->parted == NULL || fj_nest_plan(nest, words, &walk, shape) >= 0) return reduced_nest(context, nest, words, reduction, held);
    int done = fj_parts_made(context, nest, words, 0, &parts, held);
    context->number = FAILED;
    if (done) bits = reduced_nest(context, nest->parted->main, parts.words, reduction, held);
    fj_parts_dropped(context, nest, &parts);
    return bits;
}

int64_t fj_nest_reduce(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction) {
    return reduced_in_parts(context, nest, words, reduction, 0);
}

/* In a routine, where nothing else may run. */
int64_t fj_nest_reduce_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction) {
    return reduced_in_parts(context, nest, words, reduction, fj_has_company(context));
}

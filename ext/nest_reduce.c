/* Full reductions of a nest's result, which is never an array: sums in NumPy's order, by NumPy's own inner loops.

   NumPy sums n contiguous numbers pairwise, by halves that are multiples of eight; what is summed at a time here is such a
   half of a half ... that fits the processor's cache. */
#include "compat.h"
#include "nests.h"

enum { CHUNK = 2048, BUFFERED = 8192, SUM = 0, MEAN = 1, FIRST = 2, FAILED = 2 };

typedef struct { PyObject *function, *array; int axes; } Asked;

static PyObject *ask(const void *with) {
    const Asked *asked = with;
    return fj_reduced_by_numpy(asked->function, asked->array, asked->axes, 0, -1);
}

typedef struct {
    const FjNest *nest;
    const FjReduction *reduction;
    FjWalk *walk;
    char *whole;                        /* all elements, where they can't be computed piece by piece */
    int flags;
    int64_t chunk;                      /* elements at a time */
    int64_t room[CHUNK];                /* no complex numbers are reduced */
} Reducing;

/* Elements number `first` and following. */
static char *piece(Reducing *r, int64_t first, int64_t count) {
    const FjNest *nest = r->nest;
    if (r->whole) return r->whole + first * nest->size;
    char *args[FJ_MOST_OPERANDS + 1];
    args[0] = (char *)r->room;
    for (int i = 0; i < nest->count; i++) args[i + 1] = r->walk->place[i] + first * nest->operands[i].size;
    r->flags |= nest->kernel(args, count);
    return args[0];
}

static void reduce(Reducing *r, char *in, int64_t count, void *out) {
    char *args[] = {out, in, out};
    int64_t steps[] = {0, r->nest->size, 0};
    r->flags |= fj_flags_now();                         /* some loops clear them */
    r->reduction->loop(args, &count, steps, r->reduction->data);
}

static double sum_of(Reducing *r, int64_t first, int64_t count) {
    if (count > r->chunk) {
        int64_t half = count / 2;
        half -= half % 8;
        double left = sum_of(r, first, half), right = sum_of(r, first + half, count - half);
        return r->nest->size == 4 ? (double)((float)left + (float)right) : left + right;
    }
    union { double wide; float narrow; } out;
    if (r->nest->size == 4) out.narrow = -0.0f; else out.wide = -0.0;
    reduce(r, piece(r, first, count), count, &out);
    return r->nest->size == 4 ? out.narrow : out.wide;
}

static int is_floating(const FjNest *nest) { return nest->type == FJ_FLOAT32 || nest->type == FJ_FLOAT64; }

static int64_t bits_of(double value, int size) {
    union { double wide; float narrow; int64_t bits; } both = {.bits = 0};
    if (size == 4) both.narrow = (float)value; else both.wide = value;
    return both.bits;
}

static int64_t mean_of(double sum, int64_t count, int size) { return bits_of(sum / (double)count, size); }

static int64_t floating_sum(Reducing *r, int64_t count) {
    double sum = 0.0 + sum_of(r, 0, count);
    int size = r->nest->size;
    return r->reduction->mode == MEAN ? mean_of(sum, count, size) : bits_of(sum, size);
}

/* Whatever the order of the pieces doesn't change. */
static int64_t in_pieces(Reducing *r, int64_t count) {
    int64_t out = r->reduction->start;
    for (int64_t first = 0; first < count; first += r->chunk) {
        int64_t some = count - first < r->chunk ? count - first : r->chunk;
        char *in = piece(r, first, some);
        int begins = r->reduction->mode == FIRST && first == 0;
        if (begins) { out = 0; memcpy(&out, in, (size_t)r->nest->size); }
        reduce(r, in + begins * r->nest->size, some - begins, &out);
    }
    return out;
}

/* Of several zeros or NaNs NumPy's whole loop decides which one it is. */
static int undecided(const FjNest *nest, int64_t bits) {
    union { int64_t bits; double wide; float narrow; } value = {.bits = bits};
    if (nest->type == FJ_FLOAT64) return value.wide == 0.0 || value.wide != value.wide;
    return nest->type == FJ_FLOAT32 && (value.narrow == 0.0f || value.narrow != value.narrow);
}

static int64_t reduced(Reducing *r, int64_t size) {
    int floating = is_floating(r->nest), sums = r->reduction->mode == SUM || r->reduction->mode == MEAN;
    return sums && floating ? floating_sum(r, size) : in_pieces(r, size);
}

/* The array that is reduced as it is, or NULL: something is computed. */
static const FjArray *bare(const FjNest *nest, const int64_t *words) {
    const FjStep *step = nest->steps;
    if (nest->nsteps != 1 || step->function || nest->operands[0].size != nest->size || nest->operands[0].type != nest->type) return NULL;
    return (const FjArray *)words[0];
}

/* Whether NumPy adds or multiplies in an order of its own: more than it buffers, of an array whose axes can't be joined. */
static int own_order(const Reducing *r, int64_t size) {
    return r->walk->axes > 1 && size > BUFFERED && r->reduction->mode != FIRST && is_floating(r->nest);
}

static int64_t by_numpy(Reducing *r, const FjArray *array, int64_t size, int *failed) {
    PyObject *view = fj_real_view(array);
    Asked asked = {r->reduction->function, view, (1 << array->nd) - 1};
    PyObject *made = view ? fj_unheard(ask, &asked) : NULL;
    int64_t bits = 0;
    *failed = made == NULL || !fj_scalar_bits(made, r->nest->type, &bits);
    Py_XDECREF(view); Py_XDECREF(made);
    union { int64_t bits; double wide; float narrow; } value = {.bits = bits};
    return r->reduction->mode == MEAN ? mean_of(r->nest->size == 4 ? value.narrow : value.wide, size, r->nest->size) : bits;
}

/* The result's bits; the context's number: 1 if another thread has run meanwhile, 2 if nothing has happened. */
static int64_t reduced_nest(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, int held) {
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES];
    Reducing r = {.nest = nest, .reduction = reduction, .walk = &walk, .whole = NULL, .flags = 0, .chunk = CHUNK};
    int64_t size = fj_nest_plan(nest, words, &walk, shape), bits = 0;
    context->number = FAILED;
    if (size <= 0) return 0;
    if (reduction->most && size > reduction->most) return 0;
    unsigned long switches = FJ_SWITCHES(context->tstate);
    const FjArray *array = bare(nest, words);
    if (held && (size * nest->nsteps >= FJ_RELEASED || (array && own_order(&r, size)))) { context->number = FJ_LEFT_TO_NUMPY; return 0; }
    if (array && own_order(&r, size)) {
        int failed;
        bits = by_numpy(&r, array, size, &failed);
        context->number = (FJ_SWITCHES(context->tstate) != switches) | (failed ? FAILED : 0);
        return bits;
    }
    char *room = NULL;
    if (walk.axes > 1 || walk.packed) {
        room = r.whole = PyMem_RawMalloc((size_t)(size * nest->size));
        if (room == NULL) return 0;
    } else if (array) r.whole = walk.place[0];
    if (r.whole) r.chunk = size;                        /* NumPy's loop does it all */
    int released = size * nest->nsteps >= FJ_RELEASED;
    PyThreadState *ts = released ? fj_nest_release(nest, words) : NULL;
    unsigned before = fj_flags_clear(1);
    if (room) r.flags |= fj_flags_of(nest, &walk, room);
    bits = reduced(&r, size);
    int flags = (r.flags | fj_flags_now()) & FJ_FLAGS;
    fj_flags_restore(before);
    if (released) fj_nest_acquire(nest, words, ts);
    PyMem_RawFree(room);
    int raised = PyErr_Occurred() != NULL;
    if (raised) PyErr_Clear();
    int whole = r.whole && room == NULL, uncertain = reduction->mode == FIRST && size > CHUNK && !whole && undecided(nest, bits);
    int failed = raised || uncertain || (flags && flags & ~fj_flags_ignored());
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (failed ? FAILED : 0);
    return bits;
}

int64_t fj_nest_reduce(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction) {
    return reduced_nest(context, nest, words, reduction, 0);
}

/* In a routine, where nothing else may run. */
int64_t fj_nest_reduce_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction) {
    return reduced_nest(context, nest, words, reduction, 1);
}

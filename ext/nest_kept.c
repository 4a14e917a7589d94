/* Parts of nests that are the same in each turn of a loop: computed in the turn that comes to them first, at their place, kept until
   something may have changed what they were computed of.

       fj_kept_nest(context, nest, number, words)  ->  the array, borrowed; or NULL: nothing has happened, the whole nest is computed

   Generated code says when its loop is entered (fj_forget) and what it stores into (fj_spoil, fj_spoil_at); polls and call-outs, behind
   which anything may have changed, and the end of native code say so themselves.  What other threads may have done is known by the
   number of times that the GIL has gone to another one.  Only elements that NumPy has memory of its own for are read once for several turns:
   a file or another process may be behind others.  Nothing else runs while such a part is computed. */
#include "compat.h"
#include "nest_kept.h"

enum { MOST_SOURCES = 4 };              /* arrays that a part is computed of */
enum { MOST_BYTES = 24 << 20 };         /* of all kept arrays */
enum { LONGEST = 1000 };                /* turns: what writes into a program's arrays behind its back is seen at last */
enum { TRIES = 4, TURNS = 2 };          /* after so many computations they have to have been good for so many turns each */

typedef struct { const char *low, *high; } Range;

typedef struct {
    PyObject *array;                    /* NULL: to be computed */
    const FjContext *context;           /* whose it is, and */
    const FjNest *nest;                 /* what it is */
    unsigned long switches;
    int64_t bytes;
    int32_t turns, all, made, hopeless, count;      /* it was good for since it was computed, before that; computations; whether nothing is kept until the loop is entered again; ranges */
    Range ranges[MOST_SOURCES];
} Kept;

static Kept kept[FJ_MOST_KEPT];
static int64_t kept_bytes;
int fj_kept_live;

static void drop(Kept *one) {
    if (one->array == NULL) return;
    PyObject *array = one->array;
    one->array = NULL;
    kept_bytes -= one->bytes;
    fj_kept_live--;
    Py_DECREF(array);
}

void fj_kept_dropped(void) { for (int i = 0; i < FJ_MOST_KEPT; i++) drop(&kept[i]); }

void fj_forget_all(void) { fj_forget_kept(); }

/* The loop is entered. */
void fj_forget(int64_t number) {
    drop(&kept[number]);
    kept[number].context = NULL;
}

static void spoiled(const char *low, const char *high) {
    for (int i = 0; i < FJ_MOST_KEPT; i++) if (kept[i].array)
        for (int k = 0; k < kept[i].count; k++)
            if (low < kept[i].ranges[k].high && kept[i].ranges[k].low < high) { drop(&kept[i]); break; }
}

/* From the first byte of an array's elements to the one behind the last. */
static Range range_of(const FjArray *array, int64_t size) {
    Range range = {array->data, array->data + size};
    for (int axis = 0; axis < array->nd; axis++) {
        int64_t way = array->strides[axis] * (array->dims[axis] - 1);
        if (array->dims[axis] == 0) return (Range){array->data, array->data};
        *(way < 0 ? &range.low : &range.high) += way;
    }
    return range;
}

/* An array was stored into. */
void fj_spoil(const FjArray *target) {
    if (!fj_kept_live) return;
    Range range = range_of(target, sizeof(FjTwo));
    spoiled(range.low, range.high);
}

void fj_spoil_at(const char *place) { if (fj_kept_live) spoiled(place, place + sizeof(FjTwo)); }

/* Whether NumPy has made memory of its own for an array's elements. */
static int is_private(const FjArray *array) {
    enum { OWNED = 4 };
    PyObject *owner = fj_keeper(array);
    while (owner && fj_is_array(owner)) {
        if (((const FjArray *)owner)->flags & OWNED) return 1;
        owner = ((const FjArray *)owner)->base;
    }
    return 0;
}

/* Notes what the part is computed of; 0: it can't be kept. */
static int has_sources(Kept *one, const int64_t *words) {
    one->count = 0;
    for (int i = 0; i < one->nest->count; i++) {
        if (one->nest->operands[i].size == 0) continue;
        const FjArray *array = (const FjArray *)words[i];
        if (one->count == MOST_SOURCES || !is_private(array)) return 0;
        one->ranges[one->count++] = range_of(array, one->nest->operands[i].size);
    }
    return 1;
}

static PyObject *computed(const FjContext *context, Kept *one, const int64_t *words) {
    const FjNest *nest = one->nest;
    FjWalk walk;
    int64_t shape[FJ_MOST_AXES], size = fj_nest_plan(nest, words, &walk, shape);
    if (size <= 0 || (one->bytes = size * nest->size) > MOST_BYTES - kept_bytes || !has_sources(one, words)) return NULL;
    PyObject *made = fj_new_array(nest->type, nest->rank, shape);
    if (made == NULL) { PyErr_Clear(); return NULL; }
    char *out = ((FjArray *)made)->data;
    int flags = nest->calls || size * nest->nsteps < FJ_RELEASED ? -1 : fj_flags_of_pieces(nest, &walk, out);      /* what may want the GIL is computed by this thread, which has it */
    if (flags < 0) flags = fj_flags_of(nest, &walk, out);
    int raised = nest->calls && PyErr_Occurred() != NULL;
    if (raised) PyErr_Clear();
    if (raised || (flags && flags & ~fj_flags_ignored())) Py_CLEAR(made);
    return made;
}

PyObject *fj_kept_nest(FjContext *context, const FjNest *nest, int64_t number, const int64_t *words) {
    Kept *one = &kept[number];
    if (one->context != context || one->nest != nest) {
        fj_forget(number);
        one->context = context;
        one->nest = nest;
        one->turns = one->all = one->made = one->hopeless = 0;
    }
    if (one->hopeless) return NULL;
    if (one->array && one->switches == FJ_SWITCHES(context->tstate) && one->turns++ < LONGEST) return one->array;
    drop(one);
    one->all += one->turns;
    one->turns = 0;
    one->hopeless = one->made >= TRIES && one->all < TURNS * one->made;
    if (one->hopeless || (one->array = computed(context, one, words)) == NULL) { one->hopeless = 1; return NULL; }
    one->made++;
    one->switches = FJ_SWITCHES(context->tstate);
    kept_bytes += one->bytes;
    fj_kept_live++;
    return one->array;
}

/* Arrays that numpy.random.Generator draws: rng.random(n), rng.normal(0.0, 2.0, (3, n)), rng.integers(10, size=n).

       fj_drawn(context, what, call, words, &made)  ->  whether it was done, else the method is called

   Of PCG64 (pcg64.c), element after element as NumPy draws them, so that the generator ends in the same state.  What NumPy would raise for is looked at
   before anything is drawn; what is drawn is compared once with what the methods give. */
#include "compat.h"
#include "array_calls.h"
#include "draws.h"
#include <math.h>
#include <string.h>

enum { RANDOM, STANDARD_NORMAL, NORMAL, UNIFORM, INTEGERS };
enum { TUPLE = 2000, LIST = 3000, PARAMETERS = 3, BLOCK = 512, COMPARED = 5000 };

/* The parameters of each, NULL behind the last: numbers, and at the end the size. */
static const char *const parameters[][PARAMETERS + 1] = {{"size"}, {"size"}, {"loc", "scale", "size"}, {"low", "high", "size"}, {"low", "high", "size"}};

typedef struct { int given, whole; double number; int64_t integer; } Number;
typedef struct { Number numbers[PARAMETERS]; int64_t shape[FJ_MOST_AXES]; int axes; } Wanted;     /* axes: -1 until a size is said */
typedef struct { const int32_t *form; const int64_t *word; } Reading;

/* ---- what is asked for; 0: NumPy has to look */

static int number_at(Reading *at, Number *number) {
    union { int64_t word; double number; PyObject *object; } value = {.word = *at->word++};
    int form = *at->form++;
    *number = (Number){1, form == FJ_PYTHONS_INT || form == FJ_INT64 + 1, value.number, value.word};
    if (form == FJ_OBJECT && PyLong_CheckExact(value.object)) {
        int overflow;
        number->integer = PyLong_AsLongLongAndOverflow(value.object, &overflow);
        number->whole = 1;
        if (overflow) return 0;
    } else if (form == FJ_OBJECT && PyFloat_CheckExact(value.object)) number->number = PyFloat_AS_DOUBLE(value.object);
    else if (!number->whole && form != FJ_PYTHONS_FLOAT && form != FJ_FLOAT64 + 1) return 0;
    if (number->whole) number->number = (double)number->integer;
    return 1;
}

static int length(Wanted *wanted, int64_t n) {
    if (n < 0 || wanted->axes == FJ_MOST_AXES) return 0;
    wanted->shape[wanted->axes++] = n;
    return 1;
}

/* A size: an integer or a tuple of them. */
static int size_at(Reading *at, Wanted *wanted) {
    int form = *at->form, count = form > TUPLE && form < LIST ? form - TUPLE : 1;
    PyObject *object = form == FJ_OBJECT ? (PyObject *)*at->word : NULL;
    Number number;
    wanted->axes = 0;
    if (object && PyTuple_CheckExact(object)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(object); i++) {
            PyObject *item = PyTuple_GET_ITEM(object, i);
            int overflow = 1;
            int64_t n = PyLong_CheckExact(item) ? PyLong_AsLongLongAndOverflow(item, &overflow) : 0;
            if (overflow || !length(wanted, n)) return 0;
        }
        at->form++;
        at->word++;
        return 1;
    }
    if (form == TUPLE || form >= LIST) return 0;
    if (form > TUPLE) at->form++;
    while (count-- > 0) if (!number_at(at, &number) || !number.whole || !length(wanted, number.integer)) return 0;
    return 1;
}

/* Which parameter an operand is. */
static int place_of(int what, const FjWholeCall *call, int operand, PyObject *names) {
    int positional = call->count - call->names;
    if (operand < positional) return operand - 1;
    for (int place = 0; parameters[what][place]; place++)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, operand - positional), parameters[what][place]) == 0) return place;
    return -1;
}

static int asked_for(int what, const FjWholeCall *call, const int64_t *words, Wanted *wanted) {
    Reading at = {call->forms + 1, words + 1};
    PyObject *names = NULL;
    if (call->names) {
        int count = 0;
        for (int operand = 0, i = 0; operand < call->count; operand++, i++) {
            int form = call->forms[i];
            if (form > LIST) return 0;
            int items = form > TUPLE ? form - TUPLE : 1;
            i += form > TUPLE ? items : 0;
            count += items;
        }
        names = (PyObject *)words[count];
    }
    wanted->axes = -1;
    for (int operand = 1; operand < call->count; operand++) {
        int place = place_of(what, call, operand, names);
        if (place < 0 || place >= PARAMETERS || parameters[what][place] == NULL) return 0;
        if (strcmp(parameters[what][place], "size") == 0 ? !size_at(&at, wanted) : !number_at(&at, &wanted->numbers[place])) return 0;
    }
    return wanted->axes >= 0;
}

/* ---- the draws */

/* In place, a block at a time: integers beside the numbers would be in the way of their stores, where both lie alike within a page. */
static void doubles(FjPcg *pcg, double a, double b, double *out, int64_t n) {
    for (int64_t k = 0; k < n; k += BLOCK, out += BLOCK) {
        int64_t some = n - k < BLOCK ? n - k : BLOCK;
        const uint64_t *drawn = (const uint64_t *)out;
        fj_pcg_fill(pcg, (uint64_t *)out, some);
        for (int64_t i = 0; i < some; i++) out[i] = a + b * ((double)(int64_t)(drawn[i] >> 11) * 0x1p-53);
    }
}

typedef struct { FjPcg pcg; int has_half; uint32_t half; } Halves;

static inline uint32_t next_half(void *halves) {
    Halves *h = halves;
    if (h->has_half) {
        h->has_half = 0;
        return h->half;
    }
    uint64_t both = fj_pcg_next(&h->pcg);
    h->has_half = 1;
    h->half = (uint32_t)(both >> 32);
    return (uint32_t)both;
}

static void integers(FjPcgState *state, int64_t low, uint32_t range, int64_t *out, int64_t n) {
    Halves h = {*state->pcg, state->has_half, state->half};
    for (int64_t k = 0; k < n; k++) out[k] = fj_integer(next_half, &h, low, range);
    *state->pcg = h.pcg;
    state->has_half = h.has_half;
    state->half = h.half;
}

/* What is drawn, and how many. */
typedef struct { int what; double a, b; int64_t low, count; uint64_t range; } Draw;

/* 0: an error, and nothing has been drawn. */
static int drawn(PyObject *rng, FjPcgState *state, const Draw *draw, void *out) {
    switch (draw->what) {
    case INTEGERS: integers(state, draw->low, (uint32_t)draw->range, out, draw->count); return 1;
    case RANDOM: case UNIFORM: doubles(state->pcg, draw->a, draw->b, out, draw->count); return 1;
    default: return fj_normals(rng, state->pcg, draw->a, draw->b, out, draw->count);
    }
}

/* ---- the beginning */

/* Whether a method gives what is drawn here. */
static int agrees(PyObject *ours, PyObject *made, Draw draw) {
    void *out = PyMem_Malloc(COMPARED * sizeof(double));
    draw.count = COMPARED;
    int same = made && out && drawn(ours, fj_pcg_of(ours), &draw, out) && memcmp(out, ((FjArray *)made)->data, COMPARED * sizeof(double)) == 0;
    PyMem_Free(out);
    Py_XDECREF(made);
    return same;
}

static int numbers_agree(PyObject *ours, PyObject *theirs) {
    return agrees(ours, PyObject_CallMethod(theirs, "random", "i", COMPARED), (Draw){.what = RANDOM, .b = 1.0})
        && agrees(ours, PyObject_CallMethod(theirs, "uniform", "ddi", 0.3, 1.7, COMPARED), (Draw){.what = UNIFORM, .a = 0.3, .b = 1.7 - 0.3})
        && agrees(ours, PyObject_CallMethod(theirs, "integers", "lli", -3L, 3000000001L, COMPARED), (Draw){.what = INTEGERS, .low = -3, .range = 3000000003UL})
        && agrees(ours, PyObject_CallMethod(theirs, "integers", "lli", 0L, 4294967296L, COMPARED), (Draw){.what = INTEGERS, .range = UINT32_MAX});
}

static int normals_agree(PyObject *ours, PyObject *theirs) {
    return agrees(ours, PyObject_CallMethod(theirs, "standard_normal", "i", COMPARED), (Draw){.what = STANDARD_NORMAL, .b = 1.0})
        && agrees(ours, PyObject_CallMethod(theirs, "normal", "ddi", 0.3, 1.7, COMPARED), (Draw){.what = NORMAL, .a = 0.3, .b = 1.7});
}

/* Once for each of the two, with the first generator that has a PCG64. */
static int is_as_numpy(PyObject *rng, int is_normal) {
    static struct { int asked, good; } known[2];
    if (known[is_normal].asked) return known[is_normal].good;
    known[is_normal].asked = 1;
    PyObject *ours = fj_generator_like(rng, FJ_OWN_BITS, 5), *theirs = ours ? fj_generator_like(rng, FJ_OWN_BITS, 5) : NULL;
    known[is_normal].good = theirs && fj_pcg_of(ours) && (is_normal ? normals_agree : numbers_agree)(ours, theirs)
        && memcmp(fj_pcg_of(ours)->pcg, fj_pcg_of(theirs)->pcg, sizeof(FjPcg)) == 0;
    Py_XDECREF(ours); Py_XDECREF(theirs);
    PyErr_Clear();
    return known[is_normal].good;
}

/* Where it begins or what it is about, and how far it reaches; 0: NumPy has to look. */
static int span(int what, const Wanted *wanted, double *a, double *b) {
    const Number *first = &wanted->numbers[0], *second = &wanted->numbers[1];
    *a = (what == NORMAL || what == UNIFORM) && first->given ? first->number : what == STANDARD_NORMAL ? -0.0 : 0.0;      /* to -0.0 nothing is added */
    *b = (what == NORMAL || what == UNIFORM) && second->given ? second->number : 1.0;
    if (what == UNIFORM) *b -= *a;
    return !signbit(*b) && isfinite(*b) && isfinite(*a);
}

static int ends(const Wanted *wanted, int64_t *low, uint64_t *range) {
    const Number *first = &wanted->numbers[0], *second = &wanted->numbers[1];
    if (!first->given || !first->whole || (second->given && !second->whole)) return 0;
    int64_t high = second->given ? second->integer : first->integer;
    *low = second->given ? first->integer : 0;
    *range = (uint64_t)high - (uint64_t)*low - 1;
    return *low < high && *range <= UINT32_MAX;
}

int fj_drawn(FjContext *context, int what, const FjWholeCall *call, const int64_t *words, PyObject **made) {
    PyObject *rng = (PyObject *)words[0];
    Wanted wanted = {0};
    Draw draw = {.what = what, .count = 1};
    if (call->forms[0] != FJ_OBJECT || !asked_for(what, call, words, &wanted) || !(what == INTEGERS ? ends(&wanted, &draw.low, &draw.range) : span(what, &wanted, &draw.a, &draw.b))) return 0;
    int is_normal = what == STANDARD_NORMAL || what == NORMAL;
    FjPcgState *state = fj_is_our_generator(context, rng, is_normal) ? fj_pcg_of(rng) : NULL;
    if (state == NULL || !is_as_numpy(rng, is_normal)) return 0;
    *made = fj_new_array(what == INTEGERS ? FJ_INT64 : FJ_FLOAT64, wanted.axes, wanted.shape);
    if (*made == NULL) { PyErr_Clear(); return 0; }
    draw.count = fj_elements((FjArray *)*made, 0);
    if (!drawn(rng, state, &draw, ((FjArray *)*made)->data)) Py_CLEAR(*made);
    return *made != NULL;
}

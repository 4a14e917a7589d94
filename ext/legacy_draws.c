/* Numbers that numpy.random.RandomState, and with it numpy.random's functions, draw one by one (numpy/random/src/legacy/legacy-distributions.c).

   Beside a copy of its bit generator's functions such an object has the second of two normal numbers, which Marsaglia's polar method makes at a time:
   an address of that copy, whether there is one, and which.  Where it lies is found by the address, and compared with what get_state() says. */
#include "compat.h"
#include "draws.h"
#include <math.h>

enum { TRIED = 400 };
#define OWN "_bit_generator"

typedef struct { FjBits *bits; int has; double number; } Kept;
static struct { int asked, known; FjPlaces places; Py_ssize_t kept; } states;

static FjBits *bits_of(PyObject *rng) { return (FjBits *)((char *)rng + states.places.bits); }
static Kept *kept_of(PyObject *rng) { return (Kept *)((char *)rng + states.kept); }

static double normal(PyObject *rng) {
    Kept *kept = kept_of(rng);
    FjBits *bits = bits_of(rng);
    if (kept->has) {
        double number = kept->number;
        kept->has = 0;
        kept->number = 0.0;
        return number;
    }
    double x, y, square;
    do {
        x = 2.0 * bits->next_double(bits->state) - 1.0;
        y = 2.0 * bits->next_double(bits->state) - 1.0;
        square = x * x + y * y;
    } while (square >= 1.0 || square == 0.0);
    double factor = sqrt(-2.0 * log(square) / square);
    kept->number = factor * x;
    kept->has = 1;
    return factor * y;
}

double fj_legacy(PyObject *rng, int64_t what) {
    if (what == FJ_LEGACY_NORMAL) return normal(rng);
    double number = bits_of(rng)->next_double(bits_of(rng)->state);
    return what == FJ_LEGACY_UNIFORM ? number : -log(1.0 - number);
}

/* The first of the integers of as many bits as the range has that isn't beyond it. */
int64_t fj_legacy_integer(PyObject *rng, int64_t low, uint32_t range) {
    FjBits *bits = bits_of(rng);
    uint32_t mask = range ? UINT32_MAX >> __builtin_clz(range) : 0, found = 0;
    if (range)
        while ((found = bits->next_uint32(bits->state) & mask) > range) {}
    return low + (int64_t)found;
}

/* ---- the beginning */

static int find_kept(PyObject *rng) {
    Py_ssize_t size = Py_TYPE(rng)->tp_basicsize;
    states.kept = 0;
    for (Py_ssize_t at = (Py_ssize_t)sizeof(PyObject); at + (Py_ssize_t)sizeof(Kept) <= size; at += sizeof(void *))
        if (*(FjBits **)((char *)rng + at) == bits_of(rng)) states.kept = at;
    return states.kept != 0;
}

static double state_says(PyObject *rng, const char *key) {
    PyObject *state = PyObject_CallMethod(rng, "get_state", "O", Py_False), *found = state && PyDict_Check(state) ? PyDict_GetItemString(state, key) : NULL;
    double number = found ? PyFloat_AsDouble(found) : -1;
    Py_XDECREF(state);
    return number;
}

static int is_same_integer(PyObject *ours, PyObject *theirs, long long range) {
    PyObject *made = PyObject_CallMethod(theirs, "randint", "LL", -3LL, -2LL + range);
    long long expected = made ? PyLong_AsLongLong(made) : -1;
    Py_XDECREF(made);
    return !PyErr_Occurred() && fj_legacy_integer(ours, -3, (uint32_t)range) == expected;
}

static int agree(PyObject *ours, PyObject *theirs) {
    static const long long RANGES[] = {0, 1, 9, 1000003, 3000000000LL, UINT32_MAX - 1LL, UINT32_MAX};
    for (int i = 0; i < TRIED && !PyErr_Occurred(); i++) {
        double low = 0.3 * i, width = 0.7 * (i & 7), high = low + width;
        if (low + width * fj_legacy(ours, FJ_LEGACY_NORMAL) != fj_method_draws(theirs, "normal", low, width, 2)) return 0;
        if (kept_of(ours)->has != state_says(theirs, "has_gauss") || kept_of(ours)->number != state_says(theirs, "gauss")) return 0;
        if (low + (high - low) * fj_legacy(ours, FJ_LEGACY_UNIFORM) != fj_method_draws(theirs, "uniform", low, high, 2)) return 0;
        if (fj_legacy(ours, FJ_LEGACY_UNIFORM) != fj_method_draws(theirs, "random_sample", 0, 0, 0)) return 0;
        if (fj_legacy(ours, FJ_LEGACY_EXPONENTIAL) != fj_method_draws(theirs, "standard_exponential", 0, 0, 0)) return 0;
        if (!is_same_integer(ours, theirs, RANGES[i % 7])) return 0;
    }
    return !PyErr_Occurred();
}

static int found_out(PyObject *rng) {
    PyObject *ours = fj_generator_like(rng, OWN, 7), *theirs = ours ? fj_generator_like(rng, OWN, 7) : NULL;
    int known = theirs && fj_find_bits(ours, OWN, &states.places) && find_kept(ours) && agree(ours, theirs);
    Py_XDECREF(ours); Py_XDECREF(theirs);
    PyErr_Clear();
    return known;
}

/* Whether this is one of NumPy's own, with one of its bit generators, and nobody else may be drawing. */
int fj_is_our_legacy(FjContext *context, PyObject *rng) {
    if (fj_has_company(context) || Py_TYPE(rng)->tp_flags & Py_TPFLAGS_HEAPTYPE) return 0;
    if (!states.asked) {
        states.asked = 1;
        states.known = found_out(rng);
    }
    return states.known && !fj_is_programs(rng, states.places);
}

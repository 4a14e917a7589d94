/* Numbers that numpy.random.Generator draws one by one: by its bit generator's own functions, without the call of a method.

       fj_draw(context, rng, what, a, b)            ->  a double
       fj_draw_integer(context, rng, what, low, high)  ->  an integer from low up to high; the context's number: 2 where nothing has happened

   A generator has a copy of its bit generator's functions (numpy/random/bitgen.h); where it lies is found once, by what the bit generator says of itself.
   A normal number is, but for one draw in a hundred, a random integer times the width of one of 256 layers (Marsaglia and Tsang's ziggurat): widths and
   borders are asked for, once, of NumPy's function, whose bits are made up meanwhile.  The draws beyond the border are NumPy's, who is handed the
   integer once more.  Everything is compared with what NumPy draws before it is used. */
#include "compat.h"
#include "draws.h"
#include <math.h>

enum { TRIED = 200 };

FjZiggurat fj_ziggurat;
static struct { int asked, known, normal_asked, normal; FjPlaces places; } generators;
static struct { uint64_t bits; int calls; uint64_t (*next)(void *); FjBits *of; } replayed;

FjBits *fj_bits_of(PyObject *rng) { return (FjBits *)((char *)rng + generators.places.bits); }

/* ---- what NumPy's function is handed while it is asked */

static uint64_t made_up(void *state) { return replayed.calls++ ? 0 : replayed.bits; }

static double half(void *state) { replayed.calls++; return 0.5; }

static uint64_t once_more(void *state) {
    replayed.of->next_uint64 = replayed.next;
    return replayed.bits;
}

double fj_method_draws(PyObject *rng, const char *name, double a, double b, int count) {
    PyObject *made = count ? PyObject_CallMethod(rng, name, "dd", a, b) : PyObject_CallMethod(rng, name, NULL);
    double number = made ? PyFloat_AsDouble(made) : 0;
    Py_XDECREF(made);
    return number;
}

static int64_t method_draws_integer(PyObject *rng, const char *name, int64_t low, int64_t high) {
    PyObject *made = PyObject_CallMethod(rng, name, "LL", (long long)low, (long long)high), *index = made ? PyNumber_Index(made) : NULL;
    int64_t number = index ? PyLong_AsLongLong(index) : 0;
    Py_XDECREF(made); Py_XDECREF(index);
    return number;
}

/* The number that NumPy makes of these bits, and whether it asked for more. */
static double asked(PyObject *rng, uint64_t bits, int *more) {
    replayed.bits = bits;
    replayed.calls = 0;
    double number = fj_method_draws(rng, "standard_normal", 0, 0, 0);
    *more = replayed.calls > 1;
    return number;
}

static void ask_for_layers(PyObject *rng) {
    FjBits *bits = fj_bits_of(rng), before = *bits;
    bits->next_uint64 = made_up;
    bits->next_double = half;
    for (uint64_t layer = 0; layer < FJ_LAYERS && !PyErr_Occurred(); layer++) {
        uint64_t inside = 0;            /* so many integers are within the border */
        int more;
        for (int bit = FJ_DRAWN_BITS - 1; bit >= 0; bit--) {
            uint64_t tried = inside | 1ULL << bit;
            asked(rng, (tried - 1) << 9 | layer, &more);
            if (!more) inside = tried;
        }
        fj_ziggurat.border[layer] = inside;
        fj_ziggurat.width[layer] = asked(rng, 1ULL << 9 | layer, &more);          /* beyond the border, where nothing is within it: near the middle everything is taken */
    }
    *bits = before;
}

/* ---- the draws */

double fj_beyond_layer(PyObject *rng, uint64_t drawn) {
    static PyObject *name;
    FjBits *bits = fj_bits_of(rng);
    if (name == NULL && (name = PyUnicode_InternFromString("standard_normal")) == NULL) return -1;
    replayed.bits = drawn;
    replayed.of = bits;
    replayed.next = bits->next_uint64;
    bits->next_uint64 = once_more;
    PyObject *made = PyObject_CallMethodNoArgs(rng, name);
    double number = made ? PyFloat_AsDouble(made) : -1;
    bits->next_uint64 = replayed.next;
    Py_XDECREF(made);
    return number;
}

static double normal(PyObject *rng) {
    FjBits *bits = fj_bits_of(rng);
    uint64_t drawn = bits->next_uint64(bits->state);
    double x;
    return fj_within_layer(drawn, &x) ? fj_with_sign(x, drawn >> 8) : fj_beyond_layer(rng, drawn);
}

static int64_t integer(PyObject *rng, int64_t low, uint32_t range) {
    FjBits *bits = fj_bits_of(rng);
    return fj_integer(bits->next_uint32, bits->state, low, range);
}

static double drawn(PyObject *rng, int64_t what, double a, double b) {
    FjBits *bits = fj_bits_of(rng);
    return what == FJ_NORMAL ? a + b * normal(rng) : a + b * bits->next_double(bits->state);
}

/* ---- the beginning */

PyObject *fj_generator_like(PyObject *rng, const char *own, long seed) {
    PyObject *theirs = PyObject_GetAttrString(rng, own);
    PyObject *bits = theirs ? PyObject_CallFunction((PyObject *)Py_TYPE(theirs), "l", seed) : NULL;
    PyObject *made = bits ? PyObject_CallOneArg((PyObject *)Py_TYPE(rng), bits) : NULL;
    Py_XDECREF(theirs); Py_XDECREF(bits);
    return made;
}

int fj_find_bits(PyObject *rng, const char *name, FjPlaces *found) {
    PyObject *own = PyObject_GetAttrString(rng, name), *capsule = own ? PyObject_GetAttrString(own, "capsule") : NULL;
    void *bits = capsule ? PyCapsule_GetPointer(capsule, "BitGenerator") : NULL;
    Py_ssize_t size = bits ? Py_TYPE(rng)->tp_basicsize : 0, first = (Py_ssize_t)sizeof(PyObject);
    *found = (FjPlaces){0, 0};
    for (Py_ssize_t at = first; at + (Py_ssize_t)sizeof(void *) <= size; at += sizeof(void *)) {
        if (found->owner == 0 && *(PyObject **)((char *)rng + at) == own) found->owner = at;
        if (found->bits == 0 && at + (Py_ssize_t)sizeof(FjBits) <= size && memcmp((char *)rng + at, bits, sizeof(FjBits)) == 0) found->bits = at;
    }
    Py_XDECREF(own); Py_XDECREF(capsule);
    return found->bits && found->owner;
}

int fj_is_programs(PyObject *rng, FjPlaces places) { return (Py_TYPE(*(PyObject **)((char *)rng + places.owner))->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0; }

static int is_same_integer(PyObject *ours, PyObject *theirs, long range) {
    PyObject *made = PyObject_CallMethod(theirs, "integers", "ll", -3L, -2L + range);
    long expected = made ? PyLong_AsLong(made) : -1;
    Py_XDECREF(made);
    return !PyErr_Occurred() && integer(ours, -3, (uint32_t)range) == expected;
}

/* Whether both draw the same. */
static int agree(PyObject *ours, PyObject *theirs) {
    static const long ranges[] = {0, 1, 9, 1000003, 3000000000L, UINT32_MAX};
    for (int i = 0; i < TRIED && !PyErr_Occurred(); i++) {
        double low = 0.3 * i, high = low + 0.7 * (i & 7);
        if (drawn(ours, FJ_UNIFORM, low, high - low) != fj_method_draws(theirs, "uniform", low, high, 2)) return 0;
        if (drawn(ours, FJ_UNIFORM, 0, 1) != fj_method_draws(theirs, "random", 0, 0, 0)) return 0;
        if (!is_same_integer(ours, theirs, ranges[i % 6])) return 0;
    }
    return !PyErr_Occurred();
}

static int agree_on_normal(PyObject *ours, PyObject *theirs) {
    for (int i = 0; i < 10 * TRIED && !PyErr_Occurred(); i++)
        if (drawn(ours, FJ_NORMAL, 0.3 * i, 0.7 * (i & 7)) != fj_method_draws(theirs, "normal", 0.3 * i, 0.7 * (i & 7), 2)) return 0;
    return !PyErr_Occurred();
}

static int found_out(PyObject *rng, int is_normal) {
    PyObject *ours = fj_generator_like(rng, FJ_OWN_BITS, 7), *theirs = ours ? fj_generator_like(rng, FJ_OWN_BITS, 7) : NULL, *third = theirs ? fj_generator_like(rng, FJ_OWN_BITS, 8) : NULL;
    int known = third && (is_normal || fj_find_bits(ours, FJ_OWN_BITS, &generators.places));
    if (known && is_normal) ask_for_layers(third);
    known = known && (is_normal ? agree_on_normal(ours, theirs) : agree(ours, theirs));
    Py_XDECREF(ours); Py_XDECREF(theirs); Py_XDECREF(third);
    PyErr_Clear();
    return known;
}

/* Whether this is a generator of one of NumPy's own bit generators, with whose functions we draw what NumPy does. */
static int is_known(PyObject *rng, int is_normal) {
    if (!generators.asked) {
        PyObject *own = PyObject_GetAttrString(rng, FJ_OWN_BITS);
        int theirs = own && !(Py_TYPE(own)->tp_flags & Py_TPFLAGS_HEAPTYPE);
        Py_XDECREF(own);
        PyErr_Clear();
        if (!theirs) return 0;
        generators.asked = 1;
        generators.known = found_out(rng, 0);
    }
    if (!generators.known || fj_is_programs(rng, generators.places)) return 0;
    if (is_normal && !generators.normal_asked) {
        generators.normal_asked = 1;
        generators.normal = found_out(rng, 1);
    }
    return !is_normal || generators.normal;
}

/* Where other threads may be drawing, or little is known of the generator, its methods draw. */
int fj_is_our_generator(FjContext *context, PyObject *rng, int is_normal) { return !fj_has_company(context) && is_known(rng, is_normal); }

/* What is drawn by which method where we don't. */
static const char *const METHODS[] = {"random", "standard_normal", "random_sample", "standard_normal", "standard_exponential"};
static const char *const INTEGERS[] = {"integers", "randint"};

/* a + b * a standard number of this kind. */
double fj_draw(FjContext *context, PyObject *rng, int64_t what, double a, double b) {
    context->number = 0;
    if (what == FJ_PYTHONS) return a + b * fj_twisted(rng);
    unsigned long switches = FJ_SWITCHES(context->tstate);
    context->number = 2;
    if (signbit(b) || !isfinite(b) || !isfinite(a)) return 0;
    int legacy = what >= FJ_LEGACY_UNIFORM, known = legacy ? fj_is_our_legacy(context, rng) : fj_is_our_generator(context, rng, what == FJ_NORMAL);
    double number = known && legacy ? a + b * fj_legacy(rng, what) : known ? drawn(rng, what, a, b) : a + b * fj_method_draws(rng, METHODS[what], 0, 0, 0);
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (PyErr_Occurred() ? 2 : 0);
    PyErr_Clear();
    return number;
}

int64_t fj_draw_integer(FjContext *context, PyObject *rng, int64_t what, int64_t low, int64_t high) {
    context->number = 0;
    if (what == FJ_PYTHONS_BITS) return fj_twisted_bits(rng, low);
    unsigned long switches = FJ_SWITCHES(context->tstate);
    context->number = 2;
    if (low >= high) return 0;
    uint64_t range = (uint64_t)high - (uint64_t)low - 1;
    int known = range <= UINT32_MAX && (what ? fj_is_our_legacy(context, rng) : fj_is_our_generator(context, rng, 0));
    int64_t number = !known ? method_draws_integer(rng, INTEGERS[what], low, high) : what ? fj_legacy_integer(rng, low, (uint32_t)range) : integer(rng, low, (uint32_t)range);
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (PyErr_Occurred() ? 2 : 0);
    PyErr_Clear();
    return number;
}

/* The same in a routine, where no other thread may run: the context's number says where there are any.  Python's own draw in one go. */
double fj_draw_held(FjContext *context, PyObject *rng, int64_t what, double a, double b) {
    context->number = FJ_LEFT_TO_NUMPY;
    return what != FJ_PYTHONS && fj_has_company(context) ? 0 : fj_draw(context, rng, what, a, b);
}

int64_t fj_draw_integer_held(FjContext *context, PyObject *rng, int64_t what, int64_t low, int64_t high) {
    context->number = FJ_LEFT_TO_NUMPY;
    return what != FJ_PYTHONS_BITS && fj_has_company(context) ? 0 : fj_draw_integer(context, rng, what, low, high);
}

/* Numbers that numpy.random.Generator draws one by one: by its bit generator's own functions, without the call of a method.

       fj_draw(context, rng, what, a, b)            ->  a double
       fj_draw_integer(context, rng, low, high)     ->  an integer from low up to high; the context's number: 2 where nothing has happened

   A generator has a copy of its bit generator's functions (numpy/random/bitgen.h); where it lies is found once, by what the bit generator says of itself.
   A normal number is, but for one draw in a hundred, a random integer times the width of one of 256 layers (Marsaglia and Tsang's ziggurat): widths and
   borders are asked for, once, of NumPy's function, whose bits are made up meanwhile.  The draws beyond the border are NumPy's, who is handed the
   integer once more.  Everything is compared with what NumPy draws before it is used. */
#include "compat.h"
#include "draws.h"
#include <math.h>

enum { UNIFORM, NORMAL, TRIED = 200 };      /* capture/draws.py */

FjZiggurat fj_ziggurat;
static struct { int asked, known, normal_asked, normal; Py_ssize_t offset, owner; } generators;
static struct { uint64_t bits; int calls; uint64_t (*next)(void *); FjBits *of; } replayed;

FjBits *fj_bits_of(PyObject *rng) { return (FjBits *)((char *)rng + generators.offset); }

/* ---- what NumPy's function is handed while it is asked */

static uint64_t made_up(void *state) { return replayed.calls++ ? 0 : replayed.bits; }

static double half(void *state) { replayed.calls++; return 0.5; }

static uint64_t once_more(void *state) {
    replayed.of->next_uint64 = replayed.next;
    return replayed.bits;
}

static double called(PyObject *rng, const char *name, double a, double b, int count) {
    PyObject *made = count ? PyObject_CallMethod(rng, name, "dd", a, b) : PyObject_CallMethod(rng, name, NULL);
    double number = made ? PyFloat_AsDouble(made) : 0;
    Py_XDECREF(made);
    return number;
}

static int64_t called_for_integer(PyObject *rng, int64_t low, int64_t high) {
    PyObject *made = PyObject_CallMethod(rng, "integers", "LL", (long long)low, (long long)high), *index = made ? PyNumber_Index(made) : NULL;
    int64_t number = index ? PyLong_AsLongLong(index) : 0;
    Py_XDECREF(made); Py_XDECREF(index);
    return number;
}

/* The number that NumPy makes of these bits, and whether it asked for more. */
static double asked(PyObject *rng, uint64_t bits, int *more) {
    replayed.bits = bits;
    replayed.calls = 0;
    double number = called(rng, "standard_normal", 0, 0, 0);
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
    return what == NORMAL ? a + b * normal(rng) : a + b * bits->next_double(bits->state);
}

/* ---- the beginning */

/* A generator of the same class with a bit generator of the same class, of this seed; a new reference. */
PyObject *fj_generator_like(PyObject *rng, long seed) {
    PyObject *own = PyObject_GetAttrString(rng, "bit_generator");
    PyObject *bits = own ? PyObject_CallFunction((PyObject *)Py_TYPE(own), "l", seed) : NULL;
    PyObject *made = bits ? PyObject_CallOneArg((PyObject *)Py_TYPE(rng), bits) : NULL;
    Py_XDECREF(own); Py_XDECREF(bits);
    return made;
}

/* Where the copy of the bit generator's functions lies, and the bit generator itself. */
static int find_bits(PyObject *rng) {
    PyObject *own = PyObject_GetAttrString(rng, "bit_generator"), *capsule = own ? PyObject_GetAttrString(own, "capsule") : NULL;
    void *bits = capsule ? PyCapsule_GetPointer(capsule, "BitGenerator") : NULL;
    Py_ssize_t size = bits ? Py_TYPE(rng)->tp_basicsize : 0, first = (Py_ssize_t)sizeof(PyObject);
    generators.offset = generators.owner = 0;
    for (Py_ssize_t at = first; at + (Py_ssize_t)sizeof(void *) <= size; at += sizeof(void *)) {
        if (generators.owner == 0 && *(PyObject **)((char *)rng + at) == own) generators.owner = at;
        if (generators.offset == 0 && at + (Py_ssize_t)sizeof(FjBits) <= size && memcmp((char *)rng + at, bits, sizeof(FjBits)) == 0) generators.offset = at;
    }
    Py_XDECREF(own); Py_XDECREF(capsule);
    return generators.offset && generators.owner;
}

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
        if (drawn(ours, UNIFORM, low, high - low) != called(theirs, "uniform", low, high, 2)) return 0;
        if (drawn(ours, UNIFORM, 0, 1) != called(theirs, "random", 0, 0, 0)) return 0;
        if (!is_same_integer(ours, theirs, ranges[i % 6])) return 0;
    }
    return !PyErr_Occurred();
}

static int agree_on_normal(PyObject *ours, PyObject *theirs) {
    for (int i = 0; i < 10 * TRIED && !PyErr_Occurred(); i++)
        if (drawn(ours, NORMAL, 0.3 * i, 0.7 * (i & 7)) != called(theirs, "normal", 0.3 * i, 0.7 * (i & 7), 2)) return 0;
    return !PyErr_Occurred();
}

static int found_out(PyObject *rng, int is_normal) {
    PyObject *ours = fj_generator_like(rng, 7), *theirs = ours ? fj_generator_like(rng, 7) : NULL, *third = theirs ? fj_generator_like(rng, 8) : NULL;
    int known = third && (is_normal || find_bits(ours));
    if (known && is_normal) ask_for_layers(third);
    known = known && (is_normal ? agree_on_normal(ours, theirs) : agree(ours, theirs));
    Py_XDECREF(ours); Py_XDECREF(theirs); Py_XDECREF(third);
    PyErr_Clear();
    return known;
}

/* Whether this is a generator of one of NumPy's own bit generators, with whose functions we draw what NumPy does. */
static int is_known(PyObject *rng, int is_normal) {
    if (!generators.asked) {
        PyObject *own = PyObject_GetAttrString(rng, "bit_generator");
        int theirs = own && !(Py_TYPE(own)->tp_flags & Py_TPFLAGS_HEAPTYPE);
        Py_XDECREF(own);
        PyErr_Clear();
        if (!theirs) return 0;
        generators.asked = 1;
        generators.known = found_out(rng, 0);
    }
    if (!generators.known || Py_TYPE(*(PyObject **)((char *)rng + generators.owner))->tp_flags & Py_TPFLAGS_HEAPTYPE) return 0;
    if (is_normal && !generators.normal_asked) {
        generators.normal_asked = 1;
        generators.normal = found_out(rng, 1);
    }
    return !is_normal || generators.normal;
}

/* Where other threads may be drawing, or little is known of the generator, its methods draw. */
int fj_is_our_generator(FjContext *context, PyObject *rng, int is_normal) { return !fj_has_company(context) && is_known(rng, is_normal); }

/* a + b * a number from 0 to 1, or a normal one. */
double fj_draw(FjContext *context, PyObject *rng, int64_t what, double a, double b) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    context->number = 2;
    if (signbit(b) || !isfinite(b) || !isfinite(a)) return 0;
    double number = fj_is_our_generator(context, rng, what == NORMAL) ? drawn(rng, what, a, b) : a + b * called(rng, what == NORMAL ? "standard_normal" : "random", 0, 0, 0);
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (PyErr_Occurred() ? 2 : 0);
    PyErr_Clear();
    return number;
}

int64_t fj_draw_integer(FjContext *context, PyObject *rng, int64_t low, int64_t high) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    context->number = 2;
    if (low >= high) return 0;
    uint64_t range = (uint64_t)high - (uint64_t)low - 1;
    int64_t number = range <= UINT32_MAX && fj_is_our_generator(context, rng, 0) ? integer(rng, low, (uint32_t)range) : called_for_integer(rng, low, high);
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (PyErr_Occurred() ? 2 : 0);
    PyErr_Clear();
    return number;
}

/* The same in a routine, where no other thread may run: the context's number says where there are any. */
double fj_draw_held(FjContext *context, PyObject *rng, int64_t what, double a, double b) {
    context->number = FJ_LEFT_TO_NUMPY;
    return fj_has_company(context) ? 0 : fj_draw(context, rng, what, a, b);
}

int64_t fj_draw_integer_held(FjContext *context, PyObject *rng, int64_t low, int64_t high) {
    context->number = FJ_LEFT_TO_NUMPY;
    return fj_has_company(context) ? 0 : fj_draw_integer(context, rng, low, high);
}

/* Numbers that Python's own random generators draw: the Mersenne Twister (Matsumoto and Nishimura, 1998), whose words lie in the object as
   Modules/_randommodule.c has them.

   Nothing is drawn here before words and numbers have been compared with what an object of the class says of itself (fj_knows_twister). */
#include "draws.h"

enum { WORDS = 624, AHEAD = 397, TRIED = 3 * WORDS };
static const uint32_t FIRST_BIT = 0x80000000, FOLDED = 0x9908b0df;
typedef struct { PyObject_HEAD int next; uint32_t words[WORDS]; } Twister;

static void make_words(uint32_t *words) {
    for (int i = 0; i < WORDS; i++) {
        uint32_t both = (words[i] & FIRST_BIT) | (words[i + 1 < WORDS ? i + 1 : 0] & ~FIRST_BIT);
        words[i] = words[i < WORDS - AHEAD ? i + AHEAD : i + AHEAD - WORDS] ^ both >> 1 ^ (-(both & 1) & FOLDED);
    }
}

static inline uint32_t next_word(Twister *of) {
    if (of->next >= WORDS) {
        make_words(of->words);
        of->next = 0;
    }
    uint32_t word = of->words[of->next++];
    word ^= word >> 11;
    word ^= word << 7 & 0x9d2c5680;
    word ^= word << 15 & 0xefc60000;
    return word ^ word >> 18;
}

/* 53 bits: 27 of one word, 26 of the next. */
double fj_twisted(PyObject *random) {
    double high = next_word((Twister *)random) >> 5, low = next_word((Twister *)random) >> 6;
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

/* The lowest 32 are the first word's; of the last one the highest are taken. */
int64_t fj_twisted_bits(PyObject *random, int64_t bits) {
    if (bits == 0) return 0;
    uint64_t first = next_word((Twister *)random);
    return bits <= 32 ? first >> (32 - bits) : first | (uint64_t)next_word((Twister *)random) >> (64 - bits) << 32;
}

/* ---- what is compared */

static int is_number(PyObject *made, double number) {
    int same = made && PyFloat_CheckExact(made) && PyFloat_AS_DOUBLE(made) == number;
    Py_XDECREF(made);
    return same;
}

static int is_integer(PyObject *made, int64_t number) {
    int same = made && PyLong_CheckExact(made) && PyLong_AsLongLong(made) == number && !PyErr_Occurred();
    Py_XDECREF(made);
    return same;
}

/* Whether getstate() tells these words, and which is the next. */
static int tells(PyObject *random) {
    Twister *of = (Twister *)random;
    PyObject *state = PyObject_CallMethod(random, "getstate", NULL);
    int same = state && PyTuple_CheckExact(state) && PyTuple_GET_SIZE(state) == WORDS + 1;
    for (int i = 0; i <= WORDS && same; i++) same = is_integer(Py_NewRef(PyTuple_GET_ITEM(state, i)), i < WORDS ? (int64_t)of->words[i] : of->next);
    Py_XDECREF(state);
    return same;
}

static int agree(PyObject *ours, PyObject *theirs) {
    if (!tells(ours)) return 0;
    for (int i = 0; i < TRIED; i++) {
        if (!is_number(PyObject_CallMethod(theirs, "random", NULL), fj_twisted(ours))) return 0;
        if (!is_integer(PyObject_CallMethod(theirs, "getrandbits", "i", i % 64), fj_twisted_bits(ours, i % 64))) return 0;
    }
    return tells(ours);
}

/* Whether instances of this class, which C defines, draw as we do. */
int fj_knows_twister(PyObject *type) {
    static struct { PyObject *type; int known; } asked;
    if (asked.type != type) {
        int sized = PyType_Check(type) && ((PyTypeObject *)type)->tp_basicsize == sizeof(Twister);
        PyObject *ours = sized ? PyObject_CallFunction(type, "i", 7) : NULL, *theirs = ours ? PyObject_CallFunction(type, "i", 7) : NULL;
        asked.known = theirs && agree(ours, theirs);
        Py_XDECREF(ours); Py_XDECREF(theirs);
        PyErr_Clear();
        Py_XSETREF(asked.type, Py_NewRef(type));
    }
    return asked.known;
}

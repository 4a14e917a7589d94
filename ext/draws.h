/* What numpy.random.Generator draws: numbers one by one (draws.c), arrays (drawn_arrays.c, normals.c, pcg64.c); numbers of the generators before it
   (legacy_draws.c) and of Python's own (twister.c). */
#ifndef FRAMEJIT_DRAWS_H
#define FRAMEJIT_DRAWS_H
#include "gathers.h"

enum { FJ_LAYERS = 256, FJ_DRAWN_BITS = 52 };
/* What is drawn, of doubles and of integers: the attributes of `draw` and `draw_integer` (capture/draws.py). */
enum { FJ_UNIFORM, FJ_NORMAL, FJ_LEGACY_UNIFORM, FJ_LEGACY_NORMAL, FJ_LEGACY_EXPONENTIAL, FJ_PYTHONS };
enum { FJ_INTEGER, FJ_LEGACY_INTEGER, FJ_PYTHONS_BITS };

/* numpy/random/bitgen.h */
typedef struct {
    void *state;
    uint64_t (*next_uint64)(void *);
    uint32_t (*next_uint32)(void *);
    double (*next_double)(void *);
    uint64_t (*next_raw)(void *);
} FjBits;

/* The layers of normal numbers: of integers below the border each is a number of so many widths. */
typedef struct { double width[FJ_LAYERS]; uint64_t border[FJ_LAYERS]; } FjZiggurat;
extern FjZiggurat fj_ziggurat;

/* Whether this generator may be drawn from here; 0: its methods draw. */
FJ_INNER int fj_is_our_generator(FjContext *context, PyObject *rng, int is_normal);
FJ_INNER FjBits *fj_bits_of(PyObject *rng);
/* What NumPy makes of an integer beyond its layer's border, which may take more of them; -1 and an error. */
FJ_INNER double fj_beyond_layer(PyObject *rng, uint64_t drawn);
#define FJ_OWN_BITS "bit_generator"       /* the attribute of a Generator */
/* A new generator like this one, whose bit generator, the attribute `own`, has this seed; NULL and an error. */
FJ_INNER PyObject *fj_generator_like(PyObject *rng, const char *own, long seed);

/* Where a generator has a copy of its bit generator's functions, and the bit generator itself; 0: not known. */
typedef struct { Py_ssize_t bits, owner; } FjPlaces;
FJ_INNER int fj_find_bits(PyObject *rng, const char *own, FjPlaces *found);
/* Whether the bit generator is of a class of the program's, whose functions may be anything. */
FJ_INNER int fj_is_programs(PyObject *rng, FjPlaces places);
/* What a method that takes so many numbers, and gives one, has drawn; -1 and an error. */
FJ_INNER double fj_method_draws(PyObject *rng, const char *name, double a, double b, int count);

/* numpy.random.RandomState (legacy_draws.c): whether it may be drawn from here; a standard number of a kind; an integer from low to low + range. */
FJ_INNER int fj_is_our_legacy(FjContext *context, PyObject *rng);
FJ_INNER double fj_legacy(PyObject *rng, int64_t what);
FJ_INNER int64_t fj_legacy_integer(PyObject *rng, int64_t low, uint32_t range);
/* Instances of Python's own _random.Random (twister.c): from 0 to 1; and so many bits, at most 63. */
FJ_INNER double fj_twisted(PyObject *random);
FJ_INNER int64_t fj_twisted_bits(PyObject *random, int64_t bits);

/* Either sign is as likely: no branch. */
static inline double fj_with_sign(double x, uint64_t bit) {
    union { double number; uint64_t bits; } both = {x};
    both.bits ^= bit << 63;
    return both.number;
}

/* What an integer makes of its layer's width, without a sign; whether it is within the layer's border. */
static inline int fj_within_layer(uint64_t drawn, double *x) {
    uint64_t layer = drawn & (FJ_LAYERS - 1), integer = drawn >> 9 & ((1ULL << FJ_DRAWN_BITS) - 1);
    *x = (double)(int64_t)integer * fj_ziggurat.width[layer];
    return integer < fj_ziggurat.border[layer];
}

/* An integer from low to low + range: Lemire's method, as NumPy has it for ranges of 32 bits. */
static inline __attribute__((always_inline)) int64_t fj_integer(uint32_t (*next)(void *), void *state, int64_t low, uint32_t range) {
    if (range == 0) return low;
    if (range == UINT32_MAX) return low + (int64_t)next(state);
    uint32_t count = range + 1;
    uint64_t product = (uint64_t)next(state) * count;
    if (__builtin_expect((uint32_t)product < count, 0)) {
        uint32_t least = (UINT32_MAX - range) % count;
        while ((uint32_t)product < least) product = (uint64_t)next(state) * count;
    }
    return low + (int64_t)(product >> 32);
}

/* np.random.PCG64: a linear congruential generator of 128 bits (O'Neill, 2014), as NumPy keeps it; its words of 32 bits are halves. */
typedef struct { unsigned __int128 state, step; } FjPcg;
typedef struct { FjPcg *pcg; int has_half; uint32_t half; } FjPcgState;

#define FJ_PCG_FACTOR (((unsigned __int128)0x2360ED051FC65DA4ULL << 64) | 0x4385DF649FCCF645ULL)
static inline uint64_t fj_pcg_output(unsigned __int128 state) {
    uint64_t bits = (uint64_t)(state >> 64) ^ (uint64_t)state;
    int turned = (int)(state >> 122);
    return bits >> turned | bits << (-turned & 63);
}
static inline uint64_t fj_pcg_next(FjPcg *pcg) { return fj_pcg_output(pcg->state = pcg->state * FJ_PCG_FACTOR + pcg->step); }
/* The next integers, several chains side by side. */
FJ_INNER void fj_pcg_fill(FjPcg *pcg, uint64_t *out, int64_t n);
/* The generator's state, where it is such a one; NULL: its functions draw. */
FJ_INNER FjPcgState *fj_pcg_of(PyObject *rng);

/* a + b * so many normal numbers; 0: an error, and nothing has been drawn. */
FJ_INNER int fj_normals(PyObject *rng, FjPcg *pcg, double a, double b, double *out, int64_t n);
/* Arrays that generators draw: what is drawn, in the order of backends/llvm/arrays.py.  1: an array has been made; 0: nothing has happened. */
FJ_INNER int fj_drawn(FjContext *context, int what, const FjWholeCall *call, const int64_t *words, PyObject **made);
#endif

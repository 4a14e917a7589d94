/* Functions of a vector of 64 bytes, in NumPy's library, which its own loops call: found by their names, and believed only where bits
   and flags of floating-point arithmetic are those of the loop. */
#define _GNU_SOURCE
#include "nests.h"
#include <dlfcn.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

enum { VECTOR = 64, ROUNDS = 512 };

typedef __m512d (*Function)(__m512d);
typedef void (*Loop)(char **, int64_t *, int64_t *, void *);
typedef union { uint64_t words[VECTOR / 8]; double wide[VECTOR / 8]; float narrow[VECTOR / 4]; char bytes[VECTOR]; } Vector;

static int have(void) { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"); }

__attribute__((target("avx512f"), noinline)) static void apply(Function function, const Vector *in, Vector *out) {
    _mm512_storeu_pd(out->wide, function(_mm512_loadu_pd(in->wide)));
}

static unsigned flags_after(Function function, Loop loop, void *data, const Vector *in, Vector *out, int size) {
    char *args[] = {(char *)in->bytes, out->bytes};
    int64_t count = VECTOR / size, steps[] = {size, size};
    fj_flags_clear(1);
    if (function) apply(function, in, out); else loop(args, &count, steps, data);
    return (unsigned)fj_flags_now();
}

static int same(const Vector *a, const Vector *b, int size) {
    for (int k = 0; k < VECTOR / size; k++) {
        if (memcmp(a->bytes + k * size, b->bytes + k * size, (size_t)size) == 0) continue;
        if (size == 8 ? a->wide[k] == a->wide[k] || b->wide[k] == b->wide[k] : a->narrow[k] == a->narrow[k] || b->narrow[k] == b->narrow[k]) return 0;
    }
    return 1;
}

/* Whether what was raised before is still there behind the function. */
static int keeps(Function function, const Vector *in, Vector *out) {
    _mm_setcsr(_mm_getcsr() | FJ_FLAGS);
    apply(function, in, out);
    return (_mm_getcsr() & FJ_FLAGS) == FJ_FLAGS;
}

static int agrees(Function function, Loop loop, void *data, const Vector *in, int size) {
    Vector own, theirs;
    unsigned flags = flags_after(function, NULL, NULL, in, &own, size);
    return flags == flags_after(NULL, loop, data, in, &theirs, size) && same(&own, &theirs, size) && keeps(function, in, &own);
}

static void fill(Vector *in, double value, int size) {
    for (int k = 0; k < VECTOR / size; k++) if (size == 8) in->wide[k] = value; else in->narrow[k] = (float)value;
}

/* Numbers of a common size, then any bits. */
static void mix(Vector *in, uint64_t *state, int round, int size) {
    for (int k = 0; k < VECTOR / 8; k++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        in->words[k] = *state ^ *state >> 29;
    }
    if (round % 4 == 0) return;
    double scale = (double[]){0, 1.5, 40.0, 800.0}[round % 4];
    for (int k = VECTOR / size - 1; k >= 0; k--) {
        double value = (double)(int64_t)(in->words[k % (VECTOR / 8)] * (uint64_t)(2 * k + 1)) / 9223372036854775808.0 * scale;
        if (size == 8) in->wide[k] = value; else in->narrow[k] = (float)value;
    }
}

static int believed(Function function, Loop loop, void *data, int size) {
    static const double SPECIAL[] = {0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 1e-310, -1e-310, 1e-300, 1e-42, 710.0, -745.0, -800.0, 88.8, -104.0, 1e30, -1e30, 1e300, -1e300,
                                     __builtin_inf(), -__builtin_inf(), __builtin_nan("")};
    uint64_t state = 1;
    Vector in;
    int good = 1;
    unsigned before = _mm_getcsr();
    for (unsigned i = 0; good && i < sizeof SPECIAL / sizeof *SPECIAL; i++) { fill(&in, SPECIAL[i], size); good = agrees(function, loop, data, &in, size); }
    for (int round = 0; good && round < ROUNDS; round++) { mix(&in, &state, round, size); good = agrees(function, loop, data, &in, size); }
    fj_flags_clear(1);
    fj_flags_restore(before);
    return good;
}

#else

typedef void (*Function)(void);
typedef void (*Loop)(char **, int64_t *, int64_t *, void *);
static int have(void) { return 0; }
static int believed(Function function, Loop loop, void *data, int size) { return 0; }

#endif

/* The function of this name beside the loop, or NULL.  `size`: bytes of an element. */
void *fj_vector_function(void *loop, void *data, const char *name, int32_t size) {
    Dl_info here;
    if (!have() || loop == NULL || !dladdr(loop, &here)) return NULL;
    void *library = dlopen(here.dli_fname, RTLD_LAZY | RTLD_NOLOAD), *found = library ? dlsym(library, name) : NULL;
    if (library) dlclose(library);
    return found && believed((Function)found, (Loop)loop, data, size) ? found : NULL;
}

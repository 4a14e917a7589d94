/* Functions of a vector of 64 bytes: those in NumPy's library, which its own loops call, found by their names, and ours (sines.c, divisions.c).
   They are believed only where bits and flags of floating-point arithmetic are those of the loop. */
#define _GNU_SOURCE
#include "nests.h"
#include "own_vectors.h"
#include <dlfcn.h>
#include <fenv.h>
#include <string.h>

typedef void (*Loop)(char **, int64_t *, int64_t *, void *);
typedef struct { void *function; int operands, size, own; Loop loop; void *data; } Asked;

static const FjOwnVector *own(const char *name) {
    const FjOwnVector *tables[] = {fj_own_sines, fj_own_divisions};
    for (unsigned i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const FjOwnVector *row = tables[i]; row->name; row++) if (strcmp(row->name, name) == 0) return row;
    return NULL;
}

#if defined(__x86_64__)

enum { USUAL = 0x1f80, VECTOR = 64, ROUNDS = 512, ANGLES = 3072, KINDS = 6, SPECIALS = 6 };        /* vectors that are compared, of numbers of so many sizes; pairs for each special number */
static const double SIZES[KINDS] = {0, 1.5, 40.0, 800.0, 0.25, 1e7}, OF_ANGLES[KINDS] = {1.5, 8.0, 1.5, 1e4, 1.5, 1e7};      /* 0: any bits */

typedef union { uint64_t words[VECTOR / 8]; double wide[VECTOR / 8]; float narrow[VECTOR / 4]; char bytes[VECTOR]; } Vector;

/* What the loop raises is found where a vector's own operations raise it, and nothing that was raised before, there or in the other unit, is lost. */
void fj_left_to_loop(const FjOwnLoop *left, void *in, void *other, void *out, int64_t size, int operands) {
    char *args[] = {in, operands == 2 ? other : out, out};
    int64_t count = VECTOR / size, steps[] = {size, size, size};
    unsigned held = (unsigned)fj_flags_now(), before = fj_flags_clear(1);
    left->loop(args, &count, steps, left->data);
    unsigned raised = (unsigned)fj_flags_now();
    fj_flags_clear(1);
    fj_flags_restore(before | held | raised);
}

static int have(void) { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"); }

__attribute__((target("avx512f"), noinline)) static void apply(const Asked *asked, const Vector *in, Vector *out) {
    __m512d x = _mm512_loadu_pd(in[0].wide);
    if (asked->operands == 1) { _mm512_storeu_pd(out->wide, ((__m512d (*)(__m512d))asked->function)(x)); return; }
    __m512d y = _mm512_loadu_pd(in[1].wide);
    if (asked->size == 8) { _mm512_storeu_pd(out->wide, ((__m512d (*)(__m512d, __m512d))asked->function)(x, y)); return; }
    __m512 z = ((__m512 (*)(__m512, __m512))asked->function)(_mm512_castpd_ps(x), _mm512_castpd_ps(y));
    _mm512_storeu_ps(out->narrow, z);
}

static unsigned flags_after(const Asked *asked, int by_loop, const Vector *in, Vector *out) {
    char *args[] = {(char *)in[0].bytes, asked->operands == 2 ? (char *)in[1].bytes : out->bytes, out->bytes};
    int64_t count = VECTOR / asked->size, steps[] = {asked->size, asked->size, asked->size};
    fj_flags_clear(1);
    if (by_loop) asked->loop(args, &count, steps, asked->data); else apply(asked, in, out);
    return (unsigned)fj_flags_now();
}

static int same(const Vector *a, const Vector *b, int size) {
    for (int k = 0; k < VECTOR / size; k++) {
        if (memcmp(a->bytes + k * size, b->bytes + k * size, (size_t)size) == 0) continue;
        if (size == 8 ? a->wide[k] == a->wide[k] || b->wide[k] == b->wide[k] : a->narrow[k] == a->narrow[k] || b->narrow[k] == b->narrow[k]) return 0;
    }
    return 1;
}

/* Whether what was raised before is still there behind the function; what libm raises is in the other unit. */
static int keeps(const Asked *asked, const Vector *in, Vector *out) {
    _mm_setcsr(_mm_getcsr() | FJ_FLAGS);
    apply(asked, in, out);
    int kept = (_mm_getcsr() & FJ_FLAGS) == FJ_FLAGS;
    fj_flags_clear(1);
    feraiseexcept(FE_OVERFLOW);
    apply(asked, in, out);
    return kept && fj_flags_now() & FJ_OVER;
}

static int agrees(const Asked *asked, const Vector *in) {
    Vector ours, theirs;
    unsigned flags = flags_after(asked, 0, in, &ours);
    return flags == flags_after(asked, 1, in, &theirs) && same(&ours, &theirs, asked->size) && keeps(asked, in, &ours);
}

static void fill(Vector *in, double value, int size) {
    for (int k = 0; k < VECTOR / size; k++) if (size == 8) in->wide[k] = value; else in->narrow[k] = (float)value;
}

/* Numbers of a common size, or any bits. */
static void mix(Vector *in, uint64_t *state, double scale, int size) {
    for (int k = 0; k < VECTOR / 8; k++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        in->words[k] = *state ^ *state >> 29;
    }
    if (scale == 0) return;
    for (int k = VECTOR / size - 1; k >= 0; k--) {
        double value = (double)(int64_t)(in->words[k % (VECTOR / 8)] * (uint64_t)(2 * k + 1)) / 9223372036854775808.0 * scale;
        if (size == 8) in->wide[k] = value; else in->narrow[k] = (float)value;
    }
}

static int believed(const Asked *asked) {
    static const double SPECIAL[] = {0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 1e-310, -1e-310, 1e-300, 1e-42, 710.0, -745.0, -800.0, 88.8, -104.0, 1e30, -1e30, 1e300, -1e300,
                                     0.126, -0.12599999999999997, 0.8554687499999999, 0.85546875, -2.4262638092041016, 2.426263809204101, 105414357.99999999, -105414358.0,
                                     1e-8, 1.4901161193847656e-08, 7.450580596923828e-09, -7.4e-09, 1.5707963267948966, -3.141592653589793, 6.283185307179586,
                                     __builtin_inf(), -__builtin_inf(), __builtin_nan("")};
    static const float HARD[][2] = {{8388722.0f, 0x1.6a0a88p+11f}, {8388739.0f, 0x1.6a0aap+11f}};      /* of triangles, where two roundings show */
    const int count = sizeof SPECIAL / sizeof *SPECIAL, two = asked->operands == 2, angles = asked->own && !two;
    uint64_t state = 1;
    Vector in[2];
    int good = 1;
    unsigned before = _mm_getcsr();
    _mm_setcsr(USUAL);
    for (int i = 0; good && i < count * (two ? SPECIALS : 1); i++) {
        fill(&in[0], SPECIAL[i % count], asked->size);
        fill(&in[1], SPECIAL[(i % count * 5 + i / count * 7) % count], asked->size);
        good = agrees(asked, in);
    }
    for (int i = 0; good && two && i < 2; i++) {
        fill(&in[0], HARD[i][0], asked->size);
        fill(&in[1], HARD[i][1], asked->size);
        good = agrees(asked, in);
    }
    for (int round = 0; good && round < (angles ? ANGLES : ROUNDS); round++) {
        double first = (angles ? OF_ANGLES : SIZES)[round % KINDS], second = SIZES[round / KINDS % KINDS];
        if (two && round >= ROUNDS / 16 && (first == 0 || second == 0)) continue;       /* a remainder of any bits takes the C library microseconds */
        mix(&in[0], &state, first, asked->size);
        mix(&in[1], &state, second, asked->size);
        good = agrees(asked, in);
    }
    fj_flags_clear(1);
    fj_flags_restore(before);
    return good;
}

#else

static int have(void) { return 0; }
static int believed(const Asked *asked) { (void)asked; return 0; }

#endif

/* Our function of this name, or that beside the loop, or NULL.  `size`: bytes of an element. */
void *fj_vector_function(void *loop, void *data, const char *name, int32_t size) {
    Dl_info here;
    if (!have() || loop == NULL || !dladdr(loop, &here)) return NULL;
    const FjOwnVector *ours = own(name);
    Asked asked = {ours ? ours->function : NULL, ours ? ours->operands : 1, size, ours != NULL, (Loop)loop, data};
    if (ours) *ours->left = (FjOwnLoop){(Loop)loop, data};
    else {
        void *library = dlopen(here.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
        asked.function = library ? dlsym(library, name) : NULL;
        if (library) dlclose(library);
    }
    return asked.function && believed(&asked) ? asked.function : NULL;
}

/* A nest as generated code describes it (backends/llvm/nests.py); see nests.c. */
#ifndef FRAMEJIT_NESTS_H
#define FRAMEJIT_NESTS_H
#include "numpy_table.h"

/* An element of so many bytes, whatever it is: the largest have two words. */
typedef struct { int64_t first, second; } FjTwo;
#define FJ_BY_SIZE(size, DO) \
    switch (size) { \
    case 1: DO(int8_t); break; \
    case 2: DO(int16_t); break; \
    case 4: DO(int32_t); break; \
    case 8: DO(int64_t); break; \
    default: DO(FjTwo); \
    }

/* Loops that the compiler makes vectors of, for what the processor has. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define FJ_WIDE __attribute__((optimize("O3"), target_clones("avx512f", "avx2", "default")))
#else
#define FJ_WIDE
#endif

enum { FJ_MOST_AXES = 8, FJ_MOST_OPERANDS = 32, FJ_MOST_STEPS = 64 };
enum { FJ_MOST_PARTS = 8 };             /* loops/nest_parts.py */
enum { FJ_RELEASED = 1 << 14 };         /* elements times steps from which other threads may run */
enum { FJ_NONE_MADE = 0, FJ_ALL_MADE = 1, FJ_ONE_BY_ONE = 2 };      /* of several arrays: NumPy has to compute them; they are there; they are to be computed one by one */
enum { FJ_TOO_MUCH = 24 << 20 };        /* bytes of those but the last one: of what a program of statements may not have had at once */
enum { FJ_STRIDED = 2 };                /* tables/elementwise.py: STRIDED */
enum { FJ_LEFT_TO_NUMPY = 4 };          /* capture/expressions.py: in a routine, what takes long or NumPy does in another way; nothing has happened */
enum { FJ_INVALID = 1, FJ_DIVIDE = 4, FJ_OVER = 8, FJ_UNDER = 16, FJ_FLAGS = FJ_INVALID | FJ_DIVIDE | FJ_OVER | FJ_UNDER };

/* args: where the row of the result and of each operand begins, for `backwards` each operand's step behind them; the flags that calls in it have raised. */
typedef int (*fj_kernel)(char **args, int64_t n);

/* bytes of an element, 0 for a scalar; NumPy's number of the type; whether only loops of NumPy's read it, who are handed it as it lies; of a result
   beside the last one: a bit for each array that it depends on, as of a step */
typedef struct { int32_t size, type, either; uint32_t made; } FjOperand;

typedef struct {
    PyObject *function;                 /* the ufunc; NULL for a cast */
    int32_t called, arity;              /* whether its own inner loop is called, FJ_STRIDED: and computes otherwise for what has no step; its operands, */
    int32_t args[3];                    /* as numbers of values: operands come first; of a cast behind it: */
    uint32_t arrays;            /* a bit for each operand of the nest that it depends on and is an array */
} FjStep;
enum { FJ_TYPE_OF_CAST = 1, FJ_ASKED_FOR };     /* NumPy's number of the type, whether the program asks for it: else a function that follows converts by itself */

typedef struct {
    fj_kernel kernel, backwards;        /* the same for operands that are handed to NumPy's loops as they lie, or NULL */
    const FjOperand *operands;
    const FjStep *steps;
    int32_t rank, count, nsteps;        /* axes of the result; operands; steps */
    int32_t type, size, calls, raises;  /* the result's; whether NumPy's own loops are called, flags can be raised (FJ_LIGHT: by a few sums and products) */
    int32_t threads;                    /* that may compute it: 0 as many as there are processors */
    int32_t results;                    /* beside the last one: so many operands, behind the others */
    const struct FjParted *parted;      /* what of it has fewer axes and calls loops, as nests of their own; or NULL */
} FjNest;
enum { FJ_LIGHT = 2 };

typedef struct { const FjNest *nest; const int32_t *takes; } FjPart;      /* takes: numbers of the whole nest's operands */

typedef struct FjParted {
    const FjNest *main;
    const int32_t *takes;               /* the same, and ~number of a part */
    const FjPart *parts;
    int64_t count;
} FjParted;

typedef struct {
    int axes;                                           /* after neighbours were joined; the last one is the row */
    int64_t shape[FJ_MOST_AXES];
    int64_t step[FJ_MOST_OPERANDS + 1][FJ_MOST_AXES];       /* in bytes; a scalar's are 0; behind the operands the target of a store */
    char *place[FJ_MOST_OPERANDS + 1];
    int packed;                                         /* whether some array's rows aren't contiguous */
    uint32_t handed;                                    /* a bit for each whose rows lie backwards and NumPy's loops are handed so */
} FjWalk;

PyObject *fj_nest(FjContext *context, const FjNest *nest, const int64_t *words);
PyObject *fj_nest_held(FjContext *context, const FjNest *nest, const int64_t *words);
int fj_flags_now(void);
FJ_INNER int fj_nest_shape(const FjNest *nest, const int64_t *words, uint32_t arrays, int64_t *shape);
FJ_INNER void fj_nest_steps(const FjNest *nest, const FjArray *array, int64_t *step);
FJ_INNER PyObject *fj_nest_planned(FjContext *context, const FjNest *nest, const int64_t *words, int *planned);
int64_t fj_nest_several(FjContext *context, const FjNest *nest, int64_t *words);
/* mode (nest_reduce.c): sum, mean, beginning with the first element, or with `start`; most: elements that are summed exactly, 0: it is NumPy's order that counts */
typedef struct { void (*loop)(char **, int64_t *, int64_t *, void *); void *data; int64_t mode, start, most; PyObject *function; } FjReduction;

/* Operands of the main nest of one in parts, whose results they keep. */
typedef struct { int64_t words[FJ_MOST_OPERANDS + FJ_MOST_AXES]; PyObject *made[FJ_MOST_PARTS]; int64_t number; } FjPartsMade;

FJ_INNER int fj_parts_made(FjContext *context, const FjNest *nest, const int64_t *words, int more, FjPartsMade *parts, int held);
FJ_INNER void fj_parts_dropped(FjContext *context, const FjNest *nest, FjPartsMade *parts);
int64_t fj_nest_reduce(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction);
int64_t fj_nest_reduce_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction);
int64_t fj_nest_into(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target);
int64_t fj_nest_into_held(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target);
FJ_INNER int64_t fj_nest_plan(const FjNest *nest, const int64_t *words, FjWalk *walk, int64_t *shape);
void fj_nest_bounds(int64_t few, int64_t large);
FJ_INNER int64_t fj_nest_plan_into(const FjNest *nest, const int64_t *words, const FjArray *target, FjWalk *walk, int among);
FJ_INNER void fj_fill(char *to, const char *from, int64_t n, int size);
FJ_INNER int fj_nest_row(const FjNest *nest, FjWalk *walk, char **args, int64_t n);
FJ_INNER int fj_nest_stretch(const FjNest *nest, FjWalk *walk, char *out, int64_t first, int64_t end);
FJ_INNER int fj_nest_next_row(const FjNest *nest, const FjWalk *walk, char **places, int64_t *at);
FJ_INNER int fj_nest_next_rows(const FjNest *nest, const FjWalk *walk, char **places, int64_t *at, int64_t rows);
FJ_INNER int64_t fj_nest_rows_at_once(const FjNest *nest, const FjWalk *walk, const int64_t *at, int64_t left);
FJ_INNER int fj_nest_rows(const FjNest *nest, const FjWalk *walk, char **args, int64_t rows);
FJ_INNER PyThreadState *fj_nest_release(const FjNest *nest, const int64_t *words);
FJ_INNER void fj_nest_acquire(const FjNest *nest, const int64_t *words, PyThreadState *ts);
FJ_INNER void fj_nest_hold(const FjNest *nest, const int64_t *words);
FJ_INNER void fj_nest_let_go(const FjNest *nest, const int64_t *words, int switched);
FJ_INNER extern int fj_any_late;        /* nest_held.c: whether something is let go of at the end of the run */
FJ_INNER void fj_late_end(void);
FJ_INNER unsigned fj_flags_clear(int calls);
FJ_INNER void fj_flags_restore(unsigned before);
FJ_INNER int fj_flags_of(const FjNest *nest, FjWalk *walk, char *out);
FJ_INNER int fj_flags_beside_others(const FjNest *nest, const int64_t *words, FjWalk *walk, char *out);
FJ_INNER int fj_flags_ignored(void);
FJ_INNER int64_t fj_buffer_size(void);
FJ_INNER int fj_nest_backwards(const FjNest *nest, const int64_t *words, FjWalk *walk);
FJ_INNER int fj_nest_is_strided(const FjNest *nest, const FjWalk *walk);
FJ_INNER int fj_falls(const int64_t *step, int rank);       /* nests.c */
FJ_INNER int fj_flags_of_pieces(const FjNest *nest, FjWalk *walk, char *out);
FJ_INNER PyObject *fj_new_array(int type, int rank, int64_t *shape);
FJ_INNER int fj_could_be_made(int rank, const int64_t *shape, int64_t size);
FJ_INNER int64_t fj_widest(const FjNest *nest);
FJ_INNER PyObject *fj_new_ordered(int type, int rank, int64_t *shape, int turned);
FJ_INNER PyObject *fj_of_numpy(const char *name);
FJ_INNER PyObject *fj_unheard(PyObject *(*work)(const void *), const void *with);
FJ_INNER PyObject *fj_reduced_by_numpy(PyObject *function, PyObject *array, int axes, int keepdims, int through, PyObject *initial, PyObject *where);
FJ_INNER int fj_scalar_bits(PyObject *scalar, int type, int64_t *bits);
FJ_INNER PyObject *fj_stepwise(const FjNest *nest, const int64_t *words);
FJ_INNER int fj_casts_repeated(const FjNest *nest, const int64_t *words);

/* Whether the program has other threads: in a routine none of them may run. */
static inline int fj_has_company(const FjContext *context) { return context->tstate->next != NULL || context->tstate->prev != NULL; }

/* What keeps an array's elements: itself, or the owner of a view without object. */
static inline PyObject *fj_keeper(const FjArray *array) { return ((PyObject *)array)->ob_type ? (PyObject *)array : array->base; }
#endif

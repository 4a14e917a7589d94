/* A call of NumPy's as generated code describes it (backends/llvm/arrays.py); see array_calls.c. */
#ifndef FRAMEJIT_ARRAY_CALLS_H
#define FRAMEJIT_ARRAY_CALLS_H
#include "nests.h"

typedef struct {
    PyObject *function;                 /* a ufunc where it reduces */
    int32_t form, arity, axes, given;   /* axes: a bit for each, -1: none is named; given: so many are words behind the arrays */
    int32_t keepdims, through;          /* NumPy's number of the type that is computed in, -1: it chooses */
    int32_t type, rank, size, heard;    /* of the result, its elements' bytes; whether NumPy may warn of flags */
    int32_t begins;                     /* what a reduction begins with, the last word: FJ_UNSAID or the like, or 1 + NumPy's number of a scalar's type */
    int32_t less;                       /* of an average: so many fewer than were summed does it divide by */
    int32_t own;                        /* where the dtype has the function that the call ends in, or 0 (dtype_functions.c) */
    int32_t strict;                     /* whether invalid operations, and only these, are errors */
    void (*loop)(char **, const int64_t *, const int64_t *, void *);    /* of a generalised ufunc, for these kinds */
    void *data;
    const char *signature;              /* letters for its axes: "mm,mn>mn"; NULL: matmul's */
    void (*odd)(char **, const int64_t *, const int64_t *, void *);     /* for an odd number of points, or NULL */
} FjArrayCall;

enum { FJ_UNSAID, FJ_OBJECT = -1, FJ_PYTHONS_INT = -2, FJ_PYTHONS_FLOAT = -3, FJ_PYTHONS_BOOL = -4 };      /* tables/array_calls.py */
enum { FJ_CALLED, FJ_ALONG, FJ_REDUCED, FJ_AVERAGED, FJ_MULTIPLIED, FJ_SIGNED };      /* forms: tables/array_calls.py */

/* A variance, or with `root` what is its root, along axes: the mean, then the mean of the squares of what it leaves.  reductions: NULL where NumPy reduces. */
typedef struct { const FjNest *nests[2]; const FjReduction *reductions[2]; const FjArrayCall *calls[2]; int64_t root; } FjSpread;

PyObject *fj_array_call(FjContext *context, const FjArrayCall *call, const int64_t *words);
FJ_INNER PyObject *fj_reduced_along(FjContext *context, const FjNest *nest, const int64_t *words, const FjReduction *reduction, const FjArrayCall *call, int held);
FJ_INNER int fj_by_dtype(const FjArrayCall *call, const int64_t *words, int64_t *bits);
FJ_INNER int fj_signed(const FjArrayCall *call, const int64_t *words, PyObject **made, char *out);
FJ_INNER int64_t fj_signed_work(const FjArrayCall *call, const int64_t *words);
FJ_INNER int fj_axes_named(const FjArrayCall *call, int ndim, const int64_t *words);
#endif

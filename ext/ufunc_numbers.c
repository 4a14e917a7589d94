/* NumPy's functions of numbers: its own inner loop for one element, so that the bits are NumPy's.

       fj_ufunc_number(context, call, words)  ->  the result's bits; the context's number: 1 where NumPy warns or raises, and nothing has happened */
#include "compat.h"
#include "nests.h"

typedef struct { void (*loop)(char **, const int64_t *, const int64_t *, void *); void *data; int64_t arity; } FjUfuncNumber;

int64_t fj_ufunc_number(FjContext *context, const FjUfuncNumber *call, const int64_t *words) {
    enum { MOST = 3 };
    int64_t result = 0, one = 1, steps[MOST + 1] = {0};
    char *args[MOST + 1];
    for (int i = 0; i < call->arity; i++) args[i] = (char *)&words[i];
    args[call->arity] = (char *)&result;
    unsigned before = fj_flags_clear(1);
    call->loop(args, &one, steps, call->data);
    int flags = fj_flags_now();
    fj_flags_restore(before);
    context->number = (flags && flags & ~fj_flags_ignored()) || PyErr_Occurred();
    PyErr_Clear();
    return result;
}

/* Variances along axes, as NumPy computes them: the mean with its axes kept, then the mean of the squares of what it leaves.

       fj_nest_spread(context, spread, words)  ->  a new array, or NULL: nothing has happened, the interpreter does it

   words: the array, and the axes that are known at run time. */
#include "compat.h"
#include "array_calls.h"
#include <math.h>

static PyObject *averaged(FjContext *context, const FjSpread *spread, int place, const int64_t *words, int held) {
    if (spread->reductions[place]) return fj_reduced_along(context, spread->nests[place], words, spread->reductions[place], spread->calls[place], held);
    if (place == 0) return fj_array_call(context, spread->calls[0], words);
    PyObject *squares = fj_nest(context, spread->nests[1], words);
    int64_t number = context->number, asked[1 + FJ_MOST_AXES] = {(int64_t)squares};
    for (int i = 0; i < spread->calls[1]->given; i++) asked[1 + i] = words[2 + i];
    PyObject *made = squares ? fj_array_call(context, spread->calls[1], asked) : NULL;
    context->number |= number;
    Py_XDECREF(squares);
    return made;
}

static PyObject *sqrt_by_numpy(const void *array) {
    static PyObject *function, *names;
    if (function == NULL) function = fj_of_numpy("sqrt");
    if (names == NULL) names = Py_BuildValue("(s)", "out");
    PyObject *args[] = {(PyObject *)array, (PyObject *)array};
    return function && names ? PyObject_Vectorcall(function, args, 1, names) : NULL;
}

/* The roots in the place of the numbers; a new reference to the array, or NULL without an exception. */
static PyObject *rooted(PyObject *made, int type) {
    const FjArray *array = (const FjArray *)made;
    int64_t count = 1;
    if (type != FJ_FLOAT64 && type != FJ_FLOAT32) return fj_unheard(sqrt_by_numpy, made);
    for (int axis = 0; axis < array->nd; axis++) count *= array->dims[axis];
    unsigned before = fj_flags_clear(1);
    if (type == FJ_FLOAT64) for (int64_t k = 0; k < count; k++) ((double *)array->data)[k] = sqrt(((double *)array->data)[k]);
    else for (int64_t k = 0; k < count; k++) ((float *)array->data)[k] = sqrtf(((float *)array->data)[k]);
    int flags = fj_flags_now();
    fj_flags_restore(before);
    return flags & ~fj_flags_ignored() ? NULL : Py_NewRef(made);
}

static PyObject *computed(FjContext *context, const FjSpread *spread, const int64_t *words, int held) {
    PyObject *mean = averaged(context, spread, 0, words, held), *made = NULL;
    if (mean == NULL) return NULL;
    int64_t again[2 + FJ_MOST_AXES] = {words[0], (int64_t)mean};
    for (int i = 0; i < spread->calls[1]->given; i++) again[2 + i] = words[1 + i];
    if (context->number == 0) made = averaged(context, spread, 1, again, held);         /* else another thread may have changed the array */
    Py_DECREF(mean);
    if (made == NULL || !spread->root) return made;
    PyObject *root = rooted(made, spread->calls[1]->type);
    Py_DECREF(made);
    return root;
}

PyObject *fj_nest_spread(FjContext *context, const FjSpread *spread, const int64_t *words) { return computed(context, spread, words, 0); }

/* In a routine, where nothing else may run. */
PyObject *fj_nest_spread_held(FjContext *context, const FjSpread *spread, const int64_t *words) { return computed(context, spread, words, fj_has_company(context)); }

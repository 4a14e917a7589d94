/* A nest that gives several arrays: what neighbouring statements compute of the same shape, in one walk.

       fj_nest_several(context, nest, words)  ->  1: the results are in the words, the last one behind those of the operands

   All are computed before anything has happened: 0 where NumPy has to do it, 2 where the statements are to be computed one by one:
   they have several shapes, the results of the first ones would be too much beside those of the last, or other threads would run
   between them. */
#include "compat.h"
#include "nests.h"

/* Elements that each result has; FJ_NONE_MADE or FJ_ONE_BY_ONE below zero. */
static int64_t common_size(const FjNest *nest, const int64_t *words, int64_t *shape) {
    int64_t size = 1;
    if (!fj_nest_shape(nest, words, nest->steps[nest->nsteps - 1].arrays, shape)) return -1 - FJ_NONE_MADE;
    for (int i = nest->count - nest->results; i < nest->count; i++) {
        int64_t other[FJ_MOST_AXES];
        if (!fj_nest_shape(nest, words, nest->operands[i].made, other)) return -1 - FJ_NONE_MADE;
        for (int axis = 0; axis < nest->rank; axis++) if (other[axis] != shape[axis]) return -1 - FJ_ONE_BY_ONE;
    }
    for (int axis = 0; axis < nest->rank; axis++) size *= shape[axis];
    return size;
}

static void drop(const FjNest *nest, int64_t *words) {
    for (int i = nest->count - nest->results; i < nest->count; i++) {
        Py_XDECREF((PyObject *)words[i]);
        words[i] = 0;
    }
}

/* The arrays of the results but the last one; 0: there is no memory. */
static int make(const FjNest *nest, int64_t *words, int64_t *shape) {
    for (int i = nest->count - nest->results; i < nest->count; i++) {
        words[i] = (int64_t)fj_new_array(nest->operands[i].type, nest->rank, shape);
        if (words[i]) continue;
        PyErr_Clear();
        drop(nest, words);
        return 0;
    }
    return 1;
}

static int64_t too_much(const FjNest *nest, int64_t size) {
    int64_t bytes = 0;
    for (int i = nest->count - nest->results; i < nest->count; i++) bytes += nest->operands[i].size * size;
    return bytes > FJ_TOO_MUCH;
}

int64_t fj_nest_several(FjContext *context, const FjNest *nest, int64_t *words) {
    int64_t shape[FJ_MOST_AXES], size = common_size(nest, words, shape);
    for (int i = nest->count - nest->results; i < nest->count; i++) words[i] = 0;
    if (size < 0) return -1 - size;
    if (too_much(nest, size) || (size * nest->nsteps >= FJ_RELEASED && fj_has_company(context))) return FJ_ONE_BY_ONE;
    if (!make(nest, words, shape)) return FJ_NONE_MADE;
    int planned;
    PyObject *last = fj_nest_planned(context, nest, words, &planned);
    if (last == NULL) {
        drop(nest, words);
        return planned ? FJ_NONE_MADE : FJ_ONE_BY_ONE;
    }
    words[nest->count] = (int64_t)last;
    return FJ_ALL_MADE;
}

/* Nests of which a part has fewer axes than the whole: np.exp(row) * matrix.  NumPy computes the row's function once; so does this, as a
   nest of its own, whose result is an operand of the main nest. */
#include "nests.h"

/* The main nest's operands; 0: a part can't be computed.  `more`: words behind the operands, which are handed on; `held`: nothing else may run.
   To be dropped in any case. */
int fj_parts_made(FjContext *context, const FjNest *nest, const int64_t *words, int more, FjPartsMade *parts, int held) {
    const FjParted *parted = nest->parted;
    int done = 1;
    parts->number = 0;
    for (int i = 0; i < parted->count; i++) parts->made[i] = NULL;
    for (int i = 0; done && i < parted->count; i++) {
        const FjPart *part = &parted->parts[i];
        int64_t own[FJ_MOST_OPERANDS];
        for (int k = 0; k < part->nest->count; k++) own[k] = words[part->takes[k]];
        done = (parts->made[i] = (held ? fj_nest_held : fj_nest)(context, part->nest, own)) != NULL;
        parts->number |= context->number;
    }
    for (int k = 0; done && k < parted->main->count; k++) parts->words[k] = parted->takes[k] < 0 ? (int64_t)parts->made[~parted->takes[k]] : words[parted->takes[k]];
    for (int k = 0; k < more; k++) parts->words[parted->main->count + k] = words[nest->count + k];
    return done;
}

/* Behind the main nest: whether another thread has run, or something is left to NumPy, is asked of all. */
void fj_parts_dropped(FjContext *context, const FjNest *nest, FjPartsMade *parts) {
    for (int i = 0; i < nest->parted->count; i++) Py_XDECREF(parts->made[i]);
    context->number = parts->number & FJ_LEFT_TO_NUMPY ? FJ_LEFT_TO_NUMPY : context->number | parts->number;
}

/* The evaluators of 3.12 and 3.13 that calls begin, counted as the interpreter counts its own. */
#ifndef FJ_EVALUATORS_H
#define FJ_EVALUATORS_H
#include "entry.h"

#if !FJ_PROLOGUE
/* Whether C code makes this call, for which the interpreter would begin another evaluator: an instruction's arguments lie
   on the stack of the frame that runs. */
static inline int called_from_c(PyThreadState *ts, PyObject *const *args) {
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    if (frame == NULL) return 1;
    PyObject **first = frame->localsplus, **last = first + FJ_CODE(frame)->co_nlocalsplus + FJ_CODE(frame)->co_stacksize;
    return (PyObject **)args < first || (PyObject **)args > last;
}

/* Calls of the interpreter's instructions begin an evaluator here, and none in the interpreter: it isn't counted. */
static inline int uncounted(PyThreadState *ts, int from_c) {
    int credit = from_c ? 0 : FJ_EVALUATOR;
    FJ_C_REMAINING(ts) += credit;
    return credit;
}

static inline PyObject *evaluate(PyThreadState *ts, _PyInterpreterFrame *frame, int from_c, int throwflag) {
    int credit = uncounted(ts, from_c);
    PyObject *result = _PyEval_EvalFrameDefault(ts, frame, throwflag);
    FJ_C_REMAINING(ts) -= credit;
    return result;
}

static inline PyObject *go_on(PyThreadState *ts, _PyInterpreterFrame *frame, int unit, int raising, int from_c) {
    int credit = uncounted(ts, from_c);
    PyObject *result = fj_go_on(ts, frame, unit, raising);
    FJ_C_REMAINING(ts) -= credit;
    return result;
}
#endif
#endif

/* How runs end: the instruction that returns, and a run on its way through the gate.

   A framed run that a prologue (3.11) or a stub made on the frame as it lay there, and that is over, takes its stack and exception along.
   The evaluator drops its stack on the way to the handler, so what the run has left there waits here; so does what the run
   raised, and who began to look on while it ran, for the way to the gate isn't the program's.  ORDER GATE: one is enough. */
#include "entry.h"

/* Puts a result on the stack and finds the instruction that returns it. */
int fj_land_on_return(_PyInterpreterFrame *frame, PyObject *result, int64_t preferred) {
    PyCodeObject *code = FJ_CODE(frame);
    int unit = fj_return_unit((PyObject *)code, (int)preferred);
#ifdef RETURN_CONST
    if (unit < 0) {                             /* this code returns constants only, and this one is what it returns */
        Py_DECREF(result);
        return -2 - unit;
    }
#endif
    frame->localsplus[frame->stacktop++] = result;
    return unit;
}

static struct {
    int64_t outcome, returned_at;
    int unit, count;
    PyObject *result, *type, *value, *traceback, *stack[FJ_KEPT];
    FjLookers lookers;
    _PyFrameEvalFunction hook;
} end;

static void look_away(PyThreadState *ts) {
    end.hook = ts->interp->eval_frame;
    ts->interp->eval_frame = NULL;
    fj_look_away(ts, &end.lookers);
}

static void look_again(PyThreadState *ts) {
    fj_look_back(ts, &end.lookers);
    ts->interp->eval_frame = end.hook;
}

/* Takes what a run that is over has left on the frame's stack, and its exception. */
void fj_end_keep(PyThreadState *ts, _PyInterpreterFrame *frame, int64_t outcome, int unit, int64_t returned_at, PyObject *result) {
    int base = FJ_CODE(frame)->co_nlocalsplus;
    end.outcome = outcome;
    end.unit = unit;
    end.returned_at = returned_at;
    end.result = outcome == FJ_RETURN ? result : NULL;
    end.count = outcome == FJ_RETURN ? 0 : frame->stacktop - base;
    for (int i = 0; i < end.count; i++) end.stack[i] = frame->localsplus[base + i];
    PyErr_Fetch(&end.type, &end.value, &end.traceback);
    look_away(ts);
}

/* In the gate: the frame as the run left it.  *unit: where the interpreter goes on, in units of the code without prologue. */
int64_t fj_end_settle(PyThreadState *ts, _PyInterpreterFrame *frame, int shift, int *unit) {
    int base = FJ_CODE(frame)->co_nlocalsplus;
    look_again(ts);
    for (int i = 0; i < end.count; i++) frame->localsplus[base + i] = end.stack[i];
    frame->stacktop = base + end.count;
    *unit = end.unit;
    if (end.outcome == FJ_RETURN) *unit = fj_land_on_return(frame, end.result, end.returned_at < 0 ? -1 : end.returned_at + shift) - shift;
    if (end.type) PyErr_Restore(end.type, end.value, end.traceback);
    return end.outcome;
}

/* The gate's own function, hidden from whoever began to look on while native code ran in it.

   3.11 tells tracers and profilers of every return in an evaluator that is traced; the gate's function returns once.
   For that one event ours stand in for theirs: they hear of nothing else, since nothing else runs in between. */
#include "frame.h"

static struct { PyThreadState *thread; Py_tracefunc trace, profile; } looking;

/* An exception on its way through is told of first. */
static int traced(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    (void)object; (void)frame; (void)argument;
    if (event == PyTrace_RETURN) looking.thread->c_tracefunc = looking.trace;
    return 0;
}

static int profiled(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    (void)object; (void)frame; (void)argument;
    if (event == PyTrace_RETURN) looking.thread->c_profilefunc = looking.profile;
    return 0;
}

/* The function that runs is about to return, or to raise: nobody is told. */
void fj_hide_return(PyThreadState *ts) {
    if (!FJ_TELLS_RETURNS(ts)) return;
    looking.thread = ts;
    looking.trace = ts->c_tracefunc;
    looking.profile = ts->c_profilefunc;
    if (looking.trace) ts->c_tracefunc = traced;
    if (looking.profile) ts->c_profilefunc = profiled;
}

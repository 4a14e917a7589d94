/* What tracers and profilers would hear of us when they began to look on while native code ran: the end of the gate's own
   function, and the start of an evaluator that is to raise in a frame that has run natively.

   For that one event ours stand in for theirs: they hear of nothing else, since nothing else runs in between. */
#include "frame.h"

static struct { PyThreadState *thread; Py_tracefunc trace, profile; int event; } looking;

/* An exception on its way through is told of first. */
static int traced(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    (void)object; (void)frame; (void)argument;
    if (event == looking.event) looking.thread->c_tracefunc = looking.trace;
    return 0;
}

static int profiled(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    (void)object; (void)frame; (void)argument;
    if (event == looking.event) looking.thread->c_profilefunc = looking.profile;
    return 0;
}

/* Nobody is told of the next such event, PyTrace_RETURN or PyTrace_CALL, which comes with an exception if `raising`. */
void fj_hide(PyThreadState *ts, int event, int raising) {
    looking.thread = ts;
    looking.event = event;
    looking.trace = ts->c_tracefunc;
    looking.profile = ts->c_profilefunc;
    if (looking.trace && fj_tells(ts, 1, event, raising)) ts->c_tracefunc = traced;
    if (looking.profile && fj_tells(ts, 0, event, raising)) ts->c_profilefunc = profiled;
}

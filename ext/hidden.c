/* What tracers and profilers would hear of us when they began to look on while native code ran: the end of the gate's own
   function, and the start of an evaluator that is to raise in a frame that has run natively.

   For that one event ours stand in for theirs: they hear of nothing else, since nothing else runs in between. */
#include "frame.h"

static struct { PyThreadState *thread; Py_tracefunc trace, profile; int event; } looking;

/* The event that is hidden, or the exception that is told of before it; anything else is the tool's own. */
static int hidden(int event) { return event == looking.event || event == PyTrace_EXCEPTION; }

static int traced(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    if (event != PyTrace_EXCEPTION) looking.thread->c_tracefunc = looking.trace;
    return hidden(event) ? 0 : looking.trace(object, frame, event, argument);
}

static int profiled(PyObject *object, PyFrameObject *frame, int event, PyObject *argument) {
    if (event != PyTrace_EXCEPTION) looking.thread->c_profilefunc = looking.profile;
    return hidden(event) ? 0 : looking.profile(object, frame, event, argument);
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

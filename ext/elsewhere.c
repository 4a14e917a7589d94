/* Looks in the program's other threads, while the main one waits or is busy with something else.

   From 3.12 on they are pending calls that whichever thread comes first runs.  On 3.11 pending calls run in the main thread only: there the
   sampler's thread takes the GIL and has another thread call it at its next line, as a tracer is called, once. */
#include "looking.h"

int fj_in_main_thread(void) { return PyThread_get_thread_ident() == _PyRuntime.main_thread; }

int fj_add_look(int (*look)(void *)) { return fj_add_call(look, NULL, !fj_in_main_thread()); }

#if FJ_CALLS_ANYWHERE
int fj_look_elsewhere(int (*look)(void *)) { return fj_add_call(look, NULL, 1); }
#else
static int (*wanted)(void *);

/* Called by the evaluator as a tracer, which it isn't any longer. */
static int comes_by(PyObject *self, PyFrameObject *frame, int event, PyObject *argument) {
    (void)self; (void)frame; (void)event; (void)argument;
    PyThreadState *ts = PyThreadState_Get();
    ts->c_tracefunc = NULL;
    int tracing = ts->tracing;
    ts->tracing = 0;
    wanted(NULL);
    ts->tracing = tracing;
    return 0;
}

/* The thread that has had the GIL before, if it runs Python code that nobody looks at: 0.  It may have ended. */
static int ask_last(PyInterpreterState *interp, uintptr_t last) {
    PyThreadState *ts = PyInterpreterState_ThreadHead(interp);
    while (ts && (uintptr_t)ts != last) ts = PyThreadState_Next(ts);
    if (ts == NULL || ts->thread_id == _PyRuntime.main_thread || ts->tracing || fj_memory_traced()) return -1;
    if (ts->cframe->use_tracing || FJ_CURRENT(ts) == NULL) return -1;
    ts->c_tracefunc = comes_by;
    ts->cframe->use_tracing = 255;
    return 0;
}

int fj_look_elsewhere(int (*look)(void *)) {
    PyInterpreterState *interp = PyInterpreterState_Main();
    uintptr_t last = (uintptr_t)_PyRuntime.ceval.gil.last_holder._value;
    wanted = look;
    int64_t before = fj_counters.polls + fj_counters.callouts;
    PyThreadState *ts = PyThreadState_New(interp);
    if (ts == NULL) return -1;
    PyEval_AcquireThread(ts);
    int native = fj_counters.polls + fj_counters.callouts != before;        /* it would leave for a tracer */
    int asked = native || fj_callbacks.busy ? -1 : ask_last(interp, last);
    PyThreadState_Clear(ts);
    PyThreadState_DeleteCurrent();
    return asked;
}
#endif

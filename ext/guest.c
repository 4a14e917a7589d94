/* The compiler's Python code runs as a guest in the program's process: nothing of the program's state is changed by it. */
#include "compat.h"
#include "machine.h"
#include "internal/pycore_gc.h"
#include <signal.h>

FjCallbacks fj_callbacks;

/* The collector runs the program's finalizers and callbacks: not among our frames.  What the guest makes doesn't bring the
   next collection nearer, and one that waits already goes on waiting. */
typedef struct { int enabled, count, waiting; } Collector;

static Collector stop_collector(PyThreadState *ts) {
    struct _gc_runtime_state *gc = &ts->interp->gc;
    Collector before = {gc->enabled, gc->generations[0].count, fj_take_collection(ts)};
    gc->enabled = 0;
    return before;
}

static void start_collector(PyThreadState *ts, Collector before) {
    struct _gc_runtime_state *gc = &ts->interp->gc;
    gc->enabled = before.enabled;
    gc->generations[0].count = before.count;
    if (before.waiting) fj_collect_soon(ts);
}

/* Runs Python code of the compiler as a guest: nothing of the program's state is changed, and signals wait.
   A new reference, or NULL without an exception. */
PyObject *fj_call_back(PyObject *callback, PyObject *const *args, int count) {
    PyThreadState *ts = PyThreadState_Get();
    PyObject *type, *value, *traceback, *result;
    sigset_t all, before;
    if (fj_callbacks.busy || callback == NULL) return NULL;
    fj_callbacks.busy = 1;
    sigfillset(&all);
    sigdelset(&all, SIGSEGV); sigdelset(&all, SIGBUS); sigdelset(&all, SIGFPE); sigdelset(&all, SIGILL); sigdelset(&all, SIGABRT);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    unsigned long main_thread = _PyRuntime.main_thread;     /* another thread may take the signal: its handler waits, too */
    if (PyThread_get_thread_ident() == main_thread) _PyRuntime.main_thread = 0;
    PyErr_Fetch(&type, &value, &traceback);
    FJ_PY_REMAINING(ts) += 500;
    Collector collector = stop_collector(ts);
    result = PyObject_Vectorcall(callback, args, count, NULL);
    if (result == NULL) {
        int interrupted = PyErr_ExceptionMatches(PyExc_KeyboardInterrupt);
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        PyErr_NormalizeException(&t, &v, &tb);
        if (v && tb) PyException_SetTraceback(v, tb);
        if (fj_callbacks.on_error && v) Py_XDECREF(PyObject_CallOneArg(fj_callbacks.on_error, v));
        PyErr_Clear();
        Py_XDECREF(t); Py_XDECREF(v); Py_XDECREF(tb);
        if (interrupted) PyErr_SetInterrupt();          /* the user's, not ours: it arrives once we are gone */
    }
    start_collector(ts, collector);
    FJ_PY_REMAINING(ts) -= 500;
    PyErr_Restore(type, value, traceback);
    _PyRuntime.main_thread = main_thread;
    fj_look_again(ts);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    fj_callbacks.busy = 0;
    return result;
}

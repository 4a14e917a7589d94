/* FRAMEJIT_EAGER=1 on 3.12 and later: every function is heard of as soon as it is made.  3.11 has no such watchers. */
#include "compat.h"
#include "machine.h"

#if PY_VERSION_HEX >= 0x030C0000
static int watcher = -1, watched;

static int made(PyFunction_WatchEvent event, PyFunctionObject *function, PyObject *unused) {
    if (event != PyFunction_EVENT_CREATE || !watched) return 0;
    PyObject *args[1] = {(PyObject *)function};
    PyObject *answer = fj_call_back(fj_callbacks.on_function, args, 1);
    Py_XDECREF(answer);
    return 0;
}

int fj_watch_functions(int on) {
    watched = on;
    if (on && watcher < 0) watcher = PyFunction_AddWatcher(made);
    if (!on && watcher >= 0) { PyFunction_ClearWatcher(watcher); watcher = -1; }
    if (watcher < 0) PyErr_Clear();             /* all numbers are taken: they are found when they run */
    return watcher >= 0;
}
#else
int fj_watch_functions(int on) { return 0; }
#endif

/* Functions are heard of as they are made (3.12 and later; 3.11 has no such watchers): all of them under FRAMEJIT_EAGER=1, else those whose
   code has been met in one function after the other, which enter its slot from their first call on.  MAKE_FUNCTION gives a new function the
   version of its code behind this, by which specialised calls would go past the entry: meanwhile that is 0, which no call is specialised for. */
#include "entry.h"

#if PY_VERSION_HEX >= 0x030C0000
static int watcher = -1, watched, anew;

static int made(PyFunction_WatchEvent event, PyFunctionObject *function, PyObject *unused) {
    if (event != PyFunction_EVENT_CREATE) return 0;
    FjSlot *slot = anew ? fj_slot_here((PyCodeObject *)function->func_code) : NULL;
    if (slot && slot->anew && function->vectorcall == fj_plain_vectorcall) PyFunction_SetVectorcall(function, fj_entry_vectorcall);
    if (!watched) return 0;
    PyObject *args[1] = {(PyObject *)function};
    PyObject *answer = fj_call_back(fj_callbacks.on_function, args, 1);
    Py_XDECREF(answer);
    return 0;
}

static int watch(void) {
    int on = watched || anew;
    if (on && watcher < 0) watcher = PyFunction_AddWatcher(made);
    if (!on && watcher >= 0) { PyFunction_ClearWatcher(watcher); watcher = -1; }
    if (watcher < 0) PyErr_Clear();             /* all numbers are taken: they are found when they run */
    return watcher >= 0;
}

int fj_watch_functions(int on) {
    watched = on;
    return watch();
}

/* Whether others hear of functions that end, or are `made`, or Python code of ours is called for those. */
int fj_functions_watched(int made) {
    int others = PyInterpreterState_Get()->active_func_watchers & ~(watcher < 0 ? 0 : 1 << watcher);
    return others || (made && watched);
}

/* An object of the collector's: a function of this slot gets its own entry back. */
static int give_back(PyObject *object, void *slot) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (!PyFunction_Check(object) || function->vectorcall != fj_entry_vectorcall || fj_slot_here((PyCodeObject *)function->func_code) != slot) return 1;
    PyFunction_SetVectorcall(function, fj_plain_vectorcall);
    fj_keep_version(function, ((FjSlot *)slot)->version);
    return 1;
}

void fj_made_anew(FjSlot *slot, int on) {
    PyCodeObject *code = (PyCodeObject *)slot->original;        /* NULL: it is gone */
    slot->anew = on;
    anew += on ? 1 : -1;
    watch();
    if (on) { slot->version = code->co_version; code->co_version = 0; }
    if (on || code == NULL) return;
    code->co_version = slot->version;
    PyUnstable_GC_VisitObjects(give_back, slot);
}
#else
int fj_watch_functions(int on) { return 0; }
int fj_functions_watched(int made) { return 0; }
void fj_made_anew(FjSlot *slot, int on) { }
#endif

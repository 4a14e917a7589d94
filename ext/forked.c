/* Behind a fork: which hook runs last, and the sampler's start once the call that forked is over. */
#include "looking.h"

static struct { _PyInterpreterFrame *frame; int unit, waiting; } forking;

/* Whether the call that forked runs Python code still: hooks of the program's, behind ours. */
static int is_forking(PyThreadState *ts) {
    _PyInterpreterFrame *frame = fj_of_python(FJ_CURRENT(ts));
    if (frame == NULL || forking.frame == NULL) return 0;
    while ((frame = frame->previous))
        if (frame == forking.frame) return fj_unit(frame) == forking.unit;
    return 0;
}

static int start_now(void *microseconds) {
    if (!forking.waiting || (is_forking(PyThreadState_Get()) && Py_AddPendingCall(start_now, microseconds) == 0)) return 0;
    forking.waiting = 0;
    if (fj_sampler_start((long)(intptr_t)microseconds) < 0) PyErr_Clear();
    return 0;
}

static void put_last(PyObject *hooks, PyObject *hook) {
    Py_ssize_t count = hooks ? PyList_GET_SIZE(hooks) : 0, at = 0;
    while (at < count && PyList_GET_ITEM(hooks, at) != hook) at++;
    if (at == count) return;
    PyObject **items = ((PyListObject *)hooks)->ob_item;
    memmove(items + at, items + at + 1, (count - 1 - at) * sizeof *items);
    items[count - 1] = hook;
}

/* Of the hooks behind a fork this one runs last: what it waits for would slow down the program's own. */
void fj_hook_last(PyObject *hook) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    put_last(interp->after_forkers_parent, hook);
    put_last(interp->after_forkers_child, hook);
}

/* Once the call of os.fork() around the hook that calls this is over: 3.13 counts the threads behind the hooks. */
void fj_sampler_start_soon(long microseconds) {
    _PyInterpreterFrame *hook = fj_of_python(FJ_CURRENT(PyThreadState_Get()));
    forking.frame = hook ? fj_of_python(hook->previous) : NULL;
    if (forking.frame) forking.unit = fj_unit(forking.frame);
    forking.waiting = 1;
    Py_AddPendingCall(start_now, (void *)(intptr_t)microseconds);
}

/* What waits to be started isn't wanted any longer. */
void fj_start_is_off(void) { forking.waiting = 0; }

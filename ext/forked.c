/* Around a fork nothing of ours runs beside the program, and nothing begins.  All of it in C: behind a fork each page that is written to is
   copied first, and Python code would write to fifty. */
#include "looking.h"
#include "machine.h"
#include "guest.h"
#include <time.h>

enum { TURNS = 10000 };         /* of half a millisecond: what a fork waits for the guest */

static struct { _PyInterpreterFrame *frame; int unit, waiting, held; double had; } forking;
static double had_before;       /* seconds of the processes that this one comes from: a child's own begin at zero */

long long fj_time_had(void) {
    struct timespec had;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &had);
    return had.tv_sec * 1000000000LL + had.tv_nsec;
}

double fj_seconds_had(void) { return had_before + fj_time_had() / 1e9; }

int fj_forks(void) { return forking.held; }

/* Whether the call that forked runs Python code still: hooks of the program's, behind ours. */
static int is_forking(PyThreadState *ts) {
    _PyInterpreterFrame *frame = fj_of_python(FJ_CURRENT(ts));
    if (frame == NULL || forking.frame == NULL) return 0;
    while ((frame = frame->previous))
        if (frame == forking.frame) return fj_unit(frame) == forking.unit;
    return 0;
}

static int start_now(void *unused) {
    if (!forking.waiting || (is_forking(PyThreadState_Get()) && Py_AddPendingCall(start_now, NULL) == 0)) return 0;
    forking.waiting = 0;
    if (fj_sampler_start(fj_sampler_wanted()) < 0) PyErr_Clear();
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

/* The child would have what the guest has put aside in another thread, which isn't there: it is left time to end its work, and the GIL. */
static void wait_for_guest(void) {
    struct timespec pause = {0, 500000};
    for (int turn = 0; fj_guest_elsewhere() && turn < TURNS; turn++) {
        PyThreadState *ts = PyEval_SaveThread();
        nanosleep(&pause, NULL);
        PyEval_RestoreThread(ts);
    }
}

/* `behind`, the hook that calls fj_behind_fork, runs last: what it waits for would slow down the program's own. */
void fj_before_fork(PyObject *behind) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    fj_sampler_stop();
    forking.held = 1;           /* until then pending calls, and other threads, begin nothing */
    wait_for_guest();
    fj_worker_wait();
    forking.had = fj_seconds_had();
    put_last(interp->after_forkers_parent, behind);
    put_last(interp->after_forkers_child, behind);
}

/* Nothing begins here: 3.12 and 3.13 count the threads next, and there are to be none; what the program's hooks have begun ends.  Looks
   begin once the call of os.fork() is over. */
void fj_behind_fork(void) {
    fj_sampler_stop();
    fj_worker_wait();
    double had = fj_seconds_had();
    if (had < forking.had) had_before += forking.had - had;
    forking.held = 0;
    if (!fj_sampler_wanted()) return;
    forking.frame = fj_of_python(FJ_CURRENT(PyThreadState_Get()));
    if (forking.frame) forking.unit = fj_unit(forking.frame);
    forking.waiting = 1;
    Py_AddPendingCall(start_now, NULL);
}

/* What waits to be started isn't wanted any longer. */
void fj_start_is_off(void) { forking.waiting = 0; }

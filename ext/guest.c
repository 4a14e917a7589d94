/* The compiler's Python code runs as a guest in the program's process: nothing of the program's state is changed by it. */
#include "compat.h"
#include "machine.h"
#include "internal/pycore_gc.h"
#include <signal.h>
#include <string.h>

FjCallbacks fj_callbacks;

/* What is made of a spare list, tuple or dictionary isn't counted by the collector.  So the guest has spare ones of its own:
   it takes none of the program's, and leaves none to it.  And a full collection, as behind the guest's work, frees all that are spare:
   the program's would leave holes in its pools, which would be the guest's then. */
static void exchange(void *one, void *other, size_t size) {
    char kept[size];
    memcpy(kept, one, size);
    memcpy(one, other, size);
    memcpy(other, kept, size);
}

#define EXCHANGE(spare) { static __typeof__(spare) own; exchange(&(spare), &own, sizeof own); }
static void exchange_spares(PyThreadState *ts) { FJ_SPARES(ts->interp, EXCHANGE) }

/* The collector runs the program's finalizers and callbacks: not among our frames.  What is made for the guest doesn't bring
   the next collection nearer, and one that waits already goes on waiting.  It is old at once: the program's young
   collections don't meet the guest's garbage, which would be counted, and be spare objects behind them. */
static struct { int enabled, count, waiting, guests; PyGC_Head young; } collector;

static int alone(PyThreadState *ts) {
    return ts->interp == PyInterpreterState_Main() && PyThreadState_Next(PyInterpreterState_ThreadHead(ts->interp)) == NULL;
}

/* What another thread wants raised is the program's to hear: while the guest is at work, who asks for this thread by its number finds a state
   that runs nothing, for it is the newest one. */
static struct { PyObject *before; PyThreadState *thread, *stand_in; int only_ends; } asked;        /* only_ends: no Python code of ours runs */

static void hear_nobody(PyThreadState *ts) {
    asked.thread = ts;
    asked.before = fj_take_asked(ts);
    asked.stand_in = asked.only_ends || alone(ts) ? NULL : PyThreadState_New(ts->interp);
    if (asked.stand_in) asked.stand_in->thread_id = ts->thread_id;
}

static void hear_again(PyThreadState *ts) {
    PyThreadState *stand_in = asked.stand_in;
    PyObject *since = stand_in ? fj_take_asked(stand_in) : NULL, *wanted = since ? since : asked.before;
    if (since) Py_XDECREF(asked.before);
    memset(&asked, 0, sizeof asked);
    if (stand_in) { PyThreadState_Clear(stand_in); PyThreadState_Delete(stand_in); }
    if (wanted && ts->async_exc == NULL) fj_put_asked(ts, wanted);
    else Py_XDECREF(wanted);
}

/* Whether the guest is at work in another thread. */
int fj_guest_elsewhere(void) { return asked.thread && asked.thread != PyThreadState_Get(); }

static void move(PyGC_Head *from, PyGC_Head *to) {
    PyGC_Head *first = _PyGCHead_NEXT(from), *last = _PyGCHead_PREV(from), *before = _PyGCHead_PREV(to);
    if (first == from) return;
    _PyGCHead_SET_NEXT(before, first); _PyGCHead_SET_PREV(first, before);
    _PyGCHead_SET_NEXT(last, to); _PyGCHead_SET_PREV(to, last);
    _PyGCHead_SET_NEXT(from, from); _PyGCHead_SET_PREV(from, from);
}

void fj_guest_comes(PyThreadState *ts) {
    struct _gc_runtime_state *gc = &ts->interp->gc;
    if (collector.guests++) return;
    collector.enabled = gc->enabled;
    collector.count = gc->generations[0].count;
    collector.waiting = fj_take_collection(ts);
    hear_nobody(ts);
    gc->enabled = 0;
    _PyGCHead_SET_NEXT(&collector.young, &collector.young); collector.young._gc_prev = (uintptr_t)&collector.young;
    move(&gc->generations[0].head, &collector.young);
    exchange_spares(ts);
    fj_exchange_pools(ts);
}

void fj_guest_goes(PyThreadState *ts) {
    struct _gc_runtime_state *gc = &ts->interp->gc;
    if (--collector.guests) return;
    fj_exchange_pools(ts);
    exchange_spares(ts);
    move(&gc->generations[0].head, &gc->generations[2].head);
    move(&collector.young, &gc->generations[0].head);
    gc->enabled = collector.enabled;
    gc->generations[0].count = collector.count;
    if (collector.waiting) fj_collect_soon(ts);
    hear_again(ts);
}

/* What the compiler's imports make lives as long as the process, what compiling has made nearly as long: the program's collections don't
   walk through it.  What of it has become garbage is found once there is as much again, and WHOLE objects more. */
enum { WHOLE = 20000 };
static struct { int wanted; Py_ssize_t known, fresh; PyGC_Head head; } lasting;

/* Whether what has lasted until now is to be looked through, too: it is among the guest's then. */
static int look_through(struct _gc_runtime_state *gc) {
    PyGC_Head *head = &lasting.head;
    if (head->_gc_next == 0) { _PyGCHead_SET_NEXT(head, head); head->_gc_prev = (uintptr_t)head; }
    if (!lasting.wanted || lasting.fresh <= lasting.known + WHOLE) return 0;
    move(head, &gc->generations[2].head);
    return 1;
}

static void let_last(struct _gc_runtime_state *gc, int whole) {
    lasting.known = whole ? gc->long_lived_total : lasting.known;
    lasting.fresh = whole ? 0 : lasting.fresh + gc->long_lived_total;
    move(&gc->generations[2].head, &lasting.head);
    lasting.wanted = 0;
}

/* Once the call of the guest's that runs is over.  Another thread's objects may be among the guest's: then not. */
void fj_guest_lasts(void) {
    lasting.wanted = fj_callbacks.busy && alone(PyThreadState_Get());
}

/* The guest's own garbage goes at once, found among what it has made; the program's collections don't count it. */
static void clean_up(PyThreadState *ts) {
    struct _gc_runtime_state *gc = &ts->interp->gc, before = *gc;
    PyGC_Head aside[2];
    if (collector.guests == 0 || gc->collecting) { lasting.wanted = 0; return; }
    for (int i = 0; i < 2; i++) {
        _PyGCHead_SET_NEXT(&aside[i], &aside[i]); aside[i]._gc_prev = (uintptr_t)&aside[i];
        move(&gc->generations[i + 1].head, &aside[i]);
    }
    int whole = look_through(gc);
    gc->callbacks = NULL;
    gc->debug = 0;
    gc->enabled = 1;
    PyGC_Collect();
    if (lasting.wanted) let_last(gc, whole);
    gc->enabled = before.enabled;
    gc->debug = before.debug;
    gc->callbacks = before.callbacks;
    gc->long_lived_total = before.long_lived_total;
    gc->long_lived_pending = before.long_lived_pending;
    memcpy(gc->generation_stats, before.generation_stats, sizeof before.generation_stats);
    for (int i = 0; i < 3; i++) gc->generations[i].count = before.generations[i].count;
    for (int i = 0; i < 2; i++) move(&aside[i], &gc->generations[i + 1].head);
}

/* What is younger than this object is the guest's: what stands behind it in the list that it has come to, and all younger lists. */
static void is_ours_since(struct _gc_runtime_state *gc, PyObject *first) {
    PyGC_Head *lists[] = {&collector.young, &gc->generations[1].head, &gc->generations[2].head}, *head = _PyGCHead_NEXT((PyGC_Head *)first - 1), *next;
    int age = 0;
    while (head != lists[0] && head != lists[1] && head != lists[2]) head = _PyGCHead_NEXT(head);
    while (lists[age] != head) move(lists[age++], &gc->generations[0].head);
    for (head = _PyGCHead_NEXT((PyGC_Head *)first - 1); head != lists[age]; head = next) {
        PyGC_Head *before = _PyGCHead_PREV(head), one;
        next = _PyGCHead_NEXT(head);
        _PyGCHead_SET_NEXT(before, next); _PyGCHead_SET_PREV(next, before);
        _PyGCHead_SET_NEXT(&one, head); one._gc_prev = (uintptr_t)head;
        _PyGCHead_SET_NEXT(head, &one); _PyGCHead_SET_PREV(head, &one);
        move(&one, &gc->generations[0].head);
    }
}

/* The program imports framejit, or switches it on: what that makes lasts, too, and what has been made since the list `first` was, if it
   isn't NULL.  Whether fj_imports_end is to be called behind it. */
int fj_imports_begin(PyObject *first) {
    PyThreadState *ts = PyThreadState_Get();
    if (collector.guests || fj_callbacks.busy || ts->interp->gc.collecting || !alone(ts)) return 0;
    fj_guest_comes(ts);
    if (first && PyObject_GC_IsTracked(first)) is_ours_since(&ts->interp->gc, first);
    return 1;
}

void fj_imports_end(void) {
    PyThreadState *ts = PyThreadState_Get();
    lasting.wanted = alone(ts);
    clean_up(ts);
    fj_guest_goes(ts);
}

/* What the compiler has made ends while the program runs: no spare object and no count of the program's knows of it.  Whether
   fj_ending_ends is to be called behind it. */
int fj_ending_begins(void) {
    PyThreadState *ts = PyThreadState_Get();
    if (collector.guests || ts->interp->gc.collecting) return 0;
    fj_guest_comes(ts);
    return 1;
}

void fj_ending_ends(void) { fj_guest_goes(PyThreadState_Get()); }

void fj_let_go_last(PyObject *object) {
    asked.only_ends = 1;
    int guest = fj_ending_begins();
    asked.only_ends = 0;
    Py_DECREF(object);
    if (guest) fj_ending_ends();
}

/* The interface's own work takes frames, too, which the program's recursion limit doesn't count. */
void fj_room(int levels) { FJ_PY_REMAINING(PyThreadState_Get()) += levels; }

static int (*behind)(void *);

/* A pending call for when no callback runs any longer.  One that added itself again and again meanwhile would keep a traced call
   on 3.11 from ever getting past its RESUME. */
void fj_call_behind(int (*call)(void *)) { behind = call; }

/* Runs Python code of the compiler as a guest: nothing of the program's state is changed, and signals and pending calls wait, so nobody
   traces it: on 3.11 a traced RESUME is tried again until the breaker isn't set.  A new reference, or NULL without an exception. */
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
    fj_guest_comes(ts);
    FjLookers lookers;
    fj_look_away(ts, &lookers);
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
    fj_look_back(ts, &lookers);
    clean_up(ts);
    fj_guest_goes(ts);
    FJ_PY_REMAINING(ts) -= 500;
    PyErr_Restore(type, value, traceback);
    _PyRuntime.main_thread = main_thread;
    fj_look_again(ts);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    fj_callbacks.busy = 0;
    if (behind) { Py_AddPendingCall(behind, NULL); behind = NULL; }
    return result;
}

/* Waiting until a frame jumps to the header of an outer loop.

   A pending call asks at every check of the evaluator whether the jump has come.  Where the inner loops' jumps could be
   silenced (jumps.c), the next check is that jump, and nothing slows down; otherwise every check asks, and the wait is
   short.  The sampler's thread ends the silence when somebody else needs the checks: a signal, another thread, or time.
   While the frame is in a call that consumes a generator expression, checks are that one's: nobody asks until it ends.
   Nothing is silenced in other threads than the main one: they may have to wait for their turn. */
#include "looking.h"
#include <pthread.h>
#include <time.h>

#define LOUD 3000000LL             /* nanoseconds to wait, at most: where every check asks, */
#define QUIET 150000000LL          /* where only the awaited jump does, */
#define TURNS 15000000LL           /* the same in other threads than the main one, which take turns */
#define CONSUMED 2000000000LL      /* and for a generator expression's end */

static struct {
    _PyInterpreterFrame *frame;    /* NULL: nothing is awaited */
    PyThreadState *thread;         /* whose it is, to be compared; NULL: the main one's */
    PyCodeObject *code;            /* strong */
    PyObject *bytes;
    int unit;
    long long since, until;
    pthread_mutex_t lock;          /* of `quiet`, which the sampler's thread may end */
    FjQuietJumps quiet;
    PyObject *expression;          /* a weak reference to the generator expression whose end is awaited first */
    int (*look)(void *);
} awaited = {.lock = PTHREAD_MUTEX_INITIALIZER};

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void speak_again(void) {
    pthread_mutex_lock(&awaited.lock);
    if (awaited.quiet.count) fj_restore_jumps(awaited.code, &awaited.quiet);
    pthread_mutex_unlock(&awaited.lock);
}

/* Somebody may look at the code: it is as it was, and not waited for longer than that takes. */
static void be_looked_at(void) {
    speak_again();
    if (awaited.until > awaited.since + LOUD) awaited.until = awaited.since + LOUD;
}

void fj_await_end(void) {
    speak_again();
    fj_hear_comparisons(NULL);
    awaited.frame = NULL;
    Py_CLEAR(awaited.expression);
    Py_CLEAR(awaited.code);
    Py_CLEAR(awaited.bytes);
}

void fj_await(_PyInterpreterFrame *frame, int unit, int (*look)(void *)) {
    fj_await_end();
    PyCodeObject *code = FJ_CODE(frame);
    PyObject *bytes = PyCode_GetCode(code);
    if (bytes == NULL) { PyErr_Clear(); return; }
    awaited.frame = frame;
    awaited.thread = fj_in_main_thread() ? NULL : PyThreadState_Get();
    awaited.code = (PyCodeObject *)Py_NewRef((PyObject *)code);
    awaited.bytes = bytes;
    awaited.unit = unit;
    awaited.look = look;
    pthread_mutex_lock(&awaited.lock);
    int quiet = !awaited.thread && fj_quiet_jumps(code, bytes, unit, &awaited.quiet);
    awaited.since = now();
    awaited.until = awaited.since + (quiet ? QUIET : awaited.thread ? TURNS : LOUD);
    pthread_mutex_unlock(&awaited.lock);
    if (quiet) fj_hear_comparisons(be_looked_at);
    fj_look_at_next_check(look);
}

static PyObject *expression_ends(PyObject *self, PyObject *reference) {
    (void)self;
    if (awaited.frame && reference == awaited.expression) {
        awaited.until = now() + LOUD;
        fj_add_look(awaited.look);
    }
    Py_RETURN_NONE;
}

enum { CONSUMERS = 2 };            /* the call's argument, and the C code's iterator: whoever else has it could see the reference */

/* Whether the awaited frame is in a call that consumes a generator expression: the next look comes when that has ended. */
static int consumes(_PyInterpreterFrame *frame) {
    static PyMethodDef method = {"expression_ends", expression_ends, METH_O, NULL};
    static PyObject *callback;
    PyObject *expression = fj_consumed_by(awaited.frame, frame);
    if (expression == NULL || Py_REFCNT(expression) > CONSUMERS || now() >= awaited.until) return 0;
    PyThreadState *ts = PyThreadState_Get();
    fj_guest_comes(ts);
    if (callback == NULL) callback = PyCFunction_New(&method, NULL);
    PyObject *reference = callback ? PyWeakref_NewRef(expression, callback) : NULL;
    if (reference == NULL) PyErr_Clear();
    fj_guest_goes(ts);
    if (reference == NULL) return 0;
    Py_XSETREF(awaited.expression, reference);
    awaited.until = awaited.since + CONSUMED;
    return 1;
}

int fj_awaiting(void) { return awaited.frame && now() < awaited.until; }

/* Whether nothing is awaited, or what is awaited has come. */
int fj_has_come(_PyInterpreterFrame *frame, int (*look)(void *)) {
    if (awaited.frame == NULL) return 1;
    if (awaited.thread != (fj_in_main_thread() ? NULL : PyThreadState_Get())) {
        if (awaited.thread && now() < awaited.until && !fj_in_main_thread()) fj_look_at_next_check(look);      /* its turn comes */
        return 0;
    }
    int target = -1, here = frame && frame == awaited.frame && FJ_CODE(frame) == awaited.code;
    int come = here && fj_jump_in(awaited.code, awaited.bytes, fj_unit(frame), &target) >= 0 && target == awaited.unit;
    if (!come && !here && consumes(frame)) return 0;
    if (!come && !here) be_looked_at();         /* other code runs, that may look at this one */
    if (!come && now() < awaited.until && fj_look_at_next_check(look) == 0) return 0;
    fj_await_end();
    return come;
}

/* In the sampler's thread, without the GIL. */
void fj_await_tick(PyThreadState *main_thread) {
    if (!awaited.quiet.count) return;
    pthread_mutex_lock(&awaited.lock);
    if (awaited.quiet.count && (now() >= awaited.until || fj_others_wait(main_thread))) fj_restore_jumps(awaited.code, &awaited.quiet);
    pthread_mutex_unlock(&awaited.lock);
}

/* Discovery: a thread asks for a pending call every few milliseconds; the pending call looks at the running frame.

   At a backward jump the compiler may answer with a region, and the frame goes through the gate.  A sample that lands
   elsewhere asks again at the next checks of the evaluator, a bounded number of times.  Samples run in the main thread, or where that
   doesn't come to them in another (elsewhere.c), and cost nothing for code objects that are marked as ignored. */
#include "looking.h"
#include "raw_lists.h"

PyObject *fj_on_depth;
FjRegion *(*fj_region_of)(PyObject *);

enum {
    RETRIES = 16, REPEATS = 32,
    WORTH = 256, LONG_RUN = 50000,      /* iterations behind which a look is worth it now and then, and always */
    APART = 10000000,                   /* ticks between two looks behind shorter runs: each takes as long as thousands of instructions; */
    RARER = 64,                         /* while they lead nowhere the time between them doubles, up to so many times that */
};
FjLooks fj_looks;
static struct { int retries, repeats, unit; int64_t behind; _PyInterpreterFrame *frame, *left; } chase;      /* behind: iterations of the region that has left in the frame `left` */

PyObject *fj_list_of(PyObject **items, int count) {
    PyObject *list = PyList_New(count);
    for (int i = 0; list && i < count; i++) PyList_SET_ITEM(list, i, Py_NewRef(items[i] ? items[i] : fj_missing));
    return list;
}

static int depth_at(PyObject *code, int unit) {
    PyObject *args[2] = {code, PyLong_FromLong(unit)};
    PyObject *answer = args[1] && fj_on_depth ? fj_call_back(fj_on_depth, args, 2) : NULL;
    int depth = answer && PyLong_Check(answer) ? (int)PyLong_AsLong(answer) : -1;
    Py_XDECREF(args[1]); Py_XDECREF(answer);
    PyErr_Clear();
    return depth;
}

/* The region that the compiler answers with, as an object; NULL: none. */
static PyObject *ask(_PyInterpreterFrame *frame, PyObject *original, int jump, int target, int depth) {
    PyThreadState *ts = PyThreadState_Get();
    PyCodeObject *code = FJ_CODE(frame);
    fj_guest_comes(ts);
    PyObject *function = (PyObject *)FJ_FUNCTION(frame);
    int deep = depth > 0 && depth <= code->co_stacksize ? depth : 0;
    PyObject *args[9] = {
        original, PyLong_FromLong(jump), PyLong_FromLong(target), function ? function : Py_None,
        fj_list_of(frame->localsplus, code->co_nlocalsplus), fj_list_of(frame->localsplus + code->co_nlocalsplus, deep),
        frame->f_globals, PyBool_FromLong(frame->f_locals == frame->f_globals), PyLong_FromLongLong(frame == chase.left ? chase.behind : 0),
    };
    PyObject *answer = NULL;
    if (args[1] && args[2] && args[4] && args[5] && args[8]) answer = fj_call_back(fj_callbacks.on_sample, args, 9);
    Py_XDECREF(args[1]); Py_XDECREF(args[2]); Py_XDECREF(args[4]); Py_XDECREF(args[5]); Py_XDECREF(args[7]); Py_XDECREF(args[8]);
    fj_guest_goes(ts);
    PyErr_Clear();
    if (answer == Py_None) { Py_DECREF(answer); return NULL; }
    return answer;
}

static int sample(void *unused);

static void again(_PyInterpreterFrame *frame, int unit) {
    if (frame == chase.frame && unit == chase.unit) { if (--chase.repeats < 0) return; }
    else if (--chase.retries < 0) return;
    chase.frame = frame; chase.unit = unit;
    fj_look_at_next_check(sample);
}

static void start_chase(_PyInterpreterFrame *left, int64_t behind) {
    chase.retries = RETRIES;
    chase.repeats = REPEATS;
    chase.frame = NULL;
    chase.behind = behind;
    chase.left = left;
}

static uint64_t apart = APART;

/* A region has left: its frame is looked at again at the next jumps, if the run was worth more than the looks. */
void fj_look_behind(_PyInterpreterFrame *left, int64_t iterations) {
    static uint64_t last;
    if (iterations < WORTH || fj_awaiting() || !fj_looks.running) return;
    uint64_t now = __builtin_ia32_rdtsc();
    if (iterations < LONG_RUN && now - last < apart) return;
    if (iterations < LONG_RUN && apart < (uint64_t)APART * RARER) apart *= 2;
    last = now;
    start_chase(left, iterations);
    fj_add_look(sample);
}

/* The block of a with statement goes on in the interpreter: the frame is looked at at its next jumps. */
void fj_look_here(int64_t iterations) {
    if (fj_awaiting() || !fj_looks.running) return;
    start_chase(fj_of_python(FJ_CURRENT(PyThreadState_Get())), iterations);
    fj_add_look(sample);
}

/* The frame, if it may be looked at, with its slot; NULL: not now. */
static _PyInterpreterFrame *open_frame(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot **slot) {
    if (frame == NULL || frame == fj_polled || fj_callbacks.busy) return NULL;
    PyCodeObject *code = FJ_CODE(frame);
    if (_PyFrame_IsIncomplete(frame) || fj_observed(ts, code) || ts->interp->eval_frame) return NULL;
    *slot = fj_slot_of((PyObject *)code);
    return *slot && (*slot)->ignored ? NULL : frame;
}

_PyInterpreterFrame *fj_sampled_frame(PyThreadState *ts, FjSlot **slot) { return open_frame(ts, fj_of_python(FJ_CURRENT(ts)), slot); }

enum { AWAY = 8 };
volatile unsigned fj_looks_asked;
static int ran_long;               /* native code has run when the last look was asked for */
static int due;                    /* looks that have to find native code before the compiler is called, or AWAY times as many; 0: not at all */
static int away;

void fj_worker_due(int looks) { due = looks; }

static int is_due(void) {
    int native = ran_long || fj_polled;
    ran_long = 0;
    return due && (native || ++away % AWAY == 0) && --due == 0;
}

/* What the worker has made is handed over, also while native code polls; and it is told what is worth its time. */
static void take_compiled(PyThreadState *ts) {
    _PyInterpreterFrame *frame = fj_of_python(FJ_CURRENT(ts));
    if (frame == NULL || fj_callbacks.busy || fj_observed(ts, FJ_CODE(frame)) || ts->interp->eval_frame) return;
    PyObject *answer = fj_call_back(fj_callbacks.on_compiled, NULL, 0);
    Py_XDECREF(answer);
    PyErr_Clear();
}

int fj_take_compiled(void *unused) {
    if (fj_worker_any_done() && fj_callbacks.on_compiled) take_compiled(PyThreadState_Get());
    return 0;
}

/* A generator expression is looked at as a part of what consumes it.  0: that rests, or there is nothing of the kind. */
static int look_at_consumer(PyThreadState *ts, _PyInterpreterFrame *expression) {
    FjSlot *slot = NULL;
    _PyInterpreterFrame *frame = open_frame(ts, fj_consumer(expression), &slot);
    if (frame == NULL) return 0;
    PyObject *code = (PyObject *)FJ_CODE(frame), *original = slot && slot->original ? slot->original : code;
    int shift = slot && code == slot->copy ? slot->shift : 0, looks = fj_place_looked_at(original, FJ_CONSUMES);
    if (looks == 0 || looks == FJ_UNKNOWN) return looks;
    fj_place_looks = looks;
    PyObject *answer = ask(frame, original, fj_unit(frame) - shift, FJ_CONSUMES, 0);
    int header = answer && PyLong_Check(answer) ? (int)PyLong_AsLong(answer) : -1;
    fj_place_answered(original, FJ_CONSUMES, answer);
    if (header >= 0) fj_await(frame, header + shift, sample);
    Py_XDECREF(answer);
    return 1;
}

static int look(int fresh) {
    PyThreadState *ts = PyThreadState_Get();
    FjSlot *slot = NULL;
    if (fj_worker_any_done() || is_due()) take_compiled(ts);
    if (fresh && fj_awaiting()) return 0;
    if (fresh) { fj_await_end(); start_chase(NULL, 0); }
    if (fj_callbacks.on_sample == NULL || !fj_looks.running) return 0;
    _PyInterpreterFrame *frame = fj_sampled_frame(ts, &slot);
    if (!fj_has_come(frame, sample) || frame == NULL) return 0;
    if (fresh && look_at_consumer(ts, frame)) return 0;
    PyObject *code = (PyObject *)FJ_CODE(frame), *original = slot && slot->original ? slot->original : code;
    int shift = slot && code == slot->copy ? slot->shift : 0, target = -1, unit = fj_unit(frame);
    if (!fresh && frame == chase.frame && unit == chase.unit) { again(frame, unit); return 0; }
    int jump = fj_jump_at((PyCodeObject *)code, unit, &target);
    int place = jump < 0 ? -1 : target - shift, looks = 1;
    if ((jump >= 0 || fresh) && !chase.behind && (looks = fj_place_looked_at(original, place)) == 0) return 0;
    fj_place_looks = looks;
    if (jump < 0) {
        PyObject *answer = fresh && looks != FJ_UNKNOWN ? ask(frame, original, unit - shift, -1, 0) : NULL;
        if (answer == NULL) again(frame, unit);
        fj_place_answered(original, place, answer);
        Py_XDECREF(answer);
        return 0;
    }
    int depth = depth_at(original, target - shift);
    PyObject *answer = ask(frame, original, jump - shift, target - shift, depth);
    FjRegion *region = answer && !PyLong_Check(answer) ? fj_region_of(answer) : NULL;
    int result = 0;
    int header = answer && PyLong_Check(answer) ? (int)PyLong_AsLong(answer) : -1;
    fj_place_answered(original, place, answer);
    if (chase.behind && (header >= 0 || region)) apart = APART;
    if (header >= 0) fj_await(frame, header + shift, sample);
    if (region && region->unit == target - shift && (depth < 0 || depth == region->depth)) {
        result = fj_gate_arm_loop(ts, frame, region, shift, region->depth);
        if (result < 0) fj_counters.osr_entries++;
    }
    if (answer == NULL && chase.behind) again(frame, unit);
    Py_XDECREF(answer);
    return result;
}

/* A look's own time doesn't count: however long looks take, the program gets on between two of them. */
static int sample(void *fresh) {
    int result = look(fresh != NULL);
    PyThreadState *ts = PyThreadState_Get();
    if (fj_ask_for_lost_calls(ts)) *fj_breaker(ts) = 1;
    if (fresh) fj_looks.looked = fj_time_had();
    if (fresh && fj_in_main_thread()) fj_looks.queued = 0;
    return result;
}

/* A process that ends makes all calls that wait, and others none meanwhile (3.13): one that waited behind this look would be waited for, for ever. */
static int sample_elsewhere(void *unused) {
    if (!fj_in_main_thread() && fj_uncall(fj_is_look)) fj_looks.queued = 0;
    int result = fj_in_main_thread() ? 0 : sample(&fj_looks);
    fj_looks.elsewhere = 0;
    return result;
}

int fj_is_look(int (*call)(void *)) { return call == NULL || call == sample || call == sample_elsewhere || call == fj_take_compiled; }

void fj_ask_for_look(void) {
    fj_looks.queued = 1;
    fj_looks.asked = fj_time_had();
    fj_looks_asked++;
    if (Py_AddPendingCall(sample, &fj_looks) < 0) fj_looks.queued = 0;
}

/* Native code runs where a look was asked for: as if it had polled. */
void fj_found_native(FjRegion *region) {
    region->polls++;
    ran_long = 1;
}

/* The end of a run during which the sampler wanted to look: as if it had polled. */
void fj_count_unasked(FjRegion *region) {
    region->polls += fj_unasked;
    fj_unasked = 0;
    ran_long = 1;
    if ((due || fj_worker_any_done()) && fj_looks.running && !fj_looks.queued && !fj_looks.elsewhere) fj_ask_for_look();
}

int fj_ask_elsewhere(void) { return fj_look_elsewhere(sample_elsewhere); }

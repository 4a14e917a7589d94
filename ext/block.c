/* `with framejit.jit():` in a frame that already runs.

   The `__enter__` of the manager arms the gate in the first units of the body (gate.c): there, with all of the frame in memory,
   a region of the whole body is entered, or the compiler is asked for one.  Behind the body, or wherever the region leaves, the
   interpreter goes on; `__exit__` is called by it in any case.  A block that goes on in the interpreter within its body is looked
   at meanwhile, as enable() looks at everything: its loops at their next jumps, and what it calls.  Looks begin a thread, which
   costs more than a short block is worth: one that was over before a look could find anything goes without for a while. */
#include "entry.h"
#include "looking.h"
#include <time.h>

int fj_blocks_looking;             /* how many of the blocks that run want looks */

enum { SHORTEST_PAUSE = 1000000, LONGEST_PAUSE = 256000000, SHORT = 2000000 };          /* nanoseconds */
enum { LONGEST_REST = 14, MANY = 5000 };            /* power of two of entries; iterations */

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static FjBody *found(PyObject *code, int unit, PyObject *options) {
    FjSlot *slot = fj_slot_of(code);
    for (FjBody *body = slot ? slot->bodies : NULL; body; body = body->next)
        if (body->unit == unit && body->options == options) return body;
    return NULL;
}

/* The compiler's answer for the body at `unit`; with `stacktop` for a frame like this, with its stack. */
static PyObject *ask(_PyInterpreterFrame *frame, PyObject *original, int unit, PyObject *options, int stacktop) {
    PyThreadState *ts = PyThreadState_Get();
    PyCodeObject *code = FJ_CODE(frame);
    fj_guest_comes(ts);
    int locals = code->co_nlocalsplus, values = stacktop >= locals;
    PyObject *args[7] = {
        original, PyLong_FromLong(unit), options, fj_list_of(frame->localsplus, locals),
        values ? fj_list_of(frame->localsplus + locals, stacktop - locals) : Py_NewRef(Py_None), frame->f_globals,
        PyBool_FromLong(frame->f_locals == frame->f_globals),
    };
    PyObject *answer = NULL;
    if (args[1] && args[3] && args[4]) answer = fj_call_back(fj_callbacks.on_body, args, 7);
    Py_XDECREF(args[1]); Py_XDECREF(args[3]); Py_XDECREF(args[4]); Py_XDECREF(args[6]);
    fj_guest_goes(ts);
    PyErr_Clear();
    return answer;
}

/* Has the compiler begin or end looks, once nothing of its own runs. */
static int tell(void *unused) {
    (void)unused;
    if (fj_callbacks.busy) { fj_call_behind(tell); return 0; }
    PyObject *answer = fj_call_back(fj_callbacks.on_looking, NULL, 0);
    Py_XDECREF(answer);
    return 0;
}

static void begin_looks(FjManager *manager, FjBody *body) {
    if (manager->looking >= manager->entries || !(FJ_CALLS_ANYWHERE || fj_in_main_thread())) return;
    int64_t begin = now();
    if (body && begin < body->until) return;
    manager->looking++;
    manager->since = begin;
    manager->iterations = fj_counters.iterations;
    manager->body = body;
    Py_XSETREF(manager->held, body ? Py_NewRef(body->object) : NULL);
    if (fj_blocks_looking++ == 0) tell(NULL);
}

static void end_looks(FjManager *manager) {
    FjBody *body = manager->body;
    int vain = now() - manager->since < SHORT && fj_counters.iterations - manager->iterations < MANY;
    manager->looking--;
    if (--fj_blocks_looking == 0) tell(NULL);
    if (body == NULL) return;
    body->pause = !vain ? 0 : body->pause ? Py_MIN(2 * body->pause, LONGEST_PAUSE) : SHORTEST_PAUSE;
    body->until = now() + body->pause;
}

/* Whether the manager is what the with statement at hand enters: the interpreter has it, or its bound __exit__, on the stack. */
static int is_entered(const FjManager *manager, PyObject *item) {
    return item == manager->object || (item && PyCFunction_Check(item) && PyCFunction_GET_SELF(item) == manager->object);
}

/* The body that begins behind the instruction that the frame executes; NULL: none that could be entered. */
static FjBody *body_behind(PyThreadState *ts, _PyInterpreterFrame *frame, FjManager *manager, int *unit) {
    if (frame == NULL || fj_owned_by_c(frame)) return NULL;
    PyCodeObject *code = FJ_CODE(frame);
    *unit = fj_unit(frame) + 1;
    if (*unit <= 0 || *unit >= Py_SIZE(code) || FJ_OPCODE(FJ_CODE0(code)[*unit - 1]) != BEFORE_WITH) return NULL;
    if (fj_observed(ts, code) || ts->interp->eval_frame || fj_stack_is_low() || fj_credits_low(ts)) return NULL;
    FjSlot *slot = fj_slot_of((PyObject *)code);
    PyObject *original = slot && slot->original ? slot->original : (PyObject *)code;
    int start = *unit - (slot && (PyObject *)code == slot->copy ? slot->shift : 0);
    FjBody *body = found(original, start, manager->options);
    if (body == NULL) {
        PyObject *answer = ask(frame, original, start, manager->options, -1);
        Py_XDECREF(answer);
        body = found(original, start, manager->options);
    }
    if (body == NULL || body->plain) return body;
    return is_entered(manager, frame->localsplus[code->co_nlocalsplus + body->depth - 2]) ? body : NULL;
}

/* What `__enter__` gives: the manager, or the gate's function, which gives the manager once it has run. */
PyObject *fj_block_enter(FjManager *manager) {
    PyThreadState *ts = PyThreadState_Get();
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    int unit;
    manager->entries++;
    FjBody *body = body_behind(ts, frame, manager, &unit);
    if (body == NULL || body->calls) begin_looks(manager, body);
    if (body && !body->plain && fj_gate_arm_body(ts, frame, body, manager, unit, body->depth)) return Py_NewRef(fj_gate_function);
    return Py_NewRef(manager->object);
}

void fj_block_exit(FjManager *manager) {
    if (manager->entries > 0) manager->entries--;
    while (manager->looking > manager->entries) end_looks(manager);
}

static int64_t try_variants(PyThreadState *ts, _PyInterpreterFrame *frame, FjBody *body, int shift, int *unit) {
    int stacktop = frame->stacktop;
    for (int i = 0; i < body->nvariants; i++) {
        FjRegion *region = body->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != frame->f_globals)) continue;
        PyObject *owner = Py_NewRef(region->owner);
        int64_t before = region->iterations, outcome = fj_gate_run(ts, frame, region, shift, unit);
        body->iterations += region->iterations - before;
        fj_let_go(owner);
        if (outcome != FJ_MISS) { body->entries++; return outcome; }
        frame->stacktop = stacktop;
    }
    return FJ_MISS;
}

/* Asks for code that fits the frame.  FJ_RAISE: with the exception that the block is to raise. */
static int64_t compile(PyThreadState *ts, _PyInterpreterFrame *frame, FjBody *body, int shift, int *unit) {
    FjSlot *slot = fj_slot_of((PyObject *)FJ_CODE(frame));
    PyObject *original = slot && slot->original ? slot->original : (PyObject *)FJ_CODE(frame);
    PyObject *answer = ask(frame, original, body->unit, body->options, frame->stacktop);
    int64_t outcome = FJ_MISS;
    if (answer && PyExceptionInstance_Check(answer)) {
        PyErr_SetObject((PyObject *)Py_TYPE(answer), answer);
        outcome = FJ_RAISE;
        *unit = body->unit;
    } else if (!fj_observed(ts, FJ_CODE(frame))) outcome = try_variants(ts, frame, body, shift, unit);
    Py_XDECREF(answer);
    body->vain = outcome != FJ_MISS ? 0 : body->vain < LONGEST_REST ? body->vain + 1 : LONGEST_REST;
    body->rest = body->vain ? 1 << body->vain : 0;
    return outcome;
}

/* In the gate: the body from its first instruction on. */
int64_t fj_body_run(PyThreadState *ts, _PyInterpreterFrame *frame, FjBody *body, FjManager *manager, int shift, int *unit) {
    fj_executing(frame, body->unit + shift);
    int64_t before = body->iterations, outcome = try_variants(ts, frame, body, shift, unit);
    if (outcome == FJ_MISS && --body->rest < 0) outcome = compile(ts, frame, body, shift, unit);
    if (outcome == FJ_MISS) *unit = body->unit;
    int within = outcome == FJ_MISS || (outcome == FJ_LEFT && *unit >= 0 && *unit < body->units && body->inside[*unit]);
    if (!within) return outcome;
    if (outcome == FJ_LEFT) body->left++;
    begin_looks(manager, body);
    fj_look_here(body->iterations - before);
    return outcome;
}

/* Routines: native code of functions that native code calls.  They have no frames.

   Where one leaves, it and all its callers up to the region have stored their values on the trail.  The region's frame is
   brought to the call; then the interpreter's own call of the function makes the callee's frame, in whose hook it is brought
   to where it left: and so on, down to the innermost, in which the interpreter goes on.  What it returns is pushed on its
   caller's stack, which goes on behind the call, and so on up.  ORDER TRAIL: nothing else runs before the last of the frames
   is made, so the trail and what its pointers borrow stay as they are. */
#include "entry.h"
#include "raw_lists.h"
#include <sys/mman.h>

enum { HEADER = 2, TRAIL = 1 << 21 };      /* words */
enum { ABANDONED = -2 };                   /* of an exit's call: a routine has left there, and nothing has happened in it (capture/ends.py) */
static __thread int64_t *trail;            /* of this thread, as long as it lives: address space that is filled from its start */
static pthread_key_t trail_key;

static void end_trail(void *words) { munmap(words, sizeof(int64_t) * TRAIL); }

static int64_t *begin_trail(void) {
    static int known;
    if (!known && pthread_key_create(&trail_key, end_trail) != 0) return NULL;
    known = 1;
    void *words = mmap(NULL, sizeof(int64_t) * TRAIL, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (words == MAP_FAILED) return NULL;
    pthread_setspecific(trail_key, words);
    return words;
}

/* How many calls of routines there is room for: by the recursion limit, on the C stack and on the trail.  `counted`: whether
   the recursion of the frame that runs is. */
void fj_ask_levels(FjContext *context, int counted) {
    FjRegion *region = context->region;
    int64_t levels = FJ_PY_REMAINING(context->tstate) - !(counted || FJ_PROLOGUE) - FJ_SPARE;
    int64_t room = fj_stack_left() / region->level_bytes, places = TRAIL / region->level_words - 1;
    if (trail == NULL) trail = begin_trail();
    if (levels > room) levels = room;
    if (levels > places) levels = places;
    context->trail = trail;
    context->levels = trail && levels > 0 ? levels : 0;
}

enum { PATIENCE = 4096 };                   /* turns of loops and calls */

/* The breaker is set: whether only pending calls wait, for which the end of a short recursion is soon enough, or the next turn of the
   loop that calls; not for ever, for each turn and each call asks here meanwhile.  Most are the sampler's own looks. */
static int turns;

/* The sampler has found native code running. */
static void hear_of_looks(FjContext *context) {
    static unsigned heard;
    if (heard == fj_looks_asked) return;
    heard = fj_looks_asked;
    fj_found_native(context->region);
}

int8_t fj_patient(FjContext *context) {
    if (fj_others_wait(context->tstate)) return 0;
    hear_of_looks(context);
    if (++turns < PATIENCE) return 1;
    turns = 0;
    return 0;
}

/* The same while a generator expression is consumed, which would have been in vain: for the sampler's own looks its end is soon enough. */
int8_t fj_patient_consumer(FjContext *context) {
    if (fj_others_wait(context->tstate) || !fj_only_waits(context->tstate, fj_is_look)) return fj_patient(context);
    hear_of_looks(context);
    return 1;
}

void fj_patient_again(void) { turns = 0; }

/* Whether a call of the function runs this code object, or a copy of it that calls are entered by: C code may have had it call
   something else. */
int fj_runs_code(PyObject *function, PyObject *code) {
    PyObject *runs = ((PyFunctionObject *)function)->func_code;
    vectorcallfunc called = ((PyFunctionObject *)function)->vectorcall;
    if (called != fj_plain_vectorcall && called != fj_entry_vectorcall) return 0;
    if (runs == code) return 1;
    FjSlot *slot = fj_slot_of(runs);
    return slot && slot->original == code;
}

/* Whether the object is a function that runs this code; in these namespaces and with these defaults, where they matter. */
int8_t fj_function_runs(PyObject *object, PyObject *code, PyObject *globals, PyObject *builtins, PyObject *defaults) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (!Py_IS_TYPE(object, &PyFunction_Type) || !fj_runs_code(object, code)) return 0;
    if (globals && (function->func_globals != globals || function->func_builtins != builtins)) return 0;
    return defaults == NULL || function->func_defaults == defaults;
}

/* The frames to be made. */
typedef struct {
    FjRun *run;                    /* the region's */
    int64_t *start;                /* of what has been left */
    int64_t *end;                  /* behind what the next callee has left */
    int *gc, collects;             /* collections wait until the last frame is made (3.11) */
} Chain;

static struct { Chain *chain; PyCodeObject *code; PyObject **base, **top; _PyInterpreterFrame *caller; PyFunctionObject *function; vectorcallfunc entry; } awaited;

static void collect_again(Chain *chain) {
    if (chain->gc) *chain->gc = chain->collects;
    chain->gc = NULL;
}

static int64_t call_on(Chain *chain, FjRun *run, FjExit *exit, int counted);

/* What routines have left in vain teaches all the same. */
static void learn(FjRegion *region, int64_t *start, int64_t *end) {
    while (end > start) {
        int number = (int)end[-2];
        end -= HEADER + end[-1];
        fj_exit_taken(region, number, end);
    }
}

/* The callee's frame, which the interpreter's call has just made. */
static PyObject *go_on_in(PyThreadState *ts, _PyInterpreterFrame *frame, Chain *chain) {
    FjRun run = *chain->run;
    PyCodeObject *code = FJ_CODE(frame);
    FjSlot *slot = fj_slot_of((PyObject *)code);
    int64_t count = chain->end[-1], number = chain->end[-2];
    run.context.spill = chain->end = chain->end - HEADER - count;
    run.context.frame = frame;
    FjExit *exit = &run.context.region->exits[number];
    run.shift = exit->unit > code->_co_firsttraceable && slot && (PyObject *)code == slot->copy ? slot->shift : 0;        /* RESUME stands before the prologue */
    for (int i = 0; i < code->co_stacksize; i++) frame->localsplus[code->co_nlocalsplus + i] = NULL;
    int whole = fj_make_cells(frame);      /* those of its own that it had made take their places */
    for (int i = 0; i < exit->nhomes; i++) {
        PyObject *held = (PyObject *)chain->end[count - exit->nhomes + i];
        if (held) Py_XSETREF(frame->localsplus[exit->homes[i]], held);
    }
    fj_link(ts, frame);
    fj_exit_taken(run.context.region, (int)number, run.context.spill);
    int64_t outcome = fj_materialise_first(&run, (int)number) < 0 ? FJ_RAISE : FJ_LEFT;
    if (!whole && outcome == FJ_LEFT) { PyErr_NoMemory(); outcome = FJ_RAISE; }
    if (exit->call == ABANDONED) learn(run.context.region, chain->start, chain->end);
    if (outcome == FJ_LEFT && exit->call >= 0) outcome = call_on(chain, &run, exit, 0);
    else collect_again(chain);
    fj_unlink(ts, frame);
    FJ_C_REMAINING(ts) += FJ_INLINED;
    PyObject *result = fj_go_on(ts, frame, run.unit + run.shift, outcome == FJ_RAISE);
    FJ_C_REMAINING(ts) -= FJ_INLINED;
    return result;
}

static PyObject *hook(PyThreadState *ts, _PyInterpreterFrame *frame, int throwflag) {
    ts->interp->eval_frame = NULL;
    if (FJ_CODE(frame) != awaited.code || throwflag) return _PyEval_EvalFrameDefault(ts, frame, throwflag);
    awaited.function->vectorcall = awaited.entry;
    for (PyObject **slot = awaited.base; slot < awaited.top; slot++) Py_CLEAR(*slot);       /* the callee's frame has them now */
    awaited.caller->stacktop = (int)(awaited.base - awaited.caller->localsplus);
    return go_on_in(ts, frame, awaited.chain);
}

/* The next frame that is made is the function's; `base` to `top`: what is handed over to it. */
static void await_frame(Chain *chain, FjRun *run, PyObject *function, PyObject **base, PyObject **top) {
    awaited.chain = chain; awaited.caller = run->context.frame; awaited.base = base; awaited.top = top;
    awaited.function = (PyFunctionObject *)function;
    awaited.code = (PyCodeObject *)awaited.function->func_code;
    awaited.entry = awaited.function->vectorcall;
    awaited.function->vectorcall = fj_plain_vectorcall;
    run->context.tstate->interp->eval_frame = hook;
}

/* It has been made, unless there was no memory for it. */
static void awaited_no_longer(PyThreadState *ts) {
    if (ts->interp->eval_frame != hook) return;
    ts->interp->eval_frame = NULL;
    awaited.function->vectorcall = awaited.entry;
}

/* The function is on the stack, with what it is called with. */
static int64_t call_from_stack(Chain *chain, FjRun *run, FjExit *exit) {
    _PyInterpreterFrame *frame = run->context.frame;
    PyObject **top = frame->localsplus + frame->stacktop, **base = top - exit->call - 2;
    int method = base[FJ_NULL_ABOVE] != NULL && base[!FJ_NULL_ABOVE] != NULL;
    PyObject *callable = FJ_NULL_ABOVE ? base[0] : base[!method], **args = base + 2 - method;
    PyObject *names = exit->keywords < 0 ? NULL : run->context.consts[exit->keywords];
    int at = names ? exit->next - 1 : exit->at;         /* behind the instruction that has the names */
    fj_calling(frame, at + run->shift, exit->next + run->shift);
    Py_ssize_t given = exit->call + method - (names ? PyTuple_GET_SIZE(names) : 0);
    await_frame(chain, run, callable, base, top);
    PyObject *result = fj_plain_vectorcall(callable, args, given, names);
    awaited_no_longer(run->context.tstate);
    run->unit = result ? exit->next : FJ_CALL_UNIT(at, exit->next);
    if (result == NULL) return FJ_RAISE;
    *base = result;
    frame->stacktop = (int)(base + 1 - frame->localsplus);
    return FJ_LEFT;
}

/* The instruction calls the function by itself: a property, an operator.  No other code of the program's runs before it, and what
   becomes of its result is the interpreter's own business. */
static int64_t call_by_row(Chain *chain, FjRun *run, FjExit *exit) {
    _PyInterpreterFrame *frame = run->context.frame;
    FjCallout callout = {run, frame->localsplus + frame->stacktop, NULL, exit->argument, exit->next, -1, 0};
    callout.lowest = callout.top;
    fj_executing(frame, exit->at + run->shift);
    PyObject *function = exit->callee < 0 ? callout.top[FJ_NULL_ABOVE ? -3 : -2] : run->context.consts[exit->callee];     /* else f(*t) calls it */
    await_frame(chain, run, function, callout.top, callout.top);
    int answer = fj_rows[exit->row](&callout);
    awaited_no_longer(run->context.tstate);
    frame->stacktop = (int)(callout.top - frame->localsplus);
    run->unit = answer == FJ_ERROR ? exit->at : callout.next;
    return answer == FJ_ERROR ? FJ_RAISE : FJ_LEFT;
}

/* The run's frame, which is linked, stands before the call of a routine that has left. */
static int64_t call_on(Chain *chain, FjRun *run, FjExit *exit, int counted) {
    PyThreadState *ts = run->context.tstate;
    FJ_PY_REMAINING(ts) -= !counted;
    int64_t outcome = (exit->row < 0 ? call_from_stack : call_by_row)(chain, run, exit);
    FJ_PY_REMAINING(ts) += !counted;
    return outcome;
}

/* What the exit was taken for is on the frame, which is linked: LEFT or RAISE at run->unit.  `counted`: whether the recursion
   of that frame is. */
int64_t fj_leave(FjRun *run, int number, int counted) {
    FjExit *exit = &run->context.region->exits[number];
    PyThreadState *ts = run->context.tstate;
    run->context.left = number;
    fj_exit_taken(run->context.region, number, run->context.spill);
    if (exit->call == ABANDONED) learn(run->context.region, trail, run->context.trail);
    if (exit->call < 0) return fj_materialise(run, number, NULL) < 0 ? FJ_RAISE : FJ_LEFT;
    size_t size = (char *)run->context.trail - (char *)trail;
    Chain chain = {run, NULL, NULL, fj_gc_switch(ts), 0};
    int64_t *words = PyMem_RawMalloc(size);
    if (words == NULL) { run->unit = exit->at; PyErr_NoMemory(); return FJ_RAISE; }
    memcpy(words, trail, size);
    chain.start = words;
    chain.end = (int64_t *)((char *)words + size);
    if (chain.gc) { chain.collects = *chain.gc; *chain.gc = 0; }
    int64_t outcome = fj_materialise_first(run, number) < 0 ? FJ_RAISE : call_on(&chain, run, exit, counted);
    collect_again(&chain);
    PyMem_RawFree(words);
    return outcome;
}

/* What a builtin method is bound to, if it is this method of an object of exactly this type, or of one that inherits from one that C makes at run time; else NULL. */
PyObject *fj_bound_to(PyObject *object, PyObject *method) {
    if (!PyCFunction_CheckExact(object) || ((PyCFunctionObject *)object)->m_ml != ((PyMethodDescrObject *)method)->d_method) return NULL;
    PyObject *self = PyCFunction_GET_SELF(object);
    PyTypeObject *type = PyDescr_TYPE(method);
    return self && (Py_IS_TYPE(self, type) || (type->tp_flags & Py_TPFLAGS_HEAPTYPE && PyType_IsSubtype(Py_TYPE(self), type))) ? self : NULL;
}

/* The same, made as an attribute is read; NULL: there is no memory. */
PyObject *fj_new_bound(PyObject *method, PyObject *object) {
    PyObject *made = Py_TYPE(method)->tp_descr_get(method, object, (PyObject *)Py_TYPE(object));
    if (made == NULL) PyErr_Clear();
    return made;
}

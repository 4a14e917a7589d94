/* How calls reach compiled code: what both ways share, and the replaced vectorcall of 3.12 and 3.13.

   A plain positional call tries the slot's regions.  Frameless ones run on the caller's arguments and get a frame only
   when they leave; framed ones get theirs first.  Other calls, and calls that find no room on the current chunk of the
   frame stack, let the interpreter's own call make the frame, and take it over in a hook that removes itself. */
#include "entry.h"
#include "evaluators.h"
#include <alloca.h>

vectorcallfunc fj_plain_vectorcall;
int fj_always_hook;
const int fj_prologue = FJ_PROLOGUE;

/* How many locals a call fills. */
int fj_parameters(const PyCodeObject *code) {
    return code->co_argcount + code->co_kwonlyargcount + !!(code->co_flags & CO_VARARGS) + !!(code->co_flags & CO_VARKEYWORDS);
}

/* How many of its locals are known when it begins: the cells, too, which lie behind all others. */
int fj_known_locals(const PyCodeObject *code) {
    return code->co_ncellvars || code->co_nfreevars ? code->co_nlocalsplus : fj_parameters(code);
}

/* Ask the compiler, once per arming.  1: it was asked; -1: it wants the call to raise, and the exception is set. */
int fj_ask_for_code(FjSlot *slot, PyObject *function, PyObject *const *args, int count) {
    if (!slot->armed || fj_callbacks.busy || fj_callbacks.on_call == NULL || (slot->waits && !fj_worker_any_done())) return 0;
    slot->armed = 0;
    PyThreadState *ts = PyThreadState_Get();
    fj_guest_comes(ts);
    PyObject *tuple = PyTuple_New(count), *both[2] = {function, tuple};
    for (int i = 0; tuple && i < count; i++) PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i] ? args[i] : fj_missing));
    PyObject *answer = tuple ? fj_call_back(fj_callbacks.on_call, both, 2) : NULL;
    int asked = tuple != NULL;
    if (!asked) PyErr_Clear();
    Py_XDECREF(tuple);
    fj_guest_goes(ts);
    if (!asked) return 0;
    int raising = answer && PyExceptionInstance_Check(answer);
    if (raising) PyErr_SetObject((PyObject *)Py_TYPE(answer), answer);
    Py_XDECREF(answer);
    return raising ? -1 : 1;
}

int fj_may_enter(PyThreadState *ts, FjSlot *slot, PyCodeObject *code) {
    return (slot->nvariants || slot->armed) && !slot->recursive && FJ_PY_REMAINING(ts) > FJ_SPARE && !fj_observed(ts, code)
        && ts->interp->eval_frame == NULL;
}

void fj_no_variant(FjSlot *slot) {
    slot->misses++;
    if (slot->rearm && slot->misses % slot->rearm == 0) slot->armed = 1;
}

#if !FJ_PROLOGUE
static struct { FjSlot *slot; PyCodeObject *code; FjRun *run; int number, from_c, leads; FjHanded handed; } hooked;       /* leads: the frame gets the slot's copy (entrances.c) */

/* A frameless region left by exit `number`, or raised (-1): its frame exists now. */
static PyObject *leave(PyThreadState *ts, _PyInterpreterFrame *frame, FjRun *run, int number, int from_c) {
    int raising = 1;
    run->context.frame = frame;
    fj_link(ts, frame);
    FJ_C_REMAINING(ts) -= from_c ? FJ_EVALUATOR : 0;
    if (number >= 0) raising = fj_leave(run, number, 0) == FJ_RAISE;
    FJ_C_REMAINING(ts) += from_c ? FJ_EVALUATOR : 0;
    fj_unlink(ts, frame);
    int unit = run->unit;
    fj_run_end(run, raising ? FJ_RAISE : FJ_LEFT);
    if (!raising) fj_look_behind(frame, fj_iterations_behind);
    return go_on(ts, frame, unit, raising, from_c);
}

/* Whether C stack is about to run out: then the function gets its own entry back, and the evaluator's inlined calls use none. */
static int give_up_recursion(PyThreadState *ts, FjSlot *slot, PyObject *function) {
    if (!fj_credits_low(ts) && !fj_stack_is_low()) return 0;
    slot->recursive = 1;
    fj_release(function);
    return 1;
}

/* Try one region on a fresh frame.  0: missed, the frame is as it was.  1: *result is what the call gives. */
static int enter_with_frame(PyThreadState *ts, _PyInterpreterFrame *frame, FjRegion *region, int from_c, PyObject **result) {
    FjRun *run = fj_run_start(region, ts, alloca(fj_run_size(region)));
    if (run == NULL) return 0;
    int64_t outcome;
    if (!region->framed) {
        outcome = region->native(&run->context, frame->localsplus);
        if (outcome > 0) { *result = leave(ts, frame, run, (int)outcome - 1, from_c); return 1; }
        if (outcome == FJ_RAISE) { *result = leave(ts, frame, run, -1, from_c); return 1; }
    } else {
        _Py_CODEUNIT *start = FJ_POSITION(frame);
        FJ_PY_REMAINING(ts)--;
        FJ_C_REMAINING(ts) -= from_c ? FJ_EVALUATOR : 0;
        fj_link(ts, frame);
        outcome = fj_run_framed(run, frame);
        fj_unlink(ts, frame);
        FJ_C_REMAINING(ts) += from_c ? FJ_EVALUATOR : 0;
        FJ_PY_REMAINING(ts)++;
        if (outcome == FJ_MISS) { FJ_POSITION(frame) = start; frame->stacktop = FJ_CODE(frame)->co_nlocalsplus; }
    }
    int unit = run->unit;
    int64_t returned_at = run->context.unit;
    PyObject *value = run->context.result;
    fj_run_end(run, outcome);
    if (outcome == FJ_MISS) return 0;
    if (outcome == FJ_LEFT) fj_look_behind(frame, fj_iterations_behind);
    *result = outcome == FJ_RETURN ? fj_finish(ts, frame, value, returned_at) : go_on(ts, frame, unit, outcome == FJ_RAISE, from_c);
    return 1;
}

static int try_frame(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int from_c, PyObject **result) {
    for (int i = 0; i < slot->nvariants; i++) {
        FjRegion *region = slot->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != frame->f_globals)) continue;
        if (enter_with_frame(ts, frame, region, from_c, result)) return 1;
    }
    return 0;
}

/* A frame that the interpreter's call has just made. */
static PyObject *enter_frame(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int from_c) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject *result;
    for (int i = 0; i < code->co_stacksize; i++) frame->localsplus[code->co_nlocalsplus + i] = NULL;
    if (give_up_recursion(ts, slot, (PyObject *)FJ_FUNCTION(frame))) return evaluate(ts, frame, from_c, 0);
    if (!fj_make_cells(frame)) return evaluate(ts, frame, from_c, 0);
    if (try_frame(ts, frame, slot, from_c, &result)) return result;
    int asked = fj_ask_for_code(slot, (PyObject *)FJ_FUNCTION(frame), frame->localsplus, fj_known_locals(code));
    if (asked < 0) return go_on(ts, frame, fj_unit(frame), 1, from_c);
    if (asked && !slot->recursive && try_frame(ts, frame, slot, from_c, &result)) return result;
    fj_no_variant(slot);
    return evaluate(ts, frame, from_c, 0);
}

static PyObject *hook(PyThreadState *ts, _PyInterpreterFrame *frame, int throwflag) {
    ts->interp->eval_frame = NULL;
    if (FJ_CODE(frame) != hooked.code || throwflag) return _PyEval_EvalFrameDefault(ts, frame, throwflag);
    fj_hand_over(&hooked.handed);
    if (hooked.leads) { hooked.leads = 0; fj_lead_new(frame); }
    if (hooked.slot == NULL && hooked.run == NULL) return evaluate(ts, frame, hooked.from_c, throwflag);
    if (hooked.run) {
        PyCodeObject *code = FJ_CODE(frame);
        for (int i = 0; i < code->co_stacksize; i++) frame->localsplus[code->co_nlocalsplus + i] = NULL;
        return leave(ts, frame, hooked.run, hooked.number, hooked.from_c);
    }
    return enter_frame(ts, frame, hooked.slot, hooked.from_c);
}

static PyObject *call_hooked(PyThreadState *ts, PyObject *function, PyObject *const *args, size_t nargsf, PyObject *names) {
    PyInterpreterState *interp = ts->interp;
    interp->eval_frame = hook;
    PyObject *result = fj_plain_vectorcall(function, args, nargsf, names);
    if (interp->eval_frame == hook) interp->eval_frame = NULL, hooked.leads = 0;     /* wrong arguments: no frame was made */
    return result;
}

static PyObject *leave_frameless(PyThreadState *ts, PyFunctionObject *function, FjSlot *slot, PyObject *const *args, int count, FjRun *run, int number) {
    give_up_recursion(ts, slot, (PyObject *)function);
    FjHanded handed = fj_handed(ts, (PyObject *)function, args, count);
    int from_c = called_from_c(ts, args);
    _PyInterpreterFrame *frame = fj_push(ts, function, args, count);
    if (frame) {
        fj_hand_over(&handed);
        return leave(ts, frame, run, number, from_c);
    }
    hooked.handed = handed; hooked.from_c = from_c; hooked.slot = NULL; hooked.code = (PyCodeObject *)function->func_code; hooked.run = run; hooked.number = number;
    return call_hooked(ts, (PyObject *)function, args, count, NULL);
}

/* 0: no region from this number on took the call.  2: the frame has to come from the interpreter. */
static int try_call(PyThreadState *ts, PyFunctionObject *function, FjSlot *slot, PyObject *const *args, int count, int first, FjHanded *handed,
                    int from_c, PyObject **result) {
    for (int i = first; i < slot->nvariants; i++) {
        FjRegion *region = slot->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != function->func_globals)) continue;
        if (region->framed) {
            _PyInterpreterFrame *frame = fj_push(ts, function, args, count);
            if (frame == NULL) return 2;
            fj_hand_over(handed);
            if (give_up_recursion(ts, slot, (PyObject *)function)) { *result = evaluate(ts, frame, from_c, 0); return 1; }
            if (enter_with_frame(ts, frame, region, from_c, result)) return 1;
            fj_take_back(handed, frame);
            fj_finish(ts, frame, NULL, -1);
            continue;
        }
        FjRun *run = fj_run_start(region, ts, alloca(fj_run_size(region)));
        if (run == NULL) continue;
        int64_t outcome = region->native(&run->context, (PyObject **)args);
        if (outcome == FJ_RETURN) *result = run->context.result;
        if (outcome > 0) { *result = leave_frameless(ts, function, slot, args, count, run, (int)outcome - 1); return 1; }
        if (outcome == FJ_RAISE) { *result = leave_frameless(ts, function, slot, args, count, run, -1); return 1; }
        fj_run_end(run, outcome);
        if (outcome == FJ_RETURN) return 1;
    }
    return 0;
}

/* The interpreter's own call.  Each one that comes this way uses C stack. */
static PyObject *call_plain(PyThreadState *ts, FjSlot *slot, PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names,
                            int from_c) {
    give_up_recursion(ts, slot, callable);
    FjHanded handed = fj_handed(ts, callable, args, PyVectorcall_NARGS(nargsf) + (names ? PyTuple_GET_SIZE(names) : 0));
    int leads = slot->led && !slot->recursive && fj_leads(ts, (PyCodeObject *)((PyFunctionObject *)callable)->func_code);
    if ((handed.which == 0 && !leads) || ts->interp->eval_frame) {
        int credit = uncounted(ts, from_c);
        PyObject *result = fj_plain_vectorcall(callable, args, nargsf, names);
        FJ_C_REMAINING(ts) -= credit;
        return result;
    }
    hooked.handed = handed; hooked.slot = NULL; hooked.code = (PyCodeObject *)((PyFunctionObject *)callable)->func_code; hooked.run = NULL;
    hooked.from_c = from_c;
    hooked.leads = leads;
    return call_hooked(ts, callable, args, nargsf, names);
}

/* Every call that no quick region took; those before `first` have been tried. */
static PyObject *call_slowly(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names, int first) {
    PyFunctionObject *function = (PyFunctionObject *)callable;
    PyCodeObject *code = (PyCodeObject *)function->func_code;
    FjSlot *slot = fj_slot_of((PyObject *)code);
    if (slot == NULL) return fj_plain_vectorcall(callable, args, nargsf, names);
    PyThreadState *ts = PyThreadState_Get();
    slot->calls++;
    int given = (int)PyVectorcall_NARGS(nargsf), count = code->co_argcount, from_c = called_from_c(ts, args);
    if (!fj_may_enter(ts, slot, code) || fj_must_collect(ts)) return call_plain(ts, slot, callable, args, nargsf, names, from_c);
    PyObject **all = (PyObject **)args, *result;
    if (names || !slot->plain || given > count) goto by_hook;
    if (given < count) {
        PyObject *defaults = function->func_defaults;
        int ready = defaults ? (int)PyTuple_GET_SIZE(defaults) : 0;
        if (given < count - ready) goto by_hook;
        all = alloca(sizeof *all * count);
        for (int i = 0; i < count; i++) all[i] = i < given ? args[i] : PyTuple_GET_ITEM(defaults, i - (count - ready));
    }
    Py_INCREF(slot->object);
    FjHanded handed = fj_handed(ts, callable, args, given);
    int taken = try_call(ts, function, slot, all, count, first, &handed, from_c, &result);
    int asked = taken == 0 ? fj_ask_for_code(slot, callable, all, count) : 0;
    if (asked < 0) { taken = 1; result = NULL; }
    else if (asked && fj_may_enter(ts, slot, code)) taken = try_call(ts, function, slot, all, count, 0, &handed, from_c, &result);
    if (taken == 0) fj_no_variant(slot);
    PyObject *object = slot->object;
    if (taken != 2) fj_let_go(object);
    if (taken == 1) return result;
    if (taken == 0) return call_plain(ts, slot, callable, args, nargsf, names, from_c);
    fj_let_go(object);
by_hook:
    hooked.handed = fj_handed(ts, callable, args, given + (names ? PyTuple_GET_SIZE(names) : 0));
    hooked.slot = slot; hooked.code = code; hooked.run = NULL; hooked.from_c = from_c;
    return call_hooked(ts, callable, args, nargsf, names);
}

static PyObject *leave_quick(PyFunctionObject *function, PyObject *const *args, FjSlot *slot, FjRun *run, int64_t outcome) {
    slot->calls++;
    fj_run_complete(run);
    return leave_frameless(run->context.tstate, function, slot, args, slot->parameters, run, outcome > 0 ? (int)outcome - 1 : -1);
}

/* A call that is left to the interpreter, to see how long it takes. */
static PyObject *call_tried(PyThreadState *ts, FjSlot *slot, PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names) {
    slot->calls++;
    return call_plain(ts, slot, callable, args, nargsf, names, called_from_c(ts, args));
}

enum { TRIED = -1 };    /* instead of the region to begin with */

/* A call for which the caller's frame may be seen. */
static __attribute__((noinline)) PyObject *call_seen(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names, int first, FjRun *left, int64_t outcome) {
    PyThreadState *ts = PyThreadState_Get();
    FjSlot *slot = fj_slot_of(((PyFunctionObject *)callable)->func_code);
    _PyInterpreterFrame *caller = fj_suspend_caller(ts, callable, args, PyVectorcall_NARGS(nargsf) + (names ? PyTuple_GET_SIZE(names) : 0));
    PyObject *result;
    if (left) result = leave_quick((PyFunctionObject *)callable, args, slot, left, outcome);
    else if (first == TRIED) result = call_tried(ts, slot, callable, args, nargsf, names);
    else result = call_slowly(callable, args, nargsf, names, first);
    if (caller && result) fj_caller_goes_on(ts, caller);
    return result;
}

static PyObject *call(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names) {
    PyFunctionObject *function = (PyFunctionObject *)callable;
    PyCodeObject *code = (PyCodeObject *)function->func_code;
    FjSlot *slot = fj_slot_here(code);
    if (slot != NULL && --slot->until < 0 && fj_on_trial(slot, PyThreadState_Get())) return call_seen(callable, args, nargsf, names, TRIED, NULL, 0);
    if (slot == NULL || slot->nquick == 0 || slot->recursive || names || PyVectorcall_NARGS(nargsf) != slot->parameters)
        return call_seen(callable, args, nargsf, names, 0, NULL, 0);
    PyThreadState *ts = PyThreadState_Get();
    if (!fj_undisturbed(ts, code)) return call_seen(callable, args, nargsf, names, 0, NULL, 0);
    FjQuickRun memory;
    int64_t outcome;
    FjRegion *region = fj_run_quickly(slot, ts, function->func_globals, (PyObject **)args, &memory, &outcome);
    if (region == NULL) return call_seen(callable, args, nargsf, names, slot->nquick, NULL, 0);
    if (outcome == FJ_RETURN) return fj_quick_result(slot, region, &memory);
    return call_seen(callable, args, nargsf, names, 0, &memory.run, outcome);
}

const vectorcallfunc fj_entry_vectorcall = call;
PyObject *fj_stub_new(FjSlot *slot) { Py_RETURN_NONE; }
int fj_keep_learned(PyObject *original, PyObject *copy, int shift) { return 0; }
#endif

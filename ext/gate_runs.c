/* What runs in the gate: regions of a suspended frame, one after the other, and what their exits make of it. */
#include "gate.h"
#include "entry.h"
#include <alloca.h>

int64_t fj_gate_write_exit(FjRun *run, int number, _PyInterpreterFrame *frame) {
    run->context.frame = frame;
    if (number < 0) {
        PyObject *error = run->context.result;
        run->context.result = NULL;
        if (error) {
            PyObject *type = PyTuple_GET_ITEM(error, 0), *value = PyTuple_GET_ITEM(error, 1), *traceback = PyTuple_GET_ITEM(error, 2);
            PyErr_Restore(Py_NewRef(type), value == Py_None ? NULL : Py_NewRef(value), traceback == Py_None ? NULL : Py_NewRef(traceback));
            Py_DECREF(error);
        }
        return FJ_RAISE;
    }
    return fj_leave(run, number, 1);
}

/* Ends a run: where the interpreter goes on, in units of the code without prologue. */
int64_t fj_gate_settle(FjRun *run, _PyInterpreterFrame *frame, int64_t outcome, int shift, int *unit) {
    *unit = outcome == FJ_MISS ? run->context.region->unit : run->unit;
    if (outcome == FJ_RETURN) *unit = fj_land_on_return(frame, run->context.result, run->context.unit < 0 ? -1 : run->context.unit + shift) - shift;
    fj_run_end(run, outcome);
    return outcome;
}

int64_t fj_gate_run(PyThreadState *ts, _PyInterpreterFrame *frame, FjRegion *region, int shift, int *unit) {
    int64_t outcome;
    *unit = region->unit;
    FjRun *run = fj_run_start(region, ts, alloca(fj_run_size(region)));
    if (run == NULL) return FJ_MISS;
    run->shift = shift;
    if (region->framed) outcome = fj_run_framed(run, frame);
    else outcome = region->native(&run->context, frame->localsplus);
    if (outcome > 0) outcome = fj_gate_write_exit(run, (int)outcome - 1, frame);
    return fj_gate_settle(run, frame, outcome, shift, unit);
}

static int64_t try_regions(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int from, int *unit) {
    int stacktop = frame->stacktop;
    for (int i = from; i < slot->nvariants; i++) {
        FjRegion *region = slot->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != frame->f_globals)) continue;
        int64_t outcome = fj_gate_run(ts, frame, region, slot->shift, unit);
        if (outcome != FJ_MISS) return outcome;
        frame->stacktop = stacktop;
    }
    return FJ_MISS;
}

int64_t fj_gate_run_call(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int from, int *unit) {
    PyCodeObject *code = FJ_CODE(frame);
    int64_t outcome = try_regions(ts, frame, slot, from, unit);
    if (outcome != FJ_MISS) return outcome;
    fj_executing(frame, code->_co_firsttraceable);
    int asked = fj_ask_for_code(slot, (PyObject *)FJ_FUNCTION(frame), frame->localsplus, fj_known_locals(code));
    if (asked < 0) { *unit = code->_co_firsttraceable + 1; return FJ_RAISE; }
    if (asked && !fj_observed(ts, code)) outcome = try_regions(ts, frame, slot, 0, unit);
    if (outcome == FJ_MISS) fj_no_variant(slot);
    return outcome;
}

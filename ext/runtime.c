/* What generated code calls at world points: polls and call-outs.

   Both write the frame as the interpreter would have it, let the world run, and check everything that native code
   relies on.  What still holds: native code goes on.  What doesn't: it has LEFT, and the frame is already right. */
#include "watch.h"
#include "recipes_gen.h"
#include "weigh.h"
#include "nest_kept.h"

__thread _PyInterpreterFrame *fj_polled;
static PyObject *poll_function;    /* a backward jump without RESUME: the evaluator's own check, in an invisible frame */

void fj_handle_pending_start(PyObject *function) { Py_XSETREF(poll_function, Py_NewRef(function)); }

/* Signals, pending calls, other threads, garbage collection: what the evaluator does when its breaker is set. */
int fj_handle_pending(PyThreadState *ts) {
#if PY_VERSION_HEX >= 0x030D0000
    return _Py_HandlePending(ts);
#else
    FJ_PY_REMAINING(ts) += 2;
    PyObject *result = PyObject_CallNoArgs(poll_function);
    FJ_PY_REMAINING(ts) -= 2;
    Py_XDECREF(result);
    return result ? 0 : -1;
#endif
}

/* Whether this poll stands at the region's own entry, and newer code waits to be entered there. */
static int begins_anew(const FjRegion *region, int32_t number) { return region->superseded && region->exits[number].unit == region->unit; }

/* Lists that only native code knows become real for each poll, which takes as long as they are: where polls come so often that native code
   hardly gets on between two, as with a timer's signals, or a thread that wakes again and again, it leaves them real, and leaves. */
enum { LITTLE = 300000, SHARE = 8 };            /* ticks that don't matter; the part of the time between two polls that writing the frame may take */
static uint64_t poll_over;

static int keeps_from_running(uint64_t begun, uint64_t written) { return written - begun > LITTLE && (written - begun) * SHARE > begun - poll_over; }

/* At a backward jump, `at` its unit: an interrupt is raised there.  The exit's unit is where LEFT goes on. */
int64_t fj_poll(FjContext *context, int32_t number, int32_t at) {
    FjRun *run = (FjRun *)context;
    _PyInterpreterFrame *frame = context->frame, *outer = fj_polled;
    PyCodeObject *code = FJ_CODE(frame);
    unsigned char fresh[code->co_stacksize + 1];
    Watch watch;
    uint64_t begun = fj_ticks(1);
    context->region->polls++;
    fj_counters.polls++;
    fj_forget_kept();
    fj_patient_again();
    context->left = number;
    if (fj_materialise(run, number, fresh) < 0) return FJ_RAISE;
    if (fj_raising_elsewhere(code, at + run->shift, context->region->exits[number].unit + run->shift)) return FJ_LEFT;
    FJ_WATCH(watch, run, number, fresh);
    take_snapshot(&watch, frame->stacktop, 1);
    int slow = keeps_from_running(begun, fj_ticks(1));
    fj_executing(frame, at + run->shift);
    int quiet = fj_quiet;
    fj_polled = frame;
    fj_quiet = 0;
    int failed = fj_handle_pending(context->tstate);
    fj_quiet = quiet;
    fj_polled = outer;
    watch.seen = frame->frame_obj != NULL;
    int holds = !failed && !slow && !fj_outweighed(context) && !begins_anew(context->region, number) && still_holds(&watch);
    let_go(&watch);
    if (failed) { run->unit = at; return FJ_RAISE; }
    if (!holds) return FJ_LEFT;
    clear_fresh(frame, fresh, frame->stacktop - code->co_nlocalsplus);
    lists_again(&watch);
    context->left = -1;
    if (context->region->level_bytes) fj_ask_levels(context, 1);
    poll_over = fj_ticks(1);
    return 0;
}

/* One instruction, whose opcode proper stands at `at`; the exit's recipe is the state before it. */
int64_t fj_callout(FjContext *context, int32_t number, int32_t kind, int32_t arg, int32_t next_unit, int32_t at) {
    FjRun *run = (FjRun *)context;
    _PyInterpreterFrame *frame = context->frame;
    PyCodeObject *code = FJ_CODE(frame);
    unsigned char fresh[code->co_stacksize + 1];
    Watch watch;
    FjRegion *region = context->region;
    int measures = region->callouts++ % FJ_MEASURED == 0;
    uint64_t begun = fj_ticks(measures);
    region->exits[number].count++;     /* of a call-out's exit: how often it was made */
    fj_counters.callouts++;
    fj_forget_kept();
    context->left = number;
    if (fj_materialise(run, number, fresh) < 0) return FJ_RAISE;
    FJ_WATCH(watch, run, number, fresh);
    take_snapshot(&watch, frame->stacktop, notes_all(region, frame));
    fj_executing(frame, at + run->shift);
    PyObject **stack = frame->localsplus + code->co_nlocalsplus;
    FjCallout callout = {run, frame->localsplus + frame->stacktop, NULL, arg, next_unit, -1, at, 0};
    callout.lowest = callout.top;
    int quiet = fj_quiet;
    fj_quiet = 0;
    uint64_t called = fj_ticks(measures);
    int answer = (uint32_t)(kind & ~FJ_CATCHES) < FJ_C_ROWS ? fj_rows[kind & ~FJ_CATCHES](&callout) : FJ_UNDONE;
    uint64_t answered = fj_ticks(measures);
    watch.seen = frame->frame_obj != NULL;      /* what is caught makes it one */
    context->caught = answer == FJ_ERROR && kind & FJ_CATCHES && catch(&watch, &callout, at);
    if (context->caught) answer = FJ_DONE;
    fj_quiet = quiet;
    frame->stacktop = (int)(callout.top - frame->localsplus);
    watch.nhomes = (int)(callout.lowest - frame->localsplus);
    if (callout.changed >= 0 && watch.whole) {
        PyObject *object = watch.homes[callout.changed] = frame->localsplus[callout.changed];
        watch.kinds[callout.changed] = object ? Py_TYPE(object) : NULL;
    }
    int holds = answer != FJ_ERROR && answer != FJ_UNDONE && still_holds(&watch);
    let_go(&watch);
    if (answer == FJ_ERROR) { run->unit = callout.at; fj_exit_teaches(context->region, number, context->spill); return FJ_RAISE; }
    if (answer == FJ_UNDONE) return FJ_LEFT;
    run->unit = callout.next;
    if (!holds) return FJ_LEFT;
    clear_fresh(frame, fresh, (int)(callout.lowest - stack));
    context->result = callout.top > stack ? callout.top[-1] : NULL;
    context->left = -1;
    if (region->level_bytes) fj_ask_levels(context, 1);
    if (measures) fj_note_overhead(region, called - begun + fj_ticks(1) - answered, begun);
    return 0;
}

/* Whether somebody holds the frame of the region that runs: then its locals must be right when it returns. */
int64_t fj_frame_kept(void) {
    return fj_kept(FJ_CURRENT(PyThreadState_Get()));
}

/* One execution of a region: its context, and what its outcome does to the frame. */
#include "frame.h"
#include "raw_lists.h"
#include "weigh.h"
#include "nest_kept.h"
#include <pthread.h>

FjCounters fj_counters;
int64_t fj_iterations_behind;          /* of the run that left last */
static __thread uintptr_t stack_mark;

/* Bytes until half of the thread's stack is used. */
int64_t fj_stack_left(void) {
    char here;
    if (stack_mark == 0) {
        pthread_attr_t attributes;
        void *address = NULL;
        size_t size = 0;
        if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
            pthread_attr_getstack(&attributes, &address, &size);
            pthread_attr_destroy(&attributes);
        }
        if (size == 0 || size > ((size_t)1 << 30)) { size = (size_t)4 << 20; address = (void *)((uintptr_t)&here - size); }
        stack_mark = (uintptr_t)address + size / 2;
    }
    return (int64_t)((uintptr_t)&here - stack_mark);
}

/* Half of the thread's stack is used: native calls give way to the interpreter's inlined ones. */
int fj_stack_is_low(void) { return fj_stack_left() < 0; }

size_t fj_run_size(const FjRegion *region) {
    return sizeof(FjRun) + sizeof(int64_t) * (region->spill + 1) + sizeof(PyObject *) * region->ncells;
}

/* NULL: a guarded name holds something else.  Otherwise fj_run_end must follow. */
FjRun *fj_run_start(FjRegion *region, PyThreadState *ts, void *memory) {
    FjRun *run = memory;
    FjContext *context = &run->context;
    context->result = NULL;
    context->number = 0;
    context->tstate = ts;
    context->breaker = fj_breaker(ts);
    context->frame = NULL;
    context->region = region;
    context->consts = region->consts;
    context->spill = (int64_t *)(run + 1);
    context->names = (PyObject **)(context->spill + region->spill + 1);
    context->left = -1;
    context->unit = -1;
    context->spill[0] = 0;
    run->shift = 0;
    run->unit = region->unit;
    if (fj_memory_is_low) return NULL;
    if (region->checks && !fj_cells_read(region, context->names)) { region->misses++; fj_counters.misses++; return NULL; }
    Py_INCREF(region->owner);
    if (region->level_bytes && !region->framed) fj_ask_levels(context, 0);
    return run;
}

/* A quick region leaves: the rest of its run, as fj_run_start would have made it.  fj_run_end must follow. */
void fj_run_complete(FjRun *run) {
    FjContext *context = &run->context;
    context->result = NULL;
    context->number = 0;
    context->frame = NULL;
    context->left = -1;
    context->unit = -1;
    run->shift = 0;
    run->unit = context->region->unit;
    Py_INCREF(context->region->owner);
}

void fj_run_end(FjRun *run, int64_t outcome) {
    FjRegion *region = run->context.region;
    if (outcome == FJ_MISS) { region->misses++; fj_counters.misses++; }
    else {
        region->entries++;
        region->iterations += run->context.spill[0];
        fj_counters.native_entries++;
        fj_counters.iterations += run->context.spill[0];
        if (outcome == FJ_RAISE) fj_counters.raised++;
        if (outcome == FJ_LEFT) { fj_counters.left++; fj_iterations_behind = run->context.spill[0]; }
        if (region->entries % FJ_WEIGHED_ENTRIES == 0) fj_weigh_entered(region);
    }
    fj_forget_kept();
    if (fj_any_late) fj_late_end();
    fj_let_go(region->owner);
}

/* Runs on a live frame that is linked.  Answers RETURN (the value stack is empty then), MISS, RAISE or LEFT: after the
   last two the frame is written, and run->unit says where. */
int64_t fj_run_framed(FjRun *run, _PyInterpreterFrame *frame) {
    FjContext *context = &run->context;
    FjRegion *region = context->region;
    context->frame = frame;
    frame->stacktop = FJ_CODE(frame)->co_nlocalsplus + region->depth;
    fj_executing(frame, region->unit + run->shift);
    if (region->level_bytes) fj_ask_levels(context, 1);
    int quiet = fj_quiet;
    int64_t outcome = region->native(context, frame->localsplus);
    fj_quiet = quiet;
    if (fj_unasked) fj_count_unasked(region);
    if (outcome > 0) return fj_leave(run, (int)outcome - 1, 1);
    if (outcome == FJ_RETURN) fj_clear_stack(frame);
    return outcome;
}

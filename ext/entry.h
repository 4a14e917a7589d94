/* How a call reaches compiled code: what both ways share.

   A quick region has no frame, no world points and few exits' values.  While it runs nothing else does, so neither the slot
   nor the region can go, and the run owns no reference and fills in only what generated code reads: fj_run_complete does
   the rest for a run that leaves. */
#ifndef FRAMEJIT_ENTRY_H
#define FRAMEJIT_ENTRY_H
#include "frame.h"
FJ_INNER extern vectorcallfunc fj_plain_vectorcall;         /* what every function has that nobody touched */
FJ_INNER extern const vectorcallfunc fj_entry_vectorcall;   /* what prepared functions have instead (3.12 and later) */
FJ_INNER extern Py_ssize_t fj_extra_index;                  /* of the slot among a code object's extras */
FJ_INNER int fj_ask_for_code(FjSlot *slot, PyObject *function, PyObject *const *args, int count);
FJ_INNER int fj_may_enter(PyThreadState *ts, FjSlot *slot, PyCodeObject *code);
FJ_INNER void fj_no_variant(FjSlot *slot);
enum { FJ_NEVER = 0x7FFFFFFF };     /* calls */
FJ_INNER int fj_on_trial(FjSlot *slot, PyThreadState *ts);
FJ_INNER int fj_parameters(const PyCodeObject *code);
FJ_INNER int fj_known_locals(const PyCodeObject *code);
FJ_INNER extern int fj_gate_armed;
FJ_INNER extern volatile int fj_adding_look;    /* elsewhere.c: another thread takes the lock of the pending calls of any thread */

typedef PyObject *(*FjMethod)(PyObject *, PyObject *const *, Py_ssize_t);
FJ_INNER int fj_come_before(PyObject *monitoring, const char *name, FjMethod ours, FjMethod *before);      /* monitored.c */
FJ_INNER int fj_tell_originals(PyObject *monitoring);                                                      /* told.c */

/* Arguments that only the caller's value stack keeps (handed.c): bit i of `which` for args[i]. */
typedef struct { PyObject **args; uint64_t which; } FjHanded;
FJ_INNER FjHanded fj_handed(PyThreadState *ts, PyObject *callable, PyObject *const *args, Py_ssize_t count);
FJ_INNER void fj_hand_over(FjHanded *handed);
FJ_INNER void fj_take_back(FjHanded *handed, _PyInterpreterFrame *frame);

FJ_INNER _PyInterpreterFrame *fj_suspend_caller(PyThreadState *ts, PyObject *callable, PyObject *const *args, Py_ssize_t count);
FJ_INNER void fj_caller_goes_on(PyThreadState *ts, _PyInterpreterFrame *frame);

/* No job waits, and the gate's frame has room on the current chunk. */
static inline int fj_gate_open(PyThreadState *ts) { return !fj_gate_armed && ts->datastack_top + 64 < ts->datastack_limit; }

typedef struct { Py_ssize_t size; void *extras[1]; } FjCodeExtras;     /* private to codeobject.c, the same in 3.11 to 3.13 */

static inline FjSlot *fj_slot_here(PyCodeObject *code) {
    FjCodeExtras *extras = code->co_extra;
    return extras == NULL || extras->size <= fj_extra_index ? NULL : extras->extras[fj_extra_index];
}

/* Words behind a run for exits' values and name cells. */
enum { FJ_QUICK_WORDS = 24 };
typedef struct { FjRun run; int64_t words[FJ_QUICK_WORDS]; } FjQuickRun;

/* The quick region that took the call, and its outcome; NULL when none did. */
static inline FjRegion *fj_run_quickly(FjSlot *slot, PyThreadState *ts, PyObject *globals, PyObject **home, FjQuickRun *memory,
                                       int64_t *outcome) {
    FjContext *context = &memory->run.context;
    for (int i = 0; i < slot->nquick; i++) {
        FjRegion *region = slot->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != globals)) continue;
        context->tstate = ts;
        context->breaker = fj_breaker(ts);
        context->region = region;
        context->consts = region->consts;
        context->spill = memory->words;
        context->names = (PyObject **)(memory->words + region->spill + 1);
        memory->words[0] = 0;
        if (region->level_bytes) fj_ask_levels(context, 0);
        if (!region->checks || fj_cells_read(region, context->names)) {
            *outcome = region->native(context, home);
            if (*outcome != FJ_MISS) return region;
        }
        region->misses++; fj_counters.misses++;
    }
    return NULL;
}

/* What a quick region that returned gives. */
static inline PyObject *fj_quick_result(FjSlot *slot, FjRegion *region, FjQuickRun *memory) {
    slot->calls++;
    region->entries++;
    fj_counters.native_entries++;
    if (memory->words[0]) { region->iterations += memory->words[0]; fj_counters.iterations += memory->words[0]; }
    return memory->run.context.result;
}
#endif

/* What generated code calls at world points: polls and call-outs.

   Both write the frame as the interpreter would have it, let the world run, and check everything that native code
   relies on.  What still holds: native code goes on.  What doesn't: it has LEFT, and the frame is already right. */
#include "frame.h"
#include "numpy_table.h"
#include "raw_lists.h"
#include "raising.h"
#include "recipes_gen.h"
#include "weigh.h"

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

/* What is relied on across one world point. */
typedef struct {
    FjRun *run;
    _PyInterpreterFrame *frame;
    PyObject **homes;              /* a copy of the homes as they were written, */
    PyTypeObject **kinds;          /* and of what types they were */
    int nhomes;
    const int32_t *facts;
    int nfacts;
    PyObject **headers;            /* per array fact: descr, base, flags as they were */
    unsigned char *pinned;         /* name cells that must hold what they held */
    PyTypeObject **types;          /* of what the name cells hold */
    PyObject **held;               /* locals and cells whose numbers are held meanwhile */
    int nheld;
    const unsigned char *fresh;    /* of the stack's slots */
    uintptr_t *places;             /* where those stand that native code moves */
} Watch;

enum { GONE = 0 };                 /* in the place of a fact's object */

static const int32_t *fact_end(const int32_t *fact) {
    if (fact[0] == FJ_FACT_CELL || fact[0] == FJ_FACT_HEADER) return fact + 2;
    if (fact[0] == FJ_FACT_RAW) return fact + 3;
    return fact + 4 + 2 * fact[3];
}

/* One number that changes when the header does: data, dtype, base, flags, shape, strides. */
static uintptr_t header_hash(const FjArray *array) {
    uint64_t hash = (uint64_t)array->data;
    #define FJ_MIX(value) (hash = (hash ^ (uint64_t)(value)) * 0x9E3779B97F4A7C15u, hash ^= hash >> 29)
    FJ_MIX(array->descr); FJ_MIX(array->base); FJ_MIX(array->flags); FJ_MIX(array->nd);
    for (int i = 0; i < array->nd; i++) { FJ_MIX(array->dims[i]); FJ_MIX(array->strides[i]); }
    #undef FJ_MIX
    return (uintptr_t)hash;
}

static void watch_facts(Watch *watch) {
    const int64_t *spill = watch->run->context.spill;
    const int32_t *fact = watch->facts;
    PyObject **header = watch->headers;
    memset(watch->pinned, 0, watch->run->context.region->ncells);
    for (int i = 0; i < watch->nfacts; i++, fact = fact_end(fact)) {
        if (fact[0] == FJ_FACT_CELL) { watch->pinned[fact[1]] = 1; continue; }
        if (fact[0] == FJ_FACT_RAW) { fj_raw_note((PyObject *)spill[fact[1]], header); header += 3; continue; }
        FjArray *array = (FjArray *)spill[fact[1]];
        if (fact[0] == FJ_FACT_HEADER) { *header++ = (PyObject *)header_hash(array); header += 2; continue; }
        *header++ = array->descr; *header++ = array->base; *header++ = (PyObject *)(intptr_t)array->flags;
    }
}

static int array_holds(const int32_t *fact, const int64_t *spill, PyObject **header) {
    FjArray *array = (FjArray *)spill[fact[1]];
    int rank = fact[3];
    if ((int64_t)array->data != spill[fact[2]] || array->nd != rank) return 0;
    if (array->descr != header[0] || array->base != header[1] || (intptr_t)array->flags != (intptr_t)header[2]) return 0;
    for (int i = 0; i < rank; i++) {
        if (array->dims[i] != spill[fact[4 + i]] || array->strides[i] != spill[fact[4 + rank + i]]) return 0;
    }
    return 1;
}

/* Where an iterator of the interpreter's own stands, and those in it: whoever finds it through the collector may move it. */
static int standing(PyObject *object, void *hash) {
    PyTypeObject *type = Py_TYPE(object);
    if (type->tp_iternext && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        const uintptr_t *word = (const uintptr_t *)(object + 1), *end = (const uintptr_t *)((char *)object + type->tp_basicsize);
        for (; word < end; word++) *(uintptr_t *)hash = (*(uintptr_t *)hash ^ *word) * 0x9E3779B97F4A7C15u;
    } else if (type != &PyTuple_Type) return 0;
    if (type == &PyTupleIter_Type) return 0;        /* what it walks over may lead anywhere */
    return PyObject_IS_GC(object) ? type->tp_traverse(object, standing, hash) : 0;
}

static uintptr_t place_of(const Watch *watch, int depth) {
    uintptr_t hash = 0;
    standing(watch->frame->localsplus[FJ_CODE(watch->frame)->co_nlocalsplus + depth], &hash);
    return hash;
}

static int walks_hold(const Watch *watch) {
    int count = watch->nhomes - FJ_CODE(watch->frame)->co_nlocalsplus;
    for (int i = 0; i < count; i++)
        if (watch->fresh[i] & FJ_WALKS && watch->places[i] != place_of(watch, i)) return 0;
    return 1;
}

/* Whether nobody that has the frame object has put something else into the homes. */
static int homes_hold(const Watch *watch) {
    PyObject **home = watch->frame->localsplus;
    if (watch->frame->frame_obj == NULL) return 1;
    for (int i = 0; i < watch->nhomes; i++)
        if (home[i] != watch->homes[i] || (home[i] && Py_TYPE(home[i]) != watch->kinds[i])) return 0;
    return 1;
}

static int still_holds(Watch *watch) {
    FjContext *context = &watch->run->context;
    PyObject **header = watch->headers;
    const int32_t *fact = watch->facts;
    FjHolders holders = {context->region, watch->frame->localsplus, FJ_CODE(watch->frame)->co_nlocalsplus, watch->nhomes};
    if (fj_memory_is_low) return 0;
    if (fj_observed(context->tstate, FJ_CODE(watch->frame)) || fj_original_observed(FJ_CODE(watch->frame)) || context->tstate->interp->eval_frame) return 0;
    if (!homes_hold(watch) || !walks_hold(watch)) return 0;
    if (!fj_cells_verify(context->region, context->names, watch->pinned, watch->types)) return 0;
    for (int i = 0; i < watch->nfacts; i++, fact = fact_end(fact)) {
        if (fact[0] == FJ_FACT_CELL) continue;
        if (context->spill[fact[1]] == GONE) { header += 3; continue; }
        if (fact[0] == FJ_FACT_HEADER) {
            if (header[0] != (PyObject *)header_hash((FjArray *)context->spill[fact[1]])) return 0;
        } else if (fact[0] == FJ_FACT_RAW) {
            if (!fj_raw_could((PyObject *)context->spill[fact[1]], fact[2], header, &holders)) return 0;
        } else if (!array_holds(fact, context->spill, header)) return 0;
        header += 3;
    }
    return 1;
}

/* Native code goes on: the lists that it alone knows are raw again. */
static void lists_again(Watch *watch) {
    const int32_t *fact = watch->facts;
    for (int i = 0; i < watch->nfacts; i++, fact = fact_end(fact))
        if (fact[0] == FJ_FACT_RAW && watch->run->context.spill[fact[1]] != GONE) fj_raw_again((PyObject *)watch->run->context.spill[fact[1]], fact[2], watch->run->context.region);
}

/* Catches what was raised: arrays and lists that only the stack kept end with it, and nothing relies on them any more. */
static int catch(Watch *watch, FjCallout *callout, int at) {
    int64_t *spill = watch->run->context.spill;
    const int32_t *fact = watch->facts, *slots[watch->nfacts + 1];
    PyObject *kept[watch->nfacts + 1];
    int count = 0;
    for (int i = 0; i < watch->nfacts; i++, fact = fact_end(fact)) {
        if (fact[0] == FJ_FACT_CELL) continue;
        kept[count] = Py_NewRef((PyObject *)spill[fact[1]]);
        slots[count++] = fact + 1;
    }
    int caught = fj_unwind(callout, at);
    for (int i = 0; i < count; i++) {
        PyObject *object = kept[i];
        int ours = 0;
        for (int k = 0; k < count; k++) ours += kept[k] == object;
        if (object == NULL || Py_REFCNT(object) != ours) continue;
        for (int k = 0; k < count; k++)
            if (kept[k] == object) { spill[*slots[k]] = GONE; kept[k] = NULL; Py_DECREF(object); }
        i = -1;                         /* others may have ended with it */
    }
    for (int i = 0; i < count; i++) Py_XDECREF(kept[i]);
    return caught;
}

static void begin_watch(Watch *watch, FjRun *run, int32_t number, const unsigned char *fresh) {
    watch->run = run;
    watch->fresh = fresh;
    watch->frame = run->context.frame;
    watch->facts = run->context.region->exits[number].facts;
    watch->nfacts = run->context.region->exits[number].nfacts;
    watch->homes = NULL; watch->headers = NULL; watch->pinned = NULL;
}

/* Numbers that native code has unboxed are held across the world point: else a number that takes a dead one's place in
   memory would pass for it. */
static inline void hold(Watch *watch, PyObject *object) {
    if (object && fj_is_number(object)) watch->held[watch->nheld++] = Py_NewRef(object);
}

static void let_go(Watch *watch) {
    for (int i = 0; i < watch->nheld; i++) Py_DECREF(watch->held[i]);
}

static void take_snapshot(Watch *watch, int nhomes) {
    int locals = FJ_CODE(watch->frame)->co_nlocalsplus, cells = watch->run->context.region->ncells;
    PyObject **home = watch->frame->localsplus, **names = watch->run->context.names;
    watch->nhomes = nhomes;
    watch->nheld = 0;
    for (int i = 0; i < nhomes; i++) {
        watch->homes[i] = home[i];
        watch->kinds[i] = home[i] ? Py_TYPE(home[i]) : NULL;
        if (i < locals) hold(watch, home[i]);
        else if (watch->fresh[i - locals] & FJ_WALKS) watch->places[i - locals] = place_of(watch, i - locals);
    }
    for (int i = 0; i < cells; i++) {
        watch->types[i] = names[i] ? Py_TYPE(names[i]) : NULL;
        hold(watch, names[i]);
    }
    watch_facts(watch);
}

/* Boxes that only the interpreter would have needed are taken off the stack again. */
static void clear_fresh(_PyInterpreterFrame *frame, const unsigned char *fresh, int count) {
    PyObject **stack = frame->localsplus + FJ_CODE(frame)->co_nlocalsplus;
    for (int i = 0; i < count; i++) if (fresh[i] & FJ_FRESH) Py_CLEAR(stack[i]);
}

#define FJ_WATCH(watch, run, number, fresh) \
    begin_watch(&(watch), (run), (number), fresh); \
    uintptr_t places_[FJ_CODE((watch).frame)->co_stacksize + 1]; \
    PyObject *homes_[FJ_CODE((watch).frame)->co_nlocalsplus + FJ_CODE((watch).frame)->co_stacksize + 1]; \
    PyTypeObject *kinds_[FJ_CODE((watch).frame)->co_nlocalsplus + FJ_CODE((watch).frame)->co_stacksize + 1]; \
    PyObject *headers_[3 * (watch).nfacts + 1]; \
    unsigned char pinned_[(run)->context.region->ncells + 1]; \
    PyObject *held_[FJ_CODE((watch).frame)->co_nlocalsplus + (run)->context.region->ncells + 1]; \
    PyTypeObject *types_[(run)->context.region->ncells + 1]; \
    (watch).held = held_; (watch).types = types_; (watch).places = places_; \
    (watch).homes = homes_; (watch).kinds = kinds_; (watch).headers = headers_; (watch).pinned = pinned_

/* Whether this poll stands at the region's own entry, and newer code waits to be entered there. */
static int begins_anew(const FjRegion *region, int32_t number) { return region->superseded && region->exits[number].unit == region->unit; }

/* At a backward jump, `at` its unit: an interrupt is raised there.  The exit's unit is where LEFT goes on. */
int64_t fj_poll(FjContext *context, int32_t number, int32_t at) {
    FjRun *run = (FjRun *)context;
    _PyInterpreterFrame *frame = context->frame, *outer = fj_polled;
    PyCodeObject *code = FJ_CODE(frame);
    unsigned char fresh[code->co_stacksize + 1];
    Watch watch;
    context->region->polls++;
    fj_counters.polls++;
    fj_patient_again();
    context->left = number;
    if (fj_materialise(run, number, fresh) < 0) return FJ_RAISE;
    if (fj_raising_elsewhere(context->tstate, code, at + run->shift, context->region->exits[number].unit + run->shift)) return FJ_LEFT;
    FJ_WATCH(watch, run, number, fresh);
    take_snapshot(&watch, frame->stacktop);
    fj_executing(frame, at + run->shift);
    int quiet = fj_quiet;
    fj_polled = frame;
    fj_quiet = 0;
    int failed = fj_handle_pending(context->tstate);
    fj_quiet = quiet;
    fj_polled = outer;
    int holds = !failed && !fj_outweighed(context) && !begins_anew(context->region, number) && still_holds(&watch);
    let_go(&watch);
    if (failed) { run->unit = at; return FJ_RAISE; }
    if (!holds) return FJ_LEFT;
    clear_fresh(frame, fresh, frame->stacktop - code->co_nlocalsplus);
    lists_again(&watch);
    context->left = -1;
    if (context->region->level_bytes) fj_ask_levels(context, 1);
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
    context->left = number;
    if (fj_materialise(run, number, fresh) < 0) return FJ_RAISE;
    FJ_WATCH(watch, run, number, fresh);
    take_snapshot(&watch, frame->stacktop);
    fj_executing(frame, at + run->shift);
    PyObject **stack = frame->localsplus + code->co_nlocalsplus;
    FjCallout callout = {run, frame->localsplus + frame->stacktop, NULL, arg, next_unit, -1, at, 0};
    callout.lowest = callout.top;
    int quiet = fj_quiet;
    fj_quiet = 0;
    uint64_t called = fj_ticks(measures);
    int answer = (uint32_t)(kind & ~FJ_CATCHES) < FJ_C_ROWS ? fj_rows[kind & ~FJ_CATCHES](&callout) : FJ_UNDONE;
    uint64_t answered = fj_ticks(measures);
    context->caught = answer == FJ_ERROR && kind & FJ_CATCHES && catch(&watch, &callout, at);
    if (context->caught) answer = FJ_DONE;
    fj_quiet = quiet;
    frame->stacktop = (int)(callout.top - frame->localsplus);
    watch.nhomes = (int)(callout.lowest - frame->localsplus);
    if (callout.changed >= 0) {
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
    if (measures) fj_note_overhead(region, called - begun + fj_ticks(1) - answered);
    return 0;
}

/* Whether somebody holds the frame of the region that runs: then its locals must be right when it returns. */
int64_t fj_frame_kept(void) {
    return fj_kept(FJ_CURRENT(PyThreadState_Get()));
}

/* What native code relies on across a world point: noted before it, compared behind it (runtime.c). */
#ifndef FRAMEJIT_WATCH_H
#define FRAMEJIT_WATCH_H
#include "frame.h"
#include "numpy_table.h"
#include "raw_lists.h"
#include "raising.h"
#include "recipes_gen.h"

extern unsigned long fj_classes_changed;      /* how often an object has got another class (class_changes.c) */

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
    uint64_t *versions;            /* of the dictionaries that names are in */
    int whole;                     /* whether homes and names are noted one by one */
    unsigned long classes;         /* how often an object had got another class */
    int seen;                      /* whether the frame has been an object behind the world point */
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

/* Whether somebody has found an iterator, or one in it, and keeps it: then it is the one to go on with. */
static int kept(PyObject *object, void *unused) {
    PyTypeObject *type = Py_TYPE(object);
    int walks = type->tp_iternext && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE);
    if (walks && Py_REFCNT(object) > 1) return 1;
    return (walks || type == &PyTuple_Type) && type != &PyTupleIter_Type && PyObject_IS_GC(object) ? type->tp_traverse(object, kept, unused) : 0;
}

static int walks_hold(const Watch *watch) {
    int locals = FJ_CODE(watch->frame)->co_nlocalsplus, count = watch->nhomes - locals;
    for (int i = 0; i < count; i++)
        if (watch->fresh[i] & FJ_WALKS && (watch->places[i] != place_of(watch, i) || kept(watch->frame->localsplus[locals + i], NULL))) return 0;
    return 1;
}

/* Whether nobody that has the frame object has put something else into the homes. */
static int homes_hold(const Watch *watch) {
    PyObject **home = watch->frame->localsplus;
    if (!watch->seen) return 1;
    watch->run->context.region->watched = 1;
    if (!watch->whole) return 0;
    for (int i = 0; i < watch->nhomes; i++)
        if (home[i] != watch->homes[i] || (home[i] && Py_TYPE(home[i]) != watch->kinds[i])) return 0;
    return 1;
}

static int still_holds(Watch *watch) {
    FjContext *context = &watch->run->context;
    PyObject **header = watch->headers;
    const int32_t *fact = watch->facts;
    FjHolders holders = {context->region, watch->frame->localsplus, FJ_CODE(watch->frame)->co_nlocalsplus, watch->nhomes};
    if (fj_memory_is_low || watch->classes != fj_classes_changed || FJ_PY_REMAINING(context->tstate) <= FJ_SPARE) return 0;
    if (fj_observed(context->tstate, FJ_CODE(watch->frame)) || fj_original_observed(FJ_CODE(watch->frame)) || context->tstate->interp->eval_frame) return 0;
    if (!homes_hold(watch) || !walks_hold(watch)) return 0;
    if (!fj_cells_verify(context->region, context->names, watch->pinned, watch->types, watch->versions, watch->whole)) return 0;
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

/* Whether everything is noted one by one: where frames have been looked at or names changed, and until enough call-outs have shown that they aren't.
   Else it is enough that nobody has the frame and that dictionaries are as they were; where that isn't so behind the world point, native code ends
   there once. */
static int notes_all(const FjRegion *region, const _PyInterpreterFrame *frame) {
    enum { SHOWN = 256 };
    return region->watched || region->callouts < SHOWN || frame->frame_obj != NULL;
}

static void take_snapshot(Watch *watch, int nhomes, int whole) {
    int locals = FJ_CODE(watch->frame)->co_nlocalsplus, cells = watch->run->context.region->ncells;
    PyObject **home = watch->frame->localsplus, **names = watch->run->context.names;
    watch->nhomes = nhomes;
    watch->nheld = 0;
    watch->classes = fj_classes_changed;
    watch->whole = whole;
    for (int i = 0; whole && i < nhomes; i++) {
        watch->homes[i] = home[i];
        watch->kinds[i] = home[i] ? Py_TYPE(home[i]) : NULL;
        if (i < locals) hold(watch, home[i]);
    }
    for (int i = locals; i < nhomes; i++)
        if (watch->fresh[i - locals] & FJ_WALKS) watch->places[i - locals] = place_of(watch, i - locals);
    for (int i = 0; i < cells; i++) {
        watch->types[i] = names[i] ? Py_TYPE(names[i]) : NULL;
        if (whole) hold(watch, names[i]);
    }
    fj_versions_read(watch->run->context.region, watch->versions);
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
    uint64_t versions_[(run)->context.region->nspaces + 1]; \
    (watch).held = held_; (watch).types = types_; (watch).versions = versions_; (watch).places = places_; \
    (watch).homes = homes_; (watch).kinds = kinds_; (watch).headers = headers_; (watch).pinned = pinned_
#endif

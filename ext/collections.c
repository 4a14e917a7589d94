/* Collections of garbage that find none: they run in native code, for nobody hears of them.

   One that would end something, full ones, and those whose callbacks are to be called are the interpreter's: there native code
   leaves before it makes the object. */
#include "compat.h"
#include "machine.h"
#include "collections.h"
#include "internal/pycore_gc.h"
#include <string.h>

enum { FULL = NUM_GENERATIONS - 1, REFERENCE = 1 << _PyGC_PREV_SHIFT };

typedef struct { PyGC_Head **heads; size_t count, room; int failed; } Reached;

/* PyObject_IS_GC, which is a call for each item of each list. */
static inline int is_collected(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    return type->tp_flags & Py_TPFLAGS_HAVE_GC && (type->tp_is_gc == NULL || type->tp_is_gc(object));
}

static PyGC_Head *in_question(PyObject *object) {
    if (!is_collected(object)) return NULL;
    PyGC_Head *head = (PyGC_Head *)object - 1;
    return head->_gc_prev & _PyGC_PREV_MASK_COLLECTING ? head : NULL;
}

static int one_inside(PyObject *object, void *unused) {
    PyGC_Head *head = in_question(object);
    if (head) head->_gc_prev -= REFERENCE;
    return 0;
}

/* An object that something outside refers to: it is asked in its turn what it refers to. */
static int reach(PyObject *object, void *with) {
    Reached *reached = with;
    PyGC_Head *head = in_question(object);
    if (head == NULL) return 0;
    if (reached->count == reached->room) {
        PyGC_Head **more = PyMem_RawRealloc(reached->heads, (2 * reached->room + 64) * sizeof *more);
        if (more == NULL) { reached->failed = 1; return 1; }
        reached->heads = more;
        reached->room = 2 * reached->room + 64;
    }
    head->_gc_prev &= ~(uintptr_t)_PyGC_PREV_MASK_COLLECTING;
    reached->heads[reached->count++] = head;
    return 0;
}

static void visit(PyGC_Head *head, visitproc visitor, void *with) {
    PyObject *object = (PyObject *)(head + 1);
    Py_TYPE(object)->tp_traverse(object, visitor, with);
}

#define EACH(head, last) for (int i_ = 0; i_ <= (last); i_++) \
    for (PyGC_Head *first_ = &gc->generations[i_].head, *head = _PyGCHead_NEXT(first_); head != first_; head = _PyGCHead_NEXT(head))

/* Whether everything in the generations up to this one can be reached from elsewhere.  Counts stand in the links backwards
   meanwhile, as in the collector's own walk, and are links again behind it. */
static int no_garbage(struct _gc_runtime_state *gc, int last) {
    Reached reached = {NULL};
    int found = 0;
    EACH(head, last) {
        uintptr_t finalized = head->_gc_prev & _PyGC_PREV_MASK_FINALIZED;
        head->_gc_prev = (uintptr_t)Py_REFCNT((PyObject *)(head + 1)) << _PyGC_PREV_SHIFT | _PyGC_PREV_MASK_COLLECTING | finalized;
    }
    EACH(head, last) visit(head, one_inside, NULL);
    EACH(head, last) {
        if (head->_gc_prev < REFERENCE || !(head->_gc_prev & _PyGC_PREV_MASK_COLLECTING)) continue;
        reach((PyObject *)(head + 1), &reached);
        while (reached.count) visit(reached.heads[--reached.count], reach, &reached);
    }
    for (int i = 0; i <= last; i++) {
        PyGC_Head *first = &gc->generations[i].head, *before = first;
        for (PyGC_Head *head = _PyGCHead_NEXT(first); head != first; before = head, head = _PyGCHead_NEXT(head)) {
            found |= head->_gc_prev & _PyGC_PREV_MASK_COLLECTING;
            head->_gc_prev = (uintptr_t)before | (head->_gc_prev & _PyGC_PREV_MASK_FINALIZED);
        }
    }
    PyMem_RawFree(reached.heads);
    return !found && !reached.failed;
}

/* The generation that the collector would choose: of those that are over their thresholds the oldest one, of all objects only where
   enough of them are new. */
static int chosen(struct _gc_runtime_state *gc) {
    for (int i = FULL; i > 0; i--)
        if (gc->generations[i].count > gc->generations[i].threshold && (i < FULL || gc->long_lived_pending >= gc->long_lived_total / 4)) return i;
    return 0;
}

/* gc.collect, whatever the program has put in its place; NULL: there is none. */
static PyObject *collect_function(void) {
    static PyObject *kept;
    PyObject *name = kept ? NULL : PyUnicode_FromString("gc"), *module = name ? PyImport_GetModule(name) : NULL;
    PyModuleDef *definition = module && PyModule_Check(module) ? PyModule_GetDef(module) : NULL;
    for (PyMethodDef *row = definition ? definition->m_methods : NULL; row && row->ml_name && kept == NULL; row++)
        if (strcmp(row->ml_name, "collect") == 0) kept = PyCFunction_NewEx(row, module, NULL);
    Py_XDECREF(name);
    Py_XDECREF(module);
    PyErr_Clear();
    return kept;
}

/* Whether the collection that is due has been made. */
static int collected(struct _gc_runtime_state *gc) {
    int last = chosen(gc);
    if (gc->collecting || gc->debug || last == FULL || (gc->callbacks && PyList_GET_SIZE(gc->callbacks))) return 0;
    PyObject *collect = collect_function(), *number = collect ? PyLong_FromLong(last) : NULL, *done = NULL;
    if (number && no_garbage(gc, last)) done = PyObject_CallOneArg(collect, number);
    PyErr_Clear();
    Py_XDECREF(number);
    Py_XDECREF(done);
    return done != NULL;
}

/* Whether so many can be made before a collection.  Where it waits for the evaluator's check, the interpreter's objects may be gone by then, and it
   makes none: native code that left for it, and comes to the same count again without one, would leave in vain for ever.  It goes on, and what goes
   over the threshold is for its own next check. */
int fj_there_is_room(const struct _gc_runtime_state *gc, int64_t count) {
    static int last_count;
    static Py_ssize_t last_made;
    const struct gc_generation *young = &gc->generations[0];
    if (!gc->enabled || young->threshold == 0 || young->count + count <= young->threshold) return 1;
    if (!FJ_COLLECTS_LATER || young->count > young->threshold) return 0;
    Py_ssize_t made = 0;
    for (int i = 0; i < NUM_GENERATIONS; i++) made += gc->generation_stats[i].collections;
    int in_vain = young->count == last_count && made == last_made;
    last_count = young->count;
    last_made = made;
    return in_vain;
}

/* Whether one more object that the collector counts can be made without a collection that anybody hears of. */
int8_t fj_can_make(void) {
    struct _gc_runtime_state *gc = &PyInterpreterState_Get()->gc;
    if (fj_there_is_room(gc, 1)) return 1;
    if (!collected(gc)) return 0;
    gc->generations[0].count = -1;          /* the object that is made next isn't counted: the collector had counted it before */
    return 1;
}

/* The same of a tuple of so many items; a spare one isn't counted. */
int8_t fj_can_make_tuple(int64_t size) {
    return size == 0 || (size <= PyTuple_MAXSAVESIZE && FJ_SPARE_TUPLES(PyInterpreterState_Get(), size)) || fj_can_make();
}

int8_t fj_can_make_list(void) { return FJ_SPARE_LISTS(PyInterpreterState_Get()) > 0 || fj_can_make(); }

/* The same of an instance of a class that is called with so many arguments, by their places: the interpreter's call makes a tuple of them, which
   is counted where there was no spare one, and is spare from then on. */
int8_t fj_can_make_instance(int64_t arguments) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    if (!FJ_CALLS_MAKE_TUPLES || arguments == 0 || arguments > PyTuple_MAXSAVESIZE || FJ_SPARE_TUPLES(interp, arguments)) return fj_can_make();
    if (!fj_there_is_room(&interp->gc, 2)) return 0;
    PyObject *made = PyTuple_New(arguments);
    if (made == NULL) PyErr_Clear();
    Py_XDECREF(made);
    return made != NULL;
}

/* Whether somebody else's code can make so many without any collection. */
int8_t fj_can_make_so_many(int64_t count) {
    return fj_there_is_room(&PyInterpreterState_Get()->gc, count + 1);
}

/* The same where one that is due on the way may be made before. */
int8_t fj_can_make_several(int64_t count) { return fj_can_make_so_many(count) || collected(&PyInterpreterState_Get()->gc); }

/* The same of two, as an iterator and a container, where one that is due may be made. */
int8_t fj_can_make_few(void) { return fj_can_make_so_many(1) || collected(&PyInterpreterState_Get()->gc); }

/* The same of a slice, and of the tuple of so many arguments that it is made of: as the collector would have counted both. */
int8_t fj_can_make_slice(int64_t arguments) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    struct gc_generation *young = &interp->gc.generations[0];
    int counted = !FJ_SPARE_TUPLES(interp, arguments) + !FJ_SPARE_SLICE(interp), left = young->threshold - young->count;
    if (counted <= 1 || fj_there_is_room(&interp->gc, counted)) return counted == 0 || counted > 1 || fj_can_make();
    if (!collected(&interp->gc)) return 0;
    young->count = -(FJ_COLLECTS_LATER || left > 0 ? counted : 1);
    return 1;
}

int8_t fj_can_make_dict(void) { return FJ_SPARE_DICTS(PyInterpreterState_Get()) > 0 || fj_can_make(); }

/* Whether a few more can be made by somebody else's code, which makes them and lets go of them. */
int fj_collection_is_far(void) {
    enum { FEW = 16 };
    struct _gc_runtime_state *gc = &PyInterpreterState_Get()->gc;
    return fj_there_is_room(gc, FEW + 1) || collected(gc);
}

/* Whether the collection that waits for the evaluator's check has to be made by it. */
int fj_must_collect(PyThreadState *ts) {
    struct _gc_runtime_state *gc = &ts->interp->gc;
    int over = 0;
    if (!fj_collection_waits(ts) || !fj_take_collection(ts)) return 0;
    for (int i = 0; i < NUM_GENERATIONS; i++) over |= gc->generations[i].count > gc->generations[i].threshold;
    if (!gc->enabled || !over || collected(gc)) return 0;
    fj_collect_soon(ts);
    return 1;
}

/* The gate: leaving, or entering, where an evaluator already runs the frame.

   The evaluator keeps its position and stack pointer in C locals, and reloads both from the frame when a Python call that
   it inlined returns.  So it is made to call, inlined, a tiny function without RESUME ("incomplete": invisible to
   tracebacks and sys._getframe).  In that function's UNARY_INVERT the outer frame is a suspended caller, all of it in
   memory: native code runs there, then locals, stack and position are rewritten, and the function returns the topmost
   stack entry.  ORDER GATE: between arming and the gate nothing else can run; one global job is enough.

   Four ways to it: a pending call at a backward jump and the `__enter__` of a with statement (any version; the code object is
   patched for those few instructions), the exception table of a copied code object (3.11; prologue.c), and a copy's own call of it
   (any version; entrances.c). */
#include "gate.h"
#include "entry.h"

PyObject *fj_gate_function;
int fj_gate_armed;
static PyObject *carrier;          /* the exception that carries the evaluator to the gate */

static struct {
    FjRegion *region;              /* to run; NULL: only to leave, or to try the slot's regions */
    FjSlot *slot;                  /* a call (3.11): its regions are tried from number `number` on; its object is held */
    FjRun *left;                   /* a frameless run whose exit waits to be written; on the heap */
    int number, shift, ended;       /* `ended`: a run that is over (ended.c), 2: a stub's (entrances.c) */
    int marks;                     /* 1 + the unit where the interpreter goes on once the code has the marks of whoever looks on */
    FjBody *body;                  /* of a with statement, whose manager is held */
    FjManager *manager;
    PyCodeObject *patched;         /* holds the call of the gate in `count` units from `first` on; strong */
    int first, count;
    _Py_CODEUNIT saved[5];
    PyObject *table, *constant;    /* what the patch replaced; NULL: nothing but the units */
    int gc_enabled;
    int fetch;                     /* the second inversion hands over the value to push */
    PyObject *top;
} job;

int fj_foreign_hook(void) { return PyThreadState_Get()->interp->eval_frame != NULL; }
int fj_tracemalloc_on(void) { return fj_memory_traced(); }

/* Whether there is room for the gate's function among the constants: the empty tuple, which is one object, has a place for an item, too. */
static int has_place(PyCodeObject *code) {
    static PyObject *none;
    if (none == NULL) none = PyTuple_New(0);
    return PyTuple_GET_SIZE(code->co_consts) > 0 || code->co_consts == none;
}

int fj_gate_possible(PyThreadState *ts, PyObject *object, int depth) {
    PyCodeObject *code = (PyCodeObject *)object;
    return ts->interp->eval_frame == NULL && !fj_observed(ts, code) && FJ_PY_REMAINING(ts) > FJ_SPARE && depth + 2 <= code->co_stacksize
        && has_place(code) && Py_SIZE(code) >= 6 && ts->datastack_top != NULL && fj_gate_open(ts);
}

static void arm(PyThreadState *ts) {
    int *gc = fj_gc_switch(ts);
    if (gc) { job.gc_enabled = *gc; *gc = 0; }
    FJ_PY_REMAINING(ts)++;
    fj_gate_armed = 1;
}

static void patch(PyCodeObject *code, int first, const _Py_CODEUNIT *units, int count) {
    job.patched = (PyCodeObject *)Py_NewRef((PyObject *)code);
    job.first = first;
    job.count = count;
    memcpy(job.saved, FJ_CODE0(code) + first, count * sizeof *units);
    memcpy(FJ_CODE0(code) + first, units, count * sizeof *units);
}

/* The unit behind CALL is its adaptive counter: far from its trigger. */
static _Py_CODEUNIT counter_unit(void) {
    uint16_t far_from_trigger = 0xFFF0;
    _Py_CODEUNIT unit;
    memcpy(&unit, &far_from_trigger, sizeof unit);
    return unit;
}

/* Raises the carrier without a traceback: a position before RESUME makes the frame look incomplete. */
static void raise_carrier(PyThreadState *ts, _PyInterpreterFrame *frame) {
    fj_executing(frame, -1);
    arm(ts);
    PyErr_Restore(Py_NewRef((PyObject *)Py_TYPE(carrier)), Py_NewRef(carrier), NULL);
}

/* From a pending call, at a backward jump that has been made: -1 with the carrier set, to be returned at once; 0: not
   possible. `depth`: items on the stack. */
int fj_gate_arm_loop(PyThreadState *ts, _PyInterpreterFrame *frame, FjRegion *region, int shift, int depth) {
    PyCodeObject *code = FJ_CODE(frame);
    static PyObject *last_table;
    if (region->globals && region->globals != frame->f_globals) return 0;
    if (!fj_gate_possible(ts, (PyObject *)code, depth)) return 0;
    PyObject *table = fj_catch_all((int)Py_SIZE(code), depth);
    if (table == NULL) { PyErr_Clear(); return 0; }
    __atomic_store_n(&fj_gate_armed, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&fj_adding_look, __ATOMIC_SEQ_CST)) { fj_gate_armed = 0; Py_DECREF(table); return 0; }      /* elsewhere.c */
    _Py_CODEUNIT call[5] = {fj_make_unit(POP_TOP, 0), fj_make_unit(LOAD_CONST, 0), fj_make_unit(COPY, 1), fj_make_unit(CALL, 0), counter_unit()};
    patch(code, 0, call, 5);
    Py_XSETREF(last_table, table);              /* lives on: the evaluator may still look at it */
    job.table = code->co_exceptiontable;
    code->co_exceptiontable = table;
    job.constant = PyTuple_GET_ITEM(code->co_consts, 0);
    PyTuple_SET_ITEM(code->co_consts, 0, fj_gate_function);
    Py_INCREF(region->owner);
    job.region = region;
    job.shift = shift;
    raise_carrier(ts, frame);
    return -1;
}

/* From the `__enter__` of a with statement whose body begins at `unit`: if this gives 1, `__enter__` has to give the gate's
   function at once, which the body's first units then call.  `depth`: items on the stack at its first instruction. */
int fj_gate_arm_body(PyThreadState *ts, _PyInterpreterFrame *frame, FjBody *body, FjManager *manager, int unit, int depth) {
    PyCodeObject *code = FJ_CODE(frame);
    if (!fj_gate_possible(ts, (PyObject *)code, depth - 1) || unit + 3 > Py_SIZE(code)) return 0;
    _Py_CODEUNIT call[3] = {fj_make_unit(COPY, 1), fj_make_unit(CALL, 0), counter_unit()};
    patch(code, unit, call, 3);
    Py_INCREF(body->object);
    Py_INCREF(manager->object);
    job.body = body;
    job.manager = manager;
    job.shift = unit - body->unit;
    arm(ts);
    return 1;
}

static FjRun *copy_run(FjRun *run) {
    size_t size = fj_run_size(run->context.region);
    FjRun *copy = PyMem_Malloc(size);
    if (copy == NULL) return NULL;
    memcpy(copy, run, size);
    copy->context.spill = (int64_t *)(copy + 1);
    copy->context.names = (PyObject **)(copy->context.spill + run->context.region->spill + 1);
    return copy;
}

/* From the prologue of a copied code object, whose exception table leads to the gate: try the slot's regions there, from
   `number` on, or write exit `number` (-1: raise) of a frameless run.  Always NULL with an exception set. */
PyObject *fj_gate_arm_call(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, FjRun *left, int number) {
    if (left && (left = copy_run(left)) == NULL) return PyErr_NoMemory();
    job.left = left;
    job.number = number;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);     /* what a raising run has set comes back in the gate */
    if (left && type) {
        left->context.result = PyTuple_Pack(3, type, value ? value : Py_None, traceback ? traceback : Py_None);
        Py_DECREF(type); Py_XDECREF(value); Py_XDECREF(traceback);
    }
    job.slot = slot;
    Py_XINCREF(slot ? slot->object : NULL);
    raise_carrier(ts, frame);
    return NULL;
}

#if FJ_PROLOGUE
/* The same, for a framed run that is over and didn't simply return: NULL. */
PyObject *fj_gate_arm_end(PyThreadState *ts, _PyInterpreterFrame *frame, FjRun *run, int64_t outcome) {
    fj_end_keep(ts, frame, outcome, run->unit, run->context.unit, run->context.result);
    job.ended = 1;
    job.shift = run->shift;
    raise_carrier(ts, frame);
    return NULL;
}
#endif

/* From a stub, behind fj_end_keep, if it gives True then: the copy's next instructions call the gate. */
void fj_gate_arm_stub(PyThreadState *ts) {
    job.ended = 2;
    job.shift = job.marks = 0;
    arm(ts);
}

static void undo(PyThreadState *ts) {
    int *gc = fj_gc_switch(ts);
    if (gc) *gc = job.gc_enabled;
    fj_gate_armed = 0;
    PyException_SetTraceback(carrier, Py_None);
    if (job.patched == NULL) return;
    PyCodeObject *code = job.patched;
    memcpy(FJ_CODE0(code) + job.first, job.saved, job.count * sizeof *job.saved);
    if (job.table) {
        code->co_exceptiontable = job.table;
        PyTuple_SET_ITEM(code->co_consts, 0, job.constant);
    }
    job.patched = NULL;
    job.table = NULL;
    Py_DECREF(code);
}

/* The function returns the topmost stack entry; the interpreter pushes it again, and goes on. */
static PyObject *push_top(_PyInterpreterFrame *frame) {
    int filled = frame->stacktop;
    if (filled == 0) {
        /* No locals, empty stack: the push hits the word in front of localsplus, which holds stacktop: that word is
           returned with stacktop -1, nothing looks through it, and the push makes it 0 again. */
        uintptr_t word;
        frame->stacktop = -1;
        memcpy(&word, (char *)frame->localsplus - sizeof word, sizeof word);
        job.top = (PyObject *)word;
        job.fetch = 1;
        Py_RETURN_TRUE;
    }
    PyObject *top = frame->localsplus[filled - 1];       /* an empty stack: the last local */
    frame->localsplus[filled - 1] = NULL;
    frame->stacktop = filled - 1;
    if (top == NULL) Py_RETURN_NONE;
    job.top = top;
    job.fetch = 1;
    Py_RETURN_TRUE;
}

#if FJ_PROLOGUE
#define mark_first(frame, unit) 0
#define marked(ts, frame) NULL
#else
/* The frame has got code that didn't run when whoever looks on began to: RESUME puts marks there, from outside of it, and the gate
   is called again.  0: there is no room for that. */
static int mark_first(_PyInterpreterFrame *frame, int unit) {
    static _Py_CODEUNIT units[8];
    PyCodeObject *code = FJ_CODE(frame);
    if (frame->stacktop - code->co_nlocalsplus + 2 > code->co_stacksize) return 0;
    units[0] = fj_make_unit(RESUME, 2);         /* as behind `yield from`: no check of the eval-breaker */
    units[1] = fj_make_unit(COPY, 1);
    units[2] = fj_make_unit(CALL, 0);
    units[3] = counter_unit();
    fj_resume_at(frame, 0);
    FJ_POSITION(frame) = units + (FJ_POSITION(frame) - FJ_CODE0(code));
    job.marks = unit + 1;
    job.top = Py_NewRef(fj_gate_function);
    job.fetch = 1;
    return 1;
}

static PyObject *marked(PyThreadState *ts, _PyInterpreterFrame *frame) {
    fj_resume_at(frame, job.marks - 1);
    job.marks = 0;
    fj_no_return_offset(frame);
    return push_top(frame);
}
#endif

static PyObject *through(PyObject *self) {
    PyThreadState *ts = PyThreadState_Get();
    _PyInterpreterFrame *inner = FJ_CURRENT(ts), *frame = inner->previous;
    if (job.fetch) { PyObject *top = job.top; job.fetch = 0; job.top = NULL; return top; }
    if (job.marks) return marked(ts, frame);
    if (!fj_gate_armed) { PyErr_SetString(PyExc_RuntimeError, "framejit: the gate is closed"); return NULL; }
    FjRegion *region = job.region;
    FjSlot *slot = job.slot;
    FjRun *left = job.left;
    FjBody *body = job.body;
    FjManager *manager = job.manager;
    int number = job.number, ended = job.ended, shift = left ? left->shift : slot ? slot->shift : job.shift, unit = 0, end = FJ_CODE(frame)->co_nlocalsplus + FJ_CODE(frame)->co_stacksize;
    job.region = NULL; job.slot = NULL; job.left = NULL; job.body = NULL; job.manager = NULL; job.ended = 0;
    undo(ts);
    if (body) frame->localsplus[frame->stacktop++] = manager->object;      /* what `__enter__` would have given */
    int depth = frame->stacktop;
    for (int i = depth; i < end; i++) frame->localsplus[i] = NULL;      /* the evaluator leaves there what it has popped */
    FJ_CURRENT(ts) = frame;
    int64_t outcome;
    if (left) outcome = fj_gate_settle(left, frame, fj_gate_write_exit(left, number, frame), shift, &unit);
    else if (ended) outcome = fj_end_settle(ts, frame, shift, &unit);
    else if (slot) outcome = fj_gate_run_call(ts, frame, slot, number, &unit);
    else if (body) outcome = fj_body_run(ts, frame, body, manager, shift, &unit);
    else {
        do {                                    /* again, where better code has come meanwhile */
            region->superseded = 0;
            outcome = fj_gate_run(ts, frame, region, shift, &unit);
        } while (outcome == FJ_LEFT && region->superseded && !region->outweighed && unit == region->unit && !fj_observed(ts, FJ_CODE(frame)));
    }
    if (outcome == FJ_LEFT && !body && ended < 2) fj_look_behind(frame, fj_iterations_behind);
    FJ_CURRENT(ts) = inner;
    if (outcome == FJ_MISS) {
        frame->stacktop = depth;
        if (slot) unit = FJ_CODE(frame)->_co_firsttraceable + 1;        /* the body begins behind RESUME and the prologue */
    }
    if (region) fj_let_go(region->owner);
    if (slot) fj_let_go(slot->object);
    if (body) fj_let_go(body->object);
    PyMem_Free(left);
    FJ_PY_REMAINING(ts)--;                      /* given when it was armed: the gate's own frame does not count */
    fj_no_return_offset(frame);
    fj_hide(ts, PyTrace_RETURN, outcome == FJ_RAISE);
    int unmarked = fj_lead(ts, frame, unit, &shift);
    if (outcome == FJ_RAISE) { fj_raise_at(frame, unit + shift); return NULL; }
    if (unmarked && mark_first(frame, unit)) Py_RETURN_TRUE;
    fj_resume_at(frame, unit + shift);
    return push_top(frame);
}

static PyNumberMethods gate_number = {.nb_invert = through};
/* A copied code object (prologue.c) may be sent to a process that knows nothing of gates, and goes through none there. */
static PyObject *reduce(PyObject *self, PyObject *unused) { return Py_BuildValue("O()", (PyObject *)&PyLong_Type); }
static PyMethodDef gate_methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL}, {NULL}};
static PyTypeObject gate_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "framejit._machine.Gate", .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT, .tp_as_number = &gate_number, .tp_methods = gate_methods,
};

PyObject *fj_gate_new(void) {
    if (PyType_Ready(&gate_type) < 0) return NULL;
    return gate_type.tp_alloc(&gate_type, 0);
}

/* `function`: the gate's own, made from the object that fj_gate_new gave. */
int fj_gate_start(PyObject *function) {
    Py_XSETREF(fj_gate_function, Py_NewRef(function));
    if (carrier == NULL) carrier = PyObject_CallNoArgs(PyExc_BaseException);
    return carrier ? 0 : -1;
}

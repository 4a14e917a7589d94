/* Calls on 3.11: functions run a copy of their code object whose prologue, behind RESUME, is

       LOAD_CONST stub;  FOR_ITER body;  RETURN_VALUE;  body: ...

   The stub's tp_iternext is the entry: a value is returned; "exhausted" goes on with the body; anything else raises the
   gate's carrier, and the copy's exception table leads to the gate.  The copy is made in copied_code.pxi. */
#include "entry.h"
#include <alloca.h>

#if FJ_PROLOGUE
typedef struct { PyObject_HEAD FjSlot *slot; PyObject *original; } Stub;      /* has both: the copy holds nothing else of them */

const vectorcallfunc fj_entry_vectorcall = NULL;

int fj_prepare(PyObject *object, FjSlot *slot) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (function->vectorcall != fj_plain_vectorcall || slot->copy == NULL) return 0;
    if (function->func_code == slot->copy) return 1;
    function->func_version = 0;
    PyObject *old = function->func_code;
    function->func_code = Py_NewRef(slot->copy);
    Py_DECREF(old);
    return 1;
}

/* Calls run the slot's copy that leads to native code (entrances.c), if there is one, else what the program wrote; but for those that
   have the prologue. */
int fj_lead_calls(PyObject *object, FjSlot *slot) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    PyObject *old = function->func_code, *wanted = slot->led ? slot->led : slot->original;
    if (function->vectorcall != fj_plain_vectorcall || fj_slot_of(old) != slot || old == slot->copy) return 0;
    if (old == wanted) return 1;
    function->func_version = 0;
    function->func_code = Py_NewRef(wanted);
    Py_DECREF(old);
    return 1;
}

void fj_release(PyObject *object) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    FjSlot *slot = fj_slot_of(function->func_code);
    if (slot == NULL || slot->copy == NULL || function->func_code != slot->copy || slot->original == NULL) return;
    function->func_version = 0;
    PyObject *old = function->func_code;
    function->func_code = Py_NewRef(slot->original);
    Py_DECREF(old);
}

/* A framed region runs on the frame as it lies here; the stub, the evaluator's only stack entry, makes room for it meanwhile.  Where it
   doesn't simply return the evaluator goes through the gate. */
static int run_framed(PyThreadState *ts, _PyInterpreterFrame *frame, FjRun *run, PyObject **result) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject **stack = frame->localsplus + code->co_nlocalsplus, *stub = stack[0];
    int here = fj_unit(frame), stacktop = frame->stacktop, simply;
    for (int i = 0; i < code->co_stacksize; i++) stack[i] = NULL;       /* the evaluator leaves there what it has popped */
    int64_t outcome = fj_run_framed(run, frame);
    fj_executing(frame, here);
    simply = outcome == FJ_MISS || (outcome == FJ_RETURN && !fj_kept(frame) && !fj_observed(ts, code) && ts->interp->eval_frame == NULL);
    *result = !simply ? fj_gate_arm_end(ts, frame, run, outcome) : outcome == FJ_RETURN ? run->context.result : NULL;
    fj_run_end(run, outcome);
    stack[0] = stub;
    frame->stacktop = stacktop;
    return outcome != FJ_MISS;
}

/* One region: 0 missed, 1 *result is the iteration's answer. */
static int try_region(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int index, PyObject **result) {
    FjRegion *region = slot->variants[index];
    if (region->framed && FJ_CODE(frame)->co_stacksize > FJ_KEPT) { *result = fj_gate_arm_call(ts, frame, slot, NULL, index); return 1; }
    FjRun *run = fj_run_start(region, ts, alloca(fj_run_size(region)));
    if (run == NULL) return 0;
    run->shift = slot->shift;
    if (region->framed) return run_framed(ts, frame, run, result);
    int64_t outcome = region->native(&run->context, frame->localsplus);
    if (outcome > 0 || outcome == FJ_RAISE) {
        *result = fj_gate_arm_call(ts, frame, NULL, run, outcome > 0 ? (int)outcome - 1 : -1);   /* the run ends there */
        return 1;
    }
    *result = run->context.result;
    fj_run_end(run, outcome);
    return outcome == FJ_RETURN;
}

static int try_regions(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int first, PyObject **result) {
    for (int i = first; i < slot->nvariants; i++) {
        FjRegion *region = slot->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != frame->f_globals)) continue;
        if (try_region(ts, frame, slot, i, result)) return 1;
    }
    return 0;
}

/* Every call that no quick region took; those before `first` have been tried. */
static __attribute__((noinline)) PyObject *next_slowly(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int first) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject *result = NULL;
    slot->calls++;
    if (!fj_may_enter(ts, slot, code) || !fj_gate_possible(ts, (PyObject *)code, 0)) return NULL;
    if (fj_stack_is_low()) { slot->recursive = 1; fj_release((PyObject *)frame->f_func); return NULL; }
    if (try_regions(ts, frame, slot, first, &result)) return result;
    int here = fj_unit(frame);
    fj_executing(frame, code->_co_firsttraceable);         /* other threads may look meanwhile: RESUME has a line, the prologue has none */
    int asked = fj_ask_for_code(slot, (PyObject *)frame->f_func, frame->localsplus, fj_known_locals(code));
    fj_executing(frame, here);
    if (asked < 0) {                                            /* only the gate can raise: it asks again */
        PyErr_Clear();
        slot->armed = 1;
        return fj_gate_arm_call(ts, frame, slot, NULL, slot->nvariants);
    }
    if (asked && fj_gate_possible(ts, (PyObject *)code, 0) && try_regions(ts, frame, slot, 0, &result)) return result;
    fj_no_variant(slot);
    return NULL;
}

static __attribute__((noinline)) PyObject *leave_quick(_PyInterpreterFrame *frame, FjSlot *slot, FjRun *run, int64_t outcome) {
    slot->calls++;
    if (fj_stack_is_low()) { slot->recursive = 1; fj_release((PyObject *)frame->f_func); }
    fj_run_complete(run);
    run->shift = slot->shift;
    return fj_gate_arm_call(run->context.tstate, frame, NULL, run, outcome > 0 ? (int)outcome - 1 : -1);   /* the run ends there */
}

static PyObject *next(PyObject *self) {
    FjSlot *slot = ((Stub *)self)->slot;
    PyThreadState *ts = _PyThreadState_GET();
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    PyCodeObject *code = FJ_CODE(frame);
    if ((PyObject *)code != slot->copy) return NULL;            /* somebody found the stub in the constants */
    if (--slot->until < 0 && fj_on_trial(slot, ts)) return NULL;
    if (slot->nquick == 0 || slot->recursive || !fj_undisturbed(ts, code) || !fj_gate_open(ts)) return next_slowly(ts, frame, slot, 0);
    FjQuickRun memory;
    int64_t outcome;
    FjRegion *region = fj_run_quickly(slot, ts, frame->f_globals, frame->localsplus, &memory, &outcome);
    if (region == NULL) return next_slowly(ts, frame, slot, slot->nquick);
    if (outcome == FJ_RETURN) return fj_quick_result(slot, region, &memory);
    return leave_quick(frame, slot, &memory.run, outcome);
}

/* In another process the prologue asks an iterator that has ended. */
static PyObject *reduce(PyObject *self, PyObject *unused) {
    PyObject *nothing = PyTuple_New(0), *ended = nothing ? PyObject_GetIter(nothing) : NULL;
    PyObject *parts = ended ? PyObject_CallMethod(ended, "__reduce__", NULL) : NULL;
    Py_XDECREF(nothing); Py_XDECREF(ended);
    return parts;
}
static PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL}, {NULL}};
static void dealloc(PyObject *self) {
    Stub *stub = (Stub *)self;
    PyObject *object = stub->slot->object, *original = stub->original;
    Py_TYPE(self)->tp_free(self);
    Py_DECREF(original);
    Py_DECREF(object);
}

static PyTypeObject stub_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "framejit._machine.Stub", .tp_basicsize = sizeof(Stub),
    .tp_flags = Py_TPFLAGS_DEFAULT, .tp_iter = PyObject_SelfIter, .tp_iternext = next, .tp_methods = methods, .tp_dealloc = dealloc,
};

/* The copy goes on with what the interpreter has learned of the original: its specialised instructions and their caches.  A jump that
   is silenced just now (jumps.c) is not in the copy. */
int fj_keep_learned(PyObject *original, PyObject *copy, int shift) {
    PyCodeObject *from = (PyCodeObject *)original, *to = (PyCodeObject *)copy;
    PyObject *bytes = from->co_warmup < 0 ? NULL : PyCode_GetCode(from);
    if (bytes == NULL) return PyErr_Occurred() ? -1 : 0;
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    for (int i = 0; i < (int)Py_SIZE(from); i++) {
        _Py_CODEUNIT unit = FJ_CODE0(from)[i];
        int silenced = raw[2 * i] == JUMP_BACKWARD && FJ_OPCODE(unit) == JUMP_BACKWARD_NO_INTERRUPT;
        FJ_CODE0(to)[i > from->_co_firsttraceable ? i + shift : i] = silenced ? fj_make_unit(JUMP_BACKWARD_QUICK, raw[2 * i + 1]) : unit;
    }
    to->co_warmup = from->co_warmup;
    Py_DECREF(bytes);
    return 0;
}

PyObject *fj_stub_new(FjSlot *slot) {
    if (PyType_Ready(&stub_type) < 0) return NULL;
    Stub *stub = (Stub *)stub_type.tp_alloc(&stub_type, 0);
    if (stub == NULL) return NULL;
    stub->slot = slot;
    stub->original = Py_NewRef(slot->original);
    Py_INCREF(slot->object);
    return (PyObject *)stub;
}
#endif

/* Loops that are entered again and again, in code that isn't compiled as a whole.

   A frame that is left in such code runs a copy of it (copied_code.pxi) whose loop headers lead behind the code's end:

       LOAD_CONST stub;  UNARY_INVERT;  POP_JUMP_IF_NONE done;  LOAD_CONST gate;  COPY 1;  CALL 0;  done: POP_TOP ...;  JUMP_BACKWARD

   The stub runs native code on the frame as it lies there.  Where that ended at the place where it mostly does, None takes the frame
   there; if the stack is deeper there than at the header, the stub is inverted again for each entry, and hands it over.  Everything
   else goes through the gate, with the copy or without: what happens in the header itself is the original's business.  But for the headers every unit of the copy means what it means in the original, and what stands behind its end is not
   part of it for anybody who asks. */
#include "entry.h"
#include <alloca.h>

enum { VAIN = 16 };                /* arrivals in a row where nothing fits, after which the next ones go on in the original */
typedef struct { PyObject_HEAD FjEntrance *entrance; FjSlot *slot; PyObject *original; } Stub;     /* has the slot's object and the original */

int fj_is_led(PyCodeObject *code) {
    FjSlot *slot = fj_slot_here(code);
    return slot && slot->original != (PyObject *)code && slot->copy != (PyObject *)code;
}

/* Whether a tool has asked for events of the code that this one is a copy of. */
int fj_original_observed(PyCodeObject *code) {
    FjSlot *slot = fj_slot_here(code);
    return slot && slot->original && slot->original != (PyObject *)code && fj_code_observed((PyCodeObject *)slot->original);
}

/* Stack entries that a stub is about to hand over, the topmost first.  ORDER GATE: nothing else runs meanwhile. */
static struct { int count; PyObject *entries[FJ_HANDED]; } over;

/* What native code has left on the stack above the header's depth is handed over; 0: it can't be. */
static int hand_over(const FjEntrance *entrance, PyObject **stack) {
    int count = entrance->done_depth - entrance->depth;
    for (int i = 0; i < count; i++) if (stack[entrance->depth + i] == NULL) return 0;
    for (int i = 0; i < count; i++) {
        over.entries[count - 1 - i] = stack[entrance->depth + i];
        stack[entrance->depth + i] = NULL;
    }
    over.count = count > 0 ? count : 0;
    return 1;
}

static int in_header(const FjSlot *slot, int unit) {
    for (int i = 0; i < slot->nentrances; i++) {
        const FjEntrance *one = slot->entrances[i];
        if (one->unit <= unit && unit < one->unit + one->units) return 1;
    }
    return 0;
}

static void set_code(_PyInterpreterFrame *frame, PyObject *code) {
    PyObject *old = (PyObject *)FJ_CODE(frame);
    fj_set_code(frame, (PyCodeObject *)Py_NewRef(code));
    Py_DECREF(old);
}

/* In the gate, where the frame goes on at `unit`, counted without a prologue: whether it does so in the copy.  A tool that looks on has
   its marks in what was running when it began.  1: the frame has got the original while somebody looks on. */
int fj_lead(PyThreadState *ts, _PyInterpreterFrame *frame, int unit, int *shift) {
    PyCodeObject *code = FJ_CODE(frame);
    FjSlot *slot = fj_slot_here(code);
    if (slot == NULL || (slot->led == NULL && (slot->original == (PyObject *)code || slot->copy == (PyObject *)code))) return 0;
    if ((PyObject *)code == slot->copy && FJ_FUNCTION(frame)->func_code == slot->copy) return 0;      /* its calls are entered by a prologue, and show that copy */
    int led = fj_is_led(code), observed = fj_observed(ts, code), within = in_header(slot, unit);
    int free = !observed && !fj_original_observed(code);        /* a tool that has asked for this code has its marks in the original */
    PyObject *wanted = led && observed ? (PyObject *)code : slot->led && free && !fj_code_observed((PyCodeObject *)slot->led) ? slot->led : slot->original;
    if (within) wanted = slot->original;
    if (wanted == (PyObject *)code || (!led && wanted == slot->original)) return 0;
    set_code(frame, wanted);
    *shift = 0;
    return observed;
}

/* Whether calls of this code may begin in the copy: nobody looks on, or has done so there. */
int fj_leads(PyThreadState *ts, PyCodeObject *code) {
    FjSlot *slot = fj_slot_here(code);
    return slot && slot->led && slot->original == (PyObject *)code && !fj_observed(ts, code) && !fj_code_observed((PyCodeObject *)slot->led);
}

/* A frame that has just been made gets the copy. */
void fj_lead_new(_PyInterpreterFrame *frame) {
    int unit = fj_unit(frame);
    set_code(frame, fj_slot_here(FJ_CODE(frame))->led);
    fj_executing(frame, unit);
}

/* 0: missed, the frame is as it was. */
static __attribute__((noinline)) int enter(PyThreadState *ts, _PyInterpreterFrame *frame, FjEntrance *entrance, FjRegion *region, int *goes_on) {
    FjRun *run = fj_run_start(region, ts, alloca(fj_run_size(region)));
    if (run == NULL) return 0;
    int64_t outcome;
    if (region->framed) outcome = fj_run_framed(run, frame);
    else {
        outcome = region->native(&run->context, frame->localsplus);
        run->context.frame = frame;
        if (outcome > 0) outcome = fj_leave(run, (int)outcome - 1, 1);
    }
    if (outcome == FJ_MISS) { fj_run_end(run, outcome); return 0; }
    *goes_on = outcome == FJ_LEFT && run->unit == entrance->done && frame->stacktop - FJ_CODE(frame)->co_nlocalsplus == entrance->done_depth
        && !fj_observed(ts, FJ_CODE(frame)) && ts->interp->eval_frame == NULL && hand_over(entrance, frame->localsplus + FJ_CODE(frame)->co_nlocalsplus);
    if (!*goes_on) fj_end_keep(ts, frame, outcome, run->unit, run->context.unit, run->context.result);
    fj_run_end(run, outcome);
    return 1;
}

/* What the header itself does, here, so that the frame stays in the copy: LEFT or RAISE at *unit; MISS: nothing has been done. */
static int64_t step(_PyInterpreterFrame *frame, FjEntrance *entrance, const FjSlot *slot, int *unit) {
    PyObject **home = frame->localsplus, **stack = home + FJ_CODE(frame)->co_nlocalsplus;
    int end = entrance->unit, count = 0, top = entrance->depth;
    for (; count < entrance->nsteps && in_header(slot, end); count++) {
        int local = entrance->steps[count].slot;
        if (local >= 0 && home[local] == NULL) return FJ_MISS;
        end = entrance->steps[count].next;
    }
    if (in_header(slot, end)) return FJ_MISS;
    for (int i = 0; i < count; i++) {
        int local = entrance->steps[i].slot;
        if (local >= 0) stack[top++] = Py_NewRef(home[local]);
        if (local != FJ_NEXT) continue;
        PyObject *iterator = stack[top - 1], *next = Py_TYPE(iterator)->tp_iternext(iterator);
        if (next) { stack[top++] = next; continue; }
        if (PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return FJ_RAISE;
            PyErr_Clear();
        }
        stack[--top] = NULL;
        end = entrance->behind;
        frame->stacktop--;
        Py_DECREF(iterator);
    }
    frame->stacktop = (int)(stack + top - home);
    *unit = end;
    return FJ_LEFT;
}

static int may_enter(PyThreadState *ts, _PyInterpreterFrame *frame, const FjSlot *slot) {
    return !fj_observed(ts, FJ_CODE(frame)) && ts->interp->eval_frame == NULL && FJ_PY_REMAINING(ts) > FJ_SPARE && !fj_original_observed(FJ_CODE(frame)) && fj_gate_open(ts) && !fj_stack_is_low()
        && !fj_credits_low(ts);
}

/* The evaluator's only entry above the loop's is the stub, which makes room meanwhile. */
static PyObject *run(PyObject *self) {
    if (over.count) return over.entries[--over.count];
    FjEntrance *entrance = ((Stub *)self)->entrance;
    FjSlot *slot = ((Stub *)self)->slot;
    PyThreadState *ts = PyThreadState_Get();
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    PyCodeObject *code = frame ? FJ_CODE(frame) : NULL;
    if (code == NULL || fj_slot_of((PyObject *)code) != slot || fj_unit(frame) < Py_SIZE(code)) {
        PyErr_SetString(PyExc_TypeError, "bad operand type for unary ~");            /* somebody found it among the constants */
        return NULL;
    }
    int here = fj_unit(frame), stacktop = frame->stacktop, base = code->co_nlocalsplus, entered = 0, goes_on = 0;
    PyObject **stack = frame->localsplus + base;
    int may = may_enter(ts, frame, slot);
    for (int i = entrance->depth; i < code->co_stacksize; i++) stack[i] = NULL;     /* the evaluator leaves there what it has popped */
    for (int i = 0; may && !entered && i < entrance->nvariants; i++) {
        FjRegion *region = entrance->variants[i];
        if (fj_rests(region) || (region->globals && region->globals != frame->f_globals)) continue;
        entered = enter(ts, frame, entrance, region, &goes_on);
    }
    if (entered) entrance->entries++, entrance->vain = 0;
    else {
        int unit = entrance->unit;
        frame->stacktop = base + entrance->depth;
        fj_executing(frame, unit);
        int64_t outcome = may && entrance->vain++ < VAIN ? step(frame, entrance, slot, &unit) : FJ_MISS;
        fj_end_keep(ts, frame, outcome == FJ_RAISE ? FJ_RAISE : FJ_LEFT, unit, -1, NULL);
    }
    if (goes_on) for (int i = entrance->done_depth; i < entrance->depth; i++) stack[i] = Py_NewRef(Py_None);
    fj_executing(frame, here);
    frame->stacktop = stacktop;
    if (stack[entrance->depth] == NULL) stack[entrance->depth] = self;
    if (goes_on) Py_RETURN_NONE;
    fj_gate_arm_stub(ts);
    Py_RETURN_TRUE;
}

static void dealloc(PyObject *self) {
    PyObject *object = ((Stub *)self)->slot->object, *original = ((Stub *)self)->original;
    Py_TYPE(self)->tp_free(self);
    Py_DECREF(original);
    Py_DECREF(object);
}

static PyNumberMethods number = {.nb_invert = run};
static PyTypeObject stub_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "framejit._machine.Stub", .tp_basicsize = sizeof(Stub), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_number = &number, .tp_dealloc = dealloc,
};

PyObject *fj_entrance_stub(FjSlot *slot, FjEntrance *entrance) {
    if (PyType_Ready(&stub_type) < 0) return NULL;
    Stub *stub = (Stub *)stub_type.tp_alloc(&stub_type, 0);
    if (stub == NULL) return NULL;
    stub->entrance = entrance;
    stub->slot = slot;
    stub->original = Py_NewRef(slot->original);
    Py_INCREF(slot->object);
    return (PyObject *)stub;
}

/* What copied_code.pxi says of each unit's line: AGAIN, a header that begins its line in the original once more. */
enum { FJ_HAS_LINE = 1, FJ_BEGINS = 2, FJ_AGAIN = 4 };

/* CPython makes what tracers and tools look lines up in as long as the code says that it is, and follows jumps out of it: a copy gets the whole of it
   before it says less, `units`.  -1: no memory. */
static int know_lines(PyCodeObject *code, int units, const char *notes) {
#if FJ_PROLOGUE
    int *lines = PyMem_Malloc(Py_SIZE(code) * sizeof *lines);
    if (lines == NULL) { PyErr_NoMemory(); return -1; }
    for (int i = 0; i < Py_SIZE(code); i++)
        lines[i] = i < units && !(notes[i] & FJ_AGAIN) ? PyCode_Addr2Line(code, i * (int)sizeof(_Py_CODEUNIT)) : -1;
    code->_co_linearray_entry_size = sizeof *lines;
    code->_co_linearray = (char *)lines;
#else
    (void)units;
    enum { NO_LINE = -128, MARK = 255 };
    _PyCoMonitoringData *data = PyMem_Calloc(1, sizeof *data);
    if (data && (data->lines = PyMem_Malloc(Py_SIZE(code) * sizeof *data->lines)) == NULL) { PyMem_Free(data); data = NULL; }
    if (data == NULL) { PyErr_NoMemory(); return -1; }
    for (int i = 0; i < Py_SIZE(code); i++) {
        data->lines[i].original_opcode = notes[i] & FJ_BEGINS && !(notes[i] & FJ_BEGINS_NONE) ? MARK : 0;
        data->lines[i].line_delta = notes[i] & FJ_HAS_LINE ? FJ_LOOKED_UP : NO_LINE;
    }
    code->_co_monitoring = data;
#endif
    return 0;
}

/* A copy that has been made: what stands behind the original's units is nobody's business, and it belongs to the slot. */
int fj_lead_attach(PyObject *copy, FjSlot *slot, int units, const char *notes) {
    if (fj_hear_of_tools() < 0 || know_lines((PyCodeObject *)copy, units, notes) < 0 || fj_slot_attach(copy, slot) < 0) return -1;
    Py_SET_SIZE(copy, units);
    return 0;
}

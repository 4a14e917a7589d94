/* Exceptions that are caught where native code goes on: what the evaluator does where an instruction has raised, and the rows of the
   instructions that raise and handle.

   Where somebody looks on, nothing is done: the interpreter raises, and tells. */
#include "callouts.h"
#include "raising.h"

static int looked_at(PyThreadState *ts, PyCodeObject *code) { return fj_observed(ts, code) || fj_original_observed(code) || ts->interp->eval_frame != NULL; }

/* What is raised now, taken away; and raised again. */
#if PY_VERSION_HEX >= 0x030C0000
typedef struct { PyObject *exception; } Raised;
static Raised take_raised(void) { return (Raised){PyErr_GetRaisedException()}; }
static void raise_again(Raised raised) { PyErr_SetRaisedException(raised.exception); }
static PyObject *exception_of(Raised raised) { return raised.exception; }
static void raise_instance(PyObject *exception) { PyErr_SetRaisedException(Py_NewRef(exception)); }
#else
typedef struct { PyObject *type, *value, *traceback; } Raised;
static Raised take_raised(void) { Raised raised; PyErr_Fetch(&raised.type, &raised.value, &raised.traceback); return raised; }
static void raise_again(Raised raised) { PyErr_Restore(raised.type, raised.value, raised.traceback); }
static PyObject *exception_of(Raised raised) {
    PyErr_NormalizeException(&raised.type, &raised.value, &raised.traceback);
    PyException_SetTraceback(raised.value, raised.traceback ? raised.traceback : Py_None);
    Py_XDECREF(raised.traceback);
    Py_XDECREF(raised.type);
    return raised.value;
}
static void raise_instance(PyObject *exception) {
    PyErr_Restore(Py_NewRef(Py_TYPE(exception)), Py_NewRef(exception), PyException_GetTraceback(exception));
}
#endif

/* The frame as an object, for which it has to be the one that runs (the graph's interpreter is Python itself); NULL: there is no memory. */
static PyFrameObject *frame_object(PyThreadState *ts, _PyInterpreterFrame *frame) {
    _PyInterpreterFrame *running = FJ_CURRENT(ts);
    FJ_CURRENT(ts) = frame;
    PyFrameObject *object = PyThreadState_GetFrame(ts);
    FJ_CURRENT(ts) = running;
    return object;
}

/* The exception that is set is on the stack of the handler that the instruction at `at` has: 1.  0: nothing has happened. */
int fj_unwind(FjCallout *c, int at) {
    _PyInterpreterFrame *frame = c->run->context.frame;
    PyThreadState *ts = c->run->context.tstate;
    PyCodeObject *code = FJ_CODE(frame);
    int handler = fj_handler(code, at + c->run->shift), depth = (handler & 0xff) >> 1;
    if (handler < 0 || c->changed >= 0 || looked_at(ts, code)) return 0;
    Raised raised = take_raised();
    PyObject *lasti = handler & 1 ? PyLong_FromLong(fj_unit(frame)) : NULL;
    PyFrameObject *object = c->again || (handler & 1 && lasti == NULL) ? NULL : frame_object(ts, frame);
    if ((handler & 1 && lasti == NULL) || (!c->again && object == NULL)) {
        PyErr_Clear();
        Py_XDECREF(lasti);
        raise_again(raised);
        return 0;
    }
    raise_again(raised);
    if (object) PyTraceBack_Here(object);
    Py_XDECREF(object);
    PyObject **base = frame->localsplus + code->co_nlocalsplus + depth;
    while (c->top > base) Py_XDECREF(fj_take(c));
    if (c->lowest > base) c->lowest = base;
    if (lasti) fj_give(c, lasti);
    fj_give(c, exception_of(take_raised()));
    c->next = (handler >> 8) - c->run->shift;
    c->run->context.region->interpreted++;      /* it has cost about as much more than the interpreter's own */
    return 1;
}

/* ---- raise */

/* Whether this can be raised without a complaint: an instance, or a class whose own __new__ is Python's. */
static int raisable(PyObject *object) {
    if (PyExceptionInstance_Check(object)) return 1;
    if (!PyExceptionClass_Check(object) || Py_TYPE(object)->tp_call != PyType_Type.tp_call) return 0;
    PyTypeObject *type = (PyTypeObject *)object, *base = type;
    while (PyType_HasFeature(base, Py_TPFLAGS_HEAPTYPE)) base = base->tp_base;
    return type->tp_new == base->tp_new;
}

/* The instance that is raised for it, which takes its place. */
static PyObject *instance_of(PyObject *object) {
    if (!PyExceptionClass_Check(object)) return object;
    PyObject *made = PyObject_CallNoArgs(object);
    Py_DECREF(object);
    return made;
}

static int reraise(FjCallout *c, PyObject *exception) {
    raise_instance(exception);
    c->again = 1;
    return FJ_ERROR;
}

/* Whether what is raised at this instruction gets to a handler here: else nothing may be done. */
static int may_unwind(FjCallout *c) {
    PyCodeObject *code = FJ_CODE(c->run->context.frame);
    return !looked_at(c->run->context.tstate, code) && fj_handler(code, fj_unit(c->run->context.frame)) >= 0;
}

/* Bare `raise`. */
static int raise_handled(FjCallout *c) {
    _PyErr_StackItem *item = c->run->context.tstate->exc_info;
    while ((item->exc_value == NULL || item->exc_value == Py_None) && item->previous_item) item = item->previous_item;
    if (item->exc_value == NULL || item->exc_value == Py_None || !may_unwind(c)) return FJ_UNDONE;
    return reraise(c, item->exc_value);
}

int fj_row_raise(FjCallout *c) {
    if (c->arg == 0) return raise_handled(c);
    PyObject *cause = c->arg == 2 ? c->top[-1] : NULL;
    if (!raisable(c->top[-c->arg]) || (cause && cause != Py_None && !raisable(cause))) return FJ_UNDONE;
    if (cause) fj_take(c);
    PyObject *exception = instance_of(fj_take(c));
    if (exception && cause) {
        cause = cause == Py_None ? NULL : instance_of(cause);
        if (cause == NULL && PyErr_Occurred()) { Py_DECREF(exception); return FJ_ERROR; }
        PyException_SetCause(exception, cause);
    } else Py_XDECREF(cause);
    if (exception == NULL) return FJ_ERROR;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
    return FJ_ERROR;
}

/* RERAISE: the position that the handler was entered with lies below, if that says anything. */
int fj_row_reraise(FjCallout *c) {
    PyObject *exception = c->top[-1], *lasti = c->arg ? c->top[-1 - c->arg] : NULL;
    if (!PyExceptionInstance_Check(exception) || (lasti && !PyLong_CheckExact(lasti)) || !may_unwind(c)) return FJ_UNDONE;
    if (lasti) fj_executing(c->run->context.frame, (int)PyLong_AsLong(lasti));
    return reraise(c, exception);
}

/* ---- handlers */

/* The exception on top is handled from here on; what was before it lies below. */
void fj_handling(FjContext *context, int64_t slot) {
    _PyErr_StackItem *info = context->tstate->exc_info;
    PyObject **home = &context->frame->localsplus[slot];
    home[1] = home[0];
    home[0] = info->exc_value ? info->exc_value : Py_NewRef(Py_None);
    info->exc_value = Py_NewRef(home[1]);
}

static PyObject *handled_before(PyObject *value) {
#if PY_VERSION_HEX >= 0x030D0000
    if (value == Py_None) return NULL;
#endif
    return value;
}

/* It is no longer: 1.  0: its end may be noticed, and nothing has happened. */
int8_t fj_handled(FjContext *context, int64_t slot) {
    _PyErr_StackItem *info = context->tstate->exc_info;
    PyObject **home = &context->frame->localsplus[slot], *old = info->exc_value;
    if (!fj_dies_quietly(old)) return 0;
    info->exc_value = handled_before(*home);
    *home = NULL;
    Py_XDECREF(old);
    return 1;
}

int fj_row_pop_except(FjCallout *c) {
    _PyErr_StackItem *info = c->run->context.tstate->exc_info;
    PyObject *old = info->exc_value;
    info->exc_value = handled_before(fj_take(c));
    Py_XDECREF(old);
    return FJ_DONE;
}

static int only_classes(PyObject *kinds) {
    if (!PyTuple_Check(kinds)) return PyExceptionClass_Check(kinds);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(kinds); i++) if (!PyExceptionClass_Check(PyTuple_GET_ITEM(kinds, i))) return 0;
    return 1;
}

/* Whether the exception is of this class, or of one of a tuple of them; below zero: it is something else, and there is an error to raise. */
int64_t fj_is_caught(PyObject *exception, PyObject *kinds) {
    return only_classes(kinds) ? PyErr_GivenExceptionMatches(exception, kinds) : -1;
}

int fj_row_with_except_start(FjCallout *c) {
    PyObject *exception = c->top[-1], *traceback = PyException_GetTraceback(exception);
    PyObject *given[] = {NULL, (PyObject *)Py_TYPE(exception), exception, traceback ? traceback : Py_None};
    Py_XDECREF(traceback);                      /* the exception has it */
    c->run->context.region->interpreted += PyMethod_Check(c->top[-4]);
    PyObject *result = PyObject_Vectorcall(c->top[-4], given + 1, 3 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    return result ? fj_give(c, result) : FJ_ERROR;
}

/* ---- ends */

/* Whether it ends without a trace: one of Python's own that has nothing but arguments, which shows frames that still run. */
int fj_exception_quiet(PyObject *object, int depth) {
    PyBaseExceptionObject *exception = (PyBaseExceptionObject *)object;
    PyTypeObject *type = Py_TYPE(object);
    if (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) || type->tp_basicsize != sizeof *exception) return 0;
    if (exception->dict || exception->notes || depth == 0) return 0;
    PyObject *parts[] = {exception->args, exception->context, exception->cause};
    for (PyTracebackObject *at = (PyTracebackObject *)exception->traceback; at && Py_REFCNT(at) == 1; at = at->tb_next)
        if (at->tb_frame->f_frame->owner != FRAME_OWNED_BY_THREAD) return 0;
    return fj_items_quiet(parts, 3, depth);
}

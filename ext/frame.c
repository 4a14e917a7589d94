/* Live frames: made by hand where the thread's frame stack has room, finished without the evaluator, or handed to it.

   A frame that is made here looks like one that the interpreter's own call made, up to the values of its locals. */
#include "frame.h"

/* The cells of free variables, which the first instructions take from the function. */
void fj_take_closure(_PyInterpreterFrame *frame) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject *closure = FJ_FUNCTION(frame)->func_closure, **slots = frame->localsplus + code->co_nlocalsplus - code->co_nfreevars;
    for (int i = 0; i < code->co_nfreevars; i++) Py_XSETREF(slots[i], Py_NewRef(PyTuple_GET_ITEM(closure, i)));
}

/* What a fresh frame's instructions before RESUME do, where it goes on from now on.  0: there was no memory, and nothing has been done. */
int fj_make_cells(_PyInterpreterFrame *frame) {
    PyCodeObject *code = FJ_CODE(frame);
    if (code->co_ncellvars == 0 && code->co_nfreevars == 0) return 1;
    const char *kinds = PyBytes_AS_STRING(code->co_localspluskinds);
    for (int i = 0; i < code->co_nlocalsplus; i++) {
        if (!(kinds[i] & CO_FAST_CELL)) continue;
        PyObject *cell = PyCell_New(frame->localsplus[i]);
        if (cell == NULL) {
            PyErr_Clear();
            while (--i >= 0) if (kinds[i] & CO_FAST_CELL) Py_SETREF(frame->localsplus[i], PyCell_Get(frame->localsplus[i]));
            return 0;
        }
        Py_XSETREF(frame->localsplus[i], cell);
    }
    fj_take_closure(frame);
    fj_resume_at(frame, code->_co_firsttraceable);
    return 1;
}

/* A generator expression that hasn't begun stands behind its YIELD_VALUE at this unit; its first variable is the holder, unless that is None, until it takes
   its next item. */
void fj_suspend_generator(PyObject *generator, PyObject *holder, int unit) {
    _PyInterpreterFrame *frame = (_PyInterpreterFrame *)((PyGenObject *)generator)->gi_iframe;
    int locals = FJ_CODE(frame)->co_nlocalsplus;
    if (holder != Py_None) Py_XSETREF(frame->localsplus[1], Py_NewRef(holder));
    frame->localsplus[locals] = Py_NewRef(frame->localsplus[0]);
    frame->stacktop = locals + 1;
    fj_resume_at(frame, unit + 1);
    ((PyGenObject *)generator)->gi_frame_state = FRAME_SUSPENDED;
}

/* Drops what is left on the value stack: iterators of loops that returned. */
void fj_clear_stack(_PyInterpreterFrame *frame) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject **stack = frame->localsplus + code->co_nlocalsplus;
    for (int i = code->co_stacksize - 1; i >= 0; i--) Py_CLEAR(stack[i]);
    frame->stacktop = code->co_nlocalsplus;
}

/* The interpreter goes on in a frame that is not linked: at a unit, or by raising the exception that is set. */
PyObject *fj_go_on(PyThreadState *ts, _PyInterpreterFrame *frame, int unit, int raising) {
    if (raising) {
        fj_raise_at(frame, unit);
        fj_hide(ts, PyTrace_CALL, raising);
    }
    else fj_resume_at(frame, unit);
    return _PyEval_EvalFrameDefault(ts, frame, raising);
}

#if !FJ_PROLOGUE
/* A new frame for a plain positional call, not linked; NULL when the current chunk of the frame stack has no room. */
_PyInterpreterFrame *fj_push(PyThreadState *ts, PyFunctionObject *function, PyObject *const *args, int count) {
    PyCodeObject *code = (PyCodeObject *)function->func_code;
    if (fj_always_hook || !_PyThreadState_HasStackSpace(ts, code->co_framesize)) return NULL;
    Py_INCREF(function);
    _PyInterpreterFrame *frame = _PyFrame_PushUnchecked(ts, function, count);
    frame->previous = NULL;
    for (int i = 0; i < count; i++) frame->localsplus[i] = Py_NewRef(args[i]);
    for (int i = 0; i < code->co_stacksize; i++) frame->localsplus[code->co_nlocalsplus + i] = NULL;
    return frame;
}
#endif

#if PY_VERSION_HEX >= 0x030D0000
PyObject *fj_finish(PyThreadState *ts, _PyInterpreterFrame *frame, PyObject *result, int64_t unit) {
    if (unit >= 0) fj_executing(frame, (int)unit);
    _PyEval_FrameClearAndPop(ts, frame);
    return result;
}
#elif PY_VERSION_HEX >= 0x030C0000
/* Somebody holds the frame object, or the frame is the first of its chunk: the evaluator returns from it, at a
   RETURN_VALUE of ours; afterwards the frame object shows the code's own return instruction. */
static PyObject *finish_by_evaluator(PyThreadState *ts, _PyInterpreterFrame *frame, PyObject *result, int64_t unit) {
    static _Py_CODEUNIT units[2];
    PyFrameObject *object = (PyFrameObject *)Py_XNewRef(frame->frame_obj);
    PyCodeObject *code = FJ_CODE(frame);
    if (unit < 0) unit = fj_return_unit((PyObject *)code, -1);
    if (unit < -1) unit = -2 - unit;            /* a RETURN_CONST */
    if (unit < 0) unit = code->_co_firsttraceable;
    units[0] = fj_make_unit(NOP, 0);
    units[1] = fj_make_unit(RETURN_VALUE, 0);
    frame->prev_instr = units;
    frame->localsplus[frame->stacktop++] = result;
    result = _PyEval_EvalFrameDefault(ts, frame, 0);
    if (object && object->f_frame->owner == FRAME_OWNED_BY_FRAME_OBJECT) fj_executing(object->f_frame, (int)unit);
    Py_XDECREF(object);
    return result;
}

/* Returns the result from a frame that is not linked and whose value stack is empty. */
PyObject *fj_finish(PyThreadState *ts, _PyInterpreterFrame *frame, PyObject *result, int64_t unit) {
    PyObject **base = (PyObject **)frame;
    if (frame->frame_obj || base == &ts->datastack_chunk->data[0]) return finish_by_evaluator(ts, frame, result, unit);
    PyCodeObject *code = frame->f_code;
    for (int i = 0; i < frame->stacktop; i++) Py_XDECREF(frame->localsplus[i]);
    Py_XDECREF(frame->f_locals);
    Py_DECREF(frame->f_funcobj);
    Py_DECREF(code);
    ts->datastack_top = base;
    return result;
}
#endif

/* What the locals of this thread's innermost frames hold: [(globals, [values], code)]; what the program wrote, not a copy of it. */
PyObject *fj_values_around(int frames) {
    PyObject *found = PyList_New(0);
    _PyInterpreterFrame *frame = FJ_CURRENT(PyThreadState_Get());
    for (; found && frame && frames > 0; frame = frame->previous) {
        if (fj_owned_by_c(frame) || _PyFrame_IsIncomplete(frame)) continue;
        FjSlot *slot = fj_slot_of((PyObject *)FJ_CODE(frame));
        PyObject *code = slot && slot->original ? slot->original : (PyObject *)FJ_CODE(frame);
        PyObject *one = Py_BuildValue("(ONO)", frame->f_globals, fj_list_of(frame->localsplus, FJ_CODE(frame)->co_nlocalsplus), code);
        if (one == NULL || PyList_Append(found, one) < 0) Py_CLEAR(found);
        Py_XDECREF(one);
        frames--;
    }
    return found;
}

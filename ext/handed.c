/* Arguments that nobody but the caller's value stack keeps: the interpreter's own calls hand them over to the frame, so that
   they die when the callee lets go of them.  A call through vectorcall leaves them on the stack until it returns; here the
   frame takes them, once it has its own references, and None stands in for them there, which the caller drops as usual. */
#include "entry.h"

#if !FJ_PROLOGUE
static inline int unheard(PyObject *object) { return PyFloat_CheckExact(object) || PyLong_CheckExact(object) || PyUnicode_CheckExact(object); }

/* Whether the interpreter's own CALL makes this call: then it owns the arguments, and looks at them no more.  C code that
   passes its arguments on (Context.run, partial) may still look, or has put something of its own among them. */
static int interpreter_calls(_PyInterpreterFrame *frame, int unit, PyObject *callable, PyObject *const *args, Py_ssize_t count) {
    PyCodeObject *code = FJ_CODE(frame);
    PyObject *const *stack = frame->localsplus + code->co_nlocalsplus;
    if (args < stack + 1 || args + count > stack + code->co_stacksize) return 0;
    PyObject *bytes = PyCode_GetCode(code);
    if (bytes == NULL) { PyErr_Clear(); return 0; }
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    int known = unit > 0 && fj_is_call(raw[2 * unit]) && raw[2 * unit] != CALL_FUNCTION_EX && raw[2 * unit - 2] != EXTENDED_ARG;
    Py_ssize_t given = raw[2 * unit + 1];
    Py_DECREF(bytes);
    if (!known) return 0;
    if (args[-1] == callable && given + 1 == count) return 1;           /* a method and its object */
    return given == count && args >= stack + 2 && args[-1 - FJ_NULL_ABOVE] == callable && args[-2 + FJ_NULL_ABOVE] == NULL;
}

/* The interpreter suspends a frame whose CALL runs a Python function behind that instruction, where others find it, and where it raises.  NULL: it
   makes this call otherwise, or the frame stands there. */
_PyInterpreterFrame *fj_suspend_caller(PyThreadState *ts, PyObject *callable, PyObject *const *args, Py_ssize_t count) {
    _PyInterpreterFrame *frame = FJ_BEHIND_CALL ? FJ_CURRENT(ts) : NULL;
    if (frame == NULL || fj_owned_by_c(frame) || !interpreter_calls(frame, fj_unit(frame), callable, args, count)) return NULL;
    FJ_POSITION(frame) += FJ_BEHIND_CALL;
    return frame;
}

/* It goes on in its CALL; whoever has begun to look on learns that it was suspended. */
void fj_caller_goes_on(PyThreadState *ts, _PyInterpreterFrame *frame) {
    if (!fj_observed(ts, FJ_CODE(frame))) FJ_POSITION(frame) -= FJ_BEHIND_CALL;
}

FjHanded fj_handed(PyThreadState *ts, PyObject *callable, PyObject *const *args, Py_ssize_t count) {
    FjHanded handed = {(PyObject **)args, 0};
    for (Py_ssize_t i = 0; i < count && i < 64; i++)
        if (Py_REFCNT(args[i]) == 1 && !unheard(args[i])) handed.which |= (uint64_t)1 << i;
    if (handed.which == 0) return handed;
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    if (frame == NULL || fj_owned_by_c(frame)) { handed.which = 0; return handed; }
    int unit = fj_unit(frame);
    if (!interpreter_calls(frame, unit, callable, args, count)
        && !(unit > (int)FJ_BEHIND_CALL && interpreter_calls(frame, unit - FJ_BEHIND_CALL, callable, args, count))) handed.which = 0;
    return handed;
}

void fj_hand_over(FjHanded *handed) {
    for (int i = 0; handed->which >> i; i++) {
        if (!(handed->which >> i & 1)) continue;
        PyObject *object = handed->args[i];
        handed->args[i] = Py_NewRef(Py_None);
        Py_DECREF(object);
        if (i == 63) break;
    }
}

/* A frame that was made in vain gives them back before it goes. */
void fj_take_back(FjHanded *handed, _PyInterpreterFrame *frame) {
    for (int i = 0; handed->which >> i; i++) {
        if (handed->which >> i & 1) Py_SETREF(handed->args[i], Py_NewRef(frame->localsplus[i]));
        if (i == 63) break;
    }
}
#endif

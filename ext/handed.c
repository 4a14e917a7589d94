/* Arguments that nobody but the caller's value stack keeps: the interpreter's own calls hand them over to the frame, so that
   they die when the callee lets go of them.  A call through vectorcall leaves them on the stack until it returns; here the
   frame takes them, once it has its own references, and None stands in for them there, which the caller drops as usual. */
#include "entry.h"

#if !FJ_PROLOGUE
static inline int unheard(PyObject *object) { return PyFloat_CheckExact(object) || PyLong_CheckExact(object) || PyUnicode_CheckExact(object); }

FjHanded fj_handed(PyThreadState *ts, PyObject *const *args, Py_ssize_t count) {
    FjHanded handed = {(PyObject **)args, 0};
    for (Py_ssize_t i = 0; i < count && i < 64; i++)
        if (Py_REFCNT(args[i]) == 1 && !unheard(args[i])) handed.which |= (uint64_t)1 << i;
    if (handed.which == 0) return handed;
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    if (frame == NULL || fj_owned_by_c(frame)) { handed.which = 0; return handed; }
    PyCodeObject *code = FJ_CODE(frame);
    PyObject **stack = frame->localsplus + code->co_nlocalsplus;
    if (handed.args < stack || handed.args + count > stack + code->co_stacksize) handed.which = 0;    /* a C function's array */
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

/* Generator expressions that are consumed on the spot, `sum(x * x for x in a)`: a look finds the expression's frame, but what can be
   compiled is the loop or the function that consumes it. */
#include "looking.h"

static int is_expression(_PyInterpreterFrame *frame) {
    return frame && FJ_CODE(frame)->co_flags & CO_GENERATOR && frame->owner == FRAME_OWNED_BY_GENERATOR
        && PyUnicode_CompareWithASCIIString(FJ_CODE(frame)->co_name, "<genexpr>") == 0;
}

_PyInterpreterFrame *fj_consumer(_PyInterpreterFrame *frame) {
    if (!is_expression(frame)) return NULL;
    while (is_expression(frame)) frame = fj_of_python(frame->previous);
    return frame;
}

/* Whether a frame stands at an instruction that takes one value after the other itself: `for v in (x * x for x in a)`. */
static int takes_one(_PyInterpreterFrame *frame) {
    PyObject *bytes = PyCode_GetCode(FJ_CODE(frame));
    int unit = fj_unit(frame), takes = bytes == NULL || unit < 0 || unit >= PyBytes_GET_SIZE(bytes) / 2 || (unsigned char)PyBytes_AS_STRING(bytes)[2 * unit] == FOR_ITER;
    if (bytes == NULL) PyErr_Clear();
    Py_XDECREF(bytes);
    return takes;
}

PyObject *fj_consumed_by(_PyInterpreterFrame *consumer, _PyInterpreterFrame *frame) {
    _PyInterpreterFrame *last = NULL;
    for (; is_expression(frame); frame = fj_of_python(frame->previous)) last = frame;
    return last && frame == consumer && !takes_one(consumer) ? (PyObject *)_PyFrame_GetGenerator(last) : NULL;
}

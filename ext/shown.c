/* What a program sees of frames that run a copy whose headers lead to native code (entrances.c): the code object that it wrote.

   But for the headers every unit of such a copy means what it means in the original, so only the getters of the code object have to
   say something else, and the setter of the line, which walks through all of the code.  The descriptors of the interpreter's own
   types get them when the first copy is made. */
#include "entry.h"

static PyObject *original_of(PyObject *code) {
    if (code == NULL || !PyCode_Check(code) || !fj_is_led((PyCodeObject *)code)) return code;
    PyObject *original = Py_NewRef(fj_slot_here((PyCodeObject *)code)->original);
    Py_DECREF(code);
    return original;
}

enum { FRAME, FUNCTION, GENERATOR, COROUTINE, ASYNCHRONOUS, KINDS };
static PyGetSetDef before[KINDS], instead[KINDS], line_before, line_instead;

#define GETTER(name, kind) static PyObject *name(PyObject *self, void *closure) { return original_of(before[kind].get(self, closure)); }
GETTER(of_frame, FRAME)
GETTER(of_function, FUNCTION)
GETTER(of_generator, GENERATOR)
GETTER(of_coroutine, COROUTINE)
GETTER(of_asynchronous, ASYNCHRONOUS)
static const getter getters[KINDS] = {of_frame, of_function, of_generator, of_coroutine, of_asynchronous};

/* The line is set in the original, and the frame goes on at the same unit of the copy. */
static int set_line(PyObject *self, PyObject *value, void *closure) {
    _PyInterpreterFrame *frame = ((PyFrameObject *)self)->f_frame;
    PyCodeObject *code = FJ_CODE(frame);
    if (!PyCode_Check(code) || !fj_is_led(code)) return line_before.set(self, value, closure);
    int unit = fj_unit(frame);
    fj_set_code(frame, (PyCodeObject *)fj_slot_here(code)->original);
    fj_executing(frame, unit);
    int failed = line_before.set(self, value, closure);
    unit = fj_unit(frame);
    fj_set_code(frame, code);
    fj_executing(frame, unit);
    return failed;
}

static PyGetSetDescrObject *descriptor(PyTypeObject *type, const char *name) {
    PyObject *names = PyType_GetDict(type), *found = names ? PyDict_GetItemString(names, name) : NULL;
    Py_XDECREF(names);
    return found && Py_IS_TYPE(found, &PyGetSetDescr_Type) ? (PyGetSetDescrObject *)found : NULL;
}

static void show(PyTypeObject *type, const char *name, int kind) {
    PyGetSetDescrObject *found = descriptor(type, name);
    if (found == NULL) return;                  /* 3.11: generators have the original in a field */
    before[kind] = instead[kind] = *found->d_getset;
    instead[kind].get = getters[kind];
    found->d_getset = &instead[kind];
}

/* 0: where the line is set isn't known, and no copy may be made. */
int fj_show_originals(void) {
    static int shown;
    if (shown) return 1;
    PyGetSetDescrObject *line = descriptor(&PyFrame_Type, "f_lineno");
    if (line == NULL || line->d_getset->set == NULL) return 0;
    show(&PyFrame_Type, "f_code", FRAME);
    show(&PyFunction_Type, "__code__", FUNCTION);
    show(&PyGen_Type, "gi_code", GENERATOR);
    show(&PyCoro_Type, "cr_code", COROUTINE);
    show(&PyAsyncGen_Type, "ag_code", ASYNCHRONOUS);
    line_before = line_instead = *line->d_getset;
    line_instead.set = set_line;
    line->d_getset = &line_instead;
    return shown = 1;
}

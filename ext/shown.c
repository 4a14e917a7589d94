/* What a program sees of functions and frames that run a copy of their code: the code object that it wrote.

   But for the headers every unit of a copy whose headers lead to native code (entrances.c) means what it means in the original, so only the
   getters of the code object have to say something else, and the setter of the line, which walks through all of the code.  The copies with a
   prologue (prologue.c, 3.11) are longer in front: where their frames and tracebacks stand is said as the original counts it.  The descriptors
   of the interpreter's own types get the getters when the first copy is made. */
#include "entry.h"

static PyObject *original_of(PyObject *code) {
    if (code == NULL || !PyCode_Check(code)) return code;
    FjSlot *slot = fj_slot_here((PyCodeObject *)code);
    if (slot == NULL || slot->original == NULL || slot->original == code) return code;
    PyObject *original = Py_NewRef(slot->original);
    Py_DECREF(code);
    return original;
}

enum { FRAME, FUNCTION, GENERATOR, COROUTINE, ASYNCHRONOUS, PLACE, KINDS };
static PyGetSetDef before[KINDS], instead[KINDS], line_before, line_instead;

#define GETTER(name, kind) static PyObject *name(PyObject *self, void *closure) { return original_of(before[kind].get(self, closure)); }
GETTER(of_frame, FRAME)
GETTER(of_function, FUNCTION)
GETTER(of_generator, GENERATOR)
GETTER(of_coroutine, COROUTINE)
GETTER(of_asynchronous, ASYNCHRONOUS)

/* Who asks the collector what refers to a code object, or what a function or frame refers to, finds the original, too.  Code objects
   aren't the collector's own, so it counts nothing else than before. */
static traverseproc traverse_before[PLACE];
typedef struct { visitproc visit; void *argument; } Visitor;

static int visit_original(PyObject *object, void *argument) {
    Visitor *visitor = argument;
    FjSlot *slot = PyCode_Check(object) ? fj_slot_here((PyCodeObject *)object) : NULL;
    return visitor->visit(slot && slot->original ? slot->original : object, visitor->argument);
}

static int traverse_shown(int kind, PyObject *self, visitproc visit, void *argument) {
    Visitor visitor = {visit, argument};
    return traverse_before[kind](self, visit_original, &visitor);
}

static int traverse_function(PyObject *self, visitproc visit, void *argument) {
    PyObject *code = ((PyFunctionObject *)self)->func_code;
    if (code == NULL || fj_slot_here((PyCodeObject *)code) == NULL) return traverse_before[FUNCTION](self, visit, argument);
    return traverse_shown(FUNCTION, self, visit, argument);
}

#define TRAVERSE(name, kind) static int name(PyObject *self, visitproc visit, void *argument) { return traverse_shown(kind, self, visit, argument); }
TRAVERSE(traverse_frame, FRAME)
TRAVERSE(traverse_generator, GENERATOR)
TRAVERSE(traverse_coroutine, COROUTINE)
TRAVERSE(traverse_asynchronous, ASYNCHRONOUS)

static PyTypeObject *const types[PLACE] = {&PyFrame_Type, &PyFunction_Type, &PyGen_Type, &PyCoro_Type, &PyAsyncGen_Type};
static const traverseproc traverses[PLACE] = {traverse_frame, traverse_function, traverse_generator, traverse_coroutine, traverse_asynchronous};

static void show_to_the_collector(void) {
    for (int kind = 0; kind < PLACE; kind++) {
        traverse_before[kind] = types[kind]->tp_traverse;
        types[kind]->tp_traverse = traverses[kind];
    }
}

#if FJ_PROLOGUE
/* `lasti` (bytes, -1 in front of all) of frames that run the copy with a prologue, as the original counts it, and back again.  The prologue itself is
   part of RESUME, and so is the pad behind everything. */
static FjSlot *with_prologue(PyCodeObject *code) {
    FjSlot *slot = fj_slot_here(code);
    return slot && slot->copy == (PyObject *)code && slot->original ? slot : NULL;
}

static long in_original(PyCodeObject *code, long lasti) {
    FjSlot *slot = with_prologue(code);
    long unit = lasti / 2, resume = code->_co_firsttraceable;
    if (slot == NULL || unit <= resume) return lasti;
    unit -= slot->shift;
    return 2 * (unit <= resume || unit >= Py_SIZE(slot->original) ? resume : unit);
}

static long in_copy(PyCodeObject *code, long lasti) {
    FjSlot *slot = with_prologue(code);
    return slot && lasti / 2 > code->_co_firsttraceable ? lasti + 2 * slot->shift : lasti;
}

static PyObject *of_place(PyObject *self, void *closure) {
    PyObject *found = before[PLACE].get(self, closure);
    if (found == NULL) return NULL;
    long lasti = PyLong_AsLong(found);
    Py_DECREF(found);
    return PyLong_FromLong(in_original(FJ_CODE(((PyFrameObject *)self)->f_frame), lasti));
}

static PyObject *of_traceback(PyObject *self, void *closure) {
    PyTracebackObject *entry = (PyTracebackObject *)self;
    return PyLong_FromLong(in_original(FJ_CODE(entry->tb_frame->f_frame), entry->tb_lasti));
}

static PyGetSetDef traceback_place = {"tb_lasti", of_traceback, NULL, NULL, NULL};
static newfunc new_traceback;

/* A program that makes an entry says where it stands as it has seen it. */
static PyObject *make_traceback(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    PyTracebackObject *made = (PyTracebackObject *)new_traceback(type, args, keywords);
    if (made) made->tb_lasti = (int)in_copy(FJ_CODE(made->tb_frame->f_frame), made->tb_lasti);
    return (PyObject *)made;
}

static void show_places_of_tracebacks(void) {
    PyObject *place = PyDescr_NewGetSet(&PyTraceBack_Type, &traceback_place);
    if (place == NULL || PyDict_SetItemString(PyTraceBack_Type.tp_dict, "tb_lasti", place) < 0) PyErr_Clear();
    Py_XDECREF(place);
    PyType_Modified(&PyTraceBack_Type);
    new_traceback = PyTraceBack_Type.tp_new;
    PyTraceBack_Type.tp_new = make_traceback;
}
#else
#define of_place NULL
static void show_places_of_tracebacks(void) {}
#endif

static const getter getters[KINDS] = {of_frame, of_function, of_generator, of_coroutine, of_asynchronous, of_place};

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
    static const char *const names[PLACE] = {"f_code", "__code__", "gi_code", "cr_code", "ag_code"};
    for (int kind = 0; kind < PLACE; kind++) show(types[kind], names[kind], kind);
    if (FJ_PROLOGUE) {
        show(&PyFrame_Type, "f_lasti", PLACE);
        show_places_of_tracebacks();
    }
    show_to_the_collector();
    line_before = line_instead = *line->d_getset;
    line_instead.set = set_line;
    line->d_getset = &line_instead;
    return shown = 1;
}

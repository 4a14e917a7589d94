/* What callbacks of sys.monitoring's tools are told of: the code that was written, never a copy of it (entrances.c).

   CPython calls what it keeps for a tool's event.  It keeps a `Told` there, which calls the tool's own function, with the original in the
   copy's place; `register_callback` takes and gives the tool's own. */
#include "entry.h"

#if !FJ_PROLOGUE

enum { TOOLS = 6, MOST = 4 };          /* tools that programs may be; arguments of a callback */

typedef struct { PyObject_HEAD PyObject *function; vectorcallfunc tell; } Told;

static PyObject *call(PyObject *function, PyObject *const *args, size_t flags, PyObject *names) {
    PyObject *told[MOST];
    Py_ssize_t count = PyVectorcall_NARGS(flags);
    if (count == 0 || count > MOST || names || !PyCode_Check(args[0]) || !fj_is_led((PyCodeObject *)args[0]))
        return PyObject_Vectorcall(function, args, flags, names);
    told[0] = fj_slot_here((PyCodeObject *)args[0])->original;
    for (Py_ssize_t i = 1; i < count; i++) told[i] = args[i];
    return PyObject_Vectorcall(function, told, count, NULL);
}

/* The function may put another in its own place meanwhile. */
static PyObject *tell(PyObject *self, PyObject *const *args, size_t flags, PyObject *names) {
    PyObject *function = Py_NewRef(((Told *)self)->function), *result = call(function, args, flags, names);
    Py_DECREF(function);
    return result;
}

static int traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(((Told *)self)->function);
    return 0;
}

static int clear(PyObject *self) {
    Py_CLEAR(((Told *)self)->function);
    return 0;
}

static void dealloc(PyObject *self) {
    PyObject_GC_UnTrack(self);
    clear(self);
    PyObject_GC_Del(self);
}

static PyTypeObject told_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "framejit._machine.Told", .tp_basicsize = sizeof(Told),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL, .tp_vectorcall_offset = offsetof(Told, tell),
    .tp_call = PyVectorcall_Call, .tp_traverse = traverse, .tp_clear = clear, .tp_dealloc = dealloc,
};

/* What is kept for an event has a Told in front from now on; -1: no memory. */
static int come_between(PyObject **kept) {
    if (*kept == NULL || Py_IS_TYPE(*kept, &told_type)) return 0;
    Told *told = PyObject_GC_New(Told, &told_type);
    if (told == NULL) return -1;
    told->function = *kept;
    told->tell = tell;
    *kept = (PyObject *)told;
    PyObject_GC_Track(told);
    return 0;
}

static int come_between_all(PyInterpreterState *interpreter) {
    for (int tool = 0; tool < TOOLS; tool++)
        for (int event = 0; event < _PY_MONITORING_EVENTS; event++)
            if (come_between(&interpreter->monitoring_callables[tool][event]) < 0) return -1;
    return 0;
}

/* The tool's own function: what it gets back of what was kept before.  Takes the reference. */
static PyObject *own(PyObject *kept) {
    if (kept == NULL || !Py_IS_TYPE(kept, &told_type)) return kept;
    PyObject *function = Py_NewRef(((Told *)kept)->function);
    Py_DECREF(kept);
    return function;
}

static FjMethod register_callback;
static PyInterpreterState *served;

static PyObject *register_told(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    PyObject *before = own(register_callback(module, args, count));
    if (before && PyInterpreterState_Get() == served && come_between_all(served) < 0) Py_CLEAR(before);
    return before;
}

int fj_tell_originals(PyObject *monitoring) {
    if (PyType_Ready(&told_type) < 0) return -1;
    served = PyInterpreterState_Get();
    return fj_come_before(monitoring, "register_callback", register_told, &register_callback) < 0 ? -1 : come_between_all(served);
}

#endif

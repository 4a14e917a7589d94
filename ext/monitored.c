/* Tools of sys.monitoring that begin while frames run copies of their code (entrances.c).

   CPython marks the code that a tool asks for, and the code of the frames that run: copies would tell the tool of themselves, or nothing.
   So frames that run one get the original before `set_events` and `set_local_events` do their work.  That can be done where the evaluator
   takes a frame up again: behind a call of Python code that it makes itself, and behind a `yield`.  A frame that waits for C code keeps
   the copy up to its next header, and the copy is told of local events along with the original; callbacks hear of the original (told.c). */
#include "entry.h"
#include "looking.h"

#if FJ_PROLOGUE

int fj_hear_of_tools(void) { return 0; }

#else

static PyInterpreterState *served;

/* The frame goes on in the original, if it runs a copy with entrances and stands in what the copy has in common with it.  `code`: only
   that one's; NULL: anybody's. */
static void give_back(_PyInterpreterFrame *frame, PyObject *code) {
    PyCodeObject *copy = FJ_CODE(frame);
    if (!fj_is_led(copy)) return;
    FjSlot *slot = fj_slot_here(copy);
    int unit = fj_unit(frame);
    if ((PyObject *)copy != slot->led || (code && slot->original != code) || unit < 0 || unit >= Py_SIZE(copy)) return;
    fj_set_code(frame, (PyCodeObject *)Py_NewRef(slot->original));
    fj_executing(frame, unit);
    Py_DECREF(copy);
}

/* Whether a frame of this thread keeps such a copy.  Native code's own frames are linked by C code that the frame before waits for. */
static int give_back_in_thread(PyThreadState *ts, PyObject *code) {
    int kept = 0;
    _PyInterpreterFrame *inner = NULL;
    for (_PyInterpreterFrame *frame = FJ_CURRENT(ts); frame; inner = frame, frame = frame->previous) {
        if (fj_owned_by_c(frame)) continue;
        if (inner && !fj_owned_by_c(inner) && !fj_is_linked(inner)) give_back(frame, code);
        else kept |= fj_is_led(FJ_CODE(frame));
    }
    return kept;
}

static int give_back_in_generator(PyObject *object, void *code) {
    if (!PyGen_CheckExact(object) && !PyCoro_CheckExact(object) && !PyAsyncGen_CheckExact(object)) return 1;
    PyGenObject *generator = (PyGenObject *)object;
    if (generator->gi_frame_state < FRAME_EXECUTING) give_back((_PyInterpreterFrame *)generator->gi_iframe, code);
    return 1;
}

static int give_back_all(PyObject *code) {
    int kept = 0;
    for (PyThreadState *ts = PyInterpreterState_ThreadHead(served); ts; ts = PyThreadState_Next(ts)) kept |= give_back_in_thread(ts, code);
    PyUnstable_GC_VisitObjects(give_back_in_generator, code);
    return kept;
}

static FjMethod set_events, set_local_events;

static int serves(void) { return PyInterpreterState_Get() == served; }

static PyObject *before_events(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (serves()) give_back_all(NULL);
    return set_events(module, args, count);
}

/* The arguments are a tool, a code object and events; what else they may be is said by CPython's own function. */
static PyObject *before_local_events(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    FjSlot *slot = count == 3 && PyCode_Check(args[1]) && serves() ? fj_slot_of(args[1]) : NULL;
    if (slot && slot->led && slot->original == args[1] && (give_back_all(args[1]) || fj_code_observed((PyCodeObject *)slot->led))) {
        PyObject *copied[3] = {args[0], slot->led, args[2]}, *result = set_local_events(module, copied, count);
        if (result == NULL) return NULL;
        Py_DECREF(result);
    }
    return set_local_events(module, args, count);
}

/* Ours comes before sys.monitoring's function of that name; what it was stays in `before`. */
int fj_come_before(PyObject *monitoring, const char *name, FjMethod ours, FjMethod *before) {
    PyObject *function = PyObject_GetAttrString(monitoring, name);
    if (function == NULL) return -1;
    if (PyCFunction_CheckExact(function) && PyCFunction_GET_FLAGS(function) == METH_FASTCALL) {
        PyMethodDef *method = ((PyCFunctionObject *)function)->m_ml;
        if (method->ml_meth != (PyCFunction)(void (*)(void))ours) {
            *before = (FjMethod)(void (*)(void))method->ml_meth;
            method->ml_meth = (PyCFunction)(void (*)(void))ours;
        }
    }
    Py_DECREF(function);
    return 0;
}

/* Once, before the first copy is run. */
int fj_hear_of_tools(void) {
    if (served) return 0;
    PyObject *monitoring = PySys_GetObject("monitoring");       /* borrowed */
    if (monitoring == NULL) return 0;
    served = PyInterpreterState_Get();
    if (fj_come_before(monitoring, "set_events", before_events, &set_events) == 0
        && fj_come_before(monitoring, "set_local_events", before_local_events, &set_local_events) == 0
        && fj_tell_originals(monitoring) == 0) return 0;
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
}

#endif

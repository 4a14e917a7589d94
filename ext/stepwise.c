/* A nest as NumPy does it, one function after the other: where rows would be computed otherwise, or more often, than there.

   Nothing may be heard of it: what np.errstate doesn't ignore raises meanwhile, and is forgotten; then the interpreter does
   the work again, and warns. */
#include "nests.h"

PyObject *fj_of_numpy(const char *name) {
    PyObject *text = PyUnicode_FromString("numpy._core._multiarray_umath"), *module = text ? PyImport_GetModule(text) : NULL;
    PyObject *found = module ? PyObject_GetAttrString(module, name) : NULL;
    Py_XDECREF(module); Py_XDECREF(text);
    PyErr_Clear();
    return found;
}

static PyObject *variable(void) {
    static PyObject *kept;
    if (kept == NULL) kept = fj_of_numpy("_extobj_contextvar");
    return kept;
}

/* Flags that np.errstate ignores. */
int fj_flags_ignored(void) {
    PyObject *capsule = NULL;
    int *mask = NULL, found = 0;
    if (variable() && PyContextVar_Get(variable(), NULL, &capsule) == 0 && capsule) mask = PyCapsule_GetPointer(capsule, "numpy.ufunc.extobj");
    if (mask) found = (*mask & 7 ? 0 : FJ_DIVIDE) | (*mask >> 3 & 7 ? 0 : FJ_OVER) | (*mask >> 6 & 7 ? 0 : FJ_UNDER) | (*mask >> 9 & 7 ? 0 : FJ_INVALID);
    Py_XDECREF(capsule);
    PyErr_Clear();
    return found;
}

/* Elements that NumPy's iterator has room for in a buffer. */
int64_t fj_buffer_size(void) {
    enum { USUAL = 8192 };
    struct { int mask; int64_t size; } *state = NULL;
    PyObject *capsule = NULL;
    if (variable() && PyContextVar_Get(variable(), NULL, &capsule) == 0 && capsule) state = PyCapsule_GetPointer(capsule, "numpy.ufunc.extobj");
    int64_t size = state && state->size > 0 ? state->size : USUAL;
    Py_XDECREF(capsule);
    PyErr_Clear();
    return size;
}

/* A state of np.errstate in which these flags are ignored and the others raise; buffers are as large as they are. */
static PyObject *raising(int ignored) {
    static PyObject *made[FJ_FLAGS + 1];
    static int64_t sizes[FJ_FLAGS + 1];
    int64_t size = fj_buffer_size();
    if (made[ignored] && sizes[ignored] == size) return made[ignored];
    Py_CLEAR(made[ignored]);
    sizes[ignored] = size;
    PyObject *make = fj_of_numpy("_make_extobj"), *empty = PyTuple_New(0);
    const char *ways[] = {"raise", "ignore"};
    PyObject *names = Py_BuildValue("{ssssssss}", "divide", ways[!!(ignored & FJ_DIVIDE)], "over", ways[!!(ignored & FJ_OVER)],
                                    "under", ways[!!(ignored & FJ_UNDER)], "invalid", ways[!!(ignored & FJ_INVALID)]);
    if (make && empty && names) made[ignored] = PyObject_Call(make, empty, names);
    Py_XDECREF(make); Py_XDECREF(empty); Py_XDECREF(names);
    return made[ignored];
}

/* The state for what is ignored now, which is the same as long as np.errstate's is; a borrowed reference, NULL: none can be made. */
static PyObject *raising_now(void) {
    static PyObject *last, *state;
    PyObject *capsule = NULL;
    if (variable() && PyContextVar_Get(variable(), NULL, &capsule) < 0) PyErr_Clear();
    if (capsule == NULL || capsule != last) {
        state = raising(fj_flags_ignored());
        Py_XSETREF(last, capsule);
    } else Py_DECREF(capsule);
    return state;
}

/* What a context variable knows of the last value that it was asked for, in front of all contexts (Include/internal/pycore_context.h). */
typedef struct {
    PyObject_HEAD
    PyObject *name, *usual, *known;
    uint64_t thread, version;
} Variable;

static int is_known(const PyThreadState *tstate, const PyObject *state) {
    const Variable *one = (const Variable *)variable();
    return one->known == state && one->thread == tstate->id && one->version == tstate->context_ver;
}

static void forget_error(void) {
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    Py_XDECREF(type); Py_XDECREF(value); Py_XDECREF(trace);
}

/* What `work` gives while what NumPy would warn of raises, and is forgotten; NULL without an exception.  Where the program has one thread the state is
   what the variable knows, and no context changes: setting it takes 300 ns. */
PyObject *fj_unheard(PyObject *(*work)(const void *), const void *with) {
    static int can_be_told;
    PyThreadState *tstate = PyThreadState_Get();
    PyObject *state = raising_now(), *result = NULL;
    if (state && can_be_told && tstate->context && tstate->prev == NULL && tstate->next == NULL) {
        Variable *one = (Variable *)variable(), before = *one;
        one->known = state; one->thread = tstate->id; one->version = tstate->context_ver;
        result = work(with);
        forget_error();
        if (is_known(tstate, state)) { one->known = before.known; one->thread = before.thread; one->version = before.version; }     /* else it knows better */
        return result;
    }
    PyObject *before = state ? PyContextVar_Set(variable(), state) : NULL;
    if (before) {
        can_be_told = is_known(tstate, state);
        result = work(with);
        forget_error();
        PyContextVar_Reset(variable(), before);
        Py_DECREF(before);
    }
    PyErr_Clear();
    return result;
}

typedef struct { const FjNest *nest; const int64_t *words; } Steps;

/* The array as one of NumPy's type of this number; NumPy's functions convert what they are called with by themselves. */
static PyObject *as_type(PyObject *array, int type) {
    static PyObject *name;
    void **table = fj_numpy();
    if (name == NULL) name = PyUnicode_InternFromString("astype");
    PyObject *descr = name && table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type) : NULL;
    PyObject *made = descr ? PyObject_CallMethodOneArg(array, name, descr) : NULL;
    Py_XDECREF(descr);
    return made;
}

static PyObject *steps_of(const void *with) {
    const FjNest *nest = ((const Steps *)with)->nest;
    const int64_t *words = ((const Steps *)with)->words;
    PyObject *values[FJ_MOST_OPERANDS + FJ_MOST_STEPS] = {NULL};
    int made = 0, last = nest->count + nest->nsteps - 1;
    for (; made < nest->count; made++) {
        const FjOperand *operand = &nest->operands[made];
        values[made] = operand->size ? fj_real_view((const FjArray *)words[made]) : fj_scalar(operand->type, words[made]);
        if (values[made] == NULL) goto done;
    }
    for (; made <= last; made++) {
        const FjStep *step = &nest->steps[made - nest->count];
        PyObject *args[] = {values[step->args[0]], values[step->args[1]], values[step->args[2]]};
        values[made] = step->function ? PyObject_Vectorcall(step->function, args, step->arity, NULL) : step->args[FJ_ASKED_FOR] ? as_type(args[0], step->args[FJ_TYPE_OF_CAST]) : Py_NewRef(args[0]);
        if (values[made] == NULL) goto done;
    }
done:;
    PyObject *result = made > last ? Py_NewRef(values[last]) : NULL;
    for (int i = 0; i < made; i++) Py_DECREF(values[i]);
    return result;
}

/* Whether a cast that the program asks for is of an array that repeats its elements along an axis: a copy of it has that axis last, other results don't. */
int fj_casts_repeated(const FjNest *nest, const int64_t *words) {
    for (int i = 0; i < nest->nsteps; i++) {
        const FjStep *step = &nest->steps[i];
        if (step->function || !step->args[FJ_ASKED_FOR] || step->args[0] >= nest->count || nest->operands[step->args[0]].size == 0) continue;
        const FjArray *array = (const FjArray *)words[step->args[0]];
        for (int axis = 0; axis < array->nd; axis++) if (array->strides[axis] == 0 && array->dims[axis] > 1 && array->nd > 1) return 1;
    }
    return 0;
}

/* The result, or NULL without an exception. */
PyObject *fj_stepwise(const FjNest *nest, const int64_t *words) {
    Steps steps = {nest, words};
    const FjStep *last = &nest->steps[nest->nsteps - 1];
    if (last->function == NULL && !last->args[FJ_ASKED_FOR]) return NULL;       /* a copy, which is none here */
    return fj_unheard(steps_of, &steps);
}

/* Functions of arrays that NumPy computes as a whole, called by native code: products of matrices, reductions along axes.

   fj_array_call gives a new array of the form that is compiled for, or a scalar, or NULL; fj_array_number a number's bits, and the context's
   number 2 where there is none.  Then nothing has happened: what warns or raises, the interpreter does. */
#include "compat.h"
#include "array_calls.h"

enum { FAILED = 2 };
enum { C_ORDER = 1, ALIGNED = 0x100, WRITEABLE = 0x400, WHOLE = C_ORDER | ALIGNED | WRITEABLE };

typedef struct { const FjArrayCall *call; const int64_t *words; } Asked;

static PyObject *axes_of(int axes) {
    PyObject *found = PyTuple_New(__builtin_popcount((unsigned)axes));
    for (int axis = 0, at = 0; found && axis < FJ_MOST_AXES; axis++)
        if (axes >> axis & 1) PyTuple_SET_ITEM(found, at++, PyLong_FromLong(axis));
    return found;
}

/* `through`: NumPy's number of the type that is computed in, -1: it chooses.  `initial`, `where`: what it begins with and which elements count, or NULL. */
PyObject *fj_reduced_by_numpy(PyObject *function, PyObject *array, int axes, int keepdims, int through, PyObject *initial, PyObject *where) {
    static PyObject *reduce, *names[2][2];              /* of keywords: by whether there is the first, the second */
    if (reduce == NULL) {
        reduce = PyUnicode_InternFromString("reduce");
        names[1][0] = Py_BuildValue("(s)", "initial");
        names[0][1] = Py_BuildValue("(s)", "where");
        names[1][1] = Py_BuildValue("(ss)", "initial", "where");
    }
    void **table = fj_numpy();
    PyObject *type = table == NULL ? NULL : through < 0 ? Py_NewRef(Py_None) : ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(through);
    PyObject *axis = axes_of(axes), *made = NULL;
    PyObject *args[] = {function, array, axis, type, Py_None, keepdims ? Py_True : Py_False, initial ? initial : where, where};
    if (reduce && type && axis) made = PyObject_VectorcallMethod(reduce, args, 6, names[initial != NULL][where != NULL]);
    Py_XDECREF(axis); Py_XDECREF(type);
    return made;
}

/* A scalar divided by a number, as one of its own type. */
static PyObject *scalar_average(PyObject *sum, PyObject *number) {
    PyObject *wide = PyNumber_TrueDivide(sum, number), *made = wide ? PyObject_CallOneArg((PyObject *)Py_TYPE(sum), wide) : NULL;
    Py_XDECREF(wide);
    return made;
}

/* What was computed in another type as one of this type; NumPy's own conversion. */
static PyObject *of_type(PyObject *made, int type) {
    enum { TYPE_OBJECT = 16 };
    void **table = fj_numpy();
    PyObject *descr = made && table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type) : NULL;
    PyObject *result = descr ? PyObject_CallOneArg(*(PyObject **)((char *)descr + TYPE_OBJECT), made) : NULL;
    Py_XDECREF(descr); Py_XDECREF(made);
    return result;
}

/* What a reduction begins with, a new reference; NULL: nothing is said of it. */
static PyObject *beginning(const FjArrayCall *call, int64_t word) {
    union { int64_t word; double number; PyObject *object; } value = {.word = word};
    switch (call->begins) {
    case FJ_UNSAID: return NULL;
    case FJ_OBJECT: return Py_NewRef(value.object);
    case FJ_PYTHONS_INT: return PyLong_FromLongLong(word);
    case FJ_PYTHONS_FLOAT: return PyFloat_FromDouble(value.number);
    case FJ_PYTHONS_BOOL: return PyBool_FromLong(word & 1);
    default: return fj_scalar(call->begins - 1, word);
    }
}

/* A mask with the shape of the array that it says something of, as an object; NULL: it has another. */
static PyObject *as_wide_as(const FjArray *array, PyObject *mask) {
    const FjArray *own = (const FjArray *)mask;
    Py_ssize_t strides[FJ_MOST_AXES];
    FjArray head = {.data = own->data, .nd = array->nd, .dims = array->dims, .strides = strides, .base = mask};
    int first = array->nd - own->nd;
    if (first < 0) return NULL;
    for (int axis = 0; axis < array->nd; axis++) {
        int64_t side = axis < first ? 1 : own->dims[axis - first];
        if (side != 1 && side != array->dims[axis]) return NULL;
        strides[axis] = side == 1 ? 0 : own->strides[axis - first];
    }
    return fj_real_view(&head);
}

/* How many elements a mask lets through along the axes, as a scalar or array; NULL: somewhere none, of which NumPy warns, or an error. */
static PyObject *counted(const FjArray *array, PyObject *mask, const FjArrayCall *call, int axes) {
    PyObject *wide = as_wide_as(array, mask);
    PyObject *count = wide ? fj_reduced_by_numpy(call->function, wide, axes, call->keepdims, FJ_INT64, NULL, NULL) : NULL;
    int64_t size = 1, *numbers = NULL, single;
    if (count && fj_scalar_bits(count, FJ_INT64, &single)) numbers = &single;
    else if (count && fj_is_array(count)) {
        numbers = (int64_t *)((FjArray *)count)->data;
        for (int axis = 0; axis < ((FjArray *)count)->nd; axis++) size *= ((FjArray *)count)->dims[axis];
    }
    Py_XDECREF(wide);
    for (int64_t k = 0; count && k < size; k++) if (numbers == NULL || numbers[k] == 0) Py_CLEAR(count);
    return count;
}

/* A sum divided by the number of what was summed, as NumPy's mean does it: those of half precision are summed in single. */
static PyObject *averaged(PyObject *sum, const FjArray *array, int axes, const FjArrayCall *call, PyObject *mask) {
    static PyObject *divide, *names;
    if (divide == NULL) divide = fj_of_numpy("true_divide");
    if (names == NULL) names = Py_BuildValue("(ss)", "out", "casting");
    int64_t count = 1;
    int half = call->type == FJ_FLOAT16 && call->through == FJ_FLOAT32;
    for (int axis = 0; axis < array->nd; axis++) if (axes >> axis & 1) count *= array->dims[axis];
    count -= call->less;
    PyObject *number = sum == NULL ? NULL : mask ? counted(array, mask, call, axes) : count > 0 ? fj_scalar(FJ_INT64, count) : NULL, *unsafe = PyUnicode_FromString("unsafe"), *made = NULL;
    PyObject *args[] = {sum, number, sum, unsafe};
    if (number && !fj_is_array(sum)) made = half ? PyNumber_TrueDivide(sum, number) : scalar_average(sum, number);
    else if (divide && names && number && unsafe) made = PyObject_Vectorcall(divide, args, 2, names);
    Py_XDECREF(number); Py_XDECREF(unsafe); Py_XDECREF(sum);
    return half ? of_type(made, FJ_FLOAT16) : made;
}

/* The axes that are named, a bit for each; 0: NumPy raises.  `words`: those that are known at run time. */
int fj_axes_named(const FjArrayCall *call, int ndim, const int64_t *words) {
    int found = 0;
    if (call->given == 0) return call->axes;
    for (int i = 0; i < call->given; i++) {
        int64_t axis = words[i] < 0 ? words[i] + ndim : words[i];
        if (axis < 0 || axis >= ndim || found >> axis & 1) return 0;
        found |= 1 << axis;
    }
    return found;
}

/* A method of arrays that takes one axis, or none. */
static PyObject *along(const FjArrayCall *call, PyObject *array, int axes) {
    static PyObject *name;
    if (name == NULL) name = Py_BuildValue("(s)", "keepdims");
    PyObject *axis = axes < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(__builtin_ctz((unsigned)axes));
    PyObject *args[] = {array, axis, Py_None, Py_True};
    PyObject *made = axis && name ? PyObject_Vectorcall(call->function, args, call->keepdims ? 3 : 2, call->keepdims ? name : NULL) : NULL;
    Py_XDECREF(axis);
    return made;
}

static PyObject *ask(const void *with) {
    const Asked *asked = with;
    const FjArrayCall *call = asked->call;
    PyObject *values[2] = {NULL}, *made = NULL, *initial = beginning(call, call->begins ? asked->words[call->arity + call->given] : 0);
    int axes = fj_axes_named(call, ((const FjArray *)asked->words[0])->nd, asked->words + call->arity);
    for (int i = 0; i < call->arity; i++) if ((values[i] = fj_real_view((const FjArray *)asked->words[i])) == NULL) goto done;
    if (call->form == FJ_CALLED) made = PyObject_Vectorcall(call->function, values, (size_t)call->arity, NULL);
    else if (axes == 0) goto done;
    else if (call->form == FJ_ALONG) made = along(call, values[0], axes);
    else if (initial || !call->begins) made = fj_reduced_by_numpy(call->function, values[0], axes, call->keepdims, call->through, initial, values[1]);
    if (call->form == FJ_AVERAGED) made = averaged(made, (const FjArray *)values[0], axes, call, values[1]);
done:
    for (int i = 0; i < 2; i++) Py_XDECREF(values[i]);
    Py_XDECREF(initial);
    return made;
}

/* Whether it is a scalar, or an array of its own, that generated code takes for one of this form. */
static int is_expected(PyObject *made, const FjArrayCall *call) {
    const FjArray *array = (const FjArray *)made;
    int64_t bits;
    if (call->rank == 0) return fj_scalar_bits(made, call->type, &bits);
    return fj_is_array(made) && fj_type_number(array) == call->type && array->nd == call->rank && (array->flags & WHOLE) == WHOLE;
}

/* ---- a @ b */

typedef struct { int64_t count[4], step[9]; } Sizes;

/* What NumPy hands its loop: 1 product of m x n by n x p, strides of the outer loop and of each matrix; 0: they don't fit. */
static int sizes_of(const FjArray *a, const FjArray *b, Sizes *sizes) {
    int64_t m = a->nd == 2 ? a->dims[0] : 1, n = a->dims[a->nd - 1], p = b->nd == 2 ? b->dims[1] : 1;
    #define STEP(array, axis) ((array)->dims[axis] == 1 ? 0 : (array)->strides[axis])
    *sizes = (Sizes){.count = {1, m, n, p}, .step = {
        0, 0, 0, a->nd == 2 ? STEP(a, 0) : 0, STEP(a, a->nd - 1), STEP(b, 0), b->nd == 2 ? STEP(b, 1) : 0}};
    #undef STEP
    return b->dims[0] == n;
}

/* The product at `out`, rows of `step` bytes; the flags that aren't ignored. */
static int multiply(const FjArrayCall *call, const FjArray *a, const FjArray *b, Sizes *sizes, char *out, int64_t size) {
    int64_t rows = sizes->count[1], columns = sizes->count[3];
    sizes->step[7] = rows == 1 ? 0 : columns * size;
    sizes->step[8] = columns == 1 ? 0 : size;
    char *args[] = {a->data, b->data, out};
    int released = rows * columns * sizes->count[2] >= FJ_RELEASED;
    PyObject *owners[] = {Py_NewRef(fj_keeper(a)), Py_NewRef(fj_keeper(b))};
    PyThreadState *ts = released ? PyEval_SaveThread() : NULL;
    unsigned before = fj_flags_clear(1);
    call->loop(args, sizes->count, sizes->step, call->data);
    int flags = fj_flags_now();
    fj_flags_restore(before);
    if (released) PyEval_RestoreThread(ts);
    Py_DECREF(owners[0]); Py_DECREF(owners[1]);
    return flags ? flags & ~fj_flags_ignored() : 0;
}

/* Into a new array, or where there is none, to `out`; 0: NumPy has to do it. */
static int multiplied(const FjArrayCall *call, const int64_t *words, PyObject **made, char *out) {
    if (call->signature) return fj_signed(call, words, made, out);
    const FjArray *a = (const FjArray *)words[0], *b = (const FjArray *)words[1];
    Sizes sizes;
    int64_t shape[2];
    int rank = 0;
    if (!sizes_of(a, b, &sizes)) return 0;
    if (a->nd == 2) shape[rank++] = a->dims[0];
    if (b->nd == 2) shape[rank++] = b->dims[1];
    if (rank && (*made = fj_new_array(call->type, rank, shape)) == NULL) { PyErr_Clear(); return 0; }
    if (!multiply(call, a, b, &sizes, rank ? ((FjArray *)*made)->data : out, call->size)) return 1;
    if (rank) Py_CLEAR(*made);
    return 0;
}

/* ---- what generated code calls */

static PyObject *answer(const Asked *asked) {
    PyObject *made = asked->call->heard ? fj_unheard(ask, asked) : ask(asked);
    PyErr_Clear();
    return made;
}

static int has_loop(const FjArrayCall *call) { return call->form == FJ_MULTIPLIED || call->form == FJ_SIGNED; }

static int takes_long(const FjArrayCall *call, const int64_t *words) {
    if (call->signature) return fj_signed_work(call, words) >= FJ_RELEASED;
    const FjArray *a = (const FjArray *)words[0], *b = (const FjArray *)words[1];
    int64_t size = 1;
    for (int axis = 0; axis < a->nd; axis++) size *= a->dims[axis];
    return size * (b->nd == 2 ? b->dims[1] : 1) >= FJ_RELEASED;
}

PyObject *fj_array_call(FjContext *context, const FjArrayCall *call, const int64_t *words) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    Asked asked = {call, words};
    PyObject *made = NULL;
    if (has_loop(call)) multiplied(call, words, &made, NULL);
    else made = answer(&asked);
    if (made && !is_expected(made, call)) Py_CLEAR(made);
    context->number = FJ_SWITCHES(context->tstate) != switches;
    return made;
}

/* The same into an array at hand; 0: nothing has happened. */
int64_t fj_array_call_into(FjContext *context, const FjArrayCall *call, const int64_t *words, const FjArray *target) {
    PyObject *owner = Py_NewRef((PyObject *)target), *made = fj_array_call(context, call, words);
    const FjArray *array = (const FjArray *)made;
    int fits = made && (target->flags & WHOLE) == WHOLE && fj_type_number(target) == call->type && target->nd == call->rank;
    int64_t size = call->size;
    for (int axis = 0; fits && axis < call->rank; axis++) {
        fits = array->dims[axis] == target->dims[axis];
        size *= array->dims[axis];
    }
    if (fits) memcpy(target->data, array->data, (size_t)size);
    Py_XDECREF(made);
    Py_DECREF(owner);
    return fits;
}

/* The bits of a NumPy scalar of this type, whose value stands behind its head; 0: it isn't one. */
int fj_scalar_bits(PyObject *scalar, int type, int64_t *bits) {
    enum { TYPE_OBJECT = 16, BYTES = 8, BOOL_BYTES = 1 };
    void **table = fj_numpy();
    PyObject *descr = table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type) : NULL;
    int same = descr && scalar && Py_TYPE(scalar) == *(PyTypeObject **)((char *)descr + TYPE_OBJECT);
    size_t size = same ? (size_t)Py_TYPE(scalar)->tp_basicsize - sizeof(PyObject) : 0;
    *bits = 0;
    if (same) memcpy(bits, (char *)scalar + sizeof(PyObject), type == 0 ? BOOL_BYTES : size < BYTES ? size : BYTES);
    Py_XDECREF(descr);
    return same;
}

int64_t fj_array_number(FjContext *context, const FjArrayCall *call, const int64_t *words) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    int64_t bits = 0;
    Asked asked = {call, words};
    PyObject *made = NULL;
    int found;
    if (has_loop(call)) found = multiplied(call, words, &made, (char *)&bits);
    else if (fj_by_dtype(call, words, &bits)) found = 1;
    else { made = answer(&asked); found = made && fj_scalar_bits(made, call->type, &bits); }
    Py_XDECREF(made);
    context->number = (FJ_SWITCHES(context->tstate) != switches) | (found ? 0 : FAILED);
    return bits;
}

/* In a routine, where nothing else may run: where there are other threads, only products and what a dtype's own function gives; the context's number
   says whether the work is left to NumPy. */
PyObject *fj_array_call_held(FjContext *context, const FjArrayCall *call, const int64_t *words) {
    context->number = FJ_LEFT_TO_NUMPY;
    return fj_has_company(context) && (!has_loop(call) || takes_long(call, words)) ? NULL : fj_array_call(context, call, words);
}

int64_t fj_array_number_held(FjContext *context, const FjArrayCall *call, const int64_t *words) {
    int64_t bits = 0;
    context->number = FJ_LEFT_TO_NUMPY;
    if (!fj_has_company(context)) return fj_array_number(context, call, words);
    if (has_loop(call)) return takes_long(call, words) ? 0 : fj_array_number(context, call, words);
    if (fj_by_dtype(call, words, &bits)) context->number = 0;
    return bits;
}

/* Functions of NumPy's C code that native code calls as they are: searchsorted, concatenate, a[i] and the like (tables/whole_calls.py).

       fj_whole_call(context, call, words)  ->  a new reference, or NULL: nothing has happened, the interpreter does it

   They run nothing of the program's.  What makes objects that the collector counts leaves where a collection is near, and what may call
   functions of Python's in NumPy, where their recursion would soon be too deep. */
#include "compat.h"
#include "array_calls.h"
#include "collections.h"
#include "draws.h"
#include "gathers.h"

enum { ARRAY = 1000, TUPLE = 2000, LIST = 3000, SLICE = 4000, MOST = 32 };     /* tables/whole_calls.py; others as in array_calls.h */
enum { FIRST_DRAWN = 10 };      /* backends/llvm/arrays.py */

typedef struct { const FjWholeCall *call; const int64_t *words; } Asked;
typedef struct { const int32_t *form; const int64_t *word; } Reading;

static PyObject *number_of(int form, int64_t word) {
    union { int64_t word; double number; PyObject *object; } value = {.word = word};
    switch (form) {
    case ARRAY: return fj_real_view((const FjArray *)value.object);
    case FJ_OBJECT: return Py_NewRef(value.object);
    case FJ_PYTHONS_INT: return PyLong_FromLongLong(word);
    case FJ_PYTHONS_FLOAT: return PyFloat_FromDouble(value.number);
    case FJ_PYTHONS_BOOL: return PyBool_FromLong(word & 1);
    default: return fj_scalar(form - 1, word);
    }
}

static PyObject *operand(Reading *at);

static PyObject *slice_of(Reading *at) {
    PyObject *start = operand(at), *stop = start ? operand(at) : NULL, *step = stop ? operand(at) : NULL;
    PyObject *made = step ? PySlice_New(start, stop, step) : NULL;
    Py_XDECREF(start); Py_XDECREF(stop); Py_XDECREF(step);
    return made;
}

/* The next operand as an object, a new reference. */
static PyObject *operand(Reading *at) {
    int form = *at->form++, count = form % ARRAY;
    if (form < TUPLE) return number_of(form, *at->word++);
    if (form > SLICE) return slice_of(at);
    PyObject *made = form < LIST ? PyTuple_New(count) : PyList_New(count);
    for (int i = 0; made && i < count; i++) {
        PyObject *item = operand(at);
        if (item == NULL) Py_CLEAR(made);
        else if (form < LIST) PyTuple_SET_ITEM(made, i, item);
        else PyList_SET_ITEM(made, i, item);
    }
    return made;
}

static PyObject *ask(const void *with) {
    const FjWholeCall *call = ((const Asked *)with)->call;
    Reading at = {call->forms, ((const Asked *)with)->words};
    PyObject *values[MOST + 1] = {NULL}, *made = NULL;
    int count = 0;
    while (count < call->count && (values[count] = operand(&at)) != NULL) count++;
    if (count == call->count) made = PyObject_Vectorcall(call->function, values, (size_t)(count - call->names), call->names ? (PyObject *)*at.word : NULL);
    for (int i = 0; i < count; i++) Py_DECREF(values[i]);
    return made;
}

PyObject *fj_whole_call(FjContext *context, const FjWholeCall *call, const int64_t *words) {
    unsigned long switches = FJ_SWITCHES(context->tstate);
    Asked asked = {call, words};
    PyObject *made = NULL;
    int drawn = call->own - FIRST_DRAWN;
    if (call->own && (drawn >= 0 ? fj_drawn(context, drawn, call, words, &made) : fj_gathers(call->own, call, words, fj_has_company(context), &made))) {
        context->number = 0;
        return made;
    }
    if (fj_collection_is_far()) made = call->heard ? fj_unheard(ask, &asked) : ask(&asked);
    PyErr_Clear();
    context->number = FJ_SWITCHES(context->tstate) != switches;
    return made;
}

/* The same of what changes elements and gives None; 0: nothing has happened. */
int64_t fj_whole_call_into(FjContext *context, const FjWholeCall *call, const int64_t *words) {
    PyObject *made = fj_whole_call(context, call, words);
    Py_XDECREF(made);
    return made != NULL;
}

/* The same in a routine, where no other thread may run: the context's number says where there are any. */
static int left(FjContext *context) {
    context->number = FJ_LEFT_TO_NUMPY;
    return fj_has_company(context);
}

PyObject *fj_whole_call_held(FjContext *context, const FjWholeCall *call, const int64_t *words) {
    return left(context) ? NULL : fj_whole_call(context, call, words);
}

int64_t fj_whole_call_into_held(FjContext *context, const FjWholeCall *call, const int64_t *words) {
    return left(context) ? 0 : fj_whole_call_into(context, call, words);
}

/* Functions that are made where native code runs: by call-outs; and how one ends. */
#include "callouts.h"

/* Code and, below it, what the flags say there is: defaults, defaults of keyword-only parameters, annotations, cells. */
int fj_row_make_function(FjCallout *c) {
    PyObject *code = c->top[-1];
    PyFunctionObject *function = (PyFunctionObject *)PyFunction_New(code, c->run->context.frame->f_globals);
    if (function == NULL) return FJ_ERROR;
    FJ_VERSION_FUNCTION(function, (PyCodeObject *)code);
    Py_DECREF(fj_take(c));
    if (c->arg & 8) function->func_closure = fj_take(c);
    if (c->arg & 4) function->func_annotations = fj_take(c);
    if (c->arg & 2) function->func_kwdefaults = fj_take(c);
    if (c->arg & 1) function->func_defaults = fj_take(c);
    return fj_give(c, (PyObject *)function);
}

static PyObject **attribute_place(PyFunctionObject *function, int64_t flag) {
    return flag == 8 ? &function->func_closure : flag == 4 ? &function->func_annotations : flag == 2 ? &function->func_kwdefaults : &function->func_defaults;
}

/* The same, one by one (3.13): the function is on top. */
int fj_row_function_attribute(FjCallout *c) {
    PyFunctionObject *function = (PyFunctionObject *)fj_take(c);
    PyObject *value = fj_take(c);
    *attribute_place(function, c->arg) = value;
    return fj_give(c, (PyObject *)function);
}

/* A cell of a routine's own, which takes over what it is given; NULL: there is no memory, and that is gone. */
PyObject *fj_new_cell(PyObject *content) {
    PyObject *cell = PyCell_New(content);
    Py_XDECREF(content);
    if (cell == NULL) PyErr_Clear();
    return cell;
}

/* A function as MAKE_FUNCTION makes it, of borrowed parts; NULL: the interpreter has to do it, for others hear of it or there is no memory. */
PyObject *fj_new_function(PyObject *code, PyObject *globals, PyObject *defaults, PyObject *named, PyObject *annotations, PyObject *cells) {
    PyFunctionObject *function = fj_functions_watched(1) ? NULL : (PyFunctionObject *)PyFunction_New(code, globals);
    if (function == NULL) { PyErr_Clear(); return NULL; }
    FJ_VERSION_FUNCTION(function, (PyCodeObject *)code);
    function->func_defaults = Py_XNewRef(defaults);
    function->func_kwdefaults = Py_XNewRef(named);
    function->func_annotations = Py_XNewRef(annotations);
    function->func_closure = Py_XNewRef(cells);
    return (PyObject *)function;
}

/* The same, one by one (3.13). */
void fj_function_attribute(PyObject *function, int64_t flag, PyObject *value) {
    *attribute_place((PyFunctionObject *)function, flag) = Py_NewRef(value);
}

/* The same of its code: weak references to it call nobody, as ours don't; what it has lives on or ends quietly. */
static int code_quiet(PyObject *object, int depth, int (*dies_quietly)(PyObject *, int)) {
    PyCodeObject *code = (PyCodeObject *)object;
    PyWeakReference *one = (PyWeakReference *)code->co_weakreflist;
    for (; one; one = one->wr_next) if (one->wr_callback) return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_consts); i++) {
        PyObject *constant = PyTuple_GET_ITEM(code->co_consts, i);
        if (!fj_lives_on(constant) && !(PyCode_Check(constant) ? code_quiet(constant, depth, dies_quietly) : dies_quietly(constant, depth))) return 0;
    }
    return 1;
}

/* Whether nobody notices the end of a function that only one reference is left to: nobody has a weak reference to it, nothing was
   stored in it, and what it has lives on or ends quietly, too. */
int fj_function_quiet(PyObject *object, int depth, int (*dies_quietly)(PyObject *, int)) {
    PyFunctionObject *function = (PyFunctionObject *)object;
    if (function->func_weakreflist || function->func_dict || fj_functions_watched(0)) return 0;
    PyObject *parts[] = {
        function->func_code, function->func_globals, function->func_builtins, function->func_name, function->func_qualname,
        function->func_defaults, function->func_kwdefaults, function->func_annotations, function->func_closure,
        function->func_doc, function->func_module, FJ_TYPE_PARAMETERS(function),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && !fj_lives_on(parts[i]) && !(PyCode_Check(parts[i]) ? code_quiet(parts[i], depth, dies_quietly) : dies_quietly(parts[i], depth))) return 0;
    return 1;
}

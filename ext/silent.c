/* Functions of C's that nothing of the program's hears of where they are called with objects of Python's own types: what they give hangs on these alone.

   int float str bool; len abs ord chr min max; operator's arithmetic; methods of str.  An error is the interpreter's to raise: it calls once more. */
#include "compat.h"
#include "builtin_types.h"
#include "stepped.h"
#include <string.h>

enum { LONGEST = 64, NARROW = 2, MOST_DIGITS = 64, ROWS = 16 };     /* a text's length; digits of ints that a float can be made of, and of factors */

typedef int (*Fits)(PyObject *const *arguments, int count);
typedef struct { const char *name; Fits fits; } Row;

static int is_int(PyObject *object) { return PyLong_CheckExact(object) || PyBool_Check(object); }
static int is_narrow(PyObject *object) { return is_int(object) && fj_int_digits((PyLongObject *)object) <= NARROW; }
static int is_number(PyObject *object) { return is_narrow(object) || PyFloat_CheckExact(object); }
static int is_short(PyObject *object) { return PyUnicode_CheckExact(object) && PyUnicode_GET_LENGTH(object) <= LONGEST; }

static int one_number(PyObject *const *arguments, int count) { return count == 1 && is_number(arguments[0]); }
static int two_numbers(PyObject *const *arguments, int count) { return count == 2 && is_number(arguments[0]) && is_number(arguments[1]); }
static int one_text(PyObject *const *arguments, int count) { return count == 1 && PyUnicode_CheckExact(arguments[0]); }
static int one_value(PyObject *const *arguments, int count) { return count == 1 && (is_number(arguments[0]) || is_short(arguments[0])); }
static int one_plain(PyObject *const *arguments, int count) { return one_value(arguments, count) || one_text(arguments, count) || (count == 1 && arguments[0] == Py_None); }

/* How long a dictionary is native code may know better. */
static int has_length(PyObject *object) {
    return PyUnicode_CheckExact(object) || PyBytes_CheckExact(object) || PyList_CheckExact(object) || PyTuple_CheckExact(object) || PyAnySet_CheckExact(object);
}

static int one_sized(PyObject *const *arguments, int count) { return count == 1 && has_length(arguments[0]); }
static int one_with_truth(PyObject *const *arguments, int count) { return one_sized(arguments, count) || one_plain(arguments, count) || (count == 1 && is_int(arguments[0])); }

static const Row builtins[] = {{"len", one_sized}, {"abs", one_number}, {"ord", one_text}, {"chr", one_number}, {"min", two_numbers}, {"max", two_numbers}};
static const Row operators[] = {{"add", two_numbers}, {"sub", two_numbers}, {"mul", two_numbers}, {"neg", one_number}, {"truediv", two_numbers}};
static const char *const methods[] = {"strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "swapcase", "isdigit", "isalpha", "isalnum", "isspace",
                                      "isupper", "islower", "isidentifier", "isnumeric", "isdecimal"};

/* The functions of a module of C's, whatever the program has put in their places. */
static PyMethodDef *functions_of(const char *module) {
    PyObject *name = PyUnicode_FromString(module), *found = name ? PyImport_GetModule(name) : NULL;
    PyModuleDef *definition = found && PyModule_Check(found) ? PyModule_GetDef(found) : NULL;
    Py_XDECREF(name);
    Py_XDECREF(found);
    PyErr_Clear();
    return definition ? definition->m_methods : NULL;
}

static const Row *row_among(PyMethodDef *wanted, PyMethodDef *defined, const Row *rows, int count) {
    for (; defined && defined->ml_name; defined++) {
        if (defined != wanted) continue;
        for (int i = 0; i < count; i++) if (strcmp(rows[i].name, defined->ml_name) == 0) return &rows[i];
    }
    return NULL;
}

/* The row of a function of C's, which is looked for once. */
static Fits fits_of_function(PyObject *function) {
    static struct { PyMethodDef *definition; Fits fits; } known[ROWS];
    static int count;
    PyMethodDef *definition = ((PyCFunctionObject *)function)->m_ml;
    for (int i = 0; i < count; i++) if (known[i].definition == definition) return known[i].fits;
    const Row *row = row_among(definition, functions_of("builtins"), builtins, Py_ARRAY_LENGTH(builtins));
    if (row == NULL) row = row_among(definition, functions_of("_operator"), operators, Py_ARRAY_LENGTH(operators));
    if (row && count < ROWS) { known[count].definition = definition; known[count++].fits = row->fits; }
    return row ? row->fits : NULL;
}

static Fits fits_of_method(PyObject *function) {
    const PyMethodDescrObject *method = (PyMethodDescrObject *)function;
    if (method->d_common.d_type != &PyUnicode_Type) return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(methods); i++) if (strcmp(methods[i], method->d_method->ml_name) == 0) return one_text;
    return NULL;
}

static Fits fits_of(PyObject *function) {
    if (function == (PyObject *)&PyLong_Type || function == (PyObject *)&PyFloat_Type) return one_value;
    if (function == (PyObject *)&PyUnicode_Type) return one_plain;
    if (function == (PyObject *)&PyBool_Type) return one_with_truth;
    if (PyCFunction_CheckExact(function)) return fits_of_function(function);
    return Py_IS_TYPE(function, &PyMethodDescr_Type) ? fits_of_method(function) : NULL;
}

int64_t fj_silent_call(PyObject *function, PyObject *const *arguments, int count, PyObject **made) {
    Fits fits = fits_of(function);
    if (fits == NULL || !fits(arguments, count)) return FJ_STEP_NEVER;
    *made = fj_or_nothing(PyObject_Vectorcall(function, arguments, count, NULL));
    return *made ? FJ_STEPPED : FJ_STEP_LEAVE;
}

int fj_silent_sure(PyObject *function, PyObject *argument) {
    Fits fits = fits_of(function);
    if (fits == NULL || !fits(&argument, 1)) return 0;
    if (function == (PyObject *)&PyFloat_Type) return is_number(argument);
    return function == (PyObject *)&PyUnicode_Type || function == (PyObject *)&PyBool_Type || Py_IS_TYPE(function, &PyMethodDescr_Type) || fits == one_sized || (function == (PyObject *)&PyLong_Type && is_int(argument));
}

/* NULL: addition.  Sums of ints always are; others where an int doesn't have to become a float that it is too large for. */
int fj_silent_fold(PyObject *function, PyObject *total, PyObject *next) {
    PyObject *both[] = {total, next};
    int ints = PyLong_CheckExact(total) && PyLong_CheckExact(next);
    if (function == NULL) return ints || two_numbers(both, 2);
    if (!PyCFunction_CheckExact(function) || fits_of_function(function) != two_numbers || strcmp(((PyCFunctionObject *)function)->m_ml->ml_name, "truediv") == 0) return 0;
    return two_numbers(both, 2) || (ints && fj_int_digits((PyLongObject *)total) <= MOST_DIGITS && fj_int_digits((PyLongObject *)next) <= MOST_DIGITS);
}

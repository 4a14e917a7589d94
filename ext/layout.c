/* The layout that generated code reads inline, and the self-test that compares raw reads with the public API. */
#include "entry.h"
#include "recipes_gen.h"
#include "builtin_types.h"

typedef struct { const char *name; long long value; } Entry;

static PyObject *entries_dict(const Entry *entries, size_t count) {
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < count; i++) {
        PyObject *value = PyLong_FromLongLong(entries[i].value);
        if (value == NULL || PyDict_SetItemString(dict, entries[i].name, value) < 0) Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    return dict;
}

/* Offsets in bytes.  long_kind 0: the sign and the number of digits are ob_size (3.11); 1: lv_tag holds the number of
   digits << 3 | sign (0 positive, 1 zero, 2 negative).  Digits have 30 bits in 32.  refcnt_immortal: 32-bit reference
   counts below zero belong to immortal objects. */
PyObject *fj_layout(void) {
#if PY_VERSION_HEX >= 0x030C0000
    long long tag = offsetof(PyLongObject, long_value.lv_tag), digits = offsetof(PyLongObject, long_value.ob_digit), kind = 1;
#else
    long long tag = offsetof(PyVarObject, ob_size), digits = offsetof(PyLongObject, ob_digit), kind = 0;
#endif
    const Entry entries[] = {
        {"object_refcnt", offsetof(PyObject, ob_refcnt)}, {"object_type", offsetof(PyObject, ob_type)},
        {"object_size", sizeof(PyObject)}, {"var_size", offsetof(PyVarObject, ob_size)},
        {"float_value", offsetof(PyFloatObject, ob_fval)}, {"complex_real", offsetof(PyComplexObject, cval.real)}, {"complex_imag", offsetof(PyComplexObject, cval.imag)},
        {"long_tag", tag}, {"long_size", offsetof(PyVarObject, ob_size)}, {"long_digits", digits}, {"long_kind", kind},
        {"list_items", offsetof(PyListObject, ob_item)}, {"list_allocated", offsetof(PyListObject, allocated)},
        {"tuple_items", offsetof(PyTupleObject, ob_item)}, {"refcnt_immortal", FJ_IMMORTAL},
        {"function_code", offsetof(PyFunctionObject, func_code)}, {"function_globals", offsetof(PyFunctionObject, func_globals)},
        {"function_builtins", offsetof(PyFunctionObject, func_builtins)}, {"function_defaults", offsetof(PyFunctionObject, func_defaults)},
        {"function_closure", offsetof(PyFunctionObject, func_closure)}, {"function_vectorcall", offsetof(PyFunctionObject, vectorcall)},
        {"bytearray_start", offsetof(PyByteArrayObject, ob_start)}, {"packed_items", 24}, {"packed_descriptor", 40}, {"packed_letter", 0},
        {"array_data", 16}, {"array_nd", 24}, {"array_dims", 32}, {"array_strides", 40}, {"array_base", 48},
        {"array_descr", 56}, {"array_flags", 64}, {"descr_type_num", 28}, {"descr_byteorder", 26}, {"descr_kind", 24},
        {"descr_elsize", 40}, {"scalar_value", sizeof(PyObject)},
        {"range_iter_size", sizeof(FjRangeIter)}, {"range_iter_start", offsetof(FjRangeIter, start)},
        {"range_iter_step", offsetof(FjRangeIter, step)}, {"range_iter_len", offsetof(FjRangeIter, len)},
#if FJ_PROLOGUE
        {"range_iter_index", offsetof(FjRangeIter, index)},
#else
        {"range_iter_index", -1},
#endif
        {"sequence_iter_index", offsetof(FjSequenceIter, index)}, {"sequence_iter_sequence", offsetof(FjSequenceIter, sequence)},
        {"frame_localsplus", offsetof(_PyInterpreterFrame, localsplus)},
        {"context_result", offsetof(FjContext, result)}, {"context_number", offsetof(FjContext, number)},
        {"context_breaker", offsetof(FjContext, breaker)}, {"context_consts", offsetof(FjContext, consts)},
        {"context_names", offsetof(FjContext, names)}, {"context_spill", offsetof(FjContext, spill)},
        {"values_kind", FJ_VALUES_KIND}, {"context_unit", offsetof(FjContext, unit)}, {"region_superseded", offsetof(FjRegion, superseded)},
        {"region_work", offsetof(FjRegion, work)}, {"region_rounds", offsetof(FjRegion, rounds)}, {"region_calls", offsetof(FjRegion, calls)}, {"region_exact", offsetof(FjRegion, exact)},
    };
    return entries_dict(entries, sizeof entries / sizeof *entries);
}

static int complain(PyObject *problems, const char *text) {
    PyObject *message = PyUnicode_FromString(text);
    int failed = message == NULL || PyList_Append(problems, message) < 0;
    Py_XDECREF(message);
    return failed ? -1 : 0;
}

static int sequences_ok(void) {
    PyObject *pair = Py_BuildValue("[ii]", 3, 5), *tuple = pair ? PyList_AsTuple(pair) : NULL, *it = NULL, *one = NULL;
    int good = 0;
    if (tuple && (it = PyObject_GetIter(pair)) && (one = PyIter_Next(it))) {
        FjSequenceIter *raw = (FjSequenceIter *)it;
        good = raw->index == 1 && raw->sequence == pair && ((PyListObject *)pair)->ob_item[1] == PyTuple_GetItem(tuple, 1)
            && Py_SIZE(pair) == 2;
        Py_DECREF(it);
        it = PyObject_GetIter(tuple);
        good = good && it && ((FjSequenceIter *)it)->index == 0 && ((FjSequenceIter *)it)->sequence == tuple;
    }
    Py_XDECREF(pair); Py_XDECREF(tuple); Py_XDECREF(it); Py_XDECREF(one);
    return good;
}

static int bytes_ok(void) {
    PyObject *array = PyByteArray_FromStringAndSize("abc", 3), *text = PyBytes_FromStringAndSize("abc", 3);
    int good = array && text && PyByteArray_AS_STRING(array) == ((PyByteArrayObject *)array)->ob_start && PyBytes_AS_STRING(text) == (char *)text + 32
        && Py_SIZE(array) == 3 && Py_SIZE(text) == 3;
    Py_XDECREF(array); Py_XDECREF(text);
    return good;
}

static int ranges_ok(void) {
    PyObject *range = PyObject_CallFunction((PyObject *)&PyRange_Type, "iii", 10, 31, 7), *it = range ? PyObject_GetIter(range) : NULL;
    PyObject *one = it ? PyIter_Next(it) : NULL;
    int64_t next = 0, left = 0, step = 0;
    if (one) fj_range_read((FjRangeIter *)it, &next, &left, &step);
    int good = next == 17 && left == 2 && step == 7;
    if (good) {
        fj_range_move((FjRangeIter *)it, 24, 1, 7);
        Py_XSETREF(one, PyIter_Next(it));
        good = one && PyLong_AsLong(one) == 24;
    }
    Py_XDECREF(range); Py_XDECREF(it); Py_XDECREF(one);
    return good;
}

static int numbers_ok(void) {
    PyObject *number = PyFloat_FromDouble(1.5), *big = PyLong_FromLongLong(-((5LL << 30) + 7));
    int good = number && big && ((PyFloatObject *)number)->ob_fval == 1.5;
#if PY_VERSION_HEX >= 0x030C0000
    good = good && ((PyLongObject *)big)->long_value.lv_tag == (2 << 3 | 2) && ((PyLongObject *)big)->long_value.ob_digit[0] == 7;
#else
    good = good && Py_SIZE(big) == -2 && ((PyLongObject *)big)->ob_digit[0] == 7;
#endif
    Py_XDECREF(number); Py_XDECREF(big);
    return good;
}

/* Called from a Python function: its frame, read raw and through the public API. */
static int frame_ok(void) {
    PyFrameObject *object = PyEval_GetFrame();
    if (object == NULL) return 1;
    _PyInterpreterFrame *raw = object->f_frame;
    PyCodeObject *code = PyFrame_GetCode(object);
    int good = raw->frame_obj == object && FJ_CODE(raw) == code && PyFrame_GetLasti(object) == 2 * fj_unit(raw);
    PyObject *globals = PyFrame_GetGlobals(object);
    good = good && raw->f_globals == globals;
    Py_DECREF(code); Py_DECREF(globals);
    return good;
}

/* A list of problems; empty: the interpreter is laid out as this build expects. */
PyObject *fj_self_test(void) {
    PyObject *problems = PyList_New(0);
    if (problems == NULL) return NULL;
    if (!sequences_ok()) complain(problems, "lists, tuples or their iterators have another layout");
    if (!bytes_ok()) complain(problems, "bytes or bytearrays have another layout");
    if (!ranges_ok()) complain(problems, "range iterators have another layout");
    if (!fj_pairs_ok()) complain(problems, "zip or enumerate objects have another layout");
    if (!numbers_ok()) complain(problems, "int or float objects have another layout");
    if (!frame_ok()) complain(problems, "frames have another layout");
    if (fj_plain_vectorcall == NULL) complain(problems, "functions have no vectorcall");
    return problems;
}

/* The self-test's native code: leaves at once, both arguments in the spill area. */
const int fj_recipe_object = FJ_W_OBJECT;
int64_t fj_self_native(FjContext *context, PyObject **home) {
    context->spill[1] = (int64_t)home[0];
    context->spill[2] = (int64_t)home[1];
    return 1;
}

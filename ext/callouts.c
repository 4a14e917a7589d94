/* Call-outs, first part: calls, operators, subscripts, attributes, iteration.  One function per row of
   src/framejit/tables/callouts.py: what the evaluator does for the instruction, on the frame's own value stack. */
#include "callouts.h"
#include "entry.h"
#include "recipes_gen.h"

/* Whether the interpreter's specialised instruction calls it without counting its recursion. */
static int uncounted(PyObject *callable, PyObject *keywords) {
    int flags = 0;
    if (PyCFunction_CheckExact(callable) && (keywords == NULL || PY_VERSION_HEX < 0x030D0000)) flags = PyCFunction_GET_FLAGS(callable);
    if (Py_IS_TYPE(callable, &PyMethodDescr_Type) && keywords == NULL) flags = ((PyMethodDescrObject *)callable)->d_method->ml_flags;
    return (flags & ~METH_KEYWORDS) == METH_FASTCALL;
}

/* The interpreter's own calls of Python functions hand their operands over to the callee's frame, where they die when it lets
   go of them: so does this one, as soon as there is a frame, if that can be noticed of an argument. */
static struct { PyCodeObject *code; PyObject **base, **top; } handing;

static PyObject *hand_over(PyThreadState *ts, _PyInterpreterFrame *frame, int throwflag) {
    ts->interp->eval_frame = NULL;
    if (FJ_CODE(frame) == handing.code && !throwflag)
        for (PyObject **slot = handing.base; slot < handing.top; slot++) Py_CLEAR(*slot);
    return _PyEval_EvalFrameDefault(ts, frame, throwflag);
}

static int heard(PyObject *object) {
    return object && Py_REFCNT(object) == 1 && !PyFloat_CheckExact(object) && !PyLong_CheckExact(object) && !PyUnicode_CheckExact(object);
}

static PyObject *call_function(FjCallout *c, PyObject **base, PyObject *callable, PyObject **args, size_t nargsf, PyObject *keywords) {
    PyThreadState *ts = c->run->context.tstate;
    PyInterpreterState *interp = ts->interp;
    int plain = Py_IS_TYPE(callable, &PyFunction_Type) && ((PyFunctionObject *)callable)->vectorcall == fj_plain_vectorcall && interp->eval_frame == NULL;
    int one = 0, credit = plain ? FJ_INLINED : 0;
    for (PyObject **slot = base; plain && slot < c->top; slot++) one |= heard(*slot);
    FJ_C_REMAINING(ts) += credit;
    c->run->context.region->interpreted += plain;
    if (!one) {
        PyObject *result = PyObject_Vectorcall(callable, args, nargsf, keywords);
        FJ_C_REMAINING(ts) -= credit;
        return result;
    }
    handing.code = (PyCodeObject *)((PyFunctionObject *)callable)->func_code;
    handing.base = base;
    handing.top = c->top;
    interp->eval_frame = hand_over;
    PyObject *result = fj_plain_vectorcall(callable, args, nargsf & ~PY_VECTORCALL_ARGUMENTS_OFFSET, keywords);
    FJ_C_REMAINING(ts) -= credit;
    if (interp->eval_frame == hand_over) interp->eval_frame = NULL;         /* wrong arguments: no frame was made */
    return result;
}

/* Where the caller stands meanwhile: the interpreter makes no call of its own for a Python function. */
static void stand(FjCallout *c, PyObject *callable) {
    if (PyMethod_Check(callable)) callable = PyMethod_GET_FUNCTION(callable);
    if (!FJ_BEHIND_CALL || !Py_IS_TYPE(callable, &PyFunction_Type) || c->run->context.tstate->interp->eval_frame) return;
    c->at += FJ_BEHIND_CALL;
    fj_executing(c->run->context.frame, c->at + c->run->shift);
}

static int row_call(FjCallout *c) {
    int count = c->arg & 0xffff, names = (c->arg >> 16) - 1, method;
    PyObject *keywords = names >= 0 ? fj_const(c, names) : NULL;
    PyObject **base = c->top - count - 2, *result;
    Py_ssize_t nargs = count - (keywords ? PyTuple_GET_SIZE(keywords) : 0);
#if FJ_NULL_ABOVE
    method = base[1] != NULL;
    PyObject *callable = base[0];
    PyObject **args = base + 2 - method;
#else
    method = base[0] != NULL;
    PyObject *callable = base[!method];
    PyObject **args = base + 2 - method;
#endif
    PyThreadState *ts = c->run->context.tstate;
    int credit = uncounted(callable, keywords), shim = FJ_SHIM && PyType_Check(callable) && fj_initialiser((PyTypeObject *)callable) ? 1 : 0;
    FJ_C_REMAINING(ts) += credit;
    FJ_PY_REMAINING(ts) -= shim;
    stand(c, callable);
    result = call_function(c, base, callable, args, (nargs + method) | PY_VECTORCALL_ARGUMENTS_OFFSET, keywords);
    FJ_PY_REMAINING(ts) += shim;
    FJ_C_REMAINING(ts) -= credit;
    return fj_replace(c, count + 2, result);
}

/* Whether the interpreter lets go of the tuple and the keyword arguments before what is called runs. */
static int hands_over(PyObject *callable) {
    return FJ_LETS_GO && Py_IS_TYPE(callable, &PyFunction_Type) && ((PyFunctionObject *)callable)->vectorcall == fj_plain_vectorcall;
}

static int any_heard(PyObject *keywords) {
    PyObject *key, *value;
    for (Py_ssize_t at = 0; PyDict_Next(keywords, &at, &key, &value);) if (heard(value)) return 1;
    return 0;
}

static int row_call_ex(FjCallout *c) {
    int mapping = c->arg & 1;
    PyObject **base = c->top - 3 - mapping;
    PyObject *callable = base[FJ_NULL_ABOVE ? 0 : 1], *given = base[2];
    PyObject *keywords = mapping ? base[3] : NULL, *result;
    if (!PyTuple_CheckExact(given) && Py_TYPE(given)->tp_iter == NULL && !PySequence_Check(given)) return FJ_UNDONE;
    if (keywords && (!PyDict_CheckExact(keywords) || (hands_over(callable) && any_heard(keywords)))) return FJ_UNDONE;
    if (!PyTuple_CheckExact(given)) {
        PyObject *args = PySequence_Tuple(given);
        if (args == NULL) return FJ_ERROR;
        Py_SETREF(base[2], args);
    }
    if (keywords == NULL && hands_over(callable))
        result = call_function(c, base, callable, ((PyTupleObject *)base[2])->ob_item, (size_t)PyTuple_GET_SIZE(base[2]), NULL);
    else
        result = PyObject_Call(callable, base[2], keywords);
    return fj_replace(c, 3 + mapping, result);
}

static PyObject *power(PyObject *a, PyObject *b) { return PyNumber_Power(a, b, Py_None); }
static PyObject *in_place_power(PyObject *a, PyObject *b) { return PyNumber_InPlacePower(a, b, Py_None); }
static const binaryfunc operators[] = {
    PyNumber_Add, PyNumber_And, PyNumber_FloorDivide, PyNumber_Lshift, PyNumber_MatrixMultiply, PyNumber_Multiply,
    PyNumber_Remainder, PyNumber_Or, power, PyNumber_Rshift, PyNumber_Subtract, PyNumber_TrueDivide, PyNumber_Xor,
    PyNumber_InPlaceAdd, PyNumber_InPlaceAnd, PyNumber_InPlaceFloorDivide, PyNumber_InPlaceLshift,
    PyNumber_InPlaceMatrixMultiply, PyNumber_InPlaceMultiply, PyNumber_InPlaceRemainder, PyNumber_InPlaceOr,
    in_place_power, PyNumber_InPlaceRshift, PyNumber_InPlaceSubtract, PyNumber_InPlaceTrueDivide, PyNumber_InPlaceXor,
};

/* A string that nobody but its variable has, which gets the result, grows in place as it does in the interpreter: the
   variable is empty meanwhile. */
static int grows(FjCallout *c, int slot) {
    PyObject **home = &c->run->context.frame->localsplus[slot], *left = c->top[-2];
    return *home == left && Py_REFCNT(left) == 2 && PyUnicode_CheckExact(left) && PyUnicode_CheckExact(c->top[-1]);
}

static int grow(FjCallout *c, int slot) {
    PyObject *right = fj_take(c), *text = fj_take(c);
    Py_CLEAR(c->run->context.frame->localsplus[slot]);
    c->changed = slot;
    PyUnicode_Append(&text, right);
    Py_DECREF(right);
    return text ? fj_give(c, text) : FJ_ERROR;
}

static int row_binary(FjCallout *c) {
    int number = c->arg & 0xffff, slot = (c->arg >> 16) - 1;
    if (slot >= 0 && grows(c, slot)) return grow(c, slot);
    return fj_replace(c, 2, operators[number](c->top[-2], c->top[-1]));
}

static int row_compare(FjCallout *c) {
    PyObject *result = PyObject_RichCompare(c->top[-2], c->top[-1], c->arg & 15);
    int answer = fj_replace(c, 2, result);
    if (answer != FJ_DONE || !(c->arg & 16) || PyBool_Check(c->top[-1])) return answer;
    result = fj_take(c);
    int truth = PyObject_IsTrue(result);
    Py_DECREF(result);
    return truth < 0 ? FJ_ERROR : fj_give(c, PyBool_FromLong(truth));
}

static int row_contains(FjCallout *c) {
    int answer = PySequence_Contains(c->top[-1], c->top[-2]);
    if (answer < 0) return FJ_ERROR;
    answer ^= c->arg & 1;
    c->run->context.number = answer;
    return fj_replace(c, 2, PyBool_FromLong(answer));
}

static int row_unary(FjCallout *c) {
    PyObject *operand = c->top[-1];
    int truth;
    switch (c->arg) {
    case 0: return fj_replace(c, 1, PyNumber_Negative(operand));
    case 1: return fj_replace(c, 1, PyNumber_Invert(operand));
    case 3: return fj_replace(c, 1, PyNumber_Positive(operand));
    }
    truth = PyObject_IsTrue(operand);
    return truth < 0 ? FJ_ERROR : fj_replace(c, 1, PyBool_FromLong(!truth));
}

static int row_truth(FjCallout *c) {
    int truth = PyObject_IsTrue(c->top[-1]);
    if (truth < 0) return FJ_ERROR;
    c->run->context.number = truth;
    return fj_replace(c, 1, PyBool_FromLong(truth));
}

static int row_branch(FjCallout *c) {
    int truth = PyObject_IsTrue(c->top[-1]);
    if (truth < 0) return FJ_ERROR;
    c->run->context.number = truth;
    if (truth) c->next = c->arg;
    return fj_drop(c, 1, 0);
}

static int row_subscr(FjCallout *c) { return fj_replace(c, 2, PyObject_GetItem(c->top[-2], c->top[-1])); }
static int row_store_subscr(FjCallout *c) { return fj_drop(c, 3, PyObject_SetItem(c->top[-2], c->top[-1], c->top[-3])); }
static int row_delete_subscr(FjCallout *c) { return fj_drop(c, 2, PyObject_DelItem(c->top[-2], c->top[-1])); }

/* A slice has its ends from the stack: they die with it. */
static void drop_ends(FjCallout *c) {
    Py_DECREF(fj_take(c));
    Py_DECREF(fj_take(c));
}

static int row_binary_slice(FjCallout *c) {
    PyObject *slice = PySlice_New(c->top[-2], c->top[-1], NULL);
    if (slice == NULL) return FJ_ERROR;
    drop_ends(c);
    PyObject *result = PyObject_GetItem(c->top[-1], slice);
    Py_DECREF(slice);
    return fj_replace(c, 1, result);
}

static int row_store_slice(FjCallout *c) {
    PyObject *slice = PySlice_New(c->top[-2], c->top[-1], NULL);
    if (slice == NULL) return FJ_ERROR;
    drop_ends(c);
    int failed = PyObject_SetItem(c->top[-1], slice, c->top[-2]);
    Py_DECREF(slice);
    return fj_drop(c, 2, failed);
}

static int row_load_attr(FjCallout *c) { return fj_replace(c, 1, PyObject_GetAttr(c->top[-1], fj_const(c, c->arg))); }

static int row_load_method(FjCallout *c) {
    PyObject *owner = c->top[-1], *method = NULL;
    int unbound = _PyObject_GetMethod(owner, fj_const(c, c->arg), &method);
    if (method == NULL) return FJ_ERROR;
    fj_take(c);
    if (unbound) { fj_give(c, method); return fj_give(c, owner); }
    fj_give(c, FJ_NULL_ABOVE ? method : NULL);
    fj_give(c, FJ_NULL_ABOVE ? NULL : method);
    Py_DECREF(owner);
    return FJ_DONE;
}

static int row_store_attr(FjCallout *c) { return fj_drop(c, 2, PyObject_SetAttr(c->top[-1], fj_const(c, c->arg), c->top[-2])); }
static int row_delete_attr(FjCallout *c) { return fj_drop(c, 1, PyObject_SetAttr(c->top[-1], fj_const(c, c->arg), NULL)); }
static int row_get_iter(FjCallout *c) { return fj_replace(c, 1, PyObject_GetIter(c->top[-1])); }

static int row_for_next(FjCallout *c) {
    PyObject *iterator = c->top[-1];
    PyObject *item = Py_TYPE(iterator)->tp_iternext(iterator);
    c->run->context.number = item != NULL;
    if (item) return fj_give(c, item);
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return FJ_ERROR;
        PyErr_Clear();
    }
    c->next = c->arg;
    return fj_drop(c, 1, 0);
}

const FjRow fj_rows[FJ_C_ROWS] = {
    [FJ_C_CALL] = row_call, [FJ_C_CALL_EX] = row_call_ex, [FJ_C_BINARY] = row_binary, [FJ_C_COMPARE] = row_compare,
    [FJ_C_CONTAINS] = row_contains, [FJ_C_UNARY] = row_unary, [FJ_C_TRUTH] = row_truth, [FJ_C_BRANCH] = row_branch,
    [FJ_C_SUBSCR] = row_subscr, [FJ_C_STORE_SUBSCR] = row_store_subscr, [FJ_C_DELETE_SUBSCR] = row_delete_subscr,
    [FJ_C_BINARY_SLICE] = row_binary_slice, [FJ_C_STORE_SLICE] = row_store_slice, [FJ_C_LOAD_ATTR] = row_load_attr,
    [FJ_C_LOAD_METHOD] = row_load_method, [FJ_C_STORE_ATTR] = row_store_attr, [FJ_C_DELETE_ATTR] = row_delete_attr,
    [FJ_C_GET_ITER] = row_get_iter, [FJ_C_FOR_NEXT] = row_for_next,
    [FJ_C_BUILD_TUPLE] = fj_row_build_tuple, [FJ_C_BUILD_LIST] = fj_row_build_list, [FJ_C_BUILD_MAP] = fj_row_build_map,
    [FJ_C_BUILD_CONST_KEY_MAP] = fj_row_build_const_key_map, [FJ_C_BUILD_SET] = fj_row_build_set,
    [FJ_C_BUILD_STRING] = fj_row_build_string, [FJ_C_BUILD_SLICE] = fj_row_build_slice, [FJ_C_CONVERT] = fj_row_convert,
    [FJ_C_FORMAT] = fj_row_format, [FJ_C_UNPACK] = fj_row_unpack, [FJ_C_LIST_APPEND] = fj_row_list_append,
    [FJ_C_LIST_EXTEND] = fj_row_list_extend, [FJ_C_SET_ADD] = fj_row_set_add, [FJ_C_MAP_ADD] = fj_row_map_add,
    [FJ_C_LOAD_GLOBAL] = fj_row_load_global, [FJ_C_LOAD_NAME] = fj_row_load_name,
    [FJ_C_STORE_GLOBAL] = fj_row_store_global, [FJ_C_STORE_NAME] = fj_row_store_name,
    [FJ_C_DELETE_GLOBAL] = fj_row_delete_global, [FJ_C_DELETE_NAME] = fj_row_delete_name, [FJ_C_POP] = fj_row_pop,
    [FJ_C_STORE_LOCAL] = fj_row_store_local, [FJ_C_DELETE_LOCAL] = fj_row_delete_local,
    [FJ_C_LOAD_LOCAL] = fj_row_load_local, [FJ_C_LOAD_CONST] = fj_row_load_const, [FJ_C_PUSH_NULL] = fj_row_push_null,
    [FJ_C_COPY] = fj_row_copy, [FJ_C_SWAP] = fj_row_swap, [FJ_C_ASK] = fj_row_ask, [FJ_C_INIT] = fj_row_init,
    [FJ_C_SET_UPDATE] = fj_row_set_update, [FJ_C_DICT_UPDATE] = fj_row_dict_update, [FJ_C_DICT_MERGE] = fj_row_dict_merge,
    [FJ_C_LIST_TO_TUPLE] = fj_row_list_to_tuple, [FJ_C_UNPACK_EX] = fj_row_unpack_ex,
    [FJ_C_BEFORE_WITH] = fj_row_before_with, [FJ_C_IMPORT_NAME] = fj_row_import_name, [FJ_C_IMPORT_FROM] = fj_row_import_from,
    [FJ_C_MATCH_SEQUENCE] = fj_row_match_sequence, [FJ_C_MATCH_MAPPING] = fj_row_match_mapping, [FJ_C_GET_LEN] = fj_row_get_len,
    [FJ_C_MATCH_KEYS] = fj_row_match_keys, [FJ_C_MATCH_CLASS] = fj_row_match_class,
    [FJ_C_MAKE_FUNCTION] = fj_row_make_function, [FJ_C_FUNCTION_ATTRIBUTE] = fj_row_function_attribute,
    [FJ_C_RAISE] = fj_row_raise, [FJ_C_RERAISE] = fj_row_reraise, [FJ_C_POP_EXCEPT] = fj_row_pop_except,
    [FJ_C_WITH_EXCEPT_START] = fj_row_with_except_start,
};

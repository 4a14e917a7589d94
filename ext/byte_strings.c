/* bytes and bytearrays: what the interpreter makes of exact ones and does to them, without a call-out.

   Nothing here runs code of the program's.  Where there is an error to raise (a value that is no byte, a buffer that somebody has exported
   and that can't move) the answer is NULL, 0 or below zero and nothing has happened: generated code leaves. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"

static inline char *bytes_at(PyObject *object) { return PyBytes_CheckExact(object) ? PyBytes_AS_STRING(object) : PyByteArray_AS_STRING(object); }

static inline int is_bytes(PyObject *object) { return PyBytes_CheckExact(object) || PyByteArray_CheckExact(object); }

/* Less than, equal to or greater than zero. */
int64_t fj_bytes_compare(PyObject *a, PyObject *b) {
    Py_ssize_t first = Py_SIZE(a), second = Py_SIZE(b);
    int order = memcmp(bytes_at(a), bytes_at(b), first < second ? first : second);
    return order ? order : first - second;
}

int8_t fj_bytes_equal(PyObject *a, PyObject *b) {
    return a == b || (Py_SIZE(a) == Py_SIZE(b) && memcmp(bytes_at(a), bytes_at(b), Py_SIZE(a)) == 0);
}

int64_t fj_bytes_has(PyObject *object, PyObject *part) {
    int answer = PySequence_Contains(object, part);
    if (answer < 0) PyErr_Clear();
    return answer;
}

int64_t fj_bytes_has_int(PyObject *object, int64_t number) {
    return number < 0 || number > 255 ? -1 : memchr(bytes_at(object), (int)number, Py_SIZE(object)) != NULL;
}

/* object[start:stop:step]; bytes of one letter that lie side by side are the interpreter's own. */
PyObject *fj_bytes_slice(PyObject *object, int64_t start, int64_t stop, int64_t step) {
    Py_ssize_t first = start, last = stop, count = PySlice_AdjustIndices(Py_SIZE(object), &first, &last, step);
    int text = PyBytes_CheckExact(object);
    if (text && step == 1 && count == Py_SIZE(object)) return Py_NewRef(object);
    const char *from = step == 1 || count == 0 ? bytes_at(object) + first : NULL;
    PyObject *made = fj_or_nothing((text ? PyBytes_FromStringAndSize : PyByteArray_FromStringAndSize)(from, count));
    for (Py_ssize_t i = 0; made && from == NULL && i < count; i++) bytes_at(made)[i] = bytes_at(object)[first + i * step];
    return made;
}

PyObject *fj_bytes_sum(PyObject *a, PyObject *b) { return fj_or_nothing(PySequence_Concat(a, b)); }
PyObject *fj_bytes_repeated(PyObject *object, int64_t count) { return fj_or_nothing(PySequence_Repeat(object, count)); }

/* type(count) */
PyObject *fj_bytes_zeros(PyObject *type, int64_t count) {
    PyObject *number = count < 0 ? NULL : PyLong_FromLongLong(count), *made = number ? PyObject_CallOneArg(type, number) : NULL;
    Py_XDECREF(number);
    return fj_or_nothing(made);
}

static int is_byte(PyObject *object) {
    int beyond = 0;
    if (!PyLong_CheckExact(object)) return 0;
    long value = PyLong_AsLongAndOverflow(object, &beyond);
    return !beyond && value >= 0 && value < 256;
}

/* Whether the bytes of this are known without asking anybody. */
static int has_bytes(PyObject *object) {
    if (is_bytes(object)) return 1;
    if (!PyList_CheckExact(object) && !PyTuple_CheckExact(object)) return 0;
    PyObject **items = PySequence_Fast_ITEMS(object);
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(object); i++) if (!is_byte(items[i])) return 0;
    return 1;
}

/* type(object) */
PyObject *fj_bytes_of(PyObject *type, PyObject *object) { return has_bytes(object) ? fj_or_nothing(PyObject_CallOneArg(type, object)) : NULL; }

/* bytes.join of a list: nobody's buffer is asked for but theirs. */
PyObject *fj_bytes_joined(PyObject *method, PyObject *object, PyObject *list) {
    PyObject *arguments[] = {object, list};
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) if (!is_bytes(PyList_GET_ITEM(list, i))) return NULL;
    return fj_or_nothing(PyObject_Vectorcall(method, arguments, 2, NULL));
}

/* ---- what changes bytearrays: 1: done, 0: nothing has happened */

static int done(PyObject *made) {
    if (made == NULL) PyErr_Clear();
    Py_XDECREF(made);
    return made != NULL;
}

static int resized(PyObject *array, Py_ssize_t size) {
    int failed = PyByteArray_Resize(array, size) < 0;
    if (failed) PyErr_Clear();
    return !failed;
}

int8_t fj_bytes_append(PyObject *array, int64_t number) {
    Py_ssize_t size = Py_SIZE(array);
    if (number < 0 || number > 255 || size == PY_SSIZE_T_MAX || !resized(array, size + 1)) return 0;
    PyByteArray_AS_STRING(array)[size] = (char)number;
    return 1;
}

/* array += more */
int8_t fj_bytes_grow(PyObject *array, PyObject *more) { return done(PySequence_InPlaceConcat(array, more)); }

/* bytearray.extend */
int8_t fj_bytes_extend(PyObject *method, PyObject *array, PyObject *more) {
    PyObject *arguments[] = {array, more};
    return has_bytes(more) && done(PyObject_Vectorcall(method, arguments, 2, NULL));
}

/* The byte that goes, below zero: none does. */
int64_t fj_bytes_pop(PyObject *array, int64_t index) {
    Py_ssize_t size = Py_SIZE(array), place = index < 0 ? index + size : index;
    if (place < 0 || place >= size || ((PyByteArrayObject *)array)->ob_exports > 0) return -1;
    char *at = PyByteArray_AS_STRING(array) + place, byte = *at;
    memmove(at, at + 1, size - place);
    if (resized(array, size - 1)) return (unsigned char)byte;
    memmove(at + 1, at, size - place - 1);
    *at = byte;
    return -1;
}

/* array[start:stop] = more */
int8_t fj_bytes_store_slice(PyObject *array, int64_t start, int64_t stop, PyObject *more) {
    Py_ssize_t first = start, last = stop, count = PySlice_AdjustIndices(Py_SIZE(array), &first, &last, 1);
    if (count == Py_SIZE(more)) {
        memmove(PyByteArray_AS_STRING(array) + first, bytes_at(more), count);
        return 1;
    }
    if (!fj_can_make()) return 0;
    PyObject *from = PyLong_FromSsize_t(first), *to = PyLong_FromSsize_t(last), *slice = from && to ? PySlice_New(from, to, NULL) : NULL;
    int failed = slice == NULL || PyObject_SetItem(array, slice, more) < 0;
    if (failed) PyErr_Clear();
    Py_XDECREF(from); Py_XDECREF(to); Py_XDECREF(slice);
    return !failed;
}

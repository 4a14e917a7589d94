/* array.array: a vector of numbers of one C type.  Its structure is its module's own (Modules/arraymodule.c): it is taken as
   known once one array's buffer has been found where that says. */
#include "frame.h"
#include <string.h>

typedef struct { char code; int size; } Descriptor;            /* the beginning of it: a letter for the type, bytes of an item */
typedef struct {
    PyObject_VAR_HEAD
    char *items;
    Py_ssize_t allocated;
    const Descriptor *descriptor;
    PyObject *weak;
    Py_ssize_t exports;
} Packed;

static PyTypeObject *packed_type;       /* of the standard library's module: it is never unloaded, and nobody can change it */

static int is_candidate(PyTypeObject *type) {
    return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) && (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE) && type->tp_itemsize == 0
        && type->tp_basicsize == sizeof(Packed) && type->tp_as_buffer && type->tp_as_buffer->bf_getbuffer && strcmp(type->tp_name, "array.array") == 0;
}

/* Nothing of the program runs; the memory of an array can't move meanwhile. */
static int as_expected(PyObject *object) {
    Py_buffer view;
    const Packed *array = (const Packed *)object;
    if (Py_SIZE(object) == 0) return 0;                         /* the memory of none may lie anywhere */
    if (PyObject_GetBuffer(object, &view, PyBUF_FORMAT) < 0) { PyErr_Clear(); return 0; }
    int same = view.buf == array->items && view.len == Py_SIZE(object) * view.itemsize && view.format && view.format[1] == 0
        && array->exports == 1 && array->descriptor->code == view.format[0] && array->descriptor->size == view.itemsize;
    PyBuffer_Release(&view);
    return same;
}

/* The letter of the type of an array.array's items, 'w' and 'u' excepted; 0 for other objects, and where it isn't known how one is laid out. */
int fj_packed_code(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    if (type != packed_type) {
        if (packed_type || !is_candidate(type) || !as_expected(object)) return 0;
        packed_type = (PyTypeObject *)Py_NewRef((PyObject *)type);
    }
    int code = ((const Packed *)object)->descriptor->code;
    return strchr("bBhHiIlLqQfd", code) ? code : 0;
}

/* Whether it is one that goes without a trace. */
int fj_packed_quiet(PyObject *object) {
    if (packed_type == NULL) fj_packed_code(object);            /* a region from disk: nobody has captured one here */
    return packed_type && Py_TYPE(object) == packed_type && ((const Packed *)object)->weak == NULL;
}

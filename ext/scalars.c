/* Boxes: Python numbers and NumPy scalars from raw bits, and references.  NumPy is used only once the program has
   imported it. */
#include "compat.h"
#include "kept_memory.h"
#include "numpy_table.h"

enum { BOOL_TYPE = 0, TYPES = 24 };
static void **numpy_table;

void **fj_numpy(void) {
    if (numpy_table) return numpy_table;
    static const char *names[] = {"numpy._core._multiarray_umath", "numpy.core._multiarray_umath"};
    for (int i = 0; i < 2 && numpy_table == NULL; i++) {
        PyObject *name = PyUnicode_FromString(names[i]), *module = name ? PyImport_GetModule(name) : NULL;
        PyObject *capsule = module ? PyObject_GetAttrString(module, "_ARRAY_API") : NULL;
        if (capsule && (numpy_table = PyCapsule_GetPointer(capsule, NULL)) != NULL) fj_memory_keep(0);
        Py_XDECREF(capsule); Py_XDECREF(module); Py_XDECREF(name);
        PyErr_Clear();
    }
    if (numpy_table == NULL) PyErr_SetString(PyExc_SystemError, "framejit: NumPy is not there");
    return numpy_table;
}

/* A NumPy scalar of a built-in type; the bits stand at the low end. */
PyObject *fj_scalar(int32_t type_num, int64_t bits) {
    static PyTypeObject *types[TYPES];
    void **table = fj_numpy();
    if (table == NULL) return NULL;
    PyObject *descr = NULL;
    if (type_num != BOOL_TYPE && type_num < TYPES && types[type_num]) {
        PyObject *scalar = types[type_num]->tp_alloc(types[type_num], 0);
        if (scalar) memcpy((char *)scalar + sizeof(PyObject), &bits, 8);
        return scalar;
    }
    descr = ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(type_num);
    if (descr == NULL) return NULL;
    PyObject *scalar = ((PyObject *(*)(void *, PyObject *, PyObject *))table[FJ_SCALAR])(&bits, descr, NULL);
    Py_DECREF(descr);
    if (scalar && type_num != BOOL_TYPE && type_num < TYPES && Py_TYPE(scalar)->tp_basicsize >= (Py_ssize_t)sizeof(PyObject) + 8)
        types[type_num] = Py_TYPE(scalar);              /* its value stands behind the head: the next one is filled here */
    return scalar;
}

/* NumPy's complex number of two doubles: they lie behind the head, as in Python's. */
PyObject *fj_complex128(double real, double imag) {
    static PyTypeObject *type;
    double parts[2] = {real, imag};
    if (type) {
        PyObject *scalar = type->tp_alloc(type, 0);
        if (scalar) memcpy((char *)scalar + sizeof(PyObject), parts, sizeof parts);
        return scalar;
    }
    void **table = fj_numpy();
    PyObject *descr = table ? ((PyObject *(*)(int))table[FJ_DESCR_FROM_TYPE])(FJ_COMPLEX128) : NULL;
    PyObject *scalar = descr ? ((PyObject *(*)(void *, PyObject *, PyObject *))table[FJ_SCALAR])(parts, descr, NULL) : NULL;
    Py_XDECREF(descr);
    if (scalar) type = Py_TYPE(scalar);
    return scalar;
}

int fj_long_fits(PyObject *object, int64_t *out) {
    int overflow;
    if (!PyLong_CheckExact(object)) return 0;
    *out = PyLong_AsLongLongAndOverflow(object, &overflow);
    return overflow == 0;
}

PyObject *fj_box_int(int64_t value) { return PyLong_FromLongLong(value); }
PyObject *fj_box_float(double value) { return PyFloat_FromDouble(value); }
void fj_incref(PyObject *object) { Py_XINCREF(object); }
void fj_decref(PyObject *object) { Py_XDECREF(object); }

void fj_home_set(PyObject **home, int32_t slot, PyObject *object) {
    PyObject *old = home[slot];
    home[slot] = Py_XNewRef(object);
    Py_XDECREF(old);
}

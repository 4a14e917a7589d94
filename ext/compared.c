/* Comparing and hashing code objects reads their instructions in place.  While some are changed (jumps.c), whoever compares
   is heard first; at all other times the type is as the interpreter made it. */
#include "looking.h"

static void (*heard)(void);                     /* NULL: the type is the interpreter's own */
static richcmpfunc compare_codes;
static hashfunc hash_code;

static PyObject *compare_heard(PyObject *one, PyObject *other, int relation) { heard(); return compare_codes(one, other, relation); }
static Py_hash_t hash_heard(PyObject *code) { heard(); return hash_code(code); }

/* What the wrappers (`code.__eq__`) call. */
static void change_wrappers(PyObject *dict, void *from, void *to) {
    static const char *const names[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__", "__hash__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        PyObject *wrapper = PyDict_GetItemString(dict, names[i]);
        if (wrapper == NULL || !Py_IS_TYPE(wrapper, &PyWrapperDescr_Type)) continue;
        void **called = &((PyWrapperDescrObject *)wrapper)->d_wrapped;
        if (*called == from) *called = to;
    }
}

static void change_type(richcmpfunc compare, hashfunc hash) {
    PyObject *dict = PyType_GetDict(&PyCode_Type);
    change_wrappers(dict, (void *)PyCode_Type.tp_richcompare, (void *)compare);
    change_wrappers(dict, (void *)PyCode_Type.tp_hash, (void *)hash);
    PyCode_Type.tp_richcompare = compare;
    PyCode_Type.tp_hash = hash;
    Py_DECREF(dict);
}

/* `hear` is called before code objects are compared or hashed; NULL: no longer.  With the GIL. */
void fj_hear_comparisons(void (*hear)(void)) {
    if (hear && heard == NULL) {
        compare_codes = PyCode_Type.tp_richcompare;
        hash_code = PyCode_Type.tp_hash;
        heard = hear;
        change_type(compare_heard, hash_heard);
    } else if (hear == NULL && heard) {
        change_type(compare_codes, hash_code);
        heard = NULL;
    }
}

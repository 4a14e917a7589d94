/* Slots of code objects, what generated code may call, and the layout that it reads inline. */
#include "entry.h"
#include <dlfcn.h>
#include <math.h>

PyObject *fj_missing;
Py_ssize_t fj_extra_index = -1;
static Py_ssize_t copy_index = -1;       /* of the slot among the extras of a copy only */

static void free_slot(void *pointer) {
    FjSlot *slot = pointer;
    if (slot && slot->object) fj_let_go(slot->object);
}

/* The copy dies; its stub, which goes later, has the slot. */
static void free_copy(void *pointer) {
    FjSlot *slot = pointer;
    if (slot) slot->copy = NULL;
}

FjSlot *fj_slot_of(PyObject *code) { return fj_slot_here((PyCodeObject *)code); }

/* The slot has other variants: how many of the first are quick. */
void fj_slot_changed(FjSlot *slot) {
    int count = 0;
    while (slot->plain && count < slot->nvariants && !slot->variants[count]->framed
           && slot->variants[count]->spill + 1 + slot->variants[count]->ncells <= FJ_QUICK_WORDS) count++;
    slot->nquick = count;
    slot->until = slot->trial && slot->nvariants ? slot->trial : FJ_NEVER;
    slot->spoilt = 0;
}

#if PY_VERSION_HEX < 0x030C0000
#define set_extra _PyCode_SetExtra
#define new_index _PyEval_RequestCodeExtraIndex
#else
#define set_extra PyUnstable_Code_SetExtra
#define new_index PyUnstable_Eval_RequestCodeExtraIndex
#endif

/* Room for our extras only: what other tools have free theirs by isn't called for code that they know nothing of. */
static int make_room(PyCodeObject *code) {
    Py_ssize_t size = (FJ_PROLOGUE ? copy_index : fj_extra_index) + 1;
    if (code->co_extra) return 0;
    FjCodeExtras *extras = PyMem_Calloc(1, sizeof(FjCodeExtras) + size * sizeof(void *));
    if (extras == NULL) { PyErr_NoMemory(); return -1; }
    extras->size = size;
    code->co_extra = extras;
    return 0;
}

/* The code object holds the Slot object from now on. */
int fj_slot_attach(PyObject *code, FjSlot *slot) {
    if (make_room((PyCodeObject *)code) < 0) return -1;
    Py_INCREF(slot->object);
    return set_extra(code, fj_extra_index, slot);
}

/* The slot knows the copy as long as that lives. */
int fj_slot_attach_copy(PyObject *code, FjSlot *slot) {
    slot->copy = code;
    return fj_slot_attach(code, slot) < 0 ? -1 : set_extra(code, copy_index, slot);
}

int fj_start(PyObject *missing) {
    fj_missing = Py_NewRef(missing);
    fj_memory_start();
    fj_plain_vectorcall = ((PyFunctionObject *)fj_gate_function)->vectorcall;
    if (fj_extra_index >= 0) return 0;
    fj_extra_index = new_index(free_slot);
    if (FJ_PROLOGUE && fj_extra_index >= 0) copy_index = new_index(free_copy);
    return fj_extra_index < 0 || (FJ_PROLOGUE && copy_index < 0) ? -1 : 0;
}

/* From the unit where an exit may land to the unit of the opcode proper. */
int fj_instruction_at(PyObject *code, int unit) {
    PyObject *bytes = PyCode_GetCode((PyCodeObject *)code);
    if (bytes == NULL) return -1;
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    int end = (int)(PyBytes_GET_SIZE(bytes) / 2);
    while (unit < end) {
        int opcode = raw[2 * unit];
        if (opcode == EXTENDED_ARG) unit++;
#ifdef KW_NAMES
        else if (opcode == KW_NAMES) unit++;
#endif
#ifdef PRECALL
        else if (opcode == PRECALL) unit += 2;
#endif
        else break;
    }
    Py_DECREF(bytes);
    return unit;
}

/* The unit of a RETURN_VALUE: the preferred one, or the last.  Below zero: -2 - the unit of a RETURN_CONST; -1: neither. */
int fj_return_unit(PyObject *code, int preferred) {
    PyObject *bytes = PyCode_GetCode((PyCodeObject *)code);
    if (bytes == NULL) { PyErr_Clear(); return -1; }
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    int end = (int)(PyBytes_GET_SIZE(bytes) / 2), found = -1;
    for (int unit = end - 1; unit >= 0 && found < 0; unit--) {
        if (raw[2 * unit] == RETURN_VALUE) found = unit;
    }
#ifdef RETURN_CONST
    for (int unit = end - 1; unit >= 0 && found == -1; unit--) if (raw[2 * unit] == RETURN_CONST) found = -2 - unit;
    if (preferred >= 0 && preferred < end && raw[2 * preferred] == RETURN_CONST) found = -2 - preferred;
#endif
    if (preferred >= 0 && preferred < end && raw[2 * preferred] == RETURN_VALUE) found = preferred;
    Py_DECREF(bytes);
    return found;
}

static int put(PyObject *dict, const char *name, PyObject *value) {
    int failed = value == NULL || PyDict_SetItemString(dict, name, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

typedef struct { const char *name; void *address; } Symbol;
#define S(name) {#name, (void *)&name}
static const Symbol symbols[] = {
    S(fj_patient), S(fj_patient_consumer), S(fj_values), S(fj_is_plain), S(fj_free_halves), S(fj_bound_to), S(fj_new_bound), S(fj_lacks_name), S(fj_can_make), S(fj_can_make_tuple), S(fj_can_make_list), S(fj_can_make_slice), S(fj_can_make_instance), S(fj_new_slice), S(fj_new_instance), S(fj_value_set), S(fj_slot_set), S(fj_ends_quietly), S(fj_may_go), S(fj_function_runs), S(fj_plain_vectorcall), S(fj_entry_vectorcall), S(fj_poll), S(fj_callout), S(fj_scalar), S(fj_long_fits), S(fj_box_int), S(fj_box_float), S(fj_home_set), S(fj_incref),
    S(fj_decref), {"fj_dealloc", (void *)&_Py_Dealloc}, {"_Py_Dealloc", (void *)&_Py_Dealloc},
    S(PyFloat_Type), S(PyLong_Type), S(PyBool_Type), S(PyUnicode_Type), S(PyList_Type), S(PyTuple_Type), S(PyDict_Type),
    S(PySet_Type), S(PyRange_Type), S(PyRangeIter_Type), S(PyListIter_Type), S(PyTupleIter_Type), S(PySlice_Type),
    S(PyComplex_Type), S(PyBytes_Type), S(PyFunction_Type), S(PyCFunction_Type), S(PyMethod_Type), S(PyModule_Type),
    S(PyEnum_Type), S(PyZip_Type), S(PyReversed_Type),
    {"_Py_NoneStruct", (void *)&_Py_NoneStruct}, {"_Py_TrueStruct", (void *)&_Py_TrueStruct},
    {"_Py_FalseStruct", (void *)&_Py_FalseStruct}, {"_Py_NotImplementedStruct", (void *)&_Py_NotImplementedStruct},
    S(PyFloat_FromDouble), S(PyLong_FromLongLong), S(PyLong_FromUnsignedLongLong), S(PyLong_FromDouble),
    S(PyLong_AsDouble), S(PyLong_AsLongLong), S(PyBool_FromLong), S(PyList_New), S(PyList_Append), S(PyTuple_New),
    S(PyErr_Occurred), S(PyErr_Clear), S(PyObject_IsTrue), S(PyObject_RichCompare), S(PyObject_GetItem), S(PyObject_SetItem),
    S(PyNumber_Add), S(PyObject_Size),
    S(sin), S(cos), S(tan), S(asin), S(acos), S(atan), S(atan2), S(sinh), S(cosh), S(tanh), S(asinh), S(acosh), S(atanh),
    S(exp), S(exp2), S(expm1), S(log), S(log2), S(log10), S(log1p), S(pow), S(sqrt), S(cbrt), S(hypot), S(fmod), S(floor),
    S(ceil), S(trunc), S(rint), S(round), S(fabs), S(copysign), S(erf), S(erfc), S(tgamma), S(lgamma), S(ldexp), S(frexp),
    S(modf), S(nextafter), S(remainder), S(memcpy), S(memmove), S(memset), S(memcmp),
    S(sinf), S(cosf), S(tanf), S(expf), S(logf), S(powf), S(sqrtf), S(fmodf), S(floorf), S(ceilf), S(truncf), S(rintf),
};
#undef S

/* Functions of libm are imported under names of our own, so that LLVM doesn't take them for functions whose meaning it knows. */
static void *in_library(const char *name) {
    static void *math, *own;
    Dl_info here;
    size_t length = strlen(name);
    char plain[256];
    if (math == NULL) math = dlopen("libm.so.6", RTLD_NOW);
    if (own == NULL && dladdr((void *)&fj_symbols, &here)) own = dlopen(here.dli_fname, RTLD_NOW | RTLD_NOLOAD);
    if (length >= sizeof plain) return NULL;
    memcpy(plain, name, length + 1);
    if (length > 5 && !strcmp(plain + length - 5, ".slow")) plain[length - 5] = 0;
    if (!strncmp(plain, "fj_m_", 5)) return math ? dlsym(math, plain + 5) : NULL;
    if (!strncmp(plain, "fj_", 3)) return own ? dlsym(own, plain) : NULL;
    return dlsym(RTLD_DEFAULT, plain);
}

/* The address of what generated code calls by this name; NULL: there is no such thing. */
void *fj_symbol(const char *name) {
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) if (!strcmp(symbols[i].name, name)) return symbols[i].address;
    return in_library(name);
}

PyObject *fj_symbols(void) {
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < sizeof symbols / sizeof *symbols; i++)
        if (put(dict, symbols[i].name, PyLong_FromVoidPtr(symbols[i].address)) < 0) Py_CLEAR(dict);
    return dict;
}

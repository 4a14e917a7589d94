/* What generated code does with objects: new references, boxes, homes, list items.

   ORDER HOMES: a home slot holds NULL or an owned reference.  A function that would drop the last reference to an object
   whose end can be noticed answers 0 and has done nothing: generated code leaves there, and the interpreter drops it. */
#include "frame.h"
#include "builtin_types.h"
#include "numpy_table.h"
#include "spare_arrays.h"
#include "stepped.h"

/* An int, float, complex number, bool, None, string or NumPy number: nobody notices its end. */
static inline int quiet_type(PyTypeObject *type) {
    if (type == &PyTuple_Type || type == &PyList_Type || type == &PyCell_Type || type == &PyFunction_Type) return 0;      /* asked for often */
    return type == &PyFloat_Type || type == &PyLong_Type || type == &PyBool_Type || type == Py_TYPE(Py_None)
        || type == &PyUnicode_Type || type == &PyComplex_Type || type == &PyBytes_Type || type == &PyByteArray_Type || type == &PyRangeIter_Type || type == &PyRange_Type
        || (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) == 0 && strncmp(type->tp_name, "numpy.", 6) == 0
            && strcmp(type->tp_name, "numpy.ndarray") != 0 && strcmp(type->tp_name, "numpy.void") != 0
            && strcmp(type->tp_name, "numpy.object_") != 0);
}

/* Whether native code may work with the value alone: an int, a float, a complex number, a NumPy scalar. */
int fj_is_number(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    return type == &PyFloat_Type || type == &PyLong_Type
        || (type->tp_as_number && type->tp_as_number->nb_absolute && quiet_type(type));
}

/* What ends takes references to others along.  How many each of them has lost is counted while one question is asked: what two that end
   share ends with the second of them. */
typedef struct { PyObject *object; Py_ssize_t lost; uint64_t question; } Loss;
static struct { Loss *table; size_t size, count; uint64_t question; } losses;

void fj_ask(void) {
    losses.question++;
    losses.count = 0;
}

static Loss *loss_of(PyObject *object) {
    size_t at = ((uintptr_t)object >> 4) * 0x9E3779B97F4A7C15u >> 20;
    for (;; at++) {
        Loss *loss = &losses.table[at & (losses.size - 1)];
        if (loss->question == losses.question && loss->object != object) continue;
        if (loss->question != losses.question) *loss = (Loss){object, 0, losses.question};
        return loss;
    }
}

static int make_room(void) {
    Loss *before = losses.table;
    size_t size = losses.size;
    Loss *table = PyMem_RawCalloc(size ? 2 * size : 64, sizeof(Loss));
    if (table == NULL) return 0;
    losses.table = table;
    losses.size = size ? 2 * size : 64;
    for (size_t i = 0; i < size; i++) if (before[i].question == losses.question) loss_of(before[i].object)->lost = before[i].lost;
    PyMem_RawFree(before);
    return 1;
}

/* One more reference to the object goes: whether others are left. */
int fj_lives_on(PyObject *object) {
    if (Py_REFCNT(object) == 1) return 0;
    if (2 * losses.count >= losses.size && !make_room()) return 0;
    Loss *loss = loss_of(object);
    losses.count += loss->lost == 0;
    return ++loss->lost < Py_REFCNT(object);
}

static int dies_quietly(PyObject *object, int depth);

int fj_items_quiet(PyObject *const *items, Py_ssize_t count, int depth) {
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = items[i];
        if (item == NULL || Py_IS_TYPE(item, &PyFloat_Type) || quiet_type(Py_TYPE(item)) || fj_lives_on(item)) continue;
        if (depth == 0 || !dies_quietly(item, depth - 1)) return 0;
    }
    return 1;
}

/* An array that owns its numbers, or shows those of one that lives on: it goes without a trace unless it is referred to weakly. */
static int array_quiet(const FjArray *array, int depth) {
    int number = fj_type_number(array);
    if (array->weak || number == FJ_OBJECTS || (number >= FJ_VOID && number != FJ_FLOAT16) || Py_REFCNT(array->descr) == 1) return 0;
    return array->base == NULL || fj_lives_on(array->base) || (depth > 0 && dies_quietly(array->base, depth - 1));
}

int fj_is_array(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    return !PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && strcmp(type->tp_name, "numpy.ndarray") == 0;
}

/* Iterators that are laid out alike; that over ASCII has a type of its own, which has no other name. */
static int walks_sequence(PyTypeObject *type) {
    if (type->tp_iternext == NULL || PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)) return 0;
    return type == &PyListIter_Type || type == &PySeqIter_Type || type == &PyTupleIter_Type || type == &PyUnicodeIter_Type || type == &PyBytesIter_Type
        || type == &PyByteArrayIter_Type || strcmp(type->tp_name, "str_ascii_iterator") == 0;
}

/* Ends without a trace: a list, tuple, slice, cell, function or instance of such objects and of what lives on elsewhere, or an iterator over one. */
static int dies_quietly(PyObject *object, int depth) {
    PyTypeObject *type = Py_TYPE(object);
    if (type->tp_base == &PyBaseObject_Type && fj_is_instance(type)) return fj_instance_quiet(object, depth);
    if (quiet_type(type)) return 1;
    if (walks_sequence(type)) {
        PyObject *sequence = ((FjSequenceIter *)object)->sequence;
        return sequence == NULL || fj_lives_on(sequence) || (depth > 0 && dies_quietly(sequence, depth - 1));
    }
    if (type == &PyList_Type) return fj_items_quiet(((PyListObject *)object)->ob_item, PyList_GET_SIZE(object), depth);
    if (type == &PyTuple_Type) return fj_items_quiet(((PyTupleObject *)object)->ob_item, PyTuple_GET_SIZE(object), depth);
    if (type == &PySlice_Type) return fj_items_quiet(&((PySliceObject *)object)->start, 3, depth);
    if (type == &PyMethod_Type) return ((PyMethodObject *)object)->im_weakreflist == NULL && fj_items_quiet(&((PyMethodObject *)object)->im_self, 1, depth);
    if (type == &PyCFunction_Type) return ((PyCFunctionObject *)object)->m_weakreflist == NULL && fj_items_quiet(&((PyCFunctionObject *)object)->m_self, 1, depth);
    if (type == &PyCell_Type) return fj_items_quiet(&((PyCellObject *)object)->ob_ref, 1, depth);
    if (type == &PyFunction_Type) return fj_function_quiet(object, depth, dies_quietly);
    if (fj_packed_quiet(object) || fj_pairs_quiet(object, depth) || fj_pool_quiet(object, depth) || fj_deque_quiet(object, depth) || fj_table_quiet(object, depth)
        || fj_stepped_quiet(object, depth)) return 1;
    if (PyExceptionInstance_Check(object)) return fj_exception_quiet(object, depth);
    return fj_is_array(object) ? array_quiet((const FjArray *)object, depth) : fj_instance_quiet(object, depth);
}

static int ends(PyObject *object) {
    if (Py_IS_TYPE(object, &PyUnicode_Type)) return 1;         /* asked for often */
    fj_ask();
    return dies_quietly(object, 3);
}

/* The same, whoever else has it now: it may have a second home. */
int8_t fj_ends_quietly(PyObject *object) { return object == NULL || ends(object); }

/* Whether homes can let go of up to so many references to these objects, and nobody hears of it.  0: the home keeps it. */
int8_t fj_may_go(PyObject *a, int64_t na, PyObject *b, int64_t nb, PyObject *c, int64_t nc, PyObject *d, int64_t nd, PyObject *e, int64_t ne) {
    PyObject *homes[] = {a, b, c, d, e};
    int64_t counts[] = {na, nb, nc, nd, ne};
    fj_ask();
    for (int i = 0; i < 5; i++) {
        int others = 0;
        for (int j = 0; j < i; j++) others += homes[j] == homes[i];
        if (homes[i] == NULL || counts[i] == 0 || others) continue;
        int lives = 0;
        for (int64_t lost = 0; lost < counts[i]; lost++) lives = fj_lives_on(homes[i]);
        if (!lives && !dies_quietly(homes[i], 3)) return 0;
    }
    return 1;
}

/* Whether it equals nothing but itself, as far as it is asked: object's own comparison, or none at all, as None has. */
int8_t fj_compares_identity(PyObject *object) {
    richcmpfunc own = Py_TYPE(object)->tp_richcompare;
    return own == NULL || own == PyBaseObject_Type.tp_richcompare;
}

/* Whether others than the one who asks have it. */
int8_t fj_is_shared(PyObject *object) { return Py_REFCNT(object) > 1; }

int8_t fj_dies_quietly(PyObject *object) {
    return object == NULL || Py_REFCNT(object) > 1 || ends(object);
}

/* What a routine may let go of where it stores an array: a number, or an array whose end, and that of what it shows, nobody hears of,
   whoever else has it now: homes further out may let go of it later, where nothing can leave any more. */
int8_t fj_is_plain_or_array(PyObject *object) {
    if (fj_is_plain(object)) return 1;
    for (int depth = 0; depth < 4 && fj_is_array(object); depth++) {
        const FjArray *array = (const FjArray *)object;
        int number = fj_type_number(array);
        if (array->weak || number == FJ_OBJECTS || (number >= FJ_VOID && number != FJ_FLOAT16) || Py_REFCNT(array->descr) == 1) return 0;
        if (array->base == NULL) return 1;
        object = array->base;
    }
    return 0;
}

/* Bytes that end with an array that nobody else has; below zero: it isn't known. */
static int64_t bytes_ended(const FjArray *array) {
    for (; array->base; array = (const FjArray *)array->base) {
        if (Py_REFCNT(array->base) > 1) return 0;
        if (!fj_is_array(array->base)) return -1;
    }
    int64_t bytes = fj_element_size(fj_type_number(array));
    for (int axis = 0; axis < array->nd; axis++) bytes *= array->dims[axis];
    return bytes ? bytes : -1;
}

/* Whether so many homes may let go of it later than the program does, and nobody hears of it: others keep it, or it is a number, or an array of
   no more than so many bytes. */
int8_t fj_may_wait(PyObject *object, int64_t homes, int64_t most) {
    if (object == NULL || Py_REFCNT(object) > homes || fj_is_plain(object)) return 1;
    if (!fj_is_array(object) || !fj_is_plain_or_array(object)) return 0;
    const FjArray *array = (const FjArray *)object;
    for (int axis = 0; axis < array->nd; axis++) if (array->dims[axis] == 0) return array->base == NULL;
    int64_t bytes = bytes_ended(array);
    return bytes >= 0 && bytes <= most;
}

/* ---- homes */

int32_t fj_home_put(PyObject **home, int32_t slot, PyObject *object) {
    PyObject *old = home[slot];
    if (old == object) return 1;
    if (old && Py_REFCNT(old) == 1) {
        if (fj_spare_keep(old)) old = NULL;
        else if (!ends(old)) return 0;
    }
    home[slot] = Py_XNewRef(object);
    Py_XDECREF(old);
    return 1;
}

int32_t fj_home_put_box(PyObject **home, int32_t slot, PyObject *object) {
    return object == NULL ? 1 : fj_home_put(home, slot, object);
}

int32_t fj_home_take(PyObject **home, int32_t slot, PyObject *object) {
    int32_t done = fj_home_put(home, slot, object);
    Py_XDECREF(object);
    return done;
}

/* ---- new references */

PyObject *fj_own_object(PyObject *object) { return Py_XNewRef(object); }
PyObject *fj_own_int(int64_t value, PyObject *box) { return box ? Py_NewRef(box) : fj_new_int_object(value); }
PyObject *fj_own_float(double value, PyObject *box) { return box ? Py_NewRef(box) : fj_new_float(value); }
PyObject *fj_own_complex(double real, double imag, PyObject *box) { return box ? Py_NewRef(box) : fj_new_complex(real, imag); }
PyObject *fj_own_complex128(double real, double imag, PyObject *box) { return box ? Py_NewRef(box) : fj_new_complex128(real, imag); }
PyObject *fj_own_bool(int8_t value) { return Py_NewRef(value & 1 ? Py_True : Py_False); }
PyObject *fj_own_scalar(int32_t number, int64_t bits, PyObject *box) { return box ? Py_NewRef(box) : fj_new_scalar(number, bits); }

PyObject *fj_own_tuple(PyObject **items, int64_t count) {
    PyObject *tuple = fj_new_tuple(count);
    for (int64_t i = 0; i < count; i++) {
        if (tuple == NULL) Py_XDECREF(items[i]);
        else PyTuple_SET_ITEM(tuple, i, items[i]);
    }
    return tuple;
}

/* The collector has been asked; NULL: there is no memory, and the items are gone. */
PyObject *fj_own_list(PyObject **items, int64_t count) {
    PyObject *list = PyList_New(count);
    if (list == NULL) PyErr_Clear();
    for (int64_t i = 0; i < count; i++) {
        if (list == NULL) Py_XDECREF(items[i]);
        else PyList_SET_ITEM(list, i, items[i]);
    }
    return list;
}

/* The same, a dictionary of keys and values by turns; the keys' hashes and comparisons run nothing.  NULL, too, where two keys are equal: what the
   second of them takes the place of would end, and generated code knows it as the dictionary's. */
PyObject *fj_own_dict(PyObject **items, int64_t count) {
    PyObject *dict = PyDict_New();
    for (int64_t i = 0; i < count; i += 2) if (dict && PyDict_SetItem(dict, items[i], items[i + 1]) < 0) Py_CLEAR(dict);
    if (dict && PyDict_GET_SIZE(dict) < count / 2) Py_CLEAR(dict);
    for (int64_t i = 0; i < count; i++) Py_XDECREF(items[i]);
    if (dict == NULL) PyErr_Clear();
    return dict;
}

/* ---- list items: `place` points at the item; the old one dies quietly (asked before) */

void fj_item_set(PyObject **place, PyObject *object) {
    PyObject *old = *place;
    *place = object;
    Py_XDECREF(old);
}

/* A float that only this list holds is overwritten in place: no one can tell it from a new one. */
void fj_item_set_float(PyObject **place, double value) {
    PyObject *old = *place;
    if (Py_TYPE(old) == &PyFloat_Type && Py_REFCNT(old) == 1) { ((PyFloatObject *)old)->ob_fval = value; return; }
    fj_item_set(place, fj_new_float(value));
}

/* The same of a cell, which may be empty: no int in it is overwritten. */
void fj_cell_set(PyObject **place, PyObject *object) { fj_item_set(place, object); }

void fj_cell_set_float(PyObject **place, double value) {
    if (*place) fj_item_set_float(place, value);
    else *place = fj_new_float(value);
}

/* ---- iterators that the interpreter made */

static int64_t range_part(PyObject *object, int part) {
    int64_t next, left, step;
    fj_range_read((FjRangeIter *)object, &next, &left, &step);
    return part == 0 ? next : part == 1 ? (int64_t)((uint64_t)next + (uint64_t)left * (uint64_t)step) : step;
}
int64_t fj_range_iter_next(PyObject *object) { return range_part(object, 0); }
int64_t fj_range_iter_stop(PyObject *object) { return range_part(object, 1); }
int64_t fj_range_iter_step(PyObject *object) { return range_part(object, 2); }
PyObject *fj_list_iter_list(PyObject *object) { return ((FjSequenceIter *)object)->sequence; }
int64_t fj_list_iter_index(PyObject *object) { return ((FjSequenceIter *)object)->index; }
int64_t fj_reversed_index(PyObject *object) { return ((FjSequenceIter *)object)->index; }

/* A range object (Objects/rangeobject.c): whether generated code may count with it, and its start, stop and step. */
typedef struct { PyObject_HEAD PyObject *parts[3], *length; } FjRange;

static int range_number(PyObject *object, int64_t part, int64_t *number) {
    int beyond = 0;
    PyObject *found = ((FjRange *)object)->parts[part];
    *number = PyLong_CheckExact(found) ? PyLong_AsLongLongAndOverflow(found, &beyond) : PyBool_Check(found) ? found == Py_True : 0;
    return !beyond && (PyLong_CheckExact(found) || PyBool_Check(found));
}

int8_t fj_range_fits(PyObject *object) {
    int64_t numbers[3];
    for (int part = 0; part < 3; part++)
        if (!range_number(object, part, &numbers[part]) || numbers[part] > ((int64_t)1 << 62) || numbers[part] < -((int64_t)1 << 62)) return 0;
    return 1;
}

int64_t fj_range_part(PyObject *object, int64_t part) {
    int64_t number;
    range_number(object, part, &number);
    return number;
}

/* collections.deque: its ends looked at where they lie (Modules/_collectionsmodule.c), and changed by its own methods.

   Blocks of 64 items are linked; the first and the last item have an index each.  Nothing is read here before a deque of the class has been
   compared with what its subscripts say (fj_knows_deque). */
#include "compat.h"
#include "machine.h"

enum { ITEMS = 64, MANY = 5 * ITEMS + 7 };
typedef struct Block { struct Block *left; PyObject *items[ITEMS]; struct Block *right; } Block;
typedef struct { PyObject_VAR_HEAD Block *first, *last; Py_ssize_t first_index, last_index; size_t state; Py_ssize_t most; } Deque;

static struct { PyObject *type; int known; PyCFunction methods[4]; } deques;
static const char *const NAMES[] = {"popleft", "pop", "appendleft", "append"};        /* 0: at the left, 1: at the right */

/* The item at an index, or behind the end if it is below zero; borrowed; NULL: there is none. */
PyObject *fj_deque_item(PyObject *object, int64_t index) {
    Deque *deque = (Deque *)object;
    Py_ssize_t size = Py_SIZE(object);
    if (index < 0) index += size;
    if (index < 0 || index >= size) return NULL;
    if (index >= size - ITEMS) {            /* near the right end */
        Py_ssize_t place = deque->last_index - (size - 1 - index);
        return place >= 0 ? deque->last->items[place] : deque->last->left->items[place + ITEMS];
    }
    Block *block = deque->first;
    index += deque->first_index;
    for (; index >= ITEMS; index -= ITEMS) block = block->right;
    return block->items[index];
}

static int find_methods(PyTypeObject *type) {
    for (int i = 0; i < 4; i++) {
        PyObject *found = PyDict_GetItemString(type->tp_dict, NAMES[i]);
        if (found == NULL || !Py_IS_TYPE(found, &PyMethodDescr_Type)) return 0;
        PyMethodDef *method = ((PyMethodDescrObject *)found)->d_method;
        if ((method->ml_flags & ~METH_COEXIST) != (i < 2 ? METH_NOARGS : METH_O)) return 0;
        deques.methods[i] = method->ml_meth;
    }
    return 1;
}

/* The method of deques with this number.  Code that was kept on disk was made where all had agreed: here nobody has asked yet. */
static PyCFunction method_of(PyTypeObject *type, int64_t number) {
    if (deques.type == NULL) {
        deques.known = find_methods(type);
        deques.type = Py_NewRef(type);
    }
    return deques.methods[number];
}

/* An empty one; NULL: there is no memory. */
PyObject *fj_new_deque(PyObject *type) {
    PyObject *made = PyObject_CallNoArgs(type);
    if (made == NULL) PyErr_Clear();
    return made;
}

/* The item of one end, which goes; somebody else has it, too.  There is one. */
PyObject *fj_deque_pop(PyObject *object, int64_t right) {
    PyObject *item = method_of(Py_TYPE(object), right)(object, NULL);
    Py_XDECREF(item);
    return item;
}

/* Whether an item can be added at an end, and what goes at the other one, if the deque has as many as it may, ends without anybody hearing of it. */
int8_t fj_deque_takes(PyObject *object, int64_t right) {
    Deque *deque = (Deque *)object;
    if (deque->most < 0 || Py_SIZE(object) < deque->most) return 1;
    return deque->most > 0 && fj_ends_quietly(fj_deque_item(object, right ? 0 : -1));
}

/* The reference goes to the deque; 0: there is no memory, and it is gone. */
int8_t fj_deque_append(PyObject *object, PyObject *item, int64_t right) {
    PyObject *none = method_of(Py_TYPE(object), 2 + right)(object, item);
    Py_DECREF(item);
    if (none == NULL) PyErr_Clear();
    Py_XDECREF(none);
    return none != NULL;
}

/* Of the class itself, whose items are known to lie as here; where only code from disk has said so, this class was looked at by another process. */
int fj_is_deque(PyObject *object) {
    if (deques.type == NULL && strcmp(Py_TYPE(object)->tp_name, "collections.deque") == 0) method_of(Py_TYPE(object), 0);
    return (PyObject *)Py_TYPE(object) == deques.type && deques.known;
}

int fj_deque_each(PyObject *object, int (*fits)(PyObject *item)) {
    Deque *deque = (Deque *)object;
    Py_ssize_t left = Py_SIZE(object), from = deque->first_index;
    for (Block *block = deque->first; left > 0; block = block->right, from = 0)
        for (; from < ITEMS && left > 0; from++, left--) if (!fits(block->items[from])) return 0;
    return 1;
}

/* Whether nobody hears of the end of a deque that only one reference is left to: nobody has a weak reference to it, and its items live on or end quietly, too. */
int fj_deque_quiet(PyObject *object, int depth) {
    Deque *deque = (Deque *)object;
    if ((PyObject *)Py_TYPE(object) != deques.type || !deques.known || *PyObject_GET_WEAKREFS_LISTPTR(object)) return 0;
    Py_ssize_t left = Py_SIZE(object), from = deque->first_index;
    for (Block *block = deque->first; left > 0; block = block->right, from = 0) {
        Py_ssize_t count = ITEMS - from < left ? ITEMS - from : left;
        if (!fj_items_quiet(block->items + from, count, depth)) return 0;
        left -= count;
    }
    return 1;
}

/* ---- what is compared */

static int agrees(PyObject *deque) {
    Py_ssize_t size = PyObject_Size(deque);
    for (Py_ssize_t i = -size - 1; i <= size; i++) {
        PyObject *item = PySequence_GetItem(deque, i);
        PyErr_Clear();
        Py_XDECREF(item);
        if (item != (i < -size ? NULL : fj_deque_item(deque, i))) return 0;
    }
    return 1;
}

/* Deques of several sizes, which have been filled and emptied from both ends. */
static int all_agree(PyObject *type) {
    PyObject *deque = PyObject_CallFunction(type, "()i", MANY);
    int same = deque && ((Deque *)deque)->most == MANY;
    for (long i = 0; i < 3 * MANY && same; i++) {
        PyObject *item = PyLong_FromLong(i + 1000);
        same = item && fj_deque_append(deque, item, i % 7 < 3) && (i % 5 || fj_deque_pop(deque, i % 2)) && (i % 61 || agrees(deque));
    }
    same = same && agrees(deque);
    Py_XDECREF(deque);
    return same && !PyErr_Occurred();
}

/* Whether this is the class of deques, whose items lie where we look for them. */
int fj_knows_deque(PyObject *type) {
    if (deques.type == NULL) {
        PyTypeObject *kind = (PyTypeObject *)type;
        Py_XSETREF(deques.type, Py_NewRef(type));
        deques.known = PyType_Check(type) && kind->tp_basicsize >= (Py_ssize_t)sizeof(Deque) && (!(kind->tp_flags & Py_TPFLAGS_HEAPTYPE) || kind->tp_flags & Py_TPFLAGS_IMMUTABLETYPE)
            && find_methods(kind) && all_agree(type);
        PyErr_Clear();
    }
    return deques.known && deques.type == type;
}

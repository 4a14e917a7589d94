/* itertools.product, combinations, combinations_with_replacement and permutations: what they choose from they hold in tuples of their own, so the next
   choice is made without a line of the program's, and nothing ends by it.

   Each keeps the tuple that it has given last, and gives it again with other items if nobody else has it. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include <string.h>

typedef struct { PyObject_HEAD PyObject *pools; Py_ssize_t *indices; PyObject *result; int stopped; } Product;
typedef struct { PyObject_HEAD PyObject *pool; Py_ssize_t *indices; PyObject *result; Py_ssize_t count; int stopped; } Combinations;
typedef struct { PyObject_HEAD PyObject *pool; Py_ssize_t *indices, *cycles; PyObject *result; Py_ssize_t count; int stopped; } Permutations;

enum { PRODUCT, COMBINATIONS, WITH_REPLACEMENT, PERMUTATIONS, KINDS };
static const char *const names[KINDS] = {"itertools.product", "itertools.combinations", "itertools.combinations_with_replacement", "itertools.permutations"};

/* Which of these types it is; KINDS: none.  No class of the program's has such a name and can't be changed. */
static int kind_of(PyTypeObject *type) {
    static PyTypeObject *types[KINDS];
    for (int kind = 0; kind < KINDS; kind++) if (types[kind] == type) return kind;
    if (type->tp_iternext == NULL || (PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && !PyType_HasFeature(type, Py_TPFLAGS_IMMUTABLETYPE))) return KINDS;
    for (int kind = 0; kind < KINDS; kind++) if (strcmp(type->tp_name, names[kind]) == 0) { types[kind] = type; return kind; }
    return KINDS;
}

/* What it chooses from, the tuple that it has given last, NULL if none, and how many items each has; -1: it is another type. */
static Py_ssize_t last_of(PyObject *object, PyObject **pool, PyObject **last) {
    int kind = kind_of(Py_TYPE(object));
    if (kind == KINDS) return -1;
    *pool = ((Product *)object)->pools;
    *last = kind == PERMUTATIONS ? ((Permutations *)object)->result : ((Product *)object)->result;
    return kind == PRODUCT ? PyTuple_GET_SIZE(*pool) : kind == PERMUTATIONS ? ((Permutations *)object)->count : ((Combinations *)object)->count;
}

/* Whether the next choice can be made: no collection comes that anybody hears of, and there is memory. */
int8_t fj_pool_ready(PyObject *object) {
    PyObject *pool, *last;
    PyInterpreterState *interp = PyInterpreterState_Get();
    Py_ssize_t count = last_of(object, &pool, &last);
    if (count < 0 || count >= PyTuple_MAXSAVESIZE) return 0;
    if (count == 0 || (last && Py_REFCNT(last) == 1) || FJ_SPARE_TUPLES(interp, count)) return 1;
    if (!fj_can_make()) return 0;
    PyObject *made = PyTuple_New(count);        /* is spare from then on */
    if (made == NULL) { PyErr_Clear(); return 0; }
    Py_DECREF(made);
    interp->gc.generations[0].count++;
    return 1;
}

/* The next choice; NULL: there is none. */
PyObject *fj_pool_next(PyObject *object) { return fj_or_nothing(Py_TYPE(object)->tp_iternext(object)); }

/* One that dies lets go of its pools and of its last choice. */
int fj_pool_quiet(PyObject *object, int depth) {
    PyObject *pool, *last;
    return last_of(object, &pool, &last) >= 0 && fj_items_quiet(&pool, 1, depth) && fj_items_quiet(&last, 1, depth);
}

/* Whether an object of one of these types that has made its first choice of these two is laid out so; `first`: that choice. */
int8_t fj_pool_fits(PyObject *object, PyObject *first) {
    PyObject *pool = NULL, *last = NULL;
    return last_of(object, &pool, &last) == 2 && pool && PyTuple_CheckExact(pool) && PyTuple_GET_SIZE(pool) == 2 && last == first;
}

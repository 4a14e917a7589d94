/* Iterators of C's that a builtin goes over to their end, as list() and dict() do: whether nothing of the program's hears of that, and nothing can be wrong
   in the middle.  enumerate and zip of lists, tuples, texts and ranges, and map of functions of C's that never fail. */
#include "compat.h"
#include "builtin_types.h"
#include "stepped.h"

static int is_flat(PyObject *object) {
    return fj_is_plain(object) || PyUnicode_CheckExact(object) || PyBytes_CheckExact(object);
}

static int all_flat(PyObject *sequence) {
    if (PyUnicode_CheckExact(sequence) || PyBytes_CheckExact(sequence)) return 1;
    for (Py_ssize_t i = 0; i < Py_SIZE(sequence); i++) if (!is_flat(PySequence_Fast_ITEMS(sequence)[i])) return 0;
    return 1;
}

static int is_range(PyObject *object) { return fj_iterator_kind(object) == FJ_IT_RANGE; }

/* What it goes over: a list, a tuple or a text; NULL: something else, or it is at its end. */
static PyObject *sequence_of(PyObject *object) {
    int kind = fj_iterator_kind(object);
    PyObject *sequence = kind == FJ_IT_SEQUENCE || kind == FJ_IT_BACKWARDS ? ((FjSequenceIter *)object)->sequence : NULL;
    int known = sequence && (PyList_CheckExact(sequence) || PyTuple_CheckExact(sequence) || PyUnicode_CheckExact(sequence) || PyBytes_CheckExact(sequence));
    return known ? sequence : NULL;
}

/* At its end it lets go of the sequence, which others have as well, `times` of them such iterators; or nobody hears of its end. */
static int ends_quietly(PyObject *object, Py_ssize_t times) {
    PyObject *sequence = sequence_of(object);
    return is_range(object) || (sequence && (Py_REFCNT(sequence) > times || all_flat(sequence)));
}

static int zip_drains(PyObject *iterators) {
    Py_ssize_t count = PyTuple_GET_SIZE(iterators);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *one = PyTuple_GET_ITEM(iterators, i);
        Py_ssize_t times = 0;
        for (Py_ssize_t j = 0; j < count; j++) times += sequence_of(PyTuple_GET_ITEM(iterators, j)) == sequence_of(one);
        if (!ends_quietly(one, times)) return 0;
    }
    return 1;
}

static int map_drains(const FjMap *map) {
    PyObject *inner = PyTuple_GET_SIZE(map->iterators) == 1 ? PyTuple_GET_ITEM(map->iterators, 0) : NULL, *sequence = inner ? sequence_of(inner) : NULL;
    if (sequence == NULL || !ends_quietly(inner, 1) || !(PyList_CheckExact(sequence) || PyTuple_CheckExact(sequence))) return 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(sequence); i++) if (!fj_silent_sure(map->function, PySequence_Fast_ITEMS(sequence)[i])) return 0;
    return 1;
}

int fj_drains(PyObject *object, Py_ssize_t *made) {
    int kind = fj_iterator_kind(object);
    *made = 0;
    if (kind == FJ_IT_SEQUENCE || kind == FJ_IT_BACKWARDS || kind == FJ_IT_RANGE) return ends_quietly(object, 1);
    if (kind == FJ_IT_MAP) return map_drains((FjMap *)object);
    if (kind != FJ_IT_ENUMERATE && kind != FJ_IT_ZIP) return 0;
    int known = kind == FJ_IT_ZIP ? !((FjZip *)object)->strict && zip_drains(((FjZip *)object)->iterators) : ends_quietly(((FjEnumerate *)object)->iterator, 1);
    *made = known ? fj_iterator_rest(object) : 0;
    return known && *made >= 0;
}

/* The same of pairs that become a dictionary: their first items are hashed and compared by C alone. */
int fj_drains_pairs(PyObject *object, Py_ssize_t *made) {
    int kind = fj_iterator_kind(object);
    if (!fj_drains(object, made)) return 0;
    if (kind == FJ_IT_ENUMERATE) return 1;
    if (kind != FJ_IT_ZIP || PyTuple_GET_SIZE(((FjZip *)object)->iterators) != 2) return 0;
    PyObject *keys = PyTuple_GET_ITEM(((FjZip *)object)->iterators, 0);
    return is_range(keys) || all_flat(sequence_of(keys));
}

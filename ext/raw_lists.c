/* Lists that only native code knows: an empty list object whose spare room holds the items as raw numbers.

   The object is untracked and its size is 0: whoever lets go of it frees it like any list, and the collector doesn't see it.
   Word 0 of the room is the number of items, which follow: eight bytes each, or one byte for a bool.  `allocated` is what
   the interpreter's own list would have by now.  Before anybody else can look, fj_raw_fill makes the list real, in place. */
#include "compat.h"
#include "machine.h"
#include "raw_lists.h"
#include "collections.h"
#include <sys/mman.h>

volatile int fj_quiet, fj_unasked;

static size_t room(int32_t kind, int64_t allocated) { return kind == FJ_RAW_BOOL ? 8 + (size_t)allocated : 8 + 8 * (size_t)allocated; }
static int64_t *words(PyObject *list) { return (int64_t *)((PyListObject *)list)->ob_item; }
static int8_t *bytes(PyObject *list) { return (int8_t *)(words(list) + 1); }

/* The interpreter's own rule: Objects/listobject.c, list_resize. */
static int64_t grown(int64_t count) { return count ? (int64_t)(((size_t)count + ((size_t)count >> 3) + 6) & ~(size_t)3) : 0; }

enum { MANY = 1 << 16, OBJECT = 32, BESIDE = 8 };        /* bytes an item: the object; what its pool, the list's own growth and other threads take */

/* Whether the memory can be had that a long list needs to become real: pages are asked for, and given back untouched. */
static int could_be_real(int32_t kind, int64_t count) {
    if (count < MANY) return 1;
    size_t size = (size_t)count * ((kind == FJ_RAW_BOOL ? sizeof(PyObject *) : OBJECT) + BESIDE);
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) return 0;
    munmap(pages, size);
    return 1;
}

/* A raw list of `count` times the same number, or NULL: then nothing has happened, and no exception is set. */
PyObject *fj_raw_new(int32_t kind, int64_t count, int64_t bits) {
    if (count < 0) count = 0;
    if (count >= PTRDIFF_MAX / (OBJECT + BESIDE) || !could_be_real(kind, count)) return NULL;
    PyObject *list = PyList_New(0);             /* no collection is due: fj_can_make_list has been asked */
    if (list == NULL) { PyErr_Clear(); return NULL; }
    int64_t *items = bits ? PyMem_Malloc(room(kind, count)) : PyMem_Calloc(room(kind, count), 1);
    if (items == NULL) { Py_DECREF(list); return NULL; }
    PyObject_GC_UnTrack(list);
    ((PyListObject *)list)->ob_item = (PyObject **)items;
    ((PyListObject *)list)->allocated = count;
    items[0] = count;
    if (bits && kind == FJ_RAW_BOOL) memset(items + 1, (int)bits, count);
    else if (bits) for (int64_t i = 0; i < count; i++) items[i + 1] = bits;
    fj_quiet = 1;
    return list;
}

/* ---- the list becomes real

   A constant is kept as its pointer under the kind's tag (tables/types.py), which no other number's bits have on top. */

static const uint64_t tags[] = {[FJ_RAW_INT] = 0x8000, [FJ_RAW_FLOAT] = 0xFFF4};
enum { UNDER_TAG = 48 };

static PyObject *boxed(int32_t kind, int64_t bits) {
    double number;
    if ((uint64_t)bits >> UNDER_TAG == tags[kind]) return Py_NewRef((PyObject *)(bits & (((int64_t)1 << UNDER_TAG) - 1)));
    if (kind == FJ_RAW_INT) return fj_new_int_object(bits);
    memcpy(&number, &bits, sizeof number);
    return fj_new_float(number);
}

static int is_constant(const FjRegion *region, PyObject *item) {
    if (region == NULL || Py_REFCNT(item) == 1) return 0;
    for (int i = 0; i < region->nconsts; i++) if (region->consts[i] == item) return 1;
    return 0;
}

static int64_t unboxed(int32_t kind, PyObject *item, const FjRegion *region) {
    int64_t bits = 0;
    if (kind == FJ_RAW_INT) fj_long_fits(item, &bits);
    else memcpy(&bits, &((PyFloatObject *)item)->ob_fval, sizeof bits);
    if (kind == FJ_RAW_INT && bits >= -5 && bits <= 256) return bits;
    return is_constant(region, item) ? (int64_t)(tags[kind] << UNDER_TAG | (uint64_t)item) : bits;
}

/* Item number i goes from word i + 1 to pointer i, and back. */
static void unfill_words(int32_t kind, int64_t *items, int64_t count, const FjRegion *region) {
    for (int64_t i = count; i-- > 0;) {
        PyObject *item = (PyObject *)items[i];
        items[i + 1] = unboxed(kind, item, region);
        Py_DECREF(item);
    }
    items[0] = count;
}

static int fill_words(int32_t kind, int64_t *items) {
    int64_t count = items[0];
    for (int64_t i = 0; i < count; i++) {
        PyObject *item = boxed(kind, items[i + 1]);
        if (item == NULL) { unfill_words(kind, items, i, NULL); items[0] = count; return 0; }
        items[i] = (int64_t)item;
    }
    return 1;
}

static int fill_bytes(PyObject *list) {
    int64_t count = words(list)[0];
    PyObject **items = PyMem_Malloc(room(FJ_RAW_INT, ((PyListObject *)list)->allocated));
    if (items == NULL) return 0;
    for (int64_t i = 0; i < count; i++) items[i] = Py_NewRef(bytes(list)[i] ? Py_True : Py_False);
    PyMem_Free(words(list));
    ((PyListObject *)list)->ob_item = items;
    return 1;
}

/* How many items a raw list has; one of them: an int, or the bits of a float. */
int64_t fj_raw_size(PyObject *list) { return words(list)[0]; }
const int64_t *fj_raw_words(PyObject *list) { return words(list) + 1; }
int64_t fj_raw_bits(PyObject *list, int32_t kind, int64_t index) {
    if (kind == FJ_RAW_BOOL) return bytes(list)[index];
    int64_t bits = words(list)[index + 1];
    return (uint64_t)bits >> UNDER_TAG == tags[kind] ? unboxed(kind, (PyObject *)(bits & (((int64_t)1 << UNDER_TAG) - 1)), NULL) : bits;
}

/* 1: the list is real now, or was it before; 0: no memory for its items, nothing has changed. */
int8_t fj_raw_fill(PyObject *list, int32_t kind) {
    if (list == NULL || PyObject_GC_IsTracked(list)) return 1;
    int64_t count = words(list)[0];
    if (!(kind == FJ_RAW_BOOL ? fill_bytes(list) : fill_words(kind, words(list)))) { PyErr_Clear(); return 0; }
    if (((PyListObject *)list)->allocated == 0) { PyMem_Free(words(list)); ((PyListObject *)list)->ob_item = NULL; }
    Py_SET_SIZE(list, count);
    PyObject_GC_Track(list);
    return 1;
}

/* Borrowed; NULL below zero. */
PyObject *fj_raw_item(PyObject *list, int64_t index) {
    return list && index >= 0 && index < PyList_GET_SIZE(list) ? PyList_GET_ITEM(list, index) : NULL;
}

/* ---- and raw again, if nobody has got hold of it or of one of its items in between */

static int untouched(int32_t kind, PyObject *item, const FjHolders *holders) {
    int64_t number, expected = 1;
    if (kind == FJ_RAW_BOOL) return PyBool_Check(item);
    if (kind == FJ_RAW_FLOAT ? !PyFloat_CheckExact(item) : !PyLong_CheckExact(item) || !fj_long_fits(item, &number)) return 0;
    if (Py_REFCNT(item) == 1 || (kind == FJ_RAW_INT && number >= -5 && number <= 256) || is_constant(holders->region, item)) return 1;
    for (int i = 0; i < holders->nhomes; i++) if (holders->homes[i] == item) expected += i < holders->nlocals ? 2 : 1;
    return Py_REFCNT(item) == expected;
}

/* A number that changes when an item is put in another's place. */
static uintptr_t items_hash(PyObject *list) {
    uint64_t hash = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        hash = (hash ^ (uint64_t)PyList_GET_ITEM(list, i)) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return (uintptr_t)((PyListObject *)list)->ob_item ^ (uintptr_t)hash;
}

/* What is compared: references, room, where the items lie and which they are. */
void fj_raw_note(PyObject *list, PyObject **note) {
    if (list == NULL) return;
    note[0] = (PyObject *)Py_REFCNT(list);
    note[1] = (PyObject *)items_hash(list);
    note[2] = (PyObject *)((PyListObject *)list)->allocated;
}

int fj_raw_could(PyObject *list, int32_t kind, PyObject **note, const FjHolders *holders) {
    if (list == NULL) return 1;
    if (note[0] != (PyObject *)Py_REFCNT(list) || note[1] != (PyObject *)items_hash(list)
        || note[2] != (PyObject *)((PyListObject *)list)->allocated) return 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) if (!untouched(kind, PyList_GET_ITEM(list, i), holders)) return 0;
    if (((PyListObject *)list)->ob_item == NULL) ((PyListObject *)list)->ob_item = PyMem_Malloc(room(kind, 0));
    return ((PyListObject *)list)->ob_item != NULL;
}

/* Byte i lies in pointer 1 + i / 8: all but byte 0 in one that has been read by then. */
static void unfill_bytes(PyObject *list, int64_t count) {
    PyObject **items = ((PyListObject *)list)->ob_item;
    int8_t first = count > 0 && items[0] == Py_True;
    for (int64_t i = 0; i < count; i++) {
        PyObject *item = items[i];
        if (i) bytes(list)[i] = item == Py_True;
        Py_DECREF(item);
    }
    if (count) bytes(list)[0] = first;
    words(list)[0] = count;
}

void fj_raw_again(PyObject *list, int32_t kind, const FjRegion *region) {
    if (list == NULL || !PyObject_GC_IsTracked(list)) return;
    int64_t count = PyList_GET_SIZE(list);
    PyObject_GC_UnTrack(list);
    Py_SET_SIZE(list, 0);
    if (kind == FJ_RAW_BOOL) unfill_bytes(list, count);
    else unfill_words(kind, words(list), count, region);
}

/* ---- what generated code does with it */

/* Room for one more; 0: no memory, nothing has changed. */
static int make_room(PyObject *list, int32_t kind) {
    PyListObject *raw = (PyListObject *)list;
    int64_t count = words(list)[0];
    if (count < raw->allocated) return 1;
    if (!could_be_real(kind, grown(count + 1))) return 0;
    int64_t *items = PyMem_Realloc(raw->ob_item, room(kind, grown(count + 1)));
    if (items == NULL) return 0;
    raw->ob_item = (PyObject **)items;
    raw->allocated = grown(count + 1);
    return 1;
}

int8_t fj_raw_append(PyObject *list, int64_t bits) {
    if (!make_room(list, FJ_RAW_INT)) return 0;
    words(list)[1 + words(list)[0]++] = bits;
    return 1;
}

int8_t fj_raw_append_bool(PyObject *list, int64_t bit) {
    if (!make_room(list, FJ_RAW_BOOL)) return 0;
    bytes(list)[words(list)[0]++] = (int8_t)bit;
    return 1;
}

/* The last item is gone. */
static void drop(PyObject *list, int32_t kind) {
    PyListObject *raw = (PyListObject *)list;
    int64_t count = --words(list)[0];
    if (count >= raw->allocated >> 1) return;
    int64_t *items = PyMem_Realloc(raw->ob_item, room(kind, grown(count)));
    if (items == NULL) return;
    raw->ob_item = (PyObject **)items;
    raw->allocated = grown(count);
}

void fj_raw_drop(PyObject *list) { drop(list, FJ_RAW_INT); }
void fj_raw_drop_bool(PyObject *list) { drop(list, FJ_RAW_BOOL); }

/* ---- lists that a builtin or a comprehension makes of a generator's values: made and filled by native code, known to nobody else */

enum { GUESSED = 8 };       /* items that the interpreter makes room for first: Objects/listobject.c, list_extend */

/* The list gets the room that list(generator) leaves it.  `kind`: of a raw list, 0 of a real one.  0: no memory. */
int8_t fj_collected(PyObject *list, int64_t kind) {
    PyListObject *made = (PyListObject *)list;
    int64_t count = kind ? words(list)[0] : Py_SIZE(list);
    if (count < 2 || made->allocated >= GUESSED) return 1;
    size_t size = kind ? room((int32_t)kind, GUESSED) : GUESSED * sizeof(PyObject *);
    void *items = PyMem_Realloc(made->ob_item, size);
    if (items == NULL) return 0;
    made->ob_item = items;
    made->allocated = GUESSED;
    return 1;
}

/* The items of a real list as a tuple; NULL: no memory, or a collection is due that finds garbage. */
PyObject *fj_list_as_tuple(PyObject *list) {
    if (!fj_can_make_tuple(PyList_GET_SIZE(list))) return NULL;
    PyObject *tuple = PyList_AsTuple(list);
    if (tuple == NULL) PyErr_Clear();
    return tuple;
}

/* The list itself, sorted, whose items are numbers of one type; NULL: no memory. */
PyObject *fj_list_sorted(PyObject *list) {
    if (!fj_collected(list, 0)) return NULL;
    if (PyList_Sort(list) < 0) { PyErr_Clear(); return NULL; }
    return Py_NewRef(list);
}

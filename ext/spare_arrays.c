/* Small arrays that died in a home, for those that are made next: NumPy's own functions take longer to end and to make an array of
   ten elements than a nest to compute it.

   What is kept is as NumPy would make it: of an exact ndarray that nobody else has or refers to, whole, in C order, with memory and
   a dtype of its own type's.  The elements are whatever they were, as those of np.empty. */
#include "compat.h"
#include "nests.h"
#include "spare_arrays.h"

enum { MOST = 12, LARGEST = 1 << 16 };      /* arrays; bytes of one */
enum { C_ORDER = 1, F_ORDER = 2, OWN = 4, PLAIN = C_ORDER | OWN | 0x100 | 0x400 };          /* aligned, writable */
enum { BUFFERS = 1, HANDLER = 2 };          /* words behind `weak`: ndarraytypes.h */

static const int8_t SIZES[FJ_FLOAT16 + 1] = {1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8, 0, 8, 16, [FJ_FLOAT16] = 2};

static FjArray *spare[MOST];
static int count;
static void *array_type, *handler;          /* NumPy's, and what its arrays usually have their memory from */
static PyObject *dtypes[FJ_FLOAT16 + 1];    /* NumPy's own, by their numbers */

static inline void *word_behind(const FjArray *array, int number) { return (&array->weak)[number]; }

int64_t fj_element_size(int type) { return type >= 0 && type <= FJ_FLOAT16 ? SIZES[type] : 0; }

/* Bytes of an array that is as one that was just made, or 0. */
static int64_t bytes_of(const FjArray *array) {
    int64_t bytes = fj_element_size(fj_type_number(array));
    if (bytes == 0 || array->descr != dtypes[fj_type_number(array)]) return 0;
    if ((array->flags & ~F_ORDER) != PLAIN || array->base || array->weak || word_behind(array, BUFFERS) || word_behind(array, HANDLER) != handler) return 0;
    for (int axis = array->nd - 1; axis >= 0; axis--) {
        if (array->strides[axis] != bytes || array->dims[axis] > LARGEST) return 0;
        bytes *= array->dims[axis];
        if (bytes > LARGEST) return 0;
    }
    return bytes;
}

/* Whether an object whose last reference this is was kept: it is somebody else's from now on. */
int fj_spare_keep(PyObject *object) {
    FjArray *array = (FjArray *)object;
    if ((void *)Py_TYPE(object) != array_type || array->nd == 0 || array->nd > FJ_MOST_AXES || bytes_of(array) == 0) return 0;
    FjArray *oldest = NULL;
    if (count == MOST) {
        oldest = spare[0];
        for (int i = 1; i < MOST; i++) spare[i - 1] = spare[i];
        count--;
    }
    spare[count++] = array;
    Py_XDECREF(oldest);
    return 1;
}

/* The last one that was kept of this type and shape, or NULL. */
PyObject *fj_spare_take(PyObject *descr, int rank, const int64_t *shape) {
    for (int i = count - 1; i >= 0; i--) {
        FjArray *array = spare[i];
        if (array->descr != descr || array->nd != rank || word_behind(array, HANDLER) != handler) continue;
        int axis = 0;
        while (axis < rank && array->dims[axis] == shape[axis]) axis++;
        if (axis < rank) continue;
        count--;
        for (; i < count; i++) spare[i] = spare[i + 1];
        return (PyObject *)array;
    }
    return NULL;
}

/* An array that was just made says what one looks like. */
void fj_spare_like(PyObject *made) {
    array_type = Py_TYPE(made);
    handler = word_behind((FjArray *)made, HANDLER);
    int type = fj_type_number((FjArray *)made);
    if (fj_element_size(type)) dtypes[type] = ((FjArray *)made)->descr;         /* which NumPy keeps for good */
}

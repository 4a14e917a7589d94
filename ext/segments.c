/* np.add.reduceat(x, starts) of elements that lie side by side: the first element of each segment, and to it the sum of its others, pairwise as
   NumPy's loop of additions sums them, so that the bits are its.  A segment that doesn't end behind its start is that one element.

   What raises flags of floating-point arithmetic that NumPy would warn of, or has places outside, is left to NumPy. */
#include "compat.h"
#include "choices.h"

enum { TOGETHER = 8, BLOCK = 128 };        /* sums that are made beside each other; elements, beyond which the halves are summed by themselves */

#define PAIRWISE(name, type) \
    FJ_WIDE static type name(const type *x, int64_t n) { \
        if (n > BLOCK) { \
            int64_t half = n / 2 - n / 2 % TOGETHER; \
            return name(x, half) + name(x + half, n - half); \
        } \
        type sum = (type)-0.0; \
        int64_t k = 0; \
        if (n >= TOGETHER) { \
            type s[TOGETHER]; \
            for (int j = 0; j < TOGETHER; j++) s[j] = x[j]; \
            for (k = TOGETHER; k + TOGETHER <= n; k += TOGETHER) for (int j = 0; j < TOGETHER; j++) s[j] += x[k + j]; \
            sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7])); \
        } \
        for (; k < n; k++) sum += x[k]; \
        return sum; \
    }
PAIRWISE(sum_of_doubles, double)
PAIRWISE(sum_of_floats, float)

FJ_WIDE static uint64_t sum_of_ints(const uint64_t *x, int64_t n) {
    uint64_t sum = 0;
    for (int64_t k = 0; k < n; k++) sum += x[k];
    return sum;
}

#define SEGMENTS(type, sum) do { \
    const type *x = (const type *)array->data; \
    type *to = (type *)out; \
    for (int64_t i = 0; i < count; i++) { \
        int64_t start = starts[i], others = (i + 1 < count ? starts[i + 1] : size) - start - 1; \
        to[i] = others > 0 ? x[start] + sum(x + start + 1, others) : x[start]; \
    } } while (0)

static void add_up(int type, const FjArray *array, const int64_t *starts, int64_t count, char *out) {
    int64_t size = array->dims[0];
    if (type == FJ_FLOAT64) SEGMENTS(double, sum_of_doubles);
    else if (type == FJ_FLOAT32) SEGMENTS(float, sum_of_floats);
    else SEGMENTS(uint64_t, sum_of_ints);
}

FJ_WIDE static int are_inside(const int64_t *starts, int64_t count, int64_t size) {
    int bad = 0;
    for (int64_t i = 0; i < count; i++) bad |= (uint64_t)starts[i] >= (uint64_t)size;
    return !bad;
}

int fj_segments(PyObject *function, const FjArray *array, const FjArray *key, const int64_t *wide, PyObject **made) {
    FjChoice choice;
    int type = fj_type_number(array);
    if (!fj_is_addition(function) || (type != FJ_FLOAT64 && type != FJ_FLOAT32 && type != FJ_INT64) || array->nd != 1 || key->nd != 1) return 0;
    if (!fj_chosen(array, key, wide, &choice) || choice.mask || !are_inside(choice.places, choice.count, array->dims[0])) return 0;
    *made = fj_new_array(type, 1, &choice.count);
    if (*made == NULL) { PyErr_Clear(); return 0; }
    unsigned before = fj_flags_clear(1);
    add_up(type, array, choice.places, choice.count, ((FjArray *)*made)->data);
    int flags = type == FJ_INT64 ? 0 : fj_flags_now();
    fj_flags_restore(before);
    if (flags && flags & ~fj_flags_ignored()) Py_CLEAR(*made);
    return *made != NULL;
}

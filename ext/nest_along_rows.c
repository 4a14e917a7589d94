/* Rows of contiguous elements, each reduced to one: as NumPy's own loop goes over the last axis. */
#include "compat.h"
#include "nest_reduce.h"
#include <string.h>

enum { SHORT = 8 };         /* elements that NumPy sums pairwise */

/* What `count` reductions begin with. */
void fj_reduce_begin(const FjReduction *reduction, int size, char *out, int64_t count, const char *first) {
    if (reduction->mode == FJ_FIRST) memcpy(out, first, (size_t)(count * size));
    else if (reduction->start == 0) memset(out, 0, (size_t)(count * size));
    else for (int64_t k = 0; k < count; k++) memcpy(out + k * size, &reduction->start, (size_t)size);
}

/* Sums become means. */
void fj_reduce_divide(int size, char *out, int64_t number, int64_t count) {
    if (size == 4) for (int64_t k = 0; k < number; k++) ((float *)out)[k] = (float)((double)((float *)out)[k] / (double)count);
    else for (int64_t k = 0; k < number; k++) ((double *)out)[k] /= (double)count;
}

#define ADDED(type) do { \
    const type *from = (const type *)in; \
    type *to = (type *)out; \
    for (int64_t k = 0; k < count; k++, from += length) { \
        type sum = from[0]; \
        for (int64_t i = 1; i < length; i++) sum += from[i]; \
        to[k] = (type)0 + sum; \
    } } while (0)

/* Sums of rows of so few elements that NumPy adds them one after the other, to a zero; 0: others. */
static int short_rows(const FjReduction *reduction, int type, const char *in, int64_t length, int64_t count, char *out) {
    int sums = reduction->mode != FJ_FIRST && reduction->start == 0 && (type == FJ_FLOAT32 || type == FJ_FLOAT64);
    if (length >= SHORT || !sums) return 0;
    if (type == FJ_FLOAT64) ADDED(double);
    else ADDED(float);
    return 1;
}

/* `count` rows of `length` elements that lie side by side. */
void fj_reduce_rows(const FjReduction *reduction, int type, int size, const char *in, int64_t length, int64_t count, char *out) {
    if (short_rows(reduction, type, in, length, count, out)) return;
    int skips = reduction->mode == FJ_FIRST;
    for (int64_t k = 0; k < count; k++, in += length * size, out += size) {
        fj_reduce_begin(reduction, size, out, 1, in);
        char *args[] = {out, (char *)in + skips * size, out};
        int64_t steps[] = {0, size, 0}, some = length - skips;
        if (some) reduction->loop(args, &some, steps, reduction->data);
    }
}

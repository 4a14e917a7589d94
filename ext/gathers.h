/* What of whole calls is done here, where elements lie side by side: gathers.c, running.c. */
#ifndef FRAMEJIT_GATHERS_H
#define FRAMEJIT_GATHERS_H
#include "nests.h"

typedef struct {
    PyObject *function;
    const int32_t *forms;
    int32_t count, names, heard;        /* operands; of how many of them, the last ones, the last word has the names; whether NumPy may warn of flags */
    int32_t own;                        /* what of it gathers.c or drawn_arrays.c does, or 0 */
} FjWholeCall;

/* `company`: whether the program has other threads. */
FJ_INNER int fj_gathers(int own, const FjWholeCall *call, const int64_t *words, int company, PyObject **made);
FJ_INNER int fj_running(int product, const FjArray *array, PyObject *named, PyObject **made);
/* Whether elements of a type that is known lie side by side in an array that has an object. */
FJ_INNER int fj_is_whole(const FjArray *array);
/* How many elements there are along the axes from this one on. */
FJ_INNER int64_t fj_elements(const FjArray *array, int from);
#endif

/* Lists of raw numbers: what the recipe interpreter and the world points need of raw_lists.c. */
#ifndef FRAMEJIT_RAW_LISTS_H
#define FRAMEJIT_RAW_LISTS_H
#include <Python.h>

enum { FJ_RAW_INT = 1, FJ_RAW_FLOAT = 2, FJ_RAW_BOOL = 3 };      /* tables/types.py: RAW_KINDS */

int8_t fj_raw_fill(PyObject *list, int32_t kind);
FJ_INNER void fj_raw_note(PyObject *list, PyObject **note);
PyObject *fj_raw_item(PyObject *list, int64_t index);
const int64_t *fj_raw_words(PyObject *list);
int64_t fj_raw_size(PyObject *list), fj_raw_bits(PyObject *list, int32_t kind, int64_t index);
/* What else may hold an item: homes (twice the locals, which are held across the world point), and the region's constants. */
typedef struct { FjRegion *region; PyObject **homes; int nlocals, nhomes; } FjHolders;
FJ_INNER int fj_raw_could(PyObject *list, int32_t kind, PyObject **note, const FjHolders *holders);
FJ_INNER void fj_raw_again(PyObject *list, int32_t kind, const FjRegion *region);
FJ_INNER extern volatile int fj_quiet;      /* native code runs that a sample can't use: the sampler doesn't ask, */
FJ_INNER extern volatile int fj_unasked;    /* and counts how often it would have */
FJ_INNER void fj_count_unasked(FjRegion *region);
FJ_INNER extern volatile unsigned fj_looks_asked;   /* how often it has asked */
FJ_INNER void fj_found_native(FjRegion *region);
#endif

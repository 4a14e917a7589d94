/* What chooses elements of an array, and what is stored there: gathers.c, ufunc_at.c, segments.c. */
#ifndef FRAMEJIT_CHOICES_H
#define FRAMEJIT_CHOICES_H
#include "array_calls.h"
#include "gathers.h"

enum { FJ_AN_ARRAY = 1000 };           /* tables/whole_calls.py: a word that is one */
enum { FJ_WRITABLE = 0x400 };

/* What chooses: places along the first axis, or a mask of the whole shape. */
typedef struct { const int64_t *places; const char *mask; int64_t count, row; } FjChoice;

/* What is stored: bytes of one element, or those of an array of as many. */
typedef struct { const char *data; int one; double number; } FjChosen;

#define PLACE(k) (places[k] + (side & (places[k] >> 63)))       /* of those before zero, from the end */

/* 0: NumPy has to look. */
FJ_INNER int fj_chosen(const FjArray *array, const FjArray *key, const int64_t *wide, FjChoice *choice);
FJ_INNER int fj_chosen_value(const FjArray *array, const FjChoice *choice, int32_t form, const int64_t *word, int64_t size, FjChosen *value);
FJ_INNER int fj_places_inside(const FjChoice *choice, int64_t side);
/* Whether so many bytes aren't the array's. */
FJ_INNER int fj_apart(const FjArray *array, const char *data, int64_t bytes, int64_t size);
/* np.add.at(array, key, value) and the like; 0: nothing has happened. */
FJ_INNER int fj_ufunc_at(PyObject *function, const FjArray *array, const FjArray *key, int32_t form, const int64_t *word);
/* Whether it is np.add, which nobody has changed. */
FJ_INNER int fj_is_addition(PyObject *function);
/* np.add.reduceat(array, key) of one axis; 0: nothing has happened. */
FJ_INNER int fj_segments(PyObject *function, const FjArray *array, const FjArray *key, const int64_t *wide, PyObject **made);
#endif

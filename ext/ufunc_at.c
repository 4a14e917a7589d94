/* np.add.at(x, i, y) and the like, where elements lie side by side: one after the other.

   Where that raises flags of floating-point arithmetic that NumPy would warn of, what has been changed is put back. */
#include "compat.h"
#include "choices.h"
#include <string.h>

enum { MOST_UNDONE = 1 << 22, MOST_ADDED = 1 << 18 };          /* bytes; elements, beyond which NumPy is as fast */
enum { ADD, SUBTRACT, MINIMUM, MAXIMUM, FUNCTIONS, NAME = 7 };        /* NAME: the word of a ufunc that is its own */
static PyObject *functions[FUNCTIONS];

static int function_of(PyObject *function) {
    static const char *const names[FUNCTIONS] = {"add", "subtract", "minimum", "maximum"};
    static int asked = 0;
    int found = FUNCTIONS;
    for (int i = 0; i < FUNCTIONS; i++) {
        if (!asked) functions[i] = fj_of_numpy(names[i]);
        if (functions[i] == function && strcmp(((const char *const *)function)[NAME], names[i]) == 0) found = i;
    }
    asked = 1;
    return found;
}

int fj_is_addition(PyObject *function) { return function_of(function) == ADD; }

/* `expression`: of the element a and what is added to it or the like, b. */
#define EACH(type, expression) \
    if (row == 1) for (int64_t k = 0; k < count; k++, from += step, before += undone) { type *to = (type *)array->data + PLACE(k); type a = *to, b = *from; if (undone) *before = a; *to = (type)(expression); } \
    else \
    for (int64_t k = 0; k < count; k++) { \
        type *to = (type *)array->data + (PLACE(k)) * row; \
        for (int64_t i = 0; i < row; i++, from += step, before += undone) { type a = to[i], b = *from; if (undone) *before = a; to[i] = (type)(expression); } \
    }
#define BACK(type) \
    for (int64_t k = count - 1; k >= 0; k--) { \
        type *to = (type *)array->data + PLACE(k) * row; \
        for (int64_t i = row - 1; i >= 0; i--) to[i] = *--before; \
    }
#define CHANGED(type, undo) do { \
    const type *from = (const type *)value->data; \
    const int64_t undone = undo; \
    type *before = kept; \
    if (which == ADD) EACH(type, a + b) else EACH(type, a - b) \
    int flags = fj_flags_now(); \
    good = !(flags && flags & ~fj_flags_ignored()); \
    if (!good && undo) BACK(type) } while (0)

/* The array as it was is kept, or the elements that were changed, one after the other, whichever is less. */
static int floats_at(int which, const FjArray *array, const FjChoice *choice, const FjChosen *value, int64_t size) {
    const int64_t *places = choice->places, side = array->dims[0], count = choice->count;
    int64_t row = choice->row, step = !value->one, whole = fj_elements(array, 0), all = whole <= count * row, bytes = (all ? whole : count * row) * size;
    void *kept = which <= SUBTRACT && bytes <= MOST_UNDONE ? PyMem_Malloc((size_t)bytes + 1) : NULL;
    int good = 0;
    if (kept == NULL) return 0;
    unsigned flags_before = fj_flags_clear(1);
    if (all) memcpy(kept, array->data, (size_t)bytes);
    if (size == 8 && all) CHANGED(double, 0);
    else if (size == 8) CHANGED(double, 1);
    else if (all) CHANGED(float, 0);
    else CHANGED(float, 1);
    if (!good && all) memcpy(array->data, kept, (size_t)bytes);
    fj_flags_restore(flags_before);
    PyMem_Free(kept);
    return good;
}

static int ints_at(int which, const FjArray *array, const FjChoice *choice, const FjChosen *value) {
    const int64_t *places = choice->places, side = array->dims[0], count = choice->count;
    int64_t row = choice->row, step = !value->one;
    const int64_t *from = (const int64_t *)value->data, undone = 0;
    int64_t *before = NULL;
    switch (which) {
    case ADD: EACH(int64_t, (uint64_t)a + (uint64_t)b) break;
    case SUBTRACT: EACH(int64_t, (uint64_t)a - (uint64_t)b) break;
    case MINIMUM: EACH(int64_t, a < b ? a : b) break;
    default: EACH(int64_t, a > b ? a : b)
    }
    return 1;
}

int fj_ufunc_at(PyObject *function, const FjArray *array, const FjArray *key, int32_t form, const int64_t *word) {
    FjChoice choice;
    FjChosen value;
    int which = function_of(function), type = fj_type_number(array);
    int64_t size = fj_element_size(type);
    if (which == FUNCTIONS || (type != FJ_FLOAT64 && type != FJ_FLOAT32 && type != FJ_INT64) || !(array->flags & FJ_WRITABLE) || array->flags < 0) return 0;
    if (!fj_chosen(array, key, NULL, &choice) || choice.mask || key->nd != 1 || !fj_chosen_value(array, &choice, form, word, size, &value)) return 0;
    if (choice.count > MOST_ADDED || !fj_apart(array, key->data, choice.count * 8, size) || !fj_places_inside(&choice, array->dims[0])) return 0;
    return type == FJ_INT64 ? ints_at(which, array, &choice, &value) : floats_at(which, array, &choice, &value, size);
}

/* Elements of arrays chosen by arrays, where they lie side by side: x[i], x[mask], x[i] = y, x[mask] = 0 (ufunc_at.c has np.add.at(x, i, y), segments.c
   np.add.reduceat(x, i));
   by a mask also where only those of a row do: board[1:-1, 1:-1][mask] = 1.

       fj_gathers(own, call, words, company, &made)  ->  whether it was done: a new array, or None; else NumPy is asked, which does all the rest and raises

   An index is looked at before anything is written, as NumPy does. */
#include "compat.h"
#include "choices.h"
#include <string.h>

enum { MOST_STORED = 20000, MOST_WIDENED = 1 << 20, SHORT = 8 };          /* elements, beyond which NumPy is as fast, or needs less memory; of rows that aren't worth a call */
enum { INT8 = 1 };                      /* NumPy's number: behind it those up to 64 bits, the signed ones first */
enum { C_ORDER = 1, BEHAVED = 0x100, BOOL = 0 };
enum { GET = 1, SET = 2, AT = 3, SUMS = 4, PRODUCTS = 5, SEGMENTS = 6 };        /* backends/llvm/arrays.py */

int fj_is_whole(const FjArray *array) {
    if (((PyObject *)array)->ob_type == NULL || !(array->flags & C_ORDER) || !(array->flags & BEHAVED)) return 0;
    int type = fj_type_number(array);
    return type >= 0 && (fj_is_element(type) || type == FJ_FLOAT16);
}

int64_t fj_elements(const FjArray *array, int from) {
    int64_t count = 1;
    for (int axis = from; axis < array->nd; axis++) count *= array->dims[axis];
    return count;
}

FJ_WIDE int fj_places_inside(const FjChoice *choice, int64_t side) {
    const int64_t *places = choice->places;
    int64_t count = choice->count, bad = 0;
    for (int64_t k = 0; k < count; k++) bad |= (uint64_t)places[k] + (uint64_t)side >= 2 * (uint64_t)side;
    return !bad;
}

FJ_WIDE static int64_t counted(const char *mask, int64_t length) {
    int64_t count = 0;
    while (length > 0) {
        int n = length < 255 ? (int)length : 255;
        unsigned char few = 0;
        for (int k = 0; k < n; k++) few = (unsigned char)(few + (mask[k] != 0));
        count += few;
        mask += n;
        length -= n;
    }
    return count;
}

static int mask_of(const FjArray *array, const FjArray *key, FjChoice *choice) {
    int64_t length = fj_elements(key, 0);
    if (key->nd != array->nd) return 0;
    for (int axis = 0; axis < key->nd; axis++) if (key->dims[axis] != array->dims[axis]) return 0;
    *choice = (FjChoice){NULL, key->data, counted(key->data, length), length};
    return 1;
}

/* Eight bytes of a mask: none of them, or each, is what bools mostly are. */
#define EACH_EIGHT (int64_t)0x0101010101010101
static inline int64_t eight(const char *mask) { int64_t word; memcpy(&word, mask, 8); return word; }

/* Whether rows of elements that lie side by side follow each other. */
static int are_rows(const FjArray *array) {
    int type = ((PyObject *)array)->ob_type && array->flags & BEHAVED ? fj_type_number(array) : -1, last = array->nd - 1;
    if (type < 0 || !(fj_is_element(type) || type == FJ_FLOAT16) || last < 1 || array->dims[last] < SHORT || array->strides[last] != fj_element_size(type)) return 0;
    for (int axis = 0; axis < last; axis++) if (array->strides[axis] < array->strides[axis + 1] * array->dims[axis + 1]) return 0;
    return 1;
}

/* Whether a mask chooses from such rows. */
static int chosen_by_rows(const FjArray *array, const FjArray *key, FjChoice *choice) {
    return are_rows(array) && fj_is_whole(key) && fj_type_number(key) == BOOL && fj_elements(array, 0) && mask_of(array, key, choice);
}

#define WIDEN(type) for (int64_t k = 0; k < count; k++) wide[k] = ((const type *)key->data)[k]

/* The places of integers of less than 64 bits, in memory that is freed behind the call; NULL: they are others, or there are too many. */
static FJ_WIDE int64_t *widened(const FjArray *key) {
    int type = fj_is_whole(key) ? fj_type_number(key) : -1;
    int64_t count = type >= INT8 && type < FJ_INT64 ? fj_elements(key, 0) : 0;
    int64_t *wide = count && count <= MOST_WIDENED ? PyMem_Malloc((size_t)count * sizeof *wide) : NULL;
    if (wide == NULL) return NULL;
    switch (type) {
    case INT8: WIDEN(int8_t); break;
    case INT8 + 1: WIDEN(uint8_t); break;
    case INT8 + 2: WIDEN(int16_t); break;
    case INT8 + 3: WIDEN(uint16_t); break;
    case INT8 + 4: WIDEN(int32_t); break;
    default: WIDEN(uint32_t);
    }
    return wide;
}

/* `wide`: the places, if the key has them in less than 64 bits.  0: NumPy has to look. */
int fj_chosen(const FjArray *array, const FjArray *key, const int64_t *wide, FjChoice *choice) {
    if (!fj_is_whole(array) || !fj_is_whole(key) || array->nd == 0 || key->nd == 0 || array->dims[0] == 0) return 0;
    int type = fj_type_number(key);
    *choice = (FjChoice){wide ? wide : (const int64_t *)key->data, NULL, fj_elements(key, 0), fj_elements(array, 1)};
    return type == FJ_INT64 || wide || (type == BOOL && mask_of(array, key, choice));
}

#define GATHER(type) do { \
    const type *from = (const type *)array->data; \
    type *restrict to = (type *)out; \
    if (mask == NULL) for (int64_t k = 0; k < left; k++) { int64_t place = PLACE(k); if ((uint64_t)place >= (uint64_t)side) return 0; to[k] = from[place]; } \
    else for (int64_t k = 0; left > 0; ) { \
        int64_t word = k + 8 <= choice->row ? eight(mask + k) : -1; \
        if (word == 0) { k += 8; continue; } \
        if (word == EACH_EIGHT) { memcpy(to, from + k, 8 * sizeof(type)); to += 8; left -= 8; k += 8; continue; } \
        for (int64_t end = word == -1 ? choice->row : k + 8; k < end && left; k++) { *to = from[k]; int64_t one = mask[k] != 0; to += one; left -= one; } \
    } } while (0)

/* 0: an index is out of range. */
static int gather(const FjArray *array, const FjChoice *choice, char *out, int64_t size) {
    const int64_t *places = choice->places, side = array->dims[0];
    const char *mask = choice->mask;
    int64_t left = choice->count;
    int64_t bytes = choice->row * size;
    if (mask == NULL && (bytes == 2 || bytes == 4 || bytes == 8 || bytes == 16)) size = bytes;         /* a row as one element */
    else if (mask == NULL && choice->row != 1) {
        for (int64_t k = 0; k < choice->count; k++, out += bytes) {
            if ((uint64_t)PLACE(k) >= (uint64_t)side) return 0;
            memcpy(out, array->data + PLACE(k) * bytes, (size_t)bytes);
        }
        return 1;
    }
    FJ_BY_SIZE(size, GATHER)
    return 1;
}

/* Whether the steps are those of an array that was just made, along axes of one element, too: NumPy looks at them. */
static int is_usual(const FjArray *array, int64_t size) {
    for (int axis = array->nd - 1; axis >= 0; axis--) {
        if (array->strides[axis] != size) return 0;
        size *= array->dims[axis];
    }
    return 1;
}

static void by_rows(const FjArray *array, const FjArray *key, const FjChosen *value, char *out, int64_t size);

static int get(const FjArray *array, const FjArray *key, const int64_t *wide, PyObject **made) {
    FjChoice choice;
    int64_t shape[FJ_MOST_AXES], size = fj_element_size(fj_type_number(array));
    int whole = size && fj_chosen(array, key, wide, &choice), rows = size && !whole && chosen_by_rows(array, key, &choice);
    if ((!rows && !whole) || (!choice.mask && array->nd > 1 && !is_usual(array, size))) return 0;
    int rank = choice.mask ? 1 : key->nd + array->nd - 1;
    if (rank > FJ_MOST_AXES) return 0;
    if (choice.mask) shape[0] = choice.count;
    else {
        for (int axis = 0; axis < key->nd; axis++) shape[axis] = key->dims[axis];
        for (int axis = 1; axis < array->nd; axis++) shape[key->nd + axis - 1] = array->dims[axis];
    }
    *made = fj_new_array(fj_type_number(array), rank, shape);
    if (*made == NULL) { PyErr_Clear(); return 0; }
    if (rows) by_rows(array, key, NULL, ((FjArray *)*made)->data, size);
    if (rows || gather(array, &choice, ((FjArray *)*made)->data, size)) return 1;
    Py_CLEAR(*made);
    return 0;
}

/* ---- stores */

int fj_apart(const FjArray *array, const char *data, int64_t bytes, int64_t size) {
    for (int axis = 0; axis < array->nd; axis++) size += (array->dims[axis] - 1) * array->strides[axis];
    return data >= array->data + size || data + bytes <= array->data;
}

int fj_chosen_value(const FjArray *array, const FjChoice *choice, int32_t form, const int64_t *word, int64_t size, FjChosen *value) {
    int type = fj_type_number(array);
    *value = (FjChosen){(const char *)word, 1, (double)*word};
    if (form == FJ_PYTHONS_INT && type == FJ_FLOAT64) { value->data = (const char *)&value->number; return 1; }
    if (form == FJ_PYTHONS_FLOAT) return type == FJ_FLOAT64;
    if (form == FJ_PYTHONS_INT) return type == FJ_INT64;
    if (form != FJ_AN_ARRAY) return form == type + 1;
    const FjArray *other = (const FjArray *)*word;
    int64_t count = choice->mask ? choice->count : choice->count * choice->row;
    if (!fj_is_whole(other) || fj_type_number(other) != type || other->nd == 0 || fj_elements(other, 0) != count || other->dims[0] != choice->count) return 0;
    if (choice->mask ? other->nd != 1 : other->nd != array->nd) return 0;
    for (int axis = 1; axis < other->nd; axis++) if (other->dims[axis] != array->dims[axis]) return 0;
    *value = (FjChosen){other->data, 0, 0.0};
    return fj_apart(array, other->data, count * size, size);
}

#define SCATTER(type) do { \
    type *to = (type *)array->data; \
    const type *from = (const type *)value->data; \
    int64_t step = !value->one, count = choice->count, length = choice->row, side = array->dims[0]; \
    const int64_t *places = choice->places; \
    const char *mask = choice->mask; \
    if (mask == NULL) for (int64_t k = 0; k < count; k++, from += step) to[PLACE(k)] = *from; \
    else for (int64_t k = 0; count > 0; ) { \
        int64_t word = k + 8 <= length ? eight(mask + k) : -1; \
        if (word == 0) { k += 8; continue; } \
        if (word == EACH_EIGHT) { for (int i = 0; i < 8; i++, k++, from += step) to[k] = *from; count -= 8; continue; } \
        for (int64_t end = word == -1 ? length : k + 8; k < end; k++) { int64_t one = mask[k] != 0; if (one) to[k] = *from; from += step & -one; count -= one; } \
    } } while (0)

static void scatter(const FjArray *array, const FjChoice *choice, const FjChosen *value, int64_t size) {
    FJ_BY_SIZE(size, SCATTER)
}

/* One row after the other, each with its part of the mask: stored, or gathered where nothing is. */
static void by_rows(const FjArray *array, const FjArray *key, const FjChosen *value, char *out, int64_t size) {
    int last = array->nd - 1;
    int64_t length = array->dims[last], at[FJ_MOST_AXES] = {0}, whole = fj_elements(array, 0);
    FjArray row = *array;
    FjChosen one = value ? *value : (FjChosen){out, 0, 0.0};
    for (int64_t done = 0; done < whole; done += length) {
        FjChoice choice = {NULL, key->data + done, counted(key->data + done, length), length};
        if (value) scatter(&row, &choice, &one, size);
        else gather(&row, &choice, (char *)one.data, size);
        one.data += one.one ? 0 : choice.count * size;
        for (int axis = last - 1; axis >= 0; axis--) {
            row.data += array->strides[axis];
            if (++at[axis] < array->dims[axis]) break;
            row.data -= at[axis] * array->strides[axis];
            at[axis] = 0;
        }
    }
}

static int set(const FjArray *array, const FjArray *key, const int64_t *wide, int32_t form, const int64_t *word) {
    FjChoice choice;
    FjChosen found, *value = &found;
    int64_t size = fj_element_size(fj_type_number(array));
    int whole = size && fj_chosen(array, key, wide, &choice), rows = size && !whole && chosen_by_rows(array, key, &choice);
    if ((!rows && !whole) || !(array->flags & FJ_WRITABLE) || array->flags < 0 || !fj_chosen_value(array, &choice, form, word, size, value)) return 0;
    if (choice.mask == NULL && !value->one && key->nd != 1) return 0;
    if (choice.mask == NULL && (choice.row != 1 || !fj_apart(array, key->data, choice.count * 8, size) || choice.count > MOST_STORED || !fj_places_inside(&choice, array->dims[0]))) return 0;
    if (choice.mask && !fj_apart(array, key->data, choice.row, size)) return 0;
    if (rows) by_rows(array, key, value, NULL, size);
    else scatter(array, &choice, value, size);
    return 1;
}

/* Which operand the array is: what comes first of methods of ufuncs is the ufunc. */
static int array_at(int own) { return own == AT || own == SEGMENTS; }

/* What has an array of places, or a mask, beside the array; those that give nothing give None. */
static int with_key(int own, const FjWholeCall *call, const int64_t *words, PyObject **made) {
    int first = array_at(own);
    const FjArray *array = (const FjArray *)words[first], *key = (const FjArray *)words[first + 1];
    const int32_t *forms = call->forms;
    int64_t *wide = own == AT ? NULL : widened(key);
    int done;
    switch (own) {
    case GET: done = get(array, key, wide, made); break;
    case SET: done = set(array, key, wide, forms[2], &words[2]); break;
    case AT: done = fj_ufunc_at((PyObject *)words[0], array, key, forms[3], &words[3]); break;
    default: done = call->count == 3 && fj_segments((PyObject *)words[0], array, key, wide, made);
    }
    PyMem_Free(wide);
    if (done && (own == SET || own == AT)) *made = Py_NewRef(Py_None);
    return done;
}

int fj_gathers(int own, const FjWholeCall *call, const int64_t *words, int company, PyObject **made) {
    int first = array_at(own), running = own == SUMS || own == PRODUCTS;
    const int32_t *forms = call->forms;
    const FjArray *array = (const FjArray *)words[first];
    if (forms[first] != FJ_AN_ARRAY || (company && fj_elements(array, 0) >= FJ_RELEASED)) return 0;         /* others may run while NumPy works */
    if (running) return (call->count == 1 || (call->count == 2 && forms[1] == FJ_OBJECT)) && fj_running(own == PRODUCTS, array, call->count == 2 ? (PyObject *)words[1] : NULL, made);
    return forms[first + 1] == FJ_AN_ARRAY && with_key(own, call, words, made);
}

/* What generated code asks of dictionaries, sets and strings, and makes of them. */
#ifndef FRAMEJIT_BUILTIN_TYPES_H
#define FRAMEJIT_BUILTIN_TYPES_H
#include "machine.h"

/* What has been made, or NULL without an error: somebody else says why. */
static inline PyObject *fj_or_nothing(PyObject *made) {
    if (made == NULL) PyErr_Clear();
    return made;
}

/* strings (texts.c) */
PyObject *fj_text_made(PyObject *callable, PyObject *a, PyObject *b, PyObject *c);
PyObject *fj_call_unheard(PyObject *function, PyObject *const *arguments, int count);
int64_t fj_int_of_text(PyObject *text);
double fj_float_of_text(PyObject *text);
int8_t fj_text_may_be_number(PyObject *text, int64_t whole);
int64_t fj_text_compare(PyObject *a, PyObject *b);
int8_t fj_text_equal(PyObject *a, PyObject *b);
int64_t fj_text_has(PyObject *text, PyObject *part);
PyObject *fj_text_item(PyObject *text, int64_t index);
int8_t fj_text_has_letters(PyObject *text);
PyObject *fj_text_letter(PyObject *text, int64_t index);
int64_t fj_text_ord(PyObject *text);
PyObject *fj_text_of_ordinal(int64_t number);
PyObject *fj_text_slice(PyObject *text, int64_t start, int64_t stop);
PyObject *fj_text_sum(PyObject *a, PyObject *b);
PyObject *fj_text_repeated(PyObject *text, int64_t count);
PyObject *fj_text_joined(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, PyObject *f);
PyObject *fj_more_texts_joined(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, PyObject *f,
                               PyObject *g, PyObject *h, PyObject *i, PyObject *j, PyObject *k, PyObject *l);
PyObject *fj_text_joined_int(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, int64_t number, PyObject *form);
PyObject *fj_text_joined_float(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, double number, PyObject *form);
PyObject *fj_text_of(PyObject *object, PyObject *form);
PyObject *fj_text_of_int(int64_t number, PyObject *form);
PyObject *fj_text_of_float(double number, PyObject *form);
PyObject *fj_text_of_bool(int8_t value, PyObject *form);
/* numbers as texts (number_texts.c): NULL without an error where that is left to the interpreter's functions */
PyObject *fj_digits_of_int(int64_t number, PyObject *form), *fj_digits_of_float(double number, PyObject *form);
PyObject *fj_text_widened(PyObject *text, PyObject *form), *fj_texts_joined(PyObject **pieces, int count);
/* zip and enumerate (pairs.c) */
int8_t fj_goes_unnoticed(PyObject *item);
int8_t fj_zip_fits(PyObject *object, int64_t count);
int8_t fj_enumerate_fits(PyObject *object);
PyObject *fj_zip_part(PyObject *object, int64_t place);
PyObject *fj_enumerate_part(PyObject *object);
int64_t fj_enumerate_index(PyObject *object);
int fj_pairs_quiet(PyObject *object, int depth);
int fj_pairs_ok(void);
/* itertools (pools.c) */
int8_t fj_pool_ready(PyObject *object);
PyObject *fj_pool_next(PyObject *object);
int8_t fj_pool_fits(PyObject *object, PyObject *first);
int fj_pool_quiet(PyObject *object, int depth);
/* calls of C's (silent_calls.c) */
PyObject *fj_silent_made(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c);
int64_t fj_silent_truth(const FjContext *context, PyObject *function, int64_t row, PyObject *a, PyObject *b, PyObject *c);
PyObject *fj_silent_joined(const FjContext *context, PyObject *a, PyObject *b, int64_t how);
PyObject *fj_silent_named(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c);
PyObject *fj_silent_taken(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c);
int64_t fj_silent_done(const FjContext *context, PyObject *function, int64_t row, PyObject *names, PyObject *a, PyObject *b, PyObject *c);
int64_t fj_silent_collected(const FjContext *context, PyObject *target, PyObject *items);
PyObject *fj_silent_set(PyObject *a, PyObject *b, PyObject *c);
PyObject *fj_silent_repeated(PyObject *items, int64_t count);
PyObject *fj_silent_part(PyObject *text, PyObject *slice);
int64_t fj_silent_compared(PyObject *a, PyObject *b, int64_t how);
/* lists (lists.c, list_methods.c) */
PyObject *fj_list_drop(PyObject *list, int64_t index);
int fj_deque_quiet(PyObject *deque, int depth);
int fj_is_deque(PyObject *object);
int fj_deque_each(PyObject *deque, int (*fits)(PyObject *item));       /* whether all of its items fit */
PyObject *fj_new_deque(PyObject *type), *fj_deque_item(PyObject *deque, int64_t index), *fj_deque_pop(PyObject *deque, int64_t right);
int8_t fj_deque_takes(PyObject *deque, int64_t right), fj_deque_append(PyObject *deque, PyObject *item, int64_t right);
int fj_end_quietly(PyObject **items, Py_ssize_t count);
/* dictionaries and sets (tables.c) */
PyObject *fj_dict_item(const FjContext *context, PyObject *dict, PyObject *text, PyObject *other);
PyObject *fj_dict_item_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *other);
int64_t fj_dict_has(const FjContext *context, PyObject *dict, PyObject *text);
int64_t fj_dict_has_int(const FjContext *context, PyObject *dict, int64_t number);
int8_t fj_dict_store(const FjContext *context, PyObject *dict, PyObject *text, PyObject *value, int64_t plain);
int8_t fj_dict_store_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box, PyObject *value, int64_t plain);
PyObject *fj_default_item(const FjContext *context, PyObject *dict, PyObject *text);
PyObject *fj_default_item_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box);
int64_t fj_set_has(PyObject *set, PyObject *text);
int64_t fj_set_has_int(PyObject *set, int64_t number);
int64_t fj_set_size(PyObject *set);
int8_t fj_set_add(PyObject *set, PyObject *text);
int8_t fj_set_add_int(PyObject *set, int64_t number, PyObject *box);
PyObject *fj_dict_item_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *other);
PyObject *fj_dict_item_parts(const FjContext *context, PyObject *dict, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d, PyObject *other);
int64_t fj_dict_has_tuple(const FjContext *context, PyObject *dict, PyObject *tuple);
int64_t fj_dict_has_parts(const FjContext *context, PyObject *dict, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d);
int8_t fj_dict_store_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *value, int64_t plain);
PyObject *fj_default_item_tuple(const FjContext *context, PyObject *dict, PyObject *tuple);
int64_t fj_set_has_tuple(PyObject *set, PyObject *tuple);
int64_t fj_set_has_parts(PyObject *set, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d);
int8_t fj_set_add_tuple(PyObject *set, PyObject *tuple);
int64_t fj_set_take(PyObject *set, PyObject *text), fj_set_take_int(PyObject *set, int64_t number), fj_set_take_tuple(PyObject *set, PyObject *tuple);
int64_t fj_set_take_parts(PyObject *set, int64_t form, int64_t a, int64_t b, int64_t c, int64_t d);
PyObject *fj_dict_set_default(const FjContext *context, PyObject *dict, PyObject *text, PyObject *value);
PyObject *fj_dict_set_default_int(const FjContext *context, PyObject *dict, int64_t number, PyObject *box, PyObject *value);
PyObject *fj_dict_set_default_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, PyObject *value);
int8_t fj_dict_delete(const FjContext *context, PyObject *dict, PyObject *text, int64_t how);
int8_t fj_dict_delete_int(const FjContext *context, PyObject *dict, int64_t number, int64_t how);
int8_t fj_dict_delete_tuple(const FjContext *context, PyObject *dict, PyObject *tuple, int64_t how);
int fj_relied_on(const FjContext *context, PyObject *dict);
/* iterators over them (walks.c) */
int8_t fj_can_walk(PyObject *container);
PyObject *fj_walk(PyObject *container);
int64_t fj_walk_next(const FjContext *context, PyObject *iterator);
PyObject *fj_walk_key(PyObject *iterator, int64_t at);
PyObject *fj_walk_value(PyObject *iterator, int64_t at);
void fj_walk_step(PyObject *iterator, int64_t at);
void fj_walk_end(PyObject *iterator);
int fj_table_quiet(PyObject *object, int depth);
#endif

/* The value stack of a call-out, and the rows that stand in other files. */
#ifndef FRAMEJIT_CALLOUTS_H
#define FRAMEJIT_CALLOUTS_H
#include "frame.h"

/* Items are taken off from the top: their slots are empty at once (ORDER HOMES), the references are the caller's. */
static inline PyObject *fj_take(FjCallout *c) {
    PyObject *item = *--c->top;
    *c->top = NULL;
    if (c->top < c->lowest) c->lowest = c->top;
    return item;
}
static inline int fj_give(FjCallout *c, PyObject *item) {
    *c->top++ = item;
    return FJ_DONE;
}
/* Drops `count` items, the lowest first as the evaluator does, and pushes the result; NULL is an error. */
static inline int fj_replace(FjCallout *c, int count, PyObject *result) {
    PyObject **base = c->top - count;
    if (result == NULL) return FJ_ERROR;
    for (int i = 0; i < count; i++) Py_CLEAR(base[i]);
    c->top = base;
    if (base < c->lowest) c->lowest = base;
    return fj_give(c, result);
}
/* The same, the highest first. */
static inline int fj_replace_downwards(FjCallout *c, int count, PyObject *result) {
    if (result == NULL) return FJ_ERROR;
    while (count--) Py_DECREF(fj_take(c));
    return fj_give(c, result);
}
static inline int fj_drop(FjCallout *c, int count, int failed) {
    PyObject **base = c->top - count;
    if (failed < 0) return FJ_ERROR;
    for (int i = 0; i < count; i++) Py_CLEAR(base[i]);
    c->top = base;
    if (base < c->lowest) c->lowest = base;
    return FJ_DONE;
}
static inline PyObject *fj_const(FjCallout *c, int index) { return c->run->context.consts[index]; }

int fj_row_build_tuple(FjCallout *), fj_row_build_list(FjCallout *), fj_row_build_map(FjCallout *);
int fj_row_build_const_key_map(FjCallout *), fj_row_build_set(FjCallout *), fj_row_build_string(FjCallout *);
int fj_row_build_slice(FjCallout *), fj_row_convert(FjCallout *), fj_row_format(FjCallout *), fj_row_unpack(FjCallout *);
int fj_row_list_append(FjCallout *), fj_row_list_extend(FjCallout *), fj_row_set_add(FjCallout *), fj_row_map_add(FjCallout *);
int fj_row_load_global(FjCallout *), fj_row_load_name(FjCallout *), fj_row_store_global(FjCallout *), fj_row_store_name(FjCallout *);
int fj_row_delete_global(FjCallout *), fj_row_delete_name(FjCallout *), fj_row_pop(FjCallout *), fj_row_store_local(FjCallout *);
int fj_row_delete_local(FjCallout *), fj_row_load_local(FjCallout *), fj_row_load_const(FjCallout *), fj_row_push_null(FjCallout *);
int fj_row_set_update(FjCallout *), fj_row_dict_update(FjCallout *), fj_row_dict_merge(FjCallout *), fj_row_list_to_tuple(FjCallout *);
int fj_row_unpack_ex(FjCallout *), fj_row_before_with(FjCallout *), fj_row_import_name(FjCallout *), fj_row_import_from(FjCallout *);
int fj_row_match_sequence(FjCallout *), fj_row_match_mapping(FjCallout *), fj_row_get_len(FjCallout *), fj_row_match_keys(FjCallout *);
int fj_row_match_class(FjCallout *);
int fj_row_raise(FjCallout *), fj_row_reraise(FjCallout *), fj_row_pop_except(FjCallout *), fj_row_with_except_start(FjCallout *);
int fj_row_make_function(FjCallout *), fj_row_function_attribute(FjCallout *);
int fj_row_copy(FjCallout *), fj_row_swap(FjCallout *), fj_row_ask(FjCallout *), fj_row_init(FjCallout *);
#endif

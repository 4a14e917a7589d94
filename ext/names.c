/* Names of a module that native code assigns: the value of a name in its dictionary.

   ORDER HOMES holds here too: the dictionary owns what a name is; an assignment that would drop the last reference to an
   object whose end can be noticed, or that somebody watches, answers 0 and has done nothing. */
#include "compat.h"
#include "machine.h"

/* A number's object, or nothing: what the dictionary held is a number too, or stands in for one. */
void fj_name_set(FjContext *context, int32_t number, PyObject *object) {
    if (object == NULL) return;
    FjCell *cell = &context->region->cells[number];
    if (PyDict_SetItem(cell->dict, cell->name, object) < 0) PyErr_Clear();
    context->names[number] = object;
}

int32_t fj_name_put(FjContext *context, int32_t number, PyObject *object) {
    FjCell *cell = &context->region->cells[number];
    PyDictObject *dict = (PyDictObject *)cell->dict;
    PyObject *old = context->names[number];
    if (old == object) return 1;
    if (!fj_dies_quietly(old) || fj_dict_watched(dict)) return 0;
    PyObject **place = fj_cell_place(cell);
    if (place && *place == old && _PyObject_GC_IS_TRACKED(cell->dict) && fj_dict_changes(context->tstate, dict)) {
        *place = Py_NewRef(object);
        Py_DECREF(old);
    }
    else {
        if (PyDict_SetItem(cell->dict, cell->name, object) < 0) { PyErr_Clear(); return 0; }
        if (place == NULL) fj_cell_found(cell, object);
    }
    context->names[number] = object;
    return 1;
}

int32_t fj_name_put_box(FjContext *context, int32_t number, PyObject *object) {
    return object == NULL ? 1 : fj_name_put(context, number, object);
}

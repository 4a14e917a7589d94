/* Objects that get another class: o.__class__ = Other.

   What native code knows of an object's type holds until somebody says otherwise, which takes the setter of object's `__class__`: ours comes before it, and
   counts.  World points compare the count (watch.h). */
#include "watch.h"
#include <string.h>

unsigned long fj_classes_changed;
static setter set_class;

static int before_class(PyObject *object, PyObject *value, void *closure) {
    fj_classes_changed++;
    return set_class(object, value, closure);
}

/* What it was stays in `set_class`. */
void fj_hear_of_classes(void) {
    PyGetSetDef *row = PyBaseObject_Type.tp_getset;
    while (row->name && strcmp(row->name, "__class__") != 0) row++;
    if (row->name == NULL || row->set == before_class) return;
    set_class = row->set;
    row->set = before_class;
}

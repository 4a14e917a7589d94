/* The compiler as a guest in the program's process (guest.c, guest_pools.c): what it makes doesn't count. */
#ifndef FJ_GUEST_H
#define FJ_GUEST_H
#include <Python.h>
void fj_guest_comes(PyThreadState *ts);
void fj_guest_goes(PyThreadState *ts);
void fj_exchange_pools(PyThreadState *ts);
void fj_guest_lasts(void);
int fj_guest_elsewhere(void);
void fj_room(int levels);
int fj_imports_begin(PyObject *first);
void fj_imports_end(void);
int fj_ending_begins(void);
void fj_ending_ends(void);
void fj_let_go_last(PyObject *object);
static inline void fj_let_go(PyObject *object) {
    if (Py_REFCNT(object) > 1) Py_DECREF(object);
    else fj_let_go_last(object);
}
#endif

/* What nests read, while other threads may run: it lives on, also where these let go of it.

   Where another thread has run, native code leaves, often to where the expression began, whose operands the recipe names: so they are
   let go of only at the end of the run then. */
#include "compat.h"
#include "nests.h"

static PyObject **late;
static Py_ssize_t late_count, late_room;
int fj_any_late;
static __thread unsigned long switches_before;

static void let_go_later(PyObject *object) {
    if (late_count == late_room) {
        Py_ssize_t room = late_room ? 2 * late_room : 64;
        PyObject **more = PyMem_RawRealloc(late, sizeof *late * (size_t)room);
        if (more == NULL) return;       /* it stays for good */
        late = more;
        late_room = room;
    }
    late[late_count++] = object;
    fj_any_late = 1;
}

/* At the end of a run.  What is let go of may run something. */
void fj_late_end(void) {
    while (late_count) Py_DECREF(late[--late_count]);
    fj_any_late = 0;
}

void fj_nest_hold(const FjNest *nest, const int64_t *words) {
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size) Py_INCREF(fj_keeper((const FjArray *)words[i]));
}

void fj_nest_let_go(const FjNest *nest, const int64_t *words, int switched) {
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        PyObject *keeper = fj_keeper((const FjArray *)words[i]);
        if (switched) let_go_later(keeper);
        else Py_DECREF(keeper);
    }
}

/* Other threads may run until `fj_nest_acquire`: what is read lives on. */
PyThreadState *fj_nest_release(const FjNest *nest, const int64_t *words) {
    fj_nest_hold(nest, words);
    switches_before = FJ_SWITCHES(PyThreadState_Get());
    return PyEval_SaveThread();
}

void fj_nest_acquire(const FjNest *nest, const int64_t *words, PyThreadState *ts) {
    PyEval_RestoreThread(ts);
    fj_nest_let_go(nest, words, FJ_SWITCHES(ts) != switches_before);
}

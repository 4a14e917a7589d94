/* Looks in the program's other threads, while the main one waits or is busy with something else: from 3.12 on they are pending calls that
   whichever thread comes first runs.  On 3.11 these run in the main thread only. */
#include "entry.h"
#include "looking.h"

volatile int fj_adding_look;

int fj_in_main_thread(void) { return PyThread_get_thread_ident() == _PyRuntime.main_thread; }

int fj_add_look(int (*look)(void *)) { return fj_add_call(look, NULL, !fj_in_main_thread()); }

/* Where the gate is armed, the evaluator takes the lock of these calls before it gets there (3.13): whoever has to wait for it lets the GIL go,
   and others would run the code that is patched for a moment. */
int fj_look_elsewhere(int (*look)(void *)) {
    __atomic_store_n(&fj_adding_look, 1, __ATOMIC_SEQ_CST);
    int added = __atomic_load_n(&fj_gate_armed, __ATOMIC_SEQ_CST) ? -1 : fj_add_call(look, NULL, 1);
    __atomic_store_n(&fj_adding_look, 0, __ATOMIC_SEQ_CST);
    return added;
}

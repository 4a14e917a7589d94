#ifndef FRAMEJIT_ENTRY_H
#define FRAMEJIT_ENTRY_H
#include "frame.h"
extern vectorcallfunc fj_plain_vectorcall;         /* what every function has that nobody touched */
int fj_ask_for_code(FjSlot *slot, PyObject *function, PyObject *const *args, int count);
int fj_may_enter(PyThreadState *ts, FjSlot *slot, PyCodeObject *code);
void fj_no_variant(FjSlot *slot);
int fj_parameters(const PyCodeObject *code);
#endif

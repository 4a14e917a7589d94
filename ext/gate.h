/* Between the gate (gate.c) and what runs in it (gate_runs.c). */
#ifndef FRAMEJIT_GATE_H
#define FRAMEJIT_GATE_H
#include "frame.h"

FJ_INNER int64_t fj_gate_write_exit(FjRun *run, int number, _PyInterpreterFrame *frame);
FJ_INNER int64_t fj_gate_settle(FjRun *run, _PyInterpreterFrame *frame, int64_t outcome, int shift, int *unit);
FJ_INNER int64_t fj_gate_run_call(PyThreadState *ts, _PyInterpreterFrame *frame, FjSlot *slot, int from, int *unit);
#endif

/* Making, linking and finishing frames.  Only C files of the machine see this. */
#ifndef FRAMEJIT_FRAME_H
#define FRAMEJIT_FRAME_H
#include "compat.h"
#include "machine.h"

static inline void fj_link(PyThreadState *ts, _PyInterpreterFrame *frame) {
    frame->previous = FJ_CURRENT(ts);
    fj_mark_linked(frame);
    FJ_CURRENT(ts) = frame;
}
static inline void fj_unlink(PyThreadState *ts, _PyInterpreterFrame *frame) {
    fj_no_return_offset(frame);
    FJ_CURRENT(ts) = frame->previous;      /* kept: a frame object that outlives the call takes its f_back from it */
}
/* Whether somebody else holds the frame's object: he may look at the frame when it is over. */
static inline int fj_kept(_PyInterpreterFrame *frame) { return frame->frame_obj && Py_REFCNT(frame->frame_obj) > 1; }
_PyInterpreterFrame *fj_push(PyThreadState *ts, PyFunctionObject *function, PyObject *const *args, int count);
void fj_take_closure(_PyInterpreterFrame *frame);
int fj_make_cells(_PyInterpreterFrame *frame);
void fj_clear_stack(_PyInterpreterFrame *frame);
PyObject *fj_finish(PyThreadState *ts, _PyInterpreterFrame *frame, PyObject *result, int64_t unit);
PyObject *fj_go_on(PyThreadState *ts, _PyInterpreterFrame *frame, int unit, int raising);
#endif

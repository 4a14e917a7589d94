/* Tests: a region is entered at its loop, whenever the main thread makes that jump next. */
#include "looking.h"

static struct { PyObject *code, *object; FjRegion *region; } request;

static int requested(void *unused) {
    PyThreadState *ts = PyThreadState_Get();
    FjSlot *slot = NULL;
    int target = -1, result = 0;
    if (request.region == NULL) return 0;
    _PyInterpreterFrame *frame = fj_sampled_frame(ts, &slot);
    PyObject *code = frame ? (PyObject *)FJ_CODE(frame) : NULL;
    int shift = slot && code == slot->copy ? slot->shift : 0;
    if (fj_observed(ts, frame ? FJ_CODE(frame) : (PyCodeObject *)request.code)) { Py_CLEAR(request.object); Py_CLEAR(request.code); request.region = NULL; return 0; }
    if (code && (code == request.code || (slot && slot->original == request.code))
        && fj_jump_at((PyCodeObject *)code, fj_unit(frame), &target) >= 0 && target - shift == request.region->unit) {
        result = fj_gate_arm_loop(ts, frame, request.region, shift, request.region->depth);
        if (result < 0) fj_counters.osr_entries++;
        request.region = NULL;
        Py_CLEAR(request.object); Py_CLEAR(request.code);
        return result;
    }
    Py_AddPendingCall(requested, NULL);
    return 0;
}

int fj_request_osr(PyObject *code, PyObject *object, FjRegion *region) {
    int waiting = request.region != NULL;
    Py_XSETREF(request.code, Py_NewRef(code));
    Py_XSETREF(request.object, Py_NewRef(object));
    request.region = region;
    return waiting ? 0 : Py_AddPendingCall(requested, NULL);
}

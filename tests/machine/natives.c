/* Native functions for the machine's tests, as the compiler would emit them. */
#include <Python.h>
#include "abi.h"

typedef int64_t (*poll_function)(FjContext *, int32_t, int32_t);
typedef int64_t (*callout_function)(FjContext *, int32_t, int32_t, int32_t, int32_t, int32_t);
typedef int (*fits_function)(PyObject *, int64_t *);
poll_function fj_poll;
callout_function fj_callout;
fits_function fj_long_fits;

static int64_t number(FjContext *context, int index) { return PyLong_AsLongLong(context->consts[index]); }

/* def f(a, b): return a + b.   Overflow leaves at the addition with both operands on the stack. */
int64_t add(FjContext *context, PyObject **home) {
    int64_t a, b, sum;
    if (!fj_long_fits(home[0], &a) || !fj_long_fits(home[1], &b)) return FJ_MISS;
    if (__builtin_add_overflow(a, b, &sum)) {
        context->spill[1] = (int64_t)home[0]; context->spill[2] = (int64_t)home[1];
        return 1;
    }
    context->result = PyLong_FromLongLong(sum);
    return context->result ? FJ_RETURN : FJ_RAISE;
}

/* The loop  for i in range(n): s += i  from i, s; consts[0]: the iteration at which to leave, or -1; consts[1]: the
   backward jump's unit.  spill: 0 iterations, 1 s, 2 next i, 3 stop, 4 step, 5 last i, 6 bound.
   Exit 1: at the loop header.  Exit 2 (poll): the same state. */
static int64_t loop(FjContext *context, int64_t s, int64_t i, int64_t n, int64_t last, int64_t bound) {
    int64_t *spill = context->spill, leave = number(context, 0);
    spill[4] = 1;
    while (i < n) {
        if (spill[0] == leave || *context->breaker) {
            spill[1] = s; spill[2] = i; spill[3] = n; spill[5] = last; spill[6] = bound;
            if (spill[0] == leave) return 1;
            int64_t answer = fj_poll(context, 1, (int32_t)number(context, 1));
            if (answer) return answer;
        }
        s += i; last = i; bound = 1; i++; spill[0]++;
    }
    context->result = PyLong_FromLongLong(s);
    return FJ_RETURN;
}

int64_t sum_range(FjContext *context, PyObject **home) {
    int64_t n;
    if (!fj_long_fits(home[0], &n)) return FJ_MISS;
    return loop(context, 0, 0, n, 0, 0);
}

/* The same loop, entered at its header: home = n, s, i, then the iterator, which is exhausted at the end. */
int64_t sum_from_header(FjContext *context, PyObject **home) {
    int64_t s, i = 0, n, start, left;
    int bound = home[2] != NULL;
    if (!fj_long_fits(home[0], &n) || home[1] == NULL || !fj_long_fits(home[1], &s)) return FJ_MISS;
    if (bound && !fj_long_fits(home[2], &i)) return FJ_MISS;
    if (home[3] == NULL || Py_TYPE(home[3]) != &PyRangeIter_Type) return FJ_MISS;
    long *raw = (long *)(home[3] + 1);
#if PY_VERSION_HEX < 0x030C0000
    start = raw[1] + raw[0] * raw[2]; left = raw[3] - raw[0];
#else
    start = raw[0]; left = raw[2];
#endif
    return loop(context, s, start, start + left, i, bound);
}

/* def f(n, cb): s = 0; for i in range(n): s += i; cb(s)...: a call-out in each iteration.  consts: 0 CALL row, 1 argument,
   2 unit behind the call, 3 POP row, 4 unit behind the pop, 5 unit of the call, 6 of the pop.  spill as above, 7: n. */
int64_t call_in_loop(FjContext *context, PyObject **home) {
    int64_t *spill = context->spill, n, s = 0, answer;
    if (!fj_long_fits(home[0], &n)) return FJ_MISS;
    spill[4] = 1;
    for (int64_t i = 0; i < n; i++) {
        s += i; spill[1] = s; spill[2] = i + 1; spill[3] = n; spill[5] = i; spill[6] = 1;
        answer = fj_callout(context, 0, (int32_t)number(context, 0), (int32_t)number(context, 1), (int32_t)number(context, 2),
                            (int32_t)number(context, 5));
        if (answer) return answer;
        answer = fj_callout(context, 1, (int32_t)number(context, 3), 0, (int32_t)number(context, 4), (int32_t)number(context, 6));
        if (answer) return answer;
        spill[0]++;
    }
    context->result = PyLong_FromLongLong(s);
    return FJ_RETURN;
}

/* Module level: the loop  for i in range(n): s = s + i  over name cells 0 (s) and 1 (i); home: the iterator. */
int64_t sum_names(FjContext *context, PyObject **home) {
    int64_t s, last = 0, start, left, *spill = context->spill, leave = number(context, 0);
    if (context->names[0] == NULL || !fj_long_fits(context->names[0], &s)) return FJ_MISS;
    if (context->names[1] == NULL || !fj_long_fits(context->names[1], &last)) return FJ_MISS;
    long *raw = (long *)(home[0] + 1);
#if PY_VERSION_HEX < 0x030C0000
    start = raw[1] + raw[0] * raw[2]; left = raw[3] - raw[0];
#else
    start = raw[0]; left = raw[2];
#endif
    spill[4] = 1;
    while (left > 0 && spill[0] != leave) {
        if (*context->breaker) {
            spill[1] = s; spill[2] = start; spill[3] = start + left; spill[5] = last;
            int64_t answer = fj_poll(context, 0, (int32_t)number(context, 1));
            if (answer) return answer;
        }
        s += start; last = start; start++; left--; spill[0]++;
    }
    spill[1] = s; spill[2] = start; spill[3] = start + left; spill[5] = last;
    return 1;
}

/* Runs one call-out on whatever exit 0 describes and leaves behind it by exit 1.  consts: 0 row, 1 argument, 2 next unit, 3 its own. */
int64_t one_callout(FjContext *context, PyObject **home) {
    int64_t answer = fj_callout(context, 0, (int32_t)number(context, 0), (int32_t)number(context, 1), (int32_t)number(context, 2),
                                (int32_t)number(context, 3));
    return answer ? answer : 2;
}

/* Always leaves by exit 1, the argument in spill 1. */
int64_t always_leave(FjContext *context, PyObject **home) { context->spill[1] = (int64_t)home[0]; return 1; }

/* Always misses. */
int64_t never(FjContext *context, PyObject **home) { return FJ_MISS; }

/* Leaves at once by exit 0, whatever it describes. */
int64_t leave_at_once(FjContext *context, PyObject **home) { context->spill[0] = 0; return 1; }

/* Returns the object in consts[0], from the unit in consts[1]. */
int64_t return_const(FjContext *context, PyObject **home) {
    context->result = Py_NewRef(context->consts[0]);
    context->unit = number(context, 1);
    return FJ_RETURN;
}

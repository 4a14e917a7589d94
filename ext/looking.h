/* Between the files that look at running frames: jumps.c, await.c, sampler.c. */
#ifndef FRAMEJIT_LOOKING_H
#define FRAMEJIT_LOOKING_H
#include "frame.h"

/* The backward jump that is being made at `unit`, and its target; -1 when there is none.  `bytes`: the code's bytecode as
   it was before the interpreter specialised it. */
int fj_jump_in(PyCodeObject *code, PyObject *bytes, int unit, int *target);
int fj_jump_at(PyCodeObject *code, int unit, int *target);

/* Jumps of inner loops that don't look at the eval-breaker meanwhile. */
enum { FJ_QUIET_JUMPS = 16 };
typedef struct { int count, units[FJ_QUIET_JUMPS]; uint16_t before[FJ_QUIET_JUMPS], meanwhile[FJ_QUIET_JUMPS]; } FjQuietJumps;
int fj_quiet_jumps(PyCodeObject *code, PyObject *bytes, int header, FjQuietJumps *quiet);
void fj_restore_jumps(PyCodeObject *code, FjQuietJumps *quiet);

int fj_in_main_thread(void);       /* elsewhere.c */
/* A look in this thread, or in another that comes first; -1: there can't be any. */
int fj_add_look(int (*look)(void *));
/* From the sampler's thread, without the GIL: a look in any thread but the main one; -1: there can't be any. */
int fj_look_elsewhere(int (*look)(void *));

/* Between the sampler and the looks that it asks for. */
typedef struct {
    int running;                        /* the sampler does */
    volatile int queued, elsewhere;     /* looks that were asked for: of the main thread, and of any other */
    volatile long long asked, looked;   /* what fj_time_had was when the last one was asked for, and when the last one was over */
} FjLooks;
extern FjLooks fj_looks;
void fj_ask_for_look(void);
int fj_ask_elsewhere(void);

/* A look at the next check of the evaluator; called by a look only.  The evaluator runs in one check whatever is added
   meanwhile, 32 times; an empty entry ends that. */
static inline int fj_look_at_next_check(int (*look)(void *)) {
#ifndef Py_DEBUG                    /* 3.13 asserts that nothing follows an empty entry */
    if (fj_add_look(NULL) < 0) return -1;
#endif
    return fj_add_look(look);
}

static inline _PyInterpreterFrame *fj_of_python(_PyInterpreterFrame *frame) {
    while (frame && fj_owned_by_c(frame)) frame = frame->previous;
    return frame;
}

void fj_start_is_off(void);     /* forked.c */
long long fj_time_had(void);    /* the same: nanoseconds of processor time that this process has had */
long fj_sampler_wanted(void);   /* sampler.c: microseconds between two looks; 0: nobody wants any */
void fj_hear_comparisons(void (*hear)(void));

/* This thread's frame, if it may be looked at, with its slot; NULL: not now. */
_PyInterpreterFrame *fj_sampled_frame(PyThreadState *ts, FjSlot **slot);
/* The frame that a generator expression's values go to (consumers.c); NULL: the frame is none's. */
_PyInterpreterFrame *fj_consumer(_PyInterpreterFrame *frame);
/* The generator expression that this frame has called C code to consume, as an object, borrowed; NULL: there is none. */
PyObject *fj_consumed_by(_PyInterpreterFrame *consumer, _PyInterpreterFrame *frame);

/* Waiting for a frame's jump to `unit`; `look`: the pending call that asks fj_has_come. */
void fj_await(_PyInterpreterFrame *frame, int unit, int (*look)(void *));
int fj_awaiting(void);
int fj_has_come(_PyInterpreterFrame *frame, int (*look)(void *));
void fj_await_end(void);
void fj_await_tick(PyThreadState *main_thread);

/* Places where looks are vain (places.c), target -1 for a code object anywhere, FJ_CONSUMES for the generator expressions that it consumes: how many looks a question about this one would
   stand for; 0: it rests, FJ_UNKNOWN: it is seen for the first time, and not asked about in either case. */
enum { FJ_UNKNOWN = -1, FJ_CONSUMES = -2 };
int fj_place_looked_at(PyObject *code, int target);
/* The compiler's answer to a look there: below -1 so many looks are only counted. */
void fj_place_answered(PyObject *code, int target, PyObject *answer);
#endif

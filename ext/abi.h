/* What generated code and the runtime agree on.  Generated code is one C function per region:

       int64_t native(FjContext *ctx, PyObject **home);

   home: framed regions: the frame's localsplus (locals, cells, then the value stack): every object that native
   code owns lives in a home slot, so a frame can always be finished, written back or looked at.
   Frameless regions (straight-line code without world points): the caller's argument array, read only.

   Returns 0 RETURN: ctx->result holds a new reference.     -1 MISS: an entry guard failed, nothing has happened.
          -2 RAISE: an exception is set, the frame is written, its position is the raising instruction.
          -3 LEFT: the frame is written, position included: the interpreter goes on in it.
          k > 0: exit number k-1: the live raw values are in ctx->spill; run its recipe, then go on in the interpreter.
   Recipes: src/framejit/tables/recipes.py.  spill[0] is always the number of loop iterations made since entry
   (at RETURN too). */
#ifndef FRAMEJIT_ABI_H
#define FRAMEJIT_ABI_H
#include <stdint.h>

enum { FJ_RETURN = 0, FJ_MISS = -1, FJ_RAISE = -2, FJ_LEFT = -3 };

typedef struct FjRegion FjRegion;

typedef struct FjContext {
    PyObject *result;             /*  0  RETURN: the value.  Behind a call-out: the result (borrowed from its home stack slot) */
    int64_t number;               /*  8  a call-out that answers with a number */
    PyThreadState *tstate;        /* 16 */
    volatile int8_t *breaker;     /* 24  a byte that is not 0 when the eval-breaker wants to be served (low byte on every version) */
    struct _PyInterpreterFrame *frame; /* 32  NULL when frameless */
    FjRegion *region;             /* 40 */
    PyObject **consts;            /* 48  the region's constants */
    PyObject **names;             /* 56  per name cell, its value at entry, borrowed (kept right by call-outs and polls) */
    int64_t *spill;               /* 64 */
    int64_t left;                 /* 72  set by the runtime: the exit number behind a LEFT, for the records */
    int64_t unit;                 /* 80  RETURN: may be set to the unit of the return instruction (frame objects that outlive the call show it) */
    int64_t *trail;               /* 88  behind what routines that have left have stored: per routine, the innermost first, its values,
                                         the number of its exit, how many values */
    int64_t levels;               /* 96  how many calls of routines, one in the other, there is room for */
    int64_t caught;               /* 104 a call-out that has raised, and whose exception is on the stack of its handler */
} FjContext;

typedef int64_t (*fj_native)(FjContext *ctx, PyObject **home);
#endif

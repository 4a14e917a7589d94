/* Elements that are computed in pieces and go straight into the target; see nest_pieces.c. */
#ifndef FRAMEJIT_NEST_PIECES_H
#define FRAMEJIT_NEST_PIECES_H
#include "nests.h"

enum { FJ_WAITING = 1 << 19 };          /* bytes that may wait */

typedef struct { int64_t at[FJ_MOST_AXES], column; char *row; } FjCursor;

typedef struct {
    const FjNest *nest;
    FjWalk *walk;                       /* the target is one more operand, behind the others */
    int64_t first, end;                 /* elements of the result */
    int64_t lag, lead;                  /* how many stay as they were until one behind them, one in front of them has been computed */
    int64_t made, put, room;            /* elements: computed, stored, in the ring */
    char *ring;
    int64_t kept;                       /* elements up to this one aren't stored yet: */
    char *beside;                       /* they go beside, element number 0 of the result here */
    FjCursor target;
} FjStoring;

FJ_INNER int fj_pieces_wait(FjStoring *storing);
FJ_INNER int fj_pieces_walked(FjStoring *storing, int stored);
FJ_INNER void fj_pieces_put(FjStoring *storing, int64_t end);
FJ_INNER void fj_pieces_scatter(char *to, int64_t step, const char *from, int64_t n, int size);
FJ_INNER int fj_pieces_by_several(FjStoring *storing, int stored);
#endif

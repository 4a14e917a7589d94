/* Long nests in pieces, which other threads may compute: contiguous stretches of the result that begin at cache lines.

   Each element is computed by the same code from the same operands, whoever does it; the flags of floating-point arithmetic,
   which each thread has for itself, are brought together. */
#include "nests.h"
#include "pool.h"
#include <xmmintrin.h>

enum { PIECE = 8192, CALLED = 1024, LINE = 64 };           /* elements of a piece; where loops of NumPy's are called, each of which may take ten times as long; bytes */

typedef struct {
    const FjNest *nest;
    FjWalk *walk;
    char *out;
    int64_t size, lead, piece;              /* elements: of the result, in front of the first cache line, of a piece */
    unsigned control;                       /* how the caller rounds */
    int flags;
} Split;

/* Elements [first, end) of the result, in C order; `out`: where element number 0 would be. */
int fj_nest_stretch(const FjNest *nest, FjWalk *walk, char *out, int64_t first, int64_t end) {
    int last = walk->axes - 1, flags = 0;
    int64_t n = walk->shape[last], row = first / n, column = first % n, at[FJ_MOST_AXES] = {0};
    char *places[FJ_MOST_OPERANDS + 1], *args[FJ_MOST_OPERANDS + 1];
    for (int axis = last - 1; axis >= 0; axis--) { at[axis] = row % walk->shape[axis]; row /= walk->shape[axis]; }
    for (int i = 0; i < nest->count; i++) {
        places[i] = walk->place[i];
        for (int axis = 0; axis < last; axis++) places[i] += at[axis] * walk->step[i][axis];
    }
    while (first < end) {
        int64_t count = n - column < end - first ? n - column : end - first, rows = column ? 1 : fj_nest_rows_at_once(nest, walk, at, end - first);
        args[0] = out + first * nest->size;
        for (int i = 0; i < nest->count; i++) args[i + 1] = places[i] + column * walk->step[i][last];
        flags |= rows > 1 ? fj_nest_rows(nest, walk, args, rows) : fj_nest_row(nest, walk, args, count);
        first += rows > 1 ? rows * n : count;
        column = 0;
        if (first < end) fj_nest_next_rows(nest, walk, places, at, rows > 1 ? rows : 1);
    }
    return flags;
}

static void pieces(void *with, int64_t from, int64_t to) {
    Split *split = with;
    int64_t first = from ? split->lead + from * split->piece : 0, end = split->lead + to * split->piece;
    unsigned before = _mm_getcsr();
    _mm_setcsr(split->control);
    fj_flags_clear(split->nest->calls);
    int flags = fj_nest_stretch(split->nest, split->walk, split->out, first, end < split->size ? end : split->size);
    flags |= split->nest->calls ? fj_flags_now() : (int)_mm_getcsr() & FJ_FLAGS;
    fj_flags_restore(before);
    if (flags) __atomic_or_fetch(&split->flags, flags, __ATOMIC_RELAXED);
}

/* The flags of the whole; -1: it isn't to be split. */
int fj_flags_of_pieces(const FjNest *nest, FjWalk *walk, char *out) {
    int64_t size = 1, lead = (-(intptr_t)out & (LINE - 1)) / nest->size, piece = nest->calls ? CALLED : PIECE;
    for (int axis = 0; axis < walk->axes; axis++) size *= walk->shape[axis];
    if (nest->threads == 1 || size < 3 * piece) return -1;
    unsigned before = fj_flags_clear(nest->calls);
    Split split = {nest, walk, out, size, lead, piece, _mm_getcsr(), 0};
    fj_pool_run(pieces, nest, &split, (size - lead + piece - 1) / piece, nest->threads);
    fj_flags_restore(before);
    return split.flags;
}

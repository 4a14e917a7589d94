/* Nests whose result goes into an array that exists.

       fj_nest_into(context, nest, words, target)  ->  1; or 0, 2: nothing has happened, 2: because NumPy is as fast

   NumPy computes everything before it stores anything, and so what warns or raises has to be known while the target is as
   it was.  Small results are computed into memory of their own and copied.  Large ones are computed in pieces that go
   straight into the target: where flags could be raised by a first walk that stores nothing, then by a second.  An operand
   that shares the target's memory has to lie as it does; what it will still read is written later (`lag`), and waits in a ring. */
#include "compat.h"
#include "nests.h"
#include <string.h>

enum { KEPT = 1 << 17, LARGE = 1 << 23 };       /* bytes of results: that memory of their own is kept for; that two walks are better for */
enum { LEFT_TO_NUMPY = 2 };     /* capture/array_stores.py */
enum { PIECE = 1024, WAITING = 1 << 19 };       /* elements computed at a time; bytes that may wait */

typedef struct { int64_t at[FJ_MOST_AXES], column; char *row; } Cursor;

typedef struct {
    const FjNest *nest;
    FjWalk *walk;                       /* the target is one more operand, behind the others */
    int64_t size, lag, made, put, room; /* elements: of the result, that wait, computed, stored, in the ring */
    char *ring;
    Cursor target;
} Storing;

static int64_t few_bytes = KEPT, large_bytes = LARGE;

/* For tests, which want the ways of large arrays for small ones. */
void fj_nest_bounds(int64_t few, int64_t large) {
    few_bytes = few < 0 || few > KEPT ? KEPT : few;
    large_bytes = large < 0 ? LARGE : large;
}

/* ---- which elements wait */

/* The bytes [low, high) that an operand of the walk reads or writes. */
static void bytes_of(const FjWalk *walk, int operand, int size, char **low, char **high) {
    *low = *high = walk->place[operand];
    for (int axis = 0; axis < walk->axes; axis++) {
        int64_t last = (walk->shape[axis] - 1) * walk->step[operand][axis];
        if (last < 0) *low += last; else *high += last;
    }
    *high += size;
}

/* Whether the addresses of an operand rise from each element to the next, the axes apart from each other. */
static int rises(const FjWalk *walk, int operand, int size) {
    int64_t extent = size;
    for (int axis = walk->axes - 1; axis >= 0; axis--) {
        if (walk->step[operand][axis] < extent) return 0;
        extent += (walk->shape[axis] - 1) * walk->step[operand][axis];
    }
    return 1;
}

/* How many elements of the target begin in so many bytes at most; those may reach over the end of a row, of each axis. */
static int64_t elements_within(const FjWalk *walk, int target, int64_t bytes) {
    int64_t found = 0, inner = 1, most[FJ_MOST_AXES];
    for (int axis = walk->axes - 1; axis >= 0; axis--) { most[axis] = inner; inner *= walk->shape[axis]; }
    for (int axis = 0; axis < walk->axes; axis++) {
        int64_t step = walk->step[target][axis], whole = bytes / step;
        found += whole * most[axis];
        bytes -= whole * step;
        if (bytes == 0) break;
    }
    return found + walk->axes;
}

/* How many elements have to be computed before one may be stored; -1: memory is shared in another way. */
static int64_t lag_of(const FjNest *nest, const FjWalk *walk) {
    int64_t lag = 0;
    int target = nest->count;
    char *from, *to, *low, *high;
    bytes_of(walk, target, nest->size, &from, &to);
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        bytes_of(walk, i, nest->operands[i].size, &low, &high);
        if (high <= from || to <= low) continue;
        int size = nest->operands[i].size > nest->size ? nest->operands[i].size : nest->size;
        if (!rises(walk, target, size)) return -1;
        for (int axis = 0; axis < walk->axes; axis++) if (walk->step[i][axis] != walk->step[target][axis]) return -1;
        int64_t behind = walk->place[target] - walk->place[i];
        if (behind + size <= 0) continue;
        int64_t own = elements_within(walk, target, behind + size);
        if (own > lag) lag = own;
    }
    return lag;
}

/* ---- pieces */

static void scatter(char *to, int64_t step, const char *from, int64_t n, int size) {
    if (step == size) memcpy(to, from, (size_t)(n * size));
    else for (int64_t k = 0; k < n; k++) memcpy(to + k * step, from + k * size, (size_t)size);
}

static void next_row(const FjWalk *walk, Cursor *cursor, int operand) {
    cursor->column = 0;
    for (int axis = walk->axes - 2; axis >= 0; axis--) {
        cursor->row += walk->step[operand][axis];
        if (++cursor->at[axis] < walk->shape[axis]) return;
        cursor->row -= cursor->at[axis] * walk->step[operand][axis];
        cursor->at[axis] = 0;
    }
}

/* What has been computed and needn't wait goes into the target. */
static void store_until(Storing *s, int64_t end) {
    int target = s->nest->count, last = s->walk->axes - 1;
    int64_t columns = s->walk->shape[last], step = s->walk->step[target][last];
    while (s->put < end) {
        int64_t n = end - s->put, slot = s->put % s->room;
        if (n > columns - s->target.column) n = columns - s->target.column;
        if (n > s->room - slot) n = s->room - slot;
        scatter(s->target.row + s->target.column * step, step, s->ring + slot * s->nest->size, n, s->nest->size);
        s->put += n;
        s->target.column += n;
        if (s->target.column == columns) next_row(s->walk, &s->target, target);
    }
}

static int row_in_pieces(Storing *s, char **places, int storing) {
    const FjNest *nest = s->nest;
    int last = s->walk->axes - 1, flags = 0;
    char *args[FJ_MOST_OPERANDS + 1];
    for (int64_t done = 0, n; done < s->walk->shape[last]; done += n) {
        int64_t slot = storing ? s->made % s->room : 0;
        n = s->walk->shape[last] - done;
        if (n > PIECE) n = PIECE;
        if (n > s->room - slot) n = s->room - slot;
        args[0] = s->ring + slot * nest->size;
        for (int i = 0; i < nest->count; i++) args[i + 1] = places[i] + done * s->walk->step[i][last];
        flags |= fj_nest_row(nest, s->walk, args, n);
        s->made += n;
        if (storing) store_until(s, s->made - s->lag);
    }
    return flags;
}

/* The flags of one walk over all elements. */
static int walked(Storing *s, int storing) {
    int64_t at[FJ_MOST_AXES] = {0};
    char *places[FJ_MOST_OPERANDS + 1];
    unsigned before = fj_flags_clear(0);
    int flags = 0;
    memcpy(places, s->walk->place, sizeof places);
    s->made = s->put = 0;
    s->target = (Cursor){.row = s->walk->place[s->nest->count]};
    do flags |= row_in_pieces(s, places, storing); while (fj_nest_next_row(s->nest, s->walk, places, at));
    if (storing) store_until(s, s->size);
    flags |= fj_flags_now();
    fj_flags_restore(before);
    return flags;
}

/* 1 done, 0 not done, -1: in another way. */
static int in_pieces(Storing *s, const int64_t *words) {
    int ignored = fj_flags_ignored(), checked = s->nest->raises && ignored != FJ_FLAGS;
    if (checked && s->size * s->nest->size < large_bytes) return -1;
    s->lag = lag_of(s->nest, s->walk);
    s->room = (s->lag / PIECE + 2) * PIECE;
    if (s->lag < 0 || s->room * s->nest->size > WAITING || (s->ring = PyMem_RawMalloc((size_t)(s->room * s->nest->size))) == NULL) return -1;
    PyThreadState *ts = fj_nest_release(s->nest, words);
    int done = !checked || (walked(s, 0) & ~ignored) == 0;
    if (done) walked(s, 1);
    fj_nest_acquire(s->nest, words, ts);
    PyMem_RawFree(s->ring);
    return done;
}

/* ---- through memory of their own */

/* A contiguous result into an array of the same shape, row by row. */
static void copy_into(const FjArray *target, const char *from, int size) {
    int64_t at[FJ_MOST_AXES] = {0}, n = target->nd ? target->dims[target->nd - 1] : 1, step = target->nd ? target->strides[target->nd - 1] : size;
    char *row = target->data;
    for (;;) {
        scatter(row, step, from, n, size);
        from += n * size;
        int axis = target->nd - 2;
        for (; axis >= 0; axis--) {
            row += target->strides[axis];
            if (++at[axis] < target->dims[axis]) break;
            row -= at[axis] * target->strides[axis];
            at[axis] = 0;
        }
        if (axis < 0) return;
    }
}

static int by_copy(const FjNest *nest, const int64_t *words, const FjArray *target, FjWalk *walk, int64_t size, int few) {
    static int64_t kept[KEPT / 8];
    char *room = few ? (char *)kept : PyMem_RawMalloc((size_t)(size * nest->size));
    if (room == NULL) return 0;
    int flags = few ? fj_flags_of(nest, walk, room) : fj_flags_beside_others(nest, words, walk, room);
    int raised = nest->calls && PyErr_Occurred() != NULL;
    if (raised) PyErr_Clear();
    int done = !raised && !(flags && flags & ~fj_flags_ignored());
    if (done) copy_into(target, room, nest->size);
    if (!few) PyMem_RawFree(room);
    return done;
}

int64_t fj_nest_into(FjContext *context, const FjNest *nest, const int64_t *words, const FjArray *target) {
    FjWalk walk;
    context->number = 0;
    int64_t size = fj_nest_plan_into(nest, words, target, &walk, 0);
    if (size <= 0) return size == 0;
    int few = size * nest->size <= few_bytes && size * nest->nsteps < FJ_RELEASED, done = -1;
    if (few) return by_copy(nest, words, target, &walk, size, few);
    if (nest->nsteps == 1 && few_bytes) return LEFT_TO_NUMPY;        /* what memory bounds is NumPy's: there is nothing to win */
    unsigned long switches = FJ_SWITCHES(context->tstate);
    PyObject *owner = Py_NewRef(fj_keeper(target));
    if (!nest->calls) {
        Storing storing = {.nest = nest, .walk = &walk, .size = fj_nest_plan_into(nest, words, target, &walk, 1)};
        done = in_pieces(&storing, words);
    }
    if (done < 0) {
        fj_nest_plan_into(nest, words, target, &walk, 0);
        done = by_copy(nest, words, target, &walk, size, few);
    }
    Py_DECREF(owner);
    context->number = FJ_SWITCHES(context->tstate) != switches;
    return done;
}

/* Large results that go straight into an array: computed in pieces, each stored once no operand that shares the target's
   memory will read what it overwrites.  Until then it waits in a ring. */
#include "nest_pieces.h"
#include <string.h>

enum { PIECE = 1024 };                  /* elements computed at a time */

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

static int64_t later(int64_t elements, int64_t known) { return elements > known ? elements : known; }

/* How many elements have to be computed before one may be stored, and how many behind one, if those in front of it aren't
   computed first; 0: memory is shared in another way, or what would wait has no room. */
int fj_pieces_wait(FjStoring *s) {
    const FjNest *nest = s->nest;
    const FjWalk *walk = s->walk;
    int target = nest->count;
    char *from, *to, *low, *high;
    s->lag = s->lead = 0;
    bytes_of(walk, target, nest->size, &from, &to);
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size == 0) continue;
        bytes_of(walk, i, nest->operands[i].size, &low, &high);
        if (high <= from || to <= low) continue;
        int size = nest->operands[i].size > nest->size ? nest->operands[i].size : nest->size;
        if (!rises(walk, target, size)) return 0;
        for (int axis = 0; axis < walk->axes; axis++) if (walk->step[i][axis] != walk->step[target][axis]) return 0;
        int64_t behind = walk->place[target] - walk->place[i];
        if (behind + size > 0) s->lag = later(elements_within(walk, target, behind + size), s->lag);
        if (size - behind > 0) s->lead = later(elements_within(walk, target, size - behind), s->lead);
    }
    s->room = (s->lag / PIECE + 2) * PIECE;
    return s->room * nest->size <= FJ_WAITING;
}

/* ---- pieces */

#define SCATTER(type) for (int64_t k = 0; k < n; k++) *(type *)(to + k * step) = ((const type *)from)[k]

void fj_pieces_scatter(char *to, int64_t step, const char *from, int64_t n, int size) {
    if (step == size) { memcpy(to, from, (size_t)(n * size)); return; }
    FJ_BY_SIZE(size, SCATTER)
}

/* Where the row begins that has this element, and its column there. */
static FjCursor cursor_at(const FjWalk *walk, int operand, int64_t element) {
    int last = walk->axes - 1;
    FjCursor found = {.column = element % walk->shape[last], .row = walk->place[operand]};
    int64_t row = element / walk->shape[last];
    for (int axis = last - 1; axis >= 0; axis--) {
        found.at[axis] = row % walk->shape[axis];
        row /= walk->shape[axis];
        found.row += found.at[axis] * walk->step[operand][axis];
    }
    return found;
}

static void next_row(const FjWalk *walk, FjCursor *cursor, int operand) {
    cursor->column = 0;
    for (int axis = walk->axes - 2; axis >= 0; axis--) {
        cursor->row += walk->step[operand][axis];
        if (++cursor->at[axis] < walk->shape[axis]) return;
        cursor->row -= cursor->at[axis] * walk->step[operand][axis];
        cursor->at[axis] = 0;
    }
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* What has been computed and needn't wait goes into the target. */
void fj_pieces_put(FjStoring *s, int64_t end) {
    int target = s->nest->count, last = s->walk->axes - 1, size = s->nest->size;
    int64_t columns = s->walk->shape[last], step = s->walk->step[target][last];
    while (s->put < end) {
        int64_t slot = (s->put - s->first) % s->room, n = least(least(end - s->put, columns - s->target.column), s->room - slot);
        const char *from = s->ring + slot * size;
        if (s->put < s->kept) {
            n = least(n, s->kept - s->put);
            memcpy(s->beside + s->put * size, from, (size_t)(n * size));
        } else fj_pieces_scatter(s->target.row + s->target.column * step, step, from, n, size);
        s->put += n;
        s->target.column += n;
        if (s->target.column == columns) next_row(s->walk, &s->target, target);
    }
}

/* The flags of one walk over the elements; `stored`: they go into the target, but for the last ones, which wait. */
int fj_pieces_walked(FjStoring *s, int stored) {
    const FjNest *nest = s->nest;
    int last = s->walk->axes - 1, flags = 0;
    FjCursor start = cursor_at(s->walk, 0, s->first);
    char *places[FJ_MOST_OPERANDS + 1], *args[FJ_MOST_OPERANDS + 1];
    for (int i = 0; i < nest->count; i++) places[i] = cursor_at(s->walk, i, s->first).row;
    unsigned before = fj_flags_clear(0);
    int64_t column = start.column;
    s->made = s->put = s->first;
    s->target = cursor_at(s->walk, nest->count, s->first);
    while (s->made < s->end) {
        int64_t slot = stored ? (s->made - s->first) % s->room : 0;
        int64_t n = least(least(PIECE, s->walk->shape[last] - column), least(s->room - slot, s->end - s->made));
        args[0] = s->ring + slot * nest->size;
        for (int i = 0; i < nest->count; i++) args[i + 1] = places[i] + column * s->walk->step[i][last];
        flags |= fj_nest_row(nest, s->walk, args, n);
        s->made += n;
        column += n;
        if (stored) fj_pieces_put(s, s->made - s->lag);
        if (column < s->walk->shape[last] || s->made == s->end) continue;
        fj_nest_next_row(nest, s->walk, places, start.at);
        column = 0;
    }
    flags |= fj_flags_now();
    fj_flags_restore(before);
    return flags;
}

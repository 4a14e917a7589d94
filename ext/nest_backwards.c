/* Operands whose rows lie backwards, as NumPy hands them to its loops: some of those compute in another way there, and give other bits;
   of half precision where elements lie apart, too.

   With one axis a loop is handed what there is, backwards or not.  With more of them NumPy's iterator (nditer_constr.c) joins axes that
   all operands of the function walk as one, and turns none round while the result is yet to be made.  Then it looks for a core of inner
   axes: operands that aren't one stretch over it are copied into buffers, in which they lie forwards; that is done where it makes the
   loop's calls longer by more than it costs.  loops/backward_loops.py asks NumPy whether it does so. */
#include "nests.h"
#include <string.h>

enum { MOST = 4 };              /* operands of a function, its result among them */

typedef struct {
    int count, axes;
    int64_t shape[FJ_MOST_AXES], step[MOST][FJ_MOST_AXES];      /* the innermost axis first */
} Iterated;

/* The last axis with more than one element, or -1. */
static int inner_axis(const FjNest *nest, const FjWalk *walk) {
    int axis = nest->rank - 1;
    while (axis >= 0 && walk->shape[axis] < 2) axis--;
    return axis;
}

/* `inner`: -1 where there is one element in all, of which a loop is handed the step if it has one axis. */
static int lies_backwards(const FjNest *nest, const int64_t *words, const FjWalk *walk, int operand, int inner) {
    const FjOperand *one = &nest->operands[operand];
    if (one->size == 0 || (inner < 0 && nest->rank > 1)) return 0;
    int64_t step = inner < 0 ? ((const FjArray *)words[operand])->strides[0] : walk->step[operand][inner];
    return step < 0 || (one->type == FJ_FLOAT16 && one->either && step != one->size);
}

/* ---- what the iterator makes of a step's operands */

/* A new array, contiguous along the axes in which an operand of `arrays` has more than one element. */
static void new_steps(const FjNest *nest, const FjWalk *walk, uint32_t arrays, int64_t size, int64_t *step) {
    for (int axis = nest->rank - 1; axis >= 0; axis--) {
        int there = 0;
        for (int i = 0; i < nest->count; i++) there |= (arrays >> i & 1) && walk->step[i][axis];
        step[axis] = there ? size : 0;
        if (there) size *= walk->shape[axis];
    }
}

static int joined(const Iterated *it, int axis, const int64_t (*step)[FJ_MOST_AXES], int outer) {
    for (int k = 0; k < it->count; k++) if (it->step[k][axis] * it->shape[axis] != step[k][outer]) return 0;
    return 1;
}

static void iterate(const FjNest *nest, const FjWalk *walk, const FjStep *step, Iterated *it) {
    int64_t steps[MOST][FJ_MOST_AXES] = {{0}};
    it->count = step->arity + 1;
    it->axes = 0;
    for (int k = 0; k < step->arity; k++) {
        int value = step->args[k];
        if (value < nest->count) memcpy(steps[k], walk->step[value], sizeof steps[k]);
        else new_steps(nest, walk, nest->steps[value - nest->count].arrays, 1, steps[k]);       /* in elements: it has no padding */
    }
    new_steps(nest, walk, step->arrays, 1, steps[step->arity]);
    for (int axis = nest->rank - 1; axis >= 0; axis--) {
        if (walk->shape[axis] == 1) continue;
        if (it->axes && joined(it, it->axes - 1, (const int64_t (*)[FJ_MOST_AXES])steps, axis)) { it->shape[it->axes - 1] *= walk->shape[axis]; continue; }
        for (int k = 0; k < it->count; k++) it->step[k][it->axes] = steps[k][axis];
        it->shape[it->axes++] = walk->shape[axis];
    }
}

/* The operands that are one stretch over the core's axes, a bit for each: the others are copied.  `most`: elements of a buffer. */
static unsigned stretches(const Iterated *it, int64_t most) {
    int single[MOST], cost = 1, best_axis = 0, best_cost = 1;
    int64_t size = it->shape[0], best_size = size;
    for (int k = 0; k < it->count; k++) single[k] = 1;
    for (int axis = 1; axis < it->axes && (size < most || cost == 1); axis++) {
        for (int k = 0; k < it->count; k++) {
            if (single[k] != axis) continue;
            if (it->step[k][axis - 1] * it->shape[axis - 1] == it->step[k][axis]) single[k]++;
            else cost++;
        }
        size *= it->shape[axis];
        double within = (double)(size > most && cost > 1 ? most : size);
        if (cost * (double)best_size > best_cost * within) continue;
        best_axis = axis;
        best_cost = cost;
        best_size = size;
    }
    unsigned found = 0;
    for (int k = 0; k < it->count; k++) if (single[k] > best_axis) found |= 1u << k;
    return found;
}

/* ---- what is handed as it lies */

static int is_cast(const FjNest *nest, int value) {
    return value >= nest->count && nest->steps[value - nest->count].function == NULL && nest->steps[value - nest->count].arrays;
}

static int rank_of(const FjNest *nest, const int64_t *words, uint32_t arrays) {
    int most = 0;
    for (int i = 0; i < nest->count; i++) if (arrays >> i & 1 && ((const FjArray *)words[i])->nd > most) most = ((const FjArray *)words[i])->nd;
    return most;
}

/* The operands of a step whose rows lie backwards, of those in `backward`: a bit for each that is handed so, and that is copied; 0: not known. */
static int sort_out(const FjNest *nest, const int64_t *words, const FjWalk *walk, const FjStep *step, uint32_t backward, uint32_t *handed, uint32_t *copied) {
    unsigned as_they_lie = ~0u;
    if (rank_of(nest, words, step->arrays) > 1) {
        Iterated it;
        for (int k = 0; k < step->arity; k++) if (is_cast(nest, step->args[k])) return 0;
        iterate(nest, walk, step, &it);
        if (it.axes > 1) as_they_lie = stretches(&it, fj_buffer_size());
    }
    for (int k = 0; k < step->arity; k++) {
        int value = step->args[k];
        if (value < nest->count && backward >> value & 1) *(as_they_lie >> k & 1 ? handed : copied) |= 1u << value;
    }
    return 1;
}

/* Whether NumPy would walk an operand in another order of axes, where that decides in which direction, or at what distance, a loop gets it. */
static int walked_otherwise(const FjNest *nest, const FjWalk *walk) {
    int orderly = 1, decides = 0;
    for (int i = 0; i < nest->count; i++) {
        orderly &= nest->operands[i].size == 0 || fj_falls(walk->step[i], nest->rank);
        decides |= nest->operands[i].type == FJ_FLOAT16;
        for (int axis = 0; axis < nest->rank; axis++) decides |= walk->step[i][axis] < 0;
    }
    return !orderly && decides;
}

/* Notes in the walk, whose axes are all there yet, which operands loops are handed as they lie; 0: NumPy has to do it. */
int fj_nest_backwards(const FjNest *nest, const int64_t *words, FjWalk *walk) {
    uint32_t backward = 0, handed = 0, copied = 0, either = 0;
    int inner = inner_axis(nest, walk);
    for (int i = 0; i < nest->count; i++) {
        backward |= (uint32_t)lies_backwards(nest, words, walk, i, inner) << i;
        either |= (uint32_t)(nest->operands[i].either != 0) << i;
    }
    for (int axis = 0; axis < nest->rank; axis++) if (walk->shape[axis] == 0) return 1;
    if (walked_otherwise(nest, walk)) return 0;
    if (!backward) return 1;
    for (int i = 0; i < nest->nsteps; i++) {
        const FjStep *step = &nest->steps[i];
        uint32_t own = 0;
        for (int k = 0; k < step->arity; k++) if (step->args[k] < nest->count) own |= 1u << step->args[k];
        if (!step->called || !(own & backward)) continue;
        if (!sort_out(nest, words, walk, step, backward, &handed, &copied)) return 0;
    }
    walk->handed = handed;
    return !(handed & ~either) && !(handed & copied) && !(copied & ~either);
}

/* Whether a loop is handed what is broadcast along the rows, and computes otherwise for that: NumPy's iterator copies it for short rows. */
int fj_nest_is_strided(const FjNest *nest, const FjWalk *walk) {
    int last = walk->axes - 1;
    uint32_t moves = 0;
    for (int i = 0; i < nest->count; i++) if (nest->operands[i].size && walk->step[i][last]) moves |= 1u << i;
    for (int i = 0; i < nest->nsteps && walk->shape[last] > 1; i++)
        for (int k = 0; nest->steps[i].called == FJ_STRIDED && k < nest->steps[i].arity; k++) {
            int arg = nest->steps[i].args[k];
            uint32_t arrays = arg >= nest->count ? nest->steps[arg - nest->count].arrays : nest->operands[arg].size ? 1u << arg : 0;
            if (arrays && !(arrays & moves)) return 1;
        }
    return 0;
}

/* Full reductions by several threads: stretches of the elements, each reduced by one, then brought together by the caller.

   NumPy's tree of pairwise sums is cut where its parts are small enough; their sums are added as the tree adds them.  So the bits
   don't depend on how many threads there are.  Where no order counts the stretches are equally long. */
#include "nest_reduce.h"
#include "pool.h"
#include <stdlib.h>
#include <xmmintrin.h>

enum { LEAF = 1 << 14, FEWEST = 3 };        /* elements, parts */

typedef struct { int64_t first, count; union { double sum; int64_t bits; } found; } Leaf;

typedef struct {
    const FjReducing *whole;
    Leaf *leaves;
    int64_t made;
    unsigned control;                   /* how the caller rounds */
    int sums, flags;
} Leaves;

static void cut(Leaves *job, int64_t first, int64_t count) {
    if (count <= LEAF) { job->leaves[job->made++] = (Leaf){first, count, {0.0}}; return; }
    int64_t half = fj_reduce_half(count);
    cut(job, first, half);
    cut(job, first + half, count - half);
}

static __attribute__((noinline)) void compute(Leaves *job, int64_t from, int64_t to) {
    int64_t room[FJ_CHUNK];
    FjReducing r = {.room = room, .nest = job->whole->nest, .reduction = job->whole->reduction, .walk = job->whole->walk, .whole = job->whole->whole, .step = job->whole->step, .chunk = job->whole->chunk};
    unsigned before = _mm_getcsr();
    _mm_setcsr(job->control);
    fj_flags_clear(1);
    for (int64_t i = from; i < to; i++) {
        Leaf *leaf = &job->leaves[i];
        if (job->sums) leaf->found.sum = fj_reduce_sum(&r, leaf->first, leaf->count);
        else leaf->found.bits = fj_reduce_stretch(&r, leaf->first, leaf->count);
    }
    int flags = r.flags | fj_flags_now();
    fj_flags_restore(before);
    if (flags) __atomic_or_fetch(&job->flags, flags, __ATOMIC_RELAXED);
}

static void leaves(void *with, int64_t from, int64_t to) { compute(with, from, to); }

/* All leaves computed; 0: it isn't to be split. */
static int split(Leaves *job, FjReducing *r, int64_t count) {
    if (r->nest->threads == 1 || count < FEWEST * LEAF) return 0;
    job->whole = r;
    job->leaves = malloc((size_t)(2 * (count / (LEAF / 2) + 2)) * sizeof *job->leaves);     /* halves of what is longer, less some elements */
    if (job->leaves == NULL) return 0;
    r->flags |= fj_flags_now();
    unsigned before = fj_flags_clear(1);
    job->control = _mm_getcsr();
    cut(job, 0, count);
    fj_pool_run(leaves, r->reduction, job, job->made, r->nest->threads);
    fj_flags_restore(before & ~(unsigned)FJ_FLAGS);
    r->flags |= job->flags;
    return 1;
}

static double together(const Leaves *job, const Leaf **next, int64_t count) {
    if (count <= LEAF) return (*next)++->found.sum;
    int64_t half = fj_reduce_half(count);
    double left = together(job, next, half), right = together(job, next, count - half);
    return fj_reduce_added(job->whole->nest, left, right);
}

int fj_reduce_sum_by_several(FjReducing *r, int64_t count, double *sum) {
    Leaves job = {.sums = 1};
    if (!split(&job, r, count)) return 0;
    const Leaf *next = job.leaves;
    *sum = together(&job, &next, count);
    free(job.leaves);
    return 1;
}

int fj_reduce_by_several(FjReducing *r, int64_t count, int64_t *bits) {
    Leaves job = {.sums = 0};
    if (!split(&job, r, count)) return 0;
    *bits = job.leaves[0].found.bits;
    for (int64_t i = 1; i < job.made; i++) fj_reduce(r, (char *)&job.leaves[i].found.bits, 1, bits);
    free(job.leaves);
    return 1;
}

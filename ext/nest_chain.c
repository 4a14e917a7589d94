/* Chains: nests and reductions along the last axis that feed one another, row by row.

       e = np.exp(x - x.max(axis=-1, keepdims=True)); return e / e.sum(axis=-1, keepdims=True)

       fj_nest_chain(context, chain, words)  ->  1: the results are in the words, behind those of the operands; nobody has them yet

   Each block of rows goes through all stages while it is in the processor's cache: a value that isn't given is never more than a block.  A row is
   computed by the nests' kernels and reduced by NumPy's own loops, as NumPy goes over the last axis of arrays in C order.
   0 where NumPy has to do it, 2 where the operations are to be computed one by one: operands that lie otherwise, or that NumPy would compute less of;
   nothing, too many arrays at once, other threads that would run between statements. */
#include "compat.h"
#include "nest_chain.h"
#include "pool.h"
#include <stdlib.h>
#include <string.h>
#include <xmmintrin.h>

enum { BLOCK = 2048, ROOM = 1 << 16, PIECE = 8192, FEWEST = 3, LINE = 64 };       /* elements of a block; bytes of it on the stack; elements of a piece; pieces; bytes */
enum { SHARE = 1 << 21, MOST_ROWS = 192, FEWEST_ROWS = 16, FEW_ROWS = 48, SHARES = 8 };      /* bytes of a block between products; its rows; blocks that there are, if they have more than few rows */

static void begin(const FjChained *job, FjChainBlock *block, int64_t number) {
    int64_t line = number / job->blocks, row = number % job->blocks * job->rows, at[FJ_MOST_AXES], left = line;
    block->count = job->length - row < job->rows ? job->length - row : job->rows;
    block->first = row * job->row[job->axes - 1];
    block->before = 0;
    for (int axis = job->axes - 2; axis >= 0; left /= job->shape[axis], axis--) {
        at[axis] = left % job->shape[axis];
        block->first += at[axis] * job->row[axis];
    }
    for (int i = 0; i < job->chain->count; i++) {
        block->place[i] = (char *)&job->words[i];
        block->step[i] = 0;
        if (!(job->walked >> i & 1)) continue;
        block->step[i] = job->step[i][job->axes - 1];
        block->place[i] = ((const FjArray *)job->words[i])->data + row * block->step[i];
        for (int axis = job->axes - 2; axis >= 0; axis--) block->place[i] += at[axis] * job->step[i][axis];
    }
}

static __attribute__((noinline)) void compute(FjChained *job, int64_t first, int64_t end) {
    int64_t small[ROOM / 8] __attribute__((aligned(LINE)));
    FjChainBlock block = {.room = (char *)small};
    char *memory = job->room > ROOM ? malloc((size_t)job->room + LINE) : NULL;
    if (job->room > ROOM && memory == NULL) { __atomic_store_n(&job->failed, 1, __ATOMIC_RELAXED); return; }
    if (memory) block.room = memory + (-(uintptr_t)memory & (LINE - 1));
    unsigned before = _mm_getcsr();
    _mm_setcsr(job->control);
    fj_flags_clear(1);
    int flags = 0;
    for (int64_t number = first; number < end; number++) {
        begin(job, &block, number);
        flags |= fj_chain_stages(job, &block);
    }
    flags |= fj_flags_now();
    fj_flags_restore(before);
    free(memory);
    if (flags) __atomic_or_fetch(&job->flags, flags, __ATOMIC_RELAXED);
}

typedef struct { FjChained *job; int64_t per, blocks; } Pieces;

static void pieces(void *with, int64_t from, int64_t to) {
    const Pieces *all = with;
    compute(all->job, from * all->per, to * all->per < all->blocks ? to * all->per : all->blocks);
}

static void work(FjChained *job) {
    const FjChain *chain = job->chain;
    int64_t elements = job->rows * job->n;
    Pieces all = {job, elements < PIECE ? PIECE / elements : 1, job->lines * job->blocks};
    int64_t count = (all.blocks + all.per - 1) / all.per;
    int several = chain->threads != 1 && count >= FEWEST, threads = 0;
    unsigned before = fj_flags_clear(1);
    job->control = _mm_getcsr();
    if (several && chain->moving >= 0) several = job->alone && (threads = fj_blas_single(chain)) > 0;
    if (several) fj_pool_run(pieces, chain, &all, count, chain->threads);
    else compute(job, 0, all.blocks);
    if (threads > 0) fj_blas_again(threads);
    fj_flags_restore(before);
}

/* ---- what is to be done */

/* Neighbouring axes of rows that all operands walk in equal steps are one; those of one element go.  The last one is what products move along. */
static void join(FjChained *job, const int64_t *shape) {
    int rank = job->chain->rank, moving = job->chain->moving, kept = 0;
    int64_t rows[FJ_MOST_AXES], count = 1, step[FJ_MOST_OPERANDS][FJ_MOST_AXES];
    memcpy(step, job->step, sizeof step[0] * (size_t)job->chain->count);
    for (int axis = rank - 2; axis >= 0; count *= shape[axis], axis--) rows[axis] = count;
    for (int k = 0; k < rank - 1; k++) {
        int axis = moving < 0 || k < moving ? k : k + 1 < rank - 1 ? k + 1 : moving;
        if (shape[axis] == 1 && axis != moving) continue;
        int joined = kept > 0 && job->row[kept - 1] == rows[axis] * shape[axis];
        for (int i = 0; joined && i < job->chain->count; i++) joined = job->step[i][kept - 1] == step[i][axis] * shape[axis];
        if (!joined) job->shape[kept++] = 1;
        job->shape[kept - 1] *= shape[axis];
        job->row[kept - 1] = rows[axis];
        for (int i = 0; i < job->chain->count; i++) job->step[i][kept - 1] = step[i][axis];
    }
    if (kept == 0) {
        job->shape[kept++] = 1;
        job->row[0] = 1;
        for (int i = 0; i < job->chain->count; i++) job->step[i][0] = 0;
    }
    job->axes = kept;
    job->length = job->shape[kept - 1];
    job->lines = 1;
    for (int axis = 0; axis < kept - 1; axis++) job->lines *= job->shape[axis];
}

/* Operands whose rows are contiguous and that NumPy walks in C order; a bit for each that has all elements.  0: others. */
static int lie_well(FjChained *job, const FjNest *whole, const int64_t *shape, int64_t size, uint32_t *complete) {
    int last = whole->rank - 1;
    *complete = 0;
    for (int i = 0; i < whole->count; i++) {
        memset(job->step[i], 0, sizeof job->step[i]);
        if (whole->operands[i].size == 0) continue;
        job->walked |= 1u << i;
        const FjArray *array = (const FjArray *)job->words[i];
        int64_t own = 1;
        for (int axis = 0; axis < array->nd; axis++) own *= array->dims[axis];
        fj_nest_steps(whole, array, job->step[i]);
        if (job->step[i][last] != whole->operands[i].size || !fj_falls(job->step[i], whole->rank)) return 0;
        if (own == size) *complete |= 1u << i;
    }
    return 1;
}

/* Whether a loop of NumPy's would be called for more elements than NumPy calls it for, or has to be handed one element of a row (nest_backwards.c). */
static int repeats(const FjChained *job, const FjStage *stage, uint32_t complete) {
    uint32_t own = 0;
    for (int i = 0; i < stage->nest->count; i++)
        if (stage->takes[i] >= job->chain->count || complete >> stage->takes[i] & 1) own |= 1u << i;
    for (int i = 0; !stage->single && i < stage->nest->nsteps; i++) {
        const FjStep *step = &stage->nest->steps[i];
        if (step->called && step->arrays && !(step->arrays & own)) return 1;
        for (int k = 0; step->called == FJ_STRIDED && k < step->arity; k++)
            if (step->args[k] < stage->nest->count && stage->takes[step->args[k]] >= job->chain->count && job->chain->values[stage->takes[step->args[k]] - job->chain->count].single) return 1;
    }
    return 0;
}

/* Whether every value has all rows, or is of all elements of each: what is reduced among them. */
static int are_whole(const FjChained *job, const FjNest *whole, const int64_t *shape) {
    for (int i = 0; i < job->chain->nvalues; i++) {
        int64_t own[FJ_MOST_AXES];
        if (job->chain->values[i].arrays == (uint32_t)FJ_SHAPED) continue;
        if (!fj_nest_shape(whole, job->words, job->chain->values[i].arrays, own)) return 0;
        for (int axis = 0; axis < whole->rank; axis++) if (own[axis] != shape[axis]) return 0;
    }
    for (int i = 0; i < job->chain->nstages; i++) {
        const FjStage *stage = &job->chain->stages[i];
        if (stage->reduction && ((stage->reduction->most && job->n > stage->reduction->most) || job->n <= stage->less)) return 0;
    }
    return 1;
}

static void cut(FjChained *job) {
    const FjChain *chain = job->chain;
    int64_t lasting = 0;
    for (int i = 0; i < chain->nvalues; i++) {
        const FjChainValue *value = &chain->values[i];
        if (value->lasts) lasting += (value->result < 0 ? job->bytes[i] : 0) + (value->spread ? value->size * job->n : 0);
    }
    job->few = job->n < BLOCK ? BLOCK / job->n : 1;
    job->rows = job->few;
    if (chain->moving >= 0) {
        job->rows = lasting == 0 ? job->length : SHARE / lasting < MOST_ROWS ? SHARE / lasting : MOST_ROWS;
        if (job->rows < FEWEST_ROWS) job->rows = FEWEST_ROWS;
        int64_t shares = (job->length * job->lines + SHARES - 1) / SHARES;         /* so that there is something for threads to share */
        if (lasting && job->rows > shares) job->rows = shares > FEW_ROWS ? shares : FEW_ROWS;
    }
    if (job->rows > job->length) job->rows = job->length;
    job->blocks = (job->length + job->rows - 1) / job->rows;
    if (job->few > job->rows) job->few = job->rows;
    for (int i = 0; i < chain->nvalues; i++) {
        const FjChainValue *value = &chain->values[i];
        job->offset[i] = job->room;
        if (value->result < 0) job->room += (job->bytes[i] * (value->lasts ? job->rows : job->few) + LINE - 1) & -LINE;
        job->spread[i] = job->room;
        if (value->spread) job->room += (value->size * job->n * (value->lasts ? job->rows : job->few) + LINE - 1) & -LINE;
    }
}

/* FJ_ONE_BY_ONE, or FJ_ALL_MADE. */
static int planned(FjChained *job, const FjNest *whole, int64_t *shape, int64_t *size) {
    const FjChain *chain = job->chain;
    uint32_t complete;
    if (!fj_nest_shape(whole, job->words, ~0u, shape) || !fj_product_shape(job, shape)) return FJ_ONE_BY_ONE;
    int64_t widest = 1;
    for (int i = 0; i < chain->nvalues; i++) if (chain->values[i].size > widest) widest = chain->values[i].size;
    if (!fj_could_be_made(chain->rank, shape, widest)) return FJ_ONE_BY_ONE;
    *size = 1;
    for (int axis = 0; axis < chain->rank; axis++) *size *= shape[axis];
    job->n = shape[chain->rank - 1];
    if (*size == 0 || job->n == 1 || !lie_well(job, whole, shape, *size, &complete) || !are_whole(job, whole, shape)) return FJ_ONE_BY_ONE;
    for (int i = 0; i < chain->nstages; i++)
        if (chain->stages[i].nest && repeats(job, &chain->stages[i], complete)) return FJ_ONE_BY_ONE;
    for (int i = 0; i < chain->nvalues; i++) job->bytes[i] = chain->values[i].size * (chain->values[i].single ? 1 : job->n);
    if (!fj_products_fit(job, shape)) return FJ_ONE_BY_ONE;
    join(job, shape);
    for (int i = 0; i < chain->nvalues; i++) if (chain->values[i].single && chain->values[i].result >= 0 && job->row[job->axes - 1] != 1) return FJ_ONE_BY_ONE;
    cut(job);
    return FJ_ALL_MADE;
}

static void drop(FjChained *job, int64_t *words) {
    for (int i = 0; i < job->chain->results; i++) {
        Py_XDECREF((PyObject *)words[job->chain->count + i]);
        words[job->chain->count + i] = 0;
    }
}

/* The arrays that are given. */
static int make(FjChained *job, int64_t *words, const int64_t *shape, int64_t size) {
    const FjChain *chain = job->chain;
    int64_t sides[FJ_MOST_AXES], bytes = 0;
    for (int i = 0; i < chain->results; i++) words[chain->count + i] = 0;
    for (int i = 0; i < chain->nvalues; i++) {
        const FjChainValue *value = &chain->values[i];
        if (value->result < 0) continue;
        if (value->result < chain->results - 1) bytes += size / job->n * job->bytes[i];
        if (bytes > FJ_TOO_MUCH) { drop(job, words); return FJ_ONE_BY_ONE; }
        memcpy(sides, shape, sizeof sides);
        sides[chain->rank - 1] = job->bytes[i] / value->size;
        PyObject *made = fj_new_array(value->type, chain->rank, sides);
        if (made == NULL) { PyErr_Clear(); drop(job, words); return FJ_NONE_MADE; }
        words[chain->count + value->result] = (int64_t)made;
        job->result[i] = ((FjArray *)made)->data;
    }
    return FJ_ALL_MADE;
}

static int64_t given(FjContext *context, const FjChain *chain, int64_t *words, int alone) {
    FjChained job = {.chain = chain, .words = words};
    FjNest whole = {.operands = chain->operands, .rank = chain->rank, .count = chain->count};
    FjOperand kept[FJ_MOST_OPERANDS];
    int64_t shape[FJ_MOST_AXES], size;
    context->number = 0;
    if (planned(&job, &whole, shape, &size) == FJ_ONE_BY_ONE) return FJ_ONE_BY_ONE;
    int released = size * (chain->steps + job.summed) >= FJ_RELEASED;
    int company = released && fj_has_company(context);
    if (alone && company) return FJ_ONE_BY_ONE;
    job.alone = released && !company;
    int status = make(&job, words, shape, size);
    if (status != FJ_ALL_MADE) return status;
    unsigned long switches = FJ_SWITCHES(context->tstate);
    for (int i = 0; i < chain->count; i++) kept[i].size = job.walked >> i & 1;
    whole.operands = kept;
    PyThreadState *ts = released ? fj_nest_release(&whole, words) : NULL;
    work(&job);
    if (released) fj_nest_acquire(&whole, words, ts);
    int raised = PyErr_Occurred() != NULL, flags = job.flags & FJ_FLAGS;
    if (raised) PyErr_Clear();
    context->number = FJ_SWITCHES(context->tstate) != switches;
    if (raised || job.failed || (flags && flags & ~fj_flags_ignored())) { drop(&job, words); return FJ_NONE_MADE; }
    return FJ_ALL_MADE;
}

int64_t fj_nest_chain(FjContext *context, const FjChain *chain, int64_t *words) { return given(context, chain, words, chain->results > 1); }

/* In a routine, where nothing else may run. */
int64_t fj_nest_chain_held(FjContext *context, const FjChain *chain, int64_t *words) { return given(context, chain, words, 1); }

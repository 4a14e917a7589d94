/* A block of rows on its way through the stages of a chain (nest_chain.c). */
#include "compat.h"
#include "nest_chain.h"

/* Where a value's first row of a block lies, and the step from row to row; `rows`: whole ones are wanted. */
char *fj_chain_found(const FjChained *job, const FjChainBlock *block, int number, int rows, int64_t *step) {
    int count = job->chain->count, place = number - count;
    if (place < 0) {
        *step = block->step[number];
        return block->place[number];
    }
    const FjChainValue *value = &job->chain->values[place];
    if (rows && value->single) {
        *step = value->size * job->n;
        return block->room + job->spread[place] + (value->lasts ? block->before * *step : 0);
    }
    *step = job->bytes[place];
    if (value->result >= 0) {
        char *first = job->result[place] + block->first * *step;
        *step *= job->row[job->axes - 1];
        return first;
    }
    return block->room + job->offset[place] + (value->lasts ? block->before * *step : 0);
}

/* ---- stages */

/* Rows of what each row has one of. */
static void spread(const FjChained *job, const FjChainBlock *block, int number) {
    const FjChainValue *value = &job->chain->values[number - job->chain->count];
    int64_t step, given, n = job->n;
    if (!value->spread) return;
    const char *from = fj_chain_found(job, block, number, 0, &step);
    char *to = fj_chain_found(job, block, number, 1, &given);
    for (int64_t row = 0; row < block->count; row++, from += step, to += given) fj_fill(to, from, n, value->size);
}

/* Whether all rows of a block can be computed as one: whatever they are computed of lies side by side. */
static int is_flat(const FjChained *job, const FjStage *stage, const int64_t *steps, int64_t given) {
    const FjNest *nest = stage->nest;
    if (given != job->bytes[stage->gives - job->chain->count]) return 0;
    for (int i = 0; i < nest->count; i++) {
        if (nest->operands[i].size && steps[i] != nest->operands[i].size * job->n) return 0;
    }
    return 1;
}

static int computed(const FjChained *job, const FjChainBlock *block, const FjStage *stage) {
    const FjNest *nest = stage->nest;
    int64_t steps[FJ_MOST_OPERANDS + 1], given;
    char *args[FJ_MOST_OPERANDS + 1];
    int flags = 0;
    args[0] = fj_chain_found(job, block, stage->gives, !stage->single, &given);
    for (int i = 0; i < nest->count; i++) args[i + 1] = fj_chain_found(job, block, stage->takes[i], !stage->single, &steps[i]);
    if (stage->single) return nest->kernel(args, block->count);
    if (is_flat(job, stage, steps, given)) return nest->kernel(args, block->count * job->n);
    for (int64_t row = 0; row < block->count; row++) {
        flags |= nest->kernel(args, job->n);
        args[0] += given;
        for (int i = 0; i < nest->count; i++) args[i + 1] += steps[i];
    }
    return flags;
}

static void reduced(const FjChained *job, const FjChainBlock *block, const FjStage *stage) {
    const FjChainValue *value = &job->chain->values[stage->gives - job->chain->count];
    int64_t step, given;
    char *in = fj_chain_found(job, block, stage->takes[0], 1, &step), *out = fj_chain_found(job, block, stage->gives, 0, &given);
    if (step == job->n * value->size) fj_reduce_rows(stage->reduction, value->type, value->size, in, job->n, block->count, out);
    else for (int64_t row = 0; row < block->count; row++) fj_reduce_rows(stage->reduction, value->type, value->size, in + row * step, job->n, 1, out + row * given);
    if (stage->reduction->mode == FJ_MEAN) fj_reduce_divide(value->size, out, block->count, job->n - stage->less);
}

/* A block through the stages from one to another, or to a product: the number of that; `flags` are added to. */
static int between_products(const FjChained *job, const FjChainBlock *block, int first, int *flags) {
    int i = first;
    for (; i < job->chain->nstages && !job->chain->stages[i].product; i++) {
        const FjStage *stage = &job->chain->stages[i];
        if (stage->nest) *flags |= computed(job, block, stage);
        else {
            *flags |= fj_flags_now();            /* some loops clear them */
            reduced(job, block, stage);
        }
        if (!stage->single) continue;
        for (int k = stage->nest ? stage->nest->count - stage->nest->results : 0; stage->nest && k < stage->nest->count; k++) spread(job, block, stage->takes[k]);
        spread(job, block, stage->gives);
    }
    return i;
}

int fj_chain_stages(const FjChained *job, const FjChainBlock *block) {
    const FjChain *chain = job->chain;
    int flags = 0, end;
    for (int i = 0; i < chain->nstages; i = end) {
        end = i + 1;
        if (chain->stages[i].product) { flags |= fj_product(job, block, &chain->stages[i]); continue; }
        if (block->count <= job->few) { end = between_products(job, block, i, &flags); continue; }
        FjChainBlock part = *block;
        for (part.count = job->few; part.before < block->count; part.before += job->few, part.first += job->few * job->row[job->axes - 1]) {
            if (part.count > block->count - part.before) part.count = block->count - part.before;
            end = between_products(job, &part, i, &flags);
            for (int k = 0; k < chain->count; k++) part.place[k] += part.step[k] * job->few;
        }
    }
    return flags;
}

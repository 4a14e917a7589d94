/* Products of matrices in chains, under `fastmath`: NumPy's `matmul`, which is its BLAS, called for a block of rows at a time.

       np.einsum('btnh,bsnh->btns', q, k)      rows of s along t, for each b and n; what goes on with them finds them in the cache

   Where there are several blocks, threads share them, and BLAS has one thread for each call meanwhile: how many it has is the process's, so that this is
   done only where no other thread may call it. */
#define _GNU_SOURCE
#include "compat.h"
#include "nest_chain.h"
#include <dlfcn.h>
#include <stdlib.h>

static const FjArray *array_of(const FjChained *job, int number) { return (const FjArray *)job->words[number]; }

/* ---- shapes */

static int fits_rows(const FjChained *job, const FjProduct *product, const FjArray *right, const int64_t *shape) {
    for (int axis = 0; axis < job->chain->rank - 1; axis++)
        if (product->right[axis] >= 0 && right->dims[product->right[axis]] != shape[axis]) return 0;
    return 1;
}

/* Of a product of two arrays; 0: they don't fit, so that NumPy broadcasts or raises. */
static int shape_of(const FjChained *job, const FjStage *stage, int64_t *shape) {
    const FjProduct *product = stage->product;
    const FjArray *left = array_of(job, stage->takes[0]), *right = array_of(job, stage->takes[1]);
    int last = job->chain->rank - 1;
    for (int axis = 0; axis < last; axis++) shape[axis] = left->dims[product->left[axis]];
    shape[last] = right->dims[product->right_last];
    return left->dims[product->left_summed] == right->dims[product->right_summed] && fits_rows(job, product, right, shape);
}

/* `shape`: of what is walked beside products; then of everything.  0: something else than NumPy would compute. */
int fj_product_shape(const FjChained *job, int64_t *shape) {
    const FjChain *chain = job->chain;
    int64_t own[FJ_MOST_AXES];
    for (int i = 0, first = 1; i < chain->nstages; i++) {
        if (!chain->stages[i].product || chain->stages[i].product->inner) continue;
        if (!shape_of(job, &chain->stages[i], own)) return 0;
        for (int axis = 0; axis < chain->rank; axis++) {
            if (shape[axis] != own[axis] && !(first && shape[axis] == 1)) return 0;
            shape[axis] = own[axis];
        }
        first = 0;
    }
    return 1;
}

/* ---- steps */

static void walk(FjChained *job, int operand, const int32_t *axes, int summed, int last) {
    const FjArray *array = array_of(job, operand);
    for (int axis = 0; axis < job->chain->rank - 1; axis++) job->step[operand][axis] = axes[axis] < 0 ? 0 : array->strides[axes[axis]];
    job->inner[operand][0] = array->strides[summed];
    job->inner[operand][1] = last < 0 ? 0 : array->strides[last];
    job->walked |= 1u << operand;
}

/* Whether NumPy's iterator, which sorts axes by the operands' steps, would make the result in C order: `steps` along its axes, then along what is summed over. */
static int in_c_order(int64_t steps[][2], int rank) {
    int order[FJ_MOST_AXES + 1];
    for (int k = 0; k <= rank; k++) {
        int axis = rank - k, place = k;
        for (int other = k - 1; other >= 0; other--) {
            int compared = 0, before = 0;
            for (int i = 0; i < 2; i++) {
                int64_t own = llabs(steps[axis][i]), its = llabs(steps[order[other]][i]);
                if (own == 0 || its == 0) continue;
                before = its > own && (!compared || before);
                compared = 1;
            }
            if (compared && !before) break;
            if (compared) place = other;
        }
        for (int at = k; at > place; at--) order[at] = order[at - 1];
        order[place] = axis;
    }
    for (int k = 0, last = rank; k <= rank; k++) {
        if (order[k] == rank) continue;
        if (order[k] > last) return 0;
        last = order[k];
    }
    return 1;
}

static int64_t step_of(const FjArray *array, int axis) { return axis < 0 || array->dims[axis] == 1 ? 0 : array->strides[axis]; }

/* Of a product of arrays, or of one whose left operand has rows in C order, or `turned`: with the last axis of rows inside. */
static int lies_in_c_order(const FjChained *job, const FjStage *stage, const int64_t *shape, int turned) {
    const FjProduct *product = stage->product;
    const FjArray *right = array_of(job, stage->takes[1]), *left = product->inner ? NULL : array_of(job, stage->takes[0]);
    int last = job->chain->rank - 1;
    int64_t steps[FJ_MOST_AXES + 1][2], size = job->n;
    steps[last][0] = 0;
    steps[last][1] = step_of(right, product->right_last);
    steps[last + 1][0] = left ? step_of(left, product->left_summed) : turned ? shape[last - 1] : 1;
    steps[last + 1][1] = step_of(right, product->right_summed);
    for (int axis = last - 1; axis >= 0; size *= shape[axis], axis--) {
        steps[axis][0] = left ? step_of(left, product->left[axis]) : shape[axis] == 1 ? 0 : turned && axis == last - 1 ? 1 : size;
        steps[axis][1] = step_of(right, product->right[axis]);
    }
    return in_c_order(steps, last + 1);
}

/* Whether all arrays that are given lie as NumPy would have them. */
static int lie_as_numpys(const FjChained *job, const int64_t *shape) {
    const FjChain *chain = job->chain;
    int turned = 0;
    uint64_t ends = 0;
    for (int i = 0; i < chain->nstages; i++) {
        const FjStage *stage = &chain->stages[i];
        if (!stage->product) continue;
        int falls = lies_in_c_order(job, stage, shape, 0) && (!stage->product->inner || !turned || lies_in_c_order(job, stage, shape, 1));
        if (stage->product->inner && !falls) return 0;
        if (stage->product->inner) ends |= 1ull << (stage->gives - chain->count);
        turned |= !falls;
    }
    for (int i = 0; turned && i < chain->nvalues; i++)
        if (chain->values[i].result >= 0 && chain->values[i].arrays == (uint32_t)FJ_SHAPED && !(ends >> i & 1)) return 0;
    return 1;
}

/* Has the operands of products walked. */
int fj_products_fit(FjChained *job, const int64_t *shape) {
    const FjChain *chain = job->chain;
    for (int i = 0; i < chain->nstages; i++) {
        const FjStage *stage = &chain->stages[i];
        const FjProduct *product = stage->product;
        if (!product) continue;
        const FjArray *right = array_of(job, stage->takes[1]);
        int64_t summed = right->dims[product->right_summed], elements = right->dims[product->right_last];
        if (summed == 0 || elements == 0 || (product->inner && (summed != job->n || !fits_rows(job, product, right, shape)))) return 0;
        walk(job, stage->takes[1], product->right, product->right_summed, product->right_last);
        if (!product->inner) walk(job, stage->takes[0], product->left, product->left_summed, -1);
        job->bytes[stage->gives - chain->count] = elements * chain->values[stage->gives - chain->count].size;
        job->summed += product->inner ? elements : summed;
    }
    return lie_as_numpys(job, shape);
}

/* ---- the products */

/* The flags raised before: what BLAS raises on its way says nothing, and NumPy doesn't ask. */
int fj_product(const FjChained *job, const FjChainBlock *block, const FjStage *stage) {
    const FjProduct *product = stage->product;
    const FjChainValue *value = &job->chain->values[stage->gives - job->chain->count];
    int left = stage->takes[0], right = stage->takes[1], flags = fj_flags_now();
    int64_t step, given;
    char *args[3];
    args[0] = fj_chain_found(job, block, left, 1, &step);
    args[1] = block->place[right];
    args[2] = fj_chain_found(job, block, stage->gives, 1, &given);
    int64_t summed = array_of(job, right)->dims[product->right_summed];
    int64_t counts[] = {1, block->count, summed, job->bytes[stage->gives - job->chain->count] / value->size};
    int64_t steps[] = {0, 0, 0, step, product->inner ? value->size : job->inner[left][0], job->inner[right][0], job->inner[right][1], given, value->size};
    product->loop(args, counts, steps, product->data);
    fj_flags_clear(1);
    return flags;
}

/* ---- threads of BLAS */

static const char *const SET[] = {"scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads64_", "openblas_set_num_threads", NULL};
static const char *const GET[] = {"scipy_openblas_get_num_threads64_", "scipy_openblas_get_num_threads", "openblas_get_num_threads64_", "openblas_get_num_threads", NULL};
static struct { void *loop; void (*set)(int); int (*get)(void); } blas;

static void *found(void *library, const char *const *names) {
    void *symbol = NULL;
    for (; *names && symbol == NULL; names++) symbol = dlsym(library, *names);
    return symbol;
}

/* The functions of the library that an inner loop of NumPy's calls. */
static void find(void *loop) {
    Dl_info info;
    if (blas.loop == loop) return;
    blas.loop = loop;
    blas.set = NULL;
    void *library = dladdr(loop, &info) ? dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD) : NULL;
    if (library == NULL) return;
    void *set = found(library, SET), *get = found(library, GET);
    if (set && get) { blas.set = (void (*)(int))set; blas.get = (int (*)(void))get; }
    dlclose(library);
}

/* How many threads BLAS has had; 0: nobody can tell it. */
int fj_blas_single(const FjChain *chain) {
    void *loop = NULL;
    for (int i = 0; i < chain->nstages; i++) if (chain->stages[i].product) loop = (void *)chain->stages[i].product->loop;
    find(loop);
    if (blas.set == NULL) return 0;
    int threads = blas.get();
    if (threads > 1) blas.set(1);
    return threads;
}

void fj_blas_again(int threads) { if (threads > 1) blas.set(threads); }

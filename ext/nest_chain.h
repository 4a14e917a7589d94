/* A chain as generated code describes it (backends/llvm/chains.py); see nest_chain.c. */
#ifndef FRAMEJIT_NEST_CHAIN_H
#define FRAMEJIT_NEST_CHAIN_H
#include "nest_reduce.h"

enum { FJ_MOST_VALUES = 64 };       /* capture/chains.py */
enum { FJ_SHAPED = -1 };            /* of FjChainValue.arrays: its shape is that of a product */

/* A value of a chain, behind its operands.  single: whether it has one element in each row; spread: whether nests over whole rows read that; result: its number among the arrays that are given, or -1;
   arrays: a bit for each operand that it depends on; lasts: whether all rows of a block are kept, for products. */
typedef struct { int32_t size, type, single, spread, result; uint32_t arrays; int32_t lasts; } FjChainValue;

/* A product of matrices (nest_product.c): the inner loop of NumPy's `matmul`; for each axis of rows the operands' axis that is walked with it, or -1; the axes that are
   summed over, that of the right operand which the rows' elements go along; whether the left operand is a value of the chain. */
typedef struct {
    void (*loop)(char **, int64_t *, int64_t *, void *);
    void *data;
    int32_t left[FJ_MOST_AXES], right[FJ_MOST_AXES], left_summed, right_summed, right_last, inner;
} FjProduct;

/* Of a nest: numbers of values for each of its operands, those of other results among them; of a reduction: the one value that is reduced; of a product: its operands.
   less: than elements, by which averages divide. */
typedef struct { const FjNest *nest; const FjReduction *reduction; const FjProduct *product; const int32_t *takes; int32_t gives, single; int64_t less; } FjStage;

typedef struct {
    const FjOperand *operands;
    const FjChainValue *values;
    const FjStage *stages;
    int32_t rank, count, nvalues, nstages, results, steps;     /* axes; operands; values behind them; stages; arrays that are given; operations on an element */
    int32_t threads, moving;        /* the axis of rows that blocks go along where there are products, or -1 */
} FjChain;

/* A chain on its way. */
typedef struct {
    const FjChain *chain;
    const int64_t *words;
    int64_t shape[FJ_MOST_AXES], step[FJ_MOST_OPERANDS][FJ_MOST_AXES];      /* of rows: axes but the last, joined */
    int64_t row[FJ_MOST_AXES];          /* the steps between rows of arrays that are given, in rows */
    int64_t inner[FJ_MOST_OPERANDS][2]; /* of operands of products: the step along what is summed over, along the last axis */
    uint32_t walked;                    /* a bit for each operand that is an array */
    int axes;
    int64_t n, lines, length;           /* elements of a row; lines of rows that lie in equal steps; rows of a line */
    int64_t rows, blocks, few;          /* rows of a block, at most; blocks of a line; rows that go through stages together between products */
    int64_t summed;                     /* elements that products sum over, for each of their elements */
    int64_t bytes[FJ_MOST_VALUES];      /* of a row of each value */
    int64_t offset[FJ_MOST_VALUES], spread[FJ_MOST_VALUES], room;     /* in a block's memory: of values that aren't given, and of rows of what each row has one of; bytes of it */
    char *result[FJ_MOST_VALUES];
    unsigned control;                   /* how the caller rounds */
    int flags, failed, alone;           /* alone: whether no other thread is about */
} FjChained;

/* A block of rows, or a part of one: the first one's place in each operand, its number, how many there are, how many of the block lie before. */
typedef struct { char *place[FJ_MOST_OPERANDS]; int64_t step[FJ_MOST_OPERANDS], first, count, before; char *room; } FjChainBlock;

FJ_INNER int fj_chain_stages(const FjChained *job, const FjChainBlock *block);
FJ_INNER char *fj_chain_found(const FjChained *job, const FjChainBlock *block, int number, int rows, int64_t *step);
FJ_INNER int fj_product_shape(const FjChained *job, int64_t *shape);
FJ_INNER int fj_products_fit(FjChained *job, const int64_t *shape);
FJ_INNER int fj_product(const FjChained *job, const FjChainBlock *block, const FjStage *stage);
FJ_INNER int fj_blas_single(const FjChain *chain);
FJ_INNER void fj_blas_again(int threads);
int64_t fj_nest_chain(FjContext *context, const FjChain *chain, int64_t *words);
int64_t fj_nest_chain_held(FjContext *context, const FjChain *chain, int64_t *words);
#endif

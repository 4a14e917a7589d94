/* A chain as generated code describes it (backends/llvm/chains.py); see nest_chain.c. */
#ifndef FRAMEJIT_NEST_CHAIN_H
#define FRAMEJIT_NEST_CHAIN_H
#include "nest_reduce.h"

enum { FJ_MOST_VALUES = 64 };       /* capture/chains.py */

/* A value of a chain, behind its operands.  single: whether it has one element in each row; spread: whether nests over whole rows read that; result: its number among the arrays that are given, or -1;
   arrays: a bit for each operand that it depends on. */
typedef struct { int32_t size, type, single, spread, result; uint32_t arrays; } FjChainValue;

/* Of a nest: numbers of values for each of its operands, those of other results among them; of a reduction: the one value that is reduced.
   less: than elements, by which averages divide. */
typedef struct { const FjNest *nest; const FjReduction *reduction; const int32_t *takes; int32_t gives, single; int64_t less; } FjStage;

typedef struct {
    const FjOperand *operands;
    const FjChainValue *values;
    const FjStage *stages;
    int32_t rank, count, nvalues, nstages, results, steps;     /* axes; operands; values behind them; stages; arrays that are given; operations on an element */
    int32_t threads;
} FjChain;

/* A chain on its way. */
typedef struct {
    const FjChain *chain;
    const int64_t *words;
    int64_t shape[FJ_MOST_AXES], step[FJ_MOST_OPERANDS][FJ_MOST_AXES];      /* of rows: axes but the last, joined */
    int axes;
    int64_t n, lines, length;           /* elements of a row; lines of rows that lie in equal steps; rows of a line */
    int64_t rows, blocks;               /* rows of a block, at most; blocks of a line */
    int64_t offset[FJ_MOST_VALUES], spread[FJ_MOST_VALUES], room;     /* in a block's memory: of values that aren't given, and of rows of what each row has one of; bytes of it */
    char *result[FJ_MOST_VALUES];
    unsigned control;                   /* how the caller rounds */
    int flags, failed;
} FjChained;

/* A block of rows: the first one's place in each operand, its number, how many there are. */
typedef struct { char *place[FJ_MOST_OPERANDS]; int64_t step[FJ_MOST_OPERANDS], first, count; char *room; } FjChainBlock;

static inline int64_t fj_chain_bytes(const FjChained *job, const FjChainValue *value) { return value->size * (value->single ? 1 : job->n); }

FJ_INNER int fj_chain_stages(const FjChained *job, const FjChainBlock *block);
int64_t fj_nest_chain(FjContext *context, const FjChain *chain, int64_t *words);
int64_t fj_nest_chain_held(FjContext *context, const FjChain *chain, int64_t *words);
#endif

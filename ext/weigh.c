/* Whether a region's call-outs cost more than everything else in it wins.

   Both are in interpreted instructions.  What is won generated code has counted (capture/weighing.py) in loops with call-outs, and outside of loops where
   call-outs stand there; what a call-out costs beside the instruction itself, writing the frame and checking everything, is measured now and then, and
   says how fast this processor is, too. */
#include "weigh.h"
#include <string.h>

enum {
    WEIGHED = 500000,              /* instructions that prove nothing yet */
    SURE = 2,                      /* native code takes time, too, between call-outs about half of the interpreter's: what is won has to be more by such a part of the cost */
    INSTRUCTION = 9,               /* ticks that the interpreter takes for one, about */
    ENOUGH = 64,                   /* so many call-outs have to be measured: until then the size of their recipes says what they cost */
    INTERRUPTED = 4000,            /* ticks: something else ran meanwhile */
    SPANS = 16,                    /* so many stretches between call-outs say how much time passes */
    NOTHING = 32,                  /* of that time, a part that nobody notices */
    ENTRY = 15,                    /* what entering a region and coming back is to the interpreter, about */
    EVALUATOR = 21,                /* what a call of a function of Python's costs more than one of another: the interpreter needs no new evaluator */
};

void fj_note_overhead(FjRegion *region, uint64_t spent, uint64_t begun) {
    if (region->since && region->entry_since == region->entries) {
        region->elapsed += begun - region->since;
        region->spans++;
    }
    region->since = begun;
    region->entry_since = region->entries;
    if (spent > INTERRUPTED) return;
    region->overhead += spent;
    region->measured++;
}

/* Iterations that aren't counted are those of loops without call-outs, if there are any, which are taken to be long. */
static int64_t won(const FjRegion *region, int64_t iterations) {
    int64_t longest = 0;
    char called_out[region->nturns + 1];
    memset(called_out, 0, sizeof called_out);
    for (int i = 0; i < region->nexits; i++)
        if (region->exits[i].loop >= 0 && region->exits[i].count) called_out[region->exits[i].loop] = 1;
    for (int i = 0; i < region->nturns; i++)
        if (!called_out[i] && region->turns[i] > longest) longest = region->turns[i];
    return region->work + (iterations > region->rounds ? (iterations - region->rounds) * longest : 0);
}

static int64_t lost(const FjRegion *region) {
    int64_t cost = EVALUATOR * region->interpreted + ENTRY * region->entries;
    if (region->measured >= ENOUGH) return cost + region->callouts * (region->overhead / region->measured) / INSTRUCTION;
    for (int i = 0; i < region->nexits; i++) cost += region->exits[i].count * region->exits[i].cost;
    return cost;
}

/* Interpreted instructions that the region has saved; below zero: its call-outs have cost more. */
int64_t fj_won(const FjRegion *region) {
    if (region->callouts == 0) return region->iterations * region->turn;
    return won(region, region->iterations) - lost(region);
}

/* Whether what call-outs cost is next to nothing beside what else takes time: work on arrays, say, which no count of instructions knows. */
static int unnoticed(const FjRegion *region, int64_t cost) {
    return region->spans >= SPANS && cost * INSTRUCTION < region->callouts / FJ_MEASURED * (region->elapsed / region->spans) / NOTHING;
}

static int weigh(FjRegion *region, int64_t iterations) {
    if (region->turn == 0 || region->callouts == 0 || region->work == 0) return 0;
    int64_t cost = lost(region);
    if (cost > WEIGHED && cost + cost / SURE > WEIGHED + won(region, iterations) && !unnoticed(region, cost)) region->outweighed = 1;
    return region->outweighed;
}

/* In mid-run: iterations of this one are counted at its end. */
int fj_outweighed(const FjContext *context) { return weigh(context->region, context->region->iterations + context->spill[0]); }

/* Between two entries: runs that are over soon come to no poll. */
void fj_weigh_entered(FjRegion *region) { weigh(region, region->iterations); }

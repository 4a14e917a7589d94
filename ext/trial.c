/* Whether the compiled code of a function is faster than the interpreter is found out by trying both.

   After so many calls (FjSlot.until) a function's calls are left to the two by turns, a batch each, and the processor time of
   a batch is that from its first call to the next batch's: entering, leaving and whatever the callers do is in both.  Where
   the interpreter was faster nearly each time the regions rest for good, and the compiler is asked to give them back.  Code that
   calls out or leaves in each call has to be faster: as fast is slower, for what compiling and looks take and leave behind.  Nobody
   is tried out whose calls take long (then entering costs nothing) or who calls himself, and one at a time. */
#include "entry.h"
#include "weigh.h"
#include <time.h>

enum {
    PAIRS = 25,                    /* of batches; the first one warms up */
    LOST = 20,                     /* so many pairs the interpreter has to win, */
    MARGIN = 64,                   /* by more than this part of its time; or the compiled code not to win by as much */
    FIRST = 16,                    /* calls of the batch that tells how long a call takes */
    BATCH = 100000,                /* nanoseconds that a batch should take */
    LEAST = 4, MOST = 64,          /* calls of a batch */
    SLOW = 100000,                 /* nanoseconds: who takes longer isn't tried */
    ITERATIONS = 200,              /* a call: who makes more, and calls nothing out, has a loop that is worth it */
    FARTHER = 3,                   /* a batch that takes so many times as long as the compiled one is over */
    WATCHED = 3000,                /* nanoseconds of a call from which on this is looked at in each */
    DETOUR = FJ_PROLOGUE ? 4 : 40, /* nanoseconds that an interpreted call takes longer because it is tried */
    PATIENCE = 300000000,          /* nanoseconds that one slot may take */
    OUTER = 24,                    /* callers that are asked whether they are the function itself */
    PATIENT = 30000,               /* entries, after which quick code is tried: nobody is going to make better one; */
    DOUBTED = 8000,                /* so is what calls out or leaves in each call: better code is the same there */
    LATER = 3000, AGAIN = 3000000, /* calls, until who couldn't be judged is tried again at first, each time twice as many, and at most */
};

static struct {
    FjSlot *slot;                  /* only compared: it may be gone */
    PyThreadState *thread;
    int batch, left, step, sized, doubted;
    int64_t began, since, spent[2][PAIRS];
} trial;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int calls_itself(PyThreadState *ts, const FjSlot *slot) {
    _PyInterpreterFrame *frame = FJ_CURRENT(ts);
    if (FJ_PROLOGUE && frame) frame = frame->previous;
    for (int i = 0; i < OUTER && frame; i++, frame = frame->previous) {
        PyObject *code = (PyObject *)FJ_CODE(frame);
        if (code == slot->original || code == slot->copy) return 1;
    }
    return 0;
}

enum { WINS, UNDECIDED, LOSES };

/* What becomes of code that took so long for each batch, where the interpreter took so long, `detour` of it for being tried. */
int fj_verdict(const int64_t *compiled, const int64_t *interpreted, int64_t detour, int doubted) {
    int count = 0;
    for (int i = 1; i < PAIRS; i++) {
        int64_t spent = interpreted[i] - detour;
        count += compiled[i] > spent + (doubted ? -spent : spent) / MARGIN;
    }
    return count >= LOST ? LOSES : 2 * count >= PAIRS ? UNDECIDED : WINS;
}

static int over(FjSlot *slot, int64_t until) {
    trial.slot = NULL;
    slot->until = until;
    return 0;
}

/* Calls took too long: that of other code may be in it, where a program makes them by phases.  Or nobody wins. */
static int spoilt(FjSlot *slot) {
    int64_t until = (int64_t)LATER << slot->spoilt;
    if (until < AGAIN) slot->spoilt++;
    return over(slot, until < AGAIN ? until : AGAIN);
}

static int judge(FjSlot *slot) {
    int found = fj_verdict(trial.spent[0], trial.spent[1], (int64_t)DETOUR * trial.batch, trial.doubted);
    if (found == WINS) return over(slot, AGAIN);
    if (found == UNDECIDED) return spoilt(slot);
    for (int i = 0; i < slot->nvariants; i++) slot->variants[i]->outweighed = 1;
    slot->armed = 1;
    return over(slot, FJ_NEVER);
}

static int begin(FjSlot *slot, PyThreadState *ts) {
    int64_t time = now(), entries = 0, iterations = 0, callouts = 0, exits = 0;
    if (trial.slot && trial.thread == ts && time - trial.began < PATIENCE) { slot->until = LATER; return 0; }
    int unfinished = 0;
    for (int i = 0; i < slot->nvariants; i++) {
        entries += slot->variants[i]->entries;
        iterations += slot->variants[i]->iterations;
        callouts += slot->variants[i]->callouts;
        for (int k = 0; k < slot->variants[i]->nexits; k++) exits += slot->variants[i]->exits[k].count;
        unfinished |= slot->variants[i]->unfinished;
    }
    int doubted = exits >= entries;
    if (unfinished && entries < (doubted ? DOUBTED : PATIENT)) { slot->until = LATER; return 0; }
    if (entries == 0 || (callouts == 0 && iterations > entries * ITERATIONS)) { slot->until = AGAIN; return 0; }
    trial.doubted = doubted;
    trial.slot = slot;
    trial.thread = ts;
    trial.batch = FIRST;
    trial.step = trial.sized = 0;
    trial.began = trial.since = time;
    slot->until = FIRST - 1;
    return 0;
}

/* The compiled batch has told how long a call takes. */
static int sized(FjSlot *slot, int64_t time) {
    int64_t call = (time - trial.since) / FIRST + 1, batch = BATCH / call;
    if (call > SLOW) return spoilt(slot);
    trial.sized = 1;
    trial.batch = (int)(batch < LEAST ? LEAST : batch > MOST ? MOST : batch);
    trial.since = time;
    slot->until = trial.batch - 1;
    return 0;
}

/* A call for which `slot->until` has run out: 1 if the interpreter is to have it. */
int fj_on_trial(FjSlot *slot, PyThreadState *ts) {
    if (trial.slot != slot) return begin(slot, ts);
    if (trial.thread != ts) { slot->until = LATER; return 0; }
    int interpreted = trial.step & 1, pair = trial.step / 2;
    int64_t time;
    if (interpreted && --trial.left > 0) {
        if (calls_itself(ts, slot)) return over(slot, FJ_NEVER);
        if (trial.spent[0][pair] < (int64_t)WATCHED * trial.batch) return 1;
        if (now() - trial.since > FARTHER * trial.spent[0][pair]) return spoilt(slot);
        return 1;
    }
    time = now();
    if (time - trial.began > PATIENCE) return spoilt(slot);
    if (!trial.sized) return sized(slot, time);
    trial.spent[interpreted][pair] = time - trial.since;
    if (++trial.step == 2 * PAIRS) return judge(slot);
    trial.since = time;
    if (!interpreted) { trial.left = trial.batch; slot->until = 0; return 1; }
    slot->until = trial.batch - 1;
    return 0;
}

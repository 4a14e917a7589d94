/* Large results that go straight into an array, by several threads: stretches of the result, each computed and stored by one.

   At its borders a stretch overwrites what the stretches beside it still read: so much of it is kept beside the target until
   all have been computed, and is stored then. */
#include "nest_pieces.h"
#include "pool.h"
#include <alloca.h>
#include <pthread.h>
#include <xmmintrin.h>

enum { LENGTH = 1 << 15, INSIDE = 16, FEWEST = 3 };       /* elements of a stretch; how much longer than its borders it is; stretches */

static int64_t shortest = LENGTH;

/* For tests, which want many stretches of small arrays. */
void fj_stretch_bound(int64_t elements) { shortest = elements < 0 ? LENGTH : elements; }

typedef struct {
    const FjStoring *whole;
    int64_t length, border;             /* elements: of a stretch, of its two borders */
    char *borders;
    pthread_t caller;                   /* who has the ring of the whole; others have one on their stack */
    unsigned control;                   /* how the caller rounds */
    int stored, flags;
} Stretches;

static FjStoring stretch_of(const Stretches *job, int64_t number) {
    FjStoring s = *job->whole;
    int size = s.nest->size;
    s.first += number * job->length;
    if (s.end - s.first > job->length) s.end = s.first + job->length;
    s.kept = number ? s.first + s.lead : s.first;
    s.beside = job->borders + (number * job->border - s.first) * size;
    return s;
}

/* The elements at its end go beside, behind those at its beginning. */
static void keep_end(const Stretches *job, FjStoring *s) {
    fj_pieces_put(s, s->end - s->lag);
    s->beside += (s->first + s->lead - (s->end - s->lag)) * s->nest->size;
    s->kept = s->end;
    fj_pieces_put(s, s->end);
}

static __attribute__((noinline)) int compute(const Stretches *job, int64_t number) {
    FjStoring s = stretch_of(job, number);
    if (!pthread_equal(job->caller, pthread_self())) s.ring = alloca((size_t)(s.room * s.nest->size));
    int flags = fj_pieces_walked(&s, job->stored);
    if (!job->stored) return flags;
    if (s.end < job->whole->end) keep_end(job, &s);
    else fj_pieces_put(&s, s.end);
    return flags;
}

static void stretches(void *with, int64_t from, int64_t to) {
    Stretches *job = with;
    unsigned before = _mm_getcsr();
    int flags = 0;
    _mm_setcsr(job->control);
    for (int64_t number = from; number < to; number++) flags |= compute(job, number);
    _mm_setcsr(before);
    if (flags) __atomic_or_fetch(&job->flags, flags, __ATOMIC_RELAXED);
}

/* Elements [first, end), which were kept beside, into the target. */
static void store(const FjStoring *whole, int64_t first, int64_t end, char *from) {
    FjStoring s = *whole;
    if (first >= end) return;
    s.first = s.end = first;
    fj_pieces_walked(&s, 0);            /* of nothing: the cursor stands there */
    s.ring = from;
    s.room = end - first;
    fj_pieces_put(&s, end);
}

static void store_borders(const Stretches *job, int64_t count) {
    for (int64_t number = 0; number < count; number++) {
        FjStoring s = stretch_of(job, number);
        char *from = job->borders + number * job->border * s.nest->size;
        if (number) store(job->whole, s.first, s.first + s.lead < s.end ? s.first + s.lead : s.end, from);
        if (number + 1 < count) store(job->whole, s.end - s.lag, s.end, from + s.lead * s.nest->size);
    }
}

/* The flags of the whole, which is in the target if it is `stored`; -1: it isn't to be split. */
int fj_pieces_by_several(FjStoring *whole, int stored) {
    Stretches job = {.whole = whole, .border = whole->lag + whole->lead, .length = shortest, .caller = pthread_self(), .control = _mm_getcsr(), .stored = stored};
    if (job.length < INSIDE * job.border) job.length = INSIDE * job.border;
    int64_t count = (whole->end - whole->first + job.length - 1) / job.length;
    if (whole->nest->threads == 1 || count < FEWEST) return -1;
    if (stored && job.border && (job.borders = PyMem_RawMalloc((size_t)(count * job.border * whole->nest->size))) == NULL) return -1;
    fj_pool_run(stretches, whole->nest, &job, count, whole->nest->threads);
    if (stored && job.border) store_borders(&job, count);
    PyMem_RawFree(job.borders);
    return job.flags;
}

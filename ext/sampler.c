/* The sampler: a thread that asks for looks at the running frame (looks.c) every few milliseconds. */
#include "looking.h"
#include "threads.h"
#include "raw_lists.h"
#include <pthread.h>
#include <time.h>

static struct {
    FjThread thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    int stopping, wanted;
    volatile long microseconds;
    PyThreadState *main_thread;
} sampler = {.lock = PTHREAD_MUTEX_INITIALIZER, .stop = PTHREAD_COND_INITIALIZER};

enum { OVERDUE = 2 };              /* intervals that the process has got on for since the main thread was asked for a look */

/* The main thread waits for something, and others run. */
static void ask_others(void) {
    if (!FJ_CALLS_ANYWHERE) return;
    long long had = fj_time_had();
    if (!fj_looks.queued || fj_looks.elsewhere || fj_callbacks.busy || had - fj_looks.asked < sampler.microseconds * 1000LL * OVERDUE) return;
    fj_looks.asked = had;
    fj_looks.elsewhere = 1;
    fj_looks_asked++;
    if (fj_ask_elsewhere() < 0) fj_looks.elsewhere = 0;
}

enum { IDLE = 16, MOST_AT_ONCE = 8 };   /* a process that gets on by less than this part of the time waits; so many intervals are one then */

/* How many intervals to sleep: a process that waits is hardly asked. */
static int at_once(int intervals, long long *before) {
    long long had = fj_time_had(), got = had - *before;
    *before = had;
    if (got > sampler.microseconds * 1000LL * intervals / IDLE) return 1;
    return intervals < MOST_AT_ONCE ? 2 * intervals : intervals;
}

/* A process that waits, or shares its processor, is looked at as often as it gets on. */
static void *work(void *unused) {
    long long had = fj_time_had();
    int intervals = 1;
    pthread_mutex_lock(&sampler.lock);
    for (; !sampler.stopping; intervals = at_once(intervals, &had)) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        long long nanoseconds = until.tv_nsec + sampler.microseconds * 1000LL * intervals;
        until.tv_sec += nanoseconds / 1000000000; until.tv_nsec = nanoseconds % 1000000000;
        pthread_cond_timedwait(&sampler.stop, &sampler.lock, &until);
        if (sampler.stopping) break;
        fj_await_tick(sampler.main_thread);
        if (fj_quiet) { fj_unasked++; continue; }
        if (!fj_looks.queued && !fj_looks.elsewhere && (fj_worker_any_done() || fj_time_had() - fj_looks.looked >= sampler.microseconds * 500LL)) fj_ask_for_look();
        fj_ask_for_lost_calls(sampler.main_thread);
        fj_poke(sampler.main_thread);
        ask_others();
    }
    pthread_mutex_unlock(&sampler.lock);
    return NULL;
}

/* Where pending calls run on 3.11 and 3.12.  The oldest with its number: on 3.11 a thread has that of the one that makes it until it
   has begun. */
static PyThreadState *main_thread(void) {
    PyThreadState *ts = PyInterpreterState_ThreadHead(PyInterpreterState_Get()), *found = NULL;
    for (; ts; ts = PyThreadState_Next(ts))
        if (ts->thread_id == _PyRuntime.main_thread) found = ts;
    return found ? found : PyThreadState_Get();
}

int fj_sampler_start(long microseconds) {
    sampler.wanted = 1;
    if (fj_looks.running && fj_thread_there(&sampler.thread)) return 0;
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);        /* whoever sets the clock back doesn't keep it from looking */
    pthread_mutex_init(&sampler.lock, NULL);        /* a child's may be its parent's, locked */
    pthread_cond_init(&sampler.stop, &steady);
    pthread_condattr_destroy(&steady);
    sampler.main_thread = main_thread();
    sampler.microseconds = microseconds;
    sampler.stopping = 0;
    fj_looks.queued = fj_looks.elsewhere = 0;
    if (fj_looks.looked > fj_time_had()) fj_looks.looked = 0;        /* a child's time begins anew */
    fj_looks.running = fj_thread_begin(&sampler.thread, work);
    return fj_looks.running ? 0 : -1;
}

void fj_sampler_pace(long microseconds) { sampler.microseconds = microseconds; }

long fj_sampler_wanted(void) { return sampler.wanted ? sampler.microseconds : 0; }

void fj_sampler_end(void) {
    sampler.wanted = 0;
    fj_sampler_stop();
}

static void end_looks(void) {
    pthread_mutex_lock(&sampler.lock);
    sampler.stopping = 1;
    pthread_cond_signal(&sampler.stop);
    pthread_mutex_unlock(&sampler.lock);
}

/* Joined before fork and at exit; the GIL is held by the caller and released while waiting. */
void fj_sampler_stop(void) {
    int ran = fj_looks.running;
    while (fj_looks.running) {       /* again: who has waited beside us may have had it started meanwhile */
        if (fj_thread_there(&sampler.thread)) end_looks();
        if (fj_thread_join(&sampler.thread)) fj_looks.running = 0;
    }
    fj_start_is_off();
    if (ran) fj_await_end();
}

/* Threads that compute pieces of long work beside the thread that needs it.

       fj_pool_run(pieces, what, with, count, threads)  ->  pieces(with, 0, count), or parts of that, each once, in whatever thread

   The calling thread works itself, and takes whatever nobody has begun: a thread of the pool that isn't scheduled delays
   nothing but the piece it is in.  Others are called once two pieces have shown that the rest takes long enough, only as many
   as there are idle processors, and for a while not at all for what they didn't make faster.  One caller at a time has the
   pool; others do their work alone.

   `left` holds the job's number above and the pieces that nobody has begun below: who takes one by compare-and-swap knows
   that the rest of the job was still the one it read.

   Threads of the pool run no Python code, and get no signals.  Before a fork they end, for Python counts a process's threads
   then; the next long work makes new ones.  When the process ends they just stop. */
#include "pool.h"
#include "threads.h"
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, STACK = 1 << 21 };
enum { SHOWN = 2, WORTH = 60000, HOT = 20000 };     /* pieces that are timed; nanoseconds of work from which others are called, sleeping and not */
enum { GIVEN_UP = 20000000, LONGEST = 250, MUCH = 3 };      /* nanoseconds that others aren't called for what was no faster; times so many at most; but for work that takes so many times as long */
enum { IDLE = 1000000, BUSY = 5000000 };      /* nanoseconds for which idle processors count as idle, and none as none */
enum { PAUSES = 400, LONGER = 2000 };       /* until the caller, or a thread of the pool, sleeps: some microseconds, or tens of them */

typedef struct {
    _Alignas(64) uint32_t called;           /* the number of the job that it is wanted for */
    uint32_t asleep, ends;
    pthread_t thread;
    pid_t id;
} Worker;

static struct {
    _Alignas(64) uint64_t left;
    _Alignas(64) uint32_t unfinished;       /* pieces, of those that the pool has */
    uint32_t waiting;
    _Alignas(64) uint32_t busy, number;
    fj_pieces pieces;
    void *with;
    int64_t count;
    pthread_mutex_t making;                 /* held while threads are made, called or ended */
    int made, refused, forks;
    Worker workers[MOST];
} pool = {.making = PTHREAD_MUTEX_INITIALIZER};

static int64_t shortest = WORTH;

/* For tests, which want others to be called for short work. */
void fj_pool_bound(int64_t nanoseconds) { shortest = nanoseconds < 0 ? WORTH : nanoseconds; }

#define LOAD(place) __atomic_load_n(&(place), __ATOMIC_SEQ_CST)
#define STORE(place, value) __atomic_store_n(&(place), value, __ATOMIC_SEQ_CST)

static void sleep_while(uint32_t *word, uint32_t value) { syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0); }
static void wake(uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0); }

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* ---- pieces */

/* One piece of this job, if there is one that nobody has begun. */
static int take(uint32_t number) {
    uint64_t left = LOAD(pool.left);
    for (;;) {
        if (left >> 32 != number || (uint32_t)left == 0) return 0;
        fj_pieces pieces = __atomic_load_n(&pool.pieces, __ATOMIC_RELAXED);
        void *with = __atomic_load_n(&pool.with, __ATOMIC_RELAXED);
        int64_t which = __atomic_load_n(&pool.count, __ATOMIC_RELAXED) - (uint32_t)left;
        if (!__atomic_compare_exchange_n(&pool.left, &left, left - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
        pieces(with, which, which + 1);
        if (__atomic_sub_fetch(&pool.unfinished, 1, __ATOMIC_SEQ_CST) == 0 && LOAD(pool.waiting)) wake(&pool.unfinished);
        return 1;
    }
}

static void *work(void *argument) {
    Worker *self = argument;
    uint32_t seen = 0;
    STORE(self->id, (pid_t)syscall(SYS_gettid));
    while (!LOAD(self->ends)) {
        for (int pause = 0; pause < LONGER && LOAD(self->called) == seen; pause++) __builtin_ia32_pause();
        if (LOAD(self->called) == seen) {
            STORE(self->asleep, 1);
            if (!LOAD(self->ends)) sleep_while(&self->called, seen);
            STORE(self->asleep, 0);
            continue;
        }
        seen = LOAD(self->called);
        while (!LOAD(self->ends) && take(seen));
    }
    return NULL;
}

/* ---- threads */

static void before_fork(void) {
    pthread_mutex_lock(&pool.making);
    for (int i = 0; i < pool.made; i++) {
        Worker *one = &pool.workers[i];
        STORE(one->ends, 1);
        __atomic_add_fetch(&one->called, 1, __ATOMIC_SEQ_CST);      /* of no job: who is about to sleep doesn't */
        wake(&one->called);
    }
    for (int i = 0; i < pool.made; i++) {
        pthread_join(pool.workers[i].thread, NULL);
        fj_thread_gone(pool.workers[i].id);
    }
    pool.made = pool.refused = 0;
}

static void in_parent(void) { pthread_mutex_unlock(&pool.making); }

/* Who had the pool, if it wasn't the thread that forked, isn't there. */
static void in_child(void) {
    pthread_mutex_init(&pool.making, NULL);
    pool.busy = 0;
    STORE(pool.left, (uint64_t)++pool.number << 32);
}

static int make(void) {
    if (pool.refused || pool.made == MOST) return 0;
    if (!pool.forks) pool.forks = pthread_atfork(before_fork, in_parent, in_child) == 0;
    Worker *made = &pool.workers[pool.made];
    pthread_attr_t attributes;
    sigset_t all, before;
    made->called = made->asleep = made->ends = 0;
    sigfillset(&all);
    pool.refused = !pool.forks || pthread_attr_init(&attributes) != 0;
    if (pool.refused) return 0;
    pthread_attr_setstacksize(&attributes, STACK);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pool.refused = pthread_create(&made->thread, &attributes, work, made) != 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    pool.made += !pool.refused;
    return !pool.refused;
}

/* Have one more thread take part in the job; 0: there is none. */
static int call(int which, uint32_t number) {
    if (pthread_mutex_trylock(&pool.making) != 0) return 0;
    int found = which < pool.made || make();
    if (found) {
        Worker *one = &pool.workers[which];
        STORE(one->called, number);
        if (LOAD(one->asleep)) wake(&one->called);
    }
    pthread_mutex_unlock(&pool.making);
    return found;
}

/* Processors that nobody runs on just now, as far as one can know. */
static int64_t look_for_idle(void) {
    char text[128];
    int file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC), running;
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0) close(file);
    if (size < 0) return MOST;
    text[size] = 0;
    return sscanf(text, "%*f %*f %*f %d/", &running) == 1 ? sysconf(_SC_NPROCESSORS_ONLN) - running : MOST;
}

/* The same, as it was not long ago: looking takes ten microseconds. */
static int64_t idle(int64_t now) {
    static int64_t looked, found;
    if (looked == 0 || now - looked > (found > 0 ? IDLE : BUSY)) { found = look_for_idle(); looked = now; }
    return found;
}

/* How many threads may be called. */
static int64_t available(int64_t threads, int64_t now) {
    cpu_set_t set;
    if (threads == 0) threads = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    int64_t free = shortest ? idle(now) : MOST;
    return threads - 1 < free ? threads - 1 : free;
}

/* ---- what is to be done */

typedef struct { const void *what; int64_t until, times, alone; } Given;

/* What was no faster with others, though it took so long alone: nobody is called for it until then. */
static Given *given_up(const void *what) {
    static Given kept[64];
    Given *one = &kept[(uintptr_t)what / 64 % (sizeof kept / sizeof *kept)];
    if (one->what != what) *one = (Given){.what = what};
    return one;
}

static void judge(Given *one, int64_t end, int64_t took, int64_t alone) {
    if (took < alone - alone / 8) { one->times = 0; return; }
    if (alone >= MUCH * one->alone) one->times = 0;
    one->times = one->times == 0 ? 1 : one->times < LONGEST ? 2 * one->times : LONGEST;
    one->until = end + one->times * GIVEN_UP;
    one->alone = alone;
}

static void wait_for_others(void) {
    for (int pause = 0; pause < PAUSES && LOAD(pool.unfinished); pause++) __builtin_ia32_pause();
    if (LOAD(pool.unfinished) == 0) return;
    STORE(pool.waiting, 1);
    for (uint32_t left; (left = LOAD(pool.unfinished)); ) sleep_while(&pool.unfinished, left);
}

static void shared(fj_pieces pieces, void *with, int64_t count, int64_t done, int64_t others) {
    uint32_t number = ++pool.number;
    __atomic_store_n(&pool.pieces, pieces, __ATOMIC_RELAXED);
    __atomic_store_n(&pool.with, with, __ATOMIC_RELAXED);
    __atomic_store_n(&pool.count, count, __ATOMIC_RELAXED);
    STORE(pool.waiting, 0);
    STORE(pool.unfinished, (uint32_t)(count - done));
    STORE(pool.left, (uint64_t)number << 32 | (uint32_t)(count - done));
    int called = 0;
    do if (called < others && !call(called++, number)) others = 0; while (take(number));
    wait_for_others();
}

/* Those of the pieces that others took part in, from `done` on. */
static int64_t with_others(fj_pieces pieces, const void *what, void *with, int64_t count, int64_t threads) {
    int64_t begun = now(), done = 0;
    for (; done < SHOWN; done++) pieces(with, done, done + 1);
    int64_t shown = now(), alone = (shown - begun) / SHOWN * (count - done);
    Given *given = given_up(what);
    int hot = shortest == WORTH && pool.made && !LOAD(pool.workers[0].asleep);
    if (alone < (hot ? HOT : shortest) || (shortest && shown < given->until && alone < MUCH * given->alone)) return done;
    int64_t others = available(threads, shown);
    if (others <= 0) return done;
    shared(pieces, with, count, done, others < MOST ? others : MOST);
    int64_t end = now();
    judge(given, end, end - shown, alone);
    return count;
}

void fj_pool_run(fj_pieces pieces, const void *what, void *with, int64_t count, int64_t threads) {
    int64_t done = 0;
    if (threads != 1 && count > SHOWN && count <= UINT32_MAX && __atomic_exchange_n(&pool.busy, 1, __ATOMIC_SEQ_CST) == 0) {
        done = with_others(pieces, what, with, count, threads);
        STORE(pool.busy, 0);
    }
    if (done < count) pieces(with, done, count);
}

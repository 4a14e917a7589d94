/* Threads that let LLVM optimise and generate code while the program runs, and one that loads it.

   A job is LLVM's text and the functions of LLVM's C interface that make an object file of it, in a context of its own.  There are
   two lanes: code that somebody waits for doesn't wait for better code of something else.  A lane's thread runs no Python code and
   never holds the GIL; it is there while a job is, and no longer.  Whoever ends the process, or forks, waits for it first
   (fj_worker_wait). */
#include "looking.h"
#include "machine.h"
#include "threads.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LANES = 2, WAYS = 3 };

typedef struct {
    void *(*new_context)(void);
    void (*end_context)(void *);
    void *(*parse)(void *context, const char *text, const char **error);
    void (*run_passes)(void *passes, void *module, void *builder);
    void *(*emit)(void *machine, void *module, int as_object, const char **error);
    const char *(*buffer_start)(void *);
    size_t (*buffer_size)(void *);
    void (*end_buffer)(void *);
    void (*end_module)(void *);
    void (*end_string)(const char *);
    struct { void *passes, *builder, *machine; } ways[WAYS];       /* levels of code, each of one lane */
} Compiler;                        /* in the order in which engine.py names them */

static Compiler compiler;
typedef struct {
    FjThread thread;               /* comes first: that is what the thread is given */
    int busy;                      /* a thread was made and not joined */
    volatile int done;
    int way;
    char *text, *object;           /* object: NULL when the job failed */
    size_t size;
    double seconds;
} Job;
static Job jobs[LANES];

int fj_worker_prepare(void *const *addresses, int count) {
    if (count * sizeof(void *) != sizeof compiler) return -1;
    memcpy(&compiler, addresses, sizeof compiler);
    return 0;
}

static void compile_module(Job *job, void *module) {
    const char *error = NULL;
    compiler.run_passes(compiler.ways[job->way].passes, module, compiler.ways[job->way].builder);
    void *buffer = compiler.emit(compiler.ways[job->way].machine, module, 1, &error);
    if (buffer == NULL) { if (error) compiler.end_string(error); return; }
    job->size = compiler.buffer_size(buffer);
    job->object = malloc(job->size + 1);
    if (job->object) memcpy(job->object, compiler.buffer_start(buffer), job->size);
    compiler.end_buffer(buffer);
}

enum { ROOM = 256 << 20, PIECE = 1 << 16, PIECES = 800 };        /* pieces: less than what the C library maps by itself, and less in all than a thread's heap (64 MiB) */

/* Of the word in front of a block of memory: it isn't the main heap's, which all threads share (glibc's malloc.c, NON_MAIN_ARENA). */
static int __attribute__((noinline)) is_own(void **block) { return ((const size_t *)block)[-1] & 4; }

/* Whether this thread's own heap has room to compile in, whatever the program takes meanwhile: LLVM ends the process where it gets none.
   What was given back stays the heap's, as addresses.  A process whose threads have no heaps of their own needs more room. */
static int has_room(void) {
    void **last = NULL;
    int count = 0;
    for (void **piece; count < PIECES && (piece = malloc(PIECE)) != NULL; count += is_own(piece) != 0) {
        *piece = last;
        last = piece;
        if (!is_own(piece)) break;
    }
    while (last) { void **piece = last; last = *piece; free(piece); }
    return count == PIECES || fj_memory_available(ROOM);
}

static void let_compile(Job *job) {
    const char *error = NULL;
    void *context = compiler.new_context();
    void *module = compiler.parse(context, job->text, &error);
    if (module) { compile_module(job, module); compiler.end_module(module); }
    else if (error) compiler.end_string(error);
    compiler.end_context(context);
}

/* Seconds of the processor that this thread has had. */
static double time_had(void) {
    struct timespec had;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &had);
    return had.tv_sec + had.tv_nsec / 1e9;
}

static void *work(void *thread) {
    Job *job = thread;
    if (has_room()) let_compile(job);
    job->seconds = time_had();
    __atomic_store_n(&job->done, 1, __ATOMIC_SEQ_CST);
    if (!fj_looks.elsewhere) Py_AddPendingCall(fj_take_compiled, NULL);          /* nobody may be looking */
    return NULL;
}

/* 1: the job has begun; 0: its lane has one already, or no thread is to be had. */
int fj_worker_begin(int lane, int way, const char *text) {
    Job *job = &jobs[lane];
    if (job->busy || compiler.parse == NULL || (job->text = strdup(text)) == NULL) return 0;
    job->object = NULL;
    job->way = way;
    job->done = 0;
    job->busy = fj_thread_begin(&job->thread, work);
    if (!job->busy) { free(job->text); job->text = NULL; }
    return job->busy;
}

/* Whether a lane's job waits to be taken. */
int fj_worker_done(int lane) { return jobs[lane].busy && jobs[lane].done; }

int fj_worker_any_done(void) {
    for (int lane = 0; lane < LANES; lane++)
        if (fj_worker_done(lane)) return 1;
    return 0;
}

static struct { FjThread thread; int busy; char path[4096]; } opening;

static void *open_library(void *unused) {
    dlopen(opening.path, RTLD_NOW | RTLD_LOCAL);        /* stays: whoever opens it next finds it */
    return NULL;
}

/* The library is loaded beside the program, which is going to need it. */
void fj_worker_open(const char *path) {
    if (opening.busy || strlen(path) >= sizeof opening.path) return;
    strcpy(opening.path, path);
    opening.busy = fj_thread_begin(&opening.thread, open_library);
}

static void wait_for(Job *job) {
    while (job->busy && job->text) {
        if (!fj_thread_join(&job->thread)) continue;
        free(job->text);
        job->text = NULL;
    }
}

/* Until the threads are gone; what they made stays. */
void fj_worker_wait(void) {
    while (opening.busy)
        if (fj_thread_join(&opening.thread)) opening.busy = 0;
    for (int lane = 0; lane < LANES; lane++) wait_for(&jobs[lane]);
}

/* The object file that was made, or None where that failed, and the seconds that it took; NULL with an exception. */
PyObject *fj_worker_take(int lane) {
    Job *job = &jobs[lane];
    wait_for(job);
    PyObject *object = job->object ? PyBytes_FromStringAndSize(job->object, (Py_ssize_t)job->size) : Py_NewRef(Py_None);
    PyObject *made = object ? Py_BuildValue("Nd", object, job->seconds) : NULL;
    free(job->object);
    job->object = NULL;
    job->busy = 0;
    return made;
}

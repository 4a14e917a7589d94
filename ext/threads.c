/* Threads of our own: how they begin, and how long they are there. */
#include "threads.h"
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void *begun(void *argument) {
    FjThread *self = argument;
    __atomic_store_n(&self->id, (pid_t)syscall(SYS_gettid), __ATOMIC_SEQ_CST);
    return self->function(self);
}

/* A thread that no signal is delivered to; whether there is one. */
int fj_thread_begin(FjThread *thread, void *(*function)(void *)) {
    sigset_t all, before;
    thread->function = function;
    thread->process = getpid();
    thread->joining = 0;
    thread->begun++;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int made = pthread_create(&thread->thread, NULL, begun, thread) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return made;
}

/* Until the system doesn't count a thread that was joined any longer, as it may where that lost its processor on its way out: behind a
   fork Python counts them.  Where others take the processors that may be long. */
void fj_thread_gone(pid_t id) {
    struct timespec pause = {0, 100000};
    for (int tries = 0; tries < 100000 && syscall(SYS_tgkill, getpid(), id, 0) == 0; tries++)
        if (tries < 500) sched_yield();
        else nanosleep(&pause, NULL);
}

/* A forked child has none of its parent's threads. */
int fj_thread_there(FjThread *thread) { return thread->process == getpid(); }

/* Until a thread is gone; the GIL is the caller's, and released meanwhile.  Of several that wait for it one joins it, which is told so:
   what comes behind that is its business, before it releases the GIL again. */
int fj_thread_join(FjThread *thread) {
    struct timespec pause = {0, 100000};
    if (!fj_thread_there(thread)) return 1;
    if (thread->joining) {
        for (unsigned begun = thread->begun; thread->joining && thread->begun == begun && fj_thread_there(thread); ) {
            Py_BEGIN_ALLOW_THREADS
            nanosleep(&pause, NULL);
            Py_END_ALLOW_THREADS
        }
        return 0;
    }
    thread->joining = 1;
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread->thread, NULL);
    fj_thread_gone(thread->id);
    Py_END_ALLOW_THREADS
    thread->joining = 0;
    return 1;
}

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
    return self->function(NULL);
}

/* A thread that no signal is delivered to; whether there is one. */
int fj_thread_begin(FjThread *thread, void *(*function)(void *)) {
    sigset_t all, before;
    thread->function = function;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int made = pthread_create(&thread->thread, NULL, begun, thread) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return made;
}

/* Until the system doesn't count a thread that was joined any longer, as it may where that lost its processor on its way out: behind a
   fork Python counts them. */
void fj_thread_gone(pid_t id) {
    struct timespec pause = {0, 100000};
    for (int tries = 0; tries < 1500 && syscall(SYS_tgkill, getpid(), id, 0) == 0; tries++)
        if (tries < 500) sched_yield();
        else nanosleep(&pause, NULL);
}

void fj_thread_join(FjThread *thread) {
    pthread_join(thread->thread, NULL);
    fj_thread_gone(thread->id);
}

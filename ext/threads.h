/* Threads of our own, beside the program's: no Python code runs in them, and no signal is delivered to them. */
#ifndef FRAMEJIT_THREADS_H
#define FRAMEJIT_THREADS_H
#include "machine.h"

typedef struct { pthread_t thread; pid_t id, process; int joining; unsigned begun; void *(*function)(void *); } FjThread;

FJ_INNER int fj_thread_begin(FjThread *thread, void *(*function)(void *));
FJ_INNER int fj_thread_there(FjThread *thread);
FJ_INNER int fj_thread_join(FjThread *thread);
FJ_INNER void fj_thread_gone(pid_t id);
#endif

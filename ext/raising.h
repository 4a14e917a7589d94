/* Exceptions that are caught where native code goes on (raising.c). */
#ifndef FRAMEJIT_RAISING_H
#define FRAMEJIT_RAISING_H
enum { FJ_CATCHES = 256 };         /* on a call-out's kind: what it raises is caught here */
FJ_INNER int fj_unwind(FjCallout *c, int at);
#endif

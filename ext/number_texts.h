/* What number_texts.c does by specifications that have been read: texts_filled.c reads some of its own. */
#ifndef FRAMEJIT_NUMBER_TEXTS_H
#define FRAMEJIT_NUMBER_TEXTS_H
#include "digits.h"

typedef struct {
    int width, places;             /* places: -1: not given */
    char fill, align, sign, kind;  /* align, sign, kind: 0: not given */
} FjForm;

/* Where letters are written, and how far there is room. */
typedef struct { char *at, *end; } FjRoom;
enum { FJ_LETTERS = 1024 };

int fj_read_form(const char *at, const char *end, FjForm *form, int is_number);
int fj_count_at(const char **at, const char *end);
int fj_put_letters(FjRoom *room, const char *letters, Py_ssize_t count);
/* 0: not done */
int fj_put_int(FjRoom *room, int64_t number, const FjForm *form), fj_put_float(FjRoom *room, double number, const FjForm *form);
int fj_put_text(FjRoom *room, PyObject *text, const FjForm *form);
/* A new text of what has been written since then; `once`: one character is the one that exists once for all. */
PyObject *fj_letters_put(const FjRoom *room, const char *first, int once);
PyObject *fj_filled(PyObject *form, PyObject *const *values, int count), *fj_percent(PyObject *form, PyObject *const *values, Py_ssize_t count);
#endif

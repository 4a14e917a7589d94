/* form.format(values) and form % values, of ASCII, with the fields that are met most: one after the other, numbers and texts as
   number_texts.c writes them.  NULL without an error: left to the interpreter's functions, and so is what may be one of the values itself.

   Sources: Objects/stringlib/unicode_format.h, Objects/unicodeobject.c (PyUnicode_Format, unicode_format_arg_parse). */
#include "compat.h"
#include "number_texts.h"

/* What is being written: how many parts that aren't empty, and how many of them are neither the form's nor one of the values as it is. */
typedef struct { FjRoom room; int parts, made; } Filling;

/* A part of the form itself. */
static int put_own(Filling *all, const char *at, Py_ssize_t size) {
    all->parts += size > 0;
    return fj_put_letters(&all->room, at, size);
}

/* What the specification makes of the value. */
static int put_value(Filling *all, PyObject *value, const FjForm *form) {
    int beyond = 0, done = 0, same = 0;
    char *first = all->room.at;
    if (PyUnicode_CheckExact(value)) {
        done = fj_put_text(&all->room, value, form);
        same = form->width <= PyUnicode_GET_LENGTH(value);
    } else if (PyFloat_CheckExact(value)) done = fj_put_float(&all->room, PyFloat_AS_DOUBLE(value), form);
    else if (PyLong_CheckExact(value)) {
        int64_t number = PyLong_AsLongLongAndOverflow(value, &beyond);
        done = !beyond && fj_put_int(&all->room, number, form);
    }
    all->parts += all->room.at > first;
    all->made += all->room.at > first && !same;
    return done;
}

static PyObject *ended(const Filling *all, const char *first, int done) {
    return done && (all->parts > 1 || all->made) ? fj_letters_put(&all->room, first, 1) : NULL;
}

/* ---- {} and {:specification} */

static int fill(Filling *all, const char *at, const char *end, PyObject *const *values, int count) {
    for (int next = 0; at < end;) {
        const char *first = at;
        while (at < end && *at != '{' && *at != '}') at++;
        if (!put_own(all, first, at - first)) return 0;
        if (at == end) return 1;
        if (*at++ == '}' || at == end || (*at != '}' && *at != ':') || next == count) return 0;
        if (*at == ':') at++;
        for (first = at; at < end && *at != '}'; at++) if (*at == '{') return 0;
        FjForm form;
        if (at == end || !fj_read_form(first, at++, &form, !PyUnicode_CheckExact(values[next])) || !put_value(all, values[next++], &form)) return 0;
    }
    return 1;
}

PyObject *fj_filled(PyObject *form, PyObject *const *values, int count) {
    if (!PyUnicode_IS_COMPACT_ASCII(form)) return NULL;
    const char *at = (const char *)PyUnicode_DATA(form);
    char letters[FJ_LETTERS];
    Filling all = {{letters, letters + FJ_LETTERS}, 0, 0};
    int done = fill(&all, at, at + PyUnicode_GET_LENGTH(form), values, count);
    return ended(&all, letters, done);
}

/* ---- %d, %-8s, %08.3f */

/* The field behind a %, up to its kind; 0: of an unusual form. */
static int read_field(const char **at, const char *end, FjForm *form) {
    int left = 0, zeros = 0;
    *form = (FjForm){.places = -1, .fill = ' '};
    for (; *at < end && strchr("-+ 0", **at) && **at; ++*at) {
        left |= **at == '-';
        zeros |= **at == '0';
        if (**at == '+' || (**at == ' ' && !form->sign)) form->sign = **at;
    }
    if (*at < end && **at >= '1' && **at <= '9' && (form->width = fj_count_at(at, end)) < 0) return 0;
    if (*at < end && **at == '.') {
        ++*at;
        if ((form->places = fj_count_at(at, end)) < 0) return 0;
    }
    if (*at == end || (left && zeros)) return 0;
    form->kind = *(*at)++;
    form->align = left ? '<' : zeros ? '=' : '>';
    if (zeros) form->fill = '0';
    return form->kind != 's' || !(zeros || form->sign);
}

/* Whether such a field is for such a value; kinds that are alike become one. */
static int suits(FjForm *form, PyObject *value) {
    switch (form->kind) {
    case 'd': case 'i': case 'u': form->kind = 'd'; return PyLong_CheckExact(value);
    case 'x': case 'X': case 'o': return PyLong_CheckExact(value);
    case 's': form->kind = 0; return form->places < 0;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return PyLong_CheckExact(value) || PyFloat_CheckExact(value);
    default: return 0;
    }
}

static int put_in(Filling *all, const char *at, const char *end, PyObject *const *values, Py_ssize_t count) {
    Py_ssize_t next = 0;
    while (at < end) {
        const char *first = at;
        FjForm form;
        while (at < end && *at != '%') at++;
        if (!put_own(all, first, at - first)) return 0;
        if (at == end) break;
        if (++at < end && *at == '%') {
            if (!put_own(all, at++, 1)) return 0;
            continue;
        }
        if (!read_field(&at, end, &form) || next == count || !suits(&form, values[next]) || !put_value(all, values[next++], &form)) return 0;
    }
    return next == count;
}

PyObject *fj_percent(PyObject *form, PyObject *const *values, Py_ssize_t count) {
    if (!PyUnicode_IS_COMPACT_ASCII(form)) return NULL;
    const char *at = (const char *)PyUnicode_DATA(form);
    char letters[FJ_LETTERS];
    Filling all = {{letters, letters + FJ_LETTERS}, 0, 0};
    int done = put_in(&all, at, at + PyUnicode_GET_LENGTH(form), values, count);
    return ended(&all, letters, done && all.room.at - letters > 1);        /* one character: %s makes a new one, %d doesn't */
}

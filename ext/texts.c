/* Strings: what the interpreter makes of exact strings and numbers, without a call-out.

   Nothing here runs code of the program's or changes anything: where there is an error to raise, the answer is NULL, generated code
   leaves, and the interpreter does the same once more and raises it.  What makes strings of numbers looks for signals and collections on
   its way: where one waits the interpreter does it, and one that comes meanwhile is kept waiting. */
#include "compat.h"
#include "builtin_types.h"
#include "collections.h"
#include "number_texts.h"

static PyObject *dropping(PyObject *box, PyObject *made) {
    Py_XDECREF(box);
    return fj_or_nothing(made);
}

/* What PyErr_CheckSignals runs isn't run between these two, which no other thread comes between; 0: somebody waits. */
static int begin_unheard(PyThreadState *ts, unsigned long *main_thread) {
    *main_thread = _PyRuntime.main_thread;
    if (fj_others_wait(ts)) return 0;
    if (PyThread_get_thread_ident() == *main_thread) _PyRuntime.main_thread = 0;     /* as in guest.c */
    return 1;
}

static void end_unheard(PyThreadState *ts, unsigned long main_thread) {
    _PyRuntime.main_thread = main_thread;
    if (fj_others_wait(ts)) fj_look_again(ts);
}

/* What a function makes of the two. */
static PyObject *unheard(PyObject *(*make)(PyObject *, PyObject *), PyObject *a, PyObject *b) {
    PyThreadState *ts = PyThreadState_Get();
    unsigned long main_thread;
    if (!begin_unheard(ts, &main_thread)) return NULL;
    PyObject *made = fj_or_nothing(make(a, b));
    end_unheard(ts, main_thread);
    return made;
}

/* What a function of C's gives for these, where that comes to nobody's ears. */
PyObject *fj_call_unheard(PyObject *function, PyObject *const *arguments, int count) {
    PyThreadState *ts = PyThreadState_Get();
    unsigned long main_thread;
    if (!begin_unheard(ts, &main_thread)) return NULL;
    PyObject *made = fj_or_nothing(PyObject_Vectorcall(function, arguments, count, NULL));
    end_unheard(ts, main_thread);
    return made;
}

/* The format of an object. */
static PyObject *formatted(PyObject *object, PyObject *form) { return unheard(PyObject_Format, object, form); }

static PyObject *formatted_box(PyObject *box, PyObject *form) {
    PyObject *made = box ? formatted(box, form) : NULL;
    return dropping(box, made);
}

/* Whether nothing of the program's runs where this is asked for its form. */
static int has_plain_form(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    return type == &PyUnicode_Type || type == &PyLong_Type || type == &PyFloat_Type || type == &PyBool_Type || object == Py_None;
}

/* What a format makes of a number, a string or a tuple of such, whose reference is taken. */
PyObject *fj_text_percent(PyObject *form, PyObject *values) {
    int several = PyTuple_CheckExact(values), plain = 1;
    PyObject **items = several ? ((PyTupleObject *)values)->ob_item : &values, *made;
    Py_ssize_t count = several ? PyTuple_GET_SIZE(values) : 1;
    if ((made = fj_percent(form, items, count)) == NULL) {
        for (Py_ssize_t i = 0; i < count; i++) plain &= has_plain_form(items[i]);
        if (plain) made = unheard(PyUnicode_Format, form, values);
    }
    return dropping(values, made);
}

/* form.format(a, b, c), of what isn't NULL of these, whose references are taken; the method makes a tuple of them. */
PyObject *fj_text_filled(PyObject *method, PyObject *form, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *items[] = {form, a, b, c}, *made;
    PyThreadState *ts = PyThreadState_Get();
    unsigned long main_thread;
    int count = 1, plain = 1;
    while (count < 4 && items[count]) plain &= has_plain_form(items[count++]);
    made = fj_filled(form, items + 1, count - 1);
    if (!made && plain && fj_can_make_tuple(count - 1) && begin_unheard(ts, &main_thread)) {
        made = fj_or_nothing(PyObject_Vectorcall(method, items, count, NULL));
        end_unheard(ts, main_thread);
    }
    for (int i = 1; i < count; i++) Py_DECREF(items[i]);
    return made;
}

/* A method of strings, or a type, called with what isn't NULL of these. */
PyObject *fj_text_made(PyObject *callable, PyObject *a, PyObject *b, PyObject *c) {
    PyObject *arguments[] = {a, b, c};
    return fj_or_nothing(PyObject_Vectorcall(callable, arguments, a == NULL ? 0 : b == NULL ? 1 : c == NULL ? 2 : 3, NULL));
}

/* Whether the text isn't certain to be no int, or float: it has letters that none has. */
int8_t fj_text_may_be_number(PyObject *text, int64_t whole) {
    if (!PyUnicode_IS_COMPACT_ASCII(text)) return 1;
    const char *at = (const char *)PyUnicode_DATA(text), *end = at + PyUnicode_GET_LENGTH(text);
    if (at == end) return 0;
    for (; at < end; at++) {
        char letter = *at | 32;
        if (letter >= 'a' && letter <= 'z' && (whole || !strchr("aefinty", letter))) return 0;     /* 1e5, nan, infinity */
    }
    return 1;
}

/* Less than, equal to or greater than zero. */
int64_t fj_text_compare(PyObject *a, PyObject *b) { return a == b ? 0 : PyUnicode_Compare(a, b); }

int8_t fj_text_equal(PyObject *a, PyObject *b) {
    if (a == b) return 1;
    return PyUnicode_GET_LENGTH(a) == PyUnicode_GET_LENGTH(b) && PyUnicode_Compare(a, b) == 0;
}

int64_t fj_text_has(PyObject *text, PyObject *part) {
    int answer = PyUnicode_Contains(text, part);
    if (answer < 0) PyErr_Clear();
    return answer;
}

/* Character number `index`, which there is. */
PyObject *fj_text_item(PyObject *text, int64_t index) { return fj_or_nothing(PyUnicode_FromOrdinal((int)PyUnicode_READ_CHAR(text, index))); }

/* Whether each character is one of those that exist once for all: nobody can tell how long somebody has had one. */
int8_t fj_text_has_letters(PyObject *text) { return PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND; }

/* Such a character, which there is, borrowed. */
PyObject *fj_text_letter(PyObject *text, int64_t index) {
    static PyObject *letters[256];
    Py_UCS1 letter = PyUnicode_1BYTE_DATA(text)[index];
    if (letters[letter] == NULL) letters[letter] = PyUnicode_FromOrdinal(letter);
    return letters[letter];
}

/* The number of the only character; below zero: there are more, or none. */
int64_t fj_text_ord(PyObject *text) { return PyUnicode_GET_LENGTH(text) == 1 ? (int64_t)PyUnicode_READ_CHAR(text, 0) : -1; }

PyObject *fj_text_of_ordinal(int64_t number) { return number < 0 || number > 0x10ffff ? NULL : fj_or_nothing(PyUnicode_FromOrdinal((int)number)); }

/* text[start:stop] */
PyObject *fj_text_slice(PyObject *text, int64_t start, int64_t stop) {
    Py_ssize_t first = start, last = stop, count = PySlice_AdjustIndices(PyUnicode_GET_LENGTH(text), &first, &last, 1);
    return fj_or_nothing(PyUnicode_Substring(text, first, first + count));
}

PyObject *fj_text_sum(PyObject *a, PyObject *b) { return fj_or_nothing(PyUnicode_Concat(a, b)); }

/* Whether the string may become longer where it is: nobody else has it, nobody has asked for its hash, and the other one's characters fit. */
static int grows(PyObject *text, PyObject *more) {
    return text != more && Py_REFCNT(text) == 1 && PyUnicode_CheckExact(text) && !PyUnicode_CHECK_INTERNED(text) && ((PyASCIIObject *)text)->hash == -1
        && PyUnicode_KIND(text) >= PyUnicode_KIND(more) && (!PyUnicode_IS_ASCII(text) || PyUnicode_IS_ASCII(more))
        && PyUnicode_GET_LENGTH(text) > 0 && PyUnicode_GET_LENGTH(text) <= PY_SSIZE_T_MAX - PyUnicode_GET_LENGTH(more);
}

/* The string `left`, which the home may hold, and another one behind it: the home's string from now on.  NULL: nothing has happened. */
PyObject *fj_home_append(PyObject **home, int32_t slot, PyObject *left, PyObject *right) {
    Py_ssize_t size = PyUnicode_GET_LENGTH(left), more = PyUnicode_GET_LENGTH(right);
    if (home[slot] == left && grows(left, right)) {
        if (PyUnicode_Resize(&home[slot], size + more) == 0) {
            PyUnicode_CopyCharacters(home[slot], size, right, 0, more);
            return home[slot];
        }
        PyErr_Clear();
        return NULL;
    }
    PyObject *made = fj_or_nothing(PyUnicode_Concat(left, right));
    return made && fj_home_take(home, slot, made) ? home[slot] : NULL;
}

PyObject *fj_text_repeated(PyObject *text, int64_t count) { return fj_or_nothing(PySequence_Repeat(text, count)); }

static PyObject *joined(PyObject **pieces, int most) {
    int count = 0;
    while (count < most && pieces[count]) count++;
    PyObject *made = fj_texts_joined(pieces, count);
    if (made) return made;
    PyObject *empty = PyUnicode_New(0, 0);
    if (empty) made = _PyUnicode_JoinArray(empty, pieces, count);
    return dropping(empty, made);
}

/* An f-string of the pieces that aren't NULL. */
PyObject *fj_text_joined(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, PyObject *f) {
    PyObject *pieces[] = {a, b, c, d, e, f};
    return joined(pieces, 6);
}

PyObject *fj_more_texts_joined(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, PyObject *f,
                               PyObject *g, PyObject *h, PyObject *i, PyObject *j, PyObject *k, PyObject *l) {
    PyObject *pieces[] = {a, b, c, d, e, f, g, h, i, j, k, l};
    return joined(pieces, 12);
}

/* In an f-string: with a format specification, or NULL. */
PyObject *fj_text_of(PyObject *text, PyObject *form) {
    PyObject *made = fj_text_widened(text, form);
    return made ? made : formatted(text, form);
}
PyObject *fj_text_of_int(int64_t number, PyObject *form) {
    PyObject *made = fj_digits_of_int(number, form);
    return made ? made : formatted_box(PyLong_FromLongLong(number), form);
}
PyObject *fj_text_of_float(double number, PyObject *form) {
    PyObject *made = fj_digits_of_float(number, form);
    return made ? made : formatted_box(PyFloat_FromDouble(number), form);
}
PyObject *fj_text_of_bool(int8_t value, PyObject *form) { return formatted(value & 1 ? Py_True : Py_False, form); }

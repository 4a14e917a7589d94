/* Numbers that texts stand for: at once where the text is ASCII and plain, else by the interpreter's functions.

   A decimal is the double nearest to an integer below 2**53, times or divided by a power of ten up to 10**22, which is one rounding.
   Sources: Objects/longobject.c (PyLong_FromUnicodeObject), Objects/floatobject.c (PyFloat_FromString). */
#include "compat.h"
#include "digits.h"
#include <math.h>

enum { DIGITS = 40, MOST = 18, MOST_TENS = 22 };        /* DIGITS: of what may be an int of 64 bits, with what is around them */
#define NO_INT INT64_MIN
#define NO_FLOAT -0x1.7f1a6019b3c5dp-1017               /* texts of these two numbers are left to the interpreter */

static int is_space(char letter) { return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r'; }
static int is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/* The text without spaces and a sign; whether there is a minus. */
static int begin(PyObject *text, const char **at, const char **end) {
    *at = (const char *)PyUnicode_DATA(text);
    *end = *at + PyUnicode_GET_LENGTH(text);
    while (*at < *end && is_space(**at)) ++*at;
    while (*at < *end && is_space((*end)[-1])) --*end;
    int negative = *at < *end && **at == '-';
    if (negative || (*at < *end && **at == '+')) ++*at;
    return negative;
}

/* An int of the text, if it has 64 bits at most; NO_INT: none. */
int64_t fj_int_of_text(PyObject *text) {
    int64_t number = 0;
    int beyond = 0;
    if (PyUnicode_IS_COMPACT_ASCII(text)) {
        const char *at, *end;
        int negative = begin(text, &at, &end);
        Py_ssize_t count = end - at;
        while (at < end && is_digit(*at)) number = (int64_t)(10 * (uint64_t)number + (uint64_t)(*at++ - '0'));
        if (at == end && count > 0 && count <= MOST) return negative ? -number : number;
    }
    if (PyUnicode_GET_LENGTH(text) > DIGITS || !fj_text_may_be_number(text, 1)) return NO_INT;
    int collects = PyGC_Disable();              /* an error that is made and dropped ends nobody */
    PyObject *made = fj_or_nothing(PyLong_FromUnicodeObject(text, 10));
    if (collects) PyGC_Enable();
    number = made ? PyLong_AsLongLongAndOverflow(made, &beyond) : NO_INT;
    Py_XDECREF(made);
    return beyond ? NO_INT : number;
}

/* Digits behind those of a number; how many they are. */
static Py_ssize_t digits(const char **at, const char *end, uint64_t *number) {
    const char *first = *at;
    for (; *at < end && is_digit(**at); ++*at) *number = 10 * *number + (uint64_t)(**at - '0');
    return *at - first;
}

/* The exponent behind an e, up to a few digits; 0: there is something else. */
static int exponent(const char **at, const char *end, int64_t *tens) {
    uint64_t number = 0;
    if (*at == end) return 1;
    if ((**at | 32) != 'e') return 0;
    ++*at;
    int negative = *at < end && **at == '-';
    if (negative || (*at < end && **at == '+')) ++*at;
    Py_ssize_t count = digits(at, end, &number);
    if (count == 0 || count > 3) return 0;
    *tens += negative ? -(int64_t)number : (int64_t)number;
    return 1;
}

/* Whether the text is a decimal that can be read at once. */
static int decimal(PyObject *text, double *made) {
    const char *at, *end;
    uint64_t number = 0;
    int64_t tens = 0;
    int negative = begin(text, &at, &end);
    Py_ssize_t count = digits(&at, end, &number);
    if (at < end && *at == '.') {
        at++;
        Py_ssize_t behind = digits(&at, end, &number);
        count += behind;
        tens = -behind;
    }
    if (count == 0 || count > MOST || number > FJ_WHOLE || !exponent(&at, end, &tens) || at != end) return 0;
    if (tens < -MOST_TENS || tens > MOST_TENS || fj_rounds_otherwise()) return 0;
    double size = (double)(int64_t)number;
    size = tens < 0 ? size / fj_float_tens[-tens] : size * fj_float_tens[tens];
    *made = negative ? -size : size;
    return 1;
}

/* A float of the text; NO_FLOAT: none. */
double fj_float_of_text(PyObject *text) {
    double number;
    if (PyUnicode_IS_COMPACT_ASCII(text) && decimal(text, &number)) return number;
    if (!fj_text_may_be_number(text, 0)) return NO_FLOAT;
    int collects = PyGC_Disable();
    PyObject *made = fj_or_nothing(PyFloat_FromString(text));
    if (collects) PyGC_Enable();
    number = made ? PyFloat_AS_DOUBLE(made) : NO_FLOAT;
    Py_XDECREF(made);
    return number;
}

/* Texts of numbers, and of texts with something around them: what format specifications of the usual kind ask for, in ASCII.

   NULL without an error: left to the object's own format, errors included.  A text of one character that a specification has made is the
   one that exists once for all, as the interpreter's is; str() makes a new one.

   Sources: Python/formatter_unicode.c, Python/pystrtod.c (format_float_short), Objects/longobject.c. */
#include "compat.h"
#include "digits.h"
#include <math.h>

enum { WIDEST = 200, ROOM = 96, DEFAULT_PLACES = 6, SHORTEST = 15 };     /* SHORTEST: digits of which no two decimals are one double */

typedef struct {
    int width, places;             /* places: -1: not given */
    char fill, align, sign, kind;  /* align, sign, kind: 0: not given */
} Form;

static const Form EMPTY = {.places = -1, .fill = ' '};

static int is_align(char letter) { return letter == '<' || letter == '>' || letter == '^' || letter == '='; }

/* The number that stands there, up to WIDEST; -1: there is none, or a larger one. */
static int count_at(const char **at, const char *end) {
    const char *first = *at;
    int count = 0;
    for (; *at < end && **at >= '0' && **at <= '9' && count <= WIDEST; (*at)++) count = 10 * count + (**at - '0');
    return *at == first || count > WIDEST ? -1 : count;
}

/* Whether the specification has nothing but [[fill]align][sign][0][width][.places][kind]. */
static int read_form(PyObject *text, Form *form, int is_number) {
    if (!PyUnicode_IS_COMPACT_ASCII(text)) return 0;
    const char *at = (const char *)PyUnicode_DATA(text), *end = at + PyUnicode_GET_LENGTH(text);
    *form = EMPTY;
    int filled = end - at >= 2 && is_align(at[1]);
    if (filled) form->fill = *at++;
    if (at < end && is_align(*at)) form->align = *at++;
    if (at < end && (*at == '+' || *at == '-' || *at == ' ')) form->sign = *at++;
    if (at < end && *at == '0' && !filled) {
        form->fill = '0';
        if (is_number && !form->align) form->align = '=';
    }
    if (at < end && *at >= '0' && *at <= '9' && (form->width = count_at(&at, end)) < 0) return 0;
    if (at < end && *at == '.') {
        at++;
        if ((form->places = count_at(&at, end)) < 0) return 0;
    }
    if (at < end && (form->kind = *at++) == 0) return 0;
    return at == end;
}

static PyObject *ascii(const char *digits, Py_ssize_t count) {
    PyObject *made = fj_or_nothing(PyUnicode_New(count, 127));
    if (made) memcpy(PyUnicode_DATA(made), digits, count);
    return made;
}

/* The digits with a sign before them, and so wide; `usual`: where they stand if the specification doesn't say. */
static PyObject *laid_out(const Form *form, int negative, const char *digits, Py_ssize_t count, char usual) {
    char align = form->align ? form->align : usual, sign = negative ? '-' : form->sign == '-' ? 0 : form->sign;
    Py_ssize_t size = count + (sign != 0), more = form->width > size ? form->width - size : 0;
    Py_ssize_t before = align == '>' ? more : align == '^' ? more / 2 : 0, inside = align == '=' ? more : 0;
    if (size + more == 1) return fj_or_nothing(PyUnicode_FromOrdinal(count ? *digits : form->fill));
    PyObject *made = fj_or_nothing(PyUnicode_New(size + more, 127));
    if (made == NULL) return NULL;
    char *at = (char *)PyUnicode_DATA(made);
    memset(at, form->fill, before);
    at += before;
    if (sign) *at++ = sign;
    memset(at, form->fill, inside);
    at += inside;
    memcpy(at, digits, count);
    memset(at + count, form->fill, more - before - inside);
    return made;
}

/* ---- digits, written backwards from `end`; where they begin */

static const char PAIRS[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static char *decimal(char *end, uint64_t number) {
    for (; number >= 100; number /= 100) memcpy(end -= 2, PAIRS + 2 * (number % 100), 2);
    if (number >= 10) return memcpy(end - 2, PAIRS + 2 * number, 2);
    *--end = (char)('0' + number);
    return end;
}

static char *binary(char *end, uint64_t number, int bits, const char *letters) {
    do *--end = letters[number & ((1u << bits) - 1)]; while (number >>= bits);
    return end;
}

/* number / 10 ** places */
static char *with_point(char *end, uint64_t number, int places) {
    if (places == 0) return decimal(end, number);
    char *point = end - places - 1, *first = decimal(end, number % fj_tens[places]);
    while (first > point + 1) *--first = '0';
    *point = '.';
    return decimal(point, number / fj_tens[places]);
}

/* What repr() gives of a float with at most SHORTEST digits, or of an integer, where it has no exponent; NULL: not known.  The first power of
   ten that is tried may be one too large. */
static char *shortest(char *end, double x) {
    double size = fabs(x);
    int exponent, places;
    uint64_t number;
    if (size < 0x1p53 && size == (double)(int64_t)size) return with_point(end, (uint64_t)size * 10, 1);
    if (!(size >= 1e-4 && size < 1e14) || fj_rounds_otherwise()) return NULL;
    frexp(size, &exponent);
    places = SHORTEST - 1 - ((exponent - 1) * 1233 >> 12);          /* 1233 / 4096: the logarithm of 2 */
    number = (uint64_t)rint(size * fj_float_tens[places]);
    if (number >= fj_tens[SHORTEST]) number = (uint64_t)rint(size * fj_float_tens[--places]);
    if (number >= fj_tens[SHORTEST] || (double)(int64_t)number / fj_float_tens[places] != size) return NULL;
    for (int fewer = 8; fewer > 0; fewer /= 2)
        for (; number % fj_tens[fewer] == 0; number /= fj_tens[fewer]) places -= fewer;
    return with_point(end, number, places);
}

/* ---- numbers */

static const struct { char kind; int bits; const char *letters; } BASES[] = {
    {'x', 4, "0123456789abcdef"}, {'X', 4, "0123456789ABCDEF"}, {'b', 1, "01"}, {'o', 3, "01234567"},
};

/* What CPython's own function gives of a finite float, laid out. */
static PyObject *by_interpreter(double number, const Form *form) {
    char kind = form->kind == 0 ? (form->places < 0 ? 'r' : 'g') : form->kind == '%' ? 'f' : form->kind;
    int places = form->places >= 0 ? form->places : kind == 'r' ? 0 : DEFAULT_PLACES;
    char *digits = PyOS_double_to_string(number, kind, places, form->kind == 0 ? Py_DTSF_ADD_DOT_0 : 0, NULL);
    if (digits == NULL) return fj_or_nothing(NULL);
    size_t count = strlen(digits), negative = *digits == '-';
    if (form->kind == '%') digits[count++] = '%';              /* where the zero was that ends the text */
    PyObject *made = laid_out(form, negative, digits + negative, count - negative, '>');
    PyMem_Free(digits);
    return made;
}

static PyObject *of_float(double number, const Form *form) {
    char room[ROOM], *end = room + ROOM, *first = NULL;
    int places = form->places < 0 ? DEFAULT_PLACES : form->places, percent = form->kind == '%';
    if (percent) number *= 100;
    if (!isfinite(number) || (form->kind && !strchr("eEfFgG%", form->kind))) return NULL;
    if (percent) *--end = '%';
    if (form->kind == 0 && form->places < 0) first = shortest(end, number);
    else if (percent || form->kind == 'f' || form->kind == 'F') {
        uint64_t scaled = fj_rounds_otherwise() ? FJ_TOO_LARGE : fj_scaled(number, places);
        if (scaled != FJ_TOO_LARGE) first = with_point(end, scaled, places);
    }
    return first ? laid_out(form, signbit(number) != 0, first, room + ROOM - first, '>') : by_interpreter(number, form);
}


PyObject *fj_digits_of_int(int64_t number, PyObject *text) {
    char room[ROOM], *end = room + ROOM, *first = NULL;
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    Form form;
    if (text == NULL || PyUnicode_GET_LENGTH(text) == 0) {
        first = decimal(end, size);
        if (number < 0) *--first = '-';
        return ascii(first, end - first);
    }
    if (!read_form(text, &form, 1)) return NULL;
    if (form.kind && strchr("eEfFgG%", form.kind)) return size > FJ_WHOLE ? NULL : of_float((double)number, &form);
    if (form.places >= 0) return NULL;
    if (form.kind == 0 || form.kind == 'd') first = decimal(end, size);
    for (size_t i = 0; first == NULL && i < sizeof BASES / sizeof *BASES; i++)
        if (form.kind == BASES[i].kind) first = binary(end, size, BASES[i].bits, BASES[i].letters);
    return first ? laid_out(&form, number < 0, first, end - first, '>') : NULL;
}

PyObject *fj_digits_of_float(double number, PyObject *text) {
    Form form = EMPTY;
    return text == NULL || PyUnicode_GET_LENGTH(text) == 0 || read_form(text, &form, 1) ? of_float(number, &form) : NULL;
}

/* ---- texts */

PyObject *fj_text_widened(PyObject *text, PyObject *form_text) {
    Form form;
    if (!PyUnicode_IS_COMPACT_ASCII(text) || !read_form(form_text, &form, 0)) return NULL;
    if (form.sign || form.places >= 0 || form.align == '=' || (form.kind && form.kind != 's')) return NULL;
    if (form.width <= PyUnicode_GET_LENGTH(text)) return Py_NewRef(text);
    return laid_out(&form, 0, (const char *)PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), '<');
}

/* The ASCII texts one behind the other. */
PyObject *fj_texts_joined(PyObject **pieces, int count) {
    Py_ssize_t size = 0;
    for (int i = 0; i < count; i++) {
        if (!PyUnicode_IS_COMPACT_ASCII(pieces[i]) || PyUnicode_GET_LENGTH(pieces[i]) > INT_MAX) return NULL;
        size += PyUnicode_GET_LENGTH(pieces[i]);
    }
    PyObject *made = fj_or_nothing(PyUnicode_New(size, 127));
    if (made == NULL || size == 0) return made;
    char *at = (char *)PyUnicode_DATA(made);
    for (int i = 0; i < count; i++) {
        Py_ssize_t more = PyUnicode_GET_LENGTH(pieces[i]);
        memcpy(at, PyUnicode_DATA(pieces[i]), more);
        at += more;
    }
    return made;
}

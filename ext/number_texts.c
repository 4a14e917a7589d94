/* Texts of numbers, and of texts with something around them: what format specifications of the usual kind ask for, in ASCII.

   0, or NULL without an error: left to the object's own format, errors included.  A text of one character that a specification has made is the
   one that exists once for all, as the interpreter's is; str() makes a new one.

   Sources: Python/formatter_unicode.c, Python/pystrtod.c (format_float_short), Objects/longobject.c. */
#include "compat.h"
#include "number_texts.h"
#include <math.h>

enum { WIDEST = 200, DIGITS = 96, DEFAULT_PLACES = 6, SHORTEST = 15 };     /* SHORTEST: digits of which no two decimals are one double */

static const FjForm EMPTY = {.places = -1, .fill = ' '};

static int is_align(char letter) { return letter == '<' || letter == '>' || letter == '^' || letter == '='; }

/* The number that stands there, up to WIDEST; -1: there is none, or a larger one. */
int fj_count_at(const char **at, const char *end) {
    const char *first = *at;
    int count = 0;
    for (; *at < end && **at >= '0' && **at <= '9' && count <= WIDEST; (*at)++) count = 10 * count + (**at - '0');
    return *at == first || count > WIDEST ? -1 : count;
}

/* Whether the specification has nothing but [[fill]align][sign][0][width][.places][kind]. */
int fj_read_form(const char *at, const char *end, FjForm *form, int is_number) {
    *form = EMPTY;
    int filled = end - at >= 2 && is_align(at[1]);
    if (filled) form->fill = *at++;
    if (at < end && is_align(*at)) form->align = *at++;
    if (at < end && (*at == '+' || *at == '-' || *at == ' ')) form->sign = *at++;
    if (at < end && *at == '0' && !filled) {
        form->fill = '0';
        if (is_number && !form->align) form->align = '=';
    }
    if (at < end && *at >= '0' && *at <= '9' && (form->width = fj_count_at(&at, end)) < 0) return 0;
    if (at < end && *at == '.') {
        at++;
        if ((form->places = fj_count_at(&at, end)) < 0) return 0;
    }
    if (at < end && (form->kind = *at++) == 0) return 0;
    return at == end;
}

static int read_form(PyObject *text, FjForm *form, int is_number) {
    const char *at = text ? (const char *)PyUnicode_DATA(text) : NULL;
    if (text && !PyUnicode_IS_COMPACT_ASCII(text)) return 0;
    return fj_read_form(at, text ? at + PyUnicode_GET_LENGTH(text) : at, form, is_number);
}

int fj_put_letters(FjRoom *room, const char *letters, Py_ssize_t count) {
    if (count > room->end - room->at) return 0;
    memcpy(room->at, letters, count);
    room->at += count;
    return 1;
}

PyObject *fj_letters_put(const FjRoom *room, const char *first, int once) {
    Py_ssize_t count = room->at - first;
    if (once && count == 1) return fj_or_nothing(PyUnicode_FromOrdinal(*first));
    PyObject *made = fj_or_nothing(PyUnicode_New(count, 127));
    if (made && count) memcpy(PyUnicode_DATA(made), first, count);
    return made;
}

static void put_often(FjRoom *room, char letter, Py_ssize_t count) {
    if (count) memset(room->at, letter, count);
    room->at += count;
}

/* The digits with a sign before them, and so wide; `usual`: where they stand if the specification doesn't say. */
static int lay_out(FjRoom *room, const FjForm *form, int negative, const char *digits, Py_ssize_t count, char usual) {
    char align = form->align ? form->align : usual, sign = negative ? '-' : form->sign == '-' ? 0 : form->sign;
    Py_ssize_t size = count + (sign != 0), more = form->width > size ? form->width - size : 0;
    Py_ssize_t before = align == '>' ? more : align == '^' ? more / 2 : 0, inside = align == '=' ? more : 0;
    if (size + more > room->end - room->at) return 0;
    if (more == 0) {                /* mostly */
        if (sign) *room->at++ = sign;
        return fj_put_letters(room, digits, count);
    }
    put_often(room, form->fill, before);
    if (sign) *room->at++ = sign;
    put_often(room, form->fill, inside);
    fj_put_letters(room, digits, count);
    put_often(room, form->fill, more - before - inside);
    return 1;
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
static int put_by_interpreter(FjRoom *room, double number, const FjForm *form) {
    char kind = form->kind == 0 ? (form->places < 0 ? 'r' : 'g') : form->kind == '%' ? 'f' : form->kind;
    int places = form->places >= 0 ? form->places : kind == 'r' ? 0 : DEFAULT_PLACES;
    char *digits = PyOS_double_to_string(number, kind, places, form->kind == 0 ? Py_DTSF_ADD_DOT_0 : 0, NULL);
    if (digits == NULL) { PyErr_Clear(); return 0; }
    size_t count = strlen(digits), negative = *digits == '-';
    if (form->kind == '%') digits[count++] = '%';              /* where the zero was that ends the text */
    int done = lay_out(room, form, negative, digits + negative, count - negative, '>');
    PyMem_Free(digits);
    return done;
}

int fj_put_float(FjRoom *room, double number, const FjForm *form) {
    char digits[DIGITS], *end = digits + DIGITS, *first = NULL;
    int places = form->places < 0 ? DEFAULT_PLACES : form->places, percent = form->kind == '%';
    if (percent) number *= 100;
    if (!isfinite(number) || (form->kind && !strchr("eEfFgG%", form->kind))) return 0;
    if (percent) *--end = '%';
    if (form->kind == 0 && form->places < 0) first = shortest(end, number);
    else if (percent || form->kind == 'f' || form->kind == 'F') {
        uint64_t scaled = fj_rounds_otherwise() ? FJ_TOO_LARGE : fj_scaled(number, places);
        if (scaled != FJ_TOO_LARGE) first = with_point(end, scaled, places);
    }
    return first ? lay_out(room, form, signbit(number) != 0, first, digits + DIGITS - first, '>') : put_by_interpreter(room, number, form);
}

int fj_put_int(FjRoom *room, int64_t number, const FjForm *form) {
    char digits[DIGITS], *end = digits + DIGITS, *first = NULL;
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    if (form->kind && strchr("eEfFgG%", form->kind)) return size <= FJ_WHOLE && fj_put_float(room, (double)number, form);
    if (form->places >= 0) return 0;
    if (form->kind == 0 || form->kind == 'd') first = decimal(end, size);
    for (size_t i = 0; first == NULL && i < sizeof BASES / sizeof *BASES; i++)
        if (form->kind == BASES[i].kind) first = binary(end, size, BASES[i].bits, BASES[i].letters);
    return first && lay_out(room, form, number < 0, first, end - first, '>');
}

int fj_put_text(FjRoom *room, PyObject *text, const FjForm *form) {
    if (!PyUnicode_IS_COMPACT_ASCII(text) || form->sign || form->places >= 0 || form->align == '=' || (form->kind && form->kind != 's')) return 0;
    return lay_out(room, form, 0, (const char *)PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), '<');
}

/* ---- objects */

static int is_given(PyObject *form) { return form && PyUnicode_GET_LENGTH(form) > 0; }

PyObject *fj_digits_of_int(int64_t number, PyObject *text) {
    char letters[FJ_LETTERS], *end = letters + DIGITS;
    FjRoom room = {letters, letters + FJ_LETTERS};
    FjForm form;
    if (is_given(text)) return read_form(text, &form, 1) && fj_put_int(&room, number, &form) ? fj_letters_put(&room, letters, 1) : NULL;
    room.at = decimal(end, number < 0 ? -(uint64_t)number : (uint64_t)number);
    if (number < 0) *--room.at = '-';
    char *first = room.at;
    room.at = end;
    return fj_letters_put(&room, first, 0);
}

PyObject *fj_digits_of_float(double number, PyObject *text) {
    char letters[FJ_LETTERS];
    FjRoom room = {letters, letters + FJ_LETTERS};
    FjForm form;
    return read_form(text, &form, 1) && fj_put_float(&room, number, &form) ? fj_letters_put(&room, letters, 1) : NULL;
}

/* The text itself where it is wide enough. */
PyObject *fj_text_widened(PyObject *text, PyObject *form_text) {
    char letters[FJ_LETTERS];
    FjRoom room = {letters, letters + FJ_LETTERS};
    FjForm form;
    if (!read_form(form_text, &form, 0) || !fj_put_text(&room, text, &form)) return NULL;
    return form.width <= PyUnicode_GET_LENGTH(text) ? Py_NewRef(text) : fj_letters_put(&room, letters, 1);
}

/* The ASCII texts one behind the other, and so many letters. */
static PyObject *joined(PyObject **pieces, int count, const char *letters, Py_ssize_t more) {
    Py_ssize_t size = more;
    for (int i = 0; i < count; i++) {
        if (!PyUnicode_IS_COMPACT_ASCII(pieces[i]) || PyUnicode_GET_LENGTH(pieces[i]) > INT_MAX) return NULL;
        size += PyUnicode_GET_LENGTH(pieces[i]);
    }
    PyObject *made = fj_or_nothing(PyUnicode_New(size, 127));
    if (made == NULL || size == 0) return made;
    FjRoom room = {(char *)PyUnicode_DATA(made), (char *)PyUnicode_DATA(made) + size};
    for (int i = 0; i < count; i++) fj_put_letters(&room, (const char *)PyUnicode_DATA(pieces[i]), PyUnicode_GET_LENGTH(pieces[i]));
    fj_put_letters(&room, letters, more);
    return made;
}

PyObject *fj_texts_joined(PyObject **pieces, int count) { return joined(pieces, count, "", 0); }

static int count_of(PyObject **pieces, int most) {
    int count = 0;
    while (count < most && pieces[count]) count++;
    return count;
}

/* An f-string of the pieces that aren't NULL and a number behind them. */
#define JOINED_WITH(name, type, put, text_of) \
    PyObject *name(PyObject *a, PyObject *b, PyObject *c, PyObject *d, PyObject *e, type number, PyObject *form_text) { \
        PyObject *pieces[] = {a, b, c, d, e, NULL}, *made = NULL; \
        char letters[FJ_LETTERS]; \
        FjRoom room = {letters, letters + FJ_LETTERS}; \
        FjForm form; \
        int count = count_of(pieces, 5); \
        if (read_form(form_text, &form, 1) && put(&room, number, &form)) made = joined(pieces, count, letters, room.at - letters); \
        if (made || (pieces[count] = text_of(number, form_text)) == NULL) return made; \
        made = fj_text_joined(pieces[0], pieces[1], pieces[2], pieces[3], pieces[4], pieces[5]); \
        Py_DECREF(pieces[count]); \
        return made; \
    }
JOINED_WITH(fj_text_joined_int, int64_t, fj_put_int, fj_text_of_int)
JOINED_WITH(fj_text_joined_float, double, fj_put_float, fj_text_of_float)

/* Exception tables: rows of numbers of six bits a byte, the first byte of an entry marked by bit 7: start, length, target,
   depth * 2 + lasti, in units (CPython, Objects/exception_handling_notes.txt). */
#include "entry.h"

static unsigned char *put_number(unsigned char *at, int value, int first) {
    unsigned char *start = at;
    int shift = 24;
    while (shift && !(value >> shift)) shift -= 6;
    for (; shift >= 0; shift -= 6) *at++ = (unsigned char)((value >> shift & 63) | (shift ? 64 : 0));
    if (first) *start |= 128;
    return at;
}

static unsigned char *get_number(unsigned char *at, int *value) {
    int result = *at & 63;
    while (*at & 64) { at++; result = result << 6 | (*at & 63); }
    *value = result;
    return at + 1;
}

int fj_handler(PyCodeObject *code, int unit) {
    unsigned char *at = (unsigned char *)PyBytes_AS_STRING(code->co_exceptiontable);
    unsigned char *end = at + PyBytes_GET_SIZE(code->co_exceptiontable);
    while (at < end) {
        int start, length, target, depth;
        at = get_number(at, &start); at = get_number(at, &length); at = get_number(at, &target); at = get_number(at, &depth);
        if (start <= unit && unit < start + length) return target << 8 | depth;
    }
    return -1;
}

/* An exception table that sends every unit to unit 0, with `depth` items left on the stack. */
PyObject *fj_catch_all(int length, int depth) {
    unsigned char table[24], *at = put_number(table, 0, 1);
    at = put_number(at, length, 0);
    at = put_number(at, 0, 0);
    at = put_number(at, depth << 1, 0);
    return PyBytes_FromStringAndSize((char *)table, at - table);
}

/* CPython's headers, internal ones included, and the names under which the rest of ext/ knows what differs by version.
   Included by the C files only: Cython's own output does not compile with Py_BUILD_CORE on 3.12. */
#ifndef FRAMEJIT_COMPAT_H
#define FRAMEJIT_COMPAT_H
#define Py_BUILD_CORE 1
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "internal/pycore_frame.h"
#include "internal/pycore_code.h"
#include "internal/pycore_interp.h"
#include "internal/pycore_pystate.h"
#include "internal/pycore_dict.h"
#include "internal/pycore_long.h"
#include "internal/pycore_ceval.h"
#include "internal/pycore_pymem.h"
#include "opcode.h"

#define FJ_CODE0(code) ((_Py_CODEUNIT *)(code)->co_code_adaptive)

#if PY_VERSION_HEX < 0x030C0000
#define PyType_GetDict(type) Py_NewRef((type)->tp_dict)
#endif

/* Levels of the recursion limit that native code leaves alone: the interpreter would take some for Python functions of NumPy's, generators and the like. */
enum { FJ_SPARE = 24 };

/* A pending call that does nothing. */
static int fj_nothing(void *unused) { (void)unused; return 0; }

/* Target and stack depth of the exception table's entry for a unit, as one number; -1: none. */
int fj_handler(PyCodeObject *code, int unit);

/* 8 to 16 bytes, one over the other: not zero when one of them isn't. */
static inline uint64_t fj_bytes(const void *bytes, size_t count) {
    uint64_t head, tail;
    memcpy(&head, bytes, 8);
    memcpy(&tail, (const char *)bytes + count - 8, 8);
    return head | tail;
}
static inline int fj_any_byte(const void *bytes, size_t count) { return fj_bytes(bytes, count) != 0; }

#if PY_VERSION_HEX >= 0x030B0000 && PY_VERSION_HEX < 0x030C0000
#include "compat/v311.h"
#elif PY_VERSION_HEX >= 0x030C0000 && PY_VERSION_HEX < 0x030D0000
#include "compat/v312.h"
#elif PY_VERSION_HEX >= 0x030D0000 && PY_VERSION_HEX < 0x030E0000
#include "compat/v313.h"
#else
#error "framejit knows CPython 3.11, 3.12 and 3.13"
#endif

/* Whether what a signal's handler raises at the backward jump at `at` isn't caught where the jump's own errors are: before 3.13 the handler
   is that of the unit in front of the jump's target.  A signal may come while another wish is being heard, so it doesn't help to ask
   whether one waits. */
static inline int fj_raising_elsewhere(PyCodeObject *code, int at, int target) {
#if PY_VERSION_HEX < 0x030D0000
    return fj_handler(code, at) != fj_handler(code, target - 1);
#else
    (void)code, (void)at, (void)target;
    return 0;
#endif
}

/* Whether an int that is in use has room for this number; and puts it there. */
static inline int fj_int_holds(const PyLongObject *object, int64_t bits) {
    uint64_t size = bits < 0 ? 0 - (uint64_t)bits : (uint64_t)bits;
    Py_ssize_t count = fj_int_digits(object);
    return count > 2 || (count > 0 && size >> (count * PyLong_SHIFT) == 0);
}
static inline void fj_int_fill(PyLongObject *object, int64_t bits) {
    uint64_t size = bits < 0 ? 0 - (uint64_t)bits : (uint64_t)bits;
    Py_ssize_t count = 0;
    for (; size; size >>= PyLong_SHIFT) FJ_DIGITS(object)[count++] = (digit)(size & PyLong_MASK);
    fj_int_sized(object, bits < 0, count);
}

typedef struct { PyObject_HEAD Py_ssize_t index; PyObject *sequence; } FjSequenceIter;   /* iterators over lists, tuples, and what has nothing but items */
#endif

/* Backward jumps in bytecode: which one a frame is making, and how to keep some of them from asking for work.

   A loop's jump looks at the eval-breaker.  While an outer loop's jump is awaited, the inner loops' jumps are replaced by
   their kind that doesn't look (JUMP_BACKWARD_NO_INTERRUPT), so that the first one that looks is the awaited one: the
   interpreter runs at its own speed until then.  Both kinds are the same to a program, but for the looking. */
#include "looking.h"

static int is_jump(int opcode) {
    switch (opcode) {
    case JUMP_BACKWARD:
#if PY_VERSION_HEX < 0x030C0000
    case POP_JUMP_BACKWARD_IF_FALSE: case POP_JUMP_BACKWARD_IF_TRUE: case POP_JUMP_BACKWARD_IF_NONE: case POP_JUMP_BACKWARD_IF_NOT_NONE:
#endif
        return 1;
    }
    return 0;
}

/* The target of the instruction at this unit; -1 when it is no backward jump. */
static int target_of(PyObject *bytes, int unit) {
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    int argument = raw[2 * unit + 1], shift = 8;
    if (!is_jump(raw[2 * unit])) return -1;
    for (int i = unit - 1; i >= 0 && raw[2 * i] == EXTENDED_ARG; i--, shift += 8) argument |= raw[2 * i + 1] << shift;
    return unit + 1 + FJ_JUMP_CACHES - argument;
}

int fj_jump_in(PyCodeObject *code, PyObject *bytes, int unit, int *target) {
#if PY_VERSION_HEX < 0x030C0000
    if (unit < 0) return -1;
    int adaptive = FJ_OPCODE(FJ_CODE0(code)[unit]);     /* a fused comparison makes the jump of a while loop, and the check */
    if (adaptive == COMPARE_OP_INT_JUMP || adaptive == COMPARE_OP_FLOAT_JUMP || adaptive == COMPARE_OP_STR_JUMP) unit += 3;
#endif
    if (unit < 0 || unit >= Py_SIZE(code)) return -1;
    int found = target_of(bytes, unit);
    if (found < 0) return -1;
    *target = found;
    return unit;
}

int fj_jump_at(PyCodeObject *code, int unit, int *target) {
    PyObject *bytes = PyCode_GetCode(code);
    if (bytes == NULL) { PyErr_Clear(); return -1; }
    int jump = fj_jump_in(code, bytes, unit, target);
    Py_DECREF(bytes);
    return jump;
}

int fj_has_loops(PyObject *code) {
    PyObject *bytes = PyCode_GetCode((PyCodeObject *)code);
    if (bytes == NULL) return -1;
    int found = 0;
    for (int unit = 0, units = (int)(PyBytes_GET_SIZE(bytes) / 2); unit < units && !found; unit++) found = is_jump(((unsigned char *)PyBytes_AS_STRING(bytes))[2 * unit]);
    Py_DECREF(bytes);
    return found;
}

/* Whether some instruction from `first` to `last` may call C code that begins to observe this frame without a check in between. */
static int may_be_observed(PyCodeObject *code, PyObject *bytes, int first, int last) {
    const unsigned char *raw = (const unsigned char *)PyBytes_AS_STRING(bytes);
    for (int i = first; i <= last; i++)
        if (fj_is_call(raw[2 * i]) && !fj_is_harmless_call(FJ_OPCODE(FJ_CODE0(code)[i]))) return 1;
    return 0;
}

/* Fills `quiet` with the jumps of the loops within the one at `header`, and silences them.  0: not possible, nothing done. */
int fj_quiet_jumps(PyCodeObject *code, PyObject *bytes, int header, FjQuietJumps *quiet) {
    int units = (int)Py_SIZE(code), last = -1;
    quiet->count = 0;
    for (int i = header; i < units; i++) if (target_of(bytes, i) == header) last = i;
    if (last < 0 || may_be_observed(code, bytes, header, last)) return 0;
    for (int i = header; i < last; i++) {
        if (target_of(bytes, i) <= header) continue;
        _Py_CODEUNIT unit = FJ_CODE0(code)[i];
        int argument = FJ_OPARG(unit) - FJ_JUMP_CACHES;
        if (!fj_is_plain_jump(FJ_OPCODE(unit)) || argument < 0 || quiet->count == FJ_QUIET_JUMPS) { quiet->count = 0; return 0; }
        _Py_CODEUNIT silent = fj_make_unit(JUMP_BACKWARD_NO_INTERRUPT, argument);
        int number = quiet->count++;
        quiet->units[number] = i;
        memcpy(&quiet->before[number], &unit, sizeof unit);
        memcpy(&quiet->meanwhile[number], &silent, sizeof silent);
    }
    for (int i = 0; i < quiet->count; i++)
        __atomic_store_n((uint16_t *)&FJ_CODE0(code)[quiet->units[i]], quiet->meanwhile[i], __ATOMIC_SEQ_CST);
    return quiet->count > 0;
}

void fj_restore_jumps(PyCodeObject *code, FjQuietJumps *quiet) {
    for (int i = 0; i < quiet->count; i++) {
        uint16_t *unit = (uint16_t *)&FJ_CODE0(code)[quiet->units[i]], expected = quiet->meanwhile[i];
        __atomic_compare_exchange_n(unit, &expected, quiet->before[i], 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    }
    quiet->count = 0;
}

/* What the processor says of itself: everything that LLVM looks at when it chooses instructions for it. */
#include <Python.h>
#include "kept.h"

#if defined(__x86_64__)
#include <cpuid.h>

enum { EAX = 1, EBX = 2, ECX = 4, EDX = 8, ALL = 15 };
/* Leaf, subleaf, and which registers say the same on each core (leaf 1's EBX has the core's number). */
static const struct { unsigned leaf, subleaf, registers; } LEAVES[] = {
    {0, 0, ALL}, {1, 0, EAX | ECX | EDX}, {7, 0, EAX | EBX | ECX | EDX}, {7, 1, ALL}, {7, 2, ALL}, {0xd, 0, EAX | EDX}, {0xd, 1, EAX},
    {0x14, 0, EBX}, {0x19, 0, EBX}, {0x1e, 1, ALL}, {0x24, 0, EBX}, {0x80000000, 0, ALL}, {0x80000001, 0, EAX | ECX | EDX}, {0x80000008, 0, EBX},
};

PyObject *fj_cpu(void) {
    unsigned words[4 * sizeof LEAVES / sizeof *LEAVES] = {0}, count = sizeof LEAVES / sizeof *LEAVES, state = 0, rest = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned *four = words + 4 * i;
        if (!__get_cpuid_count(LEAVES[i].leaf, LEAVES[i].subleaf, four, four + 1, four + 2, four + 3)) continue;
        for (int one = 0; one < 4; one++) if (!(LEAVES[i].registers >> one & 1)) four[one] = 0;
    }
    if (words[4 + 2] & bit_OSXSAVE) __asm__ volatile("xgetbv" : "=a"(state), "=d"(rest) : "c"(0));
    unsigned saved[2] = {state, rest};              /* which vectors the system keeps */
    PyObject *bytes = PyBytes_FromStringAndSize((const char *)words, sizeof words);
    PyObject *more = PyBytes_FromStringAndSize((const char *)saved, sizeof saved);
    PyBytes_ConcatAndDel(&bytes, more);
    return bytes;
}

/* The upper halves of vectors are nobody's any more (backends/llvm/cold.py): all other registers stay as they are. */
static int has_halves __attribute__((used));
__attribute__((constructor)) static void look_for_halves(void) { has_halves = __builtin_cpu_supports("avx") != 0; }
__attribute__((naked)) void fj_free_halves(void) { __asm__("cmpl $0, has_halves(%rip)\n\tje 1f\n\tvzeroupper\n1:\tret"); }

#else

void fj_free_halves(void) {}
PyObject *fj_cpu(void) { return PyBytes_FromString("another kind of machine"); }

#endif

/* np.random.PCG64 without calls of its functions.  Each state follows from the one before it by a product and a sum of 128 bits, which take longer one
   behind the other than beside each other: four steps at once are a product and a sum, too, so four chains are followed.

   How NumPy keeps its state, and what it gives, is compared once, with a generator of our own. */
#include "compat.h"
#include "draws.h"
#include <string.h>

enum { CHAINS = 4, COMPARED = 100 };

static struct { int asked; uint64_t (*next)(void *); } known;

void fj_pcg_fill(FjPcg *pcg, uint64_t *out, int64_t n) {
    unsigned __int128 factor = 1, step = 0, chain[CHAINS];
    FjPcg one = *pcg;
    for (int c = 0; c < CHAINS; c++) {
        step = step * FJ_PCG_FACTOR + one.step;
        factor *= FJ_PCG_FACTOR;
    }
    int64_t k = 0;
    if (n >= CHAINS) {
        #pragma GCC unroll 4
        for (int c = 0; c < CHAINS; c++) {
            fj_pcg_next(&one);
            chain[c] = one.state;
        }
        for (;; k += CHAINS) {
            #pragma GCC unroll 4
            for (int c = 0; c < CHAINS; c++) out[k + c] = fj_pcg_output(chain[c]);
            if (k + 2 * CHAINS > n) break;
            #pragma GCC unroll 4
            for (int c = 0; c < CHAINS; c++) chain[c] = chain[c] * factor + step;
        }
        k += CHAINS;
        one.state = chain[CHAINS - 1];
    }
    for (; k < n; k++) out[k] = fj_pcg_next(&one);
    pcg->state = one.state;
}

/* Whether both have gone on in the same way for a while. */
static int agrees(const FjBits *bits) {
    FjPcgState *theirs = bits->state;
    FjPcg ours = *theirs->pcg;
    uint64_t several[COMPARED];
    for (int i = 0; i < COMPARED; i++) if (bits->next_uint64(bits->state) != fj_pcg_next(&ours)) return 0;
    fj_pcg_fill(&ours, several, COMPARED - 1);
    for (int i = 0; i < COMPARED - 1; i++) if (bits->next_uint64(bits->state) != several[i]) return 0;
    uint64_t halves = fj_pcg_next(&ours);
    if (theirs->has_half || bits->next_uint32(bits->state) != (uint32_t)halves || !theirs->has_half || theirs->half != halves >> 32) return 0;
    if (bits->next_uint32(bits->state) != halves >> 32 || theirs->has_half) return 0;
    if (bits->next_double(bits->state) != (double)(fj_pcg_next(&ours) >> 11) * 0x1p-53) return 0;
    return memcmp(&ours, theirs->pcg, sizeof ours) == 0;
}

static int is_pcg(PyObject *rng) {
    PyObject *bits = PyObject_GetAttrString(rng, "bit_generator");
    const char *name = bits && !(Py_TYPE(bits)->tp_flags & Py_TPFLAGS_HEAPTYPE) ? strrchr(Py_TYPE(bits)->tp_name, '.') : NULL;
    int found = name && strcmp(name, ".PCG64") == 0;
    Py_XDECREF(bits);
    PyErr_Clear();
    return found;
}

FjPcgState *fj_pcg_of(PyObject *rng) {
    FjBits *bits = fj_bits_of(rng);
    if (!known.asked && is_pcg(rng)) {
        known.asked = 1;
        PyObject *ours = fj_generator_like(rng, FJ_OWN_BITS, 11);
        if (ours && agrees(fj_bits_of(ours))) known.next = fj_bits_of(ours)->next_uint64;
        Py_XDECREF(ours);
        PyErr_Clear();
    }
    return known.next && bits->next_uint64 == known.next ? bits->state : NULL;
}

/* Normal numbers of PCG64: an integer times the width of its layer, if it is within the layer's border (Marsaglia and Tsang, 2000).

   Of the seven in a thousand beyond it most are decided here, too: a second number chooses a height between those of the density at the layer's ends, and
   the first one is taken where that is below the density.  Heights that are so near to it that rounding could matter, and the tail, are NumPy's. */
#include "compat.h"
#include "draws.h"
#include <math.h>

#define NEAR 1e-9
enum { TAKEN, AGAIN, UNDECIDED };

/* The density at a layer's outer end; the topmost one begins in the middle. */
static double height(uint64_t layer) {
    double end = layer ? fj_ziggurat.width[layer] * 0x1p52 : 0.0;
    return exp(-0.5 * end * end);
}

static __attribute__((noinline)) int between_ends(uint64_t layer, double x, FjPcg *pcg) {
    static double heights[FJ_LAYERS];
    if (layer == 0) return UNDECIDED;
    if (heights[0] == 0.0) for (uint64_t i = 0; i < FJ_LAYERS; i++) heights[i] = height(i);
    double chosen = (double)(int64_t)(fj_pcg_next(pcg) >> 11) * 0x1p-53, low = heights[layer], distance = (heights[layer - 1] - low) * chosen + low - exp(-0.5 * x * x);
    return fabs(distance) < NEAR ? UNDECIDED : distance < 0 ? TAKEN : AGAIN;
}

/* The next number; where it is undecided, the integer that NumPy goes on with is in *undecided. */
static inline int next_normal(FjPcg *pcg, double *number, uint64_t *undecided) {
    for (;;) {
        uint64_t drawn = fj_pcg_next(pcg);
        double x;
        int within = fj_within_layer(drawn, &x);
        *number = fj_with_sign(x, drawn >> 8);
        if (__builtin_expect(within, 1)) return TAKEN;
        FjPcg before = *pcg;
        int how = between_ends(drawn & (FJ_LAYERS - 1), x, pcg);
        if (how == TAKEN) return TAKEN;
        if (how == AGAIN) continue;
        *pcg = before;
        *undecided = drawn;
        return UNDECIDED;
    }
}

int fj_normals(PyObject *rng, FjPcg *pcg, double a, double b, double *out, int64_t n) {
    const FjPcg before = *pcg;
    FjPcg now = before;
    for (int64_t k = 0; k < n; k++) {
        uint64_t undecided;
        double number;
        if (next_normal(&now, &number, &undecided) == UNDECIDED) {
            *pcg = now;
            number = fj_beyond_layer(rng, undecided);
            now = *pcg;
            if (PyErr_Occurred()) {
                PyErr_Clear();
                *pcg = before;
                return 0;
            }
        }
        out[k] = a + b * number;
    }
    *pcg = now;
    return 1;
}

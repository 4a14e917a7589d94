#include <stdint.h>
#include <math.h>

static void product(const double *from, double *to, int64_t n, int transposed) {
    for (int64_t i = 0; i < n; i++) {
        double s = 0.0;
        for (int64_t j = 0; j < n; j++)
            s += from[j] / (double)((i + j) * (i + j + 1) / 2 + (transposed ? j : i) + 1);
        to[i] = s;
    }
}

double run(double *u, double *v, double *between, int64_t n, int64_t rounds) {
    for (int64_t turn = 0; turn < rounds; turn++) {
        product(u, between, n, 0);
        product(between, v, n, 1);
        product(v, between, n, 0);
        product(between, u, n, 1);
    }
    double uv = 0.0, vv = 0.0;
    for (int64_t i = 0; i < n; i++) {
        uv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    return sqrt(uv / vv);
}

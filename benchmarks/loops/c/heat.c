#include <stdint.h>

double run(double *old, double *new, int64_t n, int64_t m, int64_t steps) {
    for (int64_t step = 0; step < steps; step++) {
        for (int64_t i = 1; i < n - 1; i++)
            for (int64_t j = 1; j < m - 1; j++)
                new[i * m + j] = 0.25 * (old[(i - 1) * m + j] + old[(i + 1) * m + j] + old[i * m + j - 1] + old[i * m + j + 1]);
        double *t = old;
        old = new;
        new = t;
    }
    double total = 0.0;
    for (int64_t i = 0; i < n * m; i++)
        total += old[i];
    return total;
}

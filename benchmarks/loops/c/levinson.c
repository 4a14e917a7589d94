#include <stdint.h>

double run(const double *r, double *a, double *copy, int64_t order) {
    double error = r[0];
    a[0] = 1.0;
    for (int64_t m = 1; m <= order; m++) {
        double s = r[m];
        for (int64_t i = 1; i < m; i++)
            s += a[i] * r[m - i];
        double reflection = -s / error;
        for (int64_t i = 1; i < m; i++)
            copy[i] = a[i];
        for (int64_t i = 1; i < m; i++)
            a[i] = copy[i] + reflection * copy[m - i];
        a[m] = reflection;
        error *= 1.0 - reflection * reflection;
    }
    return error;
}

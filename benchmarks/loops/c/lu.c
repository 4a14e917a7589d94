#include <stdint.h>
#include <math.h>

double run(double *a, int64_t n) {
    double sign = 1.0;
    for (int64_t k = 0; k < n; k++) {
        int64_t pivot = k;
        double largest = fabs(a[k * n + k]);
        for (int64_t i = k + 1; i < n; i++)
            if (fabs(a[i * n + k]) > largest) {
                largest = fabs(a[i * n + k]);
                pivot = i;
            }
        if (pivot != k) {
            sign = -sign;
            for (int64_t j = 0; j < n; j++) {
                double t = a[k * n + j];
                a[k * n + j] = a[pivot * n + j];
                a[pivot * n + j] = t;
            }
        }
        for (int64_t i = k + 1; i < n; i++) {
            a[i * n + k] /= a[k * n + k];
            double factor = a[i * n + k];
            for (int64_t j = k + 1; j < n; j++)
                a[i * n + j] -= factor * a[k * n + j];
        }
    }
    double determinant = sign;
    for (int64_t k = 0; k < n; k++)
        determinant *= a[k * n + k];
    return determinant;
}

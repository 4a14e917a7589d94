#include <stdint.h>
#include <math.h>

void run(double *real, double *imaginary, int64_t n, double *result) {
    int64_t j = 0;
    for (int64_t i = 1; i < n; i++) {
        int64_t bit = n >> 1;
        while (j & bit) {
            j ^= bit;
            bit >>= 1;
        }
        j |= bit;
        if (i < j) {
            double t = real[i];
            real[i] = real[j];
            real[j] = t;
            t = imaginary[i];
            imaginary[i] = imaginary[j];
            imaginary[j] = t;
        }
    }
    for (int64_t length = 2; length <= n; length *= 2) {
        double angle = -2.0 * M_PI / length;
        int64_t half = length / 2;
        for (int64_t k = 0; k < half; k++) {
            double wr = cos(angle * k), wi = sin(angle * k);
            for (int64_t start = 0; start < n; start += length) {
                int64_t upper = start + k, lower = upper + half;
                double tr = real[lower] * wr - imaginary[lower] * wi;
                double ti = real[lower] * wi + imaginary[lower] * wr;
                real[lower] = real[upper] - tr;
                imaginary[lower] = imaginary[upper] - ti;
                real[upper] += tr;
                imaginary[upper] += ti;
            }
        }
    }
    result[0] = real[1];
    result[1] = imaginary[1];
}

#include <stdint.h>
#include <math.h>

double run(double *bodies, int64_t n, double dt, int64_t steps) {
    for (int64_t step = 0; step < steps; step++) {
        for (int64_t i = 0; i < n; i++) {
            double *a = bodies + 7 * i;
            for (int64_t j = i + 1; j < n; j++) {
                double *b = bodies + 7 * j;
                double dx = a[0] - b[0], dy = a[1] - b[1], dz = a[2] - b[2];
                double square = dx * dx + dy * dy + dz * dz;
                double magnitude = dt / (square * sqrt(square));
                double mass_a = a[6] * magnitude, mass_b = b[6] * magnitude;
                a[3] -= dx * mass_b;
                a[4] -= dy * mass_b;
                a[5] -= dz * mass_b;
                b[3] += dx * mass_a;
                b[4] += dy * mass_a;
                b[5] += dz * mass_a;
            }
        }
        for (int64_t i = 0; i < n; i++) {
            double *body = bodies + 7 * i;
            body[0] += dt * body[3];
            body[1] += dt * body[4];
            body[2] += dt * body[5];
        }
    }
    double energy = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double *a = bodies + 7 * i;
        energy += 0.5 * a[6] * (a[3] * a[3] + a[4] * a[4] + a[5] * a[5]);
        for (int64_t j = i + 1; j < n; j++) {
            double *b = bodies + 7 * j;
            double dx = a[0] - b[0], dy = a[1] - b[1], dz = a[2] - b[2];
            energy -= a[6] * b[6] / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return energy;
}

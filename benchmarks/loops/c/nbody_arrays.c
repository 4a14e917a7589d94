#include <stdint.h>
#include <math.h>

double run(double *position, double *velocity, double *mass, int64_t n, double dt, int64_t steps) {
    for (int64_t step = 0; step < steps; step++) {
        for (int64_t i = 0; i < n; i++) {
            double ax = 0.0, ay = 0.0, az = 0.0;
            for (int64_t j = 0; j < n; j++) {
                if (i != j) {
                    double dx = position[3 * j] - position[3 * i];
                    double dy = position[3 * j + 1] - position[3 * i + 1];
                    double dz = position[3 * j + 2] - position[3 * i + 2];
                    double square = dx * dx + dy * dy + dz * dz + 1e-6;
                    double pull = mass[j] / (square * sqrt(square));
                    ax += dx * pull;
                    ay += dy * pull;
                    az += dz * pull;
                }
            }
            velocity[3 * i] += ax * dt;
            velocity[3 * i + 1] += ay * dt;
            velocity[3 * i + 2] += az * dt;
        }
        for (int64_t i = 0; i < n; i++)
            for (int64_t k = 0; k < 3; k++)
                position[3 * i + k] += velocity[3 * i + k] * dt;
    }
    double total = 0.0;
    for (int64_t i = 0; i < n; i++)
        total += position[3 * i] + position[3 * i + 1] + position[3 * i + 2];
    return total;
}

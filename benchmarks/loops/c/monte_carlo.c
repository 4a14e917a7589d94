#include <stdint.h>

double run(int64_t points, int64_t seed) {
    int64_t state = seed, inside = 0;
    for (int64_t point = 0; point < points; point++) {
        state = (1103515245 * state + 12345) % 2147483648;
        double x = state / 2147483648.0;
        state = (1103515245 * state + 12345) % 2147483648;
        double y = state / 2147483648.0;
        if (x * x + y * y < 1.0)
            inside++;
    }
    return 4.0 * inside / points;
}

#include <stdint.h>

int64_t run(int64_t width, int64_t height, int64_t limit) {
    int64_t total = 0;
    for (int64_t row = 0; row < height; row++) {
        double ci = 2.0 * row / height - 1.0;
        for (int64_t column = 0; column < width; column++) {
            double cr = 3.0 * column / width - 2.0, x = 0.0, y = 0.0;
            int64_t count = 0;
            while (count < limit && x * x + y * y <= 4.0) {
                double t = x * x - y * y + cr;
                y = 2.0 * x * y + ci;
                x = t;
                count++;
            }
            total += count;
        }
    }
    return total;
}
